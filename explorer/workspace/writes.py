"""The steps of a program that change memory: A[key] = value, n += 1."""

import operator
from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
import torch

from explorer.errors import ExplorerError
from explorer.memory import room_for
from explorer.messages import QT_TRANSLATE_NOOP
from explorer.workspace.code import Writer
from explorer.workspace.indexing import resolved
from explorer.workspace.layout import TensorLayout
from explorer.workspace.operands import Operand, named, replaced
from explorer.workspace.steps import Step, described, objects, refusal
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


@dataclass(frozen=True, eq=False)
class Change(Step):
    """A step that gives a storage a new version."""

    target: str

    @property
    def outputs(self) -> tuple[str | None, ...]:
        return (self.target,)

    @property
    def makes(self) -> tuple[str, ...]:
        return ()

    @property
    def writes(self) -> bool:
        return True

    @abstractmethod
    def act(self, found: Mapping[str, Any]) -> None:
        """Change the target in place; `found` holds the tensors and arrays by name."""

    @abstractmethod
    def pinned(self, values: Mapping[str, Any]) -> Self:
        """The same step with values in the place of the names it reads, other than its target."""

    @property
    def key(self) -> tuple[Any, ...]:
        """The cells of the target that may change."""
        return (...,)

    @property
    def _selecting(self) -> tuple[str, ...]:
        """The names in the key."""
        return named(self.key)

    @property
    def overwrites(self) -> bool:
        """Whether the cells' new values are independent of their old ones."""
        return False

    def run(self, inputs: Sequence[View]) -> tuple[View | None, ...]:
        names, target = self.inputs, inputs[0]
        found = objects(names, inputs)
        cells = patch_key(resolved(self.key, found), isinstance(target.layout, TensorLayout))
        others = any(v.unknown for v in inputs[1:])
        selecting = [v for n, v in zip(names, inputs, strict=True) if n in self._selecting]
        moving = any(v.storage is target.storage for v in selecting)  # A[A] = 0: what is selected changes on the way
        try:
            version = target.storage.write(
                target.version,
                lambda: self.act(objects(names, inputs)),
                target.layout,
                ... if moving else cells,
                lambda: settle(inputs),
            )
        except ExplorerError:
            raise
        except Exception as error:
            template = QT_TRANSLATE_NOOP("errors", "“{code}” is refused for {what}.")
            what = ", ".join(dict.fromkeys(described(n, v) for n, v in zip(names, inputs, strict=True)))
            raise refusal(template, error, code=self.source(), what=what) from error
        fills = self.overwrites and not others and covers(target, cells)
        version.unknown = (target.unknown and not fills) or others
        return (replace(target, version=version),)


def patch_key(key: Any, of_tensor: bool) -> Any:
    """The key as it will still be when the masks and indices in it have changed."""
    if isinstance(key, tuple):
        return tuple(patch_key(part, of_tensor) for part in key)
    if isinstance(key, torch.Tensor | np.ndarray):
        room_for(key.nbytes)
    if isinstance(key, torch.Tensor):  # bytes are a mask for torch, indices for NumPy
        return key.bool() if of_tensor and key.dtype == torch.uint8 else key.clone()
    return key.copy() if isinstance(key, np.ndarray) else key


def covers(target: View, key: Any) -> bool:
    """Whether `key` of `target` is its whole storage."""
    parts = key if isinstance(key, tuple) else (key,)
    everything = all(part is Ellipsis or (isinstance(part, slice) and part == slice(None)) for part in parts)
    low, high = target.layout.span
    cells = int(np.prod(target.layout.shape)) * target.layout.itemsize
    return everything and (low, high) == (0, target.storage.nbytes) and cells == high - low


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
        return named(self.target, self.cells, self.value)

    def renamed(self, names: Mapping[str, str]) -> Self:
        target, cells, value = replaced((self.target, self.cells, self.value), names)
        return replace(self, target=target, cells=cells, value=value)

    def pinned(self, values: Mapping[str, Any]) -> Self:
        return replace(self, cells=replaced(self.cells, values), value=replaced(self.value, values))

    def statement(self, write: Writer) -> str:
        value = write.operand(self.value, f"{self.target}_values")
        return f"{self.target}[{write.key(self.cells, f'{self.target}_key')}] = {value}"

    def act(self, found: Mapping[str, Any]) -> None:
        key = resolved(self.cells, found)
        found[self.target][key] = replaced(self.value, found)


@dataclass(frozen=True, eq=False)
class Augment(Change):
    """`n += 1`: in place for arrays and tensors alike."""

    symbol: str
    value: Operand

    @property
    def inputs(self) -> tuple[str, ...]:
        return named(self.target, self.value)

    def renamed(self, names: Mapping[str, str]) -> Self:
        target, value = replaced((self.target, self.value), names)
        return replace(self, target=target, value=value)

    def pinned(self, values: Mapping[str, Any]) -> Self:
        return replace(self, value=replaced(self.value, values))

    def statement(self, write: Writer) -> str:
        value = write.operand(self.value, f"{self.target}_values")
        return f"{self.target} {self.symbol} {value}"

    def act(self, found: Mapping[str, Any]) -> None:
        target, value = replaced((self.target, self.value), found)
        if AUGMENTED[self.symbol](target, value) is not target:
            raise TypeError(f"{self.source()} gives a new object")
