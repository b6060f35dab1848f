"""The storage lens: the real storage of the inspected item, and all that see it."""

from typing import Any

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from explorer.session.storage_strip import StorageStrip
from explorer.widgets.look import looks, theme
from explorer.widgets.look.breaking_label import BreakingLabel
from explorer.widgets.look.flow_layout import FlowLayout
from explorer.widgets.memory.lens_words import kind_words, layout_words, slot_words, storage_words
from explorer.widgets.memory.strip_view import StripView
from explorer.widgets.speech.sentences import say


class StorageLens(QFrame):
    """Words above, the strip with its lanes below. `strip` has the signals."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("storage_lens")
        self.setAccessibleName(self.tr("Memory"))
        self.strip = StripView()
        self._item: Any = None
        self._strip: StorageStrip | None = None
        self._address: int | None = None
        self._axis = 0
        self._tag = self._line("storage_tag", "tag")
        self._name = self._line("storage_name")
        self._name.setFont(looks.mono(self.font(), 1.1, bold=True))
        self._kind = self._line("storage_kind", "strong")
        self._verdict = self._line("storage_verdict")
        self._storage = self._line("storage_words", "small")
        self._layout_words = self._line("storage_layout")
        self._slot = self._line("storage_slot", "small")
        head = FlowLayout(gap=8, line_gap=4)
        for label in (self._tag, self._name, self._kind):
            head.addWidget(label)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(head)
        for part in (self._verdict, self.strip, self._slot, self._layout_words, self._storage):
            layout.addWidget(part)
        self.strip.slot_focused.connect(self._tell_slot)
        self.strip.slot_hovered.connect(self._tell_slot)
        self.show_nothing()

    def _line(self, name: str, role: str = "") -> BreakingLabel:
        line = BreakingLabel()
        line.setObjectName(name)
        if role:
            theme.role(line, role)
        return line

    @property
    def item(self) -> Any:
        """The item whose storage is shown."""
        return self._item

    def show_nothing(self) -> None:
        """There is no item."""
        self._item, self._strip = None, None
        self._tag.hide()
        self._kind.hide()
        self._name.setText("")
        for line in (self._storage, self._layout_words, self._slot):
            line.setText("")
        self._verdict.setText(self.tr("Nothing selected"))
        self.strip.show_strip(None)

    def show_item(
        self, item: Any, strip: StorageStrip, relation: Any, tag: str = "", focus: int | None = None, axis: int = 0
    ) -> None:
        """Show the storage of `item` (`Item`) with its `MemoryRelation`; `tag` is "" where nobody else sees it, `axis`
        the one whose step is told."""
        other = self._item is None or item.storage is not self._item.storage
        self._item, self._strip, self._axis = item, strip, axis
        if other:
            self._address = None
        self._tag.setText(tag)
        self._tag.setVisible(bool(tag))
        self._name.setText(item.name)
        self._kind.setText(kind_words(relation.kind, relation.sources))
        self._kind.setToolTip(say(relation.relation))
        self._kind.show()
        self._verdict.setText(say(relation.order))
        self._layout_words.setText(layout_words(item, strip.lanes[0].lane, strip.slots, axis))
        self.strip.show_strip(strip, focus)
        self._tell()

    def tell_axis(self, axis: int) -> None:
        """Tell what a step along another axis is."""
        if self._strip is not None and axis != self._axis:
            self._axis = axis
            self._layout_words.setText(layout_words(self._item, self._strip.lanes[0].lane, self._strip.slots, axis))

    def show_address(self, address: int) -> None:
        """Where torch says that the storage begins; 0 on meta."""
        if address != self._address:
            self._address = address
            self._tell()

    def focus_slot(self, slot: int | None) -> None:
        """Light a slot, without a signal."""
        self.strip.focus_slot(slot)
        self._tell_slot(None)

    def _tell(self) -> None:
        if self._strip is not None:
            self._storage.setText(storage_words(self._item, self._strip.slots, self._address))
        self._tell_slot(None)

    def _tell_slot(self, slot: object) -> None:
        """Where the slot under the pointer lies, or the focused one."""
        shown = slot if isinstance(slot, int) else self.strip.focused_slot
        known = self._strip is not None and shown is not None
        self._slot.setText(slot_words(self._strip.slots, shown, self._address) if known else "")  # type: ignore[union-attr, arg-type]
