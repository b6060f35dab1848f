"""The window's layout: bars above and below, the shelf at the left, the stage, the inspector at the right.

Narrow or low windows leave out what can be reached otherwise; a projector shows the stage alone.
"""

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from explorer.widgets.code_view import CodeView
from explorer.widgets.device_selector import DeviceSelector
from explorer.widgets.draft.draft_bar import DraftBar
from explorer.widgets.draft.operation_panel import OperationPanel
from explorer.widgets.draft.operation_search import OperationSearch
from explorer.widgets.look import theme
from explorer.widgets.message_bar import MessageBar
from explorer.widgets.shelf.inspector import Inspector
from explorer.widgets.shelf.tensor_shelf import TensorShelf
from explorer.widgets.stage.stage_panel import StagePanel
from explorer.widgets.stage.table_twin import TableTwin
from explorer.widgets.stage.transcript import Transcript

NARROW = 1100  # pixels: below, the inspector is one line and operations are found by search
LOW = 640  # pixels: below, the code is one line


class Panes(QWidget):
    """All panels, laid out. They are its attributes; it gives them room and knows nothing of what they show."""

    def __init__(self, grid: QWidget) -> None:
        super().__init__()
        self.setObjectName("panes")
        self.search = OperationSearch()
        self.device = DeviceSelector()
        self.shelf = TensorShelf()
        self.operations = OperationPanel()
        self.draft_bar = DraftBar()
        self.stage = StagePanel(grid)
        self.inspector = Inspector()
        self.message_bar = MessageBar()
        self.code = CodeView()
        self.transcript = Transcript()
        self.table = TableTwin()
        self._projecting = False
        self._lay_out()

    def _lay_out(self) -> None:
        self.top = QFrame()
        self.top.setObjectName("top_bar")
        theme.role(self.top, "bar")
        bar = QHBoxLayout(self.top)
        bar.setContentsMargins(10, 6, 12, 6)
        bar.setSpacing(10)
        self.menu_place = QHBoxLayout()
        bar.addLayout(self.menu_place)
        bar.addStretch(1)
        bar.addWidget(self.search, 4)
        bar.addStretch(1)
        bar.addWidget(self.device)
        self._left, left = column("left_pane")
        left.addWidget(self.shelf)
        left.addWidget(self.operations, 1)
        self._right, self._right_layout = column("right_pane")
        self._right_layout.addWidget(self.inspector)
        centre = self._centre()
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        for pane in (self._left, centre, self._right):
            self.splitter.addWidget(pane)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setCollapsible(1, False)
        self.splitter.setSizes([240, 772, 268])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.top)
        whole.addWidget(self.splitter, 1)
        whole.addWidget(self.code)

    def _centre(self) -> QWidget:
        centre, layout = column("centre_pane", 8)
        layout.setContentsMargins(14, 10, 14, 10)
        self._line, self._line_layout = column("inspector_line")
        self._line.hide()
        self.table.hide()
        self.transcript.hide()
        stages = QSplitter(Qt.Orientation.Horizontal)
        for widget in (self.stage, self.table, self.transcript):
            stages.addWidget(widget)
        stages.setSizes([600, 260, 240])
        layout.addWidget(self.draft_bar)
        layout.addWidget(self._line)
        layout.addWidget(stages, 1)
        layout.addWidget(self.message_bar)
        return centre

    def fit(self, width: int, height: int) -> None:
        """Leave out what a window of this size has no room for."""
        if self._projecting:
            return
        narrow, low = width < NARROW, height < LOW
        self._right.setVisible(not narrow)
        self._line.setVisible(narrow)
        self.inspector.set_compact(narrow)
        layout = self._line_layout if narrow else self._right_layout
        if layout.indexOf(self.inspector) < 0:
            layout.addWidget(self.inspector)
        self.code.set_compact(low)

    def project(self, on: bool) -> None:
        """The stage alone, large; or all panels again."""
        self._projecting = on
        for pane in (self._left, self._right, self._line, self.top, self.code, self.draft_bar):
            pane.setVisible(not on)
        self.stage.view.set_zoom(1.75 if on else 1.0)
        self.stage.set_large(on)

    def remembered(self) -> QByteArray:
        """The widths, to be kept for the next start."""
        return self.splitter.saveState()

    def next_pane(self, here: QWidget | None) -> QWidget:
        """The first focusable widget of the pane after the one that `here` is in."""
        panes = (self.stage.view, self.shelf, self.operations, self.draft_bar, self.inspector, self.code, self.search)
        seen = [p for p in panes if p.isVisible()] or [self.stage.view]
        now = next((i for i, p in enumerate(seen) if here is not None and (p is here or p.isAncestorOf(here))), -1)
        for step in range(1, len(seen) + 1):
            pane = seen[(now + step) % len(seen)]
            target = first_focusable(pane)
            if target is not None:
                return target
        return self.stage.view


def first_focusable(pane: QWidget) -> QWidget | None:
    """The pane itself or the first widget in it that takes the keyboard."""
    for widget in (pane, *pane.findChildren(QWidget)):
        tabbed = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if tabbed and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None:
            return widget
    return None


def column(name: str, spacing: int = 0) -> tuple[QWidget, QVBoxLayout]:
    """A widget that stacks others without margins."""
    widget = QWidget()
    widget.setObjectName(name)
    layout = QVBoxLayout(widget)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    return widget, layout
