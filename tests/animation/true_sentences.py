"""Whether a sentence is true as it is printed: `=` between equals, `≈` within the digits that were cut."""

from collections.abc import Sequence
from typing import Any

import mpmath
import torch

from explorer.animation.arithmetic import Arithmetic, cell_name
from explorer.ops.provenance import Cell

from .sentence import Node, Reader, parts_of, units, value

DIGITS = mpmath.mpf(10) ** -14  # that float64 has


def number_of(x: Any) -> Any:
    """A cell or a Python number, exactly."""
    found = x.item() if isinstance(x, torch.Tensor) else x
    if isinstance(found, bool):
        return found
    if isinstance(found, complex):
        return mpmath.mpc(mpmath.mpf(found.real), mpmath.mpf(found.imag))
    return mpmath.mpf(found)


def same(one: Any, other: Any) -> bool:
    one, other = mpmath.mpmathify(one), mpmath.mpmathify(other)
    if mpmath.isnan(one) or mpmath.isnan(other):
        return bool(mpmath.isnan(one) and mpmath.isnan(other))
    return bool(one == other)


def near(one: Any, other: Any, off: Any) -> bool:
    if same(one, other):
        return True
    apart = abs(mpmath.mpmathify(one) - mpmath.mpmathify(other))
    return bool(mpmath.isfinite(apart) and apart <= off)


def step_of(x: Any) -> float:
    """The distance of neighbours of a tensor's dtype, next to 1; 0 of whole numbers."""
    kind = getattr(x, "dtype", torch.int64)
    return torch.finfo(kind).eps if kind.is_floating_point or kind.is_complex else 0.0


