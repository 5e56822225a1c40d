"""The command line: exit codes, what is printed where, and that it works on any terminal."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from mujaz import __version__
from mujaz.cli import COMMANDS
from tests.conftest import FILES, LETTER, NOTICE, SITE, MakeSite, Runner
from tests.program import command, environment, lasting, start, tree

WINTER = "content/briefings/winter.en.md"
RAW = {WINTER: f"{FILES[WINTER]}\n<br>\n"}
"""A site with one warning."""

BROKEN = {WINTER: str(FILES[WINTER]).replace("title:", "xyz:")}
"""A site with two errors."""

LONE = {"content/pages/lone.en.md": "---\ntitle: Lone\n---\nAlone.\n"}
"""A site with one note."""

SUMMARY = r"{}: 20 pages, 2 sources, 4 citations in \d+\.\d\d s{}\n"
NO_SITE = "nothing was written; the old site is as it was"


# --- commands --------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [[], ["build"], ["build", "-q"], ["-q"], ["--strict"]])
def test_build_is_the_default(make_site: MakeSite, run: Runner, words: list[str]) -> None:
    """Without a command, with or without flags, the site is built."""
    root = make_site({})
    assert run(root, *words).code == 0
    assert (root / "site" / "index.html").is_file()


def test_the_summary_is_one_line(make_site: MakeSite, run: Runner) -> None:
    """Pages, sources, citations and seconds stand in the one line of standard output."""
    result = run(make_site({}))
    assert re.fullmatch(SUMMARY.format("site/", ""), result.out)
    assert result.err == ""


def test_the_summary_counts_problems(make_site: MakeSite, run: Runner) -> None:
    """Warnings and notes that do not stop a build are counted behind the numbers."""
    result = run(make_site({**RAW, **LONE}))
    pattern = SUMMARY.replace("20", "21").format("site/", r" \(1 warning, 1 note\)")
    assert re.fullmatch(pattern, result.out)


def test_the_summary_says_one_page_source_citation(make_site: MakeSite, run: Runner) -> None:
    """One is not written as a plural."""
    root = make_site({})
    for path in [*root.rglob("*.md"), *root.rglob(f"{LETTER}.yaml")]:
        path.unlink()
    topic = FILES["content/topics/timetable.en.md"] + f"See [@{NOTICE}].\n"
    (root / "content" / "topics" / "timetable.en.md").write_text(topic)
    result = run(root)
    assert re.search(r"pages, 1 source, 1 citation in .* \(1 note\)$", result.out.strip())


def test_check_writes_nothing(make_site: MakeSite, run: Runner) -> None:
    """``check`` finds what a build would find and leaves the folder as it was."""
    root = make_site(RAW)
    before = tree(root)
    checked = run(root, "check")
    assert tree(root) == before
    built = run(root)
    assert checked.err == built.err
    assert checked.err.startswith(f"{WINTER}:")
    assert re.fullmatch(SUMMARY.format("checked", r" \(1 warning\)"), checked.out)


def test_check_finds_what_a_build_finds(make_site: MakeSite, run: Runner) -> None:
    """On a site with errors both commands say the same, but for the last line."""
    root = make_site(BROKEN)
    checked, built = run(root, "check"), run(root)
    assert checked.code == built.code == 1
    assert checked.err.splitlines()[:-1] == built.err.splitlines()[:-1]
    assert checked.err.splitlines()[-1] == "2 errors: not clean"
    assert built.err.splitlines()[-1] == f"2 errors: {NO_SITE}"
    assert checked.out == built.out == ""


def test_check_finds_faults_of_templates(make_site: MakeSite, run: Runner) -> None:
    """``check`` renders everything, so a site that passes it can be built."""
    result = run(make_site({"templates/page.html": "{{ nothing }}"}), "check")
    assert result.code == 1
    assert "templates/page.html:1:1: error: template-error: " in result.err


def test_version(make_site: MakeSite, run: Runner) -> None:
    """``--version`` prints name and version, also where there is no site."""
    assert run(make_site({}), "--version")[:2] == (0, f"mujaz {__version__}\n")


@pytest.mark.parametrize("words", [["--help"], ["-h"], *([name, "--help"] for name in COMMANDS)])
def test_help(tmp_path: Path, run: Runner, words: list[str]) -> None:
    """Every command explains itself in a screen of lines, also where there is no site."""
    result = run(tmp_path, *words)
    assert result.code == 0
    assert result.out.startswith("usage: mujaz")
    assert max(map(len, result.out.splitlines())) <= 100
    if words[0] in COMMANDS:
        assert COMMANDS[words[0]].capitalize() in result.out
    else:
        assert all(name in result.out and text in result.out for name, text in COMMANDS.items())


# --- wrong usage -----------------------------------------------------------------------------

USAGE = {
    "biuld": "there is no command biuld; did you mean build?",
    "chekc": "there is no command chekc; did you mean check?",
    "quux": "there is no command quux; the commands are build, check, clean, verify",
    "\x1b[31mx": "there is no command <U+001B>[31mx; the commands are build, check, clean, verify",
    "--strcit": "unknown argument --strcit; did you mean --strict?",
    "check --strcit": "unknown argument --strcit; did you mean --strict?",
    "check --outptu=x": "unknown argument --outptu=x; did you mean --output?",
    "--strict check": "unknown argument check; the command comes first: mujaz check …",
    "check --stri": "unknown argument --stri; did you mean --strict?",
    "clean --drafts": "unknown argument --drafts; --help lists everything that it takes",
    "build here": "unknown argument here; --help lists everything that it takes",
    "build --format xml": "argument --format: invalid choice: 'xml' "
    "(choose from 'text', 'json', 'github')",
    "build -o": "argument -o/--output: expected one argument",
    "build -q -v": "argument -v/--verbose: not allowed with argument -q/--quiet",
    "build --drafts=yes": "argument --drafts: ignored explicit argument 'yes'",
}


@pytest.mark.fault(47)
@pytest.mark.parametrize("words", USAGE)
def test_wrong_usage(make_site: MakeSite, run: Runner, words: str) -> None:
    """A command or flag that does not exist ends with 2 and a way out, and nothing is built."""
    root = make_site({})
    result = run(root, *words.split(" "))
    assert result.code == 2
    assert result.err.splitlines()[-1].partition(": error: ")[2] == USAGE[words]
    assert result.err.startswith("usage: mujaz")
    assert result.out == ""
    assert not (root / "site").exists()


BAD_ADDRESSES = [
    "ferry.example",
    "ftp://ferry.example/",
    "//ferry.example/",
    "https://",
    "https:///news/",
    "https://[ferry/",
    "https://ferry.example:port/",
    "https://ferry.example:99999/",
    "https://ferry.example/?a=b",
    "https://ferry.example/#top",
    "https://crew@ferry.example/",
    "https://ferry.example/a b/",
    " https://ferry.example/",
    "https://ferry.example/\n",
    'https://ferry.example/">',
    "https://ferry.example/\u202e",
    "\x01https://ferry.example/",
    "javascript:alert(1)",
    "عبّارة",
]


@pytest.mark.fault(47)
@pytest.mark.parametrize("address", BAD_ADDRESSES)
def test_a_wrong_base_url(make_site: MakeSite, run: Runner, address: str) -> None:
    """An address that no page can be published at ends with 2 and one line."""
    root = make_site({})
    result = run(root, "--base-url", address)
    assert result.code == 2
    (line,) = result.err.splitlines()
    assert line.startswith("mujaz: --base-url: ")
    assert line.isprintable()
    assert "; " in line
    assert result.out == ""
    assert not (root / "site").exists()


@pytest.mark.parametrize("address", ["https://quay.example/news", "http://quay.example:8080/a/"])
def test_base_url(make_site: MakeSite, run: Runner, address: str) -> None:
    """``--base-url`` takes the place of that in ``site.yaml``, with its final slash."""
    root = make_site({})
    assert run(root, "--base-url", address).code == 0
    sitemap = (root / "site" / "sitemap.xml").read_text("utf-8")
    assert f"<loc>{address.rstrip('/')}/en/about.html</loc>" in sitemap
    assert "ferry.example" not in sitemap


def test_no_base_url(make_site: MakeSite, run: Runner) -> None:
    """An empty ``--base-url`` builds for a folder: no site map, and a note says so."""
    root = make_site({})
    result = run(root, "--base-url", "")
    assert result.code == 0
    assert result.err.startswith("content/site.yaml:3:11: note: base-url-missing: ")
    assert not (root / "site" / "sitemap.xml").exists()


# --- what a site may lack --------------------------------------------------------------------


@pytest.mark.fault(47)
def test_no_content(tmp_path: Path, run: Runner) -> None:
    """Without ``content/`` one line says where to go, and no folder is made."""
    result = run(tmp_path)
    assert result.code == 1
    what, hint = "there is no folder content/ here", "go to the folder that holds content/"
    assert result.err.splitlines() == [
        f"content:1:1: error: content-missing: {what}; {hint}",
        f"1 error: {NO_SITE}",
    ]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.fault(47)
@pytest.mark.parametrize("kind", ["file", "link"])
def test_content_that_is_no_folder(tmp_path: Path, run: Runner, kind: str) -> None:
    """A file or a link in the place of ``content/`` is one clear error."""
    path = tmp_path / "content"
    path.write_text("x") if kind == "file" else path.symlink_to(tmp_path / "elsewhere")
    result = run(tmp_path)
    code = {"file": "content-missing", "link": "symlink"}[kind]
    assert result.code == 1
    assert [line.split(": ")[2] for line in result.err.splitlines()[:-1]] == [code]


@pytest.mark.fault(47)
def test_content_without_settings(make_site: MakeSite, run: Runner) -> None:
    """Without ``site.yaml`` one line names the file to write."""
    result = run(make_site({"content/site.yaml": None}))
    what, hint = "the settings of the site are missing", "write content/site.yaml"
    assert result.err.splitlines() == [
        f"content/site.yaml:1:1: error: content-missing: {what}; {hint}",
        f"1 error: {NO_SITE}",
    ]


def test_a_site_of_settings_alone(tmp_path: Path, run: Runner) -> None:
    """The smallest site, a title and nothing more, can be built."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "site.yaml").write_text("title: {ar: عبّارة, en: Ferry}\n", "utf-8")
    result = run(tmp_path)
    assert result.code == 0, result.err
    assert (tmp_path / "site" / "ar" / "index.html").is_file()


