"""What a created tensor is made of: a fill of the catalogue, or typed values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from explorer.errors import OpError
from explorer.late import torch
from explorer.memory import room_for
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.ops import CATALOG
from explorer.ops.conversion import TO
from explorer.ops.creation import EMPTY, TENSOR
from explorer.ops.movement import RESHAPE
from explorer.ops.parameters import literal
from explorer.workspace.code import LONGEST, Writer
from explorer.workspace.file_reading import FileReading

NUMPY_FILLS = frozenset({"zeros", "ones", "full", "eye", "arange"})


@dataclass(frozen=True, eq=False)
class Definition:
    """A fill: `op` of the catalogue with torch's own `arguments` (size, fill_value, start, end, step, steps, n, m ...).

    `op` "tensor" means typed values, held in `values` (any tensor; it is copied on use). `shape`, where given, is what
    the fill is reshaped to. Random fills have a `seed` (0 if None) of their own generator on the CPU and then move to
    `device`. dtype None is torch's own choice. `reading`, where given, is the file that typed values came from.
    """

    op: str = "tensor"
    arguments: Mapping[str, Any] = field(default_factory=dict)
    dtype: torch.dtype | None = None
    device: str = "cpu"
    seed: int | None = None
    values: torch.Tensor | None = None
    shape: tuple[int, ...] | None = None
    reading: FileReading | None = None

    @classmethod
    def typed(cls, values: torch.Tensor, device: str = "") -> Definition:
        """Typed values; a meta tensor gives only its shape and dtype. `values` is copied."""
        device = device or str(values.device)
        if device == "meta":
            return cls("empty", {"size": tuple(values.shape)}, values.dtype, "meta")
        return cls("tensor", dtype=values.dtype, device=device, values=fresh_copy(values))

    @property
    def typed_in(self) -> bool:
        """Whether it is of typed values, or of some that were read."""
        return CATALOG[self.op] is TENSOR

    @property
    def kept(self) -> bool:
        """Whether the values are too many to be code, so that replay cannot give them."""
        return self.typed_in and (self.values is None or self.values.numel() > LONGEST)

    @property
    def unknown(self) -> bool:
        return CATALOG[self.op] is EMPTY and self.device != "meta"

    def call(self) -> tuple[str, dict[str, Any]]:
        """The catalogue entry and its arguments, without reshape and move."""
        given: dict[str, Any] = {k: v for k, v in self.arguments.items() if v is not None}
        dtype = self.dtype or given.pop("dtype", None)
        device = self._where
        if given.get("fill_value") is False:  # the catalogue leaves out what is False
            given["fill_value"], dtype = 0, dtype or torch.bool
        if dtype is not None:
            given["dtype"] = dtype
        if CATALOG[self.op].seeded and device != "meta":
            given["seed"], device = self.seed or 0, "cpu"
        if device != "cpu":
            given["device"] = device
        return self.op, given

    def make(self) -> torch.Tensor:
        """The tensor, over memory of its own. Raises OpError where torch refuses."""
        if self.typed_in:
            if self.values is None:
                raise ValueError("typed values are gone: they are in their storage")
            own = fresh_copy(self.values, self._where)
            return own if self.dtype in (None, own.dtype) else _converted(own, dtype=self.dtype)
        op, arguments = self.call()
        made = CATALOG[op].run((), arguments)
        assert isinstance(made, torch.Tensor)
        if self.shape is not None and tuple(made.shape) != self.shape:
            reshaped = RESHAPE.run((made,), {"shape": self.shape})
            assert isinstance(reshaped, torch.Tensor)
            made = reshaped
        return made if str(made.device) == self._where else _converted(made, device=self._where)

    def source(self, name: str, write: Writer) -> str:
        """The expression that makes it."""
        if self.typed_in:
            read = write.read(self.reading) if self.reading is not None else None
            if read is not None:
                return read + self._moved
            if self.values is None:
                return write.load(name) + self._moved
            return write.value(self.values.to(self.dtype or self.values.dtype), name) + self._moved
        op, arguments = self.call()
        text = CATALOG[op].source((), arguments)
        if self.shape is not None:
            text += f".reshape({', '.join(map(str, self.shape)) or '()'})"
        return text + (self._moved if CATALOG[op].seeded and self._where != "meta" else "")

    def array_source(self, name: str, write: Writer) -> str:
        """The expression that makes the NumPy array of it: NumPy's own fill where it gives the same cells."""
        own = self._filled_by_numpy()
        return own if own is not None else f"{self.source(name, write)}.numpy()"

    def _filled_by_numpy(self) -> str | None:
        """`np.ones(5)`; None where NumPy has no such fill, or may round otherwise."""
        if self.dtype is None or self._where != "cpu" or CATALOG[self.op].called not in NUMPY_FILLS:
            return None
        given = {k: v for k, v in self.arguments.items() if v is not None}
        size = given.get("size", ())
        shape = size[0] if len(size) == 1 else tuple(size)
        wanted = numpy_dtype(self.dtype)
        arguments: tuple[Any, ...]
        own: np.dtype
        match CATALOG[self.op].called:
            case "arange":
                arguments, own = _bounds(given), np.arange(0).dtype
                exact = {"int64": 2**63, "float64": 2**53}.get(wanted.name, 0)
                if not all(isinstance(x, int) and abs(x) < exact for x in arguments):
                    return None
            case "eye":
                sides = (given["n"], given.get("m", given["n"]))
                arguments, own = sides, np.eye(0).dtype
            case "full":
                arguments = (shape, given["fill_value"])
                found = _filled_alike(given["fill_value"], self.dtype)
                if found is None:
                    return None
                own = found
            case _:
                arguments, own = (shape,), np.ones(()).dtype
        written = [literal(x) for x in arguments]
        if wanted != own:
            written.append(f"dtype={'' if wanted.kind == 'b' else 'np.'}{wanted}")
        text = f"np.{CATALOG[self.op].called}({', '.join(written)})"
        if self.shape is not None:
            text += f".reshape({', '.join(map(str, self.shape)) or '()'})"
        return text

    def without_values(self) -> Definition:
        return replace(self, values=None)

    @property
    def _where(self) -> str:
        return str(self.arguments.get("device") or self.device)

    @property
    def _moved(self) -> str:
        return "" if self._where == "cpu" else f".to({self._where!r})"


