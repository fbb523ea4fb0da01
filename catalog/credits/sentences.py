"""Telling a caption from a credit line: what reads as a sentence, and where a caption hands over to its credit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from catalog.credits.kinds import MAX_PERSON_WORDS, has_org_word, is_loose_arabic, is_name_like, kind_of
from catalog.credits.pieces import Piece
from catalog.credits.slavic_words import is_told
from catalog.credits.tokens import Token

_ARABIC = re.compile("[\u0600-\u06ff]")
# Names in the lines of docs/credits.md have at most three words in small letters between them; captions have more.
_MAX_LOOSE_WORDS = 3
# What tells that somebody is credited; "by" alone also stands in sentences.
_CREDITING = frozenset({"via", "copyright", "handout", "courtesy", "released", "mandatory_credit"})
THESE = frozenset({"هذه", "هذا"})  # no credit line says "this"
_LABELS = frozenset({"photo", "creator", "source"})
# Words that are labels only where a name follows: "he looks at a photo of his son".
_LABELS_OR_NOUNS = frozenset({"photo", "source", "screenshot"})
_ARABIC_SENTENCE = 12  # Arabic words without a sign of credit lines between them
_WHOLE_CREDIT = frozenset({"words", "slash", "known", "via"})
_SHORTEST_CREDIT = 3  # a name, a slash and an agency
# How much of a caption must stand before its last bracket, in words, so that the bracket is a credit and not part of a name.
_CAPTION_WORDS, _OFFICE_WORDS = 4, 7


def is_sentence(pieces: Sequence[Piece], tokens: Sequence[Token]) -> bool:
    """Tell a caption from a credit line.

    By a label for captions, by a sentence or a phrase before a credit, by words in small letters that stand in no name, or by
    Arabic words that stand in none.
    """
    if any(token.text in THESE for token in tokens) or is_told(pieces, tokens):
        return True
    if any(piece.role == "caption" for piece in pieces) or _has_caption_before_credit(pieces, tokens):
        return True
    loose = 0
    for piece in pieces:
        if piece.role != "words":
            continue
        run = tokens[piece.first : piece.last]
        loose += sum(1 for token in run if is_loose(token))
        if _ARABIC.search(run[0].text) and (len(run) > MAX_PERSON_WORDS and not has_org_word(run[:3])):
            return True
    return loose > _MAX_LOOSE_WORDS or _is_arabic_sentence(pieces, tokens)


def is_loose(token: Token) -> bool:
    """Tell whether a word stands in no name: small letters, no particle, no word of an office, no number."""
    return token.kind == "word" and not token.text.isdigit() and not is_name_like(token)


def _is_arabic_sentence(pieces: Sequence[Piece], tokens: Sequence[Token]) -> bool:
    """Tell an Arabic sentence by a word that leads a clause or a place, with enough words around it."""
    first, last = (pieces[0].first, pieces[-1].last) if pieces else (0, 0)
    words = [token for token in tokens[first:last] if token.kind == "word" and _ARABIC.match(token.text)]
    if len(words) >= _ARABIC_SENTENCE and not any(piece.role in ("slash", "colon", "open") for piece in pieces):
        return True
    return len(words) > MAX_PERSON_WORDS and any(is_loose_arabic(token) for token in words)


def _has_caption_before_credit(pieces: Sequence[Piece], tokens: Sequence[Token]) -> bool:
    """Tell "Mosul, 27 February. REUTERS/…": a sentence or a phrase that credits nobody before what does."""
    stops = [number for number, piece in enumerate(pieces) if piece.role == "stop" and number + 1 < len(pieces)]
    if stops:
        after = pieces[stops[-1] + 1 :]
        credits = any(one.role in _CREDITING | _LABELS_OR_NOUNS or one.role in ("known", "slash") for one in after)
        if _credits_nobody(pieces[: stops[-1]], tokens) and credits:
            return True
    labels = [place for place in range(1, len(pieces) - 1) if pieces[place].role in _LABELS and pieces[place + 1].role == "colon"]
    if labels and _words_in(pieces[: labels[0]], tokens) > 1 and _credits_nobody(pieces[: labels[0]], tokens):
        return True
    bracket = next((place for place in range(len(pieces) - 1, 0, -1) if pieces[place].role == "open"), 0)
    if _is_caption(pieces[:bracket], tokens) or _names_nobody(pieces, tokens, bracket):
        return True
    start = _start_of_full_credit(pieces, tokens)
    if start and _words_in(pieces[: start - 1], tokens) > 1 and _credits_no_agency(pieces[: start - 1], tokens):
        return True
    slash = next((place for place, piece in enumerate(pieces) if piece.role == "slash"), 0)
    return _is_caption(pieces[:slash], tokens) and any(piece.role in ("known", "screenshot") for piece in pieces[slash:])


def _start_of_full_credit(pieces: Sequence[Piece], tokens: Sequence[Token]) -> int:
    """Return where a credit begins that closes the text and is whole: a person, a slash, an agency, and what passed it on.

    A bracket, a line end or a dash between blanks stands before it; 0 when there is none.
    """
    end = len(pieces)
    while end and pieces[end - 1].role in ("close", "stop"):
        end -= 1
    start = end
    while start and pieces[start - 1].role in _WHOLE_CREDIT:
        start -= 1
    if start < 1 or end - start < _SHORTEST_CREDIT or pieces[start - 1].role not in ("open", "stop", "dash"):
        return 0
    parts = tokens[pieces[start - 1].first].is_spaced or pieces[start - 1].role != "dash"
    is_whole = [piece.role for piece in pieces[start : start + 3]] == ["words", "slash", "known"]
    is_person = kind_of(tokens[pieces[start].first : pieces[start].last]) == "person"
    return start if parts and is_whole and is_person else 0


def _credits_no_agency(pieces: Sequence[Piece], tokens: Sequence[Token]) -> bool:
    """Tell words that credit nobody, though they may name an organisation or a platform."""
    return not any(
        piece.role in _CREDITING
        or (piece.source is not None and piece.source.kind in ("agency", "library"))
        or (piece.role in _LABELS_OR_NOUNS | _LABELS and _is_label(pieces, tokens, place))
        for place, piece in enumerate(pieces)
    )


def _names_nobody(pieces: Sequence[Piece], tokens: Sequence[Token], bracket: int) -> bool:
    """Tell a phrase before a last bracket that names nobody, "(agencies)" or "(illustration)": such a phrase is a caption."""
    inside = [piece.role for piece in pieces[bracket + 1 :] if piece.role not in ("close", "stop", "other")]
    is_nobody = not {"empty", "illustration"}.isdisjoint(inside) and set(inside) <= {"empty", "illustration", "photo", "from"}
    return bracket > 0 and is_nobody and _credits_nobody(pieces[:bracket], tokens)


def _is_caption(before: Sequence[Piece], tokens: Sequence[Token]) -> bool:
    return _words_in(before, tokens) >= _CAPTION_WORDS and _credits_nobody(before, tokens) and _reads_on(before, tokens)


def _reads_on(pieces: Sequence[Piece], tokens: Sequence[Token]) -> bool:
    """Tell whether the words before a bracket are more than a name: small letters, or Arabic words too many for one."""
    runs = [tokens[piece.first : piece.last] for piece in pieces if piece.role == "words"]
    loose = any(is_loose(token) for run in runs for token in run)
    arabic = sum(1 for run in runs for token in run if _ARABIC.match(token.text))
    is_office = len(runs) == 1 and arabic <= _OFFICE_WORDS and has_org_word(runs[0][:2])
    return loose or (arabic >= MAX_PERSON_WORDS and not is_office)


def _credits_nobody(pieces: Sequence[Piece], tokens: Sequence[Token]) -> bool:
    return not any(
        piece.role in _CREDITING
        or (piece.role == "known" and piece.how == "exact")
        or (piece.role in _LABELS_OR_NOUNS and _is_label(pieces, tokens, place))
        for place, piece in enumerate(pieces)
    )


def _is_label(pieces: Sequence[Piece], tokens: Sequence[Token], place: int) -> bool:
    """Tell a label from the noun: it opens its line, is printed with a capital, or a sign or a known name follows."""
    following = pieces[place + 1].role if place + 1 < len(pieces) else ""
    begins = place == 0 or pieces[place - 1].role == "stop"
    is_capital = tokens[pieces[place].first].text[:1].isupper()
    return begins or is_capital or following in ("colon", "slash", "known", "copyright")


def _words_in(pieces: Sequence[Piece], tokens: Sequence[Token]) -> int:
    return sum(1 for piece in pieces for token in tokens[piece.first : piece.last] if token.kind == "word")
