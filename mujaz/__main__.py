"""`python -m mujaz` does what the command `mujaz` does."""

from mujaz.cli import main

raise SystemExit(main())
