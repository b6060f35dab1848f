"""The keys of the window: one table, from which the window binds them and the help lists them."""

from dataclasses import dataclass

from PySide6.QtGui import QKeySequence

from explorer.messages import QT_TRANSLATE_NOOP


@dataclass(frozen=True)
class KeyBinding:
    """What one or several keys do. `where` is "anywhere" or "stage": single keys act on the stage alone.

    `sequences` are Qt's portable texts ("Ctrl+K"); `also` says more for the help ("0 to 9").
    """

    name: str
    sequences: tuple[str, ...]
    where: str
    words: str
    also: str = ""

    @property
    def bound(self) -> list[QKeySequence]:
        """For QAction.setShortcuts or QShortcut.setKeys."""
        return [QKeySequence.fromString(s, QKeySequence.SequenceFormat.PortableText) for s in self.sequences]


KEYS: tuple[KeyBinding, ...] = (
    KeyBinding("run", ("Space",), "stage", QT_TRANSLATE_NOOP("keys", "Run the draft, then play or pause")),
    KeyBinding("next", ("Right", "PgDown"), "stage", QT_TRANSLATE_NOOP("keys", "Next step")),
    KeyBinding("previous", ("Left", "PgUp"), "stage", QT_TRANSLATE_NOOP("keys", "Previous step")),
    KeyBinding("start", ("Home",), "stage", QT_TRANSLATE_NOOP("keys", "To the start of the animation")),
    KeyBinding("end", ("End",), "stage", QT_TRANSLATE_NOOP("keys", "To the end of the animation")),
    KeyBinding(
        "focus",
        ("Alt+Left", "Alt+Right", "Alt+Up", "Alt+Down"),
        "stage",
        QT_TRANSLATE_NOOP("keys", "Move the focused cell"),
    ),
    KeyBinding(
        "select",
        ("Shift+Alt+Left", "Shift+Alt+Right", "Shift+Alt+Up", "Shift+Alt+Down"),
        "stage",
        QT_TRANSLATE_NOOP("keys", "Select a block of cells, to be read or written to"),
    ),
    KeyBinding("edit", ("Return",), "stage", QT_TRANSLATE_NOOP("keys", "Edit the focused cell")),
    KeyBinding("axis", tuple("0123456789"), "stage", QT_TRANSLATE_NOOP("keys", "Choose the axis"), "0 – 9"),
    KeyBinding(
        "negative_axis", ("-",), "stage", QT_TRANSLATE_NOOP("keys", "Count the axis from the end: - then 1 is the last")
    ),
    KeyBinding("keepdim", ("K",), "stage", QT_TRANSLATE_NOOP("keys", "Keep the axis with size 1 (keepdim)")),
    KeyBinding(
        "copy", ("Ctrl+C",), "stage", QT_TRANSLATE_NOOP("keys", "Copy the text that is selected with the mouse")
    ),
    KeyBinding("search", ("Ctrl+K",), "anywhere", QT_TRANSLATE_NOOP("keys", "Search operations")),
    KeyBinding("open", ("Ctrl+O",), "anywhere", QT_TRANSLATE_NOOP("keys", "Open tensor files")),
    KeyBinding("undo", ("Ctrl+Z",), "anywhere", QT_TRANSLATE_NOOP("keys", "Undo")),
    KeyBinding("redo", ("Ctrl+Shift+Z",), "anywhere", QT_TRANSLATE_NOOP("keys", "Redo")),
    KeyBinding(
        "repair",
        ("Alt+1", "Alt+2", "Alt+3"),
        "anywhere",
        QT_TRANSLATE_NOOP("keys", "Take the first, second or third repair of a draft that is refused"),
    ),
    KeyBinding("table", ("F2",), "anywhere", QT_TRANSLATE_NOOP("keys", "The stage as a table to be read cell by cell")),
    KeyBinding("memory", ("F3",), "anywhere", QT_TRANSLATE_NOOP("keys", "The memory of the tensor, below the stage")),
    KeyBinding(
        "nonfinite", ("F4",), "anywhere", QT_TRANSLATE_NOOP("keys", "To the next NaN or inf of the tensor, in the grid")
    ),
    KeyBinding("dtypes", ("Ctrl+T",), "anywhere", QT_TRANSLATE_NOOP("keys", "Data types, promotion and bits")),
    KeyBinding("pane", ("F6",), "anywhere", QT_TRANSLATE_NOOP("keys", "To the next pane")),
    KeyBinding("projector", ("F11",), "anywhere", QT_TRANSLATE_NOOP("keys", "Projector view; Esc leaves it")),
    KeyBinding("help", ("?",), "stage", QT_TRANSLATE_NOOP("keys", "Show these keys")),
)


def key(name: str) -> KeyBinding:
    """The entry `name`; KeyError where there is none."""
    for entry in KEYS:
        if entry.name == name:
            return entry
    raise KeyError(name)
