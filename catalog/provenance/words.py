"""The ledger's closed list of codes, the quantities each one sums, and its sentences."""

from __future__ import annotations

from catalog.provenance.comparison import Comparison
from catalog.provenance.quantities import OrderedPair, first_shown
from catalog.records.partial_date import PartialDate
from catalog.records.traces import TracedPhoto

# Code → quantities. docs/provenance.md explains each; tests hold the page to this list.
CODES: dict[str, tuple[str, ...]] = {
    "containment": ("content_missing", "content_cut", "seam"),
    "collage": ("collage_part",),
    "frame_added": ("border_added", "root_border"),
    "overlay": ("overlaid", "overlay_missing", "odd_share"),
    "resolution": ("enlarged", "reduced"),
    "enlargement": ("spectrum_empty",),
    "detail": ("detail_gained",),
    "remaking": (
        "remade_difference",
        "tones_lost",
        "not_remade",
        "left_over",
        "beyond_coding",
        "structure_lost",
        "not_laid_finely",
    ),
    "closest": ("closest", "closest_beyond_coding"),
    "colour": ("colour_gained", "clipping_lost", "gaps_lost", "tone_step", "colour_step", "root_grey"),
    "mirroring": ("mirrored",),
    "compression": ("quality_gained", "blocking_lost", "root_quality", "root_shifted_grid"),
    "file_format": ("png_from_jpeg", "jpeg_from_png", "same_pixels_from_jpeg"),
    "metadata": (
        "camera_kept",
        "camera_gained",
        "camera_lost",
        "facts_shared",
        "software_added",
        "software_lost",
        "root_camera",
        "root_software",
    ),
    "stated_times": ("created_before", "modified_before", "modified_after"),
    "document_ids": ("identifier_derived", "identifier_reversed", "identifier_shared"),
    "stated_credit": ("credits_publisher",),
    "publication_dates": ("published_before", "published_after", "root_dated_first"),
}


def sentence(code: str, pair: OrderedPair, *, supports: bool) -> str:
    """Say in one sentence what the item of a ledger saw; `first` is the stated parent, `second` the stated child."""
    comparison = pair.comparison
    if comparison is not None and code in _OF_PIXELS:
        return _OF_PIXELS[code](comparison, supports)
    return _of_facts(code, pair, supports=supports)


def _containment(comparison: Comparison, supports: bool) -> str:
    first, second = _percent(comparison.first.covered), _percent(comparison.second.covered)
    if supports:
        return f"The second shows {first} of the first, and {second} of the second is in the first: content was cut, not found."
    return f"{second} of the second is in the first: the second shows content that the first does not have."


def _frame_added(comparison: Comparison, supports: bool) -> str:
    if supports:
        return f"{_percent(comparison.second.bare_flat)} of the second is plain border, bar or page around the first."
    return f"{_percent(comparison.first.bare_flat)} of the first is plain border, bar or page that the second does not have."


def _overlay(comparison: Comparison, supports: bool) -> str:
    where = "second" if supports else "first"
    return f"In {_percent(comparison.odd)} of what both show they differ, and it looks laid over in the {where}."


def _resolution(comparison: Comparison, supports: bool) -> str:
    scale = comparison.enlargement
    if scale < 1:
        seen = f"What both show has {_percent(scale)} of the first's length in the second"
    else:
        seen = f"What both show is {scale:.2f} times as long in the second as in the first"
    return f"{seen}; copies are made smaller more often than larger." if supports else f"{seen}, which copies rarely are."


def _enlargement(_: Comparison, supports: bool) -> str:
    larger = "second" if supports else "first"
    return f"The {larger} has more pixels and no finer detail: the end of its spectrum is empty, as after enlarging."


def _detail(comparison: Comparison, supports: bool) -> str:
    richer = "first" if comparison.first.detail >= comparison.second.detail else "second"
    end = "a copy loses detail" if supports else "that is unusual for this direction"
    return f"At equal size the {richer} holds more fine detail; {end}."


def _remaking(comparison: Comparison, supports: bool) -> str:
    ahead, behind = comparison.second.trimmed, comparison.first.trimmed
    easier = "more closely" if ahead <= behind else "less closely"
    end = "" if supports else ", yet not in the way that copying leaves"
    return (
        f"The second can be made from the first {easier} than the first from the second "
        f"({ahead:.1f} against {behind:.1f} levels of difference){end}."
    )


def _colour(comparison: Comparison, supports: bool) -> str:
    poorer = "second" if supports else "first"
    return f"The {poorer} has lost colour or tones that the other one still has."


def _mirroring(comparison: Comparison, supports: bool) -> str:
    end = "laid out as a copy would be" if supports else "laid out as an original would be"
    return f"One is the other's mirror image; the second is {end}."


def _of_facts(code: str, pair: OrderedPair, *, supports: bool) -> str:
    first, second = pair.parent, pair.child
    if code == "publication_dates":
        seen = f"The first was first seen {_when(first_shown(first))}, the second {_when(first_shown(second))}."
    elif code == "metadata":
        seen = f"{_stated('The first', first)} {_stated('The second', second)}"
    elif code == "stated_times":
        seen = (
            f"The first says it was taken {_when(first.facts.date_created)} and written {_when(first.facts.modified)}, "
            f"the second {_when(second.facts.date_created)} and {_when(second.facts.modified)}."
        )
    elif code == "document_ids":
        named = "second" if supports else "first"
        seen = f"The identifiers in the {named} name the other one as what it was made from, or both name one document."
    elif code == "compression":
        seen = f"The first has {_quality(pair.parent)}, the second {_quality(pair.child)}."
    elif code == "stated_credit":
        who, whom = ("second", "first") if supports else ("first", "second")
        seen = f"A publication of the {who} credits a publisher of the {whom}."
    elif code == "file_format":
        seen = f"The first is {first.media_type}, the second {second.media_type}."
    else:
        seen = "The two could not be laid over each other."
    return seen


def _stated(whose: str, photo: TracedPhoto) -> str:
    camera, software = photo.facts.camera, photo.facts.software
    if camera and software:
        return f"{whose} names a camera ({camera}) and a program ({software})."
    if camera:
        return f"{whose} names a camera ({camera})."
    return f"{whose} names a program ({software})." if software else f"{whose} names no camera and no program."


def _quality(photo: TracedPhoto) -> str:
    traces = photo.traces
    if traces is None or traces.quality is None:
        return "no JPEG quality of its own"
    return f"JPEG quality {traces.quality:.0f}"


def _when(date: PartialDate | None) -> str:
    return "at a date nobody stated" if date is None else f"({date.edtf or date.raw})"


def _closest(_: Comparison, supports: bool) -> str:
    made, source = ("second", "first") if supports else ("first", "second")
    return f"Of all photos tried, the {made} can be made again most closely from the {source}."


def _collage(_: Comparison, supports: bool) -> str:
    whole, part = ("second", "first") if supports else ("first", "second")
    return f"The {whole} shows all of the {part}, with an edge around it, beside a picture that has nothing in common with it."


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


_OF_PIXELS = {
    "containment": _containment,
    "closest": _closest,
    "collage": _collage,
    "frame_added": _frame_added,
    "overlay": _overlay,
    "resolution": _resolution,
    "detail": _detail,
    "enlargement": _enlargement,
    "remaking": _remaking,
    "colour": _colour,
    "mirroring": _mirroring,
}
