"""A learned model as its owner declares it: what goes in, what comes out, how far apart two vectors may be."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Final

# The name of the rung, of its descriptor and of its thresholds.
LEARNED: Final = "learned"
# Two bytes a number: half-precision floats, little-endian.
NUMBER_BYTES: Final = 2


@dataclass(frozen=True, slots=True)
class LearnedModel:
    """Hold the declaration of one ONNX model.

    `path` is the model's file and `sha256` its digest. The input is named `input_name` and is float32 (1, 3, `height`, `width`):
    red, green, blue, each (value / 255 - `mean`) / `std`. The output is named `output_name` and is float32 (1, `length`) of
    Euclidean length 1. `radius` is the cosine distance (1 - cosine, 0-2) up to which a photo is proposed. `suggest` and `accept`
    (0-1) are the scores of verdicts that rest on this rung alone.
    """

    path: str
    sha256: str
    input_name: str
    width: int
    height: int
    mean: tuple[float, float, float]
    std: tuple[float, float, float]
    output_name: str
    length: int
    radius: float
    suggest: float
    accept: float

    @property
    def version(self) -> int:
        """Return the first 31 bits of a SHA-256 over the file's own and over all that the numbers of a vector depend on."""
        made_by = [self.sha256, self.input_name, self.width, self.height, self.mean, self.std, self.output_name, self.length]
        return int.from_bytes(hashlib.sha256(json.dumps(made_by).encode("ascii")).digest()[:4], "big") >> 1

    @property
    def kind(self) -> tuple[str, int]:
        """Return the kind of the descriptors that it makes."""
        return (LEARNED, self.version)

    @property
    def vector_bytes(self) -> int:
        """Return how many bytes a vector has."""
        return NUMBER_BYTES * self.length
