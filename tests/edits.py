"""A tiny site that its authors never leave alone: what they may do to it, drawn by chance.

Enters: a random number generator. Leaves: a ``Draft`` – the files of a site, as values – and edits
of it, each a function that says what it did. Every name and every sentence is invented.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

TAGS = ("ar", "en")
KEYS = ("0a1b2c3d4e5f6071", "1111222233334444", "2c3d4e5f60718293")
SLUGS = ("ice", "bell", "quay", "heron", "fare", "fog")
TOPICS = ("boats", "times", "crew")
WORDS = ("Ferry", "جسر", "Bell & rope", "رصيف الحجر", "Heron", "{{ 7 }}", "<b>", "مَدّ", "Z")
DATES = ("2031-03-09", "2031-03-10", "2030-12-31", "2029-01-01", "2031-03-09")
ISSUED = ("null", "2031-03", "2030-11/2030-12", "../2031-01", "2029", "2031-03-07")
COLOURS = ("#7a1f2b", "#005f73", "#808080")

Fields = dict[str, str]


class Link(str):
    """The target of a symbolic link, in the place of a file's bytes."""

    __slots__ = ()


def front(fields: Fields, text: str) -> str:
    """Return a Markdown file."""
    return "\n".join(["---", *(f"{k}: {v}" for k, v in fields.items() if v), "---", text, ""])


@dataclass
class Draft:
    """The files of a site as values; ``faults`` are files that hide others until they are mended.

    ``options`` are those of the command line: drafts, base_url, output, strict.
    """

    chance: random.Random
    settings: Fields = field(default_factory=dict)
    names: dict[str, Fields] = field(default_factory=dict)
    sources: dict[str, Fields] = field(default_factory=dict)
    topics: dict[tuple[str, str], tuple[Fields, str]] = field(default_factory=dict)
    briefings: dict[tuple[str, str], tuple[Fields, str]] = field(default_factory=dict)
    pages: dict[tuple[str, str], tuple[Fields, str]] = field(default_factory=dict)
    others: dict[str, str | bytes] = field(default_factory=dict)
    faults: dict[str, str | bytes | None] = field(default_factory=dict)
    options: dict[str, object] = field(default_factory=dict)

    def files(self) -> dict[str, str | bytes]:
        """Return path → content of every file, those of faults in the place of the sound ones."""
        found: dict[str, str | bytes] = dict(self.others)
        found["content/site.yaml"] = "".join(f"{k}: {v}\n" for k, v in self.settings.items())
        found["content/names.yaml"] = "".join(f"- {record(n)}\n" for n in self.names.values())
        for key, fields in self.sources.items():
            text = "".join(f"{k}: {v}\n" for k, v in fields.items())
            found[f"content/sources/{key}.yaml"] = text
        for folder in ("topics", "briefings", "pages"):
            for (slug, tag), (fields, text) in getattr(self, folder).items():
                found[f"content/{folder}/{slug}.{tag}.md"] = front(fields, text)
        for path, fault in self.faults.items():
            found.pop(path, None)
            if fault is not None:
                found[path] = fault
        return found

    def word(self) -> str:
        """Return a word that is quoted as YAML text."""
        return f'"{self.chance.choice(WORDS)} {self.chance.randrange(30)}"'

    def both(self) -> str:
        """Return a word in each language."""
        return f"{{ar: {self.word()}, en: {self.word()}}}"

    def some(self, things: tuple[str, ...]) -> list[str]:
        """Return some of the things, at least one, in any order."""
        return self.chance.sample(things, self.chance.randint(1, len(things)))


def record(fields: Fields) -> str:
    """Return a mapping on one line."""
    return "{" + ", ".join(f"{k}: {v}" for k, v in fields.items()) + "}"


