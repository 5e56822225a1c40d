"""Tests of the links: where internal links and pictures lead, and which lead nowhere."""

from __future__ import annotations

import pytest

from mujaz.links import is_external
from mujaz.model import Route, Target
from mujaz.problems import Problem
from mujaz.site import Site
from tests.conftest import FILES, LETTER, NOTICE, resolved, short

BRIEFING = "content/briefings/winter.en.md"
IMAGES = ("pier.jpg", "2031/رصيف.png", "2031/Crew.JPG")
PAGE = """\
---
title: About
---
## How we work {#method}

## ما نفعله

[a span]{#Span}
"""
DRAFT = FILES[BRIEFING].replace("---\n## ", "draft: true\n---\n## ")
FAR = {
    "content/pages/about.en.md": PAGE,
    "content/briefings/spring.en.md": FILES[BRIEFING],
    "content/briefings/autumn.ar.md": FILES["content/briefings/winter.ar.md"],
    "content/briefings/draft.en.md": DRAFT,
}


def site(text: str, *, drafts: bool = False) -> tuple[Site, list[Problem]]:
    """Return the site whose briefing ends with a text, and its problems: all of that text."""
    made, problems = resolved(
        {**FAR, BRIEFING: f"{FILES[BRIEFING]}\n{text}\n"}, IMAGES, drafts=drafts
    )
    assert all(each.location.path == BRIEFING for each in problems), problems
    assert all(each.location.line >= 12 for each in problems), problems
    return made, problems


def target(address: str, form: str = "[x](<{}>)") -> Target | Problem | None:
    """Return where an address leads, or its problem, or None for one that leaves the site."""
    made, problems = site(form.format(address))
    found = made.linked(BRIEFING).targets.get(address)
    assert not (found and problems)
    return problems[0] if problems else Target(Route(found[0]), found[1]) if found else None


@pytest.mark.parametrize(
    ("address", "route", "fragment"),
    [
        ("winter.ar.md", "ar/briefings/winter.html", ""),
        ("winter.en.md", "en/briefings/winter.html", ""),
        ("./spring.en.md", "en/briefings/spring.html", ""),
        ("../briefings/spring.en.md", "en/briefings/spring.html", ""),
        ("../pages/about.en.md", "en/about.html", ""),
        ("../pages/about.ar.md", "ar/about.html", ""),
        ("../topics/timetable.ar.md", "ar/topics/timetable.html", ""),
        ("../topics/../pages/./about.en.md", "en/about.html", ""),
        ("%77inter.ar.md", "ar/briefings/winter.html", ""),
        ("..%2Fpages%2Fabout.en.md", "en/about.html", ""),
        ("#crossings", "en/briefings/winter.html", "s-crossings"),
        ("#", "en/briefings/winter.html", ""),
        ("winter.ar.md#crossings", "ar/briefings/winter.html", "s-crossings"),
        ("../pages/about.en.md#method", "en/about.html", "s-method"),
        ("../pages/about.en.md#Method", "en/about.html", "s-method"),
        ("../pages/about.en.md#span", "en/about.html", "s-span"),
        ("../pages/about.en.md#ما-نفعله", "en/about.html", "s-ما-نفعله"),
        ("../pages/about.en.md#مَا-نفعله", "en/about.html", "s-ما-نفعله"),
        (
            "../pages/about.en.md#%D9%85%D8%A7-%D9%86%D9%81%D8%B9%D9%84%D9%87",
            "en/about.html",
            "s-ما-نفعله",
        ),
        ("winter.ar.md#", "ar/briefings/winter.html", ""),
    ],
)
def test_internal_links(address: str, route: str, fragment: str) -> None:
    """A relative link to a file of content/ leads to its page, a fragment to an id on it."""
    assert target(address) == Target(Route(route), fragment)


@pytest.mark.parametrize(
    "address",
    [
        "https://ferry.example/",
        "http://ferry.example/a?b=c#d",
        "HTTPS://Ferry.Example",
        "https://ferry.example/صفحة",
        "mailto:pier@ferry.example",
        "https://[2001:db8::1]/",
    ],
)
def test_external_links(address: str) -> None:
    """Links to the web and to e-mail addresses leave the site, and are left alone."""
    assert is_external(address)
    assert target(address) is None


