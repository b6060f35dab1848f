"""The command: what it opens, what it says where there is no display, and what it says when something is missing."""

import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from explorer import __version__, cli


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """What the window, the snapshot and the doctor would have been called with; none of them runs."""
    calls: list[tuple[Any, ...]] = []

    def stand_in(name: str) -> ModuleType:
        def main(*arguments: Any, **named: Any) -> int:
            calls.append((name, *arguments, named))
            return 7

        return SimpleNamespace(main=main)  # type: ignore[return-value]

    for name in ("app", "snapshot", "doctor"):
        monkeypatch.setitem(sys.modules, f"explorer.widgets.{name}", stand_in(name))
    monkeypatch.setattr(sys, "platform", "linux")
    return calls


@pytest.fixture
def no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)


def test_files_are_opened(called: list[tuple[Any, ...]]) -> None:
    assert cli.main(["a.npy", "./doctor", "--language", "zh_CN"]) == 7
    assert called == [("app", ["a.npy", "./doctor"], {"language": "zh_CN", "theme": None})]


def test_commands(called: list[tuple[Any, ...]], tmp_path: Path) -> None:
    assert cli.main(["snapshot", str(tmp_path), "--size", "640x480", "--theme", "dark"]) == 7
    assert cli.main(["doctor"]) == 7
    assert called == [("snapshot", tmp_path, {"size": (640, 480), "language": None, "theme": "dark"}), ("doctor", {})]


@pytest.mark.usefixtures("no_display")
def test_no_display_is_said(called: list[tuple[Any, ...]], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 2
    assert not called
    assert "no display" in capsys.readouterr().err


@pytest.mark.usefixtures("no_display")
def test_no_display_draws_pictures_where_that_is_wanted(
    called: list[tuple[Any, ...]], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "")  # is set by the command, and taken back after the test
    assert cli.main(["--or-snapshot", str(tmp_path)]) == 7
    assert [call[:2] for call in called] == [("snapshot", tmp_path)]
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
    said = capsys.readouterr().out
    assert "no display" in said
    assert str(tmp_path) in said


def test_a_display_that_does_not_answer_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("QT_QPA_PLATFORM")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":4711")
    assert cli.display_trouble() is None
    assert "does not answer" in str(cli.display_trouble(probe=True))


def test_a_display_that_answers_is_used(virtual_display: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", virtual_display)
    assert cli.display_trouble(probe=True) is None


def test_what_is_missing_is_said_in_a_line(
    called: list[tuple[Any, ...]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(error: ImportError) -> None:
        def examine() -> int:
            raise error

        monkeypatch.setitem(sys.modules, "explorer.widgets.doctor", SimpleNamespace(main=examine))  # type: ignore[arg-type]

    fail(ImportError("libEGL.so.1: cannot open shared object file: No such file or directory"))
    assert cli.main(["doctor"]) == 1
    said = capsys.readouterr().err
    assert "libEGL.so.1" in said
    assert "tensor-explorer doctor" in said
    fail(ModuleNotFoundError("No module named 'PySide6'", name="PySide6"))
    assert cli.main(["doctor"]) == 1
    assert "PySide6 is missing" in capsys.readouterr().err
    fail(ImportError("cannot import name 'x' from 'y'"))
    with pytest.raises(ImportError):
        cli.main(["doctor"])


@pytest.mark.parametrize("command", [[sys.executable, "-m", "explorer"]])
def test_the_module_runs(command: list[str]) -> None:
    done = subprocess.run([*command, "--version"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, f"tensor-explorer {__version__}")
