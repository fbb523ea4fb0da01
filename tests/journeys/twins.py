"""Every finding as a story and its honest twin: the same pictures or nearly, the same outlets, one thing told otherwise.

The stories follow the documented cases of `cases.py`: invented outlets, licensed pictures. `twins.csv` says who showed which
photo and what they said, in the story, in the twin, or in both.
"""

from __future__ import annotations

import csv
from pathlib import Path

from PIL import Image, ImageOps

from tests.conftest import SAMPLES
from tests.journeys.cases import Change, cut, grey, mirrored, rows_of, smaller, whole

TOLD = ("story", "twin")
# What a camera wrote into the originals of these rules: Exif's date of taking.
TAKEN = {"camera_date_after_publication": "2022:03:01 10:00:00", "date_before_camera_date": "2018:06:05 10:00:00"}
_DATE_TAKEN, _CAMERA_FIELDS = 0x9003, 0x8769


def untouched(picture: Image.Image) -> Image.Image:
    """Leave a picture as it is."""
    return picture


def framed_below(picture: Image.Image) -> Image.Image:
    """Put a plain white bar under a picture."""
    return ImageOps.expand(whole(picture), (0, 0, 0, 48), "white")


def poor(picture: Image.Image) -> Image.Image:
    """Take size and colour: no date outweighs what such a copy has lost."""
    return grey(smaller(smaller(picture)))


def without_bar(picture: Image.Image) -> Image.Image:
    """Cut off the bar that `framed_below` put there, and lose what a poor copy loses."""
    return poor(picture.crop((0, 0, picture.width, picture.height - 48)))


# Of each rule: the sample, what the first photo is of it, and what the second is of the first, in the story and in the twin.
PICTURES: dict[str, tuple[str, Change, Change, Change]] = {
    "credited_source_never_seen_publishing": ("airfield", whole, smaller, smaller),
    "credited_source_seen_only_later": ("amphitheatre", whole, smaller, smaller),
    "circular_credit": ("autumn-alley", whole, smaller, smaller),
    "credit_dropped": ("beach-walk", whole, smaller, smaller),
    "credit_changed": ("street", whole, smaller, smaller),
    "credit_upgraded": ("butterfly", whole, smaller, smaller),
    "credit_statements_disagree": ("cat-in-chair", whole, smaller, smaller),
    "copy_seen_before_original": ("church-square", whole, poor, poor),
    "shown_before_date_claimed": ("concert", whole, smaller, smaller),
    "camera_date_after_publication": ("cyclamen", whole, smaller, smaller),
    "mirrored": ("night-shop", whole, mirrored, cut(0.12, 0.1, 0.9, 0.95)),
    "cropped_away_mark": ("garden-table", framed_below, without_bar, smaller),
    "date_conflict": ("fog-car-park", whole, grey, grey),
    "same_scene_used_as_other_event": ("shirts-frame-1", untouched, untouched, untouched),
    "official_first_publisher_not_origin": ("osprey", whole, cut(0.1, 0.1, 0.9, 0.9), cut(0.1, 0.1, 0.9, 0.9)),
    "missing_intermediate": ("lake", cut(0.0, 0.0, 0.75, 1.0), cut(0.0, 0.0, 1.0, 1.0), cut(0.2, 0.0, 1.0, 1.0)),
    "place_conflict": ("railway", whole, smaller, smaller),
    "actor_conflict": ("red-door", whole, smaller, smaller),
    "count_conflict": ("river-bridge", whole, smaller, smaller),
    "today_republished": ("schooner", whole, smaller, smaller),
    "date_before_camera_date": ("towers", whole, smaller, smaller),
}


def write_twins(folder: Path, told: str) -> Path:
    """Make the pictures of all stories, or of all twins, in a folder, and the manifest that tells who showed them; return it."""
    for rule, (sample, first, in_story, in_twin) in PICTURES.items():
        with Image.open(SAMPLES / "photos" / f"{sample}.jpg") as opened:
            picture = opened.convert("RGB")
        original = first(picture)
        _save(original, folder / f"{rule}-first.jpg", 92, TAKEN.get(rule))
        change = in_story if told == "story" else in_twin
        # Two crops of one picture that is not held: the second is cut from the picture, not from the first crop.
        source = whole(picture) if rule == "missing_intermediate" else original
        _save(_second(rule, told, source, change), folder / f"{rule}-second.jpg", 84, None)
    columns = ["file", "caption.en", "credit_line", "publisher", "published_at", "date_created", "url"]
    with (folder / "manifest.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, columns, restval="")
        rows.writeheader()
        for number, seen in enumerate(rows_of("twins.csv")):
            if seen["told"] in (told, "both"):
                kept = {name: seen[name] for name in ("credit_line", "publisher", "published_at", "date_created")}
                name = f"{seen['rule']}-{seen['photo']}.jpg"
                rows.writerow({**kept, "file": name, "caption.en": seen["caption"], "url": f"https://twins.example/{number}"})
    return folder / "manifest.csv"


def _second(rule: str, told: str, source: Image.Image, change: Change) -> Image.Image:
    if rule == "missing_intermediate":
        # In the story each of the two shows a side that the other lacks; the twin's second crop lies inside the first.
        box = (0.3, 0.05, 1.0, 1.0) if told == "story" else (0.05, 0.1, 0.7, 0.95)
        return cut(*box)(source)
    if rule == "same_scene_used_as_other_event":
        with Image.open(SAMPLES / "photos" / "shirts-frame-2.jpg") as opened:
            return opened.convert("RGB")
    return change(source)


def _save(picture: Image.Image, path: Path, quality: int, taken: str | None) -> None:
    exif = Image.Exif()
    if taken is not None:
        exif.get_ifd(_CAMERA_FIELDS)[_DATE_TAKEN] = taken
    picture.save(path, quality=quality, exif=exif)
