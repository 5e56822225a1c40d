"""Holes: mark-up with holes and ``Hooks`` → the HTML of a text on one page.

Enters: the ``Piece`` values of a text, and what the page tells. Leaves: ``Markup``. Never looks
anything up: an address or a citation mark is asked from the hooks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from mujaz.model import Piece
from mujaz.text import escaped

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_WEB = re.compile(r"https?:", re.IGNORECASE)


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


def to_html(pieces: Iterable[Piece], hooks: Hooks) -> Markup:
    """Return the HTML of a text on one page."""
    return Markup(_fill(pieces, hooks))  # noqa: S704 - every text was escaped in its piece


def _fill(pieces: Iterable[Piece], hooks: Hooks) -> str:
    return "".join(
        piece if isinstance(piece, str) else _FILLERS[piece.kind](piece.value, hooks)
        for piece in pieces
    )


def _link(written: str, hooks: Hooks) -> str:
    """Open a link up to its attributes; one that the page cannot offer is a span."""
    url = hooks.href(written)
    if url is None:
        return "<span"
    rel = ' rel="noopener noreferrer"' if _WEB.match(url) else ""
    return f'<a href="{escaped(_encoded(url))}"{rel}'


def _link_end(written: str, hooks: Hooks) -> str:
    """Close a link, or the span in its place."""
    return "</span>" if hooks.href(written) is None else "</a>"


def _image(picture: tuple[str, str, tuple[Piece, ...], str], hooks: Hooks) -> str:
    """Show a picture; one that the page cannot offer leaves its alternative text."""
    written, alt, attributes, caption = picture
    url = hooks.href(written)
    if url is None:
        return alt
    rest = _fill(attributes, hooks)
    return f'<img src="{escaped(_encoded(url))}" alt="{alt}" loading="lazy"{rest}>{caption}'


def _region(_: None, hooks: Hooks) -> str:
    """Make a region that scrolls by itself; none where the page has no name for it."""
    name = hooks.table
    return f' role="region" tabindex="0" aria-label="{escaped(name)}"' if name else ""


def _encoded(url: str) -> str:
    """Percent-encode what a URL cannot hold (RFC 3986), keeping what is already encoded."""
    return quote(url, safe="%/:=&?~#+!$,;'@()*[]") if _SCHEME.match(url) else url


_FILLERS: dict[str, Callable[..., str]] = {
    "link": _link,
    "link end": _link_end,
    "image": _image,
    "table": _region,
    "mark": lambda numbers, hooks: hooks.mark(numbers),
    "prefix": lambda _, hooks: hooks.prefix,
    "sign": lambda number, hooks: escaped(hooks.footnote_label(number)),
    "footnotes": lambda _, hooks: escaped(hooks.footnotes),
    "back": lambda _, hooks: escaped(hooks.back),
}
