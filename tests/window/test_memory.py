"""Memory in the real window: one tag for all that share it, one mark for all that see a write, cells and slots lit
together."""

from collections.abc import Callable
from typing import Any

import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel

from explorer.widgets.shelf.shelf_item import Card
from explorer.workspace import edits


@pytest.fixture
def shared(user: Any) -> Any:
    """The window with the lens open, on A, its transpose B and the array n over both."""
    open_lens(user)
    user.operation("T")
    user.run()
    user.session.change("n", lambda w: w.to_array("A", "n"))
    user.settled()
    user.session.select("A")
    user.settled()
    calm(user)
    return user


def open_lens(user: Any) -> None:
    """The page of the drawer, drawn so wide that a dozen slots have room."""
    user.window.commands["action_memory"].trigger()
    user.window.panes.splitter.setSizes([216, 400, 608])


def calm(user: Any) -> None:
    user.window.tags._timer.timeout.emit()


def card(user: Any, name: str) -> Card:
    return next(c for c in user.window.shelf.list.cards.cards if c.name == name)


def marked(user: Any) -> set[str]:
    return {c.name for c in user.window.shelf.list.cards.cards if c.written}


def lens_text(user: Any, slot: int) -> str:
    return str(user.window.panes.lens.strip.values.text(slot))


def shares(user: Any) -> QLabel:
    found = user.window.findChild(QLabel, "inspector_shares")
    assert isinstance(found, QLabel)
    return found


def pixels(image: QImage | None) -> bytes:
    assert image is not None
    return bytes(image.constBits())


def test_all_that_share_wear_one_tag_everywhere(shared: Any) -> None:
    tags = {c.name: c.tag for c in shared.window.shelf.list.cards.cards}
    assert tags == {"A": "● M1", "B": "● M1", "n": "● M1", "W": ""}
    assert shares(shared).text() == "● M1  B, n"
    assert shared.find("storage_tag", QLabel).text() == "● M1"
    assert [face.name for face in shared.window.panes.lens.strip.strip.lanes] == ["A", "B", "n"]


@pytest.mark.parametrize(("name", "key"), [("A", (1, 2)), ("B", (2, 1)), ("n", (1, 2))])
def test_a_write_through_one_marks_and_changes_all_in_one_frame(shared: Any, name: str, key: tuple[int, int]) -> None:
    """What is seen when the state lands, before Qt paints: looked at from a slot that is called right after."""
    before = {n: pixels(card(shared, n).picture) for n in ("A", "B")}
    seen: list[dict[str, Any]] = []

    def look(state: Any) -> None:
        if state.workspace["A"].tensor()[1, 2] == 99 and not seen:
            seen.append({})

    def at_end(_: object) -> None:  # `drafted` is the last that is told of a new state
        if seen and not seen[0]:
            seen[0].update(
                marked=marked(shared),
                pictures={n: pixels(card(shared, n).picture) for n in ("A", "B")},
                slot=lens_text(shared, 6),
                written=set(shared.window.panes.lens.strip.written),
                row=shares(shared).text(),
            )

    shared.session.changed.connect(look)
    shared.session.drafted.connect(at_end)
    shared.session.change("write", lambda w: w.write(name, key, 99))
    shared.settled()
    assert len(seen) == 1
    frame = seen[0]
    assert frame["marked"] == {"A", "B", "n"}
    assert all(frame["pictures"][n] != before[n] for n in before)
    assert frame["slot"] == "99"
    assert frame["written"] == {6}
    assert "✎" in frame["row"]
    assert shares(shared).property("role") == "written"


def test_the_marks_go_after_a_while_and_all_at_once(shared: Any) -> None:
    shared.session.change("write", lambda w: w.write("A", (0, 0), 7))
    shared.settled()
    timer = shared.window.tags._timer
    assert timer.isSingleShot()
    assert timer.interval() >= 1000 / 3  # no more than 3 flashes a second, whatever is written
    shared.qtbot.waitUntil(lambda: not marked(shared), timeout=10_000)
    assert not shared.window.panes.lens.strip.written
    assert "✎" not in shares(shared).text()
    assert shares(shared).property("role") == ""


