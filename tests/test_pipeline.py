"""The stages together: faults of templates, what a site may override, severities, all at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html

from tests.conftest import FILES, NOTICE, SITE, Files, MakeSite, Run, Runner, write_files
from tests.program import REPOSITORY, tree

OURS = REPOSITORY / "templates"
ABOUT = "content/pages/about.en.md"


def told(result: Run) -> list[str]:
    """Return the problems of a run, without the summary."""
    return [line for line in result.err.splitlines() if line.count(": ") > 1 and ":1" in line]


def problems(run: Runner, root: Path, *words: str) -> list[str]:
    """Return ``path:line:column severity code`` of every problem of a check."""
    found = json.loads(run(root, "check", "--format", "json", *words).out)["problems"]
    return ["{path}:{line}:{column} {severity} {code}".format(**each) for each in found]


# --- faults in a site's own templates --------------------------------------------------------

FAULTS: dict[str, tuple[Files, str, str]] = {
    "syntax": (
        {"page.html": "<p>\n{% if %}\n"},
        "page.html:2",
        "Expected an expression, got 'end of statement block' (while rendering ar/about.html)",
    ),
    "unclosed": (
        {"page.html": "{% if title %}\nx\n"},
        "page.html:2",
        "Unexpected end of template",
    ),
    "unknown tag": (
        {"page.html": "\n\n{% sail %}"},
        "page.html:3",
        "Encountered unknown tag 'sail'",
    ),
    "undefined name": (
        {"page.html": "a\nb {{ tilte }}"},
        "page.html:2",
        "'tilte' is undefined (while rendering ar/about.html)",
    ),
    "undefined key": (
        {"page.html": "{{ frame.harbour }}"},
        "page.html:1",
        "no attribute 'harbour' (while rendering ar/about.html)",
    ),
    "missing include": (
        {"page.html": "\n{% include 'gone.html' %}"},
        "page.html:2",
        "there is no template gone.html (while rendering ar/about.html)",
    ),
    "missing base": (
        {"page.html": "{% extends 'gone.html' %}"},
        "page.html:1",
        "there is no template gone.html",
    ),
    "include loop": (
        {"page.html": "{% include 'a.html' %}", "a.html": "\n{% include 'page.html' %}"},
        "page.html:1",
        "without end (while rendering ar/about.html)",
    ),
    "extends itself": (
        {"page.html": "{% extends 'page.html' %}"},
        "page.html:1",
        "without end",
    ),
    "macro loop": (
        {"page.html": "{% macro a() %}\n{{ a() }}{% endmacro %}{{ a() }}"},
        "page.html:2",
        "without end",
    ),
    "include above": (
        {"page.html": "\n\n{% include '../content/site.yaml' %}"},
        "page.html:3",
        "there is no template ../content/site.yaml (while rendering ar/about.html)",
    ),
    "absolute include": (
        {"page.html": "{% include '/etc/hostname' %}"},
        "page.html:1",
        "there is no template /etc/hostname",
    ),
    "fault in an include": (
        {"page.html": "{% include 'a.html' %}", "a.html": "\n\n\n{{ gone }}"},
        "a.html:4",
        "'gone' is undefined (while rendering ar/about.html)",
    ),
    "unknown filter": (
        {"page.html": "{{ title | knots }}"},
        "page.html:1",
        "No filter named 'knots'",
    ),
    "wrong types": (
        {"page.html": "\n{{ 1 + 'a' }}"},
        "page.html:2",
        "unsupported operand type(s)",
    ),
    "division": (
        {"page.html": "\n{{ 1 // 0 }}"},
        "page.html:2",
        "by zero",
    ),
    "encoding": (
        {"page.html": b"caf\xe9"},
        "page.html:1",
        "not UTF-8",
    ),
}


@pytest.mark.fault(37)
@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_in_a_template(built: Path, run: Runner, name: str) -> None:
    """One error names template, line and page; exit code 1; the old site stays."""
    files, place, words = FAULTS[name]
    before = tree(built / "site")
    write_files(built / "templates", files)
    result = run(built)
    assert result.code == 1
    line, summary = result.err.splitlines()
    assert line.startswith(f"templates/{place}:1: error: template-error: ")
    assert words in line
    assert summary == "1 error: nothing was written; the old site is as it was"
    assert tree(built / "site") == before


def test_faults_in_several_templates(make_site: MakeSite, run: Runner) -> None:
    """Each template with a fault is told in one run, in order."""
    templates = {"page.html": "{{ a }}", "source.html": "\n{{ b }}", "home.html": "{% if %}"}
    root = make_site({f"templates/{name}": text for name, text in templates.items()})
    assert problems(run, root) == [
        "templates/home.html:1:1 error template-error",
        "templates/page.html:1:1 error template-error",
        "templates/source.html:2:1 error template-error",
    ]


CATALOGUES: dict[str, tuple[bytes, str, str]] = {
    "syntax": (b'msgid "Topics"\nmsgstr "a" b\n', "ar.po:2", "not a line of a .po file: msgstr"),
    "unclosed": (b'msgid "Topics"\nmsgstr "a\n', "ar.po:2", "not a line of a .po file"),
    "encoding": (b'msgid "Topics"\nmsgstr "caf\xe9"\n', "ar.po:1", "'utf-8' codec"),
    "placeholder": (
        b'msgctxt "date"\nmsgid "%(day)s %(month)s %(year)s"\nmsgstr "%(dag)s"\n',
        "ar.po:2",
        "'%(dag)s' does not fit '%(day)s %(month)s %(year)s'",
    ),
}


@pytest.mark.fault(37)
@pytest.mark.parametrize("name", CATALOGUES)
def test_a_fault_in_a_catalogue(built: Path, run: Runner, name: str) -> None:
    """A site's own catalogue that cannot be used is one error that names it; the old site stays."""
    content, place, words = CATALOGUES[name]
    before = tree(built / "site")
    write_files(built / "templates" / "locale", {"ar.po": content})
    result = run(built)
    assert result.code == 1
    line, _ = result.err.splitlines()
    assert line.startswith(f"templates/locale/{place}:1: error: template-error: ")
    assert words in line
    assert tree(built / "site") == before


