"""Photoshop image resources: where JPEG, PNG and TIFF keep their IIM block."""

from __future__ import annotations

from catalog.metadata.blocks import CONTAINER_DAMAGED, Blocks

IIM_RESOURCE = 0x0404
XMP_RESOURCE = 0x0424
# Adobe Photoshop File Formats, "Image Resource Blocks": signature, id, padded name, length, padded data. The four other
# signatures are written by Photoshop's neighbours (exiv2 issue 800).
SIGNATURES = (b"8BIM", b"AgHg", b"DCSR", b"PHUT", b"MeSa")
MAX_RESOURCES = 1_000


def add_resources(resources: bytes, blocks: Blocks) -> None:
    """Add the IIM blocks and XMP packets found in a sequence of image resources.

    What precedes damage is kept; damage adds the warning `container_damaged`.
    """
    place = 0
    for _ in range(MAX_RESOURCES):
        if resources[place : place + 4] not in SIGNATURES:
            if resources[place:].strip(b"\0"):
                blocks.warn(CONTAINER_DAMAGED)
            return
        identifier = int.from_bytes(resources[place + 4 : place + 6], "big")
        if place + 6 >= len(resources):
            blocks.warn(CONTAINER_DAMAGED)
            return
        name_field = resources[place + 6] + 1
        start = place + 6 + name_field + name_field % 2 + 4
        length = int.from_bytes(resources[start - 4 : start], "big")
        end = start + length
        if identifier == IIM_RESOURCE:
            # A length beyond the end still leaves the datasets before it readable; the IIM reader names the damage.
            blocks.add_iim(resources[start:end])
        elif identifier == XMP_RESOURCE:
            blocks.add_xmp(resources[start:end])
        if end > len(resources):
            blocks.warn(CONTAINER_DAMAGED)
            return
        place = end + length % 2
        if place >= len(resources):
            return
    blocks.warn(CONTAINER_DAMAGED)
