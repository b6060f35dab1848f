"""The words of the window in both languages: menus, the form of every operation, tooltips, accessible names."""

from PySide6.QtCore import QObject, QSettings
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QMenu, QWidget

from explorer.ops import OPERATIONS
from explorer.widgets.app import App, dressed
from explorer.widgets.settings import Settings
from explorer.widgets.snapshot import await_, settle


def recorded() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for language in ("en", "zh_CN"):
        settings = Settings(QSettings("", QSettings.Format.IniFormat))
        dressed(settings, language, "light")
        running = App(settings)
        window, session = running.window, running.session
        window.resize(1280, 800)
        window.show()
        await_(session.start, lambda window=window: window.stage.staged is not None)
        for menu in window.menuBar().findChildren(QMenu):
            menu.aboutToShow.emit()
            found[f"{language}: menu {menu.title()}"] = actions(menu)
        settle()
        found[f"{language}: window"] = sorted(words(window))
        for name, op in OPERATIONS.items():
            if op.family != "creation":
                session.choose_operation(name)
                await_(lambda: None, lambda session=session: session.idle and not session.busy)
                found[f"{language}: form of {name}"] = sorted(words(window.draft_bar))
        running.end()
        QApplication.processEvents()
    dressed(Settings(), "en", "light")
    return found


def actions(menu: QMenu) -> list[str]:
    return [spoken(action) for action in menu.actions() if not action.isSeparator()]


def spoken(action: QAction) -> str:
    keys = ", ".join(key.toString() for key in action.shortcuts())
    return f"{action.objectName()} | {action.text()} | {keys} | {action.toolTip()} | {action.statusTip()}"


def words(root: QWidget) -> list[str]:
    """What each widget below `root` that is seen says."""
    lines = []
    for widget in [root, *root.findChildren(QWidget)]:
        if widget.isVisibleTo(root):
            said = (text(widget), widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
            if any(said):
                lines.append(f"{type(widget).__name__}#{widget.objectName()} | {' | '.join(said)}")
    return lines


def text(thing: QObject) -> str:
    match thing:
        case QLabel() | QAbstractButton():
            return thing.text()
        case QLineEdit():
            return f"{thing.text()} ({thing.placeholderText()})"
        case QComboBox():
            return ", ".join(thing.itemText(k) for k in range(thing.count()))
    return ""
