"""Operations are found by name, sign, title, synonym and family, in two languages, and chosen by mouse and keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMainWindow, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from explorer.ops import CATALOG, OPERATIONS
from explorer.widgets.draft.operation_panel import OperationPanel
from explorer.widgets.draft.operation_search import OperationSearch
from explorer.widgets.draft.operation_words import call_form, found, title_of_family


@pytest.fixture
def search(qtbot: QtBot) -> OperationSearch:
    window = QMainWindow()
    page = QWidget()
    layout = QVBoxLayout(page)
    field = OperationSearch()
    layout.addWidget(field)
    layout.addStretch()
    window.setCentralWidget(page)
    window.resize(700, 500)
    qtbot.addWidget(window)
    field.show_catalog(CATALOG.values())
    window.show()
    field.window_of_test = window  # type: ignore[attr-defined] - kept alive
    return field


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("sum", "sum"),
        ("@", "matmul"),
        ("transpose", "transpose"),
        ("求和", "sum"),
        ("*", "mul"),
        ("norm", "linalg.vector_norm"),
        ("L2", "linalg.vector_norm"),
        ("concatenate", "cat"),
        ("SUM", "sum"),
        ("swap two", "transpose"),
        ("矩阵乘法", "matmul"),
        ("gather", "gather"),
        ("按索引取值", "gather"),
        ("take rows", "index_select"),
        ("条件选择", "where"),
        ("reverse", "flip"),
        ("下三角", "tril"),
        ("对角线", "diagonal"),
    ],
)
def test_what_people_type_finds_what_they_mean(text: str, first: str) -> None:
    assert found(CATALOG.values(), text)[0].name == first


def test_nothing_typed_finds_everything_and_nonsense_nothing() -> None:
    assert [op.name for op in found(CATALOG.values(), " ")] == list(CATALOG)
    assert found(CATALOG.values(), "qqq") == []


def test_every_operation_has_a_call_form_and_a_family_title() -> None:
    assert call_form(CATALOG["sum"]).startswith("A.sum(dim, keepdim")
    assert call_form(CATALOG["matmul"]) == "A @ B"
    assert call_form(CATALOG["cat"]) == "torch.cat([A, B], dim)"
    assert call_form(CATALOG["T"]) == "A.T"
    assert call_form(CATALOG["gather"]) == "A.gather(dim, B)"
    assert all(call_form(op) and title_of_family(op.family) for op in CATALOG.values())


def test_typing_and_enter_choose(search: OperationSearch, qtbot: QtBot) -> None:
    heard: list[object] = []
    search.operation_chosen.connect(heard.append)
    search.focus()
    assert search.results == tuple(CATALOG)
    qtbot.keyClicks(search, "sum")
    assert search.results[0] == "sum"
    qtbot.keyClick(search, Qt.Key.Key_Down)
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert heard == [found(CATALOG.values(), "sum")[1].name]
    assert search.results == ()
    assert search.text() == ""


def test_a_click_on_a_result_chooses(search: OperationSearch, qtbot: QtBot) -> None:
    heard: list[object] = []
    search.operation_chosen.connect(heard.append)
    search.focus()
    qtbot.keyClicks(search, "exp")
    popup = search.popup
    assert popup is not None
    rect = popup.visualRect(popup.model().index(0, 0))
    qtbot.mouseClick(popup.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert heard == ["exp"]


def test_escape_leaves_without_a_choice(search: OperationSearch, qtbot: QtBot) -> None:
    heard: list[object] = []
    search.operation_chosen.connect(heard.append)
    search.focus()
    qtbot.keyClicks(search, "sum")
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert heard == []
    assert search.results == ()


def test_a_search_without_a_match_says_so(search: OperationSearch, qtbot: QtBot) -> None:
    heard: list[object] = []
    search.operation_chosen.connect(heard.append)
    search.focus()
    qtbot.keyClicks(search, "xyzzy")
    words = search.window().findChild(QLabel, "operation_results_none")
    assert words.isVisible()
    assert words.text() == "No operation matches “xyzzy”."
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(search, key)
    assert not heard
    search.selectAll()
    qtbot.keyClicks(search, "sum")
    assert not words.isVisible()
    assert search.results[0] == "sum"
    qtbot.keyClicks(search, "xyzzy")
    assert words.isVisible()
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert not words.isVisible()


def test_a_press_elsewhere_closes_the_list(search: OperationSearch, qtbot: QtBot) -> None:
    search.focus()
    qtbot.keyClicks(search, "s")
    assert search.results
    qtbot.mouseClick(search.window(), Qt.MouseButton.LeftButton, pos=search.window().rect().bottomRight())
    assert search.results == ()


def test_the_list_stays_inside_the_window(search: OperationSearch, qtbot: QtBot) -> None:
    search.focus()
    popup = search.popup
    assert popup is not None
    assert search.window().rect().contains(popup.geometry())
    assert not search.window().grab().toImage().isNull()


def test_every_operation_has_a_button(qtbot: QtBot) -> None:
    panel = OperationPanel()
    qtbot.addWidget(panel)
    panel.show_catalog(CATALOG.values())
    panel.resize(236, 900)
    panel.show()
    heard: list[object] = []
    panel.operation_chosen.connect(heard.append)
    for name in CATALOG:
        button = panel.findChild(QPushButton, f"operation_{name.replace('.', '_')}")
        assert isinstance(button, QPushButton), name
        assert button.toolTip()
        assert button.geometry().right() < panel.viewport().width(), name
        button.click()
    assert heard == list(CATALOG)


def test_the_current_operation_is_marked_and_a_press_alone_marks_nothing(qtbot: QtBot) -> None:
    panel = OperationPanel()
    qtbot.addWidget(panel)
    panel.show_catalog(CATALOG.values())
    panel.show_current("linalg.vector_norm")

    def marked() -> list[str]:
        return [b.objectName() for b in panel.findChildren(QPushButton) if b.isChecked()]

    assert marked() == ["operation_linalg_vector_norm"]
    mean = panel.findChild(QPushButton, "operation_mean")
    assert isinstance(mean, QPushButton)
    mean.click()
    assert marked() == ["operation_linalg_vector_norm"]
    panel.show_current(None)
    assert marked() == []


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("A[M]", ["__getitem__", "__setitem__"]),
        ("x[0, 1:", ["__getitem__", "__setitem__"]),
        ("A[[0, 2]]", ["__getitem__", "__setitem__"]),
        ("A[B == 1]", ["__getitem__", "__setitem__"]),
        ("A[M] = 0", ["__setitem__", "__getitem__"]),
    ],
)
def test_code_with_an_index_finds_indexing(text: str, keys: list[str]) -> None:
    assert [op.name for op in found(OPERATIONS.values(), text)][:2] == keys
