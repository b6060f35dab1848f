"""What importing a module brings with it: the core never Qt and never torch, the operations not even NumPy, the public
door neither."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CORE = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for path in (ROOT / "explorer").rglob("*.py")
    if "widgets" not in path.parts and "resources" not in path.parts and path.stem != "__main__"
)


def loaded(*modules: str) -> set[str]:
    """Top-level names in sys.modules of a fresh interpreter after importing `modules`."""
    code = (
        "import importlib, json, sys\n"
        f"for name in {list(modules)!r}: importlib.import_module(name)\n"
        "print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout))


def test_the_core_loads_neither_qt_nor_torch() -> None:
    names = loaded(*CORE)
    assert "numpy" in names, "the core was not imported at all"
    assert not names & {"torch", "PySide6", "shiboken6", "pyqtgraph"}


def test_the_core_is_found() -> None:
    some = {"explorer", "explorer.cli", "explorer.errors", "explorer.numbers.values", "explorer.session.state"}
    assert some <= set(CORE)


@pytest.mark.parametrize("name", [name for name in CORE if name.split(".")[:2] == ["explorer", "ops"]])
def test_operations_are_listed_without_torch(name: str) -> None:
    assert not loaded(name) & {"torch", "numpy", "PySide6"}


def test_the_catalogue_lists_without_torch() -> None:
    code = "import explorer.ops, sys; list(explorer.ops.CATALOG.values()); print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.stdout.strip(), done.stderr) == ("False", "")


@pytest.mark.parametrize("name", ["explorer", "explorer.cli", "explorer.messages", "explorer.errors"])
def test_the_doors_load_neither_qt_nor_torch(name: str) -> None:
    assert not loaded(name) & {"torch", "numpy", "PySide6", "pyqtgraph"}
