"""A learned model makes the vector it declares, and is refused by name when it does not."""

import builtins
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from catalog.descriptors.learned import LearnedVector
from catalog.errors import DescriptorError
from catalog.imaging import ReducedPicture
from catalog.records.model import LearnedModel
from catalog.workflow.use_model import model_of
from tests.fixtures.onnx_models import DECLARED, LENGTH, colour_grid, write_model

Declared = Callable[..., LearnedModel]


@pytest.fixture
def declared(tmp_path: Path) -> Declared:
    def made(content: bytes | None = None, **parts: Any) -> LearnedModel:
        model = model_of(str(write_model(tmp_path / "colours.onnx", content, **parts)))
        assert model is not None
        return model

    return made


def picture(colour: tuple[int, int, int], *, half: tuple[int, int, int] | None = None) -> ReducedPicture:
    pixels = np.full((90, 120, 3), colour, dtype=np.uint8)
    pixels[:, 60:] = half or colour
    return ReducedPicture(pixels, 120, 90, 1, 1, "image/png", ())


def vector(model: LearnedModel, shown: ReducedPicture) -> np.ndarray[Any, np.dtype[np.float32]]:
    return np.frombuffer(LearnedVector(model).describe(shown).data, dtype="<f2").astype(np.float32)


def refused(model: LearnedModel) -> str:
    with pytest.raises(DescriptorError) as caught:
        LearnedVector(model).describe(picture((200, 30, 30)))
    assert model.path in str(caught.value)
    return caught.value.code


def test_a_vector_is_what_the_model_says_of_the_declared_pixels(declared: Declared) -> None:
    # Red over its mean and under it, in a grid of four by four, plane after plane; left half and right half differ.
    found = vector(declared(), picture((255, 0, 0), half=(0, 0, 255))).reshape(3, 4, 4)
    expected = np.array([[1, 1, -1, -1], [-1, -1, -1, -1], [-1, -1, 1, 1]], dtype=np.float32) / np.sqrt(LENGTH)
    assert np.allclose(found, expected[:, None, :], atol=1e-3)
    assert np.linalg.norm(found) == pytest.approx(1, abs=1e-3)


def test_mean_and_deviation_are_those_declared(declared: Declared) -> None:
    shown = picture((255, 128, 0))
    as_declared = vector(declared(), shown)
    others = vector(declared(input={**DECLARED["input"], "mean": [0.0, 0.0, 0.0]}), shown)
    assert as_declared @ vector(declared(), shown) == pytest.approx(1, abs=1e-3)
    assert as_declared @ others < 0.9


def test_a_file_that_is_no_model_is_refused(declared: Declared) -> None:
    assert refused(declared(b"no model at all")) == "model_unreadable"
    assert refused(declared(b"")) == "model_unreadable"
    assert refused(declared(colour_grid()[:-40])) == "model_unreadable"


def test_a_model_that_was_removed_or_changed_is_refused(declared: Declared) -> None:
    model = declared()
    Path(model.path).write_bytes(colour_grid(last="Identity"))
    assert refused(model) == "model_unreadable"
    Path(model.path).unlink()
    assert refused(model) == "model_unreadable"


@pytest.mark.parametrize(
    "parts",
    [
        {"input": {**DECLARED["input"], "width": 64}}, {"input": {**DECLARED["input"], "name": "image"}},
        {"output": {"name": "vector", "length": 47}}, {"output": {"name": "embedding", "length": LENGTH}},
    ],
)  # fmt: skip
def test_a_model_of_other_shapes_or_names_than_declared_is_refused(declared: Declared, parts: dict[str, Any]) -> None:
    assert refused(declared(**parts)) == "model_shape"


def test_a_model_of_grey_pictures_is_refused(declared: Declared) -> None:
    assert refused(declared(colour_grid(channels=1))) == "model_shape"


@pytest.mark.parametrize("last", ["Log", "Identity"])
def test_a_vector_that_is_not_finite_or_not_of_length_1_is_refused(declared: Declared, last: str) -> None:
    assert refused(declared(colour_grid(last=last))) == "model_output"


def test_without_the_library_it_says_what_to_install(declared: Declared, monkeypatch: pytest.MonkeyPatch) -> None:
    imported = builtins.__import__

    def without(name: str, *more: Any, **others: Any) -> Any:
        if name.split(".")[0] == "onnxruntime":
            raise ImportError(name)
        return imported(name, *more, **others)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(DescriptorError, match=r"pip install -e '\.\[onnxruntime\]'") as caught:
        LearnedVector(declared()).describe(picture((9, 9, 9)))
    assert caught.value.code == "extra_missing"


def test_the_library_is_told_to_report_nothing_before_it_is_loaded(declared: Declared, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ORT_DISABLE_TELEMETRY", raising=False)
    imported, seen = builtins.__import__, []

    def watched(name: str, *more: Any, **others: Any) -> Any:
        if name == "onnxruntime":
            seen.append(os.environ.get("ORT_DISABLE_TELEMETRY"))
        return imported(name, *more, **others)

    monkeypatch.setattr(builtins, "__import__", watched)
    LearnedVector(declared()).describe(picture((9, 90, 9)))
    assert set(seen) == {"1"}
