"""Candidates: what must be on the list, and what must not depend on how photos were added."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from PIL import Image, ImageOps

from catalog.matching import point_index
from catalog.matching.index import SHORT_LIST, ReferenceIndex
from catalog.matching.segment import Entry, merged, segment_of
from catalog.records.descriptor import Descriptor
from tests.matching.conftest import Compare


def index_of(photos: Iterable[Entry]) -> ReferenceIndex:
    return ReferenceIndex([segment_of(list(enumerate(photos)))])


def test_crops_mirrors_and_shrinks_find_their_photo_first(comparable: Compare, scenes: list[Image.Image]) -> None:
    photos = [comparable(picture) for picture in scenes]
    index = index_of(photos)
    for number, picture in enumerate(scenes):
        for query in (picture.crop((150, 90, 400, 300)), ImageOps.mirror(picture), picture.resize((120, 90))):
            assert index.candidates(comparable(query))[0].reference == photos[number].sha256


def test_how_photos_are_spread_over_segments_makes_no_difference(comparable: Compare, scenes: list[Image.Image]) -> None:
    photos = [comparable(picture) for picture in scenes]
    query = comparable(scenes[2].crop((60, 60, 300, 300)))
    alone = [segment_of([(number, photo)]) for number, photo in enumerate(photos)]
    together = merged(merged(alone[0], alone[1]), merged(alone[2], merged(alone[3], alone[4])))
    spread = [ReferenceIndex(alone), ReferenceIndex([together, alone[5]]), ReferenceIndex([merged(together, alone[5])])]
    assert [index.candidates(query) for index in spread] == 3 * [index_of(photos).candidates(query)]
    assert {len(index) for index in spread} == {len(photos)}


def test_how_many_agreements_are_counted_in_one_go_makes_no_difference(
    comparable: Compare, scenes: list[Image.Image], monkeypatch: pytest.MonkeyPatch
) -> None:
    index = index_of([comparable(picture) for picture in scenes])
    queries = [comparable(scenes[2].crop((60, 60, 300, 300))), comparable(ImageOps.mirror(scenes[1]))]
    at_once = [index.candidates(query) for query in queries]
    assert all(found[0].votes for found in at_once)
    monkeypatch.setattr(point_index, "COUNTED_AT_ONCE", 7)
    assert [index.candidates(query) for query in queries] == at_once


def test_what_is_lacking_is_told_by_number(comparable: Compare, scenes: list[Image.Image]) -> None:
    photo = comparable(scenes[0])
    index = ReferenceIndex([segment_of([(7, photo)]), segment_of([(9, photo)])])
    assert index.lacking([5, 7, 8, 9]) == [5, 8]
    assert ReferenceIndex().lacking([1]) == [1]


def test_the_same_bytes_and_the_same_image_data_come_first(comparable: Compare, scenes: list[Image.Image]) -> None:
    photo = replace(comparable(scenes[0]), image_data_sha256="a" * 64)
    edited = replace(photo, sha256="b" * 64)
    index = index_of([edited, photo])
    found = index.candidates(photo)
    assert [(one.reference, one.rung) for one in found] == [(photo.sha256, "same_bytes"), (edited.sha256, "same_image_data")]


def test_plain_pictures_are_candidates_only_by_bytes_and_image_data(comparable: Compare) -> None:
    greys = [comparable(Image.new("RGB", (200, 150), (tone,) * 3)) for tone in (100, 101, 102)]
    index = index_of(greys)
    assert [found.reference for found in index.candidates(greys[1])] == [greys[1].sha256]


def test_descriptors_of_another_version_are_not_compared(comparable: Compare, scenes: list[Image.Image]) -> None:
    photo = comparable(scenes[0])
    later = tuple(Descriptor(found.algorithm, found.version + 1, found.bits, found.data) for found in photo.descriptors)
    index = index_of([photo])
    assert index.candidates(replace(photo, sha256="c" * 64, descriptors=later)) == []


def test_the_list_is_short_and_holds_each_photo_once(comparable: Compare, scenes: list[Image.Image]) -> None:
    photo = comparable(scenes[0])
    index = index_of(replace(photo, sha256=f"{number:064x}") for number in range(30))
    found = [one.reference for one in index.candidates(photo)]
    assert len(found) == len(set(found)) == SHORT_LIST


def test_an_empty_index_has_no_candidates(comparable: Compare, scenes: list[Image.Image]) -> None:
    assert ReferenceIndex().candidates(comparable(scenes[0])) == []