@pytest.mark.fault(35)
@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("wintre.ar.md", "wintre.ar.md leads to nothing; did you mean winter.ar.md?"),
        ("Winter.ar.md", "Winter.ar.md leads to nothing; did you mean winter.ar.md?"),
        ("winter.md", "winter.md leads to nothing; did you mean winter.en.md?"),
        ("winter.html", "winter.html leads to nothing; did you mean winter.en.md?"),
        ("winter", "winter leads to nothing; did you mean winter.en.md?"),
        ("winter.en", "winter.en leads to nothing; did you mean winter.en.md?"),
        ("about.en.md", "about.en.md leads to nothing; did you mean ../pages/about.en.md?"),
        ("autumn.en.md", "autumn.en.md leads to nothing; did you mean autumn.ar.md?"),
        ("%2e%2e/pages/abuot.en.md", "did you mean ../pages/about.en.md?"),
        ("fares.en.md", "fares.en.md leads to nothing; link to the Markdown file"),
        ("../topics/", "../topics/ leads to nothing; link to the Markdown file"),
        (".", ". leads to nothing; link to the Markdown file"),
        (f"../sources/{NOTICE}.yaml", ".yaml leads to nothing; link to the Markdown file"),
        ("../images/pier.jpg", "../images/pier.jpg leads to nothing; link to the Markdown file"),
        ("draft.en.md", "draft.en.md leads to nothing; it is a draft; build with --drafts"),
        ("winter%00.en.md", "did you mean winter.en.md?"),
    ],
)
def test_broken_links(address: str, message: str) -> None:
    """A link to nothing is told at its place, with the file that was probably meant."""
    found = target(address)
    assert isinstance(found, Problem)
    assert short(found) == "12:1 link-broken"
    assert message in found.message


@pytest.mark.fault(35)
@pytest.mark.parametrize(
    ("address", "message"),
    [
        (
            "#crossing",
            "content/briefings/winter.en.md has no heading #crossing; did you mean #crossings?",
        ),
        ("#Crosings", "did you mean #crossings?"),
        ("#fares", "has no heading #fares; link to the page alone"),
        ("#s-crossings", "did you mean #crossings?"),
        ("#!", "has no heading #!; link to the page alone"),
        ("../pages/about.en.md#ما-نفعل", "did you mean #ما-نفعله?"),
        ("../pages/about.en.md#%D9%85%D8%A7", "has no heading #%D9%85%D8%A7"),
        ("../pages/about.en.md#%FF", "has no heading #%FF"),
        ("winter.ar.md#method", "content/briefings/winter.ar.md has no heading #method"),
    ],
)
def test_broken_anchors(address: str, message: str) -> None:
    """A link to a heading that is not on the page is told, with the one that was probably meant."""
    found = target(address)
    assert isinstance(found, Problem)
    assert short(found) == "12:1 link-anchor"
    assert message in found.message


@pytest.mark.fault(28, 36)
@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("", "is empty"),
        (" ", "is empty"),
        ("/en/about.html", "is absolute and breaks offline"),
        ("/", "is absolute and breaks offline"),
        ("//ferry.example/", "is not safe"),
        ("javascript:alert(1)", "is not safe"),
        ("JavaScript:alert(1)", "is not safe"),
        ("data:text/html,x", "is not safe"),
        ("blob:x", "is not safe"),
        ("vbscript:x", "is not safe"),
        ("file:///etc/passwd", "is not safe"),
        ("feed:javascript:alert(1)", "is not safe"),
        ("ftp://ferry.example/", "is not safe"),
        ("tel:123", "is not safe"),
        ("http:winter.en.md", "is not safe"),
        ("https:///winter", "is not safe"),
        ("https://", "is not safe"),
        ("mailto:", "is not safe"),
        ("..\\\\pages\\\\about.en.md", "has a backslash"),
        ("C:\\\\x", "has a backslash"),
        ("winter.ar.md?x=1", "has a query"),
        ("?x", "has a query"),
        ("../../secret.md", "leads out of content/"),
        ("../../../etc/passwd", "leads out of content/"),
        ("..%2F..%2Fsecret.md", "leads out of content/"),
        ("%2Fetc%2Fpasswd", "leads out of content/"),
        ("%2F%2Fferry.example", "leads out of content/"),
        ("../../contents/x.md", "leads out of content/"),
    ],
)
def test_forbidden_links(address: str, reason: str) -> None:
    """A link that is not safe, or would break offline, is refused with its reason."""
    found = target(address)
    assert isinstance(found, Problem)
    assert short(found) == "12:1 link-forbidden"
    assert reason in found.what


