"""What there is to know of a tensor, as rows of a word and a value; no value is computed here."""

import math
from dataclasses import dataclass
from typing import Any

from explorer.late import late
from explorer.widgets.look.amounts import bytes_text, count_text, seconds_text, shape_text
from explorer.widgets.speech.sentences import translate

with late():
    from explorer.numbers import values

WAITING = "…"
PENCIL = "\N{LOWER RIGHT PENCIL}"


@dataclass(frozen=True)
class FactRow:
    """One line of the inspector. `key` is for style sheets and tests; `tip` says more. `written`: just written to."""

    key: str
    word: str
    value: str
    tip: str = ""
    written: bool = False


def rows(
    item: Any,
    statistics: Any,
    run: Any,
    sharing: tuple[str, ...],
    made_by: str,
    tag: str = "",
    written: bool = False,
    written_by: str = "",
) -> list[FactRow]:
    """The rows of `item` (`Item`); `statistics` and `run` may be None: not known yet, and no run."""
    array = item.kind == "array"
    count = math.prod(item.shape)
    unit = translate("Inspector", "bytes, as in NumPy") if array else translate("Inspector", "in elements")
    found = [
        FactRow("shape", translate("Inspector", "shape"), shape_text(item.shape)),
        FactRow("dtype", translate("Inspector", "dtype"), item.dtype_name),
        FactRow("device", translate("Inspector", "device"), str(item.device)),
        FactRow("rank", translate("Inspector", "rank"), str(len(item.shape))),
        FactRow("elements", translate("Inspector", "elements"), f"{count_text(count)} · {bytes_text(item.nbytes)}"),
        FactRow("strides", translate("Inspector", "strides"), shape_text(item.strides), unit),
        FactRow("offset", translate("Inspector", "offset"), str(item.offset), unit),
        FactRow(
            "contiguous",
            translate("Inspector", "contiguous"),
            translate("Inspector", "yes") if is_contiguous(item) else translate("Inspector", "no"),
        ),
        shares(sharing, tag, written),
        *value_rows(item, statistics, count),
    ]
    if item.stale:
        text = translate("Inspector", "an older {names}").format(names=", ".join(item.stale))
        found.append(FactRow("stale", translate("Inspector", "made from"), text))
    if written_by:  # what it holds came of that
        found.append(FactRow("made_by", translate("Inspector", "last changed by"), written_by, made_by))
    elif made_by:
        found.append(FactRow("made_by", translate("Inspector", "made by"), made_by))
    if run is not None:
        found.append(FactRow("time", translate("Inspector", "time"), seconds_text(run.seconds)))
        new = bytes_text(0 if str(item.device) == "meta" else run.nbytes)
        found.append(FactRow("new_bytes", translate("Inspector", "new memory"), new))
    return found


def shares(sharing: tuple[str, ...], tag: str, written: bool) -> FactRow:
    """Who sees the same memory, after the tag of the storage; with a pencil where it was just written to."""
    names = ", ".join(sharing) or translate("Inspector", "nothing")
    value = f"{tag}  {names}" if tag and sharing else names
    value = f"\xa0{PENCIL} {value}\xa0" if written else value
    tip = translate("Inspector", "this memory was just written to") if written else ""
    return FactRow("shares", translate("Inspector", "shares with"), value, tip, written)


def value_rows(item: Any, statistics: Any, count: int) -> list[FactRow]:
    """What the values amount to; dashes where there are none, dots while they are being counted."""
    if str(item.device) == "meta":
        return [FactRow("values", translate("Inspector", "values"), translate("Inspector", "none on meta"))]
    if item.unknown:
        return [FactRow("values", translate("Inspector", "values"), translate("Inspector", "? (nobody wrote them)"))]
    if statistics is None:
        return [
            FactRow("range", translate("Inspector", "min · max"), WAITING),
            FactRow("mean", translate("Inspector", "mean"), WAITING),
            FactRow("nan_inf", translate("Inspector", "NaN · inf"), WAITING),
        ]
    low, high = cell_text(statistics.minimum, item), cell_text(statistics.maximum, item)
    word = (
        translate("Inspector", "|min| · |max|")
        if isinstance(statistics.mean, complex)
        else translate("Inspector", "min · max")
    )
    if statistics.nan:
        tip = translate("Inspector", "of the cells that are not NaN; the mean is of all")
        word = translate("Inspector", "{range} (no NaN)").format(range=word)
    else:
        tip = ""
    found = [
        FactRow("range", word, f"{low} · {high}", tip),
        FactRow("mean", translate("Inspector", "mean"), short_text(statistics.mean), number_text(statistics.mean)),
        FactRow(
            "nan_inf",
            translate("Inspector", "NaN · inf"),
            f"{count_text(statistics.nan)} · {count_text(statistics.inf)}",
        ),
    ]
    if count == 1:
        value = only_value(statistics)
        text = number_text(value)
        shown = text if len(text) <= 20 else short_text(value)
        found.append(FactRow("item", "item()", f"{shown} · {type(value).__name__}", text))
    return found


def only_value(statistics: Any) -> Any:
    """The value of the one cell, as `item()` gives it."""
    if isinstance(statistics.mean, complex):
        return statistics.mean
    return math.nan if statistics.nan else statistics.minimum


def is_contiguous(item: Any) -> bool:
    """Whether the cells lie in reading order without gaps; an axis of length 1 may have any stride."""
    if 0 in item.shape:
        return True
    count = max(math.prod(item.shape), 1)
    expected = item.nbytes // count if item.kind == "array" else 1
    for size, stride in zip(reversed(item.shape), reversed(item.strides), strict=True):
        if size != 1 and stride != expected:
            return False
        expected *= size
    return True


def cell_text(value: Any, item: Any) -> str:
    """A value of `item` as its cells show it; of complex numbers a magnitude, rounded."""
    if value is None:
        return "\N{EN DASH}"
    if item.dtype.is_complex:
        return short_text(value)
    return values.show(value, item.dtype)


def number_text(value: Any) -> str:
    """A Python number, exactly; a dash for None."""
    if value is None:
        return "\N{EN DASH}"
    return repr(value).strip("()") if isinstance(value, complex) else repr(value)


def short_text(value: Any) -> str:
    """A number in few digits where its exact text is long."""
    exact = number_text(value)
    if value is None or len(exact) <= 12:
        return exact
    return f"{value:.6g}"
