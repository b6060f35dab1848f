"""What an operation is: an entry that names a function, method, property or operator of torch, as a record.

`calls` and `forecasts` read it, `op` runs and forecasts by them. This module imports without torch, so that a window
can list the catalogue before torch is there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Any, ClassVar, Literal, Self

from explorer.late import torch
from explorer.messages import Phrase
from explorer.ops.parameters import INPUT, Key, Operand, Parameter, Seed
from explorer.ops.provenance import Provenance
from explorer.ops.words import NOTHING, Join, Words

Arguments = Mapping[str, Any]
Depends = Literal["smooth", "choosing", "step"]
Kind = Literal["tensor", "array", "any"]
Place = tuple[int, int]
"""An operand and an axis of it."""


class Family(StrEnum):
    """The ways in which results depend on operands, with the heading over their entries; and the two kinds of entries
    that only a program has."""

    CREATION = "creation", Phrase("Create", "创建")
    ELEMENTWISE = "elementwise", Phrase("Element by element", "逐元素")
    REDUCTION = "reduction", Phrase("Squash an axis", "沿轴压缩")
    ALONG = "along", Phrase("Along an axis", "沿一个轴")
    MOVEMENT = "movement", Phrase("Move and join", "移动与拼接")
    CONTRACTION = "contraction", Phrase("Multiply, then add", "先乘后加")
    CONVERSION = "conversion", Phrase("Convert", "转换")
    CROSSING = "crossing", Phrase()  # between torch and NumPy
    AUTOGRAD = "autograd", Phrase()

    heading: Phrase

    def __new__(cls, value: str, heading: Phrase) -> Family:
        made = str.__new__(cls, value)
        made._value_ = value
        made.heading = heading
        return made


class Form(StrEnum):
    """How an operation is written."""

    FUNCTION = "function"
    METHOD = "method"
    PROPERTY = "property"
    OPERATOR = "operator"
    INDEX = "index"  # A[key]
    ASSIGNMENT = "assignment"  # A[key] = B


@dataclass(frozen=True)
class Forecast:
    """What a run will give, without computing a value.

    `nbytes` is new memory, 0 for a view. `certain` is False where only the data decide; a size is None where they
    decide it.
    """

    shape: tuple[int | None, ...]
    dtype: torch.dtype
    nbytes: int | None
    certain: bool = True
    device: str = "cpu"


@dataclass(frozen=True)
class Act:
    """One act of an operation, as it is drawn.

    `words` name, write and say what happens ("sum", "div 4", "square"); `inputs` says on what: -1-k is operand k of the
    operation, n is the result of stage n; `apply` computes it with torch. A stage that reduces keeps its `axis` with
    length 1 (dropping it is the last act of all); `join` adds slab after slab in the result's dtype.
    """

    words: Words
    family: Family
    provenance: Provenance
    apply: Callable[[Sequence[Any]], Any]
    inputs: tuple[int, ...] = (-1,)
    join: Join | None = None
    axis: int | None = None

    def run(self, inputs: Sequence[Any]) -> Any:
        """`apply`; ActError where torch refuses."""
        try:
            return self.apply(inputs)
        except RuntimeError as refusal:
            raise ActError(self.function) from refusal

    @property
    def function(self) -> str:
        """What happens, in a word."""
        return self.words.name

    @property
    def partial(self) -> str | None:
        """torch's function of two that joins slab after slab."""
        return self.join.words.name if self.join is not None else None

    @property
    def reduces(self) -> bool:
        """Whether many cells become one."""
        return self.family is Family.REDUCTION

    @property
    def moves(self) -> bool:
        """Whether cells only change place."""
        return self.family is Family.MOVEMENT

    @property
    def squashes(self) -> bool:
        """Whether it reduces an axis; else it reduces a single cell, or nothing."""
        return self.reduces and self.axis is not None


class ActError(RuntimeError):
    """torch gives the result, but refuses the stage of this name on the way there."""


