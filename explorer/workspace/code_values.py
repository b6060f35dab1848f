"""Values read from the syntax tree of a program, as `code.Writer` writes them."""

import ast
from collections.abc import Callable
from typing import Any

from explorer.late import torch
from explorer.ops.creation import EMPTY, TENSOR
from explorer.ops.crossing import NUMPY
from explorer.ops.movement import RESHAPE
from explorer.workspace.file_reading import FileReading

_DEEPEST = 64


class Unread(Exception):  # noqa: N818 - it is caught by the one who asked for the reading
    """A part of a program that is none; the node says where."""

    def __init__(self, node: ast.AST, why: str) -> None:
        super().__init__(why)
        self.node: Any = node


def dotted(node: ast.AST) -> tuple[str, ...]:
    """`torch.nn.functional.pad` as its parts; empty for anything else."""
    if isinstance(node, ast.Name):
        return (node.id,)
    before = dotted(node.value) if isinstance(node, ast.Attribute) else ()
    return (*before, node.attr) if before and isinstance(node, ast.Attribute) else ()


def value_of(node: ast.expr, name: Callable[[ast.expr], Any], depth: int = 0) -> Any:
    """A number, word, dtype, list, tuple or tensor; `name` gives what a name stands for. Raises Unread."""
    if depth > _DEEPEST:
        raise Unread(node, "nested too deeply")
    if isinstance(node, ast.Constant) and not isinstance(node.value, bytes):
        return node.value
    if isinstance(node, ast.List | ast.Tuple):
        parts = [value_of(x, name, depth + 1) for x in node.elts]
        return parts if isinstance(node, ast.List) else tuple(parts)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        value = value_of(node.operand, name, depth + 1)
        if isinstance(value, int | float | complex):
            return -value
    if isinstance(node, ast.Name):
        return name(node)
    if isinstance(node, ast.Attribute):
        path = dotted(node)
        found = getattr(torch, path[1], None) if len(path) == 2 and path[0] == "torch" else None
        if isinstance(found, torch.dtype):
            return found
    if isinstance(node, ast.Call):
        return _called(node, name, depth)
    raise Unread(node, "no value")


def _called(node: ast.Call, name: Callable[[ast.expr], Any], depth: int) -> Any:
    """float("nan"), complex(1.0, 2.0), a seeded generator (its seed), a tensor in writing, or what a file holds."""
    path = dotted(node.func)
    if path in (("float",), ("complex",)) and not node.keywords:
        given = [value_of(x, name, depth + 1) for x in node.args]
        if path == ("float",) and given in (["nan"], ["inf"], ["-inf"]):
            return float(given[0])
        if path == ("complex",) and len(given) == 2 and all(isinstance(x, int | float) for x in given):
            return complex(*given)
        raise Unread(node, "no number")
    if isinstance(node.func, ast.Attribute) and node.func.attr == "manual_seed" and len(node.args) == 1:
        made = node.func.value
        if isinstance(made, ast.Call) and dotted(made.func) == ("torch", "Generator") and not made.args:
            return value_of(node.args[0], name, depth + 1)
    read = reading_of(node)
    if read is not None:
        return read
    found = tensor_of(node)
    if found is None:
        raise Unread(node, "no value")
    return found


def reading_of(node: ast.expr) -> FileReading | None:
    """What reads values from a file: an expression that begins with `torch.load(...)` or `np.load(...)`."""
    inner: ast.AST = node
    while True:
        if isinstance(inner, ast.Call) and dotted(inner.func) in (("torch", "load"), ("np", "load")):
            place = inner.args[0] if inner.args else None
            path = place.value if isinstance(place, ast.Constant) and isinstance(place.value, str) else ""
            return FileReading(path, ast.unparse(node), ())
        if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute) and not dotted(inner.func):
            inner = inner.func.value
        elif isinstance(inner, ast.Call) and dotted(inner.func)[:1] in (("torch",), ("np",)) and inner.args:
            inner = inner.args[0]
        elif isinstance(inner, ast.Subscript | ast.Attribute):
            inner = inner.value
        else:
            return None


def tensor_of(node: ast.expr) -> Any:
    """The tensor that `torch.tensor([...])` spells out, reshaped where that is said, or the array over it; None for
    another expression. Raises Unread."""
    try:
        return _tensor(node)
    except (TypeError, ValueError, RuntimeError, OverflowError) as error:  # what torch says of values and shapes
        raise Unread(node, str(error)) from error


def _tensor(node: ast.expr) -> Any:
    if not isinstance(node, ast.Call):
        return None
    if isinstance(node.func, ast.Attribute) and node.func.attr in (RESHAPE.called, NUMPY.called):
        inner = tensor_of(node.func.value)
        if inner is None or node.func.attr == NUMPY.called:
            return inner if inner is None else inner.numpy()
        return inner.reshape(sizes(node))
    path = dotted(node.func)
    if path == ("torch", EMPTY.called) and any(_is_meta(x) for x in node.keywords):
        said = {x.arg: _plain(x.value) for x in node.keywords}
        return torch.empty(sizes(node), dtype=said.get("dtype"), device="meta")
    if path != ("torch", TENSOR.called) or len(node.args) != 1 or isinstance(node.args[0], ast.Name):
        return None
    said = {x.arg: _plain(x.value) for x in node.keywords}
    made = torch.tensor(_plain(node.args[0]), dtype=said.get("dtype"))
    return made.to(said["device"]) if "device" in said else made


def sizes(node: ast.Call) -> tuple[int, ...]:
    """What stands between the parentheses of `reshape` or a fill: `2, 3` or `(2, 3)`."""
    given = [_plain(x) for x in node.args]
    found = tuple(given[0]) if len(given) == 1 and isinstance(given[0], tuple | list) else tuple(given)
    if not all(type(x) is int for x in found):
        raise Unread(node, "no shape")
    return found


def _is_meta(keyword: ast.keyword) -> bool:
    return keyword.arg == "device" and isinstance(keyword.value, ast.Constant) and keyword.value.value == "meta"


def _plain(node: ast.expr) -> Any:
    return value_of(node, nameless)


def nameless(node: ast.expr) -> Any:
    """Where no name may stand."""
    raise Unread(node, "a name has no value here")
