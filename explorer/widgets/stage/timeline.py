"""The bar below the stage: to the ends, step by step, play, scrub, speed."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from explorer.widgets.look import icons, theme
from explorer.widgets.stage.player import SPEEDS, Player
from explorer.widgets.stage.timeline_slider import TimelineSlider

HEIGHT, LARGE = 48, 56  # pixels


class Timeline(QFrame):
    """Shows and moves a `Player`. `play_requested` comes instead of playing while there is nothing to play."""

    play_requested = Signal()
    leave_requested = Signal()  # the projector view

    def __init__(self, player: Player, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self.setObjectName("timeline")
        self.setAccessibleName(self.tr("Timeline"))
        self._start = self._button("to_start", "start", self.tr("To the start"), "Home", player.to_start)
        self._back = self._button("step_back", "back", self.tr("Previous step"), "Left", lambda: player.step(-1))
        self._play = self._button("play_button", "play", self.tr("Play"), "Space", self._toggle)
        self._forward = self._button("step_forward", "forward", self.tr("Next step"), "Right", lambda: player.step(1))
        self._end = self._button("to_end", "end", self.tr("To the end"), "End", player.to_end)
        theme.role(self._play, "round")
        self._play.setIconSize(QSize(18, 18))
        self._play.setFixedSize(34, 34)
        self.slider = TimelineSlider()
        self.slider.setAccessibleName(self.tr("Position in the animation"))
        self.slider.setToolTip(self.tr("Drag to move through the animation, back and forth"))
        self.slider.sought.connect(player.seek)
        self.slider.stepped.connect(player.step)
        self._step = QLabel()
        self._step.setObjectName("step_text")
        theme.role(self._step, "muted")
        self._step.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._speed = self._speed_button()
        self._leave = self._leave_button()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 16, 0)
        layout.setSpacing(4)
        for widget in (self._start, self._back, self._play, self._forward, self._end):
            layout.addWidget(widget)
        layout.addSpacing(10)
        layout.addWidget(self.slider, 1)
        layout.addSpacing(6)
        layout.addWidget(self._step)
        layout.addSpacing(4)
        layout.addWidget(self._speed)
        layout.addWidget(self._leave)
        self.set_large(False)
        player.moved.connect(self._moved)
        player.playing_changed.connect(self._playing)
        player.speed_changed.connect(self._speed_shown)
        player.animation_changed.connect(self._renewed)
        self._speed_shown(player.speed)
        self._renewed()

    def set_large(self, large: bool) -> None:
        """Bigger for the projector view."""
        self.setFixedHeight(LARGE if large else HEIGHT)
        size = QSize(32, 32) if large else QSize(22, 22)
        for button in (self._start, self._back, self._forward, self._end):
            button.setIconSize(size)
        self._leave.setVisible(large)
        for widget in (self._step, self._speed):
            font = widget.font()
            font.setPixelSize(22 if large else 13)
            widget.setFont(font)
        self._widen()

    def _button(self, name: str, icon: str, words: str, key: str, act: Callable[[], None]) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setIconSize(QSize(22, 22))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        icons.dress(button, icon)
        button.setProperty("key", key)
        _name(button, words)
        button.clicked.connect(lambda _=False: act())
        return button

    def _leave_button(self) -> QToolButton:
        """The way out of the projector view, which shows neither menus nor bars."""
        button = self._button(
            "leave_projector", "close", self.tr("Leave the projector view"), "Esc", self.leave_requested.emit
        )
        button.setText("Esc")
        font = button.font()
        font.setPixelSize(20)
        button.setFont(font)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.hide()
        return button

    def _speed_button(self) -> QToolButton:
        button = QToolButton()
        button.setObjectName("speed_button")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        font = button.font()
        font.setBold(True)
        button.setFont(font)
        menu = QMenu(button)
        menu.setObjectName("speed_menu")
        group = QActionGroup(menu)
        for speed in SPEEDS:
            action = menu.addAction(f"{speed:g}×")
            action.setCheckable(True)
            action.setData(speed)
            group.addAction(action)
        group.triggered.connect(self._speed_chosen)
        button.setMenu(menu)
        return button

    def _toggle(self) -> None:
        if self._player.count == 0:
            self.play_requested.emit()
        else:
            self._player.toggle()

    def _speed_chosen(self, action: object) -> None:
        self._player.speed = action.data()  # type: ignore[attr-defined]

    def _speed_shown(self, speed: object) -> None:
        text = f"{speed:g}×"
        self._speed.setText(text)
        self._speed.setAccessibleName(self.tr("Speed {speed}").format(speed=text))
        self._speed.setToolTip(self.tr("Speed"))
        for action in self._speed.menu().actions():
            action.setChecked(action.data() == speed)

    def _renewed(self) -> None:
        some = (
            self._player.count > 0
        )  # not by the place of t: a button that is disabled under the finger loses the focus
        for widget in (self._start, self._back, self._forward, self._end, self.slider):
            widget.setEnabled(some)
        self.slider.set_marks(self._player.marks)
        self._widen()
        self._moved(self._player.t)

    def _widen(self) -> None:
        """Keep the text's place as wide as its longest, so that the slider does not jump while playing."""
        longest = self._words(self._player.count)
        self._step.setMinimumWidth(self._step.fontMetrics().horizontalAdvance(longest) + 4)

    def _moved(self, _: object) -> None:
        self.slider.show_time(self._player.t)
        self._step.setText(self._words(self._player.step_number))
        self._playing(self._player.playing)

    def _words(self, number: int) -> str:
        if self._player.count == 0:
            return ""
        return self.tr("step {number} of {count}").format(number=number, count=self._player.count)

    def _playing(self, playing: bool) -> None:
        if playing:
            name, words = "pause", self.tr("Pause")
        elif self._player.count and self._player.t >= 1.0:
            name, words = "replay", self.tr("Play again")
        else:
            name, words = "play", self.tr("Play")
        if self._play.accessibleName() != words:
            icons.dress(self._play, name)
            _name(self._play, words)


def _name(button: QToolButton, words: str) -> None:
    button.setAccessibleName(words)
    button.setToolTip(f"{words}  ({button.property('key')})")
