"""Read, once per photo, the traces that processing left in a file."""

from __future__ import annotations

import numpy as np

from catalog.imaging import ReducedPicture, coding_facts
from catalog.provenance import marks
from catalog.provenance.earlier_saves import count_steps
from catalog.records.traces import Traces

# ITU-R BT.601 luma weights, as JFIF uses them.
_LUMA = np.array([0.299, 0.587, 0.114], np.float32)
# Mean distance from grey, in levels, up to which JPEG's own rounding explains the colour.
_GREY = 1.5


def read_traces(data: bytes, picture: ReducedPicture) -> Traces:
    """Measure a file's coding and the middle of its reduced decode; raises ImageError for what is no picture.

    Costs a few milliseconds whatever the size: the window is at most 512 × 512, the rest is taken from every fourth pixel.
    """
    coding = coding_facts(data)
    window, left, top = marks.middle(picture.rgb)
    luma = window.astype(np.float32) @ _LUMA
    step = max(1, min(picture.rgb.shape[:2]) // 160)
    coarse = picture.rgb[::step, ::step].astype(np.float32)
    grey = coarse @ _LUMA
    colour = float(np.abs(coarse - grey[..., None]).mean())
    strength, grid = marks.blocking(luma, left, top)
    # A picture that was reduced or turned lies on its file's grid no more.
    is_as_stored = picture.orientation == 1 and (picture.height, picture.width) == picture.rgb.shape[:2]
    table = coding.quantisation[0] if coding.quantisation and is_as_stored else ()
    return Traces(
        format=coding.media_type.removeprefix("image/"),
        quality=None if coding.quality is None else float(coding.quality),
        tables=coding.quantisation,
        is_standard_table=coding.is_standard_table,
        subsampling=coding.subsampling or None,
        is_progressive=coding.is_progressive,
        working_width=picture.rgb.shape[1],
        working_height=picture.rgb.shape[0],
        detail=marks.detail(luma),
        cutoff=marks.cutoff(luma),
        blocking=strength,
        grid=grid,
        colour=colour,
        is_grey=colour < _GREY,
        dark_clipped=float((grey < 4).mean()),
        bright_clipped=float((grey > 251).mean()),
        gaps=marks.gaps(luma.astype(np.uint8)),
        content=marks.content_box(grey),
        step_counts=count_steps(luma, left, top, table) if len(table) == 64 and 0 not in table else (),
    )
