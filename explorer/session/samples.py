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
from explorer.workspace import Definition, Workspace


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
    """A workspace with copies of `given`: tensors, or what torch makes tensors of; and a refusal for each other."""
    refusals = []
    for name, thing in given.items():
        try:
            tensor = torch.as_tensor(thing).detach()
            _check_readable(name, tensor.dtype)
            workspace = workspace.create(name, Definition.typed(tensor))
        except ExplorerError as error:
            refusals.append(error)
        except Exception as error:  # noqa: BLE001 - what it is, is the caller's affair; the others are shown
            template = QT_TRANSLATE_NOOP(
                "errors", "{name} cannot be shown: it is no tensor with all its cells in memory."
            )
            refusals.append(ExplorerError(Message("errors", template, {"name": name}), str(error)))
    return workspace, refusals


def _check_readable(name: str, dtype: torch.dtype) -> None:
    """ExplorerError for a dtype of which torch has no more than the name."""
    try:
        torch.empty(1, dtype=dtype).item()
    except Exception as error:
        template = QT_TRANSLATE_NOOP("errors", "{name} cannot be shown: torch does not read values of {dtype}.")
        values = {"name": name, "dtype": str(dtype).removeprefix("torch.")}
        raise ExplorerError(Message("errors", template, values), str(error)) from error