@pytest.mark.fault(28)
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[x](javascript&colon;alert(1))", "link-forbidden"),
        ("[x](&#106;avascript:alert(1))", "link-forbidden"),
        ("[x](<java\tscript:alert(1)>)", "link-broken"),
        ("[x](< javascript:alert(1)>)", "link-broken"),
        ("[x](<\u200fjavascript:alert(1)>)", "link-broken"),
        ("[x][y]\n\n[y]: javascript:alert(1)", "link-forbidden"),
        ("<data:text/html,x>", "link-forbidden"),
    ],
)
def test_disguised_addresses(text: str, code: str) -> None:
    """However an active address is written, it is never the target of a link."""
    made, problems = site(text)
    assert [each.code for each in problems] == [code]
    assert made.linked(BRIEFING).targets == {}


@pytest.mark.parametrize(
    ("address", "route"),
    [
        ("../images/pier.jpg", "images/pier.jpg"),
        ("../images/2031/رصيف.png", "images/2031/رصيف.png"),
        ("../images/2031/%D8%B1%D8%B5%D9%8A%D9%81.png", "images/2031/رصيف.png"),
        ("./../images/./pier.jpg", "images/pier.jpg"),
    ],
)
def test_images(address: str, route: str) -> None:
    """A picture of content/images/ leads to its copy."""
    assert target(address, "![x](<{}>)") == Target(Route(route), "")


@pytest.mark.fault(36)
@pytest.mark.parametrize(
    ("address", "code", "message"),
    [
        ("../images/peir.jpg", "image-missing", "did you mean ../images/pier.jpg?"),
        ("pier.jpg", "image-missing", "did you mean ../images/pier.jpg?"),
        ("../images/Pier.jpg", "image-missing", "did you mean ../images/pier.jpg?"),
        ("../images/2031/crew.jpg", "image-missing", "did you mean ../images/2031/Crew.JPG?"),
        ("../images/boat.gif", "image-missing", "put it into content/images/"),
        ("../images/", "image-missing", "there is no picture ../images/"),
        ("winter.en.md", "image-missing", "there is no picture winter.en.md"),
        ("../../pier.jpg", "image-missing", "did you mean ../images/pier.jpg?"),
        ("https://ferry.example/pier.jpg", "link-forbidden", "breaks offline; put a copy into"),
        ("//ferry.example/pier.jpg", "link-forbidden", "breaks offline; put a copy into"),
        ("mailto:pier@ferry.example", "link-forbidden", "breaks offline"),
        ("/images/pier.jpg", "link-forbidden", "is absolute and breaks offline"),
        ("data:image/png;base64,AA", "link-forbidden", "is not safe"),
        ("javascript:alert(1)", "link-forbidden", "is not safe"),
        ("..\\\\images\\\\pier.jpg", "link-forbidden", "has a backslash"),
        ("../images/pier.jpg?x", "link-forbidden", "has a query"),
        ("", "link-forbidden", "is empty"),
    ],
)
def test_missing_images(address: str, code: str, message: str) -> None:
    """A picture that does not exist, or is not ours to copy, is told with the way out."""
    found = target(address, "![x](<{}>)")
    assert isinstance(found, Problem)
    assert short(found) == f"12:1 {code}"
    assert message in found.message


@pytest.mark.fault(35)
def test_all_bad_links_are_told() -> None:
    """Every bad link of every kind is listed, at its own place."""
    _, problems = site(
        "[a](wintr.en.md) and [b][b]\n<javascript:x> ![c](boat.gif)\n\n- [d](#x)\n\n[b]: /y\n"
        f"\n[^n]: [e](z.en.md)\n\nn[^n] [@{LETTER}]"
    )
    assert [short(each) for each in problems] == [
        "12:1 link-broken",
        "12:22 link-forbidden",
        "13:1 link-forbidden",
        "13:16 image-missing",
        "15:3 link-anchor",
        "19:7 link-broken",
    ]


def test_one_address_leads_one_way() -> None:
    """Addresses are known as they were written, each once in a document, each for its document."""
    made, problems = site("[a](winter.ar.md) [b](winter.ar.md) [c](./winter.ar.md)")
    assert problems == []
    assert set(made.linked(BRIEFING).targets) == {"winter.ar.md", "./winter.ar.md"}
    assert made.linked("content/pages/about.en.md").targets == {}
    documents = {path for path in {**FILES, **FAR} if path.endswith(".md")}
    assert {path for path in documents if made.linked(path) is not None} == documents - {
        "content/briefings/draft.en.md"
    }


def test_drafts_are_targets_when_they_are_built() -> None:
    """A link to a draft leads to it where drafts are built."""
    made, problems = site("[x](draft.en.md)", drafts=True)
    assert problems == []
    assert made.linked(BRIEFING).targets["draft.en.md"] == ("en/briefings/draft.html", "")
