"""What the programs of the tests are made of: creations and keys, each with its spelling in plain Python."""

import hypothesis.strategies as st
import numpy as np
import torch

from explorer.workspace import Creation

DTYPES = (
    torch.float32,
    torch.float64,
    torch.float16,
    torch.bfloat16,
    torch.int32,
    torch.int64,
    torch.uint8,
    torch.bool,
)
pick = st.integers(0, 99)
shapes = st.lists(st.integers(1, 4), max_size=3).map(tuple)
numbers = st.sampled_from((0, 1, -1, 2, 3, 0.5, -0.0, float("nan"), float("inf"), 200, True))


def spelt(value: object) -> str:
    return f'float("{value}")' if isinstance(value, float) and not np.isfinite(value) else repr(value)


@st.composite
def creations(draw: st.DrawFn) -> tuple[Creation, str]:
    """A creation, and the expression for it in plain Python."""
    shape, dtype, seed = draw(shapes), draw(st.sampled_from(DTYPES)), draw(st.integers(0, 9))
    size, count = f"({''.join(f'{n}, ' for n in shape)})", int(np.prod(shape))
    op = draw(
        st.sampled_from(("zeros", "ones", "full", "arange", "linspace", "eye", "rand", "randn", "randint", "tensor"))
    )
    generator = f"generator=torch.Generator().manual_seed({seed})"
    if op in ("zeros", "ones"):
        return Creation(op, {"size": shape}, dtype), f"torch.{op}({size}, dtype={dtype})"
    if op == "full":
        value = draw(st.sampled_from((0, 7, -1.5, True, False, float("nan"))))
        return Creation(op, {"size": shape, "fill_value": value}), f"torch.full({size}, {spelt(value)})"
    if op == "arange":
        return Creation(op, {"end": count}, shape=shape), f"torch.arange({count}).reshape({size})"
    if op == "linspace":
        text = f"torch.linspace(-1, 1, {count}).reshape({size})"
        return Creation(op, {"start": -1, "end": 1, "steps": count}, shape=shape), text
    if op == "eye":
        return Creation(op, {"n": count}), f"torch.eye({count})"
    if op in ("rand", "randn"):
        return Creation(op, {"size": shape}, seed=seed), f"torch.{op}({size}, {generator})"
    if op == "randint":
        arguments = {"low": -5, "high": 5, "size": shape}
        return Creation(op, arguments, seed=seed), f"torch.randint(-5, 5, {size}, {generator})"
    dtype = draw(st.sampled_from((*DTYPES, torch.complex64)))
    cells = draw(st.lists(numbers, min_size=count, max_size=count))
    if not dtype.is_floating_point and not dtype.is_complex:
        cells = [int(abs(x)) if np.isfinite(x) else 5 for x in cells]
    text = f"torch.tensor([{', '.join(map(spelt, cells))}], dtype={dtype}).reshape({size})"
    return Creation.typed(torch.tensor(cells, dtype=dtype).reshape(shape)), text


def sliced(draw: st.DrawFn, shape: tuple[int, ...], negative: bool) -> tuple[tuple[object, ...], str]:
    """A key of integers, slices, new axes and an ellipsis that selects something where there is something."""
    key: list[object] = []
    text: list[str] = []
    for size in shape[: draw(st.integers(0, len(shape)))]:
        kind = draw(st.sampled_from(("int", "slice", "all", "step")))
        at = draw(st.integers(0, max(0, size - 1)))
        if kind == "int":
            at = draw(st.sampled_from((at, at - size)))
            key, text = [*key, at], [*text, str(at)]
        elif kind == "slice":
            key, text = [*key, slice(at, None)], [*text, f"{at}:"]
        elif kind == "all":
            key, text = [*key, slice(None)], [*text, ":"]
        else:
            step = -1 if negative else 2
            key, text = [*key, slice(None, None, step)], [*text, f"::{step}"]
    extra = draw(st.sampled_from(("", "", "new", "dots")))
    if extra:
        key, text = [*key, None if extra == "new" else ...], [*text, "None" if extra == "new" else "..."]
    return tuple(key), ", ".join(text) or "()"
