"""What torch refuses is said in one sentence with the user's names, shapes and dtypes, and torch's words below it."""

import math
import string
import threading
import warnings
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from explorer.errors import OpError
from explorer.ops import CATALOG, OPERATIONS, Op, reasons
from explorer.ops.calls import recorded, silent
from tests.ops.cases import OPS, Case, cases, looked, torch_may_warn


def refusal(name: str, *operands: Any, names: str = "PQRSTUVWXYZ", **arguments: Any) -> OpError:
    with pytest.raises(OpError) as caught:
        CATALOG[name].run(operands, arguments)
    return caught.value.named(tuple(names[: len(operands)]))


def sentence(name: str, *operands: Any, **arguments: Any) -> str:
    return str(refusal(name, *operands, **arguments).message)


def f(*shape: int, dtype: torch.dtype = torch.float32) -> torch.Tensor:
    return torch.ones(shape, dtype=dtype)


def i(*shape: int) -> torch.Tensor:
    return torch.ones(shape, dtype=torch.int64)


@pytest.mark.parametrize("op", OPS, ids=lambda op: op.name)
@given(data=st.data())
@looked(14)
def test_every_refusal_is_a_whole_sentence(op: Op, data: st.DataObject) -> None:
    case = data.draw(cases(op))
    for call in (op.run, op.forecast):
        try:
            with torch_may_warn():
                call(case.operands, case.arguments)
        except OpError as error:
            check(error, case)
        except Warning:
            pass  # torch warned, which the tests make an error
        except Exception as other:
            raise AssertionError(f"not an OpError: {other!r}") from other


def check(error: OpError, case: Case) -> None:
    assert error.detail, "torch said nothing"
    message = error.message
    assert message.context == "errors"
    assert message.text(lambda _, template: template) == str(message)
    names = tuple(f"tensor_{k}" for k in range(len(case.operands)))
    told = str(error.named(names).message)
    assert told.endswith(".")
    assert error.named(names).detail == error.detail
    for _, field, _, _ in string.Formatter().parse(message.template):
        assert field is None or field in message.values
        if field and field.startswith("n") and field[1:].isdigit():
            assert names[int(field[1:])] in told


