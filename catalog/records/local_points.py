"""How local features are packed: the one layout that descriptors write and matching reads."""

from __future__ import annotations

# The fields of one point, as numpy.dtype takes them. `x` and `y` are shares of the oriented width and height in
# 1/65535. `scale` is the radius of the point as a share of the long side, 2 ** (-scale / 16). `angle` is the direction of
# the point in 1/256 of a turn, from the x axis towards the y axis (clockwise on the screen). `code` is 256 bits, most
# significant first: bit = threshold * 128 + (row * 4 + column) * 8 + direction, rows and columns of the square around the
# point, its x axis turned into the point's direction, and eight gradient directions counted from that axis. `word` is the
# place of the code in the vocabulary (catalog/records/vocabulary.py).
POINT_FIELDS: tuple[tuple[str, str] | tuple[str, str, tuple[int, ...]], ...] = (
    ("x", "<u2"),
    ("y", "<u2"),
    ("scale", "u1"),
    ("angle", "u1"),
    ("word", "<u2"),
    ("code", "u1", (32,)),
)
POINT_BYTES = 40
SCALE_STEPS_PER_OCTAVE = 16
ANGLE_STEPS_PER_TURN = 256
THRESHOLDS = 2
CELLS_PER_SIDE = 4
DIRECTIONS = 8
