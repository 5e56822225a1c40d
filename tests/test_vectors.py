"""Hostile texts are refused, or shown and nothing more: in pages, feeds, data and messages.

Every vector stands in every place (``hostile_site.py``). A page that holds it must have the
elements and attributes of the page that holds a harmless text; inside a text in Markdown, which may
mark itself up, only what Markdown can make. A browser judges the same pages in ``tests/browser``.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from lxml import etree, html

from mujaz.filenames import check_name, check_portable_name, is_skipped
from tests.conftest import FILES, MakeSite, Runner
from tests.hostile_site import BASE, SLOTS, Built
from tests.program import tree
from tests.vectors import VECTORS

ATOM = "{http://www.w3.org/2005/Atom}"
IGNORED = {"lang", "dir", "hreflang"}
"""Attributes that tell the language and direction of a text, which depend on the text."""

MARKDOWN = {
    *("a", "bdi", "blockquote", "br", "button", "cite", "code", "div", "em", "figcaption"),
    *("figure", "h2", "h3", "h4", "h5", "h6", "hr", "img", "li", "ol", "p", "pre", "q"),
    *("section", "span", "strong", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
ATTRIBUTES = {
    *(
        "alt",
        "aria-hidden",
        "aria-label",
        "class",
        "href",
        "id",
        "loading",
        "popover",
        "popovertarget",
        "rel",
    ),
    *("role", "scope", "src", "start", "tabindex", "title", "type"),
    *IGNORED,
}
ID = re.compile(r"(?:b-\d+-)?(?:s|fn|fnref|cite|note)-[\w-]+")
CLASS = re.compile(r"s-\S+|language-[\w+#-]+|[a-z]+(?:-[a-z]+)*")
LINK = re.compile(
    r"(?:https?://[^/]|mailto:[^@]+@|#|(?:\.\./)*[\w%.-]+(?:/|\.html|$|#))", re.IGNORECASE
)
PICTURE = re.compile(rf"(?:{re.escape(BASE)}|(?:\.\./)*)images/[\w%.~-]+")
SCRIPT = re.compile(rf"(?:{re.escape(BASE)}|(?:\.\./)*)static/js/site\.js$")
TERMINAL = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)


def elements(root: Any, *, inside: bool) -> Iterator[Any]:  # noqa: ANN401 - lxml has no types
    """Yield the elements inside the texts in Markdown, or all others."""
    for each in root.iter():
        within = each.xpath("ancestor::div[@class='text']")
        if bool(within) is inside:
            yield each


def skeleton(root: Any) -> list[tuple[str, tuple[str, ...]]]:  # noqa: ANN401 - lxml has no types
    """Return tag and attribute names of every element outside texts in Markdown, in order."""
    return [
        (str(each.tag), tuple(name for name in each.attrib if name not in IGNORED))
        for each in elements(root, inside=False)
    ]


def unsafe(root: Any) -> list[str]:  # noqa: ANN401 - lxml has no types for HTML
    """Return what a page must not hold, whoever wrote it."""
    found = []
    for each in root.iter():
        if not isinstance(each.tag, str):
            found.append(f"a comment or an instruction: {each}")
            continue
        names = set(each.attrib)
        found += [f"{each.tag} {name}" for name in names if re.match(r"on|style|srcdoc|form", name)]
        for name in names & {"href", "src"}:
            good = SCRIPT if each.tag == "script" else PICTURE if name == "src" else LINK
            internal = each.tag == "link" or good.match(each.get(name))
            if not internal or re.search(r"[\s\\<>\"^`{|}]", each.get(name)):
                found.append(f"{each.tag} {name}={each.get(name)!r}")
        if each.get("lang", "") not in {"", "ar", "en"} or each.get("dir", "ltr") not in {
            "rtl",
            "ltr",
        }:
            found.append(f"{each.tag} lang={each.get('lang')!r} dir={each.get('dir')!r}")
        if each.tag == "a" and re.match("https?:", each.get("href", ""), re.IGNORECASE):
            ours = each.get("href").startswith(BASE)
            if not ours and each.get("rel") != "noopener noreferrer":
                found.append(f"no rel: {each.get('href')!r}")
    ids = [each.get("id") for each in root.xpath("//*[@id]")]
    return found + [f"id {each} twice" for each in sorted({x for x in ids if ids.count(x) > 1})]


def strange(root: Any) -> list[str]:  # noqa: ANN401 - lxml has no types for HTML
    """Return what Markdown cannot have made inside a text."""
    found = []
    for each in elements(root, inside=True):
        if each.tag not in MARKDOWN or set(each.attrib) - ATTRIBUTES:
            found.append(f"{each.tag} {sorted(each.attrib)}")
        if "id" in each.attrib and not ID.fullmatch(each.get("id")):
            found.append(f"{each.tag} id={each.get('id')!r}")
        found += [f"class {name!r}" for name in each.classes if not CLASS.fullmatch(name)]
    return found


def shape(value: object) -> object:
    """Return structured data with every text replaced by one word."""
    if isinstance(value, dict):
        return {key: shape(each) for key, each in value.items()}
    if isinstance(value, list):
        return [shape(each) for each in value]
    return "text"


def data(root: Any) -> list[object]:  # noqa: ANN401 - lxml has no types for HTML
    """Return the structured data of a page, read as JSON."""
    return [json.loads(each.text) for each in root.xpath("//script[not(@src)]")]


def pages(folder: Path) -> dict[str, Any]:
    """Return every page of a site, parsed."""
    return {
        path.relative_to(folder).as_posix(): html.document_fromstring(
            path.read_bytes(), parser=html.HTMLParser(encoding="utf-8", huge_tree=True)
        )
        for path in sorted(folder.rglob("*.html"))
    }


def tried(hostile: list[Built]) -> dict[tuple[str, str], bool]:
    """Return vector and place → whether the vector is refused there."""
    return {
        ((built.site.vectors or ())[n], name): (n, name) in built.site.refused
        for built in hostile
        for n, name in built.site.placed
    }


def test_there_are_enough() -> None:
    """There are more than 200 vectors, no two alike."""
    assert len(VECTORS) == len(set(VECTORS)) > 200


@pytest.mark.fault(29)
def test_every_vector_stands_in_every_place(hostile: list[Built]) -> None:
    """Each vector was tried in each place, and was either refused there or built."""
    sinks = {name for built in hostile for _, name in built.site.placed}
    assert len(sinks) == 52
    for built in hostile:
        assert {n for n, _ in built.site.placed} == set(range(len(built.site.vectors or ())))
        assert len(built.site.placed) == len(built.site.vectors or ()) * len(sinks)
    verdicts = tried(hostile)
    assert len(verdicts) == len(VECTORS) * len(sinks)
    for name in sinks - {"kind of a source"}:  # a list of words, none of which is a vector
        assert not all(verdicts[vector, name] for vector in VECTORS), name


@pytest.mark.fault(29)
def test_no_page_gets_mark_up_from_a_text(
    hostile: list[Built], harmless: Built, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every page has the elements of its harmless twin, and its texts only what Markdown makes."""
    twins = {name: (skeleton(root), data(root)) for name, root in pages(harmless.output).items()}
    faults: list[str] = []
    for built in hostile:
        found = pages(built.output)
        assert set(found) == set(twins)
        for name, root in found.items():
            bones, words = twins[name]
            faults += [f"{name}: {each}" for each in (*unsafe(root), *strange(root))]
            if skeleton(root) != bones:
                ours = skeleton(root)
                at = next(
                    (n for n, (a, b) in enumerate(zip(ours, bones, strict=False)) if a != b), -1
                )
                faults.append(f"{name}: not the elements of its twin: {ours[at]} {bones[at]}")
            if shape(data(root)) != shape(words):
                faults.append(f"{name}: not the data of its twin")
    verdicts = tried(hostile)
    refused = sum(verdicts.values())
    with capsys.disabled():
        print(  # noqa: T201 - the count is what a reader of the run wants to know
            f"\n{len(VECTORS)} vectors in {len(verdicts) // len(VECTORS)} places: "
            f"{refused} refused, {len(verdicts) - refused} shown, {len(faults)} unsafe"
        )
    assert not faults, "\n".join(faults[:20])


