"""Publishing: what is shared with the old site, what is written anew, and that nothing is mixed."""

from __future__ import annotations

import errno
import hashlib
import multiprocessing
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import pytest

from mujaz.model import Route
from mujaz.write import clean, publish
from mujaz.write import exchange as exchange_module
from tests.program import environment, tree
from tests.test_write import nobody

MEMORY = Path("/dev/shm")  # noqa: S108 - another disk, which every Linux has
SITE = {"index.html": b"gateway", "en/index.html": b"home", "en/about.html": b"about"}


def digests(files: Mapping[str, bytes]) -> dict[Route, str]:
    """Return the digests of a whole site."""
    return {Route(name): hashlib.sha256(data).hexdigest() for name, data in files.items()}


def build(
    root: Path, files: Mapping[str, bytes] = SITE, name: str = "site", *, keep_spare: bool = True
) -> list[str]:
    """Publish files as the pipeline does; return the routes that had to be written."""
    placed = []
    with publish(root / name, root, keep_spare=keep_spare) as publication:
        wanted = digests(files)
        if not publication.holds(wanted):
            for route, digest in wanted.items():
                if publication.present.get(route) != digest:
                    assert publication.place(route, files[route]) == digest
                    placed.append(str(route))
            publication.commit(wanted)
    return placed


def files_of(site: Path) -> dict[str, bytes | str]:
    """Return the files of a site, without its manifest."""
    manifest = "manifest.sha256"
    return {name: each for name, each in tree(site).items() if each != "" and name != manifest}


def inodes(folder: Path) -> dict[str, int]:
    """Return the inode of each file below a folder."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.stat().st_ino for path in files}


# --- what is shared --------------------------------------------------------------------------


def test_what_did_not_change_is_not_written(tmp_path: Path) -> None:
    """Only a changed file is new; the others are the same files in the site and in the spare."""
    assert build(tmp_path) == list(SITE)
    before = inodes(tmp_path / "site")
    changed = {**SITE, "en/about.html": b"about the ferry"}
    assert build(tmp_path, changed) == ["en/about.html"]
    after = inodes(tmp_path / "site")
    same = {"index.html", "en/index.html"}
    assert {name for name in SITE if before[name] == after[name]} == same
    assert inodes(tmp_path / ".mujaz" / "spare") == before
    assert files_of(tmp_path / "site") == changed


def test_a_site_that_holds_everything_is_left_alone(tmp_path: Path) -> None:
    """Where nothing changed nothing on the disk does, not even the time of a folder."""
    build(tmp_path)
    before = {path: path.lstat() for path in [tmp_path, *tmp_path.rglob("*")]}
    assert build(tmp_path) == []
    assert {path: path.lstat() for path in [tmp_path, *tmp_path.rglob("*")]} == before


def test_many_builds_in_turn(tmp_path: Path) -> None:
    """Whatever the order of changes, each site is what a build from nothing gives."""
    sites = [
        SITE,
        {**SITE, "en/about.html": b"2", "en/new/deep.html": b"deep"},
        {"index.html": b"gateway"},
        {**SITE, "index.html": b"3"},
        {**SITE, "en/about.html": b"2"},
        {"index.html": b"gateway", "en": b"a file"},
    ]
    for files in [*sites, *reversed(sites), *sites[::2], *sites[1::2]]:
        build(tmp_path, files)
        build(tmp_path / "fresh", files)
        assert tree(tmp_path / "site") == tree(tmp_path / "fresh" / "site")
        shutil.rmtree(tmp_path / "fresh")
        links = {path.stat().st_nlink for path in (tmp_path / "site").rglob("*.html")}
        assert links <= {1, 2}


def test_a_file_that_becomes_a_folder(tmp_path: Path) -> None:
    """A path that was a file may become a folder, and the other way round."""
    for files in ({"a": b"file"}, {"a/b/c": b"deep"}, {"a": b"file"}, {"a/b": b"less deep"}):
        build(tmp_path, files)
        assert files_of(tmp_path / "site") == files


def replace(path: Path, data: bytes) -> None:
    """Put another file in the place of one, of the same age."""
    status = path.stat()
    path.unlink()
    path.with_name("taken").write_bytes(b"")
    path.write_bytes(data)
    path.with_name("taken").unlink()
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


ALTERATIONS: dict[str, Callable[[Path], object]] = {
    "in place": lambda path: path.write_bytes(b"other"),
    "replaced": lambda path: replace(path, b"about"),
    "touched": lambda path: os.utime(path, ns=(0, 0)),
    "deleted": lambda path: path.unlink(),
    "a link": lambda path: (
        path.rename(path.with_name("away")).with_name(path.name).symlink_to("away")
    ),
    "closed": lambda path: path.chmod(0o600),
}


@pytest.mark.parametrize("kind", ALTERATIONS)
def test_what_was_altered_is_not_present(tmp_path: Path, kind: str) -> None:
    """A file that is not as mujaz wrote it is written anew, and the site is right again."""
    build(tmp_path)
    build(tmp_path, {**SITE, "index.html": b"2"})
    ALTERATIONS[kind](tmp_path / "site" / "en" / "about.html")
    with publish(tmp_path / "site", tmp_path) as publication:
        assert sorted(publication.present) == ["en/index.html", "index.html"]
    if kind == "a link":
        (tmp_path / "site" / "en" / "about.html").unlink()
        (tmp_path / "site" / "en" / "away").unlink()
    assert build(tmp_path, {**SITE, "index.html": b"2"}) == ["en/about.html"]
    assert files_of(tmp_path / "site") == {**SITE, "index.html": b"2"}
    assert stat.S_IMODE((tmp_path / "site" / "en" / "about.html").stat().st_mode) == 0o644


def test_a_folder_behind_a_link_is_not_present(tmp_path: Path) -> None:
    """The very files, but behind a link in the place of their folder, are not the site's."""
    build(tmp_path)
    (tmp_path / "site" / "en").rename(tmp_path / "aside")
    (tmp_path / "site" / "en").symlink_to(tmp_path / "aside")
    with publish(tmp_path / "site", tmp_path) as publication:
        assert list(publication.present) == ["index.html"]
        assert publication.foreign == ["en"]


