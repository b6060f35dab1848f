"""How the window looks: size, theme, language, views, and what is remembered."""

import gc

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtTest import QTest

from explorer.widgets.look.colormap import COLOUR_MAPS
from tests.window.random_user.hands import Hands, often
from tests.window.random_user.texts import table

SIZES = ((1280, 800), (1093, 614), (1093, 545), (640, 480), (1920, 1080), (1, 1))


class Looks(Hands):
    @often(3)
    def do_resize(self) -> None:
        self.window.resize(*self.dice.choice(SIZES))

    def do_speak(self) -> None:
        if self.dice.random() < 0.3:  # the window is built anew
            self.window.appearance.speak(self.dice.choice(("en", "zh_CN")))

    def do_wear(self) -> None:
        if self.dice.random() < 0.3:  # every widget is dressed anew
            self.window.appearance.wear(self.dice.choice(("light", "dark")))

    @often(2)
    def do_switch(self) -> None:
        on, window = self.dice.random() < 0.5, self.window
        self.dice.choice(
            (
                lambda: window.arrangement.show_page("memory", on),
                lambda: window.arrangement.show_page("table", on),
                lambda: window.panes.drawer.open("statistics"),
                lambda: window.arrangement.project(on),
                lambda: window.stage.set_hues(on),
                lambda: window.appearance.reduce_motion(on),
                lambda: window.appearance.colour(self.dice.choice(tuple(COLOUR_MAPS))),
                lambda: window.viewpoint.read_product(self.dice.choice(("block", "rows"))),
            )
        )()

    def do_remember_nonsense(self) -> None:
        """What another version, or a hand, left in the settings; the next window reads it."""
        key = self.dice.choice(("colormap", "theme", "language", "device", "speed", "memory", "geometry", "panes"))
        value = self.dice.choice(("x", "", "nan", "-1", QByteArray(b"noise"), 7, ["a"]))
        QSettings("tensor-explorer", "tensor-explorer").setValue(key, value)

    @often(2)
    def do_copy_elsewhere(self) -> None:
        """Something comes on the clipboard from another program."""
        self.put(table(self.dice))

    def do_collect_garbage(self) -> None:
        gc.collect(self.dice.randrange(2))

    @often(3)
    def do_look(self) -> None:
        """A moment in which what plays goes on."""
        QTest.qWait(self.dice.randrange(8))
