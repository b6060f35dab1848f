"""What is pasted is read by the worker: the window goes on, and what overtakes a paste drops it with a word."""

import threading
from collections.abc import Iterator

import numpy as np
import pytest
import torch
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton

from explorer.numbers import literals
from explorer.widgets.creation.new_tensor import NewTensorDialog
from explorer.widgets.creation.values_edit import LONG


class Reader:
    """Stands before the reader of texts: on which threads it ran, and a gate that holds it up."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.threads: set[threading.Thread] = set()
        self.gate = threading.Event()
        self.gate.set()
        parse = literals.parse

        def watched(text: str, step=lambda: None) -> literals.Literal:
            self.threads.add(threading.current_thread())
            self.gate.wait(30)
            step()
            return parse(text, step)

        monkeypatch.setattr(literals, "parse", watched)


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    found = Reader(monkeypatch)
    yield found
    found.gate.set()
    assert threading.main_thread() not in found.threads


@pytest.fixture
def grid(user):
    """The grid on a (500, 20) tensor of zeros, X."""
    user.make("X", torch.zeros(500, 20, dtype=torch.float64))
    user.window.grid.open("X")
    user.settled()
    return user.window.grid.grid


def value(user, name: str = "X") -> torch.Tensor:
    return user.session.workspace[name].tensor()


def large(rows: int = 500, columns: int = 20) -> tuple[str, torch.Tensor]:
    """A table for the clipboard, and its numbers."""
    numbers = np.random.default_rng(0).standard_normal((rows, columns))
    return "\n".join("\t".join(map(repr, row)) for row in numbers.tolist()), torch.from_numpy(numbers)


def test_a_large_block_is_written_bit_for_bit_and_undone(user, reader, grid) -> None:
    text, numbers = large()
    QGuiApplication.clipboard().setText(text)
    user.click("grid_paste_button")
    assert torch.equal(value(user), numbers)
    assert reader.threads
    user.session.undo()
    user.settled()
    assert not value(user).any()


def test_a_large_block_ripples_and_is_written_where_a_step_writes(user, reader, grid) -> None:
    user.session.change("sum", lambda w: w.operate("sum", ("X",), {"dim": 0}, ("S",)))
    user.settled()
    text, numbers = large()
    grid.clipboard.paste_text(text)
    user.settled()
    assert torch.equal(value(user, "S"), numbers.sum(0))
    user.session.change("write", lambda w: w.write("X", (0, 0), 5))
    user.settled()
    before = value(user, "S").clone()
    grid.clipboard.paste_text(text)
    user.settled()
    assert torch.equal(value(user), numbers)
    assert torch.equal(value(user, "S"), before)  # a write at the end changes no earlier result


def test_a_turned_page_and_a_block_behind_its_corner(user, reader, grid) -> None:
    text, numbers = large(300, 15)
    grid.focus_cell((200, 5))
    grid.clipboard.paste_text(text)
    user.settled()
    expected = torch.zeros(500, 20, dtype=torch.float64)
    expected[200:, 5:] = numbers
    assert torch.equal(value(user), expected)
    grid._show_page(grid.model.page.assigned(0, "columns"))
    text, numbers = large(20, 500)
    grid.focus_cell((0, 0))
    grid.clipboard.paste_text(text)
    user.settled()
    assert torch.equal(value(user), numbers.T)


def test_a_large_block_with_a_wrong_number_names_its_cell(user, reader, grid) -> None:
    user.make("N", torch.zeros(100, 100, dtype=torch.int8))
    user.window.grid.open("N")
    user.settled()
    grid.focus_cell((10, 20))
    rows = [["1"] * 80 for _ in range(60)]
    rows[7][5] = "300"
    grid.clipboard.paste_text("\n".join("\t".join(row) for row in rows))
    user.settled()
    assert "[17, 25]" in user.window.message_bar.text or "[17, 25]" in grid.line.note.text()
    assert not value(user, "N").any()


def test_what_was_decided_stands_in_the_message_bar(user, reader, grid) -> None:
    grid.clipboard.paste_text("(1.50)\t2")
    user.settled()
    assert value(user)[0, :2].tolist() == [-1.5, 2.0]
    assert "(1.50) is -1.50" in user.window.message_bar.text
    grid.clipboard.paste_text("1,5\n2,5\n3,5")
    user.settled()
    assert "1.5" in grid.line.note.text()
    assert "1, 5" in grid.line.note.text()
    assert value(user)[0, :2].tolist() == [-1.5, 2.0]


def test_nothing_to_paste_is_said(user, reader, grid) -> None:
    grid.clipboard.paste_text("[[], []]")
    user.settled()
    assert "no values" in grid.line.note.text()


def edit(user, grid) -> None:
    grid.clear()


def leave(user, grid) -> None:
    grid.closed.emit()


def open_another(user, grid) -> None:
    user.window.grid._open("A", None)


def paste_another(user, grid) -> None:
    grid.clipboard.paste_text("7")


@pytest.mark.parametrize("overtake", [edit, leave, open_another, paste_another])
def test_a_paste_that_is_overtaken_is_dropped_with_a_word(user, reader, grid, overtake) -> None:
    reader.gate.clear()
    grid.clipboard.paste_text("1\t2\t3")
    assert "Reading" in grid.line.note.text()
    overtake(user, grid)
    reader.gate.set()
    user.settled()
    assert "pasted" in user.window.message_bar.text
    assert value(user)[0, :3].tolist() == ([7.0, 0, 0] if overtake is paste_another else [0, 0, 0])
    assert "Reading" not in grid.line.note.text()


def test_the_window_may_close_while_a_paste_is_read(user, reader, grid) -> None:
    reader.gate.clear()
    grid.clipboard.paste_text("1\t2\t3")
    user.window.close()  # the fixture ends the program


# ---- New -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def dialog(user, reader) -> NewTensorDialog:
    user.window.creation.ask()
    found = user.window.findChild(NewTensorDialog)
    user.settled()
    return found


def said(dialog: NewTensorDialog) -> str:
    return dialog.findChild(QLabel, "new_forecast").text()


def test_values_are_read_while_the_dialog_stays_live(user, reader, dialog) -> None:
    reader.gate.clear()
    text = dialog.findChild(QPlainTextEdit, "new_values")
    text.setPlainText("[1, 2]")
    assert "Reading" in said(dialog)
    assert not dialog.findChild(QPushButton, "new_create").isEnabled()
    dialog.name.setText("K")  # another field may be typed into meanwhile
    text.setPlainText("(1.50)\t3\t4")
    dialog.submit()  # as soon as it is there
    reader.gate.set()
    user.settled()
    user.qtbot.waitUntil(lambda: "K" in user.session.workspace)
    assert value(user, "K").tolist() == [-1.5, 3.0, 4.0]


def test_what_was_decided_stands_in_the_preview(user, reader, dialog) -> None:
    text = dialog.findChild(QPlainTextEdit, "new_values")
    note = dialog.findChild(QLabel, "new_said")
    text.setPlainText("1\u202f234\t5")
    user.settled()
    assert "1234" in note.text()
    assert note.isVisibleTo(dialog)
    text.setPlainText("[16777217]")
    user.settled()
    assert not note.isVisibleTo(dialog)
    dialog.dtype.setCurrentText("float32")
    user.settled()
    assert "16777216" in note.text()
    text.setPlainText("1,5\n2,5\n3,5")
    user.settled()
    assert "1.5" in said(dialog)
    assert "1, 5" in said(dialog)


def test_a_long_text_is_kept_aside_and_read_whole(user, reader, dialog) -> None:
    text, numbers = large()
    assert len(text) > LONG
    QGuiApplication.clipboard().setText(text)
    dialog.form.paste.click()
    user.settled()
    box = dialog.form.text
    assert "(500, 20)" in said(dialog)
    assert len(box.toPlainText()) < LONG
    assert box.content == text
    assert "The first of" in dialog.form.says.text()
    user.qtbot.keyClicks(box, "5")  # changes nothing in the middle of what is not seen
    assert box.content == text
    user.qtbot.keyClick(box, Qt.Key.Key_Delete)
    user.qtbot.keyClicks(box, "[5]")
    user.settled()
    assert "(1,)" in said(dialog)
    data = QMimeData()
    data.setText("," * LONG)
    box.moveCursor(box.textCursor().MoveOperation.Start)
    box.insertFromMimeData(data)
    assert box.content == "," * LONG + "[5]"
    QGuiApplication.clipboard().setText(text)
    user.qtbot.keyClick(box, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    user.settled()
    dialog.dtype.setCurrentText("float64")
    user.settled()
    dialog.name.setText("K")
    user.settled()
    dialog.submit()
    user.settled()
    assert torch.equal(value(user, "K"), numbers)


def test_closing_while_values_are_read(user, reader, dialog) -> None:
    reader.gate.clear()
    dialog.form.text.setPlainText("[1, 2]")
    dialog.reject()
    reader.gate.set()
    user.settled()


def test_a_block_pasted_into_the_line_of_one_cell_goes_into_the_cells(user, reader: Reader) -> None:
    user.make("X", torch.zeros(2, 3))
    user.window.grid.open("X", 1)  # the line of cell [0, 1] is open
    line = user.find("cell_editor")
    QGuiApplication.clipboard().setText("(1.50)\t2\n3\t4")
    user.qtbot.keyClick(line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    user.settled()
    assert value(user).tolist() == [[0, -1.5, 2], [0, 3, 4]]
    assert "negative" in user.window.message_bar.text