def test_a_write_while_marked_prolongs_the_mark(shared: Any) -> None:
    timer = shared.window.tags._timer
    changes: list[bool] = []
    for value in (1, 2, 3):
        shared.session.change("write", lambda w, v=value: w.write("n", (0, 0), v))
        shared.settled()
        changes.append(marked(shared) == {"A", "B", "n"} and timer.isActive())
    assert changes == [True] * 3
    calm(shared)
    assert not marked(shared)


def test_undo_marks_as_the_write_did(shared: Any) -> None:
    shared.session.change("write", lambda w: w.write("B", (0, 0), 7))
    shared.settled()
    calm(shared)
    shared.session.undo()
    shared.settled()
    assert marked(shared) == {"A", "B", "n"}
    assert lens_text(shared, 0) == "0"
    assert card(shared, "A").tag == "● M1"


def test_what_shares_nothing_is_not_marked(shared: Any) -> None:
    shared.session.change("write", lambda w: w.write("W", (0, 0), 7.0))
    shared.settled()
    assert not marked(shared)


def test_a_cell_of_the_grid_reaches_all_views(shared: Any) -> None:
    """An edit of a created tensor is a redefinition: other storages, the same sharing."""
    shared.session.change("edit", lambda w: edits.edit(edits.delete(w, "n"), "A", {(0, 1): 42}))
    shared.settled()
    assert marked(shared) == {"A", "B"}
    assert (card(shared, "A").tag, card(shared, "B").tag) == ("● M1", "● M1")
    assert lens_text(shared, 1) == "42"


def test_a_focused_cell_lights_its_slot(shared: Any) -> None:
    shared.window.stage.view.cell_focused.emit(0, 6)
    assert shared.window.panes.lens.strip.focused_slot == 6
    shared.session.select("B")
    shared.settled()
    assert shared.window.panes.lens.item.name == "B"
    shared.window.stage.view.cell_focused.emit(0, 6)  # B[2, 0]
    slot = shared.window.panes.lens.strip.focused_slot
    tensor = shared.session.workspace["B"].tensor()
    assert slot == tensor.storage_offset() + 2 * tensor.stride(0)


def test_a_slot_lights_its_cells_on_the_stage(shared: Any) -> None:
    shared.session.select("A")
    shared.operation("T")
    shared.run()
    stage, strip = shared.window.stage, shared.window.panes.lens.strip
    places = strip.places()
    shared.qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=places.slot_box(6).center().toPoint())
    names = [t.name for t in stage.frame().tensors]
    lit = {(names[t], flat) for t, flat in stage.frame().focus}
    a, b = names
    assert lit == {(a, 6), (b, 2 * 3 + 1)}
    shared.qtbot.keyClick(strip, Qt.Key.Key_Right)
    assert {(names[t], flat) for t, flat in stage.frame().focus} == {(a, 7), (b, 3 * 3 + 1)}
    shared.qtbot.mouseMove(strip, places.slot_box(0).center().toPoint())
    assert {(a, 0), (b, 0)} <= {(names[t], flat) for t, flat in stage.frame().focus}


def test_all_cells_of_a_stretched_slot_are_lit(shared: Any) -> None:
    shared.session.change(
        "X", lambda w: w.index("A", (slice(None), 1), "c").operate("expand", ("c",), {"size": (2, 3)}, ("X",))
    )
    shared.settled()
    shared.session.select("X")
    shared.settled()
    shared.window.panes.lens.strip.slot_focused.emit(5)
    frame = shared.window.stage.frame()
    place = [t.name for t in frame.tensors].index("X")
    assert {(place, 1), (place, 4)} <= set(frame.focus)


def test_a_cell_of_another_storage_brings_that_storage(shared: Any) -> None:
    shared.make("F", torch.arange(12.0).reshape(3, 4))
    shared.operation("matmul")
    shared.choose("operand_1", "W")
    names = [t.name for t in shared.window.stage.frame().tensors]
    shared.window.stage.view.cell_focused.emit(names.index("W"), 3)
    assert shared.window.panes.lens.item.name == "W"
    assert shared.window.panes.lens.strip.focused_slot == 3
    shared.window.stage.view.cell_focused.emit(names.index("F"), 2)
    assert shared.window.panes.lens.item.name == "F"


