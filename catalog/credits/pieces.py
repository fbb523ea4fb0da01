"""A credit line as pieces: names that are known, words that are grammar, signs that part, and words that are left."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from catalog.credits.authority import KnownSource, begins_as_heard, find_known, heard, known_sources, sight
from catalog.credits.names import is_legal_form
from catalog.credits.tokens import CLOSING, OPENING, QUOTES, Token
from catalog.credits.vocabulary import grammar_of, is_word_of

_LONGEST_PHRASE = 12
_MOST_HEARD = 3  # words of an agency's name that are spelt as they sound
_QUOTED = 6  # so many tokens a quoted name may have on either side of a comma
_SIGNS = {
    **dict.fromkeys("/|\\•·", "slash"),
    **dict.fromkeys(",،;؛", "comma"),
    **dict.fromkeys(".…!?؟", "stop"),
    **dict.fromkeys("–—-−", "dash"),
    **dict.fromkeys("&+", "and"),
    ":": "colon",
    "©": "copyright",
}
# Ranks and titles of English credit lines, after which a full stop ends no sentence.
_ABBREVIATIONS = frozenset(
    {"Sgt", "Pfc", "Cpl", "Capt", "Lt", "Maj", "Col", "Gen", "Spc", "Pvt", "Cmdr", "Mr", "Mrs", "Ms", "Dr", "St", "Jr"}
)
# "Named after", shortened: "Краєзнавчий музей ім. І. Лиса"; in Russian also the word for "them", which ends sentences.
_NAMED_AFTER = frozenset({"ім", "им"})
# Native identifiers: EPA's own number, Shutterstock's, Reuters' fixtures, AP's, UNICEF's; each form is too odd to be a word.
_IDENTIFIER = re.compile(
    r"epa\d{8,11}|\d{6,10}[a-z]{1,3}|RC2[A-Z0-9]{9,10}|(?:RTX|RTS|GM1E|GF\d)[A-Z0-9]{3,10}|AP\d{8,17}|UNI?\d{5,8}|(?:NY)?HQ\d{2,4}-\d{4}",
    re.ASCII,
)
_LABELLED = re.compile(r"(?=[\w-]*\d)[\w-]{4,40}", re.ASCII)
_LABELS = frozenset({("job", "id"), ("image", "id"), ("asset", "id"), ("photo", "id"), ("id",), ("ref",)})
# The name of an account without its sign, "chp_26stav": small letters parted by low lines.
_ACCOUNT = re.compile("[a-z][a-z0-9]*(?:_[a-z0-9]+)+")
_SHORTEST_DOMAIN, _MOST_LABELS = 2, 6  # words between the dots of a host
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_LINE_LABELS = frozenset({"photo", "creator", "source", "copyright"})
_SCHEME = re.compile("https?://")
_LIBRARY_NUMBER = re.compile(r"\d{7,12}", re.ASCII)
# "Released on Saturday, Feb 24, 2018, by …": what may stand between is days, months and signs, up to so many tokens.
_RELEASED = frozenset({"released", "provided", "issued", "distributed", "published", "posted", "shared", "supplied"})
_MOST_DATE_TOKENS = 12


@dataclass(frozen=True, slots=True)
class Piece:
    """Hold tokens `first` to `last` (half-open) and what they are.

    `role` is `words`, `known`, `handle`, `identifier`, a key of the vocabulary, or the name of a sign: slash, comma, dash, stop,
    colon, copyright, open, close, quote, other. `source` and `how` are set for what is known. `skip` counts the letters of the
    first token that are no part of a name.
    """

    role: str
    first: int
    last: int
    source: KnownSource | None = None
    how: str = ""
    skip: int = 0


def pieces_of(tokens: Sequence[Token]) -> list[Piece]:
    """Cut tokens into pieces, longest phrase first; runs of words that mean nothing here become one piece."""
    found: list[Piece] = []
    place = 0
    while place < len(tokens):
        piece = _piece_at(tokens, place)
        if found and _is_glued_caption(tokens, place):
            found.append(Piece("stop", place, place))
        elif piece.role == "stop" and found and _is_label_of_next_line(found, tokens, place):
            piece = replace(piece, role="colon")
        if piece.role == "words" and found and found[-1].role == "words" and found[-1].last == place:
            found[-1] = replace(found[-1], last=piece.last)
        else:
            found.append(piece)
        place = piece.last
    return found


def _is_glued_caption(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a word follows another without space or sign: a credit and its caption, which `tokens.py` has parted."""
    before, token = tokens[place - 1], tokens[place]
    is_glued = token.kind == before.kind == "word" and not token.is_spaced and before.end == token.start
    return is_glued and len(before.text) > 1 and before.text not in ("copyright", "caption") and token.text[0] != "_"


