"""Values as Python source: text that evaluates to the same bits, and files for what is too long to be text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

import numpy as np

from explorer.late import torch
from explorer.ops.parameters import literal
from explorer.workspace.file_reading import FileReading

LONGEST = 4096  # elements that are spelt out; above, code loads a saved file


class Writer:
    """Writes one program, and remembers which tensors have to be saved beside it, under which paths.

    What was read from a file is read from there again; others write otherwise.
    """

    def __init__(self, folder: str = "") -> None:
        self.folder = folder.rstrip("/")
        self.tensors: dict[str, torch.Tensor] = {}

    def value(self, value: Any, hint: str = "value") -> str:
        """`value` as a Python expression: a number, dtype, tuple, list, or tensor (saved as `hint` when long)."""
        if isinstance(value, torch.Tensor):
            if value.numel() > LONGEST and value.device.type != "meta":
                return self.load(hint, value)
            return tensor_literal(value)
        if isinstance(value, FileReading):
            return value.source
        if isinstance(value, np.ndarray):
            return f"{self.value(torch.from_numpy(value), hint)}.numpy()"
        return literal(value)

    def operand(self, operand: Any, hint: str = "value") -> str:
        """An operand: a str is a name."""
        return operand if isinstance(operand, str) else self.value(operand, hint)

    def path(self, stem: str) -> str:
        """Where a tensor called `stem` is saved."""
        return f"{self.folder}/{stem}.pt" if self.folder else f"{stem}.pt"

    def keep(self, name: str, tensor: torch.Tensor) -> None:
        """Save `tensor`, which `load(name)` then gives."""
        self.tensors[self.path(name)] = tensor

    def load(self, hint: str, tensor: torch.Tensor | None = None) -> str:
        """An expression that loads `tensor`, saved under a free name like `hint`, or what was kept as `hint`."""
        path = self.path(hint)
        if tensor is not None:
            free = (self.path(f"{hint}_{n}") for n in count(1))
            path = next(p for p in free if p not in self.tensors)
            self.tensors[path] = tensor
        return f"torch.load({self.quoted(path)})"

    def quoted(self, path: str) -> str:
        """The path of what is saved beside the program, as it stands in the code."""
        return repr(path)

    def read(self, reading: FileReading) -> str | None:
        """The expression that reads a tensor from its own file; None where its values are to be written instead."""
        return reading.source

    def origin(self, reading: FileReading, told: str) -> str:
        """The comment on what was read, where "`told`", its file and its name there, is the short one."""
        return told


def tensor_literal(tensor: torch.Tensor) -> str:
    """`torch.tensor(...)` with the same bits, dtype, shape and device, laid out in reading order."""
    dtype, shape = tensor.dtype, tuple(tensor.shape)
    device = "" if tensor.device.type == "cpu" else f", device={str(tensor.device)!r}"
    if tensor.device.type == "meta":
        return f"torch.empty({shape}, dtype={dtype}{device})"
    named = "" if dtype == _guessed(tensor) else f", dtype={dtype}"
    if tensor.numel() == 0:
        flat = f"torch.tensor([]{named}{device})"
        return flat if shape == (0,) else f"{flat}.reshape({shape})"
    texts = iter(scalars(tensor))
    return f"torch.tensor({_nested(texts, shape)}{named}{device})"


def _guessed(tensor: torch.Tensor) -> torch.dtype:
    """The dtype that torch.tensor gives the plain values."""
    if tensor.numel() == 0:
        return torch.float32
    if tensor.dtype == torch.bool:
        return torch.bool
    if tensor.is_complex():
        return torch.complex64
    return torch.float32 if tensor.dtype.is_floating_point else torch.int64


def _nested(texts: Iterator[str], shape: tuple[int, ...]) -> str:
    if not shape:
        return str(next(texts))
    return f"[{', '.join(_nested(texts, shape[1:]) for _ in range(shape[0]))}]"


def scalars(tensor: torch.Tensor) -> list[str]:
    """Each cell, in reading order, as the shortest Python expression that gives its bits back in its dtype."""
    flat = tensor.detach().cpu().resolve_conj().resolve_neg().reshape(-1)
    if flat.is_complex():
        parts = torch.view_as_real(flat.clone())
        return [_complex(re, im) for re, im in zip(scalars(parts[:, 0]), scalars(parts[:, 1]), strict=True)]
    if not flat.dtype.is_floating_point:
        return [repr(v) for v in flat.tolist()]
    return [literal(v) for v in _shortest(flat)]


def _complex(real: str, imaginary: str) -> str:
    return f"complex({real}, {imaginary})"


def _shortest(flat: torch.Tensor) -> list[float]:
    """For each cell the float with the fewest digits that torch rounds to it."""
    exact: list[float] = flat.tolist()
    if flat.dtype == torch.float64:
        return exact
    found = list(exact)
    open_ = [i for i, v in enumerate(exact) if np.isfinite(v) and v != 0]
    for digits in range(1, 10):
        if not open_:
            break
        tries = [float(f"{exact[i]:.{digits}g}") for i in open_]
        same = (torch.tensor(tries, dtype=flat.dtype) == flat[open_]).tolist()
        for i, value, good in zip(open_, tries, same, strict=True):
            if good:
                found[i] = value
        open_ = [i for i, good in zip(open_, same, strict=True) if not good]
    return found
