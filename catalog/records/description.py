"""Everything a worker found out about one file, as a value the parent has checked."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.records.descriptor import Descriptor
from catalog.records.metadata import MetadataValue


@dataclass(frozen=True, slots=True)
class Rendition:
    """Hold the decoded facts of a photo.

    `width` and `height` are oriented pixels of the full picture. `orientation` is the EXIF value 1–8. `detail` is the
    standard deviation of the reduced grey picture, 0–127.5; `is_plain` says that it is too flat to be compared by hash.
    `preview` is a JPEG of at most `PREVIEW_BOX` pixels a side made by us, empty when the picture is too large to
    preview. `frames` counts frames of animations, 1 otherwise. `recipe` is the version of the reduced decode.
    """

    recipe: int
    width: int
    height: int
    orientation: int
    frames: int
    detail: float
    is_plain: bool
    preview: bytes
    preview_width: int
    preview_height: int


@dataclass(frozen=True, slots=True)
class Description:
    """Hold what a file is and says: identity, facts, metadata, descriptors.

    `sha256` and `image_data_sha256` are lower-case hex; the second is the digest of the coded image data without
    metadata segments, None for containers whose coded data cannot be told apart. `rendition` is None when the picture is
    too large to preview (then `warnings` says so). `warnings` are stable codes.
    """

    sha256: str
    size_bytes: int
    media_type: str
    image_data_sha256: str | None
    rendition: Rendition | None
    descriptors: tuple[Descriptor, ...]
    metadata: tuple[MetadataValue, ...]
    warnings: tuple[str, ...]
