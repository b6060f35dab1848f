"""What can be done with a tensor or an array across the bridge: lines of code, each with a sentence; nothing is run."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from explorer.ops import CATALOG
from explorer.widgets.speech.sentences import translate

SYMBOLS = ("+", "-", "*", "/", "//", "%", "**")
SHARES, COPIES = "\N{RIGHTWARDS ARROW OVER LEFTWARDS ARROW}", "\N{UPPER RIGHT DROP-SHADOWED WHITE SQUARE}"


@dataclass(frozen=True)
class Asked:
    """A line that the user asks for: its key, and what stands in the fields of the card."""

    key: str
    symbol: str = "+"
    value: str = "1"
    index: str = "::-1"


@dataclass(frozen=True)
class CodeLine:
    """`key` is for names and tests, `code` what Python would run, `sentence` what comes of it for the memory; `new`
    is the name that it makes."""

    key: str
    code: str
    sentence: str = ""
    new: str = ""


@dataclass(frozen=True)
class Names:
    """Free names for what a line makes."""

    tensor: str = "B"
    array: str = "n"


@dataclass(frozen=True)
class CardItem:
    """What the card is about: an item (`Item`), free names, and why lines would be refused, by their keys."""

    item: Any
    names: Names = Names()
    refusals: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    attributes: tuple[tuple[str, str], ...] = ()


def code_lines(shown: CardItem, asked: Asked) -> tuple[CodeLine, ...]:
    """The lines of code of an item, in the order of the card; `asked` has what stands in the fields."""
    return _of_array(shown, asked) if shown.item.kind == "array" else _of_tensor(shown, asked)


def _of_tensor(shown: CardItem, asked: Asked) -> tuple[CodeLine, ...]:
    name, names = shown.item.name, shown.names
    augment, operate = _arithmetic(
        name, names.tensor, asked, translate("Bridge", "copies: a new tensor, and {name} stays")
    )
    return (
        CodeLine(
            "numpy",
            f"{names.array} = {name}.numpy()",
            _shares(translate("Bridge", "shares: one memory, two names")),
            names.array,
        ),
        augment,
        *((operate,) if any(op.symbol == asked.symbol for op in CATALOG.values()) else ()),  # it runs as a draft
        *_plain(name),
    )


def _of_array(shown: CardItem, asked: Asked) -> tuple[CodeLine, ...]:
    name, names = shown.item.name, shown.names
    shares = translate("Bridge", "shares: one memory, two names")
    copies = translate("Bridge", "copies: a tensor over memory of its own")
    index = asked.index.strip() or ":"
    return (
        CodeLine("from_numpy", f"{names.tensor} = torch.from_numpy({name})", _shares(shares), names.tensor),
        CodeLine("tensor", f"{names.tensor} = torch.tensor({name})", _copies(copies), names.tensor),
        *_arithmetic(name, names.array, asked, translate("Bridge", "copies: a new array, and {name} stays")),
        CodeLine(
            "index",
            f"{names.array} = {name}[{index}]",
            _shares(translate("Bridge", "slices share the memory; lists and masks copy")),
            names.array,
        ),
        CodeLine(
            "write",
            f"{name}[{index}] = {asked.value}",
            _shares(translate("Bridge", "in place: all over these cells move too")),
        ),
        *_plain(name),
    )


def _arithmetic(name: str, new: str, asked: Asked, fresh: str) -> tuple[CodeLine, CodeLine]:
    value = f"({asked.value})" if asked.value.startswith("-") else asked.value
    return (
        CodeLine(
            "augment",
            f"{name} {asked.symbol}= {asked.value}",
            _shares(translate("Bridge", "in place: all over these cells move too")),
        ),
        CodeLine("operate", f"{new} = {name} {asked.symbol} {value}", _copies(fresh.format(name=name)), new),
    )


def _plain(name: str) -> tuple[CodeLine, ...]:
    return CodeLine("item", f"{name}.item()"), CodeLine("tolist", f"{name}.tolist()")


def _shares(text: str) -> str:
    return f"{SHARES} {text}"


def _copies(text: str) -> str:
    return f"{COPIES} {text}"
