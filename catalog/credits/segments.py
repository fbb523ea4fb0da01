"""The members of a credit line between its separators, and what kind of name each one is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from catalog.credits.authority import KnownSource
from catalog.credits.kinds import MAX_NAME_WORDS, has_org_word, is_capital, is_host, is_name_like, is_site_word, kind_of
from catalog.credits.pieces import Piece
from catalog.credits.softening import WHICH
from catalog.credits.tokens import QUOTES, Token
from catalog.credits.vocabulary import is_word_of

_LINKS = frozenset(
    {"writing", "via", "for", "courtesy", "released", "from", "screenshot", "creator", "source", "copyright", "photo"}
)
_LABELS = frozenset({"creator", "copyright", "photo"})
_BREAKS = frozenset({"slash", "comma", "dash", "stop", "open", "close", "and", "colon", "other"})
FLAG_ROLES = frozenset({"handout", "archive", "editorial_use_only", "mandatory_credit", "illustration", "screenshot", "courtesy"})
_ARABIC = re.compile("[\u0600-\u06ff]")
MAX_OFFICE_WORDS = 20  # "Press Service of the 24th King Danylo Separate Mechanized Brigade of the Ukrainian Armed Forces"
_SHORTEST_OF = 4  # letters of a name that begins with the letter for "of", as Laila does
_LONGEST_INITIALS = 3  # letters of a person's initials
_INITIALS = re.compile("[A-ZА-ЯІЇЄ]{2,6}(?:-[A-Za-z]+|[a-z]{1,2}[A-Z])?")  # "MSSS", "JPL-Caltech", "STScI"
_OF_REGION = frozenset({"в", "у", "по"})
_DAY_WORDS = 3  # day, month, year
REGION_WORDS = 3  # of what leads_to_region tells: preposition, name, kind of region
# A known name of these kinds is not made into another name by words beside it.
_NO_MERGE = frozenset({"agency", "library", "platform"})
_PUBLISHERS = frozenset({"newspaper", "broadcaster", "site"})


@dataclass(frozen=True, slots=True)
class Segment:
    """Hold one member of a chain.

    `kind` is `known`, `person`, `issuing`, `publishing`, `single`, `handle` or `prose`. `link` says what leads to it: a label,
    `via`, or the separator. `first` and `last` are tokens, half-open. `group` counts sentences, so that chains do not run
    from one into the next. `after` is the role of the piece that follows. `is_initials` says that it is one word of capitals,
    `is_host` that it is the name of a host, `is_long` that it has more letters than a person's initials. `skip` counts the
    letters of the first token that are no part of the name.
    """

    kind: str
    link: str
    first: int
    last: int
    group: int
    source: KnownSource | None = None
    how: str = ""
    after: str = ""
    is_initials: bool = False
    is_host: bool = False
    is_long: bool = False
    skip: int = 0


def segments_of(pieces: Sequence[Piece], tokens: Sequence[Token]) -> list[Segment]:
    """Return the members of the chain in order; pieces that are grammar only shape the links."""
    found: list[Segment] = []
    link, group = "start", 0
    place = 0
    is_record = _is_record(pieces)
    while place < len(pieces):
        piece = pieces[place]
        if is_record and piece.role == "words" and _is_unknown_label(pieces, place):
            while place < len(pieces) and pieces[place].role not in ("stop", "identifier"):
                place += 1
            continue
        if piece.role in ("words", "known"):
            end = place + 1
            while (
                end < len(pieces)
                and pieces[end].role in ("words", "known", "quote")
                and pieces[end - 1].last == pieces[end].first
            ):
                end += 1
            is_employer = False
            if link == "creator" and (cut := _quoted_end(pieces, tokens, place, end)) != end:
                end, is_employer = cut, True
            while pieces[end - 1].role == "quote":
                end -= 1
            after = _role_after(pieces, end)
            members = _members(pieces[place:end], tokens, link, group, after)
            if (
                place
                and pieces[place - 1].role == "photo"
                and pieces[place - 1].last == piece.first
                and _is_of_what(tokens[piece.first])
            ):
                members = [replace(one, kind="prose") if one.source is None else one for one in members]
            if piece.skip and members:
                members[0] = replace(members[0], skip=piece.skip)
            if is_employer:
                members = [replace(one, kind="known" if one.source else "publishing", link="photo") for one in members]
            # Whoever wrote the text is credited for no picture; several of them stand with commas or "and" between them.
            found.extend(replace(one, kind="prose") if link == "writing" else one for one in members)
            is_list = link == "writing" and after in ("comma", "and")
            link, place = "writing" if is_list else "creator" if is_employer else "adjacent", end + is_list
            continue
        if piece.role == "handle":
            found.append(Segment("handle", link, piece.first, piece.last, group))
            link = "adjacent"
        elif piece.role in _LINKS:
            # "Изображение: (cc) …" has a label already, and the sign adds nothing to it.
            link = link if piece.role == "copyright" and link == "photo" else piece.role
            if link == "creator" and tokens[piece.first].text == "by" and _is_made_else(pieces, tokens, place):
                link = "writing"
        elif piece.role == "stop":
            link, group = "start", group + 1
        elif piece.role in _BREAKS and not (
            link in _LINKS
            and piece.role in ("colon", "comma", "dash", "other", "open", "slash")
            and not (link == "screenshot" and tokens[piece.first].text == "|")
        ):
            link = piece.role
        place += 1
    kept = [one for number, one in enumerate(found) if number == 0 or not _is_short_form(found[number - 1], one, tokens)]
    return _without_trailing_captions(kept)


def _is_of_what(token: Token) -> bool:
    """Tell what an Arabic picture is of, right behind the word for it: "صورة لمسجد …"."""
    return len(token.text) > _SHORTEST_OF and token.text.startswith("ل") and _ARABIC.match(token.text) is not None


def _without_trailing_captions(segments: Sequence[Segment]) -> list[Segment]:
    """Make prose of a name alone behind a labelled credit, "© Ann Lee. Bill Poe", and of a word alone before it: a title's."""
    members = Counter(one.group for one in segments)
    labelled = next((one.group for one in segments if one.link in _LABELS and one.kind != "prose"), None)
    return [
        replace(one, kind="prose")
        if labelled is not None
        and one.group < labelled
        and one.link == "start"
        and (one.kind == "single" and members[one.group] == 1 and not one.is_initials and not one.is_host)
        else replace(one, kind="prose")
        if labelled is not None
        and one.group > labelled
        and members[one.group] == 1
        and (one.kind, one.link, one.after) in (("person", "start", ""), ("person", "start", "stop"))
        else one
        for one in segments
    ]