@pytest.mark.parametrize(
    ("name", "operands", "arguments", "words"),
    [
        # axis out of range; stack and unsqueeze allow one more
        ("sum", (f(2, 3),), {"dim": 2}, "dim=2 is out of range: P (2, 3) is 2-d, so choose -2 to 1."),
        ("sum", (f(2, 3),), {"dim": (0, -3)}, "dim=-3 is out of range: P (2, 3) is 2-d, so choose -2 to 1."),
        ("stack", (f(2), f(2)), {"dim": 2}, "dim=2 is out of range: P (2,) is 1-d, so choose -2 to 1."),
        ("unsqueeze", (f(2),), {"dim": -3}, "dim=-3 is out of range: P (2,) is 1-d, so choose -2 to 1."),
        ("transpose", (f(2, 3),), {"dim0": 0, "dim1": 5}, "dim1=5 is out of range"),
        ("sum", (f(2, 3),), {"dim": (0, -2)}, "dim=(0, -2) names an axis of P (2, 3) twice"),
        ("permute", (f(2, 3),), {"dims": (0,)}, "dims=(0,) names 1 axes, and P (2, 3) is 2-d"),
        # products that pair other axes than a matrix product
        (
            "nn.functional.linear",
            (f(2, 3), f(4, 5)),
            {},
            "multiplies along axis 1 of P (2, 3) and axis 1 of Q (4, 5), and 3 is not 5",
        ),
        ("addmm", (f(2), f(2, 3), f(4, 2)), {}, "axis 1 of Q (2, 3) and axis 0 of R (4, 2), and 3 is not 4"),
        # numbers of axes
        ("addmm", (f(2), f(2, 3), f(3)), {}, "addmm takes R with so many axes here: 2, and it is (3,)"),
        ("tril", (f(3),), {}, "tril takes P with so many axes here: 2, and it is (3,)"),
        ("gather", (f(2, 3), i(3)), {"dim": 0}, "gather takes Q with so many axes here: 2, and it is (3,)"),
        ("index_select", (f(2, 3), i(1, 1)), {"dim": 0}, "index_select takes Q with so many axes here: 1"),
        # what chooses
        ("where", (f(2), f(2), f(2)), {}, "where chooses by a mask of True and False, and P (2,) is float32"),
        ("masked_fill", (f(2), f(2), 0), {}, "and Q (2,) is float32; make one by comparing, as Q > 0 does"),
        ("masked_fill", (f(2), f(3) > 0, 0), {}, "P (2,) and Q (3,) do not line up"),
        ("gather", (f(2, 3), 0 * i(1, 4)), {"dim": 0}, "Q (1, 4) is 4 long on axis 1, and P (2, 3) is 3 there"),
        (
            "index_put",
            (f(2, 3), 0 * i(2), f(4)),
            {},
            "The indices choose (2, 3) of P (2, 3), and R (4,) does not stretch",
        ),
        # numbers
        ("split", (f(3),), {"split_size": -3}, "split takes no split_size of -3 for (3,) float32"),
        ("clamp", (f(3), None, None), {}, "clamp needs at least one of min, max"),
        (
            "nn.functional.layer_norm",
            (f(2, 3),),
            {"normalized_shape": (2,)},
            "normalized_shape=(2,) is not how P (2, 3) ends; name the sizes of its last axes, such as (3,).",
        ),
        ("softmax", (f(),), {"dim": 1}, "dim=1 is out of range: P () is 0-d, so choose -1 to 0."),
        # broadcasting
        (
            "div",
            (f(2, 3), f(2)),
            {},
            "P (2, 3) and Q (2,) do not line up: at axis -1, counted from the right, 3",
        ),
        ("add", (f(4, 1, 3), f(2, 2)), {}, "P (4, 1, 3) and Q (2, 2) do not line up: at axis -1"),
        # joining
        ("cat", (f(2, 3), f(2, 3), f(3, 2)), {"dim": 0}, "and P is (2, 3) but R is (3, 2)"),
        ("cat", (f(2, 3), f(3)), {}, "cat along dim=0 wants every other axis equal, and P is (2, 3) but Q is (3,)"),
        ("stack", (f(2, 3), f(3, 2)), {}, "stack wants equal shapes, and P is (2, 3) but Q is (3, 2)"),
        ("cat", (f(), f()), {}, "cat joins along an axis, and P is (); use stack."),
        ("cat", (), {}, "cat needs at least one tensor"),
        # whole numbers
        ("mean", (i(2, 3),), {}, "mean needs fractions, and P (2, 3) is int64; convert it to float32 first, or choose"),
        ("mean", (i(3) > 0,), {"dim": 0}, "mean needs fractions, and P (3,) is bool"),
        ("linalg.vector_norm", (i(2, 3),), {"ord": 1}, "linalg.vector_norm needs fractions, and P (2, 3) is int64"),
        ("softmax", (i(2),), {"dim": 0}, "softmax needs fractions, and P (2,) is int64"),
        ("mean", (f(2),), {"dtype": torch.int32}, "mean cannot give int32 here"),
        ("rand", (), {"size": (2,), "dtype": torch.int64}, "rand cannot give int64 here"),
        ("sub", (i(2) > 0, i(2) > 0), {}, "sub does not work for (2,) bool, (2,) bool"),
        # products
        ("mm", (f(3, 4), f(3, 4)), {}, "the last axis of P (3, 4) and the second-last of Q (3, 4), and 4 is not 3"),
        ("mm", (f(3), f(3, 4)), {}, "mm wants 2-d tensors, and P is (3,), Q is (3, 4)"),
        ("dot", (f(2, 3), f(3)), {}, "dot wants 1-d tensors, and P is (2, 3), Q is (3,); use matmul for matrices."),
        ("dot", (f(2), f(3)), {}, "the last axis of P (2,) and the only one of Q (3,), and 2 is not 3"),
        ("matmul", (f(2, 3), f(3, dtype=torch.float64)), {}, "P (2, 3) is float32 but Q (3,) is float64"),
        ("matmul", (f(2, 3, 4), f(5, 4, 3)), {}, "P (2, 3, 4) and Q (5, 4, 3) do not line up: at axis -3"),
        ("matmul", (f(3), f()), {}, "use * to multiply by a 0-d tensor"),
        # 135168x32 and 20x2048 are shapes that nobody typed
        ("matmul", (f(16, 2, 32, 32), f(20, 8)), {}, "P (16, 2, 32, 32) and the second-last of Q (20, 8)"),
        # devices
        ("add", (f(2), f(2).to("meta")), {}, "P lives on cpu and Q on meta; copy one of them"),
        ("to", (f(2).to("meta"),), {"device": "cpu"}, "P (2,) lives on meta and has no values to copy to cpu"),
        # sizes
        ("reshape", (f(2, 3),), {"shape": (4, 2)}, "P (2, 3) has 6 cells, which do not fill (4, 2)"),
        ("reshape", (f(2, 3),), {"shape": (-1, -1)}, "(-1, -1) is no shape for P (2, 3)"),
        ("expand", (f(2, 3),), {"size": (4, 3)}, "P (2, 3) does not stretch to (4, 3)"),
        ("mT", (f(2),), {}, "mT wants at least 2 axes, and P is (2,)"),
        ("amax", (f(0, 2),), {}, "amax of no cells has no value, and P (0, 2) is empty"),
        ("max", (f(0, 2),), {"dim": 0}, "max of no cells has no value"),
        ("matmul", (f(2, 2), 3), {}, "torch refuses matmul for (2, 2) float32, 3; its reason stands below."),
        ("full", (), {"size": (-1,), "fill_value": 0}, "torch refuses this full; its reason stands below."),
    ],
)
def test_the_sentence_fits_the_mistake(
    name: str, operands: tuple[Any, ...], arguments: dict[str, Any], words: str
) -> None:
    assert words in sentence(name, *operands, **arguments)
    with pytest.raises(OpError) as caught:
        CATALOG[name].forecast(operands, arguments)
    assert words in str(caught.value.named(tuple("PQRSTUVWXYZ"[: len(operands)])).message)


