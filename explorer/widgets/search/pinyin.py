"""The initials of Chinese words, as people type them: "qh" for 求和."""

from bisect import bisect_right
from functools import cache

# The first level of GB/T 2312-1980, 3,755 characters, is in the order of their pinyin: where each initial begins there.
_BEGINS = (
    0xB0A1, 0xB0C5, 0xB2C1, 0xB4EE, 0xB6EA, 0xB7A2, 0xB8C1, 0xB9FE, 0xBBF7, 0xBFA6, 0xC0AC, 0xC2E8, 0xC4C3, 0xC5B6,
    0xC5BE, 0xC6DA, 0xC8BB, 0xC8F6, 0xCBFA, 0xCDDA, 0xCEF4, 0xD1B9, 0xD4D1,
)  # fmt: skip
_INITIALS = "abcdefghjklmnopqrstwxyz"
_END = 0xD7FA

# Characters that are read in another way in words of ours, and those of the standard's second level, by the Xinhua
# dictionary.
_OTHERS = {
    "重": "zc",
    "行": "xh",
    "长": "cz",
    "调": "dt",
    "率": "ls",
    "参": "cs",
    "没": "mm",
    "奇": "qj",
    "浏": "l",
    "轭": "e",
    "阱": "j",
}


@cache
def initials_of(character: str) -> str:
    """The letters that `character` may begin with; itself where it is no Chinese character."""
    if character in _OTHERS:
        return _OTHERS[character]
    try:
        code = int.from_bytes(character.encode("gb2312"))
    except UnicodeEncodeError:
        return character
    return _INITIALS[bisect_right(_BEGINS, code) - 1] if _BEGINS[0] <= code < _END else character


def begins(text: str, letters: str) -> bool:
    """Whether the Chinese `text` begins with these initials, one for each character."""
    return len(text) >= len(letters) and all(b in initials_of(a) for a, b in zip(text, letters, strict=False))
