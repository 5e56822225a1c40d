"""The chain that leads from other people's code to this program: locks and workflows.

What is read here are the files of the repository; nothing is fetched.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import MakeSite
from tests.program import environment

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
REQUIREMENT = re.compile(r"([a-z0-9][a-z0-9-]*)==([0-9][0-9a-z.]*)(?: ; [^\\]+)?")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
USES = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
WRITERS = {("pages.yml", "deploy"): {"pages": "write", "id-token": "write"}}
"""The jobs that may write, and what."""


def unlocked(text: str) -> list[str]:
    """Return the requirements of a lock that no digest pins, and lines that are no requirement."""
    found = []
    body = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    for entry in re.sub(r"\\\n", " ", body).splitlines():
        first, *digests = re.split(r"\s+(?=--hash)", entry.strip())
        good = REQUIREMENT.fullmatch(first) and digests
        if not good or not all(HASH.fullmatch(each.strip()) for each in digests):
            found.append(entry)
    return found


def versions(name: str) -> dict[str, str]:
    """Return package → version of a lock."""
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / name).read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_is_locked_with_its_digests(name: str) -> None:
    """A lock names versions and digests, and nothing else: no address, no option, no folder."""
    text = (ROOT / name).read_text("utf-8")
    assert unlocked(text) == []
    assert "://" not in text


@pytest.mark.parametrize(
    "line",
    [
        "ferry==1.0",
        "ferry>=1.0 \\\n    --hash=sha256:" + "0" * 64,
        "ferry @ https://ferry.example/ferry.whl \\\n    --hash=sha256:" + "0" * 64,
        "--index-url https://ferry.example/simple",
        "-e .",
        "ferry==1.0 \\\n    --hash=md5:" + "0" * 32,
    ],
)
def test_an_unlocked_requirement_would_be_seen(line: str) -> None:
    """The rule above finds what it is for."""
    assert unlocked(line)


def test_tests_run_what_users_run() -> None:
    """The lock of the tests has every package of the other one, at the same version."""
    assert versions("requirements.lock").items() <= versions("requirements-dev.lock").items()
    assert len(versions("requirements.lock")) > 6


def test_nothing_is_installed_past_the_locks() -> None:
    """Every installation into .venv asks for digests; the program itself comes without packages."""
    text = (ROOT / "Makefile").read_text("utf-8")
    installs = re.findall(r"^\t@\$\(PIP\) install (.*)$", text, re.MULTILINE)
    assert len(installs) == 3
    for each in installs:
        assert "--require-hashes" in each or "--no-deps --no-build-isolation" in each
    assert "npm ci --ignore-scripts" in text


def test_npm_packages_are_locked() -> None:
    """Each package of the browser tests has a digest, and none an address of its own."""
    text = (ROOT / "tests" / "browser" / "package-lock.json").read_text("utf-8")
    packages = {name: each for name, each in json.loads(text)["packages"].items() if name}
    assert packages
    for each in packages.values():
        assert each["integrity"].startswith("sha512-")
        assert "resolved" not in each


ALONE = """
import sys

REFUSED = ("socket.connect", "socket.bind", "socket.getaddrinfo", "subprocess.Popen")
REFUSED += ("os.system", "os.exec", "os.posix_spawn", "os.startfile", "urllib.Request")

def hook(event, words):
    if event in REFUSED:
        raise RuntimeError(f"{event} {words}")

sys.addaudithook(hook)
exec(sys.argv[1])
"""
BUILD = "from mujaz.cli import main; raise SystemExit(main(['build', '-q']))"


@pytest.mark.parametrize(
    ("program", "code"),
    [
        (BUILD, 0),
        ("import subprocess; subprocess.run(['true'])", 1),
        ("import socket; socket.socket().connect(('127.0.0.1', 9))", 1),
    ],
    ids=["a build", "a program", "a connection"],
)
def test_a_build_is_alone(make_site: MakeSite, program: str, code: int) -> None:
    """A build starts no other program and opens no connection; either would be seen."""
    done = subprocess.run(
        [sys.executable, "-c", ALONE, program],
        cwd=make_site({}),
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == code, done.stderr
    assert ("RuntimeError" in done.stderr) is bool(code)


# --- workflows -------------------------------------------------------------------------------


def flaws(name: str, text: str) -> list[str]:
    """Return what a workflow does that none may do."""
    workflow: dict[Any, Any] = yaml.safe_load(text)
    found = [
        f"not pinned: {line}"
        for line in re.findall(r"uses:\s*(.+?)\s*$", text, re.MULTILINE)
        if not USES.fullmatch(line)
    ]
    triggers = workflow[True]  # YAML 1.1 reads the key "on" as true
    found += [f"runs on {each}" for each in {"pull_request_target", "workflow_run"} & {*triggers}]
    if workflow.get("permissions") != {}:
        found.append("permissions by default")
    for job_name, job in workflow["jobs"].items():
        asked = job.get("permissions")
        allowed = WRITERS.get((name, job_name), {})
        if not asked or any(v != "read" and allowed.get(k) != v for k, v in asked.items()):
            found.append(f"permissions of {job_name}: {asked}")
        if "timeout-minutes" not in job:
            found.append(f"{job_name} may run without end")
        for step in job["steps"]:
            if "${{" in step.get("run", ""):
                found.append(f"an expression inside a command: {step['run']}")
            keeps = step.get("with", {}).get("persist-credentials", True)
            if step.get("uses", "").startswith("actions/checkout@") and keeps:
                found.append(f"{job_name} keeps the credentials")
    return found


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_do_little(path: Path) -> None:
    """Actions are pinned by commit, permissions are asked for job by job, no secret is near."""
    text = path.read_text("utf-8")
    assert flaws(path.name, text) == []
    assert "secrets." not in text


GOOD = """\
on:
  pull_request:
permissions: {}
jobs:
  ferry:
    timeout-minutes: 5
    permissions: {contents: read}
    steps:
      - uses: actions/checkout@0123456789012345678901234567890123456789 # v1.2.3
        with:
          persist-credentials: false
      - run: make test
"""


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("0123456789012345678901234567890123456789 # v1.2.3", "v1"),
        (" # v1.2.3", ""),
        ("  pull_request:", "  pull_request_target:"),
        ("permissions: {}\n", ""),
        ("permissions: {}\n", "permissions: write-all\n"),
        ("    permissions: {contents: read}\n", ""),
        ("contents: read", "contents: write"),
        ("          persist-credentials: false\n", "          fetch-depth: 0\n"),
        ("make test", "echo ${{ github.head_ref }}"),
        ("    timeout-minutes: 5\n", ""),
    ],
)
def test_a_careless_workflow_would_be_seen(good: str, bad: str) -> None:
    """The rules above find what they are for."""
    assert flaws("ferry.yml", GOOD) == []
    assert good in GOOD
    assert flaws("ferry.yml", GOOD.replace(good, bad)) != []


def test_updates_are_proposed_when_they_have_aged() -> None:
    """Dependabot looks weekly at all three kinds of packages, and lets a release rest a week."""
    updates = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text("utf-8"))["updates"]
    kinds = {each["package-ecosystem"] for each in updates}
    assert kinds == {"pip", "npm", "github-actions"}
    for each in updates:
        assert each["schedule"]["interval"] == "weekly"
        assert each["cooldown"]["default-days"] >= 7
