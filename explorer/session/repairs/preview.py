"""What the stage shows of a repair before it is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.animation.identities import identities
from explorer.errors import ExplorerError
from explorer.session import drafting, staging
from explorer.session.repairs.repair import Repair, drafted
from explorer.session.repairs.trial import FEW

if TYPE_CHECKING:
    from explorer.session.draft import Draft
    from explorer.session.staged import Staged
    from explorer.session.viewpoint import Viewpoint
    from explorer.workspace import Workspace


def previewed(
    repair: Repair, draft: Draft, workspace: Workspace, view: Viewpoint, measure: staging.Measure
) -> Staged | None:
    """The stage set for the draft that the repair would make; None where that cannot be shown. For the worker."""
    try:
        told, found = drafted(repair, draft, workspace)
    except ExplorerError:
        return None
    told = drafting.foretold(told, found)
    return staging.rehearsed(told, found, identities(found), FEW, view, measure)[0]
