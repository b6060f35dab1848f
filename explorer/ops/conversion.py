"""The same cells in another dtype, on another device, or in memory of their own."""

from dataclasses import dataclass, field
from typing import ClassVar

from explorer.messages import Phrase
from explorer.ops import words
from explorer.ops.elementwise import Elementwise
from explorer.ops.entry import Family
from explorer.ops.op import Op
from explorer.ops.parameters import INPUT, Device, DType
from explorer.ops.words import Words


@dataclass(frozen=True)
class Conversion(Elementwise):
    """Each cell from the cell of the same position, its value kept as well as the new dtype can."""

    family: ClassVar[Family] = Family.CONVERSION
    cellwise: ClassVar[bool] = False
    converts: ClassVar[bool] = True
    words: Words = field(default=words.CONVERTED, kw_only=True)


TO = Conversion(
    "to",
    Phrase("Convert dtype or device", "转换数据类型 (dtype) 或设备"),
    (INPUT, DType("dtype", differs=True), Device("device")),
    synonyms=("cast", "float", "int", "cuda", "cpu", "astype", "move", "copy to", "转换类型", "转换", "设备"),
)
CLONE = Conversion(
    "clone", Phrase("Copy into new memory", "复制到新内存"), synonyms=("copy", "duplicate", "复制", "拷贝")
)

SHORT = {
    "float16": "half",
    "float32": "float",
    "float64": "double",
    "int8": "char",
    "uint8": "byte",
    "int16": "short",
    "int32": "int",
    "int64": "long",
    "complex64": "cfloat",
    "complex128": "cdouble",
    **{name: name for name in ("bool", "bfloat16")},
}
"""torch's methods that convert to a dtype alone, by the name of that."""

ENTRIES: tuple[Op, ...] = (
    TO,
    CLONE,
    Conversion(
        "contiguous",
        Phrase("Lay out in reading order", "按阅读顺序排列内存"),
        synonyms=("strides", "compact", "连续", "内存"),
    ),
)
