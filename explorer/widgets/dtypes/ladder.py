"""The rules of promotion as a ladder: asked from the top, and the one that decides is lit."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from explorer.numbers.promotion import Promotion, Rule
from explorer.widgets.faults.guard import guarded
from explorer.widgets.look import theme
from explorer.widgets.speech.sentences import say

RAIL, SIDE = 4.0, 12


class Rung(QFrame):
    """One rule; lit, it says how it decided. A filled mark and a heavy frame tell it, no colour."""

    def __init__(self, rule: Rule, number: str, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rule = rule
        self.setObjectName(f"rung_{rule}")
        self.lit = False
        self._title = title
        self.mark = QLabel("\N{WHITE CIRCLE}")
        self.mark.setFixedWidth(22)
        self.title = QLabel(f"{number}  {title}".strip())
        self.text = QLabel(text)
        theme.role(self.text, "muted")
        self.decision = QLabel()
        theme.role(self.decision, "strong")
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 7, 12, 7)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(1)
        grid.addWidget(self.mark, 0, 0)
        grid.addWidget(self.title, 0, 1)
        grid.addWidget(self.text, 1, 1)
        grid.addWidget(self.decision, 2, 1)
        grid.setColumnStretch(1, 1)
        for label in (self.text, self.decision):
            label.setWordWrap(True)
        self.light(None)

    def light(self, decision: str | None) -> None:
        """Light it with what it decided, or, with None, let it be dark."""
        self.lit = decision is not None
        self.mark.setText("\N{BLACK CIRCLE}" if self.lit else "\N{WHITE CIRCLE}")
        self.decision.setText(decision or "")
        self.decision.setVisible(self.lit)
        theme.role(self.title, "strong" if self.lit else "")
        self.setAccessibleName(f"{self._title}: {decision}" if self.lit else self._title)
        self.update()

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme.current()
        painter.setBrush(look.hover if self.lit else look.panel)
        painter.setPen(QPen(look.ink if self.lit else look.hairline, 2.4 if self.lit else 1.0))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 7, 7)
        painter.end()


class Ladder(QWidget):
    """Shows which rule decided a Promotion."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("promotion_ladder")
        self.setAccessibleName(self.tr("Rules of promotion"))
        self.rungs = {
            rule: Rung(rule, number, title, text)
            for rule, number, title, text in (
                (Rule.KIND, "1", self.tr("The higher kind wins"), "bool < int < float < complex"),
                (
                    Rule.RANK,
                    "2",
                    self.tr("Of one kind: the higher rank wins"),
                    self.tr("Python number < 0-d tensor < tensor with axes"),
                ),
                (
                    Rule.WIDTH,
                    "3",
                    self.tr("Of one rank: the smallest dtype that holds both"),
                    self.tr("often the wider one; for float16 and bfloat16 neither will do, so float32"),
                ),
                (
                    Rule.OPERATION,
                    "",
                    self.tr("Some operations ask for a dtype of their own"),
                    self.tr("/ of whole numbers gives a float, a comparison gives bool, in place keeps the first"),
                ),
            )
        }
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SIDE + 6, 8, SIDE + 6, 8)
        layout.setSpacing(9)
        for rung in self.rungs.values():
            layout.addWidget(rung)

    def show_promotion(self, promotion: Promotion) -> None:
        """Light the rule that decided; none where the two are the same, or torch refuses."""
        for rule, rung in self.rungs.items():
            rung.light(say(promotion.reason) if rule is promotion.rule else None)

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().line)
        for x in (SIDE - RAIL, self.width() - SIDE):
            painter.drawRoundedRect(QRectF(x, 0, RAIL, self.height()), 2, 2)
        for rung in self.rungs.values():
            middle = rung.geometry().center().y()
            painter.drawRect(QRectF(SIDE - RAIL, middle - 1, self.width() - 2 * SIDE + RAIL, 2))
        painter.end()
