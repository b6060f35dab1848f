"""Rules that make tensors and arrays."""

import hypothesis.strategies as st
import numpy as np
import torch
from hypothesis.stateful import rule

from explorer.ops import CATALOG
from explorer.ops.op import named
from tests.workspace.plain import Line
from tests.workspace.strategies import DTYPES, creations, keys, numbers, pick, spelt, values
from tests.workspace.twin import Twin, a_tensor, an_array, anything, room

OPERATORS = tuple(
    (name, CATALOG[name].symbol)
    for name in ("add", "sub", "mul", "div", "pow", "floor_divide", "remainder", "gt", "ne", "matmul")
)
CHOOSING = (torch.bool, torch.int64, torch.int32, torch.uint8)


class Makes(Twin):
    """New names."""

    @room
    @rule(made=creations(), array=st.booleans())
    def create(self, made, array) -> None:
        name, (creation, text) = self.new(), made
        line = Line(f"{{0}} = {text}{'.numpy()' if array else ''}", (name,), created=True)
        self.both(line, lambda w: w.create(name, creation, array))

    @room
    @a_tensor
    @rule(
        a=pick, way=st.sampled_from(("T", "transpose", "permute", "reshape", "squeeze", "unsqueeze", "expand")), n=pick
    )
    def view(self, a, way, n) -> None:
        a, b = self.some(a), self.new()
        shape = self.workspace[a].shape
        rank = len(shape)
        if way == "T":
            if rank != 2:  # torch warns beyond
                return
            arguments, text = {}, "{1}.T"
        elif way == "transpose":
            i, j = n % 3 - 1, n % 2
            arguments, text = {"dim0": i, "dim1": j}, f"{{1}}.transpose({i}, {j})"
        elif way == "permute":
            order = tuple(np.roll(range(rank), n).tolist())
            arguments, text = {"dims": order}, f"{{1}}.permute({order})"
        elif way == "reshape":
            size = ((-1,), (n % 3 + 1, -1), (1, -1, 1))[n % 3]
            arguments, text = {"shape": size}, f"{{1}}.reshape({size})"
        elif way == "expand":
            size = (n % 3 + 1, *shape)
            arguments, text = {"size": size}, f"{{1}}.expand({size})"
        else:
            dim = n % 4 - 1
            arguments, text = {"dim": dim}, f"{{1}}.{way}({dim})"
        self.both(Line("{0} = " + text, (b, a)), lambda w: w.operate(way, (a,), arguments, (b,)))

    @room
    @anything
    @rule(a=pick, data=st.data())
    def index(self, a, data) -> None:
        a, b = self.some(a, "any"), self.new()
        array = self.workspace[a].kind == "array"
        key, text = data.draw(keys(self.workspace[a].shape, array, self.names_of(*CHOOSING)))
        self.both(Line.of(f"{b} = {a}[{text}]", b, a, *named(key)), lambda w: w.index(a, key, b))

    @room
    @a_tensor
    @rule(a=pick, b=pick | numbers.map(lambda x: (x,)), op=st.sampled_from(OPERATORS), turned=st.booleans())
    def join(self, a, b, op, turned) -> None:
        """Of two tensors, or a tensor and a Python number, on either side."""
        a, c = self.some(a), self.new()
        pair = (a, b[0] if isinstance(b, tuple) else self.some(b))
        name, symbol = op
        if name == "matmul" and isinstance(b, tuple):
            return
        left, right = pair[::-1] if turned else pair
        texts = [x if isinstance(x, str) else f"({spelt(x)})" for x in (left, right)]
        line = Line.of(f"{c} = {texts[0]} {symbol} {texts[1]}", c, *named(pair))
        self.both(line, lambda w: w.operate(name, (left, right), {}, (c,)))

    @room
    @a_tensor
    @rule(a=pick, m=pick, value=numbers, data=st.data())
    def fill_masked(self, a, m, value, data) -> None:
        a, b, masks = self.some(a), self.new(), self.names_of(torch.bool, kind="tensor")
        if masks and m % 3:
            mask = said = masks[m % len(masks)]
        else:
            mask = data.draw(values(self.workspace[a].shape, torch.bool))
            said = spelt(mask)
        line = Line.of(f"{b} = {a}.masked_fill({said}, {spelt(value)})", *named(b, a, mask))
        self.both(line, lambda w: w.operate("masked_fill", (a, mask, value), {}, (b,)))

    @room
    @a_tensor
    @rule(a=pick, b=pick, dim=st.integers(-1, 1))
    def cat(self, a, b, dim) -> None:
        a, b, c = self.some(a), self.some(b), self.new()
        line = Line(f"{{0}} = torch.cat([{{1}}, {{2}}], dim={dim})", (c, a, b))
        self.both(line, lambda w: w.operate("cat", (a, b), {"dim": dim}, (c,)))

    @room
    @a_tensor
    @rule(a=pick, op=st.sampled_from(("abs", "neg", "exp", "clone", "contiguous", "sum")))
    def one(self, a, op) -> None:
        a, b = self.some(a), self.new()
        self.both(Line(f"{{0}} = {{1}}.{op}()", (b, a)), lambda w: w.operate(op, (a,), {}, (b,)))

    @room
    @a_tensor
    @rule(a=pick, op=st.sampled_from(("sum", "mean", "amax", "softmax")), dim=st.integers(-1, 2))
    def along(self, a, op, dim) -> None:
        a, b = self.some(a), self.new()
        self.both(Line(f"{{0}} = {{1}}.{op}(dim={dim})", (b, a)), lambda w: w.operate(op, (a,), {"dim": dim}, (b,)))

    @room
    @a_tensor
    @rule(a=pick, dim=st.integers(-1, 1))
    def largest(self, a, dim) -> None:
        a, b = self.some(a), self.new()
        c = f"{b}_indices"
        if c in self.names:
            return
        line = Line(f"{{0}}, {{1}} = {{2}}.max(dim={dim})", (b, c, a), bound=2)
        self.both(line, lambda w: w.operate("max", (a,), {"dim": dim}, (b, c)))

    @room
    @a_tensor
    @rule(a=pick, dtype=st.sampled_from((*DTYPES, torch.complex64)))
    def convert(self, a, dtype) -> None:
        a, b = self.some(a), self.new()
        line = Line(f"{{0}} = {{1}}.to(dtype={dtype})", (b, a))
        self.both(line, lambda w: w.operate("to", (a,), {"dtype": dtype}, (b,)))

    @room
    @anything
    @rule(a=pick)
    def duplicate(self, a) -> None:
        a, b = self.some(a, "any"), self.new()
        how = "clone" if self.workspace[a].kind == "tensor" else "copy"
        self.both(Line(f"{{0}} = {{1}}.{how}()", (b, a)), lambda w: w.duplicate(a, b))

    # arrays

    @room
    @a_tensor
    @rule(a=pick)
    def to_array(self, a) -> None:
        a, n = self.some(a), self.new()
        self.both(Line("{0} = {1}.numpy()", (n, a)), lambda w: w.to_array(a, n))

    @room
    @an_array
    @rule(n=pick, copy=st.booleans())
    def from_array(self, n, copy) -> None:
        n, a = self.some(n, "array"), self.new()
        how = "tensor" if copy else "from_numpy"
        self.both(Line(f"{{0}} = torch.{how}({{1}})", (a, n)), lambda w: w.from_array(n, a, copy))

    @room
    @an_array
    @rule(n=pick)
    def turn(self, n) -> None:
        n, m = self.some(n, "array"), self.new()
        if not self.workspace[n].shape:
            return
        self.both(Line("{0} = {1}[::-1, ...]", (m, n)), lambda w: w.index(n, (slice(None, None, -1), ...), m))

    @room
    @an_array
    @rule(n=pick, symbol=st.sampled_from(("+", "-", "*")), value=numbers)
    def array_operate(self, n, symbol, value) -> None:
        n, m = self.some(n, "array"), self.new()
        line = Line(f"{{0}} = np.asarray({{1}} {symbol} {spelt(value)})", (m, n))
        self.both(line, lambda w: w.array_operate(symbol, n, value, m))
