"""The band over the picture: what the operation does, in a sentence, and what there is to note of the numbers."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from explorer.widgets.look import theme
from explorer.widgets.look.floating import Floating
from explorer.widgets.look.flow_layout import FlowLayout
from explorer.widgets.look.sentence import Sentence, sentence

BAND, LARGE = 56, 64  # pixels that the picture keeps free for it; for a projector


class TitleBand(Floating):
    """The call stands here for a projector alone, which shows no draft line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("title_band")
        self.call = sentence("call_text", "call")
        self.shapes = sentence("call_shapes", "projector_shapes")
        self.headline = sentence("headline", "title")
        self.badge = sentence("truth_badge", "warning")
        self.hidden_note = sentence("hidden_note", "small")
        self.lost = sentence("loss_legend", "small")
        self._notes = FlowLayout(gap=16, line_gap=0)
        for note in (self.badge, self.lost, self.hidden_note):
            self.add_note(note)
        words = FlowLayout(gap=28, line_gap=0)
        for label in (self.call, self.shapes, self.headline):
            words.addWidget(label)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 8, 16, 0)
        self._column.setSpacing(2)
        self._column.addLayout(words)
        self._column.addLayout(self._notes)
        self._column.addStretch(1)
        self.set_large(False)

    def add_note(self, note: QWidget) -> None:
        """Something that hides itself where there is nothing to say."""
        self._notes.addWidget(note)

    def say(self, label: Sentence, text: str) -> None:
        """One of its notes; hidden where it says nothing."""
        label.setText(text)
        label.setVisible(bool(text))

    def set_large(self, large: bool) -> None:
        """For a projector: with the call, and larger."""
        self.call.setVisible(large)
        self.shapes.setVisible(large)
        theme.role(self.headline, "projector" if large else "title")
        for note in (self.hidden_note, self.lost):
            theme.role(note, "projector_note" if large else "small")
        theme.role(self.badge, "projector_warning" if large else "warning")
        self._column.setContentsMargins(*((32, 8, 32, 0) if large else (16, 14, 16, 0)))
