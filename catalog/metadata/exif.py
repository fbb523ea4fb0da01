"""What an Exif block states: exifread's names and readings, with the bytes of every field and texts read by our own rule."""

from __future__ import annotations

import logging
import struct
from collections.abc import Mapping
from fractions import Fraction
from io import BytesIO
from typing import Any, cast

import exifread
from exifread.core.exceptions import ExifError
from exifread.core.find_exif import determine_type
from exifread.core.ifd_tag import IfdTag
from exifread.tags.exif import EXIF_TAGS

from catalog.metadata.blocks import TOO_LARGE
from catalog.metadata.charset import read_padded, undeclared_codecs
from catalog.metadata.meanings import GPS_POSITION, exif_meaning
from catalog.metadata.tiff import TEXT, TIFF_HEADERS, Directories, Entry, read_directories, with_header
from catalog.records.metadata import MetadataValue
from catalog.records.text import RecordedText

UNREADABLE = "exif_unreadable"
DAMAGED = "exif_damaged"
READERS_DIFFER = "exif_readers_differ"
# Raised by exifread 3.5.1 on damaged blocks, even with strict=False, when it was run over 3,339 damaged and odd files.
EXIFREAD_FAULTS = (
    AssertionError, IndexError, UnicodeDecodeError, EOFError, ValueError, TypeError, KeyError, AttributeError,
    NotImplementedError, OverflowError, ZeroDivisionError, RecursionError, MemoryError, OSError, struct.error,
)  # fmt: skip

# An AVIF of 100 items, the most in the files looked at, takes some 1,500 reads.
MAX_CONTAINER_READS = 20_000
XMP_TAG, IIM_TAG, PHOTOSHOP_TAG = 700, 33723, 34377
# Blocks that have their own reader, and maker notes: their layout is secret and their count is what makes exifread run for ever.
_BLOCKS_OF_THEIR_OWN = frozenset({XMP_TAG, IIM_TAG, PHOTOSHOP_TAG, 34675, 0x927C})
_COPYRIGHT, _USER_COMMENT = 0x8298, 0x9286
# Windows writes these five as UTF-16LE in fields of bytes.
_WINDOWS_TEXTS = frozenset(range(0x9C9B, 0x9CA0))
# Exif 2.32 §4.6.6: the same eight bytes stand before GPSProcessingMethod and GPSAreaInformation.
_CODED_GPS_TEXTS = frozenset({27, 28})
_CODES = {b"ASCII\0\0\0": None, b"JIS\0\0\0\0\0": "iso2022_jp", b"UNICODE\0": "utf-16", bytes(8): None}
_TYPE_NAMES = {1: "byte", 3: "short", 4: "long", 5: "rational", 6: "sbyte", 7: "undefined", 8: "sshort", 9: "slong",
               10: "srational", 11: "float", 12: "double", 13: "ifd"}  # fmt: skip

# The byte-order mark and the number 42 (TIFF 6.0 §2).
MARK_BYTES = 4
# exifread keeps the names of these two directories inside the tag that points at them.
_NAMES: dict[str, Any] = {"GPS": cast(Any, EXIF_TAGS[0x8825])[1][1], "Interoperability": cast(Any, EXIF_TAGS[0xA005])[1][1]}

# exifread warns on its own logger about every damaged field; the values and our own codes say the same.
logging.getLogger("exifread").addHandler(logging.NullHandler())
logging.getLogger("exifread").propagate = False


