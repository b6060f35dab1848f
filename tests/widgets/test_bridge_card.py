"""The card that leads to NumPy and Python: what it offers for which item, and that it asks and does nothing itself."""

from collections.abc import Sequence
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from explorer.ops import CATALOG
from explorer.widgets.bridge.bridge_card import BridgeCard
from explorer.widgets.bridge.code_lines import SYMBOLS, Asked, CardItem, Names
from explorer.widgets.look import theme
from tests.widgets.shelf_items import Item

TENSOR = CardItem(Item("A", (3, 4)), Names("B", "n"), attributes=(("A.shape", "torch.Size([3, 4])"),))
ARRAY = CardItem(Item("n", (5,), kind="array"), Names("B", "m"))


@pytest.fixture
def card(qtbot: QtBot) -> BridgeCard:
    widget = BridgeCard()
    qtbot.addWidget(widget)
    widget.resize(240, 600)
    widget.show()
    return widget


def codes(card: BridgeCard) -> dict[str, str]:
    """What the buttons in sight say, by key."""
    buttons = [b for b in card.findChildren(QPushButton) if b.isVisible()]
    return {b.objectName().removeprefix("bridge_"): b.accessibleName() for b in buttons}


def heard(card: BridgeCard) -> list[Asked]:
    found: list[Asked] = []
    card.asked.connect(found.append)
    return found


def part(card: BridgeCard, kind: type[Any], name: str) -> Any:
    found = card.findChild(kind, f"bridge_{name}")
    assert found is not None
    return found


def test_the_card_of_nothing_is_hidden(card: BridgeCard) -> None:
    card.show_item(None)
    assert not card.isVisible()
    assert card.code_lines == ()
    asked = heard(card)
    card.ask("numpy")
    assert asked == []


def test_a_tensor_leads_to_numpy_and_python(card: BridgeCard) -> None:
    card.show_item(TENSOR)
    assert codes(card) == {
        "numpy": "n = A.numpy()",
        "augment": "A += 1",
        "operate": "B = A + 1",
        "item": "A.item()",
        "tolist": "A.tolist()",
    }
    assert not part(card, QLineEdit, "index").isVisible()


def test_an_array_leads_to_torch(card: BridgeCard) -> None:
    card.show_item(ARRAY)
    assert codes(card) == {
        "from_numpy": "B = torch.from_numpy(n)",
        "tensor": "B = torch.tensor(n)",
        "augment": "n += 1",
        "operate": "m = n + 1",
        "index": "m = n[::-1]",
        "write": "n[::-1] = 1",
        "item": "n.item()",
        "tolist": "n.tolist()",
    }


def test_the_code_follows_the_fields_and_they_come_with_what_is_asked(card: BridgeCard, qtbot: QtBot) -> None:
    card.show_item(ARRAY)
    asked = heard(card)
    for name, text in (("value", "-2"), ("index", "1:3")):
        field = part(card, QLineEdit, name)
        field.selectAll()
        qtbot.keyClicks(field, text)
    part(card, QComboBox, "symbol").setCurrentText("**")
    assert codes(card)["augment"] == "n **= -2"
    assert codes(card)["operate"] == "m = n ** (-2)"
    assert codes(card)["write"] == "n[1:3] = -2"
    qtbot.mouseClick(part(card, QPushButton, "augment"), Qt.MouseButton.LeftButton)
    qtbot.keyClick(part(card, QPushButton, "index"), Qt.Key.Key_Space)
    assert asked == [Asked("augment", "**", "-2", "1:3"), Asked("index", "**", "-2", "1:3")]


@pytest.mark.parametrize("symbol", SYMBOLS)
def test_a_new_tensor_is_offered_where_there_is_an_operation_that_makes_it(card: BridgeCard, symbol: str) -> None:
    card.show_item(TENSOR)
    part(card, QComboBox, "symbol").setCurrentText(symbol)
    assert codes(card)["augment"] == f"A {symbol}= 1"
    assert ("operate" in codes(card)) == any(op.symbol == symbol for op in CATALOG.values())


@pytest.mark.parametrize(
    ("shown", "key", "word"),
    [
        (TENSOR, "numpy", "shares"),
        (ARRAY, "from_numpy", "shares"),
        (ARRAY, "tensor", "copies"),
        (ARRAY, "operate", "copies"),
        (TENSOR, "augment", "in place"),
    ],
)
def test_each_says_whether_it_shares_or_copies(card: BridgeCard, shown: CardItem, key: str, word: str) -> None:
    card.show_item(shown)
    label = part(card, QLabel, f"{key}_sentence")
    assert label.isVisible()
    assert word in label.text()


def test_what_would_be_refused_says_so_before_and_can_be_pressed_all_the_same(card: BridgeCard, qtbot: QtBot) -> None:
    refusals = {"numpy": ("NumPy has no bfloat16.", "Got unsupported ScalarType BFloat16")}
    card.show_item(CardItem(TENSOR.item, refusals=refusals))
    label, asked = part(card, QLabel, "numpy_refusal"), heard(card)
    assert label.isVisible()
    assert label.text() == "⚠ NumPy has no bfloat16."
    assert label.toolTip() == "Got unsupported ScalarType BFloat16"
    assert "bfloat16" in part(card, QPushButton, "numpy").accessibleDescription()
    qtbot.mouseClick(part(card, QPushButton, "numpy"), Qt.MouseButton.LeftButton)
    assert [a.key for a in asked] == ["numpy"]
    card.show_item(TENSOR)
    assert not label.isVisible()


def test_attributes_are_copied_as_code(card: BridgeCard, qtbot: QtBot) -> None:
    card.show_item(TENSOR)
    assert part(card, QLabel, "shape").text() == "torch.Size([3, 4])"
    qtbot.mouseClick(part(card, QToolButton, "copy_shape"), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "A.shape  # torch.Size([3, 4])"


def test_a_long_answer_is_shortened_and_copied_whole(card: BridgeCard, qtbot: QtBot) -> None:
    card.show_item(TENSOR)
    text = repr(list(range(2000)))
    card.answer.show_answer("A.tolist()", "list", text, "a note")
    field = part(card, QPlainTextEdit, "answer_text")
    assert field.isReadOnly()
    assert field.toPlainText().endswith("…")
    assert len(field.toPlainText()) < len(text)
    assert part(card, QLabel, "answer_code").text() == "A.tolist() · list"
    qtbot.mouseClick(part(card, QToolButton, "answer_copy"), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == text


def test_an_answer_goes_with_the_values_that_it_was_given_for(card: BridgeCard) -> None:
    card.show_item(TENSOR)
    card.answer.show_answer("A.item()", "int", "66")
    card.show_item(TENSOR)
    assert card.answer.isVisible()
    card.show_item(ARRAY)
    assert not card.answer.isVisible()


@pytest.mark.parametrize("name", ["light", "dark"])
def test_warnings_can_be_read_on_the_panel(name: str) -> None:
    look = theme.load(name)
    assert contrast(look.warning, look.panel) >= 4.5


def contrast(*colours: Any) -> float:
    """WCAG's contrast ratio of two colours."""
    lights = sorted((_light(c.getRgbF()[:3]) for c in colours), reverse=True)
    return (lights[0] + 0.05) / (lights[1] + 0.05)


def _light(channels: Sequence[float]) -> float:
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
