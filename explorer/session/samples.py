"""What stands on the shelf at first sight: a sample whose axes all have other sizes, so that a wrong one shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from explorer.animation.identities import identities
from explorer.engine import devices
from explorer.errors import ExplorerError
from explorer.late import torch
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.ops.forecasts import prepare
from explorer.ops.reduction import SUM
from explorer.session.state import State
from explorer.workspace import Definition, Workspace, names

DEEPEST = 8  # lists in lists, and the like


def first_state(given: Mapping[str, Any], bare: bool) -> tuple[State, list[ExplorerError]]:
    """The state to begin with: the sample, or where `bare` copies of `given`; and what of these was refused.

    torch is made ready by the way; on the worker, as it takes a second or two.
    """
    prepare(SUM)
    devices()  # asked here, where torch's warnings are caught, and remembered
    workspace, refusals = shelved(Workspace(), given) if bare else (first_workspace(), [])
    return State(workspace, identities(workspace), inspected=next(iter(workspace.names), None)), refusals


def first_workspace() -> Workspace:
    """A = arange(12.0).reshape(3, 4), of floats so that mean and softmax take it, and W (4, 2) for products with it."""
    values = torch.tensor([[2.0, -1.0], [0.5, 3.0], [1.0, 0.0], [-2.0, 4.0]])
    return (
        Workspace().create("A", Definition("arange", {"end": 12.0}, shape=(3, 4))).create("W", Definition.typed(values))
    )


def shelved(workspace: Workspace, given: Mapping[str, Any]) -> tuple[Workspace, list[ExplorerError]]:
    """A workspace with copies of `given`: tensors, what torch makes tensors of, and such in lists and dicts, each by
    itself; and a refusal for each other."""
    refusals = []
    waiting = [(name, name, thing, 0) for name, thing in reversed(list(given.items()))]
    while waiting:
        name, hint, thing, depth = waiting.pop()
        parts = _parts(thing) if depth < DEEPEST else []
        if parts:
            waiting += [
                (f"{name}.{key}", key if isinstance(key, str) else f"{hint}_{key}", part, depth + 1)
                for key, part in reversed(parts)
            ]
            continue
        try:
            _check_strided(name, thing)
            tensor = torch.as_tensor(thing).detach()
            _check_readable(name, tensor.dtype)
            free = name if not depth else names.fresh(workspace.names, hint)
            workspace = workspace.create(free, Definition.typed(tensor))
        except ExplorerError as error:
            refusals.append(error)
        except Exception as error:  # noqa: BLE001 - what it is, is the caller's affair; the others are shown
            template = QT_TRANSLATE_NOOP(
                "errors", "{name} cannot be shown: it is no tensor with all its cells in memory."
            )
            refusals.append(ExplorerError(Message("errors", template, {"name": name}), str(error)))
    return workspace, refusals


def _parts(thing: Any) -> list[tuple[Any, Any]]:
    """The tensors, or containers of such, in a list or a dict, each with its key; those of a nested tensor."""
    if isinstance(thing, torch.Tensor):
        return list(enumerate(thing.unbind())) if thing.is_nested else []
    if isinstance(thing, Mapping):
        return list(thing.items())
    several = isinstance(thing, list | tuple) and any(
        isinstance(x, torch.Tensor | Mapping) and _whole(x) for x in thing
    )
    return list(enumerate(thing)) if several else []


def _whole(x: Any) -> bool:
    """Whether it is more than a number that a list of numbers may hold."""
    return isinstance(x, Mapping) or x.ndim > 0 or x.is_nested


def _check_strided(name: str, thing: Any) -> None:
    """ExplorerError for a tensor that has no cell of its own for each value."""
    if not isinstance(thing, torch.Tensor):
        return
    if thing.is_quantized:
        template = QT_TRANSLATE_NOOP(
            "errors", "{name} cannot be shown: it is quantized, whole numbers with a scale; give its dequantize()."
        )
    elif thing.layout != torch.strided:
        template = QT_TRANSLATE_NOOP(
            "errors", "{name} cannot be shown: it is {kind}, without its zeros; give its to_dense()."
        )
    else:
        return
    kind = str(thing.layout).removeprefix("torch.")
    raise ExplorerError(Message("errors", template, {"name": name, "kind": kind}))


def _check_readable(name: str, dtype: torch.dtype) -> None:
    """ExplorerError for a dtype of which torch has no more than the name."""
    try:
        torch.empty(1, dtype=dtype).item()
    except Exception as error:
        template = QT_TRANSLATE_NOOP("errors", "{name} cannot be shown: torch does not read values of {dtype}.")
        values = {"name": name, "dtype": str(dtype).removeprefix("torch.")}
        raise ExplorerError(Message("errors", template, values), str(error)) from error
