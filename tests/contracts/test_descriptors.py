"""What every algorithm of the list keeps to."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.descriptors.algorithm import Algorithm
from catalog.descriptors.distance import distance
from catalog.descriptors.learned import LearnedVector
from catalog.descriptors.registry import ALGORITHMS, checked, describe
from catalog.errors import DescriptorError
from catalog.imaging import ReducedPicture, reduce_picture
from catalog.records.descriptor import Descriptor
from catalog.records.model import LEARNED
from catalog.workflow.use_model import model_of
from tests.fixtures.onnx_models import write_model

BRIDGE = Path(__file__).parents[1] / "fixtures" / "pdq" / "square-256x256.jpg"
CODES = st.binary(min_size=8, max_size=8).map(lambda data: Descriptor("phash", 1, 64, data))


@pytest.fixture(scope="module")
def bridge() -> ReducedPicture:
    return reduce_picture(BRIDGE.read_bytes())


@pytest.fixture(scope="module", params=[*(one.name for one in ALGORITHMS), LEARNED])
def algorithm(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Algorithm:
    """One algorithm of the list after the other, and one that a learned model adds to it."""
    if request.param == LEARNED:
        model = model_of(str(write_model(tmp_path_factory.mktemp("model") / "colours.onnx")))
        assert model is not None
        return LearnedVector(model)
    return next(one for one in ALGORITHMS if one.name == request.param)


def test_the_same_pixels_give_the_same_bytes(algorithm: Algorithm, bridge: ReducedPicture) -> None:
    first, again = algorithm.describe(bridge), algorithm.describe(reduce_picture(BRIDGE.read_bytes()))
    assert first == again
    assert first.kind == (algorithm.name, algorithm.version)
    assert first.bits == algorithm.bits


def test_a_code_is_as_long_as_it_says(algorithm: Algorithm, bridge: ReducedPicture) -> None:
    found = algorithm.describe(bridge)
    assert type(found.data) is bytes
    assert not algorithm.bits or len(found.data) * 8 == algorithm.bits


def test_a_picture_is_described_by_every_algorithm_once(bridge: ReducedPicture) -> None:
    assert [found.algorithm for found in describe(bridge)] == [algorithm.name for algorithm in ALGORITHMS]


def test_no_algorithm_of_the_list_has_the_name_of_the_learned_one() -> None:
    assert LEARNED not in {one.name for one in ALGORITHMS}


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
