"""What every test stands on: no display, settings of its own, nothing left running."""

import gc
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from itertools import count
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
if "PYTEST_XDIST_WORKER" in os.environ:  # there is one for each core: torch's threads would wait for one another
    os.environ["OMP_NUM_THREADS"] = "1"

import hypothesis
import pytest
import shiboken6
from PySide6.QtCore import QAbstractAnimation, QCoreApplication, QEvent, QSettings, QThread, QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from explorer.files import child
from explorer.widgets.plain_imports import import_plainly
from tests.nursery import Readers

import_plainly()

# The same examples each time, so that a change is judged by what it changed; HYPOTHESIS_PROFILE=deep looks further.
hypothesis.settings.register_profile(
    "explorer",
    deadline=None,
    print_blob=True,
    derandomize=True,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("explorer")

# Folders whose tests know no Qt: none of it is left running there.
QT_FREE = {"animation", "files", "numbers", "ops", "session", "workspace"}


def pytest_collection_finish() -> None:
    """What the libraries and the tests themselves are made of is not looked through again each time garbage is."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Folders that are not there yet, one for each test; pytest's own look through all of their kind for the number of
    the next."""
    place = tmp_path_factory.mktemp("homes")
    return (place / str(number) for number in count())


@pytest.fixture(autouse=True)
def fresh_settings(homes: Iterator[Path]) -> Iterator[Path]:
    """Settings, logs and caches of this test alone; the user's are neither read nor written."""
    folder = next(homes)
    folder.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
            patch.setenv(name, str(folder / name.lower()))
        for kind in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
            QSettings.setPath(kind, QSettings.Scope.UserScope, str(folder / "settings"))
        yield folder


@pytest.fixture(scope="session", autouse=True)
def readers() -> Iterator[None]:
    """The processes that read files of torch begin with torch imported; test_spare.py has them as they are."""
    found = Readers(child.PROGRAM)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(child, "subprocess", found)
        yield
    found.nursery.end()


@pytest.fixture(autouse=True)
def explanations_may_not_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the program survives and only logs fails a test."""
    monkeypatch.setattr("explorer.unforeseen.raised", True)


@pytest.fixture(autouse=True)
def warned_once() -> Iterator[None]:
    """An engine has torch warn each time; the next test begins as a process does."""
    yield
    torch = sys.modules.get("torch")
    if torch is not None:
        torch.set_warn_always(False)


@pytest.fixture
def qtbot(qtbot: QtBot) -> QtBot:
    """pytest-qt's, which holds what is added until it has been closed: a window that is collected as garbage in the
    midst of its own layout takes the process with it."""
    held: dict[int, QWidget] = {}
    add = qtbot.addWidget

    def hold(widget: QWidget, **more: object) -> None:
        key = id(widget)
        held[key] = widget
        widget.destroyed.connect(lambda *_: held.pop(key, None))
        add(widget, **more)

    qtbot.addWidget = hold
    return qtbot


@pytest.fixture(autouse=True)
def nothing_left_running(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that leaves a thread, a running timer or a running animation behind fails.

    Mark a test with `leaves_running` where another process's pool or the like is meant to stay.
    """
    threads = set(threading.enumerate())
    shown = "qapp" in request.fixturenames or request.path.parent.name not in QT_FREE
    running = {id(thing) for thing in _running()} if shown else set()
    yield
    if request.node.get_closest_marker("leaves_running"):
        return
    if shown and QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [thread for thread in threading.enumerate() if thread not in threads and not _ends(thread)]
    assert not left, f"threads left behind: {[thread.name for thread in left]}"
    if not shown or not [thing for thing in _running() if id(thing) not in running]:
        return
    gc.collect()  # what only a cycle of references keeps is not left running
    still = [thing for thing in _running() if id(thing) not in running]
    assert not still, f"left running: {[(type(thing).__name__, thing.objectName(), thing.parent()) for thing in still]}"


def _ends(thread: threading.Thread) -> bool:
    if isinstance(thread, threading._DummyThread):
        return True  # Python only looked at a thread of Qt's or torch's own pool
    thread.join(5.0)
    return not thread.is_alive()


def _running() -> list[QTimer | QAbstractAnimation | QThread]:
    found: list[QTimer | QAbstractAnimation | QThread] = []
    for thing in shiboken6.getAllValidWrappers():
        if isinstance(thing, QTimer):
            if thing.isActive():
                found.append(thing)
        elif isinstance(thing, QAbstractAnimation):
            if thing.state() == QAbstractAnimation.State.Running:
                found.append(thing)
        elif isinstance(thing, QThread) and thing is not QThread.currentThread() and thing.isRunning():
            found.append(thing)
    return found


@pytest.fixture(scope="session")
def virtual_display() -> Iterator[str]:
    """The name (":7") of an X server of the test run's own, for the real program in another process."""
    server = shutil.which("Xvfb")
    if server is None:
        pytest.skip("there is no virtual display: Xvfb is not installed (.ci/run installs it)")
    reading, writing = os.pipe()
    process = subprocess.Popen(
        [server, "-displayfd", str(writing), "-screen", "0", "1920x1080x24", "-nolisten", "tcp"],
        pass_fds=(writing,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as answer:
            number = answer.readline().strip()  # an empty line when the server could not start
        if not number:
            pytest.skip("there is no virtual display: Xvfb does not start here")
        yield f":{number}"
    finally:
        process.terminate()
        process.wait(10)
