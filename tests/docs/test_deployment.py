"""The settings that are documented are those there are, with the defaults they have."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from catalog.gallery.rates import SEARCHES_A_MINUTE, UPLOADS_A_MINUTE
from catalog.gallery.security import FORM_BYTES
from catalog.imaging.header import MAX_PIXELS, MAX_SCALED_JPEG_PIXELS
from catalog.settings import PREFIX, Settings, read_settings
from tests.docs.documents import page, rows

DOCUMENTED = {row[0].strip("`"): row[1].strip("`") for row in rows(page("deployment.md")) if row[0].startswith(f"`{PREFIX}")}


def test_every_setting_is_documented_with_its_default() -> None:
    defaults = {PREFIX + field.name.upper(): str(getattr(Settings(), field.name)) or "empty" for field in fields(Settings)}
    assert defaults == DOCUMENTED


def test_the_documented_defaults_can_be_set() -> None:
    assert read_settings({key: "" if text == "empty" else text for key, text in DOCUMENTED.items()}) == Settings()


def test_every_folder_and_file_of_an_instance_is_named() -> None:
    named = {row[0].strip("`") for row in rows(page("deployment.md"))}
    assert {"catalog.sqlite", "originals/", "previews/", "arrays/", "staging/", "secret", "catalog.sqlite.writer"} <= named
    assert Settings(instance=Path("/srv")).resolved_store_folder.name == "originals"


def test_the_limits_are_those_in_force() -> None:
    limits = {row[0]: row[1] for row in rows(page("deployment.md")) if len(row) == 2}
    assert f"{MAX_PIXELS // 10**6} million pixels; {MAX_SCALED_JPEG_PIXELS // 10**6} million" in limits["a picture, decoded"]
    assert limits["a form, an upload"].startswith(f"{FORM_BYTES // 1024} KiB")
    assert limits["uploads, searches"].startswith(f"{UPLOADS_A_MINUTE} and {SEARCHES_A_MINUTE} a minute")
