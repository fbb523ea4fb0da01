"""What a worker says of a photo or a pair is believed only when every part of it has the right type, range and length."""

from __future__ import annotations

import copy
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from catalog.compute.interface import Reply, Work
from catalog.errors import ReplyRefusedError
from catalog.records.match import Verification
from catalog.workflow.describe_photo import KINDS, believed, believed_pixels, believed_sidecar, describe
from catalog.workflow.examine_pairs import believed_verifications
from tests.conftest import SAMPLES

Harm = Callable[[dict[str, Any], list[bytes]], None]


@pytest.fixture(scope="module")
def honest() -> Reply:
    """Describe one small real photo."""
    with Image.open(SAMPLES / "photos" / "lighthouse.jpg") as picture:
        small = BytesIO()
        picture.resize((240, 180)).save(small, "JPEG", exif=picture.getexif())
    small.seek(0)
    return describe(Work({"extension": ".jpg"}, (), small))


def harmed(reply: Reply, harm: Harm) -> Reply:
    values, blobs = copy.deepcopy(dict(reply.values)), list(reply.blobs)
    values["metadata"].append(["xmp", "p", 0, None, "", "words", "utf-8", "creator"])
    harm(values, blobs)
    return Reply(values, tuple(blobs))


def put(*path: Any) -> Harm:
    """Return the harm of setting what a path of keys leads to; the last item is the value."""

    def harm(values: dict[str, Any], _blobs: list[bytes]) -> None:
        place: Any = values
        for key in path[:-2]:
            place = place[key]
        place[path[-2]] = path[-1]

    return harm


def without(*path: Any) -> Harm:
    def harm(values: dict[str, Any], _blobs: list[bytes]) -> None:
        place: Any = values
        for key in path[:-1]:
            place = place[key]
        del place[path[-1]]

    return harm


def blob(number: int, content: bytes) -> Harm:
    def harm(_values: dict[str, Any], blobs: list[bytes]) -> None:
        blobs[number] = content

    return harm


def test_an_honest_description_is_believed_whole(honest: Reply) -> None:
    found = believed(harmed(honest, lambda _values, _blobs: None))
    assert found.rendition is not None
    assert (found.rendition.width, found.rendition.height) == (240, 180)
    assert {one.kind for one in found.descriptors} == KINDS
    assert found.metadata[-1].text == "words"


@pytest.mark.parametrize(
    "harm",
    [
        without("sha256"), put("sha256", "A" * 64), put("sha256", "a" * 63), put("sha256", None), put("sha256", 7),
        put("size", -1), put("size", True), put("size", 1.5), put("size", 1 << 41), put("size", "9"),
        put("media_type", ""), put("media_type", "image/jpeg\n"), put("media_type", "x" * 101), put("media_type", "фото"),
        put("image_data", "zz"), put("image_data", 0),
        put("rendition", []), put("rendition", "width", -1), put("rendition", "width", 1_000_001),
        put("rendition", "height", None), put("rendition", "orientation", 9), put("rendition", "frames", 1 << 40),
        put("rendition", "detail", float("nan")), put("rendition", "detail", 256), put("rendition", "detail", "much"),
        put("rendition", "detail", 10**400),
        put("rendition", "is_plain", 1), put("rendition", "preview_width", 5000), put("rendition", "recipe", "1"),
        without("rendition", "recipe"),
        put("descriptors", None), put("descriptors", [["phash", 1, 64]]), put("descriptors", 0, ["phash", 1]),
        put("descriptors", 0, 0, "x" * 41), put("descriptors", 0, 1, -1), put("descriptors", 0, 2, 9_999),
        put("metadata", 3), put("metadata", -1, ["xmp"]), put("metadata", -1, 0, "nonsense"), put("metadata", -1, 1, 5),
        put("metadata", -1, 2, -1), put("metadata", -1, 3, 5), put("metadata", -1, 4, "not base64!"),
        put("metadata", -1, 5, None), put("metadata", -1, 6, ""), put("metadata", -1, 7, "nonsense"),
        put("warnings", 5), put("warnings", [""]), put("warnings", ["x" * 61]), put("warnings", [None]),
        blob(0, b"<html>"), blob(0, b"\xff\xd8\xff" + bytes(5 << 20)), blob(1, b""), blob(-1, bytes(1 << 17)),
        lambda _values, blobs: blobs.clear(), lambda _values, blobs: blobs.append(b"more"),
    ],
)  # fmt: skip
def test_a_malformed_description_is_refused(honest: Reply, harm: Harm) -> None:
    with pytest.raises(ReplyRefusedError):
        believed(harmed(honest, harm))


