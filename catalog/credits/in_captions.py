"""Where the credits stand inside a caption: the stretches of a sentence that are read as credit lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from catalog.credits.caption_signs import (
    behind_writer,
    is_behind_bar,
    is_file_mark,
    is_flag_after_comma,
    is_mid_sentence,
    is_office,
    is_whole_name,
    only_numbers,
    opening_of,
    seen_on,
    shown_on,
)
from catalog.credits.kinds import changes_script, has_org_word, is_loose_arabic, is_name_like, is_site_word, kind_of
from catalog.credits.pieces import Piece
from catalog.credits.segments import REGION_WORDS, after_which, leads_to_region
from catalog.credits.tokens import QUOTES, Token

# What makes a bracket in a caption a credit; offices and organisations are also explained in brackets ("(NATO)").
_ANCHORS = frozenset(
    {"via", "handout", "archive", "courtesy", "creator", "photo", "copyright", "illustration", "screenshot", "source"}
)
_CREDITED_KINDS = frozenset({"agency", "library", "platform", "newspaper", "broadcaster", "site"})
_STARTING = frozenset({"creator", "photo", "source", "mandatory_credit", "courtesy", "screenshot"})
_CHAIN = frozenset({"slash", "known", "words", "handle", "photo", "handout", "via", "quote", "empty", "copyright"})
_STANDING = frozenset({"handout", "editorial_use_only", "mandatory_credit", "screenshot", "identifier", "terms"})
_ARABIC = re.compile("[\u0600-\u06ff]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
# What is said of a photographer who took this very picture; other words for one also stand in sentences.
_TAKING = frozenset({"بعدسة", "التقطها", "التقطتها"})
# "APPLE INC HANDOUT/AGENCY": who handed it out stands before the word without a sign.
_NAMED_BEFORE = {"handout": ("words",)}
# Before these signs a caption ends and "a screenshot of …" is no more of its words.
_PARTING = frozenset({"slash", "dash", "stop", "open"})
# Prepositions and verbs that go on after a name in an English sentence: "released by the Kremlin on Friday shows …".
_GOING_ON = frozenset(
    {"on", "in", "at", "as", "via", "and", "shows", "show", "for", "to", "from", "of", "after", "during", "who"}
)
# The longest credit after a label, and the longest name, in the lines of docs/credits.md, with room to spare.
_MAX_CREDIT_PIECES, _MAX_NAME_TOKENS, _MAX_ARABIC_NAME_TOKENS, _MAX_BRACKET_PIECES = 16, 9, 3, 40


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


def _is_for(pieces: Sequence[Piece], place: int) -> bool:
    return place < len(pieces) and pieces[place].role == "for"


def _is_known(pieces: Sequence[Piece], place: int) -> bool:
    return place < len(pieces) and pieces[place].role == "known"


def _stretch_at(pieces: Sequence[Piece], tokens: Sequence[Token], place: int, floor: int) -> tuple[list[Piece], int]:
    """Return the credit that begins at, or holds, the piece at a place, and the place after it; empty when there is none."""
    piece = pieces[place]
    following = pieces[place + 1].role if place + 1 < len(pieces) else ""
    if piece.role == "open":
        return _bracket(pieces, tokens, place)
    is_arabic_creator = piece.role == "creator" and bool(_ARABIC.search(tokens[piece.first].text))
    if piece.role == "writing" and following in ("colon", "dash"):
        return [], behind_writer(pieces, tokens, place)
    is_label = following == "colon" or (following == "comma" and not is_arabic_creator)
    is_photographer = piece.role == "creator" and bool(_CYRILLIC.match(tokens[piece.first].text))
    is_label |= following == "known" and (piece.last - piece.first > 1 or piece.role == "courtesy" or is_photographer)
    if piece.role == "copyright" or (piece.role == "courtesy" and place and pieces[place - 1].role == "slash"):
        taken, end = _to_end(pieces, tokens, place)
        left = _left(pieces, tokens, place - 1, floor) if place and pieces[place - 1].role == "slash" and taken else []
        return ([*left, pieces[place - 1], *taken] if left else taken), end
    if piece.role == "illustration" and following == "colon":
        taken, end = _to_end(pieces, tokens, place)
        return taken if len(taken) > 2 else [], end
    if piece.role in _STARTING and (is_label or _is_whole_label(piece, tokens)):
        return _to_end(pieces, tokens, place)
    if piece.role == "screenshot" and (seen := seen_on(pieces, tokens, place)):
        return [piece, *seen], place + 1
    if piece.role == "screenshot" and following in ("quote", "known", "words") and place and pieces[place - 1].role in _PARTING:
        return _to_end(pieces, tokens, place)
    if piece.role == "released" and piece.last - piece.first + bool(_ARABIC.search(tokens[piece.first].text)) > 1:
        return _released(pieces, tokens, place)
    if is_arabic_creator:
        if following == "comma":
            return [], place + 1  # "تقرير مصور، …": an adjective, and the sentence goes on
        if [one.role for one in pieces[place + 1 : place + 3]] == ["words", "colon"]:
            return [], place + 1  # "من جولة كاميرا القناة اليوم: …" heads what the picture shows
        return _to_end(pieces, tokens, place)
    if piece.role == "via" and following == "known":
        left = _left(pieces, tokens, place, floor)
        return [*left, piece, pieces[place + 1]], place + 2
    if piece.role == "handout" and [one.role for one in pieces[place + 1 : place + 3]] == ["slash", "known"]:
        return _around(pieces, tokens, place + 2, floor)
    if piece.role == "known" and piece.source is not None:
        is_in_chain = following == "slash" or (place > 0 and pieces[place - 1].role == "slash")
        if is_in_chain or piece.source.kind in _CREDITED_KINDS | {"organisation", "ministry"}:
            return _around(pieces, tokens, place, floor)
    if piece.role == "for" and following == "known" and place:
        return _for_a_publisher(pieces, tokens, place, floor)
    if piece.role == "words" and following == "slash" and (place == 0 or pieces[place - 1].role in ("stop", "close")):
        return _closing_chain(pieces, tokens, place)
    return [], place + 1


def _for_a_publisher(pieces: Sequence[Piece], tokens: Sequence[Token], place: int, floor: int) -> tuple[list[Piece], int]:
    """Take "Ann Lee for The Evening Paper" where it closes the text: a person's name, and somebody who publishes."""
    source = pieces[place + 1].source
    closes = place + 2 == len(pieces) or (pieces[place + 2].role == "stop" and place + 3 == len(pieces))
    left = _left(pieces, tokens, place, floor)
    is_person = len(left) == 1 and kind_of(tokens[left[0].first : left[0].last]) == "person"
    if closes and is_person and source is not None and source.kind in _CREDITED_KINDS:
        return [*left, pieces[place], pieces[place + 1]], place + 2
    return [], place + 1


