"""What a printed sentence says: an own small reader of our arithmetic, which calculates with 60 digits.

A part of a sentence is read into a tree, and the tree comes to a number. Names of cells are the cells themselves,
numbers are what is printed; `cut` says how much of a printed number may have been cut.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import mpmath

mpmath.mp.dps = 60
SMALL = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹·⁻ᐟ", "0123456789.-/")
NUMBER = r"(?:\d+…\d+|\d+\.?\d*(?:e[+-]?\d+)?|∞|inf|nan)"
TOKEN = re.compile(
    rf"\s*(?:(?P<cell>[A-Z]\w*\[[\d,]+\])|(?P<number>(?:{NUMBER}[+-]{NUMBER}j|{NUMBER}j?)(?![\w.]))|(?P<high>[⁰¹²³⁴⁵⁶⁷⁸⁹·⁻ᐟ]+)"
    r"|(?P<word>'[^']*'|\w+=(?!=)|[A-Za-z_]\w*(?:\.\w+)*)|(?P<sign>\*\*|//|==|!=|>=|<=|e\^|[-+×÷%<>≠√|(),…\[\]^]))",
    re.ASCII,
)
SIGN = re.compile(r" (=|≈|→) ")


@dataclass(frozen=True)
class Node:
    """A part of a formula: `kind` is number, cell, gap (…), or what is done to `parts`."""

    kind: str
    parts: tuple["Node", ...] = ()
    text: str = ""
    options: tuple[tuple[str, str], ...] = ()

    @property
    def leaves(self) -> list["Node"]:
        """The numbers, cells and gaps in it, in order."""
        return [x for part in self.parts for x in part.leaves] if self.parts else [self]


class Reader:
    """Reads one part of a sentence."""

    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, str]] = []
        at = 0
        while at < len(text.rstrip()):
            found = TOKEN.match(text, at)
            if found is None:
                raise ValueError(f"cannot read {text[at:]!r} of {text!r}")
            kind = found.lastgroup or ""
            value = found[kind]
            if kind == "word" and value == "e" and text[found.end() : found.end() + 1] == "^":
                kind, value = "sign", "e^"
                at = found.end() + 1
            else:
                at = found.end()
            self.tokens.append((kind, value))
        self.at = 0

    def read(self) -> Node:
        """The whole part."""
        found = self.compared()
        if self.at != len(self.tokens):
            raise ValueError(f"left over: {self.tokens[self.at :]}")
        return found

    def next(self, *signs: str) -> str:
        """The next sign if it is one of these, which is taken; else ""."""
        if self.at < len(self.tokens):
            kind, text = self.tokens[self.at]
            if kind in ("sign", "word") and text in signs:
                self.at += 1
                return text
        return ""

    def needed(self, sign: str) -> None:
        if not self.next(sign):
            raise ValueError(f"no {sign} in {self.tokens} at {self.at}")

    def level(self, below: Callable[[], Node], *signs: str) -> Node:
        found = below()
        while sign := self.next(*signs):
            found = Node(sign, (found, below()))
        return found

    def compared(self) -> Node:
        return self.level(self.added, "==", "!=", ">=", "<=", ">", "<", "≠")

    def added(self) -> Node:
        return self.level(self.multiplied, "+", "-")

    def multiplied(self) -> Node:
        return self.level(self.signed, "×", "÷", "//", "%")

    def signed(self) -> Node:
        if self.next("-"):
            if self.tokens[self.at][0] == "number":
                self.tokens[self.at] = ("number", f"-{self.tokens[self.at][1]}")
                return self.raised()
            return Node("neg", (self.signed(),))
        return self.raised()

    def raised(self) -> Node:
        found = self.single()
        while self.at < len(self.tokens) and self.tokens[self.at][0] == "high":
            found = Node("**", (found, exponent(self.tokens[self.at][1].translate(SMALL))))
            self.at += 1
        if self.next("**"):
            return Node("**", (found, self.signed()))
        return found

    def single(self) -> Node:
        kind, text = self.tokens[self.at]
        self.at += 1
        if kind == "number":
            return Node("number", text=text)
        if kind == "cell":
            return Node("cell", text=text)
        if text == "…":
            return Node("gap", text=text)
        if text == "(":
            inner = self.compared()
            self.needed(")")
            return inner
        if text == "|":
            inner = self.added()
            self.needed("|")
            return Node("abs", (inner,))
        if text in ("√", "e^", "ln"):
            return Node(text, (self.signed(),))
        if kind == "word" and self.next("("):
            return self.called(text)
        if kind == "word":
            return Node("cell", text=text) if text not in ("True", "False") else Node("number", text=text)
        raise ValueError(f"{text!r} in {self.tokens}")

    def called(self, name: str) -> Node:
        parts: list[Node] = []
        options: list[tuple[str, str]] = []
        while not self.next(")"):
            kind, text = self.tokens[self.at]
            if kind == "word" and text.endswith("="):
                self.at += 1
                minus = self.next("-")
                options.append((text[:-1], minus + self.tokens[self.at][1].strip("'")))
                self.at += 1
            else:
                parts.append(self.compared())
            self.next(",")
        place = ""
        if self.next("["):
            place = self.tokens[self.at][1]
            self.at += 1
            self.needed("]")
        return Node(f"{name}()", tuple(parts), place, tuple(options))


def exponent(text: str) -> Node:
    """What stands small and high: `-1`, `0.5`, `1/3`."""
    over, _, under = text.partition("/")
    first = Node("number", text=over)
    return Node("÷", (first, Node("number", text=under))) if under else first


def parts_of(sentence: str) -> tuple[list[str], list[str]]:
    """The parts of a sentence, and the signs between them."""
    found = SIGN.split(sentence)
    return found[::2], found[1::2]


def halves(text: str) -> list[str]:
    """The real and the imaginary part of a printed number, as far as it has them."""
    found = re.fullmatch(rf"(?:(-?{NUMBER})(?=[+-]))?([+-]?{NUMBER}j)", text)
    return [part for part in found.groups() if part] if found else [text]


def spelt(text: str) -> Any:
    """The number that a text spells."""
    if text in ("True", "False"):
        return text == "True"
    parts = [mpmath.mpf(part.removesuffix("j").lstrip("+").replace("∞", "inf")) for part in halves(text)]
    return mpmath.mpc(*([0] * (2 - len(parts))), *parts) if text.endswith("j") else parts[0]


def units(text: str, long: int = 5) -> list[Any]:
    """Half of the last digit of a printed number, and of its imaginary part: what may have been cut; nothing of words,
    and of whole numbers that are not so `long`."""
    found = []
    for part in halves(text):
        bare = part.removesuffix("j").lstrip("+-")
        if re.fullmatch(r"[\d.]+(?:e[+-]?\d+)?", bare) and ("." in bare or "e" in bare or len(bare) >= long):
            mantissa, _, power = bare.partition("e")
            half = mpmath.mpf(10) ** (int(power or 0) - len(mantissa.partition(".")[2])) / 2
            found.append(mpmath.mpc(0, half) if part.endswith("j") else half)
    return found


Cells = Mapping[str, Any]


def value(node: Node, cells: Cells, moved: Mapping[int, Any] | None = None) -> Any:
    """What a tree comes to; `moved`: what is added to numbers, by their place among the leaves."""
    leaves = iter(range(10**6))

    def of(node: Node) -> Any:
        if node.kind in ("number", "cell"):
            place = next(leaves)
            own = cells[node.text] if node.kind == "cell" or "…" in node.text else spelt(node.text)
            return own if moved is None or place not in moved else own + moved[place]
        if node.kind == "gap":
            raise KeyError("…")
        return done(node, [of(part) for part in node.parts])

    return of(node)


def done(node: Node, given: list[Any]) -> Any:  # noqa: C901 - a list
    """One thing that is done to numbers."""
    kind, options = node.kind, dict(node.options)
    if kind in ("==", "!=", ">=", "<=", ">", "<", "≠"):
        one, other = given
        if mpmath.isnan(one) or mpmath.isnan(other):
            return kind in ("!=", "≠")
        return {"==": one == other, "!=": one != other, "≠": one != other}.get(kind) if kind in ("==", "!=", "≠") else {
            ">=": one >= other, "<=": one <= other, ">": one > other, "<": one < other}[kind]  # fmt: skip
    if kind in ("max()", "maximum()"):
        return extreme(given, max)
    if kind in ("min()", "minimum()"):
        return extreme(given, min)
    if kind == "clamp()":
        return extreme([extreme([given[0], given[1]], max), given[2]], min)
    given = [mpmath.mpf(int(x)) if isinstance(x, bool) else x for x in given]
    if kind in ("add()", "sub()"):
        more = mpmath.mpmathify(complex(options["alpha"]) if "j" in options["alpha"] else float(options["alpha"]))
        return given[0] + more * given[1] * (1 if kind == "add()" else -1)
    if kind == "layer_norm()":
        middle, off = sum(given) / len(given), spread(given, {"correction": "0"}, root=False)
        return (given[int(node.text)] - middle) / mpmath.sqrt(off + mpmath.mpf(options.get("eps", "1e-5")))
    if kind in ("var()", "std()"):
        return spread(given, options, kind == "std()")
    if kind == "neg":
        return -given[0]
    if kind == "abs":
        return abs(given[0])
    if kind == "sum()":
        return sum(given)
    if kind == "rsqrt()":
        return 1 / mpmath.sqrt(given[0]) if given[0] > 0 else mpmath.inf if given[0] == 0 else mpmath.nan
    if kind in ("√", "ln", "e^"):
        if mpmath.isnan(given[0]) or (kind != "e^" and not isinstance(given[0], mpmath.mpc) and given[0] < 0):
            return mpmath.nan
        if kind == "ln" and given[0] == 0:
            return -mpmath.inf
        return {"√": mpmath.sqrt, "ln": mpmath.log, "e^": mpmath.exp}[kind](given[0])
    one, other = given
    match kind:
        case "+":
            return one + other
        case "-":
            return one - other
        case "×":
            return one * other
        case "÷" | "div()":
            if other == 0:
                return mpmath.nan if one == 0 or mpmath.isnan(one) else mpmath.sign(one) * mpmath.inf
            found = one / other
            mode = options.get("rounding_mode")
            return mpmath.floor(found) if mode == "floor" else trunc(found) if mode == "trunc" else found
        case "//" | "%" if mpmath.isinf(one) or mpmath.isinf(other):  # as Python has it
            pair = float(one), float(other)
            return mpmath.mpf(pair[0] // pair[1] if kind == "//" else pair[0] % pair[1]) if other else mpmath.nan
        case "//":
            return mpmath.floor(one / other) if other else done(Node("÷"), given)
        case "%":
            return one - other * mpmath.floor(one / other) if other else mpmath.nan
        case "**" | "pow()":
            return power(one, other)
    raise KeyError(kind)


def trunc(x: Any) -> Any:
    return mpmath.floor(x) if x >= 0 else mpmath.ceil(x)


def power(one: Any, other: Any) -> Any:
    if other == 0:
        return mpmath.mpf(1)
    if one == 0:
        return mpmath.mpf(0) if mpmath.re(other) > 0 else mpmath.inf
    real = not isinstance(one, mpmath.mpc) and not isinstance(other, mpmath.mpc)
    if real and one < 0 and other != mpmath.floor(other):
        return mpmath.nan
    return one**other


def extreme(given: Sequence[Any], pick: Callable[[Sequence[Any]], Any]) -> Any:
    return mpmath.nan if any(mpmath.isnan(x) for x in given) else pick(given)


def spread(given: Sequence[Any], options: Mapping[str, str], root: bool) -> Any:
    """The variance or standard deviation."""
    less = float(options.get("correction", 0 if options.get("unbiased") == "False" else 1))
    if not given or len(given) <= less:
        if not given or all(x == given[0] for x in given):
            return mpmath.nan
        return mpmath.inf
    middle = sum(given) / len(given)
    found = sum(abs(x - middle) ** 2 for x in given) / (len(given) - mpmath.mpf(less))
    return mpmath.sqrt(found) if root else found
