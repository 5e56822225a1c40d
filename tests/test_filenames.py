"""Tests of ``mujaz.filenames``: what a path below ``content/`` is, and names that cannot be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mujaz.filenames import (
    check_folder,
    check_name,
    explain_slug,
    is_skipped,
    recognise,
    same_name,
)
from mujaz.model import Kind, Language

GOOD = "0a1b2c3d4e5f6071"


def told(path: str) -> list[str]:
    """Return the problems of a file's path without its place."""
    _, problems = recognise(tuple(path.split("/")), f"content/{path}")
    assert all(str(each.location) == f"content/{path}:1:1" for each in problems)
    return [f"{each.severity} {each.code}: {each.message}" for each in problems]


@pytest.mark.parametrize(
    ("path", "kind", "name", "language"),
    [
        ("site.yaml", Kind.SETTINGS, "site", None),
        ("names.yaml", Kind.NAMES, "names", None),
        (f"sources/{GOOD}.yaml", Kind.SOURCE, GOOD, None),
        ("topics/ferries.ar.md", Kind.TOPIC, "ferries", Language.AR),
        ("briefings/new-ferry-2.en.md", Kind.BRIEFING, "new-ferry-2", Language.EN),
        ("pages/about.ar.md", Kind.PAGE, "about", Language.AR),
        ("briefings/search.ar.md", Kind.BRIEFING, "search", Language.AR),
    ],
)
def test_a_place_says_what_a_file_is(
    path: str, kind: Kind, name: str, language: Language | None
) -> None:
    """Folder, slug and language are the path; nothing is wrong with a good one."""
    place, problems = recognise(tuple(path.split("/")), f"content/{path}")
    assert (place.kind, place.name, place.language, problems) == (kind, name, language, [])


@pytest.mark.parametrize(
    "name",
    [
        "translations.lock.yaml",
        "quotes.lock.yaml",
        "figures.yaml",
        "events.yaml",
        "disagreements.yaml",
    ],
)
def test_files_of_later_use_are_left_alone(name: str) -> None:
    """Known files that nothing reads yet are neither documents nor problems."""
    assert recognise((name,), f"content/{name}") == ((None, "", None, False), [])


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("site.yml", "mujaz does not know this file; did you mean site.yaml?"),
        ("Names.YAML", "mujaz does not know this file; did you mean names.yaml?"),
        ("notes.txt", "mujaz does not know this file; move it out of content/"),
        (
            "new.ar.md",
            (
                "mujaz does not know this file; move it to content/briefings/, content/topics/ or "
                "content/pages/"
            ),
        ),
        ("topics", "topics must be a folder, not a file; rename it or move it away"),
        ("briefings/x.ar.markdown", "this file is not read; rename it to x.ar.md"),
        ("briefings/x.ar.MD", "this file is not read; rename it to x.ar.md"),
        ("pages/map.png", "this file is not read; pictures belong in images/"),
        ("topics/x.txt", "this file is not read; only files ending in .md belong in topics/"),
        (f"sources/{GOOD}.yml", f"this file is not a record of a source; rename it to {GOOD}.yaml"),
        ("sources/README.md", "this file is not a record of a source; records end in .yaml"),
    ],
)
def test_a_strange_file_is_a_warning_with_a_way_out(path: str, expected: str) -> None:
    """What nothing reads is told, with the name that was probably meant."""
    assert told(path) == [f"warning file-unexpected: {expected}"]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("sorces",), "mujaz does not know this folder; did you mean sources/?"),
        (("Briefings",), "mujaz does not know this folder; did you mean briefings/?"),
        (("drafts",), "mujaz does not know this folder; move it out of content/"),
        (("site.yaml",), "site.yaml must be a file, not a folder; rename it or move it away"),
        (
            ("briefings", "2026"),
            "folders inside briefings/ are not read; move the files to content/briefings/",
        ),
    ],
)
def test_a_strange_folder_is_a_warning(parts: tuple[str, ...], expected: str) -> None:
    """A folder that nothing reads is told once."""
    found = check_folder(parts, "content/x")
    assert found is not None
    assert (found.code, found.message) == ("file-unexpected", expected)


@pytest.mark.parametrize("parts", [("images",), ("images", "2026"), ("sources",), ("topics",)])
def test_the_folders_of_a_site_are_known(parts: tuple[str, ...]) -> None:
    """Folders of the contract, and any folder of pictures, are no problem."""
    assert check_folder(parts, "content/x") is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("x.md", "the file name does not say its language; write x.ar.md or x.en.md"),
        ("x-ar.md", "the file name does not say its language; write x.ar.md"),
        ("new_ferry_EN.md", "the file name does not say its language; write new_ferry.en.md"),
        ("x.no.md", "no is not a language of the site; before .md must stand ar or en"),
        (
            "x.AR.md",
            "AR is not a language of the site; before .md must stand ar or en; did you mean ar?",
        ),
        (
            "x.enn.md",
            "enn is not a language of the site; before .md must stand ar or en; did you mean en?",
        ),
    ],
)
def test_a_markdown_file_names_its_language(name: str, expected: str) -> None:
    """The part before .md is one of the languages of the table, in lower case."""
    assert told(f"briefings/{name}") == [f"error language-unknown: {expected}"]


RULE = "a slug has only a-z, 0-9 and single hyphens between them, not"


