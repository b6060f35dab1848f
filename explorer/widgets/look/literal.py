"""Texts of others, such as the names of files and axes, where Qt reads more in a text than its letters.

Labels and tooltips show every text as it stands: the style sheet of the window makes them plain. What is left are
actions, buttons and tabs, where "&" underlines the next letter, and titles of windows, where "[*]" is a mark.
"""


def printable(text: str) -> str:
    """The text in one line, its control characters made visible."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def literal(text: str) -> str:
    """For the text of an action, a button or a tab."""
    return printable(text).replace("&", "&&")


def in_title(text: str) -> str:
    """For the title of a window."""
    return printable(text).replace("[*]", "[*][*]")
