"""How the codes of a trimmed picture are packed: the one layout that descriptors write and matching reads."""

from __future__ import annotations

from struct import Struct

# Descriptor `pdq_trimmed`: x0, y0, x1, y1 of the inside as shares of width and height in 1/65535, then eight PDQ codes of 32
# bytes in the order of the turns. No bytes at all where there is no border.
TRIMMED = "pdq_trimmed"
TRIMMED_VERSION = 1
TRIMMED_BOX = Struct("<4H")
FULL = 65535
CODE_BYTES = 32
