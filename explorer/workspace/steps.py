"""The steps of a program that make tensors: create, operate, copy."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import prod
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import torch

from explorer.errors import OpError
from explorer.memory import room_for
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.ops import CATALOG
from explorer.workspace.code import Writer
from explorer.workspace.creation import Creation
from explorer.workspace.layout import ArrayLayout, TensorLayout, Window
from explorer.workspace.operands import Operand, named, replaced
from explorer.workspace.view import View, adopt, adopt_array, settle

if TYPE_CHECKING:
    from explorer.workspace.replay import Record


class Step(ABC):
    """One statement. It reads `inputs` and binds `outputs`; one that changes something has its target first in both."""

    @property
    @abstractmethod
    def inputs(self) -> tuple[str, ...]:
        """The names it reads, as often as it reads them."""

    @property
    @abstractmethod
    def outputs(self) -> tuple[str | None, ...]:
        """The names it binds; None for a result that nobody keeps."""

    @property
    def makes(self) -> tuple[str, ...]:
        """The names that are new with it: none where it changes what is there."""
        return tuple(name for name in self.outputs if name)

    @property
    def writes(self) -> bool:
        """Whether it changes memory that is already there."""
        return False

    @property
    def graded(self) -> bool:
        """Whether it is about gradients: what it does depends on all that was recorded before it."""
        return False

    @abstractmethod
    def renamed(self, names: Mapping[str, str]) -> Self:
        """The same step over other names."""

    @abstractmethod
    def statement(self, write: Writer) -> str:
        """The line of Python."""

    @abstractmethod
    def run(self, inputs: Sequence[View]) -> tuple[View | None, ...]:
        """Do it. Raises OpError with torch's or NumPy's words; then nothing has changed."""

    def run_after(self, past: "Sequence[Record]", inputs: Sequence[View]) -> tuple[View | None, ...]:
        """Do it at the end of a program, of which a step about gradients needs the whole."""
        return self.run(inputs)

    def keeping(self, names: Collection[str]) -> Self:
        """The same step with only these of its results, where it has several."""
        return self

    def fitted(self, inputs: Sequence[View]) -> Self:
        """The step as it has to be written for these inputs."""
        return self

    def source(self) -> str:
        """The line of Python; long values are loaded from a file named after what is made of them."""
        return self.statement(Writer())


def objects(names: Sequence[str], views: Sequence[View]) -> dict[str, Any]:
    """The tensors and arrays behind `names`, at the versions of `views`."""
    settle(views)
    return {name: view.object() for name, view in zip(names, views, strict=True)}


def only_tensors(names: Sequence[str], views: Sequence[View]) -> None:
    """OpError where one is an array."""
    for name, view in zip(names, views, strict=True):
        if isinstance(view.layout, ArrayLayout):
            template = QT_TRANSLATE_NOOP("errors", "{name} is a NumPy array; make a tensor of it first.")
            raise OpError(Message("errors", template, {"name": name}))


def refusal(template: str, error: BaseException, **values: object) -> OpError:
    """An OpError with our sentence and `error`'s own words."""
    return OpError(Message("errors", template, values), str(error))


def described(name: str, view: View) -> str:
    """ "A (3, 4) float32": a name with what can be wrong about it."""
    return f"{name} {view.layout.shape} {str(view.layout.dtype).removeprefix('torch.')}"


