from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QHelpEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QMenu, QToolTip
from pytestqt.qtbot import QtBot

from explorer.errors import FileError
from explorer.widgets.actions import plain
from explorer.widgets.look import theme
from explorer.widgets.stage.heatmap_view import HeatmapView

from .stage_frames import everything, matrix

TWELVE = [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]]


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[HeatmapView]:
    widget = HeatmapView()
    qtbot.addWidget(widget)
    widget.resize(740, 400)
    widget.show_frame(matrix(TWELVE, focus=((0, 5),)))
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def middle(view: HeatmapView, flat: int) -> QPoint:
    box = view.cell_box(0, flat)
    assert box is not None
    return box.center().toPoint()


def drawn(view: HeatmapView) -> bytes:
    image = view.grab().toImage()  # must outlive its bits
    return bytes(image.constBits())


def test_it_has_a_name_a_focus_policy_and_a_description(view: HeatmapView) -> None:
    assert view.objectName() == "heatmap_view"
    assert view.accessibleName()
    assert view.focusPolicy() == Qt.FocusPolicy.StrongFocus
    assert view.accessibleDescription() == "A, shape (3, 4)"
    view.describe("row 1 joins")
    view.show_frame(matrix(TWELVE))  # the next moment of the same tensors
    assert view.accessibleDescription() == "row 1 joins"
    view.clear("Nothing here")
    assert view.accessibleDescription() == "Nothing here"


def test_a_click_asks_for_the_focus_of_a_cell(view: HeatmapView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.cell_focused) as caught:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=middle(view, 6))
    assert caught.args == [0, 6]
    with qtbot.assertNotEmitted(view.cell_focused):
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))


def test_a_double_click_and_enter_activate(view: HeatmapView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.cell_activated) as caught:
        qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=middle(view, 11))
    assert caught.args == [0, 11]
    with qtbot.waitSignal(view.cell_activated) as caught:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert caught.args == [0, 5]


@pytest.mark.parametrize(
    ("key", "flat"),
    [(Qt.Key.Key_Left, 4), (Qt.Key.Key_Right, 6), (Qt.Key.Key_Up, 1), (Qt.Key.Key_Down, 9)],
)
def test_alt_and_arrows_move_the_focused_cell(view: HeatmapView, qtbot: QtBot, key: Qt.Key, flat: int) -> None:
    with qtbot.waitSignal(view.cell_focused) as caught:
        qtbot.keyClick(view, key, Qt.KeyboardModifier.AltModifier)
    assert caught.args == [0, flat]
    with qtbot.assertNotEmitted(view.cell_focused):
        qtbot.keyClick(view, key)


def test_other_keys_are_left_to_the_window(qtbot: QtBot) -> None:
    from PySide6.QtGui import QKeyEvent

    view = HeatmapView()
    qtbot.addWidget(view)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_0, Qt.Key.Key_K, Qt.Key.Key_Return):
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(view, event)
        assert not event.isAccepted()


def test_hover_tells_each_cell_once_and_the_leaving(view: HeatmapView, qtbot: QtBot) -> None:
    told: list[tuple[object, object]] = []
    view.cell_hovered.connect(lambda tensor, flat: told.append((tensor, flat)))
    for flat in (0, 0, 1):
        qtbot.mouseMove(view, middle(view, flat))
        qtbot.mouseMove(view, middle(view, flat) + QPoint(2, 2))
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert told == [(0, 0), (0, 1), (-1, None)]


def test_the_value_of_a_cell_is_told_exactly(view: HeatmapView) -> None:
    assert view.cell_text(0, 5) == "A[1, 1] = 5"
    view.set_value_text(lambda tensor, flat: f"{tensor}:{flat}")
    assert view.cell_text(0, 5) == "A[1, 1] = 0:5"
    assert view.cell_text(7, 5) == ""
    point = middle(view, 5)
    QApplication.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, point, view.mapToGlobal(point)))
    assert QToolTip.text() == "A[1, 1] = 0:5"
    QToolTip.hideText()


def test_the_empty_stage_says_what_to_do(view: HeatmapView) -> None:
    before = drawn(view)
    view.clear()
    empty = drawn(view)
    assert empty != before
    assert view.frame is None
    assert view.cell_box(0, 0) is None
    view.clear("…")
    assert drawn(view) != empty


def test_the_keyboard_focus_is_visible(view: HeatmapView, qtbot: QtBot) -> None:
    view.clearFocus()
    without = drawn(view)
    view.activateWindow()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(view.hasFocus)
    assert drawn(view) != without
    view.clearFocus()
    view.setFocus(Qt.FocusReason.MouseFocusReason)  # a click shows by itself where the keyboard is
    qtbot.waitUntil(view.hasFocus)
    assert drawn(view) == without


