"""The same cells in another dtype, on another device, or in memory of their own."""

from dataclasses import dataclass
from typing import ClassVar

from explorer.messages import QT_TRANSLATE_NOOP
from explorer.ops.elementwise import Elementwise
from explorer.ops.parameters import INPUT, Device, DType
from explorer.ops.schema import Family, Op


@dataclass(frozen=True)
class Conversion(Elementwise):
    """Each cell from the cell of the same position, its value kept as well as the new dtype can."""

    family: ClassVar[Family] = Family.CONVERSION


ENTRIES: tuple[Op, ...] = (
    Conversion(
        "to",
        QT_TRANSLATE_NOOP("ops", "Convert dtype or device"),
        (INPUT, DType("dtype"), Device("device")),
        synonyms=("cast", "float", "int", "cuda", "cpu", "astype", "move", "copy to", "转换类型", "转换", "设备"),
    ),
    Conversion(
        "clone", QT_TRANSLATE_NOOP("ops", "Copy into new memory"), synonyms=("copy", "duplicate", "复制", "拷贝")
    ),
    Conversion(
        "contiguous",
        QT_TRANSLATE_NOOP("ops", "Lay out in reading order"),
        synonyms=("strides", "compact", "连续", "内存"),
    ),
)
