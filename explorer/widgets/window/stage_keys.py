"""Single keys on the stage: they act while it has the focus, and never while a field or a button has it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.ops.parameters import Axes, Axis
from explorer.session import drafting
from explorer.session.draft import Draft
from explorer.widgets.look.sentence import copy_selected
from explorer.widgets.session import Session
from explorer.widgets.stage.player import Player
from explorer.widgets.window.key_bindings import key

ONE_OF = QT_TRANSLATE_NOOP("notes", "There is no axis {axis} here: choose one from 0 to {last}, or from {first} to -1.")
NONE = QT_TRANSLATE_NOOP("notes", "{name} is 0-d: it has no axis to choose.")


class StageKeys(QObject):
    """Binds the stage's keys of the one table in `keys`."""

    def __init__(
        self,
        stage: QWidget,
        player: Player,
        session: Session,
        run_or_play: Callable[[], None],
        show_keys: Callable[[], None],
    ) -> None:
        super().__init__(stage)
        self._session = session
        self._negative = False
        self._run_or_play, self._show_keys = run_or_play, show_keys
        self._bind_draft(stage)
        self._bind(stage, "next", lambda: player.step(1))
        self._bind(stage, "previous", lambda: player.step(-1))
        self._bind(stage, "start", player.to_start)
        self._bind(stage, "end", player.to_end)

    def add(self, other: QWidget) -> None:
        """The keys of the draft act on `other` too: overview or slider, where those of time have other meanings."""
        self._bind_draft(other)

    def _bind_draft(self, stage: QWidget) -> None:
        self._bind(stage, "run", self._run_or_play)
        self._bind(stage, "keepdim", self._toggle_keepdim)
        self._bind(stage, "negative_axis", self._negate)
        self._bind(stage, "help", self._show_keys)
        self._bind(stage, "copy", lambda: copy_selected(stage.window()))
        for digit, sequence in enumerate(key("axis").bound):
            self._bind_sequence(stage, sequence, partial(self._choose_axis, digit), ends_sign=False)

    def _bind(self, stage: QWidget, name: str, call: Callable[[], None]) -> None:
        for sequence in key(name).bound:
            self._bind_sequence(stage, sequence, call)

    def _bind_sequence(
        self, stage: QWidget, sequence: QKeySequence, call: Callable[[], None], ends_sign: bool = True
    ) -> None:
        def press() -> None:
            self._negative = self._negative and not ends_sign
            call()

        shortcut = QShortcut(sequence, stage)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(press)

    def _negate(self) -> None:
        self._negative = True

    def _choose_axis(self, digit: int) -> None:
        axis = -digit if self._negative else digit
        self._negative = False
        self._session.soon(partial(self._set_axis, axis))

    def _set_axis(self, axis: int) -> None:
        session = self._session
        parameter = axis_parameter(session.draft)
        if parameter is None or session.draft is None:
            return
        operand = drafting.subject_of(session.draft)
        rank = len(session.workspace[operand].shape) if operand is not None and operand in session.workspace else 0
        count = rank + (parameter.extra if isinstance(parameter, Axis) else 0)
        if -count <= axis < count:
            session.set_argument(parameter.name, axis)
            return
        template = ONE_OF if count else NONE
        values = {"axis": axis, "last": count - 1, "first": -count, "name": operand}
        session.remarked.emit(Message("notes", template, values))

    def _toggle_keepdim(self) -> None:
        self._session.soon(self._set_keepdim)

    def _set_keepdim(self) -> None:
        draft = self._session.draft
        if draft is not None and has_keepdim(draft):
            self._session.set_argument("keepdim", None if draft.arguments.get("keepdim") else True)


def axis_parameter(draft: Draft | None) -> Axis | Axes | None:
    """The parameter that a digit sets: the draft's first axis."""

    if draft is None:
        return None
    return next((p for p in draft.op.parameters if isinstance(p, Axis | Axes)), None)


def has_keepdim(draft: Draft) -> bool:
    """Whether the draft's operation can keep its axes."""

    return any(p.name == "keepdim" for p in draft.op.parameters)
