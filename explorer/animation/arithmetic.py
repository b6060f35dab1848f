"""The arithmetic of one cell in writing: `B[1] = A[0,1] + A[1,1] + A[2,1] = 1 + 5 + 9 = 15`.

Every sentence is true as it is printed: `=` stands between what is equal, `≈` where digits were cut, and `→` before
what a dtype makes of a number that it cannot hold: `A[0]+B[0] = 200+100 = 300 → R[0] = 44`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import isfinite, prod
from typing import Any

from explorer.animation import captions, formula_value
from explorer.animation.formula_value import ended, of_no_values
from explorer.animation.glyphs import joined, second, written
from explorer.animation.spoken import CLOSE, ROOMY, WIDEST, Spoken, apart, common, near, same, shown, spoken
from explorer.late import torch
from explorer.messages import Message
from explorer.ops import Act, Op
from explorer.ops.calls import passed
from explorer.ops.provenance import Cell, Provenance, Region, unravel
from explorer.ops.words import ADD, CONVERTED, MINUS, PLUS, Join, times

MOST = 6  # terms written out; of more, the first and the last
HEAD, TAIL = 3, 2
FEW = 3  # numbers that may be as long as they come
ELLIPSIS = "…"
OF_AXES = ("dim=", "keepdim=", "dtype=")  # arguments that a line by itself does not have
LONGEST = 2**16  # cells of a line whose largest value is looked up for a sentence
MANY = 2**10  # terms that are looked at one by one
CROWD = 2**20  # cells that are looked at in one call
ROUGH = 1e-2  # of a number: what a formula may be off as its numbers are cut


def cell_name(name: str, cell: Cell) -> str:
    """`A[0,1]`; the bare name of a 0-d tensor."""
    return f"{name}[{','.join(map(str, cell))}]" if cell else name


def spelt(op: Op, arguments: Mapping[str, Any]) -> tuple[str, ...]:
    """The arguments as they stand in the call behind the operands: `alpha=2`."""
    positional, keywords = passed(op, arguments)
    return (*map(repr, positional), *(f"{name}={value!r}" for name, value in keywords.items()))


@dataclass(frozen=True, eq=False)
class Arithmetic:
    """`names` and `tensors`: operands (tensors or numbers), then results. Reads provenance and stages alone.
    `arguments`: how the operation was called; `given`: as they stand in the call."""

    op: Op
    names: Sequence[str]
    tensors: Sequence[Any]
    operands: int
    provenance: Provenance
    stages: Sequence[Act]
    arguments: Mapping[str, Any] = field(default_factory=dict)
    _said: dict[tuple[Cell, int, int, bool], str | Message] = field(default_factory=dict)

    @cached_property
    def given(self) -> tuple[str, ...]:
        """What stands behind the operands in the call."""
        return spelt(self.op, self.arguments)

    def told(self, focus: tuple[int, int], share: float = 1.0) -> str | Message:
        """The sentence for a result cell, or for the first result cell that an operand cell feeds; `share` of it."""
        found = self.target(focus)
        return "" if found is None else self.of(*found, share)

    def target(self, focus: tuple[int, int]) -> tuple[Cell, int] | None:
        """The result cell that a sentence is about, and the number of its result."""
        tensor, flat = focus
        shape = tuple(getattr(self.tensors[tensor], "shape", ()))
        if 0 in shape:
            return None
        cell = unravel(flat, shape)
        if tensor >= self.operands:
            return cell, tensor - self.operands
        fed = next(iter(self.provenance.region_of(tensor, cell)), None)
        if fed is None and self.named_alike(tensor):  # written over: what stands there now
            fed = (0, cell)
        return None if fed is None else (fed[1], fed[0])

    def named_alike(self, operand: int) -> bool:
        """Whether the result stands in the place of an operand."""
        return (
            self.names[operand] == self.names[self.operands] and self.tensors[operand].shape == self.tensors[-1].shape
        )

    def of(self, cell: Cell, result: int, share: float) -> str | Message:
        """The sentence of one result cell, looked for once: each frame asks for it."""
        region = self.provenance.region(cell, result)
        count = region.terms if region.count else 0
        taken = count if share >= 1 else min(round(share * self.length(count)), count)
        key = cell, result, taken, share >= 1
        if key not in self._said:
            self._said[key] = self.said(cell, result, region, taken, share >= 1)
        return self._said[key]

    def said(self, cell: Cell, result: int, region: Region, taken: int, done: bool) -> str | Message:
        """The sentence of one result cell with so many terms of its `region`, and with its value where it is `done`."""
        name = cell_name(self.names[self.operands + result], cell)
        value = self.number(self.operands + result, cell)
        stays = self.op.moves and self.named_alike(0) and next(iter(region), None) == (0, cell)
        if stays:  # an `=` would read like an assignment
            text = value.text if value.exact else f"≈ {value.text}"
            return Message("captions", captions.UNWRITTEN, {"cell": name, "value": text})
        if not region.count:
            return f"{name} = {self.of_nothing(value)}" if self.op.reduces else f"{name}{shown(value)}"
        if self.single:
            return self.carried(name, region.term(0)[0], value)
        count = region.terms
        first, last, cut = chosen(region, count)
        terms = [*first, *last]
        split = len(first) if cut else None
        cells = [self.term([cell_name(self.names[k], c) for k, c in term]) for term in terms]
        if self.of_line:
            line = self.whole(cells, split)
            alone = all(k == 0 for term in terms for k, _ in term)  # else weights and the like come in, too
            return self.place_of_line(name, line if alone else "", region, cell, shown(value) if done else "")
        if self.op.reduces and result == 1:
            return f"{name} = {self.place(cells, split)}{shown(value) if done else ''}"
        room = ROOMY if sum(map(len, terms)) <= FEW else CLOSE
        numbers = [[self.number(k, c, room) for k, c in term] for term in terms]
        if self.op.cellwise:
            numbers = [self.told_apart([self.at(k, c) for k, c in terms[0]], numbers[0], value)]
        if self.op.words.formula:
            return self.share(cell, region, cells, numbers, split, done)
        texts = [self.term([x.text for x in term]) for term in numbers]
        formula = self.whole(cells, split)
        known = value.number is not None
        about = " = " if all(x.exact for term in numbers for x in term) else " ≈ "
        ending = self.ending(region, numbers, cut, value)
        if not done and not (taken == count and self.runs):
            written_out = min(taken, len(first)) if known and not self.scaled else 0
            gap = () if taken == count and not cut else (ELLIPSIS,)
            so_far = f"{about}{self.whole([*texts[:written_out], *gap], None)}" if written_out else ""
            return f"{name} = {formula}{so_far}" if ending[1] else f"{formula}{so_far}"
        middle = f"{about}{self.whole(texts, split)}" if known else ""
        middle = "" if middle == ending[0] else middle
        return self.line(name, f"{formula}{middle}", ending, value)

    @staticmethod
    def line(name: str, formula: str, ending: tuple[str, bool], value: Spoken) -> str:
        """The whole line; where the dtype does not hold what the formula comes to, the cell stands behind an arrow."""
        text, held = ending
        return f"{name} = {formula}{text}" if held else f"{formula}{text} → {name}{shown(value)}"

    @property
    def runs(self) -> bool:
        """Whether a cell has its value as soon as the line has come to it: that of a running sum."""
        return len(self.stages) == 1 and self.stages[0].join is not None and not self.op.reduces

    def length(self, count: int) -> int:
        """How many terms all are of which a share is told: of a running sum those of the whole line."""
        axis = self.stages[0].axis if self.runs else None
        return count if axis is None else self.provenance.operands[0][axis]

    # how it ends ----------------------------------------------------------------------------------------------------

    def carried(self, name: str, source: tuple[int, Cell], value: Spoken) -> str:
        """A cell that has the value of another one, as well as its dtype can hold it."""
        k, cell = source
        named = cell_name(self.names[k], cell)
        number = self.number(k, cell)
        kept = number.number is None or same(number.number, value.number)
        alone = not hasattr(self.tensors[k], "shape")
        if kept and (not self.op.converts or number.text == value.text):
            return f"{name}{shown(value)}" if alone else f"{name} = {named}{shown(value)}"
        return f"{named}{'' if alone else shown(number)} → {name}{shown(value)}"

    def of_nothing(self, value: Spoken) -> str:
        """What becomes of no values: `0÷0 = nan`."""
        made = "" if value.number is None else of_no_values(self.join, self.after)
        return f"{made} = {value.text}" if made else value.text

    def ending(self, region: Region, numbers: list[list[Spoken]], cut: bool, value: Spoken) -> tuple[str, bool]:
        """What stands behind a formula, and whether it is the value."""
        if any(x.number is None for x in (value, *(x for term in numbers for x in term))):
            return shown(value), True
        exact = value.exact and all(x.exact for term in numbers for x in term)
        printed, actual = ([[getattr(x, kind) for x in term] for term in numbers] for kind in ("says", "number"))
        found = [self.comes_to(region, printed, cut)]
        found.append(found[0] if cut else self.comes_to(region, actual, cut))  # where terms are left out both read all
        sizes = [prod(term) for term in actual] if self.op.contracts else [x for term in actual for x in term]
        return ended(found, sizes, exact, value, self.step)

    def comes_to(self, region: Region, terms: formula_value.Terms, cut: bool) -> Any:
        """What the formula comes to; None where it is not known."""
        op, count = self.op, region.terms
        if op.cellwise:
            return formula_value.of_cells(op, terms[0], self.arguments, self.fractions)
        if cut and count <= MANY:
            terms = [[self.at(k, c).item() for k, c in region.term(i)] for i in range(count)]
        elif cut:
            return self.comes_to_at_once(region)
        if op.reduces and not self.spelt_out:
            return formula_value.of_line(op, [term[0] for term in terms], self.arguments)
        if self.scaled:
            scales = [(*term, self.scaled[0 if len(term) > 1 else 1]) for term in terms]
            return formula_value.joined(scales, self.join, [], [])
        return formula_value.joined(terms, self.join, self.before, [] if op.contracts else self.after)

    def comes_to_at_once(self, region: Region) -> Any:
        """As `comes_to`, of a block of very many cells."""
        block = region.blocks[0]
        if len(region.blocks) > 1 or block.runs is not None or block.count > CROWD or not self.spelt_out:
            return None
        line = self.tensors[block.operand].detach()[tuple(slice(r[0], r[-1] + 1) for r in block.ranges)]
        kind = torch.complex128 if line.is_complex() else torch.float64 if self.fractions else torch.int64
        return formula_value.along(line.reshape(-1).to(kind), self.join, self.before, self.after)

    def told_apart(self, cells: Sequence[Any], numbers: Sequence[Spoken], value: Spoken) -> list[Spoken]:
        """The numbers of a formula in so many digits that they differ where the cells do, and that it comes to what it
        does: in float16 0.2 is 0.199951171875, which is seen in `-100%0.2`."""
        found = apart(cells, numbers, self.dtype)
        unknown = any(x.number is None for x in (value, *found))
        if unknown or isinstance(value.number, bool) or not self.fractions:
            return found
        said, actual = (
            formula_value.of_cells(self.op, [getattr(x, kind) for x in found], self.arguments, True)
            for kind in ("says", "number")
        )
        if said is None or actual is None or near(said, actual, ROUGH * abs(actual)):
            return found
        return [spoken(cell, ROOMY, torch.float64, WIDEST) for cell in cells]

    @property
    def fractions(self) -> bool:
        """Whether what comes out are no whole numbers."""
        kind = self.tensors[self.operands].dtype
        return bool(kind.is_floating_point or kind.is_complex)

    @cached_property
    def step(self) -> float:
        """The distance of neighbours in the dtypes that are calculated in, next to 1; 0 of whole numbers."""
        kinds = [x.dtype for x in self.tensors if hasattr(x, "dtype")]
        return max((torch.finfo(k).eps for k in kinds if k.is_floating_point or k.is_complex), default=0.0)

    @staticmethod
    def place_of_line(name: str, line: str, region: Region, cell: Cell, value: str) -> str:
        """A cell as one place of what comes of its `line`; of a line that is not written, or is too long, the value."""
        places = range(min(region.terms, LONGEST) if line else 0)
        own = next((k for k in places if region.term(k) == [(0, cell)]), None)
        return f"{name}{'' if own is None else f' = {line}[{own}]'}{value}"

    def place(self, cells: list[str], split: int | None) -> str:
        """Where among the cells the largest or smallest one is."""
        named = cells if split is None else [*cells[:split], ELLIPSIS, *cells[split:]]
        return f"arg{self.op.name}({', '.join(named)})"

    def share(
        self, cell: Cell, region: Region, cells: list[str], numbers: list[list[Spoken]], split: int | None, done: bool
    ) -> str:
        """A softmax: e to the power of one cell over the sum of those of its line; of the numbers less the largest, as
        torch does it."""
        name, own = cell_name(self.names[self.operands], cell), cell_name(self.names[0], cell)
        formula = self.shared(own, cells, split)
        value, mine = self.number(self.operands, cell), self.number(0, cell)
        (block,) = region.blocks
        if region.count > LONGEST or value.number is None:
            return f"{name} = {formula}{shown(value) if done else ''}"
        line = self.tensors[0].detach()[tuple(slice(r[0], r[-1] + 1) for r in block.ranges)].reshape(-1)
        top = spoken(line.amax(), dtype=self.dtype)
        every = [mine, top, *(x for term in numbers for x in term)]
        exact = all(x.exact for x in every)
        shares = formula_value.of_line(self.op, line.tolist(), self.arguments, dim=0)
        place = next(k for k in range(region.terms) if region.term(k) == [(0, cell)])
        found = shares[place] if shares else None
        ending = ended([found, found], [1.0], exact and value.exact, value, self.step)
        less = [f"({written(MINUS, x.text, top.text)})" for x in (mine, *(x for term in numbers for x in term))]
        about = " = " if exact else " ≈ "
        shifted = self.shared(less[0], less[1:], split)
        if not isfinite(top.number):  # less infinity is another thing
            return f"{name} = {shifted}{shown(value) if done else ''}"
        return self.line(name, f"{formula}{about}{shifted}", ending, value) if done else f"{name} = {formula}"

    def shared(self, own: str, line: list[str], split: int | None) -> str:
        """The formula of a softmax or of its logarithm."""
        powers = [f"e^{x}" for x in line]
        powers = powers if split is None else [*powers[:split], ELLIPSIS, *powers[split:]]
        return self.op.words.formula.format(own=own, powers=joined(PLUS, tuple(powers)))

    # how it is written ----------------------------------------------------------------------------------------------

    @property
    def single(self) -> bool:
        """Whether a cell has the value of one other cell."""
        carries = self.op.moves and not any(stage.partial for stage in self.stages)
        return carries or self.op.converts or self.op.creates

    @cached_property
    def join(self) -> Join:
        """How the terms are joined: the stage that squashes says it."""
        return next((s.join for s in self.stages if s.join is not None), ADD)

    def term(self, texts: list[str]) -> str:
        """One term: a cell, a product of several, what is done before the squash."""
        if self.op.contracts:
            return "×".join(map(second, texts)) if len(texts) > 1 else texts[0]
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

    @cached_property
    def before(self) -> list[Act]:
        """The cell by cell stages before the first squash."""
        if not self.chained:
            return []
        squash = [k for k, s in enumerate(self.stages) if s.reduces]
        return [s for s in self.stages[: squash[0]] if s.words is not CONVERTED] if squash else []

    @cached_property
    def after(self) -> list[Act]:
        """The cell by cell stages after the last squash; all of them where a single value has nothing to squash."""
        if not self.chained:
            return []
        squash = [k for k, s in enumerate(self.stages) if s.reduces]
        return [s for s in self.stages[squash[-1] + 1 if squash else 0 :] if s.words is not CONVERTED]

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
        return self.op.contracts or self.op.moves or all(len(s.inputs) == 1 for s in cells) or len(self.stages) == 1

    @cached_property
    def scaled(self) -> tuple[float, float] | None:
        """What a sum of products, and what is added to it, are multiplied by; None where neither is."""
        if not self.op.contracts:
            return None
        found = {min(s.inputs[0], 0): s.words.factor for s in self.stages if s.words.factor is not None}
        return (found.get(0, 1), found.get(-1, 1)) if found else None

    def added(self, terms: list[str]) -> str:
        """A sum of products and what is added to it, each times a number."""
        assert self.scaled is not None
        behind = any(-1 in stage.inputs for stage in self.stages)
        out = joined(PLUS, tuple(terms[:-1] if behind else terms))
        factors = [times(x) if x != 1 else None for x in self.scaled]
        if factors[0] is not None:
            out = written(factors[0], f"({out})")
        more = written(factors[1], terms[-1]) if factors[1] is not None else terms[-1]
        return joined(PLUS, (out, more)) if behind else out

    def whole(self, terms: list[str], split: int | None) -> str:
        """All terms joined, cut in the middle after `split`, and what is done after the squash."""
        if len(terms) == 1 and self.op.cellwise:
            return terms[0]
        terms = terms if split is None else [*terms[:split], ELLIPSIS, *terms[split:]]
        if self.scaled:
            return self.added(terms)
        if not self.spelt_out:
            named = [text for text in self.given if "=" in text and not text.startswith(OF_AXES)]
            return f"{self.op.short}({', '.join((*terms, *named))})"
        out = joined(self.join.words, tuple(terms))
        for k, stage in enumerate(self.after):
            out = written(stage.words, f"({out})" if len(terms) > 1 or k else out)
        return out

    def number(self, k: int, cell: Cell, room: int = ROOMY) -> Spoken:
        """The number in a cell; a whole one in so many characters."""
        return spoken(self.at(k, cell), room, self.dtype)

    def at(self, k: int, cell: Cell) -> Any:
        """A cell of operand or result number k; a Python number itself."""
        tensor = self.tensors[k]
        return tensor.detach()[cell] if hasattr(tensor, "shape") else tensor

    @cached_property
    def dtype(self) -> torch.dtype | None:
        """The dtype in which fractions of different dtypes meet: that of tensors with axes, where there are any."""
        operands = [x for x in self.tensors[: self.operands] if hasattr(x, "dtype")]
        leading = [x for x in operands if x.ndim and (x.is_floating_point() or x.is_complex())]
        return common([*((leading if self.op.cellwise else []) or operands), *self.tensors[self.operands :]])


def chosen(region: Region, count: int) -> tuple[list[list[tuple[int, Cell]]], list[list[tuple[int, Cell]]], bool]:
    """The terms to write: all of a few, else the first 3 and the last 2."""
    if count <= MOST:
        return [region.term(k) for k in range(count)], [], False
    head, tail = range(HEAD), range(count - TAIL, count)
    return [region.term(k) for k in head], [region.term(k) for k in tail], True
