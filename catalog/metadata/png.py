"""The metadata chunks of a PNG file."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from catalog.metadata.blocks import (
    CONTAINER_DAMAGED,
    MAX_CREDENTIALS_BYTES,
    MAX_EXIF_BYTES,
    MAX_TEXT_BYTES,
    TOO_LARGE,
    Blocks,
    Comment,
    Store,
)
from catalog.metadata.photoshop import add_resources

SIGNATURE = b"\x89PNG\r\n\x1a\n"
XMP_KEYWORD = b"XML:com.adobe.xmp"
MAX_CHUNKS = 100_000
# PNG specification, third edition, §11.3.3.
MAX_KEYWORD_BYTES = 79
# ImageMagick writes profiles as hexadecimal text: newline, name, newline, length, newline, digits.
_RAW_PROFILE = re.compile(rb"\s*+\w[\w ]{0,31}\n\s*+(\d{1,9})\n([0-9A-Fa-f\s]*+)")
_PROFILE_KEYWORD = b"Raw profile type "
_PROFILES = frozenset({b"xmp", b"exif", b"APP1", b"iptc", b"8bim"})


def read_png(data: bytes) -> Blocks:
    """Return the metadata blocks of all chunks, before the pixels as well as after.

    Text is unpacked to at most 1 MiB a chunk. A chunk that runs beyond the end of the file adds `container_damaged`.
    """
    blocks = Blocks()
    for kind, chunk, place in _chunks(data, blocks):
        if kind == b"eXIf":
            blocks.add_exif(chunk)
        elif kind == b"caBX":
            blocks.add_credentials(Store(chunk, ((place, place + 12 + len(chunk)),)))
        elif kind in (b"tEXt", b"zTXt", b"iTXt"):
            keyword, _, rest = chunk.partition(b"\0")
            if len(keyword) > MAX_KEYWORD_BYTES:
                blocks.warn(CONTAINER_DAMAGED)
            else:
                _take_text(kind, keyword, rest, blocks)
    return blocks


def _chunks(data: bytes, blocks: Blocks) -> Iterator[tuple[bytes, bytes, int]]:
    """Yield type and bytes of each chunk but those of pixels, and where it begins."""
    place = len(SIGNATURE)
    for _ in range(MAX_CHUNKS):
        length, kind = int.from_bytes(data[place : place + 4], "big"), data[place + 4 : place + 8]
        if len(kind) < 4 or place + 12 + length > len(data):
            blocks.warn(CONTAINER_DAMAGED)
            return
        if kind == b"IEND":
            return
        if kind != b"IDAT":
            if length > (MAX_CREDENTIALS_BYTES if kind == b"caBX" else MAX_EXIF_BYTES):
                blocks.warn(TOO_LARGE)
            else:
                yield kind, data[place + 8 : place + 8 + length], place
        place += 12 + length
    blocks.warn(TOO_LARGE)


def _take_text(kind: bytes, keyword: bytes, rest: bytes, blocks: Blocks) -> None:
    if keyword.startswith(_PROFILE_KEYWORD) and keyword.removeprefix(_PROFILE_KEYWORD) not in _PROFILES:
        # A colour profile, most of the time: it is not read, and so neither is its damage.
        return
    language, codec, packed = None, "latin-1", kind == b"zTXt"
    if packed:
        rest = rest[1:]
    elif kind == b"iTXt":
        packed, codec = rest[:1] == b"\1", "utf-8"
        tag, _, rest = rest[2:].partition(b"\0")
        language = tag.decode("ascii", "replace") or None
        rest = rest.partition(b"\0")[2]
    text = _unpacked(rest, blocks) if packed else rest
    if text is None:
        return
    if keyword == XMP_KEYWORD:
        blocks.add_xmp(text)
    elif keyword.startswith(_PROFILE_KEYWORD):
        _take_profile(keyword.removeprefix(_PROFILE_KEYWORD), text, blocks)
    else:
        # The standard says Latin-1 for tEXt and zTXt, yet programs write UTF-8; the reader tries that first.
        blocks.add_comment(Comment("png", keyword.decode("latin-1"), language, text, codec))


def _unpacked(packed: bytes, blocks: Blocks) -> bytes | None:
    """Inflate a text within the limit; a text that is too long or damaged is left out with a warning."""
    inflater = zlib.decompressobj()
    try:
        text = inflater.decompress(packed, MAX_TEXT_BYTES)
    except zlib.error:
        blocks.warn(CONTAINER_DAMAGED)
        return None
    if inflater.unconsumed_tail:
        blocks.warn(TOO_LARGE)
        return None
    return text


def _take_profile(name: bytes, text: bytes, blocks: Blocks) -> None:
    found = _RAW_PROFILE.fullmatch(text)
    digits = b"".join(found[2].split()) if found else b""
    if not found or len(digits) % 2 or len(digits) != 2 * int(found[1]):
        blocks.warn(CONTAINER_DAMAGED)
        return
    profile = bytes.fromhex(digits.decode("ascii"))
    if name == b"xmp":
        blocks.add_xmp(profile)
    elif name in (b"exif", b"APP1"):
        # An APP1 profile is Exif or XMP with the prefix it had in a JPEG.
        prefix = b"http://ns.adobe.com/xap/1.0/\0"
        if profile.startswith(prefix):
            blocks.add_xmp(profile.removeprefix(prefix))
        else:
            blocks.add_exif(profile)
    elif profile.startswith(b"8BIM"):
        add_resources(profile, blocks)
    else:
        blocks.add_iim(profile)
