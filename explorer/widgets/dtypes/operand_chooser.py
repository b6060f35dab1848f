"""One operand of a promotion: a tensor of the shelf, or any kind and dtype."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QWidget

from explorer.late import torch
from explorer.numbers.dtype_names import name_of
from explorer.numbers.promotion import PYTHON, Rank, Term
from explorer.widgets.look import theme
from explorer.widgets.look.drop_down import DropDown


class OperandChooser(QWidget):
    """Chooses a Term; `changed` after every choice of the user."""

    changed = Signal()

    def __init__(self, name: str, title: str, dtypes: Sequence[torch.dtype], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._dtypes = tuple(dtypes)
        self._shelf: dict[str, Term] = {}
        self.source = self._box("from", self.tr("from the shelf"))
        self.rank = self._box("rank", self.tr("kind of operand"))
        self.type = self._box("type", self.tr("dtype or type"))
        for rank, text in (
            (Rank.TENSOR, self.tr("tensor with axes")),
            (Rank.SCALAR, self.tr("0-d tensor")),
            (Rank.NUMBER, self.tr("Python number")),
        ):
            self.rank.addItem(text, int(rank))
        self.type.setMaxVisibleItems(24)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(6)
        heading = QLabel(title)
        theme.role(heading, "strong")
        grid.addWidget(heading, 0, 0, 1, 2)
        for row, box in enumerate((self.source, self.rank, self.type), 1):
            label = QLabel(box.accessibleName())
            theme.role(label, "small")
            label.setBuddy(box)
            grid.addWidget(label, row, 0)
            grid.addWidget(box, row, 1)
        grid.setColumnStretch(1, 1)
        self.show_shelf({})
        self.show_term(Term(torch.float32))
        self.source.activated.connect(self._take)
        self.rank.activated.connect(self._turn)
        self.type.activated.connect(self._choose)

    def _box(self, name: str, title: str) -> QComboBox:
        box = DropDown(self)
        box.setObjectName(f"{self.objectName()}_{name}")
        box.setAccessibleName(title)
        return box

    @property
    def term(self) -> Term:
        """What is chosen."""
        rank, name = Rank(self.rank.currentData()), self.type.currentText()
        if rank is Rank.NUMBER:
            return Term(next(kind for kind in PYTHON if kind.__name__ == name), rank)
        return Term(getattr(torch, name), rank)

    def show_shelf(self, shelf: Mapping[str, Term]) -> None:
        """The tensors that may be chosen."""
        now = self.source.currentText()
        self._shelf = dict(shelf)
        self.source.clear()
        self.source.addItem(self.tr("chosen by hand"))
        self.source.addItems(list(shelf))
        self.source.setCurrentIndex(max(self.source.findText(now), 0) if self._still(now) else 0)

    def _still(self, name: str) -> bool:
        return name in self._shelf and self.type.count() > 0 and self._shelf[name] == self.term

    def show_term(self, term: Term, name: str = "") -> None:
        """Choose `term`, of the shelf's `name` where it is there."""
        self.rank.setCurrentIndex(self.rank.findData(int(term.rank)))
        self._fill()
        self.type.setCurrentText(term.type.__name__ if term.rank is Rank.NUMBER else name_of(term.type))
        self.source.setCurrentIndex(max(self.source.findText(name), 0) if name in self._shelf else 0)

    def _fill(self) -> None:
        """The types of the chosen kind of operand; the present one stays where it is among them."""
        now = self.type.currentText()
        number = Rank(self.rank.currentData()) is Rank.NUMBER
        names = [kind.__name__ for kind in PYTHON] if number else [name_of(dtype) for dtype in self._dtypes]
        if [self.type.itemText(k) for k in range(self.type.count())] == names:
            return
        self.type.clear()
        self.type.addItems(names)
        wanted = now.rstrip("0123456789") if number else f"{now}{'64' if now == 'int' else '32'}"
        found = self.type.findText(wanted if wanted in names else now if now in names else names[-1 if number else 0])
        self.type.setCurrentIndex(max(found, 0))

    def _take(self) -> None:
        name = self.source.currentText()
        if self.source.currentIndex() > 0:
            self.show_term(self._shelf[name], name)
        self.changed.emit()

    def _turn(self) -> None:
        self._fill()
        self._choose()

    def _choose(self) -> None:
        self.source.setCurrentIndex(0)
        self.changed.emit()
