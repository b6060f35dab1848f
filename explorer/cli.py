"""The command `tensor-explorer`: open the window, draw pictures of it, or look for what is missing."""

import argparse
import importlib.util
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from explorer import __version__

LANGUAGES = ("en", "zh_CN")
THEMES = ("light", "dark", "system")
COMMANDS = ("snapshot", "doctor")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code. A file called `doctor` is opened as `./doctor`."""
    words = list(sys.argv[1:] if argv is None else argv)
    command = words[0] if words and words[0] in COMMANDS else ""
    try:
        if command == "snapshot":
            return _snapshot(words[1:])
        if command == "doctor":
            return _doctor(words[1:])
        return _window(words)
    except ImportError as error:
        return _cannot_import(error)


def _window(words: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="tensor-explorer",
        description="Build tensors in a grid, click an operation, and watch what happens to each axis.",
        epilog="Further commands: tensor-explorer snapshot FOLDER draws the window into pictures; "
        "tensor-explorer doctor tells what is installed and what is missing.",
    )
    parser.add_argument("files", nargs="*", metavar="FILE", help="tensor files to open")
    parser.add_argument("--language", choices=LANGUAGES, help="instead of the system's")
    parser.add_argument("--theme", choices=THEMES, help="instead of the one last chosen")
    parser.add_argument(
        "--or-snapshot", metavar="FOLDER", type=Path, help="where no display can be had, draw pictures into FOLDER"
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    given = parser.parse_args(words)
    trouble = display_trouble(probe=given.or_snapshot is not None)
    if trouble and given.or_snapshot is not None:
        print(f"{trouble} Drawing the window into {given.or_snapshot}/ instead.", flush=True)
        return _draw(given.or_snapshot, given.language, given.theme)
    if trouble:
        print(
            f"{trouble} `tensor-explorer snapshot FOLDER` draws the window into pictures without one.", file=sys.stderr
        )
        return 2
    from explorer.widgets.app import main as open_window  # noqa: PLC0415 - which loads Qt

    return open_window(given.files, language=given.language, theme=given.theme)


def _snapshot(words: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="tensor-explorer snapshot",
        description="Build A, sum along axis 0, and draw the window at the start, the middle and the end; "
        "no display is needed.",
    )
    parser.add_argument("folder", nargs="?", type=Path, default=Path("snapshots"), help="default: %(default)s")
    parser.add_argument("--language", choices=LANGUAGES)
    parser.add_argument("--theme", choices=THEMES)
    parser.add_argument("--size", type=_size, default=(1280, 800), metavar="WxH", help="default: 1280x800")
    parser.add_argument("--scale", type=float, default=None, help="device pixels for one pixel, as 2 on a dense screen")
    given = parser.parse_args(words)
    if given.scale:
        os.environ["QT_SCALE_FACTOR"] = str(given.scale)
    return _draw(given.folder, given.language, given.theme, given.size)


def _draw(folder: Path, language: str | None, theme: str | None, size: tuple[int, int] = (1280, 800)) -> int:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from explorer.widgets.snapshot import main as draw  # noqa: PLC0415 - which loads Qt

    return draw(folder, size=size, language=language, theme=theme)


def _doctor(words: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="tensor-explorer doctor",
        description="Versions, Qt platform, missing libraries, fonts for Chinese, torch devices.",
    )
    parser.parse_args(words)
    from explorer.widgets.doctor import main as examine  # noqa: PLC0415 - only where it is asked for

    return examine()


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.lower().partition("x")
    return int(width), int(height)


def display_trouble(probe: bool = False) -> str | None:
    """Why no window can be opened, as a sentence; None when it can, or when nothing speaks against it.

    With `probe` another process tries it, as Qt ends a process whose display does not answer.
    """
    if os.environ.get("QT_QPA_PLATFORM"):
        return None  # the user knows better
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return "There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)."
    if not probe or not sys.platform.startswith("linux") or importlib.util.find_spec("PySide6") is None:
        return None
    try:
        subprocess.run(
            [sys.executable, "-c", "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"],
            check=True,
            capture_output=True,
            timeout=30,
        )
    except (subprocess.SubprocessError, OSError):
        return "The display does not answer, or Qt cannot use it (`tensor-explorer doctor` tells more)."
    return None


def _cannot_import(error: ImportError) -> int:
    """One line for the two failures that are no bug: a package that is not installed, a system library not there."""
    text = str(error)
    if "cannot open shared object file" in text:
        print(f"A system library is missing: {text}.", file=sys.stderr)
        print("`tensor-explorer doctor` lists all that are, and how to install them.", file=sys.stderr)
        return 1
    if isinstance(error, ModuleNotFoundError) and error.name and not error.name.startswith("explorer"):
        print(f"The package {error.name} is missing; `pip install tensor-explorer` brings it.", file=sys.stderr)
        return 1
    raise error
