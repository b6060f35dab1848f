"""Files in the window: opened from the menu, dropped, named on the command line; refused; saved."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QAction, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QFileDialog, QLineEdit, QListView, QPushButton
from pytestqt.qtbot import QtBot

from explorer import files
from explorer.widgets import app as program
from explorer.widgets import shutdown
from explorer.widgets.app import App, dressed
from explorer.widgets.settings import Settings

VALUES = torch.tensor([[1.5, -2.0, 3.0], [4.0, 5.0, -6.0]])


def trigger(user: Any, name: str, kind: type[QDialog]) -> Any:
    """The dialog that the menu's action opens; it does not block."""
    action = user.window.findChild(QAction, name)
    action.trigger()
    (dialog,) = [d for d in user.window.findChildren(kind) if d.isVisible()]
    return dialog


def names(user: Any) -> list[str]:
    return [item.name for item in user.session.workspace.items]


def test_open_from_the_menu(user: Any, tmp_path: Path) -> None:
    np.save(tmp_path / "digits.npy", VALUES.numpy())
    np.savez(tmp_path / "net.npz", **{"layer.weight": np.ones((2, 2)), "bias": np.zeros(3)})
    before = names(user)
    dialog = trigger(user, "action_open", QFileDialog)
    assert dialog.objectName() == "open_files"
    assert dialog.fileMode() == QFileDialog.FileMode.ExistingFiles
    dialog.filesSelected.emit([str(tmp_path / "digits.npy"), str(tmp_path / "net.npz")])
    dialog.close()
    user.settled()
    assert names(user) == [*before, "digits", "weight", "bias"]
    assert torch.equal(user.session.workspace["digits"].tensor(), VALUES)
    assert user.session.workspace["weight"].label == "layer.weight"
    assert user.session.state.inspected == "digits"
    assert user.session.draft.operands == ("digits",)
    assert not user.window.message_bar.text
    user.session.undo()
    user.settled()
    assert names(user) == before
    user.session.redo()
    user.settled()
    assert torch.equal(user.session.workspace["digits"].tensor(), VALUES)


def test_files_are_dropped_on_the_shelf(user: Any, tmp_path: Path) -> None:
    torch.save({"w": VALUES, "note": "x"}, tmp_path / "model.pt")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "model.pt"))])
    drop = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    user.window.shelf.list.dropEvent(drop)
    user.settled()
    assert torch.equal(user.session.workspace["w"].tensor(), VALUES)
    assert user.session.state.inspected == "w"


def test_a_refused_file_changes_nothing(user: Any, tmp_path: Path) -> None:
    (tmp_path / "evil.pt").write_bytes(b"")
    before, stage = user.session.state, user.window.stage.staged
    count = len(user.session.history.changes)
    user.window.files.open([tmp_path / "evil.pt", tmp_path / "none.npy"])
    user.settled()
    assert user.window.message_bar.text == (
        "“evil.pt” is empty; choose another file.\nThere is no file “none.npy”; choose one that is there."
    )
    assert user.session.state.workspace is before.workspace
    assert len(user.session.history.changes) == count
    shown = user.window.stage.staged  # perhaps arranged anew: the message takes room
    assert shown.draft is stage.draft
    assert torch.equal(shown.animation.results[0], stage.animation.results[0])


def test_what_can_be_read_is_opened_beside_what_cannot(user: Any, tmp_path: Path) -> None:
    np.save(tmp_path / "good.npy", np.ones(3))
    user.window.files.open([tmp_path / "none.npy", tmp_path / "good.npy"])
    user.settled()
    assert "good" in names(user)
    assert "There is no file “none.npy”" in user.window.message_bar.text


def test_members_that_are_no_tensors_are_told(user: Any, tmp_path: Path) -> None:
    np.savez(tmp_path / "x.npz", a=np.ones(3), format=np.array("csr"))
    user.window.files.open([tmp_path / "x.npz"])
    user.settled()
    assert "a" in names(user)
    assert "came over: format, which cannot be shown." in user.window.message_bar.text


