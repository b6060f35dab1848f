"""The code bar shows the program, its newest line in view and bold, and asks for a copy of the whole."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from explorer.widgets.code.code_view import CodeView

LINES = [
    "A = torch.arange(12).reshape(3, 4)",
    "W = torch.tensor([\n    [1., 2.],\n])",
    'v = torch.linalg.vector_norm(W, ord=float("inf"))  # "not a string"',
    "B = A.sum(dim=0)",
]


@pytest.fixture
def code(qtbot: QtBot) -> CodeView:
    widget = CodeView()
    qtbot.addWidget(widget)
    widget.resize(700, widget.sizeHint().height())
    widget.show()
    return widget


def text(code: CodeView) -> QPlainTextEdit:
    found = code.findChild(QPlainTextEdit, "code_lines")
    assert isinstance(found, QPlainTextEdit)
    return found


def first_in_view(code: CodeView) -> str:
    return text(code).firstVisibleBlock().text()


def bold(code: CodeView) -> list[bool]:
    document = text(code).document()
    found = []
    for number in range(document.blockCount()):
        layout = document.findBlockByNumber(number).layout()
        found.append(any(f.format.fontWeight() == QFont.Weight.Bold for f in layout.formats()))
    return found


def test_the_newest_statement_is_bold_and_in_view(code: CodeView) -> None:
    code.show_lines(LINES)
    assert text(code).toPlainText() == "\n".join(LINES)
    assert bold(code) == [False] * 5 + [True]
    code.show_lines(LINES[:2])
    assert bold(code) == [False, True, True, True]
    code.show_lines(LINES * 5)
    bar = text(code).verticalScrollBar()
    assert bar.maximum() - bar.value() <= 1
    assert text(code).viewport().rect().contains(text(code).cursorRect().center())


def test_it_is_read_only_and_can_be_selected(code: CodeView) -> None:
    code.show_lines(LINES)
    assert text(code).isReadOnly()
    text(code).selectAll()
    assert text(code).textCursor().hasSelection()


def test_copy_is_asked_for(code: CodeView, qtbot: QtBot) -> None:
    code.show_lines(LINES)
    button = code.findChild(QToolButton, "code_copy")
    assert isinstance(button, QToolButton)
    with qtbot.waitSignal(code.copy_requested):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    code.show_lines([])
    assert not button.isEnabled()


def test_it_is_folded_to_the_newest_statement_until_a_click(code: CodeView, qtbot: QtBot) -> None:
    code.show_lines(LINES[:2])
    folded = code.height()
    assert folded <= 32
    assert first_in_view(code) == "W = torch.tensor(["  # its first line, not the last one
    fold = code.findChild(QPushButton, "code_fold")
    qtbot.mouseClick(fold, Qt.MouseButton.LeftButton)
    assert code.height() > 3 * folded
    assert first_in_view(code) == LINES[0]
    code.show_lines(LINES)
    qtbot.mouseClick(fold, Qt.MouseButton.LeftButton)
    assert code.height() == folded
    assert first_in_view(code) == LINES[-1]


def test_of_a_long_literal_the_middle_is_left_out(code: CodeView) -> None:
    values = ", ".join(map(str, range(4096)))
    literal = "A = torch.tensor([\n    " + values + ",\n])"
    code.show_lines([literal, "B = A.sum(dim=0)"])
    assert code.lines[0] == literal
    shown = text(code).toPlainText()
    assert len(shown) < 2500
    assert shown.startswith("A = torch.tensor([\n    0, 1, ")
    assert shown.endswith("4095,\n])\nB = A.sum(dim=0)")
    assert bold(code)[-1]
    assert sum(bold(code)) == 1
