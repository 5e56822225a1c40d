"""Markdown: ``parse`` turns a body into pieces of HTML and facts, ``to_html`` makes them whole."""

from mujaz.markdown.holes import Hooks, to_html
from mujaz.markdown.html import PREFIX
from mujaz.markdown.parser import parse

__all__ = ["PREFIX", "Hooks", "parse", "to_html"]
