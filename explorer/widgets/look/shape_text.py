"""A shape as people type it: "3, 4", "(3, 4)", "3x4", "3 4"; "()" is a shape of no axes."""

import re
from collections.abc import Sequence

from explorer.errors import CellError
from explorer.messages import QT_TRANSLATE_NOOP, Message

LARGEST = 2**63 - 1


def show(shape: Sequence[int]) -> str:
    """The shape as a field shows it: "3, 4", and "()" for no axes."""
    return ", ".join(map(str, shape)) if shape else "()"


def parse(text: str, inferred: bool = False) -> tuple[int, ...]:
    """The shape that `text` stands for; raises CellError, naming the part that is no size.

    With `inferred` a size may be negative: torch takes -1 for one that follows from the others, and refuses the rest.
    """
    text = text.replace("\N{MINUS SIGN}", "-")
    inner = re.sub(r"^\s*(torch\.)?(Size)?\s*[(\[]+|[)\]]+\s*$", "", text).strip()
    if not inner:
        if text.strip():
            return ()
        raise _refused(QT_TRANSLATE_NOOP("errors", "Type a shape such as 3, 4; () is a shape of no axes."))
    inner = re.sub(r"(?<=\d)\s*[xX×*]\s*(?=-?\d)", ", ", inner.rstrip(",; "))
    parts = re.split(r"\s*[,;]\s*|\s+", inner)
    sizes: list[int] = []
    for part in parts:
        if part.startswith("-") and part[1:].isdecimal() and not inferred:
            raise _refused(QT_TRANSLATE_NOOP("errors", "A size cannot be negative: {part}."), part=part)
        if not re.fullmatch(r"-?[0-9][0-9_]*", part) or int(part) > LARGEST:
            template = QT_TRANSLATE_NOOP("errors", "“{part}” is no size. Type whole numbers such as 3, 4.")
            raise _refused(template, part=part)
        sizes.append(int(part))
    return tuple(sizes)


def _refused(template: str, **values: object) -> CellError:
    return CellError(Message("errors", template, values))
