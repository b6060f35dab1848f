"""What surprises people about tensors: for each a few tensors, a draft to run, and why torch does so.

The texts stand here; the tensors are made only when one is asked for. Facts were asked of torch; the tests run each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from explorer.late import late, torch
from explorer.messages import QT_TRANSLATE_NOOP, Phrase
from explorer.ops import OPERATIONS, Call

with late():
    from explorer.workspace import definition

if TYPE_CHECKING:
    from explorer.workspace import Workspace


class Bench:
    """A workspace that grows by what an example needs, under names that are free there."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    def put(self, hint: str, data: Any, dtype: str = "", device: str = "cpu") -> str:
        """Typed values; gives the name."""
        values = torch.tensor(data, dtype=getattr(torch, dtype) if dtype else None)
        return self._create(hint, definition.Definition.typed(values, device))

    def fill(self, hint: str, op: str, dtype: str = "", device: str = "cpu", shape: Any = None, **given: Any) -> str:
        """A fill of the catalogue; gives the name."""
        kind = getattr(torch, dtype) if dtype else None
        return self._create(hint, definition.Definition(op, given, kind, device, shape=shape))

    def _create(self, hint: str, creation: Any, array: bool = False) -> str:
        name = self.workspace.fresh_name(hint)
        self.workspace = self.workspace.create(name, creation, array=array)
        return name

    def array(self, hint: str, length: int) -> str:
        """`np.ones(length)`; gives the name."""
        return self._create(hint, definition.Definition("ones", {"size": (length,)}, torch.float64), array=True)

    def run(self, hint: str, op: str, *operands: Any, **arguments: Any) -> str:
        """An operation; gives the name of its result."""
        name = self.workspace.fresh_name(hint)
        self.workspace = self.workspace.operate(op, operands, arguments, (name,))
        return name


@dataclass(frozen=True)
class Example:
    """What stands there at the end: the call of a draft, or only what is inspected."""

    call: Call[Any] | None = None
    inspected: str = ""


def _draft(op: str, operands: tuple[Any, ...], arguments: Mapping[str, Any] = MappingProxyType({})) -> Example:
    return Example(OPERATIONS[op].call(operands, arguments))


@dataclass(frozen=True)
class Surprise:
    """`key` is for names and tests; `title` is what people think or see, `said` why it is so."""

    key: str
    title: Phrase
    said: str
    make: Callable[[Bench], Example]


def _matrix(bench: Bench, hint: str = "A") -> str:
    return bench.fill(hint, "arange", shape=(3, 4), end=12)


def _square(b: Bench) -> Example:
    p = b.put("P", [[1.0, 3.0], [2.0, 8.0]])
    return _draft("div", (p, b.run("s", "sum", p, dim=1)))


def _columns(b: Bench) -> Example:
    a = b.put("a", [1.0, 2.0, 3.0])
    return _draft("sub", (b.run("c", "unsqueeze", a, dim=1), a))


def _four(b: Bench) -> Example:
    a = b.fill("A", "arange", shape=(2, 3), end=6)
    return _draft("stack", (a, a, a, a), {"dim": 0})


def _uninitialised(b: Bench) -> Example:
    b.put("t", 3)
    return Example(inspected=b.fill("T", "empty", dtype="float32", size=(3,)))


def _no_view(b: Bench) -> Example:
    x = b.fill("x", "arange", shape=(2, 3), end=6)
    return _draft("view", (b.run("y", "T", x),), {"size": (6,)})


def _one_memory(b: Bench) -> Example:
    n = b.array("n", 5)
    name = b.workspace.fresh_name("A")
    b.workspace = b.workspace.from_array(n, name)
    return Example(inspected=n)


def _spoiled(b: Bench) -> Example:
    x = b.put("x", [0.0, 1.0])
    b.workspace = b.workspace.require_grad(x, True)
    e = b.run("e", "exp", x)
    b.run("s", "sum", e)
    return _draft("add_", (e, 1))


def _widening(b: Bench) -> Example:
    a = b.put("a", [1, 2, 3], "int32")
    return _draft("add", (a, b.put("z", 0.5, "float64")))


def _meta(b: Bench) -> Example:
    return _draft("add", (_matrix(b), b.fill("M", "empty", device="meta", size=(3, 4), dtype="int64")))


def _unseen_shapes(b: Bench) -> Example:
    x = b.fill("X", "empty", device="meta", size=(16, 264, 32, 32), dtype="float32")
    return _draft("matmul", (x, b.fill("V", "empty", device="meta", size=(20, 2048), dtype="float32")))


