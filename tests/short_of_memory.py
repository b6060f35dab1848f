"""Run as a program of its own: tries every path that allocates with 40 MiB left, and says in JSON what came of each.

Given a folder to write in. It knows of 64 MiB that do not fit, and of 16 that do.
"""

import json
import resource
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch

from explorer import files
from explorer.errors import ExplorerError
from explorer.files.script import script
from explorer.memory import memory_free
from explorer.workspace import Definition, Workspace, edits
from explorer.workspace.resize import Resize

LEFT = 40 * 2**20
SIZE = (4096, 4096)


def limit() -> None:
    """No more than LEFT beyond what has been taken."""
    taken = int(Path("/proc/self/statm").read_text("ascii").split()[5]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_DATA, (taken + LEFT, resource.RLIM_INFINITY))
    free = memory_free()
    assert free is not None
    assert free <= LEFT


def main() -> None:
    folder = Path(sys.argv[1])
    torch.set_num_threads(1)  # threads would take memory of their own
    np.save(folder / "big.npy", np.zeros(SIZE, np.float32))
    torch.save(torch.zeros(SIZE), folder / "big.pt")
    with files.opened(folder / "big.pt") as opened:  # its child is not limited
        work = Workspace().load("A", torch.arange(float(SIZE[0] * SIZE[1])).reshape(SIZE))
        work = work.load("M", torch.ones(SIZE, dtype=torch.bool)).create("e", Definition("ones", {"size": (1, 1)}))
        work = work.operate("expand", ("e",), {"size": SIZE}, ("E",))
        work = work.operate("expand", ("e",), {"size": (10**6, 10**6)}, ("F",))
        work = work.create("v", Definition("ones", {"size": (4096,)})).to_array("A", "n")
        written = work.in_place("abs_", "A")
        graded = Workspace().create("v", Definition("ones", {"size": (4096,)})).require_grad("v")
        outer(work).operate("exp", ("v",), {}, ("y",))  # for what torch imports at its first forecasts
        work.activate()
        view, other = work["A"].tensor(), torch.ones(SIZE).T
        limit()
        paths: dict[str, Callable[[], Any]] = {
            "fill_": lambda: work.in_place("fill_", "A", (1,)),
            "A[...] = 1": lambda: work.write("A", (...,), 1),
            "A[mask] = 1": lambda: work.write("A", ("M",), 1),
            "A += 1": lambda: work.augment("n", "+=", 1),
            "freeze an expanded view": lambda: edits.freeze(work, "E"),
            "freeze a far larger one": lambda: edits.freeze(work, "F"),
            "delete its base and freeze": lambda: edits.delete(work, "e", freeze=True),
            "duplicate": lambda: work.duplicate("A"),
            "contiguous": lambda: work.operate("contiguous", ("E",), {}, ("x",)),
            "to another dtype": lambda: work.operate("to", ("A",), {"dtype": torch.float64}, ("x",)),
            "outer product": lambda: outer(work),
            "autograd": lambda: outer(graded),
            "product of an expanded view": lambda: work.operate("matmul", ("E", "v"), {}, ("x",)),
            "copy of an array": lambda: work.from_array("n", "x", copy=True),
            "NumPy operation": lambda: work.array_operate("+", "n", 1, "x"),
            "A[mask]": lambda: work.index("A", ("M",), "x"),
            "A[list]": lambda: work.index("A", (list(range(4096)),), "x"),
            "create": lambda: work.create("x", Definition("zeros", {"size": SIZE})),
            "load what has to be copied": lambda: work.load("x", other.T[:, 1:]),
            "open a .npy": lambda: files.load(folder / "big.npy"),
            "open a .pt": opened.read,
            "save an expanded view": lambda: files.save(folder / "saved.pt", {"E": work["E"].tensor()}),
            "a larger grid": lambda: Resize((4097, 4096)).apply(view),
            "code of what was written over": lambda: script(written),
        }
        told = {name: tried(call, partial(unchanged, work)) for name, call in paths.items()}
        told["undo and redo"] = tried(lambda: (written.activate(), work.activate()), partial(unchanged, work))
    print(json.dumps(told))


def outer(work: Workspace) -> Workspace:
    return work.index("v", (slice(None), None), "c").operate("mul", ("c", "v"), {}, ("x",))


def unchanged(work: Workspace) -> bool:
    work.activate()
    values = work["A"].tensor().view(-1)
    return values[0] == 0 and values[-1] == len(values) - 1 and values[12345] == 12345 and len(work.names) == 7


def tried(call: Callable[[], Any], whole: Callable[[], bool]) -> tuple[str, str, bool]:
    try:
        call()
    except ExplorerError as error:
        return type(error).__name__, str(error.message), bool(whole())
    except Exception as error:  # which is what is looked for
        return type(error).__name__, str(error)[:300], bool(whole())
    return "", "", bool(whole())


if __name__ == "__main__":
    main()