# --- flags -----------------------------------------------------------------------------------


def test_strict(make_site: MakeSite, run: Runner) -> None:
    """A warning stops a build only with ``--strict``; the old site then stays."""
    root = make_site(RAW)
    assert run(root).code == 0
    before = lasting(root)
    page = root / "content" / "pages" / "about.en.md"
    page.write_text("---\ntitle: New\n---\nNew.\n")
    result = run(root, "--strict")
    assert result.code == 1
    assert result.err.splitlines()[-1] == f"1 warning: {NO_SITE}"
    page.write_text(str(FILES["content/pages/about.en.md"]))
    assert lasting(root) == before
    assert run(root, "check", "--strict").code == 1


def test_strict_lets_notes_pass(make_site: MakeSite, run: Runner) -> None:
    """Notes never stop a build, even with ``--strict``."""
    result = run(make_site(LONE), "--strict")
    assert result.code == 0
    assert ": note: translation-missing: " in result.err


def test_drafts(make_site: MakeSite, run: Runner) -> None:
    """A draft is in no file of the site, until ``--drafts`` asks for it, and never in a feed."""
    drafts = {
        name.replace("winter", "spring"): str(text)
        .replace("date:", "draft: true\ndate:")
        .replace("imetable", "imetableSPRING")
        .replace("topics: [timetableSPRING]", "topics: [timetable]")
        for name, text in FILES.items()
        if "winter" in name
    }
    root = make_site(drafts)
    assert run(root).code == 0
    names = {name for name in tree(root / "site") if "spring" in name}
    assert names == set()
    content = b"".join(each for each in tree(root / "site").values() if isinstance(each, bytes))
    assert b"SPRING" not in content
    assert run(root, "--drafts").code == 0
    names = {name for name in tree(root / "site") if "spring" in name}
    assert names == {"ar/briefings/spring.html", "en/briefings/spring.html"}
    assert b"SPRING" in (root / "site" / "en" / "briefings" / "index.html").read_bytes()
    for name in ("feed.xml", "topics/timetable.xml"):
        assert b"SPRING" not in (root / "site" / "en" / name).read_bytes()


