"""What speaks for one photo being made from another, as numbers: pixels, files, stated facts, dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import log, log2

from catalog.provenance.comparison import SEAM, Comparison
from catalog.provenance.lettering import NOT_READ, Lettering
from catalog.provenance.remaking import Remaking
from catalog.records.partial_date import PartialDate
from catalog.records.traces import TracedPhoto, Traces

# The closed list, in the order of the ledger. Each is 0 where nothing is known, so that missing evidence weighs nothing.
QUANTITIES = (
    "remade_difference", "tones_lost", "content_missing", "content_regained", "border_added", "content_cut", "seam",
    "enlarged", "reduced",
    "detail_gained", "overlaid", "overlay_missing", "odd_share", "colour_gained", "colour_from_grey", "clipping_lost",
    "tone_step", "colour_step", "mirrored",
    "quality_gained", "blocking_lost", "steps_seen", "steps_missing", "png_from_jpeg", "jpeg_from_png", "gaps_lost",
    "camera_kept", "camera_gained", "camera_lost", "facts_shared", "software_added", "software_lost", "created_before",
    "modified_before", "modified_after", "identifier_derived", "identifier_reversed", "identifier_shared",
    "published_before", "published_after", "not_remade", "collage_part",
    "spectrum_empty", "same_pixels_from_jpeg", "credits_publisher", "ingredient_named",
    "left_over", "beyond_coding", "structure_lost", "not_laid_finely", "closest", "closest_beyond_coding", "lettering",
)  # fmt: skip
CLOSE_QUANTITIES = frozenset(
    {"left_over", "beyond_coding", "structure_lost", "not_laid_finely", "closest", "closest_beyond_coding", "lettering"}
)
# What is known before a photo is made again from another and its lettering read.
GLANCE_QUANTITIES = tuple(name for name in QUANTITIES if name not in CLOSE_QUANTITIES)
ROOT_QUANTITIES = (
    "root",
    "root_camera",
    "root_software",
    "root_quality",
    "root_border",
    "root_dated_first",
    "root_grey",
    "root_shifted_grid",
)

# Enlarging by s leaves nothing beyond 1/s of the spectrum. Of 185 copies that were made smaller, 4 in 100 look as if their
# original had been enlarged by this measure; of pictures enlarged by 1.25, 1.5 and 2, 77, 56 and 41 in 100 do.
_EMPTY_SPECTRUM = 1.15
_ENLARGED_OCTAVES = 0.25
# Of 27 grey copies on sixty graphs every one measures 0.0; 358 pictures in colour from 0.14 on, half of them above 3.4. What lies
# between is left alone: pale pictures whose colours were made stronger twice stay below 2.
_WITHOUT_HUES, _WITH_HUES = 0.5, 2.0
# Of copies that stand where their parent's steps would show, 43 of 46 are above the first and two below the second; of the same
# pairs the other way round 17 and 93 of 112 (docs/provenance.md).
_STEPS_SEEN, _STEPS_MISSING = 0.4, 0.0
# Beyond this change of tones, in levels, no step stays where it was.
_SAME_TONES = 3.0
# Of 174 photos with a ticker, lower third, logo or subtitle on them the graphic has the larger step, by the first of these
# octaves, 152 times and the clean photo never; by the second 114 times. Where something was blurred or coarsened, the original
# has it by the first in 6 of 140 pairs, by the second in none (docs/provenance.md). What takes less room is less sure.
_STEP_LEAST, _STEP_SURE = 0.43, 1.3
_LAID_OVER_SHARE = 0.04
# Of photos whose 8-pixel grid can be seen, 2 in 100 originals and 5 in 100 copies have it elsewhere than where their own save
# put it: what was cropped shows its parent's.
_SEEN_GRID = 1.05


@dataclass(frozen=True, slots=True)
class OrderedPair:
    """Hold two verified photos in the order asked about.

    `comparison` has the parent first, None without geometry. `is_collage_part` says that the child shows the whole parent
    beside another picture that has nothing in common with it, with an edge around it. `remaking` is the child made again from
    the parent, None where no window of both could be found; `is_closest` and `is_closest_beyond_coding` say that of all photos
    tried this parent leaves least over, in all and beyond the child's own rounding. `has_same_pixels` says that the two files
    decode to the same pixels, compared in full. `lettering` is what the lettering of two mirror images says, the parent first.
    `steps_seen` says how far the child's coefficients stand at the parent's steps
    (earlier_saves.py), None where the two do not lie on one 8-pixel grid or their tables can tell nothing.
    """

    parent: TracedPhoto
    child: TracedPhoto
    comparison: Comparison | None
    is_collage_part: bool = False
    remaking: Remaking | None = None
    is_closest: bool = False
    is_closest_beyond_coding: bool = False
    has_same_pixels: bool = False
    lettering: Lettering = NOT_READ
    steps_seen: float | None = None


def quantify(pair: OrderedPair) -> dict[str, float]:
    """Return every quantity that is not 0 for `child` being made from `parent`."""
    found: dict[str, float] = {}
    if pair.comparison is None:
        found["not_remade"] = 1.0
    else:
        found.update(_of_pixels(pair.comparison))
        found.update(_of_remaking(pair.remaking))
        found["closest"] = float(pair.is_closest)
        found["closest_beyond_coding"] = float(pair.is_closest_beyond_coding)
        found["lettering"] = float(pair.lettering.side)
        found.update(_of_steps(pair.steps_seen, pair.comparison))
    if pair.parent.traces is not None and pair.child.traces is not None:
        found.update(_of_files(pair.parent.traces, pair.child.traces))
        found["spectrum_empty"] = _spectrum_empty(pair, pair.parent.traces, pair.child.traces)
        found["same_pixels_from_jpeg"] = _same_pixels_from_jpeg(pair, pair.parent.traces, pair.child.traces)
    found.update(_of_facts(pair.parent, pair.child))
    found.update(_of_dates(pair.parent, pair.child))
    found["credits_publisher"] = float(_credits(pair.child, pair.parent)) - float(_credits(pair.parent, pair.child))
    found["collage_part"] = float(pair.is_collage_part)
    return {name: value for name, value in found.items() if value}


def quantify_root(photo: TracedPhoto, *, is_dated_first: bool) -> dict[str, float]:
    """Return every quantity that is not 0 for `photo` being made from nothing we have."""
    traces = photo.traces
    return {
        "root": 1.0,
        "root_camera": float(photo.facts.camera is not None),
        "root_software": float(photo.facts.software is not None and photo.facts.camera is None),
        "root_quality": (round(traces.quality) - 85) / 10 if traces is not None and traces.quality is not None else 0.0,
        "root_border": border_share(traces) if traces is not None else 0.0,
        "root_dated_first": float(is_dated_first),
        "root_grey": float(traces is not None and traces.is_grey),
        "root_shifted_grid": float(traces is not None and _has_shifted_grid(photo, traces)),
    }


def border_share(traces: Traces) -> float:
    """Return the share of a picture, 0–1 in hundredths, that plain borders and bars of its own take."""
    return round(1 - traces.content[2] * traces.content[3], 2)


def _spectrum_empty(pair: OrderedPair, parent: Traces, child: Traces) -> float:
    """Return by how many octaves the larger of two pictures looks enlarged: positive for the child, negative for the parent."""
    if pair.comparison is None or not pair.child.width or not pair.parent.width:
        return 0.0
    shrunk = (child.working_width / pair.child.width) / (parent.working_width / pair.parent.width)
    octaves = log2(max(pair.comparison.enlargement * shrunk, 1e-3))
    if octaves > _ENLARGED_OCTAVES and child.cutoff * 2**octaves < _EMPTY_SPECTRUM * parent.cutoff:
        return min(1.5, octaves)
    if octaves < -_ENLARGED_OCTAVES and parent.cutoff * 2**-octaves < _EMPTY_SPECTRUM * child.cutoff:
        return max(-1.5, octaves)
    return 0.0


def _same_pixels_from_jpeg(pair: OrderedPair, parent: Traces, child: Traces) -> float:
    """Tell which of two files with the same pixels came from the other: no JPEG saves a PNG's pixels, any PNG keeps a JPEG's."""
    if not pair.has_same_pixels:
        return 0.0
    return {("jpeg", "png"): 1.0, ("png", "jpeg"): -1.0}.get((parent.format, child.format), 0.0)


def _has_shifted_grid(photo: TracedPhoto, traces: Traces) -> bool:
    """Tell whether the 8-pixel grid that can be seen lies elsewhere than where the file's own save put it."""
    is_whole = (photo.width, photo.height) == (traces.working_width, traces.working_height)
    return traces.quality is not None and is_whole and traces.blocking >= _SEEN_GRID and traces.grid != (0, 0)


