"""What every algorithm of the list keeps to."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.descriptors.algorithm import Algorithm
from catalog.descriptors.distance import distance
from catalog.descriptors.registry import ALGORITHMS, checked, describe
from catalog.errors import DescriptorError
from catalog.imaging import ReducedPicture, reduce_picture
from catalog.records.descriptor import Descriptor

BRIDGE = Path(__file__).parents[1] / "fixtures" / "pdq" / "square-256x256.jpg"
CODES = st.binary(min_size=8, max_size=8).map(lambda data: Descriptor("phash", 1, 64, data))


@pytest.fixture(scope="module")
def bridge() -> ReducedPicture:
    return reduce_picture(BRIDGE.read_bytes())


@pytest.mark.parametrize("algorithm", ALGORITHMS, ids=lambda algorithm: algorithm.name)
def test_the_same_pixels_give_the_same_bytes(algorithm: Algorithm, bridge: ReducedPicture) -> None:
    first, again = algorithm.describe(bridge), algorithm.describe(reduce_picture(BRIDGE.read_bytes()))
    assert first == again
    assert first.kind == (algorithm.name, algorithm.version)
    assert first.bits == algorithm.bits


@pytest.mark.parametrize("algorithm", ALGORITHMS, ids=lambda algorithm: algorithm.name)
def test_a_code_is_as_long_as_it_says(algorithm: Algorithm, bridge: ReducedPicture) -> None:
    found = algorithm.describe(bridge)
    assert type(found.data) is bytes
    assert not algorithm.bits or len(found.data) * 8 == algorithm.bits


def test_a_picture_is_described_by_every_algorithm_once(bridge: ReducedPicture) -> None:
    assert [found.algorithm for found in describe(bridge)] == [algorithm.name for algorithm in ALGORITHMS]


def test_two_algorithms_of_one_name_are_refused() -> None:
    with pytest.raises(DescriptorError, match="rename one") as caught:
        checked((*ALGORITHMS, ALGORITHMS[0]))
    assert caught.value.code == "named_twice"


@given(CODES, CODES)
def test_distance_is_symmetric_zero_to_itself_and_within_the_bits(first: Descriptor, second: Descriptor) -> None:
    assert distance(first, first) == 0
    assert 0 <= distance(first, second) == distance(second, first) <= 64


@given(CODES, CODES, CODES)
def test_distance_keeps_the_triangle(first: Descriptor, second: Descriptor, third: Descriptor) -> None:
    assert distance(first, third) <= distance(first, second) + distance(second, third)


@pytest.mark.parametrize("other", [Descriptor("dhash", 1, 64, bytes(8)), Descriptor("phash", 2, 64, bytes(8))])
def test_distance_refuses_descriptors_of_another_algorithm_or_version(other: Descriptor) -> None:
    with pytest.raises(DescriptorError, match="cannot be compared") as caught:
        distance(Descriptor("phash", 1, 64, bytes(8)), other)
    assert caught.value.code == "not_comparable"


def test_distance_refuses_local_features() -> None:
    points = Descriptor("local_points", 1, 0, b"")
    with pytest.raises(DescriptorError, match="verification") as caught:
        distance(points, points)
    assert caught.value.code == "not_a_code"
