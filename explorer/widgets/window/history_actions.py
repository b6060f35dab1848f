"""Taking back and doing again, under the names of what was done."""

from collections.abc import Callable

from explorer.messages import Phrase
from explorer.widgets.actions import Action
from explorer.widgets.look.literal import literal
from explorer.widgets.session import Session

UNDO, UNDO_IT = Phrase("&Undo", "撤销(&U)"), Phrase("&Undo {what}", "撤销(&U)：{what}")
REDO, REDO_IT = Phrase("&Redo", "重做(&R)"), Phrase("&Redo {what}", "重做(&R)：{what}")
NO_UNDO = Phrase("There is nothing to take back.", "没有可以撤销的操作。")
NO_REDO = Phrase("There is nothing to do again.", "没有可以重做的操作。")


def history_actions(session: Session) -> tuple[Action, ...]:
    """Undo and redo of a session."""

    def titled(title: Phrase, one: Phrase, text: Callable[[], str | None]) -> Callable[[], Phrase]:
        def now() -> Phrase:
            what = text()
            return one.of(what=literal(what)) if what else title

        return now

    def refused(text: Callable[[], str | None], reason: Phrase) -> Callable[[], Phrase]:
        return lambda: reason if text() is None else Phrase()

    def undo_text() -> str | None:
        return session.history.undo_text

    def redo_text() -> str | None:
        return session.history.redo_text

    undone, redone = titled(UNDO, UNDO_IT, undo_text), titled(REDO, REDO_IT, redo_text)
    no_undo, no_redo = refused(undo_text, NO_UNDO), refused(redo_text, NO_REDO)
    return (
        Action("action_undo", UNDO, session.undo, ("Ctrl+Z",), "undo", now=undone, refusal=no_undo),
        Action("action_redo", REDO, session.redo, ("Ctrl+Shift+Z",), "redo", now=redone, refusal=no_redo),
    )
