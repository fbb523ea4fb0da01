"""Credits said in Arabic sentences: who took the picture, whose it is, who published it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from catalog.credits.chains import CREDITED_KINDS
from catalog.credits.kinds import kind_of
from catalog.credits.pieces import Piece
from catalog.credits.segments import after_which, is_calling
from catalog.credits.tokens import Token
from catalog.credits.vocabulary import is_word_of

# Verbs by which somebody published or caught pictures, before their subject: "نشرت وكالة … صورة".
_PUBLISHED = frozenset({"نشرت", "ونشرت", "نشر", "ونشر", "بثت", "وبثت", "بث", "وزعت", "ووزعت", "وزع", "عرضت", "وعرضت"})
_CAUGHT = frozenset({"رصدت", "ورصدت", "التقطت", "والتقطت", "وثقت", "ووثقت"})
_PICTURES = re.compile("و?ب?(?:ال)?(?:صور(?:ة|ا|ًا|اً|ه)?|لقط(?:ة|ات)|مشاهد|مشهدا?)")
_HIS_PICTURE = frozenset({"عدسته", "بعدسته", "عدستها", "بعدستها", "كاميرته", "بكاميرته", "صورته", "صورتها", "لقطته", "لقطتها"})
_BELONGS = frozenset({("تعود", "إلى"), ("تعود", "الى"), ("يعود", "إلى"), ("ترجع", "إلى"), ("منسوبة", "إلى")})
_WHO = frozenset({"الذي", "التي"})
_TOOK = ("التقط", "التقطت", "والتقط", "وثق", "وثقت", "صور")
_LONGEST_DAY = 9  # words and figures of a day between a verb and its subject
_REACH = 6  # words of a name and what is said before it
_NAME_WORDS = 4
_PAIR = 2  # names of a person in a row
_ARABIC = re.compile("[\u0600-\u06ff]")

Credit = tuple[list[Piece], int]


def is_picture_of(token: Token) -> bool:
    """Tell an Arabic word for a picture, with its article, and with whose it is: "صورته"."""
    return _PICTURES.fullmatch(token.text) is not None or token.text in _HIS_PICTURE


def said_in_arabic(pieces: Sequence[Piece], tokens: Sequence[Token], place: int) -> Credit:
    """Return the credit that an Arabic sentence gives at its words, and the place after it; empty where it gives none."""
    piece = pieces[place]
    if piece.role != "words" or not _ARABIC.match(tokens[piece.first].text):
        return [], place + 1
    following = [one.role for one in pieces[place + 1 : place + 4]]
    if following[:1] == ["known"]:
        return _publisher(pieces, tokens, place)
    if following == ["comma", "words", "creator"]:
        return _who_took(pieces, tokens, place)
    if following == ["comma", "creator", "words"] and [one.role for one in pieces[place + 4 : place + 5]] == ["creator"]:
        return _photographer_who_took(pieces, tokens, place)
    return [], place + 1


def _publisher(pieces: Sequence[Piece], tokens: Sequence[Token], place: int) -> Credit:
    """Take a known source that published or caught pictures, or that they belong to."""
    run = tokens[pieces[place].first : pieces[place].last]
    known = pieces[place + 1]
    if known.source is None or known.source.kind == "platform":
        return [], place + 1
    if tuple(token.text for token in run[-2:]) in _BELONGS:
        return ([known], place + 2) if known.source.kind in CREDITED_KINDS else ([], place + 1)
    verb = next((number for number in range(len(run) - 1, -1, -1) if not _is_of_day(run[number])), -1)
    if verb < 0 or len(run) - verb > _LONGEST_DAY or not _shows_pictures(pieces, tokens, place + 2):
        return [], place + 1
    is_agency = known.source.kind in ("agency", "library")
    if is_agency and run[verb].text in _PUBLISHED | _CAUGHT:
        return [known], place + 2
    if run[verb].text in _PUBLISHED and known.source.kind not in CREDITED_KINDS:
        first = pieces[place].first + verb
        return [Piece("released", first, first + 1), known], place + 2
    return [], place + 1


def _is_of_day(token: Token) -> bool:
    return token.text.isdigit() or any(is_word_of(atom, "date_word") for atom in token.atoms)


def _shows_pictures(pieces: Sequence[Piece], tokens: Sequence[Token], place: int) -> bool:
    """Tell whether pictures are what was published: the next word, an adjective and a comma passed over."""
    for piece in pieces[place : place + 4]:
        if piece.role == "photo":
            return True
        if piece.role in ("comma", "quote"):
            continue
        if piece.role != "words":
            return False
        words = [token.text for token in tokens[piece.first : piece.last]]
        if _PICTURES.fullmatch(words[0]):
            return True
        if len(words) > 1 or not words[0].startswith("ال"):
            return False
    return False


def _photographer_who_took(pieces: Sequence[Piece], tokens: Sequence[Token], place: int) -> Credit:
    """Take the person before "المصور الذي التقط الصورة": two words, behind the verb that begins the sentence."""
    relative, verb = pieces[place + 3], pieces[place + 4]
    is_said = relative.last - relative.first == 1 and tokens[relative.first].text in _WHO and tokens[verb.first].text in _TOOK
    begins = place == 0 or pieces[place - 1].role == "stop"
    piece = pieces[place]
    if not is_said or not begins or piece.last - piece.first not in (_PAIR, _PAIR + 1):
        return [], place + 1
    first = piece.last - _PAIR
    if kind_of(tokens[first : piece.last]) != "person":
        return [], place + 1
    return [Piece("creator", first, first), Piece("words", first, piece.last)], place + 5


def _who_took(pieces: Sequence[Piece], tokens: Sequence[Token], place: int) -> Credit:
    """Take the person of whom the sentence says that he took the picture: "الصحفي …، الذي التقط الصورة"."""
    relative, verb = pieces[place + 2], pieces[place + 3]
    is_said = relative.last - relative.first == 1 and tokens[relative.first].text in _WHO
    if not is_said or tokens[verb.first].text not in _TOOK:
        return [], place + 1
    last = pieces[place].last
    calling = next(
        (number for number in range(last - 1, max(pieces[place].first, last - _REACH) - 1, -1) if is_calling(tokens[number])), -1
    )
    first = after_which(tokens, calling, last) if calling >= 0 else last
    if last - first < _PAIR or last - first > _NAME_WORDS or kind_of(tokens[first:last]) != "person":
        return [], place + 1
    return [Piece("creator", calling, calling + 1), Piece("words", first, last)], place + 4
