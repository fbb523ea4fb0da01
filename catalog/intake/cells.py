"""Text out of a cell of a manifest, with the bytes it had there."""

from __future__ import annotations

import base64
import re
import unicodedata

from catalog.records.text import RecordedText

_WORD = re.compile(r"[^\W\d_]+")
# One or two letters say nothing about a codec: almost every byte is some letter in both.
_TELLING_LETTERS = 3


def cell_of(text: str) -> RecordedText:
    """Record a cell whose bytes were read as UTF-8 with `surrogateescape`; its exact bytes come back.

    Bytes that are not UTF-8 are shown with the legacy codec that makes words of them, else with replacement characters.
    """
    return cell_of_bytes(text.encode("utf-8", "surrogateescape"))


def cell_of_bytes(raw: bytes) -> RecordedText:
    """Record bytes of a cell, as UTF-8 or else with the codec that `legacy_codec_of` finds."""
    recorded = RecordedText.from_bytes(raw)
    if recorded.is_exact:
        return recorded
    return RecordedText.from_bytes(raw, legacy_codec_of(raw) or "utf-8")


def legacy_codec_of(raw: bytes) -> str | None:
    """Return cp1251 or cp1256 when the bytes read as words of Cyrillic or Arabic script with it, else None.

    Both codecs read almost any bytes, so the words decide: letters beyond ASCII must all be of the one script, and Cyrillic words
    must have capitals only at their start or throughout. Arabic read as cp1251 has capitals in the middle of words.
    """
    for codec, script in (("cp1251", "CYRILLIC"), ("cp1256", "ARABIC")):
        try:
            text = raw.decode(codec)
        except UnicodeDecodeError:
            continue
        words = [word for word in _WORD.findall(text) if not word.isascii()]
        if any(len(word) >= _TELLING_LETTERS for word in words) and all(_is_word(word, script) for word in words):
            return codec
    return None


def base64_of(raw: bytes) -> str:
    """Return bytes as base64 text, the form in which `*_base64` keys carry them."""
    return base64.b64encode(raw).decode("ascii")


def _is_word(word: str, script: str) -> bool:
    is_cased_like_one = word.islower() or word.isupper() or word[1:].islower() or script == "ARABIC"
    return is_cased_like_one and all(unicodedata.name(letter, "").startswith(script) for letter in word)
