"""All cells of a tensor show numbers in one format, or none does."""

import math
import re

import pytest
import torch
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from explorer.animation.animation import Animation
from explorer.animation.axes import AxisId
from explorer.animation.compose import animate, picture
from explorer.animation.frame import Frame, Look
from explorer.numbers.forms import Spelling
from explorer.ops import CATALOG
from explorer.widgets.stage import cells as painted
from explorer.widgets.stage.lettering import lettering
from explorer.widgets.stage.painter import paint
from explorer.widgets.stage.style import DARK, LIGHT

pytestmark = pytest.mark.usefixtures("qapp")

GENERATOR = torch.Generator().manual_seed(7)
MIXED = torch.tensor([[0.86, 0.975, -0.4], [-0.125, 1.0, 0.3]])
TENSORS = {
    "fractions": MIXED,
    "normal": torch.randn(6, 8, generator=GENERATOR),
    "whole": torch.tensor([[1, -20, 300], [4, 5, 123456]]),
    "large": torch.tensor([[1, 2**40], [-(2**62), 7]]),
    "special": torch.tensor([[float("nan"), 1.5], [-float("inf"), -0.0]]),
    "tiny": torch.tensor([[1e-7, 2.5e-7], [-3e-7, 1e-8]]),
    "mask": torch.tensor([[True, False], [True, True]]),
    "complex": torch.tensor([[1 + 2j, 3 - 1j], [0.5 + 1j, -2j]]).exp(),
    "half": MIXED.to(torch.bfloat16),
    "one": torch.tensor(-1.1312 + 2.4717j),
}
SIZES = [(160, 120), (240, 180), (360, 240), (600, 340), (1000, 600)]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is drawn in cells, line by line."""
    seen: list[str] = []
    usual = painted.laid_out

    def note(text: str, *rest: object) -> object:
        seen.append(text)
        return usual(text, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(painted, "laid_out", note)
    return seen


def show(frame: Frame, width: int, height: int, style: painted.Style = LIGHT) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paint(frame, painter, QRectF(0, 0, width, height), style)
    painter.end()
    return image


def kind(text: str) -> str:
    """How many digits stand behind the point, and whether a power of ten does."""
    return re.sub(r"[-+]?\d+(\.\d*)?(e-?\d+)?", lambda m: f"{len(m[1] or '')}{bool(m[2])} ", text)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("name", TENSORS)
def test_all_cells_show_numbers_in_one_format_or_none_does(name: str, size: tuple[int, int], read: list[str]) -> None:
    tensor = TENSORS[name]
    show(picture("A", tensor).frame(0.0), *size)
    lines = len(read) / tensor.numel()
    assert lines in (0, 1, 2)
    numbers = [text for text in read if text[-1].isdigit() and text != "≈0"]
    assert len({kind(text) for text in numbers}) <= 1
    if name == "mask":
        assert set(read) in ({"True", "False"}, {"T", "F"})
    if size == SIZES[-1]:
        assert lines


def test_a_complex_number_by_itself_is_never_blank(read: list[str]) -> None:
    for size in SIZES[1:]:
        read.clear()
        show(picture("A", TENSORS["one"]).frame(0.0), *size)
        assert "".join(read).startswith("-1.1")
        assert "".join(read).endswith("j")


def summed(tensor: torch.Tensor, name: str = "sum") -> Animation:
    op, arguments = CATALOG[name], {"dim": 0}
    known = {"A": tuple(AxisId(k) for k in range(tensor.ndim))}
    return animate(op.call([tensor], arguments), ("A",), (op.run([tensor], arguments),), ("B",), identities=known)


@pytest.mark.parametrize("size", SIZES[1:], ids=str)
def test_the_format_of_a_tensor_does_not_change_while_it_plays(size: tuple[int, int], read: list[str]) -> None:
    told = summed(MIXED)
    kinds: dict[int, set[str]] = {0: set(), 1: set()}
    for k in range(61):
        frame = told.frame(k / 60)
        for tensor in kinds:
            mine = tuple(c for c in frame.cells if c.tensor == tensor and c.look is not Look.PLAIN)
            others = tuple(c for c in frame.cells if c.tensor == tensor and c.look is Look.PLAIN)
            if mine and not others:
                read.clear()
                show(Frame(mine, bounds=frame.bounds, scales=frame.scales, tensors=frame.tensors), *size)
                kinds[tensor] |= {kind(text) for text in read}
    assert all(len(found) == (1 if size[0] > 300 else min(len(found), 1)) for found in kinds.values()), kinds


@pytest.mark.parametrize("name", ["sum", "amax", "prod", "linalg.vector_norm"])
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_formulas_have_one_form_and_room_for_it_or_the_values_stand_there(
    name: str, size: tuple[int, int], read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = summed(torch.tensor([[1.4886, -0.841, 0.25], [-0.123, 2.5, -1.75]]), name)
    sizes: list[float] = []
    usual = painted.font
    monkeypatch.setattr(painted, "font", lambda *a: sizes.append(a[1]) or usual(*a))
    for k in range(0, 101, 4):
        frame = told.frame(k / 100)
        formulas = tuple(c for c in frame.cells if c.look is Look.PLAIN and len(c.x))
        read.clear()
        show(Frame(formulas, bounds=frame.bounds, scales=frame.scales, tensors=frame.tensors), *size)
        cells = sum(len(c.x) for c in formulas)
        assert not formulas or len(read) in (0, cells, 2 * cells)
    assert not sizes or min(sizes) >= 9


@pytest.mark.parametrize("style", [LIGHT, DARK])
def test_a_number_in_a_hatched_cell_stands_on_plain_ground(style: painted.Style) -> None:
    tensor = torch.tensor([[float("nan"), 1.5]])
    image = show(picture("A", tensor).frame(0.0), 300, 200, style)
    assert image.pixelColor(2, 2) == QColor(style.background)


def test_complex_numbers_are_never_blank() -> None:
    odd = torch.tensor([-1.1312 + 2.4717j, 0.5 - 1.25j, 1j, complex(math.nan, -math.inf), 1e-30 - 1e30j])
    for numbers in (odd, odd[:3], odd[:1]):
        for side in (60.0, 96.0):
            found = lettering(Spelling([numbers]).texts(numbers), side, side, LIGHT)
            assert found is not None
            assert found.size >= LIGHT.smallest


def test_a_mask_has_words_or_letters_and_one_size() -> None:
    mixed, only = torch.tensor([False, True, True]), torch.tensor([True, True, True])
    for side in range(16, 60):
        texts = [Spelling([x]).texts(x) for x in (mixed, only)]
        found = [lettering(own, float(side), float(side), LIGHT) for own in texts]
        assert found[0] is not None
        assert found[1] is not None
        assert found[0].size == found[1].size > 0
        shown = {found[0].text(text) for text in texts[0]}
        assert shown in ({"True", "False"}, {"T", "F"})
