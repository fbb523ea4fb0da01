"""How the sentences of findings and states stand on a report's page: in English, with every name of theirs isolated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from catalog.records.partial_date import PartialDate
from catalog.records.saying import JOINT_AND, JOINT_SEMICOLON, Fill, Saying, in_english
from catalog.reports.page_text import written_date

Piece = tuple[str, bool]
_PLACE = re.compile(r"%\((\w+)\)s")


def said_pieces(sayings: Sequence[Saying], english: str) -> Iterator[Piece]:
    """Cut sentences into pieces, (text, True) for what may hold names or words from outside."""
    if not sayings:
        yield english, True
    for number, saying in enumerate(sayings):
        if number:
            yield " ", False
        yield from _pieces(saying)


def _pieces(saying: Saying) -> Iterator[Piece]:
    if not saying.fills:
        yield in_english(saying), False
        return
    fills = {fill.name: fill for fill in saying.fills}
    for number, part in enumerate(_PLACE.split(saying.pattern)):
        if number % 2:
            yield from _filled(fills[part])
        elif part:
            yield part, False


def _filled(fill: Fill) -> Iterator[Piece]:
    if fill.kind == "place":
        yield in_english(Saying("%(it)s", (Fill("it", "place", fill.texts),))), True
        return
    parts = [list(_pieces(one)) for one in fill.sayings] or [[_written(fill, text)] for text in fill.texts]
    for number, part in enumerate(parts):
        if number:
            yield _between(fill.joint, is_last=number == len(parts) - 1), False
        yield from part


def _written(fill: Fill, text: str) -> Piece:
    if fill.kind == "words":
        return text, True
    if fill.kind == "date" and text:
        return written_date(PartialDate.parse(text)), True
    return in_english(Saying("%(it)s", (Fill("it", fill.kind, (text,)),))), False


def _between(joint: str, *, is_last: bool) -> str:
    if joint == JOINT_AND and is_last:
        return " and "
    return "; " if joint == JOINT_SEMICOLON else ", "
