"""HTML: tokens → mark-up with holes for what only a page can know.

Enters: the tokens of a document. Leaves: ``Piece`` values, which ``holes`` makes whole for each
page. Every text is escaped here; nothing an author wrote becomes a tag or an attribute name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from mujaz.markdown.plain import plain_text
from mujaz.model import Hole, Piece
from mujaz.text import escaped

_ALIGN = {"left": "start", "center": "center", "right": "end"}
PREFIX = "s-"
"""Stands before an author's ids and classes, so that none can shadow a page's own."""

Pieces = tuple[Piece, ...]
_PREFIX = Hole("prefix")


def to_pieces(tokens: Sequence[Token]) -> Pieces:
    """Return the mark-up of a text; two strings never follow each other."""
    joined: list[Piece] = []
    run: list[str] = []
    for piece in _render(tokens):
        if isinstance(piece, str):
            run.append(piece)
        else:
            joined += ["".join(run), piece]
            run.clear()
    return tuple(piece for piece in (*joined, "".join(run)) if piece)


@dataclass(slots=True)
class _Spot:
    """One token among its neighbours; ``links`` has the addresses of the links around it."""

    tokens: Sequence[Token]
    index: int
    in_figure: bool
    links: list[str] = field(default_factory=list)

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


def _render(tokens: Sequence[Token], *, in_figure: bool = False) -> list[Piece]:
    spot = _Spot(tokens, 0, in_figure)
    pieces: list[Piece] = []
    for index, token in enumerate(tokens):
        spot.index = index
        if token.type == "text":
            content = token.content
            pieces.append(escaped(content.rstrip() if spot.before_citation else content))
        elif token.type in _PLAIN and not token.attrs and not token.hidden:
            pieces.append(_PLAIN[token.type].format(token.tag))
        elif token.type == "inline":
            before = spot.neighbour(-1)
            figure = _is_picture(token) and before is not None and _opens_figure(before)
            pieces += _render(token.children or [], in_figure=figure)
        elif token.type in _FIXED:
            pieces.append(_FIXED[token.type])
        else:
            pieces += _RULES.get(token.type, _tag)(spot)
    return pieces


def _is_picture(inline: Token | None) -> bool:
    """Say whether a paragraph's text is one picture and nothing else."""
    children = (inline.children if inline else None) or []
    return len(children) == 1 and children[0].type == "image"


def _opens_figure(opening: Token) -> bool:
    return opening.type == "paragraph_open" and not opening.hidden


def _attributes(token: Token, without: tuple[str, ...] = ()) -> Pieces:
    """Return a token's attributes, ids and classes prefixed, values escaped."""
    pieces: list[Piece] = []
    for name, value in token.attrs.items():
        if name == "id":
            pieces += [' id="', _PREFIX, f'{PREFIX}{escaped(str(value))}"']
        elif name == "class":
            classes = " ".join(f"{PREFIX}{each}" for each in str(value).split())
            pieces.append(f' class="{escaped(classes)}"')
        elif name not in without:
            pieces.append(f' {name}="{escaped(str(value))}"')
    return tuple(pieces)


def _tag(spot: _Spot) -> Pieces:
    """Render a plain tag: a paragraph, a list, a heading."""
    token = spot.token
    if token.hidden:
        return ()
    if token.nesting == -1:
        return (f"</{token.tag}>\n" if token.block else f"</{token.tag}>",)
    return (f"<{token.tag}", *_attributes(token), ">")


def _paragraph(spot: _Spot) -> Pieces:
    """Render a paragraph; a picture that stands alone becomes a figure."""
    if _is_picture(spot.neighbour(spot.token.nesting)) and not spot.token.hidden:
        if spot.token.nesting == -1:
            return ("</figure>\n",)
        return ("<figure", *_attributes(spot.token), ">")
    return _tag(spot)


def _rule(spot: _Spot) -> Pieces:
    """Render a line between two parts of a text."""
    return ("<hr", *_attributes(spot.token), ">\n")


def _cell(spot: _Spot) -> Pieces:
    """Open a cell; an alignment becomes start or end, never left or right."""
    token = spot.token
    scope = ' scope="col"' if token.tag == "th" else ""
    style = str(token.attrs.get("style", "")).removeprefix("text-align:")
    align = f' class="align-{_ALIGN[style]}"' if style in _ALIGN else ""
    return (f"<{token.tag}{scope}{align}>",)


def _text(spot: _Spot) -> Pieces:
    """Escape a text; the blank before a citation goes, so that its mark hugs the word."""
    content = spot.token.content
    return (escaped(content.rstrip() if spot.before_citation else content),)


