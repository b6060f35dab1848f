"""Where the window stands on the screen when the program starts."""

from PySide6.QtCore import QByteArray, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

FIRST = QSize(1280, 800)  # at the first start, in pixels
LEAST = 100  # pixels of the window in each direction that must be on a screen, to be grasped


def place(window: QWidget, kept: QByteArray) -> None:
    """Put the window where `kept` (of QWidget.saveGeometry) says; where nobody would find it there, at the default.

    The full screen is not kept: it belongs to the projector view, in which the program does not start.
    """
    room = window.screen().availableGeometry()
    size = FIRST.boundedTo(room.size())
    window.resize(size)
    if kept.isEmpty():
        return
    restored = window.restoreGeometry(kept)
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowFullScreen)
    if restored and not _reachable(window.normalGeometry()):
        window.setWindowState(Qt.WindowState.WindowNoState)
        window.setGeometry(QRect(room.topLeft(), size))


def _reachable(frame: QRect) -> bool:
    seen = [screen.availableGeometry().intersected(frame) for screen in QGuiApplication.screens()]
    return any(part.width() >= LEAST and part.height() >= LEAST for part in seen)
