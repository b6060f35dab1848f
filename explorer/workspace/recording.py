"""A program recorded by autograd once more, and what torch then says of every tensor.

torch compares versions only when backward begins; the same versions are read here before, so that what it will refuse
can be foretold.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from explorer.late import torch
from explorer.ops.autograd import BACKWARD, CLEAR
from explorer.workspace.autograd_facts import Autograd, Fact, Link, Saved
from explorer.workspace.record import Record
from explorer.workspace.scratch import Broken, Scratch
from explorer.workspace.steps import Operate, Step

HEAVY = 1 << 22  # bytes: above, values cost more than they tell


def graded(records: Sequence[Record]) -> bool:
    """Whether a program has to do with gradients at all."""
    return any(record.step.graded for record in records)


def autograd_of(records: Sequence[Record], light: bool | None = None) -> Autograd | None:
    """What autograd knows after `records`; None, at no cost, for a program without gradients. Raises Broken.

    `light`: of a large program by default, run it without values if that is possible.
    """
    if not graded(records):
        return None
    if light or (light is None and _bytes(records) > HEAVY):
        try:
            return _watched(records, True)
        except Broken:
            pass  # it takes values, or torch refuses it: in its own words only where there are some
    return _watched(records, False)


def _watched(records: Sequence[Record], light: bool) -> Autograd:
    watch = _Watch(light)
    watch.play(records)
    return watch.findings([record.step for record in records])


def _bytes(records: Sequence[Record]) -> int:
    """The memory of all that a program has made."""
    storages = {view.storage for record in records for view in record.outputs if view is not None}
    return sum(storage.nbytes for storage in storages)


class _Held:
    """What torch gets back in backward; it lives for as long as the graph needs it."""

    def __init__(self, tensor: torch.Tensor) -> None:
        self.tensor = tensor.detach()  # which counts the same versions, and holds no graph


@dataclass(frozen=True)
class _Kept:
    held: weakref.ref[_Held]
    step: int
    version: int


class _Watch(Scratch):
    """A scratch that sees what is saved for backward, by whom, and at which version."""

    def __init__(self, light: bool) -> None:
        super().__init__(light)
        self.kept: list[_Kept] = []

    def play(self, records: Iterable[Record]) -> None:
        # The graph keeps its hooks: one that kept the scratch, whose tensors keep the graph, would keep all for ever.
        watch = weakref.ref(self)

        def pack(tensor: torch.Tensor) -> _Held:
            held, scratch = _Held(tensor), watch()
            if scratch is not None:
                scratch.kept.append(_Kept(weakref.ref(held), scratch.index, tensor._version))
            return held

        with torch.autograd.graph.saved_tensors_hooks(pack, lambda held: held.tensor):
            super().play(records)

    def do(self, record: Record) -> None:
        step = record.step
        spends = isinstance(step, Operate) and step.call.op is BACKWARD and not step.call.arguments.get("retain_graph")
        used = list(_nodes(self.names[step.inputs[0]].grad_fn)) if spends else []
        super().do(record)
        for node in used:
            node.metadata["used"] = True
        for name in record.step.outputs:
            thing = self.names.get(name or "")
            if isinstance(thing, torch.Tensor):
                _sign(thing.grad_fn, self.index)

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
        facts = {}
        for name, tensor in tensors.items():
            maker = next((i for i, step in enumerate(steps) if name in step.makes), 0)
            refused = _refused(tensor)
            beginning = None if refused else _beginning(tensor)
            graph = _graph(beginning, maker, steps, tensors)
            through = {link.step for link in graph.links}
            facts[name] = Fact(
                tensor.requires_grad,
                not refused and tensor.is_leaf,
                tensor._version,
                tensor.numel() == 1,
                beginning is not None,
                "" if refused or tensor.grad_fn is None else tensor.grad_fn.name(),
                graph.links,
                graph.leaves,
                tuple(s for s in saved if s.overwritten and s.step in through),
                graph.spent,
                tuple(leaf for leaf in graph.leaves if not tensors[leaf].is_leaf),
                _added(name, steps),
                refused,
            )
        gradients = {
            name: leaf for step in steps for name, leaf in zip(step.outputs, leaves_of(step), strict=False) if name
        }
        return Autograd(facts, saved, gradients)


def _added(name: str, steps: Sequence[Step]) -> int:
    """How many backwards have added to `name.grad` since it was cleared."""
    count = 0
    for step in steps:
        count += name in leaves_of(step)
        if isinstance(step, Operate) and step.call.op is CLEAR and step.target == name:
            count = 0
    return count


def _refused(tensor: torch.Tensor) -> str:
    """Why torch does not tell the graph of a tensor, in its words; "" where it does: one of several views that an
    operation gave stands, once their memory has been written to, but is of no more use with gradients."""
    try:
        _ = tensor.grad_fn
    except RuntimeError as refusal:
        return str(refusal)
    return ""


def leaves_of(step: Step) -> tuple[str, ...]:
    """The leaves whose gradients a step gives."""
    return tuple(step.call.bound["leaves"]) if isinstance(step, Operate) and step.call.op is BACKWARD else ()


def _beginning(tensor: torch.Tensor) -> Any:
    """The node at which a backward from here begins; None where there is none.

    Of a view whose base began to require gradients only later, requires_grad is True and grad_fn is None.
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
    spent: bool


def _graph(root: Any, maker: int, steps: Sequence[Step], tensors: Mapping[str, torch.Tensor]) -> _Graph:
    """The steps behind a node, and the leaves at their ends."""
    sources: dict[int, dict[str, None]] = {}
    leaves: set[str] = set()
    spent = False
    for node in _nodes(root):
        if hasattr(node, "variable"):
            if node.variable.requires_grad:  # it may have been switched off since
                leaves.update(name for name, x in tensors.items() if x is node.variable)
            continue
        spent = spent or _released(node)
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
    return _Graph(tuple(links), tuple(name for name in tensors if name in leaves), spent)


def _released(node: Any) -> bool:
    """Whether a backward has used up what a node had saved: torch then refuses to show it.

    What a write through a view had saved it never shows.
    """
    if node.name().endswith("CopySlices"):
        return "used" in node.metadata
    try:
        for name in dir(node):
            if name.startswith("_saved_"):
                getattr(node, name)
    except RuntimeError:
        return True
    return False


def _first(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(names)[:1]


def _made(step: Step) -> str:
    return next((name for name in step.outputs if name), "_")


def word(step: Step) -> str:
    """What a step does, in torch's word."""
    return step.call.op.word if isinstance(step, Operate) else step.source().split(" = ")[-1]


_Place = tuple[int, int, tuple[int, ...], tuple[int, ...]]


def _place(tensor: torch.Tensor) -> _Place:
    memory = tensor.untyped_storage()._cdata
    return memory, int(tensor.storage_offset()), tuple(tensor.shape), tuple(tensor.stride())


def _called(tensor: torch.Tensor, places: Mapping[str, _Place]) -> tuple[str, ...]:
    """The names that stand for a saved tensor: those of the very cells, else those over the same memory."""
    place = _place(tensor)
    exact = tuple(name for name, other in places.items() if other == place)
    return exact or tuple(name for name, other in places.items() if other[0] == place[0])
