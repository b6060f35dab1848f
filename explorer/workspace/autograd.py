"""What autograd knows of a program: who requires gradients, what was recorded, what was kept for backward and is gone.

All of it is asked of torch, in a scratch that runs the program afresh. torch compares versions only when backward
begins; the same versions are read here before, so that what it will refuse can be foretold.
"""

import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import torch

from explorer.errors import OpError
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.workspace.arrays import ArrayOperate, FromArray, ToArray
from explorer.workspace.gradients import Backward, RequireGrad
from explorer.workspace.in_place import InPlace, Relayout
from explorer.workspace.indexing import Index
from explorer.workspace.scratch import Broken, Scratch, perform, silent
from explorer.workspace.steps import Copy, Operate, Step, refusal
from explorer.workspace.writes import Augment, Change, Write

if TYPE_CHECKING:
    from explorer.workspace.replay import Record


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
    `moved`: leaves of the chain that are results by now. `graded`: how many backwards have added to its `.grad`.
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


def graded(records: Sequence["Record"]) -> bool:
    """Whether a program has to do with gradients at all."""
    return any(record.step.graded for record in records)


def autograd_of(records: Sequence["Record"]) -> Autograd | None:
    """What autograd knows after `records`; None, at no cost, for a program without gradients. Raises Broken."""
    if not graded(records):
        return None
    watch = _Watch()
    watch.play(records)
    return watch.findings([record.step for record in records])


class _Held:
    """What torch gets back in backward; it lives for as long as the graph needs it."""

    def __init__(self, tensor: torch.Tensor) -> None:
        self.tensor = tensor.detach()  # which counts the same versions, and holds no graph


@dataclass(frozen=True)
class _Kept:
    held: "weakref.ref[_Held]"
    step: int
    version: int


