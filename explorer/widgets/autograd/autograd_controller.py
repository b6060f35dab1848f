"""Gradients: requests of card and menu as changes of the session, and the card kept up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from explorer.messages import QT_TRANSLATE_NOOP, Message, Phrase
from explorer.ops import Call
from explorer.ops.autograd import CLEAR, REQUIRE, backward
from explorer.widgets.actions import Action
from explorer.widgets.autograd.autograd_card import AutogradCard
from explorer.widgets.autograd.findings import findings

if TYPE_CHECKING:
    from explorer.widgets.session import Session


FAMILY = Phrase("Gradients", "梯度")
REQUIRE_TITLE = Phrase("Require &gradients, or no longer", "需要或不再需要梯度(&G)")
BACKWARD_TITLE = Phrase("&Backward from it", "从它开始 backward(&B)")
NO_TENSOR = Phrase("No tensor is selected on the shelf.", "张量架上没有选中张量。")
CLEARS = ("grad", "zero_grad")


class AutogradController(QObject):
    """`card` is for a page of the drawer. What autograd knows comes with each workspace: nothing is computed here."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self.card = AutogradCard()
        self.card.switched.connect(self.require)
        self.card.backward_requested.connect(self.backward)
        self.card.clear_requested.connect(self.clear)
        session.inspected.connect(self._show)

    def _show(self, name: str | None) -> None:
        workspace = self._session.workspace
        item = workspace[name] if name is not None and name in workspace else None
        tensor = item is not None and not item.is_array
        self.card.show_findings(findings(workspace, item) if item is not None and tensor else None)

    def actions(self) -> tuple[Action, ...]:
        """The buttons of the card."""

        def none() -> Phrase:
            return NO_TENSOR if self.card.isHidden() else Phrase()

        require, leads = ("requires_grad_", "requires_grad", "autograd"), ("backward", "autograd", "grad")
        forget = Phrase("&Forget its gradient", "清除它的梯度(&F)")
        return (
            Action("action_requires_grad", REQUIRE_TITLE, self.require, refusal=none, names=require, family=FAMILY),
            Action("action_backward", BACKWARD_TITLE, self.card.ask, refusal=none, names=leads, family=FAMILY),
            Action(
                "action_clear_grad", forget, self.clear, refusal=none, code="A.grad = None", names=CLEARS, family=FAMILY
            ),
        )

    def require(self, on: bool | None = None) -> None:
        """`A.requires_grad_()` of what is inspected; None: the other way than it is."""
        self._session.soon(lambda: self._require(on))

    def _require(self, on: bool | None) -> None:
        name = self._inspected()
        if name is None:
            return
        autograd = self._session.workspace.autograd
        now = autograd is not None and name in autograd.facts and autograd.facts[name].requires_grad
        wanted = not now if on is None else on
        self._perform(REQUIRE.call((name,), {"requires_grad": wanted}))

    def clear(self) -> None:
        """`A.grad = None` of what is inspected."""
        self._session.soon(self._clear)

    def _clear(self) -> None:
        name = self._inspected()
        if name is not None:
            self._perform(CLEAR.call((name,)))

    def _perform(self, call: Call[str]) -> None:
        """A step that tells autograd something of a tensor, which stays inspected."""
        self._session.change(call.source(), lambda w: w.perform(call), call.names[0])

    def backward(self, gradient: str | None = None, retained: bool = False) -> None:
        """A backward from what is inspected; the first gradient is inspected next."""
        self._session.soon(lambda: self._backward(gradient, retained))

    def _backward(self, gradient: str | None, retained: bool) -> None:
        name = self._inspected()
        if name is None:
            return
        session, before = self._session, self._session.workspace
        fact = before.autograd.facts.get(name) if before.autograd is not None else None
        first = before.fresh_name(f"{fact.leaves[0]}_grad") if fact is not None and fact.leaves else None

        def then(*_: object) -> None:
            if session.workspace.autograd is None:
                return
            found = {x: of for x, of in session.workspace.autograd.gradients.items() if x not in before}
            if not found:
                return
            template = QT_TRANSLATE_NOOP(
                "notes",
                "{gradients}: by how much {name} grows when a cell of {leaves} grows by a little, cell by cell.",
            )
            values = {"gradients": ", ".join(found), "name": name, "leaves": ", ".join(found.values())}
            session.noted.emit(Message("notes", template, values))

        code = backward(name, gradient, retained).source()
        session.change(code, lambda w: w.backward(name, gradient, retained), first, then=then)

    def _inspected(self) -> str | None:
        """The name of the tensor that is inspected."""
        name = self._session.state.inspected
        return name if name is not None and name in self._session.workspace else None
