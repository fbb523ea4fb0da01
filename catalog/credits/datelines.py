"""Places that stand before an agency as in a dateline, "أنقرة/ الأناضول": they are credited for nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from catalog.credits.pieces import Piece
from catalog.credits.tokens import Token

# Tells whether words, as printed, are the name of a place. Which places there are, another room knows.
IsPlace = Callable[[str], bool]
_PARTING = frozenset({"slash", "dash", "comma", "open"})
_BEGINNING = frozenset({"stop", "colon", "caption", "place", "open"})
_AGENCIES = frozenset({"agency", "newspaper", "broadcaster", "site"})
_LONGEST_PLACE = 5  # words, as "the Democratic Republic of the Congo" less its small ones
# A writer may stand between the two: "القدس/عبد الرؤوف أرناؤوط/الأناضول".
_REACH = 5


def nowhere(_words: str) -> bool:
    """Know no place."""
    return False


def with_datelines(pieces: Sequence[Piece], tokens: Sequence[Token], is_place: IsPlace) -> list[Piece]:
    """Return the pieces with those that are a place before an agency as `place`, which names nobody.

    The place opens the text, its line or what a label leads to; a slash, a dash, a comma or a bracket follows, and an agency of
    news after it, at once or behind one more name. There the dateline ends, and what follows is a text of its own.
    """
    found = list(pieces)
    for number, piece in enumerate(found):
        if piece.role == "words" and _says_where(found, number) and is_place(_printed(piece, tokens)):
            found[number] = replace(piece, role="place")
        if piece.role != "words" or piece.last - piece.first > _LONGEST_PLACE:
            continue
        begins = number == 0 or found[number - 1].role in _BEGINNING or _follows_place(found, number)
        if begins and _leads_to_agency(found[number + 1 : number + 1 + _REACH]) and is_place(_printed(piece, tokens)):
            found[number] = replace(piece, role="place")
    return _parted(found)


def _says_where(found: Sequence[Piece], number: int) -> bool:
    """Tell whether a name is led to as a place is: behind "from", or alone in a bracket behind another name."""
    before = found[number - 1].role if number else ""
    is_bracket = before == "open" and number > 1 and found[number - 2].role in ("words", "known")
    return before == "from" or (is_bracket and number + 1 < len(found) and found[number + 1].role == "close")


def _parted(pieces: Sequence[Piece]) -> list[Piece]:
    """End the dateline behind its agency where the text goes on without a sign: "القدس/…/الأناضول شارك …"."""
    found: list[Piece] = []
    is_dateline = False
    for number, piece in enumerate(pieces):
        is_dateline = piece.role == "place" or (is_dateline and piece.role in (*_PARTING, "words", "known"))
        found.append(piece)
        goes_on = number + 1 < len(pieces) and pieces[number + 1].role not in _PARTING
        if is_dateline and piece.role == "known" and goes_on:
            found.append(Piece("stop", piece.last, piece.last))
            is_dateline = False
    return found


def _follows_place(pieces: Sequence[Piece], number: int) -> bool:
    return number > 1 and pieces[number - 1].role == "comma" and pieces[number - 2].role == "place"


def _leads_to_agency(after: Sequence[Piece]) -> bool:
    if not after or after[0].role not in _PARTING:
        return False
    for piece in after:
        if piece.role == "known" and piece.source is not None:
            return piece.source.kind in _AGENCIES
        if piece.role not in _PARTING and piece.role != "words":
            return False
    return False


def _printed(piece: Piece, tokens: Sequence[Token]) -> str:
    return " ".join(token.text for token in tokens[piece.first : piece.last])
