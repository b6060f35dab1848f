"""How a function is written with the numbers of a cell: `1+5`, `|-3|`, `√4`. A minus is `-`, as in torch's numbers."""

import re

from explorer.ops.words import HIGH, Words

LONG, WIDEST = 5, 9  # characters that a line in a cell has room for; in small print
RAISED = frozenset("0123456789.-")
_NUMBER = r"[-+\w.∞]+"
_BOTH_PARTS = re.compile(rf"{_NUMBER}(?<!e)[+-]{_NUMBER}j")
_WITH_A_LETTER = re.compile(r"[\d.]+(?:j|e[+-]?\d+)")


def flat(text: str) -> str:
    """A number that stands on two lines of a cell, on one."""
    return text.replace("\n", "")


def bracketed(text: str, tight: bool = False) -> str:
    """A number with its parentheses beside a sign: of two parts it needs them, and where the sign is `tight`, as that
    of a power is, below 0 and with a letter in it, too."""
    odd = _BOTH_PARTS.fullmatch(text) or (tight and (text.startswith("-") or _WITH_A_LETTER.fullmatch(text)))
    return f"({text})" if odd else text


def second(text: str) -> str:
    """The number behind a sign."""
    return f"({text})" if text.startswith("-") else bracketed(text)


def joined(words: Words, texts: tuple[str, ...]) -> str:
    """Several numbers under one join: `1 + 5 + 9`, `max(1, 5, 9)`."""
    if not words.infix:
        return f"{words.sign or words.name}({', '.join(texts)})" if len(texts) != 1 else texts[0]
    if len(texts) == 1:
        return texts[0]
    return f" {words.sign} ".join(second(t) if k else bracketed(t) for k, t in enumerate(texts))


def half(words: Words, before: str, joining: str) -> str:
    """What a cell of the strip reads in the middle of a join: `1+5`, `max(1, 5)`; on two lines where that is long."""
    text = written(words, before, joining)
    if len(text) <= LONG or not words.sign:
        return text
    if words.infix:
        first = bracketed(flat(before))
        return f"{first}\n{text.removeprefix(first)}"
    pair = text.removeprefix(words.sign)
    return f"{words.sign}\n{pair}" if len(pair) <= WIDEST else f"{words.sign}({flat(before)},\n{flat(joining)})"


def brief(words: Words, *texts: str) -> str:
    """`written` for a cell: on two lines where that is long."""
    text = written(words, *texts)
    if len(text) <= LONG or len(texts) != 2 or not words.sign:
        return text
    if not words.infix:
        return half(words, *texts)
    if text.startswith(f"{words.name}("):
        return text
    first = flat(texts[0]) if text.startswith(flat(texts[0])) else f"({flat(texts[0])})"
    return f"{first}\n{text.removeprefix(first)}"


def written(words: Words, *texts: str) -> str:
    """One application to the numbers."""
    texts = tuple(map(flat, texts))
    if words.raises and len(texts) == 2 and texts[0] == "0" and texts[1].startswith("-"):
        return f"{words.name}({', '.join(texts)})"  # 0 has no such power; what torch gives depends on the dtype
    if words.tight:
        texts = (bracketed(texts[0], tight=True), *texts[1:])
    if words.raises and len(texts) == 2 and RAISED.issuperset(texts[1]):
        return f"{texts[0]}{texts[1].translate(HIGH)}"
    pattern = words.pattern
    if not pattern or pattern.count("{") > len(texts):
        return f"{words.name}({', '.join(texts)})"
    if words.encloses:
        return pattern.format(*texts)
    return pattern.format(*(second(t) if k else bracketed(t) for k, t in enumerate(texts)))
