"""The blocks of a GIF file, walked without decoding (CompuServe GIF89a)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from catalog.imaging.header import MAX_FRAMES, Header, truncated

MEDIA_TYPE = "image/gif"
SIGNATURES = (b"GIF87a", b"GIF89a")
IMAGE, EXTENSION, TRAILER = 0x2C, 0x21, 0x3B
COMMENT, APPLICATION = 0xFE, 0xFF


@dataclass(frozen=True, slots=True)
class Block:
    """Hold one block as offsets: `kind` is its first byte, `label` the second one of an extension, 0 otherwise."""

    kind: int
    label: int
    start: int
    end: int


def colour_table_end(data: bytes, flags_at: int, start: int) -> int:
    """Return where the colour table that starts at `start` ends, `start` itself where the flags announce none."""
    flags = data[flags_at]
    return start + (3 << ((flags & 7) + 1)) if flags & 0x80 else start


def gif_blocks(data: bytes) -> Iterator[Block]:
    """Yield image blocks, extensions and the trailer; stop where the file is damaged or ends, or after `MAX_FRAMES` images."""
    if len(data) < 13:
        return
    position, images = colour_table_end(data, 10, 13), 0
    while position < len(data):
        kind, label = data[position], 0
        if kind == TRAILER:
            yield Block(kind, 0, position, position + 1)
            return
        if kind == IMAGE and position + 11 <= len(data):
            images += 1
            if images > MAX_FRAMES:
                return
            # One byte of code size stands between the colour table and the coded data.
            body = colour_table_end(data, position + 9, position + 10) + 1
        elif kind == EXTENSION and position + 2 <= len(data):
            label, body = data[position + 1], position + 2
        else:
            return
        while body < len(data) and data[body]:
            body += data[body] + 1
        if body >= len(data):
            return
        yield Block(kind, label, position, body + 1)
        position = body + 1


def read_gif_header(data: bytes) -> Header:
    """Walk a GIF file; frames are counted up to `MAX_FRAMES`; raises ImageError."""
    if len(data) < 13:
        raise truncated(MEDIA_TYPE)
    width, height = struct.unpack_from("<HH", data, 6)
    frames, end = 0, 0
    for block in gif_blocks(data):
        frames += block.kind == IMAGE
        if block.kind == TRAILER:
            end = block.end
    warnings = () if end else ("frames_not_counted",) if frames >= MAX_FRAMES else ("end_missing",)
    return Header(MEDIA_TYPE, width, height, end=end or len(data), frames=max(frames, 1), warnings=warnings)
