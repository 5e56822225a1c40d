"""File names: a place below ``content/`` → what lies there, or what is wrong with its name.

Enters: the parts of a path. Leaves: a ``Place`` (kind, name, language) and problems. Never looks at
a disk or into a file.
"""

from __future__ import annotations

import os
import re
import unicodedata
from typing import NamedTuple

from mujaz.characters import describe
from mujaz.ids import explain_id
from mujaz.model import Kind, Language
from mujaz.problems import Location, Problem, problem
from mujaz.text import ascii_digits, nearest, printable, strip_controls

LONGEST_SLUG = 100
LONGEST_NAME = 255
"""The most bytes of a name that common disks hold."""

PICTURES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")
IMAGES = "images"
_RECORDS = {"site.yaml": Kind.SETTINGS, "names.yaml": Kind.NAMES}
_FOLDERS = {kind.value: kind for kind in (Kind.SOURCE, Kind.TOPIC, Kind.BRIEFING, Kind.PAGE)}
_LATER = frozenset(
    {
        "translations.lock.yaml",
        "quotes.lock.yaml",
        "figures.yaml",
        "events.yaml",
        "disagreements.yaml",
    }
)
_KNOWN = (*_RECORDS, *_FOLDERS, IMAGES, *sorted(_LATER))

_SKIPPED = re.compile(
    r"\..*|.*~|.*\.(?:swp|swo|bak|orig|tmp)|#.*#|Thumbs\.db|desktop\.ini", re.DOTALL
)
_UNUSABLE = re.compile(
    '[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff<>:"|?*\\\\]'
)
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MARKDOWN = re.compile(r"(?P<stem>.*)\.(?:md|markdown|mdown|mkdn?|mdx)", re.IGNORECASE | re.DOTALL)
_PICTURE = re.compile(r".*\.(?:jpe?g|png|gif|svg|webp|avif)", re.IGNORECASE | re.DOTALL)
_LANGUAGES = {str(each): each for each in Language}
_PLAIN = re.compile(rf"([a-z0-9-]+)\.({'|'.join(_LANGUAGES)})\.md")
_LANGUAGE_ENDING = re.compile(rf"(?P<slug>.+)[-_ ](?P<tag>{'|'.join(Language)})", re.IGNORECASE)
_PAGES = (
    *("index", "briefings", "topics", "sources", "feed", "timeline"),
    *("figures", "disagreements", "names", "search"),
)
_RESERVED = {Kind.PAGE: _PAGES, Kind.BRIEFING: ("index",), Kind.TOPIC: ("index",)}


class Place(NamedTuple):
    """What lies at a path: a document of some kind, a picture, or nothing that is read."""

    kind: Kind | None = None
    name: str = ""
    language: Language | None = None
    picture: bool = False


NOTHING = Place()


def is_skipped(name: str) -> bool:
    """Return whether a file or folder is hidden, or a copy that an editor or a system left."""
    return _SKIPPED.fullmatch(name) is not None


def same_name(name: str) -> str:
    """Return the key under which some systems take two names for one (NFC, full case folding)."""
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def check_name(name: str, path: str) -> Problem | None:
    """A name is UTF-8, without control characters and without those that Windows reserves."""
    found = _UNUSABLE.search(name)
    if found is None:
        return None
    what = f"the name has {describe(found[0]) if not found[0].isprintable() else found[0]}"
    if "\ud800" <= found[0] <= "\udfff":
        what = "the name is not UTF-8"
    return problem("file-name", Location(path), what, "rename it, best with a-z, 0-9 and hyphens")


# --- folders ---------------------------------------------------------------------------------


def check_folder(parts: tuple[str, ...], path: str) -> Problem | None:
    """Return what is wrong with a folder; the files of a wrong one are not looked at."""
    top = parts[0]
    if top == IMAGES:
        return check_portable_name(parts[-1], path) if len(parts) > 1 else None
    if top in _FOLDERS:
        if len(parts) == 1:
            return None
        what = f"folders inside {top}/ are not read"
        return _unexpected(path, what, f"move the files to content/{top}/")
    if top in _KNOWN:
        return _unexpected(path, f"{top} must be a file, not a folder", "rename it or move it away")
    return _unexpected(path, "mujaz does not know this folder", _did_you_mean(top, folder=True))


def _unexpected(path: str, what: str, hint: str) -> Problem:
    return problem("file-unexpected", Location(path), what, hint)


def _did_you_mean(name: str, *, folder: bool) -> str:
    candidates = (*_FOLDERS, IMAGES) if folder else _KNOWN
    meant = nearest(re.sub(r"\.ya?ml$", ".yaml", name, flags=re.IGNORECASE), candidates)
    slash = "/" if folder or (meant and "." not in meant) else ""
    return f"did you mean {meant}{slash}?" if meant else "move it out of content/"


# --- files -----------------------------------------------------------------------------------


def recognise(parts: tuple[str, ...], path: str) -> tuple[Place, list[Problem]]:
    """Return what a file is by its path, with the problems of its name.

    A name that is only badly spelt (a slug or an ID) is recognised all the same, so that the file
    can be checked.
    """
    top, name = parts[0], parts[-1]
    if len(parts) == 1:
        return _top_file(name, path)
    if top == IMAGES:
        trouble = check_portable_name(name, path) or _check_picture_kind(name, path)
        return (NOTHING, [trouble]) if trouble else (Place(picture=True), [])
    kind = _FOLDERS[top]
    return _record(name, path) if kind is Kind.SOURCE else _document(kind, name, path)


