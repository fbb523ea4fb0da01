"""Where the credits stand inside a caption: the stretches of a sentence that are read as credit lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from catalog.credits.arabic_names import (
    behind_adjectives,
    behind_profession,
    employed_person,
    is_adjective,
    is_employed,
    is_named_behind_comma,
    is_no_name,
    is_of_credit,
    is_unnamed,
    is_winner,
    last_name_alone,
    leads_to_name,
    names_in_row,
)
from catalog.credits.arabic_prose import said_in_arabic
from catalog.credits.caption_signs import (
    behind_writer,
    is_behind_bar,
    is_file_mark,
    is_label_of_line,
    is_mid_sentence,
    is_office,
    is_whole_name,
    seen_on,
)
from catalog.credits.chains import (
    CREDITED_KINDS,
    MAX_CREDIT_PIECES,
    around,
    closing_chain,
    is_chain_of_names,
    leading_name,
    left_of,
    whole_line,
)
from catalog.credits.kinds import has_org_word, is_capital, is_host, is_site_word, kind_of
from catalog.credits.pieces import Piece
from catalog.credits.prose import (
    first_names,
    is_about_picture,
    is_about_picture_ahead,
    is_apposed_person,
    is_taken_by,
    released,
    taken_by,
)
from catalog.credits.segments import REGION_WORDS, is_calling, leads_to_region
from catalog.credits.sentences import THESE
from catalog.credits.slavic_names import (
    behind_place,
    is_apposed_to_person,
    is_author,
    is_author_said,
    is_in_scene,
    is_shown,
    is_whole_sentence,
    quoted_publisher,
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
# What is said of a photographer who took this very picture; other words for one also stand in sentences.
_TAKING = frozenset({"بعدسة", "التقطها", "التقطتها"})
# Before these signs a caption ends and "a screenshot of …" is no more of its words.
_PARTING = frozenset({"slash", "dash", "stop", "open"})
# The longest bracket that holds a credit in the lines of docs/credits.md, with room to spare.
_MAX_BRACKET_PIECES = 40
_FORCES = frozenset({"military", "service", "ministry", "office"})
# What food and statements are as well; the picture must stand right before them.
_OF_ANYTHING = frozenset({"provided", "supplied", "issued", "published", "distributed"})
_NEAR = 1
_NAME_AND_START = 3  # first name, last name, and the word a sentence begins with


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


def _is_for(pieces: Sequence[Piece], place: int) -> bool:
    return place < len(pieces) and pieces[place].role == "for"


def _is_known(pieces: Sequence[Piece], place: int) -> bool:
    return place < len(pieces) and pieces[place].role == "known"


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
    is_photographer = _is_photographer(piece, tokens)
    if is_photographer and _says_whose(pieces, tokens, place + 1):
        return _to_end(pieces, tokens, place)  # "Фотограф агентства …"
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
        taken, end = _to_end(pieces, tokens, place)
        left = left_of(pieces, tokens, place - 1, floor) if place and pieces[place - 1].role == "slash" and taken else []
        return ([*left, pieces[place - 1], *taken] if left else taken), end
    if piece.role == "illustration" and following == "colon":
        taken, end = _to_end(pieces, tokens, place)
        return taken if len(taken) > 2 else [], end
    if is_taken_by(piece, tokens):
        return taken_by(pieces, tokens, place)
    if piece.role in _STARTING and (is_label or _is_whole_label(piece, tokens)):
        taken, end = _to_end(pieces, tokens, place)
        # "US Marine Corps photo by Ann Lee": the force stands before the label.
        force = pieces[place - 1].source if place and pieces[place - 1].last == piece.first > floor else None
        is_of_force = force is not None and force.kind in _FORCES and piece.role == "creator"
        # "VOA photo: Ann Lee" opens its text.
        is_of_force |= place == 1 and force is not None and force.kind in CREDITED_KINDS and following == "colon"
        return ([pieces[place - 1], *taken] if taken and is_of_force else taken), end
    if piece.role == "screenshot" and (seen := seen_on(pieces, tokens, place)):
        return [piece, *seen], place + 1
    if piece.role == "screenshot" and following in ("quote", "known", "words") and place and pieces[place - 1].role in _PARTING:
        return _to_end(pieces, tokens, place)
    if piece.role == "released" and _says_handed_out(pieces, tokens, place):
        return released(pieces, tokens, place)
    if is_arabic_creator:
        if following == "comma":
            return [], place + 1  # "تقرير مصور، …": an adjective, and the sentence goes on
        if [one.role for one in pieces[place + 1 : place + 3]] == ["words", "colon"]:
            return [], place + 1  # "من جولة كاميرا القناة اليوم: …" heads what the picture shows
        return _to_end(pieces, tokens, place)
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


def _is_photographer(piece: Piece, tokens: Sequence[Token]) -> bool:
    return piece.role == "creator" and bool(_CYRILLIC.match(tokens[piece.first].text))


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


def _to_end(pieces: Sequence[Piece], tokens: Sequence[Token], place: int) -> tuple[list[Piece], int]:
    """Take what follows a label up to the end of the sentence, the line or the bracket, or to a word that is no name."""
    taken = [pieces[place]]
    end = place + 1
    is_photographer = _is_photographer(pieces[place], tokens)
    is_prose = bool(_ARABIC.search(tokens[pieces[place].first].text)) and (
        end >= len(pieces) or pieces[end].role in ("words", "known", "quote", "creator", "for")
    )
    while end < len(pieces) and len(taken) < MAX_CREDIT_PIECES and pieces[end].role not in ("stop", "close", "caption"):
        if is_prose and pieces[end].role == "comma" and not _is_for(pieces, end + 1):
            if pieces[place].role == "creator" and is_apposed_person(pieces, tokens, taken, end):
                return [*taken, pieces[end], pieces[end + 1]], end + 2
            break  # Arabic prose goes on behind the comma: "صورة التقطها مصور رويترز، وانتشرت …"
        is_employee = is_employed(pieces[place], tokens)
        if is_prose and pieces[end].role == "words" and [one.role for one in taken].count("quote") > 1 and not is_employee:
            break  # "عدسة «…» تجولت …": behind a quoted name the sentence goes on
        if is_prose and pieces[end].role == "words" and is_adjective(pieces[end], tokens) and leads_to_name(pieces, end + 1):
            end += 1 + (pieces[end + 1].role == "comma")
            continue  # "التقط الصورة الفائزة المصور …", "المصور الشاب، …"
        if is_prose and pieces[end].role == "words" and end == place + 1 and is_unnamed(pieces[end], tokens, pieces[place]):
            return [], place + 1
        is_behind_agency = taken[-1].role == "known" or [one.role for one in taken[-2:]] == ["known", "quote"]
        if is_prose and pieces[end].role == "words" and is_behind_agency and is_employee:
            comma = behind_adjectives(pieces, tokens, end)
            if comma and is_apposed_person(pieces, tokens, taken, comma):
                return [*taken, pieces[comma + 1]], comma + 2  # "مصور رويترز العالمية في لبنان، محمد علي، …"
            employed = employed_person(pieces, tokens, place, end)
            return ([*taken, employed] if employed else taken), end + 1
        if is_prose and pieces[end].role in ("words", "photo") and taken[-1].role == "known":
            break  # "كاميرا وكالة رويترز صورا …" goes on as a sentence
        if pieces[end].role == "comma" and is_mid_sentence(pieces, tokens, place) and not _is_known(pieces, end + 1):
            break  # "In this photo by Ann Lee, sailors and …"
        if pieces[end - 1].role == "comma" and len(taken) > 2 and tokens[pieces[end].first].text in ("a", "an", "the"):
            break  # "photo by Ann Lee, an aircraft …"
        if is_photographer and (quoted := quoted_publisher(pieces, tokens, end)):
            taken += pieces[quoted : quoted + 3]
            end = quoted + 3
            continue
        if pieces[end].role == "words" and all(is_calling(token) for token in tokens[pieces[end].first : pieces[end].last]):
            end += 1
            continue  # "снял корреспондент «…» Имя"
        if is_prose and taken[-1].role == "words" and not is_of_credit(pieces, end):
            break  # "وثق المصور محمد علي عبر عدسة الكاميرا من السماء …": the name is over, and the sentence is not
        if is_prose and end == place + 1 and is_no_name(pieces, tokens, end):
            return [], place + 1
        if pieces[end].role == "words" and (row := names_in_row(pieces[place], pieces[end], tokens)):
            taken += row
            end += 1
            continue
        if pieces[end].role == "words":
            name = leading_name(pieces[end], tokens)
            if name is None and taken[-1].role in ("known", "quote") and is_photographer:
                name = behind_place(pieces[end], tokens)
            if name is None and taken[-1].role == "known" and leads_to_region(tokens[pieces[end].first : pieces[end].last]):
                name = Piece("words", pieces[end].first, pieces[end].first + REGION_WORDS)
            if pieces[end - 1].role in ("colon", "dash") and is_whole_name(pieces, tokens, end):
                name = pieces[end]
            if is_behind_bar(pieces, tokens, end) and (name is None or name.last < pieces[end].last):
                break  # "Screenshot | A ruined classroom …": behind the bar the caption begins
            if is_prose and end == place + 1 and (behind := behind_profession(pieces[place], pieces[end], tokens)):
                name = leading_name(Piece("words", behind, pieces[end].last), tokens)
            if name is not None and is_prose and name.last < pieces[end].last:
                name = first_names(name, tokens)
            if name is not None and is_prose:
                name = last_name_alone(name, tokens)
            run = tokens[pieces[end].first : pieces[end].last]
            is_user = len(run) == 1 and run[0].text.isascii() and end + 1 < len(pieces) and pieces[end + 1].role == "slash"
            if name is None and ((pieces[end - 1].role == "colon" and (is_user or is_site_word(run))) or is_host(run)):
                name = pieces[end]
            if name is None:
                break
            is_of_agency = is_photographer and kind_of(tokens[name.first : name.last]) == "person"
            if name.last < pieces[end].last and pieces[end - 1].role == "known" and len(taken) > 1 and not is_of_agency:
                break  # "Photo: Reuters The hidden meaning …": the caption goes on without a sign
            taken.append(name)
            if name.last < pieces[end].last:
                is_publisher = has_org_word(tokens[name.first : name.first + 1])
                if is_prose and len(taken) == 2 and (is_publisher or _says_who_took_it(pieces[place], tokens)):
                    return taken, end + 1
                if is_prose and len(taken) == 2 and is_employed(pieces[place], tokens) and is_winner(pieces, tokens, place, name):
                    return taken, end + 1  # "فازت المصورة … بجائزة … عن صورة"
                if place == 0 and [one.role for one in taken[1:]] == ["colon", "words"] and _runs_on(name, tokens):
                    return [*taken[:-1], Piece("words", name.first, name.first + 2)], end + 1
                is_taker = len(taken) == 2 and is_photographer and kind_of(tokens[name.first : name.last]) == "person"
                if is_taker and name.last - name.first > 1:
                    return taken, end + 1  # "фотограф Іван Лис зафіксував кадр …"
                if len(taken) == 2 or (taken[1].role == "colon" and len(taken) == 3):
                    return [], place + 1  # "Picture: the Cape light on …" goes on as a sentence
                end += 1
                break
        else:
            taken.append(pieces[end])
        end += 1
    return (taken, end) if len(taken) > 1 else ([], place + 1)


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
        or len(inside) > _NAME_AND_START
        or (len(inside) > 1 and inside[1].role != "comma")
    ):
        return False
    return kind_of(tokens[inside[0].first : inside[0].last]) == "person"


def _runs_on(name: Piece, tokens: Sequence[Token]) -> bool:
    """Tell three capital words before a sentence, "Фото: Анна Ли Музыкальный театр …": two of a person, one that begins it."""
    run = tokens[name.first : name.last]
    return len(run) == _NAME_AND_START and all(is_capital(token) for token in run) and not has_org_word(run)


def _says_who_took_it(piece: Piece, tokens: Sequence[Token]) -> bool:
    return piece.last - piece.first > 1 or tokens[piece.first].text in _TAKING
