"""What is imported late: when, by whom, and that all of it is brought in behind the first painting."""

import importlib
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from explorer.late import late

ROOT = Path(__file__).parents[1]

SLOW = """
import threading
begun, go = threading.Event(), threading.Event()
def load():
    begun.set()
    go.wait()
"""
REFUSED = """
def refused():
    try:
        torch.Tensor
    except RuntimeError as error:
        return "window's thread" in str(error)
"""


def run(code: str, folder: Path = ROOT) -> None:
    """`code` in a fresh interpreter, where modules of `folder` come first."""
    command = [sys.executable, "-c", f"import sys; sys.path[:0] = [{str(folder)!r}, {str(ROOT)!r}]\n{code}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr


def test_the_windows_thread_never_imports_torch(tmp_path: Path) -> None:
    (tmp_path / "slow.py").write_text(SLOW)
    (tmp_path / "torch.py").write_text("import slow\nslow.load()\nclass Tensor: pass\n")
    run(
        f"import slow, threading\nfrom explorer.late import keep_torch_off, torch\n{REFUSED}"
        "keep_torch_off()\n"
        "assert refused() and 'torch' not in sys.modules\n"
        "worker = threading.Thread(target=lambda: torch.Tensor)\n"
        "worker.start()\n"
        "slow.begun.wait()\n"
        "assert refused()\n"  # half of it stands there
        "slow.go.set()\n"
        "worker.join()\n"
        "import torch as real\n"
        "assert torch.Tensor is real.Tensor and isinstance(real.Tensor(), torch.Tensor)\n",
        tmp_path,
    )


def test_the_window_keeps_its_thread_from_importing_torch() -> None:
    run(
        f"from explorer.engine import Engine\nfrom explorer.widgets.session import Session\n{REFUSED}"
        "from explorer.late import torch\n"
        "engine = Engine()\n"
        "session = Session(engine)\n"
        "assert refused() and 'torch' not in sys.modules\n"
        "session.close()\n"
    )


def test_elsewhere_torch_is_imported_when_it_is_asked_for() -> None:
    run(
        "from explorer.late import torch\n"
        "from explorer.ops import CATALOG\n"
        "assert 'torch' not in sys.modules\n"
        "result = CATALOG['sum'].run((torch.ones(2, 3),), {'dim': (0,)})\n"
        "assert result.tolist() == [2, 2, 2]\n"
    )


def test_torch_that_is_not_there_is_an_import_error(tmp_path: Path) -> None:
    (tmp_path / "torch.py").write_text("raise ImportError('libtorch is not there')\n")
    run(
        "from explorer.late import torch\n"
        "for attempt in range(2):\n"
        "    try:\n"
        "        torch.zeros\n"
        "    except ImportError as error:\n"
        "        assert 'libtorch' in str(error)\n"
        "    else:\n"
        "        raise AssertionError\n",
        tmp_path,
    )


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a package that holds a module `part` and a module `other`."""
    name = f"late_{tmp_path.name}".replace("-", "_")
    (tmp_path / name).mkdir()
    for part in ("__init__", "part", "other"):
        (tmp_path / name / f"{part}.py").write_text("WORD = 'here'\n")
    monkeypatch.syspath_prepend(tmp_path)
    return name


def named(package: str, inside: str = "") -> dict[str, object]:
    """What stands there after `part` of the package has been named."""
    space: dict[str, object] = {"late": late}
    exec(f"with late():\n    from {package} import part as door\n    {inside}", space)  # noqa: S102
    return space


def test_a_part_is_imported_at_its_first_use_and_once(package: str) -> None:
    door = named(package)["door"]
    assert not {package, f"{package}.part"} & set(sys.modules)
    assert door.WORD == "here"  # type: ignore[attr-defined]
    assert f"{package}.part" in sys.modules
    assert f"{package}.other" not in sys.modules
    assert named(package)["door"] is door
    sys.modules[f"{package}.part"].WORD = "changed"  # type: ignore[attr-defined]
    assert door.WORD == "changed"  # type: ignore[attr-defined]


def test_another_thread_imports_meanwhile_as_ever(package: str) -> None:
    found = []

    def other() -> None:
        found.append(importlib.import_module(f"{package}.other").WORD)

    space: dict[str, object] = {"late": late, "other": Thread(target=other)}
    exec(f"with late():\n    from {package} import part\n    other.start()\n    other.join()", space)  # noqa: S102
    assert found == ["here"]
    assert f"{package}.part" not in sys.modules


def test_after_a_mistake_imports_are_as_ever(package: str) -> None:
    with pytest.raises(ZeroDivisionError):
        named(package, "1 / 0")
    space: dict[str, object] = {}
    exec(f"from {package} import other", space)  # noqa: S102
    assert space["other"] is sys.modules[f"{package}.other"]


def test_all_that_the_window_names_late_is_there_once_it_is_fetched() -> None:
    run(
        "import explorer.widgets.app\n"
        "from explorer.late import Late, fetch_all\n"
        "later = ['explorer.session.staging', 'explorer.widgets.creation.new_tensor', 'explorer.files.script']\n"
        "assert not set(later) & set(sys.modules)\n"
        "fetch_all()\n"
        "assert set(later) <= set(sys.modules)\n"
        "modules = [m for name, m in sys.modules.items() if name.startswith('explorer.')]\n"
        "named = {x._name for m in modules for x in vars(m).values() if isinstance(x, Late)} - {'torch'}\n"
        "assert len(named) > 20 and named <= set(sys.modules)\n"
        "assert 'torch' not in sys.modules\n"
    )


def test_only_the_thread_of_the_window_imports_what_is_of_qt() -> None:
    """On another one it dies now and then, within C++."""
    run(
        "from threading import Thread\n"
        "import explorer.widgets.app\n"
        "from explorer.late import fetch_all, fetch_one, keep_torch_off\n"
        "keep_torch_off()\n"
        "other = Thread(target=fetch_all)\n"
        "other.start()\n"
        "other.join()\n"
        "assert 'explorer.session.staging' in sys.modules and 'pyqtgraph' not in sys.modules\n"
        "steps = 0\n"
        "while fetch_one(): steps += 1\n"
        "assert steps > 3 and 'pyqtgraph' in sys.modules\n"
    )