def _is_made_else(pieces: Sequence[Piece], tokens: Sequence[Token], place: int) -> bool:
    """Tell "by" behind a word for something that is not the picture: "Photo editing and production by …"."""
    before = pieces[place - 1] if place else None
    return before is not None and before.role == "words" and tokens[before.last - 1].text.islower()


def _quoted_end(pieces: Sequence[Piece], tokens: Sequence[Token], place: int, end: int) -> int:
    """Return where a quoted publisher ends before the person who works for it: "корреспондент «…» Анна Ли"."""
    for number in range(place + 1, end - 1):
        if pieces[number].role == "quote" and pieces[number + 1].role == "words":
            opened = place > 0 and pieces[place - 1].role == "quote"
            is_person = kind_of(tokens[pieces[number + 1].first : pieces[number + 1].last]) == "person"
            return number if opened and is_person else end
    return end


def _role_after(pieces: Sequence[Piece], end: int) -> str:
    """Return the role of the piece that follows a name; a slash before "Handout" or "Contributor" is passed over."""
    after = [piece.role for piece in pieces[end : end + 4] if piece.role != "quote"]
    if after[:1] == ["slash"] and after[1:2] in (["handout"], ["empty"]):
        return after[1]
    return after[0] if after else ""


def _is_short_form(long: Segment, short: Segment, tokens: Sequence[Token]) -> bool:
    """Tell whether a name in brackets is the initials of the one before it: "Environmental Protection Agency (EPA)"."""
    if short.link != "open" or short.last - short.first != 1 or long.last != short.first - 1:
        return False
    initials = "".join(token.text[0] for token in tokens[long.first : long.last] if token.kind == "word" and is_capital(token))
    return len(initials) > 1 and tokens[short.first].text == initials