def test_a_manifest_that_was_altered_is_written_anew(tmp_path: Path) -> None:
    """A site without its manifest is not complete, and what we remember is still ours."""
    build(tmp_path)
    (tmp_path / "site" / "manifest.sha256").write_text("nothing")
    with publish(tmp_path / "site", tmp_path) as publication:
        assert not publication.holds(digests(SITE))
        assert publication.foreign == []
    assert build(tmp_path) == []
    assert "en/about.html" in (tmp_path / "site" / "manifest.sha256").read_text()


INDEXES = [
    b"",
    b"\xff",
    b"[]",
    b"{}",
    b"[" * 100_000,
    b'[0, "SITE", {}]',
    b'[1, "elsewhere", {"index.html": ["0", [1, 2, 3, 4]]}]',
    b'[1, "SITE", {"index.html": 1}]',
    b'[1, "SITE", {"index.html": ["0", [1]]}]',
    b'[1, "SITE", {"index.html": [0, [1, 2, 3, 4]]}]',
    b'[1, "SITE", ["index.html"]]',
]


@pytest.mark.parametrize("index", INDEXES)
def test_an_index_that_is_not_ours(tmp_path: Path, index: bytes) -> None:
    """A broken, old or foreign index remembers nothing; the build is right all the same."""
    build(tmp_path)
    site = os.fsencode(tmp_path.resolve() / "site")
    path = tmp_path / ".mujaz" / "site-index.json"
    text = index.replace(b"SITE", site)
    path.write_bytes(hashlib.sha256(text).hexdigest().encode() + b"\n" + text)
    assert build(tmp_path) == list(SITE)
    assert files_of(tmp_path / "site") == SITE
    assert build(tmp_path) == []


