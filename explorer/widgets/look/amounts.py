"""Counts, bytes and seconds as people read them."""

from PySide6.QtCore import QCoreApplication

from explorer.memory import in_bytes


def bytes_text(count: int) -> str:
    """`count` bytes: "32 bytes", "1.5 KiB"."""
    if count >= 1024:
        return in_bytes(count)
    one = QCoreApplication.translate("amounts", "1 byte")
    return one if count == 1 else QCoreApplication.translate("amounts", "{count} bytes").format(count=count)


def count_text(count: int) -> str:
    """A count with groups of three digits; four digits stay together."""
    return f"{count:,}".replace(",", "\N{THIN SPACE}") if abs(count) > 9999 else str(count)


def seconds_text(seconds: float) -> str:
    """A time: "12 µs", "3.4 ms", "1.25 s"."""
    if seconds < 1e-3:
        return f"{seconds * 1e6:.0f} µs"
    if seconds < 1:
        return f"{seconds * 1e3:.1f} ms" if seconds < 0.1 else f"{seconds * 1e3:.0f} ms"
    return f"{seconds:.2f} s" if seconds < 100 else f"{seconds:.0f} s"


def shape_text(shape: tuple[int | None, ...]) -> str:
    """A shape as Python writes it: "(4,)"; a length that only a run tells is "?"."""
    sizes = ["?" if size is None else str(size) for size in shape]
    return f"({', '.join(sizes)}{',' if len(sizes) == 1 else ''})"