def read_exif(block: bytes) -> tuple[tuple[MetadataValue, ...], tuple[str, ...]]:
    """Return the values of an Exif block in the order of the file, and warning codes.

    `block` is a TIFF structure; one whose byte-order mark alone is damaged is read as what it must have been. Texts keep all
    their bytes; what stands after the NUL that ends a text is not shown. Numbers are read by exifread; their text is
    what it prints. A field it cannot read is left out. `exif_unreadable`: exifread failed or found nothing where there are
    fields; texts are there all the same. `exif_damaged`: something points beyond the end. Never raises.
    """
    stated, block = block, with_header(block)
    if not block.startswith(TIFF_HEADERS):
        return (), (UNREADABLE,)
    found = read_directories(block)
    warnings = [code for code, holds in ((DAMAGED, found.is_damaged), (TOO_LARGE, found.is_too_large)) if holds]
    readings: Mapping[str, IfdTag] = {}
    corrected = found.corrected(block)
    mended = read_directories(corrected) if found.corrections else found
    if found.corrections and (mended.corrections or mended.is_too_large):
        # Directories lie over one another, so that mending one breaks the next: exifread would not come to an end in time.
        warnings.append(UNREADABLE)
    elif not found.is_too_large:
        try:
            readings = exifread.process_file(
                BytesIO(corrected),
                details=False, strict=False, truncate_tags=False, extract_thumbnail=False, builtin_types=False,
            )  # fmt: skip
        except EXIFREAD_FAULTS:
            warnings.append(UNREADABLE)
        else:
            if not readings and found.entries:
                warnings.append(UNREADABLE)
    # What lies in a byte-order mark that was mended is not what the file states.
    own = 0 if block == stated else MARK_BYTES
    values = [placed for placed in (*_texts(block, found), *_numbers(block, found, readings)) if placed[0] >= own]
    order = {entry.offset: index for index, entry in enumerate(found.entries)}
    ordered = [value for _, value in sorted(values, key=lambda placed: order[placed[0]])]
    return tuple(ordered + _position(ordered)), tuple(warnings)


def embedded_blocks(block: bytes) -> tuple[tuple[int, bytes], ...]:
    """Return the XMP, IIM and image-resource fields of a TIFF structure with their tags."""
    block = with_header(block)
    if not block.startswith(TIFF_HEADERS):
        return ()
    found = read_directories(block)
    return tuple(
        (entry.tag, _iim_in_file_order(raw) if entry.tag == IIM_TAG else raw)
        for entry in found.entries
        if entry.tag in (XMP_TAG, IIM_TAG, PHOTOSHOP_TAG) and (raw := _raw(block, entry))
    )


def fails_in_container(data: bytes) -> bool:
    """Tell whether exifread fails at the boxes in which an AVIF keeps its Exif block; finding none is no failure."""
    try:
        determine_type(_Budgeted(data))
    except ExifError:
        return False
    except EXIFREAD_FAULTS:
        return True
    return False


class _Budgeted(BytesIO):
    """Give an end to a file that is read too often: exifread follows a box of no length for ever."""

    left = MAX_CONTAINER_READS

    def read(self, size: int | None = -1, /) -> bytes:
        """Read as any file, and raise EOFError when that was too often."""
        self.left -= 1
        if self.left < 0:
            raise EOFError
        return super().read(size)


def _raw(block: bytes, entry: Entry) -> bytes:
    return block[entry.offset : entry.offset + entry.length]


