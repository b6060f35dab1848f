"""Programs read back from what is written of them."""

from typing import Any

import numpy as np
import torch

from explorer.files.script import script
from explorer.ops import Call
from explorer.workspace import Workspace, read_program
from explorer.workspace.steps import Operate
from tests.workspace.plain import looks


def read_back(workspace: Workspace) -> None:
    """Fail where the copied code of a program is read into other lines or other calls."""
    text = script(workspace).text
    program = read_program(text)
    written = [line for line in text.splitlines() if line and not line.startswith("import")]
    assert program.source().splitlines() == written
    for step, read in zip(workspace.steps, program.steps, strict=True):
        assert type(step) is type(read), read.source()
        assert step.outputs == read.outputs, read.source()
        if isinstance(step, Operate):
            alike(step.call, read.call)


def alike(one: Call[Any], other: Call[Any]) -> None:
    """Fail where two calls differ in their entry, an operand or an argument, down to types and bits."""
    assert one.op is other.op, other.source()
    assert _seen(one.operands) == _seen(other.operands), other.source()
    assert {k: _seen(v) for k, v in one.arguments.items()} == {k: _seen(v) for k, v in other.arguments.items()}


def _seen(value: Any) -> Any:
    """Something that is equal only for the same value of the same type; every NaN is the same."""
    if isinstance(value, torch.Tensor | np.ndarray):
        return looks(value)
    if isinstance(value, list | tuple):
        return type(value), [_seen(x) for x in value]
    return (str, str(value)) if isinstance(value, str) else (type(value), repr(value))
