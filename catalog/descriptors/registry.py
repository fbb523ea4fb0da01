"""The one list of algorithms, and describing a picture by all of them."""

from __future__ import annotations

from typing import Final

from catalog.descriptors.algorithm import Algorithm
from catalog.descriptors.image_hash import DHASH, PHASH
from catalog.descriptors.local_points import LOCAL_POINTS
from catalog.descriptors.pdq import PDQ, PDQ_TURNS
from catalog.descriptors.shrunk import Picture, Shrunk
from catalog.descriptors.trimmed import TRIMMED_PDQ
from catalog.errors import DescriptorError
from catalog.records.descriptor import Descriptor


def checked(algorithms: tuple[Algorithm, ...]) -> tuple[Algorithm, ...]:
    """Return the list as given; raises DescriptorError `named_twice` when two algorithms share a name."""
    seen: set[str] = set()
    for algorithm in algorithms:
        if algorithm.name in seen:
            raise DescriptorError(
                f"two algorithms are named {algorithm.name}; rename one", algorithm=algorithm.name, code="named_twice"
            )
        seen.add(algorithm.name)
    return algorithms


ALGORITHMS: Final[tuple[Algorithm, ...]] = checked((PHASH, DHASH, PDQ, PDQ_TURNS, TRIMMED_PDQ, LOCAL_POINTS))


def describe(picture: Picture) -> tuple[Descriptor, ...]:
    """Reduce a picture by every algorithm, in the order of the list; the same pixels give the same bytes."""
    shrunk = Shrunk(picture)
    return tuple(algorithm.describe(shrunk) for algorithm in ALGORITHMS)
