"""An entry as a call of torch, and the same call in writing."""

import operator
import threading
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TextIO

from explorer.late import torch
from explorer.ops.entry import Arguments, CatalogEntry, Form, given
from explorer.ops.parameters import At, Operand, Parameter, key_text, literal

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


@dataclass(frozen=True)
class Token:
    """A part of a call: an operand or an argument of the signature, its value, and whether it is written with its name.

    The value of an operand of any number is a tuple; in source names stand for operands.
    """

    part: Parameter
    value: Any
    named: bool

    @property
    def positional(self) -> Sequence[Any]:
        """What it gives by place."""
        if self.named:
            return ()
        many = self.part.many if isinstance(self.part, Operand) else ""
        return self.value if many == "star" else (_grouped(many, self.value),)

    @property
    def keywords(self) -> Mapping[str, Any]:
        """What it gives by name."""
        if not self.named:
            return {}
        if isinstance(self.part, Operand):
            return {self.part.name: _grouped(self.part.many, self.value)}
        return self.part.passed(self.value)

    @property
    def source(self) -> str:
        """How it is written."""
        if not isinstance(self.part, Operand):
            return self.part.written(self.value)
        names = ", ".join(map(_listed, self.value)) if self.part.many else self.value
        alone = "," if self.part.many == "tuple" and len(self.value) == 1 else ""
        before, after = BRACKETS.get(self.part.many, ("", ""))
        text = f"{before}{names}{alone}{after}"
        return f"{self.part.name}={text}" if self.named else text


BRACKETS: Mapping[str, tuple[str, str]] = {"list": ("[", "]"), "tuple": ("(", ")")}
"""What operands of any number stand in."""


def _grouped(many: str, value: Any) -> Any:
    return list(value) if many == "list" else value


def _listed(name: Any) -> str:
    """One of many in source: a name, a tuple of these, or None."""
    if isinstance(name, tuple):
        return f"({', '.join(map(_listed, name))}{',' if len(name) == 1 else ''})"
    return str(name)


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
        if self._caught is not None and not getattr(_here, "silent", 0):
            self._caught.append(warnings.WarningMessage(message, category, filename, lineno, file, line))


_filters = _Filters()
_here = threading.local()


@contextmanager
def quiet() -> Iterator[None]:
    """Calls that only ask torch something warn nobody; the real run does."""
    _filters.change(quiet=+1)
    try:
        yield
    finally:
        _filters.change(quiet=-1)


@contextmanager
def silent() -> Iterator[None]:
    """As `quiet`, and what this thread is warned of inside is not recorded either: it has been said before. Never
    Python's own `catch_warnings` instead: two threads inside of it leave each other's filters behind."""
    _here.silent = getattr(_here, "silent", 0) + 1
    try:
        with quiet():
            yield
    finally:
        _here.silent -= 1


@contextmanager
def recorded() -> Iterator[list[warnings.WarningMessage]]:
    """Every warning of the calls inside, each time it is given; no other code sees them. A forecast that another thread
    makes meanwhile may add warnings of its own, which does no harm."""
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
    """The results one by one; TypeError where there is none: two Python numbers give a number, no cells no parts."""
    results = (outcome,) if isinstance(outcome, torch.Tensor) else outcome
    if not isinstance(results, tuple) or not results or not all(isinstance(x, torch.Tensor) for x in results):
        raise TypeError(f"the result is no tensor, but {type(outcome).__name__}")
    return results


def bind(op: CatalogEntry, operands: Sequence[Any]) -> dict[str, Any]:
    """What stands for each operand of the signature: a tuple where it takes any number, None where one is left out.

    Tensors that a key names stand behind, and are the key's. Raises TypeError for too few or too many.
    """
    waiting = list(operands)
    bound: dict[str, Any] = {}
    for operand in op.operands:
        if operand.many:
            count = len(waiting) - (len(op.operands) - 1 - len(bound))
            bound[operand.name], waiting = tuple(waiting[:count]), waiting[count:]
        elif waiting:
            bound[operand.name] = waiting.pop(0)
        elif operand.optional:
            bound[operand.name] = None
        else:
            raise TypeError(f"{op.name} misses {operand.name}")
    if waiting and op.form not in (Form.INDEX, Form.ASSIGNMENT):
        raise TypeError(f"{op.name} takes {len(op.operands)} operands, and {len(operands)} are given")
    return bound


