"""The dtypes that a person may choose, common ones first; named, so that a list of them needs no torch."""

from __future__ import annotations

from explorer.late import torch

COMMON = ("float32", "int64", "bool", "float64", "int32", "uint8", "complex64")
OTHERS = (
    "float16",
    "bfloat16",
    "int8",
    "int16",
    "uint16",
    "uint32",
    "uint64",
    "complex32",
    "complex128",
    "float8_e4m3fn",
    "float8_e4m3fnuz",
    "float8_e5m2",
    "float8_e5m2fnuz",
    "float8_e8m0fnu",
)
NAMES = COMMON + OTHERS


def dtype_of(name: str) -> torch.dtype:
    """The dtype called `name`; raises AttributeError where this torch has none."""
    found = getattr(torch, name)
    assert isinstance(found, torch.dtype)
    return found


def name_of(dtype: object) -> str:
    """ "float32" for torch.float32."""
    return str(dtype).removeprefix("torch.")