SURPRISES: tuple[Surprise, ...] = (
    Surprise(
        "rows",
        Phrase("Axis 0 is the rows, so sum(0) sums rows?", "轴 0 是行，所以 sum(0) 是把每行加起来？"),
        QT_TRANSLATE_NOOP(
            "surprises", "The axis that is named is the one that goes: (3, 4) becomes (4,), one sum for each column."
        ),
        lambda b: _draft("sum", (_matrix(b),), {"dim": 0}),
    ),
    Surprise(
        "pages",
        Phrase("Is axis 0 the columns, or the pages?", "轴 0 是列，还是页？"),
        QT_TRANSLATE_NOOP(
            "surprises", "Axis k is place k of the shape, whatever the rank; here axis 0 counts the pages."
        ),
        lambda b: _draft("sum", (b.fill("A", "arange", shape=(2, 3, 4), end=24),), {"dim": 0}),
    ),
    Surprise(
        "grows",
        Phrase("The same dim, another feel: cat", "同样写 dim，感觉却不同：cat"),
        QT_TRANSLATE_NOOP("surprises", "cat(dim=k) grows the very axis that sum(dim=k) removes."),
        lambda b: _draft("cat", (a := b.fill("A", "arange", shape=(2, 3), end=6), a), {"dim": 0}),
    ),
    Surprise(
        "last",
        Phrase("What is axis -1?", "轴 -1 是哪个轴？"),
        QT_TRANSLATE_NOOP("surprises", "-1 is the last axis, -2 the one before; of (3, 4) there is no axis 2."),
        lambda b: _draft("sum", (_matrix(b),), {"dim": -1}),
    ),
    Surprise(
        "keepdim",
        Phrase("Rows divided by their sums, and the result is wrong", "每行除以自己的和，结果却不对"),
        QT_TRANSLATE_NOOP(
            "surprises",
            "The sums (2,) are aligned from the right, so they divide columns, without a word on a square matrix; with "
            "keepdim=True they are (2, 1) and divide rows.",
        ),
        _square,
    ),
    Surprise(
        "square",
        Phrase("(n, 1) minus (n,) is a matrix", "(n, 1) 减 (n,) 得到矩阵"),
        QT_TRANSLATE_NOOP(
            "surprises", "Lengths of 1 stretch and missing axes are added at the left, so each value meets every other."
        ),
        _columns,
    ),
    Surprise(
        "stack",
        Phrase("cat or stack?", "cat 还是 stack？"),
        QT_TRANSLATE_NOOP(
            "surprises", "cat of four (2, 3) gives (8, 3); stack makes a new axis first and gives (4, 2, 3)."
        ),
        _four,
    ),
    Surprise(
        "transpose",
        Phrase(".T of more than two axes", "超过两个轴时的 .T"),
        QT_TRANSLATE_NOOP(
            "surprises", ".T reverses all axes, and torch warns; mT swaps the last two, permute names them all."
        ),
        lambda b: _draft("T", (b.fill("A", "arange", shape=(2, 3, 4), end=24),)),
    ),
    Surprise(
        "mean",
        Phrase("The mean of whole numbers is refused", "整数的平均值被拒绝"),
        QT_TRANSLATE_NOOP(
            "surprises",
            "A mean has a fraction, and whole numbers have no room for it; choose dtype=float32 for the mean, or "
            "convert "
            "first. Norms are alike.",
        ),
        lambda b: _draft("mean", (_matrix(b),), {"dim": 0}),
    ),
    Surprise(
        "division",
        Phrase("Dividing whole numbers", "整数相除"),
        QT_TRANSLATE_NOOP(
            "surprises",
            "/ gives fractions: 5 / 2 is 2.5. Rounded with floor, -5 and 2 give -3, with trunc -2. In place it is "
            "refused, as "
            "the dtype cannot change.",
        ),
        lambda b: _draft("div", (b.put("a", [5, -5, 7], "int32"), 2), {"rounding_mode": "floor"}),
    ),
    Surprise(
        "constructor",
        Phrase("torch.Tensor(3) or torch.tensor(3)?", "torch.Tensor(3) 还是 torch.tensor(3)？"),
        QT_TRANSLATE_NOOP(
            "surprises",
            "{first} is what torch.Tensor(3) gives: three float32 that nobody has written, so they show a question "
            "mark. "
            "torch.tensor(3) gives a 0-d int64 that holds 3.",
        ),
        _uninitialised,
    ),
    Surprise(
        "products",
        Phrase("mm, matmul, dot or *?", "mm、matmul、dot 还是 *？"),
        QT_TRANSLATE_NOOP(
            "surprises",
            "mm takes two matrices whose inner lengths agree, dot two vectors; * multiplies cell by cell and "
            "stretches.",
        ),
        lambda b: _draft("mm", (a := _matrix(b), a)),
    ),
    Surprise(
        "norm",
        Phrase("The L1 norm of a matrix is 10, or 6?", "矩阵的 L1 范数是 10，还是 6？"),
        QT_TRANSLATE_NOOP(
            "surprises",
            "vector_norm takes the matrix as one long vector: 1 + 2 + 3 + 4 = 10. torch.linalg.norm(A, 1) is the "
            "norm of a "
            "matrix, its largest column sum: 6.",
        ),
        lambda b: _draft("linalg.vector_norm", (b.put("A", [[1.0, 2.0], [3.0, 4.0]]),), {"ord": 1}),
    ),
    Surprise(
        "view",
        Phrase("view is refused where reshape works", "view 被拒绝，reshape 却可以"),
        QT_TRANSLATE_NOOP(
            "surprises",
            "The transpose reads the same memory in another order, and no steps of one length lead through it; "
            "reshape copies "
            "then, view does not. View > Memory shows it.",
        ),
        _no_view,
    ),
    Surprise(
        "numpy",
        Phrase("A NumPy array changes, and a tensor with it", "NumPy 数组变了，张量也跟着变"),
        QT_TRANSLATE_NOOP(
            "surprises",
            "from_numpy gives a tensor over the memory of {first}: n += 1 moves both, n = n + 1 makes another array "
            "and leaves "
            "the tensor alone. torch.tensor(n) would have copied.",
        ),
        _one_memory,
    ),
    Surprise(
        "autograd",
        Phrase("An in-place write fails, but only in backward", "原地写入出错，却要到 backward 才报"),
        QT_TRANSLATE_NOOP(
            "surprises",
            "exp keeps its own result for the gradient. Run the write into {first}, and the shelf marks it before "
            "any backward; "
            "then inspect the sum and press Backward for torch's own words.",
        ),
        _spoiled,
    ),
    Surprise(
        "in_place",
        Phrase("In place nothing grows", "原地运算，什么也不会变大"),
        QT_TRANSLATE_NOOP(
            "surprises",
            "A tensor that is written to keeps its memory, so it keeps its shape and its dtype: what stretches or "
            "converts the "
            "other operand is fine, what would do so to the target is refused.",
        ),
        lambda b: _draft("add_", (b.fill("a", "ones", size=(3,)), b.fill("B", "ones", size=(2, 3)))),
    ),
    Surprise(
        "item",
        Phrase("item() of two elements", "对两个元素用 item()"),
        QT_TRANSLATE_NOOP(
            "surprises",
            "item() makes one Python number of one element, however many axes of length 1 there are; of two it is "
            "refused: use "
            "tolist(). Tensor > item() shows both.",
        ),
        lambda b: Example(inspected=b.put("a", [1.5, 2.5])),
    ),
    Surprise(
        "variance",
        Phrase("torch and NumPy disagree about the variance", "torch 与 NumPy 的方差不一致"),
        QT_TRANSLATE_NOOP(
            "surprises",
            "torch divides by n - 1 (correction=1): 1.0. NumPy divides by n: 0.667, as torch does with correction=0.",
        ),
        lambda b: _draft("var", (b.put("a", [1.0, 2.0, 3.0]),), {"dim": 0}),
    ),
    Surprise(
        "wrap",
        Phrase("200 + 100 is 44", "200 + 100 得 44"),
        QT_TRANSLATE_NOOP(
            "surprises",
            "uint8 ends at 255 and begins again at 0. The sum of a uint8 tensor, though, is int64: sum makes room, + "
            "does not.",
        ),
        lambda b: _draft("add", (b.put("a", [200, 100], "uint8"), b.put("b", [100, 100], "uint8"))),
    ),
    Surprise(
        "promotion",
        Phrase("Which dtype comes out?", "结果是哪种 dtype？"),
        QT_TRANSLATE_NOOP(
            "surprises",
            "bool < int < float < complex decides first: int32 and a 0-d float64 give float64. Within one kind a "
            "tensor with axes "
            "beats a 0-d one, and that a Python number: float32 would have stayed float32.",
        ),
        _widening,
    ),
    Surprise(
        "order",
        Phrase("1e8 + 1 - 1e8 is 0", "1e8 + 1 - 1e8 得 0"),
        QT_TRANSLATE_NOOP(
            "surprises",
            "float32 has about 7 digits: next to 1e8 there is no room for 1, so the order of adding decides.",
        ),
        lambda b: _draft("sum", (b.put("a", [1e8, 1.0, -1e8]),), {"dim": 0}),
    ),
    Surprise(
        "devices",
        Phrase("Two devices do not meet", "两个设备上的张量不能一起运算"),
        QT_TRANSLATE_NOOP(
            "surprises",
            "Operands must live on one device; only a 0-d tensor on the CPU may join any. meta has shapes and dtypes "
            "and no "
            "values, so nothing can come back from it.",
        ),
        _meta,
    ),
    Surprise(
        "shapes",
        Phrase("A message about shapes that nobody typed", "报错中的形状，谁也没有写过"),
        QT_TRANSLATE_NOOP(
            "surprises",
            "matmul lays the leading axes of (16, 264, 32, 32) in one before it multiplies: 16 x 264 x 32 = 135168 "
            "rows of 32. "
            "What does not fit is 32 and 20.",
        ),
        _unseen_shapes,
    ),
)
