"""Parts of collages: found, told from copies, boxed and named rightly; real photos on sheets, pasted into others, on a screen."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

import numpy as np
from numpy.random import Generator, default_rng
from PIL import Image, ImageDraw, ImageFont, ImageOps

from bench.figures import Figure, share_of
from bench.quality_photos import unrelated_photos
from catalog.descriptors.plainness import is_plain
from catalog.descriptors.registry import describe
from catalog.imaging import encode_preview, reduce_picture
from catalog.matching.verification import verify
from catalog.records.comparable import Comparable
from catalog.records.match import Verification

SUITE = "quality"
Picture = Image.Image
# x0, y0, x1, y1 in pixels.
Box = tuple[float, float, float, float]
SHEETS: Final = 4
SEED: Final = 17
LONG_SIDE: Final = 1000
SHEET_WIDTH: Final = 1200
QUALITY: Final = (60, 91)
# Rows and columns of the sheets; what lies between tiles and around them, its width in pixels; and whether tiles are cut to one
# size or keep the shapes of their photos.
GRIDS: Final = {2: (1, 2), 4: (2, 2), 9: (3, 3)}
GAPS: Final = {"no gap": None, "white gap": "white", "black gap": "black"}
GAP: Final = (6, 19)
FITS: Final = ("cut", "whole")
# Of a sheet so many tiles are asked for.
MOST_ASKED: Final = 4
# What is pasted into another photo takes so much of its width; what a screen shows is so much of the photo's sides.
PASTED: Final = (0.35, 0.6)
SHOWN: Final = (0.5, 0.8)
# Ground and letters of a light and of a dark one.
SCREENS: Final = (((255, 255, 255), (40, 40, 40)), ((21, 24, 28), (225, 225, 225)))
NEAR_ENOUGH: Final = 0.9


@dataclass(frozen=True, slots=True)
class Pair:
    """Hold a query, a reference, and the box of the query that truly shows the reference."""

    query: Comparable
    reference: Comparable
    box: Box


@dataclass(frozen=True, slots=True)
class Tile:
    """Hold where a photo lies on a sheet, and which box of the photo lies there."""

    place: Box
    shown: Box


def saved(picture: Picture, random: Generator) -> Comparable:
    """Save a picture as a JPEG of some quality and describe what is read back, as an import does."""
    stream = BytesIO()
    picture.save(stream, "JPEG", quality=int(random.integers(*QUALITY)))
    content = stream.getvalue()
    reduced = reduce_picture(content)
    return Comparable(
        hashlib.sha256(content).hexdigest(), None, len(content), reduced.width, reduced.height, is_plain(reduced),
        describe(reduced), encode_preview(reduced),
    )  # fmt: skip


def opened(path: Path) -> Picture:
    """Return a photo in colour at no more than LONG_SIDE."""
    with Image.open(path) as photo:
        picture = ImageOps.exif_transpose(photo).convert("RGB")
    picture.thumbnail((LONG_SIDE, LONG_SIDE))
    return picture


def sheet(photos: Sequence[Picture], tone: str | None, fit: str, random: Generator) -> tuple[Picture, list[Tile]]:
    """Lay 2, 4 or 9 photos out in rows, with a gap of a tone or none, and say where each lies."""
    rows, columns = GRIDS[len(photos)]
    gap = 0 if tone is None else int(random.integers(*GAP))
    inner = SHEET_WIDTH - (columns + 1) * gap
    placed: list[tuple[Picture, Tile]] = []
    top = gap
    for start in range(0, rows * columns, columns):
        row = photos[start : start + columns]
        shapes = [photo.width / photo.height if fit == "whole" else 1.0 for photo in row]
        height = round(inner / sum(shapes))
        left = gap
        for photo, shape in zip(row, shapes, strict=True):
            size = (round(height * shape), height)
            placed.append((ImageOps.fit(photo, size), Tile((left, top, left + size[0], top + height), _kept(photo, size))))
            left += size[0] + gap
        top += height + gap
    page = Image.new("RGB", (max(round(tile.place[2]) for _, tile in placed) + gap, top), tone or "white")
    for picture, tile in placed:
        page.paste(picture, (round(tile.place[0]), round(tile.place[1])))
    return page, [tile for _, tile in placed]


def _kept(photo: Picture, size: tuple[int, int]) -> Box:
    """Return the box of a photo that is left when it is cut and resized to a size about its middle."""
    factor = min(photo.width / size[0], photo.height / size[1])
    width, height = size[0] * factor, size[1] * factor
    left, top = (photo.width - width) / 2, (photo.height - height) / 2
    return left, top, left + width, top + height


def pasted(photo: Picture, ground: Picture, random: Generator) -> tuple[Picture, Box]:
    """Paste a photo, smaller, somewhere into another one."""
    page = ImageOps.fit(ground, (LONG_SIDE, 750))
    small = photo.copy()
    small.thumbnail((round(random.uniform(*PASTED) * page.width), round(0.8 * page.height)))
    left, top = (int(random.integers(0, room + 1)) for room in (page.width - small.width, page.height - small.height))
    page.paste(small, (left, top))
    return page, (left, top, left + small.width, top + small.height)


def _cut(photo: Picture, random: Generator) -> Picture:
    """Cut a region out of a photo."""
    width, height = (round(random.uniform(*SHOWN) * side) for side in photo.size)
    left, top = int(random.integers(0, photo.width - width + 1)), int(random.integers(0, photo.height - height + 1))
    return photo.crop((left, top, left + width, top + height))


def on_a_screen(photo: Picture, ground: Picture, random: Generator) -> tuple[Picture, Box]:
    """Show a region of a photo in a post on a telephone, between lines of text."""
    tone, ink = SCREENS[int(random.integers(len(SCREENS)))]
    part = _cut(photo, random)
    part = part.resize((600, round(600 * part.height / part.width)))
    page = Image.new("RGB", (600, part.height + 560), tone)
    draw, font = ImageDraw.Draw(page), ImageFont.load_default(26)
    for line in (40, 110, 150, *range(part.height + 260, page.height - 20, 44)):
        words = "".join(chr(number) for number in random.integers(97, 123, int(random.integers(18, 36))))
        draw.text((30, line), words, fill=ink, font=font)
    page.paste(part, (0, 220))
    return page, (0, 220, 600, 220 + part.height)


def _bordered(photo: Picture, random: Generator) -> Picture:
    return ImageOps.expand(photo, int(random.integers(20, 120)), ["white", "black"][int(random.integers(2))])


def _banner(photo: Picture, random: Generator) -> Picture:
    """Lay a banner with words over the lower edge of a photo."""
    page, high = photo.copy(), round(random.uniform(0.12, 0.22) * photo.height)
    draw, tone = ImageDraw.Draw(page), tuple(int(number) for number in random.integers(0, 200, 3))
    draw.rectangle((0, photo.height - high, photo.width, photo.height), fill=tone)
    draw.text((high // 3, photo.height - high), "NEWS AT NINE", font=ImageFont.load_default(high * 0.6), fill="white")
    return page


def _bordered_banner(photo: Picture, random: Generator) -> Picture:
    return _bordered(_banner(photo, random), random)


# Copies beside which no other photo lies.
COPIES: Final[dict[str, Callable[[Picture, Generator], Picture]]] = {
    "crop": _cut, "border": _bordered, "banner": _banner, "banner in a border": _bordered_banner,
}  # fmt: skip
INSETS: Final[dict[str, Callable[[Picture, Picture, Generator], tuple[Picture, Box]]]] = {
    "pasted into another photo": pasted, "region on a screen": on_a_screen,
}  # fmt: skip


def run(folder: Path, count: int = SHEETS, seed: int = SEED, sizes: Sequence[int] = tuple(GRIDS)) -> Iterator[Figure]:
    """Verify so many sheets of every kind, made from the samples or from the photos of `BENCH_PHOTOS`, against their photos.

    `sizes` says of how many photos sheets are made.
    """
    paths = unrelated_photos(os.environ.get("BENCH_PHOTOS"))
    random = default_rng(seed)

    def chosen(number: int) -> list[Picture]:
        return [opened(paths[int(place)]) for place in random.choice(len(paths), number, replace=False)]

    turned: list[Pair] = []
    for number in sizes:
        for gap, tone in GAPS.items():
            for fit in FITS:
                pairs = []
                for _ in range(count):
                    asked = _asked(chosen(number), tone, fit, random)
                    pairs += [pair for pair, _ in asked]
                    turned += [back for _, back in asked[:1]]
                yield Figure(f"tiles of a sheet of {number}, {gap}, {fit}", _said(pairs))
    yield Figure("photos found in those sheets, the photo asked", _said(turned))
    for name, inset in INSETS.items():
        made = [(photo, *inset(photo, ground, random)) for photo, ground in (chosen(2) for _ in range(6 * count))]
        yield Figure(name, _said([Pair(saved(page, random), saved(photo, random), box) for photo, page, box in made]))
    yield Figure("two sheets of 4 that share two photos", _shared([_two_sheets(chosen(6), random) for _ in range(3 * count)]))
    yield Figure("a photo beside its mirror image", _shared([_beside_itself(chosen(1)[0], random) for _ in range(3 * count)]))
    for name, change in COPIES.items():
        copies = [
            (saved(change(photo, random), random), saved(photo, random)) for (photo,) in (chosen(1) for _ in range(3 * count))
        ]
        called = [verify(*order)[0].relation == "part" for copy in copies for order in (copy, copy[::-1])]
        yield share_of(f"copies called parts: {name}", sum(called), len(called), "at most")


def _asked(photos: Sequence[Picture], tone: str | None, fit: str, random: Generator) -> list[tuple[Pair, Pair]]:
    """Return the pairs of a sheet and some of its photos, the sheet asked and the photo asked."""
    page, tiles = sheet(photos, tone, fit, random)
    whole = saved(page, random)
    pairs = []
    for place in random.permutation(len(photos))[:MOST_ASKED].tolist():
        photo = saved(photos[place], random)
        pairs.append((Pair(whole, photo, tiles[place].place), Pair(photo, whole, tiles[place].shown)))
    return pairs


def _two_sheets(photos: Sequence[Picture], random: Generator) -> tuple[Comparable, Comparable, list[Box]]:
    """Return two sheets of four with a white gap that share two of six photos, and where those lie on the first."""
    pages, first = [], list[Box]()
    for own in (photos[:4], photos[2:]):
        order = random.permutation(4).tolist()
        page, tiles = sheet([own[place] for place in order], "white", "cut", random)
        first = first or [tile.place for place, tile in zip(order, tiles, strict=True) if place >= 2]
        pages.append(saved(page, random))
    return pages[0], pages[1], first


def _beside_itself(photo: Picture, random: Generator) -> tuple[Comparable, Comparable, list[Box]]:
    """Return a sheet of a photo and its mirror image, the photo, and where the two lie on the sheet."""
    page, tiles = sheet([photo, ImageOps.mirror(photo)], "white", "whole", random)
    return saved(page, random), saved(photo, random), [tile.place for tile in tiles]


def _said(pairs: Sequence[Pair]) -> str:
    """Say which share of pairs is accepted, and of these which share is called a part, is named overlaid, and how boxes lie."""
    found = [(best, pair) for best, pair in ((verify(pair.query, pair.reference)[0], pair) for pair in pairs) if best.is_match]
    if not found:
        return f"0 % of {len(pairs)}"
    part, laid_over = (
        100 * float(np.mean([is_so(best) for best, _ in found]))
        for is_so in (lambda best: best.relation == "part", lambda best: "overlaid" in best.changes)
    )
    common = [in_common(best, pair.box) for best, pair in found]
    return (
        f"{100 * len(found) / len(pairs):.1f} % of {len(pairs)}; part {part:.1f} %, overlaid {laid_over:.1f} %; "
        f"box {np.median(common):.3f}, {100 * float(np.mean(np.array(common) >= NEAR_ENOUGH)):.1f} % from {NEAR_ENOUGH}"
    )


def _shared(sheets: Sequence[tuple[Comparable, Comparable, list[Box]]]) -> str:
    """Say how many of the parts that two pictures share have a verdict of their own, and how many verdicts are of none."""
    right = wrong = 0
    for one, other, boxes in sheets:
        found = [best for best in verify(one, other) if best.is_match and best.relation == "part"]
        hits = [max((in_common(best, box) for best in found), default=0.0) >= NEAR_ENOUGH for box in boxes]
        right += sum(hits)
        wrong += len(found) - sum(hits)
    return f"{100 * right / (2 * len(sheets)):.1f} % of {2 * len(sheets)} parts boxed, {wrong} verdicts beside"


def in_common(found: Verification, box: Box) -> float:
    """Return the common area of a verdict's box and the true one as a share of both together, 0-1."""
    if found.box is None:
        return 0.0
    left, top, width, height = found.box
    across = min(left + width, box[2]) - max(left, box[0])
    down = min(top + height, box[3]) - max(top, box[1])
    both = max(0.0, across) * max(0.0, down)
    return both / (width * height + (box[2] - box[0]) * (box[3] - box[1]) - both)