@pytest.mark.fault(29)
def test_no_feed_gets_mark_up_from_a_text(hostile: list[Built], harmless: Built) -> None:
    """A feed has the elements of its twin, its plain parts are plain, and its HTML is as safe."""
    faults: list[str] = []
    for built in hostile:
        names = [each.relative_to(built.output) for each in built.output.rglob("*.xml")]
        assert len(names) > SLOTS
        for name in names:
            root: Any = etree.parse(built.output / name).getroot()
            twin: Any = etree.parse(harmless.output / name).getroot()
            bones = [(each.tag, tuple(each.attrib)) for each in twin.iter()]
            if [(each.tag, tuple(each.attrib)) for each in root.iter()] != bones:
                faults.append(f"{name}: not the elements of its twin")
            if name.name == "feed.xml":
                assert len(root.findall(f"{ATOM}entry")) == 30
            links = [each.get("href") for each in root.iter(f"{ATOM}link")]
            faults += [f"{name}: {each}" for each in links if not each.startswith(BASE)]
            for each in root.iter(f"{ATOM}content"):
                text = html.fromstring(f'<div class="text">{each.text}</div>')
                faults += [f"{name}: {x}" for x in (*unsafe(text), *strange(text))]
    assert not faults, "\n".join(faults[:20])


@pytest.mark.fault(29)
def test_no_message_gets_control_of_the_terminal(hostile: list[Built]) -> None:
    """Messages are lines of visible characters; each begins with a file that is there."""
    looked = 0
    for built in hostile:
        first, *reports = built.printed
        *lines, last = first.split("\n")
        assert last == ""
        for line in lines:
            assert not TERMINAL.search(line), ascii(line)
            assert re.match(r"content/[^:]+:\d+:\d+: |\d+ (?:error|note)s?|checked: ", line), line
        looked += len(lines)
        for report in reports:
            assert report.isascii()
            assert json.loads(report)
            assert not TERMINAL.search(report)
    assert looked > 1000