def test_what_does_not_come_over_with_the_values_is_told(user: Any, tmp_path: Path) -> None:
    whole = torch.arange(12.0).reshape(3, 4)
    held = {"w": torch.ones(2, requires_grad=True), "a": whole, "part": whole[:, 1:3], "epoch": 3, "v": torch.ones(2)}
    torch.save(held, tmp_path / "model.pt")
    user.window.files.open([tmp_path / "model.pt"])
    user.settled()
    assert user.window.message_bar.text == (
        "Not all of “model.pt” came over: requires_grad of w; the memory shared by a, part; the strides of part; "
        "epoch, no tensors."
    )
    user.window.files.open([tmp_path / "model.pt"], ["v", "a"])
    user.settled()
    assert not user.window.message_bar.text


def test_of_many_tensors_the_user_chooses(user: Any, tmp_path: Path) -> None:
    files.save(tmp_path / "many.npz", {f"layer.{i}.w{i}": torch.full((i + 1,), i) for i in range(40)})
    before = names(user)
    user.window.files.open([tmp_path / "many.npz"])
    user.settled()
    assert names(user) == before
    dialog = user.window.findChild(QDialog, "file_entries")
    assert not user.window.isEnabled() or dialog.isVisible()
    entries = dialog.findChild(QListView, "file_entries_list")
    assert entries.model().rowCount() == 40
    assert entries.model().index(3, 0).data() == "layer.3.w3   (4,)   int64   32 bytes"
    buttons = dialog.findChild(QDialogButtonBox)
    assert not buttons.button(QDialogButtonBox.StandardButton.Open).isEnabled()
    user.qtbot.keyClicks(dialog.findChild(QLineEdit), "W17")
    assert entries.model().rowCount() == 1
    entries.selectAll()
    user.qtbot.mouseClick(buttons.button(QDialogButtonBox.StandardButton.Open), Qt.MouseButton.LeftButton)
    user.settled()
    assert names(user) == [*before, "w17"]
    assert user.session.workspace["w17"].tensor().tolist() == [17] * 18


