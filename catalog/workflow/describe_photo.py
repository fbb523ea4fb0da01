"""Describe one file: what a worker does with it, and what the parent believes of the reply."""

from __future__ import annotations

import base64
import binascii
import hashlib
import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Any

import numpy as np

from catalog.compute.interface import Reply, Request, Work
from catalog.descriptors.learned import LearnedVector
from catalog.descriptors.plainness import LEAST_DETAIL, detail
from catalog.descriptors.registry import ALGORITHMS
from catalog.descriptors.registry import describe as describe_picture
from catalog.descriptors.shrunk import Picture, Shrunk
from catalog.errors import DescriptorError, ImageError, ReplyRefusedError, TooLargeToPreviewError
from catalog.imaging import (
    RECIPE_VERSION,
    ReducedPicture,
    encode_preview,
    image_data_sha256,
    pixels_sha256,
    reduce_picture,
)
from catalog.metadata.reading import read_metadata
from catalog.provenance.traces import read_traces
from catalog.records.description import Description, Rendition
from catalog.records.descriptor import Descriptor
from catalog.records.metadata import MEANINGS, VOCABULARIES, MetadataValue
from catalog.records.model import LearnedModel
from catalog.records.reading import PhotoState
from catalog.records.traces import TRACES_ALGORITHM, TRACES_VERSION
from catalog.workflow.use_model import packed_model, unpacked_model

TASK = "catalog.workflow.describe_photo:describe"
PIXELS_TASK = "catalog.workflow.describe_photo:digest_pixels"
SIDECAR_TASK = "catalog.workflow.describe_photo:describe_sidecar"
# What a photo must have to be described by the versions in force.
KINDS = frozenset({*((one.name, one.version) for one in ALGORITHMS), (TRACES_ALGORITHM, TRACES_VERSION)})
Box = tuple[float, float, float, float]
MAX_SIDE = 1_000_000
MAX_PREVIEW_BYTES = 4 << 20
MAX_DESCRIPTOR_BYTES = 64 << 10
# That of a learned model is part of a digest.
MAX_VERSION = (1 << 31) - 1


def describing(path: Path, name: str, box: Box | None = None, model: LearnedModel | None = None) -> Request:
    """Build the request that describes a file, or only a box (x, y, w, h in oriented pixels) of its picture.

    `name` is what the file was called, for its extension. `model` is the learned model in force.
    """
    return Request(TASK, {"extension": PurePath(name).suffix.lower(), "box": box, "model": packed_model(model)}, path)


def describe(work: Work) -> Reply:
    """Read the file once and find out everything from that; runs in a worker.

    Raises ImageError with its reason when the file is no picture that can be used.
    """
    if work.file is None:
        raise ReplyRefusedError("the request carries no file")
    data = work.file.read()
    values: dict[str, Any] = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data), "rendition": None, "descriptors": []}
    blobs: list[bytes] = []
    metadata, warnings = read_metadata(data)
    try:
        picture = reduce_picture(data, str(work.parameters.get("extension", "")))
    except TooLargeToPreviewError as error:
        values["media_type"] = error.media_type
        found: tuple[str, ...] = (error.code,)
    else:
        values["media_type"] = picture.media_type
        found = picture.warnings
        picture = picture if work.parameters.get("box") is None else _boxed(picture, work.parameters["box"])
        values["rendition"], values["descriptors"], blobs, refusals = _reduced_forms(data, picture, work.parameters.get("model"))
        found = (*found, *refusals)
    values["image_data"] = image_data_sha256(data)
    values["warnings"] = list(dict.fromkeys((*found, *warnings)))
    values["metadata"] = [_packed(value) for value in metadata]
    return Reply(values, tuple(blobs))


def reading_sidecar(path: Path) -> Request:
    """Build the request that reads an `.xmp` sidecar."""
    return Request(SIDECAR_TASK, {}, path)


def describe_sidecar(work: Work) -> Reply:
    """Read what a sidecar states; runs in a worker."""
    if work.file is None:
        raise ReplyRefusedError("the request carries no file")
    metadata, warnings = read_metadata(b"", work.file.read())
    return Reply({"metadata": [_packed(value) for value in metadata], "warnings": list(warnings)})


