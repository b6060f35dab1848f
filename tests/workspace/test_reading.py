"""Never other numbers in silence: a text is read rightly, read with a note, or refused with the numbers to write."""

import math
import re
import unicodedata

import pytest
import torch
from hypothesis import assume, example, given
from hypothesis import strategies as st

from explorer.errors import CellError
from explorer.numbers import blocks, literals, spelling, values
from explorer.numbers.literals import Literal, parse, to_tsv


def said(literal: Literal) -> str:
    return " ".join(map(str, literal.notes))


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("(1.50)\t2.00\n3.25\t(4.00)", [[-1.5, 2.0], [3.25, -4.0]], ["(1.50) is -1.50"]),
        ("(1.50)\n2.00", [[-1.5], [2.0]], ["negative"]),
        ("($1,234.50)\t5", [-1234.5, 5.0], ["-1234.50"]),
        ("5-\n6", [[-5], [6]], ["5- is -5"]),
        ("\N{EN DASH}5\t6", [-5, 6], ["minus"]),
        ("\N{MINUS SIGN}5\t6", [-5, 6], []),
        ("$5\t6 €", [5, 6], ["currencies", "$5 is 5"]),
        ("-£5.25\t1", [-5.25, 1.0], ["currencies"]),
        ("1\u202f234\n2\u202f345", [[1234], [2345]], ["thousands", "1234"]),
        ("1\u00a0234\t2\u00a0345.5", [1234.0, 2345.5], ["thousands"]),
        ("1\u2009234\t5", [1234, 5], ["thousands"]),
        ("1'234\t1’234’567", [1234, 1234567], ["thousands"]),
        ("1,234.50\t2,000,000", [1234.5, 2000000.0], ["thousands"]),
        ("1,23,456\t12,34,567.5", [123456.0, 1234567.5], ["thousands"]),
        ("1 234\n5 678", [[1, 234], [5, 678]], ["Spaces", "1234"]),
        ("1,2\n3,4", [[1, 2], [3, 4]], ["Commas", "1.2"]),
        ("height,weight\n1,2.5\n3,4", [[1.0, 2.5], [3.0, 4.0]], ["heading", "height, weight"]),
        ("a\tb\n1\t2\n3\t4", [[1, 2], [3, 4]], ["heading", "a, b"]),
        ("名称;值\n1;2\n3;4", [[1, 2], [3, 4]], ["heading"]),
        ("(1,5)", [1, 5], ["Commas"]),
        ("١٢\t٣٫٥", [12.0, 3.5], ["0 to 9"]),
        ("१२३\n४५६", [[123], [456]], ["0 to 9"]),
        ("１２\t３．５", [12.0, 3.5], []),
        ("\u200e5\t6", [5, 6], ["cannot be seen"]),
        ("12\u200b34\t6", [1234, 6], ["cannot be seen"]),
        ("\ufeff1\t2", [1, 2], []),
        ("007\t008", [7, 8], ["007 is 7"]),
        ("16777217\t0.5", [16777216.0, 0.5], ["16777217 becomes 16777216", "float64"]),
        ("9007199254740993\t1e300", [9007199254740992.0, 1e300], ["9007199254740993 becomes 9007199254740992"]),
        ("99999999999999999999", 1e20, ["1e20"]),
        ("1e-400\t1", [0.0, 1.0], ["1e-400 becomes 0"]),
        ("1\tTrue", [1, 1], ["True"]),
        # tables
        (
            "|    |   0 |   1 |\n|---:|----:|----:|\n|  0 |   5 |   6 |\n|  1 |   7 |   8 |",
            [[5, 6], [7, 8]],
            ["heading: 0, 1", "index of the rows: 0, 1"],
        ),
        ("| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |", [[1, 2], [3, 4]], ["heading: a, b"]),
        ("| 0 | 1 |\n|-|-|\n| 1 | 2 |\n| 3 | 4 |", [[1, 2], [3, 4]], ["heading: 0, 1"]),
        ("   0  1\n0  5  6\n1  7  8", [[5, 6], [7, 8]], ["heading", "index"]),
        ("     a  b\nx    5  6\ny    7  8\n", [[5, 6], [7, 8]], ["heading: a, b", "rows: x, y"]),
        ("\t0\t1\n0\t5\t6\n1\t7\t8\n", [[5, 6], [7, 8]], ["heading", "index"]),
        (",0,1\n0,5,6\n1,7,8", [[5, 6], [7, 8]], ["heading", "index"]),
        ("1\t5\t6\n2\t7\t8", [[1, 5, 6], [2, 7, 8]], ["counts 1, 2"]),
        ("+---+---+\n| a | b |\n+===+===+\n| 1 | 2 |\n+---+---+\n| 3 | 4 |\n+---+---+", [[1, 2], [3, 4]], ["heading"]),
        ("┌───┬───┐\n│ a │ b │\n├───┼───┤\n│ 1 │ 2 │\n│ 3 │ 4 │\n└───┴───┘", [[1, 2], [3, 4]], ["heading"]),
        (" a | b \n---+---\n 1 | 2\n 3 | 4\n(2 rows)", [[1, 2], [3, 4]], ["heading", "(2 rows)"]),
        ("=== ===\n a   b\n=== ===\n 1   2\n 3   4\n=== ===", [[1, 2], [3, 4]], ["heading"]),
        ("0    1.5\n1    2.5\ndtype: float64", [[0, 1.5], [1, 2.5]], ["dtype: float64", "counts 0, 1"]),
        # prints
        (
            "Parameter containing:\ntensor([1., 2.], device='cuda:0', requires_grad=True)",
            [1.0, 2.0],
            ["Parameter", "device='cuda:0'", "requires_grad=True"],
        ),
        ("tensor([1.5], grad_fn=<AddBackward0>)", [1.5], ["grad_fn=<AddBackward0>"]),
        ("tensor([0.1235, 2.0000])", [0.1235, 2.0], ["4 digits", "0.1235"]),
        ("[0.12345678 1.        ]", [0.12345678, 1.0], ["8 digits"]),
        ("array([1., 2.], dtype='>f4')", [1.0, 2.0], ["byte order >"]),
        ("array([1., 2.], dtype='<f4')", [1.0, 2.0], []),
    ],
)
def test_read_rightly_and_said(text: str, value: object, words: list[str]) -> None:
    literal = parse(text)
    expected = torch.tensor(value, dtype=literal.dtype)
    assert literal.shape == tuple(expected.shape)
    assert torch.equal(literal.values, expected)
    assert all(word in said(literal) for word in words), said(literal)
    assert bool(literal.notes) == bool(words), said(literal)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1,5\n2,5\n3,5", ["1.5", "1, 5"]),
        ("1,5", ["1.5", "1, 5"]),
        ("1\n2,5\n3", ["2.5"]),
        ("1,05\n2,10", ["1.05"]),
        ("1,234\n5,678", ["1234", "1.234", "1, 234"]),
        ("1,234.50\n12,000.25", ["1234.50"]),
        ("1,234,567", ["1234567", "1, 234, 567"]),
        ("100,200,300", ["100200300", "100, 200, 300"]),
        ("１００，２００，３００", ["100200300"]),
        ("-1.234,50\t6", ["-1234.50"]),
        ("1.5f\t6", ["1.5"]),
        ("５％\t6", ["0.05", "5"]),
        ("$1,234\n$5,678", ["1234"]),
        ("1,2, 3", ["1.2", "1, 2"]),
        ("1.299,99", ["1299.99"]),
        ("1.234,5\t6", ["1234.5"]),
        ("1.234.567\t6", ["1234567"]),
        ("1,5\t2,5", ["1.5"]),
        ("1,234\t5,678", ["1234", "1.234"]),
        ("1,5 2,5\n3,5 4,5", ["1.5"]),
        ("1\u00a0234,5\t6", ["1234.5"]),
        ("1 234\t5", ["1234"]),
        ("(1.50)", ["-1.50", "1.50"]),
        ("(1,234.50)", ["-1234.50"]),
        ("10²\t10³\n5\t6", ["100", "footnote"]),
        ("½\t1", ["0.5"]),
        ("3½\t1", ["½"]),
        ("①\t②", ["1"]),
        ("Ⅻ\t1", ["12"]),
        ("5*\t6", ["*", "5"]),
        ("5†\t6", ["†"]),
        ("5[1]\t6", ["5"]),
        ("1d5\t1", ["1e5"]),
        ("1 e5\t1", ["1e5"]),
        ("3×10⁵\t1", ["3e5"]),
        ("5k\t6", ["5000"]),
        ("3%\t4%", ["0.03", "3"]),
        ("5 kg\t6", ["kg", "5"]),
        ("1/2\t3", ["0.5"]),
        ("2024-01-02\t5", ["date"]),
        ("01/02/2024\t5", ["date"]),
        ("1:30\t5", ["time"]),
        ("1.2.3\t5", ["version"]),
        ("yes\tno", ["yes"]),
        ("#N/A\t5", ["missing", "nan"]),
        ("-\t5", ["missing"]),
        ("\N{EM DASH}\t5", ["missing"]),
        ("NULL\t5", ["missing"]),
        ("#DIV/0!\t5", ["missing"]),
        ("\t2\n3\t4", ["empty"]),
        ("\u202e321\t5", ["<U+202E>321"]),
        ("1 2\n... ...\n3 4", ["leaves numbers out"]),
        ("   0  1\n0  5  6\n..  .. ..\n9  7  8\n\n[10 rows x 2 columns]", ["leaves numbers out"]),
        ("   0  1\n3  5  6\n9  7  8", ["headings"]),
        ("1 2\n5 6\n--- ---\n3 4", ["missing"]),
        ("1e400\t1", ["too large"]),
        ("j\t1", ["j is no number"]),
    ],
)
def test_refused_with_what_to_write(text: str, words: list[str]) -> None:
    with pytest.raises(CellError) as caught:
        parse(text).tensor()
    sentence = str(caught.value.message)
    assert all(word in sentence for word in words), sentence
    assert "{" not in sentence


