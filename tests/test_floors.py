"""Tests of the house: imports run downwards, files and functions stay small."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "mujaz"

FLOORS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ground", ("problems", "text", "sentences", "dates", "ids", "watch", "workers", "program")),
    ("first floor", ("model", "characters")),
    (
        "tools",
        (
            "decode",
            "fields",
            "filenames",
            "frontmatter yamlevents yamlhints yamlscalars",
            "locale",
            "markdown",
            "options",
            "routes",
            "svg",
            "theme",
        ),
    ),
    ("the site", ("index site store",)),
    (
        "stages",
        (
            "walk load",
            "validate",
            "resolve citing claims links",
            "checks",
            "resources",
            "catalogues",
            "views",
            "write",
        ),
    ),
    ("what templates and feeds share", ("filters",)),
    ("stages that make pages", ("render", "exports")),
    ("attic", ("inputs", "parse", "memory")),
    ("attic stairs", ("incremental",)),
    ("roof", ("pipeline run press",)),
    ("chimney", ("cli __main__",)),
)
"""From the ground up: floors, and their rooms. A package is one room, and so are modules that share
a name here. A module may import what lies on lower floors and in its own room, nothing else."""

HEIGHTS = {
    module: (height, room)
    for height, (_, rooms) in enumerate(FLOORS)
    for room in rooms
    for module in room.split()
}

LONGEST_FILE, LONGEST_FUNCTION = 300, 40
REASONS = {
    "model.py": "a table of values: one small class after another",
}
"""Files and functions beyond the limits, each with its reason."""

ALONE = {
    "jinja2": {"render"},
    "yaml": {"yamlevents"},
    "babel": {"locale"},
    "argparse": {"cli"},
    "mdit_py_plugins": {"markdown"},
    "markdown_it": {"markdown"},
    "subprocess": set(),
    "socket": set(),
    "http": set(),
    "pickle": {"store", "workers"},  # our own values, and what our own children answer
    "marshal": {"memory"},
}
"""Libraries that are the business of one module, or of none."""

FILES = sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    """Return a file's path below mujaz/."""
    return path.relative_to(PACKAGE).as_posix()


def module_of(path: Path) -> str:
    """Return the module or package directly below mujaz that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """Yield the full name of everything a file imports, also within functions and for types."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            yield from (f"{node.module}.{each.name}" for each in node.names)


def ours(path: Path) -> set[str]:
    """Return the modules and packages directly below mujaz that a file imports."""
    names = {each.split(".")[1] for each in imports(path) if each.startswith("mujaz.")}
    return names - {"__version__"}


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Yield the name of each function, and its lines without its docstring."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            first = node.body[0]
            if ast.get_docstring(node) is not None:
                lines -= (first.end_lineno or first.lineno) - first.lineno + 1
            yield node.name, lines


def test_every_module_has_its_floor() -> None:
    """Every module of mujaz stands once in the table, and the table names no other."""
    modules = {module_of(path) for path in FILES} - {"__init__"}
    assert set(HEIGHTS) == modules
    assert sum(len(room.split()) for _, rooms in FLOORS for room in rooms) == len(modules)


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_imports_run_downwards(path: Path) -> None:
    """A module imports what lies on lower floors or in its own room."""
    module = module_of(path)
    if module == "__init__":
        assert not ours(path)
        return
    height, room = HEIGHTS[module]
    for other in sorted(ours(path)):
        below, others_room = HEIGHTS[other]
        assert below < height or room == others_room, f"{name_of(path)} imports {other}"


def test_stages_never_import_each_other() -> None:
    """No room of the stages imports another room of the stages, except for the values of views."""
    stages = {
        module: room
        for name, rooms in FLOORS
        if name.startswith("stages")
        for room in rooms
        for module in room.split()
    }
    found = {
        (stages[module_of(path)], stages[other])
        for path in FILES
        if module_of(path) in stages
        for other in ours(path)
        if other in stages
    }
    assert {(one, other) for one, other in found if one != other} == {
        ("render", "views"),
        ("exports", "views"),
    }


@pytest.mark.parametrize("library", ALONE)
def test_libraries_have_one_place(library: str) -> None:
    """A library is imported only where it belongs; none reaches for the network or a program."""
    found = {
        module_of(path)
        for path in FILES
        if any(each.split(".")[0] == library for each in imports(path))
    }
    assert found == ALONE[library]


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_files_are_short(path: Path) -> None:
    """A file over 300 lines has a reason."""
    lines = path.read_text("utf-8").count("\n")
    assert (lines > LONGEST_FILE) == (name_of(path) in REASONS)


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_functions_are_short(path: Path) -> None:
    """A function over 40 lines, its docstring not counted, has a reason."""
    long = {f"{name_of(path)}:{name}" for name, n in functions(path) if n > LONGEST_FUNCTION}
    assert long == {each for each in REASONS if each.startswith(f"{name_of(path)}:")}


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_names_say_what_a_module_is(path: Path) -> None:
    """No module is called after nothing, and each says what enters and what leaves."""
    assert path.stem not in {"utils", "util", "helpers", "core", "common", "misc", "base"}
    docstring = ast.get_docstring(ast.parse(path.read_text("utf-8")))
    assert docstring


def test_reasons_are_needed() -> None:
    """Every file that has a reason exists."""
    assert {each.split(":")[0] for each in REASONS} <= {name_of(path) for path in FILES}