def _credits(photo: TracedPhoto, other: TracedPhoto) -> bool:
    """Tell whether a publication of one photo credits a publisher of the other, who did not publish this one too."""
    own = {publication.publisher for publication in photo.publications}
    theirs = {publication.publisher for publication in other.publications} - own - {None}
    return any(credit.source in theirs for publication in photo.publications for credit in publication.credits)


def _of_pixels(comparison: Comparison) -> dict[str, float]:
    # What a sentence tells as a figure counts as told: where two figures are equal they weigh nothing.
    parent, child = comparison.first, comparison.second
    scale = log2(max(comparison.enlargement, 1e-3))
    missing, odd = round(child.bare_textured, 2), round(comparison.odd, 2)
    seam = max(0.1, round(child.bare_seam, 1))
    parent_energy, child_energy = round(parent.residual_energy, 3), round(child.residual_energy, 3)
    return {
        "remade_difference": log(0.5 + round(child.trimmed, 1)),
        "tones_lost": _between(log((parent_energy + 1e-3) / (child_energy + 1e-3)), 3),
        "content_missing": min(1.0, 4 * missing),
        "border_added": min(1.0, 4 * round(child.bare_flat, 2)),
        "content_regained": min(1.0, 4 * missing) * max(0.0, 1 - abs(log(seam)) / log(SEAM)),
        "content_cut": min(1.0, 4 * (1 - round(parent.covered, 2))),
        "seam": _between(log(seam), 2) if 1 - child.covered > 0.03 else 0.0,
        "enlarged": min(1.5, max(0.0, scale - 0.03)),
        "reduced": min(1.5, max(0.0, -scale - 0.03)),
        "detail_gained": _between(log((child.detail + 0.02) / (parent.detail + 0.02)), 1.5),
        "overlaid": _laid_over(odd, child.odd_step, parent.odd_step),
        "overlay_missing": _laid_over(odd, parent.odd_step, child.odd_step),
        "odd_share": min(1.0, 4 * odd),
        "colour_gained": _between(log((child.colour + 1) / (parent.colour + 1)), 2),
        "colour_from_grey": float(parent.hues <= _WITHOUT_HUES and child.hues >= _WITH_HUES),
        "clipping_lost": _between(log((parent.clipped + 0.01) / (child.clipped + 0.01)), 2),
        "tone_step": log(1 + comparison.tone_step),
        "colour_step": log(1 + comparison.colour_step),
        "mirrored": float(comparison.is_mirrored),
    }