ZERO = torch.tensor([[1, 2], [0, 0]])
BYTES = torch.tensor([[1, 2], [3, 4]], dtype=torch.uint8)


@pytest.mark.parametrize(
    ("name", "operands", "arguments", "words"),
    [
        ("floor_divide", (i(2, 2), ZERO), {}, "has no result where the divisor is 0, as Q[1, 0] is; choose another"),
        ("floor_divide", (5, ZERO), {}, "as Q[1, 0] is; choose another, or convert to float32, where it is inf or nan"),
        (
            "remainder",
            (i(2, 2), torch.tensor(0)),
            {},
            "remainder of whole numbers has no result where the",
        ),
        ("div", (i(2, 2), ZERO), {"rounding_mode": "floor"}, "as Q[1, 0] is"),
        ("remainder_", (BYTES, ZERO > 0), {}, "as Q[1, 0] is"),
        ("floor_divide", (ZERO > 0, 0), {}, "as Q is; choose another, or convert"),
        ("floor_divide", (BYTES, 256), {}, "has no result where the divisor is 0, as Q is in uint8; choose another"),
        ("floor_divide", (i(2, 2), i(3)), {}, "do not line up"),
        ("floor_divide", (ZERO > 0, ZERO > 0), {}, "floor_divide does not work for (2, 2) bool, (2, 2) bool"),
        (
            "pow",
            (i(2), -1),
            {},
            "pow of whole numbers takes no exponent below 0, such as Q; convert P to float32",
        ),
        ("pow", (BYTES, 300), {}, "300 has no place in uint8, which holds 0 to 255"),
        ("pow_", (BYTES, 0.5), {}, "In place P keeps its dtype uint8, and pow_ would give float32"),
    ],
)
def test_whole_numbers_without_a_result_are_pointed_at(
    name: str, operands: tuple[Any, ...], arguments: dict[str, Any], words: str
) -> None:
    with pytest.raises(OpError) as caught:
        OPERATIONS[name].run((operands[0].clone() if name.endswith("_") else operands[0], *operands[1:]), arguments)
    assert words in str(caught.value.named(("P", "Q")).message)


