"""What the libraries make at their import is kept out of the garbage collector's sight, in the program itself."""

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import gc, sys
from PySide6.QtCore import QTimer
from explorer.widgets import app

def look():
    if gc.get_freeze_count():
        print(gc.get_freeze_count(), running[0].session.started)
        running[0].window.close()

begin, running = app.App.begin, []
def begun(self, *rest):
    running.append(self)
    begin(self, *rest)
    self.timer = QTimer(self)
    self.timer.timeout.connect(look)
    self.timer.start(20)

app.App.begin = begun
sys.exit(app.main())
"""


def test_once_all_is_imported_a_full_collection_has_little_to_look_at(fresh_settings: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "QT_QPA_PLATFORM": "offscreen"},
    )
    assert done.returncode == 0, done.stderr
    frozen, started = done.stdout.split()[:2]
    assert int(frozen) > 100_000
    assert started == "True"
