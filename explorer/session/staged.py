"""What stands on the stage: the animation of a draft that was rehearsed, of a run, or of tensors at rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from explorer.late import torch

if TYPE_CHECKING:
    from explorer.animation.animation import Animation
    from explorer.animation.axes import AxisId
    from explorer.animation.refused import Mark
    from explorer.session.draft import Draft
    from explorer.session.notice import Notice
    from explorer.session.viewpoint import Known, Viewpoint
    from explorer.workspace.view import View


@dataclass(frozen=True, eq=False)
class Large:
    """A tensor with more cells than the stage draws. `levels`: its exact finite minimum and maximum."""

    name: str
    tensor: torch.Tensor
    levels: tuple[float, float]
    axes: tuple[AxisId, ...]


@dataclass(frozen=True, eq=False)
class Rehearsal:
    """What was staged of a draft before it was run, and how it was seen."""

    staged: Staged
    view: Viewpoint


@dataclass(frozen=True, eq=False)
class Staged:
    """An animation on the stage.

    `ran`: its results are on the shelf. `draft`: what it shows. `large`: what to show whole before it runs.
    `again`: it was seen before, another way; it stays at its moment and does not play. `known`: the axes that the
    animation was made with; `axes`: those of each result that the draft would give now.
    `marks`: what is boxed of the operands of a draft that is refused; `meeting`: their shapes, if these do not fit.
    `then`: by name what lay otherwise in its memory, where a step of the past is seen.
    """

    animation: Animation
    ran: bool = False
    draft: Draft | None = None
    large: Large | None = None
    again: bool = False
    known: Known | None = None
    axes: tuple[tuple[AxisId, ...], ...] = ()
    marks: tuple[Mark, ...] = ()
    meeting: str = ""
    then: Mapping[str, View] = field(default_factory=dict)

    def turns(self, name: str) -> bool:
        """Whether what it shows gives `name` other axes in the memory that it has."""
        if self.known is None or name not in self.known.before:
            return False
        return self.known.before[name] != self.known.after.get(name, self.known.shelf.get(name))

    def stands_for(self, other: Staged) -> bool:
        """Whether it tells the same, if perhaps in another way."""
        return (self.ran, self.draft) == (other.ran, other.draft)


@dataclass(frozen=True)
class Moment:
    """Where a window was in what it had on the stage, for the one that follows it in another language. `focus`: tensor
    and cell; `notice`: what stood in its message bar; `awaited`: what had not been reached yet."""

    staged: Staged
    t: float
    playing: bool
    focus: tuple[int, int] | None = None
    notice: Notice | None = None
    awaited: frozenset[str] = frozenset()