def test_another_theme_repaints(view: HeatmapView, qapp: QApplication) -> None:
    before = drawn(view)
    try:
        theme.apply(qapp, "dark")
        assert drawn(view) != before
    finally:
        theme.apply(qapp, "light")


def test_another_colour_map_and_larger_marks(view: HeatmapView) -> None:
    plain = drawn(view)
    view.set_colour_map("cividis")
    assert drawn(view) != plain
    view.set_colour_map("viridis")
    assert drawn(view) == plain
    view.set_zoom(1.5)
    assert drawn(view) != plain


def wheel(view: HeatmapView, at: QPoint, notches: int, keys: Qt.KeyboardModifier) -> QWheelEvent:
    event = QWheelEvent(
        QPointF(at),
        QPointF(view.mapToGlobal(at)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)
    return event


def test_the_wheel_zooms_around_the_pointer_and_back_to_the_fit(view: HeatmapView, qtbot: QtBot) -> None:
    whole = drawn(view)
    at = middle(view, 5)
    wheel(view, at, 1, Qt.KeyboardModifier.NoModifier)
    assert drawn(view) == whole
    wheel(view, at, 3, Qt.KeyboardModifier.ControlModifier)
    box = view.cell_box(0, 5)
    assert box is not None
    assert (box.center() - QPointF(at)).manhattanLength() < 2
    near = view.place()
    assert near is not None
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=at)
    from PySide6.QtGui import QMouseEvent

    with qtbot.assertNotEmitted(view.cell_focused):
        moved = QPointF(at) + QPointF(40, 30)
        QApplication.sendEvent(
            view,
            QMouseEvent(
                QEvent.Type.MouseMove,
                moved,
                QPointF(view.mapToGlobal(moved)),
                Qt.MouseButton.NoButton,
                Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.NoModifier,
            ),
        )
        qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=moved.toPoint())
    panned = view.place()
    assert panned is not None
    assert panned.dx == near.dx + 40
    qtbot.keyClick(view, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert drawn(view) == whole
    wheel(view, at, 2, Qt.KeyboardModifier.ControlModifier)
    wheel(view, at, -5, Qt.KeyboardModifier.ControlModifier)
    assert drawn(view) == whole


def test_other_bounds_are_shown_whole_again(view: HeatmapView) -> None:
    wheel(view, middle(view, 5), 3, Qt.KeyboardModifier.ControlModifier)
    other = matrix([[1.0, 2.0]])
    view.show_frame(other)
    place = view.place()
    assert place is not None
    assert QRectF(view.rect()).contains(place.cells)


def test_the_menu_copies_saves_and_chooses_colours(view: HeatmapView, qtbot: QtBot, tmp_path: Path) -> None:
    menu = view.context_menu()
    titles = [plain(a.text()).partition("\t")[0] for a in menu.actions() if a.text()]
    assert "Copy picture" in titles
    assert "Save picture…" in titles
    menu.actions()[0].trigger()
    assert QGuiApplication.clipboard().image().width() == view.width() * 2
    chosen = [a for a in menu.findChildren(QMenu)[0].actions() if a.objectName() == "colour_map_diverging"]
    with qtbot.waitSignal(view.colour_map_requested) as caught:
        chosen[0].trigger()
    assert caught.args == ["diverging"]
    target = tmp_path / "stage.svg"
    view.pictures.ask_path = lambda: target  # type: ignore[method-assign]
    with qtbot.waitSignal(view.pictures.saved) as caught:
        view.pictures.save()
    assert caught.args == [target]
    assert target.read_bytes().startswith(b"<?xml")
    with qtbot.waitSignal(view.pictures.failed) as caught:
        view.pictures.save_as(tmp_path / "no" / "folder.png")
    assert isinstance(caught.args[0], FileError)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_menu_opens_from_the_keyboard(view: HeatmapView) -> None:
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(10, 10), view.mapToGlobal(QPoint(10, 10)))
    QApplication.sendEvent(view, event)
    menu = view.findChild(QMenu, "heatmap_menu")
    assert menu is not None
    assert menu.isVisible()
    menu.close()


def test_a_fault_while_painting_is_survived(
    view: HeatmapView, faults: list[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*args: object, **kwargs: object) -> None:
        raise RuntimeError("a fault")

    with monkeypatch.context() as patch:
        patch.setattr("explorer.widgets.stage.heatmap_view.paint", fault)
        view.grab()
    assert [str(f) for f in faults] == ["a fault"]
    faults.clear()
    assert drawn(view)


def test_every_kind_of_mark_through_the_widget(view: HeatmapView) -> None:
    view.show_frame(everything())
    for size in ((740, 400), (260, 200)):
        view.resize(*size)
        assert drawn(view)
    frame = matrix(np.zeros((64, 64)).tolist(), texts=False)
    view.show_frame(replace(frame, focus=((0, 4095),)))
    assert drawn(view)
