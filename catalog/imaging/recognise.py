"""Which format a file is in, by its content alone, and what its header says."""

from __future__ import annotations

from collections.abc import Callable

import catalog.imaging.avif as avif
import catalog.imaging.bmp as bmp
import catalog.imaging.gif as gif
import catalog.imaging.jpeg as jpeg
import catalog.imaging.png as png
import catalog.imaging.tiff as tiff
import catalog.imaging.webp as webp
from catalog.errors import ImageError
from catalog.imaging.header import Header

# Pillow's names, in the order in which the limits page gives them.
ACCEPTED_FORMATS = ("JPEG", "MPO", "PNG", "GIF", "WEBP", "TIFF", "BMP", "AVIF")
# Which of Pillow's readers may touch a file of this kind: only the one its content names.
DECODERS = {
    jpeg.MEDIA_TYPE: ("JPEG", "MPO"),
    png.MEDIA_TYPE: ("PNG",),
    gif.MEDIA_TYPE: ("GIF",),
    webp.MEDIA_TYPE: ("WEBP",),
    tiff.MEDIA_TYPE: ("TIFF",),
    bmp.MEDIA_TYPE: ("BMP",),
    avif.MEDIA_TYPE: ("AVIF",),
}
_WALKS: tuple[tuple[Callable[[bytes], bool], Callable[[bytes], Header]], ...] = (
    (lambda data: data.startswith(b"\xff\xd8\xff"), jpeg.read_jpeg_header),
    (lambda data: data.startswith(png.SIGNATURE), png.read_png_header),
    (lambda data: data.startswith(gif.SIGNATURES), gif.read_gif_header),
    (webp.is_webp, webp.read_webp_header),
    (lambda data: data.startswith(tiff.SIGNATURES), tiff.read_tiff_header),
    (lambda data: data.startswith(b"BM"), bmp.read_bmp_header),
    (avif.is_avif, avif.read_avif_header),
)
# Formats people do bring and that are not read, so that the refusal can name them. Offset, signature, name.
_REFUSED = (
    (0, b"\x00\x00\x00\x0cjP  ", "JPEG 2000"),
    (0, b"\xff\x4f\xff\x51", "JPEG 2000"),
    (0, b"\xff\x0a", "JPEG XL"),
    (0, b"\x00\x00\x00\x0cJXL ", "JPEG XL"),
    (4, b"ftyp", "HEIF or another film container"),
    (0, b"%PDF", "PDF"),
    (0, b"%!PS", "PostScript"),
    (0, b"\xc5\xd0\xd3\xc6", "PostScript"),
    (0, b"8BPS", "Photoshop"),
    (0, b"PK\x03\x04", "ZIP"),
    (0, b"\x1f\x8b", "gzip"),
    (0, b"\x00\x00\x01\x00", "icon"),
    (0, b"DDS ", "DDS"),
    (0, b"\x01\xda\x00", "SGI"),
    (0, b"\x01\xda\x01", "SGI"),
    (0, b"BLP1", "BLP"),
    (0, b"BLP2", "BLP"),
    (0, b"/* XPM", "XPM"),
    (0, b"SIMPLE  =", "FITS"),
    *((0, b"P%d" % kind + space, "portable bitmap") for kind in range(1, 8) for space in (b"\n", b" ", b"\r", b"\t")),
    (0, b"<svg", "SVG"),
    (0, b"<?xml", "XML or SVG"),
)


def read_header(data: bytes) -> Header:
    """Recognise the format by content and walk its header.

    Raises ImageError: `empty_file`, `format_refused` for a format that is known and not read, `unreadable_image` for
    anything else that is no picture, `truncated_image`, or one of the limits (`too_many_segments` and the like).
    """
    if not data:
        raise ImageError("the file is empty (0 bytes); copy it again", code="empty_file")
    for is_format, walk in _WALKS:
        if is_format(data):
            header = walk(data)
            if not header.width or not header.height:
                raise ImageError("the picture is stated to be zero pixels wide or high", code="unreadable_image")
            return header
    for offset, signature, name in _REFUSED:
        if data.startswith(signature, offset):
            raise ImageError(f"{name} files are not read; the formats are {', '.join(ACCEPTED_FORMATS)}", code="format_refused")
    raise ImageError(f"the content is of no known format; the formats are {', '.join(ACCEPTED_FORMATS)}", code="unreadable_image")
