"""Mouse, keys and texts on any widget that can be reached."""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QWidget,
)
from shiboken6 import isValid

from tests.window.random_user.hands import Hands, often
from tests.window.random_user.texts import field, table

Key, Held, Mouse = Qt.Key, Qt.KeyboardModifier, Qt.MouseButton
KEYS = (
    *(Key.Key_0, Key.Key_1, Key.Key_2, Key.Key_9, Key.Key_Minus, Key.Key_K, Key.Key_Space, Key.Key_Return),
    *(Key.Key_Escape, Key.Key_Tab, Key.Key_Backtab, Key.Key_Backspace, Key.Key_Delete, Key.Key_Question),
    *(Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down, Key.Key_Home, Key.Key_End, Key.Key_PageUp),
    *(Key.Key_PageDown, Key.Key_F1, Key.Key_F2, Key.Key_F3, Key.Key_F4, Key.Key_F6, Key.Key_Menu),
)
CHORDS = (
    *((Held.AltModifier, key) for key in (Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down)),
    *((Held.AltModifier | Held.ShiftModifier, key) for key in (Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down)),
    *((Held.ShiftModifier, key) for key in (Key.Key_Left, Key.Key_Right, Key.Key_End, Key.Key_Home)),
    *((Held.ControlModifier, key) for key in (Key.Key_A, Key.Key_C, Key.Key_V, Key.Key_X, Key.Key_Z, Key.Key_Y)),
    *((Held.ControlModifier, key) for key in (Key.Key_K, Key.Key_E, Key.Key_D, Key.Key_B, Key.Key_Return, Key.Key_0)),
    (Held.ControlModifier | Held.ShiftModifier, Key.Key_Z),
)
HELD = (Held.NoModifier, Held.NoModifier, Held.ShiftModifier, Held.ControlModifier, Held.AltModifier)


