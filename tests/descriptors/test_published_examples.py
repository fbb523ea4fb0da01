"""The examples that ThreatExchange, ImageHash and imagededup publish come out as they say, from our one reduced decode.

Where a published value is of the whole picture, ours of the reduced one may differ by the few bits that are stated here.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from catalog.descriptors.distance import distance
from catalog.descriptors.image_hash import DHASH, PHASH, ImageHashAlgorithm
from catalog.descriptors.pdq import PDQ, PDQ_TURNS
from catalog.imaging import ReducedPicture, reduce_picture
from catalog.records.descriptor import Descriptor

FIXTURES = Path(__file__).parents[1] / "fixtures"
with (FIXTURES / "pdq" / "reference.csv").open(encoding="utf-8", newline="") as _table:
    REFERENCE = {row["file"]: row for row in csv.DictReader(_table)}
# The box of 640 against the whole picture: measured on all 37 pictures of the regression set, 8 bits at most, mostly 4.
REDUCED_BITS = 8
BRIDGES = ["aaa-orig", "blur-a-lot", "shrink-a-little", "shrink-a-lot", "square-128x128", "square-256x256", "square-512x512"]
# The regression set's turns of the bridge, by the place of each in our order of turns.
TURNED = {
    "bridge-1-original": 0, "bridge-2-rotate-90": 6, "bridge-3-rotate-180": 3, "bridge-4-rotate-270": 5, "bridge-5-flipx": 2,
    "bridge-6-flipy": 1, "bridge-7-flip-plus-1": 4, "bridge-8-flip-minus-1": 7,
}  # fmt: skip
# imagededup, tests/test_hashing.py: dHash of its base images.
DEDUP_DHASHES = {
    "ukbench08976.jpg": "aa49c9c3eae6e4f0", "ukbench00120.jpg": "2b69707551f1b87a", "ukbench09348.jpg": "b269697072b2b2f0",
    "ukbench09012.jpg": "e1a6c3a2a2b2c2c1", "ukbench09040.jpg": "ccf1b0f2f2f2e0c1", "ukbench08996.jpg": "fe27656362723d7f",
    "ukbench01380.jpg": "c129654d4d4d0d25",
}  # fmt: skip
# The same file, of the example picture: pHash and dHash.
DEDUP_EXAMPLE = {"phash": "9fee256239984d71", "dhash": "2b69707551f1b87a"}
# ImageHash, tests/test_hash_is_constant.py.
IMAGEHASH_EXAMPLE = {"phash": "ba8c84536bd3c366", "dhash": "0026273b2b19550e"}
DISTINCT = 10


def picture(name: str) -> ReducedPicture:
    return reduce_picture((FIXTURES / name).read_bytes())


def bits_off(code: bytes, expected: str) -> int:
    return (int.from_bytes(code, "big") ^ int(expected, 16)).bit_count()


@pytest.mark.parametrize("name", BRIDGES)
def test_pdq_of_the_reduced_picture_is_near_the_reference_of_the_whole(name: str) -> None:
    assert bits_off(PDQ.describe(picture(f"pdq/{name}.jpg")).data, REFERENCE[f"bridge-mods/{name}.jpg"]["pdq"]) <= REDUCED_BITS


@pytest.mark.parametrize("name", TURNED)
def test_the_turns_of_one_picture_are_the_reference_hashes_of_the_turned_files(name: str) -> None:
    turns = PDQ_TURNS.describe(picture("pdq/aaa-orig.jpg")).data
    codes = [turns[start : start + 32] for start in range(0, 256, 32)]
    expected = REFERENCE[f"reg-test-input/dih/{name}.jpg"]["pdq"]
    assert bits_off(codes[TURNED[name]], expected) <= REDUCED_BITS
    assert all(bits_off(code, expected) > 63 for place, code in enumerate(codes) if place != TURNED[name])


@pytest.mark.parametrize("name", BRIDGES)
def test_every_version_of_the_bridge_is_within_the_recommended_distance(name: str) -> None:
    # 31 of 256 is what ThreatExchange's pdq/README.md recommends.
    assert distance(PDQ.describe(picture(f"pdq/{name}.jpg")), PDQ.describe(picture("pdq/aaa-orig.jpg"))) <= 31


@pytest.mark.parametrize("algorithm", [PHASH, DHASH], ids=lambda algorithm: algorithm.name)
def test_the_picture_of_imagehash_has_its_published_hash(algorithm: ImageHashAlgorithm) -> None:
    # The drawing has lines a pixel wide; the reduced decode turns two bits of it at most.
    assert bits_off(algorithm.describe(picture("imagehash/imagehash.png")).data, IMAGEHASH_EXAMPLE[algorithm.name]) <= 2


@pytest.mark.parametrize("name", DEDUP_DHASHES)
def test_dhashes_of_imagededup_are_ours(name: str) -> None:
    # Its grey and its resampling are not ImageHash's: up to four bits.
    assert bits_off(DHASH.describe(picture(f"imagededup/{name}")).data, DEDUP_DHASHES[name]) <= 4


@pytest.mark.parametrize("algorithm", [PHASH, DHASH], ids=lambda algorithm: algorithm.name)
def test_the_example_of_imagededup_has_its_published_hash(algorithm: ImageHashAlgorithm) -> None:
    assert bits_off(algorithm.describe(picture("imagededup/ukbench00120.jpg")).data, DEDUP_EXAMPLE[algorithm.name]) <= 1


@pytest.mark.parametrize("algorithm", [PHASH, DHASH], ids=lambda algorithm: algorithm.name)
def test_imagededups_resized_and_grey_copies_are_near_and_its_other_picture_is_far(algorithm: ImageHashAlgorithm) -> None:
    def described(name: str) -> Descriptor:
        return algorithm.describe(picture(f"imagededup/{name}"))

    original = described("ukbench00120.jpg")
    assert distance(original, described("ukbench00120_resize.jpg")) < 3
    assert distance(original, described("ukbench00120_gray.jpg")) < 3
    assert distance(original, described("ukbench09268.jpg")) > DISTINCT
