"""New tensors: the dialog that asks for them, bound to the session."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from explorer.engine import devices
from explorer.late import late
from explorer.messages import Phrase
from explorer.ops import OPERATIONS
from explorer.widgets.actions import Action
from explorer.widgets.background_read import reader

with late():
    from explorer.widgets.creation import fill_kind, new_tensor

if TYPE_CHECKING:
    from explorer.widgets.creation.fill_kind import FillKind
    from explorer.widgets.session import Session
    from explorer.widgets.shelf.tensor_shelf import TensorShelf
    from explorer.widgets.stage.stage_panel import StagePanel

FILL = Phrase("New tensor: {fill}", "新建张量：{fill}")
FAMILY = Phrase("New tensor", "新建张量")
NEW = Phrase("&New tensor…", "新建张量(&N)…")


class CreationController(QObject):
    """Opens the dialog, and puts on the shelf what comes of it."""

    def __init__(self, session: Session, shelf: TensorShelf, stage: StagePanel, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._stage, self._window = session, stage, parent
        shelf.new_requested.connect(self.ask)

    def ask(self, fill: str = "tensor") -> None:
        """Ask for a new tensor in a dialog that does not block, a fill chosen; the keyboard comes back to the stage."""
        self._stage.take_keyboard()
        self._session.soon(partial(self._ask, fill))

    def _ask(self, fill: str) -> None:
        session, workspace = self._session, self._session.workspace
        new_tensor.NewTensorDialog.ask(
            self._window,
            lambda made: session.create(made.name, made.creation, made.array),
            fill,
            name=workspace.fresh_name(),
            taken=workspace.names,
            devices=[device.name for device in devices()],
            device=session.device,
            read=reader(session, self),
        )

    def actions(self) -> tuple[Action, ...]:
        """The dialog."""
        return (Action("action_new", NEW, self.ask, ("Ctrl+N",), "plus"),)

    def finds(self) -> list[Action]:
        """The dialog with each of its fills."""
        return [self._fill(kind) for kind in fill_kind.KINDS]

    def _fill(self, kind: FillKind) -> Action:
        op, title = OPERATIONS[kind.makes or kind.key], FILL.of(fill=kind.word)
        words = (op.title, op.title.chinese, *op.synonyms)
        return Action(
            f"new_tensor_{kind.key}",
            title,
            partial(self.ask, kind.key),
            says=kind.says,
            code=f"torch.{op.name}(…)",
            names=(op.name, f"{op.name}_like", f"new_{op.name}"),
            words=words,
            family=FAMILY,
        )
