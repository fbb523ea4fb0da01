"""Composites lie in one chain with what they were made of, and a piece that many used does not join them all."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from catalog.provenance.chains import trace_chain
from catalog.records.match import Verification
from catalog.records.provenance import ChainDecision
from catalog.records.traces import TracedPhoto
from tests.provenance.stories import bare, verified

WIDTH, HEIGHT = 640, 480
WHOLE, LEFT, RIGHT, TOP = (0.0, 0.0, 1.0, 1.0), (0.0, 0.0, 0.5, 1.0), (0.5, 0.0, 1.0, 1.0), (0.0, 0.0, 1.0, 0.4)
Region = tuple[float, float, float, float]


def showing(query: TracedPhoto, reference: TracedPhoto, here: Region = WHOLE, there: Region = WHOLE) -> Verification:
    """Accept a pair of which the query shows in one region what the reference shows in another."""
    across, down = (there[2] - there[0]) / (here[2] - here[0]), (there[3] - there[1]) / (here[3] - here[1])
    transform = np.array([
        [across, 0, (there[0] - here[0] * across) * WIDTH], [0, down, (there[1] - here[1] * down) * HEIGHT], [0, 0, 1.0],
    ])  # fmt: skip
    box = (here[0] * WIDTH, here[1] * HEIGHT, (here[2] - here[0]) * WIDTH, (here[3] - here[1]) * HEIGHT)
    return replace(verified(query, reference, transform), box=box)


def parted(photos: list[TracedPhoto], pairs: list[Verification]) -> set[frozenset[str]]:
    return {frozenset(chain.photos) for chain in trace_chain(photos, pairs)}


def named(*photos: TracedPhoto) -> frozenset[str]:
    return frozenset(photo.sha256 for photo in photos)


def used_twice() -> tuple[list[TracedPhoto], list[Verification]]:
    """Make two pictures with a copy each, and a third one that stands on the right of a composite of either."""
    photos = [bare(name, number) for number, name in enumerate(("a", "a copy", "a beside c", "b", "b copy", "b beside c", "c"))]
    one, one_copy, one_composite, two, two_copy, two_composite, piece = photos
    pairs = [
        showing(one_copy, one), showing(one_composite, one, LEFT), showing(one_composite, one_copy, LEFT),
        showing(two_copy, two), showing(two_composite, two, LEFT), showing(two_composite, two_copy, LEFT),
        showing(one_composite, piece, RIGHT), showing(two_composite, piece, RIGHT),
        showing(one_composite, two_composite, RIGHT, RIGHT),
    ]  # fmt: skip
    return photos, pairs


@given(st.randoms(use_true_random=False))
def test_what_went_into_composites_of_several_pictures_joins_none_of_them(order: random.Random) -> None:
    photos, pairs = used_twice()
    expected = {named(*photos[:3]), named(*photos[3:6]), named(photos[6])}
    order.shuffle(photos)
    order.shuffle(pairs)
    assert parted(photos, pairs) == expected


def test_what_went_into_composites_of_one_picture_lies_in_its_chain() -> None:
    photos, pairs = used_twice()
    kept = [*photos[:3], photos[6]]
    assert parted(kept, pairs) == {named(*kept)}


def test_a_copy_of_a_composite_goes_where_the_composite_goes() -> None:
    photos, pairs = used_twice()
    again = bare("a beside c, saved again", 9)
    pairs += [showing(again, photos[2]), showing(again, photos[6], RIGHT), showing(again, photos[0], LEFT)]
    assert named(*photos[:3], again) in parted([*photos, again], pairs)


def test_two_crops_of_one_picture_part_nothing() -> None:
    whole, copy, left, right = (bare(name, number) for number, name in enumerate(("whole", "copy", "left", "right")))
    # Of the copy the top is gone, so that the right crop takes more room in it than the left one.
    pairs = [
        showing(copy, whole), showing(whole, left, LEFT), showing(whole, right, RIGHT),
        showing(copy, left, (0.0, 0.0, 0.35, 1.0)), showing(copy, right, (0.35, 0.0, 1.0, 1.0)),
    ]  # fmt: skip
    assert parted([whole, copy, left, right], pairs) == {named(whole, copy, left, right)}


def test_printed_letters_that_two_pictures_carry_do_not_join_them() -> None:
    photos = [bare(name, number) for number, name in enumerate(("a", "a copy", "a with bar", "b", "b copy", "b with bar"))]
    one, one_copy, one_barred, two, two_copy, two_barred = photos
    below = (0.0, 0.4, 1.0, 1.0)
    pairs = [
        showing(one_copy, one), showing(one_barred, one, below), showing(one_barred, one_copy, below),
        showing(two_copy, two), showing(two_barred, two, below), showing(two_barred, two_copy, below),
        showing(one_barred, two_barred, TOP, TOP),
    ]  # fmt: skip
    assert parted(photos, pairs) == {named(*photos[:3]), named(*photos[3:])}


def test_what_a_person_joined_stays_in_one_chain() -> None:
    photos, pairs = used_twice()
    one, piece = photos[2].sha256, photos[6].sha256
    said = ChainDecision("derivation", (piece, one), "made_from", "why", "editor", "2026-01-01T00:00:00Z")
    chains = {frozenset(chain.photos) for chain in trace_chain(photos, pairs, decisions=[said])}
    assert chains == {named(*photos[:3], photos[6]), named(*photos[3:6])}
    chains = {frozenset(chain.photos) for chain in trace_chain(photos, pairs, joined_by_people=[(one, piece)])}
    assert named(*photos[:3], photos[6]) in chains


def test_matches_without_geometry_part_nothing() -> None:
    photos, pairs = used_twice()
    assert parted(photos, [replace(one, transform=None, box=None) for one in pairs]) == {named(*photos)}
