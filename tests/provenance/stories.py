"""Photos, publications and verifications for the tests of this room, made in code."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from catalog.imaging import encode_preview, reduce_picture
from catalog.provenance.traces import read_traces
from catalog.records.match import Overlap, Verification
from catalog.records.partial_date import PartialDate
from catalog.records.traces import CaptionDisagreement, CreditedSource, StatedFacts, TracedPhoto, TracedPublication


def scene(seed: int = 1, size: tuple[int, int] = (480, 360)) -> Image.Image:
    """Draw a picture with the soft and hard structure of a photo, from a seed."""
    numbers = np.random.default_rng(seed)
    width, height = size
    pixels: NDArray[np.float64] = np.zeros((height, width, 3))
    for side in (3, 6, 12, 24, 48, 96):
        patch = Image.fromarray(numbers.integers(0, 256, (side * height // width + 1, side, 3), np.uint8))
        pixels += (np.asarray(patch.resize(size, Image.Resampling.BICUBIC), np.float64) - 128) * 1.6 / np.sqrt(side)
    pixels += 128 + numbers.normal(0, 3, pixels.shape)
    picture = Image.fromarray(pixels.clip(0, 255).astype(np.uint8))
    draw = ImageDraw.Draw(picture)
    for _ in range(25):
        x, y, w, h = (int(numbers.integers(0, limit)) for limit in (width, height, width // 5, height // 5))
        draw.rectangle((x, y, x + w, y + h), fill=tuple(int(level) for level in numbers.integers(20, 236, 3)))
    return picture.filter(ImageFilter.GaussianBlur(0.6))


def saved(picture: Image.Image, quality: int = 90) -> bytes:
    """Save as JPEG."""
    target = BytesIO()
    picture.save(target, "JPEG", quality=quality)
    return target.getvalue()


def opened(data: bytes) -> Image.Image:
    """Open what was saved."""
    return Image.open(BytesIO(data)).convert("RGB")


def traced(
    data: bytes,
    order: int,
    *publications: TracedPublication,
    facts: StatedFacts | None = None,
) -> TracedPhoto:
    """Describe a file as the import does."""
    picture = reduce_picture(data)
    preview = encode_preview(picture)
    return TracedPhoto(
        sha256=hashlib.sha256(data).hexdigest(), stored_order=order, width=picture.width, height=picture.height,
        size_bytes=len(data), media_type=picture.media_type, traces=read_traces(data, picture), facts=facts or StatedFacts(),
        publications=publications, preview=lambda: preview,
    )  # fmt: skip


def bare(name: str, order: int, *publications: TracedPublication, facts: StatedFacts | None = None) -> TracedPhoto:
    """Describe a photo nobody can look at: for rules that need publications only."""
    return TracedPhoto(
        sha256=hashlib.sha256(name.encode()).hexdigest(), stored_order=order, width=640, height=480, size_bytes=1000,
        media_type="image/jpeg", traces=None, facts=facts or StatedFacts(), publications=publications, preview=bytes,
    )  # fmt: skip


def shown(
    name: str,
    publisher: str | None = None,
    at: str | None = None,
    *,
    credits: tuple[tuple[str, str], ...] = (),
    flags: tuple[str, ...] = (),
    kind: str | None = None,
    created: str | None = None,
    events: tuple[str, ...] = (),
    places: tuple[str, ...] = (),
    today: str | None = None,
    against: tuple[tuple[str, str, str, str], ...] = (),
) -> TracedPublication:
    """Describe one publication; `credits` are (role, name) pairs, source ids are lower-case names."""
    return TracedPublication(
        id=name, publisher=publisher.lower() if publisher else None, publisher_name=publisher, publisher_kind=kind,
        published_at=PartialDate.parse(at, "UTC") if at else None,
        date_created=PartialDate.parse(created, "UTC") if created else None,
        credits=tuple(CreditedSource(role, who.lower(), who) for role, who in credits), flags=flags,
        event_dates=tuple(PartialDate.parse(text, "UTC") for text in events), places=places, says_today=today,
        disagreements=tuple(CaptionDisagreement(*said) for said in against),
    )  # fmt: skip


def verified(
    query: TracedPhoto,
    reference: TracedPhoto,
    transform: NDArray[np.float64] | None = None,
    *,
    relation: str = "copy",
    state: str = "accepted",
    changes: tuple[str, ...] = (),
) -> Verification:
    """Accept a pair; `transform` maps the query's pixels to the reference's."""
    return Verification(
        query=query.sha256, reference=reference.sha256, relation=relation, state=state, score=0.9, changes=changes,
        transform=None if transform is None else tuple(float(number) for number in transform.ravel()),
        overlap=Overlap(0.9, 0.9) if transform is not None else None, box=None, rung="local", version=1,
        threshold_suggest=0.3, threshold_accept=0.6,
    )  # fmt: skip


def scaled(source: tuple[int, int], target: tuple[int, int], x: float = 0.0, y: float = 0.0) -> NDArray[np.float64]:
    """Map pixels of a picture of one size, less an offset, to those of another size, centre to centre."""
    across, down = target[0] / source[0], target[1] / source[1]
    return np.array([[across, 0, (0.5 - x) * across - 0.5], [0, down, (0.5 - y) * down - 0.5], [0, 0, 1.0]])


Step = Callable[[Image.Image], tuple[Image.Image, NDArray[np.float64]]]


def halved(picture: Image.Image) -> tuple[Image.Image, NDArray[np.float64]]:
    """Shrink to half."""
    size = (picture.width // 2, picture.height // 2)
    return picture.resize(size, Image.Resampling.LANCZOS), scaled(picture.size, size)


def cropped(picture: Image.Image) -> tuple[Image.Image, NDArray[np.float64]]:
    """Cut a quarter off the right and the bottom, a little off the left."""
    width, height = picture.width * 3 // 4, picture.height * 3 // 4
    return picture.crop((11, 7, width, height)), np.array([[1, 0, -11], [0, 1, -7], [0, 0, 1.0]])


def mirrored(picture: Image.Image) -> tuple[Image.Image, NDArray[np.float64]]:
    """Exchange left and right."""
    return ImageOps.mirror(picture), np.array([[-1, 0, picture.width - 1], [0, 1, 0], [0, 0, 1.0]])


def greyed(picture: Image.Image) -> tuple[Image.Image, NDArray[np.float64]]:
    """Take the colour away."""
    return picture.convert("L").convert("RGB"), np.eye(3)


def barred(picture: Image.Image) -> tuple[Image.Image, NDArray[np.float64]]:
    """Add a white caption bar below."""
    bar = picture.height // 6
    wider = Image.new("RGB", (picture.width, picture.height + bar), (255, 255, 255))
    wider.paste(picture, (0, 0))
    ImageDraw.Draw(wider).text((20, picture.height + bar // 3), "Share before they delete this", (0, 0, 0))
    return wider, np.eye(3)


def stamped(picture: Image.Image) -> tuple[Image.Image, NDArray[np.float64]]:
    """Lay a logo over the corner."""
    marked = picture.copy()
    draw = ImageDraw.Draw(marked)
    draw.rectangle((20, 20, 120, 70), fill=(200, 30, 40))
    draw.ellipse((28, 28, 60, 62), fill=(255, 255, 255))
    return marked, np.eye(3)


STEPS: dict[str, Step] = {
    "halved": halved, "cropped": cropped, "mirrored": mirrored, "greyed": greyed, "barred": barred, "stamped": stamped,
}  # fmt: skip
