"""Dialogs of the window: what was opened and closed again leaves nothing behind."""

from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog


def opened_and_closed(user: Any, action: str) -> int:
    """How many widgets there are after a dialog was open."""
    user.window.findChild(QAction, action).trigger()
    user.settled()
    (dialog,) = [d for d in user.window.findChildren(QDialog) if d.isVisible()]
    dialog.reject()
    del dialog
    user.settled()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return len(QApplication.allWidgets())


@pytest.mark.parametrize(
    "action",
    ["action_new", "action_open", "action_save_tensor", "action_dtypes", "action_keys", "action_about"],
)
def test_a_closed_dialog_leaves_nothing_behind(user: Any, action: str) -> None:
    once = opened_and_closed(user, action)
    assert opened_and_closed(user, action) == once
