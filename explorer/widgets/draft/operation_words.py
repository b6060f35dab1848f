"""Operations in words: titles, families, how a call looks, and what people type to find them, in both languages."""

from explorer.messages import Phrase
from explorer.ops import Form, Op, counterpart
from explorer.ops.calls import BRACKETS
from explorer.ops.parameters import Operand, Seed

IN_PLACE = Phrase("Write in place", "原地写入")
IN_PLACE_TITLE = Phrase("{title}, in place", "{title}，原地")
IN_PLACE_WORDS = ("in place", "inplace", "原地", "就地")
INDEXED = {Form.INDEX: "{}[…]", Form.ASSIGNMENT: "{}[…] = v"}


def title_of(op: Op) -> Phrase:
    """What `op` is called."""
    return IN_PLACE_TITLE.of(title=op.title) if op.writes and counterpart(op) is not None else op.title


def heading_of(op: Op) -> Phrase:
    """The heading that an operation stands under: its family."""
    return IN_PLACE if op.writes else op.family.heading


def short_name(op: Op) -> str:
    """What stands on a small button: the sign of the arithmetic ones, torch's own word for the others."""
    if op.form in INDEXED:
        return INDEXED[op.form].format("A")
    return op.symbol if op.form is Form.OPERATOR else op.short


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


def names_of(op: Op) -> tuple[str, ...]:
    """What torch and Python call it: its name, its sign, and how it is written where it has no name there."""
    if op.form in INDEXED:
        return (INDEXED[op.form].format("").replace("…", ""), op.name)
    short, beside = short_name(op), counterpart(op)
    augmented = f"{beside.symbol}=" if op.writes and beside is not None and beside.symbol else op.name
    return tuple(dict.fromkeys((op.name, short, op.symbol or op.name, augmented, short.strip("_").replace("_", " "))))


def words_of(op: Op) -> tuple[str, ...]:
    """What people type for it, in both languages."""
    return (*op.synonyms, *(IN_PLACE_WORDS if op.writes else ()))