def test_a_lane_leads_to_its_tensor(shared: Any) -> None:
    strip = shared.window.panes.lens.strip
    place = strip.places().lane_box(1, strip.window_of_slots[0])
    at = place.center().toPoint()
    at.setX(5)
    shared.qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=at)
    shared.settled()
    assert shared.session.state.inspected == "B"


def test_the_page_is_a_choice_that_is_remembered(user: Any, start: Callable[..., Any]) -> None:
    lens = user.window.panes.lens
    assert not lens.isVisible()
    user.press(Qt.Key.Key_F3)
    assert lens.isVisible()
    assert lens_text(user, 1) == "1"
    other = start()
    assert other.window.panes.lens.isVisible()
    other.press(Qt.Key.Key_F3)
    assert not other.window.panes.lens.isVisible()
    assert not start().window.panes.lens.isVisible()


def test_the_projector_shows_the_stage_alone(shared: Any) -> None:
    shared.window.commands["action_projector"].trigger()
    assert not shared.window.panes.lens.isVisible()
    shared.window.commands["action_projector"].trigger()
    assert shared.window.panes.lens.isVisible()


def test_a_storage_of_another_device_is_told_as_it_is(shared: Any) -> None:
    shared.session.change("M", lambda w: w.operate("to", ("A",), {"device": "meta"}, ("M",)), "M")
    shared.settled()
    assert shared.window.panes.lens.item.name == "M"
    assert "no memory" in shared.find("storage_words", QLabel).text()
    assert lens_text(shared, 0) == ""


def test_memory_that_nobody_wrote_is_not_shown(shared: Any) -> None:
    from explorer.workspace import Definition

    shared.session.create("U", Definition("empty", {"size": (4,)}))
    shared.settled()
    assert shared.session.workspace["U"].unknown
    assert lens_text(shared, 0) == "?"


def test_a_large_tensor_shows_the_part_of_its_storage_under_the_pointer(shared: Any) -> None:
    shared.make("L", torch.arange(90_000).reshape(300, 300))
    shared.operation("sum")
    strip = shared.window.panes.lens.strip
    shared.window.stage.overview.cell_hovered.emit((200, 7))
    assert strip.focused_slot == 200 * 300 + 7
    assert lens_text(shared, 60_007) == "60007"
    assert len(strip.window_of_slots) < 50


def test_a_new_name_for_an_axis_is_on_its_jump(shared: Any) -> None:
    assert shared.window.panes.lens.strip.strip.lanes[0].axes[0].letter == "i"
    shared.window.viewpoint.name_axis("A", 0, "time")
    shared.settled()
    assert shared.window.panes.lens.strip.strip.lanes[0].axes[0].letter == "time"


def test_another_language_keeps_tags_and_lens(shared: Any) -> None:
    shared.app.rebuild()
    shared.settled()
    assert shared.window.panes.lens.isVisible()
    assert card(shared, "n").tag == "● M1"
    assert lens_text(shared, 2) == "2"  # the window is narrower there


def test_a_lens_that_was_hidden_shows_what_is_so_now(shared: Any) -> None:
    action, lens = shared.window.commands["action_memory"], shared.window.panes.lens
    action.trigger()
    shared.session.change("write", lambda w: w.write("A", (0, 0), 55))
    shared.settled()
    shared.session.select("B")
    shared.settled()
    shared.window.stage.view.cell_focused.emit(0, 1)
    action.trigger()
    QApplication.processEvents()  # it is laid out
    assert (lens.item.name, lens.strip.focused_slot, lens_text(shared, 0)) == ("B", 4, "55")


def test_a_lens_that_comes_back_reads_no_further_than_the_new_storage_goes(user: Any) -> None:
    open_lens(user)
    user.make("s", torch.tensor([5]))
    user.make("t", torch.arange(100))
    lens = user.window.panes.lens
    lens.hide()
    user.session.select("s")
    user.settled()
    lens.show()
    for width in (900, 800, 700):  # it is laid out before the window looks again
        lens.strip.resize(width, lens.strip.height())
    user.window.resize(1300, 900)
    user.settled()
    assert (lens.item.name, lens_text(user, 0)) == ("s", "5")


