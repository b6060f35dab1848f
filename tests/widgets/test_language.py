"""The language is switched while running, for our words and for Qt's."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from explorer.errors import OpError
from explorer.messages import Message
from explorer.ops.reduction import SUM
from explorer.widgets.speech import sentences
from explorer.widgets.speech.language import Language, language, system_language
from explorer.widgets.speech.sentences import error_text, say, translate
from explorer.widgets.stage.player import Player
from explorer.widgets.stage.timeline import Timeline

OUT_OF_RANGE = Message(
    "errors", "{name}={axis} is out of range: {n0} is {s0}.", {"name": "dim", "axis": 2, "n0": "A", "s0": (3, 4)}
)


@pytest.fixture
def spoken(qapp: QApplication) -> Iterator[Language]:
    yield language()
    language().use("en")


def ok_text(qtbot: QtBot) -> str:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    return box.button(QDialogButtonBox.StandardButton.Cancel).text()


def test_our_words_and_those_of_qt(qtbot: QtBot, spoken: Language) -> None:
    assert QCoreApplication.translate("Timeline", "Pause") == "Pause"
    assert translate("ops", SUM.title) == "Sum"
    assert "Cancel" in ok_text(qtbot)
    with qtbot.waitSignal(spoken.changed) as told:
        assert spoken.use("zh_CN") == "zh_CN"
    assert told.args == ["zh_CN"]
    assert QCoreApplication.translate("Timeline", "Pause") == "暂停"
    assert translate("ops", SUM.title) == "求和"
    assert "取消" in ok_text(qtbot)
    spoken.use("en")
    assert QCoreApplication.translate("Timeline", "Pause") == "Pause"
    assert translate("ops", SUM.title) == "Sum"
    assert "Cancel" in ok_text(qtbot)


def test_a_widget_built_after_the_switch_speaks_it(qtbot: QtBot, spoken: Language) -> None:
    spoken.use("zh_CN")
    timeline = Timeline(Player())
    qtbot.addWidget(timeline)
    assert timeline.accessibleName() == "时间线"
    assert timeline.slider.accessibleName() == "动画中的位置"


def test_an_error_is_translated_first_and_filled_in_after(monkeypatch: pytest.MonkeyPatch) -> None:
    chinese = {("errors", OUT_OF_RANGE.template): "{n0} 是 {s0}：{name}={axis} 超出范围。"}
    monkeypatch.setattr(sentences, "translate", lambda context, text: chinese[context, text])
    sentence, detail = error_text(OpError(OUT_OF_RANGE, "Dimension out of range"))
    assert sentence == "A 是 (3, 4)：dim=2 超出范围。"
    assert detail == "Dimension out of range"


def test_a_message_within_a_message(spoken: Language) -> None:
    spoken.use("zh_CN")
    inner = Message("Timeline", "Pause")
    assert say(Message("nowhere", "{what}: {shape}", {"what": inner, "shape": (4,)})) == "暂停: (4,)"


def test_a_broken_translation_costs_nobody_the_sentence(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    for broken in ("{nome} 超出", "{name", "{0}"):
        monkeypatch.setattr(sentences, "translate", lambda _, __, text=broken: text)
        assert say(OUT_OF_RANGE) == str(OUT_OF_RANGE)


def test_the_same_language_again_changes_nothing(qtbot: QtBot, spoken: Language) -> None:
    spoken.use("zh_CN")
    with qtbot.assertNotEmitted(spoken.changed):
        spoken.use("zh_CN")


def test_an_unknown_language_is_refused(spoken: Language) -> None:
    with pytest.raises(ValueError, match="klingon"):
        spoken.use("klingon")
    assert spoken.code == "en"


@pytest.mark.parametrize(
    ("tags", "code"),
    [
        (["zh-Hans-CN", "zh-CN", "zh"], "zh_CN"),
        (["zh_TW"], "zh_CN"),
        (["de-DE", "zh-CN"], "zh_CN"),
        (["de-DE", "en-US"], "en"),
        (["C"], "en"),
        ([], "en"),
    ],
)
def test_the_language_of_the_system(monkeypatch: pytest.MonkeyPatch, tags: list[str], code: str) -> None:
    class System:
        def uiLanguages(self) -> list[str]:
            return tags

    monkeypatch.setattr(QLocale, "system", System)
    assert system_language() == code
