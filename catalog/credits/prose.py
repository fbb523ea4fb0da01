"""Credits said in words: "released by …", "was taken by …", "репортаж корреспондента …"."""

from __future__ import annotations

from collections.abc import Sequence

from catalog.credits.arabic_prose import is_picture_of
from catalog.credits.caption_signs import shown_on
from catalog.credits.chains import MAX_NAME_TOKENS, leading_name
from catalog.credits.kinds import has_org_word, is_loose_arabic, kind_of
from catalog.credits.pieces import Piece
from catalog.credits.segments import is_calling
from catalog.credits.slavic_words import is_active, is_picture
from catalog.credits.tokens import Token

# Prepositions and verbs that go on after a name in an English sentence: "released by the Kremlin on Friday shows …".
_GOING_ON = frozenset(
    {"on", "in", "at", "as", "via", "and", "shows", "show", "for", "to", "from", "of", "after", "during", "who"}
)
# Pieces that say that a sentence is about the picture itself, and words that do without being labels.
_PICTURES = frozenset({"photo", "screenshot", "handout", "archive", "illustration", "caption"})
_PICTURE_WORDS = ("shot", "footage", "video", "репортаж", "серию", "серію")
# So many pieces are looked at before a word that says who took the picture; an English sentence has about ten.
_REACH = 24
_EMPLOYED = 6  # pieces from a name to "for", with the years of a life in brackets between
_MOST_APPOSED = 3  # words of a person's name between commas
_PASSIVE = frozenset({"taken", "captured", "made"})


def is_about_picture(pieces: Sequence[Piece], tokens: Sequence[Token], place: int, reach: int | None = None) -> bool:
    """Tell whether the sentence has spoken of the picture before a place, in the last pieces that `reach` counts."""
    for number in range(place - 1, max(place - (reach or _REACH), 0) - 1, -1):
        if pieces[number].role == "stop":
            return False
        if _speaks_of_picture(pieces[number], tokens):
            return True
    return False


def is_about_picture_ahead(pieces: Sequence[Piece], tokens: Sequence[Token], place: int) -> bool:
    """Tell whether the sentence goes on to speak of a picture: "Фотограф Іван Лис зробив серію знімків"."""
    for piece in pieces[place + 1 : place + _REACH]:
        if piece.role == "stop":
            return False
        if _speaks_of_picture(piece, tokens):
            return True
    return False


def _speaks_of_picture(piece: Piece, tokens: Sequence[Token]) -> bool:
    if piece.role not in ("words", "from"):
        return piece.role in _PICTURES
    return any(
        is_picture(token) or is_picture_of(token) or token.text.casefold().startswith(_PICTURE_WORDS)
        for token in tokens[piece.first : piece.last]
    )


def is_taken_by(piece: Piece, tokens: Sequence[Token]) -> bool:
    """Tell "taken by" and "captured by", which pictures share with towns and prisoners."""
    return piece.role == "creator" and not _PASSIVE.isdisjoint(token.text for token in tokens[piece.first : piece.last])


def taken_by(pieces: Sequence[Piece], tokens: Sequence[Token], place: int) -> tuple[list[Piece], int]:
    """Take the person who took the picture that the sentence is about: "The photo was taken by Ann Lee, who …"."""
    end = place + 1
    while end < len(pieces) and pieces[end].role == "creator":
        end += 1
    if end >= len(pieces) or pieces[end].role != "words":
        return [], place + 1
    is_called = end > place + 1 or is_calling(tokens[pieces[end].first])
    name = leading_name(pieces[end], tokens)
    if name is None or kind_of(tokens[name.first : name.last]) != "person" or _owns(tokens[name.first : name.last]):
        return [], place + 1
    if not is_called and not is_about_picture(pieces, tokens, place):
        return [], place + 1
    employer = next((number for number in range(end + 1, min(end + _EMPLOYED, len(pieces))) if pieces[number].role == "for"), 0)
    if employer and employer + 2 < len(pieces) and pieces[employer + 1].role == "words" and pieces[employer + 2].role == "known":
        return [pieces[place], name, pieces[employer], pieces[employer + 2]], employer + 3
    if employer and employer + 1 < len(pieces) and pieces[employer + 1].role == "known":
        return [pieces[place], name, pieces[employer], pieces[employer + 1]], employer + 2
    return [pieces[place], name], end + 1


