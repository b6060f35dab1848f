"""What the programs of the tests are made of: creations and keys, each with its spelling in plain Python."""

import hypothesis.strategies as st
import numpy as np
import torch

from explorer.workspace import Definition

DTYPES = (
    torch.float32,
    torch.float64,
    torch.float16,
    torch.bfloat16,
    torch.int8,
    torch.int16,
    torch.int32,
    torch.int64,
    torch.uint8,
    torch.bool,
)
pick = st.integers(0, 99)
shapes = st.lists(st.integers(1, 4), max_size=3).map(tuple)
numbers = st.sampled_from((0, 1, -1, 2, 3, 0.5, -0.0, float("nan"), float("inf"), 200, True, 2.5, 1 + 2j))
real = numbers.filter(lambda x: not isinstance(x, complex))


def spelt(value: object) -> str:
    if isinstance(value, torch.Tensor):
        return f"torch.tensor({value.tolist()}, dtype={value.dtype}).reshape({tuple(value.shape)})"
    return f'float("{value}")' if isinstance(value, float) and not np.isfinite(value) else repr(value)


@st.composite
def creations(draw: st.DrawFn) -> tuple[Definition, str]:
    """A creation, and the expression for it in plain Python."""
    shape, dtype, seed = draw(shapes), draw(st.sampled_from(DTYPES)), draw(st.integers(0, 9))
    size, count = f"({''.join(f'{n}, ' for n in shape)})", int(np.prod(shape))
    op = draw(
        st.sampled_from(("zeros", "ones", "full", "arange", "linspace", "eye", "rand", "randn", "randint", "tensor"))
    )
    generator = f"generator=torch.Generator().manual_seed({seed})"
    if op in ("zeros", "ones"):
        return Definition(op, {"size": shape}, dtype), f"torch.{op}({size}, dtype={dtype})"
    if op == "full":
        value = draw(st.sampled_from((0, 7, -1.5, True, False, float("nan"))))
        return Definition(op, {"size": shape, "fill_value": value}), f"torch.full({size}, {spelt(value)})"
    if op == "arange":
        return Definition(op, {"end": count}, shape=shape), f"torch.arange({count}).reshape({size})"
    if op == "linspace":
        text = f"torch.linspace(-1, 1, {count}).reshape({size})"
        return Definition(op, {"start": -1, "end": 1, "steps": count}, shape=shape), text
    if op == "eye":
        return Definition(op, {"n": count}), f"torch.eye({count})"
    if op in ("rand", "randn"):
        return Definition(op, {"size": shape}, seed=seed), f"torch.{op}({size}, {generator})"
    if op == "randint":
        arguments = {"low": -5, "high": 5, "size": shape}
        return Definition(op, arguments, seed=seed), f"torch.randint(-5, 5, {size}, {generator})"
    dtype = draw(st.sampled_from((*DTYPES, torch.complex64)))
    cells = draw(st.lists(real, min_size=count, max_size=count))
    if not dtype.is_floating_point and not dtype.is_complex:
        cells = [min(int(abs(x)), 127) if np.isfinite(x) else 5 for x in cells]
    text = f"torch.tensor([{', '.join(map(spelt, cells))}], dtype={dtype}).reshape({size})"
    return Definition.typed(torch.tensor(cells, dtype=dtype).reshape(shape)), text


Key = tuple[object, ...]
BASIC = ("int", "slice", "slice", "all", "new", "end")
FORMS = (*BASIC, "list", "list", "grid", "flags", "mask", "tensor", "name")


@st.composite
def keys(draw: st.DrawFn, shape: tuple[int, ...], array: bool, names: tuple[str, ...] = ()) -> tuple[Key, str]:
    """What stands between the brackets of something of this shape, and its spelling; most of them fit.

    Every basic and advanced form alone and beside others; `names` of masks and index tensors. For an array steps may be
    negative, and index tensors are spelt as lists.
    """
    forms = BASIC if draw(st.booleans()) else FORMS
    parts: list[object] = []
    left = list(shape) if draw(pick) else [*shape, 2]  # now and then one index too many
    gap = draw(st.sampled_from((None, None, 0, 1)))  # so many axes before an ellipsis
    while left:
        if gap is not None and len(parts) >= gap:
            parts.append(...)
            left, gap = left[draw(st.integers(0, len(left))) :], None
            continue
        form = draw(st.sampled_from(forms))
        if form == "end":
            break
        if form == "new":
            parts.append(draw(st.sampled_from((None, None, None, True, False))))
        elif form == "name" and names:
            parts.append(draw(st.sampled_from(names)))
            left = left[1:]
        elif form == "mask":
            whole = left[: draw(st.integers(1, len(left)))]
            parts.append(torch.tensor(_many(draw, st.booleans(), int(np.prod(whole)))).bool().reshape(whole))
            left = left[len(whole) :]
        else:
            parts.append(_one(draw, form, left[0], array))
            left = left[1:]
    return tuple(parts), ", ".join(_spelt_part(part, array) for part in parts) or "()"


def _one(draw: st.DrawFn, form: str, size: int, array: bool) -> object:
    """The part of a key that takes one axis."""
    inside = st.integers(-size, size - 1) if size and draw(pick) else st.just(size)
    if form == "int":
        return draw(inside)
    if form == "slice":
        end = st.none() | st.integers(-size - 1, size + 1)
        steps = (None, 1, 2, 3, -1, -2) if array or not draw(pick) else (None, 1, 2, 3)
        return slice(draw(end), draw(end), draw(st.sampled_from(steps)))
    if form == "list":
        return draw(st.lists(inside, max_size=3))
    if form == "grid":
        return [_many(draw, inside, 2), _many(draw, inside, 2)]
    if form == "flags":
        return _many(draw, st.booleans(), size)
    if form == "tensor":
        return torch.tensor(_many(draw, inside, 2)).reshape(draw(st.sampled_from(((2,), (2, 1), (1, 2)))))
    return slice(None)


