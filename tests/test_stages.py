"""The house reads as the road: what comes earlier on it knows nothing of what comes later."""

import ast
from pathlib import Path

import boilerstrip

PACKAGE = Path(boilerstrip.__file__).parent
# The stages from the ground up; what stands on one line may know its neighbours there.
STAGES = (
    ("errors", "extras", "document", "claim", "compiled", "core"),
    ("language",),
    ("readers",),
    ("lines", "rules"),
    ("fields",),
    ("score",),
    ("settle",),
    ("record", "reason", "notebook", "article", "compose", "schema"),
    ("cleaner",),
    ("batch", "integrations"),
    ("learn", "report"),
    ("evaluation",),
    ("training",),
    ("cli",),
)
STAGE = {name: number for number, names in enumerate(STAGES) for name in names}
# Arrows that run up, each with the reason why it is there.
KNOWN = {
    ("language.vocabulary", "rules.prepared"): "its words are in the one file that is prepared",
    ("fields.related", "article"): "it makes the items of the article's own type",
    ("rules.check", "article"): "it is handed a function that cleans, and names its type",
}
# Modules that name each other.
CIRCLES = {
    ("rules.prepared", "rules.ruleset"),
    ("rules.ruleset", "rules.prepared"),
}


def imports(tree):
    """The modules that a module names, also for types alone and within functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def arrows():
    """Which module of the package names which other one, each by its name within the package."""
    files = {
        file.relative_to(PACKAGE).with_suffix("").parts: file for file in PACKAGE.rglob("*.py")
    }
    modules = {".".join(parts).removesuffix(".__init__"): file for parts, file in files.items()}
    del modules["__init__"], modules["__main__"]  # they stand outside the stages
    found = set()
    for name, file in modules.items():
        for imported in imports(ast.parse(file.read_text(encoding="utf-8"))):
            other = imported.removeprefix("boilerstrip.")
            if imported != other and other in modules and other != name:
                found.add((name, other))
    return found


def stage(module):
    return STAGE[module.split(".")[0]]


def test_every_module_has_a_stage():
    found = arrows()
    assert len(found) > 200
    assert {module.split(".")[0] for arrow in found for module in arrow} <= set(STAGE)


def test_no_arrow_runs_up():
    assert {(low, high) for low, high in arrows() if stage(low) < stage(high)} == set(KNOWN)


def circles(found):
    """The arrows that are left when modules are taken away that name none or that none names."""
    while True:
        heads, tails = {high for _, high in found}, {low for low, _ in found}
        left = {(low, high) for low, high in found if low in heads and high in tails}
        if left == found:
            return left
        found = left


def test_there_is_no_circle():
    assert circles(arrows() - set(KNOWN)) == CIRCLES


def test_a_circle_is_seen_and_a_line_is_none():
    line = {("a", "b"), ("b", "c"), ("a", "c")}
    assert circles(line) == set()
    assert circles(line | {("c", "b")}) == {("b", "c"), ("c", "b")}
