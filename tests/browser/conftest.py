"""Fixtures of the browser tests: a Chromium, the tools from npm, and the real content built twice.

Where the browser or a tool is missing, a test is skipped with a word on how to get it; with
MUJAZ_REQUIRE_BROWSER=1 it fails instead. Everything here is made once for the whole folder and ends
with it, so that no browser is alive while other tests run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.browser.server import serving

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TOOLS = HERE / "node_modules"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

Opened = Callable[..., AbstractContextManager[Page]]


@dataclass(frozen=True)
class Served:
    """A site built for an address and served there."""

    base_url: str
    folder: Path


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder as a browser test."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


def lack(what: str, remedy: str) -> NoReturn:
    """Skip the test that needs what is not there, or fail where it must be there."""
    if os.environ.get("MUJAZ_REQUIRE_BROWSER") == "1":
        pytest.fail(f"{what} is required and missing: {remedy}", pytrace=False)
    pytest.skip(f"{what} is missing: {remedy}")


def build(output: Path, base_url: str) -> None:
    """Build the real content of this repository, or fail with what mujaz said."""
    command = [sys.executable, "-m", "mujaz", "build", "-o", str(output), f"--base-url={base_url}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.fail(f"mujaz build ended with {done.returncode}\n{done.stdout}{done.stderr}")


@pytest.fixture(scope="package")
def site_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site as it is read from disk, with no base_url."""
    output = tmp_path_factory.mktemp("disk") / "site"
    build(output, "")
    return output


@pytest.fixture(scope="package")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve the site below /repo/, built for that address."""
    output = tmp_path_factory.mktemp("http") / "site"
    with serving(output) as base_url:
        build(output, base_url)
        yield Served(base_url, output)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Start a headless Chromium."""
    found = os.environ.get("MUJAZ_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUMS)), "")
    if not found:
        lack("Chromium", "install chromium, or name one in MUJAZ_CHROMIUM")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def opened(browser: Browser) -> Opened:
    """Return the function that opens an empty page and closes it again, see ``open_page``."""

    @contextmanager
    def open_page(
        *, width: int = 1280, height: int = 800, dark: bool = False, javascript: bool = True
    ) -> Iterator[Page]:
        context = browser.new_context(
            viewport=ViewportSize(width=width, height=height),
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            offline=not javascript,
            reduced_motion="reduce",
        )
        context.set_default_timeout(10_000)  # milliseconds
        context.set_default_navigation_timeout(30_000)
        try:
            yield context.new_page()
        finally:
            context.close()

    return open_page


@pytest.fixture(scope="package")
def axe_source() -> str:
    """Return the source of axe."""
    file = TOOLS / "axe-core" / "axe.min.js"
    if not file.is_file():
        lack("axe-core", "run `make browser-tools`")
    return file.read_text("utf-8")


@pytest.fixture(scope="package")
def nu_command() -> list[str]:
    """Return the command of the HTML checker."""
    jar = TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar"
    if not jar.is_file():
        lack("the HTML checker", "run `make browser-tools`")
    java = shutil.which("java")
    if not java:
        lack("Java", "install default-jre-headless")
    return [java, "-jar", str(jar)]