class _Watch(Scratch):
    """A scratch that sees what is saved for backward, by whom, and at which version."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[_Kept] = []

    def play(self, records: Iterable["Record"]) -> None:
        with torch.autograd.graph.saved_tensors_hooks(self._pack, lambda held: held.tensor):
            super().play(records)

    def do(self, record: "Record") -> None:
        super().do(record)
        for name in record.step.outputs:
            thing = self.names.get(name or "")
            if isinstance(thing, torch.Tensor):
                _sign(thing.grad_fn, self.index)

    def _pack(self, tensor: torch.Tensor) -> _Held:
        held = _Held(tensor)
        self.kept.append(_Kept(weakref.ref(held), self.index, tensor._version))
        return held

    # what has been found

    def findings(self, steps: Sequence[Step]) -> Autograd:
        tensors = {name: x for name, x in self.names.items() if isinstance(x, torch.Tensor)}
        places = {name: _place(x) for name, x in tensors.items()}
        found = [(kept, kept.held()) for kept in self.kept]
        saved = tuple(
            Saved(kept.step, kept.version, held.tensor._version, _called(held.tensor, places))
            for kept, held in found
            if held is not None
        )
        released = {kept.step for kept, held in found if held is None}
        backwards = [step for step in steps if isinstance(step, Backward)]
        facts = {}
        for name, tensor in tensors.items():
            maker = next((i for i, step in enumerate(steps) if name in step.makes), 0)
            beginning = _beginning(tensor)
            graph = _graph(beginning, maker, steps, tensors)
            through = {link.step for link in graph.links}
            facts[name] = Fact(
                tensor.requires_grad,
                tensor.is_leaf,
                tensor._version,
                tensor.numel() == 1,
                beginning is not None,
                tensor.grad_fn.name() if tensor.grad_fn is not None else "",
                graph.links,
                graph.leaves,
                tuple(s for s in saved if s.overwritten and s.step in through),
                bool(released & through),
                tuple(leaf for leaf in graph.leaves if not tensors[leaf].is_leaf),
                sum(name in step.leaves for step in backwards),
            )
        gradients = {
            name: leaf for step in backwards for name, leaf in zip(step.results, step.leaves, strict=True) if name
        }
        return Autograd(facts, saved, gradients)


def _beginning(tensor: torch.Tensor) -> Any:
    """The node at which a backward from here begins; None where there is none.

    A view of what began to require gradients only later says that it requires them, and has none.
    """
    if tensor.grad_fn is not None or not tensor.requires_grad:
        return tensor.grad_fn
    seen = tensor.view_as(tensor).grad_fn
    return seen.next_functions[0][0] if seen is not None else None


def _sign(node: Any, step: int) -> None:
    """Write the step into every node that is new with it."""
    for found in _nodes(node, lambda node: "step" not in node.metadata):
        found.metadata["step"] = step


def _nodes(first: Any, wanted: Any = lambda node: True) -> Iterator[Any]:
    """The nodes of a graph from `first` on, each once, and none behind one that is not wanted."""
    seen, waiting = set(), [first]
    while waiting:
        node = waiting.pop()
        if node is None or node in seen or not wanted(node):
            continue
        seen.add(node)
        yield node
        waiting += [following for following, _ in node.next_functions]


@dataclass(frozen=True)
class _Graph:
    links: tuple[Link, ...]
    leaves: tuple[str, ...]


def _graph(root: Any, maker: int, steps: Sequence[Step], tensors: Mapping[str, torch.Tensor]) -> _Graph:
    """The steps behind a node, and the leaves at their ends."""
    sources: dict[int, dict[str, None]] = {}
    leaves: set[str] = set()
    for node in _nodes(root):
        if hasattr(node, "variable"):
            leaves.update(name for name, x in tensors.items() if x is node.variable)
            continue
        step = node.metadata.get("step", maker)
        mine = sources.setdefault(step, {})
        for following, _ in node.next_functions:
            if following is None:
                continue
            if hasattr(following, "variable"):
                mine.update(dict.fromkeys(_first(n for n, x in tensors.items() if x is following.variable)))
            elif following.metadata.get("step", maker) != step:
                mine[_made(steps[following.metadata.get("step", maker)])] = None
    links = (Link(step, tuple(sources[step]), word(steps[step]), _made(steps[step])) for step in sorted(sources))
    return _Graph(tuple(links), tuple(name for name in tensors if name in leaves))


def _first(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(names)[:1]


def _made(step: Step) -> str:
    return next((name for name in step.outputs if name), "_")


def word(step: Step) -> str:
    """What a step does, in torch's word."""
    match step:
        case Operate():
            return step.op
        case InPlace() | Relayout():
            return step.method
        case Augment() | ArrayOperate():
            return step.symbol
        case Write():
            return "[…] ="
        case Index():
            return "[…]"
        case Copy():
            return "clone"
        case ToArray():
            return "numpy"
        case FromArray():
            return "tensor" if step.copy else "from_numpy"
        case _:
            return step.source().split(" = ")[-1]


_Place = tuple[int, int, tuple[int, ...], tuple[int, ...]]


def _place(tensor: torch.Tensor) -> _Place:
    memory = tensor.untyped_storage()._cdata
    return memory, int(tensor.storage_offset()), tuple(tensor.shape), tuple(tensor.stride())


def _called(tensor: torch.Tensor, places: Mapping[str, _Place]) -> tuple[str, ...]:
    """The names that stand for a saved tensor: those of the very cells, else those over the same memory."""
    place = _place(tensor)
    exact = tuple(name for name, other in places.items() if other == place)
    return exact or tuple(name for name, other in places.items() if other[0] == place[0])


# Why something is refused, once torch has refused.


def explained(past: Sequence["Record"], step: Step, error: Exception) -> OpError:
    """Our sentence for a step that torch refuses after `past` when autograd records, with torch's words below it."""
    try:
        known = autograd_of(past)
    except Broken:
        known = None
    facts = known.facts if known is not None else {}
    template, values = _reason(step, facts, [record.step for record in past])
    return refusal(template, error, code=step.source(), **values)


