"""Where the credits stand inside a caption: the stretches of a sentence that are read as credit lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from catalog.credits.arabic_names import (
    is_named_behind_comma,
)
from catalog.credits.arabic_prose import said_in_arabic
from catalog.credits.behind_label import is_photographer_label, to_end
from catalog.credits.caption_signs import (
    behind_writer,
    is_file_mark,
    is_label_of_line,
    is_office,
    seen_on,
)
from catalog.credits.chains import (
    CREDITED_KINDS,
    around,
    closing_chain,
    is_chain_of_names,
    leading_name,
    left_of,
    whole_line,
)
from catalog.credits.kinds import has_org_word, kind_of
from catalog.credits.pieces import Piece
from catalog.credits.prose import (
    is_about_picture,
    is_about_picture_ahead,
    is_taken_by,
    released,
    taken_by,
)
from catalog.credits.sentences import THESE
from catalog.credits.slavic_names import (
    is_apposed_to_person,
    is_author,
    is_author_said,
    is_in_scene,
    is_shown,
    is_whole_sentence,
    takes_up,
)
from catalog.credits.slavic_prose import said_in_slavic
from catalog.credits.tokens import Token

# What makes a bracket in a caption a credit; offices and organisations are also explained in brackets ("(NATO)").
_ANCHORS = frozenset(
    {"via", "handout", "archive", "courtesy", "creator", "photo", "copyright", "illustration", "screenshot", "source"}
)
_STARTING = frozenset({"creator", "photo", "source", "mandatory_credit", "courtesy", "screenshot"})
_STANDING = frozenset({"handout", "editorial_use_only", "mandatory_credit", "screenshot", "identifier", "terms"})
_ARABIC = re.compile("[\u0600-\u06ff]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
# Before these signs a caption ends and "a screenshot of …" is no more of its words.
_PARTING = frozenset({"slash", "dash", "stop", "open"})
# The longest bracket that holds a credit in the lines of docs/credits.md, with room to spare.
_MAX_BRACKET_PIECES = 40
_FORCES = frozenset({"military", "service", "ministry", "office"})
# What food and statements are as well; the picture must stand right before them.
_OF_ANYTHING = frozenset({"provided", "supplied", "issued", "published", "distributed"})
_NEAR = 1
_NAME_AND_NUMBER = 3  # a name, a comma and a number


def credit_pieces(pieces: Sequence[Piece], tokens: Sequence[Token]) -> list[Piece]:
    """Return the pieces of a caption that belong to a credit, stretches parted by stops; words of sentences are left out."""
    kept: list[Piece] = []
    place = 0
    while place < len(pieces):
        stretch, after = _stretch_at(pieces, tokens, place, floor=kept[-1].last if kept else 0)
        if stretch:
            kept.extend(stretch)
            kept.append(Piece("stop", stretch[-1].last, stretch[-1].last))
        elif pieces[place].role in _STANDING or is_file_mark(pieces, tokens, place):
            kept.append(pieces[place])
            kept.append(Piece("stop", pieces[place].last, pieces[place].last))
        place = max(after, place + 1)
    return kept


def _is_taken(pieces: Sequence[Piece], tokens: Sequence[Token], place: int) -> bool:
    return place < len(pieces) and is_taken_by(pieces[place], tokens)


def _stretch_at(pieces: Sequence[Piece], tokens: Sequence[Token], place: int, floor: int) -> tuple[list[Piece], int]:
    """Return the credit that begins at, or holds, the piece at a place, and the place after it; empty when there is none."""
    piece = pieces[place]
    following = pieces[place + 1].role if place + 1 < len(pieces) else ""
    if piece.role in ("words", "known", "handle"):
        line, end = whole_line(pieces, tokens, place)
        if line:
            return line, end
    if piece.role == "open":
        return _bracket(pieces, tokens, place)
    said, end = said_in_slavic(pieces, tokens, place, floor)
    if not said:
        said, end = said_in_arabic(pieces, tokens, place)
    if said:
        return said, end
    if is_named_behind_comma(pieces, tokens, place):
        return [piece, pieces[place + 2]], place + 3
    is_arabic_creator = piece.role == "creator" and bool(_ARABIC.search(tokens[piece.first].text))
    if piece.role == "writing" and following in ("colon", "dash"):
        return [], behind_writer(pieces, tokens, place)
    is_photographer = is_photographer_label(piece, tokens)
    if is_photographer and _says_whose(pieces, tokens, place + 1):
        return to_end(pieces, tokens, place)  # "Фотограф агентства …"
    is_label = following == "colon" or (
        following == "comma" and not is_arabic_creator and not _is_taken(pieces, tokens, place + 2)
    )
    # "Фото сделал …": the verb is a label where the picture stands before it.
    is_label |= is_label_of_line(pieces, tokens, place) or (is_photographer and is_author(pieces, tokens, place))
    begins = place == 0 or pieces[place - 1].role == "stop"
    is_label |= piece.role == "photo" and (following == "copyright" or (begins and _is_before_slash(pieces, tokens, place + 1)))
    is_label |= piece.role == "photo" and _says_whose(pieces, tokens, place + 1)
    if following == "comma" and piece.role == "photo" and _ARABIC.match(tokens[piece.first].text):
        is_label &= begins  # "صدر الصورة، …" heads a credit, "من الصور، …" goes on
    if is_photographer and following in ("words", "quote", "known", "creator"):
        is_label |= is_about_picture(pieces, tokens, place) or _takes_picture(pieces, tokens, place)
        is_label |= is_author_said(pieces, tokens, place) or is_whole_sentence(pieces, tokens, place)
        is_label &= not is_shown(pieces, tokens, place)
    is_taker = is_photographer and not is_apposed_to_person(pieces, tokens, place)
    is_label |= following == "known" and (piece.last - piece.first > 1 or piece.role == "courtesy" or is_taker)
    if piece.role == "copyright" or (piece.role == "courtesy" and place and pieces[place - 1].role == "slash"):
        taken, end = to_end(pieces, tokens, place)
        left = left_of(pieces, tokens, place - 1, floor) if place and pieces[place - 1].role == "slash" and taken else []
        return ([*left, pieces[place - 1], *taken] if left else taken), end
    if piece.role == "illustration" and following == "colon":
        taken, end = to_end(pieces, tokens, place)
        return taken if len(taken) > 2 else [], end
    if is_taken_by(piece, tokens):
        return taken_by(pieces, tokens, place)
    if piece.role in _STARTING and (is_label or _is_whole_label(piece, tokens)):
        taken, end = to_end(pieces, tokens, place)
        # "US Marine Corps photo by Ann Lee": the force stands before the label.
        force = pieces[place - 1].source if place and pieces[place - 1].last == piece.first > floor else None
        is_of_force = force is not None and force.kind in _FORCES and piece.role == "creator"
        # "VOA photo: Ann Lee" opens its text.
        is_of_force |= place == 1 and force is not None and force.kind in CREDITED_KINDS and following == "colon"
        return ([pieces[place - 1], *taken] if taken and is_of_force else taken), end
    if piece.role == "screenshot" and (seen := seen_on(pieces, tokens, place)):
        return [piece, *seen], place + 1
    if piece.role == "screenshot" and following in ("quote", "known", "words") and place and pieces[place - 1].role in _PARTING:
        return to_end(pieces, tokens, place)
    if piece.role == "released" and _says_handed_out(pieces, tokens, place):
        return released(pieces, tokens, place)
    if is_arabic_creator:
        if following == "comma":
            return [], place + 1  # "تقرير مصور، …": an adjective, and the sentence goes on
        if [one.role for one in pieces[place + 1 : place + 3]] == ["words", "colon"]:
            return [], place + 1  # "من جولة كاميرا القناة اليوم: …" heads what the picture shows
        return to_end(pieces, tokens, place)
    if piece.role == "via" and following == "known":
        left = left_of(pieces, tokens, place, floor)
        return [*left, piece, pieces[place + 1]], place + 2
    if piece.role == "handout" and [one.role for one in pieces[place + 1 : place + 3]] == ["slash", "known"]:
        return around(pieces, tokens, place + 2, floor)
    if piece.role == "known" and piece.source is not None:
        is_in_chain = following == "slash" or (place > 0 and pieces[place - 1].role == "slash")
        if is_in_chain or piece.source.kind in CREDITED_KINDS | {"organisation", "ministry"}:
            return around(pieces, tokens, place, floor)
    if piece.role == "for" and following == "known" and place:
        return _for_a_publisher(pieces, tokens, place, floor)
    if piece.role == "words" and following == "slash" and (place == 0 or pieces[place - 1].role in ("stop", "close")):
        return closing_chain(pieces, tokens, place)
    return [], place + 1


def _is_before_slash(pieces: Sequence[Piece], tokens: Sequence[Token], place: int) -> bool:
    """Tell "Photo / Ann Lee / …", where the slash stands for a colon."""
    return place < len(pieces) and pieces[place].role == "slash" and tokens[pieces[place].first].text == "/"


def _says_whose(pieces: Sequence[Piece], tokens: Sequence[Token], place: int) -> bool:
    """Tell "снимок агентства …": words in small letters that say what the agency behind them is."""
    roles = [piece.role for piece in pieces[place : place + 2]]
    if roles not in (["words", "known"], ["empty", "known"]):
        return False
    run = tokens[pieces[place].first : pieces[place].last]
    return len(run) == 1 and run[0].text.islower() and has_org_word(run)


def _says_handed_out(pieces: Sequence[Piece], tokens: Sequence[Token], place: int) -> bool:
    """Tell whether "released by" is said of the picture: food is "provided by" somebody, too."""
    piece = pieces[place]
    letter = tokens[piece.first].text[0]
    if _ARABIC.match(letter):
        return True
    if _CYRILLIC.match(letter):
        return piece.last - piece.first > 1 or is_about_picture(pieces, tokens, place)
    is_first = place == 0 or pieces[place - 1].role in ("stop", "open", "slash", "dash", "comma")
    reach = _NEAR if tokens[piece.first].text in _OF_ANYTHING else None
    names_picture = piece.last - piece.first > 2 or is_about_picture(pieces, tokens, place, reach)
    return piece.last - piece.first > 1 and (is_first or names_picture)


def _for_a_publisher(pieces: Sequence[Piece], tokens: Sequence[Token], place: int, floor: int) -> tuple[list[Piece], int]:
    """Take "Ann Lee for The Evening Paper" where it closes the text: a person's name, and somebody who publishes."""
    source = pieces[place + 1].source
    closes = place + 2 == len(pieces) or (pieces[place + 2].role == "stop" and place + 3 == len(pieces))
    left = left_of(pieces, tokens, place, floor)
    is_person = len(left) == 1 and kind_of(tokens[left[0].first : left[0].last]) == "person"
    if closes and is_person and source is not None and source.kind in CREDITED_KINDS:
        return [*left, pieces[place], pieces[place + 1]], place + 2
    return [], place + 1