def _many(draw: st.DrawFn, values: st.SearchStrategy[object], count: int) -> list[object]:
    return draw(st.lists(values, min_size=count, max_size=count))


def _spelt_part(part: object, array: bool) -> str:
    if part is Ellipsis:
        return "..."
    if isinstance(part, slice):
        start, stop, step = ("" if x is None else str(x) for x in (part.start, part.stop, part.step))
        return f"{start}:{stop}:{step}"
    if isinstance(part, torch.Tensor):
        return str(part.tolist()) if array else spelt(part)
    return str(part)


def values(shape: tuple[int, ...], dtype: torch.dtype) -> st.SearchStrategy[torch.Tensor]:
    """Small numbers of this dtype."""
    count = int(np.prod(shape))
    return st.integers(0, 3).map(lambda low: ((torch.arange(count) * 3 + low) % 4).to(dtype).reshape(shape))


@st.composite
def indices(draw: st.DrawFn, shape: tuple[int, ...]) -> torch.Tensor:
    """Of the length of some axis, or for all cells."""
    size = draw(st.sampled_from((*((n,) for n in shape), shape, (2,))))
    most = draw(st.sampled_from((0, 1, *(n - 1 for n in shape))))
    return torch.tensor(_many(draw, st.integers(0, max(most, 0)), int(np.prod(size)))).long().reshape(size)


# in-place methods: of the target alone, with one operand, of whole numbers, and random fills
ONE = (
    "abs absolute acos acosh arccos arccosh arcsin arcsinh arctan arctanh asin asinh atan atanh ceil conj_physical cos "
    "cosh deg2rad digamma erf erfc erfinv exp exp2 expm1 fix floor frac i0 lgamma log log10 log1p log2 logical_not "
    "logit nan_to_num neg negative rad2deg reciprocal relu round rsqrt sgn sigmoid sign sin sinc sinh sqrt square t "
    "tan tanh tril triu trunc zero"
)
TWO = (
    "add arctan2 atan2 copysign copy div divide eq floor_divide fmod fill float_power ge greater greater_equal gt "
    "heaviside hypot igamma igammac ldexp le less less_equal logical_and logical_or logical_xor lt mul multiply ne "
    "nextafter not_equal pow remainder sub subtract true_divide xlogy"
)
WHOLE = "bitwise_and bitwise_left_shift bitwise_or bitwise_right_shift bitwise_xor gcd lcm"
FILLS = (
    ("normal_", ()),
    ("cauchy_", (1.0,)),
    ("exponential_", (2.0,)),
    ("log_normal_", ()),
    ("uniform_", (-1, 1)),
    ("geometric_", (0.5,)),
    ("random_", ()),
    ("random_", (3, 9)),
    ("bernoulli_", (0.5,)),
)
# in OTHERS and LAYOUTS "t" is a tensor, "m" a mask, "i" are indices, "n" is a number, "d" a dim and "-" nothing
LAYOUTS = (
    ("t_", "", {}),
    ("transpose_", "dd", {}),
    ("swapaxes_", "dd", {}),
    ("swapdims_", "dd", {}),
    ("squeeze_", "", {}),
    ("squeeze_", "d", {}),
    ("unsqueeze_", "d", {}),
)
OTHERS = (
    ("add_", "t", {"alpha": 2}),
    ("addbmm_", "tt", {}),
    ("addcdiv_", "tt", {"value": 0.5}),
    ("addcmul_", "tt", {"value": 2}),
    ("addmm_", "tt", {"beta": 2}),
    ("addmv_", "tt", {}),
    ("addr_", "tt", {}),
    ("baddbmm_", "tt", {}),
    ("bitwise_not_", "", {}),
    ("clamp_", "nn", {}),
    ("clamp_", "-t", {}),
    ("clamp_", "", {"max": 1}),
    ("clamp_max_", "n", {}),
    ("clamp_min_", "t", {}),
    ("clip_", "tt", {}),
    ("cumprod_", "d", {}),
    ("cumsum_", "d", {}),
    ("div_", "t", {"rounding_mode": "trunc"}),
    ("div_", "n", {"rounding_mode": "floor"}),
    ("fill_diagonal_", "n", {}),
    ("index_add_", "dit", {"alpha": 2}),
    ("index_copy_", "dit", {}),
    ("index_fill_", "din", {}),
    ("index_reduce_", "dit", {"reduce": "amax"}),
    ("lerp_", "tn", {}),
    ("lerp_", "tt", {}),
    ("masked_fill_", "mn", {}),
    ("masked_scatter_", "mt", {}),
    ("mvlgamma_", "", {"p": 1}),
    ("polygamma_", "", {"n": 1}),
    ("put_", "it", {}),
    ("put_", "it", {"accumulate": True}),
    ("renorm_", "nd", {"maxnorm": 1.0}),
    ("round_", "", {"decimals": 1}),
    ("scatter_", "din", {}),
    ("scatter_", "dit", {}),
    ("scatter_add_", "dit", {}),
    ("scatter_reduce_", "dit", {"reduce": "prod"}),
    ("tril_", "d", {}),
    ("triu_", "d", {}),
)