def _laid_over(odd: float, own_step: float, other_step: float) -> float:
    """Return how sure it is, 0–1, that what a pair disagrees about was laid over the picture whose step comes first."""
    octaves = log2(own_step / other_step)
    return min(1.0, odd / _LAID_OVER_SHARE) * min(1.0, max(0.0, octaves - _STEP_LEAST) / (_STEP_SURE - _STEP_LEAST))


def _of_remaking(remaking: Remaking | None) -> dict[str, float]:
    if remaking is None:
        return {"not_laid_finely": 1.0}
    return {
        "left_over": log(0.3 + round(remaking.left_over, 2)),
        "beyond_coding": log(0.1 + round(remaking.beyond_coding, 2)),
        "structure_lost": log(1.02 - max(0.0, min(1.0, round(remaking.explained, 2)))),
    }


def _of_steps(seen: float | None, comparison: Comparison) -> dict[str, float]:
    if seen is None or comparison.is_mirrored or comparison.tone_step > _SAME_TONES:
        return {}
    return {"steps_seen": float(seen > _STEPS_SEEN), "steps_missing": float(seen < _STEPS_MISSING)}


def _of_files(parent: Traces, child: Traces) -> dict[str, float]:
    both = parent.quality is not None and child.quality is not None
    return {
        "quality_gained": (round(child.quality) - round(parent.quality)) / 20
        if child.quality is not None and parent.quality is not None
        else 0.0,
        "blocking_lost": _between(round(parent.blocking, 2) - round(child.blocking, 2), 1) if both else 0.0,
        "png_from_jpeg": float(parent.format == "jpeg" and child.format == "png"),
        "jpeg_from_png": float(parent.format == "png" and child.format == "jpeg"),
        "gaps_lost": _between(5 * (parent.gaps - child.gaps), 1),
    }


