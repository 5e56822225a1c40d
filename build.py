"""`python build.py` is `mujaz build`: the site in this folder, built into site/."""

from mujaz.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
