"""How a function is written with the numbers of a cell: `1+5`, `|-3|`, `√4`. A minus is `-`, as in torch's numbers."""

JOINS = {"add": "{0}+{1}", "mul": "{0}×{1}", "maximum": "max({0}, {1})", "minimum": "min({0}, {1})"}
COMPARED = {"gt": ">", "ge": ">=", "lt": "<", "le": "<=", "eq": "==", "ne": "!="}
SIMPLE = {"add": "+", "sub": "-", "mul": "×", "div": "÷", "floor_divide": "//", "remainder": "%", "pow": "**"}
BINARY = {**SIMPLE, **COMPARED}
SIGNS = {**BINARY, "maximum": "max", "minimum": "min"}
WRITTEN = {
    **JOINS,
    **{name: f"{{0}}{sign}{{1}}" for name, sign in BINARY.items()},
    "abs": "|{0}|",
    "neg": "-({0})",
    "sqrt": "√{0}",
    "square": "{0}²",
    "exp": "e^{0}",
    "log": "ln {0}",
    "to": "{0}",
    "clone": "{0}",
    "contiguous": "{0}",
}
LONG, WIDEST = 5, 9  # characters that a line in a cell has room for; in small print
POWERS = str.maketrans("0123456789.-/", "⁰¹²³⁴⁵⁶⁷⁸⁹·⁻ᐟ")
RAISED = frozenset("0123456789.-")


def joined(partial: str, texts: tuple[str, ...]) -> str:
    """Several numbers under one join: `1 + 5 + 9`, `max(1, 5, 9)`."""
    if partial in ("maximum", "minimum"):
        return f"{SIGNS[partial]}({', '.join(texts)})" if len(texts) != 1 else texts[0]
    sign = SIGNS.get(partial, "+")
    return f" {sign} ".join(f"({t})" if k and t.startswith("-") else t for k, t in enumerate(texts))


def half(partial: str, before: str, joining: str) -> str:
    """What a cell of the strip reads in the middle of a join: `1+5`, `max(1, 5)`; on two lines where that is long."""
    template = JOINS.get(partial, "{0}, {1}")
    signed = joining.startswith("-") and partial in ("add", "mul")
    second = f"({joining})" if signed else joining
    text = template.format(before, second)
    if len(text) <= LONG or partial not in SIGNS:
        return text
    sign = SIGNS[partial]
    if partial not in ("maximum", "minimum"):
        return f"{before}\n{sign}{second}"
    pair = f"({before}, {second})"
    return f"{sign}\n{pair}" if len(pair) <= WIDEST else f"{sign}({before},\n{second})"


def brief(function: str, *texts: str) -> str:
    """`written` for a cell: on two lines where that is long."""
    text = written(function, *texts)
    if len(text) <= LONG or len(texts) != 2 or function not in SIGNS:
        return text
    if function in JOINS and function not in BINARY:
        return half(function, *texts)
    first = texts[0] if text.startswith(texts[0]) else f"({texts[0]})"
    return f"{first}\n{text.removeprefix(first)}"


def written(function: str, *texts: str) -> str:
    """One application of `function` (its name, and a number after a blank: "div 12", "pow 3") to the numbers."""
    name, _, number = function.partition(" ")
    if name in ("square", "pow") and texts[0].startswith("-"):
        texts = (f"({texts[0]})", *texts[1:])
    if name == "div" and number:
        return f"{texts[0]}÷{number}"
    if name == "pow" and (number or RAISED.issuperset(texts[1])):
        return f"{texts[0]}{(number or texts[1]).translate(POWERS)}"
    if name == "ne" and number:
        return f"{texts[0]}≠{number}"
    template = WRITTEN.get(name)
    if template is None or template.count("{") > len(texts):
        return f"{name}({', '.join(texts)})"
    shown = [f"({t})" if k and t.startswith("-") and name in BINARY else t for k, t in enumerate(texts)]
    return template.format(*shown)
