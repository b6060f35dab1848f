"""Sentences that can be translated: a template with named places, and the values that stand there.

A sentence is translated first and filled in after, so that a translator sees one whole sentence. The core marks its
templates with `QT_TRANSLATE_NOOP`, which Qt's `lupdate` finds by that name in files that never import Qt.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Translate = Callable[[str, str], str]


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802 - the name that lupdate looks for
    """Mark `text` for translation in `context`, and give it back unchanged."""
    return text


@dataclass(frozen=True)
class Message:
    """One whole sentence: `template` of `context` with `values` in its named places (`str.format`)."""

    context: str
    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def text(self, translate: Translate | None = None) -> str:
        """The sentence in the language of `translate(context, template)`; English without it."""
        template = translate(self.context, self.template) if translate else self.template
        values = {k: v.text(translate) if isinstance(v, Message) else v for k, v in self.values.items()}
        return template.format(**values)

    def __str__(self) -> str:
        return self.text()
