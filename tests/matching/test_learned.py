"""What a learned model says is near is proposed and examined like all else; without a model nothing of it is there."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from catalog.descriptors.learned import LearnedVector
from catalog.imaging import reduce_picture
from catalog.matching.index import ReferenceIndex
from catalog.matching.index_folder import IndexFolder
from catalog.matching.learned import learned_hypotheses
from catalog.matching.segment import merged, segment_of
from catalog.matching.thresholds import SHIPPED, Thresholds
from catalog.matching.vector_run import vector_run
from catalog.matching.verification import verify
from catalog.records.comparable import Comparable
from catalog.records.descriptor import Descriptor
from catalog.records.model import LEARNED, LearnedModel
from catalog.workflow.use_model import model_of
from tests.fixtures.onnx_models import write_model
from tests.matching.conftest import Compare


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> LearnedModel:
    found = model_of(str(write_model(tmp_path_factory.mktemp("model") / "colours.onnx")))
    assert found is not None
    return found


def only_learned(photo: Comparable, picture: Image.Image, model: LearnedModel) -> Comparable:
    """The same photo with no other descriptor than the model's: what is found, is found by that."""
    saved = BytesIO()
    picture.save(saved, "PNG")
    return replace(photo, descriptors=(LearnedVector(model).describe(reduce_picture(saved.getvalue())),))


@pytest.fixture
def photos(comparable: Compare, scenes: list[Image.Image], model: LearnedModel) -> list[Comparable]:
    return [only_learned(comparable(picture), picture, model) for picture in scenes]


@pytest.fixture
def darker(comparable: Compare, scenes: list[Image.Image], model: LearnedModel) -> Comparable:
    """The third scene, shrunk and a little darker."""
    changed = scenes[2].resize((240, 180)).point([round(0.9 * level) for level in range(256)] * 3)
    return only_learned(comparable(changed), changed, model)


def proposed(index: ReferenceIndex, query: Comparable) -> list[tuple[str, str]]:
    return [(one.reference, one.rung) for one in index.candidates(query)]


def test_a_photo_that_only_the_model_knows_is_proposed(photos: list[Comparable], darker: Comparable, model: LearnedModel) -> None:
    index = ReferenceIndex([segment_of(list(enumerate(photos)), model=model)], model)
    assert proposed(index, darker) == [(photos[2].sha256, LEARNED)]
    assert proposed(ReferenceIndex([segment_of(list(enumerate(photos)))]), darker) == []


def test_how_photos_are_spread_over_segments_makes_no_difference(
    photos: list[Comparable], darker: Comparable, model: LearnedModel
) -> None:
    first, second = (segment_of(list(enumerate(some)), model=model) for some in (photos[:2], photos[2:]))
    for index in (ReferenceIndex([first, second], model), ReferenceIndex([merged(first, second)], model)):
        assert proposed(index, darker) == [(photos[2].sha256, LEARNED)]


def test_the_index_on_disk_holds_the_vectors_of_the_model_in_force_and_of_no_other(
    tmp_path: Path, photos: list[Comparable], darker: Comparable, model: LearnedModel
) -> None:
    for number, photo in enumerate(photos):
        with IndexFolder(tmp_path, model).growing() as growing:
            growing.add([(number, photo)])
    with IndexFolder(tmp_path, model).growing() as growing:
        assert proposed(growing.index, darker) == [(photos[2].sha256, LEARNED)]
    for other in (replace(model, sha256="0" * 64), None):
        with IndexFolder(tmp_path, other).growing() as growing:
            assert len(growing.index) == 0


def test_a_photo_without_a_vector_or_with_one_of_another_length_is_held_without(
    photos: list[Comparable], darker: Comparable, model: LearnedModel
) -> None:
    bare = replace(photos[2], descriptors=())
    empty = replace(photos[2], sha256="b" * 64, descriptors=(Descriptor(*model.kind, 0, b""),))
    cut = replace(photos[2], sha256="c" * 64, descriptors=(Descriptor(*model.kind, 0, photos[2].descriptors[0].data[:-2]),))
    index = ReferenceIndex([segment_of(list(enumerate([bare, empty, cut])), model=model)], model)
    assert len(index) == 3
    assert proposed(index, darker) == []
    assert proposed(index, empty) == [(empty.sha256, "same_bytes")]


def test_a_proposal_is_verified_by_its_pixels(photos: list[Comparable], darker: Comparable, model: LearnedModel) -> None:
    in_force = Thresholds(0.3, 0.8, ((LEARNED, Thresholds(0.35, 0.9)),), learned_radius=model.radius)
    found = verify(darker, photos[2], thresholds=in_force)[0]
    assert (found.rung, found.relation, found.state) == (LEARNED, "copy", "accepted")
    assert (found.threshold_suggest, found.threshold_accept) == (0.35, 0.9)
    assert verify(darker, photos[2], thresholds=SHIPPED)[0].relation == "none"


def test_pictures_whose_vectors_agree_and_whose_pixels_do_not_are_refused(photos: list[Comparable], model: LearnedModel) -> None:
    told_alike = replace(photos[0], descriptors=photos[2].descriptors)
    found = verify(told_alike, photos[2], thresholds=replace(SHIPPED, learned_radius=model.radius))[0]
    assert (found.relation, found.state) == ("none", "refused")


def test_a_mirrored_picture_is_examined_mirrored(
    comparable: Compare, scenes: list[Image.Image], photos: list[Comparable], model: LearnedModel
) -> None:
    mirrored = replace(comparable(ImageOps.mirror(scenes[2])), descriptors=photos[2].descriptors)
    found = verify(mirrored, photos[2], thresholds=replace(SHIPPED, learned_radius=model.radius))[0]
    assert (found.rung, found.state) == (LEARNED, "accepted")
    assert "mirrored" in found.changes


def test_beyond_the_radius_nothing_is_examined(photos: list[Comparable], darker: Comparable) -> None:
    assert len(learned_hypotheses(darker, photos[2], 0.05)) == 2
    assert learned_hypotheses(darker, photos[2], 1e-6) == []
    assert learned_hypotheses(darker, photos[2], 0.0) == []
    other = replace(photos[2], descriptors=(replace(photos[2].descriptors[0], version=1),))
    assert learned_hypotheses(darker, other, 2.0) == []


@given(st.integers(0, 2**32 - 1), st.integers(0, 40), st.floats(0, 2))
def test_the_vectors_within_a_radius_are_those_that_brute_force_finds(seed: int, count: int, radius: float) -> None:
    random = np.random.default_rng(seed)
    vectors = random.normal(size=(count + 1, 5)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    run = vector_run([(10 * row, vector) for row, vector in enumerate(vectors[:-1])], 5)
    owners, distances = run.near(vectors[-1], radius)
    apart = 1 - run.vectors.astype(np.float32) @ vectors[-1]
    assert owners.tolist() == (10 * np.flatnonzero(apart <= radius)).tolist()
    assert np.array_equal(distances, apart[apart <= radius])
