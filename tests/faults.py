"""Every look at the disk and every change of it that publishing makes, failing one at a time.

Run as ``python -m tests.faults error|interrupt fresh|old|spare``, in a process of its own, since an
audit hook (PEP 578) cannot be taken back. The hook sees each opening, renaming, removing and making
of a file, and can refuse it before it happens. Leaves: JSON, one entry for each change in turn.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

from mujaz.model import Route
from mujaz.write import publish
from tests.program import tree

CHANGES = ("open", "os.", "shutil.")
TIDYING = {"os.remove", "os.rmdir", "os.scandir"}
"""What removing takes: where that fails, litter waits for the next build."""


class Disk:
    """Refuses the change of that number, once; counts them while it is armed."""

    def __init__(self, error: BaseException) -> None:
        self.error = error
        self.armed = False
        self.target = 0
        self.count = 0
        self.operation = ""
        self.place = ""

    def arm(self, target: int) -> None:
        """Refuse the change of that number from now on."""
        self.target, self.count, self.operation, self.place = target, 0, "", ""
        self.armed = True

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        """Count an event of the interpreter, and refuse it if it is the one."""
        if not self.armed or not event.startswith(CHANGES):
            return
        self.count += 1
        if self.count == self.target:
            self.operation, self.place = event, str(arguments[0]) if arguments else ""
            raise self.error


def write(root: Path, word: str, start: str) -> None:
    """Publish a site of four files; one stays the same. Only ``spare`` keeps what it can."""
    pages = {"index.html": f"{word} all", "ar/index.html": "ar", f"en/{word}/index.html": "en"}
    files = {Route(name): text.encode() for name, text in {**pages, "picture.png": ""}.items()}
    with publish(root / "site", root, keep_spare=start == "spare") as publication:
        present = publication.present
        digests = {name: sha256(data).hexdigest() for name, data in files.items()}
        for name, data in files.items():
            if present.get(name) != digests[name]:
                publication.place(name, data)
        publication.commit(digests)


def prepare(root: Path, start: str) -> None:
    """Make the state that a build starts from: nothing, or an old site with foreign files."""
    root.mkdir()
    site = root / "site"
    if start != "fresh":
        write(root, "older", start)
        write(root, "old", start)
        (site / "CNAME").write_text("ferry.example")
        (site / "ar" / "link").symlink_to("index.html")
        (site / "foreign" / "deep").mkdir(parents=True)
        (site / "foreign" / "deep" / "file").write_text("mine")


def litter(root: Path) -> list[str]:
    """Return what a build should have removed: anything but the site, the spare and the index."""
    found = {each.name for each in root.iterdir()} - {"site", ".mujaz"}
    workshop = root / ".mujaz"
    if workshop.exists():
        found |= {each.name for each in workshop.iterdir()} - {"spare", "site-index.json"}
    return sorted(found)


def shoot(disk: Disk, folder: Path, target: int, start: str) -> dict[str, object]:
    """Build once with one change refused; say what became of the folder."""
    root = folder / "ferry"
    site = root / "site"
    prepare(root, start)
    old = tree(site)
    raised = ""
    disk.arm(target)
    try:
        write(root, "new", start)
    except (OSError, KeyboardInterrupt) as error:
        raised = type(error).__name__
    disk.armed = False
    left = litter(root)
    now = tree(site)
    state = "old" if now == old and site.exists() is (start != "fresh") else "mixed"
    if now == tree(folder / "whole" / "site"):
        state = "new"
    write(root, "new", start)
    healed = tree(site) == tree(folder / "whole" / "site") and not litter(root)
    shutil.rmtree(root)
    return {
        "operation": disk.operation,
        "place": disk.place,
        "raised": raised,
        "state": state,
        "litter": left,
        "tidying": disk.operation in TIDYING,
        "healed": healed,
    }


def main(kind: str, start: str) -> None:
    """Print what happened at each change, until a build goes through with none refused."""
    errors = {"error": OSError(errno.EIO, os.strerror(errno.EIO)), "interrupt": KeyboardInterrupt()}
    disk = Disk(errors[kind])
    sys.addaudithook(disk)
    shots: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(folder / "whole", start)
        write(folder / "whole", "new", start)
        while not shots or shots[-1]["operation"]:
            shots.append(shoot(disk, folder, len(shots) + 1, start))
    print(json.dumps(shots[:-1]))  # noqa: T201 - the answer of this program


if __name__ == "__main__":
    main(*sys.argv[1:])
