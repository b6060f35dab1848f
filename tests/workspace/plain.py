"""The same program in plain Python: statements that torch and NumPy execute in an ordinary namespace."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import torch

from explorer.ops.crossing import ArrayOperator
from explorer.workspace import Step, Workspace
from explorer.workspace.steps import Operate

Thing = torch.Tensor | np.ndarray


@dataclass(frozen=True)
class Line:
    """A statement; `{0}`, `{1}` ... in the template stand for `names`, of which the first `bound` are bound by it.

    `target`: it writes into names[0] and binds nothing; with `layout` it changes its layout alone. `created`: it makes
    its name from nothing.
    """

    template: str
    names: tuple[str, ...]
    bound: int = 1
    target: bool = False
    layout: bool = False
    created: bool = False

    @classmethod
    def of(cls, text: str, *names: str, bound: int = 1, **kind: bool) -> "Line":
        """The line that reads `text`, in which all of `names` stand."""
        names = tuple(dict.fromkeys(names))
        return cls(template_of(text, names), names, 0 if kind.get("target") else bound, **kind)

    @property
    def text(self) -> str:
        return self.template.format(*self.names)

    @property
    def as_array(self) -> str:
        """The text of a `B = A[key]` of an array that gives no bare scalar, but an array without axes."""
        head, key = self.text.removesuffix("]").split("[", 1)
        return f"{head}[...]" if key == "()" else f"{head}[{key}, ...]"

    @property
    def binds(self) -> tuple[str, ...]:
        return () if self.target else self.names[: self.bound]

    @property
    def reads(self) -> tuple[str, ...]:
        return self.names if self.target else self.names[self.bound :]

    def renamed(self, old: str, new: str) -> "Line":
        return replace(self, names=tuple(new if n == old else n for n in self.names))


class Refused(Exception):  # noqa: N818 - in the words of the tests
    """A statement raised; `index` is its place, the text Python's own."""

    def __init__(self, index: int, error: Exception) -> None:
        super().__init__(str(error))
        self.index = index


def execute(lines: tuple[Line, ...], namespace: dict[str, object] | None = None) -> dict[str, Thing]:
    """The names after running `lines`, in `namespace` (changed in place) or a new one."""
    names: dict[str, object] = {} if namespace is None else namespace
    names |= {"torch": torch, "np": np, "nan": float("nan"), "inf": float("inf")}
    for index, line in enumerate(lines):
        try:
            exec(line.text, names)  # noqa: S102 - plain Python is the yardstick
            if any(isinstance(names[name], np.generic) for name in line.binds if name in names):
                exec(line.as_array, names)  # noqa: S102 - bare scalars are no items of a shelf
        except Exception as error:
            raise Refused(index, error) from error
    return names  # type: ignore[return-value]


def things(namespace: Mapping[str, object]) -> dict[str, Thing]:
    """Only the tensors and arrays, without what nobody keeps."""
    return {n: x for n, x in namespace.items() if isinstance(x, torch.Tensor | np.ndarray) and n != "_"}


def template_of(text: str, names: tuple[str, ...]) -> str:
    """The template of a printed statement."""
    text = text.replace("{", "{{").replace("}", "}}")
    for number, name in enumerate(names):
        text = re.sub(rf"(?<![.\w]){name}\b", f"{{{number}}}", text)
    return text


def line_of(step: Step) -> Line:
    """A step of the workspace as it is printed."""
    names = [name for name in (*step.outputs, *step.inputs) if name]
    # what was 0-d or becomes so is an array on both sides, not NumPy's bare scalar
    op = step.call.op if isinstance(step, Operate) else None
    if isinstance(op, ArrayOperator):
        step = replace(step, call=op.call(step.call.operands, {"wrapped": True}))
    kind = {"target": not step.makes, "layout": op is not None and op.relayouts, "created": not step.inputs}
    return Line.of(step.source(), *names, bound=len(step.makes), **kind)


def _blocks(thing: Thing) -> set[tuple[int, int]]:
    """The memory that a thing keeps alive, as far as it can tell; its torch storage as a block of its own.

    Each block is a byte longer than it is, so that one of no bytes is somewhere too (blocks never touch).
    """
    if isinstance(thing, torch.Tensor):
        storage = thing.untyped_storage()
        at = storage.data_ptr()
        own = (storage._cdata, storage._cdata + 1)
        return {own, (at, at + storage.nbytes() + 1)} if at else {own}
    while isinstance(thing.base, np.ndarray):
        thing = thing.base
    low, high = np.lib.array_utils.byte_bounds(thing)
    return {(low, high + 1)} | (_blocks(thing.base) if isinstance(thing.base, torch.Tensor) else set())


def groups(named: Mapping[str, Thing]) -> dict[str, frozenset[str]]:
    """For each name all names over the same memory, itself included (blocks that overlap, however many lie between)."""
    blocks = {name: _blocks(thing) for name, thing in named.items()}
    found = {name: {name} for name in named}
    for name, other in combinations(named, 2):
        touch = any(max(a, c) < min(b, d) for a, b in blocks[name] for c, d in blocks[other])
        if touch and found[name] is not found[other]:
            found[name] |= found[other]
            for member in found[name]:
                found[member] = found[name]
    return {name: frozenset(group) for name, group in found.items()}


def bits(thing: Thing) -> bytes:
    """The cells in reading order, bit by bit; every NaN is the same one."""
    tensor = torch.from_numpy(thing.copy()) if isinstance(thing, np.ndarray) else thing.detach()
    tensor = torch.empty(tensor.shape, dtype=tensor.dtype).copy_(tensor)
    parts = (torch.view_as_real(tensor) if tensor.is_complex() else tensor).contiguous().reshape(-1)
    if not parts.numel():
        return b""
    cells = parts.view(torch.uint8).reshape(parts.numel(), parts.element_size())
    if parts.dtype.is_floating_point:  # as bytes: not every dtype can be filled where a mask says so
        cells[torch.isnan(parts)] = torch.tensor([float("nan")]).to(parts.dtype).view(torch.uint8)
    return cells.numpy().tobytes()


def looks(thing: Thing) -> tuple[object, ...]:
    """All that equality asks for: kind, dtype, shape, strides, lazy bits, values."""
    if isinstance(thing, np.ndarray):
        return ("array", thing.dtype, thing.shape, thing.strides, bits(thing))
    lazy = (thing.is_conj(), thing.is_neg(), thing.storage_offset())
    return ("tensor", thing.dtype, tuple(thing.shape), thing.stride(), lazy, bits(thing))


def shown(thing: Thing) -> tuple[object, ...]:
    """All that a person sees of it: dtype, shape, values."""
    return (thing.dtype, tuple(thing.shape), bits(thing))


def agree(workspace: Workspace, namespace: Mapping[str, object]) -> None:
    """Fail where the shelf differs from the plain things in names, kinds, layouts, bits or sharing."""
    plain = things(namespace)
    assert sorted(workspace.names) == sorted(plain)
    sharing = groups(plain)
    for item in workspace.items:
        thing = item.array() if item.kind == "array" else item.tensor()
        mine = list(looks(thing))
        if item.kind == "tensor":  # over a window torch counts from its beginning
            mine[4] = (*mine[4][:2], item.offset)
        assert tuple(mine) == looks(plain[item.name]), item.name
        assert frozenset((item.name, *workspace.sharing(item.name))) == sharing[item.name], item.name
