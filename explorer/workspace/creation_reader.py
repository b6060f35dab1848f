"""What creates a tensor or an array, read from the syntax tree of its line."""

import ast
from typing import Any

import numpy as np
import torch

from explorer.ops import CATALOG, Family
from explorer.ops.signature import matched
from explorer.workspace.code_values import Unread, dotted, nameless, reading_of, sizes, tensor_of, value_of
from explorer.workspace.creation import NUMPY_FILLS, RANDOM, Creation
from explorer.workspace.steps import Create


def created(node: ast.expr, name: str, comment: str) -> Create | None:
    """The step that creates `name` by this expression; None where that is none. Raises Unread."""
    origin, _, label = comment.rpartition(": ")
    array = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "numpy"
    inner = node.func.value if array and isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else node
    made = _creation(inner)
    if made is None:
        return None
    of_numpy = dotted(_base(inner))[:1] == ("np",) and made.reading is None
    return Create(name, made, "" if label == name else label, origin, array or of_numpy)


def _base(node: ast.AST) -> ast.AST:
    """The function that an expression begins with: `torch.rand` of `torch.rand(6).reshape(2, 3).to('meta')`."""
    while isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and not dotted(node.func):
        node = node.func.value
    return node.func if isinstance(node, ast.Call) else node


def _creation(node: ast.expr) -> Creation | None:
    device = shape = None
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "to":
        if not isinstance(node.func.value, ast.Call | ast.Subscript):
            return None
        device, node = (value_of(node.args[0], nameless) if node.args else None), node.func.value
    read = reading_of(node)
    if read is not None:
        return Creation("tensor", device=device or "cpu", reading=read)
    values = tensor_of(node)
    if isinstance(values, torch.Tensor):
        return Creation.typed(values, device or "")
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "reshape":
        shape, node = sizes(node), node.func.value
    if not isinstance(node, ast.Call):
        return None
    path = dotted(node.func)
    if path[:1] == ("np",) and path[-1] in NUMPY_FILLS:
        return _of_numpy(node, path[-1], shape)
    op = CATALOG.get(path[-1]) if len(path) == 2 and path[0] == "torch" else None
    if op is None or op.family is not Family.CREATION or op.name == "tensor":
        return None
    named = {x.arg or "": value_of(x.value, nameless) for x in node.keywords}
    if "generator" in named:
        named["seed"] = named.pop("generator")
    call = matched(op, [value_of(x, nameless) for x in node.args], named, exact=False)
    if call is None:
        raise Unread(node, f"{op.name} is not written like this")
    given = dict(call.arguments)
    dtype, seed, own = given.pop("dtype", None), given.pop("seed", None), given.pop("device", None)
    where = device or own or "cpu"
    if dtype == torch.bool and given.get("fill_value") == 0:
        given["fill_value"], dtype = False, None
    return Creation(op.name, given, dtype, where, seed if op.name in RANDOM else None, shape=shape)


def _of_numpy(node: ast.Call, name: str, shape: tuple[int, ...] | None) -> Creation:
    given = [value_of(x, nameless) for x in node.args]
    kinds = [_numpy_dtype(x) for x in node.keywords if x.arg == "dtype"]
    if not given or len(kinds) != len(node.keywords):
        raise Unread(node, f"np.{name} is not written like this")
    arguments: dict[str, Any]
    own: np.dtype
    match name, given:
        case "arange", [end]:
            arguments, own = {"end": end}, np.arange(0).dtype
        case "arange", [start, end]:
            arguments, own = {"start": start, "end": end}, np.arange(0).dtype
        case "arange", [start, end, step]:
            arguments, own = {"start": start, "end": end, "step": step}, np.arange(0).dtype
        case "eye", [n, m]:
            arguments, own = {"n": n, "m": m}, np.eye(0).dtype
        case "full", [size, value]:
            arguments, own = {"size": _size(size), "fill_value": value}, np.full((), value).dtype
        case "zeros" | "ones", [size]:
            arguments, own = {"size": _size(size)}, np.ones(()).dtype
        case _:
            raise Unread(node, f"np.{name} is not written like this")
    dtype = torch.from_numpy(np.empty(0, kinds[0] if kinds else own)).dtype
    return Creation(name, arguments, dtype, shape=shape)


def _size(size: Any) -> tuple[int, ...]:
    return tuple(size) if isinstance(size, tuple) else (size,)


def _numpy_dtype(keyword: ast.keyword) -> np.dtype:
    """`np.int32` or `bool`."""
    path = dotted(keyword.value)
    if path == ("bool",):
        return np.dtype(bool)
    found = getattr(np, path[1], None) if len(path) == 2 and path[0] == "np" else None
    if not (isinstance(found, type) and issubclass(found, np.generic)):
        raise Unread(keyword.value, "no dtype of NumPy")
    return np.dtype(found)
