"""Where everything of a chain is drawn: photos on a time axis, derivations between them, claimed parties above.

Only geometry is decided here, in SVG user units (pixels at the usual size). Every date that occurs has its own place on the axis.
The distance between two grows with the logarithm of the days between them, so that one day and ten years both fit.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from catalog.gallery.chain_labels import Label, place_label
from catalog.gallery.claim_lines import claim_line
from catalog.gallery.curves import Box, Curve, Point, curve_path
from catalog.gallery.drawn_chain import (
    Drawing,
    DrawnAppearance,
    DrawnClaim,
    DrawnDate,
    DrawnDerivation,
    DrawnPhoto,
)
from catalog.records.pages.chains import ChainPage
from catalog.records.pages.publications import PublicationLine
from catalog.records.pages.thumb import Thumb
from catalog.records.provenance import Derivation, Finding

THUMB_WIDTH, THUMB_HEIGHT = 120, 84
MARGIN = 20
# Between two pictures side by side there must be room for the name of a change; ten times the days add so much.
STEP, LOG_STEP = 224, 46
LANE = 150
CLAIM_WIDTH, CLAIM_HEIGHT, CLAIM_ROW = 168, 28, 42
AXIS_ROOM = 46
LONG_GAP_DAYS = 365
# From here on a direction is drawn as sure: 96 of 100 said to be so were right (docs/provenance.md, "How sure is sure").
SURE = 0.85
GAP_RULE = "missing_intermediate"
# Rules whose subjects are (what went before, what departs from it), or the other way round.
_ACCUSED = {
    "credit_dropped": slice(1, None), "credit_changed": slice(1, None), "credit_upgraded": slice(1, None),
    "cropped_away_mark": slice(1, None), "shown_before_date_claimed": slice(0, 1),
}  # fmt: skip


def is_sure(derivation: Derivation) -> bool:
    """Tell whether a direction may be drawn as a fact: the evidence is sure of it, or a person decided."""
    return derivation.directed and (derivation.decision is not None or derivation.confidence >= SURE)


def draw_chain(
    chain: ChainPage, *, mirrored: bool = False, words: Callable[[Derivation], Sequence[str]] = lambda one: one.changes
) -> Drawing:
    """Lay a chain out; `mirrored` lets time run from right to left, `words` are the lines of words that a derivation bears."""
    axis = _axis(chain)
    parties = _parties(chain)
    seats = _seats(list(parties), axis.end + THUMB_WIDTH / 2 + STEP)
    lanes_y = MARGIN + (max((y for _, y in seats.values()), default=-CLAIM_ROW) + CLAIM_ROW)
    # No room is left behind the last picture: a drawing must not be wider than what it shows.
    width = max([axis.end + THUMB_WIDTH / 2 + 2 * MARGIN, *(x + CLAIM_WIDTH / 2 + MARGIN for x, _ in seats.values())])
    ground = _Ground(chain, axis, _centres(chain, axis, lanes_y), width, mirrored)
    axis_y = max((y for _, y in ground.centres.values()), default=lanes_y) + LANE / 2 + MARGIN / 2
    return Drawing(
        width=width,
        height=axis_y + AXIS_ROOM,
        axis_y=axis_y,
        lanes_y=lanes_y,
        dates=tuple(_dates(ground)),
        photos=tuple(_photo(ground, photo) for photo in chain.photos),
        appearances=tuple(_appearances(ground)),
        derivations=tuple(_derivations(ground, words)),
        claims=tuple(_claim(ground, source, name, seats) for source, name in parties.items()),
    )


@dataclass(frozen=True, slots=True)
class _Axis:
    """Hold the place of every moment at which something was published, and of what has no date."""

    places: dict[datetime, float]
    undated: float
    end: float

    def of(self, line: PublicationLine | None) -> float:
        moment = _moment(line)
        return self.undated if moment is None else self.places[moment]


@dataclass(frozen=True, slots=True)
class _Ground:
    """Hold what every part of the drawing is measured against; `at` turns time into the direction it is read in."""

    chain: ChainPage
    axis: _Axis
    centres: dict[str, tuple[float, float]]
    width: float
    mirrored: bool

    def at(self, x: float) -> float:
        return self.width - x if self.mirrored else x

    def box(self, x: float, width: float) -> float:
        return self.width - x - width if self.mirrored else x

    def is_disputed(self, subject: str) -> bool:
        return any(subject in _accused(finding) for finding in self.chain.findings if not finding.is_dismissed)

    def is_gap(self, derivation: Derivation) -> bool:
        ends = {derivation.parent, derivation.child}
        return any(one.rule == GAP_RULE and set(one.subjects) == ends and not one.is_dismissed for one in self.chain.findings)

    def is_claim_disputed(self, source: str, publication: str) -> bool:
        return any({source, publication} <= set(finding.subjects) for finding in self.chain.findings if not finding.is_dismissed)


def _accused(finding: Finding) -> tuple[str, ...]:
    """Return the subjects that a finding speaks against: where it names an earlier one beside a later one, not both."""
    if finding.rule == GAP_RULE:
        return ()  # nobody is to blame for what is not held
    return finding.subjects[_ACCUSED[finding.rule]] if finding.rule in _ACCUSED else finding.subjects


def _moment(line: PublicationLine | None) -> datetime | None:
    return line.published_at.latest if line and line.published_at else None


def _shown(chain: ChainPage) -> dict[str, list[PublicationLine]]:
    shown: dict[str, list[PublicationLine]] = {photo.sha256: [] for photo in chain.photos}
    for line in chain.publications:
        shown[line.photo].append(line)
    return shown


def _axis(chain: ChainPage) -> _Axis:
    firsts = [lines[0] if lines else None for lines in _shown(chain).values()]
    undated = MARGIN + THUMB_WIDTH / 2
    x = undated + (THUMB_WIDTH + MARGIN if any(_moment(line) is None for line in firsts) else 0)
    places: dict[datetime, float] = {}
    before: datetime | None = None
    for moment in sorted({moment for line in chain.publications if (moment := _moment(line)) is not None}):
        if before is not None:
            x += STEP + LOG_STEP * math.log10(1 + (moment - before).total_seconds() / 86_400)
        places[moment] = x
        before = moment
    return _Axis(places, undated, max([undated, *places.values()]))


def _centres(chain: ChainPage, axis: _Axis, top: float) -> dict[str, tuple[float, float]]:
    """Give every photo a lane: that of what it was made from if there is room, else the nearest free one below."""
    shown = _shown(chain)
    parents = {one.child: one.parent for one in chain.derivations if one.directed}
    ends: list[float] = []
    # A lane stays taken until the last derivation that leaves its photo has arrived, so that no edge runs behind a picture.
    starts = {photo.sha256: axis.of(next(iter(shown[photo.sha256]), None)) - THUMB_WIDTH / 2 for photo in chain.photos}
    leaves: dict[str, float] = {}
    for one in chain.derivations:
        leaves[one.parent] = max(leaves.get(one.parent, 0), starts[one.child])
    owners: list[str] = []
    taken: list[float] = []
    lanes: dict[str, int] = {}
    for photo in sorted(chain.photos, key=lambda photo: (starts[photo.sha256], photo.sha256)):
        start, parent = starts[photo.sha256], parents.get(photo.sha256, "")
        free = [
            lane
            for lane, end in enumerate(ends)
            if end < start and (taken[lane] < start or (owners[lane] == parent and taken[lane] == start))
        ]
        wish = lanes.get(parent, len(ends))
        lane = min(free, key=lambda lane: (lane < wish, abs(lane - wish)), default=len(ends))
        if lane == len(ends):
            ends.append(0)
            owners.append("")
            taken.append(0)
        # A mark of a later appearance needs room for its words, like a picture.
        shown_until = [axis.of(line) + STEP / 2 for line in shown[photo.sha256]]
        ends[lane] = max([start + THUMB_WIDTH, *shown_until]) + MARGIN
        owners[lane], lanes[photo.sha256] = photo.sha256, lane
        taken[lane] = max(taken[lane], leaves.get(photo.sha256, 0))
    return {
        photo.sha256: (starts[photo.sha256] + THUMB_WIDTH / 2, top + LANE / 2 + lanes[photo.sha256] * LANE)
        for photo in chain.photos
    }


def _dates(ground: _Ground) -> Iterator[DrawnDate]:
    lines = {_moment(line): line for line in reversed(ground.chain.publications)}
    before: datetime | None = None
    for moment, x in ground.axis.places.items():
        days = (moment - before).days if before else 0
        gap_x = (x + ground.axis.places[before]) / 2 if before else x
        yield DrawnDate(ground.at(x), lines[moment], ground.at(gap_x), days if days >= LONG_GAP_DAYS else None)
        before = moment


def _photo(ground: _Ground, photo: Thumb) -> DrawnPhoto:
    lines = _shown(ground.chain)[photo.sha256]
    x, y = ground.centres[photo.sha256]
    width, height = _fitted(photo)
    return DrawnPhoto(
        photo=photo,
        x=ground.box(x - width / 2, width),
        y=y - height / 2,
        width=width,
        height=height,
        publication=lines[0] if lines else None,
        is_origin=photo.sha256 in ground.chain.origin,
        is_disputed=ground.is_disputed(photo.sha256) or any(ground.is_disputed(line.id) for line in lines[:1]),
    )


def _fitted(photo: Thumb) -> tuple[float, float]:
    if not photo.width or not photo.height:
        return THUMB_WIDTH, THUMB_HEIGHT
    scale = min(THUMB_WIDTH / photo.width, THUMB_HEIGHT / photo.height)
    return photo.width * scale, photo.height * scale


def _appearances(ground: _Ground) -> Iterator[DrawnAppearance]:
    for sha256, lines in _shown(ground.chain).items():
        x, y = ground.centres[sha256]
        start = x + THUMB_WIDTH / 2
        for line in lines[1:]:
            if _moment(line) is not None and ground.axis.of(line) > x:
                yield DrawnAppearance(line, ground.at(ground.axis.of(line)), y, ground.at(start), ground.is_disputed(line.id))


def _derivations(ground: _Ground, words: Callable[[Derivation], Sequence[str]]) -> Iterator[DrawnDerivation]:
    taken = [_rim(ground, photo) for photo in ground.chain.photos]
    for one in ground.chain.derivations:
        label = place_label(_curve(ground, one.parent, one.child), words(one), taken)
        taken.append(label.box)
        yield _derivation(ground, one, label)


def _rim(ground: _Ground, photo: Thumb) -> Box:
    """Return the box of a picture with its frame and the name below it."""
    x, y = ground.centres[photo.sha256]
    width, height = _fitted(photo)
    return ground.at(x) - width / 2 - 5, y - height / 2 - 5, ground.at(x) + width / 2 + 5, y + height / 2 + 24


def _derivation(ground: _Ground, derivation: Derivation, label: Label) -> DrawnDerivation:
    curve = _curve(ground, derivation.parent, derivation.child)
    (start_x, start_y), _, _, (end_x, end_y) = curve
    before, after = (_moment(next(iter(_shown(ground.chain)[sha256]), None)) for sha256 in (derivation.parent, derivation.child))
    contradicted = derivation.directed and before is not None and after is not None and after < before
    others = derivation.or_from if derivation.directed and derivation.decision is None else ()
    return DrawnDerivation(
        derivation, curve_path(curve), (start_x + end_x) / 2, (start_y + end_y) / 2, label, contradicted,
        is_gap=ground.is_gap(derivation),
        or_paths=tuple(curve_path(_curve(ground, other, derivation.child)) for other in others),
    )  # fmt: skip


def _curve(ground: _Ground, parent: str, child: str) -> Curve:
    """Return start, both bends and end of the line from one photo to another, as drawn."""
    parent_x, parent_y = ground.centres[parent]
    child_x, child_y = ground.centres[child]
    half_width, half_height = THUMB_WIDTH / 2 + 4, THUMB_HEIGHT / 2 + 4
    if child_x - parent_x > 2 * half_width:
        start, end = (parent_x + half_width, parent_y), (child_x - half_width, child_y)
        bend = (end[0] - start[0]) / 2
        first, second = (start[0] + bend, start[1]), (end[0] - bend, end[1])
    else:
        down = 1 if child_y >= parent_y else -1
        start, end = (parent_x, parent_y + down * half_height), (child_x, child_y - down * half_height)
        bend = max(abs(end[1] - start[1]) / 2, 24)
        first, second = (start[0], start[1] + down * bend), (end[0], end[1] - down * bend)
    return (
        (ground.at(start[0]), start[1]), (ground.at(first[0]), first[1]),
        (ground.at(second[0]), second[1]), (ground.at(end[0]), end[1]),
    )  # fmt: skip


def _parties(chain: ChainPage) -> dict[str, str]:
    """Return the credited sources in the order in which they were first credited, with the name first printed."""
    found: dict[str, str] = {}
    for line in chain.publications:
        for credit in line.credits:
            for party in credit.parties:
                found.setdefault(party.source, party.name)
    return found


def _crediting(chain: ChainPage, source: str) -> list[PublicationLine]:
    return [
        line for line in chain.publications if any(party.source == source for credit in line.credits for party in credit.parties)
    ]


def _seats(sources: list[str], width: float) -> dict[str, tuple[float, float]]:
    """Give every credited party a box in rows above the lanes, from the start of time onwards."""
    a_row = max(1, int((width - MARGIN) // (CLAIM_WIDTH + MARGIN)))
    start = MARGIN + CLAIM_WIDTH / 2
    return {
        source: (start + (number % a_row) * (CLAIM_WIDTH + MARGIN), MARGIN + CLAIM_HEIGHT / 2 + (number // a_row) * CLAIM_ROW)
        for number, source in enumerate(sources)
    }


def _claim(ground: _Ground, source: str, name: str, seats: Mapping[str, tuple[float, float]]) -> DrawnClaim:
    x, y = seats[source]
    obstacles = [
        (seat_x - CLAIM_WIDTH / 2, seat_y - CLAIM_HEIGHT / 2, seat_x + CLAIM_WIDTH / 2, seat_y + CLAIM_HEIGHT / 2)
        for other, (seat_x, seat_y) in seats.items()
        if other != source
    ] + [
        (photo_x - THUMB_WIDTH / 2, photo_y - THUMB_HEIGHT / 2, photo_x + THUMB_WIDTH / 2, photo_y + THUMB_HEIGHT / 2)
        for photo_x, photo_y in ground.centres.values()
    ]
    paths = []
    for line in _crediting(ground.chain, source):
        _, centre_y = ground.centres[line.photo]
        end_x = max(ground.axis.of(line), ground.centres[line.photo][0])
        is_first = end_x == ground.centres[line.photo][0]
        end = (end_x, centre_y - (THUMB_HEIGHT / 2 + 4 if is_first else 8))
        start = (x, y + CLAIM_HEIGHT / 2)
        path = claim_line(start, end, _around((x, y), end, list(seats.values())), obstacles, ground.at)
        paths.append((path, ground.is_claim_disputed(source, line.id)))
    return DrawnClaim(name, source, ground.box(x - CLAIM_WIDTH / 2, CLAIM_WIDTH), y - CLAIM_HEIGHT / 2, tuple(paths))


def _around(seat: Point, end: Point, seats: Sequence[Point]) -> list[Point]:
    """Return the corners of the way from a party down the gap beside it, over all lanes, and down the gap before a publication.

    Lines of several rows part inside the gap between parties, so that none covers another for long.
    """
    x, y = seat
    rows = sorted({row for _, row in seats})
    over = rows[-1] + CLAIM_ROW
    before = end[0] - THUMB_WIDTH / 2 - 14
    ending = [(before, over), (before, end[1] - 14), (end[0], end[1] - 14), end]
    if y == rows[-1]:
        return [(x, y + CLAIM_HEIGHT / 2), (x, over), *ending]
    gap = x + CLAIM_WIDTH / 2 + MARGIN * (rows.index(y) + 1) / (len(rows) + 1)
    return [(x + CLAIM_WIDTH / 2, y), (gap, y), (gap, over), *ending]
