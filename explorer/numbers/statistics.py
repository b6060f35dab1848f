"""What a whole tensor amounts to: its range, its mean, and its NaN and infinities. No cell is left out."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from explorer.late import torch

# Called with the fraction done, 0 to 1; may raise, which ends the work.
Progress = Callable[[float], None]

_BLOCK = 2**22  # cells: some tens of MB at most while one is looked at


@dataclass(frozen=True)
class Statistics:
    """Exact figures of one tensor; complex numbers are compared by magnitude.

    `minimum` and `maximum` are over all cells that are not NaN, so they may be infinite; `low` and `high` are over the
    finite ones, as a scale of colours needs them. None where there are no such cells. `mean` is over all cells (NaN if
    one is NaN, None if there are none): exact for whole numbers, else summed in float64, or in complex128.
    """

    count: int
    minimum: int | float | None
    maximum: int | float | None
    mean: float | complex | None
    nan: int
    positive_inf: int
    negative_inf: int
    low: int | float | None
    high: int | float | None

    @property
    def inf(self) -> int:
        """How many cells are infinite, of either sign (of complex: in either part)."""
        return self.positive_inf + self.negative_inf

    @property
    def levels(self) -> tuple[float, float] | None:
        """`low` and `high` as the ends of a scale of colours; None where no cell is finite."""
        return None if self.low is None or self.high is None else (float(self.low), float(self.high))


def of(tensor: torch.Tensor, progress: Progress | None = None) -> Statistics | None:
    """The statistics of `tensor`, of any dtype, shape, strides and device; None on meta, which has no values.

    Works through blocks, calling `progress` after each; memory beside the tensor stays bounded.
    """
    if tensor.is_meta:
        return None
    tensor = tensor.detach().resolve_conj().resolve_neg()
    count = tensor.numel()
    # Along an axis of stride 0 the same cells stand again and again.
    distinct = tensor
    for axis, stride in enumerate(tensor.stride()):
        if stride == 0 and tensor.shape[axis] > 1:
            distinct = distinct.narrow(axis, 0, 1)
    times = count // distinct.numel() if count else 1
    total = _Running(whole=not (tensor.is_floating_point() or tensor.is_complex()))
    done = 0
    for block in blocks(distinct):
        total.take(block)
        done += block.numel() * times
        if progress is not None:
            progress(done / count)
    return total.statistics(count, times, tensor.dtype)


def blocks(tensor: torch.Tensor, most: int = 0) -> Iterator[torch.Tensor]:
    """`tensor` in views of at most `most` cells (_BLOCK by default)."""
    most = most or _BLOCK
    if tensor.numel() == 0:
        return
    if tensor.numel() <= most:
        yield tensor
        return
    # The axis with the widest strides keeps the memory of a block together.
    wide = [k for k in range(tensor.dim()) if tensor.shape[k] > 1]
    axis = max(wide, key=tensor.stride)
    size = max(1, most * tensor.shape[axis] // tensor.numel())
    for start in range(0, tensor.shape[axis], size):
        yield from blocks(tensor.narrow(axis, start, min(size, tensor.shape[axis] - start)), most)


class _Running:
    """The figures of the blocks taken so far."""

    def __init__(self, whole: bool) -> None:
        self._whole = whole
        self._whole_sum = 0
        self._sums: list[complex] = []
        self._nan = self._positive = self._negative = 0
        self._all: list[float] = []
        self._finite: list[float] = []

    def take(self, block: torch.Tensor) -> None:
        if block.device.type not in ("cpu", "cuda"):
            block = block.cpu()  # not every device knows float64
        if self._whole:
            self._take_whole(block)
        elif block.is_complex():
            self._take_complex(block)
        else:
            self._take_real(block)

    def _take_whole(self, block: torch.Tensor) -> None:
        ordered, shift = _ordered(block)
        low, high = (int(end.item()) + shift for end in torch.aminmax(ordered))
        self._all += [low, high]
        self._finite += [low, high]
        if block.dtype in (torch.int64, torch.uint32, torch.uint64):
            # Halves of 32 bits: no sum of 2^22 of them leaves int64.
            upper, lower = ordered >> 32, ordered & 0xFFFFFFFF
            self._whole_sum += (int(upper.sum().item()) << 32) + int(lower.sum().item()) + shift * block.numel()
        else:
            self._whole_sum += int(ordered.sum(dtype=torch.int64).item())

    def _take_real(self, block: torch.Tensor) -> None:
        if block.element_size() == 1:
            block = block.to(torch.float32)  # exact; torch finds no smallest float8
        self._sums.append(complex(block.sum(dtype=torch.float64).item()))
        low, high = (float(end.item()) for end in torch.aminmax(block))
        if math.isfinite(low) and math.isfinite(high):
            self._all += [low, high]
            self._finite += [low, high]
            return
        self._nan += int(torch.isnan(block).sum().item())
        self._positive += int(torch.isposinf(block).sum().item())
        self._negative += int(torch.isneginf(block).sum().item())
        self._extremes(block)

    def _take_complex(self, block: torch.Tensor) -> None:
        block = block.to(torch.complex128)
        self._sums.append(complex(block.sum().item()))
        self._nan += int(torch.isnan(block).sum().item())
        self._positive += int((torch.isinf(block) & ~torch.isnan(block)).sum().item())
        self._extremes(block.abs().masked_fill(torch.isnan(block), math.nan))

    def _extremes(self, block: torch.Tensor) -> None:
        for found, chosen in (
            (self._all, block[~torch.isnan(block)]),
            (self._finite, block[torch.isfinite(block)]),
        ):
            if chosen.numel():
                found += [float(end.item()) for end in torch.aminmax(chosen)]

    def statistics(self, count: int, times: int, dtype: torch.dtype) -> Statistics:
        """The figures of all blocks, each of whose cells stands `times` times among the `count` of the tensor."""
        minimum, maximum, low, high = (
            f(cells) if cells else None for cells in (self._all, self._finite) for f in _ENDS
        )
        if dtype == torch.bool:
            minimum, maximum, low, high = (None if end is None else bool(end) for end in (minimum, maximum, low, high))
        return Statistics(
            count=count,
            minimum=minimum,
            maximum=maximum,
            mean=self._mean(count // times, dtype),
            nan=self._nan * times,
            positive_inf=self._positive * times,
            negative_inf=self._negative * times,
            low=low,
            high=high,
        )

    def _mean(self, distinct: int, dtype: torch.dtype) -> float | complex | None:
        if not distinct:
            return None
        if self._whole:
            return self._whole_sum / distinct
        # Part by part: a complex quotient of Python would make NaN of an infinite part's neighbour.
        real = sum(part.real for part in self._sums) / distinct
        return complex(real, sum(part.imag for part in self._sums) / distinct) if dtype.is_complex else real


_ENDS: tuple[Callable[[list[float]], float], ...] = (min, max)


def _ordered(block: torch.Tensor) -> tuple[torch.Tensor, int]:
    """Whole numbers as signed ones that torch can compare and add, and what was taken from each."""
    if block.dtype == torch.uint64:
        return block.view(torch.int64) ^ torch.iinfo(torch.int64).min, 2**63
    wider = {torch.bool: torch.uint8, torch.uint16: torch.int32, torch.uint32: torch.int64}
    return block.to(wider.get(block.dtype, block.dtype)), 0
