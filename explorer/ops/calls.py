"""An entry as a call of torch, and the same call in writing."""

import operator
from collections.abc import Callable, Sequence
from typing import Any

from explorer.errors import OpError
from explorer.ops.parameters import Parameter, literal
from explorer.ops.schema import Arguments, Form, Op, given

OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": operator.pow,
    "@": operator.matmul,
}


def run(op: Op, operands: Sequence[Any], arguments: Arguments) -> Any:
    """Call torch; a tensor, or a plain tuple of tensors. Raises OpError with torch's words where it refuses."""
    try:
        result = invoke(op, operands, arguments)
    except Exception as refusal:
        from explorer.ops.diagnosis import diagnose

        raise OpError(diagnose(op, operands, arguments), str(refusal)) from refusal
    return tuple(result) if isinstance(result, tuple) else result


def invoke(op: Op, operands: Sequence[Any], arguments: Arguments) -> Any:
    """The bare call: whatever torch gives or raises."""
    import torch

    positional: list[Any] = []
    keywords: dict[str, Any] = {}
    for parameter, value in _in_order(op, arguments):
        if parameter.positional:
            positional.append(value)
        else:
            keywords.update(parameter.passed(value))
    if op.form is Form.PROPERTY:
        return getattr(operands[0], op.function or op.name)
    if op.form is Form.OPERATOR and not given(arguments):
        return OPERATORS[op.symbol](*operands)
    if op.form is Form.METHOD:
        return getattr(operands[0], op.function or op.name)(*operands[1:], *positional, **keywords)
    function = operator.attrgetter(op.function or op.name)(torch)
    listed = (list(operands),) if op.arity is None else tuple(operands)
    return function(*listed, *positional, **keywords)


def source(op: Op, names: Sequence[str], arguments: Arguments) -> str:
    """The call as a Python expression; a negative number stands in parentheses beside an operator."""
    if op.form is Form.PROPERTY:
        return f"{names[0]}.{op.function or op.name}"
    if op.form is Form.OPERATOR and not given(arguments):
        left, right = (f"({n})" if n.startswith("-") else n for n in names)
        return f"{left} {op.symbol} {right}"
    written = [parameter.written(value) for parameter, value in _in_order(op, arguments)]
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
    return [(p, values[p.name]) for p in op.parameters if p.name in values]
