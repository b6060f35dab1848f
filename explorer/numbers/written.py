"""Texts that are written in several forms, for cells of any size."""

from collections.abc import Iterable, Sequence

Room = tuple[int, int]
"""How many characters a form takes at most in a line, and how many lines."""


class Written(str):
    """A text in several forms, each shorter than the one before; as a string it is the first. Texts that are written
    alike share `rooms`, which holds for all of them: whoever chooses a form by it chooses one for all."""

    __slots__ = ("forms", "rooms")
    forms: tuple[str, ...]
    rooms: tuple[Room, ...]


def written(forms: Sequence[Sequence[str]], rooms: tuple[Room, ...]) -> tuple[Written, ...]:
    """The texts of many cells; `forms` hold those of all cells for each form."""
    out = []
    for own in zip(*forms, strict=True):
        text = Written(own[0])
        text.forms, text.rooms = own, rooms
        out.append(text)
    return tuple(out)


def room(texts: Iterable[str]) -> Room:
    """What `texts` take at most."""
    lines = [text.split("\n") for text in texts]
    return max((len(line) for own in lines for line in own), default=0), max(map(len, lines), default=1)
