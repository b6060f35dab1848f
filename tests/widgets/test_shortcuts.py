"""One table of keys: no key twice in one place, each listed in the help."""

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from explorer.widgets.window.key_bindings import KEYS, key
from explorer.widgets.window.shortcuts import KeysHelp, key_text


def test_no_key_means_two_things() -> None:
    taken = [s.toString() for entry in KEYS for s in entry.bound]
    assert len(taken) == len(set(taken))
    assert all(taken), "a key that Qt does not know"
    assert key("next").sequences == ("Right", "PgDown")


def test_the_help_lists_them_all(qtbot: QtBot) -> None:
    help_ = KeysHelp()
    qtbot.addWidget(help_)
    assert help_.objectName() == "keys_help"
    texts = {label.text() for label in help_.findChildren(QLabel)}
    read = {label.accessibleName() for label in help_.findChildren(QLabel)}
    for entry in KEYS:
        assert entry.words in texts
        assert f"{entry.words}: {key_text(entry)}" in read
