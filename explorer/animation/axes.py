"""The identity of an axis: a letter, and by its index a colour and a line pattern, that it keeps through operations."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LETTERS = "ijklmnopqrstuvwxyzabcdefgh"


@dataclass(frozen=True)
class AxisId:
    """`index` chooses colour and line pattern; `word` is a name given by the user, or a merger (`i.j`)."""

    index: int
    word: str = ""

    @property
    def letter(self) -> str:
        """What stands on chips and frames: i, j, k ... then i1, j1 ...; the word if there is one."""
        turn, place = divmod(self.index, len(LETTERS))
        return self.word or LETTERS[place] + (str(turn) if turn else "")


def fresh(count: int, taken: Iterable[Sequence[AxisId]]) -> tuple[AxisId, ...]:
    """`count` identities that nobody has yet."""
    used = {axis.index for axes in taken for axis in axes}
    free = (k for k in itertools.count() if k not in used)
    return tuple(AxisId(next(free)) for _ in range(count))


def continued(pairs: Sequence[Sequence[tuple[int, int]]], operands: Sequence[Sequence[AxisId]]) -> tuple[AxisId, ...]:
    """The identities of a result's axes: those of the operand axes that they continue, merged (i.j) where they are
    several of one operand, new ones where there are none or where another axis of the result has it already."""
    out: list[AxisId] = []
    for sources in pairs:
        first = [axis for k, axis in sources if sources and k == sources[0][0]]
        found = [operands[sources[0][0]][axis] for axis in first]
        if len(found) == 1 and found[0] not in out:
            out.append(found[0])
        else:
            (new,) = fresh(1, [*operands, out])
            out.append(AxisId(new.index, ".".join(axis.letter for axis in found)) if len(found) > 1 else new)
    return tuple(out)
