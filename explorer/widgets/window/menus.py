"""The menu bar: which actions stand in which menu, in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from explorer.messages import Phrase
from explorer.widgets.actions import Action, Actions, add_to, plain
from explorer.widgets.speech.sentences import translate
from explorer.widgets.window.panes import drawer

Filled = Mapping[str, Callable[[], Iterable[Action]]]


@dataclass(frozen=True)
class Menu:
    """A menu: names of actions, "" for a line between them, and menus in it. One without any holds the choices that are
    `one_of` its name, or is filled anew each time that it opens."""

    name: str
    title: Phrase
    entries: tuple[str | Menu, ...] = ()


LANGUAGE = Menu("language", Phrase("&Language", "语言(&L)"))
THEME = Menu("theme", Phrase("&Theme", "主题(&T)"))
COLOURS = Menu("colours", Phrase("&Colours", "配色(&C)"))
AXES = Menu("axes", Phrase("&Axes on the stage", "展示区中的轴(&A)"))
PRODUCT = Menu("product", Phrase("&Matrix product", "矩阵乘法(&M)"))
PAGES = Menu("drawer_menu", Phrase("&Drawer", "抽屉(&D)"), tuple(f"action_page_{name}" for name in drawer.PAGES))
COPIES = Menu("copy_to_device", Phrase("&Copy to device", "复制到设备(&C)"))

BAR = (
    Menu(
        "file_menu",
        Phrase("&File", "文件(&F)"),
        (
            *("action_new", "action_open", ""),
            *("action_save_tensor", "action_save_picture", "action_copy_picture", "action_copy_code"),
            *("action_save_program", "", "action_quit"),
        ),
    ),
    Menu("edit_menu", Phrase("&Edit", "编辑(&E)"), ("action_undo", "action_redo", "", "action_cancel")),
    Menu(
        "tensor_menu",
        Phrase("&Tensor", "张量(&T)"),
        (
            *("action_inspector", "", "action_edit_tensor", "action_nonfinite", "action_duplicate", "action_rename"),
            *("action_move_up", "action_move_down", "action_delete", ""),
            *("action_numpy", "action_from_numpy", "action_tensor", "action_augment", "action_operate"),
            *("action_index", "action_write", "action_item", "action_tolist", ""),
            *("action_requires_grad", "action_backward", "action_clear_grad", "", COPIES),
        ),
    ),
    Menu(
        "view_menu",
        Phrase("&View", "视图(&V)"),
        (
            *(LANGUAGE, THEME, COLOURS, AXES, PRODUCT, ""),
            *(PAGES, "action_hues", "action_table", "action_memory", "action_dtypes", "action_transcript"),
            *("action_show_all", "action_projector", "action_next_pane"),
        ),
    ),
    Menu(
        "play_menu",
        Phrase("&Play", "播放(&P)"),
        (
            *("action_run", "action_run_to_end", "action_keep", ""),
            *("action_repair_1", "action_repair_2", "action_repair_3", ""),
            *("action_next", "action_previous", "action_start", "action_end", ""),
            *("action_keepdim", "action_at_once", "action_reduce_motion"),
        ),
    ),
    Menu("surprises", Phrase("&Surprises", "出人意料(&S)"), ("", "action_leave_scratch", "action_keep_scratch")),
    Menu("help_menu", Phrase("&Help", "帮助(&H)"), ("action_search", "action_keys", "action_about")),
)


class Menus(QMenuBar):
    """Built anew with its window, so that it speaks the window's language. `filled` fills menus when they open."""

    def __init__(self, window: QWidget, actions: Actions, filled: Filled) -> None:
        super().__init__(window)
        self.setObjectName("menu_bar")
        self._actions, self._filled = actions, filled
        for menu in BAR:
            self._fill(self.addMenu(translate("", menu.title)), menu)

    def _fill(self, made: QMenu, menu: Menu, above: QMenu | None = None) -> None:
        made.setObjectName(menu.name)
        made.setToolTipsVisible(True)
        made.aboutToShow.connect(self._actions.refresh)
        if menu.name in self._filled:
            for opening in (made, above or made):  # one that is empty until then might not be opened at all
                opening.aboutToShow.connect(partial(self._refill, made, menu.name))
        group = QActionGroup(made)
        for action in self._choices(menu):
            made.addAction(self._actions[action.name])
            if action.checked is not None:
                group.addAction(self._actions[action.name])
        for entry in menu.entries:
            if isinstance(entry, Menu):
                self._fill(made.addMenu(translate("", entry.title)), entry, made)
            elif entry:
                made.addAction(self._actions[entry])
            else:
                made.addSeparator()

    def _choices(self, menu: Menu) -> list[Action]:
        return [action for action in self._actions.table.values() if action.one_of == menu.name]

    def _refill(self, made: QMenu, name: str) -> None:
        made.clear()
        for action in self._filled[name]():
            add_to(made, action)

    def finds(self) -> Iterator[Action]:
        """All that stands in the menus, with the name of its menu, for the search."""
        for menu in BAR:
            yield from self._found(menu, Phrase(plain(menu.title), plain(menu.title.chinese)))

    def _found(self, menu: Menu, family: Phrase, above: str = "") -> Iterator[Action]:
        for action in self._choices(menu):
            yield replace(action, family=action.family or family, words=(*action.words, menu.name, *_both(menu.title)))
        for action in self._filled.get(menu.name, tuple)():
            yield replace(action, family=action.family or family)
        for entry in menu.entries:
            if isinstance(entry, Menu):
                yield from self._found(entry, Phrase(*_both(entry.title)))
            elif entry:
                action = self._actions.table[entry]
                yield replace(action, family=action.family or family)


def _both(title: Phrase) -> tuple[str, str]:
    return plain(title), plain(title.chinese)
