"""The nearest calls that torch takes: tried one after another, the nearest first."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

from explorer.ops import Call
from explorer.ops.refusal_text import causes_of
from explorer.session.repairs.neighbours import Refused, neighbours
from explorer.session.repairs.repair import Nested, Repair, written
from explorer.session.repairs.trial import Trial
from explorer.session.staging import same_bits
from explorer.unforeseen import survived

if TYPE_CHECKING:
    from explorer.errors import ExplorerError
    from explorer.session.draft import Draft
    from explorer.workspace import Workspace

MOST = 3  # repairs
TRIALS = 400
LOOKED_INTO = 24  # refused calls from which a second edit sets out
FARTHEST = 4.0
_FIRST = 0.9  # the least that an edit costs


def repairs(draft: Draft, workspace: Workspace, cancelled: Callable[[], bool] = lambda: False) -> tuple[Repair, ...]:
    """At most three calls near a refused draft that run, the nearest first; () where none does. For the worker."""
    if draft.error is None:
        return ()
    return survived(lambda: tuple(_Search(draft, workspace, cancelled).found()), ())


@dataclass(frozen=True, order=True)
class _Waiting:
    """A call to be tried, or one that was refused and from which edits set out; `reason` refused the one before it."""

    cost: float
    number: int
    call: Call[Nested] = field(compare=False)
    refused: bool = field(compare=False)
    reason: Any = field(compare=False)
    edits: int = field(compare=False, default=0)


class _Search:
    def __init__(self, draft: Draft, workspace: Workspace, cancelled: Callable[[], bool]) -> None:
        self._trial = Trial(workspace, draft)
        self._cancelled, self._op = cancelled, draft.op
        self._numbers = count()
        self._seen = {_same(draft.call)}
        self._waiting: list[_Waiting] = []
        self._looked = 0
        self._given: list[tuple[Any, int, tuple[Any, ...]]] = []
        self._set_out(_Waiting(0.0, 0, draft.call, True, None), draft.error)

    def found(self) -> list[Repair]:
        """Those that run, as many as are wanted."""
        kept: list[Repair] = []
        trials = 0
        while self._waiting and len(kept) < MOST and trials < TRIALS and not self._cancelled():
            node = heapq.heappop(self._waiting)
            if node.cost > FARTHEST:
                break
            if node.refused:
                self._go_on(node)
                continue
            trials += 1
            try:
                told = self._trial.forecast(node.call)
                results = self._trial.results(node.call, told)
            except Exception:  # noqa: BLE001 - whatever torch raises: perhaps it is another thing now
                if node.edits < 2:
                    self._wait(node.cost + _FIRST, node.call, True, node.reason, node.edits)
                continue
            if not self._known(node.call, results):
                kept.append(Repair(node.call, told))
        return kept

    def _known(self, call: Call[Nested], results: tuple[Any, ...] | None) -> bool:
        """Whether a nearer repair of the same entry gave the same in no more steps."""
        steps = sum(isinstance(x, Call) for x in call.operands)
        nearer = [seen for op, before, seen in self._given if op is call.op and before <= steps]
        self._given.append((call.op, steps, results or ()))
        return results is not None and any(len(x) == len(results) and all(map(same_bits, results, x)) for x in nearer)

    def _go_on(self, node: _Waiting) -> None:
        """From a call that is refused for another reason than the one before it was."""
        if self._looked >= LOOKED_INTO:
            return
        self._looked += 1
        error = self._trial.refusal(node.call)
        if error is not None and (_reason(error) != node.reason or node.call.op is not self._op):
            self._set_out(node, error)

    def _set_out(self, node: _Waiting, error: ExplorerError | None) -> None:
        try:
            operands = self._trial.operands(node.call)
        except Exception:  # noqa: BLE001 - what comes first is refused
            return
        spent = max(node.cost - _FIRST, 0.0)
        for cost, call in neighbours(Refused(node.call, operands, causes_of(error), self._trial.shelf)):
            if spent + cost <= FARTHEST and (key := _same(call)) not in self._seen:
                self._seen.add(key)
                self._wait(spent + cost, call, False, _reason(error), node.edits + 1)

    def _wait(self, cost: float, call: Call[Nested], refused: bool, reason: Any, edited: int) -> None:
        heapq.heappush(self._waiting, _Waiting(cost, next(self._numbers), call, refused, reason, edited))


def _same(call: Call[Nested]) -> str:
    """What calls that say the same have alike."""
    try:
        return f"{call.op.name} {written(call)}"
    except (TypeError, IndexError, KeyError):  # an operand is missing
        return repr((call.op.name, call.operands, dict(call.arguments)))


def _reason(error: ExplorerError | None) -> Any:
    return None if error is None else (error.message.template, causes_of(error))
