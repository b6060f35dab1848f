"""The doctor finds what is there and what is missing, and says how to get it."""

import importlib.metadata
import subprocess
import sys
from types import SimpleNamespace
from typing import Any

import pytest
import torch

from explorer.widgets import doctor


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="shared libraries are looked for on Linux only")
def test_all_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    code = doctor.main()
    said = capsys.readouterr().out
    assert f"torch {torch.__version__}" in said
    assert importlib.metadata.version("PySide6-Essentials") in said
    assert "platform: offscreen" in said
    assert "fonts for Chinese:" in said
    assert "cpu:" in said
    assert "meta:" in said
    assert ("Nothing is missing." in said) == (code == 0)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="shared libraries are looked for on Linux only")
def test_missing_libraries_and_fonts_are_told_with_their_packages(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(command: list[str], **_: Any) -> SimpleNamespace:
        if command[0].endswith("ldd"):
            lines = (
                "\tlibxcb-icccm.so.4 => not found\n\tlibc.so.6 => /lib/libc.so.6 (0x0)\n\tlibodd.so.9 => not found\n"
            )
            return SimpleNamespace(returncode=0, stdout=lines, stderr="")
        return SimpleNamespace(returncode=0, stdout="offscreen\n\n", stderr="")

    monkeypatch.setattr(subprocess, "run", run)
    assert doctor.main() == 1
    said = capsys.readouterr().out
    assert "missing: libxcb-icccm.so.4" in said
    assert "apt-get install libodd.so.9 libxcb-icccm4" in said
    assert "fonts for Chinese: none" in said
    assert "fonts-wqy-microhei" in said


def test_qt_that_does_not_start_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(
        subprocess, "run", lambda *_, **__: SimpleNamespace(returncode=-6, stdout="", stderr="could not load it\nmore")
    )
    assert doctor.main() == 1
    said = capsys.readouterr().out
    assert "cannot be used (could not load it)" in said
    assert "Qt does not start" in said