def believed_sidecar(reply: Reply) -> tuple[tuple[MetadataValue, ...], tuple[str, ...]]:
    """Build the values and warnings of a sidecar from a reply; raises ReplyRefusedError."""
    try:
        values = tuple(_unpacked(one) for one in reply.values["metadata"])
        return values, tuple(_word(one, 60) for one in reply.values["warnings"])
    except (KeyError, TypeError, ValueError, IndexError, binascii.Error) as error:
        raise ReplyRefusedError(f"the worker's reading of the sidecar cannot be believed: {error}") from error


def is_described(state: PhotoState, model: LearnedModel | None) -> bool:
    """Tell whether a stored photo was described by the versions in force; one too large to preview has no descriptors."""
    if state.is_outdated:
        return False
    wanted = KINDS if model is None else KINDS | {model.kind}
    return state.recipe == 0 or (state.recipe == RECIPE_VERSION and state.descriptors >= wanted)


def _learned(picture: Picture, values: Mapping[str, Any] | None) -> tuple[tuple[Descriptor, ...], tuple[str, ...]]:
    """Return the descriptor by the learned model in force, and why there is none; a photo is never refused for it."""
    if values is None:
        return (), ()
    model = unpacked_model(values)
    try:
        return (LearnedVector(model).describe(picture),), ()
    except DescriptorError as error:
        # A vector that is none would be none again: the photo counts as described. A model that is gone may come back.
        return ((Descriptor(*model.kind, 0, b""),) if error.code == "model_output" else ()), (error.code,)


def _reduced_forms(
    data: bytes, picture: ReducedPicture, model: Mapping[str, Any] | None
) -> tuple[dict[str, Any], list[list[Any]], list[bytes], tuple[str, ...]]:
    height, width = picture.rgb.shape[:2]
    shrunk = Shrunk(picture)
    found = detail(shrunk)
    rendition = {
        "recipe": RECIPE_VERSION, "width": picture.width, "height": picture.height, "orientation": picture.orientation,
        "frames": picture.frames, "detail": found, "is_plain": found < LEAST_DETAIL,
        "preview_width": width, "preview_height": height,
    }  # fmt: skip
    traces = Descriptor(TRACES_ALGORITHM, TRACES_VERSION, 0, read_traces(data, picture).to_json().encode("ascii"))
    started = time.perf_counter()
    learned, refusals = _learned(shrunk, model)
    made = (*describe_picture(shrunk), traces, *learned)
    rendition["describe_ms"] = 1e3 * (time.perf_counter() - started)
    kinds = [[one.algorithm, one.version, one.bits] for one in made]
    return rendition, kinds, [encode_preview(picture), *(one.data for one in made)], refusals


def describing_ms(reply: Reply) -> float:
    """Return the milliseconds a worker spent on descriptors, from the reduced picture on; for statistics only."""
    return float((reply.values["rendition"] or {}).get("describe_ms", 0.0))


def believed(reply: Reply) -> Description:
    """Build the description from a reply, believing nothing that is not of the right type, range and length.

    Raises ReplyRefusedError and says which part it is.
    """
    values = reply.values
    try:
        rendition = values["rendition"]
        blobs = list(reply.blobs)
        return Description(
            sha256=_digest(values["sha256"]),
            size_bytes=_whole(values["size"], 1 << 40),
            media_type=_word(values["media_type"], 100),
            image_data_sha256=None if values["image_data"] is None else _digest(values["image_data"]),
            rendition=None if rendition is None else _rendition(rendition, blobs),
            descriptors=tuple(_descriptor(one, blob) for one, blob in zip(values["descriptors"], blobs[1:], strict=True)),
            metadata=tuple(_unpacked(one) for one in values["metadata"]),
            warnings=tuple(_word(one, 60) for one in values["warnings"]),
        )
    except (KeyError, TypeError, ValueError, IndexError, OverflowError, binascii.Error) as error:
        raise ReplyRefusedError(f"the worker's description cannot be believed: {type(error).__name__}: {error}") from error


def _rendition(values: Mapping[str, Any], blobs: list[bytes]) -> Rendition:
    detail_found = float(values["detail"])
    if not (math.isfinite(detail_found) and 0 <= detail_found <= 255):
        raise ValueError(f"detail {detail_found}")
    if len(blobs[0]) > MAX_PREVIEW_BYTES or not blobs[0].startswith(b"\xff\xd8\xff"):
        raise ValueError("the preview is no JPEG of ours")
    return Rendition(
        recipe=_whole(values["recipe"], 1000), width=_whole(values["width"], MAX_SIDE), height=_whole(values["height"], MAX_SIDE),
        orientation=_whole(values["orientation"], 8), frames=_whole(values["frames"], 1_000_000), detail=detail_found,
        is_plain=_truth(values["is_plain"]), preview=blobs[0], preview_width=_whole(values["preview_width"], 4096),
        preview_height=_whole(values["preview_height"], 4096),
    )  # fmt: skip


