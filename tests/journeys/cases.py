"""Documented cases of pictures used falsely, and honest ones, retold: invented outlets, captions rewritten, licensed pictures.

Each case keeps the structure of what happened and the languages it happened in; no outlet, photographer or picture is that of the
case. `cases_seen.csv` holds who showed which photo and what they said; `cases_findings.csv` the findings that each case must
yield, written down before the first run.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw, ImageOps

from tests.conftest import SAMPLES

WIDTH = 560  # pixels: small enough to be quick, large enough for points to be found
Change = Callable[[Image.Image], Image.Image]


def whole(picture: Image.Image) -> Image.Image:
    """Scale a sample to the size of the cases."""
    return picture.resize((WIDTH, round(picture.height * WIDTH / picture.width)), Image.Resampling.LANCZOS)


def smaller(picture: Image.Image) -> Image.Image:
    """Scale as a site does."""
    return picture.resize((picture.width * 4 // 5, picture.height * 4 // 5), Image.Resampling.LANCZOS)


def cut(left: float, top: float, right: float, bottom: float) -> Callable[[Image.Image], Image.Image]:
    """Cut out a box, given as shares of the picture."""
    return lambda picture: picture.crop(
        (int(left * picture.width), int(top * picture.height), int(right * picture.width), int(bottom * picture.height))
    )


def with_bar(picture: Image.Image) -> Image.Image:
    """Put a bar with words under a picture, as a game does with its disclaimer."""
    bar = Image.new("RGB", (picture.width, picture.height + 36), "black")
    bar.paste(picture, (0, 0))
    ImageDraw.Draw(bar).text(
        (12, picture.height + 12), "DEVELOPMENT FOOTAGE. WORK IN PROGRESS. ALL CONTENT SUBJECT TO CHANGE", "white"
    )
    return bar


def with_poster(picture: Image.Image) -> Image.Image:
    """Lay words and a mark over a picture, as a campaign poster does."""
    poster = picture.copy()
    draw = ImageDraw.Draw(poster)
    height = poster.height
    draw.rectangle((0, int(height * 0.8), poster.width, height), fill=(200, 30, 40))
    draw.text((20, int(height * 0.85)), "THE WORLD LOOKS AWAY   -   STUDIO KESTREL", "white")
    return poster


def with_name(picture: Image.Image) -> Image.Image:
    """Write a photographer's name into the corner."""
    signed = picture.copy()
    ImageDraw.Draw(signed).text((signed.width - 120, signed.height - 20), "T. BURIAK 2016", "white")
    return signed


def mirrored(picture: Image.Image) -> Image.Image:
    """Cut a picture and exchange left and right."""
    return ImageOps.mirror(cut(0.12, 0.1, 0.9, 0.95)(picture))


def grey(picture: Image.Image) -> Image.Image:
    """Take the colour out."""
    return ImageOps.grayscale(picture).convert("RGB")


