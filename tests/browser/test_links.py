"""Every link leads somewhere: to a file that exists and to an id in it, on disk and on a server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urljoin
from urllib.request import urlopen

import pytest

from tests.browser.conftest import Served
from tests.browser.pages import LANGUAGES, list_pages, parse, resolve

LOST = "ar/no/such/page.html"  # 404.html is read at any address, here at this one


def links_of(file: Path) -> Iterator[str]:
    """Yield the addresses a page names in href, src, srcset and a refresh, in its own words."""
    document = parse(file)
    for attribute in ("href", "src"):
        yield from map(str, document.xpath(f"//@{attribute}"))
    for several in document.xpath("//@srcset"):
        yield from (part.split()[0] for part in str(several).split(","))
    for refresh in document.xpath("//meta[@http-equiv = 'refresh']/@content"):
        yield str(refresh).partition("url=")[2]


def broken(site: Path, base_url: str = "") -> list[str]:
    """Return the links of a site that lead to no file, to a folder or to no id."""
    faults = []
    for page in list_pages(site, aliases=True):
        start = LOST if page.kind == "404" and base_url else page.path
        for link in links_of(site / page.path):
            target = resolve(start, link, base_url)
            if target is None:
                continue
            path, fragment = target
            if path == LOST:
                path = page.path
            if base_url and (not path or path.endswith("/")):
                path += "index.html"
            file = site / path
            if not file.is_file():
                faults.append(f"{page.path}: {link}: no such file")
            elif fragment and file.suffix == ".html" and fragment not in ids_of(file):
                faults.append(f"{page.path}: {link}: no such id")
    return faults


def ids_of(file: Path) -> set[str]:
    """Return the ids of a page."""
    return set(map(str, parse(file).xpath("//@id")))


def switches_of(file: Path, language: str) -> list[str]:
    """Return where the masthead's links to a language lead."""
    return [
        str(link)
        for link in parse(file).xpath(
            "//header[not(ancestor::main)]//a[@hreflang = $tag]/@href", tag=language
        )
    ]


def test_links_on_disk_lead_to_a_file_and_an_id(site_dir: Path) -> None:
    """A link followed from disk reaches a file, never a folder, and the id it names."""
    faults = broken(site_dir)
    assert not faults, "\n".join(faults)


def test_links_on_a_server_lead_to_a_file_and_an_id(served: Served) -> None:
    """The same below /repo/, with absolute links, and 404.html read at a deep address."""
    faults = broken(served.folder, served.base_url)
    assert not faults, "\n".join(faults)


def test_the_server_answers_every_link(served: Served) -> None:
    """Every address of its own that a served page names is answered, and with 200."""
    wanted = set()
    for page in list_pages(served.folder, aliases=True):
        start = served.base_url + (LOST if page.kind == "404" else page.path)
        links = [link for link in links_of(served.folder / page.path) if link[:1] != "#"]
        wanted |= {urljoin(start, link).partition("#")[0] for link in links}
    faults = []
    for url in sorted(each for each in wanted if each.startswith(served.base_url)):
        try:
            with urlopen(url) as answer:
                answer.read()
        except HTTPError as error:
            error.close()
            faults.append(f"{error.code}: {url}")
    assert wanted
    assert not faults, "\n".join(faults)


def test_an_unknown_address_is_answered_with_404(served: Served) -> None:
    """An address the site does not have is answered with 404.html and status 404."""
    with pytest.raises(HTTPError) as caught:
        urlopen(served.base_url + LOST)
    with caught.value as answer:
        assert answer.code == 404
        assert answer.read() == (served.folder / "404.html").read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_switch_leads_to_the_same_page_and_back(site_dir: Path, language: str) -> None:
    """The masthead leads to the same page in the other language, whose masthead leads back.

    Where there is no other version it leads to an index of that language, never to a lost page.
    """
    faults = []
    for page in list_pages(site_dir):
        if page.language not in {*LANGUAGES} - {language}:
            continue
        twin = language + page.path.removeprefix(page.language)
        targets = [resolve(page.path, link) for link in switches_of(site_dir / page.path, language)]
        paths = [target[0] for target in targets if target]
        if not paths:
            faults.append(f"{page.path}: no way to {language}")
        elif (site_dir / twin).is_file():
            back = [resolve(twin, link) for link in switches_of(site_dir / twin, page.language)]
            if set(paths) != {twin}:
                faults.append(f"{page.path}: leads to {paths}, not to {twin}")
            if {target[0] for target in back if target} != {page.path}:
                faults.append(f"{twin}: does not lead back to {page.path}")
        elif not all(
            path.startswith(f"{language}/") and path.endswith("index.html") for path in paths
        ):
            faults.append(f"{page.path}: has no version in {language} and leads to {paths}")
    assert not faults, "\n".join(faults)


def test_a_broken_link_is_seen(tmp_path: Path) -> None:
    """A lost file, a lost id, a folder and a lost picture are seen; what is there is not."""
    (tmp_path / "ar").mkdir()
    (tmp_path / "ar" / "index.html").write_text("<p id='here'>x</p>", "utf-8")
    (tmp_path / "index.html").write_text(
        "<a href='lost.html'>1</a><a href='ar/index.html#lost'>2</a><a href='ar/'>3</a>"
        "<img src='lost.png'><a href='ar/index.html#here'>5</a><a href='https://example.org/'>6</a>",
        "utf-8",
    )
    assert len(broken(tmp_path)) == 4
