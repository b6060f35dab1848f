"""What a window leaves to the one that is built anew in another language: all that is not the session's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QByteArray, QObject, QTimer
from PySide6.QtWidgets import QAbstractScrollArea, QComboBox, QLineEdit, QSplitter, QToolButton, QWidget

from explorer.ops.provenance import ravel

if TYPE_CHECKING:
    from explorer.widgets.actions import Action
    from explorer.widgets.window.main_window import MainWindow

Key = tuple[str, str, int]
"""The kind and the object name of a widget, and which of those it is: the same in both windows."""
Kind = TypeVar("Kind", bound=QObject)


@dataclass(frozen=True)
class Text:
    """What stands in a field, the cursor, and what is selected; `wrong`: it is no value."""

    text: str
    cursor: int
    selection: tuple[int, int]
    wrong: bool


@dataclass(frozen=True)
class Continuation:
    """By key what stood where. `grid`: the tensor that was being edited, and its current cell; `focus`: the widget with
    the keyboard. `switched`: by the name of its action."""

    texts: dict[Key, Text]
    choices: dict[Key, int]
    scrolled: dict[Key, tuple[int, int]]
    opened: dict[Key, bool]
    switched: dict[str, bool]
    divided: dict[Key, QByteArray]
    grid: tuple[str, int | None] | None
    focus: Key | None


def left_by(window: MainWindow) -> Continuation:
    """What is to be found again in the next window."""
    texts = {
        key: Text(
            field.text(), field.cursorPosition(), (field.selectionStart(), len(field.selectedText())), _wrong(field)
        )
        for key, field in _all(window, QLineEdit)
        if field.isVisibleTo(window) and not field.isReadOnly()
    }
    grid = None
    if window.grid.name is not None:
        cell, name = window.grid.grid.current_cell(), window.grid.name
        shape = tuple(window.session.workspace[name].shape) if name in window.session.workspace else ()
        grid = name, ravel(cell, shape) if cell is not None and len(cell) == len(shape) else None
    focus = window.focusWidget()
    return Continuation(
        texts,
        {key: box.currentIndex() for key, box in _all(window, QComboBox) if box.isVisibleTo(window)},
        {
            key: (area.horizontalScrollBar().value(), area.verticalScrollBar().value())
            for key, area in _all(window, QAbstractScrollArea)
        },
        {key: button.isChecked() for key, button in _all(window, QToolButton) if button.isCheckable()},
        {action.name: checked() for action, checked, _ in _switches(window)},
        {key: splitter.saveState() for key, splitter in _all(window, QSplitter)},
        grid,
        next((key for key, widget in _all(window, QWidget) if widget is focus), None),
    )


def take_up(window: MainWindow, left: Continuation) -> None:
    """Bring it all back, once the window shows what the session has."""
    _switch(window, left)
    for key, box in _all(window, QComboBox):
        if 0 <= left.choices.get(key, -1) < box.count():
            box.setCurrentIndex(left.choices[key])
    for key, field in _all(window, QLineEdit):
        if key in left.texts and not field.isReadOnly():
            _write(field, left.texts[key])
    if left.grid is not None:
        window.grid.show_at(*left.grid)
    QTimer.singleShot(0, window, lambda: _settle(window, left))


def _switch(window: MainWindow, left: Continuation) -> None:
    """What is shown at all, and how wide."""
    for action, checked, call in _switches(window):
        if left.switched[action.name] != checked():
            call(left.switched[action.name])
    for key, splitter in _all(window, QSplitter):
        if key in left.divided:
            splitter.restoreState(left.divided[key])
    for key, button in _all(window, QToolButton):
        if button.isCheckable() and left.opened.get(key, button.isChecked()) != button.isChecked():
            button.setChecked(not button.isChecked())


def _settle(window: MainWindow, left: Continuation) -> None:
    """What needs the layout of the window."""
    for key, area in _all(window, QAbstractScrollArea):
        if key in left.scrolled:
            area.horizontalScrollBar().setValue(left.scrolled[key][0])
            area.verticalScrollBar().setValue(left.scrolled[key][1])
    focus = next((w for key, w in _all(window, QWidget) if key == left.focus and w.isVisibleTo(window)), None)
    if focus is not None:
        focus.setFocus()


def _write(field: QLineEdit, left: Text) -> None:
    if field.text() != left.text:
        field.setText(left.text)
        if left.wrong:
            field.textEdited.emit(left.text)  # which says again what is wrong with it
    field.setCursorPosition(left.cursor)
    if left.selection[0] >= 0:
        field.setSelection(*left.selection)


def _wrong(field: QLineEdit) -> bool:
    return bool(field.property("invalid"))


def _switches(window: MainWindow) -> Iterator[tuple[Action, Callable[[], bool], Callable[..., object]]]:
    """What turns something of its window on and off; what is one of several choices is kept as a setting."""
    for action in window.commands.table.values():
        if action.checked is not None and action.call is not None and not action.one_of:
            yield action, action.checked, action.call


def _all(window: MainWindow, kind: type[Kind]) -> Iterator[tuple[Key, Kind]]:
    count: Counter[tuple[str, str]] = Counter()
    for found in window.findChildren(kind):
        name = (type(found).__name__, found.objectName())
        if name[1]:
            yield (*name, count[name]), found
            count[name] += 1
