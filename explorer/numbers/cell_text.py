"""What the text of one cell means where it is no number as a program spells it.

Accounts, spreadsheets and typesetters spell numbers in their own ways. Where such a text has one meaning it is `Spelt`:
the number, and the sentence that tells what was decided. Where it has two, or none, it is refused with a sentence that
names the numbers to write. What is not known here is None, and refused as no number.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.numbers.spelling import DECIMAL, LONGEST, has_leading_zeros, is_decimal, plain, raw

SHOWN = 40  # characters of a text that a sentence repeats

# ---- what is said --------------------------------------------------------------------------------------------------

ACCOUNTS = QT_TRANSLATE_NOOP("notes", "Numbers in brackets are read as negative, as in accounts: {text} is {number}.")
TRAILING = QT_TRANSLATE_NOOP("notes", "A minus behind a number is read as its sign: {text} is {number}.")
THOUSANDS = QT_TRANSLATE_NOOP("notes", "Marks between thousands are left out: {text} is {number}.")
CURRENCY = QT_TRANSLATE_NOOP("notes", "Signs of currencies are left out: {text} is {number}.")
DIGITS = QT_TRANSLATE_NOOP("notes", "Digits of another script are read as 0 to 9: {text} is {number}.")
INVISIBLE = QT_TRANSLATE_NOOP("notes", "Characters that cannot be seen are left out: {text} is {number}.")
ZEROS = QT_TRANSLATE_NOOP("notes", "Zeros in front are left out: {text} is {number}.")
DASH = QT_TRANSLATE_NOOP("notes", "A dash in front of a number is read as a minus: {text} is {number}.")

COMMA = QT_TRANSLATE_NOOP("errors", "{text} has a decimal comma: write a point, as in {number}.")
EITHER = QT_TRANSLATE_NOOP("errors", "{text} can mean {number} or {other}: write the one that is meant.")
SPELT = QT_TRANSLATE_NOOP("errors", "{text} is not spelt as a number: write {number}.")
MISSING = QT_TRANSLATE_NOOP(
    "errors", "{text} stands for a missing value: write nan in a floating dtype, or leave its row out."
)
MOMENT = QT_TRANSLATE_NOOP(
    "errors", "{text} looks like a date, a time or a version: paste the columns of numbers without it."
)
MARK = QT_TRANSLATE_NOOP("errors", "{text} contains {mark}, which is no digit: write the number with digits 0 to 9.")
UNIT = QT_TRANSLATE_NOOP("errors", "{text} has {mark} behind its number: write the number alone, such as {number}.")
POWER = QT_TRANSLATE_NOOP(
    "errors", "{text} can mean {number}, a power, or {other} with a footnote: write the one that is meant."
)
DOTS = QT_TRANSLATE_NOOP(
    "errors", "The text leaves numbers out here: copy the tensor whole, for example print(A.tolist())."
)


@dataclass(frozen=True)
class Spelt:
    """A text with one meaning: its `number`, plain, and the `note` that says so ("" where nothing was decided)."""

    number: str
    note: str = ""

    def said(self, text: str) -> Message:
        """The sentence about `text`."""
        return Message("notes", self.note, {"text": shown(text), "number": self.number})


# ---- signs ---------------------------------------------------------------------------------------------------------

_NARROW = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\N{FIGURE SPACE}\N{SIX-PER-EM SPACE}"
_APOSTROPHES = "'\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}\N{PRIME}`\N{DOT ABOVE}"
_DASHES = "\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}\N{EN DASH}\N{SMALL HYPHEN-MINUS}\N{HEAVY MINUS SIGN}"
_ARABIC = {0x066B: ".", 0x066C: "'"}
# Those that turn the order around (U+202D, U+202E) are not among them: what stands there is not what is seen.
_UNSEEN = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202c\u2060-\u2064\u2066-\u2069\ufeff]")
_ABSENT = frozenset(
    ["-", "--", "---", "\N{EN DASH}", "\N{EM DASH}", "\N{HORIZONTAL BAR}", "?", "*", "n/a", "na", "#n/a", "#na", "<na>"]
) | {"null", "none", "nil", "nat", "n.a.", "missing", "\\n"}
_SUPERSCRIPTS = {ord(c): d for c, d in zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-", strict=True)}
_SCALES = {"k": 3, "K": 3, "M": 6, "G": 9, "T": 12, "万": 4, "亿": 8, "m": -3, "µ": -6, "μ": -6}

_ABSENT_ERROR = re.compile(r"#[A-Z0-9/_]+[!?]")
_MOMENT = re.compile(
    r"[0-9]{1,4}([-/.])[0-9]{1,2}\1[0-9]{1,4}(?:[T ].*)?|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?"
    r"(?:\s?[aApP][mM])?|[0-9]{4}-[0-9]{1,2}(?:-[0-9]{1,2}T.*)?|v?[0-9]+(?:\.[0-9]+){2,}\S*|[0-9]{4}年.*"
)
_POWER = re.compile(rf"(?P<base>[+-]?{DECIMAL})(?P<power>[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+)")
_SCIENTIFIC = re.compile(
    rf"(?P<base>[+-]?{DECIMAL})\s*[x×*·⋅]\s*10\s*(?:\^|\*\*)?\s*(?P<power>[+-]?[0-9⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+)"
)
_FORTRAN = re.compile(
    r"(?P<base>[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+))(?:\s*[dDqQ]\s*|\s+[eE]\s*|[eE]\s+)(?P<power>[+-]?[0-9]+)"
)
_FRACTION = re.compile(r"(?P<over>[+-]?[0-9]{1,15})\s*[/⁄]\s*(?P<under>[0-9]{1,15})")
_DRESSED = re.compile(
    r"(?P<open>\()?\s*(?P<sign>[+-])?\s*(?P<currency>\p{Sc})?\s*(?P<inner>[+-])?"
    r"(?P<body>[0-9.](?:.*[0-9.])?)\s*(?P<money>\p{Sc})?\s*(?P<share>[%‰])?(?P<tail>-)?\s*(?P<close>\))?".replace(
        r"\p{Sc}", "(?:US\\$|[$¢£¤¥֏؋฿៛₠-⃀﷼])"
    ),
    re.DOTALL,
)
_MARKED = re.compile(rf"(?P<body>[+-]?{DECIMAL})\s*(?P<mark>[^0-9\s].{{0,12}})", re.DOTALL)


# ---- reading -------------------------------------------------------------------------------------------------------


def spelt(text: str) -> Spelt | Message | None:
    """What `text` means: the number that it spells, why it is refused, or None where neither is known.

    A text that `raw` reads is its own number, with a note where it has zeros in front or digits of another script.
    """
    if len(text) > LONGEST:
        return None
    bare = plain(text)
    if raw(bare) is not None:
        if has_leading_zeros(bare):
            return Spelt(re.sub(r"^([+-]?)[0_]+(?=[0-9])", r"\1", bare), ZEROS)
        return Spelt(bare, DIGITS if _other_digits(text) else "")
    seen = _UNSEEN.sub("", bare)
    if seen != bare:
        found = spelt(seen)
        return Spelt(found.number, found.note or INVISIBLE) if isinstance(found, Spelt) else found
    arabic = bare.translate(_ARABIC)
    if arabic != bare:
        found = spelt(arabic)
        return Spelt(found.number, DIGITS) if isinstance(found, Spelt) else found
    if bare.lower() in _ABSENT or _ABSENT_ERROR.fullmatch(bare):
        return _refuse(MISSING, text)
    if bare in ("...", "…", "..", "⋮", "⋯"):
        return _refuse(DOTS, text)
    if bare[:1] in _DASHES and bare[1:]:
        found = spelt(f"-{bare[1:].lstrip()}")
        return Spelt(found.number, found.note or DASH) if isinstance(found, Spelt) else found
    if _MOMENT.fullmatch(bare) and not _grouped(bare):
        return _refuse(MOMENT, text)
    return _dressed(bare, text) or _scientific(bare, text) or _marked(bare, text)


def readings(body: str) -> tuple[list[str], bool]:
    """The numbers that digits with marks between them can mean, and whether the mark is a decimal comma for certain.

    `1,234` can be 1234 or 1.234; `1,234.5`, `1,234,567`, `1,23,456` and `1'234` have marks between thousands; in
    `1,5` and `1.234,5` the comma stands for a point. No numbers where it is none of these.
    """
    if is_decimal(body):
        return [body], False
    if _grouped(body):
        bare = re.sub(rf"[,.{_APOSTROPHES}{_NARROW} ]", "", body) if body.count(".") > 1 else _without(body)
        if re.fullmatch(r"[1-9][0-9]{0,2},[0-9]{3}", body):
            return [bare, body.replace(",", ".")], False
        return [bare], False
    whole, comma, rest = body.partition(",")
    if comma and re.fullmatch(r"[0-9]*", rest) and (rest or whole):
        bare = re.sub(rf"[.{_APOSTROPHES}{_NARROW} ]", "", whole)
        if bare.isdecimal() and (bare == whole or _grouped(whole) or re.fullmatch(r"[1-9][0-9]{0,2}\.[0-9]{3}", whole)):
            return [f"{bare}.{rest}"], True
        if not whole:
            return [f"0.{rest}"], True
    return [], False


def one_number(line: str) -> bool:
    """Whether the whole of `line` may be one number, its commas being decimal commas or marks between thousands."""
    bare = plain(line)
    return (
        bool(_SIMPLE.fullmatch(bare))
        or raw(bare) is not None
        or ((dressed := _DRESSED.fullmatch(bare)) is not None and bool(readings(dressed["body"])[0]))
    )


_SIMPLE = re.compile(r"[0-9]+,[0-9]+")


def shown(text: str) -> str:
    """`text` as a sentence repeats it: not all of a long one, and what cannot be seen as its code."""
    bare = text.strip()
    bare = bare if len(bare) <= SHOWN else f"{bare[: SHOWN - 3]}..."
    return "".join(c if c.isprintable() or c == " " else f"<U+{ord(c):04X}>" for c in bare)


# ---- forms ---------------------------------------------------------------------------------------------------------

_GROUPS = (
    re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?"),
    re.compile(r"[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]+)?"),  # 1,23,456
    re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}"),
    re.compile(rf"[1-9][0-9]{{0,2}}(?:([{_APOSTROPHES}{_NARROW} ])[0-9]{{3}})(?:\1[0-9]{{3}})*(?:\.[0-9]+)?"),
)


def _grouped(body: str) -> bool:
    """Whether the marks in `body` stand where marks between thousands do."""
    return any(form.fullmatch(body) for form in _GROUPS)


def _without(body: str) -> str:
    return re.sub(rf"[,{_APOSTROPHES}{_NARROW} ]", "", body)


def _dressed(bare: str, text: str) -> Spelt | Message | None:
    """A number with a sign behind it, in brackets, with a currency or a percent sign, with marks between thousands."""
    found = _DRESSED.fullmatch(bare)
    if found is None or bool(found["open"]) != bool(found["close"]):
        return None
    signs = [s for s in (found["sign"], found["inner"], found["tail"]) if s]
    numbers, comma = readings(found["body"])
    if not numbers or len(signs) > 1 or (found["currency"] and found["money"]) or (found["open"] and signs):
        return None
    minus = "-" if "-" in signs or found["open"] else ""
    numbers = [minus + (number if number[0] != "." else f"0{number}") for number in numbers]
    if found["share"]:
        part = Decimal(numbers[0]).scaleb(-2 if found["share"] == "%" else -3)
        return _refuse(EITHER, text, number=f"{part:f}", other=numbers[0])
    if len(numbers) > 1:
        return _refuse(EITHER, text, number=numbers[0], other=numbers[1])
    if comma:
        return _refuse(COMMA, text, number=numbers[0])
    if " " in found["body"] or found["body"].count(".") > 1:
        return _refuse(SPELT, text, number=numbers[0])
    kinds = ((found["open"], ACCOUNTS), (found["tail"], TRAILING), (found["currency"] or found["money"], CURRENCY))
    return Spelt(numbers[0], next((note for there, note in kinds if there), THOUSANDS))


def _scientific(bare: str, text: str) -> Message | None:
    """Powers and fractions as they are written by hand and by Fortran."""
    found = _POWER.fullmatch(bare)
    if found is not None:
        power = found["power"].translate(_SUPERSCRIPTS)
        try:
            value = Decimal(found["base"].replace("_", "")) ** int(power) if len(power) < 3 else None
        except (ValueError, ArithmeticError):
            value = None
        if value is not None and abs(value.adjusted()) < 16:
            return _refuse(POWER, text, number=f"{value:f}", other=found["base"])
        return _refuse(MARK, text, mark=found["power"])
    found = _SCIENTIFIC.fullmatch(bare) or _FORTRAN.fullmatch(bare)
    if found is not None and "e" not in found["base"].lower():
        return _refuse(SPELT, text, number=f"{found['base']}e{found['power'].translate(_SUPERSCRIPTS)}")
    found = _FRACTION.fullmatch(bare)
    if found is not None and int(found["under"]):
        return _refuse(SPELT, text, number=f"{int(found['over']) / int(found['under']):.15g}")
    return None


def _marked(bare: str, text: str) -> Message | None:
    """A number with something behind it, or with characters that stand for numbers without being digits."""
    if len(bare) == 1 and (value := unicodedata.numeric(bare, None)) is not None:
        return _refuse(SPELT, text, number=f"{value:.15g}")
    mark = next((c for c in bare if c.isnumeric() and not c.isdecimal()), None)
    if mark is not None and any(c.isdecimal() for c in bare) and unicodedata.category(mark) in ("No", "Nl"):
        return _refuse(MARK, text, mark=mark)
    found = _MARKED.fullmatch(bare)
    if found is None:
        return None
    scale = _SCALES.get(found["mark"])
    if scale is not None:
        return _refuse(SPELT, text, number=f"{Decimal(found['body'].replace('_', '')).scaleb(scale):f}")
    if any(c.isdecimal() for c in found["mark"]):
        return None
    return _refuse(UNIT, text, mark=found["mark"], number=found["body"])


def _other_digits(text: str) -> bool:
    """Whether there are digits of a script that is neither ours nor that of a Chinese keyboard."""
    return not text.isascii() and any(c.isdecimal() and not (c.isascii() or "０" <= c <= "９") for c in text)


def _refuse(template: str, text: str, **values: object) -> Message:
    return Message("errors", template, {"text": shown(text), **values})


def first_of_each(notes: Iterable[Message]) -> tuple[Message, ...]:
    """The first note of each kind."""
    return tuple({note.template: note for note in reversed(list(notes))}.values())[::-1]


def together(notes: Iterable[Message]) -> Message:
    """Several sentences as one, each still to be translated."""
    values: dict[str, object] = {f"note{number}": note for number, note in enumerate(notes)}
    return Message("notes", " ".join(f"{{{name}}}" for name in values), values)
