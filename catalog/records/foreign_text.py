"""What stands in foreign text that must not act unseen on a page: hidden characters, and addresses that are no web addresses."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from urllib.parse import urlsplit

# Format characters that a script needs and that change no order (soft hyphen, the two joiners): a reader of Arabic or Persian
# must not see badges for them.
HARMLESS_FORMATS = frozenset({"\u00ad", "\u200c", "\u200d"})
LINKED_SCHEMES = frozenset({"http", "https"})


def segments_of(text: str) -> Iterator[tuple[str, str]]:
    """Cut a text at its invisible characters.

    Yields pairs: (text, "") as it reads, and (code point such as U+202E, its Unicode name) for each character that shows nothing
    yet moves or hides what stands around it. Names and credit lines are read for who they name, so such characters are shown.
    """
    start = 0
    for place, letter in enumerate(text):
        if _is_unseen(letter):
            if place > start:
                yield text[start:place], ""
            yield f"U+{ord(letter):04X}", unicodedata.name(letter, "no name")
            start = place + 1
    if start < len(text):
        yield text[start:], ""


def visible(text: str) -> str:
    """Return a text with each invisible character as its code point in brackets, for places that hold no mark-up."""
    return "".join(f"[{piece}]" if name else piece for piece, name in segments_of(text))


def linkable(address: str | None) -> str | None:
    """Return an address if a page may link to it: http and https only, with a host."""
    if not address:
        return None
    try:
        parts = urlsplit(address.strip())
        host = parts.hostname
    except ValueError:
        return None
    return address.strip() if parts.scheme.lower() in LINKED_SCHEMES and host else None


def _is_unseen(letter: str) -> bool:
    if letter.isprintable() or letter in HARMLESS_FORMATS:
        return False
    kind = unicodedata.category(letter)
    return kind in {"Cf", "Zl", "Zp", "Co", "Cn"} or (kind == "Cc" and letter not in "\n\t")
