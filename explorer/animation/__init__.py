"""How it is shown: `animate` a run of an operation, or a still `picture` of one tensor.

Both load torch and come on first use, so that a painter can know frames without it.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from explorer.animation.compose import animate, picture

__all__ = ["animate", "picture"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from explorer.animation import compose

        return getattr(compose, name)
    raise AttributeError(name)
