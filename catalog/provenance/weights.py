"""What each quantity weighs, in natural-log odds: measured, not chosen, where there is anything to measure."""

from __future__ import annotations

# Learnt by bench/provenance_weights.py: the likelihood of the true trees of derivation graphs made from real photos, with
# dates, without, and with every tenth date wrong (docs/provenance.md, "How the weights were measured"). A positive weight speaks
# for the edge.
MEASURED = {
    "remade_difference": -0.52,
    "tones_lost": -0.27,
    "content_missing": -6.57,
    "content_regained": -2.41,
    "border_added": -3.87,
    "content_cut": -6.88,
    "seam": 0.36,
    "enlarged": -3.28,
    "reduced": -0.71,
    "detail_gained": -1.04,
    "odd_share": -5.00,
    "colour_gained": -0.13,
    "clipping_lost": -0.40,
    "tone_step": -1.17,
    "colour_step": -1.57,
    "mirrored": -2.08,
    "quality_gained": -0.33,
    "blocking_lost": 1.04,
    "png_from_jpeg": 0.83,
    "jpeg_from_png": 2.09,
    "gaps_lost": -1.26,
    "camera_kept": 0.81,
    "camera_gained": -3.22,
    "camera_lost": 0.88,
    "facts_shared": 1.57,
    "software_added": 0.12,
    "software_lost": -0.17,
    "modified_before": -0.31,
    "modified_after": -0.03,
    "published_before": 0.07,
    "published_after": -3.11,
    "left_over": 0.67,
    "beyond_coding": -1.21,
    "structure_lost": -0.88,
    "not_laid_finely": 0.91,
    "closest": -0.03,
    "closest_beyond_coding": 0.59,
    "root_camera": 2.41,
    "root_software": -0.02,
    "root_quality": 0.54,
    "root_border": -0.61,
    "root_dated_first": -0.03,
    "root_grey": -1.32,
}
# These were in no graph, or too seldom. The numbers say: nearly certain for a file, or for content credentials made for it,
# that names its parent; a little for two
# that name one document; a copy seldom carries an earlier camera date than its original; parts of a collage are told by a rule
# that leaves little doubt (collages.py); colours do not come from grey unless somebody coloured it in,
# of which no set has a case; an enlarged copy must outweigh that copies are seldom larger; a PNG with a JPEG's pixels
# leaves no doubt; who credits another's publisher says where the picture was got. The odds of the shifted grid were counted
# (quantities.py), and so was in which of two pictures something is laid over: 152 times rightly, never wrongly, which would be
# 5.7, but taking a logo away is hardly in these counts. So were those of the steps of an earlier save,
# a little above these: in which qualities files are saved
# the maker of graphs decided. Lettering was told rightly 212 times and wrongly twice on photos not learnt from
# (bench/lettering.py), which would be 4; what stands mirrored in the scene is hardly in these counts.
SET = {
    "overlaid": -0.75,
    "overlay_missing": -4.00,
    "collage_part": 8.00,
    "colour_from_grey": -5.00,
    "identifier_derived": 6.00,
    "identifier_reversed": -6.00,
    "identifier_shared": 1.00,
    "ingredient_named": 6.00,
    "created_before": -1.00,
    "lettering": 3.00,
    "spectrum_empty": 3.00,
    "same_pixels_from_jpeg": 6.00,
    "credits_publisher": 1.50,
    "root_shifted_grid": -1.20,
    "steps_seen": 2.20,
    "steps_missing": -2.40,
}
# Slope and offset, in natural-log odds, that turn what all trees say into how often directed edges of that sum are right
# (Platt 1999), learnt from graphs whose weights were learnt elsewhere (docs/provenance.md, "How sure is sure").
SURENESS = (0.89, 0.36)
# Of 351 edges that came out surer than 99 %, 348 were right: nothing is said to be surer than that, in natural-log odds.
SUREST = 4.6
QUANTITY_WEIGHTS: dict[str, float] = MEASURED | SET