@pytest.mark.parametrize("flag", ["-o", "--output"])
def test_output(make_site: MakeSite, run: Runner, flag: str) -> None:
    """The folder named with ``-o`` gets the site, and the summary names it."""
    root = make_site({})
    result = run(root, flag, "public")
    assert re.fullmatch(SUMMARY.format("public/", ""), result.out)
    assert sorted(each.name for each in root.iterdir()) == [".mujaz", "content", "public"]


@pytest.mark.parametrize("command", ["build", "check"])
def test_jobs(make_site: MakeSite, run: Runner, command: str) -> None:
    """However many processes may work, the answer is the same."""
    root = make_site(RAW)
    said = {
        re.sub(r"in [0-9.]+ s", "", run(root, command, *jobs).out)
        for jobs in ((), ("--jobs", "1"), ("--jobs=2",), ("--jobs", "256"))
    }
    assert len(said) == 1


@pytest.mark.parametrize("number", ["0", "-1", "257", "two", "1.5", "٣", ""])
def test_jobs_that_are_no_number(make_site: MakeSite, run: Runner, number: str) -> None:
    """A number of processes that makes no sense is wrong usage."""
    result = run(make_site({}), f"--jobs={number}")
    assert result.code == 2
    assert "--jobs: write a number from 1 to 256" in result.err


