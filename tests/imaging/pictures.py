"""Pictures made in code for the tests of this room."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import numpy as np
from PIL import Image


def photo_like(width: int, height: int, seed: int = 1) -> Image.Image:
    """Make a picture with gradients, edges and grain, the same for the same seed."""
    random = np.random.default_rng(seed)
    small = random.integers(0, 256, (8, 12, 3), dtype=np.uint8)
    smooth = Image.fromarray(small).resize((width, height), Image.Resampling.BICUBIC)
    grain = random.normal(0, 4, (height, width, 1))
    return Image.fromarray(np.clip(np.asarray(smooth, dtype=np.float64) + grain, 0, 255).astype(np.uint8))


def encoded(picture: Image.Image, name: str, **options: object) -> bytes:
    """Encode a picture in one of Pillow's formats."""
    target = BytesIO()
    picture.save(target, name, **options)
    return target.getvalue()


def segment(marker: int, payload: bytes) -> bytes:
    """Make one JPEG segment."""
    return b"\xff" + bytes((marker,)) + struct.pack(">H", len(payload) + 2) + payload


def png_chunk(name: bytes, payload: bytes) -> bytes:
    """Make one PNG chunk with its checksum."""
    return struct.pack(">I", len(payload)) + name + payload + struct.pack(">I", zlib.crc32(name + payload))


def png_file(picture: Image.Image, extra: bytes = b"", cut: int | None = None) -> bytes:
    """Make an RGB PNG by hand, with chunks before the stream, the stream cut into chunks of `cut` bytes."""
    rows = np.asarray(picture.convert("RGB"))
    stream = zlib.compress(b"".join(b"\x00" + row.tobytes() for row in rows))
    step = cut or len(stream)
    body = b"".join(png_chunk(b"IDAT", stream[at : at + step]) for at in range(0, len(stream), step))
    head = png_chunk(b"IHDR", struct.pack(">IIBBBBB", picture.width, picture.height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + extra + body + png_chunk(b"IEND", b"")