@pytest.mark.parametrize(
    ("text", "words"),
    [("(1.50)", "-1.50"), ("1,5", "point"), ("1.299,99", "1299.99"), ("10²", "100"), ("5-", "-5"), ("½", "0.5")],
)
def test_what_is_typed_into_a_cell_is_read_as_spelt_or_refused(text: str, words: str) -> None:
    for dtype in (torch.float32, torch.complex64, torch.int64):
        with pytest.raises(CellError, match=re.escape(words)):
            values.parse(text, dtype)


def test_a_grid_of_another_dtype_is_told_what_it_rounds() -> None:
    literal = parse("16777217\t5")
    assert literal.notes == literal.rounding(torch.int64) == literal.rounding(torch.float64) == ()
    (note,) = literal.rounding(torch.float32)
    assert "16777217 becomes 16777216" in str(note)


# ---- properties ----------------------------------------------------------------------------------------------------

DIGITS = st.text("0123456789", min_size=1, max_size=4)
CELLS = st.one_of(
    st.integers(-(10**18), 10**18).map(str),
    st.floats().map(repr),
    st.text("0123456789.,'- ()%$€eE+kdx/:_\u00a0\u202f²½٣３\u200b–−infaNTrue", max_size=9),
    st.lists(DIGITS, min_size=1, max_size=4).flatmap(
        lambda parts: st.sampled_from([",", ".", "'", " ", "\u202f", "_", "-", "/", ":"]).map(lambda m: m.join(parts))
    ),
)


