"""What must hold whatever went wrong: what stands on the shelf is what the program says, and undo leads back."""

from typing import Any

import numpy as np
import torch

from explorer.files.script import script


def assert_true(session: Any) -> None:
    """The session is at rest, and running its program in plain Python gives what is on the shelf."""
    assert not session.busy
    there: dict[str, Any] = {}
    exec(script(session.workspace).text, there)  # noqa: S102 - the point of it
    for item in session.workspace.items:
        made = there[item.name]
        assert type(made) is type(item.view.object()), f"{item.name} is of another kind than the program says"
        made = torch.from_numpy(made.copy()) if isinstance(made, np.ndarray) else made
        assert torch.equal(made, item.tensor()), f"{item.name} is not what the program says"


def rewind(user: Any) -> None:
    """Undo everything; the sample must be there as it was."""
    session = user.session
    while session.history.undo_text:
        before = session.history.at
        session.undo()
        user.settled()
        assert session.history.at == before - 1
    assert session.workspace["A"].tensor().tolist() == torch.arange(12).reshape(3, 4).tolist()
    assert session.workspace.names == ("A", "W")
