"""Rows of letters set in free fonts, on photos and saved badly, and rows of other marks found in photos."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from catalog.provenance.row_reading import MARGIN, TALL, WINDOW, columns_of
from catalog.provenance.text_rows import TextRow, find_rows, strip_map
from catalog.provenance.views import View, sample, view_of
from tests.conftest import SAMPLES

CAPTIONS: Final = SAMPLES.parent / "catalog" / "captions"
# Letters that a font must have to be used for a script; what other scripts are made of, which are to be left unread.
READ: Final = {"latin": "RabeGs", "cyrillic": "ЖяДю", "arabic": "عربج"}
UNREAD: Final = {
    "hebrew": "אבגדהוזחטיכלמנסעפצקרשת",
    "thai": "กขคงจฉชซญฐณดตถทธนบปผพฟภมยรลวศสหอฮ",
    "devanagari": "अआइईउऊएकखगघचछजझटठडढतथदधनपफबभमयरलवशसह",
    "georgian": "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
    "han": "的一是不了人我在有他这中大来上国个到说们地出道也时年就那要下以生会自着去之过家学对可里后小",
    "signs": "★●■◆▲▼→←+×÷=~#%&@*|/_<>[]{}()",
}
SHARES: Final = {"latin": 0.40, "cyrillic": 0.27, "arabic": 0.22, "unread": 0.11}
# Samples that show letters are no place to learn from what no letters are.
WITH_LETTERS: Final = (
    "road-sign", "viewpoint-sign", "street", "night-shop", "notebook", "tower-block",
    "hotel-", "old-harbour", "osprey-screenshot", "osprey-framed", "blank-card", "airfield",
    "motocross", "railway", "boat-", "shirts-", "concert", "whale-hall",
    "night-facade", "collage-", "night-skyline", "ferry", "towers", "tower-bridge",
    "river-bridge", "bridge-archive", "lake-bluekite", "lighthouse-kromka", "lighthouse-vestnik", "skyline-ufuq",
    "church-square", "helicopter", "schooner", "standin-",
)  # fmt: skip
MOST_COLUMNS: Final = 44
# The share of pieces without letters over which rows of one repeated mark are laid.
REPEATED: Final = 0.25
FILTERS: Final = (Image.Resampling.LANCZOS, Image.Resampling.BILINEAR, Image.Resampling.BICUBIC)
Columns = NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class MadeRow:
    """Hold a row's columns and the script of its letters, None where it holds none that are to be read."""

    columns: Columns
    script: str | None


