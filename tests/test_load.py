"""Tests of ``mujaz.load``: a folder ``content/`` → documents, pictures and problems."""

from __future__ import annotations

import os
import socket
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mujaz.model import Kind, Language, RawDocument, YamlList, YamlMapping, YamlText
from mujaz.problems import Severity, arrange
from mujaz.walk import LARGEST_FILE
from tests.assembly import Loaded, load

GOOD = "0a1b2c3d4e5f6071"
BRIEFING = "---\ntitle: عبّارات النهر\ndate: 2026-03-01\n---\nنص عن العبّارات.\n"

Files = dict[str, str | bytes]


@pytest.fixture(name="site")
def _site(tmp_path: Path) -> Path:
    """Return the folder of a small good site."""
    write(
        tmp_path,
        {
            "site.yaml": "title: {ar: عبّارات, en: Ferries}\n",
            "names.yaml": "- {id: agency, kind: organisation}\n",
            f"sources/{GOOD}.yaml": f"id: {GOOD}\ntitle: null\n",
            "topics/ferries.ar.md": "---\nlabel: عبّارات\n---\n",
            "briefings/new-ferry.ar.md": BRIEFING,
            "pages/about.en.md": "---\ntitle: About\n---\nA page.\n",
            "images/2026/خريطة.png": b"\x89PNG",
            "images/boat.jpg": b"\xff\xd8",
        },
    )
    return tmp_path


def write(root: Path, files: Files) -> None:
    """Write files below ``content/``."""
    for name, content in files.items():
        path = root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def told(loaded: Loaded) -> list[str]:
    """Return places below ``content/``, severities and codes, sorted."""
    return [
        f"{str(each.location).removeprefix('content/')} {each.severity} {each.code}"
        for each in arrange(list(loaded.problems))
    ]


def document(loaded: Loaded, path: str) -> RawDocument:
    """Return the document of a path."""
    [found] = [each for each in loaded.documents if each.path == f"content/{path}"]
    return found


# --- what is found ---------------------------------------------------------------------------


def test_every_file_is_what_its_place_says(site: Path) -> None:
    """Documents come sorted by path with kind, name and language; pictures only by name."""
    loaded = load(site)
    assert told(loaded) == []
    assert [(each.path, each.kind, each.name, each.language) for each in loaded.documents] == [
        ("content/briefings/new-ferry.ar.md", Kind.BRIEFING, "new-ferry", Language.AR),
        ("content/names.yaml", Kind.NAMES, "names", None),
        ("content/pages/about.en.md", Kind.PAGE, "about", Language.EN),
        ("content/site.yaml", Kind.SETTINGS, "site", None),
        (f"content/sources/{GOOD}.yaml", Kind.SOURCE, GOOD, None),
        ("content/topics/ferries.ar.md", Kind.TOPIC, "ferries", Language.AR),
    ]
    assert loaded.images == ("2026/خريطة.png", "boat.jpg")


def test_a_document_has_its_data_and_its_body(site: Path) -> None:
    """Values have the places of the file; the body says on which line it begins."""
    found = document(load(site), "briefings/new-ferry.ar.md")
    assert isinstance(found.data, YamlMapping)
    place, title = found.data.entries["title"]
    assert str(place) == "content/briefings/new-ferry.ar.md:2:1"
    assert isinstance(title, YamlText)
    assert (title.value, str(title.location)) == (
        "عبّارات النهر",
        "content/briefings/new-ferry.ar.md:2:8",
    )
    assert (found.body, found.body_line) == ("نص عن العبّارات.\n", 5)


@pytest.mark.fault(12)
def test_an_id_of_digits_stays_as_written(site: Path) -> None:
    """An ID that YAML would read as a number keeps every zero."""
    write(site, {"sources/0012345670123456.yaml": "id: 0012345670123456\n"})
    found = document(load(site), "sources/0012345670123456.yaml")
    assert isinstance(found.data, YamlMapping)
    value = found.data.entries["id"][1]
    assert isinstance(value, YamlText)
    assert (found.name, value.value) == ("0012345670123456", "0012345670123456")


@pytest.mark.fault(21)
def test_a_byte_order_mark_and_crlf_change_nothing(site: Path) -> None:
    """The same documents come from files with a BOM and foreign line ends."""
    plain = load(site)
    for path in sorted((site / "content").rglob("*.[my][da]*")):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    other = load(site)
    assert not {each.digest for each in plain.documents} & {e.digest for e in other.documents}
    same = [replace(each, digest="") for each in plain.documents]
    assert [replace(each, digest="") for each in other.documents] == same
    assert replace(other, documents=plain.documents) == plain


