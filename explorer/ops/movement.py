"""Cells that only change place: views, joins and copies. No operation has code here (see `positions`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from explorer.messages import QT_TRANSLATE_NOOP
from explorer.ops.elementwise import together
from explorer.ops.parameters import INPUT, Axes, Axis, Number, Operand, Permutation, Size
from explorer.ops.positions import LookedUp, positions
from explorer.ops.provenance import Provenance
from explorer.ops.schema import Arguments, Depends, Family, Form, Op, Stage, normal


@dataclass(frozen=True)
class Movement(Op):
    """An operation that moves cells and changes none."""

    family: ClassVar[Family] = Family.MOVEMENT

    def trace(self, operands: Sequence[Any], arguments: Arguments) -> Provenance:
        return positions(self, operands, arguments)

    def certain(self, operands: Sequence[Any], arguments: Arguments) -> bool:
        """Whether indices are in range only the run tells."""
        return not any(x.chooses == "index" for x in self.operands)

    def stages(self, operands: Sequence[Any], arguments: Arguments) -> tuple[Stage, ...]:
        return (
            Stage(
                self.name,
                self.family,
                self.trace(operands, arguments),
                lambda inputs: self.run(inputs, arguments),
                tuple(-1 - k for k in range(len(operands))),
            ),
        )


@dataclass(frozen=True)
class Division(Movement):
    """Parts along an axis, a tensor each: views of the same memory."""

    divides: ClassVar[bool] = True

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

    def trace(self, operands: Sequence[Any], arguments: Arguments) -> Provenance:
        relation = positions(self, operands, arguments)
        relation.axes = together(relation.operands).axes
        return relation


@dataclass(frozen=True)
class Filling(Movement):
    """Other cells in the place of some of the first operand's, whose shape and axes stay."""

    depends: Depends = "step"

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


_ALONG = Axis("dim", default=0, required=True, positional=True)
_DIM = Axis("dim", default=0, implied=True)
_DIAGONAL = Number("diagonal", default=0, integer=True, implied=True)
_INDEX = Operand("index", chooses="index")


def _view(
    name: str,
    title: str,
    *parameters: Any,
    form: Form = Form.METHOD,
    synonyms: tuple[str, ...] = (),
    in_place: bool = False,
) -> Movement:
    return Movement(name, title, (INPUT, *parameters), form, synonyms=synonyms, in_place=in_place)


def _join(name: str, title: str, dim: Axis, synonyms: tuple[str, ...]) -> Movement:
    return Movement(name, title, (Operand("tensors", many="list"), dim), Form.FUNCTION, synonyms=synonyms)