def test_no_cache(make_site: MakeSite, run: Runner) -> None:
    """With ``--no-cache`` nothing is remembered, and the site is the same."""
    root = make_site({})
    assert run(root, "--no-cache").code == 0
    assert sorted(each.name for each in root.iterdir()) == ["content", "site"]
    before = tree(root / "site")
    assert run(root).code == 0
    assert (root / ".mujaz").is_dir()
    assert tree(root / "site") == before
    assert run(root, "check", "--no-cache").code == 0


@pytest.mark.parametrize("command", ["build", "check"])
def test_profile(make_site: MakeSite, run: Runner, command: str) -> None:
    """With ``--profile`` each stage says how long it took; together they are the whole."""
    result = run(make_site({}), command, "--profile", "--no-cache")
    found = re.findall(r"^profile: (\w+) (\d+\.\d{3}) s$", result.err, re.MULTILINE)
    assert len(found) == len(result.err.splitlines())
    stages = {name: float(seconds) for name, seconds in found}
    wanted = {"load", "parse", "resolve", "render", "copy", "other", "total"}
    assert wanted <= set(stages)
    assert ("commit" in stages) == (command == "build")
    total = stages.pop("total")
    assert abs(sum(stages.values()) - total) < 0.001 * len(found)


def test_quiet(make_site: MakeSite, run: Runner) -> None:
    """With ``-q`` a build that succeeds says nothing but warnings."""
    result = run(make_site({**RAW, **LONE}), "-q")
    assert (result.code, result.out) == (0, "")
    assert [line.split(": ")[1] for line in result.err.splitlines()] == ["warning"]


def test_quiet_does_not_hide_a_failure(make_site: MakeSite, run: Runner) -> None:
    """With ``-q`` errors and the line that nothing was written are still there."""
    result = run(make_site({**BROKEN, **LONE}), "-q")
    assert result.code == 1
    assert [line.split(": ")[1] for line in result.err.splitlines()] == ["error", "error", NO_SITE]


def test_verbose(make_site: MakeSite, run: Runner) -> None:
    """With ``-v`` every file of the site is named once, before the summary."""
    root = make_site({"content/images/quay.png": b"a picture"})
    *lines, summary = run(root, "-v").out.splitlines()
    files = {name for name, each in tree(root / "site").items() if isinstance(each, bytes)}
    assert len(lines) == len(set(lines))
    assert set(lines) == {f"site/{name}" for name in files - {"manifest.sha256"}}
    assert summary.startswith("site/: ")


# --- one mistake -----------------------------------------------------------------------------

OTHER = {NOTICE: "0a1b2c3d4e5f6072", LETTER: "1111222233334443"}


@pytest.mark.parametrize("key", [NOTICE, LETTER])
@pytest.mark.parametrize("place", ["front matter", "text"])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_one_wrong_character_in_an_id(
    built: Path, run: Runner, language: str, place: str, key: str
) -> None:
    """It is one error at the true place with the right suggestion, and the old site stays."""
    root = built
    before = tree(root / "site")
    path = root / "content" / "briefings" / f"winter.{language}.md"
    text = path.read_text("utf-8")
    first = text.index(key)
    offset = first if place == "front matter" else text.index(f"@{key}", first)
    wrong = OTHER[key]
    changed = text[:offset] + text[offset:].replace(key, wrong, 1)
    path.write_text(changed, "utf-8")
    result = run(root)
    line = changed.count("\n", 0, offset) + 1
    column = offset - changed.rfind("\n", 0, offset)
    assert result.code == 1
    where = f"content/briefings/winter.{language}.md:{line}:{column}"
    assert result.err.splitlines() == [
        f"{where}: error: source-unknown: no source {wrong}; did you mean {key}?",
        f"1 error: {NO_SITE}",
    ]
    assert tree(root / "site") == before


