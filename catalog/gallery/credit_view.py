"""A credit line cut into what was read in it, so that each part on the page is tied to the words it comes from."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.records.pages.publications import CreditLine, PartyLine

# Of a caption only the words around its credit are shown: so many letters before and behind.
_AROUND = 24


@dataclass(frozen=True, slots=True)
class CreditPiece:
    """Hold one run of a credit line: its text, the number and the roles of the party read there, or that it was not understood.

    `number` is 0 where no party was read. `style` is the surest role's code, empty where there is none.
    """

    text: str
    number: int
    style: str
    is_unread: bool


@dataclass(frozen=True, slots=True)
class CreditPart:
    """Hold one party of a credit line: its number on the line, its readings, the surest one first."""

    number: int
    readings: tuple[PartyLine, ...]

    @property
    def is_open(self) -> bool:
        """Tell whether another reading of the same words is as good as the first."""
        return len(self.readings) > 1 and self.readings[0].confidence == self.readings[1].confidence


@dataclass(frozen=True, slots=True)
class CreditView:
    """Hold a credit line as a page shows it: its pieces in order, its parts, whether a caption goes on around them."""

    pieces: tuple[CreditPiece, ...]
    parts: tuple[CreditPart, ...]
    is_cut_before: bool
    is_cut_behind: bool


def credit_view(line: CreditLine) -> CreditView:
    """Tie every party of a line to its span; parties of one span are readings of the same words.

    Spans that lie outside the text or overlap another one are left without a mark; their party is listed all the same.
    """
    by_span: dict[tuple[int, int], list[PartyLine]] = {}
    for party in line.parties:
        by_span.setdefault(party.span, []).append(party)
    parts = tuple(
        CreditPart(number, tuple(sorted(readings, key=lambda one: -one.confidence)))
        for number, readings in enumerate((by_span[span] for span in sorted(by_span)), 1)
    )
    marks = [(part.readings[0].span, part) for part in parts]
    first, last = 0, len(line.text)
    if line.role == "caption" and marks:
        first = _word_start(line.text, max(0, marks[0][0][0] - _AROUND))
        last = _word_end(line.text, min(len(line.text), max(span[1] for span, _ in marks) + _AROUND))
    pieces: list[CreditPiece] = []
    place, unread = first, list(line.unread)
    for (start, end), part in marks:
        if start < place or end > last or start >= end:
            continue
        pieces += _plain(line.text[place:start], unread)
        pieces.append(CreditPiece(line.text[start:end], part.number, part.readings[0].role, is_unread=False))
        place = end
    pieces += _plain(line.text[place:last], unread)
    return CreditView(tuple(pieces), parts, first > 0, last < len(line.text))


def _plain(text: str, unread: list[str]) -> list[CreditPiece]:
    """Cut words between parties at what could not be read, which stands in the order of the line; what is found is taken off."""
    found: list[CreditPiece] = []
    place = 0
    while unread:
        start = text.find(unread[0], place)
        if start < 0 or not unread[0]:
            break
        rest = unread.pop(0)
        found.append(CreditPiece(text[place:start], 0, "", is_unread=False))
        found.append(CreditPiece(rest, 0, "", is_unread=True))
        place = start + len(rest)
    found.append(CreditPiece(text[place:], 0, "", is_unread=False))
    return [piece for piece in found if piece.text]


def _word_start(text: str, place: int) -> int:
    return text.rfind(" ", 0, place) + 1 if place else 0


def _word_end(text: str, place: int) -> int:
    found = text.find(" ", place)
    return len(text) if found < 0 else found
