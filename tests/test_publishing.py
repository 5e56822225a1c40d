"""The workflow that publishes this repository's site, run by hand as far as it runs commands.

Its steps are read from the file and taken in its order, for a push and for a pull request. Actions
of others are not run, only what they hand on or take is looked at; and nothing is installed here:
the environment is in place before.
"""

from __future__ import annotations

import posixpath
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
import yaml
from lxml import etree, html

from mujaz.model import Route
from mujaz.routes import permalink
from tests.pages import Element
from tests.program import REPOSITORY, environment, start, tree
from tests.test_github import commands

WORKFLOW = REPOSITORY / ".github" / "workflows" / "pages.yml"
TREE = (
    "Makefile",
    "pyproject.toml",
    "requirements.lock",
    "content",
    "mujaz",
    "static",
    "templates",
)
BASE = "https://river.example/repo/"
OUTPUTS = {"actions/configure-pages": {"base_url": BASE.removesuffix("/")}}
"""What actions hand on. The address of a project has a path, and no slash at its end."""


@dataclass
class Job:
    """A job as it went: how its commands ended, and what it uploaded."""

    root: Path
    code: int = 0
    out: str = ""
    err: str = ""
    summary: str = ""
    uploads: dict[str, Mapping[str, Any]] = field(default_factory=dict)


def holds(condition: str, event: str) -> bool:
    """Return whether a step is taken; a condition of another form is not understood."""
    found = re.fullmatch(r"github\.event_name (==|!=) '(\w+)'", condition)
    assert found, condition
    return (event == found[2]) is (found[1] == "==")


def value(text: str, outputs: Mapping[str, Mapping[str, str]]) -> str:
    """Return a value of the workflow; what a step has not handed on is an empty text."""
    found = re.fullmatch(r"\$\{\{ steps\.(\w+)\.outputs\.(\w+) \}\}", text)
    assert found or "${{" not in text, text
    return outputs.get(found[1], {}).get(found[2], "") if found else text


