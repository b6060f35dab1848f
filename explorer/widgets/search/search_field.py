"""The search field of the top bar: type what you want to do, choose from the list below it."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListView, QWidget

from explorer.late import late
from explorer.widgets.actions import Action
from explorer.widgets.faults.guard import guarded
from explorer.widgets.look import theme
from explorer.widgets.search.search_list import LINE, SearchDelegate, SearchModel

with late():
    from explorer.widgets.search import find

Written = Callable[[str], Action | None]
LINES = 9
LONGEST = 30  # characters of a text that is not found
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SearchField(QLineEdit):
    """A field with a list of what was found; Up, Down and Enter choose, Escape leaves. `chosen` carries an Action, one
    that cannot be done now too; where nothing is found nothing is chosen."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("operation_search")
        self.setAccessibleName(self.tr("Search everything"))
        self.setPlaceholderText(self.tr("Search: sum, A @ B, zeros, dark, 求和, qh …"))
        self.setToolTip(
            self.tr("Find whatever can be done: by torch's name or sign, in English, Chinese or pinyin initials")
        )
        theme.role(self, "search")
        self.setMinimumWidth(160)
        self._keys = theme.role(QLabel(self.tr("Ctrl+K"), self), "small")
        self._keys.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._all: Callable[[], Iterable[Action]] = tuple
        self._written: Written = lambda _: None
        self._candidates: list[find.Candidate] = []
        self._model = SearchModel(self)
        self.popup: QListView | None = None
        self.list_place: Callable[[], QRect] | None = None
        """Where the list may lie, in pixels of the window; below the field where nobody says."""
        self._nothing: QLabel | None = None  # in the list where it has no entries
        self.textEdited.connect(self._search)

    def search_in(self, everything: Callable[[], Iterable[Action]], written: Written = lambda _: None) -> None:
        """Search in what `everything()` gives, asked each time that a search begins; what `written(text)` makes of the
        text itself comes first."""
        self._all, self._written = everything, written

    def focus(self) -> None:
        """Take the keyboard, with all text selected, and list everything."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self._search(self.text())

    @property
    def results(self) -> tuple[str, ...]:
        """The names of the actions that the open list shows, best first; empty while it is closed."""
        shown = self.popup is not None and self.popup.isVisible()
        return tuple(action.name for action in self._model.actions) if shown else ()

    def _search(self, text: str) -> None:
        if self.popup is None or not self.popup.isVisible():
            self._candidates = [find.Candidate(action) for action in self._all()]
        written = self._written(text)
        first = [written] if written is not None else []
        self._model.show_actions([*first, *find.found(self._candidates, text)])
        popup = self._open()
        popup.setCurrentIndex(self._model.index(0))
        self._say_nothing(popup, text)
        self.setAccessibleDescription(self.tr("{count} found").format(count=len(self._model.actions)))

    def _open(self) -> QListView:
        if self.popup is None or self.popup.parent() is not self.window():
            self.popup = self._make_popup()
        rows = max(1, min(LINES, len(self._model.actions)))
        height = rows * max(self.popup.sizeHintForRow(0), LINE) + 10
        window = self.window().rect()
        below = QRect(self.mapTo(self.window(), QPoint(0, self.height() + 4)), QSize(max(self.width(), 380), 0))
        place = self.list_place() if self.list_place is not None else below
        place.setSize(QSize(min(place.width(), window.width() - 8), min(height, window.bottom() - place.y() - 4)))
        place.moveRight(min(place.right(), window.right() - 4))
        self.popup.setGeometry(place)
        self.popup.setVisible(place.height() > 0)
        self.popup.raise_()
        return self.popup

    def _make_popup(self) -> QListView:
        """A child of the window, not a window: it needs nothing of the window manager and shows in pictures."""
        popup = QListView(self.window())
        popup.setObjectName("operation_results")
        popup.setAccessibleName(self.tr("What was found"))
        popup.setModel(self._model)
        popup.setItemDelegate(SearchDelegate(popup))
        popup.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        popup.setMouseTracking(True)
        popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        popup.clicked.connect(lambda index: self._choose(index.row()))
        self._nothing = QLabel(popup.viewport())
        self._nothing.setObjectName("operation_results_none")
        self._nothing.setTextFormat(Qt.TextFormat.PlainText)
        self._nothing.setWordWrap(True)
        theme.role(self._nothing, "muted")
        popup.hide()
        return popup

    def _say_nothing(self, popup: QListView, text: str) -> None:
        """Where nothing was found, say so in the place of the entries, and what is spelt nearly so."""
        assert self._nothing is not None
        self._nothing.setVisible(not self._model.actions)
        if self._model.actions:
            return
        close, typed = find.near(self._candidates, text), text.strip()
        typed = typed if len(typed) <= LONGEST else f"{typed[:LONGEST]}…"
        words = self.tr("Nothing matches “{text}”.").format(text=typed)
        if close:
            words = self.tr("Nothing matches “{text}”. Near it: {names}.").format(text=typed, names=", ".join(close))
        self._nothing.setText(words)
        self._nothing.setGeometry(popup.viewport().rect().adjusted(14, 0, -14, 0))

    def close_popup(self) -> None:
        """Put the list away."""
        if self.popup is not None:
            self.popup.hide()

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._model.actions):
            action = self._model.actions[row]
            self.close_popup()
            self.clear()
            self.chosen.emit(action)

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        popup = self.popup if self.popup is not None and self.popup.isVisible() else None
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: LINES, Qt.Key.Key_PageUp: -LINES}
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and (popup or self.text()):
            self.close_popup()
            self.clear()
        elif key == Qt.Key.Key_Down and popup is None:
            self._search(self.text())
        elif popup and key in steps:
            row = popup.currentIndex().row() + steps[key]
            popup.setCurrentIndex(self._model.index(min(max(row, 0), len(self._model.actions) - 1)))
        elif popup and key in _ENTER:
            self._choose(popup.currentIndex().row())
        else:
            super().keyPressEvent(event)

    @guarded(False)
    def event(self, event: QEvent) -> bool:
        """While something is searched for, Ctrl+Enter is about what was found, not about the draft of before."""
        override = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if override and event.key() in _ENTER and (self.text() or self.results):  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().event(event)

    @guarded()
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    @guarded()
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self.close_popup()

    @guarded()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._search(self.text())

    @guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A press anywhere else closes the list, also where nothing takes the focus."""
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget):
            mine = watched is self or (
                self.popup is not None and (watched is self.popup or self.popup.isAncestorOf(watched))
            )
            if not mine:
                self.close_popup()
        return False

    @guarded()
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        hint = self._keys.sizeHint()
        self._keys.setGeometry(
            self.width() - hint.width() - 12, (self.height() - hint.height()) // 2, hint.width(), hint.height()
        )
        words = QFontMetrics(self.font()).horizontalAdvance(self.placeholderText())
        self._keys.setVisible(self.width() > words + hint.width() + 48)
