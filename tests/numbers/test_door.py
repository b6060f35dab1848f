"""The door to pasted text: one call, and torch only when it is made."""

import subprocess
import sys

import pytest
import torch

from explorer.errors import CellError
from explorer.numbers import parse


def test_a_text_becomes_numbers() -> None:
    found = parse("1\t2.5\n3\t4")
    assert (found.shape, found.dtype, found.texts) == ((2, 2), torch.float32, ("1", "2.5", "3", "4"))
    assert found.values.tolist() == [[1.0, 2.5], [3.0, 4.0]]


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(CellError):
        parse("__import__('os')")


def test_the_door_alone_loads_no_torch() -> None:
    code = "import sys, explorer.numbers; print('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