def _closing_chain(pieces: Sequence[Piece], tokens: Sequence[Token], place: int) -> tuple[list[Piece], int]:
    """Take a chain of names with slashes, known or not, that is all of the last sentence."""
    end = len(pieces) - 1 if pieces[-1].role in ("stop", "close") else len(pieces)
    chain = list(pieces[place:end])
    is_chain = _is_chain_of_names(chain, tokens)
    return (chain, end) if is_chain and len(chain) <= _MAX_CREDIT_PIECES else ([], place + 1)


def _is_chain_of_names(chain: Sequence[Piece], tokens: Sequence[Token]) -> bool:
    """Tell names with slashes between them, known or not, from words."""
    return any(piece.role == "slash" for piece in chain) and all(
        piece.role in _CHAIN and (piece.role != "words" or kind_of(tokens[piece.first : piece.last]) != "prose")
        for piece in chain
    )


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
        piece.role in _ANCHORS or (piece.source is not None and piece.source.kind in _CREDITED_KINDS) for piece in inside
    )
    if not is_credit and end + 1 >= len(pieces):
        is_credit = _is_chain_of_names(inside, tokens) or is_office(inside, tokens)
    if not is_credit:
        return [], place + 1
    # "… was taken by the photographer Ann Lee (Reuters)": the name before the bracket belongs to the credit.
    named = pieces[max(0, place - 2) : place]
    if [piece.role for piece in named] == ["creator", "words"] and kind_of(tokens[named[1].first : named[1].last]) == "person":
        return [*named, pieces[place], *inside], end + 1
    return inside, end + 1


