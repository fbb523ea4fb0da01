"""The two 64-bit hashes of ImageHash, kept as our own descriptors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import imagehash
import numpy as np
from PIL import Image

from catalog.descriptors.shrunk import Picture
from catalog.records.descriptor import Descriptor

# A shrink moves either hash by less than a re-save at quality 75 does (docs/matching.md, "Global hashes").
BOX: Final = 640


@dataclass(frozen=True, slots=True)
class ImageHashAlgorithm:
    """Reduce a picture to 64 bits by one function of ImageHash; row by row, most significant bit first."""

    name: str
    version: int
    function: Callable[[Image.Image], imagehash.ImageHash]
    bits: int = 64

    def describe(self, picture: Picture) -> Descriptor:
        """Hash the picture at a box of 640; a plain picture gets a code too, which says nothing."""
        found = self.function(Image.fromarray(picture.grey(BOX)))
        packed = np.packbits(np.asarray(found.hash, dtype=np.bool_).reshape(-1))
        return Descriptor(self.name, self.version, self.bits, packed.tobytes())


# pHash: signs of the low frequencies of a cosine transform about their median. dHash: signs of horizontal steps.
# Both as ImageHash 4.3 computes them (https://github.com/JohannesBuchner/imagehash).
PHASH: Final = ImageHashAlgorithm("phash", 2, imagehash.phash)
DHASH: Final = ImageHashAlgorithm("dhash", 2, imagehash.dhash)
