"""How a function is written with the numbers of a cell: `1+5`, `|-3|`, `√4`. A minus is `-`, as in torch's numbers."""

from explorer.ops.words import HIGH, Words

LONG, WIDEST = 5, 9  # characters that a line in a cell has room for; in small print
RAISED = frozenset("0123456789.-")


def joined(words: Words, texts: tuple[str, ...]) -> str:
    """Several numbers under one join: `1 + 5 + 9`, `max(1, 5, 9)`."""
    if not words.infix:
        return f"{words.sign or words.name}({', '.join(texts)})" if len(texts) != 1 else texts[0]
    return f" {words.sign} ".join(f"({t})" if k and t.startswith("-") else t for k, t in enumerate(texts))


def half(words: Words, before: str, joining: str) -> str:
    """What a cell of the strip reads in the middle of a join: `1+5`, `max(1, 5)`; on two lines where that is long."""
    second = f"({joining})" if words.infix and joining.startswith("-") else joining
    text = words.pattern.format(before, second) if words.pattern else f"{words.name}({before}, {second})"
    if len(text) <= LONG or not words.sign:
        return text
    if words.infix:
        return f"{before}\n{words.sign}{second}"
    pair = f"({before}, {second})"
    return f"{words.sign}\n{pair}" if len(pair) <= WIDEST else f"{words.sign}({before},\n{second})"


def brief(words: Words, *texts: str) -> str:
    """`written` for a cell: on two lines where that is long."""
    text = written(words, *texts)
    if len(text) <= LONG or len(texts) != 2 or not words.sign:
        return text
    if not words.infix:
        return half(words, *texts)
    first = texts[0] if text.startswith(texts[0]) else f"({texts[0]})"
    return f"{first}\n{text.removeprefix(first)}"


def written(words: Words, *texts: str) -> str:
    """One application to the numbers."""
    if words.raises and texts[0].startswith("-"):
        texts = (f"({texts[0]})", *texts[1:])
    if words.raises and len(texts) == 2 and RAISED.issuperset(texts[1]):
        return f"{texts[0]}{texts[1].translate(HIGH)}"
    pattern = words.pattern
    if not pattern or pattern.count("{") > len(texts):
        return f"{words.name}({', '.join(texts)})"
    shown = [f"({t})" if k and t.startswith("-") and words.infix else t for k, t in enumerate(texts)]
    return pattern.format(*shown)
