"""The dialog that says that something went wrong inside, with a report to copy."""

import platform
import sys
from dataclasses import dataclass

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from explorer.widgets.faults import log


@dataclass(frozen=True)
class Fault:
    """One kind of fault: what was raised and where; `count` is how often it came."""

    title: str
    text: str
    count: int = 1


class CrashDialog(QDialog):
    """Not modal: the work goes on beside it. One dialog gathers all faults, each once with its count."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._faults: dict[str, Fault] = {}
        self.setObjectName("crash_report")
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)  # it must not outlive the window
        self.setWindowTitle(self.tr("Tensor Explorer: a fault inside"))
        words = QLabel(
            self.tr(
                "Something went wrong inside Tensor Explorer. Your tensors are unchanged and you can go on; undo still "
                "works. Nothing was sent anywhere. The report below helps to mend it."
            )
        )
        words.setWordWrap(True)
        self._place = QLabel(self.tr("It is also in {file}").format(file=log.path()))
        self._place.setWordWrap(True)
        self._text = QPlainTextEdit()
        self._text.setObjectName("crash_text")
        self._text.setAccessibleName(self.tr("Report"))
        self._text.setReadOnly(True)
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton(self.tr("Copy report"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.setObjectName("crash_copy")
        copy.clicked.connect(self._copy)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        for widget in (words, self._text, self._place, buttons):
            layout.addWidget(widget)
        self.resize(640, 420)

    @property
    def report(self) -> str:
        """The text that Copy gives."""
        return self._text.toPlainText()

    def show_fault(self, fault: Fault) -> None:
        """Add `fault`; one that came before only counts up, and does not open a closed dialog again."""
        new = fault.text not in self._faults
        self._faults[fault.text] = fault
        self._place.setVisible(log.path().exists())
        parts = [f"{f.title}  x {f.count}\n{f.text}" if f.count > 1 else f.text for f in self._faults.values()]
        self._text.setPlainText("\n".join([circumstances(), "", *parts]))
        if new:
            # it must not outlive the window; but where that is gone already, closing the report ends the program
            shown = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not self]
            self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, not shown)
            self.show()
            self.raise_()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report)


def circumstances() -> str:
    """Versions, for the head of a report: nothing about the user and none of their data."""
    torch = sys.modules.get("torch")  # never imported for this
    return (
        f"Python {platform.python_version()}, Qt {qVersion()}, torch {getattr(torch, '__version__', 'not loaded')}, "
        f"{platform.platform()}"
    )
