"""Operations that write into their first operand: torch's in-place forms, and those that only exist in place."""

from dataclasses import replace

from explorer.messages import Phrase
from explorer.ops.entry import Form
from explorer.ops.movement import Filling
from explorer.ops.op import Op
from explorer.ops.parameters import INPUT, Operand


def in_place(op: Op) -> Op:
    """The in-place form of an entry: `add` as `add_`."""
    named = replace(op, name=f"{op.name}_", function=f"{op.called}_", form=Form.METHOD, symbol="")
    return replace(named, in_place=False, writes=True, relayouts=op.moves and not op.fills, offered=0, pure=op)


ENTRIES: tuple[Op, ...] = (
    Filling(
        "zero_",
        Phrase("Fill with zeros", "全部填 0"),
        writes=True,
        refills=True,
        synonyms=("clear", "reset", "清零", "置零"),
    ),
    Filling(
        "fill_",
        Phrase("Fill with one value", "全部填同一个值"),
        (INPUT, Operand("value", number=True)),
        writes=True,
        refills=True,
        synonyms=("set all", "填充"),
    ),
    Filling(
        "copy_",
        Phrase("Take over the values of another", "取用另一个张量的值"),
        (INPUT, Operand("src")),
        writes=True,
        refills=True,
        synonyms=("assign", "overwrite", "拷贝", "覆盖"),
    ),
)