def as_recorded(past: Sequence["Record"], step: Step, error: OpError) -> OpError:
    """The error of a step that torch refuses for detached tensors, as it is when autograd records: it looks first."""
    if not error.detail or not graded(past):
        return error
    scratch = Scratch()
    try:
        scratch.play(past)
        with silent():
            perform(step, scratch.names)
    except Broken:
        return error
    except Exception as recorded:  # noqa: BLE001 - whatever torch says
        return error if str(recorded) == error.detail else explained(past, step, recorded)
    return error


def _reason(step: Step, facts: Mapping[str, Fact], steps: Sequence[Step]) -> tuple[str, dict[str, object]]:
    name = step.inputs[0] if step.inputs else ""
    fact = facts.get(name, Fact(False, True, 0))
    values: dict[str, object] = {"name": name}
    if isinstance(step, Backward):
        return _no_backward(step, fact, steps)
    if isinstance(step, RequireGrad):
        template = QT_TRANSLATE_NOOP(
            "errors", "“{code}” is refused: {name} is a result of what requires gradients; switch it off at its leaves."
        )
    elif isinstance(step, ToArray):
        template = QT_TRANSLATE_NOOP(
            "errors",
            "{name} requires gradients, and a NumPy array over its memory could be changed behind autograd's back; "
            "switch requires_grad off first.",
        )
    elif isinstance(step, Change) and fact.requires_grad and fact.leaf:
        template = QT_TRANSLATE_NOOP(
            "errors",
            "“{code}” would overwrite {name}, a leaf that requires gradients; make a new tensor of it instead, or "
            "switch its requires_grad off first.",
        )
    elif isinstance(step, Change):
        template = QT_TRANSLATE_NOOP(
            "errors", "“{code}” cannot overwrite {name} while autograd records it; make a new tensor of it instead."
        )
    else:
        template = QT_TRANSLATE_NOOP("errors", "“{code}” is refused while autograd records the program.")
    return template, values


def _no_backward(step: Backward, fact: Fact, steps: Sequence[Step]) -> tuple[str, dict[str, object]]:
    values: dict[str, object] = {"name": step.target}
    if not fact.recorded:
        template = QT_TRANSLATE_NOOP(
            "errors",
            "{name} was not made from a tensor that requires gradients; switch requires_grad on for one, then make "
            "{name} from it again.",
        )
    elif step.gradient is None and not fact.single:
        template = QT_TRANSLATE_NOOP(
            "errors",
            "{name} has more than one element, so backward needs a gradient of its shape: take ones, or make a scalar "
            "of it first, as with sum().",
        )
    elif fact.lost:
        lost = fact.lost[0]
        values |= {
            "saved": ", ".join(lost.names) or "?",
            "saver": steps[lost.step].source(),
            "version": lost.version,
            "now": lost.now,
        }
        template = QT_TRANSLATE_NOOP(
            "errors",
            "Backward from {name} needs {saved} as “{saver}” saved it, at version {version}; it has been overwritten "
            "since and is at version {now}. Undo the write, or make a new tensor instead of writing.",
        )
    elif fact.moved:
        values["leaf"] = fact.moved[0]
        template = QT_TRANSLATE_NOOP(
            "errors",
            "{name} was made from {leaf} when that was a leaf; {leaf} has since been overwritten with a result. Undo "
            "that write, or make a new tensor instead of writing.",
        )
    elif fact.spent:
        template = QT_TRANSLATE_NOOP(
            "errors",
            "A backward has used up what was saved for {name}; run {name} again from its leaves, or keep the graph in "
            "the first backward (retain_graph=True).",
        )
    else:
        template = QT_TRANSLATE_NOOP("errors", "“{code}” is refused: its gradient does not fit {name}.")
    return template, values


def spoken(saved: Saved, steps: Sequence[Step]) -> Message:
    """What happened to a saved tensor, as a sentence."""
    template = QT_TRANSLATE_NOOP(
        "autograd", "“{saver}” saved it for backward at version {version}; it is at version {now} now."
    )
    values = {"saver": steps[saved.step].source(), "version": saved.version, "now": saved.now}
    return Message("autograd", template, values)