def _boxed(picture: ReducedPicture, box: Sequence[float]) -> ReducedPicture:
    """Cut a box out of a picture; raises ImageError when nothing of the picture lies in it."""
    height, width = picture.rgb.shape[:2]
    across, down = width / picture.width, height / picture.height
    left, top, right, bottom = box[0], box[1], box[0] + box[2], box[1] + box[3]
    rows, columns = (round(top * down), round(bottom * down)), (round(left * across), round(right * across))
    # A bound below 0 would count from the other end.
    cut = picture.rgb[max(0, rows[0]) : max(0, rows[1]), max(0, columns[0]) : max(0, columns[1])]
    if 0 in cut.shape:
        raise ImageError("the box lies outside the picture; give X,Y,W,H in pixels of the upright picture", code="box_outside")
    inside = (min(right, picture.width) - max(0, left), min(bottom, picture.height) - max(0, top))
    return replace(picture, rgb=np.ascontiguousarray(cut), width=max(1, round(inside[0])), height=max(1, round(inside[1])))


def digesting_pixels(path: Path) -> Request:
    """Build the request that digests the full pixels of an original."""
    return Request(PIXELS_TASK, {}, path)


def digest_pixels(work: Work) -> Reply:
    """Digest the full, oriented pixels of a file; runs in a worker."""
    if work.file is None:
        raise ReplyRefusedError("the request carries no file")
    return Reply({"pixels": pixels_sha256(work.file.read())})


def believed_pixels(reply: Reply) -> str:
    """Return the digest of a reply; raises ReplyRefusedError."""
    try:
        return _digest(reply.values["pixels"])
    except (KeyError, ValueError) as error:
        raise ReplyRefusedError(f"the worker's digest cannot be believed: {error}") from error


def _descriptor(one: Any, blob: bytes) -> Descriptor:
    algorithm, version, bits = one
    if len(blob) > MAX_DESCRIPTOR_BYTES or (bits and len(blob) * 8 != bits):
        raise ValueError(f"descriptor {algorithm!r} of {len(blob)} bytes")
    return Descriptor(_word(algorithm, 40), _whole(version, MAX_VERSION), _whole(bits, 4096), blob)


def _packed(value: MetadataValue) -> list[Any]:
    raw = base64.b64encode(value.raw).decode("ascii")
    return [value.vocabulary, value.property, value.position, value.language, raw, value.text, value.codec, value.meaning]


def _unpacked(one: Any) -> MetadataValue:
    vocabulary, name, position, language, raw, text, codec, meaning = one
    if vocabulary not in VOCABULARIES or (meaning is not None and meaning not in MEANINGS):
        raise ValueError(f"metadata of {vocabulary!r} meaning {meaning!r}")
    return MetadataValue(
        vocabulary, _storable(name), _whole(position, 1 << 31), None if language is None else _storable(language),
        base64.b64decode(raw, validate=True), _storable(text), _word(codec, 60), meaning,
    )  # fmt: skip


def _storable(text: Any) -> str:
    if not isinstance(text, str):
        raise TypeError(f"text expected, not {type(text).__name__}")
    return text.encode("utf-8", "backslashreplace").decode("utf-8").replace("\0", "\N{REPLACEMENT CHARACTER}")


def _word(text: Any, longest: int) -> str:
    if not isinstance(text, str) or not 0 < len(text) <= longest or not text.isascii() or not text.isprintable():
        raise ValueError(f"not a short printable word: {text!r:.80}")
    return text


def _digest(text: Any) -> str:
    if not isinstance(text, str) or len(text) != 64 or not set(text) <= set("0123456789abcdef"):
        raise ValueError("not a SHA-256 in lower-case hex")
    return text


def _whole(number: Any, largest: int) -> int:
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= largest:
        raise ValueError(f"not a whole number from 0 to {largest}: {number!r:.40}")
    return number


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"true or false expected, not {type(value).__name__}")
    return value
