"""What each quantity weighs, in natural-log odds: measured, not chosen, where there is anything to measure."""

from __future__ import annotations

# Learnt by bench/provenance_weights.py: the likelihood of the true trees of derivation graphs made from real photos, with
# and without dates (docs/provenance.md, "How the weights were measured"). A positive weight speaks for the edge.
_MEASURED = {
    "remade_difference": -3.11,
    "tones_lost": -0.88,
    "content_missing": -4.12,
    "border_added": -1.93,
    "content_cut": -3.10,
    "seam": 0.82,
    "enlarged": -5.33,
    "reduced": -1.51,
    "detail_gained": -1.21,
    "overlaid": -1.64,
    "overlay_missing": -0.86,
    "odd_share": -2.51,
    "colour_gained": 0.24,
    "clipping_lost": 0.01,
    "mirrored": -2.10,
    "quality_gained": -0.35,
    "blocking_lost": -0.52,
    "png_from_jpeg": 0.02,
    "jpeg_from_png": 0.98,
    "gaps_lost": -1.27,
    "camera_kept": 2.84,
    "camera_gained": -3.36,
    "camera_lost": 0.78,
    "facts_shared": 3.36,
    "software_added": -0.20,
    "software_lost": 0.39,
    "modified_before": -0.01,
    "modified_after": -0.88,
    "published_before": 0.49,
    "published_after": -3.73,
    "not_remade": -10.68,
    "root_camera": 0.52,
    "root_software": -0.08,
    "root_quality": 2.99,
    "root_border": -0.07,
    "root_dated_first": 0.48,
    "root_grey": -0.03,
}
# Identifiers are rare and were in no graph. The numbers say "nearly certain" for a file that names its parent, "a little" for
# two that name one document, and that a copy seldom carries an earlier camera date than its original. Parts of a collage are
# told by a rule that leaves little doubt (collages.py).
_SET = {
    "collage_part": 8.00,
    "identifier_derived": 6.00,
    "identifier_reversed": -6.00,
    "identifier_shared": 1.00,
    "created_before": -1.00,
}
QUANTITY_WEIGHTS: dict[str, float] = _MEASURED | _SET
