"""The operations: a dozen in view, those used last above them, and all by family, folded."""

from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from explorer.ops import Op
from explorer.widgets.draft.operation_words import call_form, heading_of, short_name, title_of
from explorer.widgets.faults.guard import guarded
from explorer.widgets.look import icons, theme
from explorer.widgets.look.flow_layout import FlowLayout
from explorer.widgets.look.literal import literal
from explorer.widgets.speech.sentences import translate

ACROSS = 3  # buttons in a row of the basics
ROW, LOW = 32, 24  # pixels of a family; in a low window
LAST = 3  # operations that were used last


class OperationPanel(QScrollArea):
    """Shows the catalogue; `operation_chosen` carries the key of the operation whose button was pressed.

    Of the families one at most is unfolded. What was used last and is no basic stands above the basics, from the moment
    on when the pointer is elsewhere: no button moves away under it.
    """

    operation_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("operation_panel")
        self.setAccessibleName(self.tr("Operations"))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._ops: dict[str, Op] = {}
        self._buttons: dict[str, list[QPushButton]] = {}
        self._folds: dict[str, tuple[QPushButton, QWidget]] = {}
        self._current: str | None = None
        self._used: tuple[str, ...] = ()  # last first
        self._renewing = False
        self._offered_again: list[tuple[str, QPushButton]] = []
        self._row = ROW
        self.show_catalog(())

    def show_catalog(self, ops: Iterable[Op]) -> None:
        """List these operations under their families, both in the order in which they come."""
        self._ops = {op.name: op for op in ops}
        self._buttons.clear()
        self._folds.clear()
        page = theme.role(QWidget(), "chrome")
        self._column = column = QVBoxLayout(page)
        column.setContentsMargins(16, 8, 14, 4)
        column.setSpacing(0)
        column.addWidget(theme.role(QLabel(self.tr("Basics")), "heading"))
        column.addSpacing(4)
        self._last = _grid()
        column.addLayout(self._last)
        basics = _grid()
        offered = sorted((op for op in self._ops.values() if op.offered), key=lambda op: op.offered)
        for place, op in enumerate(offered):
            basics.addWidget(self._basic(op, f"basic_{_plain(op)}"), *divmod(place, ACROSS))
        column.addLayout(basics)
        column.addSpacing(8)
        groups: dict[str, list[Op]] = {}
        for op in self._ops.values():
            groups.setdefault(translate("", heading_of(op)), []).append(op)
        for title, members in groups.items():
            self._add_family(column, title, members)
        column.addStretch(1)
        self.setWidget(page)
        self.show_used(self._used)
        self.show_current(self._current)

    def _add_family(self, column: QVBoxLayout, title: str, ops: Sequence[Op]) -> None:
        fold, inside = QPushButton(literal(title)), QWidget()
        fold.setObjectName(f"family_{ops[0].family.value}" if not ops[0].writes else "family_in_place")
        fold.setCheckable(True)
        fold.setFixedHeight(self._row)
        fold.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        theme.role(fold, "fold")
        icons.dress(fold, "chevron_right", "muted")
        fold.clicked.connect(partial(self._unfold, title))
        flow = FlowLayout(inside, gap=6, line_gap=6)
        flow.setContentsMargins(2, 2, 0, 8)
        for op in ops:
            flow.addWidget(self._button(op, f"operation_{_plain(op)}"))
        inside.hide()
        column.addWidget(fold)
        column.addWidget(inside)
        self._folds[title] = (fold, inside)

    def set_low(self, low: bool) -> None:
        """Less room between families, for low windows."""
        self._row = LOW if low else ROW
        for fold, _ in self._folds.values():
            fold.setFixedHeight(self._row)

    def _unfold(self, wanted: str) -> None:
        """Show the operations of a family, and those of no other; of the one that is shown, hide them."""
        for title, (fold, inside) in self._folds.items():
            on = title == wanted and inside.isHidden()
            inside.setVisible(on)
            fold.setChecked(on)
            icons.dress(fold, "chevron_down" if on else "chevron_right", "muted")
        fold, inside = self._folds[wanted]
        self._column.activate()
        if not inside.isHidden():
            self.ensureWidgetVisible(inside, 0, 4)
        self.ensureWidgetVisible(fold, 0, 4)

    def family_of(self, part: QWidget) -> QPushButton | None:
        """The button that unfolds the family where `part` stands, or None."""
        return next((fold for fold, inside in self._folds.values() if inside.isAncestorOf(part)), None)

    @property
    def used(self) -> tuple[str, ...]:
        """What was used last and is no basic, last first; for the next start."""
        return self._used

    def show_used(self, names: Sequence[str]) -> None:
        """Offer these above the basics."""
        self._used = tuple(name for name in names if name in self._ops and not self._ops[name].offered)[:LAST]
        for name, button in self._offered_again:
            if button in self._buttons.get(name, ()):
                self._buttons[name].remove(button)
                button.hide()
                button.deleteLater()
        ops = [self._ops[name] for name in self._used]
        self._offered_again = [(op.name, self._basic(op, f"last_{_plain(op)}")) for op in ops]
        for place, (_, button) in enumerate(self._offered_again):
            self._last.addWidget(button, 0, place)
        self._last.setContentsMargins(0, 0, 0, 6 if self._used else 0)
        self._renewing = False
        self._mark()

    def show_current(self, key: str | None) -> None:
        """Mark the operation of the draft; None for no draft."""
        self._current = key
        if key in self._ops and not self._ops[key].offered and key not in self._used:
            self._used = (key, *self._used)[:LAST]
            self._renewing = True
            self._renew()
        self._mark()

    def _mark(self) -> None:
        for name, buttons in self._buttons.items():
            for button in buttons:
                button.setChecked(name == self._current)

    def _renew(self) -> None:
        if self._renewing and not self.underMouse():
            self.show_used(self._used)

    def _button(self, op: Op, name: str) -> QPushButton:
        button = QPushButton(literal(short_name(op)))
        button.setObjectName(name)
        button.setCheckable(True)
        title = translate("", title_of(op))
        button.setToolTip(self.tr("{title}: {call}").format(title=title, call=call_form(op)))
        button.setAccessibleName(self.tr("{name}, {title}").format(name=op.name, title=title))
        theme.role(button, "op")
        button.clicked.connect(partial(self._press, op.name))
        self._buttons.setdefault(op.name, []).append(button)
        return button

    def _basic(self, op: Op, name: str) -> QPushButton:
        """A button that is as wide as its column."""
        button = self._button(op, name)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.role(button, "basic")
        return button

    def _press(self, key: str) -> None:
        self._mark()  # what is current is for the draft to say, not for the press
        self.operation_chosen.emit(key)

    @guarded()
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._renew()

    @guarded(QSize(216, 300))
    def sizeHint(self) -> QSize:
        return QSize(216, 300)

    @guarded(QSize(120, 90))
    def minimumSizeHint(self) -> QSize:
        return QSize(120, 90)


def _grid() -> QGridLayout:
    """Columns of one width, whatever stands in them."""
    grid = QGridLayout()
    grid.setSpacing(6)
    for column in range(ACROSS):
        grid.setColumnStretch(column, 1)
    return grid


def _plain(op: Op) -> str:
    return op.name.replace(".", "_")
