"""The steps of a program that change memory: A[key] = value, A.abs_(), n += 1."""

import operator
from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
import torch

from explorer.errors import OpError
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.workspace.code import Writer, call_arguments
from explorer.workspace.indexing import renamed_key, resolved
from explorer.workspace.layout import TensorLayout
from explorer.workspace.steps import Operand, Step, described, objects, refusal, window
from explorer.workspace.view import View, settle

AUGMENTED: Mapping[str, Callable[[Any, Any], Any]] = {
    "+=": operator.iadd,
    "-=": operator.isub,
    "*=": operator.imul,
    "/=": operator.itruediv,
    "//=": operator.ifloordiv,
    "%=": operator.imod,
    "**=": operator.ipow,
}
# In-place methods that fill with random numbers; they get a seed, so that replay is exact.
RANDOM = frozenset(
    "normal_ uniform_ random_ bernoulli_ exponential_ geometric_ cauchy_ log_normal_".split()  # noqa: SIM905
)
# In-place methods that change what a tensor is, not what it holds.
_OTHER = frozenset({"requires_grad_", "share_memory_", "set_", "resize_", "resize_as_", "rename_", "detach_"})


@dataclass(frozen=True, eq=False)
class Change(Step):
    """A step that gives a storage a new version."""

    target: str

    @property
    def outputs(self) -> tuple[str | None, ...]:
        return (self.target,)

    @property
    def writes(self) -> bool:
        return True

    @abstractmethod
    def act(self, found: Mapping[str, Any]) -> None:
        """Change the target in place; `found` holds the tensors and arrays by name."""

    @abstractmethod
    def pinned(self, values: Mapping[str, torch.Tensor]) -> Self:
        """The same step with values in the place of the names it reads, other than its target."""

    @property
    def key(self) -> tuple[Any, ...]:
        """The cells of the target that may change."""
        return (...,)

    @property
    def _selecting(self) -> tuple[str, ...]:
        """The names in the key."""
        return tuple(part for part in self.key if isinstance(part, str))

    @property
    def overwrites(self) -> bool:
        """Whether the cells' new values are independent of their old ones."""
        return False

    def run(self, inputs: Sequence[View]) -> tuple[View | None, ...]:
        names, target = self.inputs, inputs[0]
        found = objects(names, inputs)
        cells = patch_key(resolved(self.key, found))
        others = any(v.unknown for v in inputs[1:])
        selecting = [v for n, v in zip(names, inputs, strict=True) if n in self._selecting]
        moving = any(v.storage is target.storage for v in selecting)  # A[A] = 0: what is selected changes on the way
        try:
            version = target.storage.write(
                target.version,
                lambda: self._checked(objects(names, inputs), target),
                target.layout,
                ... if moving else cells,
                lambda: settle(inputs),
            )
        except OpError:
            raise
        except Exception as error:
            template = QT_TRANSLATE_NOOP("errors", "“{code}” is refused for {what}.")
            what = ", ".join(dict.fromkeys(described(n, v) for n, v in zip(names, inputs, strict=True)))
            raise refusal(template, error, code=self.source(), what=what) from error
        fills = self.overwrites and not others and covers(target, cells)
        version.unknown = (target.unknown and not fills) or others
        return (View(version, target.layout),)

    def _checked(self, found: Mapping[str, Any], target: View) -> None:
        self.act(found)
        tensor = found[self.target]
        if isinstance(tensor, torch.Tensor) and TensorLayout.of(tensor, window(target)) != target.layout:
            template = QT_TRANSLATE_NOOP("errors", "“{code}” changes the shape of {name}, not its values.")
            raise OpError(Message("errors", template, {"code": self.source(), "name": self.target}))


def patch_key(key: Any) -> Any:
    """The key as it will still be when the masks and indices in it have changed."""
    if isinstance(key, tuple):
        return tuple(patch_key(part) for part in key)
    if isinstance(key, torch.Tensor):
        return key.bool() if key.dtype == torch.uint8 else key.clone()
    return key.copy() if isinstance(key, np.ndarray) else key


def covers(target: View, key: Any) -> bool:
    """Whether `key` of `target` is its whole storage."""
    parts = key if isinstance(key, tuple) else (key,)
    everything = all(part is Ellipsis or part == slice(None) for part in parts if not torch.is_tensor(part))
    low, high = target.layout.span
    cells = int(np.prod(target.layout.shape)) * target.layout.itemsize
    tensors = any(torch.is_tensor(part) for part in parts)
    return everything and not tensors and (low, high) == (0, target.storage.nbytes) and cells == high - low


