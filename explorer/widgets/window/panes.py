"""The window's layout: bars above and below, the shelf at the left, the stage, the inspector at the right.

Narrow or low windows leave out what can be reached otherwise; a projector shows the stage alone.
"""

from itertools import pairwise
from struct import unpack

from PySide6.QtCore import QByteArray, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSplitter, QToolButton, QVBoxLayout, QWidget

from explorer.widgets.code.code_view import CodeView
from explorer.widgets.draft.device_selector import DeviceSelector
from explorer.widgets.draft.draft_bar import DraftBar
from explorer.widgets.draft.operation_panel import OperationPanel
from explorer.widgets.dtypes.draft_notes import DraftNotes
from explorer.widgets.look import theme
from explorer.widgets.look.floating import Floating
from explorer.widgets.memory.storage_lens import StorageLens
from explorer.widgets.message.message_bar import MessageBar
from explorer.widgets.search.search_field import SearchField
from explorer.widgets.shelf.inspector import Inspector
from explorer.widgets.shelf.tensor_shelf import TensorShelf
from explorer.widgets.stage.stage_panel import StagePanel
from explorer.widgets.stage.table_twin import TableTwin
from explorer.widgets.stage.transcript import Transcript

NARROW = 1100  # pixels: below, the inspector is one line and the operations open from a button
LOW = 640  # pixels: below, the code is one line
ROOMY = 860  # pixels: from here on the storage under the stage is shown without being asked for
POPUP = QSize(300, 440)
WIDEST = 1 << 15  # pixels of a pane that is believed
_WIDTHS = 12  # bytes before the widths in what QSplitter.saveState gives; all others are the same for these panes


