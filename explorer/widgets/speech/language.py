"""The language of the window: as the system has it, or chosen; switched while the program runs."""

from functools import cache

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator, Signal

from explorer.widgets.look.assets import root

# How each language calls itself: never translated.
NAMES = {"en": "English", "zh_CN": "中文"}
CHOICES = ("system", *NAMES)


def system_language() -> str:
    """The first language of the system that the window speaks; "en" where it speaks none of them."""
    for tag in QLocale.system().uiLanguages():
        language = tag.replace("_", "-").split("-")[0].lower()
        if language == "zh":
            return "zh_CN"
        if language == "en":
            return "en"
    return "en"


class Language(QObject):
    """Installs translations: Qt's own words and ours. `changed` carries the code, after the new words are there.

    Texts are made with `tr` as widgets are built, so a window is built anew on `changed`.
    """

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._translators: list[QTranslator] = []
        self.choice = "en"
        self.code = "en"

    def use(self, choice: str) -> str:
        """Speak "system", "en" or "zh_CN" from now on; gives the code. ValueError for others."""
        if choice not in CHOICES:
            raise ValueError(choice)
        code = system_language() if choice == "system" else choice
        self.choice = choice
        if code == self.code:
            return code
        app = QCoreApplication.instance()
        if app is None:
            raise RuntimeError("the application object comes first")
        for old in self._translators:
            app.removeTranslator(old)
        self._translators = [t for t in _translators(code) if app.installTranslator(t)]
        self.code = code
        self.changed.emit(code)
        return code


def _translators(code: str) -> list[QTranslator]:
    if code == "en":
        return []
    qt, ours = QTranslator(), QTranslator()
    qt.load(f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    ours.load(code, str(root() / "translations"))
    return [qt, ours]


@cache
def language() -> Language:
    """The one language of the application."""
    return Language()
