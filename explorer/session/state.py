"""What the session holds at one time: all that undo brings back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import prod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from explorer.session.draft import Draft
    from explorer.session.staged import Staged
    from explorer.session.viewpoint import Identities
    from explorer.workspace import Workspace

REMEMBERED_CELLS = 2**16


@dataclass(frozen=True)
class RunInfo:
    """What a run took: seconds (the device having finished), new bytes, torch's warnings."""

    name: str
    seconds: float
    nbytes: int
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class State:
    """Everything that undo brings back. `staged` is what the stage shows, None for the draft's own preview; while the
    draft `waits`, that is the tensor it is about, as itself. `aside`: what waits while all this is a scratch."""

    workspace: Workspace
    identities: Identities
    draft: Draft | None = None
    inspected: str | None = None
    staged: Staged | None = None
    run: RunInfo | None = None
    waits: bool = False
    aside: State | None = None

    @property
    def array(self) -> str | None:
        """The name of what is inspected, where that is a NumPy array."""
        name = self.inspected
        return name if name is not None and name in self.workspace and self.workspace[name].is_array else None

    def light(self) -> State:
        """The state without a stage that holds large tensors, which would keep their memory for as long as undo can."""
        shown = self.staged.animation.tensors if self.staged is not None else ()
        return replace(self, staged=None) if any(prod(t.shape) > REMEMBERED_CELLS for t in shown) else self