class Controls(Hands):
    @often(10)
    def do_click(self) -> None:
        """Any button or chip."""
        self.choose(
            self.widgets(QAbstractButton), lambda b: QTest.mouseClick(b, Mouse.LeftButton, self.dice.choice(HELD))
        )

    @often(3)
    def do_click_anywhere(self) -> None:
        def click(widget: QWidget) -> None:
            button = self.dice.choice((Mouse.LeftButton, Mouse.LeftButton, Mouse.MiddleButton, Mouse.RightButton))
            press = self.dice.choice((QTest.mouseClick, QTest.mouseClick, QTest.mouseDClick))
            press(widget, button, self.dice.choice(HELD), self.point(widget))

        self.choose(self.widgets(QWidget), click)

    @often(4)
    def do_pick(self) -> None:
        """An entry of a combo box."""

        def pick(combo: QComboBox) -> None:
            rows = [k for k in range(combo.count()) if combo.itemText(k)]  # the others are lines between them
            if rows:
                combo.setCurrentIndex(self.dice.choice(rows))
                combo.activated.emit(combo.currentIndex())

        self.choose(self.widgets(QComboBox), pick)

    def do_unfold(self) -> None:
        """The list of a combo box; it stays open for what comes next."""
        self.choose(self.widgets(QComboBox), lambda combo: combo.showPopup())

    @often(8)
    def do_fill_in(self) -> None:
        """A field, typed or pasted, and mostly confirmed."""

        def fill(line: QLineEdit) -> None:
            line.setFocus()
            line.selectAll()
            self.dice.choice((self.type, self.paste))(line, field(self.dice))
            if isValid(line):
                self.key(
                    line, self.dice.choice((Key.Key_Return, Key.Key_Return, Key.Key_Tab, Key.Key_Escape, Key.Key_Down))
                )

        self.choose(self.widgets(QLineEdit), fill)

    @often(3)
    def do_write(self) -> None:
        """A text of several lines."""

        def write(text: QPlainTextEdit) -> None:
            text.setFocus()
            text.selectAll()
            self.paste(text, table(self.dice))

        self.choose(self.widgets(QPlainTextEdit), write)

    @often(2)
    def do_spin(self) -> None:
        def spin(box: QAbstractSpinBox) -> None:
            box.stepBy(self.dice.choice((-1, 1, 1, 5, -1_000)))

        self.choose(self.widgets(QAbstractSpinBox), spin)

    @often(3)
    def do_slide(self) -> None:
        def slide(slider: QAbstractSlider) -> None:
            slider.setValue(self.dice.randint(slider.minimum(), slider.maximum()))

        self.choose(self.widgets(QAbstractSlider), slide)

    @often(2)
    def do_choose_a_row(self) -> None:
        """Of any list or table."""

        def take(view: QAbstractItemView) -> None:
            model = view.model()
            columns = model.columnCount() if isinstance(view, QTableView) else 1
            if model is not None and model.rowCount() and columns:
                index = model.index(self.dice.randrange(model.rowCount()), self.dice.randrange(columns))
                view.setCurrentIndex(index)
                self.dice.choice((view.clicked, view.doubleClicked, view.activated)).emit(index)

        self.choose(self.widgets(QAbstractItemView), take)

    @often(5)
    def do_press_on_the_stage(self) -> None:
        self.key(self.window.stage.picture, self.dice.choice(KEYS))

    @often(6)
    def do_press_anywhere(self) -> None:
        """A key on any widget that takes the keyboard, as if the user had come there with Tab."""

        def press(widget: QWidget) -> None:
            widget.setFocus()
            held, key = self.dice.choice((*CHORDS, *((Held.NoModifier, key) for key in KEYS)))
            QTest.keyClick(widget, key, held)  # which asks for shortcuts, too

        self.choose([w for w in self.widgets(QWidget) if w.focusPolicy() != Qt.FocusPolicy.NoFocus], press)

    @often(4)
    def do_turn_the_wheel(self) -> None:
        def turn(widget: QWidget) -> None:
            at, turned = QPointF(self.point(widget)), QPoint(0, self.dice.choice((-120, 120, 1_200, -15)))
            there = QPointF(widget.mapToGlobal(at.toPoint()))
            held = self.dice.choice((Held.NoModifier, Held.ControlModifier, Held.ShiftModifier))
            phase = Qt.ScrollPhase.NoScrollPhase
            QApplication.sendEvent(widget, QWheelEvent(at, there, QPoint(), turned, Mouse.NoButton, held, phase, False))

        self.choose([*self.widgets(QWidget), self.window.stage.picture], turn)

    @often(3)
    def do_drag_on_the_stage(self) -> None:
        picture, held = self.window.stage.picture, self.dice.choice(HELD)
        here, there = self.point(picture), self.point(picture)
        QTest.mousePress(picture, Mouse.LeftButton, held, here)
        for part in (0.3, 0.7, 1.0):
            if isValid(picture):
                at = QPointF(here) + (QPointF(there) - QPointF(here)) * part
                to = QPointF(picture.mapToGlobal(at.toPoint()))
                move = QMouseEvent(QEvent.Type.MouseMove, at, to, Mouse.NoButton, Mouse.LeftButton, held)
                QApplication.sendEvent(picture, move)
        if isValid(picture):
            QTest.mouseRelease(picture, Mouse.LeftButton, held, there)

    @often(3)
    def do_point(self) -> None:
        """The mouse rests on a widget until its tip comes."""

        def rest(widget: QWidget) -> None:
            at = self.point(widget)
            QTest.mouseMove(widget, at)
            QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, at, widget.mapToGlobal(at)))

        self.choose(self.widgets(QWidget), rest)

    @often(4)
    def do_edit(self) -> None:
        """In the grid: a number, or what the clipboard holds."""
        self.window.grid.open(self.name(), self.dice.randrange(4))
        focus = self.window.focusWidget()
        if focus is not None and self.dice.random() < 0.6:
            self.type(focus, self.dice.choice(("7", "-1.5", "nan", "1_", "x", "9" * 12)))
            self.key(QApplication.focusWidget() or self.window, self.dice.choice((Key.Key_Return, Key.Key_Escape)))
        elif focus is not None:
            self.paste(focus, table(self.dice))

    @often(4)
    def do_seek(self) -> None:
        player = self.window.stage.player
        self.dice.choice((lambda: player.seek(self.dice.random()), player.toggle, player.to_start, player.to_end))()
