"""The comments and the XMP extension of a GIF file."""

from __future__ import annotations

import re

from catalog.metadata.blocks import CONTAINER_DAMAGED, TOO_LARGE, Blocks, Comment

SIGNATURES = (b"GIF87a", b"GIF89a")
XMP_APPLICATION = b"XMP DataXMP"
# XMP specification part 3 §1.1.2: the packet is not cut into sub-blocks; 257 bytes follow it, so that a reader that takes its
# bytes for lengths arrives at the end all the same. The last of them ends the extension.
XMP_TRAILER = 257
MAX_GIF_BLOCKS = 1_000_000

_EXTENSION, _IMAGE, _END = 0x21, 0x2C, 0x3B
_COMMENT, _APPLICATION = 0xFE, 0xFF
_BLOCK = re.compile(rb"[!,;]")


def read_gif(data: bytes) -> Blocks:
    """Return the comments and XMP packets of a GIF; a block beyond the end of the file adds `container_damaged`.

    Bytes that begin no block are passed over up to the next one (GIF87a, appendix on extraneous data), and a file that ends
    between two blocks is whole but for its trailer: neither loses anything that is kept.
    """
    blocks = Blocks()
    try:
        _walk(data, blocks)
    except IndexError:
        blocks.warn(CONTAINER_DAMAGED)
    return blocks


def _walk(data: bytes, blocks: Blocks) -> None:
    place = 13 + _color_table(data[10])
    if place > len(data):
        raise IndexError
    budget = MAX_GIF_BLOCKS
    while budget > 0:
        found = _BLOCK.search(data, place)
        if found is None or data[found.start()] == _END:
            return
        place, kind = found.start(), data[found.start()]
        start = place + 2 if kind == _EXTENSION else place + 10 + _color_table(data[place + 9]) + 1
        end, used = _end_of_sub_blocks(data, start, budget)
        if kind == _EXTENSION:
            _take_extension(data[place + 1], data[start:end], blocks)
        place, budget = end, budget - used - 1
    blocks.warn(TOO_LARGE)


def _color_table(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _end_of_sub_blocks(data: bytes, start: int, budget: int) -> tuple[int, int]:
    """Return where the sub-blocks end, after their terminator, and how many there were."""
    place = start
    for used in range(budget):
        if data[place] == 0:
            return place + 1, used
        place += 1 + data[place]
    return place, budget


def _take_extension(label: int, sub_blocks: bytes, blocks: Blocks) -> None:
    if label == _COMMENT:
        blocks.add_comment(Comment("gif", "Comment", None, _joined(sub_blocks), None))
    elif label == _APPLICATION and sub_blocks[1:12] == XMP_APPLICATION:
        blocks.add_xmp(sub_blocks[12 : -XMP_TRAILER - 1])


def _joined(sub_blocks: bytes) -> bytes:
    parts, place = bytearray(), 0
    while place < len(sub_blocks) and sub_blocks[place]:
        parts += sub_blocks[place + 1 : place + 1 + sub_blocks[place]]
        place += 1 + sub_blocks[place]
    return bytes(parts)
