"""What many unrelated photos share links none of them, and hides no copy; it is found whatever the order."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from catalog.imaging import decode_preview
from catalog.matching.templates import LEAST_OTHERS, Framed, beside_template, carries, find_templates, tones_of
from catalog.matching.thresholds import SHIPPED
from catalog.records.comparable import Comparable
from catalog.workflow.examine_beside import BESIDE_TEMPLATE, verify_beside
from tests.conftest import SAMPLES
from tests.matching.conftest import Compare

Mark = Callable[[Image.Image], Image.Image]
SIZE = (640, 480)
COUNT = 20


def unrelated_photos(count: int) -> list[Path]:
    """Return real photos of the samples of which none was made from another, one of each origin and of each camera scene."""
    with (SAMPLES / "LICENCES.csv").open(encoding="utf-8", newline="") as table:
        rows = [row for row in csv.DictReader(table) if row["kind"] == "base" and "frame" not in row["file"]]
    return [SAMPLES / row["file"] for row in {row["path"]: row for row in rows}.values()][:count]


def bannered(picture: Image.Image) -> Image.Image:
    made = picture.convert("RGB").resize(SIZE)
    draw = ImageDraw.Draw(made)
    draw.rectangle((0, 384, 640, 480), fill=(180, 20, 30))
    draw.text((16, 400), "EVENING NEWS", font=ImageFont.load_default(52), fill="white")
    draw.ellipse((520, 396, 600, 476), fill=(250, 200, 40))
    for place in range(32):
        draw.rectangle((16 + place * 12, 460, 22 + place * 12, 472), fill=(255, 255, 255) if place % 3 else (0, 0, 60))
    return made


def with_logo(picture: Image.Image) -> Image.Image:
    made = picture.convert("RGB").resize(SIZE)
    draw = ImageDraw.Draw(made)
    draw.ellipse((510, 16, 624, 130), fill=(20, 60, 180), outline="white", width=5)
    draw.text((524, 46), "NOVA", font=ImageFont.load_default(32), fill="white")
    draw.polygon([(568, 24), (584, 46), (552, 46)], fill=(255, 220, 0))
    draw.text((540, 96), "agency", font=ImageFont.load_default(16), fill=(255, 220, 0))
    return made


def framed(picture: Image.Image) -> Image.Image:
    noise = np.random.default_rng(1).integers(0, 255, (48, 64, 3), dtype=np.uint8)
    made = Image.fromarray(noise).resize(SIZE, Image.Resampling.BICUBIC)
    made.paste(picture.convert("RGB").resize((480, 336)), (80, 72))
    ImageDraw.Draw(made).text((220, 14), "STUDIO WEBER", font=ImageFont.load_default(38), fill="white")
    return made


def as_framed(picture: Comparable) -> Framed:
    points = picture.descriptor("local_points")
    assert points is not None
    return Framed(picture.sha256, points.data, picture.width / picture.height, tones_of(decode_preview(picture.preview, 256)))


@pytest.mark.parametrize("mark", [bannered, with_logo, framed])
def test_unrelated_photos_with_one_mark_are_not_linked_and_true_copies_are(comparable: Compare, mark: Mark) -> None:
    marked = [mark(Image.open(path)) for path in unrelated_photos(COUNT)]
    photos = [comparable(picture) for picture in marked]
    templates = [template for template, _ in find_templates([as_framed(photo) for photo in photos])]
    # A small logo may be found as two of its halves.
    assert 1 <= len(templates) <= 2
    for first, second in combinations(photos[:6], 2):
        (found,) = verify_beside(second, first, templates, SHIPPED)
        assert (found.relation, found.state) == ("none", "refused")
    copy = comparable(marked[3].resize((480, 360)))
    (found,) = verify_beside(copy, photos[3], templates, SHIPPED)
    assert (found.relation, found.state) == ("copy", "accepted")
    assert found.transform is not None
    assert np.allclose(np.array(found.transform).reshape(3, 3) @ (240, 180, 1), (320, 240, 1), atol=4)
    assert found.overlap is not None
    assert min(found.overlap.query, found.overlap.reference) > 0.95


def test_the_template_of_a_frame_leaves_its_inside_free(comparable: Compare) -> None:
    photos = [as_framed(comparable(framed(Image.open(path)))) for path in unrelated_photos(8)]
    ((template, carriers),) = find_templates(photos)
    assert template.room == pytest.approx((80 / 640, 72 / 480, 560 / 640, 408 / 480), abs=0.07)
    assert sorted(carriers) == sorted(photo.sha256 for photo in photos)
    left, top, right, bottom = template.room
    kept = np.frombuffer(beside_template(photos[0].points, photos[0].aspect, [template]), dtype=np.uint8)
    assert 0 < len(kept) < len(photos[0].points)
    assert right - left > 0.5
    assert bottom - top > 0.5


def test_templates_do_not_depend_on_the_order_of_the_photos(comparable: Compare) -> None:
    photos = [as_framed(comparable(bannered(Image.open(path)))) for path in unrelated_photos(10)]
    shuffled = photos.copy()
    random.Random(4).shuffle(shuffled)
    assert find_templates(shuffled) == find_templates(photos)


def test_copies_of_one_photo_are_no_template(comparable: Compare) -> None:
    photo = bannered(Image.open(unrelated_photos(1)[0]))
    copies = [comparable(photo.resize((width, width * 3 // 4))) for width in range(400, 640, 30)]
    assert find_templates([as_framed(copy) for copy in copies]) == ()


def test_too_few_photos_make_no_template(comparable: Compare) -> None:
    photos = [as_framed(comparable(framed(Image.open(path)))) for path in unrelated_photos(LEAST_OTHERS)]
    assert find_templates(photos) == ()


def test_a_photo_without_the_mark_does_not_carry_it(comparable: Compare) -> None:
    paths = unrelated_photos(9)
    ((template, _),) = find_templates([as_framed(comparable(framed(Image.open(path)))) for path in paths[:8]])
    bare = as_framed(comparable(Image.open(paths[8]).resize(SIZE)))
    assert not carries(bare.points, bare.aspect, template)
    assert beside_template(bare.points, bare.aspect, [template]) == bare.points


def test_the_same_bytes_are_the_same_photo_whatever_they_carry(comparable: Compare) -> None:
    photos = [comparable(framed(Image.open(path))) for path in unrelated_photos(6)]
    templates = [template for template, _ in find_templates([as_framed(photo) for photo in photos])]
    (same,) = verify_beside(photos[0], photos[0], templates, SHIPPED)
    assert (same.relation, same.rung) == ("same_bytes", "same_bytes")
    (other,) = verify_beside(photos[0], photos[1], templates, SHIPPED)
    assert other.rung == BESIDE_TEMPLATE
