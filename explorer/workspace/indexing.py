"""The step that reads cells: B = A[key]."""

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
import torch

from explorer.messages import QT_TRANSLATE_NOOP
from explorer.workspace.code import Writer
from explorer.workspace.creation import fresh_copy
from explorer.workspace.layout import ArrayLayout, TensorLayout
from explorer.workspace.operands import named, replaced
from explorer.workspace.selection import room_to_pick
from explorer.workspace.steps import Step, described, objects, refusal, storage_of, window
from explorer.workspace.view import View, adopt, adopt_array


@dataclass(frozen=True, eq=False)
class Index(Step):
    """`B = A[0, 1:]` of a tensor or an array; basic indexing gives a view, lists and masks a copy."""

    target: str
    key: tuple[Any, ...]
    name: str

    @property
    def inputs(self) -> tuple[str, ...]:
        return named(self.target, self.key)

    @property
    def outputs(self) -> tuple[str | None, ...]:
        return (self.name,)

    def renamed(self, names: Mapping[str, str]) -> Self:
        target, key, name = replaced((self.target, self.key, self.name), names)
        return replace(self, target=target, key=key, name=name)

    def statement(self, write: Writer) -> str:
        return f"{self.name} = {self.target}[{write.key(self.key, self.name)}]"

    def fitted(self, inputs: Sequence[View]) -> Self:
        """For an array: `n[0, ...]` where `n[0]` would be a bare scalar."""
        if isinstance(inputs[0].layout, TensorLayout) or any(x is Ellipsis for x in self.key):
            return self
        scalar = not isinstance(_indexed(self, objects(self.inputs, inputs), inputs), np.ndarray)
        return replace(self, key=(*self.key, ...)) if scalar else self

    def run(self, inputs: Sequence[View]) -> tuple[View | None, ...]:
        things = objects(self.inputs, inputs)
        found, source = _indexed(self, things, inputs), things[self.target]
        view, unknown = inputs[0], any(v.unknown for v in inputs)
        if isinstance(found, torch.Tensor):
            if found.untyped_storage()._cdata == source.untyped_storage()._cdata:
                return (View(view.version, TensorLayout.of(found, window(view))),)
            view = adopt(found, unknown)
        else:
            if found.base is source.base:
                return (View(view.version, _within(found, source, view)),)
            view = adopt_array(found)
        if not unknown:
            view.storage.make = lambda: storage_of(self._compute(inputs))
        return (view,)

    def _compute(self, inputs: Sequence[View]) -> Any:
        return _indexed(self, objects(self.inputs, inputs), inputs)


def _indexed(step: Index, found: Mapping[str, Any], inputs: Sequence[View]) -> Any:
    key = resolved(step.key, found)
    room_to_pick(found[step.target], key)
    try:
        return found[step.target][key]
    except Exception as error:
        template = QT_TRANSLATE_NOOP("errors", "[{key}] does not fit {what}.")
        text = Writer().key(step.key)
        raise refusal(template, error, key=text, what=described(step.target, inputs[0])) from error


def kept_key(key: Any, array: bool) -> tuple[Any, ...]:
    """A key as a step keeps it, whatever becomes of what was handed over; for an array tensors become lists."""
    return tuple(_kept(part, array) for part in (key if isinstance(key, tuple) else (key,)))


def _kept(part: Any, array: bool) -> Any:
    if isinstance(part, np.generic):
        return part.item()
    if isinstance(part, np.ndarray):
        part = torch.from_numpy(part)
    if isinstance(part, torch.Tensor):
        return part.tolist() if array else fresh_copy(part)
    return copy.deepcopy(part)


def resolved(key: tuple[Any, ...], found: Mapping[str, Any]) -> Any:
    """The key with tensors in the place of their names."""
    parts = replaced(key, found)
    return parts[0] if len(parts) == 1 else parts


def _within(part: np.ndarray, whole: np.ndarray, view: View) -> ArrayLayout:
    """Where `part` of the array `whole` lies in the storage of `view`, which is of `whole`."""
    begin, at = (int(array.__array_interface__["data"][0]) for array in (whole, part))
    offset = view.layout.offset + at - begin if part.size else 0
    return ArrayLayout(part.dtype, offset, tuple(part.shape), tuple(int(s) for s in part.strides))
