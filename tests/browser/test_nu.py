"""Every page is valid HTML, says the checker of the W3C."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from tests.browser.pages import list_pages


def errors_of(command: list[str], files: list[Path]) -> list[str]:
    """Return the errors the checker finds in HTML files, with place and word."""
    run = [*command, "--format", "json", "--exit-zero-always", *map(str, files)]
    done = subprocess.run(run, capture_output=True, text=True, check=True)
    return [
        f"{each.get('url', '')}:{each.get('lastLine', 0)}: {each['message']}"
        for each in json.loads(done.stderr)["messages"]
        if each["type"] != "info"
    ]


def test_every_page_is_valid(site_dir: Path, nu_command: list[str]) -> None:
    """The checker finds no error in any page, stubs and 404.html among them."""
    files = [site_dir / page.path for page in list_pages(site_dir, aliases=True)]
    faults = errors_of(nu_command, files)
    assert not faults, "\n".join(faults)


def test_an_invalid_page_is_seen(tmp_path: Path, nu_command: list[str]) -> None:
    """A double id and a block inside a paragraph are seen."""
    file = tmp_path / "page.html"
    file.write_text(
        '<!DOCTYPE html><html lang="en"><title>x</title><p id="a"><b id="a">x</b></p></p>', "utf-8"
    )
    assert len(errors_of(nu_command, [file])) >= 2
