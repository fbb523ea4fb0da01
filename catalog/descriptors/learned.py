"""A vector by a learned model; the one place that names the `onnxruntime` library, which is an extra."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from catalog.descriptors.shrunk import Picture
from catalog.errors import DescriptorError
from catalog.records.descriptor import Descriptor
from catalog.records.model import LEARNED, LearnedModel

EXTRA: Final = "pip install -e '.[onnxruntime]'"
# A vector whose Euclidean length differs from 1 by more than this was not normalised: its distances mean nothing.
LENGTH_TOLERANCE: Final = 0.01
STORED: Final = np.dtype("<f2")


@dataclass(frozen=True, slots=True)
class LearnedVector:
    """Reduce a picture to the vector of a learned model, half-precision floats one after the other."""

    model: LearnedModel
    bits: int = 0

    @property
    def name(self) -> str:
        """Return the name that is stored."""
        return LEARNED

    @property
    def version(self) -> int:
        """Return the model's version."""
        return self.model.version

    def describe(self, picture: Picture) -> Descriptor:
        """Stretch the picture to the model's size and ask for its vector.

        Raises DescriptorError `extra_missing`, `model_unreadable` or `model_shape` where the model cannot be used at all, and
        `model_output` where this picture's vector is not finite or not of length 1.
        """
        session, library = _session(self.model), _library()
        size = (self.model.width, self.model.height)
        shown = cv2.resize(picture.fitted(2 * max(size)), size, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
        pixels = (shown - np.array(self.model.mean, dtype=np.float32)) / np.array(self.model.std, dtype=np.float32)
        given = {self.model.input_name: np.ascontiguousarray(pixels.transpose(2, 0, 1))[None]}
        try:
            answer = session.run([self.model.output_name], given)
        except _failures(library) as error:
            raise _refused(self.model, "model_output", f"it fails on a picture: {str(error)[:200]}") from error
        return Descriptor(self.name, self.version, self.bits, _checked(self.model, answer[0]).astype(STORED).tobytes())


def _checked(model: LearnedModel, found: Any) -> NDArray[np.float32]:
    if not isinstance(found, np.ndarray) or found.shape != (1, model.length) or found.dtype != np.float32:
        raise _refused(model, "model_shape", f"its output is not float32 (1, {model.length})")
    vector: NDArray[np.float32] = found[0]
    length = float(np.linalg.norm(vector.astype(np.float64)))
    if not abs(length - 1) <= LENGTH_TOLERANCE:
        raise _refused(model, "model_output", f"a vector has the length {length:.3g} instead of 1; normalise its output")
    return vector


@lru_cache(maxsize=1)
def _session(model: LearnedModel) -> Any:
    """Load a model for one thread, and hold what it says of itself against what was declared."""
    library = _library()
    try:
        content = Path(model.path).read_bytes()
    except OSError as error:
        raise _refused(model, "model_unreadable", f"it cannot be read: {error.strerror}") from error
    if hashlib.sha256(content).hexdigest() != model.sha256:
        raise _refused(model, "model_unreadable", "it was changed after the program had started; start again")
    options = library.SessionOptions()
    # A worker has one core, may start no thread, and has its addresses counted.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 4
    try:
        session = library.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    except _failures(library) as error:
        raise _refused(model, "model_unreadable", f"it is no ONNX model that can be loaded: {str(error)[:200]}") from error
    asked = {one.name: (one.type, one.shape) for one in session.get_inputs()}
    given = {one.name: (one.type, one.shape) for one in session.get_outputs()}
    wanted = {model.input_name: ("tensor(float)", [1, 3, model.height, model.width])}
    if asked.keys() != wanted.keys() or not all(_fits(asked[name], wanted[name]) for name in wanted):
        raise _refused(model, "model_shape", f"its inputs are {asked}, declared are {wanted}")
    declared = ("tensor(float)", [1, model.length])
    if model.output_name not in given or not _fits(given[model.output_name], declared):
        raise _refused(model, "model_shape", f"its outputs are {given}, declared is {model.output_name!r}: {declared}")
    return session


def _fits(stated: tuple[str, list[Any]], declared: tuple[str, list[int]]) -> bool:
    """Tell whether a stated type and shape allow the declared one; a side that is a name or None may be anything."""
    if stated[0] != declared[0] or len(stated[1]) != len(declared[1]):
        return False
    return all(not isinstance(side, int) or side == wanted for side, wanted in zip(stated[1], declared[1], strict=True))


def _failures(library: ModuleType) -> tuple[type[Exception], ...]:
    """Return what the library raises; its own errors have no common parent."""
    named = vars(library.capi.onnxruntime_pybind11_state).values()
    return (ValueError, RuntimeError, *(one for one in named if isinstance(one, type) and issubclass(one, Exception)))


def _library() -> ModuleType:
    # Its official builds report use over the network unless told otherwise, from the moment of loading (Privacy.md of the wheel).
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    try:
        import onnxruntime
    except ImportError as error:
        raise DescriptorError(
            f"a learned model needs the extra `onnxruntime`; type: {EXTRA}   (or unset CATALOG_MODEL)",
            algorithm=LEARNED,
            code="extra_missing",
        ) from error
    found: ModuleType = onnxruntime
    return found


def _refused(model: LearnedModel, code: str, reason: str) -> DescriptorError:
    return DescriptorError(f"{model.path}: {reason}", algorithm=LEARNED, code=code)
