"""Pictures of the stage: PNG at any scale, SVG; written whole or not at all."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QRectF, QSize
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator

from explorer.animation.frame import Frame
from explorer.errors import FileError
from explorer.late import late
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.widgets.stage.painter import paint
from explorer.widgets.stage.style import LIGHT, Style

with late():
    from explorer.files import atomic

LARGEST = 16384
"""Pixels on a side of a picture."""


def picture(frame: Frame, size: QSize, style: Style = LIGHT, scale: float = 1.0) -> QImage:
    """`frame` in `size` logical pixels as an image with `scale` times as many pixels (LARGEST at most on a side)."""
    scale = min(scale, LARGEST / max(1, size.width(), size.height()))
    image = QImage(size * scale, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(scale)
    painter = QPainter(image)
    try:
        paint(frame, painter, QRectF(0, 0, size.width(), size.height()), style)
    finally:
        painter.end()
    return image


def png(frame: Frame, size: QSize, style: Style = LIGHT, scale: float = 1.0) -> bytes:
    """The picture as a PNG file's bytes."""
    return encoded(picture(frame, size, style, scale))


def encoded(image: QImage) -> bytes:
    """An image as a PNG file's bytes."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def svg(frame: Frame, size: QSize, style: Style = LIGHT, title: str = "") -> bytes:
    """The picture as an SVG file's bytes: shapes and texts, to be scaled without loss."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(96)
    generator.setSize(size)
    generator.setViewBox(QRect(0, 0, size.width(), size.height()))
    generator.setTitle(title)
    painter = QPainter(generator)
    try:
        paint(frame, painter, QRectF(0, 0, size.width(), size.height()), style)
    finally:
        painter.end()
    return bytes(buffer.data().data())


def save(
    frame: Frame, path: str | Path, size: QSize, style: Style = LIGHT, scale: float = 2.0, title: str = ""
) -> None:
    """Write a picture; the ending, .png or .svg, chooses the format. Raises FileError, the old file being unharmed."""
    target = Path(path)
    ending = target.suffix.lower()
    if ending == ".svg":
        data = svg(frame, size, style, title)
    elif ending == ".png":
        data = png(frame, size, style, scale)
    else:
        raise FileError(
            Message(
                "errors",
                QT_TRANSLATE_NOOP("errors", "A picture of the stage is a .png or a .svg file, not “{name}”."),
                {"name": target.name},
            )
        )
    write(target, data)


def write(target: Path, data: bytes) -> None:
    """Put `data` into `target` at once: a reader sees the old file or the new one, never a part. Raises FileError."""
    atomic.write(target, lambda file: file.write(data))
