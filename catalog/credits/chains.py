"""Chains of names with slashes inside a caption, and the names that stand at the ends of a run of words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from catalog.credits.caption_signs import is_flag_after_comma, only_numbers, opening_of
from catalog.credits.kinds import changes_script, has_org_word, is_host, is_loose_arabic, is_name_like, kind_of
from catalog.credits.pieces import Piece
from catalog.credits.segments import MAX_OFFICE_WORDS, after_which
from catalog.credits.tokens import QUOTES, Token

CREDITED_KINDS = frozenset({"agency", "library", "platform", "newspaper", "broadcaster", "site"})
_LEADING_TO_PLACES = frozenset({"в", "у", "на", "під", "под", "біля", "возле", "из", "із", "in", "at", "near"})
_CHAIN = frozenset({"slash", "known", "words", "handle", "photo", "handout", "via", "quote", "empty", "copyright"})
# A line of its own may part its members with other signs: "Ann Lee - pool, Pool AFP".
_LINE = _CHAIN | {"dash", "comma"}
_ARABIC = re.compile("[\u0600-\u06ff]")
# "APPLE INC HANDOUT/AGENCY": who handed it out stands before the word without a sign.
_NAMED_BEFORE = {"handout": ("words",)}
# The longest credit after a label, and the longest name, in the lines of docs/credits.md, with room to spare.
MAX_CREDIT_PIECES, MAX_NAME_TOKENS, _MAX_ARABIC_NAME_TOKENS = 16, 9, 3


def closing_chain(pieces: Sequence[Piece], tokens: Sequence[Token], place: int) -> tuple[list[Piece], int]:
    """Take a chain of names with slashes, known or not, that is all of the last sentence."""
    end = len(pieces) - 1 if pieces[-1].role in ("stop", "close") else len(pieces)
    chain = list(pieces[place:end])
    is_chain = is_chain_of_names(chain, tokens)
    return (chain, end) if is_chain and len(chain) <= MAX_CREDIT_PIECES else ([], place + 1)


def whole_line(pieces: Sequence[Piece], tokens: Sequence[Token], place: int) -> tuple[list[Piece], int]:
    """Take a line of a caption that holds nothing but a credit: a chain with somebody who publishes, or the name of a host.

    The line of an agency takes a line with it that holds nothing but a person, before it or as the last one behind it.
    """
    if place and tokens[pieces[place].first - 1].kind != "line":
        return [], place + 1
    end = place
    while end < len(pieces) and end - place <= MAX_CREDIT_PIECES and pieces[end].role in _LINE:
        end += 1
    line = list(pieces[place:end])
    if not line or not _ends_line(pieces, tokens, end):
        return [], place + 1
    runs = [tokens[piece.first : piece.last] for piece in line if piece.role == "words"]
    if any(_ARABIC.match(run[0].text) and len(run) > _MAX_ARABIC_NAME_TOKENS for run in runs):
        return [], place + 1  # no capitals tell a long name from a sentence
    kinds = {kind_of(run) for run in runs}
    if place and _is_list_of_sources(line):
        return line, end
    is_loose = any(piece.role in ("dash", "comma") for piece in line)
    if is_loose and (len(runs) != 1 or kinds != {"person"} or not any(piece.role == "empty" for piece in line)):
        return [], place + 1
    publishes = any(piece.source is not None and piece.source.kind in CREDITED_KINDS for piece in line) or "publishing" in kinds
    is_linked = is_loose or any(piece.role in ("slash", "via") for piece in line)
    is_credit = publishes and "prose" not in kinds and is_linked
    is_lone = len(line) == 1 and (is_host(runs[0]) if runs else is_host(tokens[line[0].first : line[0].last]))
    is_agency = line[0].source is not None and line[0].source.kind in CREDITED_KINDS and not runs
    if not is_credit and not is_lone and not (is_agency and place):
        return [], place + 1
    joint = Piece("slash", line[0].first, line[0].first)
    if not runs and place > 1 and _is_line_of_person(pieces, tokens, place - 2):
        line = [pieces[place - 2], joint, *line]
    elif (
        not is_lone
        and "person" not in kinds
        and end + 1 < len(pieces)
        and end + 2 >= len(pieces)
        and _is_line_of_person(pieces, tokens, end + 1)
    ):
        line, end = [*line, joint, pieces[end + 1]], end + 2
    return line, end


def _is_list_of_sources(line: Sequence[Piece]) -> bool:
    """Tell sources that are known with commas between them: "Reuters, Associated Press, ДСНС,"."""
    named = [piece for piece in line if piece.role == "known"]
    return len(named) > 1 and {piece.role for piece in line} == {"known", "comma"}


def _ends_line(pieces: Sequence[Piece], tokens: Sequence[Token], end: int) -> bool:
    if end < len(pieces) and pieces[end].role == "stop" and tokens[pieces[end].first].kind != "line":
        end += 1
    return end == len(pieces) or (pieces[end].role == "stop" and tokens[pieces[end].first].kind == "line")


def _is_line_of_person(pieces: Sequence[Piece], tokens: Sequence[Token], place: int) -> bool:
    """Tell a line that holds a person's name and nothing else."""
    piece = pieces[place]
    begins = place == 0 or tokens[piece.first - 1].kind == "line"
    is_person = piece.role == "words" and kind_of(tokens[piece.first : piece.last]) == "person"
    return begins and is_person and _ends_line(pieces, tokens, place + 1)


