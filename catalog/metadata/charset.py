"""Which codec reads text whose file does not say."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from catalog.records.text import LEGACY_CODECS, RecordedText

# Only this much of the texts is looked at: a page of text decides as surely as a book.
MAX_SCORED_BYTES = 8_192

# Letters in three tiers (log-probabilities of a letter among the letters outside ASCII, rounded). The tiers are the order of
# letters by frequency in running text: Russian and Ukrainian taken together, Arabic, and the Western European languages that
# write accents. A finer table changed no answer on the samples of tests/metadata/test_charset.py.
_TIERS = {
    "cp1251": ("оеаинтсрвлкмі", "дпуяызьбгчйхжшїє", "юцщэфёъґ"),
    "cp1256": ("اليمنروتبةعدهفسكق", "حجأشصطخضىذثئءغإ،", "زظآؤـ؛؟پچگژ"),
    "cp1252": ("éèàäöüáíóñç", "êâôîûëïßúãõåæøù", "œòìýÿžš¿¡"),
}
_TIER_SCORES = (-2.8, -3.9, -5.5)
_OTHER_LETTER = -8.0
_NOT_A_LETTER = -6.0
_UNREADABLE = -30.0
# A letter of another alphabet inside a word of plain ASCII letters, and the other way about.
_MIXED_WORD = -4.0
# Accented letters of Latin scripts stand alone among plain ones; two side by side happen, a whole word of them does not.
_ACCENTS_SIDE_BY_SIDE = -2.5
# A capital after a small letter inside one word.
_CAPITAL_INSIDE = -5.0


def undeclared_codecs(texts: Sequence[bytes]) -> tuple[str, ...]:
    """Choose the codec of each text of one block that declares none.

    A text that is strict UTF-8 is read as such, also when its last character was cut at a byte limit. All others of the
    block are taken to share one legacy code page, which is chosen by letters and word shapes: cp1251 for Cyrillic, cp1256
    for Arabic, cp1252 otherwise. Time is linear in the length of the texts.
    """
    other = [text for text in texts if not is_utf8(text)]
    legacy = legacy_codec(other) if other else ""
    return tuple("utf-8" if is_utf8(text) else legacy for text in texts)


def is_utf8(text: bytes) -> bool:
    """Tell whether bytes are UTF-8, or were before their last character was cut at a byte limit.

    A cut is believed only after a whole character of several bytes: a last letter such as é in cp1252 looks like one.
    """
    try:
        text.decode("utf-8")
    except UnicodeDecodeError as error:
        cut = error.reason == "unexpected end of data" and error.end == len(text)
        return cut and not text[: error.start].isascii()
    return True


def legacy_codec(texts: Sequence[bytes]) -> str:
    """Choose the one code page of LEGACY_CODECS that makes the most likely words of the texts.

    Texts whose bytes mean the same in all of them (quotation marks, dashes) are read as cp1252.
    """
    sample = b"\n".join(texts)[:MAX_SCORED_BYTES]
    scores = {codec: _score(sample, codec) for codec in LEGACY_CODECS}
    return max(reversed(LEGACY_CODECS), key=lambda codec: scores[codec])


def read_padded(raw: bytes, codec: str) -> RecordedText:
    """Read a text that may be padded with NUL at its end; the bytes kept are those without the padding."""
    return RecordedText.from_bytes(raw.rstrip(b"\0"), codec)


def _score(sample: bytes, codec: str) -> float:
    """Return the log-likelihood of the bytes above ASCII under the codec's language model, plus word shapes."""
    text = sample.decode(codec, "replace")
    total = sum(_letter_score(letter, codec) for letter in text if not letter.isascii())
    return total + sum(_pair_score(left, right, codec) for left, right in pairwise(text))


def _letter_score(letter: str, codec: str) -> float:
    if letter == "\N{REPLACEMENT CHARACTER}":
        return _UNREADABLE
    if letter in _SHARED:
        return 0.0
    if not letter.isalpha():
        return _NOT_A_LETTER
    small = letter.lower()
    for tier, score in zip(_TIERS[codec], _TIER_SCORES, strict=True):
        if small in tier:
            return score
    return _OTHER_LETTER


def _pair_score(left: str, right: str, codec: str) -> float:
    if not (left.isalpha() and right.isalpha()) or (left.isascii() and right.isascii()):
        return 0.0
    score = _CAPITAL_INSIDE if left.islower() and right.isupper() else 0.0
    if left.isascii() or right.isascii():
        return score + (0.0 if codec == "cp1252" else _MIXED_WORD)
    return score + (_ACCENTS_SIDE_BY_SIDE if codec == "cp1252" else 0.0)


def _shared_characters() -> frozenset[str]:
    shared = set()
    for byte in range(0x80, 0x100):
        read = {bytes([byte]).decode(codec, "replace") for codec in LEGACY_CODECS}
        if len(read) == 1:
            shared |= read
    return frozenset(shared)


_SHARED = _shared_characters()
