"""Make again every derived picture of `samples/photos` from the base pictures committed there.

A recipe is one derived picture: which picture it is made from and how. Base pictures are never written, except for the
metadata blocks of `samples/embedded.json`, which are put in without touching the coded picture. The same inputs give the
same pictures; the bytes may differ with another release of Pillow's JPEG encoder, so tests compare pixels.

    python tools/make_samples.py                  remake into samples/photos and renew the checksums
    python tools/make_samples.py --into FOLDER    make the derived pictures elsewhere, to compare
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont, ImageOps

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools.embed_metadata import embed, xmp_packet

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
PHOTOS = SAMPLES / "photos"

Box = tuple[float, float, float, float]
Picture = Image.Image


@dataclass(frozen=True, slots=True)
class Recipe:
    """Hold how one derived picture is made.

    `sources` are file names in the folder of base pictures, in the order `make` takes them; `quality` is the JPEG quality.
    `same_coding` means that the source file is copied byte for byte before metadata is put in.
    """

    sources: tuple[str, ...]
    make: Callable[..., Picture]
    quality: int
    same_coding: bool = False


def _font(size: int) -> Any:
    return ImageFont.load_default(size)


def _cropped(box: Box) -> Callable[[Picture], Picture]:
    """Cut out a box given in shares of width and height: left, top, right, bottom."""

    def cut(picture: Picture) -> Picture:
        left, right = (round(share * picture.width) for share in box[::2])
        top, bottom = (round(share * picture.height) for share in box[1::2])
        return picture.crop((left, top, right, bottom))

    return cut


def _to_width(width: int) -> Callable[[Picture], Picture]:
    def scale(picture: Picture) -> Picture:
        return picture.resize((width, round(picture.height * width / picture.width)), Image.Resampling.LANCZOS)

    return scale


def _mirrored_crop(picture: Picture) -> Picture:
    return ImageOps.mirror(_cropped((0.0, 0.06, 0.86, 1.0))(picture))


def _grey_archive(picture: Picture) -> Picture:
    return _to_width(900)(picture).convert("L")


def _campaign(picture: Picture) -> Picture:
    """Lay a campaign's line and a round logo over a picture, as a studio would."""
    made = picture.copy()
    shade = Image.new("RGBA", made.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(shade)
    draw.rectangle((0, round(made.height * 0.74), made.width, round(made.height * 0.93)), fill=(0, 38, 77, 175))
    draw.ellipse((made.width - 112, 18, made.width - 22, 108), fill=(240, 180, 0, 255))
    made = Image.alpha_composite(made.convert("RGBA"), shade).convert("RGB")
    draw = ImageDraw.Draw(made)
    draw.text((made.width / 2, made.height * 0.835), "EVERY BOAT HAS A NAME", fill="white", font=_font(46), anchor="mm")
    draw.text((made.width - 67, 63), "SK", fill=(0, 38, 77), font=_font(40), anchor="mm")
    return made


def _channel_banner(picture: Picture) -> Picture:
    """Lay one channel's lower third over a picture: the same banner whatever the picture."""
    made = picture.copy()
    unit = made.width / 100
    top = round(made.height - 11 * unit)
    draw = ImageDraw.Draw(made)
    draw.rectangle((0, top, made.width, round(top + 8 * unit)), fill=(150, 16, 30))
    draw.rectangle((0, top, round(21 * unit), round(top + 8 * unit)), fill=(245, 245, 245))
    draw.text((10.5 * unit, top + 4 * unit), "UFUQ", fill=(150, 16, 30), font=_font(round(5 * unit)), anchor="mm")
    line = "BREAKING  |  UFUQ AL-MINA CHANNEL"
    draw.text((24 * unit, top + 4 * unit), line, fill="white", font=_font(round(3 * unit)), anchor="lm")
    return made


def _collage(top: Picture, left: Picture, right: Picture) -> Picture:
    """Put three whole pictures on one white sheet: one above, two of equal height below."""
    width, gap = 1000, 10
    top = _to_width(width)(top)
    height = round((width - gap) / (left.width / left.height + right.width / right.height))
    left = left.resize((round(left.width * height / left.height), height), Image.Resampling.LANCZOS)
    right = right.resize((width - gap - left.width, height), Image.Resampling.LANCZOS)
    sheet = Image.new("RGB", (width, top.height + gap + height), "white")
    sheet.paste(top, (0, 0))
    sheet.paste(left, (0, top.height + gap))
    sheet.paste(right, (left.width + gap, top.height + gap))
    return sheet


def _screenshot(picture: Picture) -> Picture:
    """Draw a post on a telephone's screen: status line, name, two lines of text, the picture, a row of counts."""
    width, inset = 900, 28
    shown = _to_width(width - 2 * inset)(picture)
    screen = Image.new("RGB", (width, shown.height + 470), (247, 249, 250))
    draw = ImageDraw.Draw(screen)
    draw.text((34, 20), "21:47", fill=(15, 20, 25), font=_font(30))
    draw.rectangle((820, 24, 866, 46), outline=(15, 20, 25), width=3)
    draw.ellipse((inset, 92, inset + 92, 184), fill=(29, 100, 180))
    draw.text((inset + 46, 138), "LL", fill="white", font=_font(40), anchor="mm")
    draw.text((146, 96), "Ladograd Live", fill=(15, 20, 25), font=_font(34))
    draw.text((146, 142), "@ladograd_live", fill=(83, 100, 113), font=_font(28))
    draw.text((inset, 212), "Look who has come back to the old mast", fill=(15, 20, 25), font=_font(36))
    draw.text((inset, 262), "by the river this week!", fill=(15, 20, 25), font=_font(36))
    screen.paste(shown, (inset, 328))
    below = 328 + shown.height
    draw.text((inset, below + 24), "9:14 PM  -  18 May 2020", fill=(83, 100, 113), font=_font(28))
    draw.line((inset, below + 74, width - inset, below + 74), fill=(207, 217, 222), width=2)
    draw.text((inset, below + 90), "41 Reposts     7 Quotes     388 Likes", fill=(83, 100, 113), font=_font(28))
    return screen


def _framed(picture: Picture) -> Picture:
    return ImageOps.expand(_to_width(1000)(picture), border=40, fill=(12, 12, 12))


def _blank_card(size: tuple[int, int], shade: int) -> Callable[[], Picture]:
    """Make a flat grey card whose brightness drifts by six steps from left to right, as a photographed one does."""

    def card() -> Picture:
        drift = Image.linear_gradient("L").rotate(90).resize(size).point(lambda level: shade + level * 6 // 255)
        return drift.convert("RGB")

    return card


def _unchanged(picture: Picture) -> Picture:
    return picture


RECIPES: dict[str, Recipe] = {
    "lighthouse-vestnik.jpg": Recipe(("lighthouse.jpg",), _to_width(640), 74),
    "lighthouse-kromka.jpg": Recipe(("lighthouse.jpg",), _cropped((0.14, 0.1, 0.88, 0.92)), 66),
    "airfield-zoria.jpg": Recipe(("airfield.jpg",), _mirrored_crop, 76),
    "boat-studio.jpg": Recipe(("boat.jpg",), _campaign, 86),
    "boat-bluekite.jpg": Recipe(("boat-studio.jpg",), _to_width(600), 68),
    "railway-northgate.jpg": Recipe(("railway.jpg",), _to_width(800), 84),
    "railway-vestnik.jpg": Recipe(("railway-northgate.jpg",), _to_width(620), 72),
    "collage-ufuq.jpg": Recipe(("towers.jpg", "mountains.jpg", "street.jpg"), _collage, 80),
    "bridge-archive.jpg": Recipe(("river-bridge.jpg",), _grey_archive, 60),
    "lake-bluekite.jpg": Recipe(("lake.jpg",), _unchanged, 0, same_coding=True),
    "osprey-screenshot.jpg": Recipe(("osprey.jpg",), _screenshot, 82),
    "osprey-framed.jpg": Recipe(("osprey.jpg",), _framed, 78),
    "motocross-courier.jpg": Recipe(("motocross.jpg",), _to_width(640), 82),
    "motocross-holos.jpg": Recipe(("motocross.jpg",), _unchanged, 64),
    "hotel-ufuq.jpg": Recipe(("hotel-pool.jpg",), _channel_banner, 80),
    "skyline-ufuq.jpg": Recipe(("night-skyline.jpg",), _channel_banner, 80),
    "blank-card-herald.jpg": Recipe((), _blank_card((900, 600), 168), 85),
    "blank-card-kromka.jpg": Recipe((), _blank_card((800, 600), 196), 80),
}


def make_pictures(into: Path, bases: Path = PHOTOS) -> list[Path]:
    """Write every derived picture into a folder and list the paths, in the order of `RECIPES`.

    A source that is itself derived is taken from `into`, where it was just made; the others from `bases`.
    """
    written = []
    for name, recipe in RECIPES.items():
        paths = [(into if source in RECIPES else bases) / source for source in recipe.sources]
        if recipe.same_coding:
            if paths[0].resolve() != (into / name).resolve():
                shutil.copyfile(paths[0], into / name)
        else:
            opened = [Image.open(path).convert("RGB") for path in paths]
            recipe.make(*opened).save(into / name, quality=recipe.quality, optimize=True)
        written.append(into / name)
    return written


def embed_all(folder: Path) -> None:
    """Put the metadata of `samples/embedded.json` into the pictures of a folder that holds them, and write the sidecars."""
    for name, blocks in json.loads((SAMPLES / "embedded.json").read_text("utf-8")).items():
        path = folder / Path(name).name
        if path.suffix == ".xmp":
            path.write_text(xmp_packet(blocks["xmp"]), "utf-8")
        elif path.exists():
            path.write_bytes(embed(path.read_bytes(), blocks))


def renew_checksums() -> None:
    """Write the SHA-256 of every file into the last column of `samples/LICENCES.csv`."""
    table = SAMPLES / "LICENCES.csv"
    with table.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    for row in rows:
        row["sha256"] = hashlib.sha256((SAMPLES / row["file"]).read_bytes()).hexdigest()
    with table.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    """Read the one argument and do the work."""
    arguments = argparse.ArgumentParser(description="Make the derived sample pictures again.")
    arguments.add_argument("--into", type=Path, help="folder to write to instead of samples/photos")
    into: Path | None = arguments.parse_args().into
    if into is not None:
        into.mkdir(parents=True, exist_ok=True)
    written = make_pictures(into or PHOTOS)
    embed_all(into or PHOTOS)
    if into is None:
        renew_checksums()
    sys.stdout.write(f"{len(written)} derived pictures in {into or PHOTOS}\n")


if __name__ == "__main__":
    main()
