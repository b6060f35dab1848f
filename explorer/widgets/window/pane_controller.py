"""Which panes are seen: the memory below the stage, the stage alone for a projector, and where the keyboard is."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMainWindow

from explorer.messages import QT_TRANSLATE_NOOP, Message, Phrase
from explorer.widgets.actions import Action
from explorer.widgets.memory.memory_controller import MemoryController
from explorer.widgets.settings import Settings
from explorer.widgets.window.panes import Panes

MEMORY = Phrase("&Memory", "内存(&M)")
BELOW = Phrase("The memory of the tensor, below the stage", "在展示区下方显示张量的内存")
PROJECTOR = Phrase("&Projector view", "投影视图(&P)")
LEAVES = Phrase("Projector view; Esc leaves it", "投影视图；按 Esc 退出")
STORAGE = ("storage", "stride", "data_ptr", "untyped_storage")
NEXT, TO_THE_NEXT = Phrase("Next pane", "下一个窗格"), Phrase("To the next pane", "到下一个窗格")


class PaneController(QObject):
    """Shows and hides panes, as far as the window has room."""

    def __init__(self, window: QMainWindow, panes: Panes, memory: MemoryController, settings: Settings) -> None:
        super().__init__(window)
        self._window, self._panes, self._memory, self._settings = window, panes, memory, settings
        panes.show_memory(settings.memory)
        panes.stage.timeline.leave_requested.connect(self.leave_projector)

    def fit(self) -> None:
        """The window has become another: so much room is there now."""
        self._panes.fit(self._window.width(), self._window.height())
        self._memory.look_again()

    def show_memory(self, shown: bool) -> None:
        """The storage of the inspected tensor below the stage."""
        self._settings.memory = shown
        self._panes.show_memory(shown)
        if shown and not self._panes.lens.isVisibleTo(self._window):
            template = QT_TRANSLATE_NOOP("notes", "The memory is shown as soon as the window is high enough for it.")
            self._panes.message_bar.show_note(Message("notes", template))
        self._memory.look_again()

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
        """The memory, the projector, the keyboard."""
        panes, window = self._panes, self._window

        def seen() -> bool:
            return panes.lens.isVisibleTo(window)

        return (
            Action("action_memory", MEMORY, self.show_memory, ("F3",), says=BELOW, checked=seen, names=STORAGE),
            Action(
                "action_projector", PROJECTOR, self.project, ("F11",), says=LEAVES, checked=lambda: panes.projecting
            ),
            Action("action_next_pane", NEXT, self.next_pane, ("F6",), says=TO_THE_NEXT),
        )
