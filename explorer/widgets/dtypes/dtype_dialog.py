"""The window of dtypes: the table, promotion, ways to make a tensor, and the bits of the focused cell."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QTabWidget, QVBoxLayout, QWidget

from explorer.engine import DeviceInfo
from explorer.numbers.dtypes import DTypeKind, Facts
from explorer.numbers.promotion import Term
from explorer.widgets.dtypes.bits_card import BitsCard, Focused
from explorer.widgets.dtypes.made_page import MadePage
from explorer.widgets.dtypes.promotion_page import PromotionPage
from explorer.widgets.dtypes.table_page import TablePage


class DTypeDialog(QDialog):
    """Stands beside the window and follows it; `make_requested` carries a Definition for the shelf."""

    make_requested = Signal(object)

    def __init__(self, rows: Sequence[Facts], devices: Sequence[DeviceInfo], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("dtype_dialog")
        self.setWindowTitle(self.tr("Data types"))
        self.setAccessibleName(self.windowTitle())
        order = sorted(rows, key=_place)
        self.table = TablePage(order, devices)
        self.promotion = PromotionPage([row.dtype for row in order if row.kind is not DTypeKind.SPECIAL])
        self.made = MadePage()
        self.bits = BitsCard(large=True)
        self.pages = QTabWidget()
        self.pages.setObjectName("dtype_pages")
        bits = QWidget()
        inside = QVBoxLayout(bits)
        inside.setContentsMargins(14, 12, 14, 12)
        inside.addWidget(self.bits)
        inside.addStretch(1)
        self.pages.addTab(self.table, self.tr("&Table"))
        self.pages.addTab(self.promotion, self.tr("&Promotion"))
        self.pages.addTab(self.made, self.tr("T&ensor or tensor"))
        self.pages.addTab(bits, self.tr("&Bits"))
        self.made.make_requested.connect(self.make_requested)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 10)
        layout.addWidget(self.pages)
        self.resize(QSize(960, 560).boundedTo(self.screen().availableSize()))

    def show_shelf(self, shelf: Mapping[str, Term]) -> None:
        """The tensors of the shelf."""
        self.promotion.show_shelf(shelf)

    def show_current(self, name: str, dtype: Any) -> None:
        """The current tensor and its dtype; None for none."""
        self.table.show_current(name, dtype)

    def show_focused(self, focused: Focused | None) -> None:
        """The focused cell of the stage."""
        self.bits.show_focused(focused)

    def open_promotion(self, op: str, terms: tuple[Term, Term], names: tuple[str, str]) -> None:
        """The page of promotion, with these operands."""
        self.promotion.show_operands(op, terms, names)
        self.pages.setCurrentWidget(self.promotion)

    def come(self) -> None:
        """Show it, in front."""
        self.show()
        self.raise_()
        self.activateWindow()


def _place(row: Facts) -> tuple[int, int, str]:
    return list(DTypeKind).index(row.kind), row.nbytes, row.name