def test_an_index_with_another_letter(tmp_path: Path) -> None:
    """A single letter that is not as we wrote it is enough to believe nothing of an index."""
    build(tmp_path)
    path = tmp_path / ".mujaz" / "site-index.json"
    path.write_bytes(path.read_bytes().replace(b"about", b"abour"))
    assert build(tmp_path) == list(SITE)
    assert files_of(tmp_path / "site") == SITE


def test_a_spare_that_was_meddled_with(tmp_path: Path) -> None:
    """Nothing of the spare is trusted but what is the very file of the site."""
    build(tmp_path)
    build(tmp_path, {**SITE, "index.html": b"2"})
    spare = tmp_path / ".mujaz" / "spare"
    (spare / "en" / "about.html").unlink()
    (spare / "en" / "about.html").write_bytes(b"meddled")
    (spare / "en" / "index.html").unlink()
    (spare / "en" / "index.html").symlink_to(tmp_path)
    (spare / "foreign" / "deep").mkdir(parents=True)
    (spare / "foreign" / "deep" / "file").write_bytes(b"")
    (spare / "en").chmod(0o700)
    assert build(tmp_path) == ["index.html"]
    assert files_of(tmp_path / "site") == SITE
    assert stat.S_IMODE((tmp_path / "site" / "en").stat().st_mode) == 0o755


@pytest.mark.parametrize("what", [".mujaz", ".mujaz/spare", ".mujaz/site-index.json"])
def test_the_workshop_may_be_lost(tmp_path: Path, what: str) -> None:
    """Without ``.mujaz/``, or any part of it, the next site is the same."""
    build(tmp_path)
    build(tmp_path, {**SITE, "index.html": b"2"})
    path = tmp_path / what
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    build(tmp_path)
    assert files_of(tmp_path / "site") == SITE


@pytest.mark.parametrize("kind", ["link", "file"])
def test_a_workshop_that_is_none(tmp_path: Path, kind: str) -> None:
    """Where ``.mujaz`` is a link or a file, the site is staged beside, and it is left alone."""
    (tmp_path / "aside").mkdir()
    if kind == "link":
        (tmp_path / ".mujaz").symlink_to("aside")
    else:
        (tmp_path / ".mujaz").write_text("mine")
    for text in (b"1", b"2"):
        build(tmp_path, {**SITE, "index.html": text})
        assert files_of(tmp_path / "site") == {**SITE, "index.html": text}
    clean(tmp_path / "site", tmp_path)
    assert sorted(each.name for each in tmp_path.iterdir()) == [".mujaz", "aside"]


def test_without_a_spare_nothing_is_kept(tmp_path: Path) -> None:
    """A build that keeps no spare trusts none, and removes what others have kept."""
    build(tmp_path)
    build(tmp_path, {**SITE, "index.html": b"2"})
    assert build(tmp_path, keep_spare=False) == list(SITE)
    assert files_of(tmp_path / "site") == SITE
    assert sorted(each.name for each in tmp_path.iterdir()) == ["site"]


def test_two_outputs_of_one_root(tmp_path: Path) -> None:
    """A site in another folder is never mistaken for the one we remember."""
    other = {**SITE, "index.html": b"other"}
    for _ in range(2):
        build(tmp_path)
        build(tmp_path, other, "other")
        assert files_of(tmp_path / "site") == SITE
        assert files_of(tmp_path / "other") == other


@pytest.mark.skipif(not MEMORY.is_dir(), reason="only Linux has a second disk here")
@pytest.mark.fault(50)
def test_an_output_on_another_disk(tmp_path: Path) -> None:
    """Where the site is on another disk than its sources it is staged beside itself."""
    shared = MEMORY / f"mujaz-test-{os.getpid()}"
    shared.mkdir()
    try:
        for text in (b"1", b"2", b"3"):
            build(tmp_path, {**SITE, "index.html": text}, str(shared / "site"))
            assert files_of(shared / "site") == {**SITE, "index.html": text}
            assert [each.name for each in shared.iterdir()] == ["site"]
        assert build(tmp_path, {**SITE, "index.html": b"3"}, str(shared / "site")) == []
        links = {path.stat().st_nlink for path in (shared / "site").rglob("*.html")}
        assert links == {1}
    finally:
        shutil.rmtree(shared)


