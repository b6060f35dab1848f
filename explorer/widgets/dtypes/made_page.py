"""`torch.Tensor(3)` beside `torch.tensor(3)`: what each gives, and buttons that make them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from explorer.late import torch
from explorer.widgets.look import looks, theme
from explorer.workspace.definition import Definition


class MadePage(QWidget):
    """`make_requested` carries the Definition that a button stands for."""

    make_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel(self.tr("One letter makes the difference: a size, or a value."))
        theme.role(title, "title")
        title.setWordWrap(True)
        cards = QGridLayout()
        cards.setSpacing(12)
        texts = (
            (
                "class",
                "torch.Tensor(3)",
                self.tr("Three cells of float32. The class takes 3 for a size, and nobody writes the cells: they hold "
                        "whatever was in memory, so they are shown as ?."),
                lambda: _creation("empty", (3,)),
            ),
            (
                "function",
                "torch.tensor(3)",
                self.tr("One cell, the value 3. The function takes 3 for a value: no axes, and int64, as 3 is a whole "
                        "number."),
                lambda: _typed(torch.tensor(3)),
            ),
            (
                "list",
                "torch.Tensor([3])",
                self.tr("One cell with one axis: a list is taken for values by both, but the class makes float32 of "
                        "them, whatever they are."),
                lambda: _typed(torch.tensor([3.0])),
            ),
        )  # fmt: skip
        for column, (key, code, text, creation) in enumerate(texts):
            cards.addWidget(self._card(key, code, text, creation), 0, column)
            cards.setColumnStretch(column, 1)
        note = QLabel(
            self.tr("Write torch.tensor for values, and torch.zeros or torch.empty for a size: nobody has to guess.")
        )
        theme.role(note, "muted")
        note.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(12)
        layout.addWidget(title)
        layout.addLayout(cards)
        layout.addWidget(note)
        layout.addStretch(1)

    def _card(self, key: str, code: str, text: str, creation: Callable[[], Definition]) -> QFrame:
        card = QFrame()
        card.setObjectName(f"made_{key}")
        theme.role(card, "card")
        written = QLabel(code)
        written.setFont(looks.mono(self.font(), 1.15, bold=True))
        made = creation()
        gives = QLabel(_gives(made))
        gives.setObjectName(f"made_{key}_gives")
        gives.setFont(looks.mono(self.font(), 1.0))
        words = QLabel(text)
        words.setWordWrap(True)
        button = QPushButton(self.tr("Put it on the shelf"))
        button.setObjectName(f"made_{key}_make")
        button.setAccessibleName(self.tr("Put {code} on the shelf").format(code=code))
        button.clicked.connect(lambda: self.make_requested.emit(creation()))
        layout = QVBoxLayout(card)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(8)
        for widget in (written, gives, words):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addWidget(button)
        return card


def _creation(op: str, size: tuple[int, ...]) -> Definition:
    return Definition(op, {"size": size}, torch.get_default_dtype())


def _typed(values: torch.Tensor) -> Definition:
    return Definition.typed(values)


def _gives(creation: Definition) -> str:
    """Shape and dtype of what is made, as torch made it."""
    made = creation.make()
    return f"{tuple(made.shape)} · {str(made.dtype).removeprefix('torch.')}"