@dataclass(frozen=True, eq=False)
class Write(Change):
    """`A[key] = value`; a str in it is a name. `initial`: it belongs to the creation of its target."""

    cells: tuple[Any, ...]
    value: Operand
    initial: bool = False

    @property
    def key(self) -> tuple[Any, ...]:
        return self.cells

    @property
    def overwrites(self) -> bool:
        return True

    @property
    def inputs(self) -> tuple[str, ...]:
        read = [x for x in (*self.cells, self.value) if isinstance(x, str)]
        return (self.target, *read)

    def renamed(self, names: Mapping[str, str]) -> Self:
        value = names.get(self.value, self.value) if isinstance(self.value, str) else self.value
        target = names.get(self.target, self.target)
        return replace(self, target=target, cells=renamed_key(self.cells, names), value=value)

    def pinned(self, values: Mapping[str, torch.Tensor]) -> Self:
        cells = tuple(values.get(x, x) if isinstance(x, str) else x for x in self.cells)
        value = values.get(self.value, self.value) if isinstance(self.value, str) else self.value
        return replace(self, cells=cells, value=value)

    def statement(self, write: Writer) -> str:
        value = self.value if isinstance(self.value, str) else write.value(self.value, f"{self.target}_values")
        return f"{self.target}[{write.key(self.cells, f'{self.target}_key')}] = {value}"

    def act(self, found: Mapping[str, Any]) -> None:
        key = resolved(self.cells, found)
        found[self.target][key] = found[self.value] if isinstance(self.value, str) else self.value


@dataclass(frozen=True, eq=False)
class InPlace(Change):
    """`A.add_(B, alpha=2)`: an in-place method of torch by its name. Random fills take a seed."""

    method: str
    operands: tuple[Operand, ...]
    arguments: Mapping[str, Any]
    seed: int | None = None

    @property
    def overwrites(self) -> bool:
        return self.method in {"zero_", "fill_", "copy_"} or self.method in RANDOM

    @property
    def inputs(self) -> tuple[str, ...]:
        return (self.target, *(x for x in self.operands if isinstance(x, str)))

    def renamed(self, names: Mapping[str, str]) -> Self:
        operands = tuple(names.get(x, x) if isinstance(x, str) else x for x in self.operands)
        return replace(self, target=names.get(self.target, self.target), operands=operands)

    def pinned(self, values: Mapping[str, torch.Tensor]) -> Self:
        operands = tuple(values.get(x, x) if isinstance(x, str) else x for x in self.operands)
        return replace(self, operands=operands)

    def statement(self, write: Writer) -> str:
        operands = [x if isinstance(x, str) else write.value(x, f"{self.target}_values") for x in self.operands]
        given = {k: v for k, v in self.arguments.items() if v is not None}
        text = call_arguments(operands, given)
        if self.method in RANDOM:
            text += f"{', ' if text else ''}generator=torch.Generator().manual_seed({self.seed or 0})"
        return f"{self.target}.{self.method}({text})"

    def act(self, found: Mapping[str, Any]) -> None:
        target = found[self.target]
        if not torch.is_tensor(target) or not _in_place(self.method):
            template = QT_TRANSLATE_NOOP("errors", "{method} is no in-place operation on the values of {name}.")
            raise OpError(Message("errors", template, {"method": self.method, "name": self.target}))
        operands = [found[x] if isinstance(x, str) else x for x in self.operands]
        given = {k: v for k, v in self.arguments.items() if v is not None}
        if self.method in RANDOM:
            given["generator"] = torch.Generator().manual_seed(self.seed or 0)
        getattr(target, self.method)(*operands, **given)


def _in_place(method: str) -> bool:
    private = method.startswith("_") or method.endswith("__")
    return method.endswith("_") and not private and method not in _OTHER and hasattr(torch.Tensor, method)


@dataclass(frozen=True, eq=False)
class Augment(Change):
    """`n += 1`: in place for arrays and tensors alike."""

    symbol: str
    value: Operand

    @property
    def inputs(self) -> tuple[str, ...]:
        return (self.target, self.value) if isinstance(self.value, str) else (self.target,)

    def renamed(self, names: Mapping[str, str]) -> Self:
        value = names.get(self.value, self.value) if isinstance(self.value, str) else self.value
        return replace(self, target=names.get(self.target, self.target), value=value)

    def pinned(self, values: Mapping[str, torch.Tensor]) -> Self:
        return replace(self, value=values.get(self.value, self.value) if isinstance(self.value, str) else self.value)

    def statement(self, write: Writer) -> str:
        value = self.value if isinstance(self.value, str) else write.value(self.value, f"{self.target}_values")
        return f"{self.target} {self.symbol} {value}"

    def act(self, found: Mapping[str, Any]) -> None:
        value = found[self.value] if isinstance(self.value, str) else self.value
        target = found[self.target]
        if AUGMENTED[self.symbol](target, value) is not target:
            raise TypeError(f"{self.source()} gives a new object")
