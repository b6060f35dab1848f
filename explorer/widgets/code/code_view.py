"""The code: every step of the workspace as a line of PyTorch, the newest one bold."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
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
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from explorer.widgets.faults.guard import guarded
from explorer.widgets.look import looks, theme

LINES = 3
LONG = 2000  # characters

# On the band, which is dark in both themes: at least 4.5:1 on it.
COLOURS = {"string": "#A5D6A7", "comment": "#9AA4AF", "number": "#E3C58F", "word": "#9CC4E8"}
TOKENS = re.compile(
    r"(?P<comment>#.*$)|(?P<string>'[^']*'|\"[^\"]*\")|(?P<word>\b(?:import|as|from|True|False|None|torch|np)\b)"
    r"|(?P<number>(?<![\w.])-?\d[\d_]*\.?\d*(?:e[+-]?\d+)?j?)"
)


class _Highlighter(QSyntaxHighlighter):
    """Colours words of Python; the lines from `newest` on are bold."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.newest = 0

    @guarded()
    def highlightBlock(self, text: str) -> None:  # noqa: N802 - Qt calls it
        bold = self.currentBlock().blockNumber() >= self.newest
        base = QTextCharFormat()
        base.setFontWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
        if bold:
            base.setForeground(theme.current().code_strong)
        self.setFormat(0, len(text), base)
        for match in TOKENS.finditer(text):
            kind = match.lastgroup or ""
            coloured = QTextCharFormat(base)
            coloured.setForeground(QColor(COLOURS[kind]))
            self.setFormat(match.start(), match.end() - match.start(), coloured)


def _short(line: str) -> str:
    """A statement as it is shown: of long values the beginning and the end, as laying out all takes a while."""
    return line if len(line) <= LONG else f"{line[: LONG // 2]} … {line[-LONG // 4 :]}"


class CodeView(QFrame):
    """Shows the program; `copy_requested` asks for the whole of it, runnable, on the clipboard."""

    copy_requested = Signal()
    step_requested = Signal(object)  # the number of the statement that is to be staged again

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("code_view")
        self.setAccessibleName(self.tr("Code"))
        theme.role(self, "code")
        self._lines: tuple[str, ...] = ()
        self._shown = LINES
        self._text = QPlainTextEdit()
        self._text.setObjectName("code_lines")
        self._text.setAccessibleName(self.tr("The program, line by line"))
        self._text.setReadOnly(True)
        self._text.setFont(looks.mono(self.font(), 1.05))
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._text.setTabChangesFocus(True)
        self._text.setToolTip(self.tr("Double-click a line, or press Enter on it, to replay and change that step"))
        self._text.viewport().installEventFilter(self)
        self._text.installEventFilter(self)
        self._text.document().setDocumentMargin(0)
        # a bar would cover the newest line; the arrows and a drag still scroll
        self._text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._highlighter = _Highlighter(self._text.document())
        self._copy = QPushButton(self.tr("Copy"))
        self._copy.setObjectName("code_copy")
        self._copy.setToolTip(self.tr("Copy the whole program; it runs in plain Python with torch"))
        self._copy.clicked.connect(self._press)
        self._heading = theme.role(QLabel(self.tr("CODE")), "heading")
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addWidget(self._heading)
        left.addWidget(self._text)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 8, 16, 8)
        row.setSpacing(16)
        row.addLayout(left, 1)
        row.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_compact(False)

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

    def set_compact(self, compact: bool) -> None:
        """The newest line alone, for low windows."""
        self._shown = 1 if compact else LINES
        self._heading.setVisible(not compact)
        bars = Qt.ScrollBarPolicy
        self._text.setVerticalScrollBarPolicy(bars.ScrollBarAlwaysOff if compact else bars.ScrollBarAsNeeded)
        self._text.setFixedHeight(self._text.fontMetrics().lineSpacing() * self._shown + 9)
        self.updateGeometry()
        self._show_newest()

    def _show_newest(self) -> None:
        self._text.moveCursor(QTextCursor.MoveOperation.End)
        self._text.moveCursor(QTextCursor.MoveOperation.StartOfLine)
        self._text.verticalScrollBar().setValue(max(0, self._text.blockCount() - self._shown))  # its unit is a line

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

    @guarded(QSize(400, 90))
    def sizeHint(self) -> QSize:
        height = self._text.height() + 16
        if self._shown > 1:
            height += self._heading.sizeHint().height() + 4
        return QSize(400, max(height, self._copy.sizeHint().height() + 16))
