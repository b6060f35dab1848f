"""The inspector: everything there is to know of one tensor or array; every value can be selected and copied."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from explorer.animation.axes import AxisId
from explorer.widgets.faults.guard import guarded
from explorer.widgets.look import icons, looks, theme
from explorer.widgets.look.breaking_label import BreakingLabel
from explorer.widgets.look.chip import ChipRow, faces
from explorer.widgets.look.flow_layout import FlowLayout
from explorer.widgets.look.wheel import WheelKeeper
from explorer.widgets.shelf.fact_line import FactLine
from explorer.widgets.shelf.inspection import FactRow, rows

LINE = ("dtype", "device", "elements", "strides", "shares", "range", "mean", "nan_inf", "values", "item", "time")


POPUP = QSize(320, 520)  # pixels, where the window is as large


class Inspector(QFrame):
    """Shows an item of the workspace, as a column or, where the window is narrow, as one line.

    `nonfinite_requested`: the user wants to see its next NaN or infinity.
    """

    nonfinite_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self.setAccessibleName(self.tr("Inspector"))
        theme.role(self, "panel")
        self._item: Any = None
        self._identities: Sequence[AxisId] = ()
        self._rows: list[FactRow] = []
        self._compact = False
        self._column, self._line = QScrollArea(self), QWidget(self)
        self._column.setObjectName("inspector_column")
        self._wheel = WheelKeeper(self)
        self._popup = QFrame(self, Qt.WindowType.Popup)
        self._popup.setObjectName("inspector_popup")
        popped = QVBoxLayout(self._popup)
        popped.setContentsMargins(1, 1, 1, 1)
        self._outer = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._column)
        layout.addWidget(self._line)
        self._make_column()
        self._make_line()
        self.set_compact(False)
        self.show_item(None)

    def _make_column(self) -> None:
        page = theme.role(QWidget(), "panel")
        layout = QVBoxLayout(page)
        layout.setContentsMargins(16, 3, 12, 12)
        layout.setSpacing(6)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(theme.role(QLabel(self.tr("INSPECTOR")), "heading"), 1)
        self._copy = QToolButton()
        self._copy.setObjectName("inspector_copy")
        self._copy.setToolTip(self.tr("Copy all of this as text"))
        self._copy.setAccessibleName(self.tr("Copy all of this as text"))
        icons.dress(self._copy, "copy", "muted")
        self._copy.clicked.connect(self.copy)
        head.addWidget(self._copy)
        kept = self._copy.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # so that the heading does not jump with the first tensor
        self._copy.setSizePolicy(kept)
        layout.addLayout(head)
        self._name = BreakingLabel()
        self._name.setObjectName("inspector_name")
        self._name.setFont(looks.mono(self.font(), 1.35, bold=True))
        self._chips = ChipRow()
        self._chips.setObjectName("inspector_shape")
        title = FlowLayout(gap=10, line_gap=6)
        title.addWidget(self._name)
        title.addWidget(self._chips)
        layout.addLayout(title)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(9)
        self._grid.setColumnStretch(1, 1)
        layout.addLayout(self._grid)
        layout.addStretch(1)
        self._cells: dict[str, tuple[QLabel, BreakingLabel]] = {}
        self._nonfinite = QPushButton(self.tr("To the next NaN or inf"))
        self._nonfinite.setObjectName("inspector_nonfinite")
        theme.role(self._nonfinite, "link")
        self._nonfinite.clicked.connect(self.nonfinite_requested)
        layout.insertWidget(layout.count() - 1, self._nonfinite, 0, Qt.AlignmentFlag.AlignRight)
        self._made_word = QLabel()
        theme.role(self._made_word, "small")
        self._made_by = _code_field("inspector_made_by", self.font())
        layout.insertWidget(layout.count() - 1, self._made_word)
        layout.insertWidget(layout.count() - 1, self._made_by)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(10)
        layout.insertLayout(layout.count() - 1, self._cards)
        self._column.setWidget(page)
        self._column.setWidgetResizable(True)
        self._column.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._column.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _make_line(self) -> None:
        layout = QHBoxLayout(self._line)
        layout.setContentsMargins(12, 3, 8, 3)
        layout.setSpacing(8)
        self._line_name = QLabel()
        self._line_name.setFont(looks.mono(self.font(), 1.1, bold=True))
        self._line_chips = ChipRow()
        self._line_text = FactLine("inspector_line")
        self._line_text.setAccessibleName(self.tr("Inspector"))
        layout.addWidget(self._line_name)
        layout.addWidget(self._line_chips, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._line_text, 1)
        more = QToolButton()
        more.setObjectName("inspector_more")
        more.setToolTip(self.tr("All there is to know, and to do with it"))
        more.setAccessibleName(self.tr("All there is to know, and to do with it"))
        icons.dress(more, "more", "muted")
        more.clicked.connect(self.pop_up)
        layout.addWidget(more)

    def add_card(self, card: QWidget) -> None:
        """More about the item, below its rows; the one-line form leaves it out."""
        self._cards.addWidget(card)
        self._wheel.keep(card)

    def set_compact(self, compact: bool) -> None:
        """One line instead of a column."""
        self._compact = compact
        popped = self._popup.layout()
        assert popped is not None
        if compact:
            popped.addWidget(self._column)
        elif popped.indexOf(self._column) >= 0:
            self._popup.hide()
            self._outer.insertWidget(0, self._column)
        theme.role(self, "card" if compact else "panel")
        self._column.show()
        self._line.setVisible(compact)
        self.updateGeometry()

    def pop_up(self) -> None:
        """All of it, cards too, over a window that has room for one line only; else the keyboard goes there."""
        if not self._compact:
            self._copy.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self._item is None or not self._compact:
            return
        frame = QRect(self.window().mapToGlobal(QPoint(0, 0)), self.window().size())
        size = POPUP.boundedTo(frame.size())
        self._popup.setGeometry(QRect(frame.topRight() - QPoint(size.width() + 8, -8), size))
        self._popup.show()

    def reveal(self, part: QWidget) -> None:
        """Bring a part of a card into sight, also in the one-line form."""
        if self._compact:
            self.pop_up()
        QTimer.singleShot(0, part, lambda: self._column.ensureWidgetVisible(part, 0, 12))  # once it has its place

    def show_chips(self, identities: Sequence[AxisId]) -> None:
        """The identities of the axes of the item that is shown."""
        self._identities = tuple(identities)
        shape = self._item.shape if self._item is not None else ()
        for chips in (self._chips, self._line_chips):
            chips.show_chips(faces(shape, self._identities))
            chips.setVisible(self._item is not None)

    def show_item(
        self,
        item: Any,
        statistics: Any = None,
        run: Any = None,
        sharing: Sequence[str] = (),
        made_by: str = "",
        tag: str = "",
        written: bool = False,
        written_by: str = "",
    ) -> None:
        """Show `item` (`Item` or None) with its `Statistics` (None while they are counted) and what a run took.

        `run` has .seconds and .nbytes; `sharing` are the names over the same storage, `made_by` the step in code,
        `tag` that of a shared storage; `written` marks one that was just written to, `written_by` is the last step
        that did so, in code.
        """
        other = item is None or self._item is None or item.name != self._item.name
        self._item = item
        if other or (item is not None and len(self._identities) != len(item.shape)):
            self._identities = ()
        self.show_chips(self._identities)
        name = item.name if item is not None else self.tr("Nothing selected")
        self._name.setText(name)
        self._name.setFont(looks.mono(self.font(), 1.35, bold=True) if item is not None else self.font())
        self._line_name.setText(name)
        self._copy.setVisible(item is not None)
        self._line_text.setVisible(item is not None)
        self._nonfinite.setVisible(statistics is not None and bool(statistics.nan or statistics.inf))
        facts = (statistics, run, tuple(sharing), made_by, tag, written, written_by)
        self._rows = rows(item, *facts) if item is not None else []
        self._show_rows()
        self._line_text.show_facts([_in_line(row) for row in self._rows if row.key in LINE])
        self._line_text.setToolTip(self.text())

    def text(self) -> str:
        """All that is shown, a line each."""
        if self._item is None:
            return ""
        return "\n".join([self._item.name, *(f"{row.word}: {row.value}" for row in self._rows)])

    def copy(self) -> None:
        """Put all that is shown on the clipboard."""
        QGuiApplication.clipboard().setText(self.text())

    def _show_rows(self) -> None:
        """Rows that stay keep their labels, and with them what the user has selected there."""
        wanted = {row.key: row for row in self._rows if row.key not in ("shape", "made_by")}
        self._show_made_by(next((row for row in self._rows if row.key == "made_by"), None))
        for key in [k for k in self._cells if k not in wanted]:
            for label in self._cells.pop(key):
                self._grid.removeWidget(label)
                label.hide()
                label.deleteLater()
        for place, row in enumerate(wanted.values()):
            word, value = self._cells.get(row.key) or self._make_cells(row.key)
            self._grid.addWidget(word, place, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, place, 1)
            for label, text in ((word, row.word), (value, row.value)):
                if label.text() != text:
                    label.setText(text)
                label.show()
            value.setToolTip(row.tip or row.value)
            theme.role(value, "written" if row.written else "")
            value.setAccessibleName(f"{row.word}: {row.value}")

    def _show_made_by(self, row: FactRow | None) -> None:
        """Code is long and has few places to break it: it stands in a field of its own, to be scrolled."""
        self._made_word.setVisible(row is not None)
        self._made_by.setVisible(row is not None)
        if row is not None:
            self._made_word.setText(row.word)
            self._made_by.setText(row.value)
            self._made_by.setCursorPosition(0)
            self._made_by.setToolTip("\n".join(code for code in (row.tip, row.value) if code))
            self._made_by.setAccessibleName(f"{row.word}: {row.value}")

    def _make_cells(self, key: str) -> tuple[QLabel, BreakingLabel]:
        word, value = QLabel(), BreakingLabel()
        theme.role(word, "small")
        value.setObjectName(f"inspector_{key}")
        value.setFont(looks.mono(self.font(), 1.0))
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._cells[key] = (word, value)
        return word, value

    @guarded(QSize(268, 300))
    def sizeHint(self) -> QSize:
        return QSize(500, self._line.sizeHint().height()) if self._compact else QSize(268, 420)

    @guarded(QSize(160, 40))
    def minimumSizeHint(self) -> QSize:
        return QSize(200, self._line.minimumSizeHint().height()) if self._compact else QSize(180, 80)


def _code_field(name: str, base: QFont) -> QLineEdit:
    """A line that can be scrolled, selected and copied, not edited."""
    field = QLineEdit()
    field.setObjectName(name)
    field.setReadOnly(True)
    field.setFont(looks.mono(base, 0.95))
    field.setStyleSheet("QLineEdit { border-color: palette(mid); padding: 2px 6px; }")
    return field


def _in_line(row: FactRow) -> str:
    """A row in the one-line form; what speaks for itself goes without its word."""
    return row.value if row.key in ("dtype", "device") else f"{row.word} {row.value}"
