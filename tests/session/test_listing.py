"""Steps are written once, and forgotten with their program."""

from explorer.session.listing import CodeListing


class Step:
    def __init__(self, text: str) -> None:
        self.text, self.written = text, 0

    def source(self) -> str:
        self.written += 1
        return self.text


def test_a_step_is_written_once() -> None:
    listing, a, b = CodeListing(), Step("A = 1"), Step("B = A + 1")
    assert listing.lines([a]) == ["A = 1"]
    assert listing.lines([a, b]) == ["A = 1", "B = A + 1"]
    assert listing.line(b) == "B = A + 1"
    assert (a.written, b.written) == (1, 1)


def test_a_step_that_is_gone_is_written_anew_when_it_comes_back() -> None:
    listing, a, b = CodeListing(), Step("A = 1"), Step("A = 2")
    listing.lines([a])
    assert listing.lines([b]) == ["A = 2"]
    assert listing.lines([a]) == ["A = 1"]
    assert a.written == 2


def test_a_step_that_was_never_listed_is_written() -> None:
    assert CodeListing().line(Step("A = 1")) == "A = 1"
