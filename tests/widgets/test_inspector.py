"""The inspector tells what is so, of tensors of the real workspace."""

from dataclasses import dataclass

import pytest
import torch
from PySide6.QtCore import QRegularExpression, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from explorer.animation.axes import AxisId
from explorer.numbers import statistics
from explorer.widgets.look.chip import ChipRow
from explorer.widgets.shelf.inspection import is_contiguous
from explorer.widgets.shelf.inspector import Inspector
from explorer.workspace import Workspace


@dataclass(frozen=True)
class Run:
    """What a run took."""

    seconds: float
    nbytes: int


@pytest.fixture
def inspector(qtbot: QtBot) -> Inspector:
    widget = Inspector()
    for part in parts(widget):
        qtbot.addWidget(part)
        part.resize(224, 400)
        part.show()
    return widget


def parts(inspector: Inspector) -> tuple[QWidget, ...]:
    """What stands on pages of its own."""
    return inspector, inspector.memory, inspector.statistics


def labels(inspector: Inspector, name: str) -> list[QLabel]:
    """All that are shown and have a name that begins so."""
    pattern = QRegularExpression(f"^{name}")
    return [w for part in parts(inspector) for w in part.findChildren(QLabel, pattern) if not w.isHidden()]


def value(inspector: Inspector, key: str) -> str:
    found = labels(inspector, f"inspector_{key}$")
    assert len(found) == 1, key
    return found[0].text()


def loaded(tensor: torch.Tensor) -> Workspace:
    return Workspace().load("A", tensor)


def show(inspector: Inspector, workspace: Workspace, name: str, run: Run | None = None) -> None:
    item = workspace[name]
    inspector.show_item(item, statistics.of(item.tensor()), run, workspace.sharing(name))


def test_a_tensor(inspector: Inspector) -> None:
    workspace = loaded(torch.arange(12).reshape(3, 4)).operate("T", ("A",), {}, ("B",))
    show(inspector, workspace, "B", Run(0.00042, 0))
    told = {
        "dtype": "int64",
        "device": "cpu",
        "rank": "2",
        "elements": "12 · 96 bytes",
        "strides": "(1, 4)",
        "offset": "0",
        "contiguous": "no",
        "shares": "A",
        "range": "0 · 11",
        "mean": "5.5",
        "nan_inf": "0 · 0",
        "time": "420 µs",
        "new_bytes": "0 bytes",
    }
    assert {key: value(inspector, key) for key in told} == told
    show(inspector, workspace, "A")
    assert value(inspector, "contiguous") == "yes"
    assert not labels(inspector, "inspector_time")


@pytest.mark.parametrize(
    ("tensor", "item"),
    [
        (torch.tensor(2**62 + 1), f"{2**62 + 1} · int"),
        (torch.tensor([[0.1]], dtype=torch.float64), "0.1 · float"),
        (torch.tensor(True), "True · bool"),
        (torch.tensor([1 + 2j]), "1+2j · complex"),
        (torch.tensor(float("-inf")), "-inf · float"),
        (torch.tensor([float("nan")]), "nan · float"),
        (torch.tensor(0.1), "0.10000000149011612 · float"),
    ],
)
def test_one_element_has_the_value_of_item(inspector: Inspector, tensor: torch.Tensor, item: str) -> None:
    show(inspector, loaded(tensor), "A")
    assert value(inspector, "item") == item
    assert item.rpartition(" · ")[2] == type(tensor.item()).__name__


def test_nan_and_inf_are_counted(inspector: Inspector) -> None:
    show(inspector, loaded(torch.tensor([1.5, float("nan"), float("inf"), -2.0])), "A")
    assert value(inspector, "nan_inf") == "1 · 1"
    assert value(inspector, "range") == "-2 · inf"
    assert value(inspector, "mean") == "nan"


def test_floats_are_told_as_their_cells_show_them(inspector: Inspector) -> None:
    show(inspector, loaded(torch.tensor([0.1, 0.3])), "A")
    assert value(inspector, "range") == "0.1 · 0.3"


def test_meta_has_no_values_and_what_is_not_counted_yet_is_open(inspector: Inspector) -> None:
    workspace = loaded(torch.zeros(2)).operate("to", ("A",), {"device": "meta"}, ("M",))
    show(inspector, workspace, "M")
    assert "meta" in value(inspector, "values")
    inspector.show_item(workspace["A"])
    assert value(inspector, "range") == "…"


