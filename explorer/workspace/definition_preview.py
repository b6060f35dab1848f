"""What a creation would give, before it is done: shape, dtype, size, its code, and the values where they are few."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

from explorer.errors import OpError
from explorer.late import torch
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.ops import CATALOG
from explorer.ops.entry import Forecast
from explorer.workspace.code import Writer
from explorer.workspace.definition import Definition

FEW = 4096


@dataclass(frozen=True, eq=False)
class DefinitionPreview:
    """`values` are all values, on the CPU, of at most FEW; None where there are more, or none as on meta
    and where the memory is `unknown`: nobody has written to it."""

    forecast: Forecast
    source: str
    values: torch.Tensor | None
    unknown: bool = False


def preview(creation: Definition) -> DefinitionPreview:
    """Look at what `creation` would give; at most FEW values are computed. Raises OpError where torch refuses.

    The first call for a fill may take a second, as torch then imports what it knows of shapes: do it on a worker.
    """
    forecast = _forecast(creation)
    shape = tuple(n for n in forecast.shape if n is not None)
    few = prod(shape) <= FEW and forecast.device != "meta" and not creation.unknown
    try:
        values = creation.make().to("cpu") if few else None
    except OpError as error:
        raise _refused(creation, error) from error
    return DefinitionPreview(forecast, creation.source("values", Writer()), values, creation.unknown)


def _forecast(creation: Definition) -> Forecast:
    values = creation.values
    if creation.typed_in and values is not None:
        dtype = creation.dtype or values.dtype
        return Forecast(tuple(values.shape), dtype, values.numel() * dtype.itemsize, True, creation.device)
    op, arguments = creation.call()
    try:
        forecast = CATALOG[op].forecast((), arguments)
    except OpError as error:
        raise _refused(creation, error) from error
    assert isinstance(forecast, Forecast)
    shape = forecast.shape if creation.shape is None else creation.shape
    nbytes = 0 if creation.device == "meta" else forecast.nbytes
    return Forecast(shape, forecast.dtype, nbytes, forecast.certain, creation.device)


def _refused(creation: Definition, error: OpError) -> OpError:
    if creation.dtype is None:
        template = QT_TRANSLATE_NOOP("errors", "torch.{op} refuses this; its reason stands below.")
    else:
        template = QT_TRANSLATE_NOOP("errors", "torch.{op} refuses this for {dtype}; its reason stands below.")
    values = {"op": creation.op, "dtype": str(creation.dtype).removeprefix("torch.")}
    return OpError(Message("errors", template, values), error.detail)
