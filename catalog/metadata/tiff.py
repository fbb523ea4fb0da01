"""The directories of a TIFF structure: where each of its fields lies, within a budget."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import Literal

# TIFF 6.0 §2: type number -> bytes of one element.
ELEMENT_BYTES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
TEXT = 2
Order = Literal["little", "big"]
# The byte-order mark and 42 (TIFF 6.0 §2), by byte order.
HEADERS: dict[Order, bytes] = {"little": b"II*\0", "big": b"MM\0*"}
TIFF_HEADERS = tuple(HEADERS.values())
# Rationals, texts and floats lead nowhere: exifread follows a pointer that is a whole number.
_NO_POINTERS = frozenset({TEXT, 5, 10, 11, 12})
# What a photo is described by. Further directories of the chain hold thumbnails in an Exif block and pages in a TIFF file, and
# what is amiss in them takes nothing from the photo; imaging counts the pages.
_OF_THE_PHOTO = frozenset({"Image", "EXIF", "GPS", "Interoperability"})
# Directories in which exifread follows no pointer.
_LEAVES = ("GPS", "Interoperability")
EXIF_POINTER, GPS_POINTER, INTEROPERABILITY_POINTER = 0x8769, 0x8825, 0xA005

# What one structure may cost a reader that believes it: 10,000 entries or 100,000 numbers cost exifread about 0.2 s here
# (tests/metadata/test_exif.py holds both). Camera files have 20–80 entries in 4–5 directories.
MAX_DIRECTORIES = 100
MAX_ENTRIES = 10_000
MAX_NUMBERS = 100_000
MAX_TEXT_BYTES = 4 * 1024 * 1024
# exifread leaves longer fields of numbers unread.
MAX_NUMBERS_OF_A_FIELD = 1_000


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold where one field lies: directory as exifread names it, tag, type, number of elements, place and bytes."""

    directory: str
    tag: int
    kind: int
    count: int
    offset: int
    length: int


@dataclass(slots=True)
class Directories:
    """Gather the entries of a TIFF structure.

    `is_damaged`: something that describes the photo points beyond the end or at the header. `is_too_large`: the structure
    costs more than the limits above allow; then `entries` holds what was read before that. `corrections` are places and the
    bytes that should stand there so that a believing reader does not count far beyond the end of the block.
    """

    big_endian: bool
    entries: list[Entry] = field(default_factory=list)
    is_damaged: bool = False
    is_too_large: bool = False
    corrections: list[tuple[int, bytes]] = field(default_factory=list)

    def corrected(self, block: bytes) -> bytes:
        """Return the block with the corrections made; the block itself when there are none."""
        if not self.corrections:
            return block
        copy = bytearray(block)
        for place, raw in self.corrections:
            if place + len(raw) <= len(block):
                copy[place : place + len(raw)] = raw
        return bytes(copy)


def read_directories(block: bytes) -> Directories:
    """Walk the chain of directories of a TIFF structure, then Exif, GPS and Interoperability, as exifread does.

    The block must begin with `II*` or `MM` and 42 (TIFF 6.0 §2). Never raises for damage.
    """
    walk = _Walk(block, Directories(big_endian=block[:1] == b"M"))
    link, index = 4, 0
    while (place := walk.number(link, 4)) and index < MAX_DIRECTORIES:
        if place in walk.chain or (index and walk.held(place) < walk.number(place, 2)):
            # The link leads back, or to something that is no directory: the chain ends here.
            walk.found.corrections.append((link, bytes(4)))
            break
        walk.chain.add(place)
        walk.directory(place, ("Image", "Thumbnail")[index] if index < 2 else f"IFD {index}")
        link, index = place + 2 + 12 * walk.number(place, 2), index + 1
    walk.found.is_too_large |= index == MAX_DIRECTORIES
    if walk.exif:
        walk.directory(walk.exif, "EXIF")
    return walk.found


def with_header(block: bytes) -> bytes:
    """Return the block with its first four bytes as they should be, where those alone are damaged; else as it is.

    That is so where in one byte order only, that of an `II` or `MM` if one can still be read, the first directory lies inside the
    block and holds fields of known types in ascending order, as TIFF 6.0 §2 asks. Without such a mark it must hold one.
    """
    if block.startswith(TIFF_HEADERS):
        return block
    legible = {header[:2]: order for order, header in HEADERS.items()}.get(block[:2])
    fitting = [order for order in ([legible] if legible else HEADERS) if _is_directory(block, order, bool(legible))]
    return HEADERS[fitting[0]] + block[4:] if len(fitting) == 1 else block


