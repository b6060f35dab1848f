"""Where icons, translations and themes lie: inside the installed package, or beside it in a checkout."""

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[2]


@cache
def root() -> Path:
    """The folder of resources. An editable install also leaves a stale copy in site-packages; it is never looked at."""
    for place in (_PACKAGE / "resources", _PACKAGE.parent / "resources"):
        if place.is_dir():
            return place
    raise FileNotFoundError(f"no resources beside {_PACKAGE}")


def asset(*parts: str) -> Path:
    """The path of one resource, `asset("icons", "play.svg")`; FileNotFoundError where it is missing."""
    place = root().joinpath(*parts)
    if not place.is_file():
        raise FileNotFoundError(place)
    return place