def _to_end(pieces: Sequence[Piece], tokens: Sequence[Token], place: int) -> tuple[list[Piece], int]:
    """Take what follows a label up to the end of the sentence, the line or the bracket, or to a word that is no name."""
    taken = [pieces[place]]
    end = place + 1
    is_prose = bool(_ARABIC.search(tokens[pieces[place].first].text)) and (
        end >= len(pieces) or pieces[end].role in ("words", "known", "quote")
    )
    while end < len(pieces) and len(taken) < _MAX_CREDIT_PIECES and pieces[end].role not in ("stop", "close", "caption"):
        if is_prose and pieces[end].role == "comma" and not _is_for(pieces, end + 1):
            break  # Arabic prose goes on behind the comma: "صورة التقطها مصور رويترز، وانتشرت …"
        if is_prose and pieces[end].role == "words" and taken[-1].role == "known":
            break  # "كاميرا وكالة رويترز صورا …" goes on as a sentence
        if pieces[end].role == "comma" and is_mid_sentence(pieces, tokens, place) and not _is_known(pieces, end + 1):
            break  # "In this photo by Ann Lee, sailors and …"
        if pieces[end - 1].role == "comma" and len(taken) > 2 and tokens[pieces[end].first].text in ("a", "an", "the"):
            break  # "photo by Ann Lee, an aircraft …"
        if pieces[end].role == "words":
            name = _leading_name(pieces[end], tokens)
            if name is None and taken[-1].role == "known" and leads_to_region(tokens[pieces[end].first : pieces[end].last]):
                name = Piece("words", pieces[end].first, pieces[end].first + REGION_WORDS)
            if pieces[end - 1].role in ("colon", "dash") and is_whole_name(pieces, tokens, end):
                name = pieces[end]
            if is_behind_bar(pieces, tokens, end) and (name is None or name.last < pieces[end].last):
                break  # "Screenshot | A ruined classroom …": behind the bar the caption begins
            if name is not None and is_prose and name.last < pieces[end].last:
                name = _first_names(name, tokens)
            if name is None and pieces[end - 1].role == "colon" and is_site_word(tokens[pieces[end].first : pieces[end].last]):
                name = pieces[end]
            if name is None:
                break
            taken.append(name)
            if name.last < pieces[end].last:
                if is_prose and _says_who_took_it(pieces[place], tokens) and len(taken) == 2:
                    return taken, end + 1
                if len(taken) == 2 or (taken[1].role == "colon" and len(taken) == 3):
                    return [], place + 1  # "Picture: the Cape light on …" goes on as a sentence
                end += 1
                break
        else:
            taken.append(pieces[end])
        end += 1
    return (taken, end) if len(taken) > 1 else ([], place + 1)


def _says_who_took_it(piece: Piece, tokens: Sequence[Token]) -> bool:
    return piece.last - piece.first > 1 or tokens[piece.first].text in _TAKING


def _first_names(piece: Piece, tokens: Sequence[Token]) -> Piece:
    """Keep what is a name of the words that go on as an Arabic sentence: two, and what binds or leads one more to them."""
    last = piece.first + 2
    for number in range(piece.first, min(piece.first + 2, piece.last)):
        last += tokens[number].atoms[:1] in (("ابو",), ("عبد",), ("بن",), ("ال",)) or tokens[number].text.startswith("ال")
    return Piece("words", piece.first, min(last, piece.last))


def _released(pieces: Sequence[Piece], tokens: Sequence[Token], place: int) -> tuple[list[Piece], int]:
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
        and name.last - name.first <= _MAX_NAME_TOKENS
    ):
        known = pieces[end + 1]
        if known.source is not None and known.source.kind != "platform":
            return [pieces[place], known], end + 2
    if name.role == "words":
        leading = _leading_name(name, tokens)
        if leading is None or _says_what_kind(leading, name, tokens):
            return [pieces[place]], place + 1  # handed out, by somebody who is not named here
        shown = shown_on(pieces, end + 1) if leading.last == name.last else []
        return [pieces[place], leading, *shown], end + 1 + len(shown) if shown else end
    if name.role != "known":
        return [], place + 1
    shown = shown_on(pieces, end + 1)
    return [pieces[place], name, *shown], end + 1 + len(shown)