def _converted(made: torch.Tensor, **wanted: Any) -> torch.Tensor:
    """Of another dtype, or on another device. Raises OpError and RoomError."""
    found = TO.run((made,), wanted)
    assert isinstance(found, torch.Tensor)
    return found


def _filled_alike(value: Any, dtype: torch.dtype) -> np.dtype | None:
    """The dtype that NumPy itself gives a fill with `value`; None where one of `dtype` is not what torch makes of it:
    NumPy 2 refuses -3 as uint8, which torch wraps."""
    kind = numpy_dtype(dtype)
    if isinstance(value, complex) and kind.kind != "c":
        return None
    if isinstance(value, int) and kind.kind in "iu" and not np.iinfo(kind).min <= value <= np.iinfo(kind).max:
        return None
    try:
        with np.errstate(all="raise"):
            made = np.full((), value, kind)
            own = np.full((), value).dtype
    except (OverflowError, TypeError, ValueError, FloatingPointError):
        return None
    return own if made.tobytes() == torch.full((), value, dtype=dtype).numpy().tobytes() else None


def _bounds(given: Mapping[str, Any]) -> tuple[Any, ...]:
    """What stands between the parentheses of arange."""
    start, step = given.get("start", 0), given.get("step", 1)
    if step != 1:
        return start, given["end"], step
    return (start, given["end"]) if start else (given["end"],)


def numpy_dtype(dtype: torch.dtype) -> np.dtype:
    """The dtype of NumPy for the same values. Raises OpError where NumPy has none."""
    try:
        return torch.empty(0, dtype=dtype).numpy().dtype
    except Exception as error:
        template = QT_TRANSLATE_NOOP("errors", "NumPy has no {dtype}; choose another dtype for the array.")
        message = Message("errors", template, {"dtype": str(dtype).removeprefix("torch.")})
        raise OpError(message, str(error)) from error


def chosen_by_numpy(kind: type) -> torch.dtype:
    """The dtype that NumPy chooses for Python values of this type: float64 for float, where torch has float32."""
    return torch.from_numpy(np.asarray(kind()).reshape(1)).dtype


def fresh_copy(values: torch.Tensor, device: str = "cpu") -> torch.Tensor:
    """The same cells in reading order, over memory of their own. Raises RoomError."""
    room_for(values.numel() * values.element_size(), device)
    return torch.empty(tuple(values.shape), dtype=values.dtype, device=device).copy_(values.detach())
