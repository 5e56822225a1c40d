"""HTML: tokens → mark-up, with what only a page can know given as ``Hooks``.

Enters: the tokens of a ``Body`` and hooks. Leaves: ``Markup``. Never looks anything up: an address
or a citation mark is asked from the hooks. Every text is escaped here; nothing an author wrote
becomes a tag or an attribute name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from markdown_it.token import Token
from markupsafe import Markup, escape

from mujaz.markdown.plain import plain_text

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_WEB = re.compile(r"https?:", re.IGNORECASE)
_ALIGN = {"left": "start", "center": "center", "right": "end"}
PREFIX = "s-"
"""Stands before an author's ids and classes, so that none can shadow a page's own."""


@dataclass(frozen=True)
class Hooks:
    """What a page tells the renderer.

    ``href``: address as written → URL on this page, or None to leave only the text.
    ``mark``: numbers of the citations of one group → HTML. ``footnote_label``: n → its sign.
    ``footnotes``, ``back``, ``table``: words for the footnotes' heading, the way back, a table.
    ``prefix``: stands before ``s-`` and ``fn-`` ids, where two texts share a page.
    """

    href: Callable[[str], str | None]
    mark: Callable[[tuple[int, ...]], str]
    footnote_label: Callable[[int], str]
    footnotes: str
    back: str
    table: str = ""
    prefix: str = ""


def to_html(tokens: Sequence[Token], hooks: Hooks) -> Markup:
    """Return the HTML of a text."""
    return Markup(_render(tokens, hooks))  # noqa: S704 - every text was escaped here


@dataclass(slots=True)
class _Spot:
    """One token among its neighbours; ``open_links`` has the tags of the links around it."""

    tokens: Sequence[Token]
    index: int
    hooks: Hooks
    in_figure: bool
    open_links: list[str] = field(default_factory=list)

    @property
    def token(self) -> Token:
        return self.tokens[self.index]

    def neighbour(self, step: int) -> Token | None:
        index = self.index + step
        return self.tokens[index] if 0 <= index < len(self.tokens) else None

    @property
    def before_citation(self) -> bool:
        after = self.neighbour(1)
        return after is not None and after.type == "citation_group"


def _render(tokens: Sequence[Token], hooks: Hooks, *, in_figure: bool = False) -> str:
    spot = _Spot(tokens, 0, hooks, in_figure)
    parts = []
    for index, token in enumerate(tokens):
        spot.index = index
        if token.type == "inline":
            before = spot.neighbour(-1)
            figure = _is_picture(token) and before is not None and _opens_figure(before)
            parts.append(_render(token.children or [], hooks, in_figure=figure))
        elif token.type in _FIXED:
            parts.append(_FIXED[token.type])
        else:
            parts.append(_RULES.get(token.type, _tag)(spot))
    return "".join(parts)


def _is_picture(inline: Token | None) -> bool:
    """Say whether a paragraph's text is one picture and nothing else."""
    children = (inline.children if inline else None) or []
    return len(children) == 1 and children[0].type == "image"


def _opens_figure(opening: Token) -> bool:
    return opening.type == "paragraph_open" and not opening.hidden


def _attributes(token: Token, hooks: Hooks, without: tuple[str, ...] = ()) -> str:
    """Return a token's attributes, ids and classes prefixed, values escaped."""
    parts = []
    for name, value in token.attrs.items():
        if name not in without:
            text = str(value)
            if name == "id":
                text = f"{hooks.prefix}{PREFIX}{value}"
            elif name == "class":
                text = " ".join(f"{PREFIX}{each}" for each in text.split())
            parts.append(f' {name}="{escape(text)}"')
    return "".join(parts)


def _tag(spot: _Spot) -> str:
    """Render a plain tag: a paragraph, a list, a heading."""
    token = spot.token
    if token.hidden:
        return ""
    if token.nesting == -1:
        return f"</{token.tag}>\n" if token.block else f"</{token.tag}>"
    return f"<{token.tag}{_attributes(token, spot.hooks)}>"


def _paragraph(spot: _Spot) -> str:
    """Render a paragraph; a picture that stands alone becomes a figure."""
    if _is_picture(spot.neighbour(spot.token.nesting)) and not spot.token.hidden:
        if spot.token.nesting == -1:
            return "</figure>\n"
        return f"<figure{_attributes(spot.token, spot.hooks)}>"
    return _tag(spot)


def _rule(spot: _Spot) -> str:
    """Render a line between two parts of a text."""
    return f"<hr{_attributes(spot.token, spot.hooks)}>\n"


def _cell(spot: _Spot) -> str:
    """Open a cell; an alignment becomes start or end, never left or right."""
    token = spot.token
    scope = ' scope="col"' if token.tag == "th" else ""
    style = str(token.attrs.get("style", "")).removeprefix("text-align:")
    align = f' class="align-{_ALIGN[style]}"' if style in _ALIGN else ""
    return f"<{token.tag}{scope}{align}>"


def _text(spot: _Spot) -> str:
    """Escape a text; the blank before a citation goes, so that its mark hugs the word."""
    content = spot.token.content
    return str(escape(content.rstrip() if spot.before_citation else content))


def _verbatim(spot: _Spot) -> str:
    """Show the text of a flaw, or of raw HTML, as it stands."""
    return str(escape(spot.token.content))


def _softbreak(spot: _Spot) -> str:
    """Render a line break of the source, unless a citation follows it."""
    return "" if spot.before_citation else "\n"


