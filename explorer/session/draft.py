"""The operation that is being prepared: what the draft line shows and Run would run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from explorer.errors import ExplorerError

if TYPE_CHECKING:
    from explorer.ops import Forecast

Operand = str | int | float | complex | bool | None
"""A shelf name, a Python number, or None where nothing is chosen yet."""


@dataclass(frozen=True)
class Draft:
    """An operation with its operands and arguments, and what is foretold of it; nothing of it has been run.

    `op` is a key of the catalogue; `operands` are shelf names (str) and Python numbers in order; an argument that is
    None or absent is left out of the call. `forecast` is None while it is being computed, and where `error` stands.
    `copies` are the (name, device) pairs that Run would copy first; `declined` says that the user wants no copies.
    `keepable` says that a step came from this draft, so that Run would replace its result; `step` is that step's index.
    """

    op: str
    operands: tuple[Operand, ...] = ()
    arguments: Mapping[str, object] = field(default_factory=dict)
    forecast: Forecast | tuple[Forecast, ...] | None = None
    error: ExplorerError | None = None
    copies: tuple[tuple[str, str], ...] = ()
    device: str = "cpu"
    declined: bool = False
    keepable: bool = False
    step: int | None = None

    def released(self) -> Draft:
        """The draft of another result: what was made before stays."""
        return replace(self, keepable=False, step=None)

    def asks_as(self, other: Draft) -> bool:
        """Whether both ask the same of torch, whatever is foretold of it by now."""
        return (self.op, self.operands, self.arguments, self.device, self.declined) == (
            other.op, other.operands, other.arguments, other.device, other.declined,
        )  # fmt: skip

    @property
    def forecasts(self) -> tuple[Forecast, ...]:
        """One forecast per result, in order; empty where there is none."""
        if self.forecast is None:
            return ()
        return self.forecast if isinstance(self.forecast, tuple) else (self.forecast,)