def make_draft(seed: int) -> Draft:
    """Return a site of four pairs of briefings, two topics, three sources and a page."""
    draft = Draft(random.Random(seed))  # noqa: S311 - the same every time is what is wanted
    draft.settings = {
        "title": "{ar: عبّارة, en: Ferry}",
        "base_url": "https://ferry.example/",
        "languages": "[ar, en]",
    }
    draft.names["board"] = {"id": "board", "kind": "organisation", "origin": "true"}
    draft.names["board"] |= {"ar": "المجلس", "en": "Board"}
    for key in KEYS:
        draft.sources[key] = new_source(draft, key)
    for slug in TOPICS[:2]:
        for tag in TAGS:
            draft.topics[slug, tag] = {"label": slug, "summary": "a"}, "Boats."
    for slug in SLUGS[:4]:
        for tag in TAGS:
            draft.briefings[slug, tag] = new_briefing(draft, tag)
    for tag in TAGS:
        draft.pages["about", tag] = {"title": "About"}, f"We [read](../briefings/ice.{tag}.md)."
    draft.others = {
        "content/images/quay.png": b"a picture",
        "templates/_own.html": "mine",
        "static/own.txt": "mine",
    }
    draft.options = {"drafts": False, "base_url": None, "output": "site", "strict": False}
    return draft


def new_source(draft: Draft, key: str) -> Fields:
    """Return a record."""
    fields = {"id": f'"{key}"', "type": "report", "language": draft.chance.choice(TAGS)}
    fields |= {"label": draft.both(), "paragraphs": "6", "origins": "[board]"}
    return fields | {"issued": draft.chance.choice(ISSUED), "topics": "[boats]"}


def new_briefing(draft: Draft, tag: str) -> tuple[Fields, str]:
    """Return a briefing that cites what it lists."""
    cited = draft.some(KEYS)
    fields = {"title": draft.word(), "date": draft.chance.choice(DATES), "summary": draft.word()}
    fields |= {"topics": f"[{', '.join(draft.some(TOPICS[:2]))}]"}
    fields |= {"sources": f"[{', '.join(cited)}]"}
    marks = [f"{draft.word()} sails [@{key}, ¶ {draft.chance.randint(1, 6)}]." for key in cited]
    marks.append(f"See [it](../pages/about.{tag}.md) ![quay](../images/quay.png)")
    return fields, "\n\n".join(["## A {#a}", *marks])


# --- edits -----------------------------------------------------------------------------------

Edit = Callable[[Draft], str]
EDITS: list[Edit] = []


def edit(function: Edit) -> Edit:
    """Add an edit to those that may be drawn."""
    EDITS.append(function)
    return function


def pick(draft: Draft, folder: str) -> tuple[str, str] | None:
    """Return slug and language of one document."""
    known = sorted(getattr(draft, folder))
    return draft.chance.choice(known) if known else None


@edit
def change_briefing(draft: Draft) -> str:
    """Change one key of a briefing, or take it away."""
    if not (key := pick(draft, "briefings")):
        return "no briefing"
    fields, _ = draft.briefings[key]
    changes: dict[str, Callable[[], str]] = {
        "title": draft.word,
        "summary": draft.word,
        "date": lambda: draft.chance.choice(DATES),
        "lastmod": lambda: draft.chance.choice(["", "2031-04-01", "2031-04-02"]),
        "topics": lambda: f"[{', '.join(draft.some(TOPICS[:2]))}]",
        "draft": lambda: draft.chance.choice(["true", "false", ""]),
        "aliases": lambda: draft.chance.choice(["[old]", "[older, oldest]", "[gone]", ""]),
        "authors": lambda: draft.chance.choice(["[the crew]", ""]),
        "corrections": lambda: f"[{{date: 2031-04-0{draft.chance.randint(1, 9)}, note: Nine.}}]",
    }
    name = draft.chance.choice(sorted(changes))
    fields[name] = changes[name]()
    return f"{name} of {key}: {fields[name]}"


