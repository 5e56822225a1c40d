"""Tests of the memory: it is right, or it is as if there were none."""

from __future__ import annotations

import marshal
import shutil
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from mujaz import incremental, memory, pipeline, program
from mujaz.index import Scope
from mujaz.memory import FOLDER, Built, Known, Made, Memory, erase
from mujaz.parse import Parsed, parse_file
from mujaz.pipeline import Options, Result
from mujaz.program import program_key
from mujaz.walk import File, signature
from tests.conftest import FILES, MakeSite
from tests.program import tree

PAGE, WINTER = "content/pages/about.en.md", "content/briefings/winter.en.md"
OLD = time.time_ns() - 10**12
"""Nanoseconds: a moment so long ago that no file of that time can still be changing."""

KNOWN = Known("0f", (("text", "x", 0, 3, b"12345678"),), (), 2)
BUILT = Built(
    "asked",
    "look",
    ((("claims", "x"), (0, "x")),),
    {("documents",): (("x",),)},
    {"x": Made(b"", ((), {}, ()))},
    {"index.html": Made(b"\0\0\0\0", ("0f", ("home", "en", "", "")))},
)


def remembered(folder: Path, key: str = "key") -> Memory:
    """Return a memory that a build has filled and left behind, as the next build finds it."""
    folder.mkdir(exist_ok=True)
    filled = Memory(folder, key, keeps=True)
    filled.note("x", (1, OLD, OLD, 1), "0f")
    filled.number([("documents",)])
    filled.remember({"x": KNOWN}, BUILT, ("asked", 1), 3)
    return found(folder, key)


def found(folder: Path, key: str = "key") -> Memory:
    """Return what a build finds in a folder."""
    made = Memory(folder, key, keeps=True)
    made.recall()
    return made


def test_what_was_remembered_is_found(tmp_path: Path) -> None:
    """Files, what was made of them, and what a build answered come back as they were."""
    back = remembered(tmp_path / FOLDER)
    assert back.answer == ("asked", 1)
    assert back.files == back.built_files == {"x": KNOWN}
    assert back.built == BUILT
    assert back.trace([("documents",), ("new",)]) == (b"\0\0\0\0", [("new",)])
    assert back.knows_all({"x": ("", (1, OLD, OLD, 1))})
    assert not back.knows_all({})


def nothing(folder: Path, name: str) -> None:
    """Expect that a file of the memory is as good as none, without a word."""
    back = found(folder)
    if name == "inputs":
        assert back.answer is None
        assert not back.knows_all({"x": ("", (1, OLD, OLD, 1))})
    else:
        assert (back.files, back.built_files, back.built) == ({}, {}, None)


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut in the digest": lambda data: data[:20],
    "only the digest": lambda data: data[:32],
    "cut": lambda data: data[:-1],
    "longer": lambda data: data + b"\0",
    "empty": lambda _: b"",
    "a bit in the digest": lambda data: bytes([data[0] ^ 1]) + data[1:],
    "a bit in the middle": lambda data: data[:50] + bytes([data[50] ^ 1]) + data[51:],
    "something else": lambda _: b"%PDF-1.7" * 100,
    "not marshalled": lambda _: sha256(b"x").digest() + b"x",
    "of another shape": lambda _: _sealed(("key",)),
    "of no key": lambda _: _sealed("key"),
    "of another program": lambda data: _sealed(("other", marshal.loads(data[32:])[1])),  # noqa: S302
}


def _sealed(value: object) -> bytes:
    body = marshal.dumps(value)  # type: ignore[arg-type]
    return sha256(body).digest() + body


@pytest.mark.parametrize("name", ["inputs", "state"])
@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_damaged_is_as_good_as_nothing(tmp_path: Path, name: str, damage: str) -> None:
    """A file that is cut, altered, foreign or of another program is not believed."""
    folder = tmp_path / FOLDER
    remembered(folder)
    path = folder / name
    path.write_bytes(DAMAGES[damage](path.read_bytes()))
    nothing(folder, name)


@pytest.mark.parametrize("name", ["inputs", "state"])
def test_every_bit_counts(tmp_path: Path, name: str) -> None:
    """Whichever bit of a file is turned, nothing of it is believed."""
    folder = tmp_path / FOLDER
    remembered(folder)
    whole = (folder / name).read_bytes()
    for place in range(len(whole)):
        (folder / name).write_bytes(
            whole[:place] + bytes([whole[place] ^ (1 << place % 8)]) + whole[place + 1 :]
        )
        nothing(folder, name)


@pytest.mark.parametrize("name", ["inputs", "state"])
@pytest.mark.parametrize("kind", ["folder", "gone", "loop"])
def test_what_cannot_be_read_is_as_good_as_nothing(tmp_path: Path, name: str, kind: str) -> None:
    """A folder, nothing, or a link to itself in the place of a file is no memory."""
    folder = tmp_path / FOLDER
    remembered(folder)
    (folder / name).unlink()
    if kind == "folder":
        (folder / name).mkdir()
    elif kind == "loop":
        (folder / name).symlink_to(name)
    nothing(folder, name)


