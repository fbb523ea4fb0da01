"""Tell a page in which language and direction a text stands."""

from __future__ import annotations

from catalog.captions.language import language_of as read_language
from catalog.captions.language import script_of


def language_of(text: str, declared: str | None) -> str:
    """Return the BCP 47 tag of a text: declared, else read, else undetermined in its script, so that fonts fit."""
    return read_language(text, declared).language or script_of(text)


def direction_of(text: str, declared: str | None) -> str:
    """Return rtl or ltr: as most letters run, else as the declared language does."""
    return "rtl" if read_language(text, declared).direction == "rtl" else "ltr"
