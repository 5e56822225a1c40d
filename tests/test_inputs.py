"""Tests of the inputs: everything that a build reads is found, with what the system says of it."""

from __future__ import annotations

from mujaz.inputs import find_inputs
from tests.conftest import FILES, MakeSite
from tests.program import REPOSITORY, tree


def test_every_file_that_a_build_reads_is_found(make_site: MakeSite) -> None:
    """Content, pictures, static files and templates are inputs, each under its own path."""
    root = make_site(
        {
            "content/images/pier.jpg": b"picture",
            "content/images/a/b.png": b"picture",
            "static/css/site.css": "mine",
            "static/own.txt": "mine",
            "templates/own.html": "mine",
        }
    )
    found = find_inputs(root)
    own = {*FILES, "content/images/pier.jpg", "content/images/a/b.png"}
    own |= {"static/css/site.css", "static/own.txt", "templates/own.html"}
    ours = {
        f"{folder}/{name}"
        for folder in ("static", "templates")
        for name, each in tree(REPOSITORY / folder).items()
        if each != ""
    }
    assert set(found.files) == own | ours
    assert found.problems == []
    disks = {path: disk for path, (disk, _) in found.files.items()}
    assert {path for path, disk in disks.items() if disk == str(root / path)} == own


def test_pictures_and_static_files_are_copied(make_site: MakeSite) -> None:
    """The names of the pictures are those that were loaded, and each has its route."""
    root = make_site({"content/images/pier.jpg": b"", "content/images/a/b.png": b""})
    found = find_inputs(root)
    assert [each.name for each in found.tree.images] == ["a/b.png", "pier.jpg"]
    copies = {str(route): path for route, path in found.copies.items()}
    assert {route: path for route, path in copies.items() if "images" in route} == {
        "images/a/b.png": "content/images/a/b.png",
        "images/pier.jpg": "content/images/pier.jpg",
    }
    assert copies["static/css/site.css"] == "static/css/site.css"


def test_a_file_that_is_touched_is_another(make_site: MakeSite) -> None:
    """What a file is made of is told apart from what it was before, and nothing is opened."""
    root = make_site({})
    before = find_inputs(root).files
    assert find_inputs(root).files == before
    page = root / "content/pages/about.en.md"
    page.write_text(FILES["content/pages/about.en.md"].replace("About", "Abuot"), "utf-8")
    after = find_inputs(root).files
    assert {path for path in after if after[path] != before[path]} == {"content/pages/about.en.md"}
