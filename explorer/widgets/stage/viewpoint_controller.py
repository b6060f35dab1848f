"""How tensors are seen: which axes lie on rows and columns, what they are called, how a product is told."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QInputDialog, QWidget

from explorer.messages import Phrase
from explorer.widgets.actions import Action
from explorer.widgets.look.literal import literal

if TYPE_CHECKING:
    from explorer.animation.axes import AxisId
    from explorer.widgets.session import Session

LONGEST_NAME = 16  # characters
ON_ROWS = Phrase("{name}, axis {axis} ({letter}, {size}) on rows", "{name}，轴 {axis}（{letter}，{size}）显示为行")
ON_COLUMNS = Phrase(
    "{name}, axis {axis} ({letter}, {size}) on columns", "{name}，轴 {axis}（{letter}，{size}）显示为列"
)
NAME = Phrase("Name axis {axis} of {name} …", "命名 {name} 的轴 {axis}…")
NO_AXES = Phrase("What is drafted has no axes.", "当前运算没有轴。")


class ViewpointController(QObject):
    """Requests of the View menu as changes of the session's view; no value changes."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._window = session, parent

    def actions(self) -> tuple[Action, ...]:
        """How a matrix product is told."""

        def reading(key: str, title: Phrase) -> Action:
            def read() -> bool:
                return (self._session.view.reading or "block") == key

            return Action(f"product_{key}", title, partial(self.read_product, key), checked=read, one_of="product")

        return (
            reading("block", Phrase("All products, then their sum", "先求所有乘积，再求和")),
            reading("rows", Phrase("Row by column, cell by cell", "行乘列，逐个单元格")),
        )

    def of_axes(self) -> tuple[Action, ...]:
        """Each axis of the draft's tensors may go on rows or on columns, and may be given a name."""
        found = []
        for name, axes in self.axes():
            for axis, (size, identity) in enumerate(axes):
                values = {"name": name, "axis": axis, "letter": literal(identity.letter), "size": size}
                lay = partial(self.lay_axis, name, axis)
                if len(axes) > 1:
                    found.append(Action(f"rows_{name}_{axis}", ON_ROWS.of(**values), partial(lay, True)))
                    found.append(Action(f"columns_{name}_{axis}", ON_COLUMNS.of(**values), partial(lay, False)))
                found.append(Action(f"name_{name}_{axis}", NAME.of(**values), partial(self.ask_name, name, axis)))
        none = Action("no_axes", Phrase("There are no axes on the stage", "展示区中没有轴"), refusal=lambda: NO_AXES)
        return tuple(found) or (none,)

    def axes(self) -> list[tuple[str, list[tuple[int, AxisId]]]]:
        """The draft's tensors with the size and identity of each of their axes."""
        draft = self._session.draft
        if draft is None:
            return []
        names = dict.fromkeys(x for x in draft.operands if isinstance(x, str))
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