def copy(root: Path) -> Path:
    """Return a copy of the repository, as it is checked out, with its environment in place."""
    for name in TREE:
        source = REPOSITORY / name
        if source.is_dir():
            shutil.copytree(source, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            root.mkdir(exist_ok=True)
            shutil.copy2(source, root / name)
    python = root / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    for stamp in (".made", ".runtime"):
        (root / ".venv" / stamp).touch()
    return root


def go(root: Path, event: str) -> Job:
    """Take the steps of the job that builds, until a command fails."""
    job = Job(root)
    outputs: dict[str, Mapping[str, str]] = {}
    summary = root.parent / "summary.md"
    for step in yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"]["build"]["steps"]:
        if "if" in step and not holds(step["if"], event):
            continue
        action = step.get("uses", "").partition("@")[0]
        if action in OUTPUTS:
            outputs[step["id"]] = OUTPUTS[action]
        if "upload" in action:
            job.uploads[action] = step["with"]
        if "run" not in step:
            continue
        variables = {key: value(text, outputs) for key, text in step.get("env", {}).items()}
        done = subprocess.run(
            ["bash", "-e", "-c", step["run"]],
            cwd=root,
            env=environment(
                PYTHONPATH=None,
                GITHUB_ACTIONS="true",
                GITHUB_WORKSPACE=str(root),
                GITHUB_STEP_SUMMARY=str(summary),
                **variables,
            ),
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )
        job.code, job.out, job.err = done.returncode, job.out + done.stdout, job.err + done.stderr
        job.summary = summary.read_text("utf-8") if summary.exists() else ""
        if job.code:
            break
    return job


@pytest.fixture(scope="module")
def push(tmp_path_factory: pytest.TempPathFactory) -> Job:
    """Return what a push to main does."""
    return go(copy(tmp_path_factory.mktemp("push") / "repo"), "push")


@pytest.fixture(scope="module")
def proposed(tmp_path_factory: pytest.TempPathFactory) -> Job:
    """Return what a pull request does."""
    return go(copy(tmp_path_factory.mktemp("pull") / "repo"), "pull_request")


def parsed(path: Path) -> Element:
    """Return a page, or a feed."""
    read = html.document_fromstring if path.suffix == ".html" else etree.fromstring
    return read(path.read_bytes())


def addresses(root: Path) -> dict[str, list[str]]:
    """Return route → every address on the page or in the feed, as a browser resolves it."""
    found = {}
    for path in sorted(root.rglob("*.*ml")):
        route = path.relative_to(root).as_posix()
        document = parsed(path)
        written = [str(each) for each in document.xpath("//@href | //@src")]
        written += [each.text or "" for each in document.iter("{*}loc")]
        found[route] = [urljoin(BASE + route, each) for each in written]
    return found


def served(root: Path, address: str) -> bool:
    """Return whether a server that has the site below the path of ``BASE`` has this address."""
    path = unquote(urlsplit(address).path)
    name = path.removeprefix(urlsplit(BASE).path)
    name = posixpath.join(name, "index.html") if not name or name.endswith("/") else name
    return path.startswith(urlsplit(BASE).path) and (root / name).is_file()


def test_a_push_publishes_below_the_path_of_the_project(push: Job) -> None:
    """Every address of every page, feed and map is one that the published folder has."""
    assert (push.code, push.err) == (0, "")
    site = push.root / "site"
    found = addresses(site)
    assert len(found) > 30
    here = [(route, each) for route in found for each in found[route] if each.startswith(BASE[:22])]
    assert [each for each in here if not served(site, each[1])] == []
    for route, resolved in found.items():
        assert resolved, route
    missing = parsed(site / "404.html")
    written = [str(each) for each in missing.xpath("//@href[not(starts-with(., '#'))]")]
    assert [each for each in written if not each.startswith(BASE)] == []
    for page in site.glob("??/**/*.html"):
        route = Route(page.relative_to(site).as_posix())
        assert parsed(page).xpath("//link[@rel='canonical']/@href") == [permalink(BASE, route)]


def test_a_push_uploads_what_was_built(push: Job, tmp_path: Path) -> None:
    """The published folder is whole: also for those who verify it by its manifest."""
    assert [*push.uploads] == ["actions/upload-pages-artifact"]
    whole(push, tmp_path)


def test_a_pull_request_previews_a_folder(proposed: Job, tmp_path: Path) -> None:
    """Its artifact is a whole site without an address of its own, which opens from the disk."""
    assert (proposed.code, proposed.err) == (0, "")
    assert [*commands(proposed.out)] == []
    assert [*proposed.uploads] == ["actions/upload-artifact"]
    site = whole(proposed, tmp_path)
    for page in site.rglob("*.html"):
        root = parsed(page)
        assert root.xpath("//link[@rel='canonical']") == []
        for written in root.xpath("//@href | //@src"):
            parts = urlsplit(str(written))
            if not parts.scheme and parts.path:
                assert (page.parent / unquote(parts.path)).is_file(), (page, written)


def whole(job: Job, folder: Path) -> Path:
    """Return what an upload takes, copied to a folder, after it was verified there."""
    ((_, asked),) = job.uploads.items()
    taken = folder / "artifact"
    hidden = () if asked.get("include-hidden-files") else (".*",)
    shutil.copytree(job.root / asked["path"], taken, ignore=shutil.ignore_patterns(*hidden))
    verified = start(folder, "verify", "artifact")
    assert (verified.returncode, verified.stderr) == (0, ""), verified.stdout
    subprocess.run(["sha256sum", "--quiet", "-c", "manifest.sha256"], cwd=taken, check=True)
    assert tree(taken) == tree(job.root / "site")
    return taken


def test_a_mistake_is_shown_at_its_line(tmp_path: Path) -> None:
    """A pull request with a mistake fails, uploads nothing, and names file and line twice."""
    root = copy(tmp_path / "repo")
    page = root / "content" / "pages" / "about.en.md"
    text = page.read_text("utf-8").replace("title:", "titel: x\ntitle:", 1)
    page.write_text(text, "utf-8")
    line = text.splitlines().index("titel: x") + 1
    job = go(root, "pull_request")
    assert job.code != 0
    assert job.uploads == {}
    errors = [each for each in commands(job.out) if each.name == "error"]
    assert [(each.properties["file"], each.properties["line"]) for each in errors] == [
        ("content/pages/about.en.md", str(line))
    ]
    assert f"<code>content/pages/about.en.md:{line}:1</code>" in job.summary
    assert not (root / "site").exists()


def test_deploying_waits_for_the_build() -> None:
    """What is deployed was built in the same run, and never from a pull request."""
    deploy = yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"]["deploy"]
    assert deploy["needs"] == "build"
    assert not holds(deploy["if"], "pull_request")
    assert holds(deploy["if"], "push")
    assert [step["uses"].partition("@")[0] for step in deploy["steps"]] == ["actions/deploy-pages"]
