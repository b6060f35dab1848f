"""The identity of an axis: a letter, and by its index a colour and a line pattern, that it keeps through operations.

A pure function of the program: tensors share an identity only where an operation has aligned their axes.
"""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Any

from explorer.ops import Call, Stage

LETTERS = "ijkmpqrstuvwxyzabcdefgh"  # no l and no o, which read as 1 and 0; n is what arrays are called
Node = tuple[int, int]  # tensor, axis
Pairs = Sequence[Sequence[tuple[int, int]]]


@dataclass(frozen=True)
class AxisId:
    """`index` chooses colour and line pattern; `word` is a name given by the user, or a merger (`i.j`)."""

    index: int
    word: str = ""

    @property
    def letter(self) -> str:
        """What stands on chips and frames: i, j, k ... then i1, j1 ...; the word if there is one."""
        turn, place = divmod(self.index, len(LETTERS))
        return self.word or LETTERS[place] + (str(turn) if turn else "")


class Weave:
    """Axes of tensors that become one where operations align them, but never two axes of one tensor."""

    def __init__(self) -> None:
        self._parent: dict[Node, Node] = {}
        self._members: dict[Node, set[Node]] = {}
        self._merged: dict[Node, tuple[Node, ...]] = {}
        self._numbers: dict[Node, int] = {}  # of roots
        self._free: list[int] = []  # a heap of numbers that joined axes have given back
        self.ranks: list[int] = []

    def tensor(self, rank: int) -> int:
        """A new tensor with axes of its own."""
        tensor = self._unnumbered(rank)
        self._number(tensor)
        return tensor

    def _number(self, tensor: int) -> None:
        """The least free numbers for those of its axes that have none: nobody's axes change theirs."""
        for axis in range(self.ranks[tensor]):
            root = self._root((tensor, axis))
            if root not in self._numbers:
                self._numbers[root] = heappop(self._free) if self._free else len(self._numbers)

    def _unnumbered(self, rank: int) -> int:
        self.ranks.append(rank)
        tensor = len(self.ranks) - 1
        for axis in range(rank):
            self._parent[tensor, axis] = (tensor, axis)
            self._members[tensor, axis] = {(tensor, axis)}
        return tensor

    def _root(self, node: Node) -> Node:
        while self._parent[node] != node:
            node = self._parent[node]
        return node

    def join(self, one: Node, other: Node) -> None:
        """Make two axes one, unless a tensor would then have it twice."""
        a, b = self._root(one), self._root(other)
        if a == b:
            return
        if {t for t, _ in self._members[a]} & {t for t, _ in self._members[b]}:
            return
        first, second = min(a, b), max(a, b)
        self._parent[second] = first
        self._members[first] |= self._members.pop(second)
        if second in self._numbers:
            heappush(self._free, self._numbers.pop(second))

    def operate(self, operands: Sequence[int], aligned: Iterable[Pairs], results: Sequence[Pairs]) -> list[int]:
        """An operation. `aligned`: lists of (operand, axis) that run together; `results`: for each result and each of
        its axes the (operand, axis) that it continues. Gives the new tensors."""
        for pairs in aligned:
            for group in pairs:
                for (k, a), (m, b) in itertools.pairwise(group):
                    if operands[k] != operands[m]:
                        self.join((operands[k], a), (operands[m], b))
        made = []
        for pairs in results:
            tensor = self._unnumbered(len(pairs))
            for axis, group in enumerate(pairs):
                first = [a for k, a in group if k == group[0][0]]
                if len(first) == 1:
                    self.join((operands[group[0][0]], first[0]), (tensor, axis))
                elif len(first) > 1:
                    self._merged[tensor, axis] = tuple((operands[group[0][0]], a) for a in first)
            self._number(tensor)
            made.append(tensor)
        return made

    def named(self) -> list[tuple[AxisId, ...]]:
        """The identities of all tensors' axes."""
        words: dict[Node, str] = {}

        def identity(node: Node) -> AxisId:
            root = self._root(node)
            if root in self._merged and root not in words:
                words[root] = ".".join(identity(part).letter for part in self._merged[root])
            return AxisId(self._numbers[root], words.get(root, ""))

        return [tuple(identity((t, a)) for a in range(rank)) for t, rank in enumerate(self.ranks)]


def alignment(call: Call[Any]) -> tuple[list[Pairs], list[Pairs]]:
    """Which axes of the operands that are given a call runs together, and what its results' axes continue."""
    call = call.narrowed()
    trace = call.trace()
    aligned: list[Pairs] = [*trace.axes]
    if call.op.contracts:
        aligned += threaded(call.stages())
    elif call.op.cellwise:  # also where an axis of length 1 is stretched
        ranks = [len(getattr(x, "shape", ())) for x in call.operands]
        last = range(1, max(ranks, default=0) + 1)
        aligned.append([tuple((k, rank - back) for k, rank in enumerate(ranks) if back <= rank) for back in last])
    return aligned, list(trace.axes)


def threaded(stages: Sequence[Stage]) -> list[Pairs]:
    """For each stage, and each axis of its value, the (operand, axis) of the operation that run along it."""
    found: list[list[tuple[tuple[int, int], ...]]] = []
    for stage in stages:
        own: list[tuple[tuple[int, int], ...]] = []
        for pairs in stage.provenance.axes[0]:
            reached: list[tuple[int, int]] = []
            for k, axis in pairs:
                source = stage.inputs[k]
                reached += [(-1 - source, axis)] if source < 0 else found[source][axis]
            own.append(tuple(dict.fromkeys(reached)))
        found.append(own)
    return [*found]


def of_run(call: Call[Any]) -> list[tuple[AxisId, ...]]:
    """The identities of operands and results in a program of this one call."""
    weave, call = Weave(), call.narrowed()
    tensors = [weave.tensor(len(getattr(x, "shape", ()))) for x in call.operands]
    weave.operate(tensors, *alignment(call))
    return weave.named()


def fresh(count: int, taken: Iterable[Sequence[AxisId]]) -> tuple[AxisId, ...]:
    """`count` identities that nobody has yet."""
    used = {axis.index for axes in taken for axis in axes}
    free = (k for k in itertools.count() if k not in used)
    return tuple(AxisId(next(free)) for _ in range(count))


def continued(pairs: Pairs, operands: Sequence[Sequence[AxisId]]) -> tuple[AxisId, ...]:
    """The identities of a result's axes: those of the operand axes that they continue, merged (i.j) where they are
    several of one operand, new ones where there are none or where another axis of the result has it already."""
    out: list[AxisId] = []
    for sources in pairs:
        first = [axis for k, axis in sources if sources and k == sources[0][0]]
        found = [operands[sources[0][0]][axis] for axis in first]
        if len(found) == 1 and found[0] not in out:
            out.append(found[0])
        else:
            (new,) = fresh(1, [*operands, out])
            out.append(AxisId(new.index, ".".join(axis.letter for axis in found)) if len(found) > 1 else new)
    return tuple(out)
