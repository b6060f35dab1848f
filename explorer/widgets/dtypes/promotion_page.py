"""Promotion as a page: two operands, an operation, the ladder, and what comes out in both orders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from explorer.late import torch
from explorer.numbers.dtype_names import name_of
from explorer.numbers.promotion import Promotion, Rank, Rule, Term, foretold
from explorer.ops import CATALOG
from explorer.widgets.dtypes.ladder import Ladder
from explorer.widgets.dtypes.operand_chooser import OperandChooser
from explorer.widgets.look import looks, theme
from explorer.widgets.look.drop_down import DropDown
from explorer.widgets.look.sentence import Sentence
from explorer.widgets.speech.sentences import say

OPERATIONS = tuple(op for op in CATALOG.values() if op.symbol and op.numbers and op.arity == 2)


class PromotionPage(QWidget):
    """Foretells the dtype of an operation on any two operands, and lights the rule that decides."""

    def __init__(self, dtypes: Sequence[torch.dtype], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.one = OperandChooser("promotion_one", self.tr("First operand"), dtypes)
        self.other = OperandChooser("promotion_other", self.tr("Second operand"), dtypes)
        self.one.show_term(Term(torch.int32))
        self.other.show_term(Term(torch.float64, Rank.SCALAR))
        self.operation = DropDown()
        self.operation.setObjectName("promotion_operation")
        self.operation.setAccessibleName(self.tr("Operation"))
        for op in OPERATIONS:
            self.operation.addItem(op.symbol, op.name)
        self.ladder = Ladder()
        self.result = QLabel()
        self.result.setObjectName("promotion_result")
        self.result.setFont(looks.mono(self.font(), 1.5, bold=True))
        self.sentence = _sentence("promotion_sentence", "strong")
        self.reverse = _sentence("promotion_reverse", "")
        self.detail = _sentence("promotion_detail", "muted")
        self._lay_out()
        self.promotion: Promotion
        for chooser in (self.one, self.other):
            chooser.changed.connect(self._foretell)
        self.operation.activated.connect(self._foretell)
        self._foretell()

    def _lay_out(self) -> None:
        top = QGridLayout()
        top.setHorizontalSpacing(18)
        top.addWidget(self.one, 0, 0)
        top.addWidget(self.operation, 0, 1)
        top.addWidget(self.other, 0, 2)
        top.setColumnStretch(0, 1)
        top.setColumnStretch(2, 1)
        answer = QHBoxLayout()
        arrow = QLabel("→")
        arrow.setFont(looks.sans(self.font(), 1.5, bold=True))
        answer.addWidget(arrow)
        answer.addWidget(self.result)
        answer.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addLayout(answer)
        for label in (self.sentence, self.reverse, self.detail):
            layout.addWidget(label)
        layout.addWidget(self.ladder)
        layout.addStretch(1)

    def show_shelf(self, shelf: Mapping[str, Term]) -> None:
        """The tensors that may be chosen."""
        for chooser in (self.one, self.other):
            chooser.show_shelf(shelf)

    def show_operands(self, op: str, terms: tuple[Term, Term], names: tuple[str, str] = ("", "")) -> None:
        """Choose these operands, those of the shelf by their `names`, and the operation if it is among them."""
        for chooser, term, name in zip((self.one, self.other), terms, names, strict=True):
            chooser.show_term(term, name)
        self.operation.setCurrentIndex(max(self.operation.findData(op.removesuffix("_")), 0))
        self._foretell()

    def _foretell(self) -> None:
        op, one, other = CATALOG[self.operation.currentData()], self.one.term, self.other.term
        self.promotion = foretold(op, one, other)
        back = foretold(op, other, one)
        sign = op.symbol
        self.result.setText(self._name(self.promotion))
        self.sentence.setText(say(self.promotion.sentence(sign)))
        again = self.tr("The other way round: {sentence}")
        self.reverse.setText(again.format(sentence=say(back.sentence(sign))))
        self.detail.setText(self.promotion.refusal or self._python(one, other))
        self.detail.setVisible(bool(self.detail.text()))
        self.ladder.show_promotion(self.promotion)

    def _name(self, promotion: Promotion) -> str:
        return name_of(promotion.dtype) if promotion.dtype is not None else self.tr("refused")

    def _python(self, one: Term, other: Term) -> str:
        if one.rank is other.rank is Rank.NUMBER:
            return self.tr("Two Python numbers meet in Python itself; torch only sees what comes out.")
        return self.tr("Nothing had to be decided.") if self.promotion.rule is Rule.SAME else ""


def _sentence(name: str, role: str) -> Sentence:
    label = Sentence()
    label.setObjectName(name)
    theme.role(label, role)
    return label
