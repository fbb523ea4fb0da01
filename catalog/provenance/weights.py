"""What each quantity weighs, in natural-log odds: measured, not chosen, where there is anything to measure."""

from __future__ import annotations

# Learnt by bench/provenance_weights.py: the likelihood of the true trees of derivation graphs made from real photos, with
# and without dates (docs/provenance.md, "How the weights were measured"). A positive weight speaks for the edge.
_MEASURED = {
    "remade_difference": -2.36,
    "tones_lost": -1.00,
    "content_missing": -5.54,
    "border_added": -1.66,
    "content_cut": -3.49,
    "seam": 0.84,
    "enlarged": -4.52,
    "reduced": -1.18,
    "detail_gained": -1.07,
    "overlaid": -2.83,
    "overlay_missing": -2.49,
    "odd_share": -0.95,
    "colour_gained": 0.29,
    "clipping_lost": 0.14,
    "mirrored": 0.99,
    "quality_gained": -0.36,
    "blocking_lost": -0.99,
    "png_from_jpeg": 0.04,
    "jpeg_from_png": 1.14,
    "gaps_lost": -1.39,
    "camera_kept": 1.33,
    "camera_gained": -2.26,
    "camera_lost": 0.73,
    "facts_shared": 2.66,
    "software_added": 0.33,
    "software_lost": 0.15,
    "modified_before": -0.28,
    "modified_after": -1.30,
    "published_before": 0.36,
    "published_after": -3.95,
    "left_over": 2.36,
    "beyond_coding": -2.86,
    "structure_lost": -1.62,
    "not_laid_finely": 2.09,
    "root_camera": 0.93,
    "root_software": -0.54,
    "root_quality": 2.83,
    "root_border": -0.07,
    "root_dated_first": 0.61,
    "root_grey": -0.05,
}
# These were in no graph, or too seldom. The numbers say: nearly certain for a file that names its parent; a little for two
# that name one document; a copy seldom carries an earlier camera date than its original; parts of a collage are told by a rule
# that leaves little doubt (collages.py).
_SET = {
    "collage_part": 8.00,
    "identifier_derived": 6.00,
    "identifier_reversed": -6.00,
    "identifier_shared": 1.00,
    "created_before": -1.00,
}
QUANTITY_WEIGHTS: dict[str, float] = _MEASURED | _SET
