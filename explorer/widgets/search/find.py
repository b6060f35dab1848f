"""What somebody who types a text may mean: by torch's spelling, by signs, in two languages, by pinyin initials."""

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from unicodedata import normalize

from explorer.widgets.actions import Action, plain
from explorer.widgets.search.pinyin import begins

READS, WRITES = re.compile(r"\w*\["), re.compile(r"\]\s*=(?!=)")
CALLED = re.compile(r"([A-Za-z_][\w.]*)\s*\(")
ASKED = re.compile(r"\.([A-Za-z_]\w*)\s*(?:$|=)")
JOINED = re.compile(r"[\w\])]\s*(\*\*=?|//=?|==|!=|<=|>=|<<|>>|[-+*/%@&|^]=?|[<>])\s*[\w\[(.-]")
LETTERS = re.compile(r"[a-z]{2,}")


class Candidate:
    """An action with all that it is found by, in small letters."""

    def __init__(self, action: Action) -> None:
        self.action = action
        self.names = frozenset(action.names)
        titles = {plain(action.text), plain(action.title), plain(action.title.chinese)}
        self.small = _small(action.names)
        self.titles = _small(titles)
        self.words = _small(action.words)
        says, family = action.says, action.family
        self.rest = _small((says, says.chinese, family, family.chinese, action.code))

    def rank(self, wanted: str, spelt: Sequence[str]) -> float | None:
        """0 is best; None where nothing fits. torch's own name comes before what people may type, this before the
        beginning of a title; `spelt` are names in code, what counts most first."""
        for place, name in enumerate(spelt):
            if name in self.names:
                return place / 100
        small = wanted.casefold()
        if small in self.small:
            return 0.5
        if any(name.startswith(small) for name in self.small):
            return 1
        if small in self.words or small in self.titles:
            return 2
        if any(title.startswith(small) for title in self.titles):
            return 3
        if any(word.startswith(small) for word in self.words):
            return 4
        if LETTERS.fullmatch(small) and any(begins(text, small) for text in (*self.titles, *self.words)):
            return 4.5
        if any(small in text for text in (*self.small, *self.titles, *self.words)):
            return 5
        return 6 if any(small in text for text in self.rest) else None


def found(candidates: Iterable[Candidate], text: str) -> list[Action]:
    """The actions that `text` may mean, best first; all of them for an empty text."""
    wanted = normalize("NFKC", text).strip()
    if not wanted:
        return [candidate.action for candidate in candidates]
    spelt = spellings(wanted)
    ranked = [
        (rank, k, candidate)
        for k, candidate in enumerate(candidates)
        if (rank := candidate.rank(wanted, spelt)) is not None
    ]
    return [candidate.action for _, _, candidate in sorted(ranked, key=lambda r: r[:2])]


def near(candidates: Iterable[Candidate], text: str) -> list[str]:
    """Names and titles that are spelt nearly as `text`, the nearest first, three at most."""
    wanted = text.strip().casefold()
    words = {word: None for candidate in candidates for word in (*candidate.small, *candidate.titles, *candidate.words)}
    return get_close_matches(wanted, list(words), 3, 0.5 if len(wanted) < 4 else 0.6)


def spellings(code: str) -> list[str]:
    """What `code` is about, as names: "A.T" is about T, "a @ b" about @, "torch.sum(x, 0)" and "F.sum(" about sum,
    "A[M] = 0" about "[] = v" and then "[]". Of several calls the last one counts most."""
    if READS.match(code):
        return ["[] = v", "[]"] if WRITES.search(code) else ["[]", "[] = v"]
    names = [code]
    paths = [match[1] for match in CALLED.finditer(code)][::-1] + [match[1] for match in ASKED.finditer(code)]
    for path in paths:
        parts = path.strip(".").split(".")
        names += [".".join(parts[k:]) for k in range(len(parts))]
    return names + [match[1] for match in JOINED.finditer(code)]


def _small(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(normalize("NFKC", text).casefold() for text in texts)