@pytest.mark.fault(50)
@pytest.mark.parametrize("number", [errno.EPERM, errno.EMLINK, errno.EXDEV, errno.ENOTSUP])
def test_a_disk_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Where files cannot have two names they are copied, with the files of others."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    build(tmp_path)
    (tmp_path / "site" / "CNAME").write_text("mine")
    (tmp_path / "site" / "latest").symlink_to("en")
    monkeypatch.setattr(os, "link", refuse)
    changed = {**SITE, "index.html": b"2"}
    assert build(tmp_path, changed) == ["index.html"]
    others = {"CNAME": b"mine", "latest": "-> en"}
    assert files_of(tmp_path / "site") == {**changed, **others}
    assert build(tmp_path, changed) == []


# --- leaving without a commit ----------------------------------------------------------------


class WrongError(Exception):
    """Something of ours that goes wrong while a site is built."""


@pytest.mark.parametrize("builds", [0, 1, 2])
def test_leaving_without_a_commit(tmp_path: Path, builds: int) -> None:
    """What was placed is gone, the old site is as it was, and the spare serves the next build."""
    for number in range(builds):
        build(tmp_path, {**SITE, "index.html": b"%d" % number})
    before = tree(tmp_path)
    with suppress(WrongError), publish(tmp_path / "site", tmp_path) as publication:
        publication.place(Route("en/new.html"), b"new")
        raise WrongError
    after = tree(tmp_path)
    after.pop(".mujaz/spare/en/new.html", None)
    dropped = {name for name in before if name not in after}
    assert {name: each for name, each in before.items() if name not in dropped} == after
    assert all(name.startswith(".mujaz/spare/") for name in dropped)
    build(tmp_path)
    assert files_of(tmp_path / "site") == SITE


def test_parents_are_not_left_behind(tmp_path: Path) -> None:
    """The folders that a site was to lie in go again when it was not built."""
    with publish(tmp_path / "deep" / "down" / "site", tmp_path) as publication:
        publication.place(Route("index.html"), b"")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("wanted", [{"new.html": b""}, {"index.html": b"2"}])
def test_a_file_that_was_not_placed(tmp_path: Path, wanted: dict[str, bytes]) -> None:
    """Committing what was neither placed nor present is a mistake of ours, and changes nothing."""
    build(tmp_path)
    before = tree(tmp_path / "site")
    reason = f"{next(iter(wanted))} was not placed"
    with pytest.raises(ValueError, match=reason), publish(tmp_path / "site", tmp_path) as new:
        new.commit(digests({**SITE, **wanted}))
    assert tree(tmp_path / "site") == before


@pytest.mark.fault(53)
def test_a_file_altered_during_the_build(tmp_path: Path) -> None:
    """What was altered after we looked is not taken for ours: the build is refused, once."""
    build(tmp_path)
    with publish(tmp_path / "site", tmp_path) as publication:
        assert len(publication.present) == 3
        publication.place(Route("index.html"), b"2")
        (tmp_path / "site" / "en" / "about.html").write_bytes(b"altered")
        with pytest.raises(OSError, match=r"en/about.html was changed while the site was built"):
            publication.commit(digests({**SITE, "index.html": b"2"}))
    build(tmp_path)
    assert files_of(tmp_path / "site") == SITE


# --- several processes -----------------------------------------------------------------------