@edit
def rewrite_briefing(draft: Draft) -> str:
    """Write the text of a briefing anew, with other citations and sources."""
    if not (key := pick(draft, "briefings")):
        return "no briefing"
    fields, text = new_briefing(draft, key[1])
    draft.briefings[key] = {**draft.briefings[key][0], "sources": fields["sources"]}, text
    return f"text of {key}"


@edit
def change_heading(draft: Draft) -> str:
    """Rename a heading, to which the page or nobody links; or link from the page to it."""
    slug, tag = pick(draft, "briefings") or ("ice", "en")
    if (slug, tag) in draft.briefings and draft.chance.random() < 1 / 2:
        fields, text = draft.briefings[slug, tag]
        new = draft.chance.choice(["{#a}", "{#b}", "", "again\n\n## A\n\n## A"])
        draft.briefings[slug, tag] = fields, f"## A {new}\n{text.partition(chr(10))[2]}"
        return f"heading of {slug}.{tag}: {new}"
    if ("about", tag) in draft.pages:
        anchor = draft.chance.choice(["", "#a", "#b"])
        text = f"We [read](../briefings/{slug}.{tag}.md{anchor}) [@{draft.chance.choice(KEYS)}]."
        draft.pages["about", tag] = draft.pages["about", tag][0], text
        return f"link to {slug}.{tag}{anchor}"
    return "no page"


@edit
def add_briefing(draft: Draft) -> str:
    """Add a briefing in one language, or in both."""
    slug = draft.chance.choice(SLUGS)
    tags = draft.some(TAGS)
    for tag in tags:
        draft.briefings[slug, tag] = new_briefing(draft, tag)
    return f"add {slug} {tags}"


@edit
def remove_briefing(draft: Draft) -> str:
    """Delete one version of a briefing."""
    key = pick(draft, "briefings")
    draft.briefings.pop(key or ("", ""), None)
    return f"delete {key}"


@edit
def rename_briefing(draft: Draft) -> str:
    """Give a briefing another slug; what lay there is lost."""
    key = pick(draft, "briefings")
    if key is None:
        return "no briefing"
    slug = draft.chance.choice(SLUGS)
    draft.briefings[slug, key[1]] = draft.briefings.pop(key)
    return f"rename {key} to {slug}"


@edit
def change_source(draft: Draft) -> str:
    """Change a record."""
    key = draft.chance.choice(sorted(draft.sources))
    changes: dict[str, Callable[[], str]] = {
        "title": lambda: draft.chance.choice(["null", draft.word()]),
        "label": draft.both,
        "origins": lambda: draft.chance.choice(["[]", "[board]", "[pilots]", "[board, pilots]"]),
        "issued": lambda: draft.chance.choice(ISSUED),
        "topics": lambda: draft.chance.choice(["[]", "[boats]", "[times, boats]"]),
        "language": lambda: draft.chance.choice(TAGS),
        "paragraphs": lambda: draft.chance.choice(["6", "7", "5"]),
        "publisher": draft.word,
    }
    name = draft.chance.choice(sorted(changes))
    draft.sources[key][name] = changes[name]()
    return f"{name} of {key}: {draft.sources[key][name]}"


@edit
def add_or_remove_source(draft: Draft) -> str:
    """Add a record that nobody cites, or take one away."""
    key = draft.chance.choice([*KEYS, "4444555566667777"])
    if key in draft.sources:
        if len(draft.sources) > 1:
            del draft.sources[key]
        return f"delete {key}"
    draft.sources[key] = new_source(draft, key)
    return f"add {key}"


@edit
def change_names(draft: Draft) -> str:
    """Change a name, or add one."""
    name = draft.chance.choice(["board", "pilots"])
    draft.names[name] = {"id": name, "kind": "organisation", "ar": draft.word()}
    draft.names[name] |= {
        "en": draft.word(),
        "origin": draft.chance.choice(["true"] * 4 + ["false"]),
    }
    return f"name {name}: {draft.names[name]}"


