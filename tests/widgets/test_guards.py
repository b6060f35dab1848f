"""Every override of a Qt virtual in `explorer.widgets` is guarded, survives a fault and answers in Qt's type."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLayoutItem, QWidget
from PySide6.support.signature import get_signature  # type: ignore[import-untyped]
from pytestqt.qtbot import QtBot

import explorer.widgets
from explorer.widgets.app import App
from explorer.widgets.settings import Settings
from explorer.widgets.stage.heatmap_view import HeatmapView
from explorer.widgets.stage.timeline_slider import TimelineSlider

# Methods of Qt that are no virtuals: Qt never calls them by itself, so what they raise goes to their caller.
PLAIN = {"text", "clear", "show", "setText", "actions", "value", "setValue", "start", "stop", "column", "row"}


def classes() -> list[type]:
    """Every class of ours that stands on one of Qt's."""
    found: dict[type, None] = {}
    for info in pkgutil.walk_packages(explorer.widgets.__path__, "explorer.widgets."):
        module = importlib.import_module(info.name)
        for thing in vars(module).values():
            if inspect.isclass(thing) and thing.__module__ == module.__name__ and qt_bases(thing):
                found[thing] = None
    return list(found)


def qt_bases(cls: type) -> list[type]:
    return [base for base in cls.__mro__ if base.__module__.startswith(("PySide6.", "shiboken6"))]


def overrides(cls: type) -> Iterator[tuple[str, Callable[..., Any], Any]]:
    """Names that `cls` defines over one of Qt's, with what it defines and what Qt has there."""
    for name, thing in vars(cls).items():
        if name.startswith("__") or name in PLAIN or not inspect.isfunction(thing):
            continue
        for base in qt_bases(cls):
            if name in vars(base):
                yield name, thing, vars(base)[name]
                break


FOUND = [(cls, name, ours, theirs) for cls in classes() for name, ours, theirs in overrides(cls)]
IDS = [f"{cls.__module__.removeprefix('explorer.widgets.')}.{cls.__name__}.{name}" for cls, name, _, _ in FOUND]


def returned(theirs: Any) -> set[Any]:
    """The types that Qt expects from a method, from its signatures."""
    signatures = get_signature(theirs)
    many = signatures if isinstance(signatures, list) else [signatures]
    return {signature.return_annotation for signature in many}


def fits(value: object, annotations: set[Any]) -> bool:
    for annotation in annotations:
        if annotation in (inspect.Signature.empty, object, Any):
            return True
        if annotation is None or annotation is type(None):
            if value is None:
                return True
        elif inspect.isclass(annotation):
            if value is None and issubclass(annotation, (QObject, QLayoutItem)):
                return True  # a null pointer
            if isinstance(value, annotation) and (annotation is not int or not isinstance(value, bool)):
                return True
        else:  # Optional, list[...] and the like: the guard's default for them is read by eye
            return True
    return not annotations


def test_there_is_something_to_guard() -> None:
    assert len(FOUND) >= 20
    assert any(name == "paintEvent" for _, name, _, _ in FOUND)


@pytest.mark.parametrize(("cls", "name", "ours", "theirs"), FOUND, ids=IDS)
def test_it_is_guarded(cls: type, name: str, ours: Callable[..., Any], theirs: Any) -> None:
    assert ours.__dict__.get("guarded"), f"{cls.__name__}.{name} overrides Qt's and lacks @guarded"


@pytest.mark.parametrize(("cls", "name", "ours", "theirs"), FOUND, ids=IDS)
def test_it_survives_a_fault(
    qapp: QApplication, faults: list[BaseException], cls: type, name: str, ours: Callable[..., Any], theirs: Any
) -> None:
    def raises(*_: object, **__: object) -> None:
        raise ZeroDivisionError(name)

    assert ours.__dict__.get("guarded")
    cell = inside(ours)
    real = cell.cell_contents
    cell.cell_contents = raises
    try:
        value = ours(None)  # the guard itself asks nothing of the instance
    finally:
        cell.cell_contents = real
    assert [str(fault) for fault in faults[:1]] == [name]
    needs_self = len(faults) > 1  # a default that is asked of the instance cannot be had without one
    faults.clear()
    if not needs_self:
        assert fits(value, returned(theirs)), f"{value!r} is none of {returned(theirs)}"


def test_the_window_survives_when_each_override_fails_once(
    qtbot: QtBot, faults: list[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the living window, with Qt calling: every override raises the first time it is called, and works after."""
    failed: set[str] = set()
    cells = [(inside(ours), f"{cls.__name__}.{name}") for cls, name, ours, _ in FOUND if ours.__dict__.get("guarded")]
    real = [cell.cell_contents for cell, _ in cells]
    for (cell, label), method in zip(cells, real, strict=True):
        cell.cell_contents = failing_once(method, label, failed)
    app = App(Settings())
    try:
        use(qtbot, app.window)
        assert "HeatmapView.paintEvent" in failed
        assert "TimelineSlider.paintEvent" in failed
        assert len(failed) >= 15, sorted(failed)
        assert sorted(str(fault) for fault in faults) == sorted(failed)
        faults.clear()
        for (cell, _), method in zip(cells, real, strict=True):
            cell.cell_contents = method
        use(qtbot, app.window)
        assert not faults
    finally:
        for (cell, _), method in zip(cells, real, strict=True):
            cell.cell_contents = method
        app.end()


def inside(guard: Callable[..., Any]) -> Any:
    """The cell in which a guard keeps the method that it guards."""
    return dict(zip(guard.__code__.co_freevars, guard.__closure__ or (), strict=True))["method"]


def failing_once(method: Callable[..., Any], label: str, failed: set[str]) -> Callable[..., Any]:
    def faulty(*args: Any, **kwargs: Any) -> Any:
        if label not in failed:
            failed.add(label)
            raise ZeroDivisionError(label)
        return method(*args, **kwargs)

    return faulty


def use(qtbot: QtBot, window: QWidget) -> None:
    """Show, draw, resize, move over, press and type, as Qt would have it."""
    window.resize(1100, 700)
    window.show()
    for child in [window, *window.findChildren(QWidget)]:
        child.sizeHint()
        child.minimumSizeHint()
        if child.isVisible():
            middle = child.rect().center()
            qtbot.mouseMove(child, middle)
            child.setFocus()
            if isinstance(child, (TimelineSlider, HeatmapView, QAbstractItemView)):
                qtbot.keyClick(child, Qt.Key.Key_Home)
                qtbot.mouseClick(child, Qt.MouseButton.LeftButton, pos=middle)
    window.resize(1280, 800)
    assert not window.grab().isNull()
    window.hide()
