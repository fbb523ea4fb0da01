"""Lettering of photos against their mirror images: told which reads rightly, told wrongly, or left alone; and what it costs."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageOps

from bench.figures import Figure, held_against
from bench.quality_photos import unrelated_photos
from catalog.provenance.lettering import Rows, read_lettering, rows_of
from catalog.provenance.views import view_of

SUITE = "quality"
# Examination looks at pictures in this size at most (examination.VIEW_BOX).
BOX: Final = 1280
# How much smaller the mirrored copy is, and the quality that it is saved at.
WORN: Final = ((0.8, 75), (0.5, 60))
MOST_WRONG_PERCENT: Final = 2.0
CAPTIONS: Final = ("Photo: Northern Press", "LIVE FROM THE SQUARE", "breaking news 24", "www.example.org", "Archive, 9 May 2014")


@dataclass(slots=True)
class Told:
    """Count pairs by what was told of them."""

    rightly: int = 0
    wrongly: int = 0
    silent: int = 0

    def count(self, side: int) -> None:
        """Count one pair whose lettering reads rightly in the first."""
        if side > 0:
            self.rightly += 1
        elif side < 0:
            self.wrongly += 1
        else:
            self.silent += 1

    def __str__(self) -> str:
        return f"{self.rightly} right, {self.wrongly} wrong, {self.silent} silent"


def opened(path: Path) -> Image.Image:
    """Open a photo as examination sees it: upright, RGB, BOX pixels a side at most."""
    with Image.open(path) as picture:
        upright = ImageOps.exif_transpose(picture.convert("RGB"))
    upright.thumbnail((BOX, BOX), Image.Resampling.LANCZOS)
    return upright


def mirror_image(photo: Image.Image, share: float, quality: int) -> tuple[Image.Image, NDArray[np.float64]]:
    """Return the mirror image of a photo, smaller and saved as JPEG, with the map from the photo's pixels to its own."""
    size = max(1, round(photo.width * share)), max(1, round(photo.height * share))
    across, down = size[0] / photo.width, size[1] / photo.height
    to_copy = np.array([[-across, 0, size[0] - 0.5 - across / 2], [0, down, down / 2 - 0.5], [0, 0, 1]])
    return _saved(ImageOps.mirror(photo).resize(size, Image.Resampling.LANCZOS), quality), to_copy


def captioned(photo: Image.Image, number: int) -> Image.Image:
    """Return a photo with a line of letters at its foot, on a bar or right over the picture, as `number` says."""
    made = photo.copy()
    tall = max(12, round(photo.height * (0.04, 0.06, 0.09)[number % 3]))
    pen = ImageDraw.Draw(made)
    if number % 2:
        pen.rectangle((0, photo.height - 2 * tall, photo.width, photo.height), fill=(20, 30, 90))
    text = CAPTIONS[number % len(CAPTIONS)]
    pen.text((photo.width * 0.06, photo.height - tall / 2), text, "white", anchor="ls", font_size=tall, stroke_width=tall // 20,
        stroke_fill="black",
    )  # fmt: skip
    return made


def side_of(photo: Image.Image, share: float, quality: int) -> int:
    """Return what is told of a photo, saved well, and its mirror image, saved badly."""
    copy, to_copy = mirror_image(photo, share, quality)
    return read_lettering(_rows(_saved(photo, 92)), _rows(copy), to_copy).side


def _saved(picture: Image.Image, quality: int) -> Image.Image:
    target = BytesIO()
    picture.save(target, "JPEG", quality=quality)
    return Image.open(target).convert("RGB")


def _rows(picture: Image.Image) -> Rows:
    return rows_of(view_of(np.asarray(picture), picture.width, picture.height, planes=1))


def run(folder: Path, most: int | None = None) -> Iterator[Figure]:
    """Read photos as they are and with a caption: the samples, of which some were learnt from, or those of `BENCH_PHOTOS`.

    What stands mirrored in a photo counts as wrong.
    """
    photos = [opened(path) for path in unrelated_photos(os.environ.get("BENCH_PHOTOS"))[:most]]
    for share, quality in WORN:
        worn = f"mirrored, {100 * share:.0f} % of the size, quality {quality}"
        started, as_they_are, with_caption = time.process_time(), Told(), Told()
        for photo in photos:
            as_they_are.count(side_of(photo, share, quality))
        spent = time.process_time() - started
        for number, photo in enumerate(photos):
            with_caption.count(side_of(captioned(photo, number), share, quality))
        for what, told in (("as they are", as_they_are), ("with a caption", with_caption)):
            yield Figure(f"photos {what}; {worn}", str(told))
            if told.rightly + told.wrongly:
                wrong = 100 * told.wrongly / (told.rightly + told.wrongly)
                yield held_against("of what was told, wrongly", "%", wrong, "at most", MOST_WRONG_PERCENT)
        yield Figure("a pair, made and read", f"{1000 * spent / len(photos):.0f} ms CPU")
