"""A shape as people type it: "3, 4", "(3, 4)", "3x4", "3 4"; "()" is a shape of no axes."""

import re
from collections.abc import Sequence

from explorer.errors import CellError
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.numbers.cell_text import shown
from explorer.numbers.spelling import plain, whole

LARGEST = 2**63 - 1
LONGEST = 2000  # characters; 64 axes of the largest sizes have fewer

NO_SIZE = QT_TRANSLATE_NOOP("errors", "“{part}” is no size. Type whole numbers such as 3, 4.")


def show(shape: Sequence[int]) -> str:
    """The shape as a field shows it: "3, 4", and "()" for no axes."""
    return ", ".join(map(str, shape)) if shape else "()"


def parse(text: str, inferred: bool = False) -> tuple[int, ...]:
    """The shape that `text` stands for; raises CellError, naming the part that is no size.

    With `inferred` a size may be negative: torch takes -1 for one that follows from the others, and refuses the rest.
    """
    if len(text) > LONGEST:
        raise _refused(NO_SIZE, part=shown(text))
    text = plain(text)
    inner = re.sub(r"^(torch\.)?(Size)?\s*[(\[]+|[)\]]+$", "", text).strip()
    if not inner:
        if text.strip():
            return ()
        raise _refused(QT_TRANSLATE_NOOP("errors", "Type a shape such as 3, 4; () is a shape of no axes."))
    inner = re.sub(r"(?<=[0-9])\s*[xX×*]\s*(?=-?[0-9])", ", ", inner.rstrip(",; "))
    sizes: list[int] = []
    for part in re.split(r"[ \t]*[,;][ \t]*|[ \t]+", inner):
        size = whole(part)
        if size is None or not -LARGEST <= size <= LARGEST:
            raise _refused(NO_SIZE, part=shown(part))
        if size < 0 and not inferred:
            raise _refused(QT_TRANSLATE_NOOP("errors", "A size cannot be negative: {part}."), part=part)
        sizes.append(size)
    return tuple(sizes)


def _refused(template: str, **values: object) -> CellError:
    return CellError(Message("errors", template, values))
