"""Candidates: what must be on the list, and what must not depend on how photos were added."""

from __future__ import annotations

from dataclasses import replace

from PIL import Image, ImageOps

from catalog.matching.index import SHORT_LIST, ReferenceIndex
from catalog.records.descriptor import Descriptor
from tests.matching.conftest import Compare


def test_crops_mirrors_and_shrinks_find_their_photo_first(comparable: Compare, scenes: list[Image.Image]) -> None:
    index = ReferenceIndex()
    photos = [comparable(picture) for picture in scenes]
    index.add(photos)
    for number, picture in enumerate(scenes):
        for query in (picture.crop((150, 90, 400, 300)), ImageOps.mirror(picture), picture.resize((120, 90))):
            assert index.candidates(comparable(query))[0].reference == photos[number].sha256


def test_photos_added_one_by_one_give_the_same_candidates(comparable: Compare, scenes: list[Image.Image]) -> None:
    photos = [comparable(picture) for picture in scenes]
    at_once, one_by_one = ReferenceIndex(), ReferenceIndex()
    at_once.add(photos)
    query = comparable(scenes[2].crop((60, 60, 300, 300)))
    for photo in photos:
        one_by_one.add([photo])
        one_by_one.candidates(query)
    one_by_one.add(photos)
    assert len(one_by_one) == len(photos)
    assert one_by_one.candidates(query) == at_once.candidates(query)


def test_the_same_bytes_and_the_same_image_data_come_first(comparable: Compare, scenes: list[Image.Image]) -> None:
    photo = replace(comparable(scenes[0]), image_data_sha256="a" * 64)
    edited = replace(photo, sha256="b" * 64)
    index = ReferenceIndex()
    index.add([edited, photo])
    found = index.candidates(photo)
    assert [(one.reference, one.rung) for one in found] == [(photo.sha256, "same_bytes"), (edited.sha256, "same_image_data")]


def test_plain_pictures_are_candidates_only_by_bytes_and_image_data(comparable: Compare) -> None:
    greys = [comparable(Image.new("RGB", (200, 150), (tone,) * 3)) for tone in (100, 101, 102)]
    index = ReferenceIndex()
    index.add(greys)
    assert [found.reference for found in index.candidates(greys[1])] == [greys[1].sha256]


def test_descriptors_of_another_version_are_not_compared(comparable: Compare, scenes: list[Image.Image]) -> None:
    photo = comparable(scenes[0])
    later = tuple(Descriptor(found.algorithm, found.version + 1, found.bits, found.data) for found in photo.descriptors)
    index = ReferenceIndex()
    index.add([photo])
    assert index.candidates(replace(photo, sha256="c" * 64, descriptors=later)) == []


def test_the_list_is_short_and_holds_each_photo_once(comparable: Compare, scenes: list[Image.Image]) -> None:
    photo = comparable(scenes[0])
    index = ReferenceIndex()
    index.add(replace(photo, sha256=f"{number:064x}") for number in range(30))
    found = [one.reference for one in index.candidates(photo)]
    assert len(found) == len(set(found)) == SHORT_LIST


def test_an_empty_index_has_no_candidates(comparable: Compare, scenes: list[Image.Image]) -> None:
    assert ReferenceIndex().candidates(comparable(scenes[0])) == []
