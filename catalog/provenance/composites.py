"""Part the photos that matches join into pictures, where nothing but a piece used in several composites joins them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from catalog.provenance.pairs_of_views import transform_of
from catalog.provenance.views import Matrix, inverted
from catalog.records.match import Verification
from catalog.records.traces import TracedPhoto

Pair = tuple[int, int]
# Left, top, right, bottom as shares of a picture.
Region = tuple[float, float, float, float]
Places = Sequence[Mapping[int, Region]]
Joined = NDArray[np.bool_]
NOWHERE: Region = (0.0, 0.0, 0.0, 0.0)

# Two pieces lie apart when they share no more than this of the smaller one: maps and boxes are a few pixels wrong.
APART = 0.1
# So many pairs of pieces stand for what a composite is made of: those of its copies would be hundreds more.
PIECES = 8
# A photo shows a piece of another one too when it shows this much of it.
SHOWN = 0.5
# Of the pictures that went into a composite those count alike that show in it at least this share of what the largest shows.
ALIKE = 0.4


def part_pictures(
    photos: Sequence[TracedPhoto], accepted: Mapping[Pair, Verification], bound: Iterable[Pair] = ()
) -> list[list[int]]:
    """Return the photos, by number, of each chain; `accepted` pairs, lower number first, join all photos of a neighbourhood.

    A composite shows two photos, in places apart, that no match joins. The other photos are pictures where matches join them. A
    composite, and what shows its pieces beside each other as well, belongs to the picture of which most photos are held, of
    those that take about the same room in it. A picture whose composites all belong to one other picture is drawn with that one:
    it is a second source. A picture that went into composites of several pictures keeps a chain of its own, else everybody who
    used it would come from one another. The pairs of `bound` stay together whatever was measured.
    """
    everything = list(range(len(photos)))
    places = _places(photos, accepted)
    joined = np.zeros((len(photos), len(photos)), np.bool_)
    for low, high in accepted:
        joined[low, high] = joined[high, low] = True
    pieces = {number: found for number in everything if (found := _strangers(places[number], joined))}
    near = _near(len(photos), accepted)
    pictures = _components([number for number in everything if number not in pieces], near)
    if not pieces or len(pictures) < 2:
        return [everything]
    picture_of = {number: at for at, members in enumerate(pictures) for number in members}
    used: dict[int, set[int]] = defaultdict(set)
    own: dict[int, int] = {}
    waiting = _components(sorted(pieces), _near(len(photos), _alike(pieces, places)))
    while waiting:
        # Matches join everything, so each turn settles what lies beside a picture, or beside what is settled.
        left = []
        for composites in waiting:
            home = _home(composites, near, places, pictures, picture_of)
            home = home if home is not None else _home(composites, near, places, pictures, own)
            if home is None:
                left.append(composites)
                continue
            own |= dict.fromkeys(composites, home)
            for other in set().union(*(near[number] for number in composites)) & set(picture_of):
                used[picture_of[other]].add(home)
        waiting = left
    for number, at in picture_of.items():
        own[number] = next(iter(used[at])) if len(used[at]) == 1 else at
    inside = [pair for pair in accepted if own[pair[0]] == own[pair[1]]]
    return _components(everything, _near(len(photos), [*inside, *bound]))


def _places(photos: Sequence[TracedPhoto], accepted: Mapping[Pair, Verification]) -> list[dict[int, Region]]:
    """Return where each photo shows each of those it matches; matches without geometry are left out."""
    places: list[dict[int, Region]] = [{} for _ in photos]
    for (low, high), found in accepted.items():
        transform = transform_of(found, photos[low], photos[high])
        if transform is None or found.box is None:
            continue
        left, top, width, height = found.box
        corners = np.array([[left, left + width, left + width, left], [top, top, top + height, top + height], [1.0] * 4])
        is_low = found.query == photos[low].sha256
        query, reference = (low, high) if is_low else (high, low)
        mapped = (transform if is_low else inverted(transform)) @ corners
        if (mapped[2] > 1e-9).all():
            places[query][reference] = _region(corners, photos[query])
            places[reference][query] = _region(mapped / mapped[2], photos[reference])
    return places


def _region(corners: Matrix, photo: TracedPhoto) -> Region:
    across, down = (corners[0] / max(1, photo.width)).clip(0, 1), (corners[1] / max(1, photo.height)).clip(0, 1)
    return float(across.min()), float(down.min()), float(across.max()), float(down.max())


def _shared(one: Region, other: Region) -> float:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, width) * max(0.0, height)


def _area(region: Region) -> float:
    return _shared(region, region)


def _strangers(shown: Mapping[int, Region], joined: Joined) -> list[Pair]:
    """Return the photos that one photo shows in places apart and that do not match each other, the largest pieces first."""
    if len(shown) < 2:
        return []
    numbers = sorted(shown)
    left, top, right, bottom = np.array([shown[number] for number in numbers]).T
    width = np.minimum.outer(right, right) - np.maximum.outer(left, left)
    height = np.minimum.outer(bottom, bottom) - np.maximum.outer(top, top)
    shared = width.clip(0) * height.clip(0)
    smaller = np.minimum.outer(np.diag(shared), np.diag(shared))
    apart = np.triu((shared <= APART * smaller) & ~joined[np.ix_(numbers, numbers)], 1)
    found = sorted(np.argwhere(apart).tolist(), key=lambda pair: -smaller[pair[0], pair[1]])
    return [(numbers[one], numbers[other]) for one, other in found[:PIECES]]


def _alike(pieces: Mapping[int, Sequence[Pair]], places: Places) -> list[Pair]:
    """Return the pairs of composites of which one shows two pieces of the other that lie apart."""
    return [
        (min(number, other), max(number, other))
        for number, strangers in pieces.items()
        for other, shown in places[number].items()
        if other in pieces and any(_shows(shown, [places[number][piece] for piece in pair]) for pair in strangers)
    ]


def _shows(shown: Region, pieces: Iterable[Region]) -> bool:
    return all(_shared(shown, piece) >= SHOWN * _area(piece) for piece in pieces)


def _home(
    composites: Sequence[int],
    near: Sequence[set[int]],
    places: Places,
    pictures: Sequence[Sequence[int]],
    known: Mapping[int, int],
) -> int | None:
    """Return the picture to which composites belong that are copies of each other; None while no photo beside them is `known`."""
    room: dict[int, float] = {}
    for composite in composites:
        for number in near[composite] & set(known):
            share = _area(places[composite].get(number, NOWHERE))
            room[known[number]] = max(room.get(known[number], 0.0), share)
    most = max(room.values(), default=0.0)
    alike = [at for at, share in room.items() if share >= ALIKE * most]
    return max(alike, key=lambda at: (len(pictures[at]), room[at], -at), default=None)


def _near(count: int, pairs: Iterable[Pair]) -> list[set[int]]:
    near: list[set[int]] = [set() for _ in range(count)]
    for low, high in pairs:
        near[low].add(high)
        near[high].add(low)
    return near


def _components(numbers: Sequence[int], near: Sequence[set[int]]) -> list[list[int]]:
    left, found = set(numbers), []
    for start in numbers:
        if start in left:
            left.discard(start)
            members = [start]
            for number in members:
                fresh = near[number] & left
                left -= fresh
                members += sorted(fresh)
            found.append(sorted(members))
    return found