def cloned(picture: Image.Image) -> Image.Image:
    """Copy a part of a picture onto another place in it: an edit inside the picture, which no rule of ours names."""
    edited = picture.copy()
    w, h = edited.size
    edited.paste(edited.crop((w // 8, h // 4, w // 4, h // 2)), (w // 2, h // 4))
    return edited


# Of each case: a photo's name, the sample or the photos of the case it is made from, and what is done to it.
PHOTOS: dict[str, tuple[tuple[str, str, Change], ...]] = {
    "game-frame": (
        ("frame", "sample:helicopter", with_bar),
        ("proof", "frame", lambda picture: smaller(cut(0.06, 0.05, 0.94, 0.9)(picture))),
        ("column", "sample:airfield", whole),
        ("column-ru", "column", smaller),
    ),
    "strikes": (
        ("site", "sample:desert-ridge", whole),
        ("site-check", "site", smaller),
        ("camp", "sample:winter-shore", whole),
        ("camp-check", "camp", smaller),
    ),
    "nine-years-old": (("shroud", "sample:street", whole), ("shroud-site", "shroud", smaller)),
    "poster": (("girl", "sample:red-door", whole), ("poster", "girl", with_poster), ("shared", "poster", smaller)),
    "volunteer-album": (
        ("farewell", "sample:shirts-frame-1", lambda picture: with_name(whole(picture))),
        ("sibling", "sample:shirts-frame-2", lambda picture: with_name(whole(picture))),
        ("again", "farewell", smaller),
    ),
    "square": (("square", "sample:church-square", whole), ("square-cut", "square", cut(0.15, 0.1, 0.95, 0.9))),
    "five-captions": (
        ("vigil", "sample:garden-table", whole),
        ("vigil-b", "vigil", smaller),
        ("vigil-c", "vigil", cut(0.04, 0.03, 0.97, 0.98)),
        ("vigil-d", "vigil-b", cut(0.02, 0.02, 0.98, 0.98)),
        ("vigil-e", "vigil", grey),
    ),
    "another-war": (("dawn", "sample:dusk-hills", whole), ("dawn-post", "dawn", smaller)),
    "burning-planes": (
        ("blaze", "sample:sunset-field", whole),
        ("blaze-b", "blaze", smaller),
        ("blaze-c", "blaze-b", cut(0.03, 0.03, 0.97, 0.97)),
        ("blaze-d", "blaze-b", cut(0.1, 0.05, 0.95, 0.9)),
    ),
    "fourth-missile": (("three", "sample:towers", whole), ("four", "three", cloned), ("four-wire", "four", smaller)),
    "cloned-smoke": (("smoke", "sample:night-skyline", whole), ("smoke-edit", "smoke", cloned)),
    "between-graves": (
        ("graves", "sample:stone-house", whole),
        ("graves-grey", "graves", grey),
        ("graves-post", "graves-grey", smaller),
    ),
    "night-protest": (("protest", "sample:night-shop", whole), ("protest-mirror", "protest", mirrored)),
    "three-on-one-sheet": (
        ("market", "sample:concert", whole),
        ("gunship", "sample:schooner", whole),
        ("blast", "sample:fog-car-park", whole),
        ("sheet", "market+gunship+blast", whole),
    ),
    "dossier": (("bridge", "sample:river-bridge", whole), ("bridge-dossier", "bridge", smaller)),
    "two-fires": (("fire-a", "sample:night-facade", whole), ("fire-b", "sample:evening-street", whole)),
}


def rows_of(name: str) -> list[dict[str, str]]:
    """Return the rows of a table beside this file."""
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_cases(folder: Path) -> Path:
    """Make the pictures of all cases in a folder, and the manifest that tells who showed them; return the manifest."""
    for case, photos in PHOTOS.items():
        made: dict[str, Image.Image] = {}
        for number, (name, source, change) in enumerate(photos):
            made[name] = change(_source(source, made))
            made[name].save(folder / f"{case}-{name}.jpg", quality=92 - 4 * number)
    languages = [f"caption.{language}" for language in ("en", "ru", "uk", "ar", "es", "fr")]
    columns = ["file", *languages, "credit_line", "publisher", "url", "published_at", "date_created"]
    with (folder / "manifest.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, columns, restval="")
        rows.writeheader()
        for seen in rows_of("cases_seen.csv"):
            kept = {name: seen[name] for name in ("credit_line", "publisher", "published_at", "date_created")}
            rows.writerow(
                {
                    **kept,
                    "file": f"{seen['case']}-{seen['photo']}.jpg",
                    f"caption.{seen['language']}": seen["caption"],
                    "url": f"https://{seen['case']}.example/{seen['label']}",
                }
            )
    return folder / "manifest.csv"


def _source(source: str, made: dict[str, Image.Image]) -> Image.Image:
    if source.startswith("sample:"):
        with Image.open(SAMPLES / "photos" / f"{source.removeprefix('sample:')}.jpg") as picture:
            return whole(picture.convert("RGB"))
    parts = [made[name] for name in source.split("+")]
    if len(parts) == 1:
        return parts[0]
    sheet = Image.new("RGB", (WIDTH, sum(part.height for part in parts) + 8 * (len(parts) - 1)), "white")
    top = 0
    for part in parts:
        sheet.paste(part, (0, top))
        top += part.height + 8
    return sheet
