"""How wide the columns of the grid are: as its first cells need it, and no more than a long number."""

from PySide6.QtGui import QFontMetrics

from explorer.widgets.grid.grid_table import GridTable
from explorer.widgets.grid.tensor_model import TensorModel
from explorer.widgets.look.fonts import MONO, font

WIDE = 140
FEW = 8


def fit_columns(table: GridTable, model: TensorModel, small: bool = False) -> None:
    """Give all rows one height and all columns one width, from the texts of a first window; few cells are larger."""
    few = not small and model.rowCount() <= FEW and model.columnCount() <= FEW
    table.delegate.largest = 18 if few else 15
    metrics = QFontMetrics(font(MONO, table.delegate.largest, 500))
    rows, columns = min(model.rowCount(), 24), min(model.columnCount(), 16)
    texts = {model.text(row, column) for row in range(rows) for column in range(columns)}
    if columns:
        texts.add(str(model.page.column_range[-1]))
    widest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
    table.columns_header.setDefaultSectionSize(max(72 if few else 44 if small else 56, min(widest + 20, WIDE)))
    table.rows_header.setDefaultSectionSize(54 if few else 30 if small else 38)
