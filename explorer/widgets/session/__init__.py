"""What changes: the session, its history, and what is put on the stage before, after and between its changes."""

from explorer.widgets.session.session import Session

__all__ = ["Session"]
