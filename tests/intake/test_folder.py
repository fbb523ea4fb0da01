from __future__ import annotations

import os
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from catalog.intake.folder import FolderReader, walk
from catalog.intake.interface import IntakeRequest
from catalog.records.intake import IntakeItem

PICTURE = b"\xff\xd8\xff\xe0 stands for a picture; readers do not look inside"


def put(path: Path, content: bytes = PICTURE) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def read(path: Path, **asked: object) -> list[IntakeItem]:
    request = IntakeRequest(path, **asked)  # type: ignore[arg-type]  # the tests name fields of the request
    items = [item for item in FolderReader().read(request) if isinstance(item, IntakeItem)]
    assert FolderReader().count(request) == len(items)
    return items


def codes(items: list[IntakeItem]) -> dict[str, str | None]:
    return {item.source_path: item.problem.code if item.problem else None for item in items}


def test_files_come_sorted_folder_by_folder_whatever_their_suffix(tmp_path: Path) -> None:
    for name in ("b.jpg", "a/2.png", "a/1.jpg", "c.odd", "none"):
        put(tmp_path / name)
    assert list(codes(read(tmp_path))) == ["a/1.jpg", "a/2.png", "b.jpg", "c.odd", "none"]


def test_an_item_is_named_by_the_path_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "press" / "0001.jpg")
    monkeypatch.chdir(tmp_path)
    (item,) = read(Path("press"))
    assert (item.item, item.source_path, item.root, item.path) == (
        "press/0001.jpg",
        "0001.jpg",
        Path("press"),
        Path("press/0001.jpg"),
    )
    assert item.publication.publisher is None
    assert item.raw_row is None


def test_the_publisher_given_is_the_publisher_of_every_file(tmp_path: Path) -> None:
    put(tmp_path / "a.jpg")
    (item,) = read(tmp_path, publisher="Вечерний вестник")
    assert item.publication.publisher is not None
    assert item.publication.publisher.text == "Вечерний вестник"


def test_one_file_is_an_item_below_its_own_folder(tmp_path: Path) -> None:
    path = put(tmp_path / "a.jpg")
    (item,) = read(path)
    assert (item.path, item.root, item.source_path) == (path, tmp_path, "a.jpg")


def test_hidden_files_sidecars_and_a_manifest_at_the_top_are_no_items(tmp_path: Path) -> None:
    for name in ("a.jpg", "a.xmp", ".hidden.jpg", ".git/x.jpg", "manifest.csv", "sub/manifest.csv"):
        put(tmp_path / name)
    assert list(codes(read(tmp_path))) == ["a.jpg", "sub/manifest.csv"]


def test_a_sidecar_is_paired_by_full_name_before_stem(tmp_path: Path) -> None:
    put(tmp_path / "a.jpg")
    stem = put(tmp_path / "a.xmp")
    assert read(tmp_path)[0].sidecar == stem
    full = put(tmp_path / "a.jpg.xmp")
    assert read(tmp_path)[0].sidecar == full


def test_a_sidecar_that_is_a_link_is_not_taken(tmp_path: Path) -> None:
    put(tmp_path / "in" / "a.jpg")
    (tmp_path / "in" / "a.xmp").symlink_to(put(tmp_path / "outside.xmp"))
    assert read(tmp_path / "in")[0].sidecar is None


def test_links_are_named_and_never_followed(tmp_path: Path) -> None:
    outside = put(tmp_path / "outside" / "secret.jpg").parent
    inside = put(tmp_path / "in" / "a.jpg").parent
    (inside / "file.jpg").symlink_to(outside / "secret.jpg")
    (inside / "folder").symlink_to(outside)
    (inside / "gone.jpg").symlink_to("nowhere")
    (inside / "loop").symlink_to(inside)
    items = read(inside)
    refused = "symlink_refused"
    assert codes(items) == {"a.jpg": None, "file.jpg": refused, "folder": refused, "gone.jpg": refused, "loop": refused}
    assert [item.path for item in items if item.problem] == [None] * 4


def test_a_folder_named_like_a_picture_is_named_and_read(tmp_path: Path) -> None:
    put(tmp_path / "album.jpg" / "1.jpg")
    (tmp_path / "empty.PNG").mkdir()
    assert codes(read(tmp_path)) == {"album.jpg": "is_directory", "album.jpg/1.jpg": None, "empty.PNG": "is_directory"}


def test_empty_large_and_special_files_are_named(tmp_path: Path) -> None:
    empty, large = put(tmp_path / "empty.jpg", b""), put(tmp_path / "large.jpg", b"12345")
    os.mkfifo(tmp_path / "pipe.jpg")
    items = read(tmp_path, max_file_bytes=4)
    assert codes(items) == {"empty.jpg": "empty_file", "large.jpg": "file_too_large", "pipe.jpg": "not_regular_file"}
    assert [item.path for item in items] == [empty, large, None]


def test_a_path_that_is_not_there_is_one_named_item(tmp_path: Path) -> None:
    assert codes(read(tmp_path / "gone.jpg")) == {"gone.jpg": "missing_file"}


def test_a_folder_that_cannot_be_listed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "shut" / "a.jpg")
    put(tmp_path / "b.jpg")
    scandir = os.scandir

    def refuse(path: Path) -> os._ScandirIterator[str]:
        if path.name == "shut":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert codes(read(tmp_path)) == {"b.jpg": None, "shut": "unreadable_folder"}


def test_a_name_that_is_not_utf8_is_printable_and_can_be_opened(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.jpg")).write_bytes(PICTURE)
    (item,) = read(tmp_path)
    assert item.source_path == r"caf\xe9.jpg"
    item.item.encode("utf-8")
    assert item.path is not None
    assert item.path.read_bytes() == PICTURE


def test_memory_does_not_grow_with_the_number_of_files(tmp_path: Path) -> None:
    for number in range(20):
        for name in range(50):
            put(tmp_path / f"{number:03}" / f"{name:03}.jpg")

    def peak(items: Iterator[object]) -> int:
        tracemalloc.start()
        for _ in items:
            pass
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    for _ in FolderReader().read(IntakeRequest(tmp_path)):
        pass  # so that what is loaded once is not measured
    one_folder = peak(FolderReader().read(IntakeRequest(tmp_path / "000")))
    assert peak(FolderReader().read(IntakeRequest(tmp_path))) < 2 * one_folder
    assert len(list(walk(tmp_path))) == 1000
