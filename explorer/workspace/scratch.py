"""The recorded program run afresh, as plain Python would run it: real sharing, real in-place calls, autograd recording.

Nothing of it is on the shelf. The tensors of the workspace are detached; what autograd has to say is asked of these.
"""

from collections.abc import Iterable
from typing import Any

from explorer.errors import RoomError
from explorer.late import torch
from explorer.memory import room_for
from explorer.ops import Form
from explorer.ops.calls import silent
from explorer.workspace.definition import Definition
from explorer.workspace.layout import TensorLayout
from explorer.workspace.record import Record
from explorer.workspace.steps import Create, Operate, Step


class Broken(Exception):  # noqa: N818 - the words of torch are in its cause
    """The program does not run: the step at `index` is refused, as `cause` says."""

    def __init__(self, index: int, step: Step, cause: Exception) -> None:
        super().__init__(str(cause))
        self.index = index
        self.step = step
        self.cause = cause


class Scratch:
    """The names of a program that is being run; `index` is the step under way.

    `light`: without values, on meta. Sharing, versions and what autograd records are the same; what only values decide,
    and what NumPy or a device has to do with it, is refused.
    """

    def __init__(self, light: bool = False) -> None:
        self.names: dict[str, Any] = {}
        self.index = 0
        self.light = light

    def play(self, records: Iterable[Record]) -> None:
        """Run these steps one after another. Raises Broken, and RoomError where memory is short."""
        with silent():
            for self.index, record in enumerate(records):
                try:
                    self.do(record)
                except RoomError:
                    raise
                except Exception as refusal:
                    raise Broken(self.index, record.step, refusal) from refusal

    def do(self, record: Record) -> None:
        """Run one step. Raises what torch and NumPy raise."""
        step = record.step
        if isinstance(step, Operate):
            if self.light and step.writes and step.call.op.form is Form.ASSIGNMENT:
                raise TypeError("torch records an assignment to cells another way on meta")
            made = step.perform(self.names)
        else:
            made = self._created(record)
        if made:
            self.names.update({name: x for name, x in zip(step.outputs, made, strict=True) if name})

    def _created(self, record: Record) -> tuple[Any, ...]:
        view = next(iter(record.outputs), None)
        if not self.light or view is None:
            return _created(record)
        layout = view.layout
        if not isinstance(layout, TensorLayout):
            raise TypeError("an array has memory of its own")
        return (torch.empty_strided(layout.shape, layout.strides, dtype=layout.dtype, device="meta"),)


def _created(record: Record) -> tuple[Any, ...]:
    """A tensor as it was created; what cannot be made again (files, memory that nobody wrote to) is copied."""
    step, view = record.step, next(iter(record.outputs), None)
    assert isinstance(step, Create)
    creation: Definition = step.creation
    again = not creation.unknown and (not creation.typed_in or creation.values is not None)
    made = creation.make() if again or view is None else view.tensor()
    if creation.typed_in or not again:
        room_for(made.nbytes, made.device)
        made = made.clone()  # of version 0, as what is typed or loaded
    return (made.numpy() if step.array else made,)