def test_the_order_does_not_depend_on_the_disk(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever order the system lists files in, the result is the same."""
    expected = load(site)
    scandir = os.scandir

    class Reversed:
        def __init__(self, path: str) -> None:
            self.scan = scandir(path)

        def __enter__(self) -> list[os.DirEntry[str]]:
            return list(self.scan)[::-1]

        def __exit__(self, *_: object) -> None:
            self.scan.close()

    monkeypatch.setattr(os, "scandir", Reversed)
    assert load(site) == expected


def test_an_empty_list_of_names_is_a_list(site: Path) -> None:
    """names.yaml may hold nothing yet."""
    write(site, {"names.yaml": "# لا أسماء بعد\n"})
    loaded = load(site)
    assert told(loaded) == []
    assert isinstance(document(loaded, "names.yaml").data, YamlList)


# --- what is missing or strange --------------------------------------------------------------


def test_without_content_there_is_one_problem(tmp_path: Path) -> None:
    """A folder without content/, or with a file of that name, says where to go."""
    loaded = load(tmp_path)
    assert [str(each) for each in loaded.problems] == [
        (
            "content:1:1: error: content-missing: there is no folder content/ here; "
            "go to the folder that holds content/"
        )
    ]
    (tmp_path / "content").write_text("x", encoding="utf-8")
    assert told(load(tmp_path)) == ["content:1:1 error content-missing"]


def test_settings_are_required(site: Path) -> None:
    """Without site.yaml the problem stands where it should lie."""
    (site / "content" / "site.yaml").unlink()
    assert told(load(site)) == ["site.yaml:1:1 error content-missing"]
    (site / "content" / "site.yaml").mkdir()
    assert told(load(site)) == [
        "site.yaml:1:1 error content-missing",
        "site.yaml:1:1 warning file-unexpected",
    ]


def test_strange_files_and_folders_are_told_once(site: Path) -> None:
    """A folder that nothing reads is one warning, however much lies in it."""
    write(
        site,
        {
            "sorces/a.yaml": "x",
            "sorces/b/c.yaml": "x",
            "briefings/2026/x.ar.md": "x",
            "notes.txt": "x",
            "quotes.lock.yaml": "x: [",
        },
    )
    assert told(load(site)) == [
        "briefings/2026:1:1 warning file-unexpected",
        "notes.txt:1:1 warning file-unexpected",
        "sorces:1:1 warning file-unexpected",
    ]


@pytest.mark.fault(42)
def test_hidden_files_and_copies_are_listed_and_never_opened(site: Path) -> None:
    """What editors and systems leave behind is neither content nor a problem."""
    write(site, {".env": b"\xff", "briefings/.x.ar.md.swp": b"\xff", "briefings/x.ar.md~": "x"})
    write(site, {"images/.DS_Store": "x", ".git/config": "x"})
    (site / "content" / "briefings" / ".#x.ar.md").symlink_to("nobody@nowhere.1")
    loaded = load(site)
    assert told(loaded) == []
    assert loaded.images == ("2026/خريطة.png", "boat.jpg")
    assert loaded.skipped == (
        "content/.env",
        "content/.git",
        "content/briefings/.#x.ar.md",
        "content/briefings/.x.ar.md.swp",
        "content/briefings/x.ar.md~",
        "content/images/.DS_Store",
    )


def test_names_that_are_wrong_are_told_and_the_files_are_still_read(site: Path) -> None:
    """A bad slug or ID does not hide what is wrong inside its file."""
    write(
        site,
        {
            "briefings/New_Ferry.ar.md": "---\na: [b\n---\n",
            f"sources/{GOOD[:-1]}.yaml": "a: [b\n",
            "briefings/x.no.md": "---\na: [b\n---\n",
        },
    )
    assert told(load(site)) == [
        "briefings/New_Ferry.ar.md:1:1 error slug-invalid",
        "briefings/New_Ferry.ar.md:2:4 error yaml-syntax",
        "briefings/x.no.md:1:1 error language-unknown",
        f"sources/{GOOD[:-1]}.yaml:1:1 error id-malformed",
        f"sources/{GOOD[:-1]}.yaml:1:4 error yaml-syntax",
    ]


@pytest.mark.fault(40)
def test_two_names_that_are_one_elsewhere(site: Path) -> None:
    """Files that differ only in capitals or in composition name each other."""
    write(site, {"images/Boat.jpg": "x", "images/é.png": "x", "images/e\u0301.png": "x"})
    write(site, {"images/2026/boat.jpg": "x"})
    loaded = load(site)
    assert [each.message for each in arrange(list(loaded.problems))] == [
        "Boat.jpg and boat.jpg differ only in capital letters; rename or delete one of the two",
        (
            "e\u0301.png and é.png differ only in how their letters are composed (NFC and NFD); "
            "rename or delete one of the two"
        ),
    ]
    assert {each.code for each in loaded.problems} == {"path-conflict"}


# --- links and special files -----------------------------------------------------------------


@pytest.mark.fault(43)
def test_symbolic_links_are_refused_everywhere(site: Path, tmp_path: Path) -> None:
    """Links to files, folders, nothing and themselves are told and never followed."""
    secret = tmp_path / "secret.txt"
    secret.write_text(BRIEFING, encoding="utf-8")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "x.ar.md").write_text(BRIEFING, encoding="utf-8")
    content = site / "content"
    (content / "strange").mkdir()
    for link, target in [
        ("briefings/leak.ar.md", secret),
        ("images/leak.png", secret),
        ("sources/more", tmp_path / "outside"),
        ("briefings/loop.ar.md", Path("loop.ar.md")),
        ("briefings/broken.ar.md", Path("nowhere.md")),
        ("strange/up", Path("..")),
    ]:
        (content / link).symlink_to(target)
    (content / "site.yaml").unlink()
    (content / "site.yaml").symlink_to(secret)
    loaded = load(site)
    assert told(loaded) == [
        "briefings/broken.ar.md:1:1 error symlink",
        "briefings/leak.ar.md:1:1 error symlink",
        "briefings/loop.ar.md:1:1 error symlink",
        "images/leak.png:1:1 error symlink",
        "site.yaml:1:1 error symlink",
        "sources/more:1:1 error symlink",
        "strange:1:1 warning file-unexpected",
        "strange/up:1:1 error symlink",
    ]
    assert "copy the file" in loaded.problems[-1].message
    assert not any("leak" in each.path for each in loaded.documents)
    assert "leak.png" not in loaded.images


def test_a_linked_content_folder_is_refused(site: Path, tmp_path: Path) -> None:
    """content/ itself is a folder and no link."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "content").symlink_to(site / "content")
    assert told(load(other)) == ["content:1:1 error symlink"]


@pytest.mark.fault(43)
@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
def test_pipes_and_sockets_are_not_opened(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is none is told, and reading does not wait for it."""
    monkeypatch.chdir(site / "content" / "briefings")
    os.mkfifo("pipe.ar.md")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("s.ar.md")
        assert told(load(site)) == [
            "briefings/pipe.ar.md:1:1 warning file-unexpected",
            "briefings/s.ar.md:1:1 warning file-unexpected",
        ]


def test_what_the_system_refuses_is_told_in_its_words(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file or folder without permission is an error at its path; the rest is read."""
    scandir, opener = os.scandir, open

    def refuse_folder(path: str) -> object:
        if path.endswith("pages"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    def refuse_file(path: str, mode: str, buffering: int) -> object:
        if path.endswith("new-ferry.ar.md"):
            raise PermissionError(13, "Permission denied")
        return opener(path, mode, buffering)

    monkeypatch.setattr(os, "scandir", refuse_folder)
    monkeypatch.setattr("builtins.open", refuse_file)
    loaded = load(site)
    assert told(loaded) == [
        "briefings/new-ferry.ar.md:1:1 error file-unreadable",
        "pages:1:1 error file-unreadable",
    ]
    assert {each.message for each in loaded.problems} == {
        "this cannot be read: Permission denied; check its permissions"
    }
    assert document(loaded, "briefings/new-ferry.ar.md").data is None


@pytest.mark.fault(41)
@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse these names themselves")
def test_strange_bytes_in_names_are_told(site: Path) -> None:
    """Names that are not UTF-8 or hold controls are errors whose places can be printed."""
    folder = os.fsencode(site / "content" / "briefings")
    for name in (
        b"a\xff.ar.md",
        b"a\n.ar.md",
        b"a\x1b.ar.md",
        "a\u202e.ar.md".encode(),
        b"a:b.ar.md",
    ):
        Path(os.fsdecode(folder + b"/" + name)).write_text(BRIEFING, encoding="utf-8")
    loaded = load(site)
    assert {each.code for each in loaded.problems} == {"file-name"}
    assert sorted(each.what for each in loaded.problems) == [
        "the name has :",
        "the name has U+000A (control character)",
        "the name has U+001B (escape)",
        "the name has U+202E (right-to-left override)",
        "the name is not UTF-8",
    ]
    assert r"content/briefings/a\xff.ar.md" in {each.location.path for each in loaded.problems}
    for each in loaded.problems:
        str(each).encode("utf-8")
    assert len(loaded.documents) == 6


# --- what is in the files --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", ["1:1 front-matter-missing"]),
        ("نص", ["1:1 front-matter-missing"]),
        ("---\n---\nنص", ["1:1 front-matter-missing"]),
        ("---\ntitle: x\n\nنص\n", ["4:1 front-matter-unclosed"]),
        ("---\ntitle: x: y\n---\nنص", ["2:9 yaml-syntax"]),
        ("---\na: b\n---\nنص \x07 و\x00\n", ["4:4 control-character", "4:7 control-character"]),
        ("---\na: b\x1b\n---\n\u2028", ["2:5 control-character", "4:1 control-character"]),
        ("---\na: \u202eb\n---\nنص\n\n\u202dنص\n", ["2:4 bidi-control", "6:1 bidi-control"]),
        (
            "---\na: b\n---\nنص \u2067abc\n\nفقرة\u2069\n",
            ["4:4 bidi-unbalanced", "6:5 bidi-unbalanced"],
        ),
        ("---\na: b\n---\nنص \u2067abc\nسطر\u2069 \u200f\u061c\n", []),
        ("---\na: \u2067b\n---\nنص\u2069\n", ["2:4 bidi-unbalanced", "4:3 bidi-unbalanced"]),
        ("---\na: b\n\nنص\x07\n", ["4:1 front-matter-unclosed", "4:3 control-character"]),
        ("\x07\n", ["1:1 control-character", "1:1 front-matter-missing"]),
        (b"---\na: b\n---\n\xe4\xf6\n", ["4:1 encoding"]),
        ("---\na: نص\n---\n".encode("utf-16"), ["1:1 encoding"]),
        ("---\na: عبّارة جديدة\n---\n".encode("cp1256", "ignore"), ["2:4 encoding"]),
        (b"---\na: " + b"x" * 70_000 + b"\n---\n", ["1:1 front-matter-too-large"]),
        (b"x" * (LARGEST_FILE + 1), ["1:1 file-too-large"]),
    ],
)
def test_a_markdown_file_with_faults(site: Path, content: str | bytes, expected: list[str]) -> None:
    """Every fault of a file is told once, with its line and column in the file."""
    write(site, {"briefings/new-ferry.ar.md": content})
    loaded = load(site)
    path = "briefings/new-ferry.ar.md"
    assert told(loaded) == [f"{path}:{each.replace(' ', ' error ')}" for each in expected]
    assert len(loaded.problems) == len(expected)
    assert document(loaded, path).name == "new-ferry"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", ["1:1 yaml-syntax"]),
        ("# nothing\n", ["1:1 yaml-syntax"]),
        ("a: b\n---\nc: d\n", ["2:1 yaml-syntax"]),
        ("a: \u202eb\n", ["1:4 bidi-control"]),
        ("a: b # \x07\n", ["1:8 control-character"]),
        ("a: " + "x" * 70_000, ["1:1 front-matter-too-large"]),
        (b"a: \xff", ["1:4 encoding"]),
    ],
)
def test_a_record_with_faults(site: Path, content: str | bytes, expected: list[str]) -> None:
    """A record is YAML as a whole; its faults are told once."""
    write(site, {f"sources/{GOOD}.yaml": content})
    loaded = load(site)
    assert told(loaded) == [
        f"sources/{GOOD}.yaml:{each.replace(' ', ' error ')}" for each in expected
    ]
    assert len(loaded.problems) == len(expected)


