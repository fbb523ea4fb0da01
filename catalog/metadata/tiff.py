"""The directories of a TIFF structure: where each of its fields lies, within a budget."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

# TIFF 6.0 §2: type number -> bytes of one element.
ELEMENT_BYTES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
TEXT, UNDEFINED = 2, 7
# Directories in which exifread follows no pointer.
_LEAVES = ("GPS", "Interoperability")
EXIF_POINTER, GPS_POINTER, INTEROPERABILITY_POINTER = 0x8769, 0x8825, 0xA005

# What one structure may cost a reader that believes it. exifread follows every declared entry, also beyond the end of the
# block: 80,000 of them cost it 0.2 s here, 100,000 numbers 0.2 s (tests/metadata/test_exif.py holds both). Camera files have
# 20–80 entries in 4–5 directories.
MAX_DIRECTORIES = 100
MAX_ENTRIES = 80_000
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

    `is_damaged`: something points beyond the end or in a circle. `is_too_large`: the structure costs more than the
    limits above allow; then `entries` holds what was read before that.
    """

    big_endian: bool
    entries: list[Entry] = field(default_factory=list)
    is_damaged: bool = False
    is_too_large: bool = False


def read_directories(block: bytes) -> Directories:
    """Walk the chain of directories of a TIFF structure, then Exif, GPS and Interoperability, as exifread does.

    The block must begin with `II*` or `MM` and 42 (TIFF 6.0 §2). Never raises for damage.
    """
    walk = _Walk(block, Directories(big_endian=block[:1] == b"M"))
    place, index = walk.number(4, 4), 0
    while place and index < MAX_DIRECTORIES:
        if place in walk.chain:
            walk.found.is_damaged = True
            break
        walk.chain.add(place)
        walk.directory(place, ("Image", "Thumbnail")[index] if index < 2 else f"IFD {index}")
        place, index = walk.number(place + 2 + 12 * walk.number(place, 2), 4), index + 1
    if place and index == MAX_DIRECTORIES:
        walk.found.is_too_large = True
    if walk.exif is not None:
        walk.directory(walk.exif, "EXIF")
    return walk.found


class _Walk:
    """Follow pointers and count what following them would cost exifread, which visits a directory once per pointer."""

    def __init__(self, block: bytes, found: Directories) -> None:
        self.block = block
        self.found = found
        self.chain: set[int] = set()
        self.exif: int | None = None
        self.visits = 0
        self.declared = 0
        self.numbers = 0
        self.text_bytes = 0
        self.order = ">" if found.big_endian else "<"

    def number(self, place: int, size: int) -> int:
        """Return an unsigned number, 0 beyond the end of the block (as exifread reads there)."""
        part = self.block[place : place + size]
        return int.from_bytes(part, "big" if self.found.big_endian else "little") if len(part) == size else 0

    def directory(self, place: int, name: str) -> None:
        """Read one directory and those it points at."""
        self.visits += 1
        declared = self.number(place, 2)
        self.declared += declared
        if self.visits > MAX_DIRECTORIES or self.declared > MAX_ENTRIES:
            self.found.is_too_large = True
            return
        if place == 0:
            # exifread reads the header as a directory there; that costs time and says nothing.
            self.found.is_damaged = True
            return
        held = min(declared, max(0, (len(self.block) - place - 2) // 12))
        self.found.is_damaged |= held < declared or place + 2 > len(self.block)
        fields = struct.iter_unpack(f"{self.order}HHL4s", self.block[place + 2 : place + 2 + 12 * held])
        for index, (tag, kind, count, _) in enumerate(fields):
            if kind in ELEMENT_BYTES:
                self._entry(place + 2 + 12 * index, name, tag, kind, count)
            if self.found.is_too_large:
                return

    def _entry(self, place: int, directory: str, tag: int, kind: int, count: int) -> None:
        length = count * ELEMENT_BYTES[kind]
        offset = place + 8 if length <= 4 else self.number(place + 8, 4)
        self.found.is_damaged |= offset + length > len(self.block)
        if kind == TEXT:
            self.text_bytes += max(0, min(length, len(self.block) - offset))
        elif count < MAX_NUMBERS_OF_A_FIELD:
            self.numbers += count
        if self.text_bytes > MAX_TEXT_BYTES or self.numbers > MAX_NUMBERS:
            self.found.is_too_large = True
            return
        self.found.entries.append(Entry(directory, tag, kind, count, offset, length))
        target = self.number(offset, min(4, ELEMENT_BYTES[kind])) if count else 0
        if tag == EXIF_POINTER and directory == "Image":
            self.exif = target
        elif tag == GPS_POINTER and directory not in _LEAVES:
            self.directory(target, "GPS")
        elif tag == INTEROPERABILITY_POINTER and directory not in _LEAVES:
            self.directory(target, "Interoperability")
