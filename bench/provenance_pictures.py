"""Draw the sheets of docs/provenance.md: each kind of evidence, or what lettering tells.

    python -m bench.provenance_pictures OUT.jpg [--lettering]

The photos are samples.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageOps

from catalog.provenance.earlier_saves import count_steps
from catalog.provenance.words import CODES
from tests.conftest import SAMPLES

# The first two are CC0-1.0, the sign is free to use however one wishes (samples/LICENCES.csv).
PHOTO, OTHER, SIGN = "amphitheatre.jpg", "blue-flowers.jpg", "road-sign.jpg"
SIGN_BOX = (190, 105, 565, 345)
THUMB = (150, 96)
TILE = (330, 142)
COLUMNS = 4
# What the ledger says of a derivation beside what the pair itself shows.
OF_THE_CHAIN = ("rest_of_chain", "other_candidates", "same_pixels", "track_record")
PAPER, INK, QUIET = "white", (30, 30, 30), (110, 110, 110)


@dataclass(frozen=True, slots=True)
class Shown:
    """Hold what one tile shows: a parent and a copy, or words where nothing can be seen, and one line below."""

    parent: Image.Image | str
    copy: Image.Image | str
    line: str


def evidence(photo: Image.Image, other: Image.Image, sign: Image.Image) -> dict[str, Shown]:
    """Return a tile for every code of the ledger, those of the chain last."""
    small = photo.resize((photo.width // 2, photo.height // 2))
    detail = photo.crop((photo.width // 3, photo.height // 3, photo.width // 3 + 150, photo.height // 3 + 96))
    return {
        "containment": Shown(photo, _inner(photo, 0.3), "a crop shows nothing its original lacks"),
        "collage": Shown(photo, _beside(photo, other), "two whole pictures, an edge between them"),
        "frame_added": Shown(photo, _barred(photo), "a bar or border is added around"),
        "overlay": Shown(photo, _stamped(photo), "plain print laid over the picture"),
        "resolution": Shown(photo, _centred(small), "a copy has fewer pixels"),
        "enlargement": Shown(_spectrum(detail), _spectrum(_enlarged(detail)), "an enlarged file's spectrum ends early"),
        "detail": Shown(detail, _enlarged(detail), "fine detail, once lost, is not regained"),
        "remaking": Shown(detail, _gap(detail, _saved(detail, 30)), "what is left when the copy is made again"),
        "closest": Shown(_gap(detail, _saved(detail, 85)), _gap(detail, _saved(detail, 12)), "the parent leaves least over"),
        "colour": Shown(photo, ImageOps.grayscale(photo).convert("RGB"), "colour and clipped tones do not come back"),
        "mirroring": Shown(photo, ImageOps.mirror(photo), "has no direction; the pair is seldom nearest"),
        "lettering": Shown(sign, ImageOps.mirror(sign), "what both show reads rightly in one"),
        "earlier_save": Shown(_counts(photo, 50), _counts(photo, 50, 90), "coefficients keep the steps of the first save"),
        "compression": Shown(_saved(detail, 92), _saved(detail, 8), "coarser tables, 8-pixel blocks"),
        "file_format": Shown("JPEG", "PNG\nsame pixels", "a PNG can keep a JPEG's pixels, not the reverse"),
        "metadata": Shown("Canon\nModel 42", "no camera", "camera values are lost, never regained"),
        "stated_times": Shown("taken 09:14\nwritten 09:14", "written 17:30", "a copy is written later"),
        "document_ids": Shown("DocumentID\nA1", "DerivedFrom\nA1", "the copy names what it was made from"),
        "content_credentials": Shown("instance\nxmp:iid:A1", "ingredient\nxmp:iid:A1", "signed statements name the parent"),
        "stated_credit": Shown("published by\nOrbit Wire", "credit:\nOrbit Wire", "who is credited had it before"),
        "publication_dates": Shown("2 Jan 2017", "1 Mar 2022", "a copy is seen later; never alone"),
        "rest_of_chain": Shown("A", "B, and\nC, D made from B", "the others fit this direction better"),
        "other_candidates": Shown("A, or one\nmuch like A", "B", "another may be the parent as well"),
        "same_pixels": Shown("JPEG, or PNG\nof its pixels", "B", "made from one of the two"),
        "track_record": Shown("all that were\nas sure as this", "so many\nwere right", "where the answer is known"),
    }


def sheet() -> Image.Image:
    """Draw all tiles in the order of the ledger; KeyError where a code has no tile."""
    with Image.open(SAMPLES / "photos" / PHOTO) as one, Image.open(SAMPLES / "photos" / OTHER) as two:
        photo, other = (ImageOps.fit(opened.convert("RGB"), (600, 384)) for opened in (one, two))
    with Image.open(SAMPLES / "photos" / SIGN) as opened:
        sign = ImageOps.fit(opened.convert("RGB").crop(SIGN_BOX), (600, 384))
    shown = evidence(photo, other, sign)
    codes = [*CODES, *OF_THE_CHAIN]
    rows = -(-len(codes) // COLUMNS)
    paper = Image.new("RGB", (COLUMNS * TILE[0], rows * TILE[1]), PAPER)
    for number, code in enumerate(codes):
        _draw(paper, (number % COLUMNS * TILE[0] + 6, number // COLUMNS * TILE[1] + 4), code, shown[code])
    return paper


def lettering_sheet() -> Image.Image:
    """Draw a sign, its mirror image, and the mirror image with letters laid over it afterwards."""
    with Image.open(SAMPLES / "photos" / SIGN) as opened:
        sign = opened.convert("RGB")
    mirror = ImageOps.mirror(sign)
    laid_over = mirror.copy()
    pen = ImageDraw.Draw(laid_over)
    pen.rectangle((0, 470, laid_over.width, 530), fill="crimson")
    pen.text((30, 500), "SEEN THIS MORNING", "white", anchor="lm", font_size=44)
    paper = Image.new("RGB", (3 * 320 + 20, 240), PAPER)
    for number, shown in enumerate((sign, mirror, laid_over)):
        paper.paste(ImageOps.fit(shown, (320, 240)), (number * 330, 0))
    return paper


def _draw(paper: Image.Image, corner: tuple[int, int], code: str, shown: Shown) -> None:
    left, top = corner
    pen = ImageDraw.Draw(paper)
    for side, what in enumerate((shown.parent, shown.copy)):
        start = left + side * (THUMB[0] + 14)
        if isinstance(what, str):
            pen.rectangle((start, top, start + THUMB[0], top + THUMB[1]), outline=QUIET)
            centre = (start + THUMB[0] // 2, top + THUMB[1] // 2)
            pen.multiline_text(centre, what, INK, anchor="mm", align="center", font_size=15)
        else:
            paper.paste(ImageOps.fit(what, THUMB), (start, top))
    middle = top + THUMB[1] // 2
    right = left + THUMB[0] + 12
    pen.line((right - 10, middle, right, middle), INK, 2)
    pen.polygon([(right, middle), (right - 5, middle - 4), (right - 5, middle + 4)], INK)
    pen.text((left, top + THUMB[1] + 4), code, INK, font_size=13)
    pen.text((left, top + THUMB[1] + 20), shown.line, QUIET, font_size=12)


def _inner(photo: Image.Image, share: float) -> Image.Image:
    return photo.crop((int(photo.width * share), int(photo.height * share), photo.width, photo.height))


def _beside(photo: Image.Image, other: Image.Image) -> Image.Image:
    both = Image.new("RGB", (photo.width, photo.height), PAPER)
    both.paste(photo.resize((photo.width // 2 - 4, photo.height)), (0, 0))
    both.paste(other.resize((photo.width // 2 - 4, photo.height)), (photo.width // 2 + 4, 0))
    return both


def _barred(photo: Image.Image) -> Image.Image:
    made = photo.copy()
    pen = ImageDraw.Draw(made)
    pen.rectangle((0, made.height * 3 // 4, made.width, made.height), fill="white")
    pen.text((made.width // 2, made.height * 7 // 8), "SEEN THIS MORNING", "black", anchor="mm", font_size=40)
    return made


def _stamped(photo: Image.Image) -> Image.Image:
    made = photo.copy()
    pen = ImageDraw.Draw(made)
    pen.rectangle((400, 30, 570, 120), fill="crimson")
    pen.text((485, 75), "NEWS 7", "white", anchor="mm", font_size=40)
    return made


def _centred(small: Image.Image) -> Image.Image:
    made = Image.new("RGB", (600, 384), PAPER)
    made.paste(small, (150, 96))
    return made


def _enlarged(detail: Image.Image) -> Image.Image:
    return detail.resize((detail.width // 3, detail.height // 3)).resize(detail.size, Image.Resampling.BICUBIC)


def _saved(picture: Image.Image, quality: int) -> Image.Image:
    target = BytesIO()
    picture.save(target, "JPEG", quality=quality)
    return Image.open(BytesIO(target.getvalue())).convert("RGB")


def _gap(one: Image.Image, other: Image.Image) -> Image.Image:
    apart = np.abs(np.asarray(one, np.int16) - np.asarray(other, np.int16)).astype(np.uint8)
    return ImageEnhance.Brightness(Image.fromarray(apart)).enhance(6)


def _counts(photo: Image.Image, *qualities: int) -> Image.Image:
    """Draw how many coefficients of one low frequency have each size, after saves at the qualities named."""
    picture = photo
    for quality in qualities:
        picture = _saved(picture, quality)
    luma = np.asarray(ImageOps.grayscale(picture), np.float32)
    (counts, *_) = count_steps(luma, 0, 0, [1] * 64)
    drawn = Image.new("RGB", THUMB, PAPER)
    pen = ImageDraw.Draw(drawn)
    for at, count in enumerate(counts):
        height = round(count / max(counts) * (THUMB[1] - 6))
        pen.rectangle((4 + 4 * at, THUMB[1] - height, 6 + 4 * at, THUMB[1]), fill=INK)
    return drawn


def _spectrum(picture: Image.Image) -> Image.Image:
    luma = np.asarray(ImageOps.grayscale(picture), np.float32)
    power = np.log1p(np.abs(np.fft.fftshift(np.fft.fft2(luma - luma.mean()))))
    return Image.fromarray((power / power.max() * 255).astype(np.uint8)).convert("RGB")


def main() -> None:
    """Read the argument and write the sheet."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--lettering", action="store_true")
    asked = parser.parse_args()
    (lettering_sheet() if asked.lettering else sheet()).save(asked.out, quality=78, optimize=True)


if __name__ == "__main__":
    main()
