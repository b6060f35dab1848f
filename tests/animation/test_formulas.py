from functools import partial

import pytest
import torch

from explorer.animation.axes import AxisId
from explorer.animation.compose import animate, picture
from explorer.animation.formulas import broken, formulas
from explorer.animation.frame import Look
from explorer.animation.glyphs import brief, half
from explorer.numbers.forms import Spelling
from explorer.numbers.written import Written
from explorer.ops import CATALOG
from explorer.ops.words import PLUS, TIMES


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("15+16", "15\n+16"),
        ("-5×(-1)", "-5\n×(-1)"),
        ("-5-(-1)", "-5\n-(-1)"),
        ("1e-5+2e-5", "1e-5\n+2e-5"),
        ("max(5, -1)", "max\n(5, -1)"),
        ("e^-1234", "e^-1234"),
        ("12345", "12345"),
    ],
)
def test_a_formula_breaks_before_its_last_sign(text: str, lines: str) -> None:
    assert broken(text) == lines


def test_the_formulas_of_a_strip_have_one_form_each_with_fewer_digits_and_end_at_the_values() -> None:
    a, b = torch.tensor([0.864, -1.5, 10.0]), torch.tensor([0.136, 2.25, -0.5])
    before, joining, after = (Spelling([x]).texts(x) for x in (a, b, a + b))
    first, *_ = found = formulas(partial(half, PLUS), (before, joining), after)
    assert list(found) == ["0.864+0.136", "-1.500+2.250", "10.000+(-0.500)"]
    assert isinstance(first, Written)
    assert "0.864\n+0.136" in first.forms
    assert "0.86\n+0.14" in first.forms
    assert first.forms[-len(after[0].forms) :] == after[0].forms
    assert {len(text.forms) for text in found if isinstance(text, Written)} == {len(first.rooms)}
    for text in found:
        assert isinstance(text, Written)
        for form, (characters, lines) in zip(text.forms, text.rooms, strict=True):
            assert max(map(len, form.split("\n"))) <= characters
            assert form.count("\n") < lines


def test_where_there_is_nothing_to_write_a_formula_of_the_cells_show_their_values() -> None:
    assert formulas(partial(brief, TIMES), ([], []), ()) == ()
    turned = torch.tensor([1.25 + 2.5j])
    texts = Spelling([turned]).texts(turned)
    (text,) = formulas(partial(brief, TIMES), (texts, texts), texts)
    assert isinstance(text, Written)
    assert text.forms[-1] == texts[0].forms[-1]
    assert text.forms[0] == "(1.25+2.50j)×(1.25+2.50j)"


@pytest.mark.parametrize("name", ["sum", "amax", "prod"])
def test_the_strip_and_what_it_comes_to_are_written_alike_through_the_whole_film(name: str) -> None:
    operand = torch.tensor([[0.25, -1.5], [0.75, 2.5], [1.0, 1.0]])
    op, arguments = CATALOG[name], {"dim": 0}
    known = {"A": (AxisId(0), AxisId(1))}
    told = animate(op.call([operand], arguments), ("A",), (op.run([operand], arguments),), ("B",), identities=known)
    frames = [told.frame(k / 100) for k in range(101)]
    seen = {text for f in frames for c in f.cells for text in c.texts if c.tensor == 1 and isinstance(text, Written)}
    numbers = {text for text in seen if text.replace(".", "").replace("-", "").isdigit()}
    assert numbers
    assert len({len(text.partition(".")[2]) for text in numbers}) == 1


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("sum", {"dim": 0}),
        ("sum", {}),
        ("mean", {"dim": 1}),
        ("amax", {"dim": 0}),
        ("linalg.vector_norm", {"dim": 0}),
        ("cumsum", {"dim": 0}),
        ("softmax", {"dim": 1}),
        ("exp", {}),
        ("abs", {}),
        ("T", {}),
    ],
)
def test_an_operand_keeps_the_colours_that_it_has_by_itself(name: str, arguments: dict[str, int]) -> None:
    operand = torch.tensor([[0.25, -1.5], [0.75, 2.5], [1.0, 1.0]])
    op = CATALOG[name]
    known = {"A": (AxisId(0), AxisId(1))}
    told = animate(op.call([operand], arguments), ("A",), (op.run([operand], arguments),), ("B",), identities=known)
    (alone,) = picture("A", operand).frame(0.0).scales
    for k in range(41):
        frame = told.frame(k / 40)
        for group in frame.cells:
            if group.tensor == 0 and group.look is Look.VALUE:
                scale = frame.scale(group.scale)
                assert (scale.lo, scale.hi) == (alone.lo, alone.hi)


def test_a_strip_on_its_way_is_paper_until_its_numbers_are_final() -> None:
    operand = torch.tensor([[1, 5], [2, 6], [3, 7]])
    op, arguments = CATALOG["sum"], {"dim": 0}
    known = {"A": (AxisId(0), AxisId(1))}
    told = animate(op.call([operand], arguments), ("A",), (op.run([operand], arguments),), ("B",), identities=known)
    final = {6.0, 18.0}
    for k in range(61):
        frame = told.frame(k / 60)
        for group in frame.cells:
            if group.tensor == 1 and len(group.x) and group.look is Look.VALUE:
                assert set(group.values.tolist()) == final
    looks = {group.look for k in range(61) for group in told.frame(k / 60).cells if group.tensor == 1}
    assert {Look.PAPER, Look.PLAIN, Look.VALUE} <= looks