ENTRIES: tuple[Op, ...] = (
    _view(
        "T",
        QT_TRANSLATE_NOOP("ops", "Transpose, all axes reversed"),
        form=Form.PROPERTY,
        synonyms=("flip axes", "转置"),
    ),
    _view(
        "mT",
        QT_TRANSLATE_NOOP("ops", "Transpose each matrix"),
        form=Form.PROPERTY,
        synonyms=("batch transpose", "转置", "矩阵转置"),
    ),
    _view(
        "transpose",
        QT_TRANSLATE_NOOP("ops", "Swap two axes"),
        Axis("dim0", default=0, required=True, positional=True),
        Axis("dim1", default=1, required=True, positional=True),
        synonyms=("swapaxes", "转置", "交换轴"),
        in_place=True,
    ),
    _view(
        "permute",
        QT_TRANSLATE_NOOP("ops", "Reorder axes"),
        Permutation("dims", required=True, positional=True),
        synonyms=("moveaxis", "rearrange", "转置", "重排轴", "换轴"),
    ),
    _view(
        "reshape",
        QT_TRANSLATE_NOOP("ops", "Change shape, same reading order"),
        Size("shape", required=True, positional=True, inferred=True),
        synonyms=("resize", "变形", "改形状", "重塑"),
    ),
    _view(
        "view",
        QT_TRANSLATE_NOOP("ops", "Change shape, same memory"),
        Size("size", required=True, positional=True, inferred=True),
        synonyms=("reshape without a copy", "视图", "变形"),
    ),
    _view(
        "flatten",
        QT_TRANSLATE_NOOP("ops", "All axes in one"),
        Axis("start_dim", default=0, implied=True),
        Axis("end_dim", default=-1, implied=True),
        synonyms=("ravel", "展平", "拉平"),
    ),
    _view(
        "squeeze",
        QT_TRANSLATE_NOOP("ops", "Drop axes of length 1"),
        Axes("dim"),
        synonyms=("remove axis", "去掉轴", "挤压", "降维"),
        in_place=True,
    ),
    _view(
        "unsqueeze",
        QT_TRANSLATE_NOOP("ops", "New axis of length 1"),
        Axis("dim", default=0, required=True, extra=1),
        synonyms=("add axis", "expand_dims", "None", "加轴", "升维"),
        in_place=True,
    ),
    _view(
        "expand",
        QT_TRANSLATE_NOOP("ops", "Stretch axes of length 1"),
        Size("size", required=True, positional=True, inferred=True),
        synonyms=("broadcast_to", "广播", "扩展"),
    ),
    _join(
        "cat",
        QT_TRANSLATE_NOOP("ops", "Join along an axis"),
        Axis("dim", default=0),
        ("concatenate", "concat", "append", "拼接", "连接"),
    ),
    Filling(
        "masked_fill",
        QT_TRANSLATE_NOOP("ops", "Another value where a mask is True"),
        (INPUT, Operand("mask", chooses="mask"), Operand("value", number=True)),
        in_place=True,
        synonyms=("where", "replace", "掩码填充", "遮罩"),
    ),
    _join(
        "stack",
        QT_TRANSLATE_NOOP("ops", "Join along a new axis"),
        Axis("dim", default=0, extra=1),
        ("pile", "堆叠"),
    ),
    _view(
        "diagonal",
        QT_TRANSLATE_NOOP("ops", "The diagonal of two axes"),
        Number("offset", default=0, integer=True, implied=True),
        Axis("dim1", default=0, implied=True),
        Axis("dim2", default=1, implied=True),
        synonyms=("diag", "trace", "对角线", "取对角线"),
    ),
    _view(
        "flip",
        QT_TRANSLATE_NOOP("ops", "Turn axes round"),
        Axes("dims", default=0, required=True, positional=True),
        synonyms=("reverse", "mirror", "backwards", "翻转", "倒序", "镜像"),
    ),
    _view(
        "roll",
        QT_TRANSLATE_NOOP("ops", "Shift in a circle"),
        Number("shifts", default=1, required=True, positional=True, integer=True),
        Axis("dims"),
        synonyms=("rotate", "circular shift", "滚动", "循环移位"),
    ),
    Filling(
        "tril",
        QT_TRANSLATE_NOOP("ops", "Lower triangle, else 0"),
        (INPUT, _DIAGONAL),
        synonyms=("triangle", "causal mask", "下三角", "三角"),
        in_place=True,
    ),
    Filling(
        "triu",
        QT_TRANSLATE_NOOP("ops", "Upper triangle, else 0"),
        (INPUT, _DIAGONAL),
        synonyms=("triangle", "causal mask", "上三角", "三角"),
        in_place=True,
    ),
    Division(
        "split",
        QT_TRANSLATE_NOOP("ops", "Parts of a given length"),
        (INPUT, Number("split_size", default=2, required=True, positional=True, integer=True), _DIM),
        synonyms=("divide", "cut", "partition", "拆分", "分割"),
    ),
    Division(
        "chunk",
        QT_TRANSLATE_NOOP("ops", "So many parts"),
        (INPUT, Number("chunks", default=2, required=True, positional=True, integer=True), _DIM),
        synonyms=("divide", "cut", "partition", "分块", "分割"),
    ),
    Division(
        "unbind",
        QT_TRANSLATE_NOOP("ops", "A tensor for each index"),
        (INPUT, _DIM),
        synonyms=("unstack", "iterate", "rows apart", "解绑", "逐个拆开"),
    ),
    Selection(
        "where",
        QT_TRANSLATE_NOOP("ops", "One or the other, by a mask"),
        (Operand("condition", chooses="mask"), Operand("input", number=True), Operand("other", number=True)),
        Form.FUNCTION,
        synonyms=("choose", "if else", "condition", "mask", "条件选择", "按条件取值", "掩码"),
    ),
    Lookup(
        "gather",
        QT_TRANSLATE_NOOP("ops", "Look up by an index for each cell"),
        (INPUT, _ALONG, _INDEX),
        synonyms=("pick", "look up", "take", "select", "收集", "按索引取值"),
    ),
    Lookup(
        "index_select",
        QT_TRANSLATE_NOOP("ops", "Take slabs by a list of indices"),
        (INPUT, _ALONG, _INDEX),
        synonyms=("take rows", "pick", "embedding", "按索引选取", "选行"),
    ),
    Lookup(
        "take_along_dim",
        QT_TRANSLATE_NOOP("ops", "Look up along an axis, as argmax gives it"),
        (INPUT, Operand("indices", chooses="index"), Axis("dim")),
        synonyms=("take along axis", "argsort", "argmax", "沿轴取值"),
    ),
)
