"""How foreign text, dates and sizes are written on a report's page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalog.records.foreign_text import segments_of
from catalog.records.partial_date import PartialDate
from catalog.records.text import shown

_MINUTE, _SECOND = len("10:00"), len("10:00:00")
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8}){0,8}")


def language_tag(language: str | None) -> str:
    """Return the value of `lang` for a text: as declared if it can be a tag (BCP 47), else empty: unknown."""
    return language if language and _LANGUAGE_TAG.fullmatch(language) else ""


def segments(text: str) -> Iterator[tuple[str, str]]:
    """Cut a text at its invisible characters, as `segments_of`; controls and lone surrogates are U+FFFD before that."""
    return segments_of(shown(text))


def written_date(date: PartialDate | None) -> str:
    """Write a date no more precise than it is known, in ISO order, to the minute; as stated if nobody could read it."""
    if date is None:
        return ""
    if date.edtf is None:
        return date.raw
    day, _, rest = date.edtf.partition("T")
    return f"{day} {rest[:_MINUTE]} {rest[_SECOND:]}".rstrip() if rest else day


def written_size(size_bytes: int) -> str:
    """Write a number of bytes in the largest unit that leaves at least 1."""
    size = float(size_bytes)
    for unit in ("B", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"
