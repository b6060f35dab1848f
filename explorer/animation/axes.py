"""The identity of an axis: a letter, and by its index a colour and a line pattern, that it keeps through operations.

A pure function of the program: tensors share an identity only where an operation has aligned their axes.
"""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from explorer.ops import CATALOG, WRITES, Family, Op
from explorer.ops.indexing import READ, with_places

if TYPE_CHECKING:
    from explorer.workspace.replay import Record
    from explorer.workspace.workspace import Workspace

LETTERS = "ijkmnpqrstuvwxyzabcdefgh"  # no l and no o, which read as 1 and 0
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
        self.ranks: list[int] = []

    def tensor(self, rank: int) -> int:
        """A new tensor with axes of its own."""
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
            tensor = self.tensor(len(pairs))
            for axis, group in enumerate(pairs):
                first = [a for k, a in group if k == group[0][0]]
                if len(first) == 1:
                    self.join((operands[group[0][0]], first[0]), (tensor, axis))
                elif len(first) > 1:
                    self._merged[tensor, axis] = tuple((operands[group[0][0]], a) for a in first)
            made.append(tensor)
        return made

    def named(self) -> list[tuple[AxisId, ...]]:
        """The identities of all tensors' axes, counted in the order in which they come up."""
        number: dict[Node, int] = {}
        for tensor, rank in enumerate(self.ranks):
            for axis in range(rank):
                number.setdefault(self._root((tensor, axis)), len(number))
        words: dict[Node, str] = {}

        def identity(node: Node) -> AxisId:
            root = self._root(node)
            if root in self._merged and root not in words:
                words[root] = ".".join(identity(part).letter for part in self._merged[root])
            return AxisId(number[root], words.get(root, ""))

        return [tuple(identity((t, a)) for a in range(rank)) for t, rank in enumerate(self.ranks)]


def alignment(op: Op, operands: Sequence[Any], arguments: Mapping[str, Any]) -> tuple[list[Pairs], list[Pairs]]:
    """Which operand axes an operation runs together, and what its results' axes continue."""
    trace = op.trace(operands, arguments)
    aligned: list[Pairs] = [*trace.axes]
    if op.family is Family.CONTRACTION:
        aligned.append(op.stages(operands, arguments)[0].provenance.axes[0])
    elif op.family is Family.ELEMENTWISE:  # also where an axis of length 1 is stretched
        ranks = [len(getattr(x, "shape", ())) for x in operands]
        last = range(1, max(ranks, default=0) + 1)
        aligned.append([tuple((k, rank - back) for k, rank in enumerate(ranks) if back <= rank) for back in last])
    return aligned, list(trace.axes)


def of_run(op: Op, operands: Sequence[Any], arguments: Mapping[str, Any]) -> list[tuple[AxisId, ...]]:
    """The identities of operands and results in a program of this one operation."""
    weave = Weave()
    tensors = [weave.tensor(len(getattr(x, "shape", ()))) for x in operands]
    weave.operate(tensors, *alignment(op, operands, arguments))
    return weave.named()


def identities(workspace: "Workspace") -> dict[str, tuple[AxisId, ...]]:
    """The identities of the axes of everything on the shelf, by name."""
    from explorer.workspace.gradients import Backward

    weave = Weave()
    numbers: dict[object, int] = {}  # by the object that a name stands for: two names may be one tensor
    for record in workspace.records:
        shapes = [view.layout.shape for view in record.inputs]
        inputs = [numbers[view.identity] for view in record.inputs]
        made = [None if view is None else len(view.layout.shape) for view in record.outputs]
        call = _call(record)
        if record.step.writes:
            continue
        if call is not None:
            aligned, results = _aligned(record, call)
            new = weave.operate(_operands(weave, call[1], inputs), aligned, results)
        elif isinstance(record.step, Backward):  # a gradient has the axes of its leaf
            leaves = inputs[len(inputs) - len(record.step.leaves) :]
            new = [weave.operate([leaf], (), [[((0, a),) for a in range(weave.ranks[leaf])]])[0] for leaf in leaves]
        elif len(shapes) == 1 and made and shapes[0] == (record.outputs[0].layout.shape if record.outputs[0] else None):
            new = weave.operate(inputs, (), [[((0, a),) for a in range(len(shapes[0]))]])
        else:
            new = [weave.tensor(rank or 0) for rank in made]
        numbers.update({view.identity: k for view, k in zip(record.outputs, new, strict=True) if view is not None})
    named = weave.named()
    return {name: named[numbers[workspace.view(name).identity]] for name in workspace.names}


Call = tuple[Op, tuple[Any, ...], Mapping[str, Any]]


def _call(record: "Record") -> Call | None:
    """The operation that a step of the program is, with names in the place of tensors; None for any other step."""
    from explorer.workspace.in_place import Relayout
    from explorer.workspace.indexing import Index
    from explorer.workspace.layout import ArrayLayout
    from explorer.workspace.steps import Operate

    step = record.step
    if isinstance(step, Operate):
        return CATALOG[step.op], step.operands, step.arguments
    if isinstance(step, Index) and not isinstance(record.inputs[0].layout, ArrayLayout):
        operands, key = with_places(step.key, READ, (step.target,))
        return READ, operands, {"key": key}
    if isinstance(step, Relayout) and step.method in WRITES:
        op = WRITES[step.method]
        return (
            op,
            (step.target,),
            {**dict(zip((p.name for p in op.parameters), step.operands, strict=False)), **step.arguments},
        )
    return None


def _operands(weave: Weave, operands: Sequence[Any], inputs: Sequence[int]) -> list[int]:
    """The tensors of all operands; a number is a tensor without axes."""
    rest = iter(inputs)
    return [next(rest) if isinstance(x, str) else weave.tensor(0) for x in operands]


def _aligned(record: "Record", call: Call) -> tuple[list[Pairs], list[Pairs]]:
    """What a step of the program aligns; kept as long as the step is."""
    op, named, arguments = call
    if record not in _ALIGNED:
        import torch

        rest = iter(record.inputs)
        operands: list[Any] = []
        for x in named:
            layout = next(rest).layout if isinstance(x, str) else None
            operands.append(x if layout is None else torch.empty(layout.shape, dtype=_dtype(layout), device="meta"))
        try:
            _ALIGNED[record] = alignment(op, operands, arguments)
        except Exception:  # noqa: BLE001 - where only values decide, the axes of the results are new
            _ALIGNED[record] = [], [[() for _ in v.layout.shape] if v else [] for v in record.outputs]
    return _ALIGNED[record]


def _dtype(layout: Any) -> Any:
    """What matters of a dtype here: whether it is of masks."""
    import torch

    return torch.bool if layout.dtype == torch.bool else torch.int64 if not layout.dtype.is_floating_point else None


_ALIGNED: "WeakKeyDictionary[Record, tuple[list[Pairs], list[Pairs]]]" = WeakKeyDictionary()


def settled(operands: Sequence[tuple[AxisId, ...]], aligned: Iterable[Pairs]) -> list[tuple[AxisId, ...]]:
    """The identities of operands once an operation has aligned them, as long as none then has one twice."""
    out = [list(axes) for axes in operands]
    for pairs in aligned:
        for group in pairs:
            for (k, a), (m, b) in itertools.pairwise(group):
                if k != m and out[k][a] not in out[m]:
                    out[m][b] = out[k][a]
    return [tuple(axes) for axes in out]


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
