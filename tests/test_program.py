"""The real program as a process: started, used and quit, with a display and without; nothing may be left to say."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.nursery import POSSIBLE, Nursery

ROOT = Path(__file__).parents[1]
OFFSCREEN = "This plugin does not support"


def environment(folder: Path, **more: str) -> dict[str, str]:
    """The present one, with settings of its own and without a display."""
    kept = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    homes = {f"XDG_{kind}_HOME": str(folder / kind.lower()) for kind in ("CONFIG", "DATA", "CACHE", "STATE")}
    return {**kept, **homes, **more}


def said(text: str) -> list[str]:
    """What was printed, without what the offscreen platform always says."""
    return [line for line in text.splitlines() if line.strip() and not line.startswith(OFFSCREEN)]


def python(code: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment(folder, **more),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    """Of programs whose start is tested elsewhere, here: torch and the window have been imported."""
    found = Nursery("import numpy, torch, torch._dynamo, explorer, explorer.widgets.app, explorer.widgets.snapshot")
    yield found
    found.end()


class Begun:
    """A program that runs `code` after the imports; where none can be forked, from its very start."""

    def __init__(self, nursery: Nursery, code: str, folder: Path, platform: str = "offscreen") -> None:
        env = environment(folder, **({"QT_QPA_PLATFORM": platform} if platform else {}))
        reading, writing = os.pipe()
        self.errors = folder / "errors"
        self.out = os.fdopen(reading)
        with os.fdopen(writing, "wb") as out, self.errors.open("wb") as errors:
            if POSSIBLE:
                self.process = nursery.begin(code, ["-c"], {out.fileno(): 1, errors.fileno(): 2}, env)
            else:
                self.process = subprocess.Popen(
                    [sys.executable, "-c", code], cwd=ROOT, env=env, stdout=out, stderr=errors
                )

    def done(self, timeout: float = 120) -> subprocess.CompletedProcess[str]:
        with self.out:
            try:
                code = self.process.wait(timeout)
            finally:
                self.process.kill()
            return subprocess.CompletedProcess((), code, self.out.read(), self.errors.read_text("utf-8"))


def assert_quiet(done: subprocess.CompletedProcess[str]) -> None:
    assert (done.returncode, said(done.stderr)) == (0, [])


# --- offscreen, act and quit -----------------------------------------------------------------------------------------

BEGIN = """
import sys
from PySide6.QtCore import QTimer
from explorer.widgets.app import App, dressed
from explorer.widgets.faults import crash
from explorer.widgets.settings import Settings
settings = Settings()
app = dressed(settings, "en", "light")
crash.install()
running = App(settings)
running.window.show()
session = running.session
def soon(act, there=lambda: True):
    timer = QTimer(app)
    def look():
        if there():
            timer.stop()
            act()
    timer.timeout.connect(look)
    timer.start(5)
"""
END = """
session.start()
code = app.exec()
running.end()
import threading
assert [t for t in threading.enumerate() if t is not threading.main_thread() and not t.daemon] == [], "threads left"
sys.exit(code)
"""
READY = "lambda: session.started and session.idle"
LIVES = {
    "while torch is imported": "soon(lambda: running.window.close())",
    "while work runs": """
def act():
    import torch
    session.change("slow", lambda w: (torch.rand(1500, 1500) @ torch.rand(1500, 1500), w)[1])
    session.run()
    running.window.close()
soon(act, READY)
""",
    "while it plays": """
soon(session.run, READY)
soon(lambda: running.window.close(), lambda: running.window.stage.player.playing)
""",
    "with dialogs open": """
def act():
    running.window.creation.ask()
    running.window.commands["action_keys"].trigger()
    running.window.commands["action_about"].trigger()
    crash.report(ValueError("for the dialog"))
    soon(app.closeAllWindows)
soon(act, READY)
""",
    "after other languages and themes": """
def act():
    session.run()
    for language, look in (("zh_CN", "dark"), ("en", "light"), ("zh_CN", "system")):
        running.window.appearance.speak(language)
        running.window.appearance.wear(look)
    soon(lambda: running.window.close(), lambda: session.idle and session.history.undo_text)
soon(act, READY)
""",
    "with the grid open": """
def act():
    running.window.grid.open("A", 0)
    soon(lambda: running.window.close())
