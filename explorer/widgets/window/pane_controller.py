"""Which panes are seen: the pages of the drawer, the stage alone for a projector, and where the keyboard is."""

from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMainWindow

from explorer.messages import Phrase
from explorer.widgets.actions import Action
from explorer.widgets.memory.memory_controller import MemoryController
from explorer.widgets.session import Session
from explorer.widgets.settings import Settings
from explorer.widgets.stage.stage_controller import StageController
from explorer.widgets.window.panes import Panes, drawer

MEMORY = Phrase("&Memory", "内存(&M)")
IN_THE_DRAWER = Phrase("The memory of the tensor, in the drawer", "在抽屉中显示张量的内存")
STORAGE = ("storage", "stride", "data_ptr", "untyped_storage")
TABLE = Phrase("Stage as &table", "以表格显示展示区(&T)")
CELL_BY_CELL = Phrase("The stage as a table to be read cell by cell", "把展示区显示为可逐格阅读的表格")
TRANSCRIPT = Phrase("T&ranscript", "文字记录(&R)")
PROJECTOR = Phrase("&Projector view", "投影视图(&P)")
LEAVES = Phrase("Projector view; Esc leaves it", "投影视图；按 Esc 退出")
NEXT, TO_THE_NEXT = Phrase("Next pane", "下一个窗格"), Phrase("To the next pane", "到下一个窗格")
FAMILY = Phrase("Drawer", "抽屉")


class PaneController(QObject):
    """Opens and shuts the drawer, and leaves the picture alone for a projector."""

    def __init__(
        self,
        window: QMainWindow,
        session: Session,
        panes: Panes,
        memory: MemoryController,
        stage: StageController,
        settings: Settings,
    ) -> None:
        super().__init__(window)
        self._session, self._window, self._panes, self._memory, self._stage = session, window, panes, memory, stage
        self._settings = settings
        panes.drawer.turned.connect(self._turned)
        panes.inspector.wanted.connect(self._show_inspector)
        panes.stage.view.heading_clicked.connect(self._inspect)
        panes.stage.timeline.leave_requested.connect(self.leave_projector)
        panes.drawer.open(settings.drawer)

    def fit(self) -> None:
        """The window has become another: so much room is there now."""
        self._panes.fit(self._window.width(), self._window.height())
        self._memory.look_again()

    def _turned(self, page: str) -> None:
        """Another page of the drawer: it shows what it has not seen."""
        self._settings.drawer = page
        self._memory.look_again()
        self._stage.see_table()

    def show_page(self, name: str, shown: bool) -> None:
        """A page of the drawer, or none; the keyboard does not stay on one that goes."""
        if shown:
            self._panes.drawer.open(name)
        elif self._panes.drawer.page == name:
            self._panes.drawer.shut()
            self._panes.stage.take_keyboard()

    def _show_table(self, shown: bool) -> None:
        """With the keyboard, as it is there to be read by it."""
        self.show_page("table", shown)
        if self._panes.table.isVisible():
            self._panes.table.setFocus()

    def _show_inspector(self) -> None:
        self._panes.drawer.open("about")
        self._panes.take_focus(self._panes.inspector)

    def _inspect(self, name: str) -> None:
        """All about a tensor of the picture, or, of one that stands on no shelf, about the one that is inspected."""
        self._session.inspect(name)
        if not self._panes.projecting:
            self._panes.drawer.open("about")

    def project(self, on: bool) -> None:
        """The stage alone, large."""
        window, full = self._window, Qt.WindowState.WindowFullScreen
        self._panes.project(on)
        window.setWindowState(window.windowState() | full if on else window.windowState() & ~full)
        self._panes.stage.take_keyboard()
        self.fit()

    def leave_projector(self) -> None:
        """All panels again."""
        if self._panes.projecting:
            self.project(False)

    def next_pane(self) -> None:
        """Move the focus from pane to pane."""
        self._panes.next_pane(self._window.focusWidget()).setFocus(Qt.FocusReason.TabFocusReason)

    def actions(self) -> tuple[Action, ...]:
        """The pages of the drawer, the projector, the keyboard."""
        panes = self._panes

        def seen(name: str) -> bool:
            return panes.drawer.page == name

        def page(number: int, name: str) -> Action:
            show, title = partial(self.show_page, name), panes.drawer.title(name)
            key = (f"Ctrl+{number}",)
            return Action(f"action_page_{name}", title, show, key, checked=partial(seen, name), family=FAMILY)

        memory, table = partial(self.show_page, "memory"), partial(seen, "table")
        return (
            *(page(number, name) for number, name in enumerate(drawer.PAGES, 1)),
            Action(
                "action_memory",
                *(MEMORY, memory, ("F3",)),
                says=IN_THE_DRAWER,
                checked=partial(seen, "memory"),
                names=STORAGE,
            ),
            Action("action_table", TABLE, self._show_table, ("F2",), says=CELL_BY_CELL, checked=table),
            Action("action_transcript", TRANSCRIPT, partial(self.show_page, "table"), checked=table),
            Action(
                "action_projector", PROJECTOR, self.project, ("F11",), says=LEAVES, checked=lambda: panes.projecting
            ),
            Action("action_next_pane", NEXT, self.next_pane, ("F6",), says=TO_THE_NEXT),
        )
