"""Cells that only change place: views, joins and copies. Where each goes is asked of torch (see `positions`)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from explorer.messages import Phrase
from explorer.ops import words
from explorer.ops.elementwise import together
from explorer.ops.entry import Act, Arguments, Depends, Family, Form, normal
from explorer.ops.op import Op
from explorer.ops.parameters import INPUT, Axes, Axis, Choice, Flag, Number, Operand, Permutation, Size
from explorer.ops.positions import Gathered, LookedUp, Placed, positions
from explorer.ops.provenance import Provenance
from explorer.ops.refusal_text import too_many

MOST_PARTS = 1024
"""Tensors that one call gives; more are not even foretold."""


@dataclass(frozen=True)
class Movement(Op):
    """An operation that moves cells and changes none."""

    family: ClassVar[Family] = Family.MOVEMENT
    moves: ClassVar[bool] = True

    def trace(self, operands: Sequence[Any], arguments: Arguments) -> Provenance:
        return positions(self, operands, arguments)

    def certain(self, operands: Sequence[Any], arguments: Arguments) -> bool:
        """Whether indices are in range only the run tells."""
        return not any(x.chooses == "index" for x in self.operands)


@dataclass(frozen=True)
class Division(Movement):
    """Parts along an axis, a tensor each: views of the same memory.

    `parts` tells how many of an axis of such a length: torch would make them all to tell, a million in half a minute.
    """

    parts: Callable[[int, Arguments], int] = field(kw_only=True)
    divides: ClassVar[bool] = True

    def admit(self, operands: Sequence[Any], arguments: Arguments) -> None:
        """Raises OpError where there would be more parts than MOST_PARTS; torch refuses the rest."""
        shape, dim = tuple(operands[0].shape), arguments.get("dim") or 0
        if not isinstance(dim, int) or not -len(shape) <= dim < len(shape):
            return
        try:
            count = self.parts(shape[dim], arguments)
        except (ArithmeticError, KeyError, TypeError):  # parts of no length, or no number
            return
        if count > MOST_PARTS:
            raise too_many(self, count, MOST_PARTS)

    def trace(self, operands: Sequence[Any], arguments: Arguments) -> Provenance:
        relation = positions(self, operands, arguments)
        rank, dim = len(relation.operands[0]), normal(arguments.get("dim") or 0, len(relation.operands[0]))
        kept = tuple(((0, axis),) for axis in range(rank))
        gone = tuple(((0, axis),) for axis in range(rank) if axis != dim)
        relation.axes = tuple(kept if len(shape) == rank else gone for shape in relation.shapes)
        return relation


@dataclass(frozen=True)
class Lookup(Movement):
    """Cells that are looked up: an operand of whole numbers says where along an axis each comes from."""

    def trace(self, operands: Sequence[Any], arguments: Arguments) -> Provenance:
        return LookedUp(self, operands, arguments)


@dataclass(frozen=True)
class Selection(Movement):
    """Each cell from one of several operands of equal position, as a mask says; a length of 1 is stretched."""

    stretches: ClassVar[bool] = True

    def trace(self, operands: Sequence[Any], arguments: Arguments) -> Provenance:
        relation = positions(self, operands, arguments)
        relation.axes = together(relation.operands).axes
        return relation


@dataclass(frozen=True)
class Filling(Movement):
    """Other cells in the place of some of the first operand's, whose shape and axes stay."""

    depends: Depends = "step"
    fills: ClassVar[bool] = True

    def trace(self, operands: Sequence[Any], arguments: Arguments) -> Provenance:
        relation = positions(self, operands, arguments)
        new = len(relation.shapes[0]) - len(relation.operands[0])  # a mask of more axes stretches what is filled
        relation.axes = (tuple(((0, axis - new),) if axis >= new else () for axis in range(len(relation.shapes[0]))),)
        return relation

    def certain(self, operands: Sequence[Any], arguments: Arguments) -> bool:
        """A single value of another dtype is refused where it does not fit."""
        return all(getattr(x, "dtype", operands[0].dtype) == operands[0].dtype for x in self.values(operands))

    def values(self, operands: Sequence[Any]) -> list[Any]:
        """The operands that are filled in."""
        return [x for k, x in enumerate(operands[1:], 1) if k not in self.choosers(len(operands))]


@dataclass(frozen=True)
class Joining(Movement):
    """Operands of any number that become one tensor, each a block of it."""

    joins: ClassVar[bool] = True


@dataclass(frozen=True)
class Grid(Movement):
    """Each operand stretched over the grid of all of them, a tensor each."""

    divides: ClassVar[bool] = True


