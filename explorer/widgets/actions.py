"""What can be done in the window: each thing once, from which menus, keys, help, search and tests are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from explorer.messages import Phrase
from explorer.widgets.look import icons
from explorer.widgets.speech.sentences import translate

UNSAID = Phrase()


@dataclass(frozen=True, eq=False)
class Action:
    """One thing that can be done, in both languages, so that the search finds it in either.

    `keys` act anywhere in the window, `local` ones in one part of it, all as Qt's portable texts ("Ctrl+K"). What means
    something only as a key is `by_key`: its `call` is given the number of the key, and where it is None, whoever has
    the keyboard takes the key itself. `checked` makes a switch, whose `call` is given whether it shall be on, or with
    `one_of` (the name of all of them) a choice. `refusal` is why it cannot be done now, `now` its title of now.
    """

    name: str
    title: Phrase
    call: Callable[..., object] | None = None
    keys: tuple[str, ...] = ()
    icon: str = ""
    says: Phrase = UNSAID  # more of it than the title, for the list of keys and the search
    local: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    also: str = ""  # how the list of keys writes them
    by_key: bool = False
    checked: Callable[[], bool] | None = None
    one_of: str = ""
    refusal: Callable[[], Phrase] | None = None
    now: Callable[[], Phrase] | None = None
    code: str = ""  # how Python writes it
    names: tuple[str, ...] = ()  # what torch and Python call it
    words: tuple[str, ...] = ()  # what people type for it, in both languages
    family: Phrase = UNSAID  # what it belongs to, for the search

    @property
    def text(self) -> str:
        """The title in the language of the window, its "&" before the letter that is underlined."""
        return translate("", self.now() if self.now is not None else self.title)

    @property
    def told(self) -> str:
        """What it does, in the language of the window."""
        return translate("", self.says) if self.says else plain(self.text)

    @property
    def reason(self) -> str:
        """Why it cannot be done now; "" where it can."""
        return translate("", self.refusal()) if self.refusal is not None else ""

    def do(self) -> None:
        """Do it, where it can be done now: a switch the other way than it is."""
        if self.call is None or self.reason:
            return
        if self.checked is not None and not self.one_of:
            self.call(not self.checked())
        else:
            self.call()


def plain(text: str) -> str:
    """A title without the letter that is underlined, which Chinese has behind it in brackets."""
    before, mark, after = text.partition("(&")
    text = before + after[2:] if mark else text
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def bound(keys: Iterable[str]) -> list[QKeySequence]:
    """For QAction.setShortcuts or QShortcut.setKeys."""
    return [QKeySequence.fromString(text, QKeySequence.SequenceFormat.PortableText) for text in keys]


def key_text(keys: Iterable[str]) -> str:
    """Keys as this system writes them: "Right, PgDown"."""
    return ", ".join(keys.toString(QKeySequence.SequenceFormat.NativeText) for keys in bound(keys))


def add_to(menu: QMenu, action: Action, place: str = "", name: str = "") -> QAction:
    """A line of a menu that is made for once, for an action as it is now; `place` is whose local keys it shows, `name`
    another object name."""
    keys = key_text(action.local.get(place, action.keys)[:1])
    made = menu.addAction(f"{action.text}\t{keys}" if keys else action.text)
    made.setObjectName(name or action.name)
    made.triggered.connect(lambda _=False: action.do())
    show(made, action)
    if action.icon:
        icons.dress(made, action.icon)
    return made


def show(made: QAction, action: Action) -> None:
    """Whether it can be done, and how it stands."""
    reason = action.reason
    made.setEnabled(not reason)
    made.setToolTip(reason or translate("", action.says))
    if action.checked is not None:
        made.setCheckable(True)
        made.setChecked(action.checked())


class Actions(QObject):
    """The table of one window: `table` by name, and for each a QAction with its keys, kept as things are."""

    def __init__(self, window: QWidget, actions: Iterable[Action]) -> None:
        super().__init__(window)
        self.table: dict[str, Action] = {}
        self._made: dict[str, QAction] = {}
        for action in actions:
            assert action.name not in self.table, f"{action.name} is there twice"
            self.table[action.name] = action
            if not action.by_key:
                self._made[action.name] = self._make(window, action)
        self._moving = [a for a in self.table.values() if a.checked or a.refusal or a.now]
        self.refresh()

    def __getitem__(self, name: str) -> QAction:
        return self._made[name]

    def _make(self, window: QWidget, action: Action) -> QAction:
        made = QAction(action.text, window)
        made.setObjectName(action.name)
        made.setShortcuts(bound(action.keys))
        made.triggered.connect(lambda _=False: self._do(action))
        window.addAction(made)  # its keys work where the menu bar is hidden, too: in the projector view
        if action.icon:
            icons.dress(made, action.icon)
        return made

    def _do(self, action: Action) -> None:
        action.do()
        self.refresh()

    def refresh(self, *_: object) -> None:
        """Things have changed: what can be done now, what is switched on, what it is called."""
        for action in self._moving:
            if not action.by_key:
                made = self._made[action.name]
                show(made, action)
                if action.now is not None and made.text() != action.text:
                    made.setText(action.text)
