"""Operations that write into their first operand: torch's in-place forms, and those that only exist in place."""

from dataclasses import dataclass, replace
from typing import ClassVar

from explorer.messages import Phrase
from explorer.ops.movement import Filling
from explorer.ops.parameters import INPUT, Operand
from explorer.ops.schema import Form, Op


def in_place(op: Op) -> Op:
    """The in-place form of an entry: `add` as `add_`."""
    function = f"{op.called}_"
    return replace(op, name=f"{op.name}_", function=function, form=Form.METHOD, symbol="", in_place=False, writes=True)


@dataclass(frozen=True)
class Refilling(Filling):
    """Other cells in the place of all."""

    refills: ClassVar[bool] = True


ENTRIES: tuple[Op, ...] = (
    Refilling("zero_", Phrase("Fill with zeros", "全部填 0"), writes=True, synonyms=("clear", "reset", "清零", "置零")),
    Refilling(
        "fill_",
        Phrase("Fill with one value", "全部填同一个值"),
        (INPUT, Operand("value", number=True)),
        writes=True,
        synonyms=("set all", "填充"),
    ),
    Refilling(
        "copy_",
        Phrase("Take over the values of another", "取用另一个张量的值"),
        (INPUT, Operand("src")),
        writes=True,
        synonyms=("assign", "overwrite", "拷贝", "覆盖"),
    ),
)