def _owns(run: Sequence[Token]) -> bool:
    """Tell "NASA's Cassini spacecraft" from the name of a person."""
    return any(token.text.endswith(("'s", "’s")) for token in run)


def is_apposed_person(pieces: Sequence[Piece], tokens: Sequence[Token], taken: Sequence[Piece], comma: int) -> bool:
    """Tell a person's name between commas, behind the agency that a photographer is of."""
    if comma + 1 >= len(pieces) or pieces[comma + 1].role != "words" or not any(one.role == "known" for one in taken):
        return False
    run = tokens[pieces[comma + 1].first : pieces[comma + 1].last]
    ends = comma + 2 == len(pieces) or pieces[comma + 2].role in ("comma", "stop")
    ends &= not any(is_loose_arabic(token) for token in run)
    return ends and len(run) <= _MOST_APPOSED and kind_of(run) == "person"


def first_names(piece: Piece, tokens: Sequence[Token]) -> Piece:
    """Keep what is a name of the words that go on as an Arabic sentence: two, and what binds or leads one more to them."""
    last = piece.first + 2
    if has_org_word(tokens[piece.first : piece.first + 1]):
        return Piece("words", piece.first, min(last, piece.last))  # "بوابة المواطن العديد من …": a publisher's word and its name
    for number in range(piece.first, min(piece.first + 2, piece.last)):
        last += tokens[number].atoms[:1] in (("ابو",), ("عبد",), ("بن",), ("ال",))
    last += tokens[piece.first].text.startswith("ال")  # a title before the name: "الفنان خالد مشعل"
    return Piece("words", piece.first, min(last, piece.last))


def released(pieces: Sequence[Piece], tokens: Sequence[Token], place: int) -> tuple[list[Piece], int]:
    """Take whoever released the picture: the source that is known, else the name that follows."""
    end = place + 1
    while end < len(pieces) and pieces[end].role in ("colon", "quote"):
        end += 1
    if end >= len(pieces):
        return [], place + 1
    name = pieces[end]
    if (
        name.role == "words"
        and end + 1 < len(pieces)
        and pieces[end + 1].role == "known"
        and name.last - name.first <= MAX_NAME_TOKENS
    ):
        known = pieces[end + 1]
        if known.source is not None and known.source.kind != "platform":
            return [pieces[place], known], end + 2
    if name.role == "words" and has_org_word(tokens[name.first : name.last]) and _is_apposed(pieces, end + 1):
        return [pieces[place], pieces[end + 2]], end + 3  # "released by the official news agency, SANA, …"
    if name.role == "from" and end + 1 < len(pieces) and pieces[end + 1].role in ("known", "quote"):
        # "опубликованы на сайте «…»": there it was seen.
        seen = end + 1 + (pieces[end + 1].role == "quote")
        is_seen = seen < len(pieces) and pieces[seen].role == "known"
        return ([name, pieces[seen]], seen + 1) if is_seen else ([], place + 1)
    if name.role == "words":
        leading = leading_name(name, tokens)
        if leading is None and is_active(tokens[pieces[place].first]):
            return [], place + 1  # "який опублікував його в травні": what follows was published
        if leading is None or _says_what_kind(leading, name, tokens):
            return [pieces[place]], place + 1  # handed out, by somebody who is not named here
        shown = shown_on(pieces, end + 1) if leading.last == name.last else []
        return [pieces[place], leading, *shown], end + 1 + len(shown) if shown else end
    if name.role != "known":
        return [], place + 1
    shown = shown_on(pieces, end + 1)
    return [pieces[place], name, *shown], end + 1 + len(shown)


def _is_apposed(pieces: Sequence[Piece], comma: int) -> bool:
    """Tell a comma and a known name behind it that explains the words before."""
    return comma + 1 < len(pieces) and pieces[comma].role == "comma" and pieces[comma + 1].role == "known"


def _says_what_kind(leading: Piece, whole: Piece, tokens: Sequence[Token]) -> bool:
    """Tell whether a capital word only says which kind of people are meant: "by a Syrian anti-government group"."""
    following = tokens[leading.last].text if leading.last < whole.last else ""
    is_one_capital = all(token.text.islower() for token in tokens[leading.first + 1 : leading.last])
    return is_one_capital and following.islower() and following.isascii() and following not in _GOING_ON
