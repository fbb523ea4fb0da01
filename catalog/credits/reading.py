"""Read a credit line: tokens, pieces, members of the chain, roles, and what is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from catalog.credits.datelines import IsPlace, nowhere, with_datelines
from catalog.credits.in_captions import credit_pieces
from catalog.credits.names import normalise_name
from catalog.credits.pieces import Piece, pieces_of
from catalog.credits.roles import NEWS_WIRES, Role, roles_of
from catalog.credits.segments import FLAG_ROLES, Segment, segments_of
from catalog.credits.sentences import is_sentence
from catalog.credits.softening import soften
from catalog.credits.tokens import Token, tokens_of
from catalog.records.publication import CREDIT_FLAGS, CreditParty, CreditReading

_ARTICLES = frozenset({"a", "an", "the"})
_CLOSING_QUOTES = {"»": "«", "”": "“", '"': '"'}


def read_credit(line: str, is_place: IsPlace = nowhere) -> CreditReading:
    """Read one credit line as published; `is_place` tells whether words are the name of a place, as in a dateline.

    Never raises and never changes the line. Every span holds the name: `line[start:end] == name`. What was neither read as a
    party nor as grammar stands in `unread`, as printed. A line that is a caption with a credit inside is read as one. Only the
    first 64 KiB and 1,500 words and signs are read; the rest is unread. Cost grows with the length of the line.
    """
    tokens = tokens_of(line)
    pieces = with_datelines(soften(pieces_of(tokens), tokens), tokens, is_place)
    kept = credit_pieces(pieces, tokens) if is_sentence(pieces, tokens) else _without_caption(pieces, tokens)
    return _reading(line, tokens, kept, segments_of(kept, tokens), pieces)


def find_credits_in_caption(text: str, is_place: IsPlace = nowhere) -> CreditReading:
    """Read the credits that stand inside a caption: in brackets, after a label, as a chain with slashes, or in words.

    Spans point into the caption. `unread` is empty: the words of a caption are no credit that could not be read. Limits are those
    of `read_credit`.
    """
    tokens = tokens_of(text)
    kept = credit_pieces(with_datelines(soften(pieces_of(tokens), tokens), tokens, is_place), tokens)
    reading = _reading(text, tokens, kept, segments_of(kept, tokens), kept)
    return replace(reading, unread=())


def _without_caption(pieces: Sequence[Piece], tokens: Sequence[Token]) -> list[Piece]:
    """Leave out the caption that follows a credit: behind a number in brackets that closes it, or glued to an agency's name.

    "… /Shutterstock (16512200n) A crowd", "Maxar Technologiesقهرمان مرعش".
    """
    glued = next((place for place, piece in enumerate(pieces) if place and _is_glue(pieces, place)), None)
    if glued is not None:
        return [*pieces[: glued + 1], *credit_pieces(pieces[glued + 1 :], tokens)]
    roles = [piece.role for piece in pieces]
    closed = next((place for place in range(1, len(roles)) if roles[place - 1 : place + 1] == ["identifier", "close"]), None)
    if closed is None or "mandatory_credit" not in roles[:closed]:
        return list(pieces)
    end = Piece("stop", pieces[closed].last, pieces[closed].last)
    return [*pieces[: closed + 1], end, *credit_pieces(pieces[closed + 1 :], tokens)]


def _is_glue(pieces: Sequence[Piece], place: int) -> bool:
    """Tell the stop that `pieces.py` puts where a caption is glued to a known name."""
    return pieces[place].role == "stop" and pieces[place].first == pieces[place].last and pieces[place - 1].role == "known"


def _reading(
    line: str, tokens: Sequence[Token], pieces: Sequence[Piece], segments: Sequence[Segment], whole: Sequence[Piece]
) -> CreditReading:
    flags = _flags(pieces)
    roles = _without_repeats(roles_of(segments, is_handout="handout" in flags), line, tokens)
    identified = any(piece.role == "identifier" for piece in pieces)
    return CreditReading(
        line=line,
        parties=tuple(_party(one, line, tokens) for one in roles),
        flags=tuple(flag for flag in CREDIT_FLAGS if flag in flags),
        identifiers=tuple(dict.fromkeys(tokens[piece.last - 1].text for piece in pieces if piece.role == "identifier")),
        unread=_unread(line, tokens, whole, segments) or (() if roles or flags or identified else _nobody(line, tokens, whole)),
    )


def _flags(pieces: Sequence[Piece]) -> set[str]:
    flags = {piece.role for piece in pieces if piece.role in FLAG_ROLES}
    if any(piece.role == "released" and not _is_by_wire(pieces[place + 1 :]) for place, piece in enumerate(pieces)):
        flags.add("handout")
    return flags


def _is_by_wire(after: Sequence[Piece]) -> bool:
    """Tell whether an agency of news released a picture, whose it then is, or only where it was seen is said."""
    if after and after[0].role == "from" and after[0].last - after[0].first > 1:
        return True  # "опубликованы на сайте …"
    named = next((piece for piece in after if piece.role not in ("quote", "colon")), None)
    return named is not None and named.source is not None and named.source.id in NEWS_WIRES


def _party(role: Role, line: str, tokens: Sequence[Token]) -> CreditParty:
    start, end = tokens[role.segment.first].start + role.segment.skip, tokens[role.segment.last - 1].end
    # A quote that opens inside the name closes with it: АГН «Москва».
    if end < len(line) and line[end] in _CLOSING_QUOTES and _CLOSING_QUOTES[line[end]] in line[start:end]:
        end += 1
    return CreditParty(role.role, line[start:end], (start, end), role.confidence, role.reading)


def _without_repeats(roles: Sequence[Role], line: str, tokens: Sequence[Token]) -> list[Role]:
    """Keep the first of what is printed twice: one name in whatever role, one source under two names; of an issuer the fuller."""
    seen: dict[object, int] = {}
    kept: list[Role] = []
    for role in roles:
        name = _printed(role, line, tokens)
        keys: list[object] = [normalise_name(name)]
        source = role.segment.source
        if source is not None and role.role in ("issuer", "agency", "distributor"):
            keys.append(source.id)
        first = next((seen[key] for key in keys if key in seen), None)
        if first is not None and first != role.segment.first:
            kept = [_fuller(one, role, line, tokens) for one in kept]
            continue
        for key in keys:
            seen[key] = role.segment.first
        kept.append(role)
    return kept


def _fuller(kept: Role, repeated: Role, line: str, tokens: Sequence[Token]) -> Role:
    """Return the repeated issuer where its name begins with the one that is kept and goes on."""
    is_one = kept.role == repeated.role == "issuer" and kept.segment.source == repeated.segment.source is not None
    goes_on = _printed(repeated, line, tokens).casefold().startswith(_printed(kept, line, tokens).casefold() + " ")
    return repeated if is_one and goes_on else kept


def _printed(role: Role, line: str, tokens: Sequence[Token]) -> str:
    return line[tokens[role.segment.first].start + role.segment.skip : tokens[role.segment.last - 1].end]


def _nobody(line: str, tokens: Sequence[Token], pieces: Sequence[Piece]) -> tuple[str, ...]:
    """Return the words of a line of which nothing was read, as "Photographer unknown" or a label alone: they are not lost."""
    if not any(tokens[number].kind != "line" for piece in pieces for number in range(piece.first, piece.last)):
        return ()
    return (line[tokens[pieces[0].first].start : tokens[pieces[-1].last - 1].end],)


def _unread(line: str, tokens: Sequence[Token], pieces: Sequence[Piece], segments: Sequence[Segment]) -> tuple[str, ...]:
    read = {token for segment in segments if segment.kind != "prose" for token in range(segment.first, segment.last)}
    left: list[str] = []
    for piece in pieces:
        if piece.role not in ("words", "known", "other", "handle"):
            continue
        unread = [number for number in range(piece.first, piece.last) if number not in read]
        if any(tokens[number].text.casefold() not in _ARTICLES for number in unread):
            left.append(line[tokens[unread[0]].start : tokens[unread[-1]].end])
    end = tokens[-1].end if tokens else 0
    rest = line[end:].strip()
    return (*left, rest) if rest else tuple(left)
