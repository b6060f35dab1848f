"""Types made visible: notes on the draft, the bits of the focused cell, the window of dtypes; bound to the session."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from explorer.engine import devices, dtypes
from explorer.late import late
from explorer.messages import Phrase
from explorer.ops import Op, counterpart
from explorer.ops.provenance import point, unravel
from explorer.widgets.actions import Action
from explorer.widgets.dtypes.bits_card import BitsCard, Focused
from explorer.widgets.dtypes.draft_notes import DraftNotes
from explorer.widgets.speech.sentences import say
from explorer.widgets.stage.loss_signs import legend, reasons

with late():
    from explorer.numbers import bits, losses, promotion, values
    from explorer.numbers import dtypes as dtype_facts
    from explorer.widgets.dtypes import dtype_dialog
    from explorer.workspace import source

if TYPE_CHECKING:
    from explorer.engine import Job
    from explorer.numbers.promotion import Promotion
    from explorer.ops.loss import Loss
    from explorer.session.draft import Draft
    from explorer.session.state import State
    from explorer.widgets.dtypes.dtype_dialog import DTypeDialog
    from explorer.widgets.session import Session
    from explorer.widgets.stage.stage_panel import StagePanel
    from explorer.workspace import Item

FAMILY = Phrase("Data types", "数据类型")
DTYPE = Phrase("The data type {name}: range, steps, bits", "数据类型 {name}：范围、步长、二进制位")
OTHERS = {
    "float32": ("float",),
    "float64": ("double",),
    "float16": ("half",),
    "int64": ("long",),
    "int32": ("int",),
    "int16": ("short",),
}

MANY = 2**20  # cells: from here on it is said that they are being looked at


class DTypeController(QObject):
    """Follows the session and the stage, with a `card` for a page of the drawer."""

    def __init__(self, session: Session, stage: StagePanel, notes: DraftNotes, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._stage, self._notes, self._window = session, stage, notes, window
        self.card = BitsCard()
        self.card.show_focused(None)
        self._focused: Focused | None = None
        self._dialog: DTypeDialog | None = None
        self._promotion: Promotion | None = None
        self._converted: tuple[Any, Any] | None = None  # the view of a tensor, and the dtype
        self._job: Job[Any] | None = None
        session.staged.connect(self.see_stage)
        session.changed.connect(self._changed)
        session.drafted.connect(self._drafted)
        session.inspected.connect(self._inspected)
        stage.focus_moved.connect(self.see_stage)
        stage.reached.connect(self.see_stage)
        notes.promotion_requested.connect(self.show_promotion)

    # --- the draft -------------------------------------------------------------------------------------------------

    def _drafted(self, draft: Draft) -> None:
        self._promotion = self._meeting(draft)
        text = say(self._promotion.sentence(_sign(draft.op))) if self._promotion is not None else ""
        self._notes.show_promotion(text)
        self._tell_losses(draft)

    def _meeting(self, draft: Draft) -> Promotion | None:
        """How the two operands of a draft meet; None where nothing has to be decided, or it cannot run."""
        op, terms = draft.op, self._terms(draft)
        if not op.cellwise or len(terms) != 2 or len(draft.forecasts) != 1:
            return None
        one, other = terms
        found = promotion.decided(one, other, draft.forecasts[0].dtype, op.writes)
        return found if found.rule is not promotion.Rule.SAME else None

    def _terms(self, draft: Draft) -> list[promotion.Term]:
        operands = [self._item(x) if isinstance(x, str) else x for x in draft.operands]
        return [promotion.Term.of(x) for x in operands if hasattr(x, "shape") or type(x) in promotion.PYTHON]

    def _taken_for(self, draft: Draft) -> str:
        """What a number is taken for that the other operand's dtype does not hold."""
        if not draft.op.cellwise or len(draft.forecasts) != 1:
            return ""
        operands = [self._number(self._item(x)) if isinstance(x, str) else x for x in draft.operands]
        found = None if any(x is None for x in operands) else promotion.taken_for(operands, draft.forecasts[0].dtype)
        return say(found) if found is not None else ""

    def _number(self, item: Item | None) -> Any:
        """The cell of a 0-d tensor of whole numbers, once nothing moves the memory; else the item itself."""
        numeric = item is not None and not item.is_array and not (item.unknown or item.device == "meta")
        if item is None or not numeric or item.shape or item.dtype.is_floating_point or item.dtype.is_complex:
            return item
        return item if self._session.moving else source.source_of(item).read(())

    def _tell_losses(self, draft: Draft) -> None:
        """Count on the worker what the draft's conversion would lose; what is counted for another draft is dropped."""
        found = self._conversion(draft)
        if found is None:
            self._forget()
            self._notes.show_losses(self._taken_for(draft))
            return
        item, dtype = found
        wanted = item.view, dtype
        if self._converted == wanted:
            return
        self._forget()
        self._converted = wanted
        if item.numel > MANY:
            self._notes.show_losses(
                self.tr("Looking at all cells for what {dtype} would lose …").format(dtype=_name(dtype))
            )

        def tell(counts: dict[Loss, int]) -> None:
            if self._converted == wanted:
                self._show_losses(item, dtype, counts)

        self._job = self._session.read(item, lambda progress: losses.counts(item.tensor(), dtype, progress), tell, self)

    def _conversion(self, draft: Draft) -> tuple[Item, Any] | None:
        dtype = draft.arguments.get("dtype")
        name = draft.operands[0] if draft.operands else None
        if not draft.op.converts or dtype is None or draft.error is not None or not isinstance(name, str):
            return None
        item = self._item(name)
        if item is None or item.dtype == dtype or item.unknown or item.device == "meta":
            return None
        return item, dtype

    def _show_losses(self, item: Item, dtype: Any, counts: Mapping[Loss, int]) -> None:
        told: dict[str, object] = {"dtype": _name(dtype), "name": item.name, "count": item.numel}
        if not counts:
            self._notes.show_losses(self.tr("{dtype} holds all {count} values of {name} as they are.").format(**told))
            return
        told |= {"lost": sum(counts.values()), "signs": legend(counts)}
        text = self.tr("{dtype} changes {lost} of {count}: {signs}").format(**told)
        self._notes.show_losses(text, reasons(counts))

    def _forget(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._job = self._converted = None
        self._notes.show_losses("")

    # --- the state and the stage -----------------------------------------------------------------------------------

    def _changed(self, state: State) -> None:
        if state.draft is None:
            self._promotion = None
            self._notes.show_promotion("")
            self._forget()
        if self._dialog is not None:
            self._dialog.show_shelf(self._shelf())
        self.see_stage()

    def _inspected(self, name: str | None) -> None:
        if self._dialog is not None:
            item = self._item(name)
            self._dialog.show_current(name or "", item.dtype if item is not None else None)

    def _item(self, name: str | None) -> Item | None:
        workspace = self._session.workspace
        return workspace[name] if name is not None and name in workspace else None

    def see_stage(self, *_: object) -> None:
        """Another cell has the focus, or other values stand there: its bits, once nothing moves the memory."""
        if self._session.moving or not self._session.started:
            return
        self._focused = self._read()
        self.card.show_focused(self._focused)
        if self._dialog is not None:
            self._dialog.show_focused(self._focused)

    def _read(self) -> Focused | None:
        """The focused cell of the stage, read from memory."""
        frame = self._stage.frame()
        if frame is None or not frame.focus:
            return None
        tensor, flat = frame.focus[0]
        shown = frame.tensors[tensor]
        index = unravel(flat, shown.shape)
        name = f"{shown.name}[{', '.join(map(str, index))}]" if index else shown.name
        on_shelf = self._item(shown.name)
        if on_shelf is not None and on_shelf.unknown:
            return Focused(name, _name(on_shelf.dtype), reason=self.tr("Nobody has written this cell yet."))
        if shown.name in self._stage.awaited:
            return Focused(name, reason=self.tr("It has not been reached yet."))
        source = self._source(tensor)
        if source is None:
            return Focused(name, reason=self.tr("A Python number, not a cell of a tensor."))
        try:
            cell = source.read(point(index))
        except RuntimeError:  # torch names dtypes of which it cannot copy a cell
            cell = None
        if cell is None:
            return Focused(name, _name(source.dtype), reason=self.tr("There are no bits to be read."))
        cell = cell.reshape(())
        return Focused(name, _name(cell.dtype), values.show(cell.item(), cell.dtype), bits.bits_of(cell))

    def _source(self, tensor: int) -> Any:
        """Where the cells of a tensor on the stage are read: the shelf's own, or what a rehearsal gave."""
        staged = self._stage.staged
        assert staged is not None
        animation = staged.animation
        shown, made = animation.tensors[tensor], tensor - animation.operands
        rehearsed = made >= 0 and staged.draft is not None and not staged.ran and animation.operands
        item = self._item(shown.name)
        if item is not None and not rehearsed and tuple(item.shape) == shown.shape:
            return source.source_of(item)
        return source.TensorSource(animation.results[made]) if 0 <= made < len(animation.results) else None

    # --- the window of dtypes --------------------------------------------------------------------------------------

    def actions(self) -> tuple[Action, ...]:
        """The window of dtypes."""
        names = ("dtype", "result_type", "promote_types", "finfo", "iinfo", "can_cast")
        title, says = (
            Phrase("&Data types…", "数据类型(&D)…"),
            Phrase("Data types, promotion and bits", "数据类型 (dtype)、类型提升和二进制位"),
        )
        return (
            Action(
                "action_dtypes",
                title,
                self.show_dtypes,
                ("Ctrl+T",),
                says=says,
                names=names,
                words=("bits", "promotion", "位", "类型提升"),
            ),
        )

    def finds(self) -> list[Action]:
        """Each dtype, in that window."""
        if not self._session.started:
            return []
        return [
            Action(
                f"dtype_{_name(dtype)}",
                DTYPE.of(name=_name(dtype)),
                self.show_dtypes,
                code=str(dtype),
                names=(_name(dtype), *OTHERS.get(_name(dtype), ())),
                family=FAMILY,
            )
            for dtype in dtypes()
        ]

    def show_dtypes(self) -> None:
        """The window of dtypes; it stays and follows."""
        self._session.soon(lambda: self._opened().come())

    def show_promotion(self) -> None:
        """The rules of promotion, with the operands of the draft."""
        draft, found = self._session.draft, self._promotion
        dialog = self._opened()
        if found is not None and draft is not None:
            names = tuple(x if isinstance(x, str) else "" for x in draft.operands)
            dialog.open_promotion(draft.op.name, found.terms, (names[0], names[1]))
        dialog.come()

    def _opened(self) -> DTypeDialog:
        if self._dialog is None:
            self._dialog = dtype_dialog.DTypeDialog(
                [dtype_facts.facts(dtype) for dtype in dtypes()], devices(), self._window
            )
            self._dialog.make_requested.connect(self._make)
            self._dialog.show_shelf(self._shelf())
            self._dialog.show_focused(self._focused)
            self._inspected(self._session.state.inspected)
        return self._dialog

    def _shelf(self) -> dict[str, promotion.Term]:
        return {item.name: promotion.Term.of(item) for item in self._session.workspace.items if not item.is_array}

    def _make(self, creation: Any) -> None:
        self._session.soon(lambda: self._session.create(self._session.workspace.fresh_name(), creation))


def _sign(op: Op) -> str:
    """+, or += in place; the name where there is no sign."""
    beside = counterpart(op) if op.writes else None
    return f"{beside.symbol}=" if beside is not None and beside.symbol else op.symbol or op.name


def _name(dtype: Any) -> str:
    return str(dtype).removeprefix("torch.")
