"""A run of photos with everything they are found by: arrays that are made once and never changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from catalog.matching.codes import Words, as_words
from catalog.matching.making import ArrayFolder, Make, in_memory
from catalog.matching.multi_index import CodeRun, code_run
from catalog.matching.point_index import PointRun, merged_points, opened_points, point_run
from catalog.matching.points import ALGORITHM as LOCAL_POINTS
from catalog.matching.points import VERSION as LOCAL_POINTS_VERSION
from catalog.matching.trimmed import held_codes
from catalog.matching.vector_run import NAME as VECTORS
from catalog.matching.vector_run import VectorRun, merged_vectors, vector_in, vector_run
from catalog.records.descriptor import Descriptor
from catalog.records.model import LearnedModel

# The codes that are held, by algorithm: their bits and the version that is compared.
BITS: Final = {"phash": 64, "dhash": 64, "pdq": 256}
VERSIONS: Final = {"phash": 2, "dhash": 2, "pdq": 2}
NO_DIGEST: Final = "0" * 64


class Entry(Protocol):
    """Offer what a candidate is found by; Comparable does."""

    @property
    def sha256(self) -> str:
        """Return the digest of the file."""

    @property
    def image_data_sha256(self) -> str | None:
        """Return the digest of the coded image data, None where there is none."""

    @property
    def width(self) -> int:
        """Return the oriented width of the full picture."""

    @property
    def height(self) -> int:
        """Return the oriented height of the full picture."""

    @property
    def is_plain(self) -> bool:
        """Tell whether the picture is too flat to be compared by hash."""

    @property
    def descriptors(self) -> tuple[Descriptor, ...]:
        """Return the picture's descriptors."""


@dataclass(frozen=True, slots=True)
class OwnedCodes:
    """Hold codes of one algorithm and, by row, the number in the segment of the photo that each is of."""

    run: CodeRun
    owner: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Segment:
    """Hold n photos. `numbers` (n,) are what the caller calls them; digests are (n, 4) words, zeros where there is none.

    `vectors` are those of a learned model, None where none is in force.
    """

    numbers: NDArray[np.int64]
    digests: Words
    image_data: Words
    codes: dict[str, OwnedCodes]
    points: PointRun
    vectors: VectorRun | None = None

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def nbytes(self) -> int:
        """Return the bytes of all arrays."""
        codes = sum(found.run.nbytes + found.owner.nbytes for found in self.codes.values())
        vectors = 0 if self.vectors is None else self.vectors.nbytes
        return self.numbers.nbytes + self.digests.nbytes + self.image_data.nbytes + codes + self.points.nbytes + vectors

    def sha256(self, place: int) -> str:
        """Return the digest of the file at a place of the segment."""
        return bytes(self.digests[place].tobytes()).hex()


def digest_words(sha256s: Sequence[str]) -> Words:
    """Return (n, 4) words of n digests in hex."""
    return as_words([bytes.fromhex(sha256) for sha256 in sha256s], 256)


def places_of(digests: Words, sha256: str) -> list[int]:
    """Return where a digest stands among (n, 4) words."""
    wanted = digest_words([sha256])[0]
    likely = np.flatnonzero(digests[:, 0] == wanted[0])
    return [int(place) for place in likely if (digests[place] == wanted).all()]


def segment_of(entries: Sequence[tuple[int, Entry]], make: Make = in_memory, model: LearnedModel | None = None) -> Segment:
    """Make a segment of photos, each with its number; plain ones are held by their bytes and image data only.

    Vectors are held where a learned model is in force.
    """
    codes: dict[str, list[bytes]] = {name: [] for name in BITS}
    owners: dict[str, list[int]] = {name: [] for name in BITS}
    packed = []
    for place, (_, entry) in enumerate(entries):
        for descriptor in () if entry.is_plain else held_codes(entry.descriptors, VERSIONS["pdq"]):
            if VERSIONS.get(descriptor.algorithm) == descriptor.version:
                codes[descriptor.algorithm].append(descriptor.data)
                owners[descriptor.algorithm].append(place)
            elif descriptor.kind == (LOCAL_POINTS, LOCAL_POINTS_VERSION):
                packed.append((place, descriptor.data))
    return Segment(
        _filled(make, "numbers", np.array([number for number, _ in entries], dtype=np.int64)),
        _filled(make, "digests", digest_words([entry.sha256 for _, entry in entries])),
        _filled(make, "image-data", digest_words([entry.image_data_sha256 or NO_DIGEST for _, entry in entries])),
        {
            name: OwnedCodes(
                code_run([as_words(codes[name], bits)], make, name),
                _filled(make, f"{name}-owner", np.array(owners[name], dtype=np.int32)),
            )
            for name, bits in BITS.items()
        },
        point_run(packed, make),
        None if model is None else vector_run(_vectors(entries, model), model.length, make),
    )


def _vectors(entries: Sequence[tuple[int, Entry]], model: LearnedModel) -> list[tuple[int, NDArray[np.float32]]]:
    made = [(place, vector_in(entry.descriptors, model)) for place, (_, entry) in enumerate(entries) if not entry.is_plain]
    return [(place, vector) for place, vector in made if vector is not None]


def merged(first: Segment, second: Segment, make: Make = in_memory) -> Segment:
    """Make one segment of two, the photos of the second after those of the first."""
    shift = np.int32(len(first))
    return Segment(
        _filled(make, "numbers", first.numbers, second.numbers),
        _filled(make, "digests", first.digests, second.digests),
        _filled(make, "image-data", first.image_data, second.image_data),
        {
            name: OwnedCodes(
                code_run([first.codes[name].run.codes, second.codes[name].run.codes], make, name),
                _filled(make, f"{name}-owner", first.codes[name].owner, second.codes[name].owner + shift),
            )
            for name in BITS
        },
        merged_points(first.points, second.points, len(first), make),
        merged_vectors(first.vectors, second.vectors, len(first), make) if first.vectors and second.vectors else None,
    )


def opened(folder: ArrayFolder, *, has_vectors: bool = False) -> Segment:
    """Open a segment that was made in a folder; raises OSError or ValueError when a file of it is missing or not whole."""
    return Segment(
        folder.open("numbers"), folder.open("digests"), folder.open("image-data"),
        {
            name: OwnedCodes(
                CodeRun(folder.open(name), folder.open(f"{name}-starts"), folder.open(f"{name}-rows")),
                folder.open(f"{name}-owner"),
            )
            for name in BITS
        },
        opened_points(folder.open),
        VectorRun(folder.open(VECTORS), folder.open(f"{VECTORS}-owner")) if has_vectors else None,
    )  # fmt: skip


def _filled(make: Make, name: str, *parts: NDArray[Any]) -> NDArray[Any]:
    whole = make(name, (sum(len(part) for part in parts), *parts[0].shape[1:]), parts[0].dtype.type)
    begin = 0
    for part in parts:
        whole[begin : begin + len(part)] = part
        begin += len(part)
    return whole
