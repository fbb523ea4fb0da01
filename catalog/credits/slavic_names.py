"""How Russian and Ukrainian sentences tell a photographer by label and name, and where he only stands in the scene."""

from __future__ import annotations

import re
from collections.abc import Sequence

from catalog.credits.kinds import has_org_word, is_capital, kind_of
from catalog.credits.pieces import Piece
from catalog.credits.slavic_words import is_at_work, names_author
from catalog.credits.tokens import Token

_IN_NOMINATIVE = re.compile("(?:фотограф|фото\\w*(?:ент|[иі]ст|ер))(?:ка|иня)?", re.IGNORECASE)
_WHERE = frozenset(
    {"на", "в", "у", "с", "со", "з", "із", "біля", "возле", "під", "под", "перед", "над", "за", "по", "среди", "серед"}
)
_IN = frozenset({"в", "у", "на", "из", "із", "з"})
_PLACED = 4  # a preposition, a place, a first name and a last one
_LAST_WORDS = 4  # in which somebody is called an author


def is_shown(pieces: Sequence[Piece], tokens: Sequence[Token], place: int) -> bool:
    """Tell a photographer who is seen on the picture, right behind the words that say so: "На фото фотограф Іван Лис"."""
    before = place - 1
    while before >= 0 and pieces[before].role in ("dash", "colon"):
        before -= 1
    is_behind = before >= 0 and pieces[before].role == "caption"
    return is_behind and _IN_NOMINATIVE.fullmatch(tokens[pieces[place].last - 1].text) is not None


def is_author_said(pieces: Sequence[Piece], tokens: Sequence[Token], place: int) -> bool:
    """Tell a photographer behind words that call somebody an author: "Їх автором є відомий фотограф Іван Лис"."""
    before = pieces[place - 1] if place else None
    run = tokens[before.first : before.last] if before is not None and before.role == "words" else ()
    return any(names_author(token) for token in run[-_LAST_WORDS:])


def is_author(pieces: Sequence[Piece], tokens: Sequence[Token], place: int) -> bool:
    """Tell a sentence that only says who the author is: "Автор — Анна Лис."."""
    is_said = names_author(tokens[pieces[place].last - 1]) and [one.role for one in pieces[place + 1 : place + 2]] == ["dash"]
    return is_said and is_whole_sentence(pieces, tokens, place, behind=place + 2)


def takes_up(piece: Piece, tokens: Sequence[Token], last: int) -> bool:
    """Tell whether behind a photographer's name the sentence goes on to what he took: "протягом тижня документував …"."""
    return any(is_at_work(token) for token in tokens[last : piece.last])


def is_in_scene(name: Piece, tokens: Sequence[Token]) -> bool:
    """Tell a photographer whose name goes on with where he is: he is shown, "фотограф Іван Лис на даху"."""
    return name.last < len(tokens) and tokens[name.last].text in _WHERE


def is_whole_sentence(pieces: Sequence[Piece], tokens: Sequence[Token], place: int, behind: int = 0) -> bool:
    """Tell a label that is a whole sentence with a person's name: "Фотографувала Анна Лис."."""
    begins = place == 0 or pieces[place - 1].role == "stop"
    named = behind or place + 1
    ends = named + 1 == len(pieces) or (named + 1 < len(pieces) and pieces[named + 1].role == "stop")
    if not begins or not ends or pieces[named].role != "words":
        return False
    run = tokens[pieces[named].first : pieces[named].last]
    return all(is_capital(token) for token in run) and kind_of(run) == "person"


def is_apposed_to_person(pieces: Sequence[Piece], tokens: Sequence[Token], place: int) -> bool:
    """Tell a photographer who is explained and shown: "Іван Лис, відомий фотограф Reuters, під обстрілом"."""
    before = place - 1
    if before >= 0 and pieces[before].role == "words" and tokens[pieces[before].last - 1].text.islower():
        before -= 1
    if before < 1 or pieces[before].role != "comma" or pieces[before - 1].role != "words":
        return False
    begins = before == 1 or pieces[before - 2].role == "stop"
    return begins and kind_of(tokens[pieces[before - 1].first : pieces[before - 1].last]) == "person"


def quoted_publisher(pieces: Sequence[Piece], tokens: Sequence[Token], place: int) -> int:
    """Return where the quoted name of a paper begins that a photographer is of, «газеты «Слово бойца» …», 0 where none is."""
    piece = pieces[place]
    says_what = piece.role == "words" and piece.last - piece.first == 1 and tokens[piece.first].text.islower()
    is_quoted = [one.role for one in pieces[place + 1 : place + 4]] == ["quote", "words", "quote"]
    return place + 1 if says_what and is_quoted and has_org_word(tokens[piece.first : piece.last]) else 0


def behind_place(piece: Piece, tokens: Sequence[Token]) -> Piece | None:
    """Return the person behind the place that an agency's photographer works in: "у Києві Івана Лиса"."""
    run = tokens[piece.first : piece.first + _PLACED]
    if piece.last - piece.first < _PLACED or run[0].text not in _IN or not all(is_capital(token) for token in run[1:]):
        return None
    return Piece("words", piece.first + 2, piece.first + _PLACED)