def test_a_cancel_while_a_file_is_read(user: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from explorer.files import child

    torch.save(VALUES, tmp_path / "slow.pt")
    (tmp_path / "stuck.py").write_text("import time; time.sleep(60)")
    monkeypatch.setattr(child, "PROGRAM", tmp_path / "stuck.py")
    before = names(user)
    user.window.files.open([tmp_path / "slow.pt"])
    assert user.session.busy
    user.session.cancel()
    user.settled()
    assert names(user) == before
    assert "Cancelled" in user.window.message_bar.text


def test_save_what_is_inspected(user: Any, tmp_path: Path) -> None:
    user.make("Q", VALUES)
    dialog = trigger(user, "action_save_tensor", QFileDialog)
    assert dialog.objectName() == "save_tensor"
    assert dialog.defaultSuffix() == "npy"
    dialog.selectNameFilter(dialog.nameFilters()[2])
    dialog.filterSelected.emit(dialog.nameFilters()[2])
    assert dialog.defaultSuffix() == "pt"
    dialog.fileSelected.emit(str(tmp_path / "out.npy"))
    dialog.close()
    user.settled()
    assert np.array_equal(np.load(tmp_path / "out.npy"), VALUES.numpy())
    assert "Q is saved as “out.npy”." in user.window.message_bar.text


def test_the_dialogs_name_the_formats_that_there_are(
    user: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from explorer.files import formats
    from explorer.messages import Phrase

    named = ["NumPy array (*.npy)", "NumPy archive (*.npz)", "torch file (*.pt *.pth)"]
    user.make("Q", VALUES)
    saving = trigger(user, "action_save_tensor", QFileDialog)
    assert saving.nameFilters() == named
    saving.close()
    opening = trigger(user, "action_open", QFileDialog)
    assert opening.nameFilters() == ["Tensor files (*.npy *.npz *.pt *.pth)", "All files (*)"]
    opening.close()
    made_up = replace(formats.FORMATS[0], title=Phrase("Made up", "编的"), endings=(".made", ".mde"))
    monkeypatch.setattr(formats, "FORMATS", (*formats.FORMATS, made_up))
    saving = trigger(user, "action_save_tensor", QFileDialog)
    assert saving.nameFilters() == [*named, "Made up (*.made *.mde)"]
    saving.filterSelected.emit(saving.nameFilters()[3])
    assert saving.defaultSuffix() == "made"
    saving.fileSelected.emit(str(tmp_path / "out.mde"))
    saving.close()
    user.settled()
    assert np.array_equal(np.load(tmp_path / "out.mde"), VALUES.numpy())
    opening = trigger(user, "action_open", QFileDialog)
    assert opening.nameFilters()[0] == "Tensor files (*.npy *.npz *.pt *.pth *.made *.mde)"
    opening.close()


def test_a_tensor_that_the_format_cannot_hold(user: Any, tmp_path: Path) -> None:
    user.make("H", torch.ones(2, dtype=torch.bfloat16))
    user.window.files.save("H", tmp_path / "h.npy")
    user.settled()
    assert "NumPy has no bfloat16, which H is; convert it to float32" in user.window.message_bar.text
    assert not list(tmp_path.glob("*.npy"))


@pytest.fixture
def begun(qtbot: QtBot) -> Iterator[Callable[[list[Path]], App]]:
    """A function that starts the program on files, as the command line does."""
    running: list[App] = []

    def begin(paths: list[Path]) -> App:
        kept = Settings()
        dressed(kept, "en", "light")
        app = App(kept)
        running.append(app)
        app.window.show()
        app.begin({}, paths)
        session = app.session
        qtbot.waitUntil(lambda: session.started and not session.busy and session.idle, timeout=60_000)
        return app

    yield begin
    for app in running:
        app.end()
        app.deleteLater()


def test_started_on_a_file(begun: Callable[[list[Path]], App], tmp_path: Path) -> None:
    np.save(tmp_path / "digits.npy", VALUES.numpy())
    app = begun([tmp_path / "digits.npy"])
    assert app.session.workspace.names == ("digits",)
    assert app.session.draft is not None
    assert app.session.draft.operands == ("digits",)
    assert app.window.stage.staged is not None


def test_started_on_a_file_that_is_refused(begun: Callable[[list[Path]], App], tmp_path: Path) -> None:
    app = begun([tmp_path / "none.npy"])
    assert app.session.workspace.names == ()
    assert "There is no file “none.npy”" in app.window.message_bar.text


def test_the_command_hands_its_files_on(monkeypatch: pytest.MonkeyPatch) -> None:
    handed: list[Any] = []

    def begin(app: App, given: Mapping[str, Any], files: Sequence[Path] = ()) -> None:
        handed.append((given, files))
        QTimer.singleShot(0, app, QApplication.quit)

    monkeypatch.setattr(App, "begin", begin)
    monkeypatch.setattr(shutdown, "leave_soon", lambda _: None)
    monkeypatch.setattr(shutdown, "leave", lambda _: None)
    assert program.main(["a.npy", "b.pt"]) == 0
    assert handed == [({}, [Path("a.npy"), Path("b.pt")])]


def test_a_start_removes_what_a_killed_program_left(user: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from explorer.files import scratch_file
    from explorer.files.child import SPARE

    left = scratch_file.ScratchFile(tmp_path)
    for held in (left, left._note):
        held.file.close()
        os.close(held._lock)  # as the end of a process does
    monkeypatch.setattr(SPARE, "begin", lambda: None)
    user.app.stand_by()
    user.qtbot.waitUntil(lambda: not Path(left.path).exists(), timeout=20_000)


@pytest.fixture
def stuck(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that takes for ever to read."""
    from explorer.files import child

    torch.save(VALUES, tmp_path / "slow.pt")
    (tmp_path / "stuck.py").write_text("import time; time.sleep(60)")
    monkeypatch.setattr(child, "PROGRAM", tmp_path / "stuck.py")
    return tmp_path / "slow.pt"


def test_the_file_that_is_being_opened_is_named_on_an_empty_stage(
    qtbot: QtBot, stuck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dressed(Settings(), "en", "light")
    app = App(Settings())
    try:
        app.window.show()
        app.begin({}, [stuck.with_name("none.npy"), stuck])
        view = app.window.stage.view
        qtbot.waitUntil(lambda: view.accessibleDescription() == "Opening “slow.pt” (2 of 2) …", timeout=60_000)
        button = app.window.draft_bar.findChild(QPushButton, "operation_run")
        qtbot.waitUntil(lambda: button.isEnabled() and "Cancel" in button.text(), timeout=60_000)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: app.session.started and not app.session.busy, timeout=60_000)
        assert view.accessibleDescription().startswith("Nothing on the stage.")
        assert not button.isEnabled()
        app.window.files.open([stuck.with_name("none.npy")])
        qtbot.waitUntil(lambda: "“none.npy”" in app.window.message_bar.text, timeout=60_000)
        assert view.accessibleDescription().startswith("Not opened: “none.npy”.")
    finally:
        app.end()
        app.deleteLater()


def test_the_file_that_is_being_opened_is_named_below_a_picture(user: Any, stuck: Path) -> None:
    bar, staged = user.window.message_bar, user.window.stage.staged
    user.window.files.open([stuck])
    user.qtbot.waitUntil(lambda: bar.text == "Opening “slow.pt” …", timeout=60_000)
    assert user.window.stage.staged is not None
    assert user.window.stage.staged.draft is staged.draft
    user.session.cancel()
    user.settled()
    assert "Opening" not in bar.text


def test_how_far_the_opening_is(user: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opening, said = user.window.files, []

    def shelve(workspace: Any, path: Path, chosen: object, progress: Callable[[float], None]) -> Any:
        for fraction in (0.25, 0.5):
            progress(fraction)
            said.append(str(opening.message))
        raise files.loading.refused(path, files.loading.FOLDER)

    monkeypatch.setattr("explorer.files.shelf_load.shelve", shelve)
    opening.open([tmp_path / "a\n.npy", tmp_path / "b.npy"])
    user.settled()
    assert said[:2] == [f"Opening “a�.npy” (1 of 2, {percent} %) …" for percent in (25, 50)]
    assert said[3] == "Opening “b.npy” (2 of 2, 50 %) …"


@pytest.mark.skipif(os.name == "nt", reason="has no such names")
def test_names_that_are_no_text_are_opened_and_shown(user: Any, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.pt"))
    with path.open("wb") as file:
        torch.save({"w": VALUES, "\udcff\n": torch.ones(2), "note": 1}, file)
    data = QMimeData()
    data.setUrls([QUrl("file://" + str(tmp_path) + "/%FF%FE.pt")])
    position, copy = QPointF(5, 5), Qt.DropAction.CopyAction
    drop = QDropEvent(position, copy, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    user.window.shelf.list.dropEvent(drop)
    user.settled()
    assert torch.equal(user.session.workspace["w"].tensor(), VALUES)
    assert user.window.message_bar.text == "Not all of “��.pt” came over: note, no tensors."
    for text in (
        user.session.history.undo_text,
        user.window.message_bar.text,
        *user.session.listing.lines(user.session.workspace.steps),
    ):
        assert text.encode().decode() == text
    user.window.files.open([tmp_path / "\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}.pt"], ["w"])  # Qt's dialog
    user.settled()
    assert "w1" in names(user)


def test_copied_code_reads_the_very_file(user: Any, tmp_path: Path) -> None:
    np.save(tmp_path / "acts.npy", VALUES.numpy().astype(">f4"))
    user.window.files.open([tmp_path / "acts.npy"])
    user.settled()
    user.window.program.copy_code()
    user.settled()
    text, found = QGuiApplication.clipboard().text(), dict[str, Any]()
    assert f"np.load({str(tmp_path / 'acts.npy')!r})" in text
    assert user.session.workspace.steps[-1].source() in text
    exec(text, found)  # noqa: S102
    assert torch.equal(found["acts"], VALUES)


@pytest.mark.parametrize(("size", "beside"), [(3, False), (100, True)])
def test_a_saved_program_names_the_folder_of_its_values(user: Any, tmp_path: Path, size: int, beside: bool) -> None:
    user.make("Z", torch.arange(float(size * size)).reshape(size, size))
    dialog = trigger(user, "action_save_program", QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "tale.py"))
    dialog.close()
    user.settled()
    assert ("tale_values" in user.window.message_bar.text) == beside
    assert (tmp_path / "tale_values").is_dir() == beside
