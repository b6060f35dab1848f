"""How tensors are seen: which axes lie on rows and columns, what they are called, how a product is told."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QInputDialog, QWidget

if TYPE_CHECKING:
    from explorer.animation.axes import AxisId
    from explorer.widgets.session import Session

LONGEST_NAME = 16  # characters


class ViewpointController(QObject):
    """Requests of the View menu as changes of the session's view; no value changes."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._window = session, parent

    def axes(self) -> list[tuple[str, list[tuple[int, AxisId]]]]:
        """The draft's tensors with the size and identity of each of their axes."""
        draft = self._session.draft if self._session.started else None
        names = dict.fromkeys(x for x in draft.operands if isinstance(x, str)) if draft else ()
        shapes = {name: self._session.workspace[name].shape for name in names}
        known = self._session.identities
        return [(n, list(zip(s, known[n], strict=True))) for n, s in shapes.items() if s and n in known]

    def lay_axis(self, name: str, axis: int, rows: bool) -> None:
        """Put an axis on rows or on columns; one that is in use there swaps places with it."""
        if not self._is(name, axis):
            return
        rank = len(self._session.workspace[name].shape)
        self._session.set_view(self._session.view.swapped(name, rank, axis, rows))

    def ask_name(self, name: str, axis: int) -> None:
        """Ask for a name for an axis, as batch or time."""
        if not self._is(name, axis):
            return
        now = self._session.identities[name][axis].letter
        text = self.tr("A name for axis {axis} of {name}; empty for its letter").format(axis=axis, name=name)
        dialog = QInputDialog(self._window)
        dialog.setObjectName("axis_name")
        dialog.setWindowTitle(self.tr("Name an axis"))
        dialog.setLabelText(text)
        dialog.setTextValue(now)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.textValueSelected.connect(partial(self.name_axis, name, axis))
        dialog.open()

    def name_axis(self, name: str, axis: int, word: str) -> None:
        """Call an axis `word`; an empty one gives its letter back."""
        if not self._is(name, axis):
            return
        view = self._session.view
        self._session.set_view(replace(view, words={**view.words, (name, axis): word.strip()[:LONGEST_NAME]}))

    def _is(self, name: str, axis: int) -> bool:
        """Whether that axis is still there: a menu or a dialog may have been open for long."""
        session = self._session
        return session.started and axis < len(session.identities.get(name, ()))

    def read_product(self, reading: str) -> None:
        """How a matrix product is told."""
        self._session.set_view(replace(self._session.view, reading=reading if reading != "block" else None))