def test_another_program_remembers_nothing(tmp_path: Path) -> None:
    """What another version, or other libraries, have left is not read."""
    folder = tmp_path / FOLDER
    remembered(folder)
    back = found(folder, "other")
    assert (back.answer, back.files, back.built) == (None, {}, None)


def test_the_key_of_a_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """The key is the same in every run, and another for another version or other libraries."""
    key = program_key()
    assert program_key() == key
    with monkeypatch.context() as patch:
        patch.setattr(program, "__version__", "99")
        assert program_key() != key
    with monkeypatch.context() as patch:
        patch.setattr(program, "_distributions", lambda: ["jinja2-99.dist-info"])
        assert program_key() != key


def test_a_memory_without_a_folder() -> None:
    """Without a folder nothing is remembered, and nothing fails."""
    lost = Memory(None, "key", keeps=True)
    lost.recall()
    lost.remember({"x": KNOWN}, BUILT, None, 0)
    assert (lost.answer, lost.files, lost.built) == (None, {}, None)


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    """Where the folder is a file what was learnt is lost, and nothing fails."""
    (tmp_path / FOLDER).write_bytes(b"")
    made = Memory(tmp_path / FOLDER, "key", keeps=True)
    made.remember({"x": KNOWN}, BUILT, None, 0)
    assert found(tmp_path / FOLDER).files == {}


def test_only_ours_is_erased(tmp_path: Path) -> None:
    """What was remembered goes; what somebody else put there stays, and so does its folder."""
    remembered(tmp_path / FOLDER)
    (tmp_path / FOLDER / "mine").write_bytes(b"")
    erase(tmp_path / FOLDER)
    assert [each.name for each in (tmp_path / FOLDER).iterdir()] == ["mine"]
    (tmp_path / FOLDER / "mine").unlink()
    erase(tmp_path / FOLDER)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "state").write_bytes(b"")
    (tmp_path / FOLDER).symlink_to("elsewhere")
    erase(tmp_path / FOLDER)
    assert (tmp_path / "elsewhere" / "state").exists()


# --- files that may still be changing --------------------------------------------------------


@pytest.mark.parametrize(
    ("modified", "changed", "believed"),
    [
        pytest.param(OLD, OLD, True, id="long ago"),
        pytest.param(None, None, False, id="just now"),
        pytest.param(None, OLD, False, id="just now, says one"),
        pytest.param(OLD, None, False, id="just now, and its time put back"),
    ],
)
def test_a_fresh_file_is_read_again(
    tmp_path: Path,
    modified: int | None,
    changed: int | None,
    believed: bool,  # noqa: FBT001
) -> None:
    """A file that was touched a moment before a build may change once more and look the same."""
    file = tmp_path / "file"
    file.write_bytes(b"one")
    now = time.time_ns()
    seen = (3, modified or now, changed or now, 1)
    first = Memory(tmp_path, "key", keeps=True)
    assert first.digest("x", str(file), seen) == sha256(b"one").hexdigest()
    first.remember({}, None, None, 0)
    file.write_bytes(b"two")
    again = Memory(tmp_path, "key", keeps=True).digest("x", str(file), seen)
    assert again == sha256(b"one" if believed else b"two").hexdigest()


def test_a_file_whose_marks_differ_is_read_again(tmp_path: Path) -> None:
    """Size, times and number: if one of them is another, the file is read."""
    file = tmp_path / "file"
    file.write_bytes(b"one")
    seen = (3, OLD, OLD, 1)
    first = Memory(tmp_path, "key", keeps=True)
    first.digest("x", str(file), seen)
    first.remember({}, None, None, 0)
    file.write_bytes(b"two")
    for place in range(4):
        other = tuple(each + (place == n) for n, each in enumerate(seen))
        digest = Memory(tmp_path, "key", keeps=True).digest("x", str(file), other)  # type: ignore[arg-type]
        assert digest == sha256(b"two").hexdigest()


def test_files_that_were_fresh_are_soon_believed(tmp_path: Path) -> None:
    """A build that finds nothing changed remembers the marks of files that are calm by now."""
    file = tmp_path / "file"
    file.write_bytes(b"one")
    seen = signature(file.stat())
    first = Memory(tmp_path, "key", keeps=True)
    first.digest("x", str(file), seen)
    first.remember({}, BUILT, "answer", 0)
    second = Memory(tmp_path, "key", keeps=True)
    second._started += 10**10
    assert second.knows_all({"x": (str(file), seen)})
    file.unlink()
    third = Memory(tmp_path, "key", keeps=True)
    assert third.answer == "answer"
    assert third.knows_all({"x": (str(file), seen)})


