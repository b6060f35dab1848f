"""Sentences of the core in the language of the window."""

from PySide6.QtCore import QCoreApplication

from explorer.errors import ExplorerError
from explorer.messages import Message, Phrase
from explorer.widgets.speech.language import language


def translate(context: str, text: str) -> str:
    """`text` of `context` in the installed language; the English text itself where there is no translation. A phrase
    brings its own."""
    if isinstance(text, Phrase):
        return text.chinese if language().code == "zh_CN" else text
    return QCoreApplication.translate(context, text)


def say(message: Message) -> str:
    """The sentence of `message`, translated first and filled in after."""
    try:
        return message.text(translate)
    except (LookupError, ValueError):  # a translation with a wrong place must not cost the user the sentence
        return message.text()


def error_text(error: ExplorerError) -> tuple[str, str]:
    """Our sentence in the user's language, and torch's own words, verbatim, or ""."""
    return say(error.message), error.detail
