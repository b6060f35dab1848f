"""What the program does now, recorded, so that a change that means to change nothing is held against it.

    python -m tests.recording compare [PART ...]    print each difference; exit code 1 where there is one
    python -m tests.recording record [PART ...]     what it does now is what it shall do

Each part is a mapping from the name of a case to lines of text, kept as PART.json.xz beside this file.
"""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import difflib
import json
import lzma
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tests.recording import catalogue, drafts, programs, window

FOLDER = Path(__file__).parent
Recorded = Mapping[str, Sequence[str]]
PARTS: dict[str, Callable[[], Recorded]] = {
    "catalogue": catalogue.recorded,
    "drafts": drafts.recorded,
    "programs": programs.recorded,
    "window": window.recorded,
}


def main(command: str, parts: Sequence[str]) -> int:
    """Do it for those parts, or for all; the exit code."""
    differences = 0
    for part in parts or PARTS:
        now = json.loads(json.dumps(PARTS[part]()))
        place = FOLDER / f"{part}.json.xz"
        if command == "record":
            place.write_bytes(lzma.compress(json.dumps(now, ensure_ascii=False, indent=0).encode(), preset=9))
            print(f"{part}: {len(now)} cases, {place.stat().st_size:,} bytes")
            continue
        before = json.loads(lzma.decompress(place.read_bytes()))
        differing = [case for case in {**before, **now} if before.get(case) != now.get(case)]
        for case in differing:
            lines = difflib.unified_diff(before.get(case, []), now.get(case, []), "before", "now", n=1, lineterm="")
            print(f"--- {part}: {case}", *lines, sep="\n")
        print(f"{part}: {len(now)} cases, {len(differing)} differ")
        differences += len(differing)
    return 1 if differences else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1], sys.argv[2:]))
