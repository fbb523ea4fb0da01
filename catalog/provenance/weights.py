"""What each quantity weighs, in natural-log odds: measured, not chosen, where there is anything to measure."""

from __future__ import annotations

# Learnt by bench/provenance_weights.py: the likelihood of the true trees of derivation graphs made from real photos, with
# and without dates (docs/provenance.md, "How the weights were measured"). A positive weight speaks for the edge.
_MEASURED = {
    "remade_difference": -1.52,
    "tones_lost": -0.48,
    "content_missing": -5.14,
    "border_added": -1.40,
    "content_cut": -2.92,
    "seam": 0.64,
    "enlarged": -2.99,
    "reduced": -1.31,
    "detail_gained": -1.06,
    "overlaid": -2.30,
    "odd_share": -1.56,
    "colour_gained": 0.38,
    "clipping_lost": -0.13,
    "mirrored": -2.48,
    "quality_gained": -0.34,
    "blocking_lost": -0.23,
    "png_from_jpeg": 0.16,
    "jpeg_from_png": 0.50,
    "gaps_lost": -1.92,
    "camera_kept": 1.12,
    "camera_gained": -3.01,
    "camera_lost": 0.82,
    "facts_shared": 3.96,
    "software_added": 0.04,
    "software_lost": 0.07,
    "modified_before": -0.46,
    "modified_after": -2.20,
    "published_before": 0.47,
    "published_after": -4.49,
    "not_remade": -4.87,
    "left_over": 2.21,
    "beyond_coding": -1.92,
    "structure_lost": -0.99,
    "not_laid_finely": 4.23,
    "closest": 0.47,
    "closest_beyond_coding": 1.08,
    "root_camera": 1.89,
    "root_software": -0.08,
    "root_quality": 0.42,
    "root_border": -0.38,
    "root_dated_first": 0.90,
    "root_grey": -0.48,
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
