"""A plain picture is not compared, and still found by its bytes and by its pixels in another format."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from tests.conftest import Catalog

WHITE, GREY = (255, 255, 255), (128, 128, 128)


def plain(path: Path, size: tuple[int, int] = (400, 300), colour: tuple[int, int, int] = WHITE) -> Path:
    Image.new("RGB", size, colour).save(path)
    return path


def test_a_plain_photo_is_found_by_its_pixels_in_another_format(catalog: Catalog, tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    first = plain(folder / "1.png")
    plain(folder / "2.png", (300, 400))
    plain(folder / "3.png", colour=GREY)
    assert catalog("import", folder, "--workers", "1").code == 0
    queries = plain(tmp_path / "same.bmp"), plain(tmp_path / "other.bmp", colour=(254, 255, 255))
    same, other, own = catalog("match", *queries, first, "--json").lines[:3]
    assert not any(one["comparable"] for one in (same, other, own))
    assert [(Path(one["path"]).name, one["relation"], one["state"]) for one in same["matches"]] == [
        ("1.png", "same_pixels", "accepted")
    ]  # fmt: skip
    assert other["matches"] == []
    assert [one["relation"] for one in own["matches"]] == ["same_bytes"]


def test_plain_photos_of_the_same_pixels_are_imported_into_one_group(catalog: Catalog, tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    plain(folder / "1.png")
    plain(folder / "2.bmp")
    plain(folder / "3.png", colour=GREY)
    assert catalog("import", folder, "--workers", "1").code == 0
    shown = catalog("chains", "--json").lines
    assert [sorted(Path(one["path"]).name for one in line["photos"]) for line in shown if "photos" in line] == [
        ["1.png", "2.bmp"]
    ]
