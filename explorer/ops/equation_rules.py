"""Equations of labels that do not fit their operands: rules as in `reasons`."""

from collections.abc import Sequence
from typing import Any

from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.ops.entry import Arguments, CatalogEntry
from explorer.ops.parameters import Equation
from explorer.ops.refusal_text import Cause, Named, name_of, say
from explorer.ops.shape_rules import Rule


def _equation(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> Message | None:
    name = next((p.name for p in op.parameters if isinstance(p, Equation)), "")
    if not name:
        return None
    text, told = str(arguments.get(name) or ""), Cause("argument", argument=name)
    if not text.strip():
        template = QT_TRANSLATE_NOOP(
            "errors", "{op} needs an equation: a letter for each axis of each tensor, such as ij,jk->ik."
        )
        return say(op, operands, template, told)
    left, _, right = text.replace(" ", "").partition("->")
    parts = left.split(",")
    letters = {x for part in parts for x in part.replace("...", "")}
    wrong = sorted(x for x in {*letters, *right.replace("...", "")} if not (x.isascii() and x.isalpha()))
    if wrong:
        template = QT_TRANSLATE_NOOP(
            "errors", "{equation}: an axis is called by a letter, a to z or A to Z, and {letter} is none."
        )
        return say(op, operands, template, told, equation=text, letter=wrong[0])
    if len(parts) != len(operands):
        template = QT_TRANSLATE_NOOP(
            "errors", "{equation} is for so many operands: {count}, and there are {given}; add or remove one."
        )
        return say(op, operands, template, told, equation=text, count=len(parts), given=len(operands))
    for k, (part, x) in enumerate(zip(parts, operands, strict=True)):
        count = len(part.replace("...", ""))
        if count > x.ndim or (count < x.ndim and "..." not in part):
            template = QT_TRANSLATE_NOOP(
                "errors",
                "{equation} has {count} letters ({part}) for {one} {shape}; name each of its {rank} axes by one.",
            )
            shape = str(tuple(x.shape))
            one = Named(k, name_of(k))
            every = Cause("shape", k, tuple(range(x.ndim)))
            values = {"count": count, "part": part, "one": one, "shape": shape, "rank": x.ndim}
            return say(op, operands, template, told, every, equation=text, **values)
    new = next((x for x in right.replace("...", "") if x not in letters), "")
    twice = next((x for x in right if x != "." and right.count(x) > 1), "")
    if new or twice:
        template = QT_TRANSLATE_NOOP(
            "errors", "{equation}: the result has {letter}, which no operand has; name axes of operands only."
        )
        if not new:
            template = QT_TRANSLATE_NOOP(
                "errors", "{equation}: the result names {letter} twice; name each of its axes once."
            )
        return say(op, operands, template, told, equation=text, letter=new or twice)
    return _lengths(op, operands, text, parts, told)


def _lengths(op: CatalogEntry, operands: Sequence[Any], text: str, parts: Sequence[str], told: Cause) -> Message | None:
    """Where one letter stands for axes of several lengths."""
    known: dict[str, tuple[int, int, int]] = {}
    for k, (part, x) in enumerate(zip(parts, operands, strict=True)):
        before, _, behind = part.partition("...")
        places = [*range(len(before)), *range(x.ndim - len(behind), x.ndim)]
        for letter, axis in zip(before + behind, places, strict=True):
            first, at, length = known.get(letter, (k, axis, x.shape[axis]))
            if length != x.shape[axis] and (1 not in (length, x.shape[axis]) or first == k):
                template = QT_TRANSLATE_NOOP(
                    "errors",
                    "{equation}: {letter} is {length} long in {one} {shape0} and {other_length} in {other} {shape1}; "
                    "axes of one letter have one length.",
                )
                return say(
                    op,
                    operands,
                    template,
                    told,
                    Cause("shape", first, (at,)),
                    Cause("shape", k, (axis,)),
                    equation=text,
                    letter=letter,
                    length=length,
                    one=Named(first, name_of(first)),
                    shape0=str(tuple(operands[first].shape)),
                    other_length=x.shape[axis],
                    other=Named(k, name_of(k)),
                    shape1=str(tuple(x.shape)),
                )
            if letter not in known or length == 1:
                known[letter] = (k, axis, x.shape[axis])
    return None


RULES: tuple[Rule, ...] = (_equation,)
