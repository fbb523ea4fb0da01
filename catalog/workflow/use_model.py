"""The learned model that the settings name: read what is declared of it, and try it once before anything rests on it."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from catalog.compute.interface import Executor, Reply, Request, Work
from catalog.descriptors.learned import LearnedVector
from catalog.errors import SettingsError, WorkRefusedError
from catalog.imaging import ReducedPicture
from catalog.records.model import LearnedModel

FORMAT = "catalog model 1"
TASK = "catalog.workflow.use_model:try_model"
MAX_SIDE = 1024
MAX_LENGTH = 4096
MAX_WORD = 200
Numbers = tuple[float, float, float]


def model_of(setting: str) -> LearnedModel | None:
    """Read the declaration beside the model that CATALOG_MODEL names, None where it names none.

    The declaration of `NAME.onnx` is `NAME.json` in the same folder (docs/learned-model.md). Raises SettingsError `bad_setting`.
    """
    if not setting:
        return None
    path = Path(setting).absolute()
    try:
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        return _declared(path, sha256, json.loads(path.with_suffix(".json").read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
        what = f"no {error}" if isinstance(error, KeyError) else str(error)
        if isinstance(error, FileNotFoundError):
            what = f"there is no file {error.filename}"
        raise SettingsError(
            f"CATALOG_MODEL={setting!r} cannot be used: {what}; what {path.with_suffix('.json').name} must say beside it is in "
            "docs/learned-model.md"
        ) from error


def require_model(model: LearnedModel | None, executor: Executor) -> None:
    """Have a worker describe a drawn picture by the model, so that one that cannot be used stops a command before it begins.

    Raises SettingsError with the code of what is wrong: `extra_missing`, `model_unreadable`, `model_shape`, `model_output`.
    """
    if model is None:
        return
    try:
        executor.run(Request(TASK, {"model": packed_model(model)}))
    except WorkRefusedError as error:
        raise SettingsError(f"CATALOG_MODEL: {error}", code=error.code) from error


def try_model(work: Work) -> Reply:
    """Describe a drawn picture by a model; runs in a worker."""
    slope = np.linspace(0, 255, 64).astype(np.uint8)
    drawn = np.stack(np.broadcast_arrays(slope[:, None], slope[None, :], 255 - slope[:, None]), axis=-1)
    picture = ReducedPicture(np.ascontiguousarray(drawn), 64, 64, 1, 1, "image/png", ())
    LearnedVector(unpacked_model(work.parameters["model"])).describe(picture)
    return Reply({})


def packed_model(model: LearnedModel | None) -> dict[str, Any] | None:
    """Return a model as a request carries it."""
    return None if model is None else asdict(model)


def unpacked_model(values: Mapping[str, Any]) -> LearnedModel:
    """Return the model of a request."""
    return LearnedModel(**{**values, "mean": _three(values["mean"]), "std": _three(values["std"])})


def _declared(path: Path, sha256: str, values: Mapping[str, Any]) -> LearnedModel:
    if values["format"] != FORMAT:
        raise ValueError(f"its format is {values['format']!r}, not {FORMAT!r}")
    given, made, distance, thresholds = (values[part] for part in ("input", "output", "distance", "thresholds"))
    if distance["measure"] != "cosine":
        raise ValueError(f"the measure of distance is {distance['measure']!r}; only 'cosine' is known")
    suggest, accept = float(thresholds["suggest"]), float(thresholds["accept"])
    if not 0 <= suggest <= accept <= 1:
        raise ValueError(f"0 ≤ suggest ≤ accept ≤ 1 is needed, not {suggest} and {accept}")
    radius = float(distance["radius"])
    if not 0 < radius <= 2:
        raise ValueError(f"a radius above 0 and up to 2 is needed, not {radius}")
    std = _three(given["std"])
    if min(std) <= 0:
        raise ValueError(f"`std` must be above 0, not {std}")
    return LearnedModel(
        str(path), sha256, _word(given["name"]), _whole(given["width"], MAX_SIDE), _whole(given["height"], MAX_SIDE),
        _three(given["mean"]), std, _word(made["name"]), _whole(made["length"], MAX_LENGTH), radius, suggest, accept,
    )  # fmt: skip


def _three(numbers: Any) -> Numbers:
    red, green, blue = (float(number) for number in numbers)
    if not all(math.isfinite(number) for number in (red, green, blue)):
        raise ValueError(f"three finite numbers are needed, not {numbers}")
    return red, green, blue


def _whole(number: Any, largest: int) -> int:
    if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= largest:
        raise ValueError(f"a whole number from 1 to {largest} is needed, not {number!r:.40}")
    return number


def _word(text: Any) -> str:
    if not isinstance(text, str) or not 0 < len(text) <= MAX_WORD:
        raise ValueError(f"a name is needed, not {text!r:.80}")
    return text
