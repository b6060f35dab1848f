"""What stands on the shelf at first sight. Sizes differ on every axis, so that a wrong axis shows."""

import torch

from explorer.workspace import Creation, Workspace


def first_workspace() -> Workspace:
    """A = arange(12).reshape(3, 4), and W (4, 2) with a negative value for products."""
    values = torch.tensor([[2.0, -1.0], [0.5, 3.0], [1.0, 0.0], [-2.0, 4.0]])
    return Workspace().create("A", Creation("arange", {"end": 12}, shape=(3, 4))).create("W", Creation.typed(values))
