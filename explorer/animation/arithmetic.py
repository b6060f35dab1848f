"""The arithmetic of one cell in writing: `B[1] = A[0,1] + A[1,1] + A[2,1] = 1 + 5 + 9 = 15`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from explorer.animation import captions, cell_numbers
from explorer.animation.glyphs import joined, written
from explorer.messages import Message
from explorer.ops import Act, Op
from explorer.ops.calls import passed
from explorer.ops.provenance import Cell, Provenance, Region, unravel
from explorer.ops.words import CONVERTED, MINUS, PLUS, Words

MOST = 6  # terms written out; of more, the first and the last
HEAD, TAIL = 3, 2
FEW = 3  # numbers that may be as long as they come
ROOMY, CLOSE = 20, 12  # characters of a whole number: any that there is, and where there are more than a few
ELLIPSIS = "…"
OF_AXES = ("dim=", "keepdim=", "dtype=")  # arguments that a line by itself does not have
LONGEST = 2**16  # cells of a line whose largest value is looked up for a sentence


def cell_name(name: str, cell: Cell) -> str:
    """`A[0,1]`; the bare name of a 0-d tensor."""
    return f"{name}[{','.join(map(str, cell))}]" if cell else name


def spelt(op: Op, arguments: Mapping[str, Any]) -> tuple[str, ...]:
    """The arguments as they stand in the call behind the operands: `alpha=2`."""
    positional, keywords = passed(op, arguments)
    return (*map(repr, positional), *(f"{name}={value!r}" for name, value in keywords.items()))


@dataclass(frozen=True, eq=False)
class Arithmetic:
    """`names` and `tensors`: operands (tensors or numbers), then results. Reads provenance and stages alone. `given`:
    what stands behind the operands in the call."""

    op: Op
    names: Sequence[str]
    tensors: Sequence[Any]
    operands: int
    provenance: Provenance
    stages: Sequence[Act]
    given: tuple[str, ...] = ()

    def told(self, focus: tuple[int, int], share: float = 1.0) -> str | Message:
        """The sentence for a result cell, or for the first result cell that an operand cell feeds; `share` of it."""
        tensor, flat = focus
        shape = tuple(getattr(self.tensors[tensor], "shape", ()))
        if 0 in shape:
            return ""
        cell = unravel(flat, shape)
        if tensor < self.operands:
            fed = next(iter(self.provenance.region_of(tensor, cell)), None)
            if fed is None and self.named_alike(tensor):  # written over: what stands there now
                fed = (0, cell)
            if fed is None:
                return ""
            return self.of(fed[1], fed[0], share)
        return self.of(cell, tensor - self.operands, share)

    def named_alike(self, operand: int) -> bool:
        """Whether the result stands in the place of an operand."""
        return (
            self.names[operand] == self.names[self.operands] and self.tensors[operand].shape == self.tensors[-1].shape
        )

    def of(self, cell: Cell, result: int, share: float) -> str | Message:
        """The sentence of one result cell."""
        region = self.provenance.region(cell, result)
        name = cell_name(self.names[self.operands + result], cell)
        value = self.text(self.operands + result, cell)
        stays = self.op.moves and self.named_alike(0) and next(iter(region), None) == (0, cell)
        if stays:  # an `=` would read like an assignment
            return Message("captions", captions.UNWRITTEN, {"cell": name, "value": value})
        if not region.count:
            return f"{name} = {value}"
        count = region.terms
        taken = count if share >= 1 else round(share * count)
        first, last, cut = chosen(region, count)
        terms = [*first, *last]
        cells = [self.term([cell_name(self.names[k], c) for k, c in term]) for term in terms]
        room = ROOMY if sum(map(len, terms)) <= FEW else CLOSE
        numbers = [self.term([self.text(k, c, room) for k, c in term]) for term in terms]
        if self.of_line:
            line = self.whole(cells, len(first) if cut else None)
            alone = all(k == 0 for term in terms for k, _ in term)  # else weights and the like come in, too
            return self.place_of_line(name, line if alone else "", region, cell, value if taken == count else "")
        if self.op.words.formula:
            return self.share(cell, region, cells, numbers, len(first) if cut else None, share >= 1)
        if taken < count:
            if self.op.reduces and result == 1:
                return f"{name} = {self.place(cells, len(first) if cut else None)}"
            shown = min(taken, len(first))
            if not shown:
                return f"{name} = {self.whole(cells, len(first) if cut else None)}"
            so_far = self.whole([*numbers[:shown], ELLIPSIS], None)
            return f"{name} = {self.whole(cells, len(first) if cut else None)} = {so_far}"
        split = len(first) if cut else None
        if self.op.reduces and result == 1:
            return f"{name} = {self.place(cells, split)} = {value}"
        middle = "" if any(n == "·" for n in numbers) else f" = {self.whole(numbers, split)}"
        if middle == f" = {value}":
            middle = ""
        if self.whole(cells, split) == value:
            return f"{name} = {value}"
        if self.op.converts and middle:
            return f"{self.whole(cells, split)}{middle} → {name} = {value}"
        return f"{name} = {self.whole(cells, split)}{middle} = {value}"

    @staticmethod
    def place_of_line(name: str, line: str, region: Region, cell: Cell, value: str) -> str:
        """A cell as one place of what comes of its `line`; of a line that is not written, or is too long, the value."""
        places = range(min(region.terms, LONGEST) if line else 0)
        own = next((k for k in places if region.term(k) == [(0, cell)]), None)
        return " = ".join(text for text in (name, "" if own is None else f"{line}[{own}]", value) if text)

    def place(self, cells: list[str], split: int | None) -> str:
        """Where among the cells the largest or smallest one is."""
        shown = cells if split is None else [*cells[:split], ELLIPSIS, *cells[split:]]
        return f"arg{self.op.name}({', '.join(shown)})"

    def share(
        self, cell: Cell, region: Region, cells: list[str], numbers: list[str], split: int | None, done: bool
    ) -> str:
        """A softmax: e to the power of one cell over the sum of those of its line; of the numbers less the largest, as
        torch does it."""
        name, own = cell_name(self.names[self.operands], cell), cell_name(self.names[0], cell)
        formula = f"{name} = {self.shared(own, cells, split)}"
        if not done:
            return formula
        value = self.text(self.operands, cell)
        if region.count > LONGEST or any(n == "·" for n in numbers):
            return f"{formula} = {value}"
        (block,) = region.blocks
        line = self.tensors[0].detach()[tuple(slice(r[0], r[-1] + 1) for r in block.ranges)]
        top = self.spoken(line.amax())
        mine, *less = [f"({written(MINUS, n, top)})" for n in (self.text(0, cell), *numbers)]
        return f"{formula} = {self.shared(mine, less, split)} = {value}"

    def shared(self, own: str, line: list[str], split: int | None) -> str:
        """The formula of a softmax or of its logarithm."""
        powers = [f"e^{x}" for x in line]
        powers = powers if split is None else [*powers[:split], ELLIPSIS, *powers[split:]]
        return self.op.words.formula.format(own=own, powers=joined(PLUS, tuple(powers)))

    @property
    def join(self) -> Words:
        """How the terms are joined: the stage that squashes says it."""
        return next((s.join.words for s in self.stages if s.join is not None), PLUS)

    def term(self, texts: list[str]) -> str:
        """One term: a cell, a product of two, what is done before the squash."""
        if self.op.contracts:
            return "×".join(f"({t})" if t.startswith("-") else t for t in texts)
        if self.op.cellwise and self.given:
            return f"{self.op.name}({', '.join((*texts, *self.given))})"
        if self.op.cellwise:
            return written(self.stages[0].words, *texts)
        out = texts[0]
        for stage in self.before:
            out = written(stage.words, out)
        return out

    @property
    def chained(self) -> bool:
        """Whether its stages follow one another on one tensor."""
        return self.op.reduces or (not self.op.contracts and len(self.stages) > 1)

    @property
    def before(self) -> list[Act]:
        """The cell by cell stages before the first squash."""
        if not self.chained:
            return []
        squash = [k for k, s in enumerate(self.stages) if s.reduces]
        return list(self.stages[: squash[0]]) if squash else []

    @property
    def after(self) -> list[Act]:
        """The cell by cell stages after the last squash; all of them where a single value has nothing to squash."""
        if not self.chained:
            return []
        squash = [k for k, s in enumerate(self.stages) if s.reduces]
        return list(self.stages[squash[-1] + 1 if squash else 0 :])

    @property
    def of_line(self) -> bool:
        """Whether a line comes of a line, in a way that is not spelt out: a cell is one place of the whole."""
        op = self.op
        known = op.reduces or op.contracts or op.cellwise or op.moves or op.converts or op.creates or op.words.formula
        return not known and not self.spelt_out

    @property
    def spelt_out(self) -> bool:
        """Whether a cell can be written in a line: what is done to its terms, their join, and what is done to that."""
        cells = [s for s in self.stages if not s.reduces and not s.moves]
        if self.op.contracts:  # products are the terms, and what is added is one more
            return all(len(s.inputs) > 1 for s in cells)
        return self.op.moves or all(len(s.inputs) == 1 for s in cells) or len(self.stages) == 1

    def whole(self, terms: list[str], split: int | None) -> str:
        """All terms joined, cut in the middle after `split`, and what is done after the squash."""
        if len(terms) == 1 and (self.op.cellwise or self.op.moves or self.op.converts or self.op.creates):
            return terms[0]
        terms = terms if split is None else [*terms[:split], ELLIPSIS, *terms[split:]]
        if not self.spelt_out:
            named = [text for text in self.given if "=" in text and not text.startswith(OF_AXES)]
            given = self.given if self.op.contracts else named
            return f"{self.op.short}({', '.join((*terms, *given))})"
        out = joined(self.join, tuple(terms))
        for k, stage in enumerate(s for s in self.after if s.words is not CONVERTED):
            out = written(stage.words, f"({out})" if len(terms) > 1 or k else out)
        return out

    def text(self, k: int, cell: Cell, room: int = ROOMY) -> str:
        """The number in a cell; a whole one in so many characters."""
        tensor = self.tensors[k]
        return self.spoken(tensor.detach()[cell], room) if hasattr(tensor, "shape") else str(tensor)

    @staticmethod
    def spoken(value: Any, room: int = ROOMY) -> str:
        """The number in a 0-d tensor."""
        return cell_numbers.spoken(value, room)


def chosen(region: Region, count: int) -> tuple[list[list[tuple[int, Cell]]], list[list[tuple[int, Cell]]], bool]:
    """The terms to write: all of a few, else the first 3 and the last 2."""
    if count <= MOST:
        return [region.term(k) for k in range(count)], [], False
    head, tail = range(HEAD), range(count - TAIL, count)
    return [region.term(k) for k in head], [region.term(k) for k in tail], True
