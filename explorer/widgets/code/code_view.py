"""The code: every step of the workspace as a line of PyTorch, the newest one bold."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from explorer.widgets.faults.guard import guarded
from explorer.widgets.look import icons, looks, theme

HEIGHT, HEAD = 32, 196  # pixels while it is folded; of its button
LINES = 8  # in view when it is not
LONG = 2000  # characters


class _Highlighter(QSyntaxHighlighter):
    """The lines from `newest` on are bold. Colours are for axes and values; code has none."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.newest = 0

    @guarded()
    def highlightBlock(self, text: str) -> None:  # noqa: N802 - Qt calls it
        bold = QTextCharFormat()
        if self.currentBlock().blockNumber() >= self.newest:
            bold.setFontWeight(QFont.Weight.Bold)
        self.setFormat(0, len(text), bold)


def _short(line: str) -> str:
    """A statement as it is shown: of long values the beginning and the end, as laying out all takes a while."""
    return line if len(line) <= LONG else f"{line[: LONG // 2]} … {line[-LONG // 4 :]}"


class CodeView(QFrame):
    """Shows the program: its newest statement, or unfolded many of them.

    `copy_requested` asks for the whole of it, runnable, on the clipboard.
    """

    copy_requested = Signal()
    step_requested = Signal(object)  # the number of the statement that is to be staged again

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("code_view")
        self.setAccessibleName(self.tr("Code"))
        theme.role(self, "chrome")
        self._lines: tuple[str, ...] = ()
        self._text = self._make_text()
        self._highlighter = _Highlighter(self._text.document())
        self._fold = QPushButton(self.tr("Code"))
        self._fold.setObjectName("code_fold")
        self._fold.setCheckable(True)
        self._fold.setFixedWidth(HEAD)
        theme.role(self._fold, "fold")
        self._fold.toggled.connect(self._unfold)
        self._copy = QToolButton()
        self._copy.setObjectName("code_copy")
        self._copy.setIconSize(QSize(18, 18))
        self._copy.setFixedSize(HEIGHT - 4, HEIGHT - 4)
        self._copy.setAccessibleName(self.tr("Copy the whole program; it runs in plain Python with torch"))
        self._copy.setToolTip(self._copy.accessibleName())
        icons.dress(self._copy, "copy")
        self._copy.clicked.connect(self._press)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 1, 14, 0)
        row.setSpacing(12)
        row.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._unfold(False)

    def _make_text(self) -> QPlainTextEdit:
        text = QPlainTextEdit()
        text.setObjectName("code_lines")
        text.setAccessibleName(self.tr("The program, line by line"))
        text.setReadOnly(True)
        text.setFont(looks.mono(self.font()))
        text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        text.setTabChangesFocus(True)
        text.setToolTip(self.tr("Double-click a line, or press Enter on it, to replay and change that step"))
        text.viewport().installEventFilter(self)
        text.installEventFilter(self)
        text.document().setDocumentMargin(0)
        # a bar would cover the newest line; the arrows and a drag still scroll
        text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return text

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines that are shown."""
        return self._lines

    def show_lines(self, lines: Sequence[str]) -> None:
        """Show the statements of the program in order, the last one bold and in view; one may span several lines."""
        if tuple(lines) == self._lines:
            return
        self._lines = tuple(lines)
        shown = [_short(line) for line in self._lines]
        self._highlighter.newest = sum(line.count("\n") + 1 for line in shown[:-1])
        self._text.setPlainText("\n".join(shown))
        self._show_newest()
        self._copy.setEnabled(bool(self._lines))

    @property
    def folded(self) -> bool:
        """Whether the newest statement is shown alone."""
        return not self._fold.isChecked()

    def _unfold(self, on: bool) -> None:
        icons.dress(self._fold, "chevron_down" if on else "chevron_up", "muted")
        said = self.tr("Show the newest line alone") if on else self.tr("Show the program")
        self._fold.setToolTip(said)
        self._fold.setAccessibleDescription(said)
        bars = Qt.ScrollBarPolicy
        self._text.setVerticalScrollBarPolicy(bars.ScrollBarAsNeeded if on else bars.ScrollBarAlwaysOff)
        line = self._text.fontMetrics().lineSpacing()
        self._text.setFixedHeight(line * LINES + 9 if on else HEIGHT - 2)
        self._text.document().setDocumentMargin(0)
        self._text.setViewportMargins(0, 0 if on else (HEIGHT - 8 - line) // 2, 0, 0)
        self.setFixedHeight(line * LINES + 14 if on else HEIGHT)
        self._show_newest()

    def _show_newest(self) -> None:
        """The newest statement, or while it is folded its first line."""
        text, first = self._text, self._highlighter.newest if self.folded else self._text.blockCount() - 1
        text.setTextCursor(QTextCursor(text.document().findBlockByNumber(max(first, 0))))
        top = first if self.folded else text.blockCount() - LINES
        text.verticalScrollBar().setValue(max(0, top))  # its unit is a line

    @guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonDblClick and isinstance(event, QMouseEvent):
            self._ask(self._text.cursorForPosition(event.position().toPoint()).blockNumber())
            return True
        pressed = event.type() == QEvent.Type.KeyPress and watched is self._text
        enter = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if pressed and isinstance(event, QKeyEvent) and event.key() in enter:
            self._ask(self._text.textCursor().blockNumber())
            return True
        return False

    def _ask(self, block: int) -> None:
        """Ask for the statement that the text's line belongs to."""
        for number, line in enumerate(self._lines):
            block -= line.count("\n") + 1
            if block < 0:
                self.step_requested.emit(number)
                return

    def _press(self) -> None:
        self.copy_requested.emit()

    @guarded()
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_newest()