def _iim_in_file_order(raw: bytes) -> bytes:
    """Undo the swapping of programs that declare the IIM block as 32-bit numbers of the other byte order."""
    if raw[:1] == b"\x1c" or raw[3:4] != b"\x1c":
        return raw
    whole = raw[: len(raw) // 4 * 4]
    return b"".join(whole[place : place + 4][::-1] for place in range(0, len(whole), 4))


def _property(entry: Entry) -> str:
    """Name a field as exifread does: directory, space, name of the tag."""
    known = _NAMES.get(entry.directory, EXIF_TAGS).get(entry.tag)
    return f"{entry.directory} {known[0] if known else f'Tag 0x{entry.tag:04X}'}"


def _value(entry: Entry, raw: bytes, text: str, codec: str) -> tuple[int, MetadataValue]:
    name = _property(entry)
    return entry.offset, MetadataValue("exif", name, 0, None, raw, text, codec, exif_meaning(name))


def _is_text(entry: Entry) -> bool:
    gps_text = entry.directory == "GPS" and entry.tag in _CODED_GPS_TEXTS
    return entry.kind == TEXT or entry.tag in _WINDOWS_TEXTS or entry.tag == _USER_COMMENT or gps_text


def _texts(block: bytes, found: Directories) -> list[tuple[int, MetadataValue]]:
    plain: list[tuple[Entry, bytes, bytes]] = []
    values: list[tuple[int, MetadataValue]] = []
    for entry in filter(_is_text, found.entries):
        if entry.tag in _BLOCKS_OF_THEIR_OWN:
            continue
        raw = _raw(block, entry)
        if entry.kind == TEXT:
            plain += [(entry, part, part) for part in _parts(entry, raw)]
        elif entry.tag in _WINDOWS_TEXTS:
            values.append(_decoded(entry, raw, raw, "utf-16-le"))
        else:
            codec = _CODES.get(raw[:8], "")
            if codec == "utf-16":
                values.append(_decoded(entry, raw, raw[8:], _utf16_order(raw[8:], found.big_endian)))
            elif codec:
                values.append(_decoded(entry, raw, raw[8:], codec))
            else:
                # Many programs write the text without the eight bytes that should name its code.
                plain.append((entry, raw, raw[8:] if codec is None else raw))
    # A text ends at its first NUL (TIFF 6.0 §2); cameras leave anything behind it, and people can hide text there.
    bodies = [body.partition(b"\0")[0] for _, _, body in plain]
    for (entry, raw, _), body, codec in zip(plain, bodies, undeclared_codecs(bodies), strict=True):
        values.append(_decoded(entry, raw, body, codec))
    return values


def _parts(entry: Entry, raw: bytes) -> list[bytes]:
    """Cut a Copyright into photographer's and editor's, each ended by a NUL (Exif 2.32 §4.6.4)."""
    first, nul, second = raw.partition(b"\0")
    if entry.tag == _COPYRIGHT and entry.directory == "Image" and second.endswith(b"\0") and second.strip(b"\0 "):
        return [part for part in (first + nul, second) if part.strip(b"\0 ")]
    return [raw]


def _decoded(entry: Entry, raw: bytes, body: bytes, codec: str) -> tuple[int, MetadataValue]:
    if codec.startswith("utf-16"):
        body = body[: len(body) // 2 * 2]
        while body.endswith(b"\0\0"):
            body = body[:-2]
        recorded = RecordedText.from_bytes(body, codec)
    else:
        recorded = read_padded(body, codec)
    return _value(entry, raw, recorded.text, recorded.codec)


def _utf16_order(body: bytes, big_endian: bool) -> str:
    """Choose the byte order of a UTF-16 text: by its mark, else the one that reads more letters of our scripts.

    The standard says that of the block; programs that copied the comment from elsewhere did not turn it.
    """
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    low_first = sum(high < 0x07 for high in body[1::2])
    high_first = sum(high < 0x07 for high in body[0::2])
    if low_first == high_first:
        return "utf-16-be" if big_endian else "utf-16-le"
    return "utf-16-le" if low_first > high_first else "utf-16-be"


def _numbers(block: bytes, found: Directories, readings: Mapping[str, IfdTag]) -> list[tuple[int, MetadataValue]]:
    values = []
    for entry in found.entries:
        reading = readings.get(_property(entry))
        if _is_text(entry) or reading is None or entry.tag in _BLOCKS_OF_THEIR_OWN:
            continue
        # exifread keeps the last of two fields of one name; a field of too many numbers it shows as an empty list.
        if reading.field_offset == entry.offset and (reading.values or entry.count == 0):
            text = RecordedText.from_text(str(reading.printable)).text
            values.append(_value(entry, _raw(block, entry), text, f"exif-{_TYPE_NAMES[entry.kind]}"))
    return values


def _position(values: list[MetadataValue]) -> list[MetadataValue]:
    """Return the GPS position as decimal degrees, north and east positive, when the block states one."""
    parts = {value.property: value for value in values if value.property.startswith("GPS GPSL")}
    names = ("GPS GPSLatitudeRef", "GPS GPSLatitude", "GPS GPSLongitudeRef", "GPS GPSLongitude")
    if not all(name in parts for name in names):
        return []
    latitude = _degrees(parts[names[1]], parts[names[0]], "NS", 90)
    longitude = _degrees(parts[names[3]], parts[names[2]], "EW", 180)
    if latitude is None or longitude is None:
        return []
    raw = b"".join(parts[name].raw for name in names)
    text = f"{latitude}, {longitude}"
    return [MetadataValue("exif", GPS_POSITION, 0, None, raw, text, "exif-gps", exif_meaning(GPS_POSITION))]


def _degrees(value: MetadataValue, reference: MetadataValue, signs: str, limit: int) -> str | None:
    """Return degrees, minutes and seconds as decimal degrees to the sixth place (0.1 m), None when they are none."""
    sign = reference.text[:1].upper()
    try:
        parts = [Fraction(part.strip()) for part in value.text.strip("[]").split(",")]
    except (ValueError, ZeroDivisionError):
        return None
    if len(parts) != 3 or sign not in signs or not sign:
        return None
    degrees = sum((part / 60**power for power, part in enumerate(parts)), Fraction(0))
    if not 0 <= degrees <= limit:
        return None
    return f"{float(-degrees if sign == signs[1] else degrees):.6f}"