@pytest.mark.parametrize(("key", "word"), [("months", "levantine"), ("digits", "roman")])
def test_settings_that_a_language_does_not_have(
    make_site: MakeSite, run: Runner, key: str, word: str
) -> None:
    """What English has no words for is an error of the settings, not of a template."""
    root = make_site({"content/site.yaml": f"{SITE}{key}: {{en: {word}}}\n"})
    column = len(f"{key}: {{en: ") + 1
    assert problems(run, root) == [f"content/site.yaml:5:{column} error value-invalid"]


# --- what a site may override ----------------------------------------------------------------


def test_one_template_of_the_site_s_own(built: Path, run: Runner) -> None:
    """It makes every page of its kind; all other pages stay as they were."""
    before = tree(built / "site")
    own = (OURS / "page.html").read_text("utf-8").replace("<article>", '<article class="own">')
    write_files(built, {"templates/page.html": own})
    assert run(built).code == 0
    after = tree(built / "site")
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {"ar/about.html", "en/about.html", "manifest.sha256"}
    assert b'<article class="own">' in (built / "site" / "ar" / "about.html").read_bytes()


def test_a_block_of_our_base(built: Path, run: Runner) -> None:
    """A site's template may extend ours and see everything that ours sees."""
    own = '{% extends "base.html" %}{% set kind = "own" %}{% block main %}{{ title.text }}'
    write_files(built, {"templates/page.html": own + "{% endblock %}"})
    assert run(built).code == 0
    html = (built / "site" / "en" / "about.html").read_text("utf-8")
    assert '<body class="own">' in html
    assert html.startswith("<!DOCTYPE html>\n")


def test_one_static_file_of_the_site_s_own(built: Path, run: Runner) -> None:
    """It takes the place of ours, and new ones come beside; the rest is ours."""
    before = tree(built / "site" / "static")
    write_files(built, {"static/favicon.svg": "<svg/>", "static/boats/sail.svg": "<svg />"})
    assert run(built).code == 0
    after = tree(built / "site" / "static")
    assert after["favicon.svg"] == b"<svg/>"
    assert after["boats/sail.svg"] == b"<svg />"
    assert {name for name in before if after[name] != before[name]} == {"favicon.svg"}


