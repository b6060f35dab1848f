"""The bar that says what went wrong, or what happened: our sentence, what would be taken instead, and torch's own words
where they are wanted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from explorer.errors import ExplorerError
from explorer.messages import Message
from explorer.ops.reasons import UNEXPLAINED
from explorer.session.notice import Action, Notice
from explorer.widgets.look import icons, theme
from explorer.widgets.look.literal import literal
from explorer.widgets.look.sentence import Sentence
from explorer.widgets.message.repair_row import RepairRow
from explorer.widgets.speech.announce import alert, announce
from explorer.widgets.speech.sentences import say

if TYPE_CHECKING:
    from explorer.session.repairs import Repair

_LINES = 6  # of torch's words; the copy has them all


class MessageBar(QFrame):
    """Hidden while there is nothing to say. A new message replaces the old one; `closed` comes when it is put away."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._detail = self._unsaid = ""
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
        self.repairs = RepairRow()
        self._fold = QToolButton()
        self._fold.setObjectName("message_fold")
        self._fold.setText("torch …")
        self._fold.setAccessibleName(self.tr("The words of torch"))
        self._fold.setToolTip(self._fold.accessibleName())
        self._fold.setCheckable(True)
        self._fold.toggled.connect(self._unfold)
        self._copy = _tool("message_copy", "copy", self.tr("Copy this message"))
        self._copy.clicked.connect(self._copy_text)
        close = _tool("message_close", "close", self.tr("Close this message"))
        close.clicked.connect(self._close)
        first = QHBoxLayout()
        first.setSpacing(6)
        first.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        first.addWidget(self._sentence, 1)
        for widget in (self._action, self._copy, close):
            first.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        second = QHBoxLayout()
        second.setContentsMargins(0, 0, 0, 0)
        second.addWidget(self.repairs, 1)
        second.addStretch(0)
        second.addWidget(self._fold)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 5, 8, 5)
        layout.setSpacing(2)
        layout.addLayout(first)
        layout.addLayout(second)
        layout.addWidget(self._verbatim)
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
        self.show_notice(Notice("error", error.message, error.detail, about, action))

    def show_warning(
        self, message: Message, detail: str = "", action: Action | None = None, about: object = None
    ) -> None:
        """Say what was done but deserves a second look; `detail` is torch's own warning, verbatim."""
        self.show_notice(Notice("warning", message, detail, about, action))

    def show_note(self, message: Message, action: Action | None = None, about: object = None) -> None:
        """Say what happened, or what could come next."""
        self.show_notice(Notice("info", message, "", about, action))

    def show_refusal(self, error: ExplorerError, about: object) -> None:
        """Why a draft is refused, torch's words folded; aloud once it is known whether there are repairs."""
        notice = Notice("error", error.message, error.detail, about)
        self._show(notice, folded=error.message.template not in UNEXPLAINED)

    def show_repairs(self, repairs: Sequence[Repair]) -> None:
        """What would be taken instead of what was refused; read aloud, with the refusal if that was not yet."""
        if tuple(repairs) == self.repairs.offered and not self._unsaid:
            return
        self.repairs.show_repairs(repairs)
        said, self._unsaid = self._unsaid, ""
        alert(self, " ".join(part for part in (said, self.repairs.spoken) if part))

    def show_notice(self, notice: Notice) -> None:
        """Say it, aloud as well."""
        self._show(notice, folded=False)
        (alert if notice.kind == "error" else announce)(self, self.text)

    def _show(self, notice: Notice, folded: bool) -> None:
        self.notice, self._detail = notice, notice.detail.strip()
        lines = self._detail.splitlines()
        if len(lines) > _LINES:
            lines = [*lines[:_LINES], "…"]
        self._sentence.setText(say(notice.message))
        self._verbatim.setText("\n".join(lines))
        self.repairs.show_repairs(())
        self._unsaid = self._sentence.text() if folded else ""
        self._fold.setVisible(folded and bool(lines))
        self._fold.setChecked(False)
        self._verbatim.setVisible(bool(lines) and not folded)
        self._copy.setVisible(notice.kind != "info")
        self._action.setVisible(notice.action is not None)
        if notice.action is not None:
            self._action.setText(literal(say(notice.action[0])))
        icons.dress(self._picture, notice.kind, notice.kind if notice.kind != "info" else "muted")
        self.setAccessibleName(self.text)
        if self.property("kind") != notice.kind:
            self.setProperty("kind", notice.kind)
            self.style().unpolish(self)
            self.style().polish(self)
        self.show()

    def clear(self) -> None:
        """Nothing to say any more."""
        self._sentence.clear()
        self._verbatim.clear()
        self._detail, self.notice = "", None
        self.setAccessibleName("")
        self.repairs.show_repairs(())
        self.hide()

    def _unfold(self, on: bool) -> None:
        self._verbatim.setVisible(on)

    def _do(self) -> None:
        action = self.notice.action if self.notice is not None else None
        self.clear()
        if action is not None:
            action[1](self.window())

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
