"""Every change of the disk that ``write`` makes, failing one at a time.

Run as ``python -m tests.faults error|interrupt fresh|old``, in a process of its own because an
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
from pathlib import Path

from mujaz.model import Output, Route
from mujaz.write import write
from tests.program import tree

CHANGES = ("open", "os.", "shutil.", "tempfile.")
REMOVALS = {"os.remove", "os.rmdir", "shutil.rmtree"}


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


def outputs(root: Path, word: str) -> list[Output]:
    """Return a site of four files; one is a copy of a picture."""
    picture = root / "picture.png"
    pages = {"index.html": "all", "ar/index.html": "ar", f"en/{word}/index.html": "en"}
    made = [Output(Route(name), f"{word} {text}".encode()) for name, text in pages.items()]
    return [*made, Output(Route("images/picture.png"), picture)]


def prepare(root: Path, *, fresh: bool) -> Path:
    """Return the output folder, with an old site and foreign files where it is not fresh."""
    root.mkdir()
    (root / "picture.png").write_bytes(b"picture")
    site = root / "site"
    if not fresh:
        write(outputs(root, "old"), site)
        (site / "CNAME").write_text("ferry.example")
        (site / "ar" / "link").symlink_to("index.html")
        (site / "foreign" / "deep").mkdir(parents=True)
        (site / "foreign" / "deep" / "file").write_text("mine")
    return site


def shoot(disk: Disk, folder: Path, target: int, *, fresh: bool) -> dict[str, object]:
    """Build once with one change refused; say what became of the folder."""
    root = folder / "ferry"
    site = prepare(root, fresh=fresh)
    old = tree(site)
    new = outputs(root, "new")
    raised = ""
    disk.arm(target)
    try:
        write(new, site)
    except (OSError, KeyboardInterrupt) as error:
        raised = type(error).__name__
    disk.armed = False
    left = sorted(each.name for each in root.iterdir() if each.name not in {"site", "picture.png"})
    now = tree(site)
    state = "old" if now == old and site.exists() is not fresh else "mixed"
    if now == tree(folder / "whole" / "site"):
        state = "new"
    inside = not Path(disk.place).is_absolute() or ".site-mujaz" in disk.place
    looks = disk.operation in {"open", "os.scandir"} and inside
    shutil.rmtree(root)
    return {
        "operation": disk.operation,
        "place": disk.place,
        "raised": raised,
        "state": state,
        "litter": left,
        "tidying": disk.operation in REMOVALS or looks,
    }


def main(kind: str, start: str) -> None:
    """Print what happened at each change, until a build goes through with none refused."""
    errors = {"error": OSError(errno.EIO, os.strerror(errno.EIO)), "interrupt": KeyboardInterrupt()}
    fresh = start == "fresh"
    disk = Disk(errors[kind])
    sys.addaudithook(disk)
    shots: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        whole = prepare(folder / "whole", fresh=fresh)
        write(outputs(folder / "whole", "new"), whole)
        while not shots or shots[-1]["operation"]:
            shots.append(shoot(disk, folder, len(shots) + 1, fresh=fresh))
    print(json.dumps(shots[:-1]))  # noqa: T201 - the answer of this program


if __name__ == "__main__":
    main(*sys.argv[1:])
