"""Settings of Pelican: a category per language; topics and sources are tags."""

import json
from pathlib import Path

words = json.loads((Path(__file__).parent / "words.json").read_text("utf-8"))

AUTHOR = SITENAME = "Archipelago Ferries"
SITEURL = FEED_DOMAIN = words["base"]
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
PATH = "content"
ARTICLE_PATHS = ["ar", "en"]
PAGE_PATHS = ["pages"]
THEME = "theme"
MARKDOWN: dict[str, dict[str, dict[str, str]]] = {
    "extension_configs": {"markdown.extensions.extra": {}, "markdown.extensions.smarty": {}}
}

# Both versions are articles of their own, so that every list and feed has all of its language.
ARTICLE_TRANSLATION_ID = PAGE_TRANSLATION_ID = None
ARTICLE_URL = ARTICLE_SAVE_AS = "{category}/briefings/{slug}.html"
PAGE_URL = PAGE_SAVE_AS = PAGE_LANG_URL = PAGE_LANG_SAVE_AS = "{lang}/{slug}.html"
CATEGORY_URL = CATEGORY_SAVE_AS = "{slug}/briefings/index.html"
TAG_URL = TAG_SAVE_AS = "{slug}.html"
TAG_REGEX_SUBSTITUTIONS: list[tuple[str, str]] = []
AUTHOR_SAVE_AS = ""
DIRECT_TEMPLATES = ["sitemap"]
SITEMAP_SAVE_AS = "sitemap.xml"
for language in words["languages"]:
    for name in ("home", "topics", "sources"):
        DIRECT_TEMPLATES.append(f"{name}_{language}")
        folder = "" if name == "home" else f"{name}/"
        globals()[f"{name}_{language}_SAVE_AS".upper()] = f"{language}/{folder}index.html"
PAGINATED_TEMPLATES = {"category": 100}
PAGINATION_PATTERNS = (
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/page/{number}/index.html", "{base_name}/page/{number}/index.html"),
)
FEED_ALL_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
CATEGORY_FEED_ATOM = "{slug}/feed.xml"
FEED_MAX_ITEMS = 30

CACHE_CONTENT = LOAD_CONTENT_CACHE = True
CONTENT_CACHING_LAYER = "generator"

JINJA_GLOBALS = {"words": words}
JINJA_ENVIRONMENT = {"trim_blocks": True, "lstrip_blocks": True}
