"""What menus and keys ask the window for: the panes, the concerns of the window, and a method for each command."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMainWindow, QMessageBox

from explorer import __version__
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.session.lessons.surprises import Surprise
from explorer.session.staged import Staged
from explorer.widgets.look import theme
from explorer.widgets.session import Session
from explorer.widgets.settings import Settings
from explorer.widgets.speech import language
from explorer.widgets.window.autograd_controller import AutogradController
from explorer.widgets.window.bridge_controller import BridgeController
from explorer.widgets.window.dtype_controller import DTypeController
from explorer.widgets.window.export_controller import ExportController
from explorer.widgets.window.file_controller import FileController
from explorer.widgets.window.grid_controller import GridController
from explorer.widgets.window.inspector_controller import InspectorController
from explorer.widgets.window.memory_controller import MemoryController
from explorer.widgets.window.message_controller import MessageController
from explorer.widgets.window.panes import Panes
from explorer.widgets.window.shelf_controller import ShelfController
from explorer.widgets.window.shortcuts import KeysHelp
from explorer.widgets.window.surprise_controller import SurpriseController
from explorer.widgets.window.tag_controller import TagController
from explorer.widgets.window.viewpoint_controller import ViewpointController


class Commands(QMainWindow):
    """A window without its menus, which need the commands that are here."""

    memory_shown = Signal(bool)
    projector_left = Signal()

    def __init__(self, session: Session, settings: Settings, rebuild: Callable[[], None] | None) -> None:
        super().__init__()
        self.session, self.settings, self._rebuild = session, settings, rebuild
        self.editing = GridController(session, self)
        self.opening = FileController(session, self)
        self.bridging = BridgeController(session, self)
        self.viewing = ViewpointController(session, self)
        self.exporting = ExportController(session, self)
        self.surprising = SurpriseController(session, self)
        self.differentiation = AutogradController(session, self)
        self.panes = panes = Panes()
        self.search, self.device, self.shelf, self.operations = (
            panes.search,
            panes.device,
            panes.shelf,
            panes.operations,
        )
        self.draft_bar, self.stage, self.inspector, self.code = (
            panes.draft_bar,
            panes.stage,
            panes.inspector,
            panes.code,
        )
        self.message_bar, self.transcript, self.table = panes.message_bar, panes.transcript, panes.table
        self.inspector.add_card(self.differentiation.card)
        self.inspector.add_card(self.bridging.card)
        self.setCentralWidget(panes)
        self.typing_guide = DTypeController(session, panes.stage, panes.draft_notes, self)
        self.inspector.add_card(self.typing_guide.card)
        self.sharing = TagController(session, self)
        self.lensing = MemoryController(session, panes.stage, panes.lens, self.sharing, self)
        panes.show_memory(settings.memory)
        self.shelving = ShelfController(session, panes.shelf, self.editing, self.sharing, self)
        self.inspecting = InspectorController(session, panes.inspector, self.sharing, self)
        self.telling = MessageController(session, panes, self.editing, self)

    def run_or_play(self) -> None:
        """Space: run a draft that has not been run, else play or pause; what was typed wrong is to be mended first."""
        waits = not self.session.started or self.session.busy or self.stage.rehearsing or self.stage.staged is None
        if self.draft_bar.problem and self.panes.projecting and not self.stage.player.playing:
            self.telling.problem()
        elif waits or (self.draft_bar.problem and not self.stage.player.playing):
            self.draft_bar.run()
        else:
            self.stage.player.toggle()

    def new_tensor(self) -> None:
        """Ask for a new tensor; the keyboard comes back to the stage."""
        self.stage.picture.setFocus()
        self.session.soon(lambda: self.editing.new_tensor(self))

    def edit_current(self) -> None:
        """Edit the current tensor in the grid."""
        if self.shelving.current is not None:
            self.edit(self.shelving.current)

    def show_nonfinite(self) -> None:
        """Go to the next NaN or infinity of the current tensor, in the grid."""
        if self.shelving.current is not None:
            self.editing.open_nonfinite(self.shelving.current)

    def edit(self, name: str, flat: int | None = None) -> None:
        """Edit `name` in the grid, at a cell."""
        self.editing.open(name, flat)

    def save_picture(self) -> None:
        """The stage as PNG or SVG."""
        self.stage.view.save_picture()

    def show_table(self, shown: bool) -> None:
        """The stage as a table beside it."""
        self.table.setVisible(shown)
        if shown and self.stage.staged is not None:
            self._show_table(self.stage.staged)
            self.table.setFocus()

    def _show_table(self, staged: Staged) -> None:
        focus = self.stage.frame()
        self.table.show_frame(staged.animation.frame(1.0 if staged.ran else 0.0))
        if focus is not None and focus.focus:
            self.table.show_focus(*focus.focus[0])

    def show_memory(self, shown: bool) -> None:
        """The storage of the inspected tensor below the stage."""
        self.settings.memory = shown
        self.panes.show_memory(shown)
        if shown and not self.panes.lens.isVisibleTo(self):
            template = QT_TRANSLATE_NOOP("notes", "The memory is shown as soon as the window is high enough for it.")
            self.message_bar.show_note(Message("notes", template))
        self._show_memory()

    def _show_memory(self) -> None:
        """The lens may have come or gone: the menu says so, and what it has not seen is read."""
        self.memory_shown.emit(self.panes.lens.isVisibleTo(self))
        self.lensing.look_again()

    def show_transcript(self, shown: bool) -> None:
        """All captions as a list beside the stage."""
        self.transcript.setVisible(shown)

    def project(self, on: bool) -> None:
        """The stage alone, large."""
        self.panes.project(on)
        full = Qt.WindowState.WindowFullScreen
        self.setWindowState(self.windowState() | full if on else self.windowState() & ~full)
        self.stage.picture.setFocus()
        self.panes.fit(self.width(), self.height())

    def leave_projector(self) -> None:
        """All panels again."""
        self.projector_left.emit()

    def next_pane(self) -> None:
        """Move the focus from pane to pane."""
        self.panes.next_pane(self.focusWidget()).setFocus(Qt.FocusReason.TabFocusReason)

    def speak(self, choice: str) -> None:
        """Another language; the window is built anew."""
        self.settings.language = choice
        language.language().use(choice)
        if self._rebuild is not None:
            QTimer.singleShot(0, self, self._rebuild)  # if it is there then: one built meanwhile speaks it already

    def wear(self, mode: str) -> None:
        """Light, dark, or as the system."""
        self.settings.theme = mode
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, mode)

    def colour(self, key: str) -> None:
        """Another colour map, everywhere."""
        self.settings.colormap = key
        self.stage.set_colour_map(key)
        self.panes.lens.strip.set_colour_map(key)
        self.editing.set_colours(key)
        self.shelving.show()

    def reduce_motion(self, on: bool) -> None:
        """Play by jumps."""
        self.settings.reduce_motion = on
        self.stage.player.reduce_motion = on

    def surprise(self, surprise: Surprise) -> None:
        """Set the stage for one of the things that surprise people."""
        self.editing.close()
        self.surprising.begin(surprise)

    def _face_stage(self) -> None:
        self.stage.picture.setFocus()

    def show_keys(self) -> None:
        """The list of keys."""
        keys = KeysHelp(self)
        keys.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        keys.open()

    def show_about(self) -> None:
        """Versions."""
        box = QMessageBox(self)
        box.setObjectName("about")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(self.tr("About Tensor Explorer"))
        text = self.tr("Tensor Explorer {version}\nEvery number at rest on the stage came out of torch.")
        box.setText(text.format(version=__version__))
        box.open()