def _verbatim(spot: _Spot) -> Pieces:
    """Show the text of a flaw, or of raw HTML, as it stands."""
    return (escaped(spot.token.content),)


def _softbreak(spot: _Spot) -> Pieces:
    """Render a line break of the source, unless a citation follows it."""
    return () if spot.before_citation else ("\n",)


def _citation_group(spot: _Spot) -> Pieces:
    """Leave a hole for the marks of a group."""
    return (Hole("mark", spot.token.meta["numbers"]),)


def _link_open(spot: _Spot) -> Pieces:
    """Open a link; its address depends on the page."""
    written = str(spot.token.attrs.get("href", ""))
    spot.links.append(written)
    return (Hole("link", written), *_attributes(spot.token, without=("href",)), ">")


def _link_close(spot: _Spot) -> Pieces:
    """Close a link."""
    return (Hole("link end", spot.links.pop()),)


def _image(spot: _Spot) -> Pieces:
    """Render a picture; its title becomes a caption."""
    token = spot.token
    alt = escaped(plain_text(token.children or [])[0])
    attributes = _attributes(token, without=("src", "alt", "title"))
    title = token.attrs.get("title", "")
    tag = "figcaption" if spot.in_figure else "span"
    caption = f"<{tag}>{escaped(str(title))}</{tag}>" if title else ""
    return (Hole("image", (str(token.attrs.get("src", "")), alt, attributes, caption)),)


def _code_inline(spot: _Spot) -> Pieces:
    """Render code left to right and isolated, unless it holds Arabic."""
    token = spot.token
    letters = {unicodedata.bidirectional(character) for character in token.content}
    direction = "" if letters & {"AL", "R"} else ' dir="ltr"'
    return (f"<code{direction}", *_attributes(token), f">{escaped(token.content)}</code>")


def _code_block(spot: _Spot) -> Pieces:
    """Render a block of code, left to right; the language of a fence is a class."""
    token = spot.token
    words = token.info.split()
    language = re.sub(r"[^A-Za-z0-9_+#-]", "", words[0]) if words else ""
    name = f' class="language-{escaped(language)}"' if language else ""
    code = f"><code{name}>{escaped(token.content)}</code></pre>\n"
    return ('<pre dir="ltr"', *_attributes(token), code)


def _table_open(spot: _Spot) -> Pieces:
    """Open a table inside a region that scrolls by itself where it is too wide."""
    return ('<div class="table"', Hole("table"), ">\n<table", *_attributes(spot.token), ">\n")


def _footnote_ref(spot: _Spot) -> Pieces:
    """Render the mark of a footnote, isolated from its neighbours."""
    number = spot.token.meta["id"] + 1
    return (
        '<sup class="footnote"><a href="#',
        _PREFIX,
        f'fn-{number}" id="',
        _PREFIX,
        f'{_footnote_mark(spot)}"><bdi>',
        Hole("sign", number),
        "</bdi></a></sup>",
    )


def _footnote_block_open(_: _Spot) -> Pieces:
    """Open the footnotes at the end of a text."""
    return ('<section class="footnotes" aria-label="', Hole("footnotes"), '">\n<ol>\n')


def _footnote_open(spot: _Spot) -> Pieces:
    """Open one footnote with its sign."""
    number = spot.token.meta["id"] + 1
    opening = f'fn-{number}"><span class="sign"><bdi>'
    return ('<li id="', _PREFIX, opening, Hole("sign", number), "</bdi></span>\n")


def _footnote_anchor(spot: _Spot) -> Pieces:
    """Render the way back to a footnote's mark; ``^`` has no direction to mirror."""
    mark = f'{_footnote_mark(spot)}" aria-label="'
    return (' <a class="back" href="#', _PREFIX, mark, Hole("back"), '">^</a>')


def _footnote_mark(spot: _Spot) -> str:
    meta = spot.token.meta
    again = f"-{meta['subId'] + 1}" if meta["subId"] else ""
    return f"fnref-{meta['id'] + 1}{again}"


_PLAIN = dict.fromkeys(
    ("heading_open", "bullet_list_open", "list_item_open", "strong_open", "em_open", "tr_open"),
    "<{}>",
) | dict.fromkeys(("heading_close", "bullet_list_close", "list_item_close", "tr_close"), "</{}>\n")
"""Tags that, without attributes, say nothing but their names."""

_FIXED = {
    "hardbreak": "<br>\n",
    "table_close": "</table>\n</div>\n",
    "footnote_block_close": "</ol>\n</section>\n",
    "footnote_close": "</li>\n",
}
_RULES: dict[str, Callable[[_Spot], Pieces]] = {
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
