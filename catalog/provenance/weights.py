"""What each quantity weighs, in natural-log odds: measured, not chosen, where there is anything to measure."""

from __future__ import annotations

# Learnt by bench/provenance_weights.py: the likelihood of the true trees of derivation graphs made from real photos, with
# dates, without, and with every tenth date wrong (docs/provenance.md, "How the weights were measured"). A positive weight speaks
# for the edge.
MEASURED = {
    "remade_difference": -0.36,
    "tones_lost": -0.54,
    "content_missing": -5.91,
    "border_added": -2.08,
    "content_cut": -3.67,
    "seam": 0.50,
    "enlarged": -5.42,
    "reduced": -1.12,
    "detail_gained": -1.38,
    "overlaid": -2.94,
    "overlay_missing": -0.01,
    "odd_share": -3.03,
    "colour_gained": 0.33,
    "clipping_lost": -0.16,
    "tone_step": -1.68,
    "colour_step": -1.39,
    "mirrored": -3.28,
    "quality_gained": -0.34,
    "blocking_lost": 0.07,
    "png_from_jpeg": 0.05,
    "jpeg_from_png": 0.81,
    "gaps_lost": -2.46,
    "camera_kept": 2.27,
    "camera_gained": -4.47,
    "camera_lost": 0.82,
    "facts_shared": 4.78,
    "software_added": -0.19,
    "software_lost": -0.13,
    "modified_before": -0.27,
    "modified_after": 0.05,
    "published_before": 0.65,
    "published_after": -2.48,
    "left_over": 3.34,
    "beyond_coding": -2.55,
    "structure_lost": -1.73,
    "not_laid_finely": 5.55,
    "closest": 0.45,
    "closest_beyond_coding": 0.89,
    "root_camera": 2.21,
    "root_software": -0.06,
    "root_quality": 0.57,
    "root_border": -0.18,
    "root_dated_first": 0.36,
    "root_grey": -0.54,
}
# These were in no graph, or too seldom. The numbers say: nearly certain for a file, or for content credentials made for it,
# that names its parent; a little for two
# that name one document; a copy seldom carries an earlier camera date than its original; parts of a collage are told by a rule
# that leaves little doubt (collages.py); an enlarged copy must outweigh that copies are seldom larger; a PNG with a JPEG's pixels
# leaves no doubt; who credits another's publisher says where the picture was got. The odds of the shifted grid were counted
# (quantities.py).
SET = {
    "collage_part": 8.00,
    "identifier_derived": 6.00,
    "identifier_reversed": -6.00,
    "identifier_shared": 1.00,
    "ingredient_named": 6.00,
    "created_before": -1.00,
    "spectrum_empty": 5.00,
    "same_pixels_from_jpeg": 6.00,
    "credits_publisher": 1.50,
    "root_shifted_grid": -1.20,
}
QUANTITY_WEIGHTS: dict[str, float] = MEASURED | SET
