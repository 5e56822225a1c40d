"""The parser: CommonMark, tables, footnotes, attributes and citations.

Enters: the body of a document. Leaves: a ``Body`` (tokens and facts) and problems. Never reads a
disk and never renders. The rules in use, and their order, stand in ``make_parser``.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import autolink, backtick, image, link
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
from mdit_py_plugins.footnote import footnote_plugin

from mujaz.markdown.attributes import (
    ALLOWED,
    braces_rule,
    heading_rule,
    line_rule,
    refusal_rule,
    rule_named,
    span_rule,
)
from mujaz.markdown.bounds import inline_rule
from mujaz.markdown.citations import bare_rule, citation_rule, cited_link_rule, unsigned_rule
from mujaz.markdown.direction import direction_rule
from mujaz.markdown.dispatch import DispatchingBlock, DispatchingInline
from mujaz.markdown.emphasis import emphasis_rule
from mujaz.markdown.facts import gather
from mujaz.markdown.headings import level_rule
from mujaz.markdown.places import located, place_rule
from mujaz.markdown.quotations import quotation_rule
from mujaz.markdown.raw_html import raw_html_rule
from mujaz.markdown.references import (
    definition_rule,
    footnote_definition_rule,
    nested_footnote_rule,
    undefined_rule,
)
from mujaz.markdown.tables import table_rule
from mujaz.markdown.typography import quotes_rule
from mujaz.model import Body, Language
from mujaz.problems import Problem

_OPTIONS: Any = {"maxNesting": 50, "html": False, "store_labels": True}
_INTERRUPTED = ["paragraph", "reference", "blockquote", "list"]


class Parser(MarkdownIt):
    """markdown-it that keeps every address as the author wrote it; ``resolve`` judges them."""

    block: DispatchingBlock
    inline: DispatchingInline

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - markdown-it's name
        """Accept every address here: a bad one becomes a problem, not text."""
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - markdown-it's name
        """Return the address unchanged; it is encoded when it is rendered."""
        return url


@cache
def make_parser() -> Parser:
    """Return the one parser, with its rules in their order. Tokens are made anew in each parse."""
    parser = Parser("js-default", _OPTIONS)
    parser.block, parser.inline = DispatchingBlock(), DispatchingInline()
    parser.disable(["linkify", "replacements", "smartquotes", "strikethrough", "html_block"])
    footnote_plugin(parser, inline=False)
    attrs_block_plugin(parser, allowed=ALLOWED)
    attrs_plugin(parser, spans=True, allowed=ALLOWED)
    _set_block_rules(parser)
    _set_inline_rules(parser)
    _set_core_rules(parser)
    parser.block.prepare()
    parser.inline.prepare()
    return parser


def _set_block_rules(parser: Parser) -> None:
    block = parser.block.ruler
    block.at("footnote_def", footnote_definition_rule, {"alt": ["paragraph", "reference"]})
    block.at("reference", definition_rule)
    block.at("blockquote", quotation_rule, {"alt": _INTERRUPTED})
    block.at("table", table_rule, {"alt": ["paragraph", "reference"]})
    block.at("attr", line_rule(rule_named(block, "attr")))


def _set_inline_rules(parser: Parser) -> None:
    inline = parser.inline.ruler
    inline.at("emphasis", emphasis_rule)
    inline.at("link", located(link, ("link_open",)))
    inline.at("image", located(image, ("image",)))
    inline.at("backticks", located(backtick, ("code_inline",)))
    inline.at("autolink", located(autolink, ("link_open",)))
    inline.at("html_inline", raw_html_rule)
    inline.before("link", "citation", citation_rule)
    inline.before("link", "bare_citation", bare_rule)
    inline.before("link", "unsigned_citation", unsigned_rule)
    inline.after("link", "cited_link", cited_link_rule)
    inline.at("span", located(span_rule(rule_named(inline, "span")), ("span_open",)))
    inline.at("attr", braces_rule(rule_named(inline, "attr")))
    inline.after("footnote_ref", "undefined", undefined_rule)


def _set_core_rules(parser: Parser) -> None:
    core = parser.core.ruler
    core.at("inline", inline_rule)
    core.before("inline", "heading_attributes", heading_rule)
    core.before("inline", "heading_levels", level_rule)
    core.before("footnote_tail", "nested_footnotes", nested_footnote_rule)
    core.after("inline", "places", place_rule)
    core.after("text_join", "quotes", quotes_rule)
    core.after("quotes", "direction", direction_rule)
    core.after("direction", "refusals", refusal_rule)


def parse(text: str, path: str, first_line: int, language: Language) -> tuple[Body, list[Problem]]:
    """Return the body of a document and what is wrong in it.

    ``first_line`` is the line of the file, from 1, on which ``text`` starts.
    """
    environment: dict[str, Any] = {"language": language.value}
    tokens = make_parser().parse(text, environment)
    return gather(tokens, environment, path, first_line)
