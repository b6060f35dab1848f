"""A step that has been run: what it read and what it gave; and what the names stand for after some of these."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from explorer.workspace.layout import Layout
from explorer.workspace.steps import Step
from explorer.workspace.storage import Storage, Version
from explorer.workspace.view import View


@dataclass(frozen=True, eq=False)
class Record:
    """A step, the views it read (in the order of its `inputs`) and those it bound (in the order of its `outputs`)."""

    step: Step
    inputs: tuple[View, ...]
    outputs: tuple[View | None, ...]

    def changes(self, view: View) -> bool:
        """Whether it changes the values of `view`, or its layout."""
        if self.step.makes or self.step.graded:
            return False
        changed = self.inputs[0]
        return changed.storage is view.storage if self.step.writes else changed.identity is view.identity


@dataclass
class Bindings:
    """What the names stand for at one place of a program: objects by identity, each somewhere in a storage."""

    names: dict[str, object] = field(default_factory=dict)
    places: dict[object, tuple[Storage, Layout]] = field(default_factory=dict)
    versions: dict[Storage, Version] = field(default_factory=dict)
    past: list[Record] = field(default_factory=list)

    def __getitem__(self, name: str) -> View:
        identity = self.names[name]
        storage, layout = self.places[identity]
        return View(self.versions[storage], layout, identity)

    def apply(self, record: Record) -> None:
        self.past.append(record)
        for name, view in zip(record.step.outputs, record.outputs, strict=True):
            if name is not None and view is not None:
                self.names[name] = view.identity
                self.places[view.identity] = (view.storage, view.layout)
                self.versions[view.storage] = view.version


def bindings_of(records: Iterable[Record]) -> Bindings:
    """What the names stand for after `records`."""
    bindings = Bindings()
    for record in records:
        bindings.apply(record)
    return bindings
