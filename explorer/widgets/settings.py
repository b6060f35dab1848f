"""What is remembered from one run to the next."""

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QSettings

from explorer.widgets.look.colormap import COLOUR_MAPS

LANGUAGES = ("system", "en", "zh_CN")
THEMES = ("system", "light", "dark")


class Settings:
    """Typed properties over QSettings. What was stored badly, by hand or by another version, reads as the default."""

    def __init__(self, store: QSettings | None = None) -> None:
        self._store = store if store is not None else QSettings("tensor-explorer", "tensor-explorer")

    @property
    def language(self) -> str:
        """ "system", "en" or "zh_CN"."""
        return self._choice("language", LANGUAGES)

    @language.setter
    def language(self, value: str) -> None:
        self._keep("language", value, LANGUAGES)

    @property
    def theme(self) -> str:
        """ "system", "light" or "dark"."""
        return self._choice("theme", THEMES)

    @theme.setter
    def theme(self, value: str) -> None:
        self._keep("theme", value, THEMES)

    @property
    def device(self) -> str:
        """Where new tensors are made, as torch names it; it may be gone in this run. Never meta: that has no values."""
        found = self._text("device", "cpu")
        return found if found != "meta" else "cpu"

    @device.setter
    def device(self, value: str) -> None:
        if value != "meta":
            self._store.setValue("device", value)

    @property
    def colormap(self) -> str:
        """The name of the colour map of heat maps, a key of COLOUR_MAPS."""
        return self._choice("colormap", tuple(COLOUR_MAPS))

    @colormap.setter
    def colormap(self, value: str) -> None:
        self._keep("colormap", value, tuple(COLOUR_MAPS))

    @property
    def speed(self) -> float:
        """How many times faster than told animations play, 0.25 to 4."""
        try:
            value = float(self._text("speed", "1"))
        except ValueError:
            return 1.0
        return value if 0.25 <= value <= 4.0 else 1.0

    @speed.setter
    def speed(self, value: float) -> None:
        self._store.setValue("speed", repr(float(value)))

    @property
    def reduce_motion(self) -> bool:
        """Whether animations play by jumps from step to step."""
        return self._text("reduce_motion", "false") == "true"

    @reduce_motion.setter
    def reduce_motion(self, value: bool) -> None:
        self._store.setValue("reduce_motion", "true" if value else "false")

    @property
    def at_once(self) -> bool:
        """Whether runs are at their ends at once, and play only when asked to."""
        return self._text("at_once", "false") == "true"

    @at_once.setter
    def at_once(self, value: bool) -> None:
        self._store.setValue("at_once", "true" if value else "false")

    @property
    def drawer(self) -> str:
        """The name of the page of the drawer that was open last; "" where it was shut."""
        return self._text("drawer", "")

    @drawer.setter
    def drawer(self, value: str) -> None:
        self._store.setValue("drawer", value)

    @property
    def used(self) -> tuple[str, ...]:
        """The operations that were used last, last first."""
        return tuple(self._text("used", "").split())

    @used.setter
    def used(self, value: Sequence[str]) -> None:
        self._store.setValue("used", " ".join(value))

    @property
    def geometry(self) -> QByteArray:
        """For QWidget.restoreGeometry; empty at the first start."""
        return self._bytes("geometry")

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._store.setValue("geometry", value)

    @property
    def panes(self) -> QByteArray:
        """For Panes.restore; empty at the first start."""
        return self._bytes("panes")

    @panes.setter
    def panes(self, value: QByteArray) -> None:
        self._store.setValue("panes", value)

    def write(self) -> None:
        """Bring everything to the disk now."""
        self._store.sync()

    def _text(self, name: str, default: str) -> str:
        value = self._store.value(name, default)
        return value if isinstance(value, str) and value else default

    def _bytes(self, name: str) -> QByteArray:
        value = self._store.value(name)
        return value if isinstance(value, QByteArray) else QByteArray()

    def _choice(self, name: str, among: Sequence[str]) -> str:
        value = self._text(name, among[0])
        return value if value in among else among[0]

    def _keep(self, name: str, value: str, among: Sequence[str]) -> None:
        if value not in among:
            raise ValueError(value)
        self._store.setValue(name, value)
