"""Settings: ``site.yaml`` → ``Settings``.

Enters: the raw document. Leaves: settings and problems. What is left out gets its default here
and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from mujaz.fields import Fields, is_null
from mujaz.model import Language, RawDocument, Settings, YamlMapping, YamlText
from mujaz.problems import CODES, Location, Problem, Severity
from mujaz.text import nearest

KEYS = (
    "title",
    "tagline",
    "base_url",
    "languages",
    "months",
    "digits",
    "publisher",
    "footer",
    "accent",
    "logo",
    "licence",
    "nav",
    "checks",
)
MONTHS = ("gregorian", "levantine", "maghreb", "dual")
DIGITS = ("latn", "arab")
_ACCENT = "#5b2333"
_NAV = ("briefings", "topics", "sources")


def validate_settings(document: RawDocument | None) -> tuple[Settings, list[Problem]]:
    """Return the settings; without a file, defaults (a problem was reported by ``load``)."""
    problems: list[Problem] = []
    start = Location(document.path if document else "content/site.yaml")
    node = document.data if document else None
    fields = Fields(node, start, KEYS, tuple(Language), problems)
    languages = _languages(fields)
    fields.languages = languages
    nav = fields.texts("nav") if fields.node("nav") else [(name, start) for name in _NAV]
    blank = dict.fromkeys(languages, "")
    settings = Settings(
        title=fields.localized("title", required=True) or blank,
        tagline=fields.localized("tagline") or blank,
        base_url=_base_url(fields),
        languages=languages,
        months=_per_language(fields, "months", {Language.AR: MONTHS, Language.EN: MONTHS[:1]}),
        digits=_per_language(fields, "digits", dict.fromkeys(Language, DIGITS)),
        publisher=fields.localized("publisher"),
        footer=fields.localized("footer"),
        accent=_accent(fields),
        logo=fields.text("logo"),
        licence=fields.text("licence"),
        nav=tuple(name for name, _ in nav),
        checks=_checks(fields),
        places={
            "site": start,
            "base_url": fields.place("base_url"),
            "logo": fields.place("logo"),
            **{f"nav.{name}": where for name, where in nav},
        },
    )
    return settings, problems


def parse_base_url(text: str) -> str:
    """Return a base URL with its final slash; ``ValueError`` says what is wrong with it."""
    try:
        parts = urlsplit(text)
        is_address = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:  # brackets that are no IPv6 address, a port that is no number
        is_address = False
    if not is_address:
        raise ValueError(f"{text} is not a web address; write https://name.example/path/")
    if re.search(r"[?#@\s\"<>\\^`{|}]", text) or not text.isprintable():
        raise ValueError(f"{text} cannot be a base address; leave out ?, #, @, blanks and quotes")
    return text if text.endswith("/") else f"{text}/"


def _base_url(fields: Fields) -> str:
    node = fields.node("base_url")
    if node is None or (isinstance(node, YamlText) and not node.value):
        return ""
    return fields.parsed("base_url", parse_base_url, "value-invalid") or ""


def _languages(fields: Fields) -> tuple[Language, ...]:
    found = []
    known = [str(each) for each in Language]
    for name, where in fields.texts("languages", required=fields.node("languages") is not None):
        if name in known:
            found.append(Language(name))
        else:
            close = nearest(name, known)
            fields.report(
                "language-unknown",
                where,
                f"there is no language {name}",
                f"did you mean {close}?" if close else f"mujaz has {', '.join(known)}",
            )
    return tuple(found) or tuple(Language)


def _per_language(
    fields: Fields, key: str, options: Mapping[Language, tuple[str, ...]]
) -> Mapping[Language, str]:
    """Return one of the options of each language, the first where nothing is written."""
    inner = fields.mapping(key, [str(each) for each in Language])
    return {
        each: (inner.choice(each, options[each], name=f"{key}: {each}") if inner else "")
        or options[each][0]
        for each in fields.languages
    }


def _accent(fields: Fields) -> str:
    accent = fields.text("accent") or _ACCENT
    if re.fullmatch(r"#[0-9a-fA-F]{6}", accent):
        return accent.lower()
    fields.report(
        "value-invalid",
        fields.place("accent"),
        f"accent {accent} is not a colour",
        'write six hex digits in quotes, such as "#7a1f2b"',
    )
    return _ACCENT


def _checks(fields: Fields) -> Mapping[str, Severity | None]:
    changeable = [code for code, entry in CODES.items() if not entry.fixed]
    words = [*(str(each) for each in Severity), "off"]
    node = fields.node("checks")
    written = node.entries if isinstance(node, YamlMapping) else {}
    inner = fields.mapping("checks", written)
    severities: dict[str, Severity | None] = {}
    for code, (where, value) in written.items():
        if code not in CODES:
            close = nearest(code, CODES)
            hint = f"did you mean {close}?" if close else f"the codes are {', '.join(changeable)}"
            fields.report("key-unknown", where, f"there is no code {code}", hint)
        elif code not in changeable:
            hint = f"these can be changed: {', '.join(changeable)}"
            fields.report("code-unknown", where, f"{code} always stays an error", hint)
        elif inner and not is_null(value) and (word := inner.choice(code, words)):
            severities[code] = None if word == "off" else Severity(word)
    return severities