def _is_whole_label(piece: Piece, tokens: Sequence[Token]) -> bool:
    words = [token.text.casefold() for token in tokens[piece.first : piece.last]]
    return len(words) > 1 and words[-1] in ("by", "of", "credit", "фото", "تصوير", "عدسة", "المصور")


def _bracket(pieces: Sequence[Piece], tokens: Sequence[Token], place: int) -> tuple[list[Piece], int]:
    inside: list[Piece] = []
    depth = 1
    end = place + 1
    while end < len(pieces) and len(inside) < _MAX_BRACKET_PIECES:
        depth += {"open": 1, "close": -1}.get(pieces[end].role, 0)
        if depth == 0:
            break
        inside.append(pieces[end])
        end += 1
    is_credit = any(
        piece.role in _ANCHORS or (piece.source is not None and piece.source.kind in CREDITED_KINDS) for piece in inside
    )
    if not is_credit and end + 1 >= len(pieces):
        is_credit = is_chain_of_names(inside, tokens) or is_office(inside, tokens)
        is_credit |= place > 0 and pieces[place - 1].role == "stop" and _is_person_first(inside, tokens)
    if not is_credit or any(tokens[piece.first].text in THESE for piece in inside):
        return [], place + 1
    # "… was taken by the photographer Ann Lee (Reuters)": the name before the bracket belongs to the credit.
    named = pieces[max(0, place - 2) : place]
    is_said = [piece.role for piece in named] == ["creator", "words"] and tokens[named[0].first].text != "by"
    if is_said and kind_of(tokens[named[1].first : named[1].last]) == "person":
        return [*named, pieces[place], *inside], end + 1
    return inside, end + 1


def _takes_picture(pieces: Sequence[Piece], tokens: Sequence[Token], place: int) -> bool:
    """Tell a photographer of whom the sentence goes on to speak with a picture, and who is not a part of a scene."""
    behind = pieces[place + 1]
    name = leading_name(behind, tokens) if behind.role == "words" else None
    if name is not None and takes_up(behind, tokens, name.last):
        return True
    return (name is None or not is_in_scene(name, tokens)) and is_about_picture_ahead(pieces, tokens, place)


def _is_person_first(inside: Sequence[Piece], tokens: Sequence[Token]) -> bool:
    """Tell a bracket behind a whole sentence that holds a person's name, and at most a number after a comma."""
    if (
        not inside
        or inside[0].role != "words"
        or len(inside) > _NAME_AND_NUMBER
        or (len(inside) > 1 and inside[1].role != "comma")
    ):
        return False
    return kind_of(tokens[inside[0].first : inside[0].last]) == "person"
