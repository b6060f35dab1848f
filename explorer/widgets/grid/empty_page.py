"""What stands in the place of cells where there are none."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from explorer.session.page import Page


class EmptyPage(QLabel):
    """Says which axes have no length, and what can be done."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("grid_empty")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_page(self, page: Page) -> None:
        """Speak of a page without cells."""
        if not page.empty:
            return
        axes = [axis for axis, size in enumerate(page.shape) if size == 0]
        text = self.tr(
            "Shape ({shape}): axis {axis} has size 0, so there are no cells.\n"
            "Insert a row or a column, or change the shape."
        )
        self.setText(text.format(shape=comma(page.shape), axis=", ".join(map(str, axes))))


def comma(shape: tuple[int, ...]) -> str:
    """A shape as Python writes it, without brackets."""
    return f"{shape[0]}," if len(shape) == 1 else ", ".join(map(str, shape))
