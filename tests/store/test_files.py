from __future__ import annotations

import errno
import hashlib
import os
import stat
from pathlib import Path

import pytest

from catalog.errors import DiskError, FixityError, NotInCatalogueError
from catalog.store.files import LocalFiles


@pytest.fixture
def files(tmp_path: Path) -> LocalFiles:
    return LocalFiles(tmp_path / "instance" / "originals", tmp_path / "instance" / "previews")


def keep(files: LocalFiles, folder: Path, content: bytes) -> tuple[str, bool]:
    (folder / "in.jpg").write_bytes(content)
    staging = files.staging()
    with files.open_beneath(folder, "in.jpg", 1000) as source:
        is_new = files.keep(staging.copy(source))
    staging.close()
    return hashlib.sha256(content).hexdigest(), is_new


def test_an_original_is_kept_read_only_under_its_digest(files: LocalFiles, tmp_path: Path) -> None:
    sha256, is_new = keep(files, tmp_path, b"photo")
    path = files.path_of_original(sha256)
    assert is_new
    assert path.name == sha256
    assert stat.S_IMODE(path.stat().st_mode) == 0o444
    assert path.stat().st_nlink == 1
    assert files.check(sha256) == 5
    assert list(files.list_originals()) == [sha256]


def test_the_same_bytes_again_are_not_new(files: LocalFiles, tmp_path: Path) -> None:
    keep(files, tmp_path, b"photo")
    assert keep(files, tmp_path, b"photo")[1] is False


def test_a_stored_original_is_not_trusted_by_its_name(files: LocalFiles, tmp_path: Path) -> None:
    sha256, _ = keep(files, tmp_path, b"photo")
    path = files.path_of_original(sha256)
    path.chmod(0o644)
    path.write_bytes(b"ph0to")
    with pytest.raises(FixityError):
        files.check(sha256)
    with pytest.raises(FixityError):
        keep(files, tmp_path, b"photo")


def test_a_missing_original_and_a_missing_preview_are_named(files: LocalFiles) -> None:
    for ask in (files.check, files.open_original, files.preview):
        with pytest.raises(NotInCatalogueError):
            ask("0" * 64)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 63 + "/"])
def test_nothing_but_a_digest_becomes_a_path(files: LocalFiles, name: str) -> None:
    with pytest.raises(NotInCatalogueError):
        files.preview(name)


def test_an_announced_original_is_arriving_until_it_is_settled(files: LocalFiles) -> None:
    assert files.arriving() == []
    files.announce(["b" * 64, "a" * 64, "a" * 64])
    files.announce([])
    assert files.arriving() == ["a" * 64, "b" * 64]
    files.settle(["a" * 64, "c" * 64])
    assert files.arriving() == ["b" * 64]


def test_a_refusing_disk_is_named_with_the_place(files: LocalFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(DiskError, match="No space left") as caught:
        files.announce(["a" * 64])
    assert caught.value.code == "disk_full"
    with pytest.raises(DiskError, match="No space left"):
        files.put_preview("a" * 64, b"x")
    assert [path.name for path in files.previews.rglob("*.jpg")] == []


def test_half_a_preview_lies_in_staging_and_goes_with_its_process(files: LocalFiles) -> None:
    files.put_preview("a" * 64, b"one")
    staging = files.previews.parent / "staging"
    assert [path.name for path in staging.glob("*/*")] == ["lock"]
    files.close()
    assert [path.name for path in staging.iterdir()] == ["guard"]


def test_a_preview_is_replaced_whole(files: LocalFiles) -> None:
    files.put_preview("a" * 64, b"one")
    files.put_preview("a" * 64, b"two")
    assert files.preview("a" * 64) == b"two"
    assert len(list((files.previews / "aa").iterdir())) == 1
