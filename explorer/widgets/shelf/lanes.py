"""The lanes of the shelf: its items by the device that holds them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from explorer.widgets.look.amounts import bytes_text
from explorer.widgets.speech.words import translate


@dataclass(frozen=True)
class Lane:
    """The items (`Item`) on one device, in the order of the shelf."""

    device: str
    items: tuple[Any, ...]

    @property
    def nbytes(self) -> int:
        """Bytes of the memory behind them; what several items share is counted once."""
        return sum({id(item.storage): item.storage.nbytes for item in self.items}.values())

    @property
    def amount(self) -> str:
        """ "3 items · 1.5 KiB"; on meta there is no memory."""
        count = len(self.items)
        counted = translate("Lanes", "1 item") if count == 1 else translate("Lanes", "{count} items")
        size = translate("Lanes", "shapes only") if self.device == "meta" else bytes_text(self.nbytes)
        return f"{counted.format(count=count)} · {size}"

    @property
    def tip(self) -> str:
        """What the lane is, in a sentence."""
        if self.device == "meta":
            return translate(
                "Lanes", "meta has shapes and dtypes without values; nothing leads back from there but undo."
            )
        return translate("Lanes", "What {device} holds. Drag a card to another lane, and it is copied there.").format(
            device=self.device
        )


def lanes(items: Sequence[Any]) -> tuple[Lane, ...]:
    """One lane for each device: the CPU first, meta last."""
    names = sorted({str(item.device) for item in items}, key=lambda name: (name == "meta", name != "cpu", name))
    return tuple(Lane(name, tuple(item for item in items if str(item.device) == name)) for name in names)
