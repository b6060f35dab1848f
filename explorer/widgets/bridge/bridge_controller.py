"""Between torch, NumPy and Python, and between devices: requests of card and menu as changes of the session."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from explorer.engine import devices
from explorer.errors import ExplorerError, OpError
from explorer.late import late
from explorer.memory import amount
from explorer.messages import QT_TRANSLATE_NOOP, Message, Phrase
from explorer.ops import CATALOG
from explorer.ops.conversion import TO
from explorer.session.draft import Draft
from explorer.widgets.actions import Action
from explorer.widgets.bridge.bridge_card import BridgeCard
from explorer.widgets.bridge.code_lines import Asked, CardItem, CodeLine, Names
from explorer.widgets.look.amounts import seconds_text
from explorer.widgets.look.literal import literal
from explorer.widgets.shelf.shelf_controller import NOTHING
from explorer.widgets.speech.sentences import error_text

with late():
    from explorer.workspace import interchange, typed_key

if TYPE_CHECKING:
    from explorer.session.state import RunInfo
    from explorer.widgets.session import Session
    from explorer.widgets.shelf.tensor_shelf import TensorShelf
    from explorer.widgets.stage.stage_panel import StagePanel
    from explorer.workspace import Item, Workspace

LISTED = QT_TRANSLATE_NOOP("notes", "{code} copied the values into a Python {kind}; it stands in the drawer.")

FAMILY = Phrase("NumPy and Python", "NumPy 与 Python")
COPY = Phrase("Copy {name} to {device}", "把 {name} 复制到 {device}")
NOT_FOR = {
    "tensor": Phrase("A tensor is selected; this is for NumPy arrays.", "选中的是张量；这一项用于 NumPy 数组。"),
    "array": Phrase("A NumPy array is selected; this is for tensors.", "选中的是 NumPy 数组；这一项用于张量。"),
}

Work = Callable[["Workspace"], "Workspace"]


class BridgeController(QObject):
    """Tells the card what there is, carries out what it asks for, and says afterwards what became of whom."""

    answered = Signal()  # item() or tolist() has been answered on the card

    def __init__(self, session: Session, shelf: TensorShelf, stage: StagePanel, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._told: Message | None = None  # what to say once the draft that was asked for has been run
        self.card = BridgeCard()
        self.card.asked.connect(self.do)
        self.card.left.connect(stage.take_keyboard)
        shelf.copy_requested.connect(self.copy_to)
        session.inspected.connect(self._show)
        session.ran.connect(self._ran)
        session.failed.connect(self._forget)

    # --- what can be done ------------------------------------------------------------------------------------------

    def _show(self, name: str | None) -> None:
        workspace = self._session.workspace
        if name is None or name not in workspace:
            self.card.show_item(None)
            return
        item = workspace[name]
        names = Names(workspace.fresh_name(), _array_name(workspace))
        self.card.show_item(CardItem(item, names, self._refusals(item, workspace), interchange.attributes(item)))

    def _refusals(self, item: Item, workspace: Workspace) -> dict[str, tuple[str, str]]:
        """What would be refused, where it costs nothing to ask."""
        found: dict[str, OpError | None] = {}
        if not item.is_array:
            facts = workspace.autograd.facts if workspace.autograd is not None else {}
            graded = item.name in facts and facts[item.name].requires_grad
            found["numpy"] = interchange.refused_by_autograd(item.name) if graded else interchange.refused(item)
        else:
            found["from_numpy"], found["tensor"] = interchange.refused(item), interchange.refused(item, copy=True)
        if item.numel != 1 or item.device == "meta":
            found["item"] = interchange.refused_item(item)
        return {key: error_text(error) for key, error in found.items() if error is not None}

    def way_to_torch(self) -> tuple[Message, str] | None:
        """Where an array is inspected: that operations take tensors, and the code that makes one of it."""
        line = self._line("from_numpy")
        if line is None:
            return None
        name = self._session.state.inspected
        template = QT_TRANSLATE_NOOP("notes", "{name} is a NumPy array, and torch's operations take tensors.")
        return Message("notes", template, {"name": name}), line.code

    def actions(self) -> tuple[Action, ...]:
        """The lines of the card, those that the inspected item does not have with the reason."""

        def line(key: str, title: Phrase, *names: str) -> Action:
            def refused() -> Phrase:
                kind = self.card.kind
                return Phrase() if kind and self._line(key) else NOT_FOR.get(kind, NOTHING)

            def now() -> Phrase:
                found = self._line(key)
                return Phrase(literal(found.code)) if found is not None else title

            ask = partial(self.card.ask, key)
            return Action(f"action_{key}", title, ask, refusal=refused, now=now, code=title, names=names, family=FAMILY)

        return (
            line("numpy", Phrase("A.numpy()"), "numpy", "ndarray", "to_numpy"),
            line("from_numpy", Phrase("torch.from_numpy(n)"), "from_numpy", "as_tensor"),
            line("tensor", Phrase("torch.tensor(n)"), "tensor"),
            line("augment", Phrase("A += 1"), "+=", "-=", "*=", "/=", "iadd"),
            line("operate", Phrase("B = A + 1"), "operate"),
            line("index", Phrase("m = n[::-1]"), "slice"),
            line("write", Phrase("n[::-1] = 1"), "assign"),
            line("item", Phrase("A.item()"), "item", "float", "int"),
            line("tolist", Phrase("A.tolist()"), "tolist", "list"),
        )

    def _line(self, key: str) -> CodeLine | None:
        return next((line for line in self.card.code_lines if line.key == key), None)

    def copies(self) -> tuple[Action, ...]:
        """To each device, of what is inspected."""
        name = self._session.state.inspected if self._session.started else None
        if name is None:
            return (Action("copy_to_nothing", NOTHING, refusal=lambda: NOTHING),)
        return tuple(
            Action(
                f"copy_to_{device.name}",
                COPY.of(name=name, device=device.name),
                partial(self.copy_to, name, device.name),
                code=f'{name}.to("{device.name}")',
                names=("to", "cuda", "cpu"),
                family=FAMILY,
            )
            for device in devices()
        )

    # --- what is asked for -----------------------------------------------------------------------------------------

    def do(self, asked: Asked) -> None:
        """Carry out a line of the card with what is inspected."""
        self._session.soon(lambda: self._do(asked))

    def _do(self, asked: Asked) -> None:
        session = self._session
        name = session.state.inspected
        line = self._line(asked.key)
        if name is None or name not in session.workspace or line is None:
            return
        code = line.code
        try:
            match asked.key:
                case "item" | "tolist":
                    self._answer(asked.key, code, session.workspace[name])
                case "augment" | "write":
                    self._write(asked, code, name)
                case "operate" if not session.workspace[name].is_array:
                    self._run(asked, name)
                case _:
                    self._make(asked, line, name)
        except ExplorerError as error:
            session.failed.emit(error)

    def _answer(self, key: str, code: str, item: Item) -> None:
        def work(progress: object) -> Any:
            return interchange.item_of(item) if key == "item" else interchange.list_of(item)

        self._session.ask(work, lambda found: self._tell(code, found), self)

    def _tell(self, code: str, found: Any) -> None:
        if isinstance(found, interchange.Listed):
            note = (
                "" if found.whole else self.tr("It is long: only the ends of every axis are listed, ... for the rest.")
            )
            self.card.answer.show_answer(code, found.kind, found.text, note)
            self._session.noted.emit(Message("notes", LISTED, {"code": code, "kind": found.kind}))
        else:
            self.card.answer.show_answer(code, type(found).__name__, repr(found))
            template = QT_TRANSLATE_NOOP("notes", "{code} is {value}: a Python {kind}, no tensor any more.")
            values = {"code": code, "value": repr(found), "kind": type(found).__name__}
            self._session.noted.emit(Message("notes", template, values))
        self.answered.emit()

    def _write(self, asked: Asked, code: str, name: str) -> None:
        """In place: the same memory, and all that is over it."""
        shelf = [x for x in self._session.workspace.names if x != name]
        value = interchange.number(asked.value, shelf)
        key = typed_key.parse(asked.index, shelf) if asked.key == "write" else (...,)
        reached: list[str] = []

        def work(workspace: Workspace) -> Workspace:
            if asked.key == "write":
                done = workspace.write(name, key, value)
            else:
                done = workspace.augment(name, f"{asked.symbol}=", value)
            reached.extend(interchange.reached(done, name, key))
            return done

        def then(*_: object) -> None:
            alone = QT_TRANSLATE_NOOP("notes", "{code} changed {name} in place; no other name is over these cells.")
            moved = QT_TRANSLATE_NOOP("notes", "{code} changed {name} in place. {others} moved too: same memory.")
            values = {"code": code, "name": name, "others": ", ".join(reached)}
            self._session.noted.emit(Message("notes", moved if reached else alone, values))

        self._session.change(code, work, name, then=then)

    def _run(self, asked: Asked, name: str) -> None:
        """`B = A + 1` of a tensor is an operation: it is run as a draft, and plays."""
        session = self._session
        value = asked_number(asked, session.workspace)
        op = next(op for op in CATALOG.values() if op.symbol == asked.symbol)
        session.set_draft(Draft(op.call((name, value)), device=session.device))
        self._told = _fresh(session.workspace, session.workspace.fresh_name(), name)
        session.run()

    def _make(self, asked: Asked, line: CodeLine, name: str) -> None:
        """A new name, over the same memory or over its own."""
        session = self._session
        new, work = line.new, self._making(asked, name, line.new)

        def then(*_: object) -> None:
            workspace = session.workspace
            if new not in workspace.sharing(name):
                session.noted.emit(_fresh(workspace, new, name))
                return
            template = QT_TRANSLATE_NOOP(
                "notes", "{new} and {name} are two names of one memory: a write to one shows in the other."
            )
            session.noted.emit(Message("notes", template, {"new": new, "name": name}))

        session.change(line.code, work, new, then=then)

    def _making(self, asked: Asked, name: str, new: str) -> Work:
        workspace = self._session.workspace
        match asked.key:
            case "numpy":
                return lambda w: w.to_array(name, new)
            case "from_numpy":
                return lambda w: w.from_array(name, new)
            case "tensor":
                return lambda w: w.from_array(name, new, copy=True)
            case "index":
                key = typed_key.parse(asked.index, [x for x in workspace.names if x != name])
                return lambda w: w.index(name, key, new)
            case _:
                value = asked_number(asked, workspace)
                return lambda w: w.array_operate(asked.symbol, name, value, new)

    # --- devices ---------------------------------------------------------------------------------------------------

    def copy_to(self, name: str, device: str) -> None:
        """`A.to(device)`: a step like any other, which plays."""
        self._session.soon(lambda: self._copy_to(name, device))

    def _copy_to(self, name: str, device: str) -> None:
        session = self._session
        if name not in session.workspace:
            return
        item = session.workspace[name]
        if item.kind == "array":
            session.failed.emit(_staying(item, device))
            return
        session.set_draft(Draft(TO.call((name,), {"device": device}), device=session.device))
        session.run()

    def _ran(self, run: RunInfo) -> None:
        told, self._told = self._told, None
        state = self._session.state
        draft = state.draft
        if run.warnings or run.name not in state.workspace:
            return
        if draft is not None and draft.op.converts and draft.arguments.get("device") is not None:
            told = _copied(state.workspace, str(draft.operands[0]), run)
        if told is not None:
            self._session.noted.emit(told)

    def _forget(self, error: object) -> None:
        self._told = None


def asked_number(asked: Asked, workspace: Workspace) -> Any:
    """The number or the name that stands in the value field. Raises CellError."""
    return interchange.number(asked.value, workspace.names)


def _array_name(workspace: Workspace) -> str:
    """A free name for an array: n, m, and then n1, n2 ..."""
    return next((name for name in ("n", "m") if name not in workspace), "") or workspace.fresh_name("n")


def _fresh(workspace: Workspace, new: str, name: str) -> Message:
    """The sentence for what has memory of its own."""
    template = QT_TRANSLATE_NOOP("notes", "{new} is new, over memory of its own: {names} did not move.")
    return Message("notes", template, {"new": new, "names": ", ".join((name, *_others(workspace, name, new)))})


def _others(workspace: Workspace, name: str, new: str) -> list[str]:
    return [x for x in workspace.sharing(name) if x != new]


def _copied(workspace: Workspace, name: str, run: RunInfo) -> Message:
    """The sentence for a copy to a device."""
    item = workspace[run.name]
    values: dict[str, object] = {"new": run.name, "name": name, "device": item.device}
    values |= {"bytes": amount(item.nbytes), "time": seconds_text(run.seconds)}
    if item.device == "meta":
        template = QT_TRANSLATE_NOOP(
            "notes",
            "{new} on meta has the shape and dtype of {name} and no values: nothing leads back from there but undo.",
        )
    elif name in workspace.sharing(run.name):
        template = QT_TRANSLATE_NOOP("notes", "{name} is on {device} already: {new} is the same memory.")
    else:
        template = QT_TRANSLATE_NOOP("notes", "{new} is a copy of {name} on {device}: {bytes} moved in {time}.")
    return Message("notes", template, values)


def _staying(item: Item, device: str) -> OpError:
    """Why an array does not go to a device, with Python's own words."""
    template = QT_TRANSLATE_NOOP(
        "errors", "{name} is a NumPy array, which lives on the CPU; make a tensor of it, and copy that to {device}."
    )
    detail = ""
    try:
        item.array().to(device)  # type: ignore[attr-defined]
    except AttributeError as error:
        detail = str(error)
    return OpError(Message("errors", template, {"name": item.name, "device": device}), detail)
