"""Reading and writing cells by what stands between brackets: `A[1, :, ::2]`, `A[mask] = 9`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from explorer.messages import QT_TRANSLATE_NOOP, Phrase
from explorer.ops.calls import invoke, selected, together
from explorer.ops.crossing import is_array
from explorer.ops.entry import Arguments, Form, Kind
from explorer.ops.movement import Filling, Movement
from explorer.ops.op import Op
from explorer.ops.parameters import INPUT, At, Key, Operand
from explorer.ops.selection import room_to_pick


@dataclass(frozen=True)
class Indexing(Movement):
    """Cells chosen by a key; what stands behind its own operands (`arity`) are masks and tensors of indices."""

    takes: ClassVar[Kind] = "any"
    gives: ClassVar[Kind] = "any"

    def outcome(self, operands: Sequence[Any], arguments: Arguments) -> Any:
        """Of tensors and of NumPy arrays."""
        target = operands[0]
        if self.form is Form.INDEX:
            room_to_pick(target, selected(operands, arguments["key"]))
        result = invoke(self, operands, arguments)
        if not is_array(target):
            together(operands)
        return result

    def refused_as(self, operands: Sequence[Any]) -> str:
        return QT_TRANSLATE_NOOP("errors", "[{key}] does not fit {what}.") if is_array(operands[0]) else ""

    def certain(self, operands: Sequence[Any], arguments: Arguments) -> bool:
        """Masks and lists are looked at; whether indices in a tensor are in range only the run tells."""
        return all(x.dtype.itemsize == 1 for x in operands[self.arity or 0 :] if hasattr(x, "dtype"))


@dataclass(frozen=True)
class Assigning(Filling, Indexing):
    """Other cells where the key chooses."""


_KEY = Key("key", default=(0,), required=True)

READ = Indexing(
    "__getitem__",
    Phrase("Index and slice", "索引与切片"),
    (INPUT, _KEY),
    Form.INDEX,
    offered=12,
    synonyms=("slice", "select", "index", "mask", "[]", "A[0]", "索引", "切片", "取元素", "下标"),
)
WRITE = Assigning(
    "__setitem__",
    Phrase("Write by index", "按索引写入"),
    (INPUT, _KEY, Operand("value", number=True)),
    Form.ASSIGNMENT,
    writes=True,
    refills=True,
    synonyms=("assign", "set", "put", "[]=", "A[0] = 9", "赋值", "写入", "修改元素"),
)


def with_names(key: Sequence[Any], operands: Sequence[Any]) -> tuple[Any, ...]:
    """The key with the operands (names, tensors) themselves in their places."""
    return tuple(operands[part.operand] if isinstance(part, At) else part for part in key)


def with_places(key: Sequence[Any], op: Op, operands: Sequence[Any]) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """The other way round: a key with names and tensors in it as operands (the own ones of `op`, then these) and a
    key."""
    own = tuple(operands[: op.arity])
    named = tuple(part for part in key if _chosen(part))
    numbers = iter(range(len(own), len(own) + len(named)))
    return (*own, *named), tuple(At(next(numbers)) if _chosen(part) else part for part in key)


def _chosen(part: Any) -> bool:
    """Whether a part of a key stands for cells elsewhere."""
    return isinstance(part, str) or hasattr(part, "shape")
