from __future__ import annotations

import hashlib
import os
import socket
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from catalog.errors import DiskError, FileRefusedError
from catalog.store.staging import StagingFolder, open_beneath

LIMIT = 1000


def refusal(root: Path, relative: str) -> str:
    with pytest.raises(FileRefusedError) as caught, open_beneath(root, relative, LIMIT):
        pytest.fail("it was opened")
    assert relative in str(caught.value)
    return caught.value.code


def test_a_file_is_opened_with_its_size_and_digest(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.jpg").write_bytes(b"bytes")
    with open_beneath(tmp_path, "a/b.jpg", LIMIT) as source:
        assert (source.size_bytes, source.sha256) == (5, hashlib.sha256(b"bytes").hexdigest())


def test_what_cannot_be_a_photo_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "empty.jpg").write_bytes(b"")
    (tmp_path / "large.jpg").write_bytes(b"x" * (LIMIT + 1))
    (tmp_path / "folder.jpg").mkdir()
    (tmp_path / "real.jpg").write_bytes(b"x")
    (tmp_path / "link.jpg").symlink_to("real.jpg")
    (tmp_path / "linked").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe.jpg")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "s"))
        found = {
            name: refusal(tmp_path, name)
            for name in (
                "empty.jpg",
                "large.jpg",
                "folder.jpg",
                "link.jpg",
                "pipe.jpg",
                "s",
                "none.jpg",
                "linked/real.jpg",
                "../x",
            )
        }
    assert found == {
        "empty.jpg": "empty_file", "large.jpg": "file_too_large", "folder.jpg": "is_directory", "link.jpg": "symlink_refused",
        "pipe.jpg": "not_regular_file", "s": "not_regular_file", "none.jpg": "missing_file",
        "linked/real.jpg": "missing_file", "../x": "path_leaves_folder",
    }  # fmt: skip


def test_a_file_of_the_wrong_size_is_refused_with_its_size_and_digest(tmp_path: Path) -> None:
    for content in (b"", b"x" * (LIMIT + 1)):
        (tmp_path / "a.jpg").write_bytes(content)
        with pytest.raises(FileRefusedError) as caught, open_beneath(tmp_path, "a.jpg", LIMIT):
            pytest.fail("it was opened")
        assert (caught.value.size_bytes, caught.value.sha256) == (len(content), hashlib.sha256(content).hexdigest())


def test_a_source_that_the_disk_does_not_give_refuses_that_file_only(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"bytes")
    staging = StagingFolder(tmp_path / "staging")
    with open_beneath(tmp_path, "a.jpg", LIMIT) as source:
        source.file.close()
        broken = (tmp_path / "a.jpg").open("wb")
        with broken, pytest.raises(FileRefusedError) as caught:
            staging.copy(replace(source, file=broken))
    assert caught.value.code == "unreadable_file"
    assert [path.name for path in staging.path.iterdir()] == ["lock"]
    staging.close()


def test_a_copy_holds_the_bytes_that_were_digested(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"bytes")
    staging = StagingFolder(tmp_path / "staging")
    with open_beneath(tmp_path, "a.jpg", LIMIT) as source:
        staged = staging.copy(source)
    assert staged.path.read_bytes() == b"bytes"
    staging.close()
    assert not staged.path.exists()


@pytest.mark.parametrize(("total", "kept"), [(100 << 30, 1 << 30), (1 << 30, round(0.05 * (1 << 30)))])
def test_a_copy_that_would_leave_too_little_room_is_refused_before_it_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, total: int, kept: int
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jpg").write_bytes(b"abc")
    staging = StagingFolder(tmp_path / "staging")
    for free, is_refused in ((kept + 3, False), (kept + 2, True)):
        usage = SimpleNamespace(total=total, used=total - free, free=free)
        monkeypatch.setattr("catalog.store.durable.shutil.disk_usage", lambda _folder, usage=usage: usage)
        with open_beneath(tmp_path / "in", "a.jpg", 10) as source:
            if not is_refused:
                staging.discard(staging.copy(source))
                continue
            with pytest.raises(DiskError, match="free some space") as refused:
                staging.copy(source)
            assert refused.value.code == "disk_nearly_full"
    assert [path.name for path in staging.path.iterdir()] == ["lock"]
    staging.close()


def test_a_file_that_changes_between_two_looks_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"bytes")
    staging = StagingFolder(tmp_path / "staging")
    with open_beneath(tmp_path, "a.jpg", LIMIT) as source:
        (tmp_path / "a.jpg").write_bytes(b"other")
        with pytest.raises(FileRefusedError) as caught:
            staging.copy(source)
    assert caught.value.code == "changed_while_reading"
    assert [path.name for path in staging.path.iterdir()] == ["lock"]
    staging.close()


def test_what_a_dead_process_left_is_removed_and_what_a_live_one_holds_is_not(tmp_path: Path) -> None:
    alive = StagingFolder(tmp_path)
    (tmp_path / "dead").mkdir()
    (tmp_path / "dead" / "lock").touch()
    (tmp_path / "dead" / "half").write_bytes(b"x")
    other = StagingFolder(tmp_path)
    assert alive.path.exists()
    assert not (tmp_path / "dead").exists()
    alive.close()
    other.close()
