"""What surrounds a picture is told, and refuses nothing."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from catalog.imaging import reduce_picture
from tests.imaging.pictures import encoded, photo_like, segment

JPEG = encoded(photo_like(40, 30), "JPEG")


@pytest.mark.parametrize("name", ["JPEG", "PNG", "GIF", "WEBP", "AVIF"])
def test_sixteen_bytes_behind_the_picture_are_told_and_fewer_are_padding(name: str) -> None:
    data = encoded(photo_like(40, 30), name)
    assert reduce_picture(data + b"\x00" * 15).warnings == ()
    # Zeros name a box of no type in AVIF; sixteen letters name one as well, of a size beyond the file.
    assert reduce_picture(data + b"sixteen letters!").warnings in {("data_after_end",), ("end_missing",)}


@pytest.mark.parametrize(
    ("extension", "warnings"),
    [
        (None, ()),
        (".jpg", ()),
        (".JPEG", ()),
        (".png", ("extension_mismatch",)),
        (".txt", ("extension_mismatch",)),
        ("", ("extension_missing",)),
    ],
)
def test_a_name_that_says_something_else_is_told(extension: str | None, warnings: tuple[str, ...]) -> None:
    assert reduce_picture(JPEG, extension).warnings == warnings


def test_a_picture_that_is_an_archive_too_is_told() -> None:
    target = BytesIO(JPEG)
    target.seek(0, 2)
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("hidden.txt", "hidden")
    assert reduce_picture(target.getvalue()).warnings == ("data_after_end", "also_an_archive")


@pytest.mark.parametrize("text", [b"<script>alert(1)</script>", b"<?php echo 1;", b"%PDF-1.4", b"<HTML>", b"<svg onload=x>"])
def test_markup_that_a_guessing_reader_would_run_is_told(text: bytes) -> None:
    assert reduce_picture(JPEG[:2] + segment(0xFE, text) + JPEG[2:]).warnings == ("active_content",)


def test_xmp_is_no_active_content() -> None:
    packet = (
        b"http://ns.adobe.com/xap/1.0/\x00<?xpacket begin='' id='x'?><x:xmpmeta xmlns:x='adobe:ns:meta/'/><?xpacket end='w'?>"
    )
    assert reduce_picture(JPEG[:2] + segment(0xE1, packet) + JPEG[2:]).warnings == ()
