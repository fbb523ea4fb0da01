"""Boxes of JUMBF, the container that content credentials stand in (ISO/IEC 19566-5), read within stated limits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from catalog.errors import MetadataError

SUPERBOX, DESCRIPTION = b"jumb", b"jumd"
# A store of three manifests has about 60 boxes in 4 levels.
MAX_BOXES = 5_000
MAX_LEVELS = 12
# ISO/IEC 19566-5 §A.3: the description says by its second bit that a label follows.
_HAS_LABEL = 0x02


@dataclass(frozen=True, slots=True)
class Superbox:
    """Hold one superbox: the first four letters of its type, its label, what it holds, and its bytes.

    `contents` are the boxes in it that are no superboxes, each with its type; `body` is everything after the superbox's own
    header, which is what C2PA takes digests of.
    """

    kind: bytes
    label: str
    contents: tuple[tuple[bytes, bytes], ...]
    children: tuple[Superbox, ...]
    body: bytes

    def child(self, label: str) -> Superbox | None:
        """Return the superbox in this one that has a label, None where there is none."""
        return next((one for one in self.children if one.label == label), None)

    def content(self, kind: bytes) -> bytes | None:
        """Return the first plain box of a type, None where there is none."""
        return next((found for one, found in self.contents if one == kind), None)


def read_jumbf(data: bytes) -> tuple[Superbox, ...]:
    """Return the superboxes of a block; raises MetadataError for what is damaged or beyond the limits."""
    left = [MAX_BOXES]
    return tuple(_superbox(body, 1, left) for kind, body in _boxes(data, left) if kind == SUPERBOX)


def _superbox(body: bytes, level: int, left: list[int]) -> Superbox:
    if level > MAX_LEVELS:
        raise MetadataError("the content credentials have more levels than are read", block="c2pa")
    kind, label = b"", ""
    contents, children = [], []
    for box, found in _boxes(body, left):
        if box == SUPERBOX:
            children.append(_superbox(found, level + 1, left))
        elif box == DESCRIPTION:
            kind, label = found[:4], _label(found)
        else:
            contents.append((box, found))
    return Superbox(kind, label, tuple(contents), tuple(children), body)


def _label(description: bytes) -> str:
    """Return the label of a description box: sixteen bytes of type, one of switches, then text up to a NUL."""
    if len(description) < 17 or not description[16] & _HAS_LABEL:
        return ""
    return description[17:].partition(b"\0")[0][:1024].decode("utf-8", "replace")


def _boxes(data: bytes, left: list[int]) -> Iterator[tuple[bytes, bytes]]:
    """Yield type and body of each box (ISO/IEC 14496-12 §4.2: a length of 1 stands for eight more bytes, 0 for all the rest)."""
    place = 0
    while place < len(data):
        left[0] -= 1
        length, header = int.from_bytes(data[place : place + 4], "big"), 8
        if length == 1:
            length, header = int.from_bytes(data[place + 8 : place + 16], "big"), 16
        elif length == 0:
            length = len(data) - place
        if left[0] < 0 or length < header or place + length > len(data):
            raise MetadataError("a box of the content credentials runs beyond the end, or there are too many", block="c2pa")
        yield data[place + 4 : place + 8], data[place + header : place + length]
        place += length
