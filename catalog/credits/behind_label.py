"""What a label in a caption credits: the names behind it, up to where the sentence goes on as a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from catalog.credits.arabic_names import (
    behind_adjectives,
    behind_profession,
    employed_person,
    is_adjective,
    is_employed,
    is_no_name,
    is_of_credit,
    is_unnamed,
    is_winner,
    last_name_alone,
    leads_to_name,
    names_in_row,
)
from catalog.credits.caption_signs import (
    is_behind_bar,
    is_mid_sentence,
    is_whole_name,
)
from catalog.credits.chains import (
    MAX_CREDIT_PIECES,
    leading_name,
)
from catalog.credits.kinds import has_org_word, is_capital, is_host, is_site_word, kind_of
from catalog.credits.pieces import Piece
from catalog.credits.prose import (
    first_names,
    is_apposed_person,
)
from catalog.credits.segments import REGION_WORDS, is_calling, leads_to_region
from catalog.credits.slavic_names import (
    behind_place,
    quoted_publisher,
)
from catalog.credits.tokens import Token

_ARABIC = re.compile("[\u0600-\u06ff]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
# What is said of a photographer who took this very picture; other words for one also stand in sentences.
_TAKING = frozenset({"بعدسة", "التقطها", "التقطتها"})
_NAME_AND_START = 3  # first name, last name, and the word a sentence begins with


def to_end(pieces: Sequence[Piece], tokens: Sequence[Token], place: int) -> tuple[list[Piece], int]:
    """Take what follows a label up to the end of the sentence, the line or the bracket, or to a word that is no name."""
    taken = [pieces[place]]
    end = place + 1
    is_photographer = is_photographer_label(pieces[place], tokens)
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


def is_photographer_label(piece: Piece, tokens: Sequence[Token]) -> bool:
    """Tell a Russian or Ukrainian word for who took a picture."""
    return piece.role == "creator" and bool(_CYRILLIC.match(tokens[piece.first].text))


def _is_for(pieces: Sequence[Piece], place: int) -> bool:
    return place < len(pieces) and pieces[place].role == "for"


def _is_known(pieces: Sequence[Piece], place: int) -> bool:
    return place < len(pieces) and pieces[place].role == "known"


def _runs_on(name: Piece, tokens: Sequence[Token]) -> bool:
    """Tell three capital words before a sentence, "Фото: Анна Ли Музыкальный театр …": two of a person, one that begins it."""
    run = tokens[name.first : name.last]
    return len(run) == _NAME_AND_START and all(is_capital(token) for token in run) and not has_org_word(run)


def _says_who_took_it(piece: Piece, tokens: Sequence[Token]) -> bool:
    return piece.last - piece.first > 1 or tokens[piece.first].text in _TAKING
