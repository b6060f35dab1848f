"""What a new tensor will be: its shape, dtype and bytes, its code, its first values as cells; or why it cannot be."""

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from explorer.animation.axes import AxisId
from explorer.errors import ExplorerError
from explorer.numbers.dtype_names import name_of
from explorer.session.page import Page
from explorer.widgets.grid.cell_columns import fit_columns
from explorer.widgets.grid.grid_table import GridTable
from explorer.widgets.grid.tensor_model import TensorModel
from explorer.widgets.look import looks, theme
from explorer.widgets.look.amounts import bytes_text, count_text, shape_text
from explorer.widgets.speech.sentences import error_text
from explorer.workspace import source

if TYPE_CHECKING:
    from explorer.workspace.definition_preview import DefinitionPreview


class NewPreview(QWidget):
    """Shows a `DefinitionPreview`, or an error as a sentence in the same place with torch's own words below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("new_preview")
        self.forecast = QLabel(self)
        self.forecast.setObjectName("new_forecast")
        self.forecast.setWordWrap(True)
        self.forecast.setTextFormat(Qt.TextFormat.PlainText)
        self.forecast.setFont(looks.sans(self.font(), 1.08, bold=True))
        self.code = QLabel(self)
        self.code.setObjectName("new_code")
        self.code.setWordWrap(True)
        self.code.setTextFormat(Qt.TextFormat.PlainText)
        self.code.setFont(looks.mono(self.font(), 0.92))
        self.table = GridTable(self)
        self.table.setObjectName("new_cells")
        self.table.setAccessibleName(self.tr("first values"))
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.model = TensorModel(self)
        self.table.setModel(self.model)
        self.note = QLabel(self)
        self.note.setObjectName("new_preview_note")
        self.note.setWordWrap(True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop)
        theme.role(self.note, "muted")
        self.said = QLabel(self)
        self.said.setObjectName("new_said")
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.forecast)
        column.addWidget(self.said)
        column.addWidget(self.code)
        column.addWidget(self.table, 1000)
        column.addWidget(self.note)
        column.addStretch(1)

    def show_glimpse(self, name: str, preview: "DefinitionPreview", said: str = "") -> None:
        """Show what `name` will be; `said` is what was decided about its values."""
        self.said.setText(said)
        self.said.setVisible(bool(said))
        forecast = preview.forecast
        places = {
            "shape": shape_text(forecast.shape),
            "dtype": name_of(forecast.dtype),
            "size": self.tr("no memory") if forecast.device == "meta" else bytes_text(forecast.nbytes or 0),
        }
        self.forecast.setText(self.tr("→ {shape} {dtype}, {size}").format(**places))
        code = preview.source if len(preview.source) <= 160 else f"{preview.source[:150]} …"
        self.code.setText(f"{name} = {code}")
        self.code.show()
        self._cells(name, preview)

    def show_error(self, error: ExplorerError) -> None:
        """Say why nothing can be made."""
        sentence, detail = error_text(error)
        self.forecast.setText(f"⚠ {sentence}")
        self.code.setText(detail)
        self.code.setVisible(bool(detail))
        self.table.hide()
        self.said.hide()
        self.note.clear()

    def show_waiting(self, reading: bool = False) -> None:
        """Say that the answer is on its way, or still the text; what was shown before is no longer true."""
        self.said.hide()
        self.forecast.setText(self.tr("Reading the values …") if reading else self.tr("Looking …"))

    def _cells(self, name: str, preview: "DefinitionPreview") -> None:
        values, shape = preview.values, tuple(n or 0 for n in preview.forecast.shape)
        count = 1
        for size in shape:
            count *= size
        page = Page.first(shape)
        self.table.setVisible(values is not None and count > 0)
        if preview.forecast.device == "meta":
            note = self.tr("There are no values on meta.")
        elif preview.unknown:
            note = self.tr("Nobody knows what the memory holds; zero_ or fill_ writes to it.")
        elif values is None:
            note = self.tr("{count} values: too many to try them out here.").format(count=count_text(count))
        elif not count:
            note = self.tr("A size of 0: a tensor without elements, which is allowed.")
        else:
            numbers = source.floats(values)
            finite = numbers[np.isfinite(numbers)]
            levels = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)
            self.model.show_source(name, source.TensorSource(values), page, levels, editable=False)
            identities = [AxisId(axis) for axis in range(len(shape))]
            for header, axis in ((self.table.rows_header, page.rows), (self.table.columns_header, page.columns)):
                header.show_axis(None if axis is None else identities[axis].index)
                header.setVisible(axis is not None)
            fit_columns(self.table, self.model, small=True)
            leading = ", ".join("0" for _ in page.leading)
            text = self.tr("page {page} of {count}").format(page=f"[{leading}]", count=page.count)
            note = text if page.count > 1 else ""
        self.note.setText(note)
        self.note.setVisible(bool(note))
