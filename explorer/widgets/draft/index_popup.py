"""What an index takes of one axis: everything, one index, a range, a list, or what a tensor on the shelf chooses."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from explorer.numbers.cell_text import shown
from explorer.numbers.spelling import whole
from explorer.widgets.look import looks, theme
from explorer.widgets.look.drop_down import DropDown

LARGEST = 2**31 - 1  # of a spin box
KINDS = ("all", "one", "range", "list", "tensor")


class IndexPopup(QFrame):
    """Fields for one axis. `part_chosen` carries a slice, an int, a list or the name of a tensor, as soon as it is one;
    `axis_added` asks for a new axis of length 1 before this one."""

    part_chosen = Signal(object)
    axis_added = Signal()

    def __init__(self, axis: int, size: int, choosers: Mapping[str, tuple[str, int]], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("index_popup")
        self.axis, self._size, self._choosers = axis, size, choosers
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 12)
        title = self.tr("Axis {number}, length {size}").format(number=axis, size=size)
        layout.addWidget(theme.role(QLabel(title), "strong"))
        self._kind = DropDown()
        self._kind.setObjectName("index_kind")
        self._kind.setAccessibleName(self.tr("What to take of axis {number}").format(number=axis))
        words = (
            self.tr("all of it  :"),
            self.tr("one index: the axis goes"),
            self.tr("a range  start:stop:step"),
            self.tr("a list of indices"),
            self.tr("a mask or indices from the shelf"),
        )
        for key, word in zip(KINDS, words, strict=True):
            if key != "tensor" or choosers:
                self._kind.addItem(word, key)
        layout.addWidget(self._kind)
        self._fields = QStackedWidget()
        layout.addWidget(self._fields)
        self._pages = {
            "all": QLabel(self.tr("The axis stays as it is.")),
            "one": self._one(),
            "range": self._range(),
            "list": self._list_page(),
            "tensor": self._tensors(),
        }
        for page in self._pages.values():
            self._fields.addWidget(page)
        self._reason = QLabel()
        self._reason.setObjectName("index_reason")
        self._reason.setTextFormat(Qt.TextFormat.PlainText)
        self._reason.setWordWrap(True)
        self._reason.hide()
        layout.addWidget(self._reason)
        self._new = QPushButton(self.tr("None: a new axis of length 1 before it"))
        self._new.setObjectName("index_new_axis")
        self._new.clicked.connect(self._add_axis)
        layout.addWidget(self._new)
        self._kind.activated.connect(self._pick)

    def _one(self) -> QWidget:
        self._number = QSpinBox()
        self._number.setObjectName("index_number")
        theme.roomy(self._number)
        self._number.setRange(max(-self._size, -LARGEST), min(max(self._size - 1, 0), LARGEST))
        self._number.valueChanged.connect(self._tell)
        return _row(self.tr("index"), self._number)

    def _range(self) -> QWidget:
        page = QWidget()
        line = QHBoxLayout(page)
        line.setContentsMargins(0, 0, 0, 0)
        self._ends: list[QLineEdit] = []
        for name, word, hint in (
            ("start", self.tr("start"), "0"),
            ("stop", self.tr("stop"), str(self._size)),
            ("step", self.tr("step"), "1"),
        ):
            field = QLineEdit()
            field.setObjectName(f"index_{name}")
            field.setAccessibleName(word)
            field.setPlaceholderText(hint)
            field.setFixedWidth(64)
            field.setFont(looks.mono(self.font(), 1.0))
            field.textEdited.connect(self._tell)
            column = QVBoxLayout()
            column.addWidget(theme.role(QLabel(word), "small"))
            column.addWidget(field)
            line.addLayout(column)
            self._ends.append(field)
        line.addStretch(1)
        return page

    def _list_page(self) -> QWidget:
        self._list = QLineEdit()
        self._list.setObjectName("index_list")
        self._list.setPlaceholderText("0, 2")
        self._list.setFont(looks.mono(self.font(), 1.0))
        self._list.textEdited.connect(self._tell)
        return _row(self.tr("indices"), self._list)

    def _tensors(self) -> QWidget:
        self._tensor = DropDown()
        self._tensor.setObjectName("index_tensor")
        for name, (dtype, rank) in self._choosers.items():
            text = self.tr("{name}  {dtype}, {rank}-d").format(name=name, dtype=dtype, rank=rank)
            self._tensor.addItem(text, name)
        self._tensor.activated.connect(self._tell)
        return _row(self.tr("tensor"), self._tensor)

    def show_part(self, part: Any) -> None:
        """Show what the key says of this axis; what is being typed stays."""
        kind = kind_of(part)
        self._kind.setCurrentIndex(self._kind.findData(kind))
        self._fields.setCurrentWidget(self._pages[kind])
        if kind == "one":
            self._number.blockSignals(True)
            self._number.setValue(max(-LARGEST, min(int(part), LARGEST)))
            self._number.blockSignals(False)
        elif kind == "range":
            for field, end in zip(self._ends, (part.start, part.stop, part.step), strict=True):
                if not field.hasFocus():
                    field.setText("" if end is None else str(end))
        elif kind == "list" and not self._list.hasFocus():
            self._list.setText(", ".join(map(str, part)))
        elif kind == "tensor":
            self._tensor.setCurrentIndex(self._tensor.findData(part))

    def focus(self) -> None:
        """Give the keyboard to what can be chosen."""
        self._kind.setFocus(Qt.FocusReason.PopupFocusReason)

    def _pick(self) -> None:
        kind = self._kind.currentData()
        self._fields.setCurrentWidget(self._pages[kind])
        self._tell()

    def _tell(self) -> None:
        part = self._part(self._kind.currentData())
        if part is not None:
            self.part_chosen.emit(part)

    def _part(self, kind: str) -> Any:
        """What stands in the fields; None where that is nothing yet."""
        if kind == "all":
            return slice(None)
        if kind == "one":
            return self._number.value()
        if kind == "tensor":
            return self._tensor.currentData()
        fields = [self._list] if kind == "list" else self._ends
        parts = self._list.text().split(",") if kind == "list" else [field.text() for field in fields]
        numbers = [whole(text) for text in parts]
        wrong = next((t for t, n in zip(parts, numbers, strict=True) if n is None and t.strip()), None)
        self._complain(fields, wrong)
        if wrong is not None:
            return None
        if kind == "list":
            return [number for number in numbers if number is not None] or [0]
        return slice(*numbers) if any(end is not None for end in numbers) else None

    def _complain(self, fields: list[QLineEdit], wrong: str | None) -> None:
        """Mark the fields while `wrong` stands there, which is no index."""
        self._reason.setText("" if wrong is None else self.tr("“{text}” is no whole number.").format(text=shown(wrong)))
        self._reason.setVisible(wrong is not None)
        for field in fields:
            field.setProperty("invalid", wrong is not None)
            field.style().unpolish(field)
            field.style().polish(field)

    def _add_axis(self) -> None:
        self.axis_added.emit()
        self.close()


def _row(word: str, field: QWidget) -> QWidget:
    page = QWidget()
    form = QFormLayout(page)
    form.setContentsMargins(0, 0, 0, 0)
    form.addRow(word, field)
    field.setAccessibleName(word)
    return page


def kind_of(part: Any) -> str:
    """Which of KINDS a part of a key is."""
    if isinstance(part, str):
        return "tensor"
    if isinstance(part, list):
        return "list"
    if isinstance(part, slice):
        return "all" if part == slice(None) else "range"
    return "one"
