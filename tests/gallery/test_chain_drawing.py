"""A chain is drawn in time: later stands further on, nothing covers anything, right to left is its mirror."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.gallery.chain_drawing import CLAIM_HEIGHT, CLAIM_WIDTH, THUMB_HEIGHT, THUMB_WIDTH, draw_chain
from catalog.records.pages.chains import ChainPage
from catalog.records.pages.publications import CreditLine, PartyLine, PublicationLine
from catalog.records.pages.thumb import Thumb
from catalog.records.partial_date import PartialDate
from catalog.records.provenance import ChainDecision, Derivation, Finding


def _shown(number: int, photo: str, at: date | None, credited: str = "") -> PublicationLine:
    party = PartyLine("agency", credited, credited, (0, len(credited)), 0.9)
    credits = (CreditLine("credit_line", credited, "manifest", 1, True, (party,), (), ()),) if credited else ()
    dated = PartialDate.parse(at.isoformat()) if at else None
    return PublicationLine(
        f"p{number}", photo, f"Paper {number}", f"s{number}", None, dated, None, None, None, None, "a.jpg", 1, (), credits
    )


def _chain(
    publications: list[PublicationLine], derivations: list[tuple[int, int, bool]], photos: int, findings: tuple[Finding, ...] = ()
) -> ChainPage:
    made = tuple(Derivation(f"{a}", f"{b}", directed, ("cropped",), 0.9, ()) for a, b, directed in derivations)
    thumbs = tuple(Thumb(f"{number}", 900, 600) for number in range(photos))
    last = datetime.max.replace(tzinfo=UTC)
    ordered = sorted(publications, key=lambda line: (line.published_at and line.published_at.earliest) or last)
    return ChainPage("0", "complete", "", ("0",), thumbs, tuple(ordered), made, findings, ())


def test_what_may_have_been_made_from_another_photo_with_the_same_pixels_has_a_line_from_that_too() -> None:
    days = [_shown(number, str(number), date(2016 + number, 1, 1)) for number in range(3)]
    shown = _chain(days, [(0, 1, True), (0, 2, True)], 3)
    either = replace(shown, derivations=(shown.derivations[0], replace(shown.derivations[1], or_from=("1",))))
    first, second = draw_chain(either).derivations
    assert (first.or_paths, len(second.or_paths)) == ((), 1)
    (start, end) = (re.findall(r"[\d.]+ [\d.]+", second.or_paths[0])[at] for at in (0, -1))
    assert end == re.findall(r"[\d.]+ [\d.]+", second.path)[-1]
    assert start != re.findall(r"[\d.]+ [\d.]+", second.path)[0]
    decided = ChainDecision("derivation", ("0", "2"), "made_from", "why", "editor", "2026-01-01T00:00:00Z")
    settled = replace(either, derivations=(replace(either.derivations[1], decision=decided),))
    assert draw_chain(settled).derivations[0].or_paths == ()


@st.composite
def chains(draw: st.DrawFn, parties: int = 2) -> ChainPage:
    names = ["", *(f"Party {number}" for number in range(parties))]
    photos = draw(st.integers(min_value=1, max_value=12))
    start = date(2014, 1, 1)
    publications = []
    for number in range(draw(st.integers(min_value=0, max_value=20))):
        day = draw(st.none() | st.integers(min_value=0, max_value=4000))
        at = start + timedelta(days=day) if day is not None else None
        photo, credited = str(draw(st.integers(0, photos - 1))), draw(st.sampled_from(names))
        publications.append(_shown(number, photo, at, credited))
    pairs = st.tuples(st.integers(0, photos - 1), st.integers(0, photos - 1), st.booleans())
    derivations = [pair for pair in draw(st.lists(pairs, max_size=14)) if pair[0] != pair[1]]
    return _chain(publications, derivations, photos)


@given(chains())
@settings(max_examples=60)
def test_no_picture_covers_another_and_all_stand_inside(chain: ChainPage) -> None:
    drawing = draw_chain(chain)
    boxes = [(one.x, one.y, one.width, one.height) for one in drawing.photos]
    for at, (x, y, width, height) in enumerate(boxes):
        assert x >= 0
        assert y >= 0
        assert x + width <= drawing.width
        assert y + height <= drawing.axis_y
        for other_x, other_y, other_width, other_height in boxes[:at]:
            apart = x + width <= other_x or other_x + other_width <= x or y + height <= other_y or other_y + other_height <= y
            assert apart


@given(chains())
@settings(max_examples=60)
def test_time_runs_one_way_and_its_mirror_the_other(chain: ChainPage) -> None:
    plain, mirrored = draw_chain(chain), draw_chain(chain, mirrored=True)
    places = [one.x for one in plain.dates]
    assert places == sorted(places)
    assert [round(plain.width - one.x, 6) for one in mirrored.dates] == [round(x, 6) for x in places]
    for one, other in zip(plain.photos, mirrored.photos, strict=True):
        assert round(one.x + other.x + one.width, 6) == round(plain.width, 6)
        assert one.y == other.y


@given(chains())
@settings(max_examples=60)
def test_everything_of_a_chain_is_drawn(chain: ChainPage) -> None:
    drawing = draw_chain(chain)
    assert [one.photo for one in drawing.photos] == list(chain.photos)
    assert [one.derivation for one in drawing.derivations] == list(chain.derivations)
    assert {one.source for one in drawing.claims} == {
        party.source for line in chain.publications for credit in line.credits for party in credit.parties
    }
    for one in drawing.derivations:
        assert re.fullmatch(r"M[-\d.]+ [-\d.]+C([-\d.]+ ){5}[-\d.]+", one.path)


def _passed(path: str) -> list[tuple[float, float]]:
    """Return places along a path of moves, lines and curves, close to each other."""
    made: list[tuple[float, float]] = []
    for letter, numbers in re.findall(r"([MLQC])([-\d. ]+)", path):
        values = [float(number) for number in numbers.split()]
        points = list(zip(values[::2], values[1::2], strict=True))
        if letter == "M":
            made.append(points[0])
            continue
        curve = [made[-1], *points]
        for step in range(1, 61):
            left = curve
            while len(left) > 1:
                left = [(x + (to_x - x) * step / 60, y + (to_y - y) * step / 60) for (x, y), (to_x, to_y) in pairwise(left)]
            made.append(left[0])
    return made


@given(chains(parties=14), st.booleans())
@settings(max_examples=60)
def test_no_claim_passes_behind_a_picture_or_another_party(chain: ChainPage, mirrored: bool) -> None:
    drawing = draw_chain(chain, mirrored=mirrored)
    pictures = [(one.x, one.y, one.width, one.height) for one in drawing.photos]
    for claim in drawing.claims:
        others = [(one.x, one.y, CLAIM_WIDTH, CLAIM_HEIGHT) for one in drawing.claims if one.source != claim.source]
        for x, y in (point for path, _ in claim.paths for point in _passed(path)):
            assert 0 <= x <= drawing.width
            for left, top, width, height in pictures + others:
                # What is written to a tenth of a pixel may touch an edge.
                assert not (left + 0.1 < x < left + width - 0.1 and top + 0.1 < y < top + height - 0.1)


def test_what_goes_past_a_picture_does_not_go_behind_it() -> None:
    shown = [_shown(number, str(number), date(2014 + 3 * number, 1, 1)) for number in range(3)]
    first, second, third = draw_chain(_chain(shown, [(0, 1, True), (0, 2, True)], 3)).photos
    assert first.y == third.y != second.y
    first, second, third = draw_chain(_chain(shown, [(0, 1, True), (1, 2, True)], 3)).photos
    assert first.y == second.y == third.y


def test_a_long_silence_is_told() -> None:
    chain = _chain([_shown(1, "0", date(2014, 1, 1)), _shown(2, "1", date(2022, 1, 1))], [(0, 1, True)], 2)
    first, second = draw_chain(chain).dates
    assert first.gap_days is None
    assert second.gap_days == (date(2022, 1, 1) - date(2014, 1, 1)).days
    assert first.x < second.gap_x < second.x


def test_a_copy_dated_before_its_source_is_contradicted() -> None:
    chain = _chain([_shown(1, "0", date(2020, 1, 1)), _shown(2, "1", date(2014, 1, 1))], [(0, 1, True)], 2)
    assert draw_chain(chain).derivations[0].is_contradicted
    undirected = _chain([_shown(1, "0", date(2020, 1, 1)), _shown(2, "1", date(2014, 1, 1))], [(0, 1, False)], 2)
    assert not draw_chain(undirected).derivations[0].is_contradicted


def test_only_the_claim_that_a_finding_names_is_disputed() -> None:
    finding = Finding("credited_source_never_seen_publishing", "why", ("Ministry", "p2"))
    shown = [_shown(1, "0", date(2014, 1, 1), "Agency"), _shown(2, "1", date(2015, 1, 1), "Ministry")]
    drawing = draw_chain(_chain(shown, [(0, 1, True)], 2, (finding,)))
    disputed = {claim.source: [is_disputed for _, is_disputed in claim.paths] for claim in drawing.claims}
    assert disputed == {"Agency": [False], "Ministry": [True]}
    dropped = Finding("credit_dropped", "why", ("p1", "p2"))
    drawing = draw_chain(_chain(shown, [(0, 1, True)], 2, (dropped,)))
    assert [one.is_disputed for one in drawing.photos] == [False, True]


def test_pictures_are_fitted_whole() -> None:
    wide, tall, none = Thumb("0", 2000, 200), Thumb("1", 200, 2000), Thumb("2", 0, 0)
    chain = ChainPage("0", "complete", "", (), (wide, tall, none), (), (), (), ())
    sizes = [(round(one.width, 1), round(one.height, 1)) for one in draw_chain(chain).photos]
    assert sizes == [(120.0, 12.0), (8.4, 84.0), (float(THUMB_WIDTH), float(THUMB_HEIGHT))]