class Panes(QWidget):
    """All panels, laid out. They are its attributes; it gives them room and knows nothing of what they show."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panes")
        self.search = SearchField()
        self.device = DeviceSelector()
        self.shelf = TensorShelf()
        self.operations = OperationPanel()
        self.draft_bar = DraftBar()
        self.draft_notes = DraftNotes()
        self.draft_bar.add_note(self.draft_notes)
        self.stage = StagePanel()
        self.lens = StorageLens()
        self.inspector = Inspector()
        self.message_bar = MessageBar()
        self.code = CodeView()
        self.transcript = Transcript()
        self.table = TableTwin()
        self._projecting = self._low = False
        self._roomy = False
        self._memory: bool | None = None
        self._lay_out()
        self.operations.operation_chosen.connect(self._popup.hide)

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
        self._left, self._left_layout = column("left_pane")
        self._left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.role(self._left, "panel")
        self._left_layout.addWidget(self.shelf)
        self._left_layout.addWidget(self._operations_button())
        self._left_layout.addWidget(self.operations, 1)
        self._left_layout.addStretch(0)
        self._right, self._right_layout = column("right_pane")
        self._right_layout.addWidget(self.inspector)
        centre = self._centre()
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setObjectName("panes_splitter")
        for pane in (self._left, centre, self._right):
            self.splitter.addWidget(pane)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setCollapsible(1, False)
        self.splitter.setSizes([240, 780, 260])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.top)
        whole.addWidget(self.splitter, 1)
        whole.addWidget(self.code)

    def _operations_button(self) -> QWidget:
        """What stands in the place of the operations in a narrow window, and the popup that it opens."""
        self.operations_button = QPushButton(self.tr("Operations …"))
        self.operations_button.setObjectName("operations_button")
        self.operations_button.clicked.connect(self._pop_up)
        self._popup = QFrame(self, Qt.WindowType.Popup)
        self._popup.setObjectName("operation_popup")
        layout = QVBoxLayout(self._popup)
        layout.setContentsMargins(1, 1, 1, 1)
        self._button_place = theme.role(QWidget(), "panel")
        place = QVBoxLayout(self._button_place)
        place.setContentsMargins(10, 0, 10, 10)
        place.addWidget(self.operations_button)
        self._button_place.hide()
        return self._button_place

    def _pop_up(self) -> None:
        button, window = self.operations_button, self.window()
        frame = QRect(window.mapToGlobal(QPoint(0, 0)), window.size())
        size = POPUP.boundedTo(frame.size())
        corner = button.mapToGlobal(QPoint(button.width() + 6, 0))
        corner.setY(max(frame.top(), min(corner.y(), frame.bottom() + 1 - size.height())))
        self._popup.setGeometry(QRect(corner, size))
        self._popup.show()
        first = first_focusable(self.operations)
        if first is not None:
            first.setFocus(Qt.FocusReason.PopupFocusReason)

    def show_history(self, *actions: QAction) -> None:
        """A small button for each of these, beside the menus."""
        for action in actions:
            button = QToolButton()
            button.setObjectName(action.objectName().replace("action_", "") + "_button")
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            button.setIconSize(QSize(18, 18))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.menu_place.addWidget(button)

    def _centre(self) -> QWidget:
        centre, layout = column("centre_pane", 8)
        self._centre_layout = layout
        layout.setContentsMargins(14, 10, 14, 10)
        self._line, self._line_layout = column("inspector_line")
        self._line.hide()
        self.table.hide()
        self.transcript.hide()
        stages = QSplitter(Qt.Orientation.Horizontal)
        stages.setObjectName("stage_splitter")
        for widget in (self.stage, self.table, self.transcript):
            stages.addWidget(widget)
        for side in (self.table, self.transcript):
            side.setMinimumWidth(150)  # less would cut words
        stages.setSizes([600, 260, 240])
        layout.addWidget(self.draft_bar)
        layout.addWidget(self._line)
        layout.addWidget(stages, 1)
        layout.addWidget(self.lens)
        self.floating = Floating(self.message_bar, centre, self.draft_bar, layout.spacing())
        return centre

    def fit(self, width: int, height: int) -> None:
        """Leave out what a window of this size has no room for."""
        if self._projecting:
            return
        narrow, self._low, self._roomy = width < NARROW, height < LOW, height >= ROOMY
        self._right.setVisible(not narrow)
        self._line.setVisible(narrow)
        self.inspector.set_compact(narrow)
        layout = self._line_layout if narrow else self._right_layout
        if layout.indexOf(self.inspector) < 0:
            layout.addWidget(self.inspector)
        self._place_operations(narrow)
        self.show_memory(self._memory)
        self.splitter.refresh()  # or the room of what has just gone would be asked for once more

    def show_memory(self, on: bool | None) -> None:
        """The storage lens below the stage; with None where there is plenty of room. A low window has none."""
        self._memory = on
        wanted = self._roomy if on is None else on
        self.lens.setVisible(wanted and not self._low and not self._projecting)
        if not self._projecting:
            self._draw_in(self._low or (wanted and not self._roomy))

    def _draw_in(self, low: bool) -> None:
        """Less height for all but the stage."""
        self.code.set_compact(low)
        self.stage.set_low(low)
        space = 6 if low else 10
        self._centre_layout.setContentsMargins(14, space, 14, space)
        self._centre_layout.setSpacing(5 if low else 8)

    def _place_operations(self, narrow: bool) -> None:
        popped = self._popup.layout()
        assert popped is not None
        if narrow == (popped.indexOf(self.operations) >= 0):
            return
        if narrow:
            popped.addWidget(self.operations)
        else:
            self._popup.hide()
            self._left_layout.insertWidget(2, self.operations, 1)
        self.operations.show()
        self._button_place.setVisible(narrow)
        self._left_layout.setStretch(self._left_layout.count() - 1, 1 if narrow else 0)

    def project(self, on: bool) -> None:
        """The stage alone, large; or all panels again."""
        self._projecting = on
        for pane in (self._left, self._right, self._line, self.top, self.code, self.draft_bar):
            pane.setVisible(not on)
        self.show_memory(self._memory)
        self.stage.view.set_zoom(1.75 if on else 1.0)
        self.stage.set_large(on)

    @property
    def projecting(self) -> bool:
        """Whether the stage is shown alone."""
        return self._projecting

    def remembered(self) -> QByteArray:
        """The widths, to be kept for the next start."""
        return self.splitter.saveState()

    def restore(self, kept: QByteArray) -> None:
        """The widths of `kept` (of `remembered`); where it is not of these panes, they stay as they are."""
        now, then = (bytes(state.data()) for state in (self.remembered(), kept))
        widths = slice(_WIDTHS, _WIDTHS + 4 * self.splitter.count())
        if (
            len(then) != len(now)
            or then[: widths.start] + then[widths.stop :] != now[: widths.start] + now[widths.stop :]
        ):
            return
        found = unpack(f">{self.splitter.count()}i", then[widths])
        if all(0 <= width <= WIDEST for width in found) and found[1] > 0:
            self.splitter.restoreState(kept)

    def order(self) -> None:
        """Let Tab go through the panes as the eye does, once all that they hold is there."""
        stages = (self.stage, self.table, self.transcript, self.lens, self.message_bar)
        panes = (self.top, self._left, self.draft_bar, *stages, self.inspector, self.code)
        chain = [
            w
            for pane in panes
            for w in (pane, *pane.findChildren(QWidget))
            if _tabbed(w) and w.window() is self.window()
        ]
        for one, other in pairwise(chain):
            QWidget.setTabOrder(one, other)

    def next_pane(self, here: QWidget | None) -> QWidget:
        """The first focusable widget of the pane after the one that `here` is in."""
        stages = (self.stage.front, self.table, self.transcript, self.lens)
        shown = (*stages, self.message_bar, self.shelf, self.operations_button)
        panes = (*shown, self.operations, self.draft_bar, self.inspector, self.code, self.search)
        seen = [p for p in panes if p.isVisible()] or [self.stage.front]
        now = next((i for i, p in enumerate(seen) if here is not None and (p is here or p.isAncestorOf(here))), -1)
        for step in range(1, len(seen) + 1):
            pane = seen[(now + step) % len(seen)]
            if pane is self.stage.front:
                return pane
            target = self.draft_bar.first_control if pane is self.draft_bar else first_focusable(pane)
            if target is not None:
                return target
        return self.stage.front


def first_focusable(pane: QWidget) -> QWidget | None:
    """The pane itself or the first widget in it that takes the keyboard."""
    for widget in (pane, *pane.findChildren(QWidget)):
        if _tabbed(widget) and widget.isVisible() and widget.isEnabled():
            return widget
    return None


def _tabbed(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None


def column(name: str, spacing: int = 0) -> tuple[QWidget, QVBoxLayout]:
    """A widget that stacks others without margins."""
    widget = QWidget()
    widget.setObjectName(name)
    layout = QVBoxLayout(widget)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    return widget, layout