@dataclass(frozen=True, eq=False)
class Create(Step):
    """`A = torch.zeros(2, 3)`, or values loaded from a file (`label` is their own name there, `origin` the file).

    `array`: the NumPy array over that memory, `n = np.zeros((2, 3))` or `n = torch.rand(2, 3).numpy()`.
    """

    name: str
    creation: Creation
    label: str = ""
    origin: str = ""
    array: bool = False

    @property
    def inputs(self) -> tuple[str, ...]:
        return ()

    @property
    def outputs(self) -> tuple[str | None, ...]:
        return (self.name,)

    def renamed(self, names: Mapping[str, str]) -> Self:
        return replace(self, name=names.get(self.name, self.name))

    def statement(self, write: Writer) -> str:
        made = self.creation.array_source if self.array else self.creation.source
        text = f"{self.name} = {made(self.name, write)}"
        if not self.origin:
            return text
        told = f"{self.origin}: {self.label or self.name}"
        if self.creation.reading is not None:
            told = write.origin(self.creation.reading, told)
        # a file's own words: they must not end the comment
        return f"{text}  # {''.join(c if c.isprintable() else '�' for c in told)}"

    def run(self, inputs: Sequence[View]) -> tuple[View | None, ...]:
        view = adopt(self.creation.make(), self.creation.unknown)
        if not self.creation.kept and not self.creation.unknown:
            view.storage.make = lambda: self.creation.make().untyped_storage()
        return (as_array(self.name, view) if self.array else view,)

    def slim(self) -> Self:
        """Without values that are too many to be code: from now on the storage keeps them."""
        return replace(self, creation=self.creation.without_values()) if self.creation.kept else self


def window(view: View) -> Window | None:
    """What a view of `view` sees of its storage."""
    return view.layout.window if isinstance(view.layout, TensorLayout) else None


def as_array(name: str, view: View) -> View:
    """The NumPy array over the cells of the tensor `name`. Raises OpError where there is none."""
    try:
        array = view.tensor().numpy()
    except Exception as error:
        raise refusal(_unseen(view), error, what=described(name, view), name=name, where=view.storage.device) from error
    strides = tuple(int(s) for s in array.strides)
    offset = view.layout.span[0]
    return View(view.version, ArrayLayout(array.dtype, offset, tuple(array.shape), strides))


def _unseen(view: View) -> str:
    """Why NumPy cannot see the cells of a tensor: the likeliest reason, once torch has refused."""
    layout = view.layout
    if view.storage.device == "meta":
        return QT_TRANSLATE_NOOP("errors", "{what} lives on meta and has no memory that NumPy could see.")
    if view.storage.device != "cpu":
        return QT_TRANSLATE_NOOP(
            "errors", "{what} lives on {where}, and NumPy sees only the memory of the CPU: copy it to the CPU first."
        )
    if isinstance(layout, TensorLayout) and layout.conj:
        return QT_TRANSLATE_NOOP(
            "errors", "{what} is conjugated by a mark and not in memory, which NumPy does not know: duplicate it first."
        )
    if isinstance(layout, TensorLayout) and layout.neg:
        return QT_TRANSLATE_NOOP(
            "errors", "{what} is negated by a mark and not in memory, which NumPy does not know: duplicate it first."
        )
    return QT_TRANSLATE_NOOP("errors", "{what} is of a dtype that NumPy does not have: convert it first.")


