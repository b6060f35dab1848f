"""The steps of a program done to views: storages with versions, over which results are bound."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from math import prod
from typing import Any

import numpy as np

from explorer.errors import ExplorerError, OpError, RoomError
from explorer.late import torch
from explorer.memory import room_for
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.ops import Form, reasons
from explorer.ops.calls import selected, silent
from explorer.ops.crossing import NUMPY, ArrayOperator
from explorer.ops.op import Call
from explorer.ops.parameters import At, key_text
from explorer.workspace.code import Writer
from explorer.workspace.layout import ArrayLayout, ByteWindow, TensorLayout
from explorer.workspace.record import Record
from explorer.workspace.recorded_refusals import explained
from explorer.workspace.scratch import Broken, Scratch
from explorer.workspace.steps import Create, Operate, Step, replaced
from explorer.workspace.view import View, adopt, adopt_array, settle

Views = tuple[View | None, ...]


def run(step: Step, past: Sequence[Record], inputs: Sequence[View]) -> Views:
    """Do a step after the `past` of its program: the views of its outputs. Raises OpError with torch's or NumPy's
    words, and RoomError; then nothing has changed."""
    if isinstance(step, Create):
        return (_created(step),)
    assert isinstance(step, Operate)
    _of_its_kind(step, inputs)
    op = step.call.op
    if op.records:
        return _backward(step, past, inputs) if op.operands[1:] else _told(step, inputs)
    if op.relayouts:
        return _laid_out(step, inputs)
    return _written(step, inputs) if op.writes else _made(step, inputs)


def fitted(step: Step, inputs: Sequence[View]) -> Step:
    """The step as it has to be written for these inputs: of arrays so that NumPy gives one, and no bare scalar."""
    if not isinstance(step, Operate) or not isinstance(inputs[0].layout, ArrayLayout):
        return step
    call, op = step.call, step.call.op
    if isinstance(op, ArrayOperator):
        bare = all(view.layout.shape == () for view in inputs)
        return replace(step, call=op.call(call.operands, {"wrapped": bare}))
    if op.form is Form.INDEX and not any(part is Ellipsis for part in call.cells):
        (found,) = _performed(step, inputs)
        if not isinstance(found, np.ndarray):
            return replace(step, call=op.call(call.operands, {"key": (*call.cells, ...)}))
    return step


def as_array(view: View, array: np.ndarray) -> View:
    """The view of a NumPy array over all cells of the tensor that `view` is."""
    strides = tuple(int(s) for s in array.strides)
    return View(view.version, ArrayLayout(array.dtype, view.layout.span[0], tuple(array.shape), strides))


def objects(step: Step, inputs: Sequence[View]) -> dict[str, Any]:
    """The tensors and arrays behind the names that a step reads, at the versions of `inputs`."""
    settle(inputs)
    return {name: view.object() for name, view in zip(step.inputs, inputs, strict=True)}


def refused(call: Call[Any], inputs: Mapping[str, View], error: Exception) -> OpError:
    """Our sentence for a call over names that is refused for these views, with `error`'s own words."""
    found = replaced(call, {name: view.object() for name, view in inputs.items()})
    written = call.over(Writer().operand)
    template = QT_TRANSLATE_NOOP("errors", "“{code}” is refused for {what}.")
    if not call.op.writes:
        template = call.op.refused_as(found.operands)
    if not template:
        told = reasons.refused(call.op, found.operands, call.arguments, error)
        return told.named(written.operands)
    first = next(iter(inputs.values()))
    values: dict[str, object] = {
        "code": written.source(),
        "what": ", ".join(dict.fromkeys(described(name, view) for name, view in inputs.items())),
        "strides": first.layout.strides,
    }
    values["where"] = first.storage.device
    if "key" in call.arguments:
        values["key"] = key_text(call.cells, written.operands)
    return refusal(template, error, **values)


def refusal(template: str, error: BaseException, **values: object) -> OpError:
    """An OpError with our sentence and `error`'s own words."""
    return OpError(Message("errors", template, values), str(error))