def test_the_twelfth_operand_is_called_by_its_name() -> None:
    operands = (*(f(2, 3),) * 11, f(3, 2))
    names = "abcdefghijkl"
    assert str(refusal("stack", *operands, names=names).message) == (
        "stack wants equal shapes, and a is (2, 3) but l is (3, 2); use cat or reshape."
    )
    with pytest.raises(OpError) as caught:
        CATALOG["stack"].run(operands, {})
    assert "but #12 is (3, 2)" in str(caught.value.message)


def test_torch_is_quoted_word_for_word() -> None:
    a, b = f(16, 264, 32, 32), f(20, 2048)
    with pytest.raises(RuntimeError) as theirs:
        a @ b
    assert refusal("matmul", a, b).detail == str(theirs.value)
    assert "135168x32 and 20x2048" in refusal("matmul", a, b).detail


def test_what_is_no_mistake_runs() -> None:
    assert CATALOG["add"].run((f(3), f().double()), {}).dtype is torch.float32
    assert CATALOG["add"].run((i(3), f().double()), {}).dtype is torch.float64
    assert CATALOG["mean"].run((i(3),), {"dtype": torch.float32}).item() == 1.0
    assert CATALOG["sum"].run((f(2, 3),), {"dim": ()}).shape == ()
    assert CATALOG["sub"].run((f(3, 1), f(3)), {}).shape == (3, 3)
    assert CATALOG["linalg.vector_norm"].run((f(2, 2),), {"ord": 1}).item() == 4.0
    assert math.isclose(CATALOG["div"].run((i(1) * 5, 2), {}).item(), 2.5)
    assert CATALOG["div"].run((i(1) * -5, 2), {"rounding_mode": "floor"}).item() == -3
    assert CATALOG["div"].run((i(1) * -5, 2), {"rounding_mode": "trunc"}).item() == -2


def test_meta_never_meets_cells() -> None:
    # torch answers the second with memory as it is found
    far = torch.empty(1, 2, 2, device="meta")
    for x, y in ((far, f(2, 2)), (far, f(2, 2).expand(1, 2, 2)), (f(2, 2), far)):
        assert "copy one of them" in sentence("matmul", x, y)
    assert CATALOG["mul"].run((far, f()), {}).is_meta
    assert CATALOG["mul"].run((far, 2), {}).is_meta


def test_a_product_of_fixed_ranks_says_which() -> None:
    matrix = torch.ones(3, 4)
    for name, wanted in (("outer", 1), ("bmm", 3)):
        with pytest.raises(OpError, match=rf"{name} wants {wanted}-d tensors, and A is \(3, 4\)"):
            CATALOG[name].forecast((matrix, matrix), {})
    with pytest.raises(OpError, match=r"bmm wants as many matrices of each, and A is \(1, 3, 4\), B is \(2, 4, 5\)"):
        CATALOG["bmm"].forecast((torch.ones(1, 3, 4), torch.ones(2, 4, 5)), {})


def test_what_one_thread_keeps_to_itself_is_recorded_from_another() -> None:
    """And afterwards nobody is left with the filters of the other."""
    before, inside, outside = warnings.filters[:], threading.Event(), threading.Event()

    def replay() -> None:
        with silent():
            inside.set()
            outside.wait(60)
            warnings.warn("said before", UserWarning, stacklevel=1)

    thread = threading.Thread(target=replay)
    thread.start()
    assert inside.wait(60)
    with recorded() as caught:
        warnings.warn("new", UserWarning, stacklevel=1)
        outside.set()
        thread.join()
    assert [str(warning.message) for warning in caught] == ["new"]
    assert warnings.filters == before


def test_a_fault_of_torch_is_no_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reasons, "RULES", ())
    words = "x INTERNAL ASSERT FAILED at x.cpp, please report a bug to PyTorch."
    error = reasons.refused(CATALOG["exp"], (f(2),), {}, RuntimeError(words))
    assert str(error.message) == (
        "torch fails at exp for (2,) float32, by a fault of its own; convert or reshape what it works on first."
    )
    assert error.detail == words


def test_each_index_is_held_against_its_own_axis() -> None:
    told = sentence("index_put", f(2, 3), 0 * i(2), 5 * i(2), f(2))
    assert told.startswith("The index 5 in R[0] is out of range: axis 1 of P (2, 3) has the length 3")
