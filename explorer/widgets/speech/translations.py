"""For developers: collect the texts of the program, and compile their translations.

    python -m explorer.widgets.speech.translations update     after a text has changed: then fill in zh_CN.ts
    python -m explorer.widgets.speech.translations release    after zh_CN.ts has changed: compiles zh_CN.qm

Both files are committed, so that a clone runs as it is; a test says when they are out of step.
"""

import subprocess
import sys
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[2]
FOLDER = SOURCES.parent / "resources" / "translations"
TS = FOLDER / "zh_CN.ts"


def update(ts: Path = TS) -> None:
    """Bring `ts` up to date with all texts in `explorer/`: new ones unfinished, those that are gone removed."""
    files = sorted(str(p) for p in SOURCES.rglob("*.py"))
    languages = ("-source-language", "en", "-target-language", "zh_CN")
    _qt_tool("lupdate", "-silent", "-locations", "none", "-no-obsolete", *languages, *files, "-ts", str(ts))


def release(ts: Path = TS, qm: Path | None = None) -> None:
    """Compile `ts`; equal input gives equal bytes. An open window has the old file mapped, so it is not written over:
    another one takes its place."""
    target = qm or ts.with_suffix(".qm")
    made = target.with_suffix(".new.qm")
    _qt_tool("lrelease", "-silent", str(ts), "-qm", str(made))
    made.replace(target)


def _qt_tool(name: str, *arguments: str) -> None:
    code = f"from PySide6.scripts.pyside_tool import {name}; {name}()"
    subprocess.run([sys.executable, "-c", code, *arguments], check=True)


if __name__ == "__main__":
    for command in sys.argv[1:] or ["update", "release"]:
        {"update": update, "release": release}[command]()
