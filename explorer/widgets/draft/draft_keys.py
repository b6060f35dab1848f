"""Single keys on the stage: they act while it has the focus, and never while a field or a button has it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QWidget

from explorer.messages import QT_TRANSLATE_NOOP, Message, Phrase
from explorer.ops.parameters import Axes, Axis
from explorer.session import drafting
from explorer.session.draft import Draft
from explorer.widgets.actions import Action, bound

if TYPE_CHECKING:
    from explorer.widgets.session import Session
    from explorer.widgets.stage.stage_panel import StagePanel

KEEP = Phrase("Keep the &axis (keepdim)", "保留轴 keepdim(&A)")
UNKEEPABLE = Phrase("This operation has no keepdim.", "此运算没有 keepdim。")
FROM_THE_END = "从末尾数轴：先按 - 再按 1 表示最后一个"
ADDED = "把一个轴加到已选的轴里：先按 +，再按它的数字"
ONE_OF = QT_TRANSLATE_NOOP("notes", "There is no axis {axis} here: choose one from 0 to {last}, or from {first} to -1.")
NONE = QT_TRANSLATE_NOOP("notes", "{name} is 0-d: it has no axis to choose.")
NO_AXIS = QT_TRANSLATE_NOOP("notes", "{function} takes no axis.")
ONE_AXIS = QT_TRANSLATE_NOOP("notes", "{function} takes one axis: press its digit alone.")


class DraftKeys(QObject):
    """Binds the keys of the stage in the table of actions; those of axes and keepdim are its own."""

    def __init__(self, session: Session, stage: StagePanel) -> None:
        super().__init__(stage)
        self._session, self._stage = session, stage
        self._signs = self._pending = frozenset[str]()  # before the key that is pressed, and before the next one

    def bind(self, actions: Iterable[Action]) -> None:
        """Let the stage's keys act on the picture, and all but those of time, which mean something else there, on the
        slider and on an overview. What is local to the picture it takes itself."""
        self._bind(actions, "time", self._stage.view)
        for widget in (self._stage.view, self._stage.timeline.slider):
            self._bind(actions, "stage", widget)
        self._stage.overview_made.connect(partial(self._bind, actions, "stage"))

    def _bind(self, actions: Iterable[Action], place: str, widget: QWidget) -> None:
        for action in actions:
            for number, sequence in enumerate(bound(action.local.get(place, ()))):
                shortcut = QShortcut(sequence, widget)
                shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
                shortcut.activated.connect(partial(self._press, action, number))

    def _press(self, action: Action, number: int) -> None:
        """A minus or plus is forgotten with the next key that is no digit. A key that can do nothing now says why."""
        self._signs, self._pending = self._pending, frozenset()
        if action.by_key and action.call is not None:
            action.call(number)
        elif action.refusal is not None and (reason := action.refusal()):
            self._session.remarked.emit(Message("", reason))
        else:
            action.do()

    def actions(self) -> tuple[Action, ...]:
        """What keys say of the draft's axes."""
        digits, minus = tuple("0123456789"), Phrase("Count the axis from the end: - then 1 is the last", FROM_THE_END)
        keepdim = Phrase("Keep the axis with size 1 (keepdim)", "保留长度为 1 的轴 (keepdim)")
        axis = Phrase("Choose the axis", "选择轴")
        plus = Phrase("Add an axis to the chosen ones: + then its digit", ADDED)

        def kept() -> bool:
            draft = self._session.draft if self._session.started else None
            return draft is not None and bool(draft.arguments.get("keepdim"))

        return (
            Action("axis", axis, self._choose_axis, local={"stage": digits}, also="0 – 9", by_key=True),
            Action("negative_axis", minus, partial(self._sign, "-"), local={"stage": ("-",)}, by_key=True),
            Action("add_axis", plus, partial(self._sign, "+"), local={"stage": ("+",)}, by_key=True),
            Action(
                "action_keepdim",
                KEEP,
                self._toggle_keepdim,
                says=keepdim,
                local={"stage": ("K",)},
                checked=kept,
                refusal=self._unkeepable,
                names=("keepdim", "keepdims"),
            ),
        )

    def _sign(self, sign: str, _: int) -> None:
        self._pending = self._signs | {sign}

    def _choose_axis(self, digit: int) -> None:
        axis = -digit if "-" in self._signs else digit
        self._session.soon(partial(self._set_axis, axis, "+" in self._signs))

    def _set_axis(self, axis: int, adding: bool) -> None:
        session, draft = self._session, self._session.draft
        if draft is None:
            return
        parameter = next((p for p in draft.op.parameters if isinstance(p, Axis | Axes)), None)
        operand = drafting.subject_of(draft)
        rank = len(session.workspace[operand].shape) if operand is not None and operand in session.workspace else 0
        count = rank + (parameter.extra if isinstance(parameter, Axis) else 0)
        if parameter is None or (adding and not isinstance(parameter, Axes)):
            self._remark(NO_AXIS if parameter is None else ONE_AXIS, function=draft.op.name)
        elif not -count <= axis < count:
            self._remark(ONE_OF if count else NONE, axis=axis, last=count - 1, first=-count, name=operand)
        else:
            session.set_argument(parameter.name, with_axis(draft.arguments.get(parameter.name), axis, count, adding))

    def _remark(self, template: str, **values: object) -> None:
        self._session.remarked.emit(Message("notes", template, values))

    def _unkeepable(self) -> Phrase:
        """Only while nothing is under way: a key that is pressed then is about the draft that comes."""
        draft = self._session.draft if self._session.idle else None
        return UNKEEPABLE if draft is not None and not _keeps(draft) else Phrase()

    def _toggle_keepdim(self, _: bool) -> None:
        self._session.soon(self._set_keepdim)

    def _set_keepdim(self) -> None:
        draft = self._session.draft
        if draft is not None and _keeps(draft):
            self._session.set_argument("keepdim", None if draft.arguments.get("keepdim") else True)


def _keeps(draft: Draft) -> bool:
    return any(parameter.name == "keepdim" for parameter in draft.op.parameters)


def with_axis(chosen: object, axis: int, rank: int, adding: bool) -> int | tuple[int, ...] | None:
    """What is chosen after `axis` was pressed: it alone, or with `adding` one more of those that are `chosen`, or one
    less; None for all."""
    if not adding:
        return axis
    known = () if chosen is None else chosen if isinstance(chosen, tuple) else (chosen,)
    left = [a for a in known if a % rank != axis % rank]
    if len(left) == len(known):
        left = sorted([*left, axis], key=lambda a: a % rank)
    return left[0] if len(left) == 1 else tuple(left) or None
