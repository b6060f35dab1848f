"""What there is: a program that has been run, as a value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

from explorer.errors import OpError, ProgramError, RoomError
from explorer.late import torch
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.ops import CATALOG, PLAIN, Call
from explorer.ops.autograd import CLEAR, REQUIRE, backward
from explorer.ops.conversion import CLONE
from explorer.ops.crossing import COPIED, COPY, FROM_NUMPY, NUMPY
from explorer.ops.methods import in_place
from explorer.workspace import names, typed_key
from explorer.workspace.autograd_facts import Autograd
from explorer.workspace.cache import Cache
from explorer.workspace.definition import Definition, fresh_copy
from explorer.workspace.file_reading import FileReading
from explorer.workspace.item import Item
from explorer.workspace.layout import ArrayLayout
from explorer.workspace.record import Bindings, Record, bindings_of
from explorer.workspace.recorded_refusals import as_recorded, explained
from explorer.workspace.recording import autograd_of
from explorer.workspace.replay import Plan, run, run_step, unrecorded
from explorer.workspace.scratch import Broken
from explorer.workspace.staleness import stale
from explorer.workspace.steps import Create, Operate, Step
from explorer.workspace.view import View, adopt

Operand = Any  # a str is a name on the shelf; a Python number, or a tensor for its values
Key = Any  # int, slice, None, Ellipsis, list, mask, the name of a tensor, or a tuple of these


@dataclass(frozen=True, eq=False)
class Workspace:
    """An ordered list of steps with their results, and the shelf.

    Every change gives a new workspace and leaves this one as it was, also when it fails: OpError where torch or NumPy
    refuse, ProgramError where the program stands against it, RoomError where memory is short. All of them may run on a
    worker thread. Several workspaces share memory; `activate` brings it to the values of this one (reading an item does
    so for that item).
    """

    records: tuple[Record, ...] = ()
    names: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    cache: Cache = field(default_factory=Cache)
    autograd: Autograd | None = None  # of a program without gradients nothing

    # what there is

    @property
    def steps(self) -> tuple[Step, ...]:
        """The program, in execution order."""
        return tuple(record.step for record in self.records)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The shelf, in its own order."""
        return tuple(self._items[name] for name in self.names)

    def __getitem__(self, name: str) -> Item:
        return self._items[name]

    def __contains__(self, name: object) -> bool:
        return name in self._items

    def fresh_name(self, hint: str = "") -> str:
        """A free name: the next letter, or one made from `hint`."""
        return names.fresh(self.names, hint)

    def view(self, name: str) -> View:
        """What `name` stands for at the end of the program."""
        return self._bindings[name]

    def maker(self, name: str) -> int:
        """The index of the step that made `name`."""
        return next(i for i, s in enumerate(self.steps) if name in s.makes)

    def readers(self, name: str) -> tuple[Step, ...]:
        """The steps that need `name`."""
        return tuple(step for step in self.steps if name in step.inputs)

    def sharing(self, name: str) -> tuple[str, ...]:
        """The other names over the same storage."""
        return tuple(x.name for x in self.items if x.storage is self[name].storage and x.name != name)

    def activate(self) -> Workspace:
        """Bring every storage to this program's last version: what undo and redo do. Returns this workspace."""
        for storage, version in self._bindings.versions.items():
            storage.seek(version)
        self.cache.trim(self._storages)
        return self

    def before(self, step: int) -> Workspace:
        """The program up to step `step`; the memory stays where it is."""
        records = self.records[:step]
        made = tuple(name for record in records for name in record.step.makes)
        return replace(self, records=records, names=made, autograd=None)

    # steps at the end

    def create(self, name: str, creation: Definition, array: bool = False) -> Workspace:
        """`name = torch.zeros(...)`; with `array` the NumPy array over it."""
        names.check(name, self.names)
        return self._append(Create(name, creation, array=array))

    def load(
        self, name: str, values: torch.Tensor, label: str = "", origin: str = "", reading: FileReading | None = None
    ) -> Workspace:
        """Values from the file `origin`, called `label` there, as `reading` gives them again. The memory of `values` is
        taken over if it can be."""
        names.check(name, self.names)
        if values.numel() <= 4096 or values.device.type == "meta":
            creation = replace(Definition.typed(values), reading=reading)
            made = self._append(Create(name, creation, label, origin))
        else:
            kept = Definition("tensor", dtype=values.dtype, device=str(values.device), reading=reading)
            whole = values.is_contiguous() and values.untyped_storage().nbytes() == values.nbytes
            # flat first: an axis of size 1 gets the stride that it has in a new tensor
            view = adopt(
                values.detach().view(-1).view(values.shape) if whole else fresh_copy(values, str(values.device))
            )
            record = Record(Create(name, kept, label, origin), (), (view,))
            made = self._with((*self.records, record), (*self.names, name))
        return replace(made, labels={**made.labels, name: label}) if label else made

    def perform(self, call: Call[Any], outputs: Sequence[str | None] = ()) -> Workspace:
        """`outputs = call` over names and values, as many as it has results, None for unwanted; of what changes
        something none."""
        return self._append(self.step(call, outputs))

    def operate(
        self, op: str, operands: Sequence[Operand], arguments: Mapping[str, Any], outputs: Sequence[str | None]
    ) -> Workspace:
        """`outputs = op(operands)`: of the catalogue; as many outputs as it has results, None for unwanted."""
        return self.perform(CATALOG[op].call(operands, arguments), outputs)

    def index(self, name: str, key: Key, new: str) -> Workspace:
        """`new = name[key]` of a tensor or an array."""
        return self.perform(typed_key.read(name, self._key(name, key)), (new,))

    def duplicate(self, name: str, new: str = "") -> Workspace:
        """`new = name.clone()`, or `.copy()` of an array."""
        self.known(name)
        op = COPY if self[name].is_array else CLONE
        return self.perform(op.call((name,)), (new or self.fresh_name(),))

    def write(self, name: str, key: Key, value: Operand) -> Workspace:
        """`name[key] = value`; a str in the key or as the value is a name."""
        value = fresh_copy(value) if isinstance(value, torch.Tensor) else value
        return self.perform(typed_key.written(name, self._key(name, key), value))

    def in_place(
        self,
        method: str,
        target: str,
        operands: Sequence[Operand] = (),
        arguments: Mapping[str, Any] = MappingProxyType({}),
        seed: int | None = None,
    ) -> Workspace:
        """`target.method(operands, arguments)`, such as "abs_", "add_" and "t_"; `seed` for random fills.

        Tensors are operands, in torch's own order: None where one is left out, a tuple where torch takes one.
        """
        call = in_place(method, (target, *operands), arguments if seed is None else {**arguments, "seed": seed})
        if call is None:
            template = QT_TRANSLATE_NOOP("errors", "{method} is no in-place operation on the values of {name}.")
            raise OpError(Message("errors", template, {"method": method, "name": target}))
        return self.perform(call)

    def augment(self, target: str, symbol: str, value: Operand) -> Workspace:
        """`target += value` (or "-=" ...): in place, for arrays and tensors."""
        return self.perform(PLAIN[symbol].call((target, value)))

    def to_array(self, name: str, new: str) -> Workspace:
        """`new = name.numpy()`: over the same memory."""
        return self.perform(NUMPY.call((name,)), (new,))

    def from_array(self, name: str, new: str, copy: bool = False) -> Workspace:
        """`new = torch.from_numpy(name)` over the same memory, or with `copy` `new = torch.tensor(name)`."""
        return self.perform((COPIED if copy else FROM_NUMPY).call((name,)), (new,))

    def array_operate(self, symbol: str, left: Operand, right: Operand, new: str) -> Workspace:
        """`new = left + right` of NumPy: a new array."""
        return self.perform(PLAIN[f"numpy {symbol}"].call((left, right)), (new,))

    def require_grad(self, name: str, on: bool = True) -> Workspace:
        """`name.requires_grad_()`, or with `on` False `name.requires_grad_(False)`."""
        return self.perform(REQUIRE.call((name,), {"requires_grad": on}))

    def clear_grad(self, name: str) -> Workspace:
        """`name.grad = None`: the next backward begins a new sum."""
        return self.perform(CLEAR.call((name,)))

    def backward(self, name: str, gradient: str | None = None, retained: bool = False) -> Workspace:
        """`name.backward(gradient)`; the gradients of the leaves stand on the shelf, each after its leaf.

        `gradient`: the name of a tensor of the same shape, or ONES; None for a scalar. Raises OpError in torch's words.
        """
        self.known(name)
        fact = self.autograd.facts.get(name) if self.autograd is not None else None
        leaves = fact.leaves if fact is not None else ()
        shelf, results = list(self.names), []
        for leaf in leaves:
            results.append(names.fresh(shelf, f"{leaf}_grad"))
            place = shelf.index(leaf) + 1
            while place < len(shelf) and self._gradient_of(shelf[place]) == leaf:
                place += 1
            shelf.insert(place, results[-1])
        return self.perform(backward(name, gradient, retained, leaves), results).reorder(shelf)

    # changes of the program: the others are functions of `edits`

    def rename(self, old: str, new: str) -> Workspace:
        """`new` for `old`, in the whole program."""
        self.known(old)
        if old == new:
            return self
        names.check(new, self.names)
        plans = [Plan(r.step.renamed({old: new}), i, r) for i, r in enumerate(self.records)]
        labels = {new if name == old else name: label for name, label in self.labels.items()}
        shelf = tuple(new if name == old else name for name in self.names)
        return self.rebuilt(plans, shelf, labels)

    def reorder(self, shelf: Sequence[str]) -> Workspace:
        """The same program, the shelf in another order (all names, each once)."""
        if sorted(shelf) != sorted(self.names):
            raise ValueError("a new order of the shelf has every name once")
        return replace(self, names=tuple(shelf))

    # for the modules of this package

    def rebuilt(
        self, plans: Sequence[Plan], shelf: Sequence[str], labels: Mapping[str, str] | None = None
    ) -> Workspace:
        """The workspace of a changed program; ProgramError where it does not run."""
        records = run(plans)
        try:
            return self.recorded(records, shelf, labels)
        except Broken as broken:
            raise unrecorded(plans, records, broken) from broken

    def recorded(
        self, records: Iterable[Record], shelf: Sequence[str], labels: Mapping[str, str] | None = None
    ) -> Workspace:
        """The workspace of a changed program that has been run; Broken where torch refuses it once autograd records."""
        made = self._with(tuple(records), tuple(shelf))
        kept = self.labels if labels is None else labels
        return replace(made, labels={name: label for name, label in kept.items() if name in shelf})

    def append(self, step: Step) -> Workspace:
        """One more step at the end."""
        return self._append(step)

    def known(self, name: str) -> None:
        """Raises ProgramError where `name` is not on the shelf."""
        if name not in self.names:
            template = QT_TRANSLATE_NOOP("errors", "There is no {name} on the shelf.")
            raise ProgramError(Message("errors", template, {"name": name}))

    def step(self, call: Call[Any], outputs: Sequence[str | None], at: int | None = None) -> Operate:
        """`call` as a step with these names for its results; `at`: in the place of which other. ProgramError for a name
        that is not there, or is taken."""
        for name in call.names:
            self.known(name)
        self._free(outputs, () if at is None else self.steps[at].outputs)
        return Operate(call, tuple(outputs))

    # inside

    @cached_property
    def _bindings(self) -> Bindings:
        return bindings_of(self.records)

    @cached_property
    def _items(self) -> Mapping[str, Item]:
        made = {name: i for i, s in enumerate(self.steps) for name in s.makes}
        return {
            name: Item(
                name,
                self.labels.get(name, name),
                self._bindings[name],
                made[name],
                stale(self.records, self._bindings, name, made[name]),
            )
            for name in self.names
        }

    @cached_property
    def _storages(self) -> frozenset[Any]:
        return frozenset(view.storage for record in self.records for view in record.outputs if view is not None)

    def _append(self, step: Step) -> Workspace:
        for name in step.inputs:
            self.known(name)
        self._free(step.makes)
        try:
            record = run_step(step, self._bindings)
        except OpError as error:
            raise as_recorded(self.records, step, error) from error
        try:
            return self._with((*self.records, record), (*self.names, *step.makes))
        except Broken as broken:
            self.activate()
            raise explained(self.records, broken.step, broken.cause) from broken
        except RoomError:
            self.activate()
            raise

    def _with(self, records: tuple[Record, ...], shelf: tuple[str, ...]) -> Workspace:
        made = replace(self, records=records, names=shelf, autograd=autograd_of(records))
        return made.activate()

    def _gradient_of(self, name: str) -> str | None:
        """Whose gradient `name` is."""
        return self.autograd.gradients.get(name) if self.autograd is not None else None

    def _free(self, outputs: Sequence[str | None], besides: Sequence[str | None] = ()) -> None:
        taken = {name for name in self.names if name not in besides}
        for name in outputs:
            if name is not None:
                names.check(name, taken)
                taken.add(name)

    def _key(self, name: str, key: Key) -> tuple[Any, ...]:
        self.known(name)
        return typed_key.kept_key(key, isinstance(self.view(name).layout, ArrayLayout))