def test_an_array_counts_in_bytes(inspector: Inspector) -> None:
    workspace = loaded(torch.arange(6, dtype=torch.int32).reshape(2, 3)).to_array("A", "n")
    inspector.show_item(workspace["n"], None, None, workspace.sharing("n"))
    assert value(inspector, "dtype") == "int32"
    assert value(inspector, "strides") == "(12, 4)"
    assert value(inspector, "contiguous") == "yes"
    assert value(inspector, "shares") == "A"


@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (1, 3), (3, 1, 2), (0, 4), (2, 3, 4)])
def test_contiguity_is_what_torch_says(shape: tuple[int, ...]) -> None:
    tensor = torch.zeros(shape)
    for view in (tensor, tensor.mT if tensor.dim() > 1 else tensor, tensor[..., :1] if tensor.dim() else tensor):
        item = _View(tuple(view.shape), view.stride(), view.numel() * 4)
        assert is_contiguous(item) == view.is_contiguous()


@dataclass(frozen=True)
class _View:
    shape: tuple[int, ...]
    strides: tuple[int, ...]
    nbytes: int
    kind: str = "tensor"


def test_the_chips_wear_the_identities(inspector: Inspector) -> None:
    show(inspector, loaded(torch.zeros(2, 5)), "A")
    inspector.show_chips((AxisId(4), AxisId(1)))
    chips = inspector.findChild(ChipRow, "inspector_shape")
    assert isinstance(chips, ChipRow)
    assert [(f.size, f.axis) for f in chips._faces] == [("2", 4), ("5", 1)]


def test_everything_can_be_copied(inspector: Inspector, qtbot: QtBot) -> None:
    workspace = loaded(torch.zeros(2, 5))
    inspector.show_item(workspace["A"], statistics.of(workspace["A"].tensor()), None, (), "A = torch.zeros(2, 5)")
    button = inspector.findChild(QToolButton, "inspector_copy")
    assert isinstance(button, QToolButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    text = QGuiApplication.clipboard().text()
    assert text.startswith("A\nshape: (2, 5)\ndtype: float32\n")
    assert text.endswith("made by: A = torch.zeros(2, 5)")
    made_by = inspector.findChild(QLineEdit, "inspector_made_by")
    assert isinstance(made_by, QLineEdit)
    assert made_by.text() == "A = torch.zeros(2, 5)"
    found = labels(inspector, "inspector_")
    selectable = Qt.TextInteractionFlag.TextSelectableByMouse
    assert all(w.textInteractionFlags() & selectable for w in found if w.objectName() != "inspector_name")


def test_each_fact_stands_on_the_page_that_it_is_about(inspector: Inspector) -> None:
    show(inspector, loaded(torch.arange(3)), "A", Run(0.1, 24))

    def keys(part: QWidget) -> set[str]:
        found = part.findChildren(QLabel, QRegularExpression("^inspector_"))
        return {w.objectName().removeprefix("inspector_") for w in found}

    assert keys(inspector.memory) == {"strides", "offset", "contiguous", "shares"}
    assert keys(inspector.statistics) == {"range", "mean", "nan_inf"}
    assert keys(inspector) >= {"name", "dtype", "device", "rank", "elements", "time", "new_bytes"}


def test_long_values_stay_inside(inspector: Inspector) -> None:
    tensor = torch.tensor([complex(1.1234567890123457, -2.234567890123457)], dtype=torch.complex128)
    workspace = loaded(tensor.reshape(1, 1, 1, 1, 1, 1))
    item = workspace["A"]
    inspector.show_item(
        item, statistics.of(item.tensor()), Run(12.5, 2**40), tuple("BCDEFGHIJKLMNOPQ"), "A = " + "x" * 300
    )
    for part in parts(inspector):
        part.grab()
        right = [w.mapTo(part, w.rect().topRight()).x() for w in part.findChildren(QLabel) if w.isVisible()]
        assert max(right) < part.width()
    assert "1.12346-2.23457j" in value(inspector, "item")


def test_nothing_to_inspect(inspector: Inspector) -> None:
    show(inspector, loaded(torch.zeros(2)), "A")
    inspector.show_item(None)
    assert inspector.text() == ""
    assert not labels(inspector, "inspector_dtype")