def in_ascii(text: str) -> str:
    """What a Chinese keyboard and a mathematician's minus mean, which needs no word."""
    folded = (unicodedata.normalize("NFKC", c) if "！" <= c <= "～" else c for c in text.strip())
    return "".join(folded).replace("−", "-")


@given(st.lists(CELLS, min_size=2, max_size=5), st.sampled_from(["\t", ";"]))
@example(["(1.50)", "2"], "\t")
@example(["1²", "2"], "\t")
@example(["1\u00a0234", "2"], ";")
def test_a_cell_is_read_as_python_reads_it_or_with_a_note_or_refused(texts: list[str], mark: str) -> None:
    assume(not any(c in "\t;|\n" for text in texts for c in text))
    assume(texts[-1].strip() or mark == "\t")  # a semicolon may end a line
    try:
        literal = parse(mark.join(texts))
        tensor = literal.tensor(torch.complex128)
    except CellError:
        return
    own = [in_ascii(text) for text in texts]
    if list(literal.texts) != own and not literal.notes:
        assert [re.sub(r"\s", "", text) for text in own] == list(literal.texts)  # 1 + 2j
    assert len(literal.texts) == len(texts)
    for text, value in zip(literal.texts, tensor.tolist(), strict=True):
        words = {"true": 1, "false": 0}
        bare = text.replace("i", "j") if text[-1:] in "iI" else text
        if "0x" in text.lower() or "0b" in text.lower() or "0o" in text.lower():
            exact: complex = spelling.raw(text)  # type: ignore[assignment]
        elif text.lower() in words:
            exact = words[text.lower()]
        elif re.fullmatch(r"[+-]?[0-9_]+", text):
            exact = int(text)
        else:
            exact = complex(bare.replace("∞", "inf").strip("()"))
        assert value == complex(exact) or (value != value and exact != exact), (text, value, exact)


