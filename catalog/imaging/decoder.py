"""Pillow, opened one way only: one reader, named failures, no silent warnings."""

from __future__ import annotations

import struct
import warnings
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Generic, TypeVar

from PIL import AvifImagePlugin, Image, ImageFile, PngImagePlugin, UnidentifiedImageError

from catalog.errors import ImageError, TooLargeToPreviewError
from catalog.imaging.header import MAX_FRAMES, MAX_PIXELS, MAX_SCALED_JPEG_PIXELS, Header, exif_orientation
from catalog.imaging.png import with_image_chunks_only
from catalog.imaging.recognise import DECODERS, read_header

Result = TypeVar("Result")

# Process-wide on purpose: whoever imports this room gets Pillow with its limits drawn in.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
ImageFile.LOAD_TRUNCATED_IMAGES = False
PngImagePlugin.MAX_TEXT_MEMORY = 8 * 1024 * 1024
AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # one worker is one core

# Bytes a pixel at the peak of a full decode, above the picture itself: these two decoders hand over a whole second copy.
_BYTES_PER_PIXEL = {"image/webp": 12, "image/avif": 12}
_MAX_DECODED_BYTES = 4 * MAX_PIXELS
# A file over the budget that spends less than a byte on this many pixels is an attack or empty paper, never a photo: of
# 1,405 freely licensed photos measured for this, the most tightly packed one has 51 pixels a byte.
_BOMB_PIXELS_PER_BYTE = 500
# What readers raise on damaged files, by the hostile set of the reliability page: far more than OSError.
_FAILURES = (
    OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, AttributeError, AssertionError, EOFError,
    RuntimeError, struct.error, zlib.error,
)  # fmt: skip
_WARNING_CODES = (
    ("Invalid APNG", "animation_damaged"),
    ("malformed MPO", "animation_damaged"),
    ("EXIF", "exif_damaged"),
    ("Tag data larger", "exif_damaged"),
    ("Truncated File Read", "exif_damaged"),
    ("Metadata Warning", "exif_damaged"),
)


@contextmanager
def named_failures(header: Header) -> Iterator[list[str]]:
    """Turn whatever a reader raises or warns about into ImageError or stable codes, which are added to the list yielded."""
    codes: list[str] = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            yield codes
        except ImageError:
            raise
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise ImageError(f"the picture unpacks to far more than the file says: {error}", code="decompression_bomb") from error
        except MemoryError as error:
            raise ImageError("decoding the picture takes more memory than a worker has", code="decompression_bomb") from error
        except _FAILURES as error:
            is_short = "end_missing" in header.warnings or "truncated" in str(error).lower()
            # The reader's own sentence here names an address in memory, another one every time.
            reason = "its header is damaged" if isinstance(error, UnidentifiedImageError) else f"{type(error).__name__}: {error}"
            raise ImageError(
                f"the picture does not decode ({reason}); get another copy",
                code="truncated_image" if is_short else "unreadable_image",
            ) from error
    for warning in caught:
        text = str(warning.message)
        code = next((code for part, code in _WARNING_CODES if part in text), "decoder_warning")
        if code not in codes:
            codes.append(code)


@dataclass(frozen=True, slots=True)
class Decoded(Generic[Result]):
    """Hold what came of one decoded picture.

    `width`, `height` are oriented pixels of the full picture, `orientation` the EXIF value found, `result` what was made
    of the picture, `warnings` the codes of header and decoder.
    """

    header: Header
    width: int
    height: int
    orientation: int
    frames: int
    result: Result
    warnings: tuple[str, ...]


def decode(
    data: bytes, use: Callable[[Image.Image, int], Result], prepare: Callable[[Image.Image], None] | None = None
) -> Decoded[Result]:
    """Walk the header, hold the budget, decode the first frame and hand it to `use` with the orientation still to apply.

    `prepare` may ask the reader for a smaller picture before it decodes; without it the whole picture must fit the
    budget. Raises ImageError for whatever fails in the reader or in `use`, and TooLargeToPreviewError for a picture that
    is over the budget and not an obvious bomb.
    """
    header = read_header(data)
    may_scale = prepare is not None and header.media_type == "image/jpeg" and not header.is_progressive
    _check_budget(header, len(data), header.width, header.height, may_scale)
    with named_failures(header) as codes:
        with _pixel_limit(MAX_SCALED_JPEG_PIXELS if may_scale else MAX_PIXELS):
            source = with_image_chunks_only(data) if header.media_type == "image/png" else data
            picture = Image.open(BytesIO(source), formats=DECODERS[header.media_type])
        width, height = picture.size
        # The reader may have found another size than the walk did; its own is the one that costs memory.
        _check_budget(header, len(data), width, height, may_scale)
        orientation, pending, frames = header.orientation, header.orientation, header.frames
        if header.media_type == "image/avif":
            # The reader turns the container's own rotation and mirroring into an EXIF orientation.
            orientation = pending = exif_orientation(picture.info.get("exif", b""))
            frames = min(max(getattr(picture, "n_frames", 1), 1), MAX_FRAMES)
        elif header.media_type == "image/tiff":
            pending = 1  # The reader orients TIFF while it loads, and states the oriented size before.
        if prepare is not None:
            prepare(picture)
        picture.load()
        result = use(picture, pending)
        if header.media_type == "image/tiff" and frames > 1 and not _has_every_page(picture):
            codes.append("frames_not_counted")
        if isinstance(picture.info.get("transparency"), bytes):
            codes.append("palette_transparency")
    if pending >= 5:
        width, height = height, width
    # Writers of these two are known to leave the end marker out, and the decoder had every pixel.
    is_end_optional = header.media_type in {"image/jpeg", "image/gif"}
    told = tuple(code for code in header.warnings if code != "end_missing" or not is_end_optional)
    return Decoded(header, width, height, orientation, frames, result, (*told, *codes))


def _has_every_page(picture: Image.Image) -> bool:
    """Tell whether the reader understands the headers of all pages of a TIFF; their number was limited by the walk."""
    try:
        return bool(getattr(picture, "n_frames", 0))
    except _FAILURES:
        return False


@contextmanager
def _pixel_limit(pixels: int) -> Iterator[None]:
    Image.MAX_IMAGE_PIXELS = pixels
    try:
        yield
    finally:
        Image.MAX_IMAGE_PIXELS = MAX_PIXELS


def _check_budget(header: Header, file_bytes: int, width: int, height: int, may_scale: bool) -> None:
    pixels = width * height
    limit = MAX_SCALED_JPEG_PIXELS if may_scale else _MAX_DECODED_BYTES // _BYTES_PER_PIXEL.get(header.media_type, 4)
    if pixels <= limit:
        return
    sentence = f"{width}×{height} pixels are over the limit of {limit:,}"
    if pixels > _BOMB_PIXELS_PER_BYTE * file_bytes:
        raise ImageError(f"{sentence} and the file has only {file_bytes:,} bytes for them", code="decompression_bomb")
    if header.orientation >= 5:
        width, height = height, width
    raise TooLargeToPreviewError(
        f"{sentence}; the file is kept without a preview", width=width, height=height, media_type=header.media_type
    )