soon(act, READY)
""",
}


@pytest.mark.parametrize("life", LIVES)
def test_it_ends_in_order(life: str, tmp_path: Path, nursery: Nursery) -> None:
    code = BEGIN + LIVES[life].replace("READY", READY) + END
    if "imported" in life:
        done = python(code, tmp_path, QT_QPA_PLATFORM="offscreen")
    else:
        done = Begun(nursery, code, tmp_path).done()
    if "dialogs" in life:
        assert done.returncode == 0, done.stderr
        assert "ValueError: for the dialog" in done.stderr
        assert "already deleted" not in done.stderr
    else:
        assert_quiet(done)


def test_the_window_is_there_before_torch(tmp_path: Path) -> None:
    code = BEGIN + 'app.processEvents()\nassert "torch" not in sys.modules and "numpy" in sys.modules'
    assert_quiet(python(code, tmp_path, QT_QPA_PLATFORM="offscreen"))


# --- whatever is being done ------------------------------------------------------------------------------------------

DOOR = """
import sys, time
from PySide6.QtCore import QTimer
from explorer.widgets import app as door
begin = door.App.begin
def begun(self, *given):
    begin(self, *given)
    session = self.session
    def sum_for_hours():
        from explorer.workspace import Definition
        import torch
        one = Definition("ones", {"size": (1,)}, dtype=torch.float32)
        large = {"size": (10**6, 10**6)}
        session.change("large", lambda w: w.create("E", one).operate("expand", ["E"], large, ["X"]))
        session.change("sum", lambda w: w.operate("sum", ["X"], {"dim": 0}, ["Y"]))
    timer = QTimer(self)
    def look():
        if session.started and session.idle:
            timer.stop()
            act(self, sum_for_hours)
    timer.timeout.connect(look)
    timer.start(5)
door.App.begin = begun
"""
ACTS = {
    "nothing": "lambda app, _: go()",
    "a sum of 10^12 cells": "lambda app, compute: (compute(), QTimer.singleShot(200, go))",
    "a window's thread that is busy": "lambda app, _: (go(), time.sleep(600))",
    "a fault that is shown": "lambda app, _: (door.crash.report(ValueError('shown')), QTimer.singleShot(200, go))",
}


def ended(nursery: Nursery, folder: Path, act: str, go: str, door: str, ask: int | None) -> tuple[int, str]:
    """The exit code and the errors of a program that does `act`; once it prints a line it is sent the signal `ask`."""
    program = Begun(nursery, f"{DOOR}\nact = {ACTS[act]}\ndef go():\n    {go}\n{door}", folder)
    if ask is not None and program.out.readline():
        program.process.send_signal(ask)
    done = program.done(60)
    return done.returncode, "\n".join(said(done.stderr))


@pytest.mark.parametrize("act", [act for act in ACTS if "thread" not in act])
def test_closing_ends_the_program_whatever_torch_does(act: str, tmp_path: Path, nursery: Nursery) -> None:
    close = 'next(w for w in door.QApplication.topLevelWidgets() if w.objectName() == "main_window").close()'
    code, errors = ended(nursery, tmp_path, act, close, "sys.exit(door.main())", None)
    assert (code, "ValueError: shown" in errors) == (0, "fault" in act)
    stored = [path.read_text("utf-8") for path in tmp_path.rglob("*.conf")]
    assert any("geometry=" in text for text in stored)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signals")
@pytest.mark.parametrize("act", [act for act in ACTS if "fault" not in act])
def test_signals_end_the_program_whatever_it_does(act: str, tmp_path: Path, nursery: Nursery) -> None:
    asked = signal.SIGTERM if "sum" in act else signal.SIGINT
    assert ended(nursery, tmp_path, act, 'print("go", flush=True)', "sys.exit(door.main())", asked) == (0, "")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signals")
def test_ctrl_c_comes_out_of_show_and_what_runs_does_not_keep_the_caller(tmp_path: Path, nursery: Nursery) -> None:
    caller = """
import explorer
try:
    explorer.show()
except KeyboardInterrupt:
    print("interrupted", flush=True)