ODD = "0123456789.,;|+-=│─┼ \t\n()[]'\"%$€²½３\u00a0\u202f\u200b…xneadtypr:"


@given(st.one_of(st.text(max_size=40), st.text(ODD, max_size=40)))
@example("1\n" * 1200 + "1,5")
@example("|")
@example("---")
@example("1\n---")
def test_every_text_is_read_or_refused(text: str) -> None:
    try:
        literal = parse(text)
        tensor = literal.tensor()
    except CellError as error:
        message = str(error)
    else:
        message = said(literal)
        assert tuple(tensor.shape) == literal.shape
        assert len(literal.texts) == literal.count
    assert "{" not in message or "{" in text


PLAIN = st.one_of(
    st.integers(-(10**20), 10**20).map(str),
    st.integers(-9, 99).map(str),
    st.floats().map(repr),
    st.sampled_from(
        ["-0", "0", "007", "-nan", "nan", "inf", "-inf", "1e400", "1e-400", "1e-05", "+5", "1.", ".5", "00.5"]
    ),
    st.sampled_from(
        ["0.99999999999999999999", "9007199254740993.0", "4503599627370497.5", "16777217", "1_0", "x", "1e5j", ""]
    ),
)


@st.composite
def texts_of_blocks(draw: st.DrawFn) -> str:
    """Tables and nested lists of mostly plain numbers, with an irregularity now and then."""
    kind = draw(st.sampled_from(["0", "0", "ints", "mixed"]))
    one = PLAIN if kind == "mixed" else st.integers(-99, 99).map(str) if kind == "ints" else st.floats(-9, 9).map(repr)
    rows, columns, pages = (draw(st.integers(1, 3)) for _ in range(3))
    lines = [[draw(one) for _ in range(columns)] for _ in range(rows)]
    if draw(st.integers(0, 9)) == 0:
        lines[-1] = lines[-1][1:]
    if draw(st.booleans()):
        mark = draw(st.sampled_from(["\t", ",", ", ", ";", " ", "  "]))
        return draw(st.sampled_from(["\n", "\r\n", "\n\n"])).join(mark.join(line) for line in lines)
    mark = draw(st.sampled_from([",", ", ", " ", ",\n"]))
    text = mark.join(f"[{mark.join(line)}]" for line in lines)
    text = f"[{text}]" if draw(st.booleans()) else f"[{mark.join(f'[{text}]' for _ in range(pages))}]"
    if draw(st.integers(0, 5)) == 0:
        place = draw(st.integers(0, len(text)))
        text = text[:place] + draw(st.sampled_from(["", ",", "]", "[", " ", "[]", "-", "1"])) + text[place + 1 :]
    return text if draw(st.booleans()) else f"tensor({text}, device='cuda:0')"


def outcome(text: str, dtype: torch.dtype | None) -> object:
    try:
        literal = parse(text)
        tensor = literal.tensor(dtype)
    except CellError as error:
        return str(error)
    bits = tensor.contiguous().reshape(-1).view(torch.uint8) if tensor.numel() else tensor
    return literal.shape, literal.dtype, literal.texts, said(literal), tensor.dtype, tensor.shape, bits.tolist()


