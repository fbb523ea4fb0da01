"""Credits said in Arabic sentences: who took the picture, whose it is, who published it, and several names in one row."""

from __future__ import annotations

import re
from collections.abc import Sequence

from catalog.credits.chains import CREDITED_KINDS
from catalog.credits.kinds import has_org_word, is_loose_arabic, kind_of
from catalog.credits.pieces import Piece
from catalog.credits.segments import after_which, is_calling
from catalog.credits.tokens import Token
from catalog.credits.vocabulary import is_word_of

# Verbs by which somebody published or caught pictures, before their subject: "نشرت وكالة … صورة".
_PUBLISHED = frozenset({"نشرت", "ونشرت", "نشر", "ونشر", "بثت", "وبثت", "بث", "وزعت", "ووزعت", "وزع", "عرضت", "وعرضت"})
_CAUGHT = frozenset({"رصدت", "ورصدت", "التقطت", "والتقطت", "وثقت", "ووثقت"})
_PICTURES = re.compile("و?(?:ال)?(?:صور(?:ة|ا|ًا|اً|ه)?|لقط(?:ة|ات)|مشاهد|مشهدا?)")
_HIS_PICTURE = frozenset({"صورته", "صورتها", "لقطته", "لقطتها"})
_BELONGS = frozenset({("تعود", "إلى"), ("تعود", "الى"), ("يعود", "إلى"), ("ترجع", "إلى"), ("منسوبة", "إلى")})
_WHO = frozenset({"الذي", "التي"})
_TOOK = ("التقط", "التقطت", "والتقط", "وثق", "وثقت", "صور")
# One person, by what he is to his agency: behind it his name may stand, "مصور رويترز محمد سالم".
_EMPLOYED = re.compile("[ول]?(?:ال)?(?:مصور|مراسل)(?:ة|ها)?")
_SEVERAL = re.compile("ل?ل?(?:ال)?مصور(?:ين|ون|و|ي)|تصوير|(?:ب)?(?:عدسة|عدسات|كاميرا|كاميرات)")
_AND = "و"
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


def is_employed(piece: Piece, tokens: Sequence[Token]) -> bool:
    """Tell the word for one photographer, who may be named behind his agency."""
    return piece.role == "creator" and _EMPLOYED.fullmatch(tokens[piece.last - 1].text) is not None


def behind_where(piece: Piece, tokens: Sequence[Token]) -> Piece:
    """Return the words behind the place that an agency's photographer works in: "في غزة حاتم موسى"."""
    is_placed = tokens[piece.first].text == "في" and piece.last - piece.first > _PAIR + 1
    return Piece("words", piece.first + _PAIR, piece.last) if is_placed else piece


def is_unnamed(piece: Piece, tokens: Sequence[Token], behind: Piece) -> bool:
    """Tell a photographer of whom only the kind is said, "التقطها صحفي أمريكي": words without an article name nobody."""
    first = tokens[piece.first]
    if any(is_word_of("ال" + atom, "calling_word") for atom in first.atoms):
        return True
    is_one = tokens[behind.last - 1].text in ("مصور", "مراسل", "مصورة", "مراسلة")
    return is_one and re.fullmatch(r"(?!ال)\w{3,}(?:ي|ى|ية)", first.text) is not None


def is_adjective(piece: Piece, tokens: Sequence[Token]) -> bool:
    """Tell words that all have the article: they say which picture or which photographer, and are no name."""
    return all(token.text.startswith("ال") for token in tokens[piece.first : piece.last])


def names_in_row(label: Piece, piece: Piece, tokens: Sequence[Token]) -> list[Piece]:
    """Return the names of several photographers that "و" joins, "محمد سالم ومعتز عزايزة"; empty where it is one name.

    The letter is written as one word with the name behind it and is no part of it: `skip` says so. A name has two words before
    the letter and one behind it at least.
    """
    if not _SEVERAL.fullmatch(tokens[label.last - 1].text) or not _ARABIC.match(tokens[piece.first].text):
        return []
    first = after_which(tokens, piece.first, piece.last)
    starts = [first]
    for number in range(first + _PAIR, piece.last - 1):
        is_joined = tokens[number].text.startswith(_AND) and len(tokens[number].text) > _PAIR
        if is_joined and number - starts[-1] >= _PAIR:
            starts.append(number)
    if len(starts) < _PAIR or any(is_loose_arabic(token) for token in tokens[first : piece.last]):
        return []
    found: list[Piece] = []
    for start, end in zip(starts, [*starts[1:], piece.last], strict=True):
        last = min(end, start + (_NAME_WORDS if end < piece.last else _last_name(tokens, start, end)))
        if has_org_word(tokens[start:last]):
            return []
        found += [Piece("and", start, start), Piece("words", start, last, skip=len(_AND) if start > first else 0)]
    return found[1:]


def _last_name(tokens: Sequence[Token], start: int, end: int) -> int:
    """Return how many words the last name of a row has: two, and one more behind "أبو", "عبد" or "بن"."""
    bound = sum(token.atoms[:1] in (("ابو",), ("عبد",), ("وعبد",), ("بن",)) for token in tokens[start : min(start + 2, end)])
    return _PAIR + bound