def test_a_list_of_names_may_be_longer_than_a_record(site: Path) -> None:
    """names.yaml has a limit of its own."""
    names = "".join(f"- {{id: name-{number}, kind: person}}\n" for number in range(5_000))
    write(site, {"names.yaml": names})
    assert told(load(site)) == []
    write(site, {"names.yaml": names * 10})
    assert told(load(site)) == ["names.yaml:1:1 error file-too-large"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    content=st.one_of(
        st.binary(), st.text().map(lambda text: f"---\n{text}".encode("utf-8", "replace"))
    )
)
def test_any_bytes_are_a_document_or_a_problem(site: Path, content: bytes) -> None:
    """No bytes raise: a document without data has an error that says why."""
    write(site, {"briefings/new-ferry.ar.md": content})
    loaded = load(site)
    found = document(loaded, "briefings/new-ferry.ar.md")
    if found.data is None:
        assert any(each.severity is Severity.ERROR for each in loaded.problems)
    for each in loaded.problems:
        str(each).encode("utf-8")


def test_many_files_are_read_soon(site: Path) -> None:
    """A thousand briefings take seconds, not minutes."""
    write(site, {f"briefings/ferry-{number}.ar.md": BRIEFING for number in range(1_000)})
    start = time.process_time()
    assert len(load(site).documents) == 1_006
    assert time.process_time() - start < 10