def _is_record(pieces: Sequence[Piece]) -> bool:
    """Tell a record of lines, each a label, a colon and a value, of which the grammar knows a label."""
    return any(one.role in ("photo", "creator", "source") and other.role == "colon" for one, other in pairwise(pieces)) and any(
        piece.role == "stop" for piece in pieces
    )


def _is_unknown_label(pieces: Sequence[Piece], place: int) -> bool:
    """Tell whether words open a line of a record and are a label that the grammar does not know: "Format: JPEG"."""
    is_first = place == 0 or pieces[place - 1].role in ("stop", "dash")
    return is_first and place + 1 < len(pieces) and pieces[place + 1].role == "colon"


def _members(run: Sequence[Piece], tokens: Sequence[Token], link: str, group: int, after: str) -> list[Segment]:
    """Read neighbours without a sign between them: one name, or a person beside an agency."""
    run = [piece for piece in run if piece.role != "quote"]
    if run[-1].role == "words":
        run[-1] = replace(run[-1], last=_without_day(tokens, run[-1].first, run[-1].last))
    if len(run) == 1 and run[0].role == "known":
        piece = run[0]
        return [Segment("known", link, piece.first, piece.last, group, piece.source, piece.how, after)]
    if all(piece.role == "words" for piece in run) or not _is_apart(run, tokens):
        known = next((piece for piece in run if piece.role == "known"), None)
        first, last = run[0].first, run[-1].last
        if known is not None:
            first = _name_start(tokens, first, known.first)
            last = _name_end(tokens, known.last, last)
            if _says_what_kind(known, tokens[first : known.first]):
                first = known.first
        first = _after_particles(tokens, first, last)
        if link == "creator" and known is None:
            first = after_which(tokens, first, last)
        if known is not None and (first, last) == (known.first, known.last):
            return [Segment("known", link, first, last, group, known.source, known.how, after)]
        kind = kind_of(tokens[first:last])
        if kind == "person" and known is None and _is_in_guillemets(tokens, first, last):
            kind = "publishing"  # «Люди Байкала»: people's names are not quoted
        if link == "start" and after == "colon" and known is None:
            kind = "prose"  # a heading: "Підрив дамби: фоторепортаж …"
        if kind == "prose" and known is None and after == "slash" and _is_user(tokens[first:last]):
            kind = "handle"
        if link in ("photo", "source") and not after and is_site_word(tokens[first:last]):
            kind = "publishing"
        if (
            known is not None
            and known.source is not None
            and known.source.kind not in _NO_MERGE
            and last - first <= (MAX_OFFICE_WORDS if has_org_word(tokens[first : first + 2]) else MAX_NAME_WORDS)
        ):
            kind = "publishing" if known.source.kind in _PUBLISHERS else "issuing"
        is_initials = last - first == 1 and _INITIALS.fullmatch(tokens[first].text) is not None
        host = is_host(tokens[first:last])
        long = len(tokens[first].text) > _LONGEST_INITIALS
        return [
            Segment(kind, link, first, last, group, after=after, is_initials=is_initials, is_host=host, is_long=long),
        ]
    members: list[Segment] = []
    for number, piece in enumerate(run):
        if piece.role == "words":
            piece = Piece("words", _after_particles(tokens, piece.first, piece.last), piece.last)
        follows = after if number == len(run) - 1 else "adjacent"
        own_link = link if number == 0 else "adjacent"
        kind = "known" if piece.role == "known" else kind_of(tokens[piece.first : piece.last])
        members.append(Segment(kind, own_link, piece.first, piece.last, group, piece.source, piece.how, follows))
    return members