class Truth:
    """One sentence about a result cell, held against the tensors."""

    def __init__(self, story: Arithmetic, cell: Cell, result: int = 0) -> None:
        self.story, self.cell, self.result = story, cell, result
        self.own = cell_name(story.names[story.operands + result], cell)
        self.made = story.tensors[story.operands + result]
        self.region = story.provenance.region(cell, result)
        self.step = max(map(step_of, story.tensors))
        self.tiny = max((torch.finfo(x.dtype).smallest_normal for x in story.tensors if step_of(x)), default=0.0)
        self.cells: dict[str, Any] = {f"→{self.own}": number_of(self.made[cell])}
        self.kinds: dict[str, Any] = {f"→{self.own}": self.made[cell]}

    def known(self, node: Node) -> None:
        """Looks up the cells in a tree."""
        for leaf in node.leaves:
            if leaf.kind == "cell" and leaf.text not in self.cells:
                name, _, rest = leaf.text.partition("[")
                tensor = self.story.tensors[self.story.names[: self.story.operands].index(name)]
                found = tensor[tuple(int(k) for k in rest.rstrip("]").split(",") if k)] if rest else tensor
                self.cells[leaf.text], self.kinds[leaf.text] = number_of(found), found

    def of(self, sentence: str) -> list[str]:
        """What is false in it; nothing of a true one."""
        parts, signs = parts_of(sentence)
        wrong: list[str] = []
        trees = [Reader(part).read() for part in parts]
        arrow = signs.index("→") if "→" in signs else -1
        for k, tree in enumerate(trees):
            if self.told(tree, k, arrow):
                trees[k] = Node("cell", text=f"→{self.own}")
            else:
                self.known(tree)
        for tree in trees:
            if any(leaf.kind == "cell" for leaf in tree.leaves):
                self.whole(tree)
        for k, sign in enumerate(signs):
            if sign != "→" and not self.holds(trees[k], trees[k + 1], sign, k + 1 == len(signs)):
                wrong.append(f"{parts[k]} {sign} {parts[k + 1]}")
        if arrow >= 0 and signs[arrow + 1 :] == [] and parts[arrow + 1] != self.own:
            wrong.append(f"no cell behind the arrow: {parts[arrow + 1]}")
        if arrow >= 0 and self.idle(trees[arrow], parts):
            wrong.append("an arrow between equals")
        return wrong

    def told(self, tree: Node, k: int, arrow: int) -> bool:
        """Whether it is the result's own cell: at the beginning, or behind an arrow."""
        return tree.kind == "cell" and tree.text == self.own and k == (arrow + 1 if arrow >= 0 else 0)

    def idle(self, before: Node, parts: Sequence[str]) -> bool:
        """Whether nothing changes at an arrow, and nothing is written otherwise."""
        try:
            found = value(before, self.cells)
        except KeyError:
            return False
        return same(found, number_of(self.made[self.cell])) and parts[-1] in parts[:-1]

    # pairs ----------------------------------------------------------------------------------------------------------

    def holds(self, one: Node, other: Node, sign: str, last: bool) -> bool:  # noqa: C901 - a list
        """Whether two parts are what the sign between them says."""
        if one.kind == "pow()":  # of 0 to a power below 0
            return bool(value(other, self.cells) == (mpmath.inf if self.step else 0))
        gaps = [sum(leaf.kind == "gap" for leaf in x.leaves) for x in (one, other)]
        made = one.text.startswith("→")
        if not made and gaps[1] and (gaps[1] > gaps[0] or len(other.leaves) < len(one.leaves)):
            return self.begins(one, other, sign)  # told so far
        if other.kind in ("argmax()", "argmin()"):
            return self.place(other, one)
        if one.kind in ("argmax()", "argmin()"):
            return self.place(one, other)
        named = any(leaf.kind == "cell" for leaf in one.leaves) and not made
        if named and shape(one) == shape(other) and all(leaf.kind != "cell" for leaf in other.leaves):
            return all(self.printed(a, b, sign) for a, b in zip(one.leaves, other.leaves, strict=True))
        if made and other.kind == "number":
            return self.printed(one, other, sign)
        if named and other.kind == "number" and last:  # no numbers between: it is the result's
            return self.printed(Node("cell", text=f"→{self.own}"), other, sign)
        if "…" in other.text:
            with mpmath.workdps(1300):
                return self.digits(value(self.whole(one), self.cells), other.text)
        left, right = self.whole(one), self.whole(other)
        if made and other.kind == "cell":  # carried
            return same(*(value(x, self.cells) for x in (one, other)))
        if made:  # a definition: equal in the dtype
            return self.close(left, right, 8 + 4 * len(right.leaves))
        if other.kind != "number":  # the same in another way: a softmax
            off = self.uncertain(right) if sign == "≈" else 0
            return self.close(left, right, 64 + 4 * len(right.leaves), off)
        if sign == "=":
            found, printed = value(left, self.cells), value(right, self.cells)
            if left.kind in ("//", "%") and same(python(left), printed):
                return True  # as Python has it
            return self.beyond(found, printed) or near(found, printed, 0 if counted(left) else DIGITS * self.size(left))
        if self.beyond(value(left, self.cells), value(right, self.cells)):
            return True
        return near(value(left, self.cells), value(right, self.cells), self.uncertain(left) + self.uncertain(right))

    @staticmethod
    def beyond(found: Any, printed: Any) -> bool:
        """Whether infinity is printed of what no dtype holds."""
        parts = [mpmath.re(printed), mpmath.im(printed)] if isinstance(printed, mpmath.mpc) else [printed]
        return any(mpmath.isinf(x) for x in parts) and abs(mpmath.mpmathify(found)) > 1e300

    @staticmethod
    def digits(number: Any, text: str) -> bool:
        """Whether a whole number has these digits at both ends."""
        first, _, last = text.partition("…")
        whole = str(int(number))  # of as many digits as there are
        return whole.startswith(first) and whole.endswith(last)

    def printed(self, cell: Node, literal: Node, sign: str) -> bool:
        """Whether a printed number is a cell's: to the last digit of its dtype, or as far as it is not cut."""
        if cell.kind in ("gap", "number"):
            return cell == literal
        if "…" in literal.text:
            self.cells[literal.text] = self.cells[cell.text]
            return self.digits(self.cells[cell.text], literal.text)
        own, said = self.cells[cell.text], value(literal, self.cells)
        if sign == "≈":
            return near(own, said, self.uncertain(literal) + self.step * abs(mpmath.mpmathify(own)))
        kind = getattr(self.kinds[cell.text], "dtype", None)
        if isinstance(own, bool) or isinstance(said, bool) or kind is None or not step_of(self.kinds[cell.text]):
            return same(own, said)
        if kind.is_complex:
            wide = torch.tensor(complex(said), dtype=torch.complex128)
        else:
            wide = torch.tensor(float(mpmath.re(said)), dtype=torch.float64)
            own = own if mpmath.im(said) == 0 else mpmath.nan
        return same(number_of(wide.to(kind)), own)

    def begins(self, one: Node, other: Node, sign: str) -> bool:
        """Whether the first numbers of a sentence that is still being told are the cells'."""
        gap = next(k for k, leaf in enumerate(other.leaves) if leaf.kind == "gap")
        pairs = zip(one.leaves[:gap], other.leaves[:gap], strict=True)
        return all(self.printed(a, b, sign) for a, b in pairs)

    def place(self, one: Node, other: Node) -> bool:
        """Whether the index is that of the largest or smallest cell."""
        cells = [self.number(term) for term in self.terms()]
        at = cells[int(value(other, self.cells))]
        best = max(cells) if one.kind == "argmax()" else min(cells)
        return same(at, best) or any(mpmath.isnan(x) for x in cells)

    def number(self, term: Sequence[tuple[int, Cell]]) -> Any:
        ((k, cell),) = term
        return number_of(self.story.tensors[k][cell])

    def terms(self) -> list[list[tuple[int, Cell]]]:
        return [self.region.term(i) for i in range(self.region.terms)]

    def close(self, one: Node, other: Node, steps: int, off: Any = 0) -> bool:
        """Whether two are equal but for what the dtype rounds."""
        found, own = value(other, self.cells), value(one, self.cells)
        steps *= 1000 if any(x.kind in ("**", "e^") for x in pieces(other)) else 1
        size = max(self.size(one), self.size(other))
        return self.beyond(found, own) or near(own, found, off + steps * self.step * size + self.tiny)

    def size(self, node: Node) -> Any:
        """The largest number in a tree, or product of such."""
        sizes = [abs(mpmath.mpmathify(value(x, self.cells))) for x in pieces(node)]
        return max([x for x in sizes if mpmath.isfinite(x)], default=mpmath.mpf(0))

    def uncertain(self, node: Node) -> Any:
        """How far a tree may be off as its numbers may be cut, and as the dtype rounds."""
        middle = mpmath.mpmathify(value(node, self.cells))
        off = mpmath.mpf(0)
        for k, leaf in enumerate(node.leaves):
            for half in units(leaf.text) if leaf.kind == "number" else []:
                more = half + self.step * abs(half and mpmath.mpmathify(value(leaf, self.cells))) * half / abs(half)
                moved = [mpmath.mpmathify(value(node, self.cells, {k: d})) for d in (more, -more)]
                off += max([abs(x - middle) for x in moved if mpmath.isfinite(x)], default=0)
        return off * mpmath.mpf("1.01") + (2 + len(node.leaves)) * self.step * abs(middle) + self.tiny

    def whole(self, node: Node) -> Node:
        """A tree with all terms that stand for …, as the third one is written with names."""
        if not any(leaf.kind == "gap" for leaf in node.leaves):
            return node
        terms = self.terms()
        names = [[cell_name(self.story.names[k], c) for k, c in term] for term in terms]
        for name in (n for term in names for n in term):
            self.known(Node("cell", text=name))

        def of(node: Node) -> Node:
            at = next((k for k, x in enumerate(node.parts) if x.kind == "gap"), None)
            if at is None:
                return Node(node.kind, tuple(map(of, node.parts)), node.text, node.options) if node.parts else node
            third = node.parts[at - 1] if node.kind.endswith("()") else node.parts[0].parts[1]
            if any(leaf.kind == "cell" for leaf in third.leaves):
                self.pattern = third
            more = [renamed(self.pattern, iter(own)) for own in names[3:-2]]
            if node.kind.endswith("()"):
                return Node(node.kind, (*node.parts[:at], *more, *node.parts[at + 1 :]), node.text, node.options)
            out = node.parts[0]
            for term in more:
                out = Node(node.kind, (out, term))
            return out

        return of(node)


def python(node: Node) -> Any:
    """A quotient or remainder as Python's floats have it."""
    one, other = (float(value(part, {})) for part in node.parts)
    return (one // other if node.kind == "//" else one % other) if other else mpmath.nan


def counted(node: Node) -> bool:
    """Whether whole numbers are added and multiplied in a tree, which has no room for any rounding."""
    kinds = {x.kind for x in pieces(node)}
    return kinds <= {"+", "-", "×", "neg", "number"} and all(x.text.lstrip("-").isdigit() for x in node.leaves)


def renamed(node: Node, names: Any) -> Node:
    """A term with other cells in it, in order."""
    if not node.parts:
        return Node("cell", text=next(names)) if node.kind == "cell" else node
    return Node(node.kind, tuple(renamed(part, names) for part in node.parts), node.text, node.options)


def pieces(node: Node) -> list[Node]:
    """A tree and all in it."""
    return [node, *(x for part in node.parts for x in pieces(part))]


def shape(node: Node) -> Any:
    """A tree without its numbers."""
    if not node.parts and not node.kind.endswith("()"):
        return "gap" if node.kind == "gap" else "leaf"
    return (node.kind, *map(shape, node.parts))
