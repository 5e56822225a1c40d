"""Inputs: every file that a build reads, and whether it is still the same.

Enters: the folder of a site. Leaves: an ``Inputs``: what lies in content/, static files and
templates, each with its signature. Nothing is opened.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mujaz import routes
from mujaz.model import Route
from mujaz.problems import Problem
from mujaz.resources import static_files, template_files
from mujaz.walk import CONTENT, Signature, Tree, signature, walk


@dataclass(frozen=True)
class Inputs:
    """What was found: ``files`` are all of them, path → place on the disk and signature."""

    tree: Tree
    static: tuple[str, ...]
    templates: tuple[str, ...]
    files: dict[str, tuple[str, Signature]]
    problems: list[Problem]

    @property
    def copies(self) -> dict[Route, str]:
        """Return route → path of the files that are copied as they are."""
        images = {routes.image(each.name): image_path(each.name) for each in self.tree.images}
        return {**images, **{routes.static(name): f"static/{name}" for name in self.static}}


def image_path(name: str) -> str:
    """Return the path of a picture for messages."""
    return f"{CONTENT}/images/{name}"


def find_inputs(root: Path) -> Inputs:
    """Look at everything that a build reads."""
    tree = walk(root)
    static, problems = static_files(root)
    templates = template_files(root)
    files = {file.path: (file.disk, file.signature) for file in tree.files}
    files |= {image_path(each.name): (each.disk, each.signature) for each in tree.images}
    files |= {f"static/{name}": _looked_at(path) for name, path in static.items()}
    files |= {f"templates/{name}": _looked_at(path) for name, path in templates.items()}
    return Inputs(tree, tuple(static), tuple(templates), files, [*tree.problems, *problems])


def _looked_at(path: Path) -> tuple[str, Signature]:
    return str(path), signature(path.stat())
