"""The window's layout: the top row, the rail at the left, the picture with caption and timeline, the drawer, the code.

Draft line, search and messages float: the picture never moves for them. A projector shows the picture alone.
"""

from collections.abc import Iterator
from itertools import pairwise
from struct import unpack

from PySide6.QtCore import QByteArray, QEvent, QObject, QRect, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from explorer.widgets.code.code_view import CodeView
from explorer.widgets.draft.device_selector import DeviceSelector
from explorer.widgets.draft.draft_bar import HEIGHT, SEARCH, DraftBar
from explorer.widgets.dtypes.draft_notes import DraftNotes
from explorer.widgets.faults.guard import guarded
from explorer.widgets.look import theme
from explorer.widgets.look.floating import Floating
from explorer.widgets.memory.storage_lens import StorageLens
from explorer.widgets.message.message_bar import MessageBar
from explorer.widgets.search.search_field import SearchField
from explorer.widgets.shelf.inspector import Inspector
from explorer.widgets.stage.stage_panel import StagePanel
from explorer.widgets.stage.table_twin import TableTwin
from explorer.widgets.stage.transcript import Transcript
from explorer.widgets.window.panes import drawer, rail
from explorer.widgets.window.panes.drawer import Drawer
from explorer.widgets.window.panes.rail import Rail
from explorer.widgets.window.panes.top_row import TopRow

NARROW = 1100  # pixels: below, Run takes less room
GAP, SPACE = 8, 16  # pixels
FINDS = 376  # pixels, of the list of what the search finds
ROOMY, CARD = 700, 64  # pixels: from here on three cards have room, else two; the height of one
WIDEST = 1 << 15  # pixels of a pane that is believed
_WIDTHS = 12  # bytes before the widths in what QSplitter.saveState gives; all others are the same for these panes