def words() -> dict[str, list[str]]:
    """Return words by script: those that the catalogue knows in four languages."""
    found: dict[str, set[str]] = {"latin": set(), "cyrillic": set(), "arabic": set()}
    for path in sorted(CAPTIONS.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as opened:
            for row in csv.DictReader(opened):
                for column, script in (("en", "latin"), ("ru", "cyrillic"), ("uk", "cyrillic"), ("ar", "arabic")):
                    found[script].update(word for word in (row.get(column) or "").split("|") if word.strip())
    return {script: sorted(each) for script, each in found.items()}


def fonts_by_script(paths: Sequence[Path]) -> dict[str, list[str]]:
    """Return font files by the scripts that they have letters for."""
    wanted = {**READ, **UNREAD}
    found: dict[str, list[str]] = {script: [] for script in wanted}
    for path in sorted(paths):
        if any(word in path.name.lower() for word in ("emoji", "symbol", "dingbat", "music", "math")):
            continue
        font = ImageFont.truetype(str(path), 20)
        nothing = bytes(font.getmask("\uffff"))
        for script, letters in wanted.items():
            shapes = [bytes(font.getmask(letter)) for letter in letters[:12]]
            if nothing not in shapes and b"" not in shapes and len(set(shapes)) > len(shapes) // 2:
                found[script].append(str(path))
    return found


def plain_photos() -> list[Path]:
    """Return the samples that show no letters."""
    paths = sorted((SAMPLES / "photos").glob("*.jpg"))
    return [path for path in paths if not any(path.name.startswith(name) for name in WITH_LETTERS)]


class Maker:
    """Make rows, the same for the same seed."""

    def __init__(self, seed: int, fonts: Mapping[str, Sequence[str]]) -> None:
        self._chance = random.Random(seed)
        self._noise = np.random.default_rng(seed)
        self._fonts, self._words, self._photos = fonts, words(), plain_photos()

    def lines(self, count: int) -> Iterator[MadeRow]:
        """Set so many lines of letters and cut them out a little wrongly, as finding does; every twelfth on its head."""
        made = 0
        while made < count:
            row = self._line()
            if row is not None:
                made += 1
                yield row

    def others(self, count: int) -> Iterator[MadeRow]:
        """Find rows in so many pictures without letters: pieces of the samples, as they are and mirrored, saved badly."""
        for _ in range(count):
            with Image.open(self._chance.choice(self._photos)) as opened:
                photo = opened.convert("L")
            share = self._chance.uniform(0.4, 1)
            width, height = int(photo.width * share), int(photo.height * share)
            left, top = self._chance.randint(0, photo.width - width), self._chance.randint(0, photo.height - height)
            grown = (self._chance.uniform(100e3, 500e3) / (width * height)) ** 0.5
            size = (int(width * grown), int(height * grown))
            piece = photo.resize(size, self._chance.choice(FILTERS), (left, top, left + width, top + height))
            if self._chance.random() < 0.5:
                piece = piece.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
            if self._chance.random() < REPEATED:
                self._repeat(piece)
            view = _view(self._worn(piece))
            for row in find_rows(view):
                made = self._cut(view, row, 0.0, None)
                if made is not None:
                    yield made

    def _repeat(self, piece: Image.Image) -> None:
        """Lay rows of one mark, cut out of the piece itself, over it: fences, knitting and windows say one thing many times."""
        for _ in range(6):
            width, height = self._chance.randint(8, 40), self._chance.randint(10, 48)
            left, top = self._chance.randint(0, piece.width - width), self._chance.randint(0, piece.height - height)
            mark = piece.crop((left, top, left + width, top + height))
            gap, across, down = (
                self._chance.randint(0, width // 2),
                self._chance.randint(0, piece.width // 2),
                self._chance.randint(0, piece.height - height),
            )
            for at in range(across, min(piece.width, across + self._chance.randint(4, 16) * (width + gap)), width + gap):
                piece.paste(mark, (at, down))

    def _line(self) -> MadeRow | None:
        chance = self._chance
        script = chance.choices(list(SHARES), list(SHARES.values()))[0]
        script = chance.choice(list(UNREAD)) if script == "unread" else script
        if not self._fonts[script]:
            return None
        size = chance.choice((16, 20, 24, 30, 40, 56))
        font = _font(chance.choice(self._fonts[script]), size)
        text = self._text(script)
        left, top, right, bottom = font.getbbox(text)
        width, height = int(right - left), int(bottom - top)
        if width < 1.2 * height or height < 6 or width > 1500:
            return None
        full = (width + 2 * size, height + 2 * size)
        letters = Image.new("L", full, 0)
        stroke = chance.choice((0, 0, 0, 0, max(1, size // 30)))
        ImageDraw.Draw(letters).text((size - left, size - top), text, 255, font=font, stroke_width=stroke)
        picture = self._ground(full)
        under = float(np.asarray(picture, np.float32)[size:-size, size:-size].mean())
        ink = chance.randint(0, 255)
        if abs(ink - under) < 45:
            ink = int(np.clip(under + chance.uniform(45, 160) * (1 if under < 128 else -1), 0, 255))
        if chance.random() < 0.15:
            picture.paste(0 if ink > 128 else 255, (max(1, size // 20), max(1, size // 20)), letters)
        strength = chance.uniform(0.6, 1)
        picture.paste(ink, (0, 0), letters.point([int(level * strength) for level in range(256)]))
        zoom, squeeze = min(1.3, chance.uniform(9, 40) / height), float(np.exp(chance.gauss(0, 0.15)))
        seen = (max(8, int(full[0] * zoom * squeeze)), max(8, int(full[1] * zoom)))
        view = _view(self._worn(picture.resize(seen, chance.choice(FILTERS))))
        return self._cut(view, self._found_row(seen, full, (width, height), is_dark=ink < under), chance.gauss(0, 0.08),
            script if script in READ else None, on_head=chance.random() < 1 / 12,
        )  # fmt: skip

    def _found_row(self, seen: tuple[int, int], full: tuple[int, int], text: tuple[int, int], *, is_dark: bool) -> TextRow:
        """Return the row of a line in the middle of a picture as finding gives it: a little turned, moved, of other height."""
        wide, high = seen[0] * text[0] / full[0], seen[1] * text[1] / full[1]
        slope = float(np.tan(np.radians(self._chance.gauss(0, 2))))
        middle = seen[1] / 2 + self._chance.gauss(0, 0.06) * high
        tall = high * float(np.exp(self._chance.gauss(-0.05, 0.15)))
        return TextRow((seen[0] / 2 - wide / 2, middle - slope * wide / 2), (wide, slope * wide), tall, is_dark, len("row"))

    def _text(self, script: str) -> str:
        chance = self._chance
        if script not in self._words:
            return "".join(chance.choice(UNREAD[script]) for _ in range(chance.randint(3, 12)))
        text = " ".join(chance.choice(self._words[script]) for _ in range(chance.choice((1, 1, 2))))
        if script != "arabic":
            if chance.random() < 0.1:
                text = " ".join(text[:12])
            case = chance.random()
            text = text.upper() if case < 0.42 else text.title() if case < 0.6 else text
            if chance.random() < 0.12:
                text += f" {chance.randint(1, 9999)}"
            if chance.random() < 0.05:
                text = "".join(chance.choice("ABCDEFGHKLMNPRSTUVWXYZ0123456789-") for _ in range(chance.randint(4, 9)))
        return text[: chance.randint(4, 34)]

    def _ground(self, size: tuple[int, int]) -> Image.Image:
        plain = Image.new("L", size, self._chance.randint(0, 255))
        kind = self._chance.random()
        if kind < 0.33:
            return plain
        photo, zoom = _grey(str(self._chance.choice(self._photos))), self._chance.uniform(0.5, 2.5)
        width, height = (max(4, min(most, int(side / zoom))) for most, side in zip(photo.size, size, strict=True))
        left, top = self._chance.randint(0, photo.width - width), self._chance.randint(0, photo.height - height)
        piece = photo.resize(size, Image.Resampling.BILINEAR, (left, top, left + width, top + height))
        return piece if kind > 0.55 else Image.blend(plain, piece, self._chance.uniform(0.05, 0.4))

    def _worn(self, picture: Image.Image) -> Image.Image:
        """Blur a picture, add noise and save it as JPEG, each of them mostly."""
        if self._chance.random() < 0.5:
            picture = picture.filter(ImageFilter.GaussianBlur(self._chance.uniform(0.3, 1.3)))
        if self._chance.random() < 0.5:
            noise = self._noise.normal(0, self._chance.uniform(1, 12), (picture.height, picture.width))
            picture = Image.fromarray((np.asarray(picture, np.float32) + noise).clip(0, 255).astype(np.uint8))
        if self._chance.random() < 0.8:
            target = BytesIO()
            picture.save(target, "JPEG", quality=self._chance.randint(35, 95))
            picture = Image.open(target).convert("L")
        return picture

    def _cut(self, view: View, row: TextRow, lean: float, script: str | None, *, on_head: bool = False) -> MadeRow | None:
        to_picture, wide = strip_map(row, TALL, MARGIN)
        to_picture = to_picture @ np.array([[1, lean, -lean * TALL / 2], [0, 1, 0], [0, 0, 1.0]])
        if on_head:
            to_picture = to_picture @ np.array([[-1, 0, wide - 1.0], [0, -1, TALL - 1.0], [0, 0, 1]])
        columns = columns_of(sample(view, to_picture, TALL, wide)[0][0], is_dark=row.is_dark)
        if len(columns) < WINDOW:
            return None
        start = self._chance.randint(0, max(0, len(columns) - MOST_COLUMNS))
        return MadeRow(columns[start : start + MOST_COLUMNS].astype(np.float16), None if on_head else script)


def _view(picture: Image.Image) -> View:
    grey = np.asarray(picture.convert("L"))
    return view_of(np.repeat(grey[..., None], 3, 2), picture.width, picture.height, planes=1)


@cache
def _font(path: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size)


@cache
def _grey(path: str) -> Image.Image:
    with Image.open(path) as opened:
        opened.thumbnail((900, 900))
        return opened.convert("L")
