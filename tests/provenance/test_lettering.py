"""What lettering says of two mirror images: in real photos, in drawn ones, and where it must say nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageOps

from catalog.provenance.chains import trace_chain
from catalog.provenance.lettering import Lettering, Rows, read_lettering, rows_of
from catalog.provenance.row_reading import WINDOW, columns_of, mirrored, seen_in, windows_of
from catalog.provenance.text_rows import MOST_ROWS
from catalog.provenance.views import inverted, view_of
from tests.conftest import SAMPLES
from tests.provenance.stories import mirrored as mirror_image
from tests.provenance.stories import opened, saved, scene, traced, verified

WITH_LETTERS = ["street", "osprey-screenshot"]
WITHOUT_LETTERS = ["rose", "mountain-stream", "lighthouse", "fir-forest"]


def sample_photo(name: str) -> Image.Image:
    with Image.open(SAMPLES / "photos" / f"{name}.jpg") as photo:
        return photo.convert("RGB")


def seen(picture: Image.Image) -> Rows:
    return rows_of(view_of(np.asarray(picture), picture.width, picture.height, planes=1))


def lettered(text: str, size: int = 30, ground: int = 4) -> Image.Image:
    picture = scene(ground)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((30, 120, 450, 130 + 2 * size), fill="navy")
    pen.text((45, 130 + size), text, "white", anchor="lm", font_size=size)
    return picture


def worn(picture: Image.Image, share: float = 0.5) -> tuple[Image.Image, NDArray[np.float64]]:
    """Mirror a picture and make it smaller, saved badly."""
    turned, to_turned = mirror_image(picture)
    small = turned.resize((round(picture.width * share), round(picture.height * share)), Image.Resampling.LANCZOS)
    across, down = small.width / picture.width, small.height / picture.height
    return opened(saved(small, 60)), np.array([[across, 0, across / 2 - 0.5], [0, down, down / 2 - 0.5], [0, 0, 1]]) @ to_turned


@pytest.mark.parametrize("name", WITH_LETTERS)
def test_a_real_sign_reads_rightly_in_the_photo_and_not_in_its_mirror_image(name: str) -> None:
    photo = sample_photo(name)
    copy, to_copy = worn(photo)
    assert read_lettering(seen(photo), seen(copy), to_copy).side == 1
    assert read_lettering(seen(copy), seen(photo), inverted(to_copy)).side == -1


@pytest.mark.parametrize("name", WITHOUT_LETTERS)
def test_a_photo_without_letters_says_nothing(name: str) -> None:
    photo = sample_photo(name)
    copy, to_copy = worn(photo)
    assert read_lettering(seen(photo), seen(copy), to_copy).side == 0


def test_letters_laid_over_the_mirrored_copy_say_nothing() -> None:
    """They read rightly in the copy: only what both show counts."""
    photo = scene(9)
    copy, to_copy = mirror_image(photo)
    pen = ImageDraw.Draw(copy)
    pen.rectangle((30, 120, 450, 200), fill="navy")
    pen.text((45, 160), "BREAKING NEWS", "white", anchor="lm", font_size=40)
    found = read_lettering(seen(photo), seen(copy), to_copy)
    assert max(found.reads_in_first, found.reads_in_second) < 0.1
    assert found.side == 0


def test_letters_that_read_rightly_and_mirrored_ones_in_one_picture_say_nothing() -> None:
    """As with a mirror in the scene: the picture says both."""
    once = lettered("Northern Press")
    both = Image.new("RGB", (once.width, 2 * once.height))
    both.paste(once, (0, 0))
    both.paste(ImageOps.mirror(once), (0, once.height))
    copy, to_copy = mirror_image(both)
    found = read_lettering(seen(both), seen(copy), to_copy)
    assert min(found.reads_in_first, found.reads_in_second) > 1
    assert found.side == 0


def test_a_picture_turned_as_well_is_left_alone() -> None:
    picture = lettered("Northern Press")
    upside_down = picture.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    to_copy = np.array([[1, 0, 0], [0, -1, picture.height - 1.0], [0, 0, 1]])
    assert read_lettering(seen(picture), seen(upside_down), to_copy) == Lettering()


@settings(max_examples=15)
@given(st.text("ABCDEFGKLNPRSZ abcdefghkmnprstz", min_size=1, max_size=18), st.integers(10, 40), st.booleans())
def test_exchanging_the_two_exchanges_what_is_said(text: str, size: int, is_small: bool) -> None:
    picture = lettered(text, size)
    copy, to_copy = worn(picture) if is_small else mirror_image(picture)
    back = inverted(to_copy)
    there, here = read_lettering(seen(picture), seen(copy), to_copy), read_lettering(seen(copy), seen(picture), back)
    assert (there.reads_in_first, there.reads_in_second) == pytest.approx((here.reads_in_second, here.reads_in_first), abs=1e-3)
    assert there.side == -here.side
    assert there.reversed().reversed() == there


@given(st.integers(0, 2**32 - 1), st.integers(WINDOW, 40))
def test_a_mirrored_strip_is_read_as_the_opposite(seed: int, columns: int) -> None:
    strip = np.random.default_rng(seed).normal(0, 20, (32, 4 * columns)).cumsum(1).astype(np.float32)
    windows = windows_of(columns_of(strip, is_dark=False))
    other = windows_of(columns_of(np.ascontiguousarray(strip[:, ::-1]), is_dark=False))[::-1]
    assert np.abs(mirrored(windows) - other).max() < 1e-5
    text, right = seen_in(windows)
    other_text, other_right = seen_in(other)
    assert text == pytest.approx(other_text, abs=1e-3)
    assert right == pytest.approx(-other_right, abs=1e-3)


def test_noise_is_left_after_a_bounded_number_of_rows() -> None:
    noise = np.random.default_rng(3).integers(0, 256, (900, 1280, 1), np.uint8)
    assert len(seen(Image.fromarray(np.repeat(noise, 3, 2))).rows) <= MOST_ROWS


def test_letters_direct_a_mirror_image_that_nothing_else_directs() -> None:
    """Both files are saved alike and as large; without the letters nothing leans either way."""
    picture = lettered("Northern Press, 24 May")
    copy, to_copy = mirror_image(picture)
    first, second = traced(saved(copy, 90), 1), traced(saved(picture, 90), 2)
    (chain,) = trace_chain([first, second], [verified(first, second, to_copy)])
    (edge,) = chain.derivations
    assert (edge.parent, edge.child, edge.directed) == (second.sha256, first.sha256, True)
    (item,) = [item for item in edge.evidence if item.code == "lettering"]
    assert item.supports
    assert "reads rightly in the first" in item.detail


def test_letters_in_a_copy_that_is_no_mirror_image_are_not_read() -> None:
    picture = lettered("Northern Press, 24 May")
    first, second = traced(saved(picture, 90), 1), traced(saved(picture, 60), 2)
    (chain,) = trace_chain([first, second], [verified(first, second, np.eye(3))])
    assert not any(item.code == "lettering" for edge in chain.derivations for item in edge.evidence)
