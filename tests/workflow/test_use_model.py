"""A learned model is read as it is declared, tried before anything rests on it, and costs no photo."""

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from catalog.compute.inline import InlineExecutor
from catalog.compute.interface import Work
from catalog.errors import SettingsError
from catalog.imaging import RECIPE_VERSION
from catalog.records.evaluation import Evaluation, RungEvaluation
from catalog.records.model import LEARNED, LearnedModel
from catalog.records.reading import PhotoState
from catalog.settings import Settings
from catalog.workflow.choose_thresholds import thresholds_in_force, write_thresholds
from catalog.workflow.describe_photo import KINDS, believed, describe, is_described
from catalog.workflow.use_model import model_of, packed_model, require_model, unpacked_model
from tests.conftest import SAMPLES
from tests.fixtures.onnx_models import DECLARED, LENGTH, colour_grid, write_model


def declared(folder: Path, content: bytes | None = None, **parts: Any) -> LearnedModel:
    model = model_of(str(write_model(folder / "colours.onnx", content, **parts)))
    assert model is not None
    return model


def photo(colour: tuple[int, int, int] | None = None) -> bytes:
    made = BytesIO()
    if colour is not None:
        Image.new("RGB", (64, 64), colour).save(made, "PNG")
        return made.getvalue()
    with Image.open(SAMPLES / "photos" / "lighthouse.jpg") as picture:
        picture.resize((240, 160)).save(made, "JPEG")
    return made.getvalue()


def test_no_setting_is_no_model() -> None:
    assert model_of("") is None
    require_model(None, InlineExecutor())


def test_what_is_declared_travels_whole(tmp_path: Path) -> None:
    model = declared(tmp_path)
    assert (model.width, model.height, model.length, model.radius, model.suggest) == (32, 32, LENGTH, 0.05, 0.3)
    packed = json.loads(json.dumps(packed_model(model)))
    assert unpacked_model(packed) == model


def test_the_version_follows_from_the_file_and_from_all_that_a_vector_depends_on(tmp_path: Path) -> None:
    model = declared(tmp_path)
    others = [
        declared(tmp_path, colour_grid() + b"\x10\x01"),
        declared(tmp_path, input={**DECLARED["input"], "mean": [0.4, 0.5, 0.5]}),
        declared(tmp_path, input={**DECLARED["input"], "width": 16}),
        declared(tmp_path, output={"name": "vector", "length": 3}),
    ]
    assert len({model.version, *(one.version for one in others)}) == 5
    milder = declared(tmp_path, distance={"measure": "cosine", "radius": 0.2}, thresholds={"suggest": 0.5, "accept": 0.9})
    assert milder.version == model.version
    assert 0 <= model.version < 1 << 31


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ({"format": "something"}, "its format is 'something'"),
        ({"input": {"name": "pixels"}}, "no 'std'"),
        ({"input": {**DECLARED["input"], "width": 0}}, "a whole number from 1"),
        ({"input": {**DECLARED["input"], "width": True}}, "a whole number from 1"),
        ({"input": {**DECLARED["input"], "mean": [0.5, 0.5]}}, "not enough values"),
        ({"input": {**DECLARED["input"], "mean": [0.5, 0.5, float("nan")]}}, "three finite numbers"),
        ({"input": {**DECLARED["input"], "std": [0.2, 0.2, 0.0]}}, "`std` must be above 0"),
        ({"input": {**DECLARED["input"], "name": ""}}, "a name is needed"),
        ({"output": {"name": "vector", "length": 100_000}}, "a whole number from 1 to 4096"),
        ({"distance": {"measure": "euclidean", "radius": 1}}, "only 'cosine' is known"),
        ({"distance": {"measure": "cosine", "radius": 0}}, "a radius above 0"),
        ({"thresholds": {"suggest": 0.9, "accept": 0.3}}, "suggest ≤ accept"),
        ({"input": []}, "indices must be integers"),
    ],
)
def test_a_declaration_that_cannot_be_used_is_refused(tmp_path: Path, parts: dict[str, Any], says: str) -> None:
    with pytest.raises(SettingsError, match=says) as caught:
        declared(tmp_path, **parts)
    assert "CATALOG_MODEL=" in str(caught.value)
    assert "docs/learned-model.md" in str(caught.value)


