"""How the window looks and speaks, as the settings have it: language, theme, colours, motion."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from explorer.messages import Phrase
from explorer.widgets.actions import Action
from explorer.widgets.grid.grid_controller import GridController
from explorer.widgets.look import theme
from explorer.widgets.look.colormap import COLOUR_MAPS
from explorer.widgets.memory.storage_lens import StorageLens
from explorer.widgets.settings import Settings
from explorer.widgets.shelf.shelf_controller import ShelfController
from explorer.widgets.speech import language
from explorer.widgets.stage.stage_panel import StagePanel

AS_THE_SYSTEM = Phrase("As the system", "跟随系统")
LANGUAGES = {"system": AS_THE_SYSTEM, **{code: Phrase(name) for code, name in language.NAMES.items()}}
THEMES = {"system": AS_THE_SYSTEM, "light": Phrase("Light", "浅色"), "dark": Phrase("Dark", "深色")}
MOTION = Phrase("Reduce &motion", "减少动态效果(&M)")


class Appearance(QObject):
    """Wears what the settings say, and lets them say something else; `rebuild` builds the window anew."""

    def __init__(
        self,
        settings: Settings,
        stage: StagePanel,
        lens: StorageLens,
        grid: GridController,
        shelf: ShelfController,
        rebuild: Callable[[], None] | None,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._settings, self._stage, self._lens, self._grid, self._shelf = settings, stage, lens, grid, shelf
        self._rebuild = rebuild
        stage.player.reduce_motion = settings.reduce_motion
        stage.player.speed = settings.speed
        stage.view.colour_map_requested.connect(self.colour)
        self.colour(settings.colormap)

    def speak(self, choice: str) -> None:
        """Another language; the window is built anew."""
        self._settings.language = choice
        language.language().use(choice)
        if self._rebuild is not None:
            QTimer.singleShot(0, self, self._rebuild)  # if it is there then: one built meanwhile speaks it already

    def wear(self, mode: str) -> None:
        """Light, dark, or as the system."""
        self._settings.theme = mode
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, mode)

    def colour(self, key: str) -> None:
        """Another colour map, everywhere."""
        self._settings.colormap = key
        for panel in (self._stage, self._lens.strip):
            panel.set_colour_map(key)
        for controller in (self._grid, self._shelf):
            controller.set_colours(key)

    def reduce_motion(self, on: bool) -> None:
        """Play by jumps."""
        self._settings.reduce_motion = on
        self._stage.player.reduce_motion = on

    def actions(self) -> list[Action]:
        """A choice for each of them."""
        settings = self._settings

        def choices(
            group: str, titles: dict[str, Phrase], now: Callable[[], str], choose: Callable[[str], None]
        ) -> list[Action]:
            def choice(key: str, title: Phrase) -> Action:
                name, call = f"{group}_{key}", partial(choose, key)
                return Action(name, title, call, checked=lambda: now() == key, one_of=group, names=(key,))

            return [choice(key, title) for key, title in titles.items()]

        motion = Action("action_reduce_motion", MOTION, self.reduce_motion, checked=lambda: settings.reduce_motion)
        return [
            *choices("language", LANGUAGES, lambda: language.language().choice, self.speak),
            *choices("theme", THEMES, lambda: theme.switch().mode, self.wear),
            *choices("colours", COLOUR_MAPS, lambda: settings.colormap, self.colour),
            motion,
        ]
