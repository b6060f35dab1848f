"""The words and signs of functions: entries, their stages and their joins own them, captions and formulas ask.

A function without words of its own is written and said by its name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import prod

from explorer.late import torch
from explorer.messages import Phrase

NOTHING = Phrase()


@dataclass(frozen=True)
class Words:
    """How one function is written with the numbers of a cell, and said.

    `sign`: between two numbers (`+`), or a word before several in parentheses (`max`). `template`: one application,
    where that says it otherwise: `|{0}|`. `raises`: a power, whose exponent stands small and high, and whose base
    stands in parentheses below 0. `noun`: what a squash makes of slabs, `aim` what the whole operation wants of them
    where that is more. `each`: what is done to each value by itself. `meets`: how a strip is stretched over all slabs
    and meets each place. `lasting`: what becomes of an axis that stays (places function, dim, letter, n).
    `formula`: a cell by its line (places own, powers). `late`: whether what is made from here on has colours of its own
    (None: as before it). `divisor`: the count that is divided by; `factor`: the number that is
    multiplied by.
    """

    name: str = ""
    sign: str = ""
    template: str = ""
    raises: bool = False
    noun: Phrase = NOTHING
    aim: Phrase = NOTHING
    each: Phrase = NOTHING
    meets: Phrase = NOTHING
    lasting: Phrase = NOTHING
    formula: str = ""
    late: bool | None = None
    divisor: str = ""
    factor: float | None = None

    @property
    def infix(self) -> bool:
        """Whether its sign stands between two numbers."""
        return bool(self.sign) and not self.sign.isalpha()

    @property
    def pattern(self) -> str:
        """`template`, or the one that the sign makes; "" for none."""
        if self.template or not self.sign:
            return self.template
        return f"{{0}}{self.sign}{{1}}" if self.infix else f"{self.sign}({{0}}, {{1}})"

    @property
    def encloses(self) -> bool:
        """Whether it puts its numbers between signs of its own: `|3|`, `max(3, 4)`."""
        return any(opened in self.pattern for opened in ("({0}", "|{0}|"))

    @property
    def tight(self) -> bool:
        """Whether its sign would take a part of a number only: that of a power, a root or a logarithm."""
        return self.raises or self.template.endswith(("^{0}", "√{0}", " {0}"))


@dataclass(frozen=True)
class Join:
    """The function of two that adds one slab more to a strip, and the reduction that does it to a whole axis.

    `words` has torch's name of the function of two, `call` that of the reduction, `endless` is the same of Python's
    whole numbers, which have no end; `two` and `whole` are given where they are functions of others:
    `two(strip, slab)`, `whole(x, dim=..., keepdim=True)`. `squash`: what a stage of it is called. `picks`: it gives one
    of the values. `once`: torch's reduction takes one axis only. `averages`: the call that divides by the count.
    """

    words: Words
    call: str
    squash: str = ""
    endless: Callable[[Sequence[int]], int] | None = None
    two: Callable[[torch.Tensor, torch.Tensor], torch.Tensor] | None = None
    whole: Callable[..., torch.Tensor] | None = None
    picks: bool = False
    once: bool = False
    averages: str = ""

    def __call__(self, strip: torch.Tensor, slab: torch.Tensor) -> torch.Tensor:
        """The strip with one slab more."""
        joined: torch.Tensor = (self.two or getattr(torch, self.words.name))(strip, slab)
        return joined

    def over(self, x: torch.Tensor, axis: int | None, dtype: torch.dtype | None = None) -> torch.Tensor:
        """The reduction of one axis, kept with length 1 (None: of a single cell); in `dtype` where it is given."""
        if axis is None and self.picks:
            return x.clone()  # some dtypes have no amax
        reduction = self.whole or getattr(torch, self.call)
        kept: torch.Tensor = reduction(x) if axis is None else reduction(x, dim=axis, keepdim=True)
        return kept if dtype is None else kept.to(dtype)


_SUM = Phrase("sum", "和")
_PRODUCT = Phrase("product", "积")
_LARGEST = Phrase("largest value", "最大值")
_SMALLEST = Phrase("smallest value", "最小值")

PLUS = Words(
    "add",
    "+",
    noun=_SUM,
    meets=Phrase(
        "The strip stretches over all slabs, and is added in each place.", "长条扩展到所有片上，并在每个位置被加上。"
    ),
)
TIMES = Words(
    "mul",
    "×",
    noun=_PRODUCT,
    meets=Phrase(
        "The strip stretches over all slabs, and each value is multiplied by it.",
        "长条扩展到所有片上，每个值都乘以它。",
    ),
)
LARGER = Words("maximum", "max", noun=_LARGEST)
SMALLER = Words("minimum", "min", noun=_SMALLEST)

ADD = Join(PLUS, "sum", "sum", sum, averages="mean")
MULTIPLY = Join(TIMES, "prod", "prod", prod, once=True)
MAXIMUM = Join(LARGER, "amax", "max", max, picks=True)
MINIMUM = Join(SMALLER, "amin", "min", min, picks=True)

MINUS = Words(
    "sub",
    "-",
    meets=Phrase(
        "The strip stretches over all slabs, and is subtracted in each place.",
        "长条扩展到所有片上，并在每个位置被减去。",
    ),
)
OVER = Words(
    "div",
    "÷",
    meets=Phrase(
        "The strip stretches over all slabs, and divides in each place.", "长条扩展到所有片上，并在每个位置作除数。"
    ),
)
POWER = Words("pow", "**", raises=True)
SQUARE = Words("square", template="{0}²", raises=True, each=Phrase("Each value is squared.", "每个值取平方。"))
SQUARED_MAGNITUDE = Words(
    "square",
    template="|{0}|²",
    each=Phrase("Each value becomes the square of its absolute value.", "每个值变成其绝对值的平方。"),
)
ROOT = Words("sqrt", template="√{0}", each=Phrase("Each value becomes its square root.", "每个值取平方根。"))
MAGNITUDE = Words("abs", template="|{0}|", each=Phrase("Each value becomes its absolute value.", "每个值取绝对值。"))
NEGATIVE = Words("neg", template="-({0})", each=Phrase("Each value changes its sign.", "每个值变号。"))
EXPONENTIAL = Words(
    "exp",
    template="e^{0}",
    each=Phrase("Each value x becomes e to the power of x.", "每个值 x 变成 e 的 x 次方。"),
    late=True,
)
LOGARITHM = Words(
    "log", template="ln {0}", each=Phrase("Each value becomes its natural logarithm.", "每个值取自然对数。"), late=False
)
CONVERTED = Words(
    "to", template="{0}", each=Phrase("Each value is converted to the new dtype.", "每个值转换为新的数据类型 (dtype)。")
)
EXPANDED = Words(
    "expand",
    template="{0}",
    each=Phrase("Each value is stretched over the shape of the result.", "每个值扩展到结果的形状。"),
)
DROPPED = Words("squeeze")
"""An axis of length 1 goes."""
DIFFERS = Words("ne", "!=")


def divided(count: object, less: object = 0) -> Words:
    """A division by a count: of what was added, or `less` so many, but never below 0."""
    said = Phrase(
        "Each value is divided by {number}, the count of what was added.", "每个值除以 {number}，即相加的个数。"
    )
    if less:
        said = Phrase(
            "Each value is divided by {number}: the count of what was added less {less}, and never below 0.",
            "每个值除以 {number}：即相加的个数减去 {less}，且不小于 0。",
        )
    each = said.of(number=count, less=less)
    return Words(f"div {count}", template=f"{{0}}÷{count}", each=each, divisor=str(count))


def added(number: float) -> Words:
    """A number that is added to each value."""
    said = Phrase("{number} is added to each value.", "每个值加上 {number}。")
    return Words(f"add {number:g}", template=f"{{0}}+{number:g}", each=said.of(number=f"{number:g}"))


def times(factor: float) -> Words:
    """A number that each value is multiplied by."""
    said = Phrase("Each value is multiplied by {number}.", "每个值乘以 {number}。")
    return Words(f"mul {factor:g}", template=f"{{0}}×{factor:g}", each=said.of(number=f"{factor:g}"), factor=factor)


def raised(exponent: str) -> Words:
    """A power with one exponent, in writing: `3`, `1/3`."""
    said = Phrase("Each value is raised to the power {number}.", "每个值取 {number} 次方。")
    high = exponent.translate(HIGH)
    return Words(f"pow {exponent}", template=f"{{0}}{high}", raises=True, each=said.of(number=exponent))


def unequal(number: int) -> Words:
    """1 where a value differs from a number, else 0."""
    said = Phrase(
        "Each value becomes 1 where it differs from {number}, else 0.", "与 {number} 不同的值变成 1，否则变成 0。"
    )
    return Words(f"ne {number}", template=f"({{0}}≠{number})", each=said.of(number=number))


HIGH = str.maketrans("0123456789.-/", "⁰¹²³⁴⁵⁶⁷⁸⁹·⁻ᐟ")
"""Digits that stand small and high."""
