"""The identity of an axis: a letter, and by its index a colour and a line pattern, that it keeps through operations."""

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
