"""The drawer at the right edge: a row of labelled icons, and one page of what they name, or none."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from explorer.messages import Phrase
from explorer.widgets.look import icons, theme
from explorer.widgets.look.literal import literal
from explorer.widgets.look.wheel import WheelKeeper
from explorer.widgets.speech.sentences import translate

EDGE, PAGE = 56, 256  # pixels: the edge; a page at first and at least
PAGES = {
    "about": ("info", Phrase("About the tensor", "关于张量"), Phrase("About", "关于")),
    "memory": ("memory", Phrase("Memory", "内存"), Phrase("Memory", "内存")),
    "types": ("bits", Phrase("Types and bits", "类型与位"), Phrase("Types", "类型")),
    "gradients": ("gradient", Phrase("Gradients", "梯度"), Phrase("Grads", "梯度")),
    "bridge": ("cube", Phrase("NumPy and Python", "NumPy 与 Python"), Phrase("NumPy", "NumPy")),
    "table": ("table", Phrase("Table and transcript", "表格与文字记录"), Phrase("Table", "表格")),
    "statistics": ("bars", Phrase("Statistics", "统计"), Phrase("Stats", "统计")),
}
"""The pages from top to bottom: icon, title, and the word below the icon. Ctrl and the number open and shut them."""


class Drawer(QFrame):
    """The page that is open; hidden while none is. `edge` has the buttons, and stands beside it.

    `turned` carries the name of the page, "" for none. The subject is what all pages speak of.
    """

    turned = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("drawer_page")
        self.setAccessibleName(self.tr("Drawer"))
        theme.role(self, "chrome")
        self.setMinimumWidth(PAGE)
        self.page = ""
        self._wheel = WheelKeeper(self)
        self._title = QLabel()
        theme.role(self._title, "title")
        self._subject = QLabel()
        self._subject.setObjectName("drawer_subject")
        theme.role(self._subject, "small")
        self._subject.setMinimumWidth(1)
        self._stack = QStackedWidget()
        self._pages = {name: QWidget() for name in PAGES}
        for name, page in self._pages.items():
            area = self._scrolled(page)
            area.setObjectName(f"page_{name}")
            self._stack.addWidget(area)
        self._lay_out()
        self.edge = self._make_edge()
        self.hide()

    def _lay_out(self) -> None:
        close = QToolButton()
        close.setObjectName("drawer_close")
        close.setAccessibleName(self.tr("Shut the drawer"))
        close.setToolTip(self.tr("Shut the drawer"))
        icons.dress(close, "close", "muted")
        close.clicked.connect(self.shut)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 10, 8, 8)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self._subject)
        layout.addSpacing(8)
        layout.addWidget(self._stack, 1)

    def _scrolled(self, page: QWidget) -> QScrollArea:
        theme.role(page, "chrome")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 8, 8)
        column.setSpacing(12)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(page)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return area

    def _make_edge(self) -> QFrame:
        edge = QFrame()
        edge.setObjectName("drawer_edge")
        edge.setAccessibleName(self.tr("Pages of the drawer"))
        theme.role(edge, "chrome")
        edge.setFixedWidth(EDGE)
        column = QVBoxLayout(edge)
        column.setContentsMargins(2, 8, 2, 8)
        column.setSpacing(4)
        self._buttons = {}
        for number, (name, (icon, titled, word)) in enumerate(PAGES.items(), 1):
            title = translate("", titled)
            button = QToolButton()
            button.setObjectName(f"drawer_{name}")
            button.setText(literal(translate("", word)))
            button.setToolTip(f"{title}  (Ctrl+{number})")
            button.setAccessibleName(title)
            button.setCheckable(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setIconSize(QSize(22, 22))
            button.setFixedSize(EDGE - 5, 52)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            theme.role(button, "page")
            icons.dress(button, icon)
            button.clicked.connect(partial(self._press, name))
            column.addWidget(button)
            self._buttons[name] = button
        column.addStretch(1)
        return edge

    def title(self, name: str) -> Phrase:
        """The title of a page."""
        return PAGES[name][1]

    def add(self, name: str, part: QWidget, stretch: int = 0) -> None:
        """Put `part` below what the page `name` has already; with a `stretch` it takes the height that is left."""
        column = self._pages[name].layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(column.count() - 1, part, stretch)
        if stretch:
            column.setStretch(column.count() - 1, 0)
        self._wheel.keep(part)

    def show_subject(self, subject: str) -> None:
        """What the pages speak of: name, shape and dtype."""
        self._subject.setText(subject)
        self._subject.setToolTip(subject)

    def open(self, name: str) -> None:
        """Show the page `name`; "" or what is no page shuts the drawer."""
        name = name if name in PAGES else ""
        if name == self.page:
            return
        self.page = name
        for key, button in self._buttons.items():
            button.setChecked(key == name)
        if name:
            self._stack.setCurrentIndex(list(PAGES).index(name))
            self._title.setText(translate("", self.title(name)))
        self.setVisible(bool(name))
        self.turned.emit(name)

    def shut(self) -> None:
        """No page."""
        self.open("")

    def toggle(self, name: str) -> None:
        """Show the page, or shut the drawer where it is shown."""
        self.open("" if name == self.page else name)

    def _press(self, name: str) -> None:
        self._buttons[name].setChecked(name == self.page)  # `open` says what is so
        self.toggle(name)

    def reveal(self, name: str, part: QWidget) -> None:
        """Open a page and bring a part of it into sight."""
        self.open(name)
        area = self._stack.currentWidget()
        assert isinstance(area, QScrollArea)
        QTimer.singleShot(0, part, lambda: area.ensureWidgetVisible(part, 0, 12))  # once it has its place

    def shows(self, part: QWidget) -> bool:
        """Whether `part` stands on the page that is open."""
        return bool(self.page) and self._pages[self.page].isAncestorOf(part)

    def page_of(self, part: QWidget) -> str:
        """The name of the page that `part` stands on, or ""."""
        found: Sequence[str] = [name for name, page in self._pages.items() if page.isAncestorOf(part)]
        return found[0] if found else ""
