"""Where new tensors are made and drafts run: the devices that torch really has."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QComboBox, QLabel, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from explorer.numbers.dtype_names import name_of
from explorer.widgets.faults.guard import guarded
from explorer.widgets.look import looks, theme
from explorer.widgets.look.amounts import bytes_text
from explorer.widgets.look.model_index import Index

NAME, DETAIL = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class _Delegate(QStyledItemDelegate):
    """The device and, small below it, what it is and which dtypes it takes."""

    @guarded()
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme.current()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.accent if chosen else look.panel)
        painter.drawRoundedRect(option.rect.adjusted(2, 1, -2, -1), 6, 6)
        text = option.rect.adjusted(10, 6, -10, -6)
        painter.setPen(look.accent_ink if chosen else look.ink)
        painter.setFont(looks.mono(option.font, 1.0, bold=True))
        painter.drawText(text, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, str(index.data(NAME)))
        painter.setPen(look.accent_ink if chosen else look.muted)
        painter.setFont(looks.sans(option.font, 0.92))
        painter.drawText(text, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, str(index.data(DETAIL)))
        painter.restore()

    @guarded(QSize(200, 44))
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        small = QFontMetrics(looks.sans(option.font, 0.92))
        height = QFontMetrics(looks.mono(option.font)).height() + small.height() + 15
        return QSize(small.horizontalAdvance(str(index.data(DETAIL))) + 24, height)


class DeviceSelector(QComboBox):
    """Shows the devices; `device_chosen` carries the torch name of the one that the user took."""

    device_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("device_selector")
        self.setAccessibleName(self.tr("Device"))
        self.setToolTip(self.tr("Where new tensors are made and where operations run"))
        self.setItemDelegate(_Delegate(self))
        self.setFont(looks.sans(self.font(), 1.0, bold=True))
        self._label = QLabel(self.tr("device"), self)
        theme.role(self._label, "small")
        self._label.setTextFormat(Qt.TextFormat.PlainText)  # no style sheet reaches a label in a combo box
        self._label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        left = self._label.sizeHint().width() + 22
        self.setStyleSheet(
            f"QComboBox {{ padding: 4px 0px 4px {left}px; }} QComboBox:focus {{ padding: 3px 0px 3px {left - 1}px; }}"
        )
        self._add("cpu", "", None, ())
        self.currentIndexChanged.connect(self._chosen)
        self._fit()

    def show_devices(self, devices: Sequence[Any], current: str) -> None:
        """List `devices` (`DeviceInfo`), `current` chosen, without a request."""
        every = {dtype for device in devices for dtype in device.dtypes}
        self.blockSignals(True)
        self.clear()
        for device in devices:
            missing = sorted((name_of(d) for d in every - set(device.dtypes)), key=len)
            self._add(device.name, device.title, device.memory, missing, [name_of(d) for d in device.dtypes])
        self.blockSignals(False)
        self.show_current(current)

    def show_current(self, name: str) -> None:
        """Show `name` as the chosen device, without a request."""
        self.blockSignals(True)
        self.setCurrentIndex(self.findData(name, NAME))
        self.blockSignals(False)
        self._fit()

    def _add(
        self, name: str, title: str, memory: int | None, missing: Sequence[str], taken: Sequence[str] = ()
    ) -> None:
        self.addItem(name)
        place = self.count() - 1
        parts = [self.tr("shapes and dtypes only, no values")] if name == "meta" else []
        parts += [title] if title else []
        parts += [bytes_text(memory)] if memory else []
        if missing:
            few = ", ".join(missing[:3]) + ("…" if len(missing) > 3 else "")
            parts.append(self.tr("not {dtypes}").format(dtypes=few))
        elif taken:
            parts.append(self.tr("takes every dtype"))
        self.setItemData(place, name, NAME)
        self.setItemData(place, " · ".join(parts), DETAIL)
        spoken = ", ".join([name, *parts])
        self.setItemData(place, spoken, Qt.ItemDataRole.AccessibleTextRole)
        if taken:
            tip = self.tr("{device} takes {dtypes}").format(device=name, dtypes=", ".join(taken))
            if missing:
                tip += "\n" + self.tr("but not {dtypes}").format(dtypes=", ".join(missing))
            self.setItemData(place, tip, Qt.ItemDataRole.ToolTipRole)

    def _chosen(self, place: int) -> None:
        self._fit()
        if place >= 0:
            self.device_chosen.emit(self.itemData(place, NAME))

    def _fit(self) -> None:
        """As wide as the chosen name; the list as wide as what it says."""
        text = QFontMetrics(self.font()).horizontalAdvance(max(self.currentText(), "cuda:0", key=len))
        self.setMinimumWidth(self._label.sizeHint().width() + text + 58)
        view = self.view()
        small = QFontMetrics(looks.sans(self.font(), 0.92))
        details = [small.horizontalAdvance(str(self.itemData(k, DETAIL))) for k in range(self.count())]
        view.setMinimumWidth(max([0, *details]) + 40)
        view.setMinimumHeight(sum(view.sizeHintForRow(k) for k in range(self.count())) + 12)

    @guarded()
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        hint = self._label.sizeHint()
        self._label.setGeometry(12, (self.height() - hint.height()) // 2, hint.width(), hint.height())
