"""Nothing outside of `explorer/ops/` goes by what an entry of the catalogue is called, or by its family."""

import ast
from collections.abc import Iterator
from pathlib import Path

from explorer.ops import OPERATIONS

ROOT = Path(__file__).parents[1] / "explorer"
NAMES = set(OPERATIONS)
EXCEPTIONS: dict[tuple[str, str], str] = {
    ("files.torch_child", "neg"): "torch's negative bit, which a tensor may carry",
    ("memory", "max"): "a limit of Linux that is none",
    ("numbers.cell_text", "T"): "a factor of 10 to the power of 12",
    ("widgets.draft.index_popup", "tensor"): "what an axis is chosen by: all, one, a range, a list, a tensor",
    ("widgets.memory.lens_words", "view"): "how a tensor stands to the memory of another",
    ("widgets.bridge.bridge_controller", "tensor"): "a line of the bridge to NumPy: torch.tensor(array)",
    **{("workspace.definition", name): "a function of NumPy" for name in ("zeros", "ones", "full", "eye", "arange")},
}
"""Words that are called like an entry and mean something else, with what they mean."""


def texts(node: ast.expr | ast.pattern | None) -> Iterator[str]:
    """The texts that something is compared with, itself or among others."""
    match node:
        case ast.Constant(value=str(text)) | ast.MatchValue(value=ast.Constant(value=str(text))):
            yield text
        case ast.Tuple() | ast.List() | ast.Set():
            for part in node.elts:
                yield from texts(part)
        case ast.Call(func=ast.Name(id="frozenset" | "set")):
            for part in node.args:
                yield from texts(part)
        case ast.MatchOr():
            for pattern in node.patterns:
                yield from texts(pattern)


def gone_by(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and text of all that is compared, a key, matched or held in a set."""
    for node in ast.walk(tree):
        found: list[ast.expr | ast.pattern | None] = []
        match node:
            case ast.Compare():
                found = [node.left, *node.comparators]
            case ast.Dict():
                found = [*node.keys]
            case ast.match_case():
                found = [node.pattern]
            case ast.Set() | ast.Call(func=ast.Name(id="frozenset")):
                found = [node]
            case ast.Subscript(value=ast.Name(id="CATALOG" | "WRITES" | "OPERATIONS")):
                found = [node.slice]
        for part in found:
            for text in texts(part):
                yield node.lineno if not isinstance(node, ast.match_case) else node.pattern.lineno, text


def sources() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(ROOT.rglob("*.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        if not module.startswith("ops."):
            yield module, ast.parse(path.read_text("utf-8"))


def test_nothing_else_goes_by_the_name_of_an_entry() -> None:
    found = {(module, text) for module, tree in sources() for _, text in gone_by(tree) if text in NAMES}
    assert found == set(EXCEPTIONS)
    assert len(EXCEPTIONS) <= 15
    assert all(EXCEPTIONS.values())


def test_nothing_else_asks_for_a_family() -> None:
    for module, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Compare):
                sides = [node.left, *node.comparators]
                assert not any(isinstance(x, ast.Attribute) and x.attr == "family" for x in sides), (
                    f"{module}:{node.lineno}"
                )
            named = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Family"
            assert not named, f"{module}:{getattr(node, 'lineno', 0)}"