def test_a_model_or_a_declaration_that_is_not_there_is_refused(tmp_path: Path) -> None:
    path = write_model(tmp_path / "colours.onnx")
    path.with_suffix(".json").unlink()
    for missing in (path, tmp_path / "other.onnx"):
        with pytest.raises(SettingsError, match="there is no file"):
            model_of(str(missing))


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"nonsense", "model_unreadable"), (colour_grid(channels=1), "model_shape"), (colour_grid(last="Log"), "model_output")],
)
def test_a_model_that_cannot_be_used_is_refused_before_it_meets_a_photo(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(SettingsError, match=r"CATALOG_MODEL: .*colours\.onnx") as caught:
        require_model(declared(tmp_path, content), InlineExecutor())
    assert caught.value.code == code


def test_a_photo_is_described_by_the_model_beside_all_others(tmp_path: Path) -> None:
    model = declared(tmp_path)
    require_model(model, InlineExecutor())
    found = believed(describe(Work({"extension": ".jpg", "model": packed_model(model)}, (), BytesIO(photo()))))
    assert {one.kind for one in found.descriptors} == KINDS | {model.kind}
    assert next(len(one.data) for one in found.descriptors if one.algorithm == LEARNED) == 2 * LENGTH
    assert found.warnings == ()
    state = PhotoState("a" * 64, 9, "image/jpeg", True, RECIPE_VERSION, frozenset(one.kind for one in found.descriptors))
    assert is_described(state, model)
    assert is_described(state, None)
    assert not is_described(replace(state, descriptors=KINDS), model)


def test_a_photo_for_which_the_model_has_no_vector_is_kept_and_counts_as_described(tmp_path: Path) -> None:
    # Black is nothing but noughts once the mean of 0 is taken off, and noughts have no direction.
    model = declared(tmp_path, input={**DECLARED["input"], "mean": [0.0, 0.0, 0.0]})
    found = believed(describe(Work({"extension": ".png", "model": packed_model(model)}, (), BytesIO(photo((0, 0, 0))))))
    assert found.warnings == ("model_output",)
    assert [one.data for one in found.descriptors if one.kind == model.kind] == [b""]


def test_a_photo_is_described_without_a_model_that_has_gone_and_asked_again_later(tmp_path: Path) -> None:
    model = declared(tmp_path)
    Path(model.path).unlink()
    found = believed(describe(Work({"extension": ".jpg", "model": packed_model(model)}, (), BytesIO(photo()))))
    assert found.warnings == ("model_unreadable",)
    assert {one.kind for one in found.descriptors} == KINDS


def test_the_thresholds_of_the_rung_are_the_declared_ones_until_an_evaluation_finds_others(tmp_path: Path) -> None:
    model = declared(tmp_path, thresholds={"suggest": 0.4, "accept": 0.85})
    in_force = thresholds_in_force(Settings(), model)
    assert (in_force.of(LEARNED).suggest, in_force.of(LEARNED).accept, in_force.learned_radius) == (0.4, 0.85, 0.05)
    assert in_force.of("local_points").accept == 0.8
    write_thresholds(tmp_path / "own.json", Evaluation(2, 1, 1, (RungEvaluation(LEARNED, (), 0.5, 0.9),)))
    measured = thresholds_in_force(Settings(thresholds=str(tmp_path / "own.json")), model)
    assert (measured.of(LEARNED).suggest, measured.of(LEARNED).accept, measured.learned_radius) == (0.5, 0.9, 0.05)
    assert thresholds_in_force(Settings(thresholds=str(tmp_path / "own.json"))).learned_radius == 0