def _of_facts(parent: TracedPhoto, child: TracedPhoto) -> dict[str, float]:
    before, after = parent.facts, child.facts
    parent_names = {name for name in (before.document_id, before.instance_id) if name}
    child_names = {name for name in (after.document_id, after.instance_id) if name}
    lineage = {before.original_document_id, before.document_id} & {after.original_document_id, after.document_id} - {None}
    ingredient = bool((parent_names | set(before.manifest_ids)) & set(after.ingredients))
    reversed_ingredient = bool((child_names | set(after.manifest_ids)) & set(before.ingredients))
    stated = (before.camera, before.software, _raw(before.date_created), _raw(before.modified))
    return {
        "camera_kept": float(before.camera is not None and before.camera == after.camera),
        "camera_gained": float(before.camera is None and after.camera is not None),
        "camera_lost": float(before.camera is not None and after.camera is None),
        "facts_shared": float(
            any(stated) and stated == (after.camera, after.software, _raw(after.date_created), _raw(after.modified))
        ),
        "software_added": float(before.software is None and after.software is not None),
        "software_lost": float(before.software is not None and after.software is None),
        "created_before": float(_is_before(after.date_created, before.date_created)),
        "identifier_derived": float(
            bool(parent_names & set(after.derived_from)) or before.instance_id in after.earlier_instance_ids
        ),
        "identifier_reversed": float(
            bool(child_names & set(before.derived_from)) or after.instance_id in before.earlier_instance_ids
        ),
        "identifier_shared": float(bool(lineage)),
        "ingredient_named": float(ingredient) - float(reversed_ingredient),
    }


def _of_dates(parent: TracedPhoto, child: TracedPhoto) -> dict[str, float]:
    shown_parent, shown_child = first_shown(parent), first_shown(child)
    found = {
        "published_before": float(_is_before(shown_parent, shown_child)),
        "published_after": float(_is_before(shown_child, shown_parent)),
    }
    written_parent, written_child = parent.facts.modified, child.facts.modified
    found["modified_before"] = float(_is_before(written_parent, written_child) or _is_before(shown_parent, written_child))
    found["modified_after"] = float(_is_before(written_child, written_parent) or _is_before(shown_child, written_parent))
    return found


def first_shown(photo: TracedPhoto) -> PartialDate | None:
    """Return the date of the photo's publication whose latest bound is earliest; None when none is dated."""
    dates = [date for publication in photo.publications if (date := publication.shown_at) is not None]
    return min(dates, key=_latest) if dates else None


def _latest(date: PartialDate) -> tuple[datetime, datetime]:
    if date.latest is None or date.earliest is None:
        raise ValueError("only dates that could be read have bounds")
    return (date.latest, date.earliest)


def _is_before(left: PartialDate | None, right: PartialDate | None) -> bool:
    return left is not None and right is not None and left.is_before(right)


def _raw(date: PartialDate | None) -> str | None:
    return None if date is None else date.raw


def _between(value: float, limit: float) -> float:
    return max(-limit, min(limit, value))
