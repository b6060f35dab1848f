"""What large things cost: files to open and to list, text to read, and how long the window then stands still."""

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import torch
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from explorer import files
from explorer.numbers import literals
from explorer.widgets.app import App, dressed
from explorer.widgets.settings import Settings
from explorer.widgets.snapshot import await_, settle
from explorer.workspace import Definition

SIDE = 8000
MILLION = "\n".join("\t".join(f"{row}.{column:03}" for column in range(1000)) for row in range(1000))


def reading() -> dict[str, float]:
    """Listing an .npz of 20,000 members, loading one of them, and reading a pasted text of 10^6 numbers."""
    figures = {}
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"many{k}.npz" for k in range(3)]
        np.savez(paths[0], **{f"layer.{k}": np.zeros(3, np.float32) for k in range(20_000)})
        for path in paths[1:]:
            shutil.copy(paths[0], path)
        new = iter(paths)
        figures["list_npz_s"] = seconds(lambda: files.contents(next(new)))
        figures["load_npz_s"] = seconds(lambda: files.load(paths[0], "layer.19999"))
    figures["read_table_s"] = seconds(lambda: literals.parse(MILLION))
    figures["read_list_s"] = seconds(lambda: literals.parse("[" + MILLION.replace("\t", ",").replace("\n", ",") + "]"))
    return figures


def seconds(call: Callable[[], object]) -> float:
    """The median of three."""
    took = []
    for _ in range(3):
        begun = time.perf_counter()
        call()
        took.append(time.perf_counter() - begun)
    return round(statistics.median(took), 3)


def window() -> dict[str, float]:
    """Opening a .pt file, and the longest time that the window's thread does nothing else while large things happen."""
    dressed(Settings(), "en", "light")
    running = App(Settings())
    session, shown = running.session, running.window
    shown.resize(1280, 800)
    shown.show()
    await_(session.start, lambda: shown.stage.staged is not None)
    running.stand_by()
    figures: dict[str, float] = {}

    def still() -> bool:
        return session.idle and not session.busy

    def gap(name: str, begin: Callable[[], object], there: Callable[[], bool]) -> None:
        with longest_gap() as gaps:
            await_(begin, lambda: there() and still())
            settle()
        figures[f"gap_{name}_ms"] = round(max(gaps), 1)

    QTest.qWait(4000)  # what is made ready beside the window is there by then
    with tempfile.TemporaryDirectory() as folder:
        took = []
        for k in range(5):
            path = Path(folder) / f"weights{k}.pt"
            torch.save({"weight": torch.zeros(64, 64)}, path)
            count = len(session.workspace.names)
            begun = time.perf_counter()
            await_(lambda path=path: shown.files.open([path]), lambda c=count: len(session.workspace.names) > c)
            took.append((time.perf_counter() - begun) * 1000)
            await_(lambda: None, still)
            QTest.qWait(4000)
        figures["open_pt_ms"] = round(statistics.median(took), 1)
    square = Definition("zeros", {"size": (1000, 1000)}, torch.float32)
    await_(lambda: session.create("P", square), lambda: "P" in session.workspace and still())
    await_(lambda: shown.grid.open("P", 0), still)
    shown.grid.grid.setFocus()
    QGuiApplication.clipboard().setText(MILLION)
    gap("paste", shown.grid.grid.clipboard.paste, lambda: True)
    shown.grid.close()
    random = Definition("rand", {"size": (SIDE, SIDE), "seed": 0}, torch.float32)
    gap("create", lambda: session.create("L", random), lambda: "L" in session.workspace)
    gap("select", lambda: (session.select("A"), session.select("L")), lambda: session.state.inspected == "L")
    gap("open_grid", lambda: shown.grid.open("L", 0), lambda: True)
    shown.grid.close()
    names = len(session.workspace.names)
    gap(
        "transpose",
        lambda: (session.choose_operation("T"), session.run()),
        lambda: len(session.workspace.names) > names,
    )
    small = Definition("rand", {"size": (SIDE // 2, SIDE // 2), "seed": 0}, torch.float32)
    await_(lambda: session.create("M", small), lambda: "M" in session.workspace and still())
    names = len(session.workspace.names)
    await_(lambda: (session.select("M"), session.choose_operation("matmul"), session.set_operands(("M", "M"))), still)
    gap("matmul", session.run, lambda: len(session.workspace.names) > names)
    running.end()
    return figures


@contextmanager
def longest_gap() -> Iterator[list[float]]:
    """The milliseconds between any two turns of the window's thread."""
    gaps = [0.0]
    last = time.perf_counter()

    def tick() -> None:
        nonlocal last
        now = time.perf_counter()
        gaps.append((now - last) * 1000)
        last = now

    timer = QTimer()
    timer.timeout.connect(tick)
    timer.start(0)
    yield gaps
    tick()
    timer.stop()