@pytest.mark.fault(42)
def test_hidden_static_files_stay_at_home(built: Path, run: Runner) -> None:
    """Hidden files and copies of editors are not published."""
    names = [".env", ".git/config", "css/site.css~", ".#lock", "a.swp"]
    write_files(built, {f"static/{name}": "secret" for name in names})
    assert run(built).code == 0
    static = tree(built / "site" / "static")
    assert [name for name, each in static.items() if each == b"secret"] == []
    assert ".git" not in static


def test_links_and_odd_names_in_static(make_site: MakeSite, run: Runner) -> None:
    """Links, pipes' kin and names that some systems cannot hold are errors, all told."""
    root = make_site({"static/a:b.css": "", "static/deep/x\ny.css": ""})
    (root / "static" / "link.css").symlink_to("/etc/hostname")
    (root / "static" / "folder").symlink_to("/etc")
    assert problems(run, root) == [
        "static/a:b.css:1:1 error file-name",
        "static/deep/x<U+000A>y.css:1:1 error file-name",
        "static/folder:1:1 error symlink",
        "static/link.css:1:1 error symlink",
    ]


def test_one_message_of_a_catalogue(built: Path, run: Runner) -> None:
    """A site changes one word of the interface; every other word stays ours."""
    header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    message = 'msgid "Sources"\nmsgstr "المراسي"\n'
    page = built / "site" / "ar" / "sources" / "index.html"
    before = page.read_text("utf-8")
    assert "المصادر" in before
    write_files(built, {"templates/locale/ar.po": header + message})
    assert run(built).code == 0
    after = page.read_text("utf-8")
    assert after.count("المراسي") > 0
    assert after.replace("المراسي", "المصادر") == before
    english = (built / "site" / "en" / "sources" / "index.html").read_text("utf-8")
    assert "المراسي" not in english


def test_a_catalogue_without_a_header(built: Path, run: Runner) -> None:
    """One message alone is a catalogue, too: UTF-8 and our rule of plurals are understood."""
    write_files(built, {"templates/locale/ar.po": 'msgid "Sources"\nmsgstr "المراسي"\n'})
    assert run(built).code == 0
    html = (built / "site" / "ar" / "sources" / "index.html").read_text("utf-8")
    assert "المراسي" in html


# --- content is data -------------------------------------------------------------------------

JINJA = "{{ 7 * 7 }} {% include 'x' %} {# gone #} {{ frame.title }}"


@pytest.mark.fault(30)
def test_template_text_in_content_is_literal(make_site: MakeSite, run: Runner) -> None:
    """What looks like a template stands on the page as it was written, wherever it came from."""
    page = f'---\ntitle: "{JINJA}"\nsummary: "{JINJA}"\n---\n## {JINJA}\n\n{JINJA}\n'
    root = make_site(
        {ABOUT: page, "content/site.yaml": f'{SITE}footer: {{ar: "{JINJA}", en: b}}\n'}
    )
    result = run(root)
    assert result.code == 0, result.err
    html = (root / "site" / "en" / "about.html").read_text("utf-8")
    assert html.count("{{ 7 * 7 }}") >= 3
    assert html.count("{# gone #}") >= 3
    assert "49" not in html
    arabic = (root / "site" / "ar" / "about.html").read_text("utf-8")
    assert "{{ 7 * 7 }}" in arabic


BREAK_OUT = '</script><script>alert(1)</script>"><img src=x onerror=alert(1)>{{ 7 }}&lt;]]>'
QUOTED = json.dumps(BREAK_OUT)
BOTH = f"{{ar: {QUOTED}, en: {QUOTED}}}"
ESCAPED = BREAK_OUT.replace("<", "\\<")
TEXT = f"""\
## {ESCAPED}

![{ESCAPED}](../images/quay.png "x\\" onload=alert(1)") [@{NOTICE}, ¶ 3: «{BREAK_OUT}»].

```html"><script>alert(1)</script>
{BREAK_OUT}
```
"""


