"""The formats, endings and limits that docs/deployment.md states are those of the program."""

from __future__ import annotations

import re

from catalog.imaging import ACCEPTED_FORMATS
from catalog.imaging.avif import MAX_BOXES
from catalog.imaging.header import MAX_FRAMES, MAX_JPEG_SCANS, MAX_JPEG_SEGMENTS, MAX_PNG_CHUNKS, MAX_TIFF_DIRECTORIES
from catalog.imaging.oddities import EXTENSIONS
from catalog.imaging.webp import MAX_CHUNKS
from tests.docs.documents import page, rows

SECTION = page("deployment.md").split("## What is read")[1].split("\n## ")[0]


def test_every_format_is_listed_with_its_endings() -> None:
    listed = {name: set(re.findall(r"`([^`]+)`", endings)) for name, endings in rows(SECTION)}
    assert [name for names in listed for name in names.split(", ")] == list(ACCEPTED_FORMATS)
    assert list(listed.values()) == [set(endings) for endings in EXTENSIONS.values()]


def test_the_limits_of_the_headers_are_those_in_force() -> None:
    assert MAX_CHUNKS == MAX_PNG_CHUNKS
    for limit in (
        f"the others are counted, up to {MAX_FRAMES:,}.", f"at most {MAX_JPEG_SEGMENTS:,} segments and {MAX_JPEG_SCANS} scans",
        f"{MAX_PNG_CHUNKS:,} chunks", f"{MAX_BOXES:,} boxes", f"{MAX_TIFF_DIRECTORIES} directories",
    ):  # fmt: skip
        assert limit in " ".join(SECTION.split())
