"""How a file was coded: what tells a first save from a recompression."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

import catalog.imaging.jpeg as jpeg
from catalog.imaging.recognise import read_header

# ITU-T T.81 annex K.1, table K.1, in the zigzag order in which files store tables.
_STANDARD_LUMINANCE = (
    16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37, 29, 40, 58, 51, 61, 60,
    57, 51, 56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87, 95, 98, 103, 104, 103, 62, 77, 113, 121, 112,
    100, 120, 92, 101, 103, 99,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CodingFacts:
    """Hold how the picture of a file was coded.

    For JPEG: `quantisation` holds the tables as stored, by table number, 64 numbers each in zigzag order; `quality` is the
    libjpeg quality 1–100 whose luminance table lies nearest, `is_standard_table` says that it is exactly that one (else
    the writer has tables of its own and the number is only a likeness); `subsampling` is written as 4:2:0, empty for
    one component; `components`, `bits`, `is_progressive` are those of the frame. For other formats only `media_type` says
    anything.
    """

    media_type: str
    quantisation: tuple[tuple[int, ...], ...] = ()
    quality: int | None = None
    is_standard_table: bool = False
    is_progressive: bool = False
    subsampling: str = ""
    components: int = 0
    bits: int = 0


def coding_facts(data: bytes) -> CodingFacts:
    """Read how a file was coded from its headers, without decoding it; raises ImageError for what is no picture."""
    header = read_header(data)
    if header.media_type != jpeg.MEDIA_TYPE:
        return CodingFacts(header.media_type)
    tables: dict[int, tuple[int, ...]] = {}
    frame = b""
    for segment in jpeg.jpeg_segments(data):
        payload = data[segment.start : segment.end]
        if segment.marker == jpeg.DQT:
            tables.update(_tables_of(payload))
        elif segment.marker in jpeg.START_OF_FRAME and not frame:
            frame = payload
        elif segment.marker == jpeg.SOS:
            break
    components = [frame[at : at + 3] for at in range(6, len(frame) - 2, 3)][: frame[5] if len(frame) > 5 else 0]
    luminance = tables.get(components[0][2]) if components else None
    quality, is_standard = _nearest_quality(luminance) if luminance else (None, False)
    return CodingFacts(
        jpeg.MEDIA_TYPE,
        quantisation=tuple(tables[number] for number in sorted(tables)),
        quality=quality,
        is_standard_table=is_standard,
        is_progressive=header.is_progressive,
        subsampling=_subsampling(components),
        components=len(components),
        bits=frame[0],
    )


@cache
def standard_luminance_table(quality: int) -> tuple[int, ...]:
    """Return libjpeg's luminance table for a quality 1–100, zigzag order (jcparam.c, jpeg_quality_scaling, baseline)."""
    scale = 5000 // quality if quality < 50 else 200 - 2 * quality
    return tuple(min(max((base * scale + 50) // 100, 1), 255) for base in _STANDARD_LUMINANCE)


@cache
def _standard_tables() -> npt.NDArray[np.int64]:
    """Return the (100, 64) tables of all qualities, from 100 down to 1."""
    return np.array([standard_luminance_table(quality) for quality in range(100, 0, -1)], dtype=np.int64)


def _nearest_quality(table: tuple[int, ...]) -> tuple[int, bool]:
    distances = np.abs(_standard_tables() - np.array(table, dtype=np.int64)).sum(axis=1)
    # The first of equals is the highest quality.
    nearest = int(np.argmin(distances))
    return 100 - nearest, bool(distances[nearest] == 0)


def _tables_of(payload: bytes) -> dict[int, tuple[int, ...]]:
    tables, at = {}, 0
    while at < len(payload):
        precision, number = payload[at] >> 4, payload[at] & 15
        size = 128 if precision else 64
        if at + 1 + size > len(payload):
            break
        tables[number] = struct.unpack_from(">64H" if precision else "64B", payload, at + 1)
        at += 1 + size
    return tables


def _subsampling(components: list[bytes]) -> str:
    """Write the sampling of three components as J:a:b; other layouts as their factors."""
    if len(components) < 2:
        return ""
    factors = [(one[1] >> 4, one[1] & 15) for one in components]
    named: dict[tuple[tuple[int, int], ...], str] = {
        ((1, 1), (1, 1), (1, 1)): "4:4:4",
        ((2, 1), (1, 1), (1, 1)): "4:2:2",
        ((2, 2), (1, 1), (1, 1)): "4:2:0",
        ((1, 2), (1, 1), (1, 1)): "4:4:0",
        ((4, 1), (1, 1), (1, 1)): "4:1:1",
    }
    return named.get(tuple(factors), " ".join(f"{across}x{down}" for across, down in factors))
