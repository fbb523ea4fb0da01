"""How foreign text stands on a report's page: its language, its invisible characters, and which addresses may be links."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import urlsplit

from catalog.records.partial_date import PartialDate
from catalog.records.text import shown

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8}){0,8}")
# Format characters that scripts need and that move nothing: soft hyphen, the two joiners.
_NEEDED_FORMATS = frozenset({"\u00ad", "\u200c", "\u200d"})
_LINKED_SCHEMES = frozenset({"http", "https"})


def language_tag(language: str | None) -> str:
    """Return the value of `lang` for a text: as declared if it can be a tag (BCP 47), else empty: unknown."""
    return language if language and _LANGUAGE_TAG.fullmatch(language) else ""


def segments(text: str) -> Iterator[tuple[str, str]]:
    """Cut a text at characters that show nothing yet move or hide what stands around them.

    Yields pairs: (text, "") as it reads, or (code point, Unicode name) for one such character. Control characters and lone
    surrogates are U+FFFD before that.
    """
    run = ""
    for letter in shown(text):
        if unicodedata.category(letter) in {"Cf", "Zl", "Zp", "Co", "Cn"} and letter not in _NEEDED_FORMATS:
            if run:
                yield run, ""
            run = ""
            yield f"U+{ord(letter):04X}", unicodedata.name(letter, "no name")
        else:
            run += letter
    if run:
        yield run, ""


def linkable(address: str | None) -> str:
    """Return an address if the page may link to it: http and https with a host; empty otherwise."""
    if not address:
        return ""
    try:
        parts = urlsplit(address.strip())
        host = parts.hostname
    except ValueError:
        return ""
    return address.strip() if parts.scheme.lower() in _LINKED_SCHEMES and host else ""


def written_date(date: PartialDate | None) -> str:
    """Write a date no more precise than it is known, in ISO order; as stated if nobody could read it."""
    if date is None:
        return ""
    return date.edtf.replace("T", " ") if date.edtf else date.raw


def written_size(size_bytes: int) -> str:
    """Write a number of bytes in the largest unit that leaves at least 1."""
    size = float(size_bytes)
    for unit in ("B", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"
