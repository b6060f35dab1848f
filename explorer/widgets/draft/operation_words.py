"""Operations in the words of the window: titles, families, how a call looks, and what people type to find them."""

import re
from collections.abc import Iterable

from explorer.messages import QT_TRANSLATE_NOOP
from explorer.ops import Family, Form, Op, counterpart
from explorer.ops.calls import BRACKETS
from explorer.ops.parameters import Operand, Seed
from explorer.widgets.speech.sentences import translate

IN_PLACE = QT_TRANSLATE_NOOP("families", "Write in place")
IN_PLACE_TITLE = QT_TRANSLATE_NOOP("ops", "{title}, in place")
INDEXED = {Form.INDEX: "{}[…]", Form.ASSIGNMENT: "{}[…] = v"}

INDEX, WRITTEN = re.compile(r"\w*\["), re.compile(r"\]\s*=(?!=)")
"""How code begins that reads or writes by an index, as `A[M]`, and what it holds where it writes, as `A[M] = 0`."""


def title_of(op: Op) -> str:
    """The title of `op` in the language of the window."""
    title = translate("ops", op.title)
    if counterpart(op) is None or not op.writes:
        return title
    return translate("ops", IN_PLACE_TITLE).format(title=title)


def title_of_family(family: Family) -> str:
    """The heading over the operations of `family`."""
    return translate("families", family.heading)


def title_of_group(op: Op) -> str:
    """The heading that an operation stands under."""
    return translate("families", IN_PLACE) if op.writes else title_of_family(op.family)


def short_name(op: Op) -> str:
    """What stands on a small button: the sign of the arithmetic ones, torch's own word for the others."""
    if op.form in INDEXED:
        return INDEXED[op.form].format("")
    if op.cellwise and op.symbol:
        return op.symbol
    return op.short


def call_form(op: Op) -> str:
    """How the call looks: "A.sum(dim, keepdim)", "A @ B", "torch.cat([A, B], dim)"."""
    if op.form is Form.PROPERTY:
        return f"A.{op.called}"
    if op.form in INDEXED:
        return INDEXED[op.form].format("A")
    if op.form is Form.OPERATOR:
        return f"A {op.symbol} B"
    letters = iter("ABCDEFGH")
    parts = []
    for part in op.signature:
        if isinstance(part, Operand):
            before, after = BRACKETS.get(part.many, ("", ""))
            names = [next(letters) for _ in range(2 if part.many else 1)]
            parts.append(f"{before}{', '.join(names)}{after}" if part.positional else part.name)
        else:
            parts.append("generator" if isinstance(part, Seed) else part.name)
    if op.form is Form.METHOD:
        return f"A.{op.called}({', '.join(parts[1:])})"
    return f"torch.{op.called}({', '.join(parts)})"


def found(ops: Iterable[Op], text: str) -> list[Op]:
    """The operations that `text` may mean, best first; all of them for an empty text."""
    wanted = text.strip().casefold()
    if not wanted:
        return list(ops)
    ranked = [(rank, number, op) for number, op in enumerate(ops) if (rank := _rank(op, wanted)) is not None]
    return [op for _, _, op in sorted(ranked, key=lambda r: r[:2])]


def _rank(op: Op, wanted: str) -> int | None:
    """0 is best; None where nothing fits. torch's own name comes before what people may type, this before the beginning
    of a title."""
    if op.form in INDEXED and INDEX.match(wanted):
        return 0 if (op.form is Form.ASSIGNMENT) == bool(WRITTEN.search(wanted)) else 1
    names = [op.name.casefold(), short_name(op).casefold(), op.symbol or op.name.casefold()]
    names.append(names[1].strip("_").replace("_", " "))
    title = title_of(op).casefold()
    others = [s.casefold() for s in op.synonyms]  # in both languages: who reads Chinese may have the window in English
    if op.writes:
        others += ["in place", "inplace", "原地", "就地"]
    if wanted in names:
        return 0
    if any(name.startswith(wanted) for name in names):
        return 1
    if wanted in others:
        return 2
    if title.startswith(wanted) or op.title.casefold().startswith(wanted):
        return 3
    if any(other.startswith(wanted) for other in others):
        return 4
    family = title_of_group(op).casefold()
    if any(wanted in word for word in (*names, title, op.title.casefold(), *others)) or family.startswith(wanted):
        return 5
    return None
