"""Two identities below the file: the same coded image data, and the same pixels."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from PIL import Image

import catalog.imaging.gif as gif
import catalog.imaging.jpeg as jpeg
import catalog.imaging.png as png
import catalog.imaging.webp as webp
from catalog.imaging.decoder import decode
from catalog.imaging.levels import is_transparent, levels_of, strip_bounds, to_rgb, to_rgba
from catalog.imaging.picture import oriented

_WEBP_IMAGE_CHUNKS = frozenset({b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF"})


def image_data_sha256(data: bytes) -> str | None:
    """Digest the coded image data of a file without its metadata, as lower-case hex.

    Two files with the same digest decode to the same stored pixels and differ in metadata only (orientation, profile and
    comments are metadata). JPEG: the first picture's segments except APPn and COM, with what the Adobe and JFIF
    segments say about colour. PNG, WebP, GIF: the chunks and blocks that carry the picture. None for other containers,
    for files that end early, and for files whose header cannot be walked.
    """
    if data.startswith(b"\xff\xd8\xff"):
        return _digest(_jpeg_parts(data))
    if data.startswith(png.SIGNATURE):
        return _digest(_png_parts(data))
    if data.startswith(gif.SIGNATURES):
        return _digest(_gif_parts(data))
    if webp.is_webp(data):
        return _digest(_webp_parts(data))
    return None


def pixels_sha256(data: bytes) -> str:
    """Digest the fully decoded first frame, oriented, as 8-bit RGB, RGBA where any pixel is not opaque; lower-case hex.

    Mode and size are part of it. More than eight bits are scaled down first. Raises ImageError, TooLargeToPreviewError
    for pictures over the full-decode budget.
    """
    return decode(data, _pixels_digest).result


def _pixels_digest(picture: Image.Image, orientation: int) -> str:
    levels = levels_of(picture)
    upright = oriented(picture, orientation)
    bounds = strip_bounds(upright.size, 1)

    def strips() -> Iterator[Image.Image]:
        for top, bottom in bounds:
            yield upright.crop((0, top, upright.width, bottom))

    keeps_alpha = is_transparent(picture) and any(
        to_rgba(one, levels).getchannel("A").getextrema() != (255, 255) for one in strips()
    )
    mode, convert = ("RGBA", to_rgba) if keeps_alpha else ("RGB", to_rgb)
    digest = hashlib.sha256(f"{mode} {upright.width} {upright.height}\n".encode("ascii"))
    for strip in strips():
        digest.update(convert(strip, levels).tobytes())
    return digest.hexdigest()


def _digest(parts: Iterable[bytes | memoryview | None]) -> str | None:
    digest = hashlib.sha256()
    for part in parts:
        if part is None:
            return None
        digest.update(part)
    return digest.hexdigest()


def _jpeg_parts(data: bytes) -> Iterator[bytes | memoryview | None]:
    view, is_complete, adobe, has_jfif = memoryview(data), False, b"", False
    for segment in jpeg.jpeg_segments(data):
        if segment.marker == jpeg.APP14 and data.startswith(b"Adobe", segment.start):
            adobe = data[segment.start : segment.end]
        elif segment.marker == jpeg.APP0:
            has_jfif |= data.startswith(b"JFIF\x00", segment.start)
        elif segment.marker not in jpeg.APPLICATION and segment.marker != jpeg.COM:
            yield bytes((segment.marker,))
            # The scan's coded data lies behind its header and belongs to it.
            yield view[segment.start : segment.scan_end]
        is_complete |= segment.marker == jpeg.EOI
    # libjpeg's rule (jdapimin.c): JFIF means YCbCr, else Adobe's transform decides, else the component names do.
    yield b"adobe" + adobe if adobe else b"jfif" if has_jfif else b"plain"
    if not is_complete:
        yield None


def _png_parts(data: bytes) -> Iterator[bytes | memoryview | None]:
    view, is_complete, before = memoryview(data), False, b""
    for chunk in png.png_chunks(data):
        if chunk.name in png.IMAGE_CHUNKS:
            # How the stream is cut into IDAT chunks says nothing about the picture.
            if chunk.name != b"IDAT" or before != b"IDAT":
                yield chunk.name
            yield view[chunk.start : chunk.end]
        before = chunk.name
        is_complete |= chunk.name == b"IEND"
    if not is_complete:
        yield None


def _gif_parts(data: bytes) -> Iterator[bytes | memoryview | None]:
    view, is_complete = memoryview(data), False
    if len(data) >= 13:
        yield view[6 : gif.colour_table_end(data, 10, 13)]
    for block in gif.gif_blocks(data):
        if block.kind != gif.EXTENSION or block.label not in (gif.COMMENT, gif.APPLICATION):
            yield view[block.start : block.end]
        is_complete |= block.kind == gif.TRAILER
    if not is_complete:
        yield None


def _webp_parts(data: bytes) -> Iterator[bytes | memoryview | None]:
    view, has_image = memoryview(data), False
    for chunk in webp.webp_chunks(data) if len(data) >= 12 else ():
        if chunk.name in _WEBP_IMAGE_CHUNKS:
            has_image = True
            yield chunk.name
            yield view[chunk.start : chunk.end]
    if not has_image:
        yield None