# --- builds ----------------------------------------------------------------------------------


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that grows with every file that is parsed."""
    paths: list[str] = []

    def note(file: File, scope: Scope) -> Parsed:
        paths.append(file.path)
        return parse_file(file, scope)

    monkeypatch.setattr(incremental, "parse_file", note)
    return paths


def build(root: Path, *, cache: bool = True) -> Result:
    """Build a site in this process."""
    return pipeline.build(Options(root=root, output=root / "site", cache=cache))


def cold(root: Path) -> dict[str, bytes | str]:
    """Return the site that a build without memory makes of the same files elsewhere."""
    other = root.parent / "cold"
    shutil.rmtree(other, ignore_errors=True)
    shutil.copytree(root / "content", other / "content")
    assert not build(other, cache=False).stops(strict=False)
    assert not (other / FOLDER).exists()
    return tree(other / "site")


def change(root: Path, path: str, old: str, new: str) -> None:
    """Replace words in a file."""
    text = (root / path).read_text("utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), "utf-8")


def test_only_what_has_changed_is_parsed(make_site: MakeSite, parsed: list[str]) -> None:
    """A file is parsed when its bytes are others than before, whatever its times say."""
    root = make_site({})
    build(root)
    assert sorted(parsed) == sorted(set(FILES) - {"content/site.yaml"})
    parsed.clear()
    (root / PAGE).touch()
    build(root)
    assert parsed == []
    change(root, PAGE, "About", "Abuot")
    build(root)
    assert parsed == [PAGE]
    assert tree(root / "site") == cold(root)


def test_a_build_that_stops_keeps_what_it_parsed(make_site: MakeSite, parsed: list[str]) -> None:
    """After errors only what is corrected is parsed again, and the site is as if made anew."""
    root = make_site({})
    build(root)
    site = tree(root / "site")
    parsed.clear()
    change(root, WINTER, "Fewer crossings", "Many crossings")
    change(root, PAGE, "Invented", "[Invented](gone.en.md)")
    assert build(root).stops(strict=False)
    assert sorted(parsed) == [WINTER, PAGE]
    assert tree(root / "site") == site
    parsed.clear()
    assert build(root).stops(strict=False)
    assert parsed == []
    change(root, PAGE, "gone.en.md", "../briefings/winter.en.md")
    assert not build(root).stops(strict=False)
    assert parsed == [PAGE]
    assert tree(root / "site") == cold(root)


def test_a_first_build_that_stops_is_remembered(make_site: MakeSite, parsed: list[str]) -> None:
    """What was parsed before the first site could be made need not be parsed again either."""
    root = make_site({PAGE: FILES[PAGE].replace("Invented", "[Invented](gone.en.md)")})
    assert build(root).stops(strict=False)
    parsed.clear()
    change(root, PAGE, "gone.en.md", "about.ar.md")
    assert not build(root).stops(strict=False)
    assert parsed == [PAGE]
    assert tree(root / "site") == cold(root)


def test_a_mistake_in_a_template_costs_no_parsing(make_site: MakeSite, parsed: list[str]) -> None:
    """A build that stops behind the barrier is remembered like one that stops before it."""
    root = make_site({"templates/page.html": "{{ gone }}"})
    assert build(root).stops(strict=False)
    parsed.clear()
    (root / "templates/page.html").unlink()
    assert not build(root).stops(strict=False)
    assert parsed == []
    assert tree(root / "site") == cold(root)


@pytest.mark.parametrize("name", ["values", "state", "inputs", "site-index.json"])
@pytest.mark.parametrize("how", ["turned", "cut", "gone", "a folder", "only to read"])
def test_damage_is_healed(make_site: MakeSite, parsed: list[str], name: str, how: str) -> None:
    """Whatever has become of a file of the memory, the site is right, and the next is quick."""
    root = make_site({})
    build(root)
    change(root, PAGE, "About", "Abuot")
    path = root / FOLDER / name
    data = path.read_bytes()
    if how == "turned":
        path.write_bytes(bytes([each ^ 255 for each in data]))
    elif how == "cut":
        path.write_bytes(data[: len(data) // 2])
    elif how == "only to read":
        path.chmod(0o444)
    else:
        path.unlink()
    if how == "a folder":
        path.mkdir()
    assert not build(root).stops(strict=False)
    assert tree(root / "site") == cold(root)
    if how != "a folder":
        parsed.clear()
        build(root)
        assert parsed == []


def test_a_check_remembers_nothing(make_site: MakeSite) -> None:
    """A check reads what is remembered and leaves it as it was; it never begins a memory."""
    root = make_site({})
    options = Options(root=root, output=root / "site")
    pipeline.check(options)
    assert not (root / FOLDER).exists()
    build(root)
    change(root, PAGE, "About", "Abuot")
    before = tree(root / FOLDER)
    for path in [root / FOLDER, *(root / FOLDER).rglob("*")]:
        path.chmod(0o555)
    checked = pipeline.check(options)
    assert tree(root / FOLDER) == before
    assert checked == pipeline.check(Options(root=root, output=root / "site", cache=False))


def test_a_store_full_of_waste_is_begun_anew(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The values of texts that are no more do not pile up for ever."""
    monkeypatch.setattr(memory, "_SLACK", 0)
    root = make_site({})
    build(root)
    size = (root / FOLDER / "values").stat().st_size
    for number in range(60):
        change(root, WINTER, "The crossings", f"{number} The crossings")
        build(root)
        assert (root / FOLDER / "values").stat().st_size <= 4 * size
    assert tree(root / "site") == cold(root)