@dataclass(frozen=True)
class Placing(Filling):
    """Cells that are put where indices say; several on one cell are added to it where that is asked for."""

    uniform: ClassVar[bool] = True

    def trace(self, operands: Sequence[Any], arguments: Arguments) -> Provenance:
        if not arguments.get(_ACCUMULATE.name):
            return Placed(self, operands, arguments)
        return Gathered(self, operands, {k: v for k, v in arguments.items() if k != _ACCUMULATE.name})

    def stages(self, operands: Sequence[Any], arguments: Arguments) -> tuple[Act, ...]:
        (stage,) = super().stages(operands, arguments)
        return (replace(stage, join=words.ADD if arguments.get(_ACCUMULATE.name) else None),)

    def certain(self, operands: Sequence[Any], arguments: Arguments) -> bool:
        """Whether indices are in range only the run tells."""
        return False


def ceil(length: int, part: int) -> int:
    """How many parts of that length cover a length, the last one maybe shorter."""
    return -(-length // part)


_ACCUMULATE = Flag("accumulate")
_ALONG = Axis("dim", default=0, required=True, positional=True)
_DIM = Axis("dim", default=0, implied=True)
_DIAGONAL = Number("diagonal", default=0, integer=True, implied=True)
_INDEX = Operand("index", chooses="index")


def _view(
    name: str,
    title: Phrase,
    *parameters: Any,
    form: Form = Form.METHOD,
    synonyms: tuple[str, ...] = (),
    in_place: bool = False,
    **more: Any,
) -> Movement:
    return Movement(name, title, (INPUT, *parameters), form, synonyms=synonyms, in_place=in_place, **more)


def _join(name: str, title: Phrase, dim: Axis, synonyms: tuple[str, ...], other: str, offered: int = 0) -> Movement:
    tensors = Operand("tensors", many="list")
    return Joining(name, title, (tensors, dim), Form.FUNCTION, synonyms=synonyms, instead=(other,), offered=offered)


RESHAPE = _view(
    "reshape",
    Phrase("Change shape, same reading order", "改变形状（阅读顺序不变）"),
    Size("shape", required=True, positional=True, inferred=True),
    synonyms=("resize", "变形", "改形状", "重塑"),
    offered=4,
)

ENTRIES: tuple[Op, ...] = (
    _view(
        "T",
        Phrase("Transpose, all axes reversed", "转置（所有轴倒序）"),
        form=Form.PROPERTY,
        synonyms=("flip axes", "转置"),
        offered=5,
    ),
    _view(
        "mT",
        Phrase("Transpose each matrix", "转置每个矩阵"),
        form=Form.PROPERTY,
        synonyms=("batch transpose", "转置", "矩阵转置"),
        least=2,
    ),
    _view(
        "transpose",
        Phrase("Swap two axes", "交换两个轴"),
        Axis("dim0", default=0, required=True, positional=True),
        Axis("dim1", default=1, required=True, positional=True),
        synonyms=("swapaxes", "转置", "交换轴"),
        in_place=True,
    ),
    _view(
        "permute",
        Phrase("Reorder axes", "重排轴的顺序"),
        Permutation("dims", required=True, positional=True),
        synonyms=("moveaxis", "rearrange", "转置", "重排轴", "换轴"),
    ),
    RESHAPE,
    _view(
        "view",
        Phrase("Change shape, same memory", "改变形状（同一块内存）"),
        Size("size", required=True, positional=True, inferred=True),
        synonyms=("reshape without a copy", "视图", "变形"),
        instead=("reshape",),
    ),
    _view(
        "flatten",
        Phrase("All axes in one", "所有轴合为一个"),
        Axis("start_dim", default=0, implied=True),
        Axis("end_dim", default=-1, implied=True),
        synonyms=("ravel", "展平", "拉平"),
    ),
    _view(
        "squeeze",
        Phrase("Drop axes of length 1", "去掉长度为 1 的轴"),
        Axes("dim"),
        synonyms=("remove axis", "去掉轴", "挤压", "降维"),
        in_place=True,
    ),
    _view(
        "unsqueeze",
        Phrase("New axis of length 1", "新增长度为 1 的轴"),
        Axis("dim", default=0, required=True, extra=1),
        synonyms=("add axis", "expand_dims", "None", "加轴", "升维"),
        in_place=True,
    ),
    _view(
        "expand",
        Phrase("Stretch axes of length 1", "扩展长度为 1 的轴"),
        Size("size", required=True, positional=True, inferred=True, stretches=True),
        synonyms=("broadcast_to", "广播", "扩展"),
    ),
    _join(
        "cat",
        Phrase("Join along an axis", "沿已有的轴拼接"),
        Axis("dim", default=0),
        ("concatenate", "concat", "append", "拼接", "连接"),
        "stack",
        offered=6,
    ),
    Filling(
        "masked_fill",
        Phrase("Another value where a mask is True", "掩码为 True 处换成另一个值"),
        (INPUT, Operand("mask", chooses="mask"), Operand("value", number=True)),
        in_place=True,
        synonyms=("where", "replace", "掩码填充", "遮罩"),
    ),
    _join(
        "stack",
        Phrase("Join along a new axis", "沿新轴拼接"),
        Axis("dim", default=0, extra=1),
        ("pile", "堆叠"),
        "cat",
    ),
    _view(
        "diagonal",
        Phrase("The diagonal of two axes", "两个轴的对角线"),
        Number("offset", default=0, integer=True, implied=True),
        Axis("dim1", default=0, implied=True),
        Axis("dim2", default=1, implied=True),
        synonyms=("diag", "trace", "对角线", "取对角线"),
    ),
    _view(
        "flip",
        Phrase("Turn axes round", "翻转轴"),
        Axes("dims", default=0, required=True, positional=True),
        synonyms=("reverse", "mirror", "backwards", "翻转", "倒序", "镜像"),
    ),
    _view(
        "roll",
        Phrase("Shift in a circle", "循环移位"),
        Number("shifts", default=1, required=True, positional=True, integer=True),
        Axis("dims"),
        synonyms=("rotate", "circular shift", "滚动", "循环移位"),
    ),
    Filling(
        "tril",
        Phrase("Lower triangle, else 0", "下三角，其余为 0"),
        (INPUT, _DIAGONAL),
        synonyms=("triangle", "causal mask", "下三角", "三角"),
        in_place=True,
    ),
    Filling(
        "triu",
        Phrase("Upper triangle, else 0", "上三角，其余为 0"),
        (INPUT, _DIAGONAL),
        synonyms=("triangle", "causal mask", "上三角", "三角"),
        in_place=True,
    ),
    Division(
        "split",
        Phrase("Parts of a given length", "按给定长度拆分"),
        (INPUT, Number("split_size", default=2, required=True, positional=True, integer=True), _DIM),
        parts=lambda length, arguments: ceil(length, arguments["split_size"]),
        synonyms=("divide", "cut", "partition", "拆分", "分割"),
    ),
    Division(
        "chunk",
        Phrase("So many parts", "拆成若干份"),
        (INPUT, Number("chunks", default=2, required=True, positional=True, integer=True), _DIM),
        parts=lambda length, arguments: ceil(length, ceil(length, arguments["chunks"])),
        synonyms=("divide", "cut", "partition", "分块", "分割"),
    ),
    Division(
        "unbind",
        Phrase("A tensor for each index", "每个索引一个张量"),
        (INPUT, _DIM),
        parts=lambda length, arguments: length,
        synonyms=("unstack", "iterate", "rows apart", "解绑", "逐个拆开"),
    ),
    Selection(
        "where",
        Phrase("One or the other, by a mask", "按掩码二选一"),
        (Operand("condition", chooses="mask"), Operand("input", number=True), Operand("other", number=True)),
        Form.FUNCTION,
        synonyms=("choose", "if else", "condition", "mask", "条件选择", "按条件取值", "掩码"),
    ),
    Lookup(
        "gather",
        Phrase("Look up by an index for each cell", "为每个单元格按索引取值"),
        (INPUT, _ALONG, _INDEX),
        synonyms=("pick", "look up", "take", "select", "收集", "按索引取值"),
    ),
    Lookup(
        "index_select",
        Phrase("Take slabs by a list of indices", "按索引列表取整片"),
        (INPUT, _ALONG, _INDEX),
        synonyms=("take rows", "pick", "embedding", "按索引选取", "选行"),
    ),
    Lookup(
        "take_along_dim",
        Phrase("Look up along an axis, as argmax gives it", "沿轴按索引取值（如 argmax 所给）"),
        (INPUT, Operand("indices", chooses="index"), Axis("dim")),
        synonyms=("take along axis", "argsort", "argmax", "沿轴取值"),
    ),
    Placing(
        "scatter",
        Phrase("Put where an index says, along an axis", "沿一个轴按索引放置"),
        (INPUT, _ALONG, _INDEX, Operand("src", number=True)),
        synonyms=("one hot", "place", "inverse of gather", "write by index", "散布", "分散", "按索引写入", "独热"),
        in_place=True,
    ),
    Placing(
        "index_put",
        Phrase("Put at positions, an index tensor for each axis", "按位置放置，每个轴一个索引张量"),
        (INPUT, Operand("indices", many="tuple", chooses="index"), Operand("values"), _ACCUMULATE),
        synonyms=("assign", "accumulate", "histogram", "A[I, J] = v", "按位置写入", "按索引写入", "累加写入"),
        in_place=True,
    ),
    Grid(
        "meshgrid",
        Phrase("Coordinates of a grid", "网格坐标"),
        (Operand("tensors", many="star"), Choice("indexing", default="ij", required=True, options=("ij", "xy"))),
        Form.FUNCTION,
        rank=1,
        synonyms=("grid", "coordinates", "cartesian product", "网格", "坐标网格", "笛卡尔积"),
    ),
)
