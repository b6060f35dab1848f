"""What is foretold of a draft: shape, dtype and new memory of each result, or why it cannot run."""

from collections.abc import Sequence
from math import prod

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from explorer.animation.axes import AxisId
from explorer.ops import Forecast, counterpart
from explorer.session.draft import Draft
from explorer.widgets.look import theme
from explorer.widgets.look.amounts import bytes_text, shape_text
from explorer.widgets.look.chip import ShapeRow, faces
from explorer.widgets.look.sentence import Sentence
from explorer.widgets.speech.sentences import say

ResultAxes = Sequence[Sequence[AxisId | None]]

SHOWN = 4  # results of one draft; of more it is said how many


class DraftResult(QObject):
    """The right end of the draft line, as widgets to be set in it; `relaid` says that they are others now."""

    relaid = Signal()
    copy_declined = Signal(object)

    def __init__(self, names: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._arrow = QLabel("\N{RIGHTWARDS ARROW}", parent)
        theme.role(self._arrow, "muted")
        self._error = Sentence(parent)
        self._error.setObjectName("draft_error")
        theme.role(self._error, "error")
        self._copy = QCheckBox(parent)
        self._copy.setObjectName("copy_operands")
        self._copy.clicked.connect(lambda: self.copy_declined.emit(not self._copy.isChecked()))
        self._names: list[QLabel] = []
        self._chips: list[ShapeRow] = []
        self._texts: list[QLabel] = []
        self._parent = parent
        self._left_out = 0  # of what is said of results: 1, memory; 2, dtypes too
        self._count(len(names))
        self._told = [("", "", "")] * len(self._texts)
        self._name(names)

    @property
    def widgets(self) -> list[QWidget]:
        """All of them, in order; those that say nothing now are hidden."""
        results = [w for trio in zip(self._names, self._chips, self._texts, strict=True) for w in trio]
        return [self._arrow, *results, self._error, self._copy]

    @property
    def bound(self) -> list[QWidget]:
        """Those after which no line should end."""
        return [self._arrow, *self._names, *self._chips]

    def show_draft(self, draft: Draft, problem: str, axes: ResultAxes | None, names: Sequence[str]) -> None:
        """Show the forecast or the error of `draft`; `problem`, what was typed wrong, comes before both.

        `axes` are the identities of the axes of each result, where they are known; `names` those of the results.
        """
        error = problem or (say(draft.error.message) if draft.error else "")
        forecasts = () if error else draft.forecasts[:SHOWN]
        left = 0 if error else len(draft.forecasts) - len(forecasts)
        self._count(max(len(forecasts), 1))
        self._told = [("", "", "")] * len(self._texts)
        self._name(names if len(names) > 1 and len(names) == len(self._names) else [""] * len(self._names))
        known = [*(axes or ()), *[()] * len(self._chips)]
        for place, chips in enumerate(self._chips):
            shown = place < len(forecasts)
            chips.setVisible(shown)
            self._texts[place].setVisible(shown)
            if shown:
                chips.show_chips(faces(forecasts[place].shape, known[place]))
                self._told[place] = self._texts_of(forecasts[place], draft)
                self._texts[place].setAccessibleName(self._spoken(forecasts[place], draft))
        if left:
            more = self.tr("{result}, and {count} more")
            full, brief, least = (more.format(result=told, count=left) for told in self._told[-1])
            self._told[-1] = full, brief, least
        waits = not error and not forecasts
        if waits:
            self._told[0] = "…", "…", "…"
            self._texts[0].setAccessibleName(self.tr("The result is being foretold"))
            self._texts[0].show()
        self._arrow.setVisible(bool(forecasts) or waits)
        self._error.setVisible(bool(error))
        self._error.setText("\N{HEAVY BALLOT X}\N{NO-BREAK SPACE}" + problem if error else "")  # a refusal stands below
        self._error.setAccessibleName(error)
        self._show_copies(draft)
        self._write()

    def fit(self, room: int) -> None:
        """Leave out what is said of memory, and then the dtypes, where the line has too little room with them: `room`
        pixels are left in it now."""
        metrics = self._texts[0].fontMetrics()
        widths = [sum(metrics.horizontalAdvance(told[level]) for told in self._told) for level in range(3)]
        spare = room + widths[self._left_out]
        level = next((level for level in range(3) if widths[level] <= spare), 0)  # 0: two lines have room for all
        if level != self._left_out:
            self._left_out = level
            self._write()

    def _write(self) -> None:
        for label, told in zip(self._texts, self._told, strict=True):
            label.setText(told[self._left_out])
            label.setToolTip(told[0])

    def discard(self) -> None:
        """Remove the widgets; it is not used again."""
        for widget in self.widgets:
            widget.hide()
            widget.deleteLater()
        self.deleteLater()

    def _show_copies(self, draft: Draft) -> None:
        self._copy.setVisible(bool(draft.copies) or draft.declined)
        self._copy.setChecked(not draft.declined)
        names = ", ".join(name for name, _ in draft.copies)
        device = draft.copies[0][1] if draft.copies else draft.device
        self._copy.setText(
            self.tr("copy {names} to {device} first").format(names=names, device=device)
            if names
            else self.tr("copy operands to {device} first").format(device=device)
        )
        self._copy.setToolTip(self.tr("Operands that live on another device are copied by a step of their own"))

    def _text(self, forecast: Forecast, draft: Draft) -> str:
        parts = [str(forecast.dtype).removeprefix("torch.")]
        if str(forecast.device) != "cpu" or draft.device != "cpu":
            parts.append(str(forecast.device))
        op = draft.op
        if op.writes:
            parts.append(self._written(forecast, draft))
        elif forecast.nbytes is None:
            parts.append(self.tr("size known after the run"))
        else:
            parts.append(
                self.tr("a view, no new memory")
                if forecast.nbytes == 0 and 0 not in forecast.shape
                else bytes_text(forecast.nbytes)
            )
        if not forecast.certain:
            parts.append(self.tr("if the values allow it"))
        return " · ".join(parts)

    def _texts_of(self, forecast: Forecast, draft: Draft) -> tuple[str, str, str]:
        """What is said of a result where there is room, where there is little, and where there is hardly any: what is
        written to is said always."""
        text = self._text(forecast, draft)
        if not draft.op.writes:
            return text, text.partition(" · ")[0], ""
        short = self.tr("overwrites {name}") if draft.op.overwrites else self.tr("lays {name} out anew")
        short = short.format(name=str(draft.operands[0]))
        return text, short, short

    def _written(self, forecast: Forecast, draft: Draft) -> str:
        """What is overwritten, and the memory that a new tensor would have taken."""
        name, op = str(draft.operands[0]), draft.op
        if not op.overwrites:  # a view, were it not in place
            return self.tr("lays {name} out anew, no cell is written").format(name=name)
        if counterpart(op) is None or None in forecast.shape:
            return self.tr("overwrites {name}, no new memory").format(name=name)
        size = prod(n or 0 for n in forecast.shape) * forecast.dtype.itemsize
        return self.tr("overwrites {name}, saves {size}").format(name=name, size=bytes_text(size))

    def _spoken(self, forecast: Forecast, draft: Draft) -> str:
        text = self.tr("Result: shape {shape}, {rest}")
        return text.format(shape=shape_text(forecast.shape), rest=self._text(forecast, draft))

    def _name(self, names: Sequence[str]) -> None:
        for label, name in zip(self._names, names, strict=False):
            label.setText(name)
            label.setVisible(bool(name))

    def _count(self, count: int) -> None:
        """As many trios of name, chips and text as there are results."""
        fresh = count != len(self._chips)
        while len(self._chips) > count:
            for widget in (self._names.pop(), self._chips.pop(), self._texts.pop()):
                widget.hide()
                widget.deleteLater()
        while len(self._chips) < count:
            self._names.append(QLabel(self._parent))
            self._chips.append(ShapeRow(self._parent))
            self._texts.append(QLabel(self._parent))
            self._texts[-1].setContentsMargins(3, 0, 0, 0)
            theme.role(self._names[-1], "muted")
            theme.role(self._texts[-1], "small")
            self._chips[-1].setObjectName(f"result_{len(self._chips) - 1}_shape")
            self._texts[-1].setObjectName(f"result_{len(self._chips) - 1}_text")
        if fresh:
            self.relaid.emit()