def test_forked_processes_place_files(tmp_path: Path) -> None:
    """Forked workers write different files at once, in folders that none has made before."""
    build(tmp_path)
    files = {f"deep/{n % 3}/{n % 7}/{n}.html": b"%d" % n for n in range(200)}
    fork = multiprocessing.get_context("fork")
    with publish(tmp_path / "site", tmp_path) as publication:
        publication.prepare()

        def work(part: int) -> None:
            for name in list(files)[part::4]:
                publication.place(Route(name), files[name])

        workers = [fork.Process(target=work, args=(part,)) for part in range(4)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert [worker.exitcode for worker in workers] == [0] * 4
        publication.commit(digests({**SITE, **files}))
    assert files_of(tmp_path / "site") == {**SITE, **files}


def test_a_forked_process_that_leaves(tmp_path: Path) -> None:
    """A child that leaves the publication neither tidies up nor lets others in."""
    with publish(tmp_path / "site", tmp_path) as publication:
        publication.place(Route("index.html"), b"gateway")
        child = os.fork()
        if child == 0:
            publication.__exit__(None, None, None)
            os._exit(0)
        assert os.waitpid(child, 0)[1] == 0
        publication.commit(digests({"index.html": b"gateway"}))
    assert files_of(tmp_path / "site") == {"index.html": b"gateway"}


MANY = """
import sys
from pathlib import Path
from tests.test_publish import build
root, output, number = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
for turn in range(8):
    build(root, {f"{n}.html": f"{number} {turn}".encode() for n in range(20)}, output)
"""


def several(roots: list[Path], output: str) -> None:
    """Build from several processes at once; each must end well."""
    command = [sys.executable, "-c", MANY]
    started = [
        subprocess.Popen([*command, str(root), output, str(n)], env=environment())
        for n, root in enumerate(roots)
    ]
    assert [each.wait(120) for each in started] == [0] * len(started)


@pytest.mark.fault(52)
@pytest.mark.parametrize("number", [2, 5])
def test_builds_at_once_queue(tmp_path: Path, number: int) -> None:
    """Two and five builds of one folder all end well, and the site is that of one of them."""
    several([tmp_path] * number, "site")
    assert len(set(files_of(tmp_path / "site").values())) == 1
    assert len(files_of(tmp_path / "site")) == 20
    assert sorted(each.name for each in tmp_path.iterdir()) == [".mujaz", "site"]


@pytest.mark.fault(52)
def test_two_roots_into_one_folder_queue(tmp_path: Path) -> None:
    """Builds of two sources into one folder wait for each other as well."""
    roots = [tmp_path / "one", tmp_path / "two"]
    for root in roots:
        root.mkdir()
    several(roots, str(tmp_path / "out"))
    assert len(set(files_of(tmp_path / "out").values())) == 1
    assert sorted(each.name for each in tmp_path.iterdir()) == ["one", "out", "two"]


HOLD = """
import sys, time
from pathlib import Path
from mujaz.write import publish
def waiting():
    print("waiting", flush=True)
root = Path(sys.argv[1])
with publish(root / "site", root, waiting=waiting) as publication:
    publication.prepare()
    print("in", flush=True)
    time.sleep(100)
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Give a process that builds and does not end."""
    with hold(tmp_path) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "in\n"
        yield process
        process.kill()


def hold(root: Path) -> subprocess.Popen[str]:
    """Start a process that builds and does not end."""
    words = [sys.executable, "-c", HOLD, str(root)]
    return subprocess.Popen(words, env=environment(), stdout=subprocess.PIPE, text=True)


@pytest.mark.fault(52)
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_lock_ends_with_its_process(
    tmp_path: Path, holder: subprocess.Popen[str], end: signal.Signals
) -> None:
    """A build that was killed holds nobody up, and what it had staged is gone."""
    assert (tmp_path / ".mujaz" / "staging").is_dir()
    holder.send_signal(end)
    holder.wait(20)
    build(tmp_path)
    assert files_of(tmp_path / "site") == SITE
    assert [each.name for each in (tmp_path / ".mujaz").iterdir()] == ["site-index.json"]


@pytest.mark.fault(52)
def test_a_build_that_waits_is_told_and_may_be_killed(
    tmp_path: Path, holder: subprocess.Popen[str]
) -> None:
    """Waiting is told once; killed while it waits, a build leaves the other alone."""
    with hold(tmp_path) as second:
        assert second.stdout is not None
        assert second.stdout.readline() == "waiting\n"
        second.kill()
        second.wait(20)
    assert (tmp_path / ".mujaz" / "staging").is_dir()
    with hold(tmp_path) as third:
        assert third.stdout is not None
        assert third.stdout.readline() == "waiting\n"
        holder.kill()
        assert third.stdout.readline() == "in\n"
        third.kill()


READ = """
import sys
from pathlib import Path
index, page = (Path(sys.argv[1]) / "site" / name for name in ("index.html", "en/1.html"))
seen, wanted = set(), int(sys.argv[2])
print("reading", flush=True)
while not (Path(sys.argv[1]) / "stop").exists():
    for path in (index, page):
        data = path.read_bytes()
        assert len(data) == wanted and len(set(data)) == 1, data[:20]
        seen.add(data[:1])
print(len(seen))
"""


@pytest.mark.fault(54)
@pytest.mark.skipif(sys.platform != "linux", reason="two renamings are seen by a reader")
def test_a_reader_never_sees_a_gap(tmp_path: Path) -> None:
    """Who reads while sites are published never misses a page, nor sees a part of one."""

    def site(letter: bytes) -> dict[str, bytes]:
        text = letter * 50_000
        return {"index.html": text, **{f"en/{n}.html": text for n in range(20)}}

    build(tmp_path, site(b"a"))
    words = [sys.executable, "-c", READ, str(tmp_path), "50000"]
    with subprocess.Popen(words, env=environment(), stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "reading\n"
        for turn in range(60):
            build(tmp_path, site(b"abc"[turn % 3 : turn % 3 + 1]))
        (tmp_path / "stop").touch()
        seen = reader.stdout.read()
        assert reader.wait(60) == 0
    assert int(seen) == 3


# --- systems that cannot exchange folders ----------------------------------------------------


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Be a system that can neither exchange two folders nor write out a whole disk."""
    monkeypatch.setattr(exchange_module, "_libc", lambda: None)


@pytest.mark.usefixtures("plain")
def test_two_renamings_do_as_well(tmp_path: Path) -> None:
    """Without an exchange the site is the same, with the spare and the files of others."""
    for text in (b"1", b"2", b"3"):
        build(tmp_path, {**SITE, "index.html": text})
        (tmp_path / "site" / "CNAME").write_text("mine")
        everything = {**SITE, "index.html": text, "CNAME": b"mine"}
        assert files_of(tmp_path / "site") == everything
    assert sorted(each.name for each in tmp_path.iterdir()) == [".mujaz", "site"]


@pytest.mark.usefixtures("plain")
@pytest.mark.fault(50)
def test_a_second_renaming_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the new site cannot get its name the old one gets it back."""
    build(tmp_path)
    before = tree(tmp_path / "site")
    real = os.rename

    def fail(one: str, other: str) -> None:
        if one.endswith("staging") and other.endswith("site"):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        real(one, other)

    with monkeypatch.context() as patch:
        patch.setattr(os, "rename", fail)
        with pytest.raises(OSError, match="Input/output error"):
            build(tmp_path, {**SITE, "index.html": b"2"})
    assert tree(tmp_path / "site") == before
    assert sorted(each.name for each in tmp_path.iterdir()) == [".mujaz", "site"]


@pytest.mark.fault(49)
def test_a_site_that_was_away(tmp_path: Path) -> None:
    """A build that was killed between two renamings left the site under another name."""
    build(tmp_path)
    (tmp_path / "site" / "CNAME").write_text("mine")
    before = tree(tmp_path / "site")
    (tmp_path / "site").rename(tmp_path / ".site-mujaz-old")
    with publish(tmp_path / "site", tmp_path) as publication:
        assert publication.holds(digests(SITE))
    assert tree(tmp_path / "site") == before


# --- what arrives late -----------------------------------------------------------------------


@pytest.mark.fault(45)
def test_a_file_of_others_that_arrives_late(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What others put into the site while it is exchanged is in the new one, too."""
    build(tmp_path)
    real = exchange_module.exchange

    def late(staging: str, where: object) -> str:
        (tmp_path / "site" / "en" / "late.txt").write_text("mine")
        (tmp_path / "site" / "late").mkdir()
        (tmp_path / "site" / "late" / "file").write_text("mine too")
        return real(staging, where)  # type: ignore[arg-type]

    monkeypatch.setattr("mujaz.write.publication.exchange", late)
    build(tmp_path, {**SITE, "index.html": b"2"})
    late_ones = {"en/late.txt": b"mine", "late/file": b"mine too"}
    assert files_of(tmp_path / "site") == {**SITE, "index.html": b"2", **late_ones}
    assert "en/late.txt" not in tree(tmp_path / ".mujaz" / "spare")


# --- few handles, strange masks --------------------------------------------------------------


@pytest.mark.fault(51)
def test_a_root_that_is_read_only() -> None:
    """Where no workshop can be made the site is staged beside itself, and nothing is lost."""
    with tempfile.TemporaryDirectory() as name:
        root, output = Path(name) / "root", Path(name) / "output"
        for each in (root, output):
            each.mkdir()
        Path(name).chmod(0o755)
        with nobody(Path(name)):
            root.chmod(0o555)
            for text in (b"1", b"2"):
                build(root, {**SITE, "index.html": text}, str(output / "site"))
                assert files_of(output / "site") == {**SITE, "index.html": text}
        assert list(root.iterdir()) == []
        assert [each.name for each in output.iterdir()] == ["site"]


@pytest.mark.fault(51)
def test_few_file_handles(tmp_path: Path) -> None:
    """48 file handles are enough for a site of many files in many folders."""
    limit = "import resource as r; r.setrlimit(r.RLIMIT_NOFILE, (48, 48))"
    program = f"""{limit}
import sys
from pathlib import Path
from tests.test_publish import build
files = {{f"{{n % 60}}/{{n % 7}}/a/b/c/d/{{n}}.html": b"%d" % n for n in range(300)}}
root = Path(sys.argv[1])
build(root, files)
(root / "site" / "mine" / "deep").mkdir(parents=True)
for n in range(100):
    (root / "site" / "mine" / "deep" / str(n)).write_text("mine")
for text in (b"1", b"2"):
    build(root, {{**files, "index.html": text}})
assert len(list((root / "site").rglob("*.html"))) == 301
assert len(list((root / "site" / "mine" / "deep").iterdir())) == 100
"""
    words = [sys.executable, "-c", program, str(tmp_path)]
    subprocess.run(words, env=environment(), check=True, timeout=60)


@pytest.mark.fault(51)
@pytest.mark.parametrize("umask", [0o077, 0o000, 0o777])
def test_modes_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    """Files are 644 and folders 755 in a first build, with a spare, and without one."""
    old = os.umask(umask)
    try:
        for text, keep in ((b"1", True), (b"2", True), (b"3", True), (b"4", False)):
            if umask == 0o777 and keep:
                continue  # nobody can work in the workshop then
            files = {**SITE, "index.html": text, f"{text.decode()}/new.html": b""}
            build(tmp_path, files, keep_spare=keep)
            for path in [tmp_path / "site", *(tmp_path / "site").rglob("*")]:
                wanted = 0o755 if path.is_dir() else 0o644
                assert stat.S_IMODE(path.stat().st_mode) == wanted, path
    finally:
        os.umask(old)


def test_waiting_is_not_for_nothing(tmp_path: Path) -> None:
    """Who need not wait hears nothing of it."""
    told: list[float] = []
    with publish(tmp_path / "site", tmp_path, waiting=lambda: told.append(time.time())):
        pass
    assert told == []