def tokens(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> list[Token]:
    """What the call says, in torch's order. What stands behind an operand that is left out, or behind an argument with
    its name, has its name too. Raises TypeError for operands or arguments that the signature has not."""
    values, bound = given(arguments), bind(op, operands)
    unknown = set(values) - {p.name for p in op.parameters}
    if unknown:
        raise TypeError(f"{op.name} has no parameter {', '.join(sorted(unknown))}")
    found: list[Token] = []
    named = False
    for part in op.signature:
        if isinstance(part, Operand) and part.many == "star" and not bound[part.name]:
            continue
        if isinstance(part, Operand):
            if bound[part.name] is None:
                named = True
            else:
                named = named or not part.positional
                found.append(Token(part, bound[part.name], named and part.many != "star"))
        elif part.name in values and not part.silent(values[part.name]):
            named = named or not part.positional
            found.append(Token(part, values[part.name], not part.positional))
    return found


def invoke(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> Any:
    """The bare call: whatever torch gives or raises."""
    said = tokens(op, operands, arguments)
    if op.form is Form.PROPERTY:
        return getattr(operands[0], op.called)
    if op.form in (Form.INDEX, Form.ASSIGNMENT):
        return _indexed(op, operands, arguments["key"])
    if op.form is Form.OPERATOR and len(said) == len(op.operands):
        return OPERATORS[op.symbol](*operands)
    positional = [value for token in said for value in token.positional]
    keywords = {name: value for token in said for name, value in token.keywords.items()}
    if op.form is Form.METHOD:
        target, *positional = positional
        before = tuple(target.shape)
        result = getattr(target, op.called)(*positional, **keywords)
        if op.overwrites:
            unresized(before, result)
        return result
    function = op.function if callable(op.function) else operator.attrgetter(op.called)(torch)
    return function(*positional, **keywords)


def unresized(before: Sequence[int], result: Any) -> None:
    """RuntimeError where something written in place has another shape than `before`: on the meta device torch resizes
    what it refuses to write to on every other (comparisons in place, torch 2.13)."""
    if tuple(result.shape) != tuple(before):
        raise RuntimeError(f"output with shape {list(before)} doesn't match the broadcast shape {list(result.shape)}")


def passed(op: CatalogEntry, arguments: Arguments) -> tuple[list[Any], dict[str, Any]]:
    """The arguments by place, and those by name, without the operands."""
    said = [Token(p, arguments[p.name], not p.positional) for p in op.parameters if arguments.get(p.name) is not None]
    said = [token for token in said if not token.part.silent(token.value)]
    positional = [value for token in said for value in token.positional]
    return positional, {name: value for token in said for name, value in token.keywords.items()}


def selected(operands: Sequence[Any], key: Sequence[Any]) -> Any:
    """What stands between the brackets, with the operands in their places."""
    parts = tuple(operands[part.operand] if isinstance(part, At) else part for part in key)
    return parts[0] if len(parts) == 1 else parts


def _indexed(op: CatalogEntry, operands: Sequence[Any], key: Sequence[Any]) -> Any:
    whole = selected(operands, key)
    if op.form is Form.INDEX:
        return operands[0][whole]
    operands[0][whole] = operands[1]
    return operands[0]


def source(op: CatalogEntry, names: Sequence[str | None], arguments: Arguments) -> str:
    """The call as a Python expression; a negative number stands in parentheses beside an operator. An assignment is a
    statement."""
    said, named = tokens(op, names, arguments), [name or "" for name in names]
    if op.form is Form.PROPERTY:
        return f"{named[0]}.{op.called}"
    if op.form in (Form.INDEX, Form.ASSIGNMENT):
        taken = f"{named[0]}[{key_text(arguments['key'], named)}]"
        return taken if op.form is Form.INDEX else f"{taken} = {named[1]}"
    if op.form is Form.OPERATOR and len(said) == len(op.operands):
        left, right = (f"({n})" if n.startswith("-") else n for n in named)
        return f"{left} {op.symbol} {right}"
    target, *rest = [token.source for token in said] or [""]
    if op.form is Form.METHOD:
        return f"{target}.{op.called}({', '.join(rest)})"
    module = "" if callable(op.function) else "torch."
    return f"{module}{op.called}({', '.join([target, *rest] if said else [])})"


def name_of_number(value: complex) -> str:
    """A Python number as it stands in source."""
    return literal(value)