def _is_label_of_next_line(found: Sequence[Piece], tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a line ends with the label of what stands on the next one: "Photo:", or a line that is only the label."""
    if tokens[place].kind != "line":
        return False
    if found[-1].role == "colon":
        # "تصوير – Ann Lee:" is whole, with the name behind a sign; "Photo by:" is not.
        return not (len(found) > 3 and found[-2].role in ("words", "known") and found[-3].role == "dash")
    return found[-1].role in _LINE_LABELS and (len(found) == 1 or found[-2].role in ("stop", "photo", "copyright", "caption"))


def _piece_at(tokens: Sequence[Token], place: int) -> Piece:
    token = tokens[place]
    if token.kind in ("line", "rule"):
        return Piece("stop", place, place + 1)
    if token.kind == "handle" or _ACCOUNT.fullmatch(token.text):
        return Piece("handle", place, place + 1)
    if token.kind == "sign":
        return _sign_at(tokens, place)
    if token.text == "SEARCH" or (_YEAR.fullmatch(token.text) and _is_of_copyright(tokens, place)):
        return Piece("terms", place, _line_end(tokens, place) if token.text == "SEARCH" else place + 1)
    whole = _identifier_at(tokens, place) or _slashed_name(tokens, place) or _page_at(tokens, place)
    if whole:
        return whole
    if not token.atoms:
        return Piece("other", place, place + 1)
    if (host := _host_of(token.text)) is not None:
        return Piece("known", place, place + 1, host, "inflected")
    atoms, ends = _ahead(tokens, place)
    is_last = bool(ends) and max(ends.values()) >= len(tokens) - 1
    known, grammar = sight(atoms, 0, is_last=is_last), grammar_of(atoms, 0)
    known_end = ends.get(known.length, 0) if known else 0
    grammar_end = ends.get(grammar[1], 0) if grammar else 0
    released = _dated_release(tokens, place, grammar_end if grammar and grammar[0] == "released" else 0)
    if released:
        return released
    if known and known_end and known.how != "misspelt" and not _is_printed_as_name(tokens[place:known_end], known.source):
        is_labelled = place > 0 and tokens[place - 1].text in (":", "،") and known_end == place + 1
        is_labelled &= [mark.text for mark in tokens[known_end : known_end + 1]] != ["."]  # "commons. wikimedia.org"
        known_end = known_end if is_labelled and _is_label_of_host(token.text, known.source) else 0
    if known and known_end and (known_end > grammar_end or (known_end == grammar_end and known.how == "exact")):
        return Piece("known", place, known_end, known.source, known.how)
    if grammar and grammar_end:
        return Piece(grammar[0], place, grammar_end)
    return _heard_at(tokens, place) or Piece("words", place, place + 1)


def _heard_at(tokens: Sequence[Token], place: int) -> Piece | None:
    """Find an agency whose name is spelt as it sounds in Cyrillic or Arabic letters; it is read as a slip of the pen is."""
    first = tokens[place].text
    if first[0].islower() or first.startswith("ال") or not "\u0400" <= first[0] <= "\u06ff" or not begins_as_heard(first):
        return None
    words = [first]
    while len(words) < _MOST_HEARD and place + len(words) < len(tokens) and tokens[place + len(words)].kind == "word":
        words.append(tokens[place + len(words)].text)
    for length in range(len(words), 0, -1):
        source = heard(words[:length])
        if source is not None:
            return Piece("known", place, place + length, source, "misspelt")
    return None


def _is_of_copyright(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a year stands behind the sign of copyright, or ends the name that does: "© 2015 Ann Lee", "© Ann Lee 2015"."""
    first = place
    while first and tokens[first - 1].kind == "word" and place - first < _LONGEST_PHRASE:
        first -= 1
    is_last = place + 1 == len(tokens) or tokens[place + 1].kind != "word"
    return first > 0 and tokens[first - 1].text == "©" and (first == place or is_last)


def _dated_release(tokens: Sequence[Token], place: int, end: int) -> Piece | None:
    """Find "released on Saturday, Feb 24, by", or a word of release that ends at `end` with the day behind it."""
    if not end and _RELEASED.isdisjoint(tokens[place].atoms[:1]):
        return None
    number = end or place + 1
    while number < len(tokens) and number < place + _MOST_DATE_TOKENS and _is_of_date(tokens[number]):
        number += 1
    if end:
        while number > end and tokens[number - 1].kind == "sign":
            number -= 1
        has_day = any(token.text.isdigit() for token in tokens[end:number])
        return Piece("released", place, number) if has_day else None
    is_by = number > place + 1 and number < len(tokens) and tokens[number].text == "by"
    return Piece("released", place, number + 1) if is_by else None


def _is_of_date(token: Token) -> bool:
    is_word = bool(token.atoms) and all(is_word_of(atom, "date_word") for atom in token.atoms)
    return is_word or token.text.isdigit() or token.text in (",", "،", ".")


def _slashed_name(tokens: Sequence[Token], place: int) -> Piece | None:
    """Find a known name that is written with a slash: "Radio Free Europe/Radio Liberty"."""
    names = _slashed_names()
    printed = ""
    for number in range(place, min(place + _LONGEST_PHRASE, len(tokens))):
        printed += (" " if tokens[number].is_spaced and printed else "") + tokens[number].text.casefold()
        if printed in names:
            return Piece("known", place, number + 1, names[printed], "exact")
    return None


def _page_at(tokens: Sequence[Token], place: int) -> Piece | None:
    """Find the address of a page on a platform, "t.me/some_channel": it names the platform and whose page it is."""
    if tokens[place].kind != "address":
        return None
    host = _SCHEME.sub("", tokens[place].text.casefold()).split("/", 1)[0].removeprefix("www.").removeprefix("m.")
    source = find_known(host)
    if source is not None:
        return Piece("known", place, place + 1, source, "exact")
    return Piece("words" if place == 0 or tokens[place - 1].text == ":" else "other", place, place + 1)


def _host_of(text: str) -> KnownSource | None:
    """Return the source of which a host is a part, "66.mchs.gov.ru" of "mchs.gov.ru"; None for its own domain, and for words."""
    labels = text.casefold().split(".")
    if len(labels) <= _SHORTEST_DOMAIN or len(labels) > _MOST_LABELS:
        return None
    for first in range(1, len(labels) - 1):
        domain = ".".join(labels[first:])
        source = find_known(domain)
        if source is not None and domain in source.domains:
            return source
    return None


def _is_label_of_host(text: str, source: KnownSource) -> bool:
    """Tell a name printed as the host of its source is, without the end: "Фото: radiosvoboda"."""
    return any(domain.split(".", 1)[0] == text for domain in source.domains)


@cache
def _slashed_names() -> dict[str, KnownSource]:
    return {name.casefold(): source for source in known_sources() for _, name in source.names if "/" in name}


def _line_end(tokens: Sequence[Token], place: int) -> int:
    """Return where the line ends: Reuters' words for its own search, 'SEARCH "…" FOR THIS STORY', go on to there."""
    return next((number for number in range(place, len(tokens)) if tokens[number].kind == "line"), len(tokens))


def _ahead(tokens: Sequence[Token], place: int) -> tuple[list[str], dict[int, int]]:
    """Return the atoms of the words that follow, quotes passed over, and for a number of atoms the token where they end."""
    atoms: list[str] = []
    ends: dict[int, int] = {}
    for number in range(place, len(tokens)):
        token = tokens[number]
        if token.kind == "sign" and token.text in QUOTES and number > place:
            continue
        if token.kind != "word" or len(atoms) >= _LONGEST_PHRASE:
            break
        atoms.extend(token.atoms)
        ends[len(atoms)] = number + 1
    return atoms, ends


def _sign_at(tokens: Sequence[Token], place: int) -> Piece:
    text = tokens[place].text
    if text == "," and tokens[place + 1 : place + 2] and is_legal_form(tokens[place + 1].text):
        return Piece("terms", place, place + 2)  # "Planet Labs, Inc"
    if text in ",،" and _is_inside_quotes(tokens, place):
        return Piece("words", place, place + 1)
    if (
        text == "("
        and place + 2 < len(tokens)
        and tokens[place + 1].text in ("c", "C", "с", "С", "cc", "CC")
        and tokens[place + 2].text == ")"
    ):
        return Piece("copyright", place, place + 3)
    if text in OPENING or text in CLOSING:
        return Piece("open" if text in OPENING else "close", place, place + 1)
    if text in QUOTES:
        return Piece("quote", place, place + 1)
    role = _SIGNS.get(text, "other")
    if text == "." and place and not tokens[place].is_spaced and tokens[place - 1].text in _ABBREVIATIONS:
        return Piece("words", place, place + 1)
    if text == "." and place > 1 and tokens[place - 1].text in _NAMED_AFTER and _is_institution(tokens[place - 2]):
        return Piece("words", place, place + 1)
    if text == "." and place + 1 < len(tokens) and tokens[place + 1].text == "/" and not tokens[place + 1].is_spaced:
        return Piece("other", place, place + 1)  # "Ann Lee./Getty Images"
    if text == "." and place + 1 < len(tokens) and tokens[place].is_spaced and tokens[place + 1].is_spaced:
        role = "slash"  # "© Sputnik . Ann Lee"
    if text in "-+&" and not tokens[place].is_spaced and place and tokens[place - 1].kind == "sign":
        role = "other"
    return Piece(role, place, place + 1)


def _is_institution(token: Token) -> bool:
    return any(is_word_of(atom, "issuing_word") for atom in token.atoms)


def _is_inside_quotes(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a comma stands inside a quoted name of some words: «Осторожно, новости»."""
    before = [token.text for token in tokens[max(0, place - _QUOTED) : place] if token.text in "«»"]
    after = [token.text for token in tokens[place + 1 : place + 1 + _QUOTED] if token.text in "«»"]
    return before[-1:] == ["«"] and after[:1] == ["»"]


def _identifier_at(tokens: Sequence[Token], place: int) -> Piece | None:
    token = tokens[place]
    if _IDENTIFIER.fullmatch(token.text):
        return Piece("identifier", place, place + 1)
    for length in (1, 2):
        run = tokens[place : place + length]
        if tuple(atom for word in run for atom in word.atoms) in _LABELS:
            value = place + length
            while value < len(tokens) and tokens[value].text in (":", "#", "№", "="):
                value += 1
            if value < len(tokens) and value > place + length - 1 and _LABELLED.fullmatch(tokens[value].text):
                return Piece("identifier", place, value + 1)
    before = tokens[max(0, place - 4) : place]
    if _LIBRARY_NUMBER.fullmatch(token.text) and any(
        word.atoms[:1] in (("getty",), ("gettyimages",), ("alamy",), ("shutterstock",), ("sputnik",)) for word in before
    ):
        return Piece("identifier", place, place + 1)
    return None


def _is_printed_as_name(run: Sequence[Token], source: KnownSource) -> bool:
    """Tell whether words are printed as this name is: one that has capitals is not believed in small letters."""
    printed = " ".join(token.text for token in run if token.kind == "word")
    if not printed.islower():  # true for Arabic, which has no small letters
        return True
    is_platform = source.kind == "platform"
    return is_platform or printed in source.domains or any(name == printed for _, name in source.names)
