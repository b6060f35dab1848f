import os
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtCore import QByteArray, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from explorer.errors import FileError
from explorer.widgets.stage import export
from explorer.widgets.stage.style import DARK

from .stage_frames import everything, matrix

pytestmark = pytest.mark.usefixtures("qapp")
SIZE = QSize(400, 300)
FRAME = [[0, 1, 2], [3, 4, 5]]


def test_png_at_a_scale(tmp_path: Path) -> None:
    target = tmp_path / "a.png"
    export.save(matrix(FRAME), target, SIZE, scale=3)
    assert QImage(str(target)).size() == QSize(1200, 900)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.png"]


def test_a_scale_that_no_memory_holds_is_cut(tmp_path: Path) -> None:
    image = export.picture(matrix(FRAME), QSize(100, 2), scale=1e6)
    assert image.width() == export.LARGEST


def test_svg_is_well_formed_and_shows_the_picture(tmp_path: Path) -> None:
    target = tmp_path / "a.SVG"
    export.save(matrix(FRAME), target, SIZE, DARK, title="A <&> B")
    root = ElementTree.fromstring(target.read_text("utf-8"))
    assert root.find("{http://www.w3.org/2000/svg}title").text == "A <&> B"  # type: ignore[union-attr]
    assert float(root.attrib["width"].removesuffix("mm")) == pytest.approx(400 / 96 * 25.4, abs=0.2)
    assert root.attrib["viewBox"] == "0 0 400 300"
    renderer = QSvgRenderer(QByteArray(target.read_bytes()))
    image = QImage(SIZE, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    assert image.pixelColor(2, 2).name() == DARK.background.lower()


def test_svg_of_many_cells_and_of_every_mark() -> None:
    many = export.svg(matrix(np.zeros((32, 32)).tolist(), texts=False), SIZE)
    assert b"<image" not in many.split(b"</g>")[0]
    assert many.count(b"<path") + many.count(b"<rect") >= 1024
    assert ElementTree.fromstring(export.svg(everything(), SIZE)) is not None


def test_an_unknown_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"\.png or a \.svg"):
        export.save(matrix(FRAME), tmp_path / "a.jpg", SIZE)
    assert not list(tmp_path.iterdir())


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.png"
    target.write_bytes(b"old")

    def full(source: object, goal: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", full)
        with pytest.raises(FileError, match="No space left on device"):
            export.save(matrix(FRAME), target, SIZE)
    assert target.read_bytes() == b"old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.png"]


def test_no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="No such file"):
        export.save(matrix(FRAME), tmp_path / "none" / "a.png", SIZE)