@given(texts_of_blocks(), st.sampled_from([None, torch.int8, torch.int64, torch.uint64, torch.float16, torch.float64]))
@example("[[[1],[],[2]]]", None)
@example("[[1] [2]]", None)
@example("[[1][2]]", None)
@example("[[], []]", None)
@example("-0\t1", torch.float64)
@example("1.0\t0.99999999999999999999", torch.int64)
def test_at_once_is_as_one_by_one(text: str, dtype: torch.dtype | None) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "_SHORTEST", 0)
        patch.setattr(blocks, "PIECE", 7)
        quick = outcome(text, dtype)
        patch.setattr(blocks, "_SHORTEST", 10**9)
        assert quick == outcome(text, dtype)


@pytest.mark.parametrize("text", ["0.5\t-1.25\n" * 100, "[" + "[1, -2], " * 200 + "]", "[" + "[]," * 400 + "]"])
def test_large_blocks_are_read_at_once(text: str) -> None:
    literal = parse(text)
    assert isinstance(literal.given, blocks.NumberBlock)
    assert literal.tensor().shape == literal.shape


def test_reading_stops_when_it_is_told_to() -> None:
    class StopError(Exception):
        pass

    def stop() -> None:
        raise StopError

    for text in ("1\t2\n" * 500, "[" + "[1, 2]," * 500 + "]", "True\tFalse\n" * 500, "[" + "[True]," * 500 + "]"):
        with pytest.raises(StopError):
            parse(text, stop)


@given(st.lists(st.lists(st.floats(width=32), min_size=3, max_size=3), min_size=1, max_size=4))
def test_what_is_copied_out_is_read_back_without_a_note(rows: list[list[float]]) -> None:
    tensor = torch.tensor(rows, dtype=torch.float32)
    literal = parse(to_tsv(tensor))
    back = literal.tensor(torch.float32).reshape(tensor.shape)
    same = (back.view(torch.int32) == tensor.view(torch.int32)) | (back.isnan() & tensor.isnan())
    assert bool(same.all())
    assert all("counts" in str(note) for note in literal.notes)


@given(st.text(max_size=30))
@example("9" * 5000)
@example("1_")
@example("1e999999999")
def test_one_number_is_exact_or_none(text: str) -> None:
    number, whole = spelling.read(text), spelling.whole(text)
    if whole is not None:
        assert number == whole == int(text.strip().replace("−", "-").replace(" ", ""))
    if isinstance(number, float) and not spelling.spells_infinity(text):
        assert not math.isinf(number)


@pytest.mark.parametrize(("text", "dtype", "number"), [
    ("1e-9", torch.float16, "0"),
    ("-1e-9", torch.float16, "-0"),
    ("1e-50", torch.float32, "0"),
    ("1e-400", torch.float64, "0"),
    ("0.0001", torch.float8_e4m3fn, "0"),
    ("1e-9+2j", torch.complex32, "2j"),
    ("3-1e-50j", torch.complex64, "3-0j"),
    ("16777217", torch.float32, "16777216"),
    ("2049", torch.float16, "2048"),
])  # fmt: skip
def test_what_a_dtype_makes_of_a_typed_number_is_said(text: str, dtype: torch.dtype, number: str) -> None:
    (note,) = literals.of_number(text, dtype)
    assert str(note) == f"{str(dtype).removeprefix('torch.')} does not hold {text}: it becomes {number}."


@pytest.mark.parametrize(("text", "dtype"), [
    ("0", torch.float16), ("0.0", torch.float16), ("-0", torch.float32), ("0.1", torch.float16), ("nan", torch.float32),
    ("inf", torch.float16), ("2048", torch.float16), ("1+2j", torch.complex64), ("x", torch.float32),
    ("True", torch.bool), ("1e400", torch.float64), ("0x10", torch.float16), ("0e5", torch.float16),
])  # fmt: skip
def test_a_number_that_is_held_needs_no_word(text: str, dtype: torch.dtype) -> None:
    assert literals.of_number(text, dtype) == ()
