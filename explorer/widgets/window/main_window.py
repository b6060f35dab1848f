"""The window: what it consists of, and what it does as a whole."""

from collections.abc import Callable
from functools import partial
from itertools import chain

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QMessageBox

from explorer import __version__
from explorer.late import late
from explorer.messages import Phrase
from explorer.session.staged import Moment
from explorer.widgets.actions import Action, Actions
from explorer.widgets.autograd.autograd_controller import AutogradController
from explorer.widgets.bridge.bridge_controller import BridgeController
from explorer.widgets.code.code_controller import CodeController
from explorer.widgets.creation.creation_controller import CreationController
from explorer.widgets.draft.device_controller import DeviceController
from explorer.widgets.draft.draft_controller import DraftController
from explorer.widgets.draft.draft_keys import DraftKeys
from explorer.widgets.draft.repair_controller import RepairController
from explorer.widgets.dtypes.dtype_controller import DTypeController
from explorer.widgets.faults.guard import guarded
from explorer.widgets.files.file_controller import FileController
from explorer.widgets.grid.grid_controller import GridController
from explorer.widgets.lessons.surprise_controller import SurpriseController
from explorer.widgets.memory.memory_controller import MemoryController
from explorer.widgets.message.message_controller import MessageController
from explorer.widgets.search.search_controller import SearchController
from explorer.widgets.session import Session
from explorer.widgets.settings import Settings
from explorer.widgets.shelf.inspector_controller import InspectorController
from explorer.widgets.shelf.shelf_controller import ShelfController
from explorer.widgets.shelf.tag_controller import TagController
from explorer.widgets.stage.stage_controller import StageController
from explorer.widgets.stage.viewpoint_controller import ViewpointController
from explorer.widgets.window.appearance import Appearance
from explorer.widgets.window.history_actions import history_actions
from explorer.widgets.window.menus import Menus
from explorer.widgets.window.pane_controller import PaneController
from explorer.widgets.window.panes import Panes
from explorer.widgets.window.window_geometry import place

with late():
    from explorer.widgets.window import keys_help

SHOWN, SHORTCUTS = Phrase("Show these keys", "显示这些按键"), ("shortcuts", "快捷键")


