"""Pasted text: what is understood, what is refused and where, and that nothing is ever run."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from explorer.errors import CellError
from explorer.numbers import brackets, literals, values
from explorer.numbers.literals import parse, to_tsv

SHAPES = st.lists(st.integers(0, 3), max_size=4)


@pytest.mark.parametrize(
    ("text", "dtype", "value"),
    [
        ("5", torch.int64, 5),
        ("1 + 2j", torch.complex64, 1 + 2j),
        # tables
        ("1\t2\n3\t4\n", torch.int64, [[1, 2], [3, 4]]),
        ("1\t2.5\r\n3\t4\r\n", torch.float32, [[1, 2.5], [3, 4]]),
        ("1\n2\n3", torch.int64, [[1], [2], [3]]),
        ("1,2,3", torch.int64, [1, 2, 3]),
        ("1,2\n\n3,4", torch.int64, [[1, 2], [3, 4]]),
        ("1, 2,\n3, 4,", torch.int64, [[1, 2], [3, 4]]),
        ("1;2\n3;4", torch.int64, [[1, 2], [3, 4]]),
        ('"1","2"\n"3","4"', torch.int64, [[1, 2], [3, 4]]),
        ("1 2 3\n4 5 6", torch.int64, [[1, 2, 3], [4, 5, 6]]),
        ("TRUE\tFALSE", torch.bool, [True, False]),
        ("(1+2j)\t(3+0j)", torch.complex64, [1 + 2j, 3]),
        ("| a | b |\n|---|:-:|\n| 1 | 2 |\n| 3 | 4 |", torch.int64, [[1, 2], [3, 4]]),
        ("1，2，3", torch.int64, [1, 2, 3]),
        # Python
        ("[[1, 2], [3, 4]]", torch.int64, [[1, 2], [3, 4]]),
        ("[[1, 2], [3, 4.5],]", torch.float32, [[1, 2], [3, 4.5]]),
        ("((1, 2), (3, 4))", torch.int64, [[1, 2], [3, 4]]),
        ("(1,)", torch.int64, [1]),
        ("[True, False]", torch.bool, [True, False]),
        ("[(1+2j), 3j, -1 - 2j]", torch.complex64, [1 + 2j, 3j, -1 - 2j]),
        ("[float('inf'), -float(\"inf\"), -np.inf]", torch.float32, [math.inf, -math.inf, -math.inf]),
        ("[0x10, 1_000, 1e-3]", torch.float32, [16, 1000, 0.001]),
        ("A = [[1], [2]]", torch.int64, [[1], [2]]),
        ("[]", torch.float32, []),
        ("[[], []]", torch.float32, [[], []]),
        ("[9223372036854775808]", torch.uint64, [2**63]),
        # NumPy
        ("[[1 2]\n [3 4]]", torch.int64, [[1, 2], [3, 4]]),
        ("[[ 1. -2.]\n [ 3.  4.]]", torch.float32, [[1, -2], [3, 4]]),
        ("[ True False]", torch.bool, [True, False]),
        ("[1. +2.j 3.5-4.j]", torch.complex64, [1 + 2j, 3.5 - 4j]),
        ("array([1., 2.])", torch.float64, [1, 2]),
        ("array([1., 2.], dtype=float32)", torch.float32, [1, 2]),
        ("np.array([1, 2], dtype='int8')", torch.int8, [1, 2]),
        ("np.array([1, 2], np.float32)", torch.float32, [1, 2]),
        # torch
        ("tensor([[1., 2.]])", torch.float32, [[1, 2]]),
        ("tensor(5)", torch.int64, 5),
        ("torch.tensor([[1, 2]], dtype=torch.int32, device='cuda:0')", torch.int32, [[1, 2]]),
        ("torch.tensor([1, 2], dtype=float)", torch.float64, [1, 2]),
        ("torch.tensor([1, 2], dtype=torch.float)", torch.float32, [1, 2]),
        ("tensor([1.], grad_fn=<AddBackward0>)", torch.float32, [1]),
        ("Parameter containing:\ntensor([1.], requires_grad=True)", torch.float32, [1]),
        ("torch.FloatTensor([[1,2,3],[4,5,6]])", torch.float32, [[1, 2, 3], [4, 5, 6]]),
    ],
)
def test_understood(text: str, dtype: torch.dtype, value: object) -> None:
    literal = parse(text)
    expected = torch.tensor(value, dtype=dtype)
    assert literal.dtype == dtype
    assert literal.shape == tuple(expected.shape)
    assert torch.equal(literal.values, expected)


@pytest.mark.parametrize("spelt", ["[[], []]", "tensor([], size=(0, 3))", "array([], shape=(2, 0, 5), dtype=int64)"])
def test_shapes_without_values(spelt: str) -> None:
    shape = {"[[]": (2, 0), "ten": (0, 3), "arr": (2, 0, 5)}[spelt[:3]]
    assert parse(spelt).shape == shape == tuple(parse(spelt).values.shape)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ["no text"]),
        ("[[1, 2], [3]]", ["Row [1] has length 1", "row [0] has 2"]),
        ("[[[1, 2], [3, 4]], [[5, 6], [7]]]", ["Row [1, 1]", "row [1, 0]"]),
        ("[1, [2]]", ["[1]", "(1,)", "[0]", "()"]),
        ("1\t2\n3", ["Row [1] has length 1", "row [0] has 2"]),
        ("1\tx\n3\t4", ["At [0, 1]", "x is no number"]),
        ("1\t\n2\t3", ["At [0, 1]", "empty"]),
        ("1,5;2,5", ["At [0]", "point"]),
        ("1,b\n1,2", ["At [0, 1]", "b is no number"]),
        ('"1,2', ["quotation mark"]),
        ("[[1, 2],\n [3, x]]", ["Line 2, character 6", "x is not understood"]),
        ("[1,,2]", ["character 4", "missing"]),
        ("[1-2]", ["character 3", "comma"]),
        ("[1, 2", ["not closed"]),
        ("(1, 2]", ["does not fit"]),
        ("[1, 2]]", ["character 7", "leave it out"]),
        ("[1, 2].sum()", ["character 7", "leave it out"]),
        ("tensor([1, 2]", ["not closed"]),
        ("[0, 1, ..., 9]", ["tolist()"]),
        ("[" * 1000, ["64"]),
        ("tensor([1], dtype=torch.qint8)", ["torch.qint8", "no dtype"]),
        ("tensor([1], dtype=torch.load)", ["no dtype"]),
        ("tensor([], size=(2, 3))", ["size"]),
        ("[__import__('os').getcwd()]", ["not understood"]),
        ("[1 + 1]", ["not understood"]),
        ("[2 ** 9]", ["not understood"]),
        ("['1']", ["not understood"]),
    ],
)
def test_refused_with_the_place(text: str, words: list[str]) -> None:
    with pytest.raises(CellError) as caught:
        parse(text)
    sentence = str(caught.value.message)
    assert all(word in sentence for word in words), sentence
    assert "{" not in sentence


def test_the_dtype_is_chosen_by_the_caller_and_its_refusal_names_the_place() -> None:
    literal = parse("[[1, 2], [300, 4]]")
    assert literal.tensor(torch.int16).dtype == torch.int16
    with pytest.raises(CellError, match=r"At \[1, 0\]: 300 is outside the range of uint8, 0 to 255"):
        literal.tensor(torch.uint8)
    with pytest.raises(CellError, match=r"At \[2\]: 1e39 is too large for float32"):
        parse("0,0,1e39").tensor(torch.float32)
    with pytest.raises(CellError, match=r"470. is too large for float8_e4m3fn"):
        parse("[470.]").tensor(torch.float8_e4m3fn)


def test_nothing_is_lost_on_the_way_to_a_dtype() -> None:
    assert parse("[9007199254740993, -1]").tensor(torch.int64).tolist() == [2**53 + 1, -1]
    assert parse("9007199254740993.0\t1").tensor(torch.int64).tolist() == [2**53 + 1, 1]
    assert parse("[18446744073709551615]").tensor(torch.uint64).tolist() == [2**64 - 1]
    assert math.copysign(1, parse("-0\t1").tensor(torch.float32)[0].item()) == -1


def test_too_many_values_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(brackets, "MAX_CELLS", 5)
    for text in ("1,2,3\n4,5,6", "[1, 2, 3, 4, 5, 6]", "[[1, 2, 3], [4, 5, 6]]"):
        with pytest.raises(CellError, match="more than 5 values"):
            parse(text)
    monkeypatch.setattr(literals, "_LONGEST", 10)
    with pytest.raises(CellError, match="more than"):
        parse("1" * 11)


def test_block() -> None:
    assert [parse(text).block for text in ("5", "1,2,3", "1\n2", "[[[1, 2]], [[3, 4]]]")] == [
        (1, 1),
        (1, 3),
        (2, 1),
        (2, 2),
    ]


@given(SHAPES, st.data())
def test_lists_of_python_are_read_back(shape: list[int], data: st.DataObject) -> None:
    count = math.prod(shape)
    numbers = data.draw(st.lists(st.floats(width=32, allow_nan=False), min_size=count, max_size=count))
    tensor = torch.tensor(numbers, dtype=torch.float32).reshape(shape)
    literal = parse(str(tensor.tolist()))
    expected = torch.tensor(tensor.tolist())
    assert literal.shape == tuple(expected.shape)
    assert torch.equal(literal.tensor(torch.float32).view(torch.int32), expected.view(torch.int32))


@given(
    st.lists(st.integers(1, 4), max_size=4), st.sampled_from([torch.int64, torch.float32, torch.bool, torch.complex64])
)
def test_printed_tensors_and_arrays_are_read_back(shape: list[int], dtype: torch.dtype) -> None:
    tensor = ((torch.arange(math.prod(shape)) % 7 - 3).to(dtype) * (True if dtype == torch.bool else 1)).reshape(shape)
    if dtype == torch.complex64:
        tensor = tensor * (0.5 - 1j)
    for text in (str(tensor), repr(tensor.numpy()), str(tensor.numpy()), f"x = torch.{tensor!r}"):
        literal = parse(text)
        assert literal.shape == tuple(shape), text
        assert torch.equal(literal.tensor(dtype), tensor), text


@given(st.data())
@pytest.mark.parametrize("dtype", [d for d in values.dtypes() if not d.is_complex and d != torch.bool], ids=str)
def test_a_copied_block_is_pasted_bit_for_bit(dtype: torch.dtype, data: st.DataObject) -> None:
    rows, columns = data.draw(st.integers(1, 3)), data.draw(st.integers(1, 3))
    count = rows * columns * dtype.itemsize
    pattern = torch.tensor(data.draw(st.lists(st.integers(0, 255), min_size=count, max_size=count)), dtype=torch.uint8)
    block = pattern.view(dtype).reshape(rows, columns)
    back = parse(to_tsv(block)).tensor(dtype).reshape(rows, columns)
    same = back.contiguous().view(torch.uint8) == block.view(torch.uint8)
    assert bool((same.reshape(rows, columns, -1).all(-1) | (back.isnan() & block.isnan())).all())


def test_tsv() -> None:
    assert to_tsv(torch.tensor([[1.5, -0.0], [math.nan, 2.0]])) == "1.5\t-0\nnan\t2"
    assert to_tsv(torch.tensor([True, False])) == "True\tFalse"
    assert to_tsv(torch.tensor(3 - 1j)) == "3-1j"
    assert to_tsv(torch.arange(8).reshape(2, 2, 2)) == "0\t1\n2\t3\n\n4\t5\n6\t7"
    assert to_tsv(torch.zeros(0, 3)) == ""
    assert to_tsv(torch.zeros(2, 0, 3)) == ""
    assert to_tsv(torch.tensor([0.1]).to(torch.bfloat16)) == "0.1"


@given(st.text(alphabet="[](), .0123456789ejnaif+-\t\n;|x'_tensor=dtype", max_size=60))
def test_any_text_is_a_literal_or_a_refusal(text: str) -> None:
    try:
        literal = parse(text)
    except CellError:
        return
    assert math.prod(literal.shape) == len(literal.texts)
    try:
        tensor = literal.values
    except CellError:
        return
    assert tuple(tensor.shape) == literal.shape


@given(st.recursive(st.integers(-9, 9), lambda inner: st.lists(inner, max_size=3), max_leaves=12))
def test_uneven_lists_are_refused_as_numpy_refuses_them(nested: list[object] | int) -> None:
    try:
        expected = np.array(nested, dtype=np.int64)
    except (ValueError, TypeError):
        with pytest.raises(CellError):
            parse(str(nested))
        return
    literal = parse(str(nested))
    assert literal.shape == expected.shape
    assert literal.tensor(torch.int64).tolist() == expected.tolist()


@pytest.mark.parametrize(
    "text",
    [
        "[" + " " * 200_000 + "x",
        "1" + " " * 200_000 + "+ 2",
        "[" + "1_" * 100_000,
        "[" + "- " * 100_000,
        "a." * 100_000,
    ],
    ids=["spaces", "sum", "digits", "signs", "names"],
)
def test_long_nonsense_is_refused_in_linear_steps(text: str) -> None:
    with pytest.raises(CellError):
        parse(text)
