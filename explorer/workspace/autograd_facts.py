"""What autograd knows of a program, as values: who requires gradients, what was recorded, saved and lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.workspace.steps import Step


@dataclass(frozen=True)
class Saved:
    """A tensor that backward will need again: `step` (its index) saved it at `version`, and it stands at `now`.

    `names`: the tensors of the shelf that it is; empty for one of torch's own.
    """

    step: int
    version: int
    now: int
    names: tuple[str, ...]

    @property
    def overwritten(self) -> bool:
        """Whether backward will refuse, because it is not what was saved."""
        return self.version != self.now


@dataclass(frozen=True)
class Link:
    """A recorded step: `word` is what it does, to `sources`, and `name` what came out."""

    step: int
    sources: tuple[str, ...]
    word: str
    name: str


@dataclass(frozen=True)
class Fact:
    """What torch says of one tensor. `grad_fn` is the name of it, or ""; `single`: it has one element; `recorded`: a
    backward can begin here.

    `chain`: what a backward from here goes through, in the order of execution; `leaves`: whose gradients it gives.
    `lost`: what was saved in the chain and written to since. `spent`: a backward has used up a part of the chain.
    `moved`: leaves of the chain that are results by now. `graded`: how many backwards have added to its `.grad`
    since that was cleared. `refused`: why torch does not tell its graph, in torch's words, or "".
    """

    requires_grad: bool
    leaf: bool
    version: int
    single: bool = True
    recorded: bool = False
    grad_fn: str = ""
    chain: tuple[Link, ...] = ()
    leaves: tuple[str, ...] = ()
    lost: tuple[Saved, ...] = ()
    spent: bool = False
    moved: tuple[str, ...] = ()
    graded: int = 0
    refused: str = ""

    @property
    def ready(self) -> bool:
        """Whether a backward from here finds all that it needs."""
        return self.recorded and not self.lost and not self.spent and not self.moved


@dataclass(frozen=True)
class Autograd:
    """The facts of all tensors of a program, and whose gradient each gradient on the shelf is."""

    facts: Mapping[str, Fact] = field(default_factory=dict)
    saved: tuple[Saved, ...] = ()
    gradients: Mapping[str, str] = field(default_factory=dict)

    def lost(self, name: str) -> tuple[Saved, ...]:
        """Where `name` was saved for backward and has been written to since."""
        return tuple(s for s in self.saved if s.overwritten and name in s.names)


def spoken(saved: Saved, steps: Sequence[Step]) -> Message:
    """What happened to a saved tensor, as a sentence."""
    template = QT_TRANSLATE_NOOP(
        "autograd", "“{saver}” saved it for backward at version {version}; it is at version {now} now."
    )
    values = {"saver": steps[saved.step].source(), "version": saved.version, "now": saved.now}
    return Message("autograd", template, values)