class MainWindow(QMainWindow):
    """One session's window. A change of language builds another one on the same session, which goes on at `left`.

    Controllers connect themselves, and are told of a change in the order in which they stand here.
    """

    def __init__(
        self,
        session: Session,
        settings: Settings,
        rebuild: Callable[[], None] | None = None,
        left: Moment | None = None,
    ) -> None:
        super().__init__()
        self.session, self.settings = session, settings
        self.setObjectName("main_window")
        self.setWindowTitle("Tensor Explorer")
        self.panes = panes = Panes()
        self.setCentralWidget(panes)
        self.stage, self.shelf, self.inspector = panes.stage, panes.shelf, panes.inspector
        stage, inspector, drawer = panes.stage, panes.inspector, panes.drawer
        self.search, self.draft_bar, self.message_bar = panes.search, panes.draft_bar, panes.message_bar

        self.message = message = MessageController(session, panes.message_bar)
        self.tags = tags = TagController(session, self)
        self.staged = StageController(session, stage, panes.table, panes.transcript, message, settings, left)
        self.grid = GridController(session, stage)
        self.cards = ShelfController(session, panes.shelf, inspector, stage, self.grid, tags)
        facts = InspectorController(session, inspector, stage, tags, self.cards)
        memory = MemoryController(session, stage, panes.lens, self.cards, facts, self.grid, tags)
        self.program = CodeController(session, panes.code, self.grid)
        self.files = FileController(session, panes.shelf, stage, message, self)
        self.autograd = AutogradController(session, self)
        self.bridge = BridgeController(session, panes.shelf, stage, self)
        self.dtypes = DTypeController(session, stage, panes.draft_notes, self)
        drawer.add("types", self.dtypes.card)
        drawer.add("types", panes.all_types)
        panes.all_types.clicked.connect(self.dtypes.show_dtypes)
        drawer.add("gradients", self.autograd.card)
        drawer.add("bridge", self.bridge.card)
        self.bridge.answered.connect(partial(drawer.reveal, "bridge", self.bridge.card.answer))
        self.creation = CreationController(session, panes.shelf, stage, self)
        self.viewpoint = ViewpointController(session, self)
        device = DeviceController(session, panes.device, settings)
        self.draft = DraftController(
            session, panes.draft_bar, panes.operations, stage, self.grid, self.bridge, message, self.staged
        )
        repairs = RepairController(session, panes.message_bar, stage, self)
        panes.draft_bar.set_pictures(self.cards.picture)
        surprises = SurpriseController(session, panes.shelf, message, stage, self.grid)
        keys = DraftKeys(session, stage)
        self.appearance = Appearance(settings, stage, panes.lens, self.grid, self.cards, rebuild, self)
        self.arrangement = PaneController(self, session, panes, memory, self.staged, settings)
        search = SearchController(session, panes.search, stage)

        features = (
            *(
                self.creation,
                self.files,
                self.staged,
                self.program,
                self.cards,
                self.bridge,
                self.autograd,
                self.dtypes,
            ),
            *(self.viewpoint, self.draft, repairs, surprises, keys, self.appearance, self.arrangement, search),
        )
        own = chain.from_iterable(feature.actions() for feature in features)
        self.commands = Actions(self, (*self._actions(), *own))
        filled = {"axes": self.viewpoint.of_axes, "copy_to_device": self.bridge.copies}
        self.menus = Menus(self, self.commands, filled)
        found = (self.draft.finds, self.creation.finds, self.menus.finds, device.finds, self.dtypes.finds)
        search.search_in(found, self.draft.written)
        keys.bind(self.commands.table.values())
        session_signals = (session.changed, session.inspected, session.staged, session.drafted, session.busy_changed)
        offered = panes.message_bar.repairs.changed
        others = (session.history_changed, self.grid.opened, self.grid.closed, search.done, offered, drawer.turned)
        for signal in (*session_signals, *others):
            signal.connect(self.commands.refresh)
        self.draft.panels_wanted.connect(self.arrangement.leave_projector)
        self.grid.grid_made.connect(panes.order)
        panes.top.show_menus(self.menus)
        panes.top.show_history(self.commands["action_undo"], self.commands["action_redo"])
        panes.order()
        place(self, settings.geometry)
        panes.restore(settings.panes)
        panes.operations.show_used(settings.used)
        self.stage.take_keyboard()
        self._begin(left)

    def _begin(self, left: Moment | None) -> None:
        session = self.session
        if session.started:
            session.refresh()
            if left is not None and left.notice is not None:
                session.soon(partial(self.message_bar.show_notice, left.notice))
        elif session.trouble is not None:
            session.failed.emit(session.trouble)
        else:
            self.staged.show_start()

    def _actions(self) -> tuple[Action, ...]:
        """What is done with the window as a whole."""
        keys, leave = Phrase("&Keys", "按键(&K)"), Phrase("&Quit", "退出(&Q)")
        about = Phrase("&About Tensor Explorer", "关于 Tensor Explorer(&A)")
        return (
            *history_actions(self.session),
            Action("action_quit", leave, self.close, ("Ctrl+Q",), words=("exit", "关闭")),
            Action(
                "action_keys", keys, self._show_keys, ("F1",), "keyboard", SHOWN, {"stage": ("?",)}, words=SHORTCUTS
            ),
            Action("action_about", about, self._show_about, icon="info", words=("version", "版本")),
        )

    def _show_keys(self) -> None:
        keys_help.KeysHelp(self.commands.table.values(), self).open()

    def _show_about(self) -> None:
        box = QMessageBox(self)
        box.setObjectName("about")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(self.tr("About Tensor Explorer"))
        text = self.tr("Tensor Explorer {version}\nEvery number at rest on the stage came out of torch.")
        box.setText(text.format(version=__version__))
        box.open()

    # --- Qt --------------------------------------------------------------------------------------------------------

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrangement.fit()
        self.commands.refresh()

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.panes.projecting:
            self.arrangement.leave_projector()  # what has a use of its own for Escape has taken it before
        else:
            super().keyPressEvent(event)

    @guarded(None)
    def closeEvent(self, event: QCloseEvent) -> None:
        self.settings.geometry = self.saveGeometry()
        self.settings.panes, self.settings.used = self.panes.remembered(), self.panes.operations.used
        self.settings.speed = self.stage.player.speed
        self.settings.write()
        self.stage.player.pause()
        super().closeEvent(event)