# --- JSON ------------------------------------------------------------------------------------

REPORT = {
    "ok": bool,
    "seconds": float,
    "pages": int,
    "sources": int,
    "citations": int,
    "kept": list,
    "problems": list,
}
PROBLEM = {
    "path": str,
    "line": int,
    "column": int,
    "severity": str,
    "code": str,
    "message": str,
    "hint": str,
}


@pytest.mark.parametrize("name", ["build", "check"])
@pytest.mark.parametrize(
    ("files", "severities"),
    [({}, []), (LONE, ["note"]), (RAW, ["warning"]), (BROKEN, ["error", "error"])],
    ids=["clean", "note", "warning", "errors"],
)
def test_json(
    make_site: MakeSite,
    run: Runner,
    name: str,
    files: Mapping[str, str],
    severities: list[str],
) -> None:
    """Standard output is one JSON object of fixed keys and types; nothing else is printed."""
    root = make_site(files)
    result = run(root, name, "--format", "json", "-v")
    report = json.loads(result.out)
    assert {key: type(value) for key, value in report.items()} == REPORT
    for each in report["problems"]:
        assert {key: type(value) for key, value in each.items()} == PROBLEM
    assert [each["severity"] for each in report["problems"]] == severities
    assert report["ok"] is ("error" not in severities)
    assert result.code == int(not report["ok"])
    assert result.err == ""


def test_json_says_what_text_says(make_site: MakeSite, run: Runner) -> None:
    """Each problem of the JSON object makes the line that the text format prints."""
    root = make_site(BROKEN)
    told = json.loads(run(root, "check", "--format=json").out)["problems"]
    lines = run(root, "check").err.splitlines()[:-1]
    assert lines == [
        "{path}:{line}:{column}: {severity}: {code}: {message}".format(**each) for each in told
    ]
    assert all(each["message"].endswith(each["hint"]) for each in told)


def test_json_counts_what_was_built(make_site: MakeSite, run: Runner) -> None:
    """The numbers are those of the summary; after a stop there are no pages."""
    report = json.loads(run(make_site({}), "--format", "json").out)
    assert (report["pages"], report["sources"], report["citations"]) == (20, 2, 4)
    stopped = json.loads(run(make_site(BROKEN), "--format", "json").out)
    assert stopped["pages"] == 0


def test_json_is_strict(make_site: MakeSite, run: Runner) -> None:
    """``ok`` follows ``--strict``, like the exit code."""
    root = make_site(RAW)
    assert json.loads(run(root, "check", "--format", "json").out)["ok"] is True
    strict = run(root, "check", "--format", "json", "--strict")
    assert (json.loads(strict.out)["ok"], strict.code) == (False, 1)


HOSTILE = {"content/pages/about.en.md": "---\ntitle: A\nkéy-\u202e😀: x\n---\n"}
"""A key with a letter of Latin-1, an override and a character beyond the first plane."""


@pytest.mark.parametrize("encoding", ["ascii", "utf-8", "latin-1", "cp1256", "ascii:strict"])
def test_json_on_any_terminal(make_site: MakeSite, encoding: str) -> None:
    """The object can be parsed, and says the same, whatever standard output can show."""
    root = make_site(HOSTILE)
    variables = {"PYTHONIOENCODING": encoding}
    result = start(root, "check", "--format", "json", variables=variables)
    problems = json.loads(result.stdout)["problems"]
    assert any("kéy-" in each["message"] and "😀" in each["message"] for each in problems)
    assert result.stdout.isascii()
    assert result.stderr == ""


# --- terminals and environments --------------------------------------------------------------


def test_text_of_authors_cannot_reorder_the_terminal(make_site: MakeSite, run: Runner) -> None:
    """What a message quotes is shown with its invisible characters spelt out."""
    result = run(make_site({**HOSTILE, "content/pages/a\u200fb.en.md": ""}))
    assert result.code == 1
    assert all(line.isprintable() for line in result.err.splitlines())
    assert "<U+200F>" in result.err