def is_chain_of_names(chain: Sequence[Piece], tokens: Sequence[Token]) -> bool:
    """Tell names with slashes between them, known or not, from words."""
    return any(piece.role == "slash" for piece in chain) and all(
        piece.role in _CHAIN and (piece.role != "words" or kind_of(tokens[piece.first : piece.last]) != "prose")
        for piece in chain
    )


def around(pieces: Sequence[Piece], tokens: Sequence[Token], place: int, floor: int) -> tuple[list[Piece], int]:
    """Take the chain of slashes that a known name stands in, or the name when it closes the text after a dash or line end."""
    previous = pieces[place - 1].role if place else "stop"
    # "Ann Lee-AP": a hyphen without spaces joins the two as a slash does.
    is_joined = previous == "slash" or (previous == "dash" and not tokens[pieces[place - 1].first].is_spaced)
    end = place + 1
    while end < len(pieces) and pieces[end].role == "photo":
        end += 1
    following = pieces[end].role if end < len(pieces) else "stop"
    if not is_joined and following != "slash":
        closes = end == len(pieces) or (following == "stop" and end + 1 == len(pieces)) or only_numbers(pieces[end:], tokens)
        is_lone = previous in ("dash", "stop", "colon", "close") and closes and place > 0
        is_lone |= place == 0 and end < len(pieces) and following == "stop" and pieces[end].first == pieces[end].last
        source = pieces[place].source
        return ([pieces[place]], end) if is_lone and source is not None and source.kind in CREDITED_KINDS else ([], place + 1)
    taken = [*left_of(pieces, tokens, place - 1, floor), pieces[place - 1]] if is_joined else []
    if previous == "comma" and following == "slash" and _opens_line(pieces, tokens, place - 2):
        taken = [pieces[place - 2], pieces[place - 1]]  # "ANN LEE, AFP/Getty Images"
    office = None if is_joined else _office_before(pieces, tokens, place)
    if office is not None and pieces[place - 1].first >= floor:
        is_behind = office.first == pieces[place - 1].first and place > 1 and pieces[place - 2].role == "slash"
        taken = [*left_of(pieces, tokens, place - 2, floor), pieces[place - 2], office] if is_behind else [office]
    end = place
    while end < len(pieces) and (pieces[end].role in _CHAIN or is_flag_after_comma(pieces, end)):
        if pieces[end].role == "words":
            name = leading_name(pieces[end], tokens)
            if name is None or pieces[end - 1].role not in ("slash", "photo", "quote", "known", "copyright"):
                break
            is_behind = is_joined or end > place + 1 or changes_script(tokens[name.first - 1], tokens[name.first])
            if pieces[end - 1].role == "known" and is_behind and name.last < pieces[end].last:
                break  # "…/AFP via Getty Images Tens of thousands of people …": the caption begins
            taken.append(name)
            if name.last < pieces[end].last:
                end += 1
                break
        else:
            taken.append(pieces[end])
        end += 1
    return taken, end


def left_of(pieces: Sequence[Piece], tokens: Sequence[Token], place: int, floor: int) -> list[Piece]:
    """Take the name that stands before a slash or "via" at a place, and those before it in the same chain."""
    taken: list[Piece] = []
    number = place - 1
    while number >= 0 and pieces[number].first >= floor and len(taken) < MAX_CREDIT_PIECES:
        piece = pieces[number]
        if piece.role == "words":
            name = _trailing_name(piece, tokens)
            if name is None or _is_in_arabic_sentence(pieces, tokens, number):
                break
            taken.insert(0, name)
            if name.first > piece.first or number == 0 or pieces[number - 1].role not in ("slash", "photo"):
                break
        elif piece.role == "close" and (open_place := opening_of(pieces, number)) > 0:
            number = open_place  # "WANA (West Asia News Agency)/Handout": the bracket explains the name before it
        elif piece.role in ("known", "handle", "handout", "photo", "empty", "slash"):
            taken.insert(0, piece)
            office = _office_before(pieces, tokens, number)
            if office is not None:
                taken.insert(0, office)
                number -= 1
                if office.first > pieces[number].first:
                    break
            before = pieces[number - 1].role if number else ""
            if piece.role != "slash" and before not in ("slash", "photo", "handout", "known", *_NAMED_BEFORE.get(piece.role, ())):
                break
        else:
            break
        number -= 1
    return taken


