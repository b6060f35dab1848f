"""The sentences of the storage lens: where an item begins, what its strides mean, where the storage lies."""

from typing import Any

from explorer.widgets.look.amounts import bytes_text, count_text, shape_text
from explorer.widgets.speech.sentences import translate


def storage_words(item: Any, slots: Any, address: int | None) -> str:
    """How large the storage of `item` is and where torch says that it begins."""
    values = {
        "count": count_text(slots.count),
        "size": bytes_text(slots.size),
        "address": f"0x{address:x}" if address else "",
    }
    if item.device == "meta":
        return translate("StorageLens", "{count} slots of {size} on meta: no memory, no values").format(**values)
    if address is None:
        return translate("StorageLens", "{count} slots of {size}").format(**values)
    return translate("StorageLens", "{count} slots of {size} from {address}").format(**values)


def slot_words(slots: Any, slot: int, address: int | None) -> str:
    """Where a slot lies."""
    values = {"slot": slot, "byte": slots.byte(slot), "address": f"0x{(address or 0) + slots.byte(slot):x}"}
    if address:
        return translate("StorageLens", "slot {slot} at {address} (+{byte})").format(**values)
    return translate("StorageLens", "slot {slot} (+{byte})").format(**values)


def layout_words(item: Any, lane: Any, slots: Any, axis: int) -> str:
    """Offset and strides as torch or NumPy reports them, and what one step along `axis` means."""
    window = getattr(item.view.layout, "window", None)
    values: dict[str, object] = {"offset": item.offset, "strides": shape_text(item.strides)}
    if item.kind == "array":
        template = translate("StorageLens", "offset {offset} bytes · strides {strides} bytes")
    elif window is not None and window.low:
        values["slot"] = slots.at(range(window.low, window.low + 1)).start
        template = translate(
            "StorageLens", "offset {offset}, counted from slot {slot} where its own storage begins · strides {strides}"
        )
    else:
        template = translate("StorageLens", "offset {offset} · strides {strides}")
    said = template.format(**values)
    if not lane.shape:
        return said
    axis = min(max(axis, 0), len(lane.shape) - 1)
    return translate("StorageLens", "{layout}: {step}").format(layout=said, step=step_words(lane, slots, axis))


def step_words(lane: Any, slots: Any, axis: int) -> str:
    """What one step along `axis` does in memory."""
    stride = lane.strides[axis]
    count, left = divmod(abs(stride), slots.size)
    values = {"axis": axis, "count": count, "bytes": abs(stride)}
    if stride == 0:
        template = translate("StorageLens", "a step along axis {axis} stays in the same slot")
    elif left:
        template = translate("StorageLens", "a step along axis {axis} is {bytes} bytes")
    elif stride < 0:
        template = (
            translate("StorageLens", "a step along axis {axis} is 1 slot back")
            if count == 1
            else translate("StorageLens", "a step along axis {axis} is {count} slots back")
        )
    else:
        template = (
            translate("StorageLens", "a step along axis {axis} is 1 slot")
            if count == 1
            else translate("StorageLens", "a step along axis {axis} is {count} slots")
        )
    return template.format(**values)


def kind_words(kind: str, sources: str) -> str:
    """A relation in a word or two."""
    words = {
        "own": translate("StorageLens", "own memory"),
        "same": translate("StorageLens", "the same as {sources}"),
        "view": translate("StorageLens", "view of {sources}"),
        "copy": translate("StorageLens", "copy of {sources}"),
        "new": translate("StorageLens", "new values"),
    }
    return words[kind].format(sources=sources)
