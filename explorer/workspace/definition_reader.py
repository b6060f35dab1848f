"""What creates a tensor or an array, read from the syntax tree of its line."""

import ast

import numpy as np

from explorer.late import torch
from explorer.ops import CATALOG, Op
from explorer.ops.conversion import TO
from explorer.ops.creation import TENSOR
from explorer.ops.crossing import NUMPY
from explorer.ops.movement import RESHAPE
from explorer.ops.signature import matched
from explorer.workspace.code_values import Unread, dotted, nameless, reading_of, sizes, tensor_of, value_of
from explorer.workspace.definition import Definition
from explorer.workspace.steps import Create


def created(node: ast.expr, name: str, comment: str) -> Create | None:
    """The step that creates `name` by this expression; None where that is none. Raises Unread."""
    origin, _, label = comment.rpartition(": ")
    array = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == NUMPY.called
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


def _creation(node: ast.expr) -> Definition | None:
    device = shape = None
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == TO.called:
        if not isinstance(node.func.value, ast.Call | ast.Subscript):
            return None
        device, node = (value_of(node.args[0], nameless) if node.args else None), node.func.value
    read = reading_of(node)
    if read is not None:
        return Definition("tensor", device=device or "cpu", reading=read)
    values = tensor_of(node)
    if isinstance(values, torch.Tensor):
        return Definition.typed(values, device or "")
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == RESHAPE.called:
        shape, node = sizes(node), node.func.value
    if not isinstance(node, ast.Call):
        return None
    path = dotted(node.func)
    op = next((op for op in CATALOG.values() if not op.operands and op.called == path[-1]), None) if path else None
    if op is None or op is TENSOR or len(path) != 2:
        return None
    if path[0] == "np":
        return _of_numpy(node, op, shape)
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
    return Definition(op.name, given, dtype, where, seed if op.seeded else None, shape=shape)


def _of_numpy(node: ast.Call, op: Op, shape: tuple[int, ...] | None) -> Definition:
    call = matched(op, [value_of(x, nameless) for x in node.args], {}, exact=False)
    kinds = [_numpy_dtype(x) for x in node.keywords if x.arg == "dtype"]
    if call is None or len(kinds) != len(node.keywords):
        raise Unread(node, f"np.{op.called} is not written like this")
    given = dict(call.arguments)
    own = np.ones(()).dtype if {"size", "n"} & given.keys() else np.arange(0).dtype
    if "fill_value" in given:
        own = np.asarray(given["fill_value"]).dtype
    if isinstance(given.get("size"), int):
        given["size"] = (given["size"],)
    dtype = torch.from_numpy(np.empty(0, kinds[0] if kinds else own)).dtype
    return Definition(op.name, given, dtype, shape=shape)


def _numpy_dtype(keyword: ast.keyword) -> np.dtype:
    """`np.int32` or `bool`."""
    path = dotted(keyword.value)
    if path == ("bool",):
        return np.dtype(bool)
    found = getattr(np, path[1], None) if len(path) == 2 and path[0] == "np" else None
    if not (isinstance(found, type) and issubclass(found, np.generic)):
        raise Unread(keyword.value, "no dtype of NumPy")
    return np.dtype(found)
