import pytest
from pytestqt.qtbot import QtBot

from explorer.messages import Message
from explorer.widgets.stage.transcript import Transcript


@pytest.fixture
def transcript(qtbot: QtBot) -> Transcript:
    made = Transcript()
    qtbot.addWidget(made)
    return made


def lines(transcript: Transcript) -> list[str]:
    return [transcript.item(k).text() for k in range(transcript.count())]


def test_captions_are_added_and_announced_once(transcript: Transcript) -> None:
    said: list[object] = []
    transcript.announced.connect(said.append)
    first = Message("captions", "row {row} joins", {"row": 1})
    for caption in (first, first, "the fork"):
        transcript.add(caption)
    assert lines(transcript) == said == ["row 1 joins", "the fork"]
    assert transcript.currentRow() == 1


def test_all_captions_and_the_step_that_is_reached(transcript: Transcript) -> None:
    said: list[object] = []
    transcript.announced.connect(said.append)
    transcript.show_captions(["a", Message("captions", "b"), "c"])
    assert lines(transcript) == ["a", "b", "c"]
    assert said == []
    for step in (0, 0, 1, 1, 1, 0, 9):
        transcript.reach(step)
    assert said == ["a", "b", "a"]


def test_a_caption_can_be_gone_to(transcript: Transcript, qtbot: QtBot) -> None:
    transcript.show_captions(["a", "b"])
    with qtbot.waitSignal(transcript.step_requested) as caught:
        transcript.itemActivated.emit(transcript.item(1))
    assert caught.args == [1]


def test_it_has_a_name_and_an_end(transcript: Transcript) -> None:
    assert transcript.objectName() == "transcript"
    assert transcript.accessibleName()
    for k in range(1500):
        transcript.add(str(k))
    assert transcript.count() == 1000
    assert lines(transcript)[-1] == "1499"