ENVIRONMENTS: Mapping[str, Mapping[str, str | None]] = {
    "C": {"LC_ALL": "C"},
    "POSIX without coercion": {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0"},
    "no UTF-8 mode": {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    "ascii": {"PYTHONIOENCODING": "ascii"},
    "strict ascii": {"PYTHONIOENCODING": "ascii:strict"},
    "no home": {"HOME": None, "USER": None},
    "wrong home": {"HOME": "/nonexistent"},
    "odd zone": {"TZ": "Nowhere/Nothing"},
    "date": {"SOURCE_DATE_EPOCH": "1900000000"},
    "no date": {"SOURCE_DATE_EPOCH": ""},
    "warnings": {"PYTHONWARNINGS": "error", "PYTHONDEVMODE": "1"},
}


@pytest.mark.fault(48)
@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_any_environment(make_site: MakeSite, name: str) -> None:
    """A build succeeds and says so whatever locale, home or date the system claims."""
    root = make_site(LONE)
    result = start(root, variables=ENVIRONMENTS[name])
    assert result.returncode == 0, result.stderr
    assert re.fullmatch(SUMMARY.replace("20", "21").format("site/", r" \(1 note\)"), result.stdout)
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.fault(48)
@pytest.mark.parametrize("name", ["C", "no UTF-8 mode", "ascii", "strict ascii"])
def test_arabic_in_a_message_on_any_terminal(make_site: MakeSite, name: str) -> None:
    """A message that quotes Arabic is escaped where it cannot be shown."""
    root = make_site({"content/pages/about.ar.md": "---\ntitle: عن\nعنوان: عن\n---\n"})
    result = start(root, variables=ENVIRONMENTS[name])
    assert result.returncode == 1
    first, *_, last = result.stderr.splitlines()
    assert first.startswith("content/pages/about.ar.md:3:1: error: key-unknown: unknown key ")
    assert "عنوان" in first or r"\u0639\u0646\u0648\u0627\u0646" in first
    assert last == f"1 error: {NO_SITE}"


@pytest.mark.fault(48)
@pytest.mark.parametrize("name", ["C", "POSIX without coercion", "ascii"])
def test_arabic_file_names_in_any_locale(make_site: MakeSite, name: str) -> None:
    """A picture with an Arabic name is copied under that name, whatever the locale."""
    page = "---\ntitle: Map\n---\n![A map](../images/خريطة.png)\n"
    root = make_site({"content/images/خريطة.png": b"map", "content/pages/about.en.md": page})
    result = start(root, variables=ENVIRONMENTS[name])
    assert result.returncode == 0, result.stderr
    assert (root / "site" / "images" / "خريطة.png").read_bytes() == b"map"


@pytest.mark.fault(48)
@pytest.mark.parametrize("flags", [["-O"], ["-OO"], ["-I"], ["-X", "utf8=0"]])
def test_any_python(make_site: MakeSite, flags: list[str]) -> None:
    """Nothing rests on ``assert``, docstrings or Python's own switches."""
    root = make_site(BROKEN)
    path = f"import sys; sys.path.insert(0, {environment()['PYTHONPATH']!r}); "
    program = f"{path}from mujaz.cli import main; raise SystemExit(main())"
    result = subprocess.run(
        [sys.executable, *flags, "-c", program],
        cwd=root,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 1
    assert result.stderr == start(root).stderr
    assert result.stderr.endswith(f"2 errors: {NO_SITE}\n")


@pytest.mark.parametrize("words", [["-m", "mujaz"], [str(Path(__file__).parents[1] / "build.py")]])
def test_ways_to_start(make_site: MakeSite, words: list[str]) -> None:
    """``python -m mujaz`` and ``python build.py`` do the same, also from another folder."""
    root = make_site({})
    result = subprocess.run(
        [sys.executable, *words, "check"],
        cwd=root,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert re.fullmatch(SUMMARY.format("checked", ""), result.stdout)
    assert (result.returncode, result.stderr) == (0, "")


# --- colour ----------------------------------------------------------------------------------


def on_terminal(root: Path, **variables: str) -> str:
    """Return what a run prints to a terminal, as its standard error."""
    ours, theirs = pty.openpty()
    subprocess.run(
        command("check"),
        cwd=root,
        env=environment(**variables),
        stdout=subprocess.PIPE,
        stderr=theirs,
        check=False,
    )
    os.close(theirs)
    found = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # Linux says so at the end
            part = b""
        if not part:
            os.close(ours)
            return found.decode().replace("\r\n", "\n")
        found += part


def test_colour_on_a_terminal(make_site: MakeSite) -> None:
    """Only the severity is coloured; without colours the lines are those of a file."""
    root = make_site(BROKEN)
    shown = on_terminal(root)
    assert shown.count("\x1b[31merror\x1b[0m") == 2
    assert re.sub(r"\x1b\[\d*m", "", shown) == start(root, "check").stderr


@pytest.mark.parametrize("variables", [{"NO_COLOR": "1"}, {"NO_COLOR": "yes", "TERM": "xterm"}])
def test_no_colour_where_it_is_not_wanted(make_site: MakeSite, variables: dict[str, str]) -> None:
    """``NO_COLOR`` turns colours off, whatever its value."""
    assert "\x1b" not in on_terminal(make_site(BROKEN), **variables)


def test_an_empty_no_color_counts_for_nothing(make_site: MakeSite) -> None:
    """As no-color.org has it, ``NO_COLOR`` must not be empty to count."""
    assert "\x1b[31m" in on_terminal(make_site(BROKEN), NO_COLOR="")


@pytest.mark.parametrize("term", ["xterm-256color", "dumb"])
def test_no_colour_in_a_file(make_site: MakeSite, term: str) -> None:
    """What does not go to a terminal is never coloured."""
    result = start(make_site(BROKEN), variables={"TERM": term, "CLICOLOR_FORCE": "1"})
    assert result.returncode == 1
    assert "\x1b" not in result.stderr + result.stdout


# --- being interrupted -----------------------------------------------------------------------

INTERRUPT = """
import os, signal, sys
from mujaz.cli import main

number, event, part = int(sys.argv[1]), sys.argv[2], sys.argv[3]

def hook(name, arguments):
    global event
    if name == event and part in str(arguments[0]):
        event = ""
        os.kill(os.getpid(), number)

sys.addaudithook(hook)
raise SystemExit(main(["build"]))
"""


@pytest.mark.fault(49)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize(
    ("event", "part"),
    [
        ("open", "content/names.yaml"),
        ("open", "templates/page.html"),
        ("os.mkdir", ".mujaz/staging"),
        ("open", "about.html"),
        ("open", ".mujaz/staging/manifest.sha256"),
        ("ctypes.dlopen", ""),
    ],
)
def test_an_interruption(built: Path, number: int, event: str, part: str) -> None:
    """Ctrl-C ends with 130 and SIGTERM with 143, without a trace, and the old site stays."""
    root = built
    old = tree(root / "site")
    (root / "content" / "pages" / "about.en.md").write_text("---\ntitle: New\n---\nNew.\n")
    result = subprocess.run(
        [sys.executable, "-c", INTERRUPT, str(int(number)), event, part],
        cwd=root,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert result.returncode == {signal.SIGINT: 130, signal.SIGTERM: 143}[signal.Signals(number)]
    assert result.stderr == ""
    assert tree(root / "site") == old
    assert sorted(each.name for each in root.iterdir()) == [".mujaz", "content", "site"]
    assert not (root / ".mujaz" / "staging").exists()


def test_a_reader_that_goes_away(make_site: MakeSite) -> None:
    """When ``head`` closes the pipe nothing is said, and the site is complete all the same."""
    root = make_site({})
    read, write = os.pipe()
    os.close(read)
    result = subprocess.run(
        command("-v"),
        cwd=root,
        env=environment(),
        stdout=write,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )
    os.close(write)
    assert (result.returncode, result.stderr) == (1, "")
    assert (root / "site" / "manifest.sha256").is_file()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device without room")
def test_output_without_room(make_site: MakeSite) -> None:
    """Where standard output cannot be written one line says so, without a trace."""
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(
            command(),
            cwd=make_site({}),
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert result.returncode == 1
    assert result.stderr == "mujaz: [Errno 28] No space left on device\n"


def test_problems_do_not_depend_on_the_folder(make_site: MakeSite, run: Runner) -> None:
    """Paths in messages begin at the site's folder, never at that of this machine."""
    root = make_site({**BROKEN, "content/site.yaml": f"{SITE}accent: red\n"})
    result = run(root)
    assert str(root) not in result.err
    assert all(line.startswith("content/") for line in result.err.splitlines()[:-1])