@edit
def change_topic(draft: Draft) -> str:
    """Change a topic, add or delete a version of one."""
    key = (draft.chance.choice(TOPICS), draft.chance.choice(TAGS))
    if key in draft.topics and draft.chance.random() < 1 / 5:
        del draft.topics[key]
        return f"delete {key}"
    fields = {"label": draft.word(), "summary": draft.word()}
    fields["order"] = draft.chance.choice(["", "1", "2"])
    fields["gaps"] = draft.chance.choice(["", f"[{draft.word()}]"])
    draft.topics[key] = fields, draft.chance.choice(["", "Boats.", f"Boats [@{KEYS[0]}]."])
    return f"topic {key}: {fields}"


@edit
def change_page(draft: Draft) -> str:
    """Change, add or delete a plain page."""
    key = (draft.chance.choice(["about", "about", "crew"]), draft.chance.choice(TAGS))
    if key in draft.pages and draft.chance.random() < 1 / 4:
        del draft.pages[key]
        return f"delete page {key}"
    draft.pages[key] = {"title": draft.word()}, f"{draft.word()} [@{draft.chance.choice(KEYS)}]"
    return f"page {key}"


@edit
def change_settings(draft: Draft) -> str:
    """Change a key of the settings."""
    changes: dict[str, Callable[[], str]] = {
        "title": draft.both,
        "tagline": draft.both,
        "nav": lambda: draft.chance.choice(["[briefings, about]", "[topics]", "[crew, sources]"]),
        "base_url": lambda: draft.chance.choice(["https://ferry.example/", "https://b.example/x/"]),
        "months": lambda: "{ar: " + draft.chance.choice(["gregorian", "levantine"]) + "}",
        "digits": lambda: "{ar: " + draft.chance.choice(["latn", "arab"]) + "}",
        "accent": lambda: f'"{draft.chance.choice(COLOURS)}"',
        "languages": lambda: draft.chance.choice(["[ar, en]", "[en, ar]", "[en]", "[ar, en]"]),
        "publisher": draft.both,
        "checks": lambda: draft.chance.choice(["{}", "{source-uncited: note}"]),
    }
    name = draft.chance.choice(sorted(changes))
    draft.settings[name] = changes[name]()
    return f"{name}: {draft.settings[name]}"


@edit
def change_look(draft: Draft) -> str:
    """Add, change or delete a template, a catalogue, a style sheet, a static file or a picture."""
    texts: dict[str, Callable[[], str]] = {
        "templates/stub.html": lambda: f"stub {draft.word()} {{{{ link.href }}}}",
        "templates/_own.html": draft.word,
        "templates/page.html": lambda: f"{draft.word()} {{{{ title.text }}}}",
        "templates/locale/en.po": lambda: f'msgid "Home"\nmsgstr {draft.word()}\n',
        "static/css/site.css": draft.word,
        "static/own.txt": draft.word,
        "static/deep/خريطة.txt": draft.word,
        "content/images/quay.png": draft.word,
        "content/images/deep/a b.png": draft.word,
    }
    path = draft.chance.choice(sorted(texts))
    if path in draft.others and path != "content/images/quay.png" and draft.chance.random() < 1 / 3:
        del draft.others[path]
        return f"delete {path}"
    draft.others[path] = texts[path]()
    return f"{path}: {draft.others[path]!r}"


@edit
def change_options(draft: Draft) -> str:
    """Give other flags on the command line."""
    values: dict[str, tuple[object, ...]] = {
        "drafts": (False, True),
        "base_url": (None, None, "", "https://c.example/"),
        "output": ("site", "site", "public"),
        "strict": (False, False, True),
    }
    name = draft.chance.choice(sorted(values))
    draft.options[name] = draft.chance.choice(values[name])
    return f"{name}: {draft.options[name]}"