def _is_in_guillemets(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Tell a Russian or Ukrainian name that is quoted as a whole."""
    is_quoted = first > 0 and last < len(tokens) and tokens[first - 1].text == "«" and tokens[last].text == "»"
    return is_quoted and "\u0400" <= tokens[first].text[0] <= "\u04ff"


def _is_user(run: Sequence[Token]) -> bool:
    """Tell the name of a user of a platform or library: one Latin word in small letters, "r.classen / Shutterstock"."""
    return len(run) == 1 and run[0].text.isascii() and run[0].text.islower() and len(run[0].text) > 3


def _says_what_kind(known: Piece, before: Sequence[Token]) -> bool:
    """Tell words in small letters that say what an agency or a paper is, "агентство EPA": they are no part of its name."""
    is_named = known.source is not None and known.source.kind in (*_NO_MERGE, *_PUBLISHERS)
    return is_named and all(token.text.islower() for token in before if token.kind == "word")


def _without_day(tokens: Sequence[Token], first: int, last: int) -> int:
    """Return where a name ends before the day that follows it: "Noorani 20 July 2015"."""
    day, month, year = tokens[last - 3 : last] if last - first > _DAY_WORDS else (None, None, None)
    is_day = day is not None and month is not None and year is not None and day.text.isdigit() and year.text.isdigit()
    is_month = month is not None and all(is_word_of(atom, "date_word") for atom in month.atoms)
    return last - _DAY_WORDS if is_day and is_month else last


def _after_particles(tokens: Sequence[Token], first: int, last: int) -> int:
    """Return where a name begins behind the small words that lead to it: "channel of Jane Doe"."""
    while first < last - 1 and tokens[first].text in ("of", "the", "a", "an"):
        first += 1
    return first


def _name_start(tokens: Sequence[Token], first: int, last: int) -> int:
    """Return where the words that may stand in a name begin, going back from `last`."""
    while last > first and is_name_like(tokens[last - 1]):
        last -= 1
    return last


def _name_end(tokens: Sequence[Token], first: int, last: int) -> int:
    """Return where the words that may stand in a name end, going on from `first`."""
    while first < last and (is_name_like(tokens[first], at_edge=True) or leads_to_region(tokens[first:last])):
        first += 1
    return first


def after_which(tokens: Sequence[Token], first: int, last: int) -> int:
    """Return where a name begins behind the words that say what somebody is: "журналист", "الناشط السوري".

    A name of two Arabic words is left, though the first one has the form of such an adjective.
    """
    while last - first > 1 and (is_calling(tokens[first]) or (last - first > 2 and WHICH.fullmatch(tokens[first].text))):
        first += 1
        while last - first > 1 and tokens[first].text in QUOTES:
            first += 1
    return first


def is_calling(token: Token) -> bool:
    """Tell whether a word says what somebody is; in a script with case it has no capital, for "Smith" is a name."""
    is_small = token.text.islower() or _ARABIC.match(token.text) is not None
    return is_small and any(is_word_of(atom, "calling_word") for atom in token.atoms)


def leads_to_region(run: Sequence[Token]) -> bool:
    """Tell whether a preposition leads to the region an office is of: "ГУ ДСНС в Київській області"."""
    return len(run) > 2 and run[0].text in _OF_REGION and is_name_like(run[1]) and has_org_word([run[2]])


def _is_apart(run: Sequence[Piece], tokens: Sequence[Token]) -> bool:
    words = [piece for piece in run if piece.role == "words"]
    if not words or any(piece.source is not None and piece.source.kind == "platform" for piece in run):
        return True
    if any(
        piece.source is not None and piece.source.kind in ("ministry", "military", "service", "office", "organisation")
        for piece in run
    ):
        return False
    kinds = {kind_of(tokens[piece.first : piece.last]) for piece in words}
    return kinds <= {"person", "prose"} and all(piece.how != "misspelt" for piece in run)