def _opens_line(pieces: Sequence[Piece], tokens: Sequence[Token], place: int) -> bool:
    """Tell a person's name that opens the text, a line or a bracket."""
    if place < 0 or pieces[place].role != "words" or (place and pieces[place - 1].role not in ("stop", "open")):
        return False
    return kind_of(tokens[pieces[place].first : pieces[place].last]) == "person"


def _office_before(pieces: Sequence[Piece], tokens: Sequence[Token], number: int) -> Piece | None:
    """Return the words that make a known force into an office of it: "Press Service of the … Ukrainian Armed Forces"."""
    known = pieces[number]
    if number == 0 or known.source is None or known.source.kind in CREDITED_KINDS:
        return None
    words = pieces[number - 1]
    if words.role != "words" or words.last != known.first:
        return None
    first = words.last
    while first > words.first and words.last - first < MAX_OFFICE_WORDS and is_name_like(tokens[first - 1]):
        first -= 1
    while first < words.last and not is_name_like(tokens[first], at_edge=True):
        first += 1
    return Piece("words", first, words.last) if has_org_word(tokens[first : words.last]) else None


def _is_in_arabic_sentence(pieces: Sequence[Piece], tokens: Sequence[Token], number: int) -> bool:
    """Tell whether Arabic words before a slash end a sentence: no capitals say so, but a long run does, or a preposition."""
    piece = pieces[number]
    if not _ARABIC.search(tokens[piece.last - 1].text):
        return False
    runs_on = number > 0 and pieces[number - 1].last == piece.first and pieces[number - 1].role in ("from", "and", "for", "known")
    return runs_on or piece.last - piece.first > _MAX_ARABIC_NAME_TOKENS + 1


def leading_name(piece: Piece, tokens: Sequence[Token]) -> Piece | None:
    """Return the name that a run of words begins with, without articles and words that say what somebody is."""
    first, last = piece.first, piece.first
    while first < piece.last and tokens[first].text in ("the", "a", "an"):
        first += 1
        last = first
    first = last = after_which(tokens, first, piece.last)
    while first < piece.last and tokens[first].text in QUOTES:
        first = last = first + 1
    limit = _MAX_ARABIC_NAME_TOKENS if first < piece.last and _ARABIC.search(tokens[first].text) else MAX_NAME_TOKENS
    while last < piece.last and last - first < limit and _is_of_name(tokens, last, piece.last):
        if last > first and changes_script(tokens[last - 1], tokens[last]) and not _is_all_name(tokens[last : piece.last]):
            break
        last += 1
    while last > first and not is_name_like(tokens[last - 1], at_edge=True):
        last -= 1
    return Piece("words", first, last) if last > first else None


def _is_of_name(tokens: Sequence[Token], number: int, end: int) -> bool:
    """Tell a word that may stand in a name, or the full stop of a rank before one: "Sgt. Ann Lee"."""
    if tokens[number].text == ".":
        return number + 1 < end and is_name_like(tokens[number + 1])
    return is_name_like(tokens[number]) and not is_loose_arabic(tokens[number])


def _is_all_name(run: Sequence[Token]) -> bool:
    """Tell a name printed in two scripts, "Алекс Уэбб Alex Webb", from one that a sentence follows."""
    return all(is_name_like(token) for token in run)


def _trailing_name(piece: Piece, tokens: Sequence[Token]) -> Piece | None:
    first = last = piece.last
    limit = _MAX_ARABIC_NAME_TOKENS if _ARABIC.search(tokens[last - 1].text) else MAX_NAME_TOKENS
    while first > piece.first and last - first < limit and is_name_like(tokens[first - 1]):
        if first < last and changes_script(tokens[first - 1], tokens[first]):
            break
        first -= 1
    while first < last and not is_name_like(tokens[first], at_edge=True):
        first += 1
    if last - first > 5 and not has_org_word(tokens[first:last]):
        return None
    if last - first == 1 and first > piece.first and tokens[first - 1].text in _LEADING_TO_PLACES:
        return None  # "… в Карпатах / Facebook"
    return Piece("words", first, last) if last > first else None