def _is_directory(block: bytes, order: Order, may_be_empty: bool) -> bool:
    place = int.from_bytes(block[4:8], order)
    count = int.from_bytes(block[place : place + 2], order)
    if not 8 <= place <= len(block) - 2 - 12 * count:
        return False
    fields = [block[at : at + 4] for at in range(place + 2, place + 2 + 12 * count, 12)]
    tags = [int.from_bytes(field[:2], order) for field in fields]
    has_known_types = all(int.from_bytes(field[2:], order) in ELEMENT_BYTES for field in fields)
    return bool(fields or may_be_empty) and has_known_types and tags == sorted(set(tags))


class _Walk:
    """Follow pointers and count what following them would cost exifread, which visits a directory once per pointer."""

    def __init__(self, block: bytes, found: Directories) -> None:
        self.block = block
        self.found = found
        self.chain: set[int] = set()
        self.exif = 0
        self.visits = 0
        self.entries = 0
        self.numbers = 0
        self.text_bytes = 0
        self.order = ">" if found.big_endian else "<"

    def number(self, place: int, size: int) -> int:
        """Return an unsigned number, 0 beyond the end of the block (as exifread reads there)."""
        part = self.block[place : place + size]
        return int.from_bytes(part, "big" if self.found.big_endian else "little") if len(part) == size else 0

    def held(self, place: int) -> int:
        """Return how many entries fit between a directory's place and the end of the block."""
        return max(0, (len(self.block) - place - 2) // 12)

    def directory(self, place: int, name: str) -> None:
        """Read one directory and those it points at."""
        declared = self.number(place, 2)
        held = min(declared, self.held(place))
        if held < declared:
            self.found.corrections.append((place, struct.pack(f"{self.order}H", held)))
        self._damaged(name, held < declared or place + 2 > len(self.block))
        self.visits += 1
        self.entries += held
        if self.visits > MAX_DIRECTORIES or self.entries > MAX_ENTRIES:
            self.found.is_too_large = True
            return
        fields = struct.iter_unpack(f"{self.order}HHL4s", self.block[place + 2 : place + 2 + 12 * held])
        for index, (tag, kind, count, _) in enumerate(fields):
            if kind in ELEMENT_BYTES:
                self._entry(place + 2 + 12 * index, name, tag, kind, count)
            if self.found.is_too_large:
                return

    def _entry(self, place: int, directory: str, tag: int, kind: int, count: int) -> None:
        length = count * ELEMENT_BYTES[kind]
        offset = place + 8 if length <= 4 else self.number(place + 8, 4)
        self._damaged(directory, offset + length > len(self.block))
        if kind == TEXT:
            self.text_bytes += max(0, min(length, len(self.block) - offset))
        elif count < MAX_NUMBERS_OF_A_FIELD:
            self.numbers += count
        if self.text_bytes > MAX_TEXT_BYTES or self.numbers > MAX_NUMBERS:
            self.found.is_too_large = True
            return
        self.found.entries.append(Entry(directory, tag, kind, count, offset, length))
        is_pointer = tag in (EXIF_POINTER, GPS_POINTER, INTEROPERABILITY_POINTER) and kind not in _NO_POINTERS
        if is_pointer and directory not in _LEAVES and count:
            self._follow(tag, directory, offset, ELEMENT_BYTES[kind])

    def _damaged(self, directory: str, is_so: bool) -> None:
        self.found.is_damaged |= is_so and directory in _OF_THE_PHOTO

    def _follow(self, tag: int, directory: str, offset: int, size: int) -> None:
        target = self.number(offset, min(4, size))
        if target == 0:
            # exifread would read the header as a directory; beyond the end it finds nothing. A pointer of less than four
            # bytes cannot be made to point there, and nobody writes one.
            self._damaged(directory, True)
            self.found.is_too_large |= size < 4
            self.found.corrections.append((offset, struct.pack(f"{self.order}I", len(self.block))))
        elif tag == GPS_POINTER:
            self.directory(target, "GPS")
        elif tag == INTEROPERABILITY_POINTER:
            self.directory(target, "Interoperability")
        elif directory == "Image":
            self.exif = target