@pytest.mark.fault(29)
def test_a_manifest_names_what_is_there(hostile: list[Built]) -> None:
    """Each line of the manifest is a digest and a file of the site, and every file has its line."""
    for built in hostile:
        text = (built.output / "manifest.sha256").read_text("utf-8")
        lines = text.removesuffix("\n").split("\n")
        assert [line for line in lines if not re.fullmatch(r"[0-9a-f]{64}  \S+", line)] == []
        named = {line[66:]: line[:64] for line in lines}
        files = {k: v for k, v in tree(built.output).items() if isinstance(v, bytes)}
        del files["manifest.sha256"]
        assert named == {k: hashlib.sha256(v).hexdigest() for k, v in files.items()}


@pytest.mark.fault(29, 41)
def test_no_file_name_is_live(make_site: MakeSite, run: Runner) -> None:
    """A vector as the name of a picture is refused, or a picture of that name on its page."""
    names = {f"{each}.png" for each in VECTORS if "/" not in each and "\0" not in each}
    names = {each for each in names if len(each.encode("utf-8", "surrogatepass")) < 200}
    names = {each for each in names if not re.search("[\ud800-\udfff]", each)}
    refused = set()
    root = make_site({f"content/images/{name}": b"" for name in names})
    first = run(root, "check")
    assert not TERMINAL.search(first.err.replace("\n", ""))
    for name in sorted(names):
        if is_skipped(name) or check_name(name, name) or check_portable_name(name, name):
            refused.add(name)
            (root / "content" / "images" / name).unlink()
    kept = sorted(names - refused)
    assert len(kept) > 20
    assert len(refused) > 100
    text = "\n\n".join(f"![Picture](<../images/{escaped(name)}>)" for name in kept)
    page = root / "content" / "pages" / "about.en.md"
    page.write_text(f"{FILES['content/pages/about.en.md']}\n{text}\n", "utf-8")
    result = run(root, "-q")
    assert result.code == 0, result.err
    shown = pages(root / "site")["en/about.html"]
    assert unsafe(shown) == []
    sources = [unquote(each) for each in shown.xpath("//main//img/@src")]
    assert sources == [f"../images/{name}" for name in kept]
    for name in kept:
        assert (root / "site" / "images" / name).is_file()


def escaped(name: str) -> str:
    """Return a name as the address of a picture in Markdown."""
    return re.sub(r"[^A-Za-z0-9.]", lambda c: "".join(f"%{b:02X}" for b in c[0].encode()), name)


@pytest.mark.parametrize(
    "live",
    [
        "<script>canary(1)</script>",
        "<p onclick=canary(1)>x</p>",
        "<a href=javascript:canary(1)>x</a>",
        "<a href=https://evil.example/>x</a>",
        "<p style=color:red>x</p>",
        "<img src=https://evil.example/a.png alt=x>",
        "<!-- x -->",
        "<p id=main>x</p>",
        '<p lang="x">x</p>',
        '<iframe srcdoc="x"></iframe>',
    ],
)
def test_a_live_text_would_be_seen(harmless: Built, live: str) -> None:
    """The judges find what they are for, outside texts in Markdown and inside."""
    whole = (harmless.output / "en" / "briefings" / "b-1.html").read_text("utf-8")
    clean = html.document_fromstring(whole)
    assert unsafe(clean) == strange(clean) == []
    outside = html.document_fromstring(whole.replace("</h1>", f"</h1>{live}", 1))
    assert unsafe(outside) or "script" in live
    assert skeleton(outside) != skeleton(clean)
    inside = html.document_fromstring(
        whole.replace('<div class="text">', f'<div class="text">{live}')
    )
    assert unsafe(inside) or strange(inside)