@pytest.mark.fault(38, 39)
@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        ("New-Ferry", f"{RULE} New-Ferry; did you mean new-ferry?"),
        ("new_ferry", f"{RULE} new_ferry; did you mean new-ferry?"),
        ("new ferry", f"{RULE} new ferry; did you mean new-ferry?"),
        ("new--ferry-", f"{RULE} new--ferry-; did you mean new-ferry?"),
        ("ferry.", f"{RULE} ferry.; did you mean ferry?"),
        ("ferry ", f"{RULE} ferry ; did you mean ferry?"),
        ("v1.2", f"{RULE} v1.2; did you mean v1-2?"),
        ("crème-brûlée", f"{RULE} crème-brûlée; did you mean creme-brulee?"),
        ("ferry-٢", f"{RULE} ferry-٢; did you mean ferry-2?"),
        ("fer\u200bry", f"{RULE} fer<U+200B>ry; did you mean ferry?"),
        (
            "عبارة",
            f"{RULE} عبارة; write the slug in Latin letters, the same in all languages",
        ),
        ("---", f"{RULE} ---; choose another slug"),
        ("..%2e", f"{RULE} ..%2e; did you mean 2e?"),
        ("con", "con is a name that Windows reserves; choose another slug"),
        ("lpt1", "lpt1 is a name that Windows reserves; choose another slug"),
        ("Nul", f"{RULE} Nul; choose another slug"),
        ("a" * 101, "the slug has 101 characters, the limit is 100; choose another slug"),
        ("index", "index is reserved for a page that every site has; choose another slug"),
    ],
)
def test_a_slug_is_plain_ascii(slug: str, expected: str) -> None:
    """A slug that cannot be one everywhere is an error, with the nearest possible one."""
    assert told(f"briefings/{slug}.ar.md") == [f"error slug-invalid: {expected}"]
    place, _ = recognise(("briefings", f"{slug}.ar.md"), "content/x")
    assert (place.kind, place.name) == (Kind.BRIEFING, slug)


@pytest.mark.parametrize(
    "slug",
    ["briefings", "topics", "sources", "feed", "timeline", "figures", "names", "search"],
)
def test_plain_pages_keep_off_the_pages_of_the_site(slug: str) -> None:
    """A plain page cannot take the path of a page that every site has."""
    assert explain_slug(slug, Kind.PAGE) is not None
    assert explain_slug(slug, Kind.BRIEFING) is None


@given(st.text(min_size=1, max_size=30), st.sampled_from([Kind.PAGE, Kind.TOPIC, Kind.BRIEFING]))
def test_what_is_suggested_is_a_slug(text: str, kind: Kind) -> None:
    """Any text is a slug or is explained, and a slug that is suggested is a good one."""
    flaw = explain_slug(text, kind)
    if flaw and flaw[1].startswith("did you mean "):
        meant = flaw[1].removeprefix("did you mean ").removesuffix("?")
        assert explain_slug(meant, kind) is None


@pytest.mark.parametrize(
    ("stem", "flaw"),
    [
        (GOOD[:15], f"{GOOD[:15]} has 15 hex digits, not 16"),
        (GOOD.upper(), f"{GOOD.upper()} has capital letters"),
        ("٠" + GOOD[1:], f"٠{GOOD[1:]} has ٠ (arabic-indic digit zero) at character 1"),
        (
            GOOD[:3] + "\u200b" + GOOD[3:],
            f"{GOOD[:3]}<U+200B>{GOOD[3:]} has U+200B (zero width space) at character 4",
        ),
    ],
)
def test_a_source_is_named_after_its_article(stem: str, flaw: str) -> None:
    """The file name of a record is an ID; the difference is named."""
    hint = "name it after its article, 16 hex digits 0-9a-f and .yaml"
    what = f"the file name is no article ID: {flaw}"
    assert told(f"sources/{stem}.yaml") == [f"error id-malformed: {what}; {hint}"]


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("a\nb.md", "the name has U+000A (control character)"),
        ("a\x1b[31m.md", "the name has U+001B (escape)"),
        ("a\u202eb.md", "the name has U+202E (right-to-left override)"),
        ("a\u2067b.md", "the name has U+2067 (right-to-left isolate)"),
        ("a:b.md", "the name has :"),
        ("a\\b.md", "the name has \\"),
        ("a?.md", "the name has ?"),
        ("a\udcff.md", "the name is not UTF-8"),
    ],
)
def test_a_name_that_cannot_be_a_url_or_a_file_everywhere(name: str, what: str) -> None:
    """Controls, bidi controls, characters that Windows reserves and stray bytes are refused."""
    found = check_name(name, "content/x")
    assert found is not None
    assert (found.code, found.what) == ("file-name", what)


@pytest.mark.fault(39)
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("map.jpg", []),
        ("خريطة.png", []),
        ("con.jpg", ["con is a name that Windows reserves"]),
        ("map.jpg.", ["the name begins or ends with a space, or ends with a full stop"]),
        ("map\u200e.jpg", ["the name has an invisible U+200E (left-to-right mark)"]),
    ],
)
def test_the_name_of_a_picture_is_visible_and_portable(name: str, expected: list[str]) -> None:
    """A picture may be named in Arabic, but not with what cannot be seen or stored."""
    place, problems = recognise(("images", "2026", name), "content/x")
    assert [each.what for each in problems] == expected
    assert place.picture is not bool(expected)


@pytest.mark.parametrize(
    "name",
    [
        ".DS_Store",
        ".#x.ar.md",
        "x.ar.md~",
        ".x.swp",
        "#x.ar.md#",
        "x.md.bak",
        "x.orig",
        "Thumbs.db",
    ],
)
def test_hidden_files_and_copies_of_editors_are_skipped(name: str) -> None:
    """What an editor or a system leaves beside a file is not content."""
    assert is_skipped(name)


def test_names_that_are_one_on_some_systems() -> None:
    """Capital letters and the composition of letters make no difference."""
    assert same_name("About.md") == same_name("about.md")
    assert same_name("caf\u00e9") == same_name("CAFE\u0301")
    assert same_name("about.ar.md") != same_name("about.en.md")
