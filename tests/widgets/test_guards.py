"""Every override of a Qt virtual in `explorer.widgets` is guarded, survives a fault and answers in Qt's type."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLayoutItem
from PySide6.support.signature import get_signature  # type: ignore[import-untyped]

import explorer.widgets

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

    cell = dict(zip(ours.__code__.co_freevars, ours.__closure__ or (), strict=True))["method"]
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
