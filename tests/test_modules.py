"""How the modules stand to one another: imports run in no circle, and one name means one thing."""

import ast
from collections import defaultdict
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


def late(module: str) -> set[int]:
    """The lines where `module` imports something in the midst of a function, or has its names made when asked for."""
    tree = TREES[module]
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    found = {node.lineno for node in functions if node in tree.body and node.name == "__getattr__"}
    for node in (inner for function in functions for inner in ast.walk(function)):
        called = ast.unparse(node.func).rpartition(".")[2] if isinstance(node, ast.Call) else ""
        if isinstance(node, ast.Import | ast.ImportFrom) or called in ("import_module", "__import__"):
            found.add(node.lineno)
    return found


def test_few_imports_are_hidden_in_functions_and_each_says_why() -> None:
    """All else that comes late comes through `explorer.late`."""
    said = []
    for module, path in zip(TREES, FILES, strict=True):
        lines = path.read_text("utf-8").splitlines()
        said += [lines[number - 1].partition("#")[2] for number in late(module) if module != "explorer.late"]
    assert len(said) <= 20
    assert all(" - " in reason for reason in said)


def test_no_two_modules_share_a_name() -> None:
    named = defaultdict(list)
    for path in FILES:
        if path.stem != "__init__":
            named[path.stem].append(str(path.relative_to(ROOT)))
    assert not {name: places for name, places in named.items() if len(places) > 1}


def test_no_two_public_classes_share_a_name() -> None:
    named = defaultdict(set)
    for module, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                named[node.name].add(module)
    assert not {name: places for name, places in named.items() if len(places) > 1}
