"""A button that reads like code."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from explorer.widgets.faults.guard import guarded
from explorer.widgets.look import looks, theme
from explorer.widgets.look.literal import literal

PAD = 22  # pixels of a button beside its text


class CodeButton(QPushButton):
    """A button with code on it, shortened in its middle where it is narrow."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAutoDefault(False)
        self.setFont(looks.mono(self.font()))
        theme.role(self, "op")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._code = ""

    def show_code(self, code: str, tip: str) -> None:
        """Show `code`; `tip` on hover."""
        self._code = code
        self.setToolTip(tip)
        self.setAccessibleName(code)
        self._fit()

    def _fit(self) -> None:
        room = max(self.width() - PAD, 60)
        text = QFontMetrics(looks.mono(self.font())).elidedText(self._code, Qt.TextElideMode.ElideMiddle, room)
        self.setText(literal(text))

    @guarded(QSize(60, 26))
    def minimumSizeHint(self) -> QSize:
        return QSize(60, super().minimumSizeHint().height())

    @guarded()
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
