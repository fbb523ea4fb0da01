"""A picture in a border is found by its inside and examined by it, whichever of the two has the border, without any point."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from PIL import Image, ImageOps

from catalog.matching.index import ReferenceIndex
from catalog.matching.segment import segment_of
from catalog.matching.trimmed import inside_hypotheses
from catalog.matching.verification import verify
from catalog.records.comparable import Comparable
from tests.matching.conftest import Compare


def without_points(picture: Comparable) -> Comparable:
    kept = tuple(one for one in picture.descriptors if one.algorithm != "local_points")
    return replace(picture, descriptors=kept)


@pytest.fixture
def versions(comparable: Compare, scenes: list[Image.Image]) -> dict[str, Comparable]:
    """Return a picture as it is, in a white border, mirrored between black bars; none has local features."""
    picture = scenes[0]
    made = {
        "bare": picture,
        "bordered": ImageOps.expand(picture, 60, "white"),
        "letterboxed": ImageOps.expand(ImageOps.mirror(picture), (0, 80), "black"),
    }
    return {name: without_points(comparable(one)) for name, one in made.items()}


@pytest.mark.parametrize(("asked", "held"), list(permutations(["bare", "bordered", "letterboxed"], 2)))
def test_each_finds_the_other_by_codes_alone(
    comparable: Compare, scenes: list[Image.Image], versions: dict[str, Comparable], asked: str, held: str
) -> None:
    others = [without_points(comparable(one)) for one in scenes[1:]]
    index = ReferenceIndex([segment_of(list(enumerate([versions[held], *others])))])
    assert [found.reference for found in index.candidates(versions[asked])] == [versions[held].sha256]


@pytest.mark.parametrize(("asked", "held"), list(permutations(["bare", "bordered", "letterboxed"], 2)))
def test_each_is_verified_as_a_copy_of_the_other(versions: dict[str, Comparable], asked: str, held: str) -> None:
    (found,) = verify(versions[asked], versions[held])
    assert (found.relation, found.rung) == ("copy", "pdq_trimmed")
    assert found.state == "accepted"
    assert ("mirrored" in found.changes) == ("letterboxed" in (asked, held))


def test_insides_of_other_pictures_are_no_hypothesis(comparable: Compare, scenes: list[Image.Image]) -> None:
    first, second = (without_points(comparable(ImageOps.expand(one, 60, "white"))) for one in scenes[:2])
    assert inside_hypotheses(first, second) == []
    (found,) = verify(first, second)
    assert found.relation == "none"
