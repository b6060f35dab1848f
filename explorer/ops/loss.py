"""What may become of a number that meets a dtype which cannot hold it. Known without torch."""

from collections.abc import Mapping
from enum import IntEnum

from explorer.messages import QT_TRANSLATE_NOOP


class Loss(IntEnum):
    """What became of a cell, worse ones last: of the two parts of a complex number the worse counts."""

    KEPT = 0  # the same number; a zero may lose its sign
    ROUNDED = 1  # to a number near by
    TRUNCATED = 2  # the fraction was dropped, toward zero
    UNDERFLOWED = 3  # too small: became 0
    TRUTH = 4  # became True, and was not 1
    IMAGINARY = 5  # the imaginary part was dropped
    UNSIGNED = 6  # lost its minus sign
    WRAPPED = 7  # only the last bits were kept
    SATURATED = 8  # beyond the largest number, which it became
    INFINITE = 9  # a finite number became inf
    NAN = 10  # a number became NaN
    UNDEFINED = 11  # no such whole number: C leaves open what comes out


WORDS: Mapping[Loss, str] = {
    Loss.ROUNDED: QT_TRANSLATE_NOOP("losses", "{count} rounded"),
    Loss.TRUNCATED: QT_TRANSLATE_NOOP("losses", "{count} cut to a whole number"),
    Loss.UNDERFLOWED: QT_TRANSLATE_NOOP("losses", "{count} too small, became 0"),
    Loss.TRUTH: QT_TRANSLATE_NOOP("losses", "{count} became True"),
    Loss.IMAGINARY: QT_TRANSLATE_NOOP("losses", "{count} without imaginary part"),
    Loss.UNSIGNED: QT_TRANSLATE_NOOP("losses", "{count} without minus sign"),
    Loss.WRAPPED: QT_TRANSLATE_NOOP("losses", "{count} wrapped"),
    Loss.SATURATED: QT_TRANSLATE_NOOP("losses", "{count} saturated"),
    Loss.INFINITE: QT_TRANSLATE_NOOP("losses", "{count} became inf"),
    Loss.NAN: QT_TRANSLATE_NOOP("losses", "{count} became NaN"),
    Loss.UNDEFINED: QT_TRANSLATE_NOOP("losses", "{count} out of range, undefined"),
}
"""How many of a kind, in a few words."""

REASONS: Mapping[Loss, str] = {
    Loss.ROUNDED: QT_TRANSLATE_NOOP("losses", "Rounded: the dtype has no such number, and takes one near by."),
    Loss.TRUNCATED: QT_TRANSLATE_NOOP("losses", "Cut to a whole number: the fraction is dropped, toward zero."),
    Loss.UNDERFLOWED: QT_TRANSLATE_NOOP("losses", "Became 0: it is smaller than the smallest number of the dtype."),
    Loss.TRUTH: QT_TRANSLATE_NOOP("losses", "Became True, as everything but 0 does."),
    Loss.IMAGINARY: QT_TRANSLATE_NOOP("losses", "The imaginary part is dropped."),
    Loss.UNSIGNED: QT_TRANSLATE_NOOP("losses", "The minus sign is lost: the dtype has none."),
    Loss.WRAPPED: QT_TRANSLATE_NOOP("losses", "Wrapped: past one end of the range it goes on from the other."),
    Loss.SATURATED: QT_TRANSLATE_NOOP("losses", "Saturated: beyond the largest number of the dtype, which it became."),
    Loss.INFINITE: QT_TRANSLATE_NOOP("losses", "Became inf: beyond the largest number of the dtype."),
    Loss.NAN: QT_TRANSLATE_NOOP("losses", "Became NaN: the dtype has no such number."),
    Loss.UNDEFINED: QT_TRANSLATE_NOOP(
        "losses",
        "Out of range: from a float to a whole number C leaves the result open; another machine may give another one.",
    ),
}  # fmt: skip
"""What happened to such a cell, in a sentence."""
