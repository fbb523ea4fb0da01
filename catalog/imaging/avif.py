"""The boxes of an AVIF file, walked without decoding (ISO/IEC 14496-12 and 23008-12)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from catalog.errors import ImageError
from catalog.imaging.header import Header, truncated

MEDIA_TYPE = "image/avif"
_BRANDS = frozenset({b"avif", b"avis"})
MAX_BOXES = 10_000


@dataclass(frozen=True, slots=True)
class Box:
    """Hold one box: its four-letter name, its payload as offsets, and whether the file holds all of it."""

    name: bytes
    start: int
    end: int
    is_whole: bool


def is_avif(data: bytes) -> bool:
    """Say whether the file type box names an AVIF brand."""
    if data[4:8] != b"ftyp":
        return False
    (size,) = struct.unpack_from(">I", data, 0)
    brands = data[8 : min(max(size, 16), 256, len(data))]
    return any(brands[at : at + 4] in _BRANDS for at in (0, *range(8, len(brands), 4)))


def boxes(data: bytes, start: int, stop: int) -> Iterator[Box]:
    """Yield the boxes between two offsets; one whose size is impossible ends the walk.

    Raises ImageError with code `too_many_boxes`.
    """
    position, count = start, 0
    while position + 8 <= stop:
        count += 1
        if count > MAX_BOXES:
            raise ImageError(f"the AVIF has more than {MAX_BOXES} boxes; re-save it", code="too_many_boxes")
        (size,), name, body = struct.unpack_from(">I", data, position), data[position + 4 : position + 8], position + 8
        if size == 1 and position + 16 <= stop:
            (size,), body = struct.unpack_from(">Q", data, position + 8), position + 16
        elif size == 0:
            size = stop - position
        end = position + size
        if end < body:
            return
        yield Box(name, body, min(end, stop), end <= stop)
        position = end


def read_avif_header(data: bytes) -> Header:
    """Walk an AVIF file; the size is that of the largest image it describes; raises ImageError."""
    end, is_whole, largest = 0, True, (0, 0)
    for box in boxes(data, 0, len(data)):
        end, is_whole = box.end, box.is_whole
        if box.name == b"meta":
            for width, height in _extents(data, box.start + 4, box.end):
                largest = max(largest, (width, height), key=lambda size: size[0] * size[1])
    if not all(largest):
        raise truncated(MEDIA_TYPE)
    return Header(MEDIA_TYPE, *largest, end=end, warnings=() if is_whole else ("end_missing",))


def _extents(data: bytes, start: int, stop: int) -> Iterator[tuple[int, int]]:
    for properties in boxes(data, start, stop):
        if properties.name != b"iprp":
            continue
        for container in boxes(data, properties.start, properties.end):
            if container.name != b"ipco":
                continue
            for one in boxes(data, container.start, container.end):
                if one.name == b"ispe" and one.end - one.start >= 12:
                    yield struct.unpack_from(">II", data, one.start + 4)
