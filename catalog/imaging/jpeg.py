"""The segments of a JPEG file, walked without decoding (ITU-T T.81 annex B)."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from catalog.errors import ImageError
from catalog.imaging.header import MAX_FRAMES, MAX_JPEG_SCANS, MAX_JPEG_SEGMENTS, Header, exif_orientation, truncated

MEDIA_TYPE = "image/jpeg"
SOI, EOI, SOS, DQT, DRI, COM, APP0, APP1, APP2, APP14 = 0xD8, 0xD9, 0xDA, 0xDB, 0xDD, 0xFE, 0xE0, 0xE1, 0xE2, 0xEE
APPLICATION = range(0xE0, 0xF0)
# SOF0–SOF15 without DHT (C4), JPG (C8) and DAC (CC).
START_OF_FRAME = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
PROGRESSIVE = frozenset({0xC2, 0xC6, 0xCA, 0xCE})
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
# Inside coded data FF 00 is a stuffed byte, FF D0–D7 a restart, FF FF a fill byte; anything else is the next marker.
_MARKER_AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)
_MARKER = re.compile(rb"\xff[^\x00\xff]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Segment:
    """Hold one segment: its marker, its payload as offsets, and where the coded data behind a scan header ends."""

    marker: int
    start: int
    end: int
    scan_end: int


def jpeg_segments(data: bytes) -> Iterator[Segment]:
    """Yield the segments from the one after SOI to EOI; a file that ends before EOI yields no EOI.

    Raises ImageError with code `too_many_segments` or `too_many_scans`.
    """
    position, scans, count = 2, 0, 0
    while found := _MARKER.search(data, position):
        marker, start = data[found.end() - 1], found.end()
        count += 1
        if count > MAX_JPEG_SEGMENTS:
            raise ImageError(f"the JPEG has more than {MAX_JPEG_SEGMENTS} segments; re-save it", code="too_many_segments")
        if marker == EOI:
            yield Segment(marker, start, start, start)
            return
        if marker in _ALONE or marker == SOI:
            position = start
            continue
        if start + 2 > len(data):
            return
        (length,) = struct.unpack_from(">H", data, start)
        end = start + max(length, 2)
        if end > len(data):
            return
        position = end
        if marker == SOS:
            scans += 1
            if scans > MAX_JPEG_SCANS:
                raise ImageError(f"the JPEG has more than {MAX_JPEG_SCANS} scans; re-save it", code="too_many_scans")
            after = _MARKER_AFTER_SCAN.search(data, end)
            position = after.start() if after else len(data)
        yield Segment(marker, start + 2, end, position)


def read_jpeg_header(data: bytes) -> Header:
    """Walk a JPEG file.

    `end` is behind EOI, or behind the last picture that a Multi-Picture index (CIPA DC-007) lists; where such an index points
    outside the file, the end cannot be told. Raises ImageError.
    """
    frame: tuple[int, int] | None = None
    is_progressive, end, pictures, orientation = False, 0, (1, 0), 0
    for segment in jpeg_segments(data):
        if segment.marker in START_OF_FRAME and frame is None:
            if segment.end - segment.start < 5:
                raise truncated(MEDIA_TYPE)
            height, width = struct.unpack_from(">HH", data, segment.start + 1)
            frame, is_progressive = (width, height), segment.marker in PROGRESSIVE
        elif segment.marker == APP1 and not orientation and data.startswith(b"Exif\x00\x00", segment.start):
            orientation = exif_orientation(data[segment.start : segment.end])
        elif segment.marker == APP2 and data.startswith(b"MPF\x00", segment.start):
            pictures = _pictures_of_index(data, segment.start + 4, segment.end)
        elif segment.marker == EOI:
            end = segment.end
    if frame is None:
        raise ImageError("the JPEG has no frame header; get a complete copy", code="truncated_image")
    frames, last = pictures
    return Header(
        MEDIA_TYPE,
        *frame,
        end=max(end, last) if end else len(data),
        frames=frames,
        orientation=orientation or 1,
        is_progressive=is_progressive,
        warnings=() if end else ("end_missing",),
    )


def _pictures_of_index(data: bytes, base: int, end: int) -> tuple[int, int]:
    """Return how many pictures the index lists and where the last of them ends in the file, (1, 0) for a damaged index."""
    order = {b"II*\x00": "<", b"MM\x00*": ">"}.get(data[base : base + 4])
    if order is None or base + 8 > end:
        return 1, 0
    directory = base + struct.unpack_from(order + "I", data, base + 4)[0]
    if directory + 2 > end:
        return 1, 0
    (count,) = struct.unpack_from(order + "H", data, directory)
    for at in range(directory + 2, min(directory + 2 + 12 * count, end - 11), 12):
        tag, _, size, offset = struct.unpack_from(order + "HHII", data, at)
        entries = base + offset
        if tag == 0xB002 and entries + size <= end:
            # Behind four bytes of attributes stand length and offset; the first picture's offset is zero by definition.
            listed = [struct.unpack_from(order + "II", data, one + 4) for one in range(entries, entries + size - 15, 16)]
            last = max((base + begin + length for length, begin in listed[1:]), default=0)
            return min(max(len(listed), 1), MAX_FRAMES), min(last, len(data))
    return 1, 0
