"""What can be done is found by name, code, sign, title, synonym, family and pinyin, and chosen by mouse and keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMainWindow, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from explorer.ops import CATALOG, OPERATIONS
from explorer.widgets.actions import Action
from explorer.widgets.draft.draft_controller import operation
from explorer.widgets.search.find import Candidate, found, near
from explorer.widgets.search.pinyin import initials_of
from explorer.widgets.search.search_field import SearchField

OPS = [operation(op, print) for op in CATALOG.values()]


def keys(text: str, among: list[Action] = OPS) -> list[str]:
    """The operations that a text finds."""
    return [action.name.removeprefix("operation_") for action in found(map(Candidate, among), text)]


@pytest.fixture
def search(qtbot: QtBot) -> SearchField:
    window = QMainWindow()
    page = QWidget()
    layout = QVBoxLayout(page)
    field = SearchField()
    layout.addWidget(field)
    layout.addStretch()
    window.setCentralWidget(page)
    window.resize(700, 500)
    qtbot.addWidget(window)
    field.search_in(lambda: OPS)
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
    assert keys(text)[0] == first


def test_nothing_typed_finds_everything_and_nonsense_nothing() -> None:
    assert keys(" ") == list(CATALOG)
    assert keys("qqq") == []


def test_typing_and_enter_choose(search: SearchField, qtbot: QtBot) -> None:
    heard: list[Action] = []
    search.chosen.connect(heard.append)
    search.focus()
    assert search.results == tuple(action.name for action in OPS)
    qtbot.keyClicks(search, "sum")
    assert search.results[0] == "operation_sum"
    qtbot.keyClick(search, Qt.Key.Key_Down)
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert [action.name for action in heard] == [f"operation_{keys('sum')[1]}"]
    assert search.results == ()
    assert search.text() == ""


def test_a_click_on_a_result_chooses(search: SearchField, qtbot: QtBot) -> None:
    heard: list[Action] = []
    search.chosen.connect(heard.append)
    search.focus()
    qtbot.keyClicks(search, "exp")
    popup = search.popup
    assert popup is not None
    rect = popup.visualRect(popup.model().index(0, 0))
    qtbot.mouseClick(popup.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert [action.name for action in heard] == ["operation_exp"]


def test_escape_leaves_without_a_choice(search: SearchField, qtbot: QtBot) -> None:
    heard: list[Action] = []
    search.chosen.connect(heard.append)
    search.focus()
    qtbot.keyClicks(search, "sum")
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert heard == []
    assert search.results == ()


def test_a_search_without_a_match_says_so(search: SearchField, qtbot: QtBot) -> None:
    heard: list[Action] = []
    search.chosen.connect(heard.append)
    search.focus()
    qtbot.keyClicks(search, "xyzzy")
    words = search.window().findChild(QLabel, "operation_results_none")
    assert words.isVisible()
    assert words.text() == "Nothing matches “xyzzy”."
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(search, key)
    assert not heard
    search.selectAll()
    qtbot.keyClicks(search, "sum")
    assert not words.isVisible()
    assert search.results[0] == "operation_sum"
    qtbot.keyClicks(search, "xyzzy")
    assert words.isVisible()
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert not words.isVisible()


def test_a_press_elsewhere_closes_the_list(search: SearchField, qtbot: QtBot) -> None:
    search.focus()
    qtbot.keyClicks(search, "s")
    assert search.results
    qtbot.mouseClick(search.window(), Qt.MouseButton.LeftButton, pos=search.window().rect().bottomRight())
    assert search.results == ()


def test_the_list_stays_inside_the_window(search: SearchField, qtbot: QtBot) -> None:
    search.focus()
    popup = search.popup
    assert popup is not None
    assert search.window().rect().contains(popup.geometry())
    assert not search.window().grab().toImage().isNull()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A[M]", ["__getitem__", "__setitem__"]),
        ("x[0, 1:", ["__getitem__", "__setitem__"]),
        ("A[[0, 2]]", ["__getitem__", "__setitem__"]),
        ("A[B == 1]", ["__getitem__", "__setitem__"]),
        ("A[M] = 0", ["__setitem__", "__getitem__"]),
    ],
)
def test_code_with_an_index_finds_indexing(text: str, expected: list[str]) -> None:
    assert keys(text, [operation(op, print) for op in OPERATIONS.values()])[:2] == expected


@pytest.mark.parametrize(
    ("text", "first"),
    [
        (".T", "T"),
        ("A.T", "T"),
        ("x.mT", "mT"),
        ("sum(dim=0)", "sum"),
        ("A.sum(0, keepdim=True)", "sum"),
        ("torch.sum(x, 0)", "sum"),
        ("np.sum(", "sum"),
        ("F.softmax(x, -1)", "softmax"),
        ("torch.nn.functional.softmax(x, dim=1)", "softmax"),
        ("torch.linalg.vector_norm(x)", "linalg.vector_norm"),
        ("a @ b", "matmul"),
        ("A * B", "mul"),
        ("x-y", "sub"),
        ("A == B", "eq"),
        ("x ** 2", "pow"),
        ("a // 2", "floor_divide"),
        ("A.exp().sum(1)", "sum"),
        ("y = x.reshape(2, -1)", "reshape"),
        ("ｓｕｍ", "sum"),
        ("qh", "sum"),
        ("jzcf", "matmul"),
        ("zz", "T"),
    ],
)
def test_code_and_pinyin_find_what_they_mean(text: str, first: str) -> None:
    assert keys(text)[0] == first


def test_every_chinese_character_of_a_title_has_an_initial() -> None:
    texts = "".join("".join((a.title.chinese, a.family.chinese, *a.words)) for a in OPS)
    assert not {
        c for c in texts if "\u4e00" <= c <= "\u9fff" and not set(initials_of(c)) <= set(map(chr, range(97, 123)))
    }


@pytest.mark.parametrize(("text", "close"), [("tranpose", "transpose"), ("sotfmax", "softmax"), ("求合", "求和")])
def test_a_miss_names_what_is_near(text: str, close: str) -> None:
    assert keys(text) == []
    assert close in near(map(Candidate, OPS), text)
