"""Changes of the program: what the panels ask the session for, in any order."""

import torch

from explorer.ops import OPERATIONS
from explorer.session.lessons.surprises import SURPRISES
from explorer.workspace import Definition, edits
from tests.window.random_user.hands import Hands, often

DTYPES = (torch.int64, torch.float32, torch.bool, torch.uint8, torch.float16, torch.complex64)
SHAPES = ((), (3,), (2, 3), (3, 3), (2, 2, 3), (1, 2, 1, 2), (0, 2))
CHOSEN = tuple(name for name, op in OPERATIONS.items() if op.family != "creation")
LARGE = 10**7  # cells
ENDLESS = 10**6  # cells along each of two axes that no memory holds


class Programs(Hands):
    @often(6)
    def do_choose(self) -> None:
        self.session.choose_operation(self.dice.choice(CHOSEN))

    @often(6)
    def do_run(self) -> None:
        self.session.run()

    @often(6)
    def do_select(self) -> None:
        self.session.select(self.name())

    @often(6)
    def do_travel(self) -> None:
        self.dice.choice((self.session.undo, self.session.undo, self.session.redo))()

    @often(3)
    def do_reopen(self) -> None:
        self.session.reopen(self.dice.randrange(12))

    @often(4)
    def do_create(self) -> None:
        values = torch.randint(
            -3, 4, self.dice.choice(SHAPES), generator=torch.Generator().manual_seed(self.dice.randrange(99))
        )
        creation = Definition.typed(values.to(self.dice.choice(DTYPES)))
        self._make(creation, self.dice.random() < 0.2)

    def do_create_a_large_one(self) -> None:
        size = self.dice.choice(((LARGE,), (LARGE // 4, 4), (3, LARGE // 3)))
        self._make(Definition("zeros", {"size": size}, self.dice.choice((torch.uint8, torch.float32))))

    def do_create_an_endless_one(self) -> None:
        """On meta, where shapes have no cells."""
        self._make(Definition("empty", {"size": (ENDLESS, ENDLESS)}, torch.float32, "meta"))

    def _make(self, creation: Definition, array: bool = False) -> None:
        name = self.session.workspace.fresh_name()
        if name not in self.session.workspace:
            self.session.create(name, creation, array=array)

    @often(6)
    def do_change(self) -> None:
        name, new = self.name(), self.dice.choice("mnpqr")
        change = self.dice.choice(
            (
                lambda w: w.to_array(name, new),
                lambda w: w.from_array(name, new),
                lambda w: w.augment(name, "+=", 1),
                lambda w: w.require_grad(name),
                lambda w: w.backward(name),
                lambda w: edits.edit(w, name, {(0,) * (len(w[name].shape) if name in w else 0): 1}),
            )
        )
        self.session.change("a change", change)

    @often(3)
    def do_shelve(self) -> None:
        self.dice.choice((self.session.delete, self.freeze, self.session.duplicate))(self.name())

    def freeze(self, name: str) -> None:
        self.session.change("freeze", lambda w: edits.freeze(w, name))

    @often(2)
    def do_rename(self) -> None:
        self.session.rename(self.name(), self.dice.choice(("m", "n", "x", "class", "<b>", "")))

    @often(2)
    def do_reorder(self) -> None:
        names = list(self.session.workspace.names)
        self.dice.shuffle(names)
        self.session.reorder(names)

    @often(4)
    def do_cancel(self) -> None:
        self.session.cancel()

    def do_keep(self) -> None:
        self.session.keep()

    def do_copy_to_a_device(self) -> None:
        self.window.bridge.copy_to(self.name(), self.dice.choice(("cpu", "meta")))

    @often(2)
    def do_choose_a_device(self) -> None:
        self.session.set_device(self.dice.choice(("cpu", "cpu", "meta")))

    @often(2)
    def do_be_surprised(self) -> None:
        self.window.commands[f"surprise_{self.dice.choice(SURPRISES).key}"].trigger()
