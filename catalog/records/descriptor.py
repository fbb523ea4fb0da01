"""A reduced form of an image, by an algorithm and its version."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Descriptor:
    """Hold one reduced form of one image.

    `algorithm` and `version` name how it was made; two descriptors may be compared only when both are equal.
    `bits` is the length of the code for fixed-length codes, 0 for packed local features. `data` is the code,
    most significant bit first, or the packed features as their algorithm writes them.
    """

    algorithm: str
    version: int
    bits: int
    data: bytes

    @property
    def kind(self) -> tuple[str, int]:
        """Return what must be equal for two descriptors to be compared."""
        return (self.algorithm, self.version)
