"""Other forms of the same values: lines inserted or deleted, another size, another dtype and what it would lose.

Each is a frozen request that an editor makes and a worker carries out: `request.apply(tensor)` gives a new tensor on
the same device and leaves `tensor` as it was. Every bit that is kept, NaN payloads and -0 among them, stays.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import prod

from explorer.late import torch
from explorer.memory import room_for

Shape = tuple[int, ...]


@dataclass(frozen=True)
class Insert:
    """`count` new lines of `fill` along `axis`, the first of them at index `at` (0 to the size of the axis)."""

    axis: int
    at: int
    count: int = 1
    fill: complex = 0  # any Python number

    def shape(self, old: Shape) -> Shape:
        """The shape that results."""
        return (*old[: self.axis], old[self.axis] + self.count, *old[self.axis + 1 :])

    def apply(self, tensor: torch.Tensor) -> torch.Tensor:
        """A new tensor; raises IndexError for an `axis` or `at` that is not there."""
        if not 0 <= self.at <= tensor.shape[self.axis]:
            raise IndexError(f"index {self.at} on axis {self.axis} of {tuple(tensor.shape)}")
        size = (*tensor.shape[: self.axis], self.count, *tensor.shape[self.axis + 1 :])
        _room(tensor, size, self.shape(tuple(tensor.shape)))
        lines = torch.full(size, self.fill, dtype=tensor.dtype, device=tensor.device)
        rest = tensor.shape[self.axis] - self.at
        before, after = tensor.narrow(self.axis, 0, self.at), tensor.narrow(self.axis, self.at, rest)
        return torch.cat([before, lines, after], dim=self.axis)


@dataclass(frozen=True)
class Delete:
    """`count` lines of `axis` go, from index `at` on."""

    axis: int
    at: int
    count: int = 1

    def shape(self, old: Shape) -> Shape:
        """The shape that results."""
        return (*old[: self.axis], old[self.axis] - self.count, *old[self.axis + 1 :])

    def apply(self, tensor: torch.Tensor) -> torch.Tensor:
        """A new tensor; raises IndexError for lines that are not there."""
        size, end = tensor.shape[self.axis], self.at + self.count
        if not 0 <= self.at <= end <= size:
            raise IndexError(f"lines {self.at} to {end} on axis {self.axis} of {tuple(tensor.shape)}")
        _room(tensor, self.shape(tuple(tensor.shape)))
        before, after = tensor.narrow(self.axis, 0, self.at), tensor.narrow(self.axis, end, size - end)
        return torch.cat([before, after], dim=self.axis)


@dataclass(frozen=True)
class Resize:
    """Another shape where each value keeps its index; what falls outside is lost, what is new is `fill`.

    A shape of more axes gets new leading ones, and the values stand at index 0 of them; of fewer, the leading axes go
    and index 0 of them is kept.
    """

    size: Shape
    fill: complex = 0  # any Python number

    def shape(self, old: Shape) -> Shape:
        """The shape that results."""
        return self.size

    def kept(self, old: Shape) -> Shape:
        """The shape of the part that is kept, in as many axes as `size` has."""
        aligned = (1,) * (len(self.size) - len(old)) + old[max(0, len(old) - len(self.size)) :]
        return tuple(min(a, b) for a, b in zip(aligned, self.size, strict=True))

    def apply(self, tensor: torch.Tensor) -> torch.Tensor:
        """A new tensor."""
        old = tuple(tensor.shape)
        _room(tensor, self.size)
        new = torch.full(self.size, self.fill, dtype=tensor.dtype, device=tensor.device)
        fewer = len(old) - len(self.size)
        if 0 in old[: max(0, fewer)]:
            return new
        part = tensor[(0,) * max(0, fewer)]
        part = part.reshape((1,) * max(0, -fewer) + tuple(part.shape))
        corner = tuple(slice(0, n) for n in self.kept(old))
        new[corner] = part[corner]
        return new


def _room(tensor: torch.Tensor, *shapes: Shape) -> None:
    """RoomError where tensors of these shapes, of the dtype of `tensor`, do not fit beside it."""
    room_for(sum(map(prod, shapes)) * tensor.element_size(), tensor.device)


def losses(tensor: torch.Tensor, dtype: torch.dtype, progress: Callable[[float], None] | None = None) -> int:
    """How many values of `tensor` are not the same number any more after `tensor.to(dtype)` and back; NaN stays NaN.

    Asked of torch itself, in blocks of 2^22 elements. Raises what torch raises where it cannot convert. A complex value
    loses its imaginary part in a real dtype; that counts where it is not 0. On meta there are none to lose.
    """
    if tensor.is_meta:
        return 0
    flat = tensor.detach().reshape(-1)
    lost, block = 0, 1 << 22
    for start in range(0, flat.numel(), block):
        part = flat[start : start + block]
        lost += int((~_survives(part, dtype)).sum())
        if progress is not None:
            progress(min(1.0, (start + block) / flat.numel()))
    return lost


def _survives(part: torch.Tensor, dtype: torch.dtype) -> torch.Tensor:
    """For each value of `part`, 1-d, whether it is the same number in `dtype`."""
    if part.dtype.is_complex and not dtype.is_complex:
        return _survives(part.real, dtype) & (part.imag == 0)
    there = part.to(dtype)
    if dtype.is_complex and not part.dtype.is_complex:
        there = there.real
    same = _same(there.to(part.dtype), part)
    if part.dtype.is_floating_point and not dtype.is_floating_point and dtype.itemsize == 8:
        # clipped there, rounded up on the way back
        return same & (part.double() < 2.0 ** (63 if dtype.is_signed else 64))
    if part.dtype.is_floating_point or part.dtype.is_complex:
        return same
    if there.dtype.is_floating_point:  # 2^63 - 1 becomes 2^63, which on its way back is clipped to what it was
        wide = there.double()
        return same & wide.isfinite() & (wide < 2.0 ** (63 if part.dtype.is_signed else 64))
    return same & (_negative(there) == _negative(part))  # -1 and 2^64 - 1 have the same bits


def _negative(part: torch.Tensor) -> torch.Tensor:
    return part < 0 if part.dtype.is_signed else torch.zeros_like(part, dtype=torch.bool)


def _same(one: torch.Tensor, other: torch.Tensor) -> torch.Tensor:
    if one.dtype.is_floating_point and one.dtype.itemsize == 1:
        one, other = one.float(), other.float()  # float8 does not compare
    return (one == other) | ((one != one) & (other != other))