@dataclass(frozen=True)
class CatalogEntry:
    """An entry of the catalogue as a record.

    `signature` has operands and arguments in torch's own order and under its names: calls, source and forms come from
    it. `title`, `synonyms` (what people may type to find it) and `words` are in both languages. `function`: what torch
    calls it, where that is not its name; or a Python function of others. `depends` says what the provenance means:
    "smooth" (the non-zero pattern of the Jacobian), "choosing" (a superset, each reached by some input), "step" (found
    by perturbation). `in_place`: torch has it in place too, under its name with _ behind. `writes`: it changes its
    first operand and gives it back; `run` then does so to the one that it is given. `exact`: the same in Python's whole
    numbers, which have no end: of cells, or of arrays of them where cells meet. `poles`: the operands of which a 0
    makes an inf of finite numbers; None: not known. `refuses`: a 0 as divisor or an exponent below 0, where all numbers
    are whole.
    Of those that write one that `relayouts` changes how its operand lies in memory, and no value; one that `refills`
    gives values that do not depend on the old ones; `pure` is the entry that makes a new tensor instead. `offered`: its
    place among the few that are offered before all others, from 1; 0 for none. `least`: of operands of at least so many
    axes; `rank`: the one number of axes that all must have, 0 for any; `unranked` is said where they have others.
    `instead`: the names of entries for which it is easily taken.
    """

    name: str
    title: Phrase = NOTHING
    signature: tuple[Parameter, ...] = (INPUT,)
    form: Form = Form.METHOD
    symbol: str = ""
    function: str | Callable[..., Any] = ""
    results: tuple[str, ...] = ("out",)
    synonyms: tuple[str, ...] = ()
    depends: Depends = "smooth"
    in_place: bool = False
    writes: bool = False
    words: Words = field(default=Words(), kw_only=True)
    exact: Callable[..., Any] | None = field(default=None, kw_only=True)
    poles: tuple[int, ...] | None = field(default=None, kw_only=True)
    refuses: Literal["", "divisor", "exponent"] = field(default="", kw_only=True)
    relayouts: bool = field(default=False, kw_only=True)
    refills: bool = field(default=False, kw_only=True)
    offered: int = field(default=0, kw_only=True)
    least: int = field(default=0, kw_only=True)
    rank: int = field(default=0, kw_only=True)
    unranked: Phrase = field(default=NOTHING, kw_only=True)
    instead: tuple[str, ...] = field(default=(), kw_only=True)
    pure: CatalogEntry | None = field(default=None, kw_only=True, repr=False, compare=False)
    family: ClassVar[Family]
    cellwise: ClassVar[bool] = False
    """Whether each cell of the result is computed of one cell of each operand."""
    reduces: ClassVar[bool] = False
    """Whether many cells become one, and their axes go."""
    contracts: ClassVar[bool] = False
    """Whether products are made along axes that run together, and then added up."""
    moves: ClassVar[bool] = False
    """Whether cells only change place."""
    stretches: ClassVar[bool] = False
    """Whether operands are stretched to one shape."""
    converts: ClassVar[bool] = False
    """Whether each value is kept, as well as another dtype or device can."""
    fills: ClassVar[bool] = False
    """Whether other cells come in the place of some of the first operand's."""
    divides: ClassVar[bool] = False
    """Whether it gives a tuple, of as many results as the operands make."""
    joins: ClassVar[bool] = False
    """Whether its operands, of any number, become blocks of one result."""
    uniform: ClassVar[bool] = False
    """Whether all operands but those that choose have one dtype."""
    records: ClassVar[bool] = False
    """Whether it is about gradients: what it does depends on all that was recorded before it."""
    takes: ClassVar[Kind] = "tensor"
    gives: ClassVar[Kind] = "tensor"
    shares: ClassVar[bool] = False
    """Whether it gives another kind of thing over the memory of its operand."""
    refusal: ClassVar[str] = ""
    """The sentence of one that has no rules (`reasons`) for why it is refused."""

    @cached_property
    def called(self) -> str:
        """What it is called in Python."""
        return self.function.__qualname__ if callable(self.function) else self.function or self.name

    @property
    def short(self) -> str:
        """Its name without the place where torch keeps it."""
        return self.name.rpartition(".")[2]

    @property
    def imported(self) -> str:
        """The line that a program needs above its call; "" where torch is enough."""
        own = self.function
        return f"from {own.__module__} import {own.__qualname__}" if callable(own) else ""

    @cached_property
    def said(self) -> Words:
        """Its words, with its name."""
        return replace(self.words, name=self.name.removesuffix("_") if self.writes else self.name)

    @property
    def creates(self) -> bool:
        """Whether its results come from no tensor."""
        return not self.operands

    @property
    def seeded(self) -> bool:
        """Whether it fills with random numbers."""
        return any(isinstance(p, Seed) for p in self.parameters)

    @property
    def overwrites(self) -> bool:
        """Whether it writes into cells."""
        return self.writes and not self.relayouts

    @cached_property
    def operands(self) -> tuple[Operand, ...]:
        """What it works on, in order."""
        return tuple(x for x in self.signature if isinstance(x, Operand))

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """The arguments besides operands, in order."""
        return tuple(x for x in self.signature if not isinstance(x, Operand))

    @cached_property
    def arity(self) -> int | None:
        """The number of operands; None for any number."""
        return None if any(x.many for x in self.operands) else len(self.operands)

    @cached_property
    def numbers(self) -> bool:
        """Whether an operand may be a Python number."""
        return any(x.number for x in self.operands)

    @cached_property
    def keyed(self) -> bool:
        """Whether a key names tensors, which stand behind the operands of the signature."""
        return any(isinstance(x, Key) for x in self.signature)

    def placed(self, count: int) -> tuple[Operand | None, ...]:
        """What each of `count` operands is in the signature; None for those that a key names."""
        found: list[Operand | None] = []
        for k, x in enumerate(self.operands):
            behind = len(self.operands) - 1 - k
            found += [x] * (max(count - len(found) - behind, 0) if x.many else 1)
        return (*found, *[None] * (count - len(found)))[:count]

    def choosers(self, count: int) -> tuple[int, ...]:
        """The places, of `count` operands, of those that only choose among cells."""
        return tuple(k for k, x in enumerate(self.placed(count)) if x is None or x.chooses)

    def narrowed(self, operands: Sequence[Any]) -> tuple[Self, tuple[Any, ...]]:
        """The entry without the operands that are left out (None), what stands behind them being written with its name;
        and the operands that are given. Of an entry whose operands must all be there it is the entry itself."""
        left = {id(x) for x, given in zip(self.placed(len(operands)), operands, strict=True) if given is None}
        left |= {id(x) for x in self.operands[len(operands) :]}
        if not any(x.optional and id(x) in left for x in self.operands):
            return self, tuple(operands)
        signature: list[Parameter] = []
        behind = False
        for part in self.signature:
            if id(part) in left:
                behind = True
            else:
                signature.append(replace(part, positional=False) if behind and isinstance(part, Operand) else part)
        return replace(self, signature=tuple(signature)), tuple(x for x in operands if x is not None)

    @cached_property
    def subject(self) -> int:
        """The place of the operand that it is about: the first that does not only choose."""
        return next((place for place, x in enumerate(self.operands) if not x.chooses), 0)

    def chooser(self, place: int, count: int) -> Literal["", "mask", "index"]:
        """As what operand number `place` of `count` chooses; "" where it does not, or where a key names it, which takes
        both."""
        found = self.placed(count)[place]
        return found.chooses if found is not None else ""

    def parameter(self, name: str) -> Parameter:
        """The parameter of that name; KeyError where there is none."""
        return next((p for p in self.parameters if p.name == name), None) or _missing(self.name, name)

    def takes_number(self, place: int, count: int) -> bool:
        """Whether operand number `place` of `count` may be a Python number."""
        found = self.placed(count)[place]
        return found is not None and found.number and not (place == 0 and self.writes)

    def results_of(self, arguments: Arguments) -> tuple[str, ...]:
        """The names of the results for these arguments; how many there are of one that `divides` a forecast tells."""
        return self.results

    @property
    def word(self) -> str:
        """What it does, in torch's word."""
        return {Form.INDEX: "[…]", Form.ASSIGNMENT: "[…] ="}.get(self.form, self.name)

    def refused_as(self, operands: Sequence[Any]) -> str:
        """The sentence for why it is refused on these; "" where rules find the reason."""
        return self.refusal

    def paired_axes(self, ranks: Sequence[int], arguments: Arguments) -> tuple[tuple[Place, Place], ...]:
        """The axes of two operands that are multiplied along together, as their places."""
        return ()

    def dependence(self, arguments: Arguments) -> Depends:
        """What the provenance means for these arguments."""
        return self.depends

    def certain(self, operands: Sequence[Any], arguments: Arguments) -> bool:
        """Whether a forecast that succeeds holds whatever the values are."""
        return True


def _missing(op: str, name: str) -> Parameter:
    raise KeyError(f"{op} has no parameter {name}")


def given(arguments: Arguments) -> dict[str, Any]:
    """The arguments that are not left out."""
    return {name: value for name, value in arguments.items() if value is not None}


def shapes_of(operands: Sequence[Any]) -> tuple[tuple[int, ...], ...]:
    """The shapes of the operands that are given; a Python number has ()."""
    return tuple(tuple(getattr(x, "shape", ())) for x in operands if x is not None)


def normal(axis: int, rank: int) -> int:
    """A negative axis counted from the front; for rank 0 torch takes 0 and -1."""
    return axis % max(rank, 1)


def axes_of(shape: tuple[int, ...], arguments: Arguments) -> tuple[int, ...]:
    """The axes that go, counted from the front, in order; all of them for None and for ()."""
    dim = arguments.get("dim")
    if dim is None or dim == ():
        return tuple(range(len(shape)))
    if not shape:
        return ()
    return tuple(sorted(normal(a, len(shape)) for a in (dim if isinstance(dim, tuple | list) else (dim,))))
