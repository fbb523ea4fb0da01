"""Credits said in Russian and Ukrainian sentences: who took the picture, by whom it was made, whose it is, who published it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from catalog.credits.chains import CREDITED_KINDS
from catalog.credits.kinds import has_org_word, is_capital, is_name_like, kind_of
from catalog.credits.pieces import Piece
from catalog.credits.slavic_words import (
    is_active,
    is_instrumental,
    is_made_by,
    is_making,
    is_managing,
    is_picture,
    is_taking,
    names_author,
    takes_picture,
)
from catalog.credits.tokens import Token
from catalog.credits.vocabulary import is_word_of

_COPULA = frozenset({"є", "став", "стала", "стал", "является", "був", "была", "был"})
_RANK = re.compile("перш\\w{1,2}|друг\\w{1,2}|трет\\w{1,2}|перв\\w{2}|втор\\w{2}|головн\\w{2}|главн\\w{2}", re.IGNORECASE)
_PRIZE = re.compile("преми[яию]|премі[яїю]|приз|місце|место", re.IGNORECASE)
_ALSO = frozenset({"тоже", "также", "також", "теж", "впервые", "вперше", "сам", "сама", "первым", "першим"})
_FROM = frozenset({"з", "із", "зі", "из", "от", "від"})
_ON_WHICH = frozenset({"якому", "якій", "яких", "котором", "которой", "которых"})
_ADJECTIVE = re.compile(r"\w+(?:ого|его|ої|ой|их|ых)")
_MOST_ADJECTIVES = 2
_NAME_WORDS = 4
_PERSON_WORDS = 2  # of somebody who managed to take a picture

Credit = tuple[list[Piece], int]


def said_in_slavic(pieces: Sequence[Piece], tokens: Sequence[Token], place: int, floor: int) -> Credit:
    """Return the credit that a Russian or Ukrainian sentence gives at a piece, and the place after it; empty for none."""
    piece = pieces[place]
    is_cyrillic = "\u0400" <= tokens[min(piece.first, len(tokens) - 1)].text[:1] <= "\u04ff"
    if not is_cyrillic and piece.role not in ("known", "dash"):
        return [], place + 1
    if piece.role == "creator":
        return _taker(pieces, tokens, place, floor)
    if piece.role == "known":
        return _publisher(pieces, tokens, place, floor)
    if piece.role == "dash":
        return _winner(pieces, tokens, place)
    if piece.role == "photo" and names_author(tokens[piece.first]) and _follows(pieces, place + 1, "words"):
        return _named(pieces, tokens, pieces[place + 1].first, place + 1)
    if piece.role != "words":
        return [], place + 1
    if _follows(pieces, place + 1, "released") and is_active(tokens[pieces[place + 1].first]):
        return _office(pieces, tokens, place)
    for number in range(piece.first, piece.last):
        if names_author(tokens[number]) and number + 1 < piece.last and is_picture(tokens[number + 1]):
            return _named(pieces, tokens, number + 2, place)
        is_last = number + 1 == piece.last and [one.role for one in pieces[place + 1 : place + 3]] == ["photo", "words"]
        if is_last and names_author(tokens[number]):
            return _named(pieces, tokens, pieces[place + 2].first, place + 2)
        if is_managing(tokens, number, piece.last):
            return _credit_of(tokens, max(number - _PERSON_WORDS, piece.first), number, place + 1)
        if is_made_by(tokens, number, piece.last):
            return _makers(pieces, tokens, place, number + 1)
    return _owner(pieces, tokens, place)


def _follows(pieces: Sequence[Piece], place: int, role: str) -> bool:
    return place < len(pieces) and pieces[place].role == role


def _taker(pieces: Sequence[Piece], tokens: Sequence[Token], place: int, floor: int) -> Credit:
    """Take the person before a verb: "Анна Лис зробила знімок", "Анна Лис сфотографировала …"."""
    verb = tokens[pieces[place].first]
    before = pieces[place - 1] if place else None
    if before is None or before.role != "words" or before.last != pieces[place].first or pieces[place].last - before.last != 1:
        return [], place + 1
    if not is_taking(verb) and not (is_making(verb) and takes_picture(pieces, tokens, place)):
        return [], place + 1
    if is_taking(verb) and (place == 1 or pieces[place - 2].role == "stop"):
        end = before.first
        while end < min(before.last, before.first + _NAME_WORDS) and is_capital(tokens[end]):
            end += 1
        if all(token.text.islower() for token in tokens[end : before.last]):
            return _credit_of(tokens, before.first, end, place + 1)  # "Анна Лис перший місяць війни фотографувала …"
    last = before.last - (tokens[before.last - 1].text in _ALSO)
    first = last
    while first > max(before.first, floor) and last - first < _NAME_WORDS and is_capital(tokens[first - 1]):
        first -= 1
    if is_taking(verb) and last - first == 1 and first > before.first:
        return [Piece("creator", first, first), Piece("words", first, last)], place + 1  # "в разгар боя Лис сфотографировал …"
    if last - first > 2 and any(is_word_of(atom, "calling_word") for atom in tokens[first].atoms):
        first += 1
    return _credit_of(tokens, first, last, place + 1)


def _named(pieces: Sequence[Piece], tokens: Sequence[Token], first: int, place: int) -> Credit:
    """Take the person behind "автор фото", what is said between passed over: "Автором знімка є відомий фотограф Іван Лис"."""
    last = pieces[place].last
    while first < last and (tokens[first].text in _COPULA or tokens[first].text.islower()):
        first += 1
    end = first
    while end < last and end - first < _NAME_WORDS and is_name_like(tokens[end], at_edge=True):
        end += 1
    return _credit_of(tokens, first, end, place + 1)


def _makers(pieces: Sequence[Piece], tokens: Sequence[Token], place: int, first: int) -> Credit:
    """Take whoever made a picture in the case that says so, one or two: "фото, зроблені Анною та Іваном Лисами"."""
    spoken = [token for piece in pieces[max(place - 3, 0) : place] for token in tokens[piece.first : piece.last]]
    spoken += tokens[pieces[place].first : first]
    if not any(is_picture(token) for token in spoken):
        return [], place + 1
    last = _end_of_name(tokens, first, pieces[place].last)
    made = [Piece("creator", first, first), Piece("words", first, last)]
    if last == pieces[place].last and _follows(pieces, place + 1, "and") and _follows(pieces, place + 2, "words"):
        other = pieces[place + 2]
        if is_instrumental(tokens[other.first]):
            end = _end_of_name(tokens, other.first, other.last)
            return [*made, Piece("creator", other.first, other.first), Piece("words", other.first, end)], place + 3
    return made, place + 1


def _end_of_name(tokens: Sequence[Token], first: int, last: int) -> int:
    end = first
    while end < min(last, first + _NAME_WORDS) and is_capital(tokens[end]):
        end += 1
    return end


def _owner(pieces: Sequence[Piece], tokens: Sequence[Token], place: int) -> Credit:
    """Take the person whose picture it is, where more than the case says so.

    "Фото Ивана Лиса" may show him as well. It is his where his agency follows ("знімок Івана Лиса з агентства …"), where the
    sentence goes on with what is seen on it (", на якому …"), or where the words close a text behind a comma.
    """
    piece = pieces[place]
    first = piece.first
    while first < piece.last and not is_picture(tokens[first]):
        first += 1
    if first < piece.last:
        first += 1
        closes = False
    elif place and pieces[place - 1].role == "photo" and is_picture(tokens[pieces[place - 1].first]):
        first = piece.first
        closes = place > 1 and pieces[place - 2].role == "comma" and place + 1 == len(pieces)
    else:
        return [], place + 1
    if piece.last - first not in (2, 3) or not all(is_capital(token) for token in tokens[first : piece.last]):
        return [], place + 1
    after = [one.role for one in pieces[place + 1 : place + 4]]
    if after[:1] == ["from"] and tokens[pieces[place + 1].first].text in _FROM:
        known = place + 2
        while known < len(pieces) and known < place + 4 and pieces[known].role in ("empty", "quote"):
            known += 1
        source = pieces[known].source if known < len(pieces) else None
        if source is not None and source.kind in CREDITED_KINDS:
            credit, _ = _credit_of(tokens, first, piece.last, place + 1)
            return ([*credit, Piece("slash", piece.last, piece.last), pieces[known]] if credit else []), known + 1
    if after == ["comma", "from", "words"] and tokens[pieces[place + 3].first].text in _ON_WHICH:
        closes = True
    return _credit_of(tokens, first, piece.last, place + 1) if closes else ([], place + 1)


def _publisher(pieces: Sequence[Piece], tokens: Sequence[Token], place: int, floor: int) -> Credit:
    """Take a known source whose the picture is said to be, or that published it: "фото компанії …", "… оприлюднила знімки"."""
    known = pieces[place]
    if known.source is None or known.source.kind == "platform":
        return [], place + 1
    number = known.first - 1
    while number > max(floor, 0) and tokens[number].text in ("«", '"', "“", "„"):
        number -= 1
    if number > floor and tokens[number].text.islower() and _says_what_it_is(tokens[number]):
        if known.last < len(tokens) and is_picture(tokens[known.last]):
            return [known], place + 1  # "на сделанных … компании Maxar снимках"
        start = number - 1
        while start > floor and number - start <= _MOST_ADJECTIVES and _ADJECTIVE.fullmatch(tokens[start].text):
            start -= 1
        if start >= floor and is_picture(tokens[start]):
            return [known], place + 1
    after = pieces[place + 1 : place + 2]
    if after and after[0].role == "quote":
        after = pieces[place + 2 : place + 3]
    reported = _reporter(pieces, tokens, place)
    if reported[0]:
        return reported
    is_told = bool(after) and after[0].role == "released" and is_active(tokens[after[0].first])
    is_paper = known.source.kind in ("newspaper", "broadcaster", "site")
    if is_told and not is_paper and takes_picture(pieces, tokens, place + 1):
        return [after[0], known], place + 2
    return [], place + 1


def _says_what_it_is(token: Token) -> bool:
    """Tell "агентства" and "корреспондентов", before the name of an agency."""
    return has_org_word([token]) or any(is_word_of(atom, "calling_word") for atom in token.atoms)


def _reporter(pieces: Sequence[Piece], tokens: Sequence[Token], place: int) -> Credit:
    """Take an agency whose reporter recorded something, and him where he is named: "Кореспондент УНІАН Іван Лис зафіксував …"."""
    before = pieces[place - 1] if place else None
    said = tokens[before.first : before.last][-2:] if before is not None and before.role == "words" else ()
    if not any(is_word_of(atom, "calling_word") for token in said for atom in token.atoms):
        return [], place + 1
    end = place + 1
    if [piece.role for piece in pieces[end : end + 3]] == ["quote", "words", "quote"]:
        end += 3
    named = pieces[end] if _follows(pieces, end, "words") else None
    verb = end + 1 if named is not None else end
    if not _follows(pieces, verb, "creator") or not is_making(tokens[pieces[verb].first]):
        return [], place + 1
    if named is None:
        return [pieces[place]], verb + 1
    credit, _ = _credit_of(tokens, named.first, named.last, verb + 1)
    return [pieces[place], *credit], verb + 1


def _winner(pieces: Sequence[Piece], tokens: Sequence[Token], place: int) -> Credit:
    """Take the person who ends a text behind the prize that the picture won: "перша премія в категорії – Анна Лис"."""
    before = pieces[place - 1] if place else None
    if before is None or before.role != "words" or not tokens[pieces[place].first].is_spaced:
        return [], place + 1
    ends = place + 2 >= len(pieces) or pieces[place + 2].role in ("stop", "comma", "for")
    spoken = [token for piece in pieces[max(place - 3, 0) : place] for token in tokens[piece.first : piece.last]]
    if not ends or not _follows(pieces, place + 1, "words") or not _is_prize(spoken):
        return [], place + 1
    name = pieces[place + 1]
    credit, after = _credit_of(tokens, name.first, name.last, place + 2)
    if credit and [one.role for one in pieces[after : after + 2]] == ["for", "known"]:
        return [*credit, *pieces[after : after + 2]], after + 2
    return credit, after


def _is_prize(run: Sequence[Token]) -> bool:
    return any(_RANK.fullmatch(one.text) and _PRIZE.fullmatch(two.text) for one, two in pairwise(run))


def _office(pieces: Sequence[Piece], tokens: Sequence[Token], place: int) -> Credit:
    """Take an office nobody knows that published pictures: "Пресслужба губернатора оприлюднила знімки …"."""
    run = tokens[pieces[place].first : pieces[place].last]
    begins = place == 0 or pieces[place - 1].role == "stop"
    if begins and is_capital(run[0]) and kind_of(run) == "issuing" and takes_picture(pieces, tokens, place + 1):
        return [pieces[place + 1], pieces[place]], place + 2
    return [], place + 1


def _credit_of(tokens: Sequence[Token], first: int, last: int, after: int) -> Credit:
    if last - first < 2 or kind_of(tokens[first:last]) != "person":
        return [], after
    return [Piece("creator", first, first), Piece("words", first, last)], after
