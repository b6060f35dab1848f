"""A run stands, whatever becomes of its picture."""

from dataclasses import replace
from typing import Any

import pytest

from explorer import unforeseen
from explorer.session import drafting, staging
from explorer.session.samples import first_state
from explorer.session.viewpoint import Viewpoint
from tests.drafts import drafted


def test_a_fault_in_the_animation_leaves_the_result(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def faulty(*_: Any, **__: Any) -> None:
        raise IndexError("a fault of ours")

    state, _ = first_state({}, False)
    draft = drafting.foretold(drafted("sum", ("A",), {"dim": 0}), state.workspace)
    monkeypatch.setattr(staging, "animate", faulty)
    with pytest.raises(IndexError):
        staging.performed(draft, replace(state, draft=draft), Viewpoint())
    monkeypatch.setattr(unforeseen, "raised", False)
    after = staging.performed(draft, replace(state, draft=draft), Viewpoint())
    assert after.workspace["B"].tensor().tolist() == [12, 15, 18, 21]
    assert after.staged is not None
    assert [x.name for x in after.staged.animation.tensors] == ["B"]
    assert "a fault of ours" in caplog.text
