"""What may be done where torch refuses a draft: at most three calls near it, each tried."""

from explorer.session.repairs.repair import Repair, drafted
from explorer.session.repairs.search import repairs

__all__ = ["Repair", "drafted", "repairs"]
