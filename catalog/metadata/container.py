"""Which metadata blocks a file holds, whatever its container."""

from __future__ import annotations

import struct
from io import BytesIO

from PIL import Image

from catalog.metadata.blocks import CONTAINER_DAMAGED, MAX_EXIF_BYTES, TOO_LARGE, Blocks, Store
from catalog.metadata.exif import READERS_DIFFER, fails_in_container
from catalog.metadata.gif import SIGNATURES as GIF_SIGNATURES
from catalog.metadata.gif import read_gif
from catalog.metadata.jpeg import SIGNATURE as JPEG_SIGNATURE
from catalog.metadata.jpeg import read_jpeg
from catalog.metadata.png import SIGNATURE as PNG_SIGNATURE
from catalog.metadata.png import read_png
from catalog.metadata.tiff import TIFF_HEADERS

MAX_RIFF_CHUNKS = 10_000
AVIF_BRANDS = (b"avif", b"avis")
# What Pillow raises on damaged AVIF containers, beside its own warning and error for pictures of too many pixels.
_PILLOW_FAULTS = (
    OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, RuntimeError, MemoryError, struct.error,
    Image.DecompressionBombError, Image.DecompressionBombWarning,
)  # fmt: skip


def find_blocks(data: bytes) -> Blocks:
    """Return the raw metadata blocks of a file, told apart by its first bytes.

    A container that is not known has no blocks. Damage becomes a warning; what was found before it is kept.
    """
    if data.startswith(JPEG_SIGNATURE):
        return read_jpeg(data)
    if data.startswith(PNG_SIGNATURE):
        return read_png(data)
    if data.startswith(GIF_SIGNATURES):
        return read_gif(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _read_webp(data)
    if data[4:8] == b"ftyp" and any(brand in data[8:64] for brand in AVIF_BRANDS):
        return _read_avif(data)
    blocks = Blocks()
    if data.startswith(TIFF_HEADERS):
        # The file is the structure: no copy, and the limits are those of the walk over its directories.
        blocks.exif.append(data)
    return blocks


def _read_webp(data: bytes) -> Blocks:
    """Walk the chunks of the RIFF container (WebP container specification, "Extended File Format")."""
    blocks = Blocks()
    place = 12
    for _ in range(MAX_RIFF_CHUNKS):
        if place >= len(data):
            return blocks
        kind, length = data[place : place + 4], int.from_bytes(data[place + 4 : place + 8], "little")
        if place + 8 + length > len(data):
            blocks.warn(CONTAINER_DAMAGED)
            return blocks
        if kind in (b"EXIF", b"XMP "):
            if length > MAX_EXIF_BYTES:
                blocks.warn(TOO_LARGE)
            else:
                add = blocks.add_exif if kind == b"EXIF" else blocks.add_xmp
                add(data[place + 8 : place + 8 + length])
        elif kind == b"C2PA":
            blocks.add_credentials(Store(data[place + 8 : place + 8 + length], ((place, place + 8 + length + length % 2),)))
        place += 8 + length + length % 2
    blocks.warn(TOO_LARGE)
    return blocks


def _read_avif(data: bytes) -> Blocks:
    blocks = Blocks()
    try:
        with Image.open(BytesIO(data), formats=("AVIF",)) as picture:
            exif, xmp = picture.info.get("exif"), picture.info.get("xmp")
    except _PILLOW_FAULTS:
        blocks.warn(CONTAINER_DAMAGED)
        return blocks
    # Its boxes are the one container that is not walked here, so a second reader is heard.
    if fails_in_container(data):
        blocks.warn(READERS_DIFFER)
    if isinstance(exif, bytes):
        blocks.add_exif(exif)
    if isinstance(xmp, bytes):
        blocks.add_xmp(xmp)
    return blocks
