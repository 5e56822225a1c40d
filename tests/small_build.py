"""A small site that is published as the pipeline does it, in as few steps as can be.

Run as ``python -m tests.small_build FOLDER VERSION``, to be shot at (see ``sweep``); therefore it
imports next to nothing. Leaves: the site; exit code 1 if the system did not let us.
"""

from __future__ import annotations

import sys
from hashlib import sha256
from pathlib import Path

from mujaz.model import Route
from mujaz.write import publish


def pages(version: str) -> dict[str, str]:
    """Return the sources of a small site: a template, and the texts of its pages."""
    texts = {"index": "gateway", "ar/index": "home", "en/index": "home", "en/about": "about"}
    if version == "old":
        texts |= {"en/winter": "winter", "gone/only": "gone"}
    else:
        texts |= {"en/about": "about the ferry", "en/spring": "spring", "new/deep/only": "new"}
    mark = "v2" if version == "template" else "v1"
    return {f"{name}.html": f"<!-- {mark} -->{text}\n" for name, text in texts.items()}


def build(root: Path, version: str) -> list[str]:
    """Publish a version as the pipeline does: place what changed, and commit if anything did."""
    wanted = {Route(name): text.encode() for name, text in pages(version).items()}
    digests = {name: sha256(data).hexdigest() for name, data in wanted.items()}
    with publish(root / "site", root) as publication:
        if publication.holds(digests):
            return list(publication.foreign)
        for name, data in wanted.items():
            if publication.present.get(name) != digests[name]:
                publication.place(name, data)
        return publication.commit(digests)


def build_alone(root: Path, version: str) -> int:
    """Build in a process of its own; return 1 if the system did not let us."""
    try:
        build(root, version)
    except OSError:
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(build_alone(Path(sys.argv[1]), sys.argv[2]))