def _says_what_kind(leading: Piece, whole: Piece, tokens: Sequence[Token]) -> bool:
    """Tell whether a capital word only says which kind of people are meant: "by a Syrian anti-government group"."""
    following = tokens[leading.last].text if leading.last < whole.last else ""
    is_one_capital = all(token.text.islower() for token in tokens[leading.first + 1 : leading.last])
    return is_one_capital and following.islower() and following.isascii() and following not in _GOING_ON


def _around(pieces: Sequence[Piece], tokens: Sequence[Token], place: int, floor: int) -> tuple[list[Piece], int]:
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
        return ([pieces[place]], end) if is_lone and source is not None and source.kind in _CREDITED_KINDS else ([], place + 1)
    taken = [*_left(pieces, tokens, place - 1, floor), pieces[place - 1]] if is_joined else []
    end = place
    while end < len(pieces) and (pieces[end].role in _CHAIN or is_flag_after_comma(pieces, end)):
        if pieces[end].role == "words":
            name = _leading_name(pieces[end], tokens)
            if name is None or pieces[end - 1].role not in ("slash", "photo", "quote", "known", "copyright"):
                break
            is_behind = end > place + 1 or changes_script(tokens[name.first - 1], tokens[name.first])
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


def _left(pieces: Sequence[Piece], tokens: Sequence[Token], place: int, floor: int) -> list[Piece]:
    """Take the name that stands before a slash or "via" at a place, and those before it in the same chain."""
    taken: list[Piece] = []
    number = place - 1
    while number >= 0 and pieces[number].first >= floor and len(taken) < _MAX_CREDIT_PIECES:
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
            before = pieces[number - 1].role if number else ""
            if piece.role != "slash" and before not in ("slash", "photo", "handout", "known", *_NAMED_BEFORE.get(piece.role, ())):
                break
        else:
            break
        number -= 1
    return taken


def _is_in_arabic_sentence(pieces: Sequence[Piece], tokens: Sequence[Token], number: int) -> bool:
    """Tell whether Arabic words before a slash end a sentence: no capitals say so, but a long run does, or a preposition."""
    piece = pieces[number]
    if not _ARABIC.search(tokens[piece.last - 1].text):
        return False
    runs_on = number > 0 and pieces[number - 1].last == piece.first and pieces[number - 1].role in ("from", "and", "for", "known")
    return runs_on or piece.last - piece.first > _MAX_ARABIC_NAME_TOKENS + 1


def _leading_name(piece: Piece, tokens: Sequence[Token]) -> Piece | None:
    first, last = piece.first, piece.first
    while first < piece.last and tokens[first].text in ("the", "a", "an"):
        first += 1
        last = first
    first = last = after_which(tokens, first, piece.last)
    while first < piece.last and tokens[first].text in QUOTES:
        first = last = first + 1
    limit = _MAX_ARABIC_NAME_TOKENS if first < piece.last and _ARABIC.search(tokens[first].text) else _MAX_NAME_TOKENS
    while last < piece.last and last - first < limit and is_name_like(tokens[last]) and not is_loose_arabic(tokens[last]):
        if last > first and changes_script(tokens[last - 1], tokens[last]) and not _is_all_name(tokens[last : piece.last]):
            break
        last += 1
    while last > first and not is_name_like(tokens[last - 1], at_edge=True):
        last -= 1
    return Piece("words", first, last) if last > first else None


def _is_all_name(run: Sequence[Token]) -> bool:
    """Tell a name printed in two scripts, "Алекс Уэбб Alex Webb", from one that a sentence follows."""
    return all(is_name_like(token) for token in run)


def _trailing_name(piece: Piece, tokens: Sequence[Token]) -> Piece | None:
    first = last = piece.last
    limit = _MAX_ARABIC_NAME_TOKENS if _ARABIC.search(tokens[last - 1].text) else _MAX_NAME_TOKENS
    while first > piece.first and last - first < limit and is_name_like(tokens[first - 1]):
        if first < last and changes_script(tokens[first - 1], tokens[first]):
            break
        first -= 1
    while first < last and not is_name_like(tokens[first], at_edge=True):
        first += 1
    if last - first > 5 and not has_org_word(tokens[first:last]):
        return None
    return Piece("words", first, last) if last > first else None
