"""mujaz: a static site generator for bilingual briefings with checked citations."""

__version__ = "0.1.0"
