"""Settings survive, and nonsense in them is no fault."""

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QSettings

from explorer.widgets.settings import Settings


@pytest.fixture
def store(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


def test_the_first_start(store: QSettings) -> None:
    settings = Settings(store)
    assert (settings.language, settings.theme, settings.device) == ("system", "system", "cpu")
    assert (settings.speed, settings.reduce_motion, settings.colormap) == (1.0, False, "viridis")
    assert settings.geometry.isEmpty()
    assert settings.panes.isEmpty()


def test_everything_is_remembered(store: QSettings) -> None:
    settings = Settings(store)
    settings.language = "zh_CN"
    settings.theme = "dark"
    settings.device = "cuda:1"
    settings.speed = 0.5
    settings.reduce_motion = True
    settings.colormap = "cividis"
    settings.geometry = QByteArray(b"\x00\x01geometry")
    settings.panes = QByteArray(b"\x02\xffpanes")
    store.sync()
    again = Settings(QSettings(store.fileName(), QSettings.Format.IniFormat))
    assert (again.language, again.theme, again.device) == ("zh_CN", "dark", "cuda:1")
    assert (again.speed, again.reduce_motion, again.colormap) == (0.5, True, "cividis")
    assert bytes(again.geometry.data()) == b"\x00\x01geometry"
    assert bytes(again.panes.data()) == b"\x02\xffpanes"


def test_meta_is_not_remembered(store: QSettings) -> None:
    settings = Settings(store)
    settings.device = "cuda:1"
    settings.device = "meta"
    assert settings.device == "cuda:1"
    store.setValue("device", "meta")  # as earlier versions kept it
    assert settings.device == "cpu"


@pytest.mark.parametrize("nonsense", ["", "klingon", "1e999", "nan", ["a", "b"], 7])
def test_nonsense_reads_as_the_default(store: QSettings, nonsense: object) -> None:
    for name in ("language", "theme", "speed", "reduce_motion", "geometry", "panes"):
        store.setValue(name, nonsense)
    settings = Settings(store)
    assert (settings.language, settings.theme) == ("system", "system")
    assert settings.speed in (1.0,)
    assert settings.reduce_motion is False
    assert settings.geometry.isEmpty()


def test_what_is_no_choice_is_refused(store: QSettings) -> None:
    settings = Settings(store)
    with pytest.raises(ValueError, match="sepia"):
        settings.theme = "sepia"
    with pytest.raises(ValueError, match="klingon"):
        settings.language = "klingon"
    assert settings.theme == "system"
