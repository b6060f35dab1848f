"""Refusals reach the message bar as one sentence with shapes and dtypes, torch's own words below, in both languages."""

from collections.abc import Callable

import pytest
import torch

from explorer.ops import CATALOG
from tests.drafts import drafted

CASES = {
    "mean of whole numbers": ("mean", ("A",), {"dim": 0}, ("A", "(3, 4)", "int64")),
    "norm of whole numbers": ("linalg.vector_norm", ("A",), {}, ("A", "(3, 4)", "int64")),
    "shapes of mm": ("mm", ("A", "A"), {}, ("A", "(3, 4)")),
    "dot of 2-d": ("dot", ("A", "A"), {}, ("A", "(3, 4)")),
    "axis out of range": ("sum", ("A",), {"dim": 2}, ("A", "(3, 4)", "dim=2")),
    "mixed dtypes": ("matmul", ("A", "W"), {}, ("A", "W", "int64", "float32")),
    "mixed devices": ("add", ("M", "A"), {}, ("M", "A", "meta", "cpu")),
}


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("case", CASES)
def test_a_refusal_is_explained(start: Callable[..., object], language: str, case: str) -> None:
    op, operands, arguments, words = CASES[case]
    user = start(language=language)
    user.whole_numbers()
    if "M" in operands:
        user.make("M", torch.empty(3, 4, device="meta"))
    before = user.session.workspace
    user.session.set_draft(drafted(op, operands, arguments, declined=True))
    user.settled()
    user.click("operation_run")
    shown = user.find("message_bar")
    text = shown.text
    for word in words:
        assert word in text
    tensors = [before[name].tensor() for name in operands]
    with pytest.raises(Exception) as refusal:
        torch_call(op, tensors, arguments)
    assert str(refusal.value).splitlines()[0] in text
    assert user.session.workspace is before
    english = str(user.session.draft.error.message)
    assert (english in text) == (language == "en")


def torch_call(op: str, tensors: list[torch.Tensor], arguments: dict[str, object]) -> object:
    """The bare call, for torch's own words."""
    from explorer.ops.calls import invoke

    return invoke(CATALOG[op], tensors, arguments)


def test_what_is_refused_shows_all_that_it_would_read(start: Callable[..., object]) -> None:
    user = start()
    user.make("Q", torch.arange(8.0).reshape(2, 4))
    user.make("big", torch.zeros(40, 40))
    for draft, shown in (
        (drafted("matmul", ("A", "Q"), {}), [("A", (3, 4)), ("Q", (2, 4))]),
        (drafted("matmul", ("A", "A"), {}), [("A", (3, 4)), ("A", (3, 4))]),
        (drafted("mm", ("A", "big"), {}), [("A", (3, 4))]),  # too many cells to stand beside another
        (drafted("matmul", ("Q", "W"), {}), [("Q", (2, 4)), ("W", (4, 2)), ("B", (2, 2))]),  # not refused
    ):
        user.session.set_draft(draft)
        user.settled()
        frame = user.window.stage.frame()
        assert [(t.name, t.shape) for t in frame.tensors] == shown
        if len(shown) == 2:
            assert [h.name for h in frame.headings] == [name for name, _ in shown]
            a, q = (next(c for c in frame.cells if c.tensor == k) for k in (0, 1))
            assert a.texts == tuple(map(str, range(12)))
            assert a.x.max() + 1 < q.x.min() or a.y.max() + 1 < q.y.min()