def hostile() -> Files:
    """Return files that try to break out of every place in which a page shows a text."""
    front = f"title: {QUOTED}\nsummary: {QUOTED}\n"
    briefing = f"date: 2031-03-09\ntopics: [timetable]\nsources: [{NOTICE}]\nauthors: [{QUOTED}]\n"
    log = f"corrections: [{{date: 2031-03-10, note: {QUOTED}}}]\n"
    names = (
        f"- {{id: harbour-board, kind: organisation, origin: true, ar: {QUOTED}, en: {QUOTED}}}\n"
    )
    source = str(FILES[f"content/sources/{NOTICE}.yaml"])
    source = source.replace("title: null", f"title: {QUOTED}").replace("null", QUOTED)
    source += f"summary: {BOTH}\ndescriptor: {BOTH}\nissued_reason: {BOTH}\n"
    topic = f"label: {QUOTED}\nsummary: {QUOTED}\ngaps: [{QUOTED}]\n"
    settings = f"title: {BOTH}\ntagline: {BOTH}\nfooter: {BOTH}\npublisher: {BOTH}\n"
    return {
        "content/site.yaml": f"{settings}licence: {QUOTED}\nbase_url: https://ferry.example/\n",
        "content/names.yaml": names,
        f"content/sources/{NOTICE}.yaml": source,
        "content/images/quay.png": b"",
        **{
            f"content/briefings/winter.{each}.md": f"---\n{front}{briefing}{log}---\n{TEXT}"
            for each in ("ar", "en")
        },
        **{
            f"content/topics/timetable.{each}.md": f"---\n{topic}---\n{TEXT}"
            for each in ("ar", "en")
        },
        **{f"content/pages/about.{each}.md": f"---\n{front}---\n{TEXT}" for each in ("ar", "en")},
    }


def look(content: str | bytes) -> None:
    """Assert that a piece of HTML has no script, no handler and no picture but those we made."""
    root: Any = html.fromstring(content)
    ours = root.xpath("//script[@src]")
    assert [each for each in ours if not each.get("src").endswith("static/js/site.js")] == []
    assert root.xpath("//@*[starts-with(name(), 'on')]") == []
    assert [each for each in root.xpath("//img/@src") if not each.endswith("images/quay.png")] == []
    for each in root.xpath("//script[not(@src)]"):
        assert json.loads(each.text)


@pytest.mark.fault(29)
def test_no_text_breaks_out(make_site: MakeSite, run: Runner) -> None:
    """Titles, labels, names, alternative texts and quotations add no mark-up to any file."""
    root = make_site(hostile())
    result = run(root)
    assert result.code == 0, result.err
    pages = list((root / "site").rglob("*.html"))
    assert len(pages) == 20
    for page in pages:
        text = page.read_bytes()
        look(text)
        assert b"alert(1)" in text
    names = (*("ar/feed.xml", "en/feed.xml"), "ar/topics/timetable.xml", "sitemap.xml")
    for name in names:
        feed = etree.fromstring((root / "site" / name).read_bytes())
        for content in feed.iter("{http://www.w3.org/2005/Atom}content"):
            look(content.text or "")


# --- severities ------------------------------------------------------------------------------

RAW = {ABOUT: "---\ntitle: About\n---\n<br>\n"}
LONE = {"content/pages/lone.en.md": "---\ntitle: Lone\n---\nAlone.\n"}


@pytest.mark.parametrize(
    ("word", "severity", "code"),
    [("error", "error", 1), ("warning", "warning", 0), ("note", "note", 0), ("off", "", 0)],
)
def test_a_severity_of_the_site_s_own(
    make_site: MakeSite, run: Runner, word: str, severity: str, code: int
) -> None:
    """``checks`` makes a warning an error, a note or nothing, and the exit code follows."""
    root = make_site({**RAW, "content/site.yaml": f"{SITE}checks: {{raw-html: {word}}}\n"})
    expected = [f"{ABOUT}:4:1 {severity} raw-html"] if severity else []
    assert problems(run, root) == expected
    assert run(root).code == code
    assert (root / "site").exists() is (code == 0)