class Panes(QWidget):
    """All panels, laid out. They are its attributes; it gives them room and knows nothing of what they show."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panes")
        self.top, self.rail, self.drawer = TopRow(), Rail(), Drawer()
        self.shelf, self.operations = self.rail.shelf, self.rail.operations
        self.stage, self.code = StagePanel(), CodeView()
        self.draft_bar, self.draft_notes = DraftBar(self), DraftNotes()
        self.stage.title.add_note(self.draft_notes)
        self.inspector, self.lens, self.device = Inspector(), StorageLens(), DeviceSelector()
        self.transcript, self.table = Transcript(), TableTwin()
        self.all_types = QPushButton(self.tr("All data types …"))
        self.all_types.setObjectName("all_types")
        theme.role(self.all_types, "link")
        self._fill_drawer()
        self.notices = Floating(least=True, parent=self)
        self.notices.setObjectName("notice_place")
        self.message_bar = MessageBar()
        words = QVBoxLayout(self.notices)
        words.setContentsMargins(0, 0, 0, 0)
        words.addWidget(self.message_bar)
        self.search = SearchField(self)
        self.search.setMinimumWidth(1)
        self.search.installEventFilter(self)
        self.search.list_place = self._place_of_finds
        self._words_of_search = self.search.placeholderText()
        self._projecting = False
        self._lay_out()
        self._show_search()

    def _fill_drawer(self) -> None:
        pages = self.drawer
        pages.add("about", self.inspector)
        pages.add("about", self.device)
        pages.add("memory", self.inspector.memory)
        pages.add("memory", self.lens)
        pages.add("table", self.table, 3)
        pages.add("table", self.transcript, 2)
        pages.add("statistics", self.inspector.statistics)
        self.inspector.subject_changed.connect(pages.show_subject)

    def _lay_out(self) -> None:
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setObjectName("panes_splitter")
        for pane in (self.rail, self.stage, self.drawer):
            self.splitter.addWidget(pane)
        self.splitter.setHandleWidth(1)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setCollapsible(1, False)
        self.splitter.setSizes([rail.WIDTH, 1280 - rail.WIDTH - drawer.PAGE - drawer.EDGE, drawer.PAGE])
        self.splitter.splitterMoved.connect(self._float)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.splitter, 1)
        middle.addWidget(self.drawer.edge)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.top)
        whole.addLayout(middle, 1)
        whole.addWidget(self.code)
        self.top.lower()  # the draft line lies over it
        for part in (self.draft_bar, self.notices, self.search):  # a line that is broken lies over the picture
            part.raise_()

    # --- what floats -----------------------------------------------------------------------------------------------

    def _float(self) -> None:
        """The draft line in the top row, the search at its end or over it, messages below it."""
        left = self.stage.mapTo(self, self.stage.rect().topLeft())
        start = left.x() if self._projecting else max(left.x(), rail.WIDTH)
        field = QRect(start + SPACE, GAP, self.width() - start - SPACE - GAP, HEIGHT)
        field.setHeight(self.draft_bar.heightForWidth(field.width()))
        self.draft_bar.setGeometry(field)
        below = left.y() + GAP // 2
        if not self._projecting:
            below = max(below, self.draft_bar.geometry().bottom() + GAP // 2)
        width = min(self.stage.width() - 2 * GAP, 960)
        self.notices.float_in(QRect(left.x() + GAP, below, width, 0))
        self.search.setGeometry(self._place_of_search())

    def _place_of_search(self) -> QRect:
        wide = self.search.hasFocus()
        if self._projecting:
            width = min(self.width() - 2 * SPACE, 720) if wide else 1
            return QRect((self.width() - width) // 2, GAP if wide else -HEIGHT, width, HEIGHT)
        field = self.draft_bar.geometry().adjusted(0, 0, -self.draft_bar.beside_field, 0)
        return field if wide else QRect(field.right() - SEARCH + 5, field.top() + 7, SEARCH - 10, HEIGHT - 14)

    def _place_of_finds(self) -> QRect:
        """Over the rail, so that the picture stays in sight; below the search where a projector shows no rail."""
        if self.search.popup is not None:
            theme.enlarge(self.search.popup, self._projecting)
        if self._projecting:
            return QRect(self.search.x(), self.search.geometry().bottom() + GAP // 2, self.search.width(), 0)
        return QRect(GAP, self.top.height(), FINDS, 0)

    def _show_search(self) -> None:
        """With the keyboard the search lies over the draft line; else it is the name of its key at the line's end."""
        wide = self.search.hasFocus()
        theme.role(self.search, "search" if wide else "search_chip")
        self.search.setPlaceholderText(self._words_of_search if wide else self.tr("Ctrl+K"))
        self._float()

    @guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The search comes and goes with the keyboard; Escape gives that back to the picture."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._show_search()
        escape = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if escape and event.key() == Qt.Key.Key_Escape and not self.search.text():  # type: ignore[attr-defined]
            self.search.close_popup()
            self.stage.picture.setFocus()
            return True
        return False

    @guarded()
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._float()

    @guarded(False)
    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._float()
        return done

    # --- how much is shown -----------------------------------------------------------------------------------------

    def fit(self, width: int, height: int) -> None:
        """Take less room in a window of this size."""
        self.draft_bar.set_narrow(width < NARROW)
        self.operations.set_low(height < ROOMY)
        self.shelf.list.setMinimumHeight(CARD * (3 if height >= ROOMY else 2))  # a first result moves no button

    def project(self, on: bool) -> None:
        """The picture alone, large; or all panes again."""
        self._projecting = on
        for pane in (self.rail, self.top, self.code, self.draft_bar, self.drawer.edge):
            pane.setVisible(not on)
        self.drawer.setVisible(not on and bool(self.drawer.page))
        self.stage.set_large(on)
        for part in (self.notices, self.search):
            theme.enlarge(part, on)
        self._float()

    @property
    def projecting(self) -> bool:
        """Whether the picture is shown alone."""
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

    # --- where the keyboard is -------------------------------------------------------------------------------------

    def _panes(self) -> Iterator[QWidget]:
        """All panes in the order of the eye."""
        yield from (self.top, self.draft_bar, self.search, self.shelf, self.operations)
        yield from (self.notices, self.stage, self.drawer, self.drawer.edge, self.code)

    def order(self) -> None:
        """Let Tab go through the panes as the eye does, once all that they hold is there."""
        chain = [
            w
            for pane in self._panes()
            for w in (pane, *pane.findChildren(QWidget))
            if _tabbed(w) and w.window() is self.window()
        ]
        for one, other in pairwise(chain):
            QWidget.setTabOrder(one, other)

    def next_pane(self, here: QWidget | None) -> QWidget:
        """The first focusable widget of the pane after the one that `here` is in."""
        seen = [pane for pane in self._panes() if pane.isVisible()]
        now = next((i for i, p in enumerate(seen) if here is not None and (p is here or p.isAncestorOf(here))), -1)
        for step in range(1, len(seen) + 1):
            pane = seen[(now + step) % len(seen)]
            target = self.stage.front if pane is self.stage else first_focusable(pane)
            if pane is self.draft_bar:
                target = self.draft_bar.first_control
            if target is not None:
                return target
        return self.stage.front

    def take_focus(self, part: QWidget) -> None:
        """Give the keyboard to the first of `part` that takes it."""
        target = first_focusable(part)
        if target is not None:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)


def first_focusable(pane: QWidget) -> QWidget | None:
    """The pane itself or the first widget in it that takes the keyboard."""
    for widget in (pane, *pane.findChildren(QWidget)):
        if _tabbed(widget) and widget.isVisible() and widget.isEnabled():
            return widget
    return None


def _tabbed(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
