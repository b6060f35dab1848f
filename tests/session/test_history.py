"""A history is a list of changes and a place in it."""

from hypothesis import given
from hypothesis import strategies as st

from explorer.session.history import History
from explorer.session.state import State
from explorer.workspace import Workspace

ACTS = st.lists(st.one_of(st.integers(0, 9).map(str), st.integers(-4, 4)), max_size=40)


def seen(name: str) -> State:
    return State(Workspace(), {}, inspected=name)


@given(ACTS)
def test_it_goes_where_the_changes_lead(acts: list[str | int]) -> None:
    """Against two plain stacks, between whose changes the user looks at something else."""
    history = History()
    done: list[tuple[str, str, str]] = []
    undone: list[tuple[str, str, str]] = []
    now = "begun"
    for number, act in enumerate(acts):
        if isinstance(act, str):
            before, now = f"{now}, then {number}", f"after {number}"
            history.push(act, seen(before), seen(now))
            done.append((act, before, now))
            undone.clear()
        else:
            there = history.state(act)
            within = act and 0 <= len(done) + act <= len(done) + len(undone)
            assert (there is not None) == bool(within)
            if there is None:
                continue
            for _ in range(abs(act)):
                (undone if act < 0 else done).append((done if act < 0 else undone).pop())
            now = undone[-1][1] if act < 0 else done[-1][2]
            assert there.inspected == now
            history.at += act
        assert history.undo_text == (done[-1][0] if done else None)
        assert history.redo_text == (undone[-1][0] if undone else None)
        assert [change.text for change in history.changes] == [x[0] for x in [*done, *reversed(undone)]]
