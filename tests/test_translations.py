"""Both languages say everything: nothing unfinished, nothing out of step, every named place kept."""

import ast
import shutil
import string
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from explorer.widgets.speech import translations

SOURCES = sorted(translations.SOURCES.rglob("*.py"))
MARKS = {"tr", "translate", "QT_TRANSLATE_NOOP"}


def entries(ts: Path) -> list[tuple[str, str, str, str]]:
    """Context, source, translation and its kind ("", "unfinished", "vanished")."""
    found = []
    for context in ET.parse(ts).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            kind, text = translation.get("type", ""), translation.text or ""
            found.append((context.findtext("name", ""), message.findtext("source", ""), text, kind))
    return found


ENTRIES = entries(translations.TS)


def places(text: str) -> list[str]:
    """The named places of a template, with how each is written: `{text!r:>5}`."""
    return sorted(f"{name}!{conversion}:{spec}" for _, name, spec, conversion in string.Formatter().parse(text) if name)


def test_there_is_something() -> None:
    assert len(ENTRIES) > 300
    assert {"errors", "captions", "Timeline", "MessageBar"} <= {context for context, *_ in ENTRIES}


def test_nothing_is_unfinished() -> None:
    open_ = [(context, source) for context, source, text, kind in ENTRIES if kind or not text]
    assert not open_, "run `python -m explorer.widgets.speech.translations update`, and translate"


def test_places_agree() -> None:
    wrong = [(source, text) for _, source, text, _ in ENTRIES if text and places(source) != places(text)]
    assert not wrong


def test_mnemonics_agree() -> None:
    """A menu's underlined key stays reachable: (&F) behind the Chinese word, as is usual there."""
    wrong = [(source, text) for _, source, text, _ in ENTRIES if text and source.count("&") != text.count("&")]
    assert not wrong


def test_the_words_of_torch_stay() -> None:
    """sum, dim, keepdim and dtype are what one types: they stand in the Chinese where they stand in the English."""
    wrong = [
        (word, source)
        for _, source, text, _ in ENTRIES
        for word in ("keepdim", "dim=", "matmul", "reshape", "unsqueeze", "float32", "torch")
        if text and word in source and word not in text
    ]
    assert not wrong


def test_the_texts_are_collected(tmp_path: Path) -> None:
    ts = tmp_path / "zh_CN.ts"
    shutil.copy(translations.TS, ts)
    translations.update(ts)
    missing = {e[:2] for e in entries(ts)} ^ {e[:2] for e in ENTRIES}
    assert not missing, "run `python -m explorer.widgets.speech.translations update`, and translate"


def test_the_compiled_file_is_up_to_date(tmp_path: Path) -> None:
    qm = tmp_path / "zh_CN.qm"
    qm.write_bytes(b"mapped by an open window")
    before = qm.stat().st_ino
    translations.release(translations.TS, qm)
    assert qm.stat().st_ino != before
    committed = translations.TS.with_suffix(".qm")
    assert qm.read_bytes() == committed.read_bytes(), "run `python -m explorer.widgets.speech.translations release`"


def calls(tree: ast.AST) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call) and name_of(node) in MARKS]


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


@pytest.mark.parametrize("path", SOURCES, ids=[str(p.relative_to(translations.SOURCES)) for p in SOURCES])
def test_texts_are_marked_so_that_they_are_found(path: Path) -> None:
    for call in calls(ast.parse(path.read_text("utf-8"))):
        where = f"{path.name}:{call.lineno}"
        assert not any(isinstance(a, ast.JoinedStr) for a in call.args), (
            f"{where}: an f-string is collected as it stands"
        )
        if name_of(call) == "tr":
            owner = call.func.value if isinstance(call.func, ast.Attribute) else None
            assert isinstance(owner, ast.Name), where
            assert owner.id == "self", f"{where}: {owner.id}.tr() is collected as of a class {owner.id!r}, never found"
            assert isinstance(call.args[0], ast.Constant), f"{where}: only a literal text can be collected"
        if name_of(call) == "QT_TRANSLATE_NOOP":
            assert all(isinstance(a, ast.Constant) for a in call.args), f"{where}: only a literal text can be collected"


def phrases() -> list[tuple[str, str]]:
    """English and Chinese of what entries of the catalogue say themselves."""
    found = []
    for path in SOURCES:
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and name_of(call) == "Phrase":
                texts = [str(a.value) for a in call.args if isinstance(a, ast.Constant)]
                found += [(texts[0], texts[1])] if len(texts) == 2 else []
    return found


def test_entries_speak_both_languages() -> None:
    found = phrases()
    assert len(found) > 100
    assert all(any("\u4e00" <= c <= "\u9fff" for c in chinese) or english == "NumPy" for english, chinese in found)
    assert not [english for english, chinese in found if places(english) != places(chinese)]


def helpers(tree: ast.AST) -> dict[str, str]:
    """Functions that translate the text that they are given, with the context in which they look it up."""
    found = {}
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            names = {argument.arg for argument in function.args.args}
            for call in calls(function):
                if name_of(call) == "translate" and len(call.args) > 1:
                    context, text = call.args[:2]
                    if isinstance(context, ast.Constant) and isinstance(text, ast.Name) and text.id in names:
                        found[function.name] = str(context.value)
    return found


@pytest.mark.parametrize("path", SOURCES, ids=[str(p.relative_to(translations.SOURCES)) for p in SOURCES])
def test_texts_given_to_a_helper_are_collected(path: Path) -> None:
    """lupdate sees `tr`, `translate` and `QT_TRANSLATE_NOOP` alone: a text in `_say("...")` needs a mark of its own."""
    tree = ast.parse(path.read_text("utf-8"))
    known = {entry[:2] for entry in ENTRIES}
    context = helpers(tree)
    said = [c for c in ast.walk(tree) if isinstance(c, ast.Call) and name_of(c) in context and c.args]
    texts = {(context[name_of(c)], c.args[0].value) for c in said if isinstance(c.args[0], ast.Constant)}
    assert not texts - known