sys.exit(7)
"""
    act = "a sum of 10^12 cells"
    assert ended(nursery, tmp_path, act, 'print("go", flush=True)', caller, signal.SIGINT) == (7, "")


# --- the public door -------------------------------------------------------------------------------------------------

SHOW = """
import sys, torch
{before}
import explorer
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
def close():
    if QApplication.instance() is None or not QApplication.topLevelWidgets():
        return
    window = next((w for w in QApplication.topLevelWidgets() if w.objectName() == "main_window"), None)
    if window is not None and window.isVisible() and window.session.started and window.session.idle:
        print(*window.session.workspace.names)
        window.close()
{timer}
"""
OWN = """from PySide6.QtWidgets import QApplication
mine = QApplication(["mine"])"""
CLOSER = """timer = QTimer(); timer.timeout.connect(close); timer.start(20)
assert explorer.show(torch.zeros(2, 3), weights=torch.ones(4)) == 0
assert explorer.show(torch.zeros(2, 3)) == 0
timer.stop()"""


def test_show_in_an_application_of_somebody_else(tmp_path: Path, nursery: Nursery) -> None:
    code = SHOW.format(before=OWN, timer=CLOSER) + "\nassert QApplication.instance() is mine"
    done = Begun(nursery, code, tmp_path).done()
    assert_quiet(done)
    assert said(done.stdout) == ["weights A", "A"] or said(done.stdout) == ["A weights", "A"]


def test_show_from_a_plain_script(tmp_path: Path, nursery: Nursery) -> None:
    closer = CLOSER.replace(
        "timer = QTimer(); timer.timeout.connect(close); timer.start(20)",
        """
from explorer.widgets import app
made = app.dressed
def dressed(*given):
    global timer
    result = made(*given)
    timer = QTimer(result); timer.timeout.connect(close); timer.start(20)
    return result
app.dressed = dressed""",
    )
    assert_quiet(Begun(nursery, SHOW.format(before="", timer=closer), tmp_path).done())


# --- commands --------------------------------------------------------------------------------------------------------


def run(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "explorer", *words],
        cwd=ROOT,
        env=environment(folder, **more),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def assert_drawn(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == ["end.png", "middle.png", "start.png"]
    assert all(path.stat().st_size > 20_000 for path in folder.iterdir())


def test_pictures_without_a_display(tmp_path: Path) -> None:
    assert_quiet(run(tmp_path, "snapshot", str(tmp_path / "drawn")))
    assert_drawn(tmp_path / "drawn")


def test_pictures_where_there_is_no_display(tmp_path: Path, nursery: Nursery) -> None:
    code = f"import sys\nfrom explorer.cli import main\nsys.exit(main(['--or-snapshot', {str(tmp_path / 'drawn')!r}]))"
    assert_quiet(Begun(nursery, code, tmp_path, platform="").done())
    assert_drawn(tmp_path / "drawn")


def test_the_doctor_without_a_display(tmp_path: Path) -> None:
    done = run(tmp_path, "doctor")
    assert said(done.stderr) == []
    assert "torch" in done.stdout


# --- on a display ----------------------------------------------------------------------------------------------------


@pytest.fixture
def started(virtual_display: str, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], Callable[..., str]]]:
    """The program in its window, and a function that calls xdotool."""
    tool = shutil.which("xdotool")
    if tool is None:
        pytest.skip("xdotool is not installed (.ci/run installs it)")
    env = environment(tmp_path, DISPLAY=virtual_display)

    def xdotool(*words: str) -> str:
        return subprocess.run([tool, *words], env=env, capture_output=True, text=True, timeout=60, check=False).stdout

    command = [sys.executable, "-m", "explorer", "--language", "en", "--theme", "light"]
    program = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        yield program, xdotool
    finally:
        if program.poll() is None:
            program.kill()
        program.communicate()


def test_the_first_key_works_and_ctrl_q_quits(started: tuple[subprocess.Popen[str], Callable[..., str]]) -> None:
    program, xdotool = started
    window = xdotool("search", "--sync", "--onlyvisible", "--name", "Tensor Explorer").split()[0]
    xdotool("windowfocus", "--sync", window)
    xdotool("key", "space")  # torch is still being imported: the key waits
    xdotool("key", "ctrl+q")
    code = program.wait(60)
    out, err = program.communicate()
    assert (code, said(out), said(err)) == (0, [], [])