def lit_on_stage(user: Any, name: str) -> set[int]:
    """The slots of the cells of `name` that have a frame on the stage."""
    frame, tensor = user.window.stage.view.frame, user.session.workspace[name].tensor()
    slots = torch.arange(tensor.untyped_storage().nbytes() // tensor.element_size())
    places = slots.as_strided(tensor.shape, tensor.stride(), tensor.storage_offset()).reshape(-1)
    return {int(places[flat]) for k, flat in frame.focus if frame.tensors[k].name == name}


@pytest.mark.parametrize(("op", "arguments"), [
    ("T", {}), ("reshape", {"shape": (12,)}), ("clone", {}), ("sum", {"dim": 0}), ("sum", {"dim": 1}), ("exp", {}),
])  # fmt: skip
def test_the_lens_lights_a_cell_that_is_lit_on_the_stage(user: Any, op: str, arguments: dict[str, Any]) -> None:
    open_lens(user)
    lens = user.window.panes.lens
    user.operation(op)
    for name, value in arguments.items():
        user.session.set_argument(name, value)
        user.settled()
    user.run()
    assert lens.item.name == "A"  # which the draft is about
    assert {lens.strip.focused_slot} <= lit_on_stage(user, "A")
    user.press(Qt.Key.Key_Right)
    assert lens.item.storage is user.session.workspace[lens.item.name].storage
    assert {lens.strip.focused_slot} <= lit_on_stage(user, lens.item.name)


def test_what_was_laid_out_anew_is_lit_where_it_stands_now(user: Any) -> None:
    user.make("S", torch.arange(9).reshape(3, 3))
    open_lens(user)
    user.session.choose_operation("transpose_")
    user.settled()
    for name, value in {"dim0": 0, "dim1": 1}.items():
        user.session.set_argument(name, value)
        user.settled()
    user.run()
    user.window.stage.player.seek(1.0)
    frame = user.window.stage.view.frame
    flat = next(flat for k, flat in frame.focus if k == 1)
    assert user.window.panes.lens.strip.focused_slot == flat % 3 * 3 + flat // 3


def test_the_lens_follows_the_current_cell_of_the_grid(user: Any) -> None:
    open_lens(user)
    user.window.grid.open("A", 0)
    user.settled()
    lens, grid = user.window.panes.lens, user.window.grid.grid
    user.press(Qt.Key.Key_Escape, widget=grid.table.indexWidget(grid.table.currentIndex()))
    for cell in ((1, 2), (2, 0)):
        grid.table.setCurrentIndex(grid.model.index(*cell))
        assert lens.strip.focused_slot == cell[0] * 4 + cell[1]
    user.session.change("write", lambda w: w.write("A", (0, 0), 7))
    user.settled()
    assert lens.strip.focused_slot == 8
    user.window.grid.close()
    assert {lens.strip.focused_slot} <= lit_on_stage(user, "A")


def test_the_lens_has_the_colours_of_the_stage(user: Any) -> None:
    open_lens(user)
    user.operation("sum")
    user.session.set_argument("dim", 0)
    user.settled()
    user.run()
    user.window.stage.player.pause()
    frame = user.window.stage.staged.animation.frame(1.0)
    (shown,) = [c for c in frame.cells if c.tensor >= 0 and frame.tensors[c.tensor].name == "A"]
    scale = frame.scale(shown.scale)
    assert user.window.panes.lens.item.name == "A"
    assert user.window.panes.lens.strip.values.levels == (scale.lo, scale.hi) == (0.0, 11.0)


def test_a_step_of_the_past_is_lit_where_its_cells_lay_then(user: Any) -> None:
    open_lens(user)
    user.session.change("write", lambda w: w.write("A", (0, 1), 9))
    user.session.change("turn", lambda w: w.in_place("transpose_", "A", (0, 1)))
    user.settled()
    user.session.reopen(len(user.session.workspace.steps) - 2)
    user.settled()
    lens = user.window.panes.lens.strip
    assert user.window.stage.view.frame.focus[0] == (0, 1)
    assert lens.focused_slot == 1
    user.window.stage.player.pause()
    user.window.stage.player.seek(1.0)
    for flat in (1, 6):
        user.window.stage.focus(user.window.stage.staged.animation.operands, flat)
        assert lens.focused_slot == flat
