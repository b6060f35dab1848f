"""What every kind of deed stands on: the dice, the window, and the choice of a widget that a user could reach."""

from collections import deque
from collections.abc import Callable, Sequence
from random import Random
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

T = TypeVar("T")
W = TypeVar("W", bound=QWidget)
Deed = Callable[[Any], None]
KEPT = 200  # actions of menus that were opened earlier


def often(times: int) -> Callable[[Deed], Deed]:
    """Mark a deed to be drawn so many times as often as one that is seldom done."""

    def mark(deed: Deed) -> Deed:
        deed.often = times  # type: ignore[attr-defined]
        return deed

    return mark


NEW_FOLDER = "newFolderButton"  # of Qt's own file dialog, which warns where the name is then edited meanwhile


class Hands:
    """A user's hands: they find widgets and bring texts into them."""

    def __init__(self, user: Any, seed: int) -> None:
        self.user, self.dice = user, Random(seed)
        self.kept: deque[QAction] = deque(maxlen=KEPT)
        self._held: Sequence[QWidget] = ()

    @property
    def session(self) -> Any:
        return self.user.session

    @property
    def window(self) -> Any:
        return self.user.window

    def name(self) -> str:
        """A name on the shelf, now and then one that is not there."""
        return self.dice.choice((*self.session.workspace.names, "A"))

    def choose(self, among: Sequence[T], do: Callable[[T], object]) -> None:
        """`do` something with one of these, if there are any."""
        if among:
            one = self.dice.choice(among)
            self.say(f"    {one.objectName() or type(one).__name__}" if isinstance(one, QObject) else f"    {one}")
            do(one)

    def say(self, what: str) -> None:
        """Keep in mind what is being done."""

    def dialogs(self) -> list[QDialog]:
        """The dialogs that are open, the newest last."""
        mine = [w for w in self.window.findChildren(QDialog) if isValid(w) and w.isVisible()]
        return [*mine, *(w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible())]

    def place(self) -> QWidget:
        """Where the user is looking: an open popup, mostly a dialog that is open, else the window."""
        popup, dialogs = QApplication.activePopupWidget(), self.dialogs()
        if popup is not None and self.dice.random() < 0.8:
            return popup
        if dialogs and self.dice.random() < 0.7:
            return dialogs[-1]
        return self.window

    def widgets(self, *kinds: type[W]) -> list[W]:
        """The widgets of these kinds that can be reached."""
        place = self.place()
        found = [w for kind in kinds for w in place.findChildren(kind)]
        self._held = (place, *found)  # a wrapper of PySide's takes those of its children with it when it goes
        return [w for w in found if isValid(w) and w.isVisible() and w.isEnabled() and w.objectName() != NEW_FOLDER]

    def let_go(self) -> None:
        """Of what would keep a window that was left."""
        self.kept.clear()
        self._held = ()

    def point(self, widget: QWidget) -> QPoint:
        """A place on a widget."""
        return QPoint(self.dice.randrange(max(widget.width(), 1)), self.dice.randrange(max(widget.height(), 1)))

    def put(self, text: str) -> None:
        """On the clipboard, as another program would."""
        QGuiApplication.clipboard().setText(text)

    def paste(self, widget: QWidget, text: str) -> None:
        self.put(text)
        self.key(widget, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    def type(self, widget: QWidget, text: str) -> None:
        """Key by key, as far as a patient user would."""
        for sign in text[:12]:
            self.key(widget, Qt.Key.Key_unknown, text=sign)

    def key(
        self,
        widget: QWidget,
        key: Qt.Key,
        held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        text: str = "",
    ) -> None:
        """Press and release; what the key did to the widget may have been its end."""
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            if isValid(widget):
                QApplication.sendEvent(widget, QKeyEvent(kind, key, held, text))

    def middle(self, widget: QWidget) -> QPointF:
        return QPointF(widget.rect().center())