@dataclass(frozen=True, eq=False)
class Operate(Step):
    """`B = A.sum(dim=0)`: an operation of the catalogue."""

    op: str
    operands: tuple[Operand, ...]
    arguments: Mapping[str, Any]
    results: tuple[str | None, ...]

    @property
    def inputs(self) -> tuple[str, ...]:
        return named(*self.operands)

    @property
    def outputs(self) -> tuple[str | None, ...]:
        return self.results

    def renamed(self, names: Mapping[str, str]) -> Self:
        return replace(self, operands=replaced(self.operands, names), results=replaced(self.results, names))

    def keeping(self, names: Collection[str]) -> Self:
        """The same step with only these of its results."""
        return replace(self, results=tuple(x if x in names else None for x in self.results))

    def statement(self, write: Writer) -> str:
        names = [None if x is None else write.operand(x) for x in self.operands]
        op, results = CATALOG[self.op], [x or "_" for x in self.results]
        alone = "," if op.divides and len(results) == 1 else ""  # a tuple of one
        return f"{', '.join(results)}{alone} = {op.source(names, self.arguments)}"

    def run(self, inputs: Sequence[View]) -> tuple[View | None, ...]:
        only_tensors(self.inputs, inputs)
        tensors, results = self._compute(inputs)
        if len(results) != len(self.results):
            raise ValueError(f"{self.op} gives {len(results)} results, {len(self.results)} are named")
        for tensor, view in zip(tensors, inputs, strict=True):
            if len(results) == 1 and results[0] is tensor:
                return (view,)
        known = {t.untyped_storage()._cdata: v for t, v in zip(tensors, inputs, strict=True)}
        views: list[View] = []
        for number, result in enumerate(results):
            views.append(self._view(result, number, inputs, known))
        return tuple(v if name else None for name, v in zip(self.results, views, strict=True))

    def _view(self, result: torch.Tensor, number: int, inputs: Sequence[View], known: dict[int, View]) -> View:
        source = known.get(result.untyped_storage()._cdata)
        if source is not None:
            return View(source.version, TensorLayout.of(result, window(source)))
        view = adopt(result, any(v.unknown for v in inputs))
        if not view.unknown:
            view.storage.make = partial(self._memory, inputs, number)
        known[result.untyped_storage()._cdata] = view
        return view

    def _memory(self, inputs: Sequence[View], number: int) -> torch.UntypedStorage:
        return self._compute(inputs)[1][number].untyped_storage()

    def _compute(self, inputs: Sequence[View]) -> tuple[list[torch.Tensor], tuple[torch.Tensor, ...]]:
        settle(inputs)
        tensors = [v.tensor() for v in inputs]
        rest = iter(tensors)
        operands = [next(rest) if isinstance(x, str) else x for x in self.operands]
        try:
            results = CATALOG[self.op].run(operands, self.arguments)
        except OpError as error:
            raise error.named(tuple(map(Writer().operand, self.operands))) from error
        return tensors, results if isinstance(results, tuple) else (results,)


def cells_of(view: View) -> int:
    """The bytes of a copy of all cells of a view."""
    return prod(view.layout.shape) * view.layout.itemsize


def storage_of(made: torch.Tensor | np.ndarray) -> torch.UntypedStorage:
    """Memory with the cells of a result, laid out as `adopt` and `adopt_array` lay it out."""
    view = adopt(made) if isinstance(made, torch.Tensor) else adopt_array(made)
    assert view.storage.buffer is not None
    return view.storage.buffer.whole


@dataclass(frozen=True, eq=False)
class OneToOne(Step):
    """A step that makes `name` of `target` alone."""

    target: str
    name: str

    @property
    def inputs(self) -> tuple[str, ...]:
        return (self.target,)

    @property
    def outputs(self) -> tuple[str | None, ...]:
        return (self.name,)

    def renamed(self, names: Mapping[str, str]) -> Self:
        target, name = replaced((self.target, self.name), names)
        return replace(self, target=target, name=name)


@dataclass(frozen=True, eq=False)
class Copy(OneToOne):
    """`B = A.clone()` or `m = n.copy()`."""

    array: bool = False

    def statement(self, write: Writer) -> str:
        return f"{self.name} = {self.target}.{'copy' if self.array else 'clone'}()"

    def run(self, inputs: Sequence[View]) -> tuple[View | None, ...]:
        made = self._compute(inputs)
        view = adopt(made) if isinstance(made, torch.Tensor) else adopt_array(made)
        view.version.unknown = inputs[0].unknown
        if not view.unknown:
            view.storage.make = lambda: storage_of(self._compute(inputs))
        return (view,)

    def _compute(self, inputs: Sequence[View]) -> Any:
        settle(inputs)
        found = inputs[0].object()
        room_for(cells_of(inputs[0]), inputs[0].storage.device)
        try:
            return found.clone() if isinstance(found, torch.Tensor) else found.copy()
        except Exception as error:
            template = QT_TRANSLATE_NOOP("errors", "{what} cannot be copied into memory of its own.")
            raise refusal(template, error, what=described(self.target, inputs[0])) from error
