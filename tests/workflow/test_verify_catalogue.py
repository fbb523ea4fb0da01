"""A check claims what it read and nothing else, also when it was interrupted and gone on with."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from catalog.cli import catalog
from catalog.workflow.verify_catalogue import NOTE_FILE, VerifyOrder, verify_catalogue
from tests.store.keeping import Keeping

PHOTOS = 20


@pytest.fixture
def keeping(tmp_path: Path) -> Keeping:
    made = Keeping(tmp_path / "desk")
    made.begin()
    for number in range(PHOTOS):
        made.keep(b"photo %d" % number)
    return made


class Watched:
    """Count which originals are really opened."""

    def __init__(self, keeping: Keeping, monkeypatch: pytest.MonkeyPatch) -> None:
        self.read: list[str] = []
        check = type(keeping.catalogue.files).check

        def checked(files: object, sha256: str) -> int:
            size: int = check(files, sha256)  # type: ignore[arg-type]
            self.read.append(sha256)
            return size

        monkeypatch.setattr(type(keeping.catalogue.files), "check", checked)


def interrupted(keeping: Keeping, after: int) -> None:
    def stop(done: int, _total: int) -> None:
        if done == after:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        verify_catalogue(keeping.catalogue, VerifyOrder(is_resumable=True), stop)


def test_a_check_interrupted_at_any_point_and_gone_on_with_reads_everything_once(
    keeping: Keeping, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = sorted(row[0] for row in keeping.ask("SELECT sha256 FROM photo"))
    for point in range(1, PHOTOS + 1):
        watched = Watched(keeping, monkeypatch)
        interrupted(keeping, point)
        verdict = verify_catalogue(keeping.catalogue, VerifyOrder(is_resumable=True), lambda _done, _total: None)
        assert sorted(watched.read) == everything
        assert (verdict.originals_read_before, verdict.originals_read) == (point, PHOTOS - point)
        assert not verdict.is_whole
        assert not (keeping.folder / NOTE_FILE).exists()
        monkeypatch.undo()


def test_what_was_found_altered_before_the_interruption_is_told_again(keeping: Keeping) -> None:
    first = keeping.ask("SELECT sha256 FROM photo ORDER BY id")[0][0]
    keeping.catalogue.files.path_of_original(first).write_bytes(b"?")
    interrupted(keeping, 10)
    verdict = verify_catalogue(keeping.catalogue, VerifyOrder(is_resumable=True), lambda _done, _total: None)
    assert [(found.code, found.subject) for found in verdict.alterations] == [("original_altered", first)]
    assert (verdict.originals_read_before, verdict.originals_read) == (9, PHOTOS - 9)


@pytest.mark.parametrize("damage", [b"", b"nonsense\n" + b"a" * 64 + b"\n", b"\xff\x00"])
def test_a_note_that_is_none_of_ours_claims_nothing(keeping: Keeping, damage: bytes) -> None:
    (keeping.folder / NOTE_FILE).write_bytes(damage)
    verdict = verify_catalogue(keeping.catalogue, VerifyOrder(is_resumable=True), lambda _done, _total: None)
    assert (verdict.originals_read, verdict.originals_read_before) == (PHOTOS, 0)
    assert verdict.is_whole


def test_half_a_line_and_a_stranger_in_the_note_claim_nothing(keeping: Keeping) -> None:
    interrupted(keeping, 3)
    note = keeping.folder / NOTE_FILE
    lines = note.read_bytes().splitlines()
    note.write_bytes(b"\n".join([*lines[:2], b"f" * 64, lines[2]]))
    verdict = verify_catalogue(keeping.catalogue, VerifyOrder(is_resumable=True), lambda _done, _total: None)
    assert (verdict.originals_read, verdict.originals_read_before) == (PHOTOS - 1, 1)


def test_what_came_in_since_the_interruption_is_read(keeping: Keeping) -> None:
    interrupted(keeping, 5)
    keeping.keep(b"one more")
    verdict = verify_catalogue(keeping.catalogue, VerifyOrder(is_resumable=True), lambda _done, _total: None)
    assert (verdict.originals_expected, verdict.originals_read_before, verdict.originals_read) == (PHOTOS + 1, 5, PHOTOS - 4)


def test_originals_that_cannot_be_read_are_not_counted_as_read(keeping: Keeping) -> None:
    gone, refused = (row[0] for row in keeping.ask("SELECT sha256 FROM photo ORDER BY id LIMIT 2"))
    keeping.catalogue.files.path_of_original(gone).unlink()
    place = keeping.catalogue.files.path_of_original(refused)
    place.unlink()
    place.mkdir()
    verdict = verify_catalogue(keeping.catalogue, VerifyOrder(), lambda _done, _total: None)
    assert (verdict.originals_read, verdict.originals_not_readable) == (PHOTOS - 2, 2)
    assert {(found.code, found.subject) for found in verdict.alterations} == {
        ("original_missing", gone), ("original_unreadable", refused),
    }  # fmt: skip


def test_an_original_in_two_places_is_named(keeping: Keeping) -> None:
    (sha256,) = keeping.ask("SELECT sha256 FROM photo LIMIT 1")[0]
    other = keeping.folder / "originals" / "zz" / sha256
    other.parent.mkdir()
    os.link(keeping.catalogue.files.path_of_original(sha256), other)
    verdict = verify_catalogue(keeping.catalogue, VerifyOrder(), lambda _done, _total: None)
    assert [(found.code, found.subject) for found in verdict.alterations] == [("original_unexpected", sha256)]


def test_an_original_that_was_announced_is_on_its_way_and_another_is_unexpected(keeping: Keeping) -> None:
    sha256 = "0" * 64
    place = keeping.catalogue.files.path_of_original(sha256)
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(b"not committed yet")
    verdict = verify_catalogue(keeping.catalogue, VerifyOrder(), lambda _done, _total: None)
    assert [(found.code, found.subject) for found in verdict.alterations] == [("original_unexpected", sha256)]
    keeping.catalogue.files.announce([sha256])
    assert verify_catalogue(keeping.catalogue, VerifyOrder(), lambda _done, _total: None).alterations == ()
    keeping.close()
    done = CliRunner().invoke(catalog, ["verify"], env={"CATALOG_INSTANCE": str(keeping.folder)})
    assert done.exit_code == 0
    assert "1 originals are announced" in done.stderr


def test_what_was_not_asked_for_is_skipped_and_said(keeping: Keeping) -> None:
    def run(*arguments: str) -> tuple[int, dict[str, object]]:
        done = CliRunner().invoke(catalog, ["verify", "--json", *arguments], env={"CATALOG_INSTANCE": str(keeping.folder)})
        return done.exit_code, json.loads(done.stdout)["summary"]

    keeping.close()
    for arguments, read, skipped in (((), PHOTOS, 0), (("--sample", "7"), 7, PHOTOS - 7), (("--since", "2999-01-01"), 0, PHOTOS)):
        code, said = run(*arguments)
        assert (code, said["originals_read"], said["originals_skipped"], said["whole"]) == (0, read, skipped, not skipped)


def test_a_sample_cannot_be_gone_on_with(keeping: Keeping) -> None:
    keeping.close()
    done = CliRunner().invoke(catalog, ["verify", "--sample", "3", "--resume"], env={"CATALOG_INSTANCE": str(keeping.folder)})
    assert done.exit_code == 2
