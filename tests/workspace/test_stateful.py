"""A workspace against plain torch and NumPy executing the same program."""

import os
import re

import hypothesis.strategies as st
import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from explorer.errors import OpError, ProgramError
from explorer.files.script import script
from explorer.workspace import Creation, Workspace
from tests.workspace.plain import Line, Refused, agree, execute, groups, line_of, looks, things
from tests.workspace.strategies import DTYPES, creations, numbers, pick, sliced, spelt

STEPS = 50  # of one program, at most
FEWEST = 5_000
SOAK = int(os.environ.get("SOAK_STEPS", "0"))  # so many random ones (make soak) instead of the same few each time
MOST = 9  # names at a time
ran = {"steps": 0}

room = precondition(lambda self: len(self.workspace.names) < MOST)
anything = precondition(lambda self: self.workspace.names)
a_tensor = precondition(lambda self: any(x.kind == "tensor" for x in self.workspace.items))
an_array = precondition(lambda self: any(x.kind == "array" for x in self.workspace.items))


def words(refused: object) -> str:
    """What torch or NumPy say; of a 0-d tensor torch says the size of an axis that is not there, which is anything."""
    return re.sub(r"(?<=out of bounds for dimension 0 with size )\d+", "n", str(refused))


class Program(RuleBasedStateMachine):
    """Both programs, and the history of both for undo and redo."""

    def __init__(self) -> None:
        super().__init__()
        self.workspace = Workspace()
        self.lines: tuple[Line, ...] = ()
        self.names: dict[str, object] = {}
        self.history: list[tuple[Workspace, tuple[Line, ...]]] = [(self.workspace, ())]
        self.at = 0

    # the two sides

    @property
    def plain(self):
        return things(self.names)

    def some(self, number: int, kind: str = "tensor") -> str:
        """A name of that kind: where a rule asks for one, its precondition has seen that there is one."""
        fitting = [x.name for x in self.workspace.items if kind in (x.kind, "any")]
        return fitting[number % len(fitting)]

    def new(self) -> str:
        name = self.workspace.fresh_name()
        assert name not in self.names
        return name

    def land(self, workspace: Workspace, lines: tuple[Line, ...]) -> None:
        self.workspace, self.lines = workspace, lines
        self.history = [*self.history[: self.at + 1], (workspace, lines)]
        self.at += 1

    def both(self, line: Line, change) -> None:
        """Do one more statement on both sides; they agree on whether it can be done, and in whose words it cannot."""
        wrong = None
        try:
            execute((line,), self.names)
        except Refused as failed:
            wrong = failed
            self.names = execute(self.lines)  # a refused statement may have done half its work
        if wrong is None:
            self.land(change(self.workspace), (*self.lines, line))
            return
        with pytest.raises(OpError) as refused:
            change(self.workspace)
        assert words(refused.value.detail) == words(wrong)

    def whole(self, lines: tuple[Line, ...], change) -> None:
        """Change the program on both sides."""
        wrong = None
        try:
            names = execute(lines)
        except Refused as failed:
            wrong = failed
        if wrong is None:
            self.names = names
            self.land(change(self.workspace), lines)
            return
        with pytest.raises((ProgramError, OpError)) as refused:
            change(self.workspace)
        assert words(refused.value.detail) == words(wrong)
        if isinstance(refused.value, ProgramError):
            assert (refused.value.step, refused.value.offer) == (wrong.index, "freeze")
        else:  # the changed step itself is at fault
            assert lines[wrong.index] != self.lines[wrong.index]

    def written(self, name: str) -> bool:
        """Whether a statement writes to the memory of `name`."""
        over = groups(self.plain)[name]
        return any(line.target and line.names[0] in over for line in self.lines)

    # statements at the end

    @initialize()
    def start(self) -> None:
        line = Line("{0} = torch.arange(12).reshape(3, 4)", ("A",), created=True)
        self.both(line, lambda w: w.create("A", Creation("arange", {"end": 12}, shape=(3, 4))))

    @room
    @rule(made=creations())
    def create(self, made) -> None:
        name, (creation, text) = self.new(), made
        self.both(Line("{0} = " + text, (name,), created=True), lambda w: w.create(name, creation))

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
        kind = self.workspace[a].kind
        key, text = sliced(data.draw, self.workspace[a].shape, negative=kind == "array")
        if kind == "array" and ... not in key:  # NumPy's bare scalars are no items of a shelf
            key, text = (*key, ...), f"{text}, ..." if key else "..."
        self.both(Line(f"{{0}} = {{1}}[{text}]", (b, a)), lambda w: w.index(a, key, b))

    @room
    @a_tensor
    @rule(a=pick, rows=st.lists(st.integers(-1, 1), min_size=1, max_size=3))
    def pick_rows(self, a, rows) -> None:
        a, b = self.some(a), self.new()
        self.both(Line(f"{{0}} = {{1}}[{rows}]", (b, a)), lambda w: w.index(a, rows, b))

    @room
    @a_tensor
    @rule(a=pick, b=pick, op=st.sampled_from((("add", "+"), ("sub", "-"), ("mul", "*"), ("matmul", "@"))))
    def join(self, a, b, op) -> None:
        a, b, c = self.some(a), self.some(b), self.new()
        self.both(Line(f"{{0}} = {{1}} {op[1]} {{2}}", (c, a, b)), lambda w: w.operate(op[0], (a, b), {}, (c,)))

    @room
    @a_tensor
    @rule(a=pick, value=numbers)
    def scale(self, a, value) -> None:
        a, b = self.some(a), self.new()
        self.both(Line(f"{{0}} = {{1}} * {spelt(value)}", (b, a)), lambda w: w.operate("mul", (a, value), {}, (b,)))

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

    # writes

    @anything
    @rule(a=pick, value=numbers, data=st.data())
    def write(self, a, value, data) -> None:
        a = self.some(a, "any")
        key, text = sliced(data.draw, self.workspace[a].shape, negative=self.workspace[a].kind == "array")
        line = Line(f"{{0}}[{text}] = {spelt(value)}", (a,), target=True)
        self.both(line, lambda w: w.write(a, key, value))

    @anything
    @rule(a=pick, b=pick, data=st.data())
    def write_from(self, a, b, data) -> None:
        a, b = self.some(a, "any"), self.some(b, "any")
        key, text = sliced(data.draw, self.workspace[a].shape, negative=False)
        self.both(Line(f"{{0}}[{text}] = {{1}}", (a, b), target=True), lambda w: w.write(a, key, b))

    @a_tensor
    @rule(a=pick, m=pick, value=numbers)
    def write_mask(self, a, m, value) -> None:
        a = self.some(a)
        masks = [x.name for x in self.workspace.items if x.dtype in (torch.bool, torch.int64) and x.kind == "tensor"]
        if not masks:
            return
        mask = masks[m % len(masks)]
        self.both(Line(f"{{0}}[{{1}}] = {spelt(value)}", (a, mask), target=True), lambda w: w.write(a, mask, value))

    @a_tensor
    @rule(a=pick, rows=st.lists(st.integers(-1, 3), min_size=1, max_size=3), value=numbers)
    def write_rows(self, a, rows, value) -> None:
        a = self.some(a)
        line = Line(f"{{0}}[{rows}] = {spelt(value)}", (a,), target=True)
        self.both(line, lambda w: w.write(a, rows, value))

    @a_tensor
    @rule(a=pick, op=st.sampled_from(("abs_", "neg_", "zero_", "exp_")))
    def in_place(self, a, op) -> None:
        a = self.some(a)
        self.both(Line(f"{{0}}.{op}()", (a,), target=True), lambda w: w.in_place(op, a))

    @a_tensor
    @rule(a=pick, b=pick, op=st.sampled_from(("add_", "mul_", "copy_", "sub_")))
    def in_place_from(self, a, b, op) -> None:
        a, b = self.some(a), self.some(b)
        self.both(Line(f"{{0}}.{op}({{1}})", (a, b), target=True), lambda w: w.in_place(op, a, (b,)))

    @a_tensor
    @rule(a=pick, value=numbers)
    def add_scaled(self, a, value) -> None:
        a = self.some(a)
        line = Line(f"{{0}}.add_({spelt(value)}, alpha=2)", (a,), target=True)
        self.both(line, lambda w: w.in_place("add_", a, (value,), {"alpha": 2}))

    @a_tensor
    @rule(a=pick, seed=st.integers(0, 9))
    def fill_randomly(self, a, seed) -> None:
        a = self.some(a)
        line = Line(f"{{0}}.normal_(generator=torch.Generator().manual_seed({seed}))", (a,), target=True)
        self.both(line, lambda w: w.in_place("normal_", a, seed=seed))

    @anything
    @rule(a=pick, symbol=st.sampled_from(("+=", "-=", "*=", "/=")), value=numbers)
    def augment(self, a, symbol, value) -> None:
        a = self.some(a, "any")
        line = Line(f"{{0}} {symbol} {spelt(value)}", (a,), target=True)
        self.both(line, lambda w: w.augment(a, symbol, value))

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

    # changes of the program

    @rule(a=pick, made=creations())
    def redefine(self, a, made) -> None:
        created = [line.names[0] for line in self.lines if line.created]
        if not created:
            return
        a, (creation, text) = created[a % len(created)], made
        if self.written(a):
            with pytest.raises(ProgramError):
                self.workspace.redefine(a, creation)
            return
        text += ".numpy()" if self.workspace[a].kind == "array" else ""
        again = Line("{0} = " + text, (a,), created=True)
        lines = tuple(again if line.created and line.names[0] == a else line for line in self.lines)
        self.whole(lines, lambda w: w.redefine(a, creation))

    @rule(a=pick, made=creations())
    def redefine_freezing(self, a, made) -> None:
        """What the new values do not fit keeps its own."""
        created = [line.names[0] for line in self.lines if line.created]
        if not created:
            return
        a, (creation, text) = created[a % len(created)], made
        text += ".numpy()" if self.workspace[a].kind == "array" else ""
        try:
            new = things(execute((Line("{0} = " + text, (a,)),)))[a]
        except Refused:  # see `redefine`
            return
        self.take_over(self.workspace.redefine(a, creation, freeze=True))
        if not self.written(a):  # a copy of the old may be an alias of the new: A.to(float32)
            assert looks(self.plain[a]) == looks(new)
        assert set(self.plain) == set(self.history[self.at - 1][0].names)

    @rule(number=pick, op=st.sampled_from(("neg", "sum", "exp", "contiguous", "clone")))
    def replace(self, number, op) -> None:
        """Another operation in the place of one with the same operand."""
        tensors = {x.name for x in self.workspace.items if x.kind == "tensor"}
        lines = enumerate(self.lines)
        one = [(i, x) for i, x in lines if x.bound == 1 and not x.target and len(x.names) == 2]
        fitting = [i for i, x in one if tensors.issuperset(x.names)]
        if not fitting:
            return
        at = fitting[number % len(fitting)]
        b, a = self.lines[at].names
        again = (*self.lines[:at], Line(f"{{0}} = {{1}}.{op}()", (b, a)), *self.lines[at + 1 :])
        self.whole(again, lambda w: w.replace(at, op, (a,), {}, (b,)))

    @a_tensor
    @rule(a=pick, value=st.sampled_from((0, 1, 5)), data=st.data())
    def edit(self, a, value, data) -> None:
        a = self.some(a)
        cell = tuple(data.draw(st.integers(0, max(0, n - 1))) for n in self.workspace[a].shape)
        write = Line(f"{{0}}[{', '.join(map(str, cell)) or '()'}] = {value}", (a,), target=True)
        place = next((i for i, line in enumerate(self.lines) if line.created and line.names[0] == a), None)
        if place is None or self.written(a):
            self.both(write, lambda w: w.edit(a, {cell: value}))
            return
        shape, dtype = self.workspace[a].shape, self.workspace[a].dtype
        scratch = Line(self.lines[place].template + f"; {write.template}", (a,))
        values = things(execute((scratch,)))[a]
        cells = ", ".join(map(spelt, values.reshape(-1).tolist()))
        text = f"torch.tensor([{cells}], dtype={dtype}).reshape({shape})"
        if (
            dtype == torch.complex64
        ):  # complex literals lose signs of zero: keep the two-step spelling of the plain side
            return
        again = Line("{0} = " + text, (a,), created=True)
        lines = (*self.lines[:place], again, *self.lines[place + 1 :])
        self.whole(lines, lambda w: w.edit(a, {cell: value}))

    @anything
    @rule(a=pick)
    def delete(self, a) -> None:
        a = self.some(a, "any")
        together = groups(self.plain)[a] - {a}
        others = [line for line in self.lines if not (line.target and line.names[0] == a)]
        needed = any(a in line.reads for line in others)
        through = together and any(line.target and line.names[0] == a for line in self.lines)
        if needed or through:
            with pytest.raises(ProgramError) as refused:
                self.workspace.delete(a)
            assert refused.value.offer == "freeze"
            assert a in self.lines[refused.value.step].names
            return
        lines: list[Line] = []
        for line in self.lines:
            if a in line.binds and line.bound == 2:
                left = line.names[1 - line.names.index(a)]
                places = "{0}, _" if line.names.index(a) == 1 else "_, {0}"
                template = f"{places} = {line.template.split(' = ')[1].replace('{2}', '{1}')}"
                lines.append(Line(template, (left, line.names[2])))
            elif a not in line.binds and not (line.target and line.names[0] == a):
                lines.append(line)
        self.whole(tuple(lines), lambda w: w.delete(a))

    @anything
    @rule(a=pick, number=st.integers(0, 3))
    def rename(self, a, number) -> None:
        a, new = self.some(a, "any"), ("x", "y", "class", "A")[number]
        if new in self.names or new == "class":
            if new != a:
                with pytest.raises(ProgramError):
                    self.workspace.rename(a, new)
            return
        self.whole(tuple(line.renamed(a, new) for line in self.lines), lambda w: w.rename(a, new))

    @anything
    @rule(a=pick)
    def delete_freezing(self, a) -> None:
        """Everything else keeps its values; what was frozen is read back as plain Python from the script."""
        a = self.some(a, "any")
        before = {n: looks(x)[-1] for n, x in self.plain.items() if n != a}
        made = self.workspace.delete(a, freeze=True)
        self.take_over(made)
        assert {n: looks(x)[-1] for n, x in self.plain.items()} == before

    @anything
    @rule(a=pick)
    def freeze(self, a) -> None:
        a = self.some(a, "any")
        before = {n: looks(x)[-1] for n, x in self.plain.items()}
        self.take_over(self.workspace.freeze(a))
        assert {n: looks(x)[-1] for n, x in self.plain.items()} == before

    def take_over(self, made: Workspace) -> None:
        lines = tuple(map(line_of, made.steps))
        self.names = execute(lines)
        self.land(made, lines)

    # time

    @precondition(lambda self: self.at > 1)
    @rule(steps=st.integers(1, 4))
    def undo(self, steps) -> None:
        self.seek(max(1, self.at - steps))

    @precondition(lambda self: self.at < len(self.history) - 1)
    @rule(steps=st.integers(1, 4))
    def redo(self, steps) -> None:
        self.seek(min(len(self.history) - 1, self.at + steps))

    def seek(self, at: int) -> None:
        self.at = at
        self.workspace, self.lines = self.history[at]
        self.workspace.activate()
        self.names = execute(self.lines)

    @rule()
    def drop_what_is_not_shown(self) -> None:
        """Only what the present program needs stays in memory; the rest comes back by replay."""
        self.workspace.cache.budget = 0
        self.workspace.activate()

    @rule()
    def run_the_script(self) -> None:
        made = script(self.workspace)
        assert not made.tensors
        names: dict[str, object] = {}
        exec(made.text, names)  # noqa: S102 - that it runs is what is tested
        again = things(names)
        assert {n: looks(x) for n, x in again.items()} == {n: looks(x) for n, x in self.plain.items()}
        assert groups(again) == groups(self.plain)

    # what always holds

    @invariant()
    def the_same(self) -> None:
        ran["steps"] += 1
        agree(self.workspace, self.names)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_the_workspace_is_plain_python() -> None:
    ran["steps"] = 0
    how = settings(
        max_examples=1_000 if SOAK else 150,
        stateful_step_count=STEPS,
        derandomize=not SOAK,
        database=None,
        deadline=None,
        print_blob=True,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    while ran["steps"] < max(FEWEST, SOAK):
        before = ran["steps"]
        run_state_machine_as_test(Program, settings=how)
        assert ran["steps"] - before >= FEWEST
