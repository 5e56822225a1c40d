"""The rendered pages: where links lead, the other language, what machines read."""

from __future__ import annotations

import json
import posixpath
import re
from urllib.parse import unquote, urlsplit

import pytest

from tests.pages import outputs, page, pages
from tests.site_factory import BOUNDED, KNOWN, UNTITLED, Options

BASE = "https://ferries.example/news/"
HERE = Options(base_url="")
CONTROLS = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\u061c]")
ALL = sorted(pages())


# --- links ---


@pytest.mark.parametrize("route", sorted(pages(HERE)))
def test_every_link_leads_somewhere(route: str) -> None:
    """Every internal link is relative, ends in a file that exists, at an anchor that exists."""
    made = {**outputs(HERE), "static/css/fonts.css": b"", "static/css/site.css": b""}
    made |= {"static/favicon.svg": b"", "static/js/site.js": b""}
    for url in pages(HERE)[route].xpath("//@href | //@src"):
        parts = urlsplit(url)
        if parts.scheme:
            assert parts.scheme in {"https", "http", "mailto"}
            continue
        end = posixpath.normpath(posixpath.join(posixpath.dirname(route), unquote(parts.path)))
        end = end if parts.path else route
        assert end in made, (route, url)
        if parts.fragment:
            assert pages(HERE)[end].get_element_by_id(unquote(parts.fragment), None) is not None, (
                url
            )


@pytest.mark.parametrize("route", ALL)
def test_links_that_leave_the_site_give_nothing_away(route: str) -> None:
    """External links carry ``rel="noopener noreferrer"``."""
    for each in pages()[route].xpath("//body//a[starts-with(@href, 'http')]"):
        if not each.get("href").startswith(BASE):
            assert each.get("rel") == "noopener noreferrer"


def test_the_page_for_a_missing_address_works_at_any_depth() -> None:
    """With a base_url its links are absolute; without one they are relative."""
    urls = page("404.html").xpath("//@href[not(starts-with(., '#'))]")
    assert urls
    assert all(each.startswith(BASE) for each in urls)
    here = page("404.html", HERE).xpath("//@href")
    assert all(not urlsplit(each).scheme for each in here)


# --- the other language ---


def test_the_switch_leads_to_the_same_page() -> None:
    """The link to the other language is real, says its language, and names it in itself."""
    link = page("ar/briefings/heron.html").xpath("//nav[@class='languages']//a")[0]
    assert link.get("href") == "../../en/briefings/heron.html"
    assert (link.get("lang"), link.get("hreflang"), link.get("dir")) == ("en", "en", "ltr")
    assert link.text_content() == "English"
    back = page("en/sources/index.html").xpath("//nav[@class='languages']//a")[0]
    assert back.get("href") == "../../ar/sources/index.html"
    assert back.text_content() == "العربية"


def test_without_a_translation_the_switch_says_where_it_leads() -> None:
    """A page without a version in the other language leads to its index there, and tells why."""
    here = page("ar/briefings/ice.html")
    link = here.xpath("//nav[@class='languages']//a")[0]
    assert link.get("href") == "../../en/briefings/index.html"
    assert "not translated" in link.text_content()
    assert here.xpath("//p[@class='notice']")
    assert not page("ar/briefings/heron.html").xpath("//p[@class='notice']")


def test_alternates_are_reciprocal_and_only_those_that_exist() -> None:
    """Canonical and hreflang name every version, the page itself included, and no other."""
    for route, root in pages().items():
        found = dict(
            zip(
                root.xpath("//link[@rel='alternate'][not(@type)]/@hreflang"),
                root.xpath("//link[@rel='alternate'][not(@type)]/@href"),
                strict=True,
            )
        )
        canonical = root.xpath("//link[@rel='canonical']/@href")
        if route == "404.html" or "old-heron" in route:
            assert not found
            continue
        assert len(canonical) == 1
        assert canonical[0] in found.values()
        for tag, url in found.items():
            end = url.removeprefix(BASE)
            end = f"{end}index.html" if end.endswith("/") or not end else end
            assert end in pages(), (route, tag)
            assert canonical[0] in pages()[end].xpath("//link[@rel='alternate']/@href")
    ice = page("ar/briefings/ice.html")
    assert ice.xpath("//link[@rel='alternate'][not(@type)]/@hreflang") == ["ar"]
    assert "x-default" in page("ar/index.html").xpath("//link/@hreflang")
    assert "x-default" in page("index.html").xpath("//link/@hreflang")
    heron = page("en/briefings/heron.html")
    assert heron.xpath("//link[@hreflang='x-default']/@href") == [f"{BASE}ar/briefings/heron.html"]


def test_without_a_base_url_nothing_absolute_is_claimed() -> None:
    """Canonical, hreflang and og:url need an address; without one they are left out."""
    for root in pages(HERE).values():
        assert not root.xpath("//link[@rel='canonical']")
        assert not root.xpath("//link[@rel='alternate'][not(@type)]")
        assert not root.xpath("//meta[@property='og:url']")


def test_an_old_address_leads_on() -> None:
    """An alias is a small page with a refresh, a canonical and a plain link."""
    stub = page("en/briefings/old-heron.html")
    assert stub.xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=heron.html"]
    assert stub.xpath("//link[@rel='canonical']/@href") == [f"{BASE}en/briefings/heron.html"]
    assert stub.xpath("//a/@href") == ["heron.html"]


# --- what machines read ---


def nodes(value: object) -> list[dict[str, object]]:
    """Return every node of a JSON-LD value."""
    if isinstance(value, list):
        return [node for each in value for node in nodes(each)]
    if isinstance(value, dict):
        inner = [node for each in value.values() for node in nodes(each)]
        return [value, *inner] if "@type" in value else inner
    return []


def data(route: str) -> dict[str, object]:
    """Return the JSON-LD of a page."""
    (found,) = page(route).xpath("//script[@type='application/ld+json']/text()")
    value = json.loads(found)
    assert isinstance(value, dict)
    return value


def test_structured_data_states_languages_and_no_guesses() -> None:
    """Every work has its language where it is known, dates are ISO, unknown facts are absent."""
    found = data("en/briefings/heron.html")
    assert found["@type"] == "AnalysisNewsArticle"
    assert found["datePublished"] == "2031-03-09"
    assert found["dateModified"] == "2031-03-12"
    cited = found["citation"]
    assert isinstance(cited, list)
    assert [each["identifier"] for each in cited] == [KNOWN, UNTITLED, BOUNDED]
    assert cited[0]["datePublished"] == "2031-03-07"
    assert "datePublished" not in cited[2]
    assert "name" not in cited[1]
    assert "workTranslation" not in data("en/briefings/bells.html")
    for route in ALL:
        if route == "404.html" or "old-heron" in route:
            continue
        for node in nodes(data(route)):
            if node["@type"] not in {"Organization", "Person"}:
                assert node["inLanguage"], (route, node)
            assert not CONTROLS.search(json.dumps(node, ensure_ascii=False))
            assert "<bdi" not in json.dumps(node)


def test_open_graph_and_reference_managers_are_served() -> None:
    """A briefing has OpenGraph's properties and the tags that reference managers read."""
    root = page("en/briefings/heron.html")
    graph = dict(
        zip(root.xpath("//meta/@property"), root.xpath("//meta[@property]/@content"), strict=True)
    )
    assert graph["og:type"] == "article"
    assert graph["og:url"] == f"{BASE}en/briefings/heron.html"
    assert root.xpath("//meta[@name='citation_language']/@content") == ["en"]
