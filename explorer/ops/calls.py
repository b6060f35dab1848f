"""An entry as a call of torch, and the same call in writing."""

import operator
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TextIO

from explorer.ops.parameters import At, Parameter, key_text, literal
from explorer.ops.schema import Arguments, Family, Form, Op, given

OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": operator.pow,
    "@": operator.matmul,
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    "==": operator.eq,
    "!=": operator.ne,
}


def run(op: Op, operands: Sequence[Any], arguments: Arguments) -> Any:
    """Call torch; a tensor, or a plain tuple of tensors. Raises OpError with torch's words where it refuses, RoomError
    before where the memory for it is not free."""
    from explorer.ops.room import make_room

    make_room(op, operands, arguments)
    try:
        result = invoke(op, operands, arguments)
        of_tensors(result)
        together(operands)
    except Exception as refusal:
        from explorer.ops.diagnosis import refused

        raise refused(op, operands, arguments, refusal) from refusal
    return tuple(result) if isinstance(result, tuple) else result


class _Filters:
    """Python's warning filters are one for all threads: who wants quiet and who records share them."""

    def __init__(self) -> None:
        self._lock, self.recorders = threading.Lock(), threading.Lock()
        self._quiet = 0
        self._caught: list[warnings.WarningMessage] | None = None
        self._kept: warnings.catch_warnings[None] | None = None

    def change(self, quiet: int = 0, caught: list[warnings.WarningMessage] | None = None) -> None:
        """So many more that want quiet; from now on what is `caught` is recorded."""
        with self._lock:
            self._quiet += quiet
            self._caught = caught if not quiet else self._caught
            if self._kept is None:
                self._kept = warnings.catch_warnings()
                self._kept.__enter__()
                warnings.showwarning = self._show
            warnings.simplefilter("ignore" if self._caught is None else "always")
            if not self._quiet and self._caught is None:
                self._kept.__exit__(None, None, None)
                self._kept = None

    def _show(
        self,
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: TextIO | None = None,
        line: str | None = None,
    ) -> None:
        if self._caught is not None:
            self._caught.append(warnings.WarningMessage(message, category, filename, lineno, file, line))


_filters = _Filters()


@contextmanager
def quiet() -> Iterator[None]:
    """Calls that only ask torch something warn nobody; the real run does."""
    _filters.change(quiet=+1)
    try:
        yield
    finally:
        _filters.change(quiet=-1)


@contextmanager
def recorded() -> Iterator[list[warnings.WarningMessage]]:
    """Every warning of the calls inside, each time it is given, and none of them elsewhere; of what only asks meanwhile
    on another thread too, which takes no harm."""
    caught: list[warnings.WarningMessage] = []
    with _filters.recorders:
        _filters.change(caught=caught)
        try:
            yield caught
        finally:
            _filters.change()


def together(operands: Sequence[Any]) -> None:
    """TypeError where some operands are on meta and others hold cells.

    torch refuses most of these; of a few it makes a result of memory as it is found, which is not to be shown as true.
    """
    held = [x for x in operands if hasattr(x, "is_meta")]
    if any(x.is_meta for x in held) and any(not x.is_meta and x.ndim for x in held):
        raise TypeError("tensors on the meta device have no values to meet those of another device")


def of_tensors(outcome: Any) -> tuple[Any, ...]:
    """The results one by one; TypeError where there is none (two Python numbers give a number)."""
    import torch

    results = (outcome,) if isinstance(outcome, torch.Tensor) else outcome
    if not isinstance(results, tuple) or not all(isinstance(x, torch.Tensor) for x in results):
        raise TypeError(f"the result is no tensor, but {type(outcome).__name__}")
    return results


def invoke(op: Op, operands: Sequence[Any], arguments: Arguments) -> Any:
    """The bare call: whatever torch gives or raises."""
    import torch

    positional, keywords = passed(op, arguments)
    if op.form is Form.PROPERTY:
        return getattr(operands[0], op.function or op.name)
    if op.form in (Form.INDEX, Form.ASSIGNMENT):
        return _indexed(op, operands, keywords["key"])
    if op.form is Form.OPERATOR and not positional and not keywords:
        return OPERATORS[op.symbol](*operands)
    if op.form is Form.METHOD:
        before = tuple(operands[0].shape)
        result = getattr(operands[0], op.function or op.name)(*operands[1:], *positional, **keywords)
        if op.writes and op.family is Family.ELEMENTWISE:
            unresized(before, result)
        return result
    function = operator.attrgetter(op.function or op.name)(torch)
    listed = (list(operands),) if op.arity is None else tuple(operands)
    return function(*listed, *positional, **keywords)


def unresized(before: Sequence[int], result: Any) -> None:
    """RuntimeError where something written in place has another shape than `before`: on the meta device torch resizes
    what it refuses to write to on every other (comparisons in place, torch 2.13)."""
    if tuple(result.shape) != tuple(before):
        raise RuntimeError(f"output with shape {list(before)} doesn't match the broadcast shape {list(result.shape)}")


def passed(op: Op, arguments: Arguments) -> tuple[list[Any], dict[str, Any]]:
    """The arguments by place, and those by name."""
    positional: list[Any] = []
    keywords: dict[str, Any] = {}
    for parameter, value in _in_order(op, arguments):
        if parameter.positional:
            positional.append(value)
        else:
            keywords.update(parameter.passed(value))
    return positional, keywords


def selected(operands: Sequence[Any], key: Sequence[Any]) -> Any:
    """What stands between the brackets, with the operands in their places."""
    parts = tuple(operands[part.operand] if isinstance(part, At) else part for part in key)
    return parts[0] if len(parts) == 1 else parts


def _indexed(op: Op, operands: Sequence[Any], key: Sequence[Any]) -> Any:
    whole = selected(operands, key)
    if op.form is Form.INDEX:
        return operands[0][whole]
    operands[0][whole] = operands[1]
    return operands[0]


def source(op: Op, names: Sequence[str], arguments: Arguments) -> str:
    """The call as a Python expression; a negative number stands in parentheses beside an operator. An assignment is a
    statement."""
    if op.form is Form.PROPERTY:
        return f"{names[0]}.{op.function or op.name}"
    if op.form in (Form.INDEX, Form.ASSIGNMENT):
        taken = f"{names[0]}[{key_text(arguments['key'], names)}]"
        return taken if op.form is Form.INDEX else f"{taken} = {names[1]}"
    written = [parameter.written(value) for parameter, value in _in_order(op, arguments)]
    if op.form is Form.OPERATOR and not written:
        left, right = (f"({n})" if n.startswith("-") else n for n in names)
        return f"{left} {op.symbol} {right}"
    if op.form is Form.METHOD:
        return f"{names[0]}.{op.function or op.name}({', '.join([*names[1:], *written])})"
    listed = [f"[{', '.join(names)}]"] if op.arity is None else list(names)
    return f"torch.{op.function or op.name}({', '.join([*listed, *written])})"


def name_of_number(value: complex) -> str:
    """A Python number as it stands in source."""
    return literal(value)


def _in_order(op: Op, arguments: Arguments) -> list[tuple[Parameter, Any]]:
    values = given(arguments)
    unknown = set(values) - {p.name for p in op.parameters}
    if unknown:
        raise TypeError(f"{op.name} has no parameter {', '.join(sorted(unknown))}")
    return [(p, values[p.name]) for p in op.parameters if p.name in values and not p.silent(values[p.name])]