def test_text_that_no_database_takes_is_made_storable(honest: Reply) -> None:
    found = believed(harmed(honest, put("metadata", -1, 5, "a\0b\udcff")))
    assert found.metadata[-1].text == "a\ufffdb\\udcff"


def test_a_sidecar_is_believed_by_the_same_rules() -> None:
    value = ["sidecar", "p", 0, "en", "", "words", "utf-8", "creator"]
    values, warnings = believed_sidecar(Reply({"metadata": [value], "warnings": ["xmp_damaged"]}))
    assert (values[0].text, warnings) == ("words", ("xmp_damaged",))
    for wrong in ({}, {"metadata": [["sidecar"]], "warnings": []}, {"metadata": [value], "warnings": [1]}, {"metadata": None}):
        with pytest.raises(ReplyRefusedError):
            believed_sidecar(Reply(wrong))


@pytest.mark.parametrize("values", [{}, {"pixels": None}, {"pixels": "a" * 63}, {"pixels": "G" * 64}])
def test_a_malformed_digest_of_pixels_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(ReplyRefusedError):
        believed_pixels(Reply(values))
    assert believed_pixels(Reply({"pixels": "a" * 64})) == "a" * 64


PAIR = {
    "relation": "copy", "state": "accepted", "score": 0.9, "changes": ["cropped"], "transform": [1, 0, 0, 0, 1, 0, 0, 0, 1],
    "overlap": [1.0, 0.5], "box": [0, 0, 10, 10], "rung": "hash", "version": 1, "threshold_suggest": 0.5,
    "threshold_accept": 0.8, "evidence": {"inliers": 12},
}  # fmt: skip
ONE, OTHER = "a" * 64, "b" * 64


def pairs(values: object) -> list[Verification]:
    return believed_verifications(Reply({"found": values}), ONE, [OTHER])


def test_an_honest_verification_is_believed_and_bears_the_names_that_were_asked_about() -> None:
    found = pairs([[PAIR]])[0]
    assert (found.query, found.reference, found.score) == (ONE, OTHER, 0.9)
    assert pairs([[]]) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("relation", "friend"), ("relation", []), ("state", "sure"), ("state", None), ("score", 1.1), ("score", -0.1),
        ("score", float("nan")), ("score", "high"), ("score", None), ("score", 10**400), ("changes", ["improved"]),
        ("changes", 5), ("changes", [["cropped"]]), ("transform", [1, 2]), ("transform", [float("inf")] * 9),
        ("transform", "123456789x"), ("overlap", [1.0]), ("overlap", [2.0, 0.5]), ("overlap", 7), ("box", [1, 2, 3]),
        ("box", [0, 0, float("nan"), 1]), ("box", [0, 0, 10**400, 1]), ("version", 1 << 70), ("version", -1),
        ("version", True), ("version", float("inf")), ("version", "new"), ("version", None), ("rung", ""), ("rung", 5),
        ("rung", "\ud800"), ("rung", "x" * 61), ("threshold_suggest", 2), ("threshold_accept", None), ("evidence", None),
        ("evidence", {"x": "y"}), ("evidence", {"x": float("inf")}), ("evidence", {"x": 10**400}), ("evidence", [1]),
        ("evidence", {"\ud800": 1}),
    ],
)  # fmt: skip
def test_a_malformed_verification_is_refused(name: str, value: object) -> None:
    with pytest.raises(ReplyRefusedError):
        pairs([[{**PAIR, name: value}]])


@pytest.mark.parametrize("name", PAIR)
def test_a_verification_that_lacks_anything_is_refused(name: str) -> None:
    with pytest.raises(ReplyRefusedError):
        pairs([[{key: value for key, value in PAIR.items() if key != name}]])


@pytest.mark.parametrize("found", [None, [], [[], []], [None], [[5]], [["copy"]], 3, {"0": []}])
def test_a_reply_that_is_not_one_list_a_reference_is_refused(found: object) -> None:
    with pytest.raises(ReplyRefusedError):
        pairs(found)
    with pytest.raises(ReplyRefusedError):
        believed_verifications(Reply({}), ONE, [OTHER])
