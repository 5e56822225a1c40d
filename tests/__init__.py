"""Tests of mujaz: one file for each module, and the built site in a browser."""
