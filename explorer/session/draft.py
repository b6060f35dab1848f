"""The operation that is being prepared: what the draft line shows and Run would run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from explorer.errors import ExplorerError
from explorer.ops import Call, Op

if TYPE_CHECKING:
    from explorer.ops import Forecast

Operand = str | int | float | complex | bool | None
"""A shelf name, a Python number, or None where nothing is chosen yet."""


@dataclass(frozen=True)
class Draft:
    """A call, and what is foretold of it; nothing of it has been run.

    Its operands are shelf names (str) and Python numbers; an argument that is None or absent is left out. `forecast`
    is None while it is being computed, and where `error` stands. `copies` are the (name, device) pairs that Run would
    copy first; `declined` says that the user wants no copies. `keepable` says that a step came from this draft, so that
    Run would replace its result; `step` is that step's index.
    """

    call: Call[Operand]
    forecast: Forecast | tuple[Forecast, ...] | None = None
    error: ExplorerError | None = None
    copies: tuple[tuple[str, str], ...] = ()
    device: str = "cpu"
    declined: bool = False
    keepable: bool = False
    step: int | None = None

    @property
    def op(self) -> Op:
        """The entry that it is of."""
        return self.call.op

    @property
    def operands(self) -> tuple[Operand, ...]:
        """Those of the call, None where nothing is chosen yet."""
        return self.call.operands

    @property
    def arguments(self) -> Mapping[str, Any]:
        """Those of the call."""
        return self.call.arguments

    def calling(self, **changed: Any) -> Draft:
        """The draft with another `op`, other `operands` or `arguments`."""
        return replace(self, call=replace(self.call, **changed))

    def released(self) -> Draft:
        """The draft of another result: what was made before stays."""
        return replace(self, keepable=False, step=None)

    def asks_as(self, other: Draft) -> bool:
        """Whether both ask the same of torch, whatever is foretold of it by now."""
        return (self.call, self.device, self.declined) == (other.call, other.device, other.declined)

    @property
    def forecasts(self) -> tuple[Forecast, ...]:
        """One forecast per result, in order; empty where there is none."""
        if self.forecast is None:
            return ()
        return self.forecast if isinstance(self.forecast, tuple) else (self.forecast,)
