"""Rules that change the program."""

import hypothesis.strategies as st
import pytest
import torch
from hypothesis.stateful import rule

from explorer.errors import OpError, ProgramError
from explorer.ops import CATALOG
from explorer.workspace import edits
from tests.workspace.plain import Line, Refused, execute, looks, shown, things
from tests.workspace.strategies import creations, pick, spelt
from tests.workspace.twin import Twin, a_tensor, anything


class Changes(Twin):
    """Another program, run again."""

    @rule(a=pick, made=creations())
    def redefine(self, a, made) -> None:
        created = [line.names[0] for line in self.lines if line.created]
        if not created:
            return
        a, (creation, text) = created[a % len(created)], made
        if self.written(a):
            with pytest.raises(ProgramError):
                edits.redefine(self.workspace, a, creation)
            return
        text += ".numpy()" if self.workspace[a].kind == "array" else ""
        again = Line("{0} = " + text, (a,), created=True)
        lines = tuple(again if line.created and line.names[0] == a else line for line in self.lines)
        self.whole(lines, lambda w: edits.redefine(w, a, creation))

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
        if not self.take_over(edits.redefine(self.workspace, a, creation, freeze=True)):
            return
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
        self.whole(again, lambda w: edits.replace_step(w, at, CATALOG[op].call((a,), {}), (b,)))

    @a_tensor
    @rule(a=pick, value=st.sampled_from((0, 1, 5)), data=st.data())
    def edit(self, a, value, data) -> None:
        a = self.some(a)
        cell = tuple(data.draw(st.integers(0, max(0, n - 1))) for n in self.workspace[a].shape)
        if 0 in self.workspace[a].shape:
            with pytest.raises(OpError):
                edits.edit(self.workspace, a, {cell: value})
            return
        write = Line(f"{{0}}[{', '.join(map(str, cell)) or '()'}] = {value}", (a,), target=True)
        place = next((i for i, line in enumerate(self.lines) if line.created and line.names[0] == a), None)
        if place is None or self.written(a):
            self.both(write, lambda w: edits.edit(w, a, {cell: value}))
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
        self.whole(lines, lambda w: edits.edit(w, a, {cell: value}))

    @anything
    @rule(a=pick)
    def delete(self, a) -> None:
        a = self.some(a, "any")
        others = [line for line in self.lines if not (line.target and line.names[0] == a)]
        needed = any(a in line.reads for line in others)
        through = any(line.target and line.names[0] == a and self.beside(a, line) for line in self.lines)
        if needed or through:
            with pytest.raises(ProgramError) as refused:
                edits.delete(self.workspace, a)
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
        self.whole(tuple(lines), lambda w: edits.delete(w, a))

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
        before = {n: shown(x) for n, x in self.plain.items() if n != a}
        if not self.take_over(edits.delete(self.workspace, a, freeze=True)):
            return
        assert {n: shown(x) for n, x in self.plain.items()} == before

    @anything
    @rule(a=pick)
    def freeze(self, a) -> None:
        a = self.some(a, "any")
        before = {n: shown(x) for n, x in self.plain.items()}
        if not self.take_over(edits.freeze(self.workspace, a)):
            return
        assert {n: shown(x) for n, x in self.plain.items()} == before