def _top_file(name: str, path: str) -> tuple[Place, list[Problem]]:
    if name in _RECORDS:
        return Place(_RECORDS[name], name.removesuffix(".yaml")), []
    if name in _LATER:
        return NOTHING, []
    if name in _KNOWN:
        return NOTHING, [
            _unexpected(path, f"{name} must be a folder, not a file", "rename it or move it away")
        ]
    hint = _did_you_mean(name, folder=False)
    if _MARKDOWN.fullmatch(name):
        hint = "move it to content/briefings/, content/topics/ or content/pages/"
    return NOTHING, [_unexpected(path, "mujaz does not know this file", hint)]


def check_portable_name(name: str, path: str) -> Problem | None:
    """A copied file's name is its URL: visible, and possible on every system."""
    hidden = next(
        (c for c in name if unicodedata.category(c) == "Cf" and c not in "\u200c\u200d"), ""
    )
    what = f"the name has an invisible {describe(hidden)}" if hidden else ""
    if name != name.strip(" ").rstrip("."):
        what = "the name begins or ends with a space, or ends with a full stop"
    elif _DEVICE.fullmatch(name.partition(".")[0].strip()):
        what = f"{name.partition('.')[0]} is a name that Windows reserves"
    elif (length := len(os.fsencode(name))) > LONGEST_NAME:
        what = f"the name has {length} bytes, the limit is {LONGEST_NAME}"
    return problem("file-name", Location(path), what, "rename it") if what else None


def _check_picture_kind(name: str, path: str) -> Problem | None:
    """Only pictures are published from ``images/``: a page or a script there would be live."""
    if name.lower().endswith(PICTURES):
        return None
    what = f"{name} is not a picture that browsers show"
    return _unexpected(path, what, f"use {', '.join(PICTURES)}")


def _record(name: str, path: str) -> tuple[Place, list[Problem]]:
    """A source is named after its article: 16 hex digits and ``.yaml``."""
    stem, dot, ending = name.rpartition(".")
    if ending != "yaml" or not dot:
        hint = "records end in .yaml"
        if ending.lower() in {"yml", "yaml"}:
            hint = f"rename it to {printable(stem)}.yaml"
        return NOTHING, [_unexpected(path, "this file is not a record of a source", hint)]
    flaw = explain_id(stem)
    if flaw is None:
        return Place(Kind.SOURCE, stem), []
    what = f"the file name is no article ID: {printable(stem)} {flaw}"
    hint = "name it after its article, 16 hex digits 0-9a-f and .yaml"
    return Place(Kind.SOURCE, stem), [problem("id-malformed", Location(path), what, hint)]


def _document(kind: Kind, name: str, path: str) -> tuple[Place, list[Problem]]:
    """A Markdown file is named ``<slug>.<language>.md``."""
    if (plain := _PLAIN.fullmatch(name)) and explain_slug(plain[1], kind) is None:
        return Place(kind, plain[1], _LANGUAGES[plain[2]]), []
    tags = " or ".join(Language)
    stem = name.removesuffix(".md")
    if stem == name:
        return NOTHING, [_no_markdown(kind, name, path)]
    slug, dot, tag = stem.rpartition(".")
    if tag in set(Language) and dot:
        flaw = explain_slug(slug, kind)
        problems = [problem("slug-invalid", Location(path), *flaw)] if flaw else []
        return Place(kind, slug, Language(tag)), problems
    shown = printable(stem)
    what = "the file name does not say its language"
    hint = "write " + " or ".join(f"{shown}.{language}.md" for language in Language)
    if found := _LANGUAGE_ENDING.fullmatch(stem):
        hint = f"write {printable(found['slug'])}.{found['tag'].lower()}.md"
    elif dot:
        what = f"{printable(tag)} is not a language of the site"
        meant = nearest(tag, Language, 1)
        hint = f"before .md must stand {tags}" + (f"; did you mean {meant}?" if meant else "")
    return NOTHING, [problem("language-unknown", Location(path), what, hint)]


def _no_markdown(kind: Kind, name: str, path: str) -> Problem:
    """Return the problem of a file without ``.md`` among Markdown files."""
    hint = f"only files ending in .md belong in {kind}/"
    if found := _MARKDOWN.fullmatch(name):
        hint = f"rename it to {printable(found['stem'])}.md"
    elif _PICTURE.fullmatch(name):
        hint = f"pictures belong in {IMAGES}/"
    return _unexpected(path, "this file is not read", hint)


# --- slugs -----------------------------------------------------------------------------------


def explain_slug(slug: str, kind: Kind) -> tuple[str, str] | None:
    """Return what is wrong with a slug and the way out, None where it is well-formed and free."""
    if _SLUG.fullmatch(slug):
        what = ""
        if slug in _RESERVED.get(kind, ()):
            what = f"{slug} is reserved for a page that every site has"
        elif _DEVICE.fullmatch(slug):
            what = f"{slug} is a name that Windows reserves"
        elif len(slug) > LONGEST_SLUG:
            what = f"the slug has {len(slug)} characters, the limit is {LONGEST_SLUG}"
        return (what, "choose another slug") if what else None
    what = f"a slug has only a-z, 0-9 and single hyphens between them, not {printable(slug)}"
    meant = _suggestion(slug)
    if meant and explain_slug(meant, kind) is None:
        return what, f"did you mean {meant}?"
    if any(char.isalpha() and not char.isascii() for char in slug):
        return what, "write the slug in Latin letters, the same in all languages"
    return what, "choose another slug"


def _suggestion(slug: str) -> str:
    """Return a slug made of the same Latin letters and digits, "" where other letters stand.

    Letters of other scripts are not transliterated: two Arabic words can give one Latin slug.
    """
    from slugify import slugify

    text = strip_controls(ascii_digits(slug))
    foreign = any(char.isalpha() and "LATIN" not in unicodedata.name(char, "") for char in text)
    return "" if foreign else slugify(text)
