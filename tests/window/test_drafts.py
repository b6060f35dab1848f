"""Drafts through their real controls: numbers in either place, keepdim of all axes, copies to another device."""

import torch
from PySide6.QtWidgets import QCheckBox

from explorer.widgets.speech.sentences import say
from tests.drafts import drafted


def code(user) -> list[str]:
    return [step.source() for step in user.session.workspace.steps][2:]


def test_a_number_may_come_first(user) -> None:
    user.operation("div")
    user.choose("operand_0", "number…")
    user.choose("operand_1", "A")
    user.type("operand_0_number", "2")
    user.run()
    assert code(user) == ["B = 2 / A"]
    user.session.select("W")
    user.settled()
    assert user.session.draft.operands == (2, "W")


def test_a_number_cannot_be_written_to(user) -> None:
    user.session.set_draft(drafted("add_", (3, "W")))
    user.settled()
    assert "add_ writes into its first operand; choose a tensor for that." in user.window.message_bar.text
    steps = len(user.session.workspace.steps)
    user.run()
    assert len(user.session.workspace.steps) == steps


def test_all_axes_with_keepdim_are_named_where_torch_wants_them(user) -> None:
    user.operation("sum")
    user.click("parameter_keepdim")
    user.click("parameter_dim_all")
    user.run()
    assert code(user) == ["B = A.sum(dim=(0, 1), keepdim=True)"]
    user.operation("prod")
    user.click("parameter_dim_all")
    user.run()
    assert code(user)[-1] == "C = A.prod()"


def test_a_rare_parameter_is_behind_the_dots(user) -> None:
    user.operation("sum")
    user.click("rare_parameters")
    user.choose("parameter_dtype", "float64")
    user.run()
    assert code(user) == ["B = A.sum(dim=0, dtype=torch.float64)"]


def test_a_shape_that_does_not_fit_another_tensor_starts_anew(user) -> None:
    user.operation("reshape")
    user.type("parameter_shape", "2, -1")
    user.run()
    user.session.select("W")
    user.settled()
    assert user.session.draft.arguments == {"shape": (2, -1)}
    user.session.select("A")
    user.settled()
    user.type("parameter_shape", "12")
    user.session.select("W")
    user.settled()
    assert user.session.draft.error is None


def test_a_draft_elsewhere_copies_first_and_says_so(user) -> None:
    user.operation("sum")
    user.run()
    user.choose("device_selector", "meta")
    assert "A" in user.find("copy_operands", QCheckBox).text()
    user.run()
    assert code(user) == ["B = A.sum(dim=0)", "A_meta = A.to(device='meta')", "C = A_meta.sum(dim=0)"]
    user.choose("device_selector", "cpu")
    user.session.undo()
    user.settled()
    assert user.session.draft.device == "cpu"
    assert user.session.draft.copies == ()


def test_a_declined_copy_leaves_it_to_torch_to_object(user) -> None:
    user.make("M", torch.empty(3, 4, device="meta"))
    user.choose("device_selector", "meta")
    user.operation("add")
    user.choose("operand_1", "A")
    user.click("copy_operands")
    user.run()
    text = user.find("message_bar").text
    assert "M lives on meta and A on cpu" in text
    assert "Tensor on device cpu" in text


def test_without_a_mask_it_is_said_how_to_make_one(user) -> None:
    user.operation("masked_fill")
    said = say(user.session.draft.error.message)
    assert "A > 0" in said
    user.operation("gt")
    user.window.draft_bar.operands_changed.emit(("A", 0))
    user.settled()
    user.run()
    user.session.select("A")
    user.settled()
    user.operation("masked_fill")
    assert user.session.draft.error is None


def test_without_indices_it_is_said_that_they_are_wanted(user) -> None:
    user.make("M", torch.tensor([True, False]))  # a mask will not do
    user.session.select("W")
    user.settled()
    user.operation("index_select")
    assert user.session.draft.operands == ("W", None)
    assert "whole numbers" in say(user.session.draft.error.message)
    user.make("V", torch.tensor([1, 0, 1]))
    user.session.select("W")
    user.settled()
    user.operation("sum")
    user.operation("index_select")
    assert user.session.draft.operands == ("W", "V")
    user.run()
    assert code(user)[-1] == "B = W.index_select(0, V)"
    assert torch.equal(user.session.workspace.view("B").tensor(), user.session.workspace.view("W").tensor()[[1, 0, 1]])


def test_the_subject_of_where_is_what_it_takes_cells_of(user) -> None:
    user.operation("where")
    assert user.session.draft.operands == (None, "A", 0)
    assert "mask" in say(user.session.draft.error.message)
    user.operation("gt")
    user.window.draft_bar.operands_changed.emit(("A", 2))
    user.settled()
    user.run()
    user.operation("sum")
    user.session.select("B")
    user.settled()
    user.operation("where")
    assert user.session.draft.operands == ("B", "A", 0)  # what is selected chooses, of what it fits
    user.operation("sum")
    user.session.select("A")
    user.settled()
    user.operation("where")
    assert user.session.draft.operands == ("B", "A", 0)
    user.session.select("W")
    user.settled()
    assert user.session.draft.operands == ("B", "W", 0)
    user.session.select("A")
    user.settled()
    user.run()
    assert code(user)[-1] == "C = torch.where(B, A, 0)"


def test_as_many_results_as_there_are_parts(user) -> None:
    user.session.select("A")
    user.settled()
    user.operation("split")
    user.type("parameter_split_size", "2")
    assert [f.shape for f in user.session.draft.forecasts] == [(2, 4), (1, 4)]
    assert all(f.nbytes == 0 for f in user.session.draft.forecasts)
    user.run()
    assert code(user)[-1] == "B, C = A.split(2)"
    shelf = user.session.workspace
    a = shelf.view("A").tensor()
    assert torch.equal(shelf.view("B").tensor(), a[:2])
    assert torch.equal(shelf.view("C").tensor(), a[2:])
    user.type("parameter_split_size", "9")
    user.run()
    assert code(user)[-1].startswith("B, = A.split(9)")
    assert torch.equal(user.session.workspace.view("B").tensor(), a)


def test_more_parts_than_the_shelf_takes_are_refused(user) -> None:
    user.make("M", torch.zeros(2, 100))
    user.session.select("M")
    user.settled()
    user.operation("unbind")
    user.click("parameter_dim_axis_1")
    assert "100 tensors" in say(user.session.draft.error.message)
    before = code(user)
    user.run()
    assert code(user) == before
    assert "100 tensors" in user.find("message_bar").text


def test_the_function_keeps_its_font_in_another_theme(user) -> None:
    from PySide6.QtWidgets import QLabel

    def font() -> tuple[int, bool]:
        label = next(x for x in user.window.draft_bar.findChildren(QLabel) if x.text() == "torch.cat([")
        return label.font().pixelSize(), label.font().bold()

    user.operation("cat")
    before = font()
    assert before[1]
    for mode in ("dark", "light"):
        user.window.appearance.wear(mode)
        user.settled()
        assert font() == before


def test_what_was_written_to_is_not_said_to_be_as_it_was_made(user) -> None:
    from PySide6.QtWidgets import QLineEdit

    made = user.find("inspector_made_by", QLineEdit)
    assert made.text() == "A = torch.arange(12.0).reshape(3, 4)"
    user.session.choose_operation("abs_")
    user.run()
    assert made.text() == "A.abs_()"
    assert "torch.arange" in made.toolTip()
    user.session.undo()
    user.settled()
    assert made.text() == "A = torch.arange(12.0).reshape(3, 4)"
