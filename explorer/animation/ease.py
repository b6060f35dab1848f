"""How moments of a step turn into positions: smooth starts and ends, parts of a step, staggering."""

import numpy as np

from explorer.animation.frame import Floats


def smooth(u: float) -> float:
    """0 to 1 with a soft start and end."""
    u = min(max(u, 0.0), 1.0)
    return u * u * (3.0 - 2.0 * u)


def part(u: float, start: float, end: float) -> float:
    """How much of the part from `start` to `end` of a step is done, smoothly."""
    return smooth((u - start) / (end - start))


def mix(a: float, b: float, u: float) -> float:
    """From a (u = 0) to b (u = 1), both exact."""
    return a if u <= 0.0 else b if u >= 1.0 else a + (b - a) * u


def blend(a: Floats, b: Floats, u: float) -> Floats:
    """The same for arrays; where either end is not finite the nearer one stands."""
    if u <= 0.0:
        return a
    if u >= 1.0:
        return b
    with np.errstate(invalid="ignore", over="ignore"):
        mixed = a + (b - a) * u
    odd = ~(np.isfinite(a) & np.isfinite(b) & np.isfinite(mixed))
    if odd.any():
        mixed = np.where(odd, a if u < 0.5 else b, mixed)
    return mixed


def staggered(u: float, turns: Floats, share: float = 0.5) -> Floats:
    """How far each cell is: turn 0 starts first, turn 1 last, and each moves for `share` of a step."""
    v = np.clip((u - turns * (1.0 - share)) / share, 0.0, 1.0)
    moved: Floats = v * v * (3.0 - 2.0 * v)
    return moved
