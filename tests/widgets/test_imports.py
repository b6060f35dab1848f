"""A process of ours imports what comes after Qt without reading all its source."""

import subprocess
import sys

PROGRAM = """
import linecache
import PySide6.QtCore
from explorer.widgets.plain_imports import import_plainly
{call}
import json.tool
print(any("json" in name for name in linecache.cache))
"""


def read_source(call: str) -> bool:
    """Whether the source of a module that is imported after Qt is read and kept."""
    command = [sys.executable, "-c", PROGRAM.format(call=call)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip() == "True"


def test_what_comes_after_qt_is_not_read_twice() -> None:
    assert read_source("pass")
    assert not read_source("import_plainly()")
