"""Damage of any kind ends in a picture or in a named refusal, never in anything else."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from catalog.errors import ImageError
from catalog.imaging import REDUCED_BOX, ReducedPicture, coding_facts, image_data_sha256, pixels_sha256, reduce_picture
from tests.imaging.pictures import encoded, photo_like


def animation() -> bytes:
    target = BytesIO()
    Image.new("L", (8, 8)).save(target, "GIF", save_all=True, append_images=[Image.new("L", (8, 8), 255)])
    return target.getvalue()


SEEDS = [
    *(encoded(photo_like(48, 32), name) for name in ("JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP", "AVIF")),
    encoded(photo_like(48, 32), "JPEG", progressive=True),
    encoded(photo_like(48, 32).convert("RGBA"), "PNG"),
    encoded(photo_like(48, 32), "TIFF", compression="tiff_lzw"),
    encoded(photo_like(48, 32).convert("P"), "BMP"),
    animation(),
]


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    body = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, max(len(body) - 1, 0)))
        match draw(st.sampled_from(["bit", "byte", "cut", "insert", "repeat", "remove"])):
            case "bit" if body:
                body[place] ^= 1 << draw(st.integers(0, 7))
            case "byte" if body:
                body[place] = draw(st.sampled_from([0, 1, 127, 128, 254, 255]))
            case "cut":
                del body[place:]
            case "insert":
                body[place:place] = draw(st.binary(min_size=1, max_size=20))
            case "repeat":
                body[place:place] = body[place : place + draw(st.integers(1, 200))]
            case "remove":
                del body[place : place + draw(st.integers(1, 50))]
    return bytes(body)


CODES = {
    "unreadable_image", "truncated_image", "format_refused", "empty_file", "decompression_bomb", "too_large_to_preview",
    "too_many_scans", "too_many_segments", "too_many_chunks", "too_many_boxes",
}  # fmt: skip


def reduced(data: bytes) -> ReducedPicture | ImageError:
    try:
        return reduce_picture(data, ".jpg")
    except ImageError as error:
        return error


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(damaged())
def test_damage_ends_in_a_picture_or_a_named_refusal(data: bytes) -> None:
    outcome = reduced(data)
    if isinstance(outcome, ImageError):
        assert outcome.code in CODES
    else:
        height, width, planes = outcome.rgb.shape
        assert planes == 3
        assert max(width, height) <= REDUCED_BOX
        assert outcome.width >= width
        assert outcome.height >= height
        assert all(code.replace("_", "").islower() for code in outcome.warnings)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(damaged())
def test_damage_never_breaks_a_digest_or_the_facts_of_coding(data: bytes) -> None:
    digests = {image_data_sha256(data)} - {None}
    for measure in (pixels_sha256, coding_facts):
        try:
            found = measure(data)
        except ImageError:
            continue
        if isinstance(found, str):
            digests.add(found)
    assert all(len(digest or "") == 64 for digest in digests)


@pytest.mark.parametrize("seed", range(len(SEEDS)))
def test_the_seeds_themselves_are_fine(seed: int) -> None:
    assert reduce_picture(SEEDS[seed]).warnings == ()
