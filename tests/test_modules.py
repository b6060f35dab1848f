"""How the modules stand to one another: imports run in no circle."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
FILES = sorted((ROOT / "explorer").rglob("*.py"))
TREES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): ast.parse(path.read_text("utf-8"))
    for path in FILES
}


def imported(module: str) -> set[str]:
    """The modules that `module` names in an import, wherever that stands: in a function, or for the types alone. What
    a module lies in is imported before it anyway."""
    found = set()
    for node in ast.walk(TREES[module]):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module is not None, "imports say the whole name"
            found.update({node.module, *(f"{node.module}.{alias.name}" for alias in node.names)})
    return {name for name in found & set(TREES) if name != module and not module.startswith(f"{name}.")}


def circles(graph: dict[str, set[str]]) -> Iterator[list[str]]:
    """The groups of more than one node of which each reaches all others."""

    def reached(first: str) -> set[str]:
        seen: set[str] = set()
        waiting = [first]
        while waiting:
            for following in graph[waiting.pop()] - seen:
                seen.add(following)
                waiting.append(following)
        return seen

    reach = {node: reached(node) for node in graph}
    told: set[str] = set()
    for node in graph:
        circle = sorted(other for other in reach[node] if node in reach[other])
        if node in reach[node] and not told.issuperset(circle):
            told.update(circle)
            yield circle


def test_a_circle_is_found() -> None:
    assert list(circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}})) == [["b", "c"]]


def test_no_modules_import_one_another_in_a_circle() -> None:
    assert not list(circles({module: imported(module) for module in TREES}))