@edit
def change_letter(draft: Draft) -> str:
    """Change one letter, so that the file keeps its size."""
    if not (key := pick(draft, "briefings")):
        return "no briefing"
    fields, text = draft.briefings[key]
    letter = draft.chance.choice("bcdfg")
    draft.briefings[key] = fields, text.replace(" sails ", f" sail{letter} ")
    return f"letter {letter} in {key}"


@edit
def heal(draft: Draft) -> str:
    """Make sure that everything leads somewhere, so that the next builds come to their end."""
    draft.faults.clear()
    draft.settings.pop("nav", None)
    draft.settings["languages"] = "[ar, en]"
    draft.options["strict"] = False
    for name in ("board", "pilots"):
        draft.names[name] = {"id": name, "kind": "organisation", "ar": "م", "en": "B"}
        draft.names[name]["origin"] = "true"
    for key in KEYS:
        draft.sources.setdefault(key, new_source(draft, key))["paragraphs"] = "6"
    for tag in TAGS:
        for slug in TOPICS[:2]:
            draft.topics.setdefault((slug, tag), ({"label": slug, "summary": "a"}, ""))
        for slug in ("ice", "bell"):
            fields, text = draft.briefings.get((slug, tag), new_briefing(draft, tag))
            draft.briefings[slug, tag] = fields | {"draft": ""}, text
        draft.pages["about", tag] = {"title": "About"}, f"[Read](../briefings/ice.{tag}.md)."
    taken = set(draft.briefings)
    for (_, tag), (fields, _) in sorted(draft.briefings.items()):
        for alias in fields.get("aliases", "")[1:-1].split(", "):
            if (alias, tag) in taken:
                fields["aliases"] = ""
            taken.add((alias, tag))
    return "heal"


FAULTS: dict[str, str | bytes | None] = {
    "content/briefings/ice.en.md": "---\ntitle: Ice\n",
    "content/briefings/bell.ar.md": front({"titel": "x"}, f"[@{KEYS[0][:-1]}2]"),
    "content/briefings/fog.en.md": b"---\ntitle: caf\xe9\n---\n",
    "content/briefings/twin.en.md": front(
        {"title": "a", "date": "2031-01-01", "summary": "a", "topics": "[boat]", "sources": "[]"}
        | {"aliases": "[ice, heron]"},
        "Wide [link](gone.en.md) ![x](../images/gone.png) <b>",
    ),
    f"content/sources/{KEYS[1]}.yaml": f'id: "{KEYS[0]}"\nlabel: {{ar: a, en: a}}\nparagraphs: 2\n',
    f"content/sources/{KEYS[2]}.yaml": None,
    "content/names.yaml": "- {id: [\n",
    "content/site.yaml": "title: {ar: a, en: a}\nnav: [abuot]\n",
    "content/topics/boats.en.md": None,
    "content/pages/raw.en.md": front({"title": "Raw"}, "<b>bold</b> [x](#gone)"),
    "content/notes.txt": "a stray file",
    "content/pages/link.en.md": Link("about.en.md"),
    "content/pages/.hidden.md": "hidden",
    "content/pages/About.en.md": front({"title": "Twice"}, ""),
    "static/css/theme.css": "in the way",
    "templates/home.html": "{{ nothing }}",
    "templates/source.html": "{% if %}",
    "templates/locale/ar.po": "msgid nothing",
}
"""Files that are wrong, or (None) missing: each hides what lies under its path."""


@edit
def break_something(draft: Draft) -> str:
    """Make a mistake."""
    path = draft.chance.choice(sorted(FAULTS))
    draft.faults[path] = FAULTS[path]
    return f"break {path}"


def mend(draft: Draft) -> Iterator[str]:
    """Correct all mistakes, or some of them; yield what was corrected."""
    for path in sorted(draft.faults):
        if draft.chance.random() < 2 / 3:
            del draft.faults[path]
            yield f"mend {path}"
