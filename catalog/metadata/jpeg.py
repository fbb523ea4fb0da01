"""The metadata segments of a JPEG file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from catalog.metadata.blocks import (
    CONTAINER_DAMAGED,
    MAX_PHOTOSHOP_BYTES,
    TOO_LARGE,
    Blocks,
    Comment,
    ExtendedPart,
    Store,
)
from catalog.metadata.photoshop import add_resources
from catalog.metadata.tiff import TIFF_HEADERS

SIGNATURE = b"\xff\xd8"
EXIF = b"Exif\0"
XMP = b"http://ns.adobe.com/xap/1.0/\0"
EXTENDED_XMP = b"http://ns.adobe.com/xmp/extension/\0"
# Photoshop 2.5 wrote another header of 27 bytes before the same resources.
PHOTOSHOP = {b"Photoshop 3.0\0": 14, b"Adobe_Photoshop2.5:": 27}
MAX_SEGMENTS = 2_000

_APP1, _APP11, _APP13, _COMMENT, _START_OF_SCAN, _END = 0xE1, 0xEB, 0xED, 0xFE, 0xDA, 0xD9
_STANDALONE = frozenset({0x01, *range(0xD0, 0xD9)})
_MARKER = re.compile(rb"\xff[^\x00\xff]", re.DOTALL)


@dataclass(slots=True)
class _Boxes:
    """Gather the JUMBF box that several segments of one number hold (ISO/IEC 19566-5 §D.2): bytes, and places in the file."""

    block: bytearray = field(default_factory=bytearray)
    places: list[tuple[int, int]] = field(default_factory=list)

    def add(self, payload: bytes, start: int, end: int) -> None:
        """Add a segment: `JP`, number, place in the sequence, and the box's header, which each segment repeats."""
        box = payload[8:]
        header = 16 if box[:4] == b"\0\0\0\1" else 8
        self.block += box[header:] if self.block else box
        if self.places and self.places[-1][1] == start:
            start = self.places.pop()[0]
        self.places.append((start, end))


def read_jpeg(data: bytes) -> Blocks:
    """Return the metadata blocks that stand before the first scan.

    Exif and image resources that were cut into several segments are joined. Bytes between two segments are passed over, as
    decoders do: nothing that is kept stands in them. A segment that runs beyond the end of the file adds the warning
    `container_damaged`, as does a file without a scan; what came before it is kept.
    """
    blocks = Blocks()
    exif: list[bytearray] = []
    resources: list[bytes] = []
    boxes: dict[bytes, _Boxes] = {}
    place = len(SIGNATURE)
    for _ in range(MAX_SEGMENTS):
        found = _MARKER.search(data, place)
        if found is None:
            blocks.warn(CONTAINER_DAMAGED)
            break
        place, marker = found.start(), data[found.start() + 1]
        if marker in (_START_OF_SCAN, _END):
            break
        if marker in _STANDALONE:
            place += 2
            continue
        length = int.from_bytes(data[place + 2 : place + 4], "big")
        payload = data[place + 4 : place + 2 + length]
        if length < 2 or len(payload) < length - 2:
            blocks.warn(CONTAINER_DAMAGED)
        if marker == _APP1:
            _take_app1(payload, blocks, exif)
        elif marker == _APP11 and payload.startswith(b"JP"):
            boxes.setdefault(payload[2:4], _Boxes()).add(payload, place, place + 2 + length)
        elif marker == _APP13:
            resources += [payload[skip:] for header, skip in PHOTOSHOP.items() if payload.startswith(header)]
        elif marker == _COMMENT:
            blocks.add_comment(Comment("jpeg", "COM", None, payload, None))
        if length < 2 or len(payload) < length - 2:
            break
        place += 2 + length
    else:
        blocks.warn(TOO_LARGE)
    for block in exif:
        blocks.add_exif(bytes(block))
    _take_resources(resources, blocks)
    for joined in boxes.values():
        blocks.add_credentials(Store(bytes(joined.block), tuple(joined.places)))
    return blocks


def _take_app1(payload: bytes, blocks: Blocks, exif: list[bytearray]) -> None:
    if payload.startswith(EXIF):
        # The pad byte after the name is NUL by the standard and sometimes is not (Exif 2.32 §4.7.2).
        block = payload[len(EXIF) + 1 :]
        if exif and block[:4] not in TIFF_HEADERS:
            exif[-1] += block
        else:
            exif.append(bytearray(block))
    elif payload.startswith(XMP):
        blocks.add_xmp(payload[len(XMP) :])
    elif payload.startswith(EXTENDED_XMP):
        rest = payload[len(EXTENDED_XMP) :]
        full_length, offset = int.from_bytes(rest[32:36], "big"), int.from_bytes(rest[36:40], "big")
        blocks.add_extended_xmp(ExtendedPart(rest[:32], full_length, offset, rest[40:]))


def _take_resources(resources: list[bytes], blocks: Blocks) -> None:
    """Read the resources of all segments as one sequence: a resource may go on in the next segment."""
    if sum(map(len, resources)) > MAX_PHOTOSHOP_BYTES:
        blocks.warn(TOO_LARGE)
    elif resources:
        add_resources(b"".join(resources), blocks)
