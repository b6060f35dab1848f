"""Rules that change what is there."""

import hypothesis.strategies as st
import torch
from hypothesis.stateful import rule

from explorer.ops.op import named
from tests.workspace.plain import Line
from tests.workspace.strategies import (
    FILLS,
    LAYOUTS,
    ONE,
    OTHERS,
    TWO,
    WHOLE,
    indices,
    keys,
    numbers,
    pick,
    spelt,
    values,
)
from tests.workspace.twin import Twin, a_tensor, anything
from tests.workspace.twin_makes import CHOOSING

FLOATS = (torch.float32, torch.float64, torch.float16, torch.bfloat16)


def some_of(ways):
    """Several in a row: there are many."""
    return st.lists(st.sampled_from(ways), min_size=1, max_size=4)


class Writes(Twin):
    """New values, or new layouts."""

    @anything
    @rule(a=pick, b=pick | numbers.map(lambda x: (x,)), data=st.data())
    def write(self, a, b, data) -> None:
        a = self.some(a, "any")
        value = b[0] if isinstance(b, tuple) else self.some(b, "any")
        item = self.workspace[a]
        key, text = data.draw(keys(item.shape, item.kind == "array", self.names_of(*CHOOSING)))
        said = value if isinstance(value, str) else spelt(value)
        line = Line.of(f"{a}[{text}] = {said}", *named(a, key, value), target=True)
        self.both(line, lambda w: w.write(a, key, value))

    @a_tensor
    @rule(a=pick, ops=some_of(ONE.split()))
    def in_place(self, a, ops) -> None:
        """Most of these want floats."""
        floats = self.names_of(*FLOATS, kind="tensor") if a % 4 else ()
        for op in ops:
            self.call(floats[a % len(floats)] if floats else self.some(a), f"{op}_")

    @a_tensor
    @rule(a=pick, b=pick | numbers.map(lambda x: (x,)), ops=some_of(f"{TWO} {TWO} {WHOLE}".split()))
    def in_place_from(self, a, b, ops) -> None:
        for op in ops:
            self.call(self.some(a), f"{op}_", b if isinstance(b, tuple) else (self.some(b),))

    @a_tensor
    @rule(a=pick, ways=some_of(OTHERS), data=st.data())
    def in_place_otherwise(self, a, ways, data) -> None:
        for method, kinds, arguments in ways:
            operands = tuple(self.operand(kind, self.some(a), data.draw) for kind in kinds)
            self.call(self.some(a), method, operands, arguments)

    @a_tensor
    @rule(a=pick, how=st.sampled_from(LAYOUTS), data=st.data())
    def lay_out(self, a, how, data) -> None:
        a, (method, kinds, arguments) = self.some(a), how
        self.call(a, method, tuple(self.operand(kind, a, data.draw) for kind in kinds), arguments, layout=True)

    @a_tensor
    @rule(a=pick, how=st.sampled_from(FILLS), seed=st.integers(0, 9))
    def fill_randomly(self, a, how, seed) -> None:
        self.call(self.some(a), *how, seed=seed)

    @anything
    @rule(a=pick, b=pick | numbers.map(lambda x: (x,)), symbol=st.sampled_from(("+", "-", "*", "/", "//", "%", "**")))
    def augment(self, a, b, symbol) -> None:
        """n += 1; between a tensor and an array Python makes something new of it."""
        a = self.some(a, "any")
        value = b[0] if isinstance(b, tuple) else self.some(b, self.workspace[a].kind)
        said = value if isinstance(value, str) else spelt(value)
        line = Line.of(f"{a} {symbol}= {said}", *named(a, value), target=True)
        self.both(line, lambda w: w.augment(a, f"{symbol}=", value))

    def call(self, a, method, operands=(), arguments=None, seed=None, layout=False) -> None:
        """a.method(operands, arguments) on both sides."""
        given = arguments or {}
        said = [x if isinstance(x, str) else spelt(x) for x in operands]
        said += [f"{name}={spelt(value)}" for name, value in given.items()]
        said += [] if seed is None else [f"generator=torch.Generator().manual_seed({seed})"]
        line = Line.of(f"{a}.{method}({', '.join(said)})", *named(a, operands), target=True, layout=layout)
        self.both(line, lambda w: w.in_place(method, a, operands, given, seed))
        self.the_same()

    def operand(self, kind, a, draw):
        """An operand of this kind of OTHERS for a method of `a`."""
        item = self.workspace[a]
        if kind == "t":
            return self.some(draw(pick)) if draw(st.booleans()) else draw(values(item.shape, item.dtype))
        fitting = {"m": values(item.shape, torch.bool), "i": indices(item.shape)}
        return draw({"n": numbers, "-": st.none(), "d": st.integers(-2, 2), **fitting}[kind])
