"""How the user wants to see tensors: nothing here changes a value."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from explorer.animation.axes import AxisId

Identities = Mapping[str, tuple[AxisId, ...]]


@dataclass(frozen=True, eq=False)
class Known:
    """The identities of axes, by name. `shelf`: which the user's words are for; `before`: of operands on the stage,
    and `after`: of results there, where these are of another moment than the shelf."""

    shelf: Identities
    before: Identities = field(default_factory=dict)
    after: Identities = field(default_factory=dict)


@dataclass(frozen=True)
class Viewpoint:
    """How the user wants to see it. `plans`: by name the axes on rows and on columns; `reading`: of a matrix product,
    "rows" for cell by cell; `words`: names given to axes, by tensor name and axis number. `stage`: its
    width and height in pixels, for which tensors are arranged."""

    plans: Mapping[str, tuple[int | None, int | None]] = field(default_factory=dict)
    reading: str | None = None
    words: Mapping[tuple[str, int], str] = field(default_factory=dict)
    stage: tuple[float, float] = (740.0, 400.0)

    def named(self, known: Identities, others: Identities | None = None) -> Identities:
        """The identities with the user's words; a word given to one tensor's axis is that axis's everywhere, also in
        `others`: the identities of another moment, which are given back then."""
        words = {
            known[name][axis].index: word
            for (name, axis), word in self.words.items()
            if name in known and axis < len(known[name])
        }
        wanted = known if others is None else others
        return {name: tuple(replace(a, word=words.get(a.index, a.word)) for a in axes) for name, axes in wanted.items()}

    def swapped(self, name: str, rank: int, axis: int, rows: bool) -> "Viewpoint":
        """The view with `axis` of `name` on rows, or on columns; picking one that is in use there swaps the two."""
        now = self.plans.get(name, (rank - 2 if rank > 1 else None, rank - 1))
        own, other = (now[0], now[1]) if rows else (now[1], now[0])
        other = own if other == axis else other
        return replace(self, plans={**self.plans, name: (axis, other) if rows else (other, axis)})
