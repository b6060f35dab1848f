"""The menu bar: every command of the window, with its keys, in one place."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from explorer.engine import devices
from explorer.session.lessons.surprises import SURPRISES
from explorer.widgets.bridge.bridge_card import KEYS, PLAIN
from explorer.widgets.look import icons, theme
from explorer.widgets.look.colormap import COLOUR_MAPS
from explorer.widgets.look.literal import literal
from explorer.widgets.speech import language
from explorer.widgets.speech.sentences import translate
from explorer.widgets.window.commands import Commands
from explorer.widgets.window.key_bindings import key

Keys = str | QKeySequence.StandardKey | None


class Menus(QMenuBar):
    """Built anew with its window, so that it speaks the window's language."""

    def __init__(self, window: Commands) -> None:
        super().__init__(window)
        self.setObjectName("menu_bar")
        self._window = window
        self._file(self.addMenu(self.tr("&File")))
        self._edit(self.addMenu(self.tr("&Edit")))
        self._tensor(self.addMenu(self.tr("&Tensor")))
        self._view(self.addMenu(self.tr("&View")))
        self._play(self.addMenu(self.tr("&Play")))
        self._surprises(self.addMenu(self.tr("&Surprises")))
        self._help(self.addMenu(self.tr("&Help")))

    def _add(
        self, menu: QMenu, name: str, text: str, call: Callable[[], object], keys: Keys = None, icon: str = ""
    ) -> QAction:
        action = self._add_passing(menu, name, text, call)
        self._window.addAction(action)  # its keys work where the menu bar is hidden, too: in the projector view
        if keys is not None:
            action.setShortcut(QKeySequence(keys))
        if icon:
            icons.dress(action, icon)
        return action

    def _add_passing(self, menu: QMenu, name: str, text: str, call: Callable[[], object]) -> QAction:
        """An action of the menu alone, which goes when the menu is cleared."""
        action = menu.addAction(text)
        action.setObjectName(name)
        action.triggered.connect(lambda _=False: call())
        return action

    def _toggle(
        self, menu: QMenu, name: str, text: str, call: Callable[[bool], object], keys: Keys = None, on: bool = False
    ) -> QAction:
        action = menu.addAction(text)
        action.setObjectName(name)
        self._window.addAction(action)
        action.setCheckable(True)
        action.setChecked(on)
        action.toggled.connect(call)
        if keys is not None:
            action.setShortcut(QKeySequence(keys))
        return action

    def _choices(
        self, menu: QMenu, choices: Sequence[tuple[str, str]], now: str, call: Callable[[str], object]
    ) -> None:
        group = QActionGroup(menu)
        for value, text in choices:
            action = menu.addAction(text)
            action.setObjectName(f"{menu.objectName()}_{value}")
            action.setCheckable(True)
            action.setChecked(value == now)
            action.triggered.connect(lambda _=False, value=value: call(value))
            group.addAction(action)

    def _file(self, menu: QMenu) -> None:
        window = self._window
        self._add(menu, "action_new", self.tr("&New tensor…"), window.new_tensor, QKeySequence.StandardKey.New, "plus")
        opening = self._add(menu, "action_open", self.tr("&Open…"), window.opening.ask)
        opening.setShortcuts(key("open").bound)
        menu.addSeparator()
        save = QKeySequence.StandardKey.Save
        self._add(menu, "action_save_tensor", self.tr("Save &tensor as…"), window.opening.ask_where, "Ctrl+Shift+S")
        self._add(menu, "action_save_picture", self.tr("&Save picture…"), window.save_picture, save, "camera")
        self._add(menu, "action_copy_picture", self.tr("Copy &picture"), window.stage.view.copy_picture)
        self._add(menu, "action_copy_code", self.tr("Copy &code"), window.exporting.copy_code, None, "copy")
        self._add(menu, "action_save_program", self.tr("Save p&rogram…"), window.exporting.save_program)
        menu.addSeparator()
        self._add(menu, "action_quit", self.tr("&Quit"), window.close, QKeySequence.StandardKey.Quit)

    def _edit(self, menu: QMenu) -> None:
        window = self._window
        self.undo = self._add(menu, "action_undo", self.tr("&Undo"), window.session.undo, "Ctrl+Z", "undo")
        self.redo = self._add(menu, "action_redo", self.tr("&Redo"), window.session.redo, "Ctrl+Shift+Z", "redo")
        window.session.history_changed.connect(self._show_history)
        self._show_history()
        menu.addSeparator()
        self._add(menu, "action_cancel", self.tr("&Cancel what runs"), window.session.cancel)

    def _tensor(self, menu: QMenu) -> None:
        """What can be done with the tensor or array that is inspected."""
        window, ask = self._window, self._window.bridging.card.ask
        menu.setObjectName("tensor_menu")
        menu.aboutToShow.connect(self._show_code_lines)
        self._add(menu, "action_inspector", self.tr("&All about it"), window.inspector.pop_up)
        menu.addSeparator()
        self._add(menu, "action_edit_tensor", self.tr("&Edit in the grid"), window.edit_current, "Ctrl+E")
        self._add(menu, "action_nonfinite", self.tr("To the next &NaN or inf"), window.show_nonfinite, "F4")
        self._add(menu, "action_duplicate", self.tr("&Duplicate"), window.shelving.duplicate_current, "Ctrl+D", "new")
        self._add(menu, "action_rename", self.tr("&Rename"), window.shelf.list.rename)
        self._add(menu, "action_delete", self.tr("De&lete"), window.shelving.delete_current, None, "delete")
        menu.addSeparator()
        self._code_lines = {key: self._add(menu, f"action_{key}", key, partial(ask, key)) for key in (*KEYS, *PLAIN)}
        menu.addSeparator()
        grads = window.differentiation
        self._add(menu, "action_requires_grad", self.tr("Require &gradients, or no longer"), grads.require)
        self._add(menu, "action_backward", self.tr("&Backward from it"), grads.backward_from_current)
        menu.addSeparator()
        self._copies = menu.addMenu(self.tr("&Copy to device"))
        self._copies.setObjectName("copy_to_device")

    def _show_code_lines(self) -> None:
        """The lines of code that the card of the inspected item has, and the devices that it may be copied to."""
        window = self._window
        found = {line.key: line.code for line in window.bridging.card.code_lines}
        for line, action in self._code_lines.items():
            action.setVisible(line in found)
            action.setText(literal(found.get(line, line)))
        self._copies.clear()
        name = window.session.state.inspected if window.session.started else None
        self._copies.setEnabled(name is not None)
        if name is not None:
            for device in devices():
                call = partial(window.bridging.copy_to, name, device.name)
                self._add_passing(self._copies, f"copy_to_{device.name}", literal(device.name), call)

    def _show_history(self) -> None:
        """Undo and redo say what they would undo and redo."""
        undone, redone = self._window.session.history.undo_text, self._window.session.history.redo_text
        self.undo.setEnabled(undone is not None)
        self.redo.setEnabled(redone is not None)
        self.undo.setText(self.tr("&Undo {what}").format(what=literal(undone)) if undone else self.tr("&Undo"))
        self.redo.setText(self.tr("&Redo {what}").format(what=literal(redone)) if redone else self.tr("&Redo"))

    def _view(self, menu: QMenu) -> None:
        window = self._window
        words = menu.addMenu(self.tr("&Language"))
        words.setObjectName("language")
        names = [("system", self.tr("As the system")), *language.NAMES.items()]
        self._choices(words, names, language.language().choice, window.speak)
        looks = menu.addMenu(self.tr("&Theme"))
        looks.setObjectName("theme")
        themes = [("system", self.tr("As the system")), ("light", self.tr("Light")), ("dark", self.tr("Dark"))]
        self._choices(looks, themes, theme.switch().mode, window.wear)
        colours = menu.addMenu(self.tr("&Colours"))
        colours.setObjectName("colours")
        self._choices(colours, [(k, k) for k in COLOUR_MAPS], window.settings.colormap, window.colour)
        self._seen = menu.addMenu(self.tr("&Axes on the stage"))
        self._seen.setObjectName("axes")
        self._seen.aboutToShow.connect(self._show_axes)
        product = menu.addMenu(self.tr("&Matrix product"))
        product.setObjectName("product")
        readings = [
            ("block", self.tr("All products, then their sum")),
            ("rows", self.tr("Row by column, cell by cell")),
        ]
        self._choices(product, readings, window.session.view.reading or "block", window.viewing.read_product)
        menu.addSeparator()
        self.hues = self._toggle(
            menu, "action_hues", self.tr("Colour by &destination"), window.stage.set_hues, "Ctrl+B"
        )
        self._toggle(menu, "action_table", self.tr("Stage as &table"), window.show_table, "F2")
        self.memory = self._toggle(menu, "action_memory", self.tr("&Memory"), window.show_memory, "F3")
        window.memory_shown.connect(self._show_memory)
        dtypes = self._add(menu, "action_dtypes", self.tr("&Data types…"), window.typing_guide.show_dtypes)
        dtypes.setShortcuts(key("dtypes").bound)
        self._toggle(menu, "action_transcript", self.tr("T&ranscript"), window.show_transcript)
        self.projector = self._toggle(menu, "action_projector", self.tr("&Projector view"), window.project, "F11")
        window.projector_left.connect(lambda: self.projector.setChecked(False))
        self._add(menu, "action_next_pane", self.tr("Next pane"), window.next_pane, "F6")

    def _show_memory(self, shown: bool) -> None:
        """The lens has come or gone, maybe for want of room."""
        self.memory.blockSignals(True)
        self.memory.setChecked(shown)
        self.memory.blockSignals(False)

    def _show_axes(self) -> None:
        """Each axis of the draft's tensors may go on rows or on columns, and may be given a name."""
        self._seen.clear()
        window = self._window
        for name, axes in window.viewing.axes():
            for axis, (size, identity) in enumerate(axes):
                values = {"name": name, "axis": axis, "letter": literal(identity.letter), "size": size}
                lay = partial(window.viewing.lay_axis, name, axis)
                if len(axes) > 1:
                    text = self.tr("{name}, axis {axis} ({letter}, {size}) on rows").format(**values)
                    self._add_passing(self._seen, f"rows_{name}_{axis}", text, partial(lay, True))
                    text = self.tr("{name}, axis {axis} ({letter}, {size}) on columns").format(**values)
                    self._add_passing(self._seen, f"columns_{name}_{axis}", text, partial(lay, False))
                text = self.tr("Name axis {axis} of {name} …").format(**values)
                self._add_passing(self._seen, f"name_{name}_{axis}", text, partial(window.viewing.ask_name, name, axis))
            self._seen.addSeparator()
        if self._seen.isEmpty():
            self._seen.addAction(self.tr("There are no axes on the stage")).setEnabled(False)

    def _play(self, menu: QMenu) -> None:
        window, player = self._window, self._window.stage.player
        run = self._add(menu, "action_run", self.tr("&Run or play"), window.run_or_play, "Ctrl+Return", "play")
        window.editing.opened.connect(lambda: run.setEnabled(False))  # the grid has a use of its own for the key
        window.editing.closed.connect(lambda: run.setEnabled(True))
        self._add(menu, "action_keep", self.tr("&Keep the result"), window.session.keep, "Ctrl+Shift+K")
        menu.addSeparator()
        self._add(menu, "action_next", self.tr("&Next step"), lambda: player.step(1), None, "forward")
        self._add(menu, "action_previous", self.tr("&Previous step"), lambda: player.step(-1), None, "back")
        self._add(menu, "action_start", self.tr("To the &start"), player.to_start, None, "start")
        self._add(menu, "action_end", self.tr("To the &end"), player.to_end, None, "end")
        menu.addSeparator()
        reduced = window.settings.reduce_motion
        self._toggle(menu, "action_reduce_motion", self.tr("Reduce &motion"), window.reduce_motion, None, reduced)

    def _surprises(self, menu: QMenu) -> None:
        menu.setObjectName("surprises")
        for surprise in SURPRISES:
            title = literal(translate("surprises", surprise.title))
            self._add(menu, f"surprise_{surprise.key}", title, partial(self._window.surprise, surprise))

    def _help(self, menu: QMenu) -> None:
        window = self._window
        search = self._add(menu, "action_search", self.tr("&Search operations"), window.search.focus)
        search.setShortcuts(key("search").bound)
        self._add(menu, "action_keys", self.tr("&Keys"), window.show_keys, "F1", "keyboard")
        self._add(menu, "action_about", self.tr("&About Tensor Explorer"), window.show_about, None, "info")
