"""What an item is to its memory and to what it was made from, each in one sentence; asked of where its cells lie."""

from dataclasses import dataclass
from enum import StrEnum
from math import prod

from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.workspace.item import Item
from explorer.workspace.slots import Lane, Slots
from explorer.workspace.steps import Operate, Step
from explorer.workspace.workspace import Workspace


class Relation(StrEnum):
    """What an item is to that which it was made from."""

    OWN = "own"  # made from nothing
    SAME = "same"  # the same cells of the same memory
    VIEW = "view"  # the same memory, seen another way
    COPY = "copy"  # the same values in memory of its own
    NEW = "new"  # other values in memory of its own


@dataclass(frozen=True)
class MemoryRelation:
    """`relation` says what it shares with its `sources` (their names), `order` how its cells lie in the storage."""

    kind: Relation
    sources: str
    relation: Message
    order: Message


def relation_of(workspace: Workspace, name: str) -> MemoryRelation:
    """What an item of the shelf is to its memory and its sources."""
    kind, relation = _relation(workspace, name)
    sources = relation.values.get("source", relation.values.get("sources", ""))
    return MemoryRelation(kind, str(sources), relation, order(workspace[name]))


def _relation(workspace: Workspace, name: str) -> tuple[Relation, Message]:
    item = workspace[name]
    record = workspace.records[item.step]
    sources = list(zip(record.step.inputs, record.inputs, strict=True))
    for source, view in sources:
        if view.storage is not item.storage:
            continue
        if view.layout == item.view.layout:
            template = QT_TRANSLATE_NOOP("memory", "The very cells of {source}: nothing was copied.")
            return Relation.SAME, _say(template, source=source)
        template = QT_TRANSLATE_NOOP("memory", "A view into the memory of {source}: nothing was copied.")
        return Relation.VIEW, _say(template, source=source)
    if not sources:
        return Relation.OWN, _say(QT_TRANSLATE_NOOP("memory", "Made in memory of its own."))
    if _moves(record.step):
        names = ", ".join(dict.fromkeys(source for source, _ in sources))
        template = QT_TRANSLATE_NOOP("memory", "A copy of {sources}, in memory of its own.")
        return Relation.COPY, _say(template, sources=names)
    return Relation.NEW, _say(QT_TRANSLATE_NOOP("memory", "New values, in memory of their own."))


def _moves(step: Step) -> bool:
    """Whether a step leaves values as they are."""
    return isinstance(step, Operate) and (step.call.op.moves or step.call.op.converts)


def order(item: Item) -> Message:
    """How the cells of `item` lie in its storage."""
    lane, slots = Lane.of(item.view.layout), Slots.of(item)
    if 0 in lane.shape:
        return _say(QT_TRANSLATE_NOOP("memory", "It has no cells, and so no slots."))
    axes = [a for a, n in enumerate(lane.shape) if n > 1]
    strides = [lane.strides[a] for a in axes]
    if 0 in strides:
        stretched = [a for a in axes if lane.strides[a] == 0]
        template = QT_TRANSLATE_NOOP("memory", "Stride 0 along axis {axes}: {count} cells read each slot.")
        return _say(template, axes=", ".join(map(str, stretched)), count=prod(lane.shape[a] for a in stretched))
    if any(s < 0 for s in strides):
        back = ", ".join(str(a) for a in axes if lane.strides[a] < 0)
        template = QT_TRANSLATE_NOOP("memory", "Reversed along axis {axes}: its steps lead back.")
        return _say(template, axes=back)
    if lane.covered is None:
        return _say(QT_TRANSLATE_NOOP("memory", "Its cells overlap: some slots are read by more than one."))
    first, count = slots.at(lane.bytes((0,) * len(lane.shape))).start, item.numel
    spread = sum((lane.shape[a] - 1) * lane.strides[a] for a in axes) + lane.itemsize
    if spread == count * lane.itemsize:
        return _run(lane, slots, first, count, strides == sorted(strides, reverse=True))
    values: dict[str, object] = {"count": count, "total": slots.count, "first": first}
    if len(axes) == 1 and strides[0] % slots.size == 0:
        template = QT_TRANSLATE_NOOP("memory", "1 slot in every {step}, from slot {first} on.")
        return _say(template, step=strides[0] // slots.size, **values)
    return _say(QT_TRANSLATE_NOOP("memory", "{count} of {total} slots, with gaps, from slot {first} on."), **values)


def _run(lane: Lane, slots: Slots, first: int, count: int, reading: bool) -> Message:
    """Cells without gaps: of the whole storage or of a part, in reading order or in another."""
    whole = count * lane.itemsize == slots.nbytes
    if whole and reading:
        return _say(QT_TRANSLATE_NOOP("memory", "The whole storage, in reading order."))
    if whole:
        return _say(QT_TRANSLATE_NOOP("memory", "The whole storage, but not in reading order."))
    values = {"count": count, "total": slots.count, "first": first, "last": first + count - 1}
    if count == 1:
        return _say(QT_TRANSLATE_NOOP("memory", "Slot {first} alone, of {total}."), **values)
    if reading:
        template = QT_TRANSLATE_NOOP("memory", "Slots {first} to {last} of {total}, in reading order.")
    else:
        template = QT_TRANSLATE_NOOP("memory", "Slots {first} to {last} of {total}, but not in reading order.")
    return _say(template, **values)


def _say(template: str, **values: object) -> Message:
    return Message("memory", template, values)