@pytest.mark.parametrize(("word", "code"), [("warning", 1), ("note", 0), ("off", 0)])
def test_a_severity_and_strict(make_site: MakeSite, run: Runner, word: str, code: int) -> None:
    """``--strict`` is stopped by what the site calls a warning, not by what the code usually is."""
    settings = f"{SITE}checks: {{raw-html: {word}, translation-missing: {word}}}\n"
    root = make_site({**RAW, **LONE, "content/site.yaml": settings})
    assert run(root, "--strict").code == code


def test_a_note_becomes_an_error(make_site: MakeSite, run: Runner) -> None:
    """A site that demands both versions stops where one is missing."""
    settings = f"{SITE}checks: {{translation-missing: error}}\n"
    root = make_site({**LONE, "content/site.yaml": settings})
    assert run(root).code == 1
    assert problems(run, root) == ["content/pages/lone.en.md:1:1 error translation-missing"]


@pytest.mark.parametrize("code", ["source-unknown", "template-error", "output-refused"])
def test_errors_of_structure_stay(make_site: MakeSite, run: Runner, code: str) -> None:
    """A code that always stays an error cannot be turned off."""
    root = make_site({"content/site.yaml": f"{SITE}checks: {{{code}: off}}\n"})
    assert problems(run, root) == ["content/site.yaml:5:10 error code-unknown"]


# --- all at once -----------------------------------------------------------------------------


def test_all_problems_of_all_files_in_one_run(make_site: MakeSite, run: Runner) -> None:
    """Faults of files, YAML, keys, Markdown, references and static files stand in one list."""
    winter = str(FILES["content/briefings/winter.en.md"])
    root = make_site(
        {
            "content/briefings/winter.en.md": winter.replace("¶ 3", "¶ 9"),
            "content/briefings/Spring.en.md": winter,
            ABOUT: b"---\ntitle: \xff\n---\n",
            "content/pages/about.ar.md": "---\ntitle: عن\ntitle: عن\n---\n[x](gone.ar.md)\n",
            "content/site.yaml": f"{SITE}acent: red\n",
            "content/topics/timetable.en.md": "---\nlabel: [a, b]\nsummary: s\n---\n[^1]\n",
            "static/a?b.css": "",
        }
    )
    found = problems(run, root)
    assert found == [
        "content/briefings/Spring.en.md:1:1 error slug-invalid",
        "content/briefings/winter.en.md:10:29 error paragraph-missing",
        "content/pages/about.ar.md:3:1 error yaml-duplicate-key",
        "content/pages/about.ar.md:5:1 error link-broken",
        "content/pages/about.en.md:2:8 error encoding",
        "content/site.yaml:5:1 error key-unknown",
        "content/topics/timetable.en.md:2:8 error type-wrong",
        "content/topics/timetable.en.md:5:1 error reference-undefined",
        "static/a?b.css:1:1 error file-name",
    ]


def test_problems_do_not_depend_on_the_order_of_the_disk(make_site: MakeSite, run: Runner) -> None:
    """The same faults in files made in another order are told in the same order."""
    files = {f"content/pages/p{n}.en.md": f"---\ntitle: {n}\nx{n}: 1\n---\n" for n in range(12)}
    root = make_site(files)
    first = run(root, "check").err
    for name in sorted(files, reverse=True):
        (root / name).unlink()
        write_files(root, {name: files[name]})
    assert run(root, "check").err == first
    assert first.count("key-unknown") == 12


@pytest.mark.fault(40)
def test_two_files_that_claim_one_path(make_site: MakeSite, run: Runner) -> None:
    """Both claimants are named, and nothing is written."""
    alias = str(FILES["content/briefings/winter.en.md"]).replace("date:", "aliases: [cold]\ndate:")
    winter = str(FILES["content/briefings/winter.en.md"])
    root = make_site(
        {"content/briefings/winter.en.md": alias, "content/briefings/cold.en.md": winter}
    )
    result = run(root)
    assert result.code == 1
    (line,) = [each for each in result.err.splitlines() if "path-conflict" in each]
    assert "content/briefings/winter.en.md:3:11: error: path-conflict: " in line
    assert "content/briefings/cold.en.md" in line
    assert "en/briefings/cold.html" in line
    assert not (root / "site").exists()
