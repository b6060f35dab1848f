"""How it is shown: `animate` a run of an operation, or a still `picture` of one tensor.

Both come on first use: a painter knows frames without what composes them.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from explorer.animation.compose import animate, picture

__all__ = ["animate", "picture"]


def __getattr__(name: str) -> Any:  # on first use - the start needs only what is beside them
    if name in __all__:
        from explorer.animation import compose  # noqa: PLC0415 - see above

        return getattr(compose, name)
    raise AttributeError(name)
