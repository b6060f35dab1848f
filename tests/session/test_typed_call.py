"""A call that is typed as code."""

import pytest

from explorer.session.typed_call import typed_call


@pytest.mark.parametrize(
    ("text", "name"),
    [("A.sum(dim=1)", "sum"), ("B = A @ W", "matmul"), ("A @ W", "matmul"), ("A.add_(1)", "add_"), ("A.T", "T")],
)
def test_a_call_on_the_shelf_is_read(text: str, name: str) -> None:
    call = typed_call(text, ("A", "W"), "C")
    assert call is not None
    assert call.op.name == name
    assert call.operands[0] == "A"


@pytest.mark.parametrize(
    "text", ["", "# a word", "A", "sum", "A.sum(", "import torch", "pass", "X.sum()", "1 + 1", "A\n# x", '"""', "\0"]
)
def test_what_is_no_call_is_none(text: str) -> None:
    assert typed_call(text, ("A", "W"), "C") is None
    assert typed_call(text, (), "C") is None
