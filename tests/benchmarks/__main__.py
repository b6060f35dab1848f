"""`make bench`: measures what the issue of speed is about, prints it, and writes build/bench.json (flat).

Seconds end in _s, milliseconds in _ms, ratios within one run have no ending.
"""

import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parents[2]
TRIES = 5


def main() -> None:
    from tests.benchmarks import large

    figures: dict[str, object] = {**starts(), **frames(), **click(), **large.reading(), **large.window()}
    machine = (platform.system(), platform.machine(), f"{os.cpu_count()} cores", f"Python {platform.python_version()}")
    figures["machine"] = ", ".join(machine)
    target = ROOT / "build" / "bench.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")
    for name, value in figures.items():
        print(f"{name:24} {value}")


def starts() -> dict[str, float]:
    """From process start to the painted window, and to being ready, beside the bare imports and an empty window; and
    how long the window's thread stands still until the first draft is there. Medians, warm files."""
    start = [sys.executable, "-m", "tests.benchmarks.start"]
    painted, ready, gaps, imports, bare = [], [], [], [], []
    for attempt in range(TRIES + 1):
        imported, _ = timed([sys.executable, "-c", "import torch, PySide6.QtWidgets, pyqtgraph"])
        begun, (window, able, gap) = timed(start)
        empty, (seen,) = timed([*start, "bare"])
        if attempt:  # the first one warms the disk's cache
            imports.append(imported.took)
            painted.append(window - begun.at)
            ready.append(able - begun.at)
            gaps.append(gap)
            bare.append(seen - empty.at)
    return {
        "start_window_s": round(statistics.median(painted), 3),
        "ready_s": round(statistics.median(ready), 3),
        "imports_s": round(statistics.median(imports), 3),
        "ready_vs_imports": ratio(ready, imports),
        "start_vs_bare_qt": ratio(painted, bare),
        "start_gap_ms": round(statistics.median(gaps), 1),
    }


@dataclass(frozen=True)
class Timed:
    """A process: when it was begun, in seconds since the epoch, and how long it took."""

    at: float
    took: float


def timed(command: list[str]) -> tuple[Timed, tuple[float, ...]]:
    """Run a process, and give the numbers that it prints."""
    begun = time.time()
    told = subprocess.run(command, check=True, cwd=ROOT, capture_output=True, text=True).stdout.split()
    return Timed(begun, time.time() - begun), tuple(map(float, told))


def ratio(these: list[float], those: list[float]) -> float:
    """The median of what one run took against another beside it."""
    return round(statistics.median(a / b for a, b in zip(these, those, strict=True)), 3)


def frames() -> dict[str, float]:
    """One frame, made and painted, in the middle of a squash: 4,096 cells without numbers, 48 with."""
    import torch
    from PySide6.QtTest import QTest

    from explorer.animation.axes import AxisId
    from explorer.animation.compose import animate
    from explorer.ops import CATALOG
    from explorer.widgets.app import dressed
    from explorer.widgets.settings import Settings
    from explorer.widgets.stage.heatmap_view import HeatmapView

    dressed(Settings(), "en", "light")
    view = HeatmapView()
    view.resize(760, 430)
    view.show()
    QTest.qWaitForWindowExposed(view)
    figures = {}
    for key, shape in (("frame_4096_ms", (64, 63)), ("frame_48_ms", (6, 8))):
        operand = torch.randn(shape, generator=torch.Generator().manual_seed(0))
        op, arguments = CATALOG["sum"], {"dim": 0}
        known = {"A": (AxisId(0), AxisId(1))}
        told = animate(op.call([operand], arguments), ("A",), (op.run([operand], arguments),), ("B",), identities=known)

        def frame(t: float, told=told) -> None:
            view.show_frame(told.frame(t))
            view.repaint()

        figures[key] = median_ms(frame, [0.1 + 0.8 * k / 60 for k in range(60)])
    view.deleteLater()
    return figures


def click() -> dict[str, float]:
    """On (6, 8): from the click on Run to the first animated frame on the screen, and from another axis to the drawn
    rehearsal."""
    import torch
    from PySide6.QtCore import QEventLoop, Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QAbstractButton

    from explorer.widgets.app import App, dressed
    from explorer.widgets.settings import Settings
    from explorer.widgets.snapshot import await_
    from explorer.workspace import Definition

    dressed(Settings(), "en", "light")
    running = App(Settings())
    window, session = running.window, running.session
    window.show()
    values = torch.randn(6, 8, generator=torch.Generator().manual_seed(0))
    await_(session.start, lambda: window.stage.staged is not None)
    await_(lambda: session.create("X", Definition.typed(values)), lambda: "X" in session.workspace)
    await_(lambda: session.select("X"), lambda: window.stage.staged is not None and not session.busy)
    button = window.findChild(QAbstractButton, "operation_run")
    took, rehearsals = [], []
    for attempt in range(12):
        loop = QEventLoop()

        def drawn(staged: object, loop: QEventLoop = loop) -> None:
            if staged is not None and window.stage.rehearsing:
                window.stage.view.repaint()
                loop.quit()

        connection = session.staged.connect(drawn)
        begun = time.perf_counter()
        session.set_argument("dim", attempt % 2)
        if not (window.stage.rehearsing and session.idle):
            loop.exec()
        rehearsals.append((time.perf_counter() - begun) * 1000)
        session.staged.disconnect(connection)
        loop = QEventLoop()

        def moved(t: object, loop: QEventLoop = loop) -> None:
            if t and window.stage.player.playing:
                window.stage.view.repaint()
                loop.quit()

        connection = window.stage.player.moved.connect(moved)
        begun = time.perf_counter()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        loop.exec()
        took.append((time.perf_counter() - begun) * 1000)
        window.stage.player.moved.disconnect(connection)
        window.stage.player.pause()
    running.end()
    return {
        "click_to_frame_ms": round(statistics.median(took[2:]), 2),
        "rehearse_ms": round(statistics.median(rehearsals[2:]), 2),
    }


def median_ms(call: Callable[[float], None], times: list[float]) -> float:
    took = []
    for t in times:
        begun = time.perf_counter()
        call(t)
        took.append((time.perf_counter() - begun) * 1000)
    return round(statistics.median(took), 2)


if __name__ == "__main__":
    main()
