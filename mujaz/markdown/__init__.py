"""Markdown: ``parse`` turns a body into tokens and facts, ``to_html`` turns tokens into HTML."""

from mujaz.markdown.html import PREFIX, Hooks, to_html
from mujaz.markdown.parser import parse

__all__ = ["PREFIX", "Hooks", "parse", "to_html"]
