"""The bar that says what went wrong, or what happened: our sentence, and torch's own words below it."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from explorer.errors import ExplorerError
from explorer.messages import Message
from explorer.session.notice import Notice
from explorer.widgets.look import icons, theme
from explorer.widgets.look.literal import literal
from explorer.widgets.look.sentence import Sentence
from explorer.widgets.speech.announce import alert, announce
from explorer.widgets.speech.sentences import say

Action = tuple[str, Callable[[], object]]
_LINES = 6  # of torch's words; the copy has them all


class MessageBar(QFrame):
    """Hidden while there is nothing to say. A new message replaces the old one; `closed` comes when it is put away."""

    closed = Signal()
    said = Signal()  # there is something to say now, or nothing any more

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._detail = ""
        self._act: Callable[[], object] | None = None
        self.notice: Notice | None = None
        self.setObjectName("message_bar")
        self._picture = QToolButton()
        self._picture.setObjectName("message_icon")
        self._picture.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._picture.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._picture.setIconSize(QSize(20, 20))
        self._sentence = _words("message_text")
        theme.role(self._sentence, "strong")
        self._verbatim = _words("message_detail")
        theme.role(self._verbatim, "verbatim")
        self._action = QPushButton()
        self._action.setObjectName("message_action")
        self._action.clicked.connect(self._do)
        self._copy = _tool("message_copy", "copy", self.tr("Copy this message"))
        self._copy.clicked.connect(self._copy_text)
        close = _tool("message_close", "close", self.tr("Close this message"))
        close.clicked.connect(self._close)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(self._sentence)
        column.addWidget(self._verbatim)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 7, 8, 7)
        layout.setSpacing(6)
        layout.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(column, 1)
        for widget in (self._action, self._copy, close):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    @property
    def text(self) -> str:
        """All that the bar says, and torch's words in full; "" when there is nothing."""
        return "\n".join(part for part in (self._sentence.text(), self._detail) if part)

    @property
    def about(self) -> object:
        """What its message speaks of."""
        return self.notice.about if self.notice is not None else None

    def show_error(self, error: ExplorerError, action: Action | None = None, about: object = None) -> None:
        """Say what was refused and why."""
        self.show_notice(Notice("error", error.message, error.detail, about), action)

    def show_warning(
        self, message: Message, detail: str = "", action: Action | None = None, about: object = None
    ) -> None:
        """Say what was done but deserves a second look; `detail` is torch's own warning, verbatim."""
        self.show_notice(Notice("warning", message, detail, about), action)

    def show_note(self, message: Message, action: Action | None = None, about: object = None) -> None:
        """Say what happened, or what could come next."""
        self.show_notice(Notice("info", message, "", about), action)

    def show_notice(self, notice: Notice, action: Action | None = None) -> None:
        """Say it, aloud as well. `action`: the text of a button that helps, and what it does."""
        self.notice, self._detail = notice, notice.detail.strip()
        lines = self._detail.splitlines()
        if len(lines) > _LINES:
            lines = [*lines[:_LINES], "…"]
        self._sentence.setText(say(notice.message))
        self._verbatim.setText("\n".join(lines))
        self._verbatim.setVisible(bool(lines))
        self._copy.setVisible(notice.kind != "info")
        self._action.setVisible(action is not None)
        self._act = None
        if action is not None:
            self._action.setText(literal(action[0]))
            self._act = action[1]
        icons.dress(self._picture, notice.kind, notice.kind if notice.kind != "info" else "muted")
        self.setAccessibleName(self.text)
        if self.property("kind") != notice.kind:
            self.setProperty("kind", notice.kind)
            self.style().unpolish(self)
            self.style().polish(self)
        self.said.emit()  # first, so that room is made: a window that has too little grows, and stays so
        self.show()
        (alert if notice.kind == "error" else announce)(self, self.text)

    def clear(self) -> None:
        """Nothing to say any more."""
        self._sentence.clear()
        self._verbatim.clear()
        self._detail, self._act, self.notice = "", None, None
        self.setAccessibleName("")
        self.hide()
        self.said.emit()

    def _do(self) -> None:
        act = self._act
        self.clear()
        if act is not None:
            act()

    def _copy_text(self) -> None:
        QGuiApplication.clipboard().setText(self.text)

    def _close(self) -> None:
        self.clear()
        self.closed.emit()


def _words(name: str) -> Sentence:
    label = Sentence()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)  # torch's words may look like markup
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label


def _tool(name: str, icon: str, words: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setIconSize(QSize(18, 18))
    button.setAccessibleName(words)
    button.setToolTip(words)
    icons.dress(button, icon)
    return button
