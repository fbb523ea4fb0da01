"""Is it the same picture? Every pair is examined by points, geometry and pixels; the verdict carries its evidence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from catalog.matching.appearance import GRID, Appearance, Registered, appearance_of, covered_share, registered
from catalog.matching.changes import named_changes
from catalog.matching.displaced import displaced
from catalog.matching.geometry import Matrix
from catalog.matching.hypotheses import Hypothesis, from_points, whole_picture
from catalog.matching.layout import Layout, layout_of
from catalog.matching.learned import learned_hypotheses
from catalog.matching.moved import Moved, moved_parts
from catalog.matching.patches import differing_samples
from catalog.matching.points import LONG_SIDE
from catalog.matching.prepared import plane
from catalog.matching.registration import Agreement, agreement, refined, trimmed_box, visible_box
from catalog.matching.replaced import Replaced, replaced_part
from catalog.matching.slow_tones import slow_tones_together
from catalog.matching.thresholds import SHIPPED, TONES_SHORT, VERSION, Thresholds, score_of, short_of_tones
from catalog.matching.trimmed import inside_hypotheses
from catalog.matching.walked import CLOSE_GRID, DIFFER, walked
from catalog.records.comparable import Comparable
from catalog.records.match import Overlap, Verification

# Hypotheses examined by pixels, clearest first: the right one is among the first three or not there at all.
MOST_EXAMINED: Final = 3
# A whole-picture hypothesis is examined only where points leave doubt.
DOUBT: Final = 12
SURE: Final = 0.97
# A transform that so many points agree on needs no search from afar, which could only lead it astray.
MANY: Final = 40
# Pixels that agree less than this before refinement do not agree after it either, unless many points say otherwise.
HOPELESS: Final = 0.12
# From this score on a second, closer look for what moved is worth its cost.
LIKELY: Final = 0.5
# Refinement is not worth its cost where so large a share of cells agrees already.
GOOD_AS_IT_IS: Final = 0.97
# How much of the overlap a piece must be, when many points agree and when few do.
LEAST_PIECE: Final = 0.35
LEAST_DOUBTFUL_PIECE: Final = 0.5
# Boxes that share so much of the smaller one are at one place.
SAME_PLACE: Final = 0.3
# The same points agree, but the pixels do not: the camera or the people moved.
SCENE_PLACES: Final = 32
SURE_SCENE_PLACES: Final = 48
# Share of the cells that agree: less is one label or logo that both carry, more is a copy with something laid over. The two
# frames of one bedspread in the samples have 0.48 to 0.54, the stand-ins that share a label less than 0.2.
SCENE_SHARE: Final = (0.25, 0.56)
# From so many points on the edges of a picture are placed exactly; with fewer, off by up to this share of the long side.
EXACT_PLACES: Final = 150
DOUBTFUL_SHIFT: Final = 0.0023
# Share of a side of a part that is its rim.
RIM: Final = 0.02
IDENTITY: Final = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Examined:
    """Hold a hypothesis with what the pixels said about it.

    `kept` (0-1) is the share of the overlap that was compared, `both` the pictures laid on each other, None where the score was
    hopeless before that; `moved` is what moved before the camera, `replaced` what is known of the places that differ, `tones`
    (0-1) how far slow tones go together.
    """

    hypothesis: Hypothesis
    agreement: Agreement
    score: float
    kept: float
    both: Registered | None
    moved: Moved
    replaced: Replaced
    tones: float = 1.0


def verify(
    query: Comparable, reference: Comparable, *, same_pixels: bool = False, thresholds: Thresholds = SHIPPED
) -> tuple[Verification, ...]:
    """Examine a pair and return its verdicts, best first: one, or one for each part that a collage shares.

    `same_pixels` says that the caller found the digests of all full-size pixels equal. Nothing in common gives one
    verdict of relation `none`, state `refused`: that it was looked at is worth keeping. The same two pictures always give
    the same verdicts. Raises ImageError for a preview that cannot be read.
    """
    if query.sha256 == reference.sha256:
        return (_identical(query, reference, "same_bytes", "same_bytes", thresholds),)
    if same_pixels or (query.image_data_sha256 is not None and query.image_data_sha256 == reference.image_data_sha256):
        rung = "same_pixels" if same_pixels else "same_image_data"
        return (_identical(query, reference, "same_pixels", rung, thresholds),)
    if query.is_plain or reference.is_plain or not query.preview or not reference.preview:
        return (_nothing(query, reference, thresholds, ()),)
    found = _examined(query, reference, thresholds.learned_radius)
    if not found:
        return (_nothing(query, reference, thresholds, ()),)
    likely = [one for one in found if one.score >= thresholds.of(one.hypothesis.rung).suggest]
    if not likely:
        # Another frame may score less than something in it that happens to look alike.
        most = max(found, key=lambda one: one.hypothesis.places)
        return (_weak(query, reference, most, thresholds.of(most.hypothesis.rung)),)
    return tuple(_verdict(query, reference, one, thresholds.of(one.hypothesis.rung)) for one in _apart(likely, thresholds))


def _examined(query: Comparable, reference: Comparable, learned_radius: float) -> list[Examined]:
    hypotheses = from_points(query, reference)[:MOST_EXAMINED]
    if max((hypothesis.places for hypothesis in hypotheses), default=0) < DOUBT:
        hypotheses += whole_picture(query, reference) + inside_hypotheses(query, reference)
        hypotheses += learned_hypotheses(query, reference, learned_radius)
    found: list[Examined] = []
    for hypothesis in hypotheses:
        if _is_answered(hypothesis, found, query, reference):
            continue
        pixels = agreement(hypothesis.matrix, plane(query), plane(reference))
        if pixels is None or (abs(pixels.correlation) < HOPELESS and hypothesis.places < DOUBT):
            continue
        if pixels.share < GOOD_AS_IT_IS:
            moved = refined(hypothesis.matrix, plane(query), plane(reference), is_near=hypothesis.places >= MANY)
            again = agreement(moved, plane(query), plane(reference))
            pixels = again if again is not None and _quality(again) > _quality(pixels) else pixels
        whole, box = pixels.box, trimmed_box(pixels, LEAST_PIECE if hypothesis.places > DOUBT else LEAST_DOUBTFUL_PIECE)
        if box is not None:
            pixels = agreement(pixels.matrix, plane(query), plane(reference), within=box) or pixels
        here = [one for one in found if _shared(one.agreement.box, pixels.box) > SAME_PLACE]
        # A hypothesis of fewer points at the same place would see less of what the camera did.
        parallax = max([hypothesis.parallax, *(one.hypothesis.parallax for one in here)])
        turned = max([_displaced(query, reference, hypothesis, pixels), *(one.moved.displaced for one in here)])
        hypothesis = replace(hypothesis, parallax=parallax)
        found.append(_weighed(query, reference, hypothesis, pixels, _area(pixels.box) / _area(whole), turned))
    return sorted(found, key=lambda one: -one.score)


def _displaced(query: Comparable, reference: Comparable, hypothesis: Hypothesis, pixels: Agreement) -> float:
    """Return how far the camera turned, less what fewer points leave in doubt; few do not place the edges well enough to tell."""
    if hypothesis.places < SCENE_PLACES:
        return 0.0
    share = displaced(pixels.matrix, plane(query), plane(reference))
    return share if hypothesis.places >= EXACT_PLACES else max(0.0, share - DOUBTFUL_SHIFT)


def _weighed(
    query: Comparable, reference: Comparable, hypothesis: Hypothesis, pixels: Agreement, kept: float, turned: float
) -> Examined:
    """Score a hypothesis; where that leaves hope, look for what moved and what was replaced, and score it again.

    `turned` is how far the camera did.
    """
    moved, replaced = Moved(displaced=turned), Replaced()
    score = score_of(hypothesis, pixels, kept, moved)
    both = None if score < HOPELESS else registered(query, reference, pixels)
    if both is None:
        return Examined(hypothesis, pixels, score, kept, None, moved, replaced)
    moved, replaced = _moved(query, reference, pixels, both, turned), replaced_part(both)
    tones = slow_tones_together(both, pixels)
    score = score_of(hypothesis, pixels, kept, moved, replaced, tones)
    if score > LIKELY and differing_samples(both, *DIFFER).any():
        moved = replace(moved, walked=_walked(query, reference, pixels))
        score = score_of(hypothesis, pixels, kept, moved, replaced, tones)
    return Examined(hypothesis, pixels, score, kept, both, moved, replaced, tones)


def _moved(query: Comparable, reference: Comparable, pixels: Agreement, both: Registered, turned: float) -> Moved:
    """Return what moved between two pictures whichever of them is laid on the other: of what is seen so and so, the lesser."""
    seen = moved_parts(both)
    if seen.elsewhere or seen.both_ways:
        laid = _laid_back(query, reference, pixels, GRID)
        back = Moved() if laid is None else moved_parts(laid)
        seen = Moved(min(seen.elsewhere, back.elsewhere), min(seen.both_ways, back.both_ways))
    return replace(seen, displaced=turned)


def _walked(query: Comparable, reference: Comparable, pixels: Agreement) -> float:
    """Return what a closer look finds to have taken a step, as a share of the overlap, from either side, as _moved() does."""
    closer = registered(query, reference, pixels, CLOSE_GRID)
    seen = 0.0 if closer is None else walked(closer)
    closer = _laid_back(query, reference, pixels, CLOSE_GRID) if seen else None
    return 0.0 if closer is None else min(seen, walked(closer))


def _laid_back(query: Comparable, reference: Comparable, pixels: Agreement, grid: int) -> Registered | None:
    """Return the query laid on the reference by the same transform, None where too little of it is left to tell anything."""
    back = agreement(np.asarray(np.linalg.inv(pixels.matrix), dtype=np.float64), plane(reference), plane(query))
    return None if back is None else registered(reference, query, back, grid)


def _is_answered(hypothesis: Hypothesis, found: list[Examined], query: Comparable, reference: Comparable) -> bool:
    """Tell whether a sure finding already lies where this hypothesis would put the reference."""
    box = visible_box(hypothesis.matrix, plane(query), plane(reference))
    return box is not None and any(one.score > SURE and _shared(box, one.agreement.box) > SAME_PLACE for one in found)


def _quality(found: Agreement) -> float:
    return abs(found.correlation) + found.share


def _apart(found: list[Examined], thresholds: Thresholds) -> list[Examined]:
    """Keep the best, and others that are sure on their own and lie elsewhere in the query."""
    kept = [found[0]]
    for one in found[1:]:
        sure = one.score >= thresholds.of(one.hypothesis.rung).accept
        if sure and all(_shared(one.agreement.box, other.agreement.box) < SAME_PLACE for other in kept):
            kept.append(one)
    return kept


def _shared(first: tuple[float, float, float, float], second: tuple[float, float, float, float]) -> float:
    """Return the common area of two boxes as a share of the smaller one."""
    width = min(first[2], second[2]) - max(first[0], second[0])
    height = min(first[3], second[3]) - max(first[1], second[1])
    return max(0.0, width) * max(0.0, height) / max(min(_area(first), _area(second)), 1e-9)


def _area(box: tuple[float, float, float, float]) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _verdict(query: Comparable, reference: Comparable, one: Examined, thresholds: Thresholds) -> Verification:
    found, both = one.agreement, one.both
    whole = both if one.kept == 1 else _registered_whole(query, reference, found.matrix)
    layout = layout_of(query, reference, found, whole, one.kept)
    if layout.is_part:
        # What lies beside a part is not laid over it, and its rim is mixed with that.
        found = agreement(found.matrix, plane(query), plane(reference), within=_without_rim(layout.agreeing)) or found
        both = registered(query, reference, found)
    appearance = appearance_of(query, reference, found, both)
    if one.kept < 1 and not layout.is_part and whole is not None:
        # A bar along an edge was trimmed with the edge.
        appearance = replace(appearance, covered=max(appearance.covered, covered_share(whole)))
    state = "accepted" if one.score >= thresholds.accept else "suggested"
    if state == "suggested" and _is_scene(one) and not _is_mark(query, reference, one):
        return _weak(query, reference, one, thresholds)
    return Verification(
        query=query.sha256,
        reference=reference.sha256,
        relation="part" if layout.is_part else "copy",
        state=state,
        score=one.score,
        changes=named_changes(query, reference, found, layout, appearance),
        transform=full_size(one.agreement.matrix, query, reference),
        overlap=Overlap(layout.query_share, layout.reference_share),
        box=layout.box,
        rung=one.hypothesis.rung,
        version=VERSION,
        threshold_suggest=thresholds.suggest,
        threshold_accept=thresholds.accept,
        evidence=_evidence(one, layout, appearance),
    )


def _without_rim(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    across, down = RIM * (box[2] - box[0]), RIM * (box[3] - box[1])
    return box[0] + across, box[1] + down, box[2] - across, box[3] - down


def _registered_whole(query: Comparable, reference: Comparable, matrix: Matrix) -> Registered | None:
    """Return two pictures laid on each other over the whole overlap, None where it is too small to tell anything."""
    whole = agreement(matrix, plane(query), plane(reference))
    return None if whole is None else registered(query, reference, whole)


def full_size(matrix: Matrix, query: Comparable, reference: Comparable) -> tuple[float, ...]:
    """Return a transform between working pixels as one between oriented full-size pixels, row by row, last number 1."""
    into = np.diag([LONG_SIDE / max(query.width, query.height)] * 2 + [1.0])
    back = np.diag([max(reference.width, reference.height) / LONG_SIDE] * 2 + [1.0])
    full = back @ matrix @ into
    return tuple(float(value) for value in (full / full[2, 2]).reshape(-1))


def _evidence(one: Examined, layout: Layout | None = None, appearance: Appearance | None = None) -> tuple[tuple[str, float], ...]:
    facts = {
        "points": float(one.hypothesis.places),
        "points_expected": float(one.hypothesis.expected),
        "point_residual": one.hypothesis.residual,
        "correlation": one.agreement.correlation,
        "fine_correlation": one.agreement.fine,
        "cells": float(one.agreement.cells),
        "cells_textured": float(one.agreement.textured),
        "cells_share": one.agreement.share,
        "cells_exchanged": float(one.agreement.exchanged),
        "parallax": one.hypothesis.parallax,
        "moved_elsewhere": one.moved.elsewhere,
        "moved_both_ways": one.moved.both_ways,
        "displaced": one.moved.displaced,
        "walked": one.moved.walked,
        "replaced": one.replaced.share,
        "replaced_one_sided": one.replaced.one_sided,
        "slow_tones": one.tones,
        "kept": one.kept,
    }
    if layout is not None:
        facts["outside_texture"] = layout.outside_texture
        facts["outside_share"] = layout.outside_share
        facts["perspective"] = layout.perspective
    if appearance is not None:
        facts["tone"] = appearance.tone
        facts["hue"] = appearance.hue
        facts["chroma_query"], facts["chroma_reference"] = appearance.chroma
        facts["sharpness"] = appearance.sharpness
        facts["covered"] = appearance.covered
    return tuple(facts.items())


def _weak(query: Comparable, reference: Comparable, best: Examined, thresholds: Thresholds) -> Verification:
    """Say that it is no copy; where many points agree although the pixels do not, it is another frame of one scene.

    Unless tones do not go together where the pixels agree: then both carry one mark.
    """
    few = best.hypothesis.places < SCENE_PLACES or best.agreement.share < SCENE_SHARE[0]
    if few or best.agreement.correlation <= 0 or _is_mark(query, reference, best):
        return _nothing(query, reference, thresholds, _evidence(best), best.score)
    return Verification(
        query.sha256, reference.sha256, "same_scene", "suggested", best.score, (),
        full_size(best.agreement.matrix, query, reference), None, None, best.hypothesis.rung, VERSION,
        thresholds.suggest, thresholds.accept, _evidence(best),
    )  # fmt: skip


def _is_scene(one: Examined) -> bool:
    """Tell whether so many points agree where so few pixels do that the camera or the people must have moved."""
    return one.hypothesis.places >= SURE_SCENE_PLACES and SCENE_SHARE[0] <= one.agreement.share <= SCENE_SHARE[1]


def _is_mark(query: Comparable, reference: Comparable, one: Examined) -> bool:
    """Tell whether tones go so little together that both rather carry one mark than show one scene."""
    both = one.both or registered(query, reference, one.agreement)
    return both is not None and short_of_tones(one.hypothesis, slow_tones_together(both, one.agreement)) > TONES_SHORT[0]


def _nothing(
    query: Comparable,
    reference: Comparable,
    thresholds: Thresholds,
    evidence: tuple[tuple[str, float], ...],
    score: float = 0.0,
) -> Verification:
    return Verification(
        query.sha256, reference.sha256, "none", "refused", score, (), None, None, None, "examined", VERSION,
        thresholds.suggest, thresholds.accept, evidence,
    )  # fmt: skip


def _identical(query: Comparable, reference: Comparable, relation: str, rung: str, thresholds: Thresholds) -> Verification:
    return Verification(
        query.sha256, reference.sha256, relation, "accepted", 1.0, (), IDENTITY, Overlap(1.0, 1.0),
        (0.0, 0.0, float(query.width), float(query.height)), rung, VERSION, thresholds.suggest, thresholds.accept,
    )  # fmt: skip
