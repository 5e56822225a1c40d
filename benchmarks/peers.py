"""The other generators: installed once, in the versions of ``peers.toml``.

Enters: the folder for them. Leaves: an environment of Python and ``node_modules`` in it. Nothing is
done where the same versions are there already.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
import venv
from pathlib import Path

PINS = Path(__file__).parent / "peers.toml"


def versions() -> dict[str, str]:
    """Return the version of every package that is pinned."""
    pins = tomllib.loads(PINS.read_text("utf-8"))
    found = dict(each.split("==") for each in pins["pypi"])
    found |= dict(each.rsplit("@", 1) for each in pins["npm"])
    return {name.split("[")[0].split("/")[-1]: version for name, version in found.items()}


def install(folder: Path) -> None:
    """Install the generators into a folder, unless it has them."""
    stamp, wanted = folder / "installed", PINS.read_text("utf-8")
    if stamp.is_file() and stamp.read_text("utf-8") == wanted:
        return
    print("installing the other generators", file=sys.stderr)
    pins = tomllib.loads(wanted)
    venv.create(folder / "venv", clear=True, with_pip=True)
    pip = [f"{folder}/venv/bin/python", "-m", "pip", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--quiet", "--quiet", *pins["pypi"]], check=True)
    npm = ["npm", "install", "--prefix", f"{folder}", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run([*npm, *pins["npm"]], check=True, stdout=subprocess.DEVNULL)
    stamp.write_text(wanted, "utf-8")
