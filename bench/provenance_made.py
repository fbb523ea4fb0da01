"""Make derivation graphs with known answers out of any folder of photos: what the benches of provenance need.

    python -m bench.provenance_made PHOTOS OUT [--graphs N] [--seed N] [--with-png]

A graph is one photo and copies of copies of it. Each copy is its parent's file, decoded, changed by one to three steps and saved
again. Every copy is published after its parent, three in ten without a date. With `--with-png` the first copy is a PNG of the
first file's very pixels, and what comes from these pixels comes from either by chance. Written are `truth.json` and `files/`, as
bench/provenance_graphs.py reads them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

LARGEST = 1200
UNDATED = 0.3
Step = Callable[[Image.Image, random.Random], Image.Image]


def _cropped(picture: Image.Image, chance: random.Random) -> Image.Image:
    share = chance.uniform(0.6, 0.92)
    width, height = int(picture.width * share), int(picture.height * share)
    left, top = chance.randint(0, picture.width - width), chance.randint(0, picture.height - height)
    return picture.crop((left, top, left + width, top + height))


def _shrunk(picture: Image.Image, chance: random.Random) -> Image.Image:
    scale = chance.uniform(0.5, 0.85)
    return picture.resize((round(picture.width * scale), round(picture.height * scale)), Image.Resampling.LANCZOS)


def _barred(picture: Image.Image, chance: random.Random) -> Image.Image:
    bar = max(24, picture.height // 8)
    paper, ink = chance.choice([("white", "black"), ("black", "white")])
    wider = Image.new("RGB", (picture.width, picture.height + bar), paper)
    wider.paste(picture, (0, 0))
    ImageDraw.Draw(wider).text((12, picture.height + bar // 3), "Seen this morning, nobody reports it", ink, font_size=bar // 3)
    return wider


def _stamped(picture: Image.Image, chance: random.Random) -> Image.Image:
    marked = picture.copy()
    side = max(20, min(picture.size) // 6)
    left = chance.choice([side // 4, picture.width - side - side // 4])
    draw = ImageDraw.Draw(marked)
    draw.rectangle((left, side // 4, left + side, side), fill=chance.choice(["crimson", "navy", "gold"]))
    draw.text((left + 4, side // 2), "NEWS 7", "white", font_size=max(8, side // 5))
    return marked


def _bordered(picture: Image.Image, chance: random.Random) -> Image.Image:
    return ImageOps.expand(picture, round(min(picture.size) * chance.uniform(0.03, 0.1)), "white")


def _toned(picture: Image.Image, chance: random.Random) -> Image.Image:
    kind = chance.choice([ImageEnhance.Brightness, ImageEnhance.Contrast, ImageEnhance.Color])
    return kind(picture).enhance(chance.choice([0.7, 0.8, 1.25, 1.4]))


STEPS: tuple[tuple[Step, float], ...] = (
    (lambda picture, _: picture, 3.0), (_cropped, 3.0), (_shrunk, 3.0), (_barred, 1.0), (_stamped, 1.5), (_bordered, 1.0),
    (_toned, 3.0), (lambda picture, _: picture.convert("L").convert("RGB"), 0.8),
    (lambda picture, _: ImageOps.mirror(picture), 0.8), (lambda picture, _: picture.filter(ImageFilter.GaussianBlur(0.8)), 0.4),
)  # fmt: skip


def make_graphs(
    photos: Sequence[Path],
    out: Path,
    count: int,
    seed: int = 1,
    sizes: Sequence[int] = range(3, 11),
    *,
    with_png: bool = False,
) -> list[Any]:
    """Write graphs, one photo each, and return the truth; raises ValueError when there are fewer photos than graphs."""
    if len(photos) < count:
        raise ValueError(f"{count} graphs need as many photos, and there are {len(photos)}")
    chance = random.Random(seed)
    (out / "files").mkdir(parents=True)
    chosen = enumerate(chance.sample(list(photos), count))
    truth = [
        _graph(path, out / "files", f"graph-{number:03d}", chance.choice(sizes), chance, with_png=with_png)
        for number, path in chosen
    ]
    (out / "truth.json").write_text(json.dumps(truth, indent=1), "utf-8")
    return truth


def _graph(photo: Path, files: Path, name: str, size: int, chance: random.Random, *, with_png: bool) -> dict[str, Any]:
    with Image.open(photo) as opened:
        picture = ImageOps.exif_transpose(opened).convert("RGB")
    picture.thumbnail((LARGEST, LARGEST), Image.Resampling.LANCZOS)
    start = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(hours=chance.randrange(30_000))
    pictures, times, edges = [_kept(picture, chance.choice([92, 95]))], [start], []
    if with_png:
        pictures.append(_lossless(pictures[0]))
        times.append(start + timedelta(hours=1 + int(chance.expovariate(1 / 100))))
        edges.append((0, 1))
    while len(pictures) < size:
        parent = chance.randrange(len(pictures))
        with Image.open(BytesIO(pictures[parent])) as opened:
            changed = opened.convert("RGB")
        for step, _ in chance.choices(STEPS, [weight for _, weight in STEPS], k=chance.choice([1, 1, 2, 2, 3])):
            if min(changed.size) >= 240 or step not in (_cropped, _shrunk):
                changed = step(changed, chance)
        data = _kept(changed, chance.choice([50, 60, 70, 75, 80, 85, 90]))
        if data not in pictures:
            edges.append((parent, len(pictures)))
            pictures.append(data)
            times.append(times[parent] + timedelta(hours=1 + int(chance.expovariate(1 / 100))))
    ids = [hashlib.sha256(f"{name}:{number}".encode()).hexdigest()[:12] for number in range(size)]
    names = [f"{node}.png" if with_png and number == 1 else f"{node}.jpg" for number, node in enumerate(ids)]
    for file, data in zip(names, pictures, strict=True):
        (files / file).write_bytes(data)
    shown = [None if chance.random() < UNDATED else time.strftime("%Y-%m-%dT%H:%M:%S") for time in times]
    nodes = [{"id": node, "file": file, "published": date} for node, file, date in zip(ids, names, shown, strict=True)]
    made = [[ids[parent], ids[child]] for parent, child in edges]
    return {"graph": name, "nodes": nodes, "edges": made, "root": ids[0], "donors": []}


def _kept(picture: Image.Image, quality: int) -> bytes:
    target = BytesIO()
    picture.save(target, "JPEG", quality=quality)
    return target.getvalue()


def _lossless(jpeg: bytes) -> bytes:
    target = BytesIO()
    with Image.open(BytesIO(jpeg)) as opened:
        opened.convert("RGB").save(target, "PNG")
    return target.getvalue()


def main() -> None:
    """Read the arguments and make graphs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("photos", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--graphs", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--with-png", action="store_true")
    asked = parser.parse_args()
    photos = sorted(path for path in asked.photos.rglob("*") if path.suffix.lower() in {".jpg", ".jpeg", ".png"})
    truth = make_graphs(photos, asked.out, asked.graphs, asked.seed, with_png=asked.with_png)
    print(f"{len(truth)} graphs, {sum(len(one['nodes']) for one in truth)} photos in {asked.out}")


if __name__ == "__main__":
    main()
