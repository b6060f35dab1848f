"""What torch says of a tensor's part in autograd, as the card shows it: rows, the chain, and what is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from explorer.late import late
from explorer.widgets.speech.sentences import say, translate

with late():
    from explorer.workspace import autograd_facts

if TYPE_CHECKING:
    from explorer.workspace import Item, Workspace
    from explorer.workspace.autograd_facts import Fact, Link

ARROW = "→"
LONG = 12  # links: of a longer chain the beginning is left out


@dataclass(frozen=True)
class FindingRow:
    """One line of the card; `key` is for tests."""

    key: str
    word: str
    value: str
    tip: str = ""


@dataclass(frozen=True)
class Findings:
    """What the card shows of one tensor.

    `fact` is None as long as nothing requires gradients. `warning`: what was overwritten, so that a backward will be
    refused, or "". `note`: that one was done. `gradients`: names of the shelf that may begin a backward from here.
    """

    name: str
    shape: tuple[int, ...]
    fact: Fact | None = None
    rows: tuple[FindingRow, ...] = ()
    warning: str = ""
    note: str = ""
    gradients: tuple[str, ...] = ()

    @property
    def on(self) -> bool:
        """Whether it requires gradients."""
        return self.fact is not None and self.fact.requires_grad

    @property
    def clears(self) -> bool:
        """Whether there is a gradient in its .grad that could be cleared."""
        return self.fact is not None and self.fact.graded > 0

    @property
    def backward(self) -> bool:
        """Whether a backward can be asked for."""
        return self.fact is not None and self.fact.recorded and (bool(self.fact.grad_fn) or self.fact.single)


def findings(workspace: Workspace, item: Item) -> Findings:
    """What is known of `item`, a tensor."""
    autograd = workspace.autograd
    fact = autograd.facts.get(item.name) if autograd is not None else None
    if autograd is None or fact is None:
        return Findings(item.name, item.shape)
    fitting = tuple(
        other.name
        for other in workspace.items
        if not other.is_array and (other.shape, other.dtype) == (item.shape, item.dtype) and other.name != item.name
    )
    rows = _rows(fact, autograd.gradients.get(item.name))
    spent = translate("Autograd", "A backward has used up what was saved here; another one will be refused.")
    note = spent if fact.spent else ""
    return Findings(item.name, item.shape, fact, rows, _warning(workspace, item.name, fact), note, fitting)


def _rows(fact: Fact, graded: str | None) -> tuple[FindingRow, ...]:
    yes, no = translate("Autograd", "yes"), translate("Autograd", "no")
    found = []
    if graded is not None:
        found.append(FindingRow("gradient", translate("Autograd", "gradient of"), graded))
    if fact.requires_grad:
        tip = translate("Autograd", "A leaf is no result of anything recorded; gradients end there, in its .grad.")
        found.append(FindingRow("leaf", translate("Autograd", "leaf"), yes if fact.leaf else no, tip))
    tip = translate("Autograd", "How often its memory has been written to in place, as torch counts.")
    found.append(FindingRow("version", "_version", str(fact.version), tip))
    if fact.requires_grad:
        told = translate("Autograd", "torch does not tell") if fact.refused else fact.grad_fn or "None"
        found.append(FindingRow("grad_fn", "grad_fn", told, fact.refused or _told(fact.chain)))
    if fact.chain:
        found.append(FindingRow("chain", translate("Autograd", "chain"), chain(fact.chain), _told(fact.chain)))
    if fact.graded:
        several = translate("Autograd", "the sum of {count} backwards").format(count=fact.graded)
        text = several if fact.graded > 1 else translate("Autograd", "of one backward")
        found.append(FindingRow("grad", ".grad", text))
    return tuple(found)


def chain(links: Sequence[Link]) -> str:
    """ "A → exp → B → sum → C"; where a chain parts, a line for each step."""
    straight = all(len(link.sources) == 1 for link in links)
    follows = all(b.sources == (a.name,) for a, b in pairwise(links))
    if not straight or not follows:
        return "\n".join(_line(link) for link in links[-LONG:])
    shown = links[-LONG:]
    parts = ["…"] if len(shown) < len(links) else []
    parts += [*shown[0].sources]
    for link in shown:
        parts += [link.word, link.name]
    return f" {ARROW} ".join(parts)


def _line(link: Link) -> str:
    return f" {ARROW} ".join((", ".join(link.sources) or "…", link.word, link.name))


def _told(links: Sequence[Link]) -> str:
    """The chain backwards, as backward goes through it."""
    names = [link.name for link in reversed(links[-LONG:])]
    return translate("Autograd", "Backward goes through {names}.").format(names=", ".join(names)) if names else ""


def _warning(workspace: Workspace, name: str, fact: Fact) -> str:
    """The sentence for what was saved and overwritten since."""
    assert workspace.autograd is not None
    steps: Any = workspace.steps
    mine = workspace.autograd.lost(name)
    if mine:
        return say(autograd_facts.spoken(mine[0], steps))
    if fact.lost:
        text = translate("Autograd", "Backward from here will be refused: {names} was overwritten. {why}")
        return text.format(names=", ".join(fact.lost[0].names), why=say(autograd_facts.spoken(fact.lost[0], steps)))
    if fact.moved:
        text = translate("Autograd", "Backward from here will be refused: {name} was a leaf and has been overwritten.")
        return text.format(name=fact.moved[0])
    return ""
