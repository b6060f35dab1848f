"""Operations that write into their first operand: torch's in-place forms, and those that only exist in place."""

from dataclasses import replace

from explorer.messages import QT_TRANSLATE_NOOP
from explorer.ops.movement import Filling
from explorer.ops.parameters import INPUT, Operand
from explorer.ops.schema import Family, Form, Op


def in_place(op: Op) -> Op:
    """The in-place form of an entry: `add` as `add_`."""
    function = f"{op.function or op.name}_"
    turns = op.family is Family.MOVEMENT and not isinstance(op, Filling)
    named = replace(op, name=f"{op.name}_", function=function, form=Form.METHOD, symbol="")
    return replace(named, in_place=False, writes=True, relayouts=turns)


ENTRIES: tuple[Op, ...] = (
    Filling(
        "zero_",
        QT_TRANSLATE_NOOP("ops", "Fill with zeros"),
        writes=True,
        overwrites=True,
        synonyms=("clear", "reset", "清零", "置零"),
    ),
    Filling(
        "fill_",
        QT_TRANSLATE_NOOP("ops", "Fill with one value"),
        (INPUT, Operand("value", number=True)),
        writes=True,
        overwrites=True,
        synonyms=("set all", "填充"),
    ),
    Filling(
        "copy_",
        QT_TRANSLATE_NOOP("ops", "Take over the values of another"),
        (INPUT, Operand("src")),
        writes=True,
        overwrites=True,
        synonyms=("assign", "overwrite", "拷贝", "覆盖"),
    ),
)
