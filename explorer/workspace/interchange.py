"""Between torch, NumPy and Python: what would be refused, what a write reaches, and values as Python has them.

torch and NumPy are asked themselves; nothing is copied to ask them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from explorer.errors import CellError, OpError
from explorer.late import torch
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.numbers import values
from explorer.numbers.cell_text import shown
from explorer.ops.crossing import COPIED, FROM_NUMPY, NUMPY
from explorer.workspace.interpreter import described, refusal
from explorer.workspace.interpreter import refused as refused_call
from explorer.workspace.item import Item
from explorer.workspace.layout import Layout
from explorer.workspace.view import View
from explorer.workspace.workspace import Workspace

LISTED = 65_536  # elements that tolist() spells out; of more, the ends of every axis
ENDS = 3
_TRIES = 100_000  # steps that NumPy may take to find out whether two views share a cell


def refused(item: Item, copy: bool = False) -> OpError | None:
    """Why `A.numpy()` of a tensor, or `torch.from_numpy(n)` of an array (with `copy` `torch.tensor(n)`, asked of a
    corner of it), would be refused; None where it would not."""
    op = NUMPY if not item.is_array else COPIED if copy else FROM_NUMPY
    found = item.view.object()
    try:
        op.outcome((found[tuple(slice(0, 2) for _ in found.shape)] if copy else found,), {})
    except Exception as error:  # noqa: BLE001 - whatever torch says
        return refused_call(op.call((item.name,)), {item.name: item.view}, error)
    return None


def refused_by_autograd(name: str) -> OpError | None:
    """Why `A.numpy()` would be refused of a tensor that requires gradients; torch is asked of an empty one."""
    try:
        torch.empty(0, requires_grad=True).numpy()
    except RuntimeError as error:
        template = QT_TRANSLATE_NOOP(
            "errors",
            "{name} requires gradients, and a NumPy array over its memory could be changed behind autograd's back; "
            "switch requires_grad off first.",
        )
        return refusal(template, error, name=name)
    return None


def refused_item(item: Item) -> OpError | None:
    """Why `A.item()` would be refused; None where it would not."""
    try:
        item_of(item)
    except OpError as error:
        return error
    return None


def item_of(item: Item) -> Any:
    """`A.item()`: the one value as a Python number. Raises OpError where there are more, or none."""
    try:
        return item.view.object().item()
    except Exception as error:
        if item.device == "meta":
            template = QT_TRANSLATE_NOOP("errors", "{what} lives on meta, where there are no values to take out.")
        elif item.numel > 1:
            template = QT_TRANSLATE_NOOP(
                "errors", "{what} has {count} elements; item() takes the only one. Choose one first, or use tolist()."
            )
        else:
            template = QT_TRANSLATE_NOOP("errors", "{what} has no element that item() could take.")
        raise refusal(template, error, what=described(item.name, item.view), count=item.numel) from error


@dataclass(frozen=True)
class Listed:
    """`text` of `A.tolist()`; `whole` is False where it leaves elements out, which stand as `...`."""

    text: str
    kind: str
    whole: bool


def list_of(item: Item) -> Listed:
    """`A.tolist()` in writing. Raises OpError where there are no values. May take long: on the worker."""
    found = item.view.object()
    try:
        if item.numel <= LISTED:
            value = found.tolist()
            return Listed(repr(value), type(value).__name__, True)
        return Listed(_ends(found, tuple(item.shape)), "list", False)
    except Exception as error:
        template = QT_TRANSLATE_NOOP("errors", "{what} lives on meta, where there are no values to list.")
        if item.device != "meta":
            template = QT_TRANSLATE_NOOP("errors", "{what} cannot be listed.")
        raise refusal(template, error, what=described(item.name, item.view)) from error


def _ends(found: Any, shape: Sequence[int]) -> str:
    """Nested lists with the first and last elements of each axis."""
    if not shape:
        return repr(found.tolist())
    chosen = list(range(shape[0])) if shape[0] <= 2 * ENDS else [*range(ENDS), *range(shape[0] - ENDS, shape[0])]
    parts = [_ends(found[i], shape[1:]) for i in chosen]
    if len(chosen) < shape[0]:
        parts.insert(ENDS, "...")
    return f"[{', '.join(parts)}]"


def attributes(item: Item) -> tuple[tuple[str, str], ...]:
    """`A.shape`, `A.dtype` and `A.device` as code, each with what Python prints for it."""
    found = item.view.object()
    written: Callable[[Any], str] = repr if not item.is_array else str
    names = [name for name in ("shape", "dtype", "device") if hasattr(found, name)]  # older arrays have no device
    return tuple((f"{item.name}.{name}", written(getattr(found, name))) for name in names)


def reached(workspace: Workspace, name: str, key: tuple[Any, ...] = (...,)) -> tuple[str, ...]:
    """The other names some cell of which is among the cells `name[key]`."""
    item, others = workspace[name], workspace.sharing(name)
    if item.device != "cpu" or not others:
        return others
    whole = _places(item.view)
    key = key if any(part is Ellipsis for part in key) else (*key, ...)  # a view also of a single cell
    try:
        part = whole[tuple(workspace[x].view.object() if isinstance(x, str) else x for x in key)]
    except (IndexError, TypeError):
        part = whole
    written = part if isinstance(part, np.ndarray) and np.may_share_memory(part, whole) else whole
    return tuple(x for x in others if _meet(written, _places(workspace[x].view)))


def _places(view: View) -> np.ndarray:
    """An array over the same cells, whatever is in them."""
    raw: Layout = view.layout.raw
    assert view.storage.buffer is not None
    found: Any = raw.over(view.storage.buffer)
    return found if isinstance(found, np.ndarray) else found.numpy()


def _meet(one: np.ndarray, other: np.ndarray) -> bool:
    try:
        return bool(np.shares_memory(one, other, _TRIES))  # type: ignore[arg-type]
    except np.exceptions.TooHardError:
        return True


def number(text: str, names: Sequence[str] = ()) -> Any:
    """The number, or the name on the shelf, that `text` stands for. Raises CellError."""
    text = text.strip()
    if text in names:
        return text
    found = values.read(text)
    if found is None:
        template = QT_TRANSLATE_NOOP("errors", "“{text}” is no number, and no name on the shelf.")
        raise CellError(Message("errors", template, {"text": shown(text)}))
    return found
