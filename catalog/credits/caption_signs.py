"""What single signs and words of a caption tell about the credit beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from catalog.credits.kinds import is_loose_arabic, kind_of
from catalog.credits.pieces import Piece
from catalog.credits.tokens import Token
from catalog.credits.vocabulary import is_word_of

_OFFICES = frozenset({"ministry", "military", "office", "service"})
_ARABIC = re.compile("[\u0600-\u06ff]")
_MAX_WHOLE_NAME = 5  # words between a label and a sign, where nothing else can begin
_MOST_PIECES = 16  # between a screenshot and the platform it is of


def is_mid_sentence(pieces: Sequence[Piece], tokens: Sequence[Token], place: int) -> bool:
    """Tell a label that stands behind words of its sentence, as in "In this photo by …"."""
    return place > 0 and pieces[place - 1].role == "words" and tokens[pieces[place - 1].first].text == "In"


def is_label_of_line(pieces: Sequence[Piece], tokens: Sequence[Token], place: int) -> bool:
    """Tell a label that opens a line or sentence which holds nothing else but a name: "… at the border. Фото svaboda.org"."""
    if pieces[place].role != "photo" or (place and pieces[place - 1].role not in ("stop", "slash")):
        return False
    named = list(pieces[place + 1 : place + 3])
    if len(pieces) > place + 1 and pieces[place + 1].role == "dash":
        return True  # "Фото - Ann Lee, Bill Poe"
    if [piece.role for piece in named] == ["known", "words"]:
        named = list(pieces[place + 2 : place + 4])  # "Фото ДСНС Львівщини"
    ends = len(named) == 1 or (len(named) == 2 and named[1].role == "stop")
    if [piece.role for piece in named] == ["words", "slash"] and place and tokens[pieces[place - 1].first].kind == "line":
        # "Фотографии Анны Лисовой / ЕЖ" on a line of its own
        ends = place + 4 >= len(pieces) and pieces[-1].role in ("words", "known")
        return ends and kind_of(tokens[named[0].first : named[0].last]) == "person"
    if not ends or named[0].role not in ("known", "words"):
        return False
    if named[0].first > pieces[place].last:
        return all(token.text[:1].isupper() for token in tokens[named[0].first : named[0].last])
    return (
        named[0].role == "known"
        or kind_of(tokens[named[0].first : named[0].last])
        in (
            "person",
            "publishing",
            "issuing",
        )
        or (place > 0 and pieces[place - 1].role == "slash")
    )


def is_office(inside: Sequence[Piece], tokens: Sequence[Token]) -> bool:
    """Tell a bracket that holds nothing but the name of an office, no initials: "(Канцелярия президента)"."""
    if len(inside) != 1 or inside[0].last - inside[0].first < 2:
        return False
    if inside[0].source is not None:
        return inside[0].source.kind in _OFFICES
    return inside[0].role == "words" and kind_of(tokens[inside[0].first : inside[0].last]) == "issuing"


def opening_of(pieces: Sequence[Piece], place: int) -> int:
    """Return the place of the bracket that a closing one belongs to, 0 when a known name of a few words does not fill it."""
    for number in range(place - 1, max(place - 4, 0), -1):
        if pieces[number].role == "open":
            return number if pieces[number + 1].role in ("known", "words") else 0
    return 0


def is_file_mark(pieces: Sequence[Piece], tokens: Sequence[Token], place: int) -> bool:
    """Tell "FILE - …" and "file photo" from the noun: a phrase of two words, or alone before a dash or colon."""
    piece = pieces[place]
    if piece.role not in ("archive", "illustration"):
        return False
    follows = place + 1 < len(pieces) and pieces[place + 1].role in ("dash", "colon", "stop")
    closes = place + 1 == len(pieces) or (pieces[place + 1].role in ("stop", "close") and place + 2 == len(pieces))
    if closes and place and pieces[place - 1].role == "dash":
        return True  # "a fighter in the city of Raqqa - archive."
    return piece.last - piece.first > 1 or (follows and (place == 0 or pieces[place - 1].role in ("stop", "open", "colon")))


def behind_writer(pieces: Sequence[Piece], tokens: Sequence[Token], place: int) -> int:
    """Return the place behind who wrote the text: the end of the line, a bar, or the next label."""
    end = place + 1
    while end < len(pieces) and pieces[end].role not in ("stop", "photo", "creator") and tokens[pieces[end].first].text != "|":
        end += 1
    return end


def seen_on(pieces: Sequence[Piece], tokens: Sequence[Token], place: int) -> list[Piece]:
    """Return the platform that a screenshot is of, with the word that leads to it, where only a day stands between."""
    end = place + 1
    while end < len(pieces) and end <= place + _MOST_PIECES and pieces[end].role in ("words", "slash", "from"):
        shown = shown_on(pieces, end)
        if shown:
            return shown if end > place + 1 else []
        if not all(_is_of_day(token) for token in tokens[pieces[end].first : pieces[end].last]):
            break
        end += 1
    return []


def _is_of_day(token: Token) -> bool:
    return token.text in ("/", "-") or token.text.isdigit() or any(is_word_of(atom, "date_word") for atom in token.atoms)


def is_whole_name(pieces: Sequence[Piece], tokens: Sequence[Token], place: int) -> bool:
    """Tell whether Arabic words between a label and the next sign are one name, however long: "محمد نور الدين عبد الله"."""
    run = tokens[pieces[place].first : pieces[place].last]
    ends = place + 1 == len(pieces) or pieces[place + 1].role in ("dash", "slash", "stop", "close", "open")
    return ends and _ARABIC.match(run[0].text) is not None and len(run) <= _MAX_WHOLE_NAME and not any(map(is_loose_arabic, run))


def is_behind_bar(pieces: Sequence[Piece], tokens: Sequence[Token], place: int) -> bool:
    """Tell words behind the bar that ends "Screenshot |" or "Screenshot of the video |": with them the caption begins."""
    before = [piece.role for piece in pieces[max(0, place - 3) : place - 1]]
    return tokens[pieces[place - 1].first].text == "|" and (before[-1:] == ["screenshot"] or before == ["screenshot", "from"])


def shown_on(pieces: Sequence[Piece], place: int) -> list[Piece]:
    """Return the platform that something was shown on, with the word that leads to it: "نشرها الجيش على تويتر"."""
    shown = list(pieces[place : place + 2])
    return shown if [piece.role for piece in shown] == ["from", "known"] and _is_platform(shown[1]) else []


def _is_platform(piece: Piece) -> bool:
    return piece.source is not None and piece.source.kind == "platform"


def only_numbers(pieces: Sequence[Piece], tokens: Sequence[Token]) -> bool:
    """Tell whether nothing but sizes and dates in figures follows: "… - Sputnik, 1920, 09.12.2024"."""
    marks = [token for piece in pieces for token in tokens[piece.first : piece.last]]
    return all(token.kind != "word" or not any(letter.isalpha() for letter in token.text) for token in marks)


def is_flag_after_comma(pieces: Sequence[Piece], place: int) -> bool:
    """Tell a comma before "File" or "Handout", and the word behind it."""
    if pieces[place].role == "comma":
        return place + 1 < len(pieces) and pieces[place + 1].role in ("archive", "handout")
    return pieces[place].role in ("archive", "handout") and pieces[place - 1].role in ("comma", "handout")