def described(name: str, view: View) -> str:
    """ "A (3, 4) float32": a name with what can be wrong about it."""
    return f"{name} {view.layout.shape} {str(view.layout.dtype).removeprefix('torch.')}"


def cells_of(view: View) -> int:
    """The bytes of a copy of all cells of a view."""
    return prod(view.layout.shape) * view.layout.itemsize


def _of_its_kind(step: Operate, inputs: Sequence[View]) -> None:
    """OpError where an operand is an array and has to be a tensor, or the other way round."""
    op = step.call.op
    if op.takes == "any":
        return
    crosses = op.takes != op.gives
    for name, view in zip(step.inputs, inputs[:1] if op.writes else inputs, strict=not op.writes):
        if isinstance(view.layout, ArrayLayout) == (op.takes == "array"):
            continue
        if op.takes == "array":
            template = QT_TRANSLATE_NOOP("errors", "{name} is a tensor; make a NumPy array of it first.")
            already = QT_TRANSLATE_NOOP("errors", "{name} is a tensor already.")
        else:
            template = QT_TRANSLATE_NOOP("errors", "{name} is a NumPy array; make a tensor of it first.")
            already = QT_TRANSLATE_NOOP("errors", "{name} is a NumPy array already.")
        raise OpError(Message("errors", already if crosses else template, {"name": name}))


def _performed(step: Operate, inputs: Sequence[View], found: Mapping[str, Any] | None = None) -> tuple[Any, ...]:
    """What a step makes of its inputs, with the refusal in our words."""
    found = objects(step, inputs) if found is None else found
    try:
        return step.perform(found)
    except ExplorerError:
        raise
    except Exception as error:
        raise refused(step.call, dict(zip(step.inputs, inputs, strict=True)), error) from error


# what creates


def _created(step: Create) -> View:
    view = adopt(step.creation.make(), step.creation.unknown)
    if not step.creation.kept and not step.creation.unknown:
        view.storage.make = lambda: step.creation.make().untyped_storage()
    if not step.array:
        return view
    try:
        return as_array(view, view.tensor().numpy())
    except Exception as error:
        raise refused(NUMPY.call((step.name,)), {step.name: view}, error) from error


# what makes something new


def _made(step: Operate, inputs: Sequence[View]) -> Views:
    found = objects(step, inputs)
    made = _performed(step, inputs, found)
    if len(made) != len(step.results):
        raise ValueError(f"{step.call.op.name} gives {len(made)} results, {len(step.results)} are named")
    sources = [(found[name], view) for name, view in zip(step.inputs, inputs, strict=True)]
    if len(made) == 1:
        same = next((view for x, view in sources if x is made[0]), None)
        if same is not None:
            return (same,)
    views: list[View] = []
    for number, result in enumerate(made):
        view = _over(result, sources, step.call.op.shares)
        if view is None:
            view = adopt(result) if isinstance(result, torch.Tensor) else adopt_array(result)
            view.version.unknown = any(x.unknown for x in inputs)
            if not view.unknown:
                view.storage.make = partial(_memory, step, inputs, number)
            sources.append((result, view))
        views.append(view)
    return tuple(v if name else None for name, v in zip(step.results, views, strict=True))


def _over(result: Any, sources: Sequence[tuple[Any, View]], shares: bool) -> View | None:
    """The view of a result over the memory of what it was made from; None where it has memory of its own."""
    if shares:
        view = sources[0][1]
        if isinstance(result, np.ndarray):
            return as_array(view, result)
        return View(view.version, TensorLayout.of(result, ByteWindow(*view.layout.span)))
    for x, view in sources:
        if isinstance(result, torch.Tensor) and isinstance(x, torch.Tensor):
            if result.untyped_storage()._cdata == x.untyped_storage()._cdata:
                return View(view.version, TensorLayout.of(result, window(view)))
        elif isinstance(result, np.ndarray) and isinstance(x, np.ndarray) and result.base is x.base is not None:
            return View(view.version, _within(result, x, view))
    return None


def window(view: View) -> ByteWindow | None:
    """What a view of `view` sees of its storage."""
    return view.layout.window if isinstance(view.layout, TensorLayout) else None


