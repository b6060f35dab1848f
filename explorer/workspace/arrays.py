"""The steps between torch and NumPy, and NumPy's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import Any, Self

import numpy as np
import torch

from explorer.errors import OpError
from explorer.memory import room_for
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.ops.calls import OPERATORS, quiet
from explorer.workspace.code import Writer
from explorer.workspace.layout import ArrayLayout, TensorLayout, Window
from explorer.workspace.operands import Operand, named, replaced
from explorer.workspace.steps import OneToOne, Step, as_array, described, objects, refusal
from explorer.workspace.view import View, adopt, adopt_array, settle


@dataclass(frozen=True, eq=False)
class _Crossing(OneToOne):
    def _is_array(self, view: View, wanted: bool) -> None:
        if isinstance(view.layout, ArrayLayout) is wanted:
            return
        array = QT_TRANSLATE_NOOP("errors", "{name} is a NumPy array already.")
        tensor = QT_TRANSLATE_NOOP("errors", "{name} is a tensor already.")
        raise OpError(Message("errors", tensor if wanted else array, {"name": self.target}))


@dataclass(frozen=True, eq=False)
class ToArray(_Crossing):
    """`n = A.numpy()`: an array over the same memory."""

    def statement(self, write: Writer) -> str:
        return f"{self.name} = {self.target}.numpy()"

    def run(self, inputs: Sequence[View]) -> tuple[View | None, ...]:
        (view,) = inputs
        self._is_array(view, False)
        return (as_array(self.target, view),)


@dataclass(frozen=True, eq=False)
class FromArray(_Crossing):
    """`A = torch.from_numpy(n)` over the same memory, or with `copy` `A = torch.tensor(n)`."""

    copy: bool = False

    def statement(self, write: Writer) -> str:
        return f"{self.name} = torch.{'tensor' if self.copy else 'from_numpy'}({self.target})"

    def run(self, inputs: Sequence[View]) -> tuple[View | None, ...]:
        (view,) = inputs
        self._is_array(view, True)
        tensor = self._compute(inputs)
        if self.copy:
            made = adopt(tensor, view.unknown)
            if not view.unknown:
                made.storage.make = lambda: self._compute(inputs).untyped_storage()
            return (made,)
        return (View(view.version, TensorLayout.of(tensor, Window(*view.layout.span))),)

    def _compute(self, inputs: Sequence[View]) -> torch.Tensor:
        (view,) = inputs
        settle(inputs)
        return as_tensor(self.target, view, self.copy)


def as_tensor(name: str, view: View, copy: bool = False, corner: bool = False) -> torch.Tensor:
    """The tensor over the cells of the array `name`, or a copy; `corner`: of a few of them. OpError where refused."""
    array = view.array()
    if copy and not corner:
        room_for(array.size * array.itemsize)
    part = array[tuple(slice(0, 2) for _ in array.shape)] if corner else array
    try:
        return torch.tensor(part) if copy else torch.from_numpy(part)
    except Exception as error:
        template = QT_TRANSLATE_NOOP("errors", "{what} with strides {strides} cannot become a tensor.")
        if any(stride < 0 for stride in view.layout.strides):
            template = QT_TRANSLATE_NOOP(
                "errors",
                "{what} runs backwards through memory (strides {strides} bytes), which no tensor can; "
                "duplicate it first: a copy has its own order.",
            )
        what = described(name, view)
        raise refusal(template, error, what=what, strides=view.layout.strides) from error


@dataclass(frozen=True, eq=False)
class ArrayOperate(Step):
    """`m = n + 1`: a new array; of 0-d arrays NumPy makes a bare scalar, which is `wrapped` into an array again."""

    symbol: str
    left: Operand
    right: Operand
    name: str
    wrapped: bool = False

    @property
    def inputs(self) -> tuple[str, ...]:
        return named(self.left, self.right)

    @property
    def outputs(self) -> tuple[str | None, ...]:
        return (self.name,)

    def renamed(self, names: Mapping[str, str]) -> Self:
        left, right, name = replaced((self.left, self.right, self.name), names)
        return replace(self, left=left, right=right, name=name)

    def statement(self, write: Writer) -> str:
        left, right = (_signed(write.operand(x)) for x in (self.left, self.right))
        text = f"{left} {self.symbol} {right}"
        return f"{self.name} = np.asarray({text})" if self.wrapped else f"{self.name} = {text}"

    def fitted(self, inputs: Sequence[View]) -> Self:
        return replace(self, wrapped=all(view.layout.shape == () for view in inputs))

    def run(self, inputs: Sequence[View]) -> tuple[View | None, ...]:
        for name, view in zip(self.inputs, inputs, strict=True):
            if isinstance(view.layout, TensorLayout):
                template = QT_TRANSLATE_NOOP("errors", "{name} is a tensor; make a NumPy array of it first.")
                raise OpError(Message("errors", template, {"name": name}))
        view = adopt_array(self._compute(inputs))
        view.version.unknown = any(v.unknown for v in inputs)
        if not view.unknown:
            view.storage.make = lambda: self._again(inputs)
        return (view,)

    def _again(self, inputs: Sequence[View]) -> torch.UntypedStorage:
        buffer = adopt_array(self._compute(inputs)).storage.buffer
        assert buffer is not None
        return buffer.whole

    def _compute(self, inputs: Sequence[View]) -> np.ndarray:
        found = objects(self.inputs, inputs)
        left, right = replaced((self.left, self.right), found)
        room_for(_needed(self.symbol, left, right))
        try:
            return np.asarray(OPERATORS[self.symbol](left, right))
        except Exception as error:
            template = QT_TRANSLATE_NOOP("errors", "NumPy refuses {code} for {what}.")
            what = ", ".join(described(n, v) for n, v in zip(self.inputs, inputs, strict=True))
            raise refusal(template, error, code=self.source().split(" = ", 1)[1], what=what) from error


def _needed(symbol: str, left: Any, right: Any) -> int:
    """The bytes of what NumPy makes of both; 0 where it will refuse them."""
    bare = (np.empty(0, x.dtype) if isinstance(x, np.ndarray) else x for x in (left, right))
    try:
        cells = prod(np.broadcast_shapes(np.shape(left), np.shape(right)))
        with quiet():
            return cells * int(np.asarray(OPERATORS[symbol](*bare)).itemsize)
    except Exception:  # noqa: BLE001 - NumPy shall say so in its own words
        return 0


def _signed(text: str) -> str:
    return f"({text})" if text.startswith("-") else text
