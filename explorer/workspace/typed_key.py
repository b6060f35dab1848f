"""Keys as a step keeps them, and what is typed between the brackets of `n[...]`, of which nothing is run."""

import ast
import copy
from collections.abc import Callable, Collection
from typing import Any

import numpy as np

from explorer.errors import CellError
from explorer.late import torch
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.ops.indexing import READ, WRITE, with_places
from explorer.ops.op import Call
from explorer.workspace.definition import fresh_copy

SHOWN = 60  # characters of a text that a refusal repeats
UNREADABLE = (SyntaxError, ValueError, TypeError, MemoryError, RecursionError)  # what Python's own readers raise


def parse(text: str, names: Collection[str] = ()) -> tuple[Any, ...]:
    """The key of "1, :, ::-1": int, slice, None, `...`, lists of int or bool, and `names` of the shelf.

    Raises CellError with Python's own words where it is no index.
    """
    try:
        found = ast.parse(f"_[{text.strip()}]", mode="eval").body
        if not isinstance(found, ast.Subscript) or not isinstance(found.value, ast.Name):
            raise SyntaxError("invalid syntax")
        return of_node(found.slice, lambda node: _part(node, names))
    except UNREADABLE as error:
        template = QT_TRANSLATE_NOOP(
            "errors",
            "“{text}” is no index; write numbers, slices such as 1:3 or ::2, ..., None, lists of numbers, or the name "
            "of a mask.",
        )
        detail = error.msg if isinstance(error, SyntaxError) else str(error)
        shown = text if len(text) <= SHOWN else f"{text[:SHOWN]} …"
        raise CellError(Message("errors", template, {"text": shown}), detail) from error


def of_node(node: ast.expr, part: Callable[[ast.expr], Any]) -> tuple[Any, ...]:
    """The key that stands between brackets; `part` reads all but slices. Raises what `ast.literal_eval` raises."""
    parts = node.elts if isinstance(node, ast.Tuple) else [node]
    return tuple(_slice(x) if isinstance(x, ast.Slice) else part(x) for x in parts)


def _slice(node: ast.Slice) -> slice:
    return slice(*(None if x is None else _whole(x) for x in (node.lower, node.upper, node.step)))


def _part(node: ast.expr, names: Collection[str]) -> Any:
    if isinstance(node, ast.Name) and node.id in names:
        return node.id
    value = ast.literal_eval(node)
    if value is None or value is Ellipsis or isinstance(value, int):
        return value
    if isinstance(value, list) and _numbers(value):
        return value
    raise ValueError(f"{ast.unparse(node)} is no index")


def _whole(node: ast.expr) -> int | None:
    value = ast.literal_eval(node)
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise ValueError("slice indices must be integers or None")


def _numbers(value: Any) -> bool:
    return all(_numbers(x) if isinstance(x, list) else isinstance(x, int) for x in value)


def read(name: str, key: tuple[Any, ...]) -> Call[Any]:
    """The call of `name[key]`, in which a str is a name."""
    operands, placed = with_places(key, READ, (name,))
    return READ.call(operands, {"key": placed})


def written(name: str, key: tuple[Any, ...], value: Any) -> Call[Any]:
    """The call of `name[key] = value`; a str in the key or as the value is a name."""
    operands, placed = with_places(key, WRITE, (name, value))
    return WRITE.call(operands, {"key": placed})


def kept_key(key: Any, array: bool) -> tuple[Any, ...]:
    """A key as a step keeps it, whatever becomes of what was handed over; for an array tensors become lists."""
    return tuple(_kept(part, array) for part in (key if isinstance(key, tuple) else (key,)))


def _kept(part: Any, array: bool) -> Any:
    if isinstance(part, np.generic):
        return part.item()
    if isinstance(part, np.ndarray):
        part = torch.from_numpy(part)
    if isinstance(part, torch.Tensor):
        return part.tolist() if array else fresh_copy(part)
    return copy.deepcopy(part)