def _within(part: np.ndarray, whole: np.ndarray, view: View) -> ArrayLayout:
    """Where `part` of the array `whole` lies in the storage of `view`, which is of `whole`."""
    begin, at = (int(array.__array_interface__["data"][0]) for array in (whole, part))
    offset = view.layout.offset + at - begin if part.size else 0
    return ArrayLayout(part.dtype, offset, tuple(part.shape), tuple(int(s) for s in part.strides))


def _memory(step: Operate, inputs: Sequence[View], number: int) -> torch.UntypedStorage:
    """The memory of a result, made again, laid out as `adopt` and `adopt_array` lay it out."""
    result = _performed(step, inputs)[number]
    view = adopt(result) if isinstance(result, torch.Tensor) else adopt_array(result)
    assert view.storage.buffer is not None
    return view.storage.buffer.whole


# what changes something


def _laid_out(step: Operate, inputs: Sequence[View]) -> Views:
    (view,) = inputs
    found = objects(step, inputs)
    _performed(step, inputs, found)
    return (replace(view, layout=TensorLayout.of(found[step.target], window(view))),)


def _written(step: Operate, inputs: Sequence[View]) -> Views:
    target, call = inputs[0], step.call
    operands = replaced(call, objects(step, inputs)).operands
    cells = patch_key(selected(operands, call.cells), isinstance(target.layout, TensorLayout))
    others = any(v.unknown for v in inputs[1:])
    selecting = {call.operands[part.operand] for part in call.cells if isinstance(part, At)}
    chosen = [v for n, v in zip(step.inputs, inputs, strict=True) if n in selecting]
    moving = any(v.storage is target.storage for v in chosen)  # A[A] = 0: what is selected changes on the way
    version = target.storage.write(
        target.version,
        lambda: _done(step, inputs),
        target.layout,
        ... if moving else cells,
        lambda: settle(inputs),
    )
    fills = call.op.refills and not others and covers(target, cells)
    version.unknown = (target.unknown and not fills) or others
    return (replace(target, version=version),)


def _done(step: Operate, inputs: Sequence[View]) -> None:
    _performed(step, inputs)


def patch_key(key: Any, of_tensor: bool) -> Any:
    """The key as it will still be when the masks and indices in it have changed."""
    if isinstance(key, tuple):
        return tuple(patch_key(part, of_tensor) for part in key)
    if isinstance(key, torch.Tensor | np.ndarray):
        room_for(key.nbytes)
    if isinstance(key, torch.Tensor):  # bytes are a mask for torch, indices for NumPy
        return key.bool() if of_tensor and key.dtype == torch.uint8 else key.clone()
    return key.copy() if isinstance(key, np.ndarray) else key


def covers(target: View, key: Any) -> bool:
    """Whether `key` of `target` is its whole storage."""
    parts = key if isinstance(key, tuple) else (key,)
    everything = all(part is Ellipsis or (isinstance(part, slice) and part == slice(None)) for part in parts)
    low, high = target.layout.span
    cells = int(np.prod(target.layout.shape)) * target.layout.itemsize
    return everything and (low, high) == (0, target.storage.nbytes) and cells == high - low


# what is about gradients


def _told(step: Operate, inputs: Sequence[View]) -> Views:
    """What autograd is told is asked of a stand-in: the tensors of the workspace are detached."""
    _performed(step, inputs, {name: torch.empty_like(x, device="meta") for name, x in objects(step, inputs).items()})
    return ()


def _backward(step: Operate, past: Sequence[Record], inputs: Sequence[View]) -> Views:
    """The whole program once more, recorded, and the backward at its end."""
    scratch = Scratch()
    try:
        scratch.play(past)
        with silent():
            made = step.perform(scratch.names)
    except Broken as broken:
        raise explained(past, broken.step, broken.cause) from broken
    except RoomError:
        raise
    except Exception as error:
        raise explained(past, step, error) from error
    unknown = any(view.unknown for view in inputs)
    return tuple(adopt(x, unknown) if name else None for name, x in zip(step.results, made, strict=True))
