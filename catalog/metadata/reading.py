"""The door of this room: everything a file and its sidecar state about the photo, each value with where it stands."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from hashlib import md5

from catalog.metadata.blocks import TOO_LARGE, Blocks, Comment
from catalog.metadata.c2pa import read_credentials
from catalog.metadata.charset import undeclared_codecs
from catalog.metadata.container import find_blocks
from catalog.metadata.exif import EXIFREAD_FAULTS, IIM_TAG, XMP_TAG, embedded_blocks, read_exif
from catalog.metadata.exif import UNREADABLE as EXIF_UNREADABLE
from catalog.metadata.iptc import DAMAGED as IIM_DAMAGED
from catalog.metadata.iptc import read_iim
from catalog.metadata.meanings import comment_meaning
from catalog.metadata.photoshop import add_resources
from catalog.metadata.xmp import HAS_EXTENDED, read_xmp
from catalog.metadata.xmp_tree import UNREADABLE as XMP_UNREADABLE
from catalog.records.metadata import MetadataValue
from catalog.records.text import RecordedText

EXTENDED_DAMAGED = "xmp_extended_damaged"
# The worker's reply may not be longer than 4 MiB; three of them may be metadata.
MAX_REPLY_BYTES = 3 * 1024 * 1024

Reading = tuple[tuple[MetadataValue, ...], tuple[str, ...]]
# Vocabulary -> reader of one block of it, and the code when the reader itself fails.
READERS: dict[str, tuple[Callable[[bytes], Reading], str]] = {
    "exif": (read_exif, EXIF_UNREADABLE),
    "iim": (read_iim, IIM_DAMAGED),
    "xmp": (read_xmp, XMP_UNREADABLE),
}


def read_metadata(data: bytes, sidecar: bytes | None = None) -> Reading:
    """Return every value that a photo's bytes and its `.xmp` sidecar state, and stable warning codes.

    Nothing is merged: values that disagree stand beside each other, with their vocabulary and their bytes. `position`
    counts the values of one property. The codes are listed in docs/metadata.md; a block that cannot be read yields a code
    and leaves the other blocks as they are. A file of an unknown container yields nothing.

    Values whose sum would be too long for a worker's reply are left out, those without a meaning first, with the code
    `metadata_too_large`. Never raises for damaged bytes.
    """
    blocks = find_blocks(data)
    for block in tuple(blocks.exif):
        _take_embedded(block, blocks)
    values: list[MetadataValue] = []
    for vocabulary, found in (("exif", blocks.exif), ("iim", blocks.iim), ("xmp", blocks.xmp)):
        for block in found:
            values += _read(vocabulary, block, blocks)
    extended = _extended_packet(values, blocks)
    if extended:
        values += _read("xmp", extended, blocks)
    values += _comments(blocks.comments)
    for store in blocks.credentials:
        said, warnings = read_credentials(store, data)
        values += said
        for code in warnings:
            blocks.warn(code)
    if sidecar is not None:
        values += [replace(value, vocabulary="sidecar") for value in _read("xmp", sidecar, blocks)]
    return _numbered(_within_reply(values, blocks)), tuple(blocks.warnings)


def _read(vocabulary: str, block: bytes, blocks: Blocks) -> tuple[MetadataValue, ...]:
    reader, failed = READERS[vocabulary]
    try:
        values, warnings = reader(block)
    except EXIFREAD_FAULTS:
        # The readers promise not to raise; a block that breaks the promise must not cost the photo its other values.
        blocks.warn(failed)
        return ()
    for code in warnings:
        blocks.warn(code)
    return values


def _take_embedded(block: bytes, blocks: Blocks) -> None:
    """Add the blocks that stand in fields of a TIFF structure."""
    for tag, raw in embedded_blocks(block):
        if tag == XMP_TAG:
            blocks.add_xmp(raw)
        elif tag == IIM_TAG:
            blocks.add_iim(raw)
        else:
            add_resources(raw, blocks)


def _extended_packet(values: Iterable[MetadataValue], blocks: Blocks) -> bytes:
    """Join the parts of the extended packet that the main packet names; empty when there is none or it is not whole.

    XMP specification part 3 §1.1.3.1: the name is the MD5 of the whole. Parts nobody names are left alone, as it asks.
    """
    named = {value.raw for value in values if value.vocabulary == "xmp" and value.property == HAS_EXTENDED}
    parts = [part for part in blocks.extended_xmp if part.guid in named]
    packet, place = bytearray(), 0
    for part in sorted(parts, key=lambda part: part.offset):
        if part.offset == place:
            packet += part.part
            place += len(part.part)
    if named and md5(packet, usedforsecurity=False).hexdigest().upper().encode("ascii") not in named:
        blocks.warn(EXTENDED_DAMAGED)
        return b""
    return bytes(packet)


def _comments(comments: list[Comment]) -> list[MetadataValue]:
    bodies = [comment.raw.rstrip(b"\0") for comment in comments]
    values = []
    for comment, body, chosen in zip(comments, bodies, undeclared_codecs(bodies), strict=True):
        codec = chosen if chosen == "utf-8" or comment.codec is None else comment.codec
        text = RecordedText.from_bytes(body, codec)
        meaning = comment_meaning(comment.vocabulary, comment.property)
        values.append(
            MetadataValue(comment.vocabulary, comment.property, 0, comment.language, comment.raw, text.text, text.codec, meaning)
        )
    return values


def _within_reply(values: list[MetadataValue], blocks: Blocks) -> list[MetadataValue]:
    """Leave out what would make the reply too long, values without a meaning first; order stays."""
    left = MAX_REPLY_BYTES
    kept: set[int] = set()
    for index in sorted(range(len(values)), key=lambda index: values[index].meaning is None):
        left -= _reply_bytes(values[index])
        if left < 0:
            blocks.warn(TOO_LARGE)
            break
        kept.add(index)
    return [value for index, value in enumerate(values) if index in kept]


def _reply_bytes(value: MetadataValue) -> int:
    """Return what a value takes in JSON at most: its words escaped, its bytes in base64, short words and commas."""
    return len(json.dumps([value.property, value.language, value.text])) + len(value.raw) * 4 // 3 + 160


def _numbered(values: list[MetadataValue]) -> tuple[MetadataValue, ...]:
    """Count the values of one property, whichever block they came from."""
    seen: Counter[tuple[str, str]] = Counter()
    numbered = []
    for value in values:
        key = (value.vocabulary, value.property)
        numbered.append(value if value.position == seen[key] else replace(value, position=seen[key]))
        seen[key] += 1
    return tuple(numbered)