def _citation_group(spot: _Spot) -> str:
    """Ask the page for the marks of a group."""
    return spot.hooks.mark(spot.token.meta["numbers"])


def _link_open(spot: _Spot) -> str:
    """Open a link; one that the page cannot offer leaves its text in a span."""
    url = spot.hooks.href(str(spot.token.attrs.get("href", "")))
    spot.open_links.append("span" if url is None else "a")
    rest = _attributes(spot.token, spot.hooks, without=("href",))
    if url is None:
        return f"<span{rest}>"
    rel = ' rel="noopener noreferrer"' if _WEB.match(url) else ""
    return f'<a href="{escape(_encoded(url))}"{rel}{rest}>'


def _link_close(spot: _Spot) -> str:
    """Close a link, or the span in its place."""
    return f"</{spot.open_links.pop()}>"


def _image(spot: _Spot) -> str:
    """Render a picture; its title becomes a caption."""
    token = spot.token
    url = spot.hooks.href(str(token.attrs.get("src", "")))
    alt = plain_text(token.children or [])[0]
    if url is None:
        return str(escape(alt))
    rest = _attributes(token, spot.hooks, without=("src", "alt", "title"))
    picture = f'<img src="{escape(_encoded(url))}" alt="{escape(alt)}" loading="lazy"{rest}>'
    title = token.attrs.get("title", "")
    tag = "figcaption" if spot.in_figure else "span"
    return f"{picture}<{tag}>{escape(title)}</{tag}>" if title else picture


def _code_inline(spot: _Spot) -> str:
    """Render code left to right and isolated, unless it holds Arabic."""
    token = spot.token
    letters = {unicodedata.bidirectional(character) for character in token.content}
    direction = "" if letters & {"AL", "R"} else ' dir="ltr"'
    return f"<code{direction}{_attributes(token, spot.hooks)}>{escape(token.content)}</code>"


def _code_block(spot: _Spot) -> str:
    """Render a block of code, left to right; the language of a fence is a class."""
    token = spot.token
    words = token.info.split()
    language = re.sub(r"[^A-Za-z0-9_+#-]", "", words[0]) if words else ""
    name = f' class="language-{escape(language)}"' if language else ""
    attributes = _attributes(token, spot.hooks)
    return f'<pre dir="ltr"{attributes}><code{name}>{escape(token.content)}</code></pre>\n'


def _table_open(spot: _Spot) -> str:
    """Open a table inside a region that scrolls by itself where it is too wide."""
    name = escape(spot.hooks.table)
    label = f' role="region" tabindex="0" aria-label="{name}"' if name else ""
    return f'<div class="table"{label}>\n<table{_attributes(spot.token, spot.hooks)}>\n'


def _footnote_ref(spot: _Spot) -> str:
    """Render the mark of a footnote, isolated from its neighbours."""
    hooks, number = spot.hooks, spot.token.meta["id"] + 1
    return (
        f'<sup class="footnote"><a href="#{hooks.prefix}fn-{number}" id="{_footnote_mark(spot)}">'
        f"<bdi>{escape(hooks.footnote_label(number))}</bdi></a></sup>"
    )


def _footnote_block_open(spot: _Spot) -> str:
    """Open the footnotes at the end of a text."""
    return f'<section class="footnotes" aria-label="{escape(spot.hooks.footnotes)}">\n<ol>\n'


def _footnote_open(spot: _Spot) -> str:
    """Open one footnote with its sign."""
    hooks, number = spot.hooks, spot.token.meta["id"] + 1
    sign = f'<span class="sign"><bdi>{escape(hooks.footnote_label(number))}</bdi></span>'
    return f'<li id="{hooks.prefix}fn-{number}">{sign}\n'


def _footnote_anchor(spot: _Spot) -> str:
    """Render the way back to a footnote's mark; ``^`` has no direction to mirror."""
    label = escape(spot.hooks.back)
    return f' <a class="back" href="#{_footnote_mark(spot)}" aria-label="{label}">^</a>'


def _footnote_mark(spot: _Spot) -> str:
    meta = spot.token.meta
    again = f"-{meta['subId'] + 1}" if meta["subId"] else ""
    return f"{spot.hooks.prefix}fnref-{meta['id'] + 1}{again}"


def _encoded(url: str) -> str:
    """Percent-encode what a URL cannot hold (RFC 3986), keeping what is already encoded."""
    return quote(url, safe="%/:=&?~#+!$,;'@()*[]") if _SCHEME.match(url) else url


_FIXED = {
    "hardbreak": "<br>\n",
    "table_close": "</table>\n</div>\n",
    "footnote_block_close": "</ol>\n</section>\n",
    "footnote_close": "</li>\n",
}
_RULES: dict[str, Callable[[_Spot], str]] = {
    "paragraph_open": _paragraph,
    "paragraph_close": _paragraph,
    "th_open": _cell,
    "td_open": _cell,
    "text": _text,
    "text_special": _text,
    "flaw": _verbatim,
    "raw_html": _verbatim,
    "softbreak": _softbreak,
    "citation_group": _citation_group,
    "link_open": _link_open,
    "link_close": _link_close,
    "image": _image,
    "code_inline": _code_inline,
    "code_block": _code_block,
    "fence": _code_block,
    "hr": _rule,
    "table_open": _table_open,
    "footnote_ref": _footnote_ref,
    "footnote_block_open": _footnote_block_open,
    "footnote_open": _footnote_open,
    "footnote_anchor": _footnote_anchor,
}
