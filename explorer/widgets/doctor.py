"""`tensor-explorer doctor`: what is installed, what is missing, and how to get it.

Everything is asked for in ways that survive a broken installation: Qt itself only in another process.
"""

import importlib.metadata
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

PACKAGES = ("tensor-explorer", "PySide6-Essentials", "torch", "numpy", "pyqtgraph")

# What a shared library is called in Debian and Ubuntu.
DEBIAN = {
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}

_QT_PROBE = """
from PySide6.QtGui import QFontDatabase, QGuiApplication
application = QGuiApplication([])
chinese = [f for f in QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)]
print(QGuiApplication.platformName())
print(", ".join(chinese[:4]))
"""


def main() -> int:
    """Print the findings; 0 when nothing is missing, else 1."""
    troubles: list[str] = []
    for title, lines in (
        ("Versions", versions()),
        ("Qt", _qt(troubles)),
        ("System libraries", _libraries(troubles)),
        ("torch devices", _devices(troubles)),
    ):
        print(title)
        for line in lines:
            print(f"  {line}")
    if troubles:
        print("To do")
        for trouble in troubles:
            print(f"  {trouble}")
        return 1
    print("Nothing is missing.")
    return 0


def versions() -> Iterator[str]:
    """One line for Python, the system and each package that the program stands on."""
    yield f"Python {platform.python_version()} on {platform.platform()}"
    for package in PACKAGES:
        try:
            yield f"{package} {importlib.metadata.version(package)}"
        except importlib.metadata.PackageNotFoundError:
            yield f"{package}: not installed"


def missing_libraries() -> list[str]:
    """Names of the shared libraries that Qt's libraries and plugins ask for and the system lacks (Linux, else none)."""
    spec = find_spec("PySide6")
    ldd = shutil.which("ldd")
    if not sys.platform.startswith("linux") or ldd is None or spec is None or spec.origin is None:
        return []
    folder = Path(spec.origin).parent
    plugins = folder / "Qt" / "plugins"
    asked = [*folder.glob("Qt*.abi3.so"), *plugins.glob("platforms/libq*.so"), *plugins.glob("imageformats/*.so")]
    wanted = {"QtCore.abi3.so", "QtGui.abi3.so", "QtWidgets.abi3.so", "QtSvg.abi3.so", "libqxcb.so", "libqoffscreen.so"}
    found: set[str] = set()
    for path in asked:
        if path.name not in wanted:
            continue
        answer = subprocess.run([ldd, str(path)], capture_output=True, text=True, timeout=60, check=False).stdout
        found |= {line.split("=>")[0].strip() for line in answer.splitlines() if "not found" in line}
    return sorted(found)


def _libraries(troubles: list[str]) -> Iterator[str]:
    if not sys.platform.startswith("linux"):
        yield "nothing needed beside Qt's own"
        return
    missing = missing_libraries()
    if not missing:
        yield "all there"
        return
    yield from (f"missing: {name}" for name in missing)
    packages = sorted({DEBIAN.get(name, name) for name in missing})
    troubles.append(
        f"sudo apt-get install {' '.join(packages)}   (other systems: the packages that hold these libraries)"
    )


def _qt(troubles: list[str]) -> Iterator[str]:
    wanted = os.environ.get("QT_QPA_PLATFORM", "")
    without = sys.platform.startswith("linux") and not {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys()
    if without and not wanted:
        yield "no display: neither DISPLAY nor WAYLAND_DISPLAY is set"
    for name in [wanted] if wanted else ["offscreen"] if without else ["", "offscreen"]:
        environment = {**os.environ, "QT_QPA_PLATFORM": name} if name else dict(os.environ)
        try:
            answer = subprocess.run(
                [sys.executable, "-c", _QT_PROBE],
                env=environment,
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )
        except (OSError, subprocess.SubprocessError) as error:
            yield f"platform {name or 'of the system'}: {error}"
            continue
        lines = answer.stdout.splitlines()
        if answer.returncode or len(lines) < 2:
            reason = (answer.stderr.strip().splitlines() or [f"ended with {answer.returncode}"])[0]
            yield f"platform {name or 'of the system'}: cannot be used ({reason})"
            if name == "offscreen":
                troubles.append("Qt does not start, not even without a display; see the libraries above")
            continue
        yield f"platform: {lines[0]}"
        yield f"fonts for Chinese: {lines[1] or 'none'}"
        if not lines[1]:
            troubles.append("sudo apt-get install fonts-wqy-microhei   (or any font with Chinese characters)")
        return


def _devices(troubles: list[str]) -> Iterator[str]:
    try:
        import torch  # noqa: PLC0415 - it may not be there, which is what is asked
    except ImportError as error:
        yield f"torch cannot be imported: {error}"
        troubles.append("pip install torch")
        return
    yield f"cpu: {torch.get_num_threads()} threads"
    for index in range(torch.cuda.device_count()):
        properties = torch.cuda.get_device_properties(index)
        yield f"cuda:{index}: {properties.name}, {properties.total_memory / 2**30:.1f} GiB"
    if torch.backends.mps.is_available():
        yield "mps"
    if hasattr(torch, "xpu") and torch.xpu.is_available():
        yield from (f"xpu:{i}: {torch.xpu.get_device_name(i)}" for i in range(torch.xpu.device_count()))
    yield "meta: shapes and dtypes without values"
