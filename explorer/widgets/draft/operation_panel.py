"""All operations by family, a small button each."""

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from explorer.ops import Op
from explorer.widgets.draft.operation_words import call_form, heading_of, short_name, title_of
from explorer.widgets.faults.guard import guarded
from explorer.widgets.look import looks, theme
from explorer.widgets.look.flow_layout import FlowLayout
from explorer.widgets.speech.sentences import translate


class OperationPanel(QScrollArea):
    """Shows the catalogue; `operation_chosen` carries the key of the operation whose button was pressed."""

    operation_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("operation_panel")
        self.setAccessibleName(self.tr("Operations"))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setStyleSheet("OperationPanel { background: palette(base); }")
        self._buttons: dict[str, QPushButton] = {}
        self._current: str | None = None
        self.show_catalog(())

    def show_catalog(self, ops: Iterable[Op]) -> None:
        """List these operations under their families, both in the order in which they come."""
        page = theme.role(QWidget(), "panel")
        layout = QVBoxLayout(page)
        layout.setContentsMargins(16, 8, 10, 16)
        layout.setSpacing(6)
        layout.addWidget(theme.role(QLabel(self.tr("OPERATIONS")), "heading"))
        self._buttons.clear()
        groups: dict[str, FlowLayout] = {}
        for op in ops:
            title = translate("", heading_of(op))
            if title not in groups:
                layout.addSpacing(6)
                layout.addWidget(theme.role(QLabel(title), "strong"))
                groups[title] = FlowLayout(gap=6, line_gap=6)
                layout.addLayout(groups[title])
            groups[title].addWidget(self._button(op))
        layout.addStretch(1)
        self.setWidget(page)
        self.show_current(self._current)

    def show_current(self, key: str | None) -> None:
        """Mark the operation of the draft; None for no draft."""
        self._current = key
        for name, button in self._buttons.items():
            button.setChecked(name == key)
        if key in self._buttons:
            self.ensureWidgetVisible(self._buttons[key], 0, 12)

    def _button(self, op: Op) -> QPushButton:
        button = QPushButton(short_name(op))
        button.setObjectName(f"operation_{op.name.replace('.', '_')}")
        button.setFont(looks.mono(self.font(), 0.95))
        button.setCheckable(True)
        title = translate("", title_of(op))
        button.setToolTip(self.tr("{title}: {call}").format(title=title, call=call_form(op)))
        button.setAccessibleName(self.tr("{name}, {title}").format(name=op.name, title=title))
        theme.role(button, "op")
        button.clicked.connect(lambda checked=False, key=op.name: self._press(key))
        self._buttons[op.name] = button
        return button

    def _press(self, key: str) -> None:
        self.show_current(self._current)  # what is current is for the draft to say, not for the press
        self.operation_chosen.emit(key)

    @guarded(QSize(236, 300))
    def sizeHint(self) -> QSize:
        return QSize(236, 300)

    @guarded(QSize(120, 90))
    def minimumSizeHint(self) -> QSize:
        return QSize(120, 90)
