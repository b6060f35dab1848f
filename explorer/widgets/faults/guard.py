"""The guard around every override of a Qt virtual.

An exception that leaves a virtual surfaces far from its cause, and one that leaves a painter open ends the process with
a segmentation fault. So each override catches everything, reports it once, closes what it opened and returns a value
of the type that Qt expects.
"""

from collections.abc import Callable
from functools import wraps
from inspect import isfunction, ismethod
from traceback import walk_tb
from typing import Any, ParamSpec, TypeVar, cast

from PySide6.QtGui import QPainter
from shiboken6 import isValid

from explorer.widgets.faults import crash

P = ParamSpec("P")
R = TypeVar("R")


def guarded(default: object = None) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Guard an override: what it raises is reported, and `default` (or `default(self)` for a function) is returned.

    `default` has the type that Qt expects: None for events, False for `event`, a QSize for `sizeHint`, and so on.
    """

    def decorate(method: Callable[P, R]) -> Callable[P, R]:
        @wraps(method)
        def guard(*args: P.args, **kwargs: P.kwargs) -> R:
            lent = [a for a in args if isinstance(a, QPainter)]
            for painter in lent:
                painter.save()
            try:
                return method(*args, **kwargs)
            except BaseException as error:  # noqa: BLE001 - nothing at all may reach Qt
                _end_painters(error, lent)
                crash.report(error)
                return cast(R, _default(default, args))
            finally:
                for painter in lent:
                    if painter.isActive():
                        painter.restore()

        guard.__dict__["guarded"] = True
        return guard

    return decorate


def _default(default: object, args: tuple[Any, ...]) -> object:
    if not (isfunction(default) or ismethod(default)):
        return default
    try:
        return default(args[0])
    except Exception as error:  # noqa: BLE001 - as above
        crash.report(error)
        return None


def _end_painters(error: BaseException, lent: list[QPainter]) -> None:
    """End the painters that the failed frames opened; one that Qt lent goes back to Qt open."""
    for frame, _ in walk_tb(error.__traceback__):
        for value in list(frame.f_locals.values()):
            if (
                isinstance(value, QPainter)
                and not any(value is p for p in lent)
                and isValid(value)
                and value.isActive()
            ):
                value.end()
