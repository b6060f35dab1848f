"""The shelf: all tensors and arrays of the workspace as cards, and the button for a new one."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from explorer.animation.axes import AxisId
from explorer.session.lanes import DeviceLane, lanes
from explorer.widgets.look import icons, theme
from explorer.widgets.look.amounts import bytes_text, shape_text
from explorer.widgets.look.chip import faces
from explorer.widgets.shelf.scratch_bar import ScratchBar
from explorer.widgets.shelf.shelf_item import ARRAY, Card
from explorer.widgets.shelf.shelf_list import ShelfList
from explorer.widgets.speech.sentences import translate

Thumbnails = Callable[[str], QImage | None]


class TensorShelf(QWidget):
    """Shows a workspace; asks for what the user wants. Names are str, `reordered` and `files_dropped` carry tuples."""

    selected = Signal(object)
    edit_requested = Signal(object)
    renamed = Signal(str, str)
    duplicated = Signal(object)
    deleted = Signal(object)
    reordered = Signal(object)
    new_requested = Signal()
    files_dropped = Signal(object)
    copy_requested = Signal(object, object)  # name, device

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tensor_shelf")
        self.setAccessibleName(self.tr("Shelf of tensors"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.role(self, "chrome")
        self.list = ShelfList(self)
        self._new = QPushButton(self.tr("New tensor"), self)
        self._new.setObjectName("new_tensor")
        self._new.setToolTip(self.tr("Make a tensor: type or paste values, or choose a fill (Ctrl+N)"))
        theme.role(self._new, "plain")
        icons.dress(self._new, "plus")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 8, 12, 8)
        layout.setSpacing(2)
        self.scratch = ScratchBar(self)
        layout.addWidget(self.scratch)
        layout.addWidget(self.list)
        layout.addWidget(self._new)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setFocusProxy(self.list)
        self._connect()

    def _connect(self) -> None:
        self._new.clicked.connect(self._press_new)
        self.list.chosen.connect(self.selected)
        self.list.edit_requested.connect(self.edit_requested)
        self.list.cards.renamed.connect(self.renamed)
        self.list.duplicated.connect(self.duplicated)
        self.list.deleted.connect(self.deleted)
        self.list.reordered.connect(self.reordered)
        self.list.files_dropped.connect(self.files_dropped)
        self.list.copy_requested.connect(self.copy_requested)

    def _press_new(self) -> None:
        self.new_requested.emit()

    def show_devices(self, names: Sequence[str]) -> None:
        """The devices that a card's menu offers to copy it to."""
        self.list.devices = tuple(names)

    def show_workspace(
        self,
        workspace: Any,
        identities: Mapping[str, Sequence[AxisId]],
        current: str | None,
        thumbnails: Thumbnails = lambda name: None,
        tags: Mapping[str, str] = MappingProxyType({}),
        written: Collection[str] = (),
    ) -> None:
        """Show the items of `workspace` (`Workspace`), `current` selected; `thumbnails(name)` is a picture or None.

        Where they are on several devices they stand in lanes. `tags` are those of shared storages, by name; the memory
        of those in `written` has just been written to.
        """
        found = lanes(workspace.items)
        cards = []
        for lane in found:
            made = [self._card(item, identities.get(item.name, ()), thumbnails) for item in lane.items]
            made = [self._graded(card, getattr(workspace, "autograd", None)) for card in made]
            made = [self._shared(card, tags.get(card.name, ""), card.name in written) for card in made]
            if len(found) > 1:
                tip = f"{_tip(lane)}\n{made[0].tip}"
                made[0] = replace(made[0], heading=lane.device, amount=_amount(lane), tip=tip)
            cards += made
        self.list.show_cards(tuple(cards), current)
        self.updateGeometry()

    def _shared(self, card: Card, tag: str, written: bool) -> Card:
        """The card with the tag of its storage, and marked where that has just been written to."""
        if not tag:
            return card
        word = self.tr("shares memory {tag}").format(tag=tag)
        just = self.tr("its memory was just written to") if written else ""
        return replace(card, tag=tag, written=just, tip=f"{card.tip}\n{word}")

    def _graded(self, card: Card, autograd: Any) -> Card:
        """The card with what autograd (`Autograd` or None) knows of it."""
        fact = autograd.facts.get(card.name) if autograd is not None else None
        if fact is None:
            return card
        badges, lines = list(card.badges), [card.tip]
        if fact.requires_grad and fact.leaf:
            badges.append("\N{PARTIAL DIFFERENTIAL}")
        if fact.requires_grad:
            lines.append("requires_grad=True")
        leaf = autograd.gradients.get(card.name)
        if leaf is not None:
            badges.append(self.tr("grad of {name}").format(name=leaf))
            lines.append(badges[-1])
        alarm = self.tr("saved, then overwritten") if autograd.lost(card.name) else ""
        return replace(card, badges=tuple(badges), alarm=alarm, tip="\n".join([*lines, *([alarm] if alarm else [])]))

    def _card(self, item: Any, identities: Sequence[AxisId], thumbnails: Thumbnails) -> Card:
        kind = item.dtype_name
        device = str(item.device)
        badges = [ARRAY] if item.kind == "array" else []
        badges += [self.tr("unset")] if item.unknown else []
        stale = ""
        if item.stale:
            stale = self.tr("made from an older version of {names}").format(names=", ".join(item.stale))
        caption = self.tr("{dtype} · {device}").format(dtype=kind, device=device)
        lines = [
            f"{item.name} {shape_text(item.shape)}",
            caption,
            item.label if item.label not in ("", item.name) else "",
            stale,
        ]
        return Card(
            name=item.name,
            chips=faces(item.shape, identities),
            caption=kind if item.kind == "array" else caption,  # an array lives on the CPU; its badges need the room
            badges=tuple(badges),
            stale=stale,
            picture=None if device == "meta" else thumbnails(item.name),
            tip="\n".join(line for line in lines if line),
            device=device,
            array=item.kind == "array",
        )


def _amount(lane: DeviceLane) -> str:
    """ "3 items · 1.5 KiB"; on meta there is no memory."""
    count = len(lane.items)
    counted = translate("Lanes", "1 item") if count == 1 else translate("Lanes", "{count} items")
    size = translate("Lanes", "shapes only") if lane.device == "meta" else bytes_text(lane.nbytes)
    return f"{counted.format(count=count)} · {size}"


def _tip(lane: DeviceLane) -> str:
    """What a lane is, in a sentence."""
    if lane.device == "meta":
        return translate("Lanes", "meta has shapes and dtypes without values; nothing leads back from there but undo.")
    told = translate("Lanes", "What {device} holds. Drag a card to another lane, and it is copied there.")
    return told.format(device=lane.device)
