"""Sentences that can be translated: a template with named places, and the values that stand there.

A sentence is translated first and filled in after, so that a translator sees one whole sentence. The core marks its
templates with `QT_TRANSLATE_NOOP`, which Qt's `lupdate` finds by that name in files that never import Qt.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Translate = Callable[[str, str], str]


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802 - the name that lupdate looks for
    """Mark `text` for translation in `context`, and give it back unchanged."""
    return text


class Phrase(str):
    """A word or a sentence that brings its Chinese with it, as those of entries of the catalogue do."""

    __slots__ = ("chinese",)
    chinese: str

    def __new__(cls, english: str = "", chinese: str = "") -> "Phrase":
        made = super().__new__(cls, english)
        made.chinese = chinese or english
        return made

    def of(self, **values: object) -> "Phrase":
        """The same in both languages with `values` in the named places."""
        chinese = {name: value.chinese if isinstance(value, Phrase) else value for name, value in values.items()}
        return Phrase(self.format(**values), self.chinese.format(**chinese))


@dataclass(frozen=True)
class Message:
    """One whole sentence: `template` of `context` with `values` in its named places (`str.format`). A phrase is known
    in both languages, whatever the context."""

    context: str
    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def text(self, translate: Translate | None = None) -> str:
        """The sentence in the language of `translate(context, template)`; English without it."""
        template = translate(self.context, self.template) if translate else self.template
        values = {k: self._said(v, translate) for k, v in self.values.items()}
        return template.format(**values)

    def _said(self, value: object, translate: Translate | None) -> object:
        if isinstance(value, Message):
            return value.text(translate)
        return translate(self.context, value) if translate and isinstance(value, Phrase) else value

    def __str__(self) -> str:
        return self.text()


def shown(path: str | os.PathLike[str]) -> str:
    """The name of a file as it can be shown, without its folders."""
    whole = os.fspath(path)
    return legible(os.path.basename(whole) or whole)  # noqa: PTH119


def legible(name: str) -> str:
    """A name of others as it can be shown: on one line, without control characters, not endless."""
    name = "".join(c if c.isprintable() else "�" for c in spelt(name))
    return name if len(name) <= 80 else f"{name[:50]}…{name[-29:]}"


def spelt(name: str) -> str:
    """A name as text that can be shown, stored and sent: bytes that Python could not read are read as UTF-8 where they
    are that, and stand as � where they are not; so does what is half of a character."""
    if name.isascii():
        return name
    try:
        return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    except UnicodeEncodeError:
        return name.encode("utf-8", "replace").decode()
