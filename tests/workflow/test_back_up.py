"""A backup is the catalogue at one moment, read again before it has its name; what is restored from it answers the same."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from catalog.cli.opening import build_catalogue
from catalog.errors import CatalogError, CustodyError, StoreBusyError, UsageError
from catalog.records.backup import Copied
from catalog.settings import Settings
from catalog.workflow.back_up import RESTORING_FILE, back_up, restore
from catalog.workflow.catalogue import Catalogue
from tests.conftest import SAMPLES, run_catalog
from tests.store.keeping import Keeping

Told = Callable[[str, int, int], None]


def silent(_phase: str, _done: int, _total: int) -> None:
    pass


def opened(folder: Path) -> Catalogue:
    return build_catalogue(Settings(instance=folder, workers=1))


@pytest.fixture
def keeping(tmp_path: Path) -> Keeping:
    """Keep three photos with previews and packed features, as an import would."""
    made = Keeping(tmp_path / "desk")
    made.begin()
    for content in (b"one", b"two", b"three"):
        outcome = made.keep(content)
        made.catalogue.files.put_preview(str(outcome.photo), b"preview of " + content)
    made.store.arrays.append("points", 1, [b"packed", b"features"])
    return made


def backed_up(keeping: Keeping, folder: Path, told: Told = silent) -> Copied:
    return back_up(keeping.catalogue, folder, opened, told)


def restored(folder: Path, instance: Path, told: Told = silent) -> Copied:
    target = build_catalogue(Settings(instance=instance, workers=1), is_restoring=True)
    try:
        return restore(folder, target, told)
    finally:
        target.close()


def content(instance: Path) -> dict[str, bytes]:
    """Return everything that is kept in an instance or a backup: files by name, and the database as its statements."""
    found = {
        path.relative_to(instance).as_posix(): path.read_bytes()
        for kind in ("originals", "previews", "arrays")
        for path in instance.joinpath(kind).rglob("*")
        if path.is_file()
    }
    with closing(sqlite3.connect(instance / "catalog.sqlite")) as database:
        found["database"] = "\n".join(database.iterdump()).encode()
    return found


def test_what_is_restored_is_what_was_backed_up_derived_rows_and_files_included(keeping: Keeping, tmp_path: Path) -> None:
    made = backed_up(keeping, tmp_path / "backup")
    assert made.is_whole
    assert (made.facts.originals, made.facts.original_bytes, made.verdict.originals_read) == (3, 11, 3)
    assert restored(tmp_path / "backup", tmp_path / "elsewhere").is_whole
    assert content(tmp_path / "elsewhere") == content(tmp_path / "backup") == content(keeping.folder)
    assert not (tmp_path / "elsewhere" / RESTORING_FILE).exists()


def test_a_restored_catalogue_answers_the_same(samples_instance: Path, tmp_path: Path) -> None:
    done = run_catalog(samples_instance, "backup", tmp_path / "backup", "--json")
    assert (done.code, done.summary["whole"], done.summary["originals"]) == (0, True, 82)
    assert run_catalog(tmp_path / "desk", "restore", tmp_path / "backup", "--json").summary["whole"]
    questions: list[tuple[str | Path, ...]] = [
        ("chains", "--json"), ("match", SAMPLES / "photos" / "lighthouse-kromka.jpg", "--json"),
    ]  # fmt: skip
    for question in questions:
        before, after = run_catalog(samples_instance, *question), run_catalog(tmp_path / "desk", *question)
        assert before.code == after.code == 0
        assert [line for line in before.lines if "summary" not in line] == [line for line in after.lines if "summary" not in line]


def test_a_backup_can_be_checked_by_sha256sum_alone(keeping: Keeping, tmp_path: Path) -> None:
    backed_up(keeping, tmp_path / "backup")
    names = {
        path.relative_to(tmp_path / "backup").as_posix() for path in tmp_path.joinpath("backup").rglob("*") if path.is_file()
    }
    listed = [line.split("  ") for line in (tmp_path / "backup" / "sha256sums.txt").read_text().splitlines()]
    assert {name for _, name in listed} == names - {"backup.json", "sha256sums.txt"}
    assert len(listed) == 3 + 3 + 1 + 1


def test_who_writes_meanwhile_is_not_kept_waiting_and_the_backup_is_one_moment(keeping: Keeping, tmp_path: Path) -> None:
    before = content(keeping.folder)["database"]
    written: list[str] = []

    def write(phase: str, _done: int, _total: int) -> None:
        if not written:
            written.append(phase)
            other = Keeping(keeping.folder, runs=1)
            other.begin()
            other.keep(b"four")
            other.close()

    made = backed_up(keeping, tmp_path / "backup", write)
    assert written == ["database"]
    assert made.is_whole
    assert content(tmp_path / "backup")["database"] == before
    assert keeping.ask("SELECT count(*) FROM photo") == [(4,)]


@pytest.mark.parametrize("phase", ["database", "originals", "checking"])
def test_an_interrupted_backup_has_not_its_name_and_is_gone_on_with(keeping: Keeping, tmp_path: Path, phase: str) -> None:
    def interrupt(now: str, _done: int, _total: int) -> None:
        if now == phase:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backed_up(keeping, tmp_path / "backup", interrupt)
    assert not (tmp_path / "backup").exists()
    with pytest.raises(CustodyError) as refused:
        restored(tmp_path / "backup.partial", tmp_path / "elsewhere")
    assert refused.value.code == "no_backup"
    (tmp_path / "backup.partial" / "originals").mkdir(exist_ok=True)
    (tmp_path / "backup.partial" / "originals" / "stray").write_bytes(b"left over")
    keeping.keep(b"five")
    assert backed_up(keeping, tmp_path / "backup").facts.originals == 4
    assert content(tmp_path / "backup") == content(keeping.folder)
    assert not (tmp_path / "backup.partial").exists()


@pytest.mark.parametrize("code", ["original_altered", "original_missing"])
def test_a_backup_of_an_altered_catalogue_says_what_is_altered_and_is_not_finished(
    keeping: Keeping, tmp_path: Path, code: str
) -> None:
    original = sorted((keeping.folder / "originals").glob("*/*"))[0]
    original.unlink() if code == "original_missing" else original.write_bytes(b"!")
    made = backed_up(keeping, tmp_path / "backup")
    assert [(found.code, found.subject) for found in made.verdict.alterations] == [(code, original.name)]
    assert not made.is_whole
    assert not (tmp_path / "backup").exists()
    assert run_catalog(keeping.folder, "backup", tmp_path / "backup").code == 1


def test_a_backup_is_not_written_over_anything_nor_twice_at_once(keeping: Keeping, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("mine")
    with pytest.raises(UsageError, match="new or empty folder"):
        backed_up(keeping, tmp_path / "full")

    def again(_phase: str, _done: int, _total: int) -> None:
        backed_up(keeping, tmp_path / "backup")

    with pytest.raises(StoreBusyError, match="another backup"):
        backed_up(keeping, tmp_path / "backup", again)


def test_features_exchanged_by_a_rebuild_meanwhile_are_noticed(keeping: Keeping, tmp_path: Path) -> None:
    def rebuild(phase: str, _done: int, _total: int) -> None:
        if phase == "database":
            keeping.store.arrays.keep_only([])

    with pytest.raises(StoreBusyError, match="rebuilt meanwhile"):
        backed_up(keeping, tmp_path / "backup", rebuild)


def test_an_instance_that_holds_anything_is_not_restored_into(keeping: Keeping, tmp_path: Path) -> None:
    backed_up(keeping, tmp_path / "backup")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "note").write_text("mine")
    with pytest.raises(UsageError, match="not empty"):
        restored(tmp_path / "backup", tmp_path / "elsewhere")
    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == ["note"]


@pytest.mark.parametrize("at", [1, 4, 8])
def test_an_interrupted_restoration_opens_for_nobody_and_is_gone_on_with(keeping: Keeping, tmp_path: Path, at: int) -> None:
    backed_up(keeping, tmp_path / "backup")

    def interrupt(phase: str, done: int, _total: int) -> None:
        if phase == "restoring" and done == at:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        restored(tmp_path / "backup", tmp_path / "elsewhere", interrupt)
    with pytest.raises(CustodyError) as refused:
        build_catalogue(Settings(instance=tmp_path / "elsewhere"))
    assert refused.value.code == "restore_unfinished"
    assert restored(tmp_path / "backup", tmp_path / "elsewhere").is_whole
    assert content(tmp_path / "elsewhere") == content(keeping.folder)


@pytest.mark.parametrize("name", ["catalog.sqlite", "originals", "previews", "arrays"])
def test_a_damaged_file_of_a_backup_is_named(keeping: Keeping, tmp_path: Path, name: str) -> None:
    backed_up(keeping, tmp_path / "backup")
    harmed = tmp_path / "backup" / name
    file = harmed if harmed.is_file() else next(path for path in sorted(harmed.rglob("*")) if path.is_file())
    file.chmod(0o600)
    file.write_bytes(file.read_bytes()[:-1] + b"?")
    with pytest.raises(CustodyError, match=file.name) as refused:
        restored(tmp_path / "backup", tmp_path / "elsewhere")
    assert refused.value.code == "backup_damaged"


def test_a_database_exchanged_with_its_list_is_named_by_the_head(keeping: Keeping, tmp_path: Path) -> None:
    backed_up(keeping, tmp_path / "older")
    keeping.begin()
    backed_up(keeping, tmp_path / "backup")
    for name in ("catalog.sqlite", "sha256sums.txt"):
        shutil.copy(tmp_path / "older" / name, tmp_path / "backup" / name)
    with pytest.raises(CustodyError, match="another event"):
        restored(tmp_path / "backup", tmp_path / "elsewhere")


@pytest.mark.parametrize(
    "name",
    ["../stolen", "/etc/stolen", "originals/../../stolen", "arrays/../stolen.bin", "secret", "originals/ab/stolen", "restoring"],
)
def test_a_list_that_names_other_places_is_refused_before_anything_is_written(
    keeping: Keeping, tmp_path: Path, name: str
) -> None:
    backed_up(keeping, tmp_path / "backup")
    with (tmp_path / "backup" / "sha256sums.txt").open("a") as sums:
        sums.write(f"{'a' * 64}  {name}\n")
    with pytest.raises(CustodyError) as refused:
        restored(tmp_path / "backup", tmp_path / "elsewhere")
    assert refused.value.code == "no_backup"
    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == [RESTORING_FILE]


def test_a_link_in_a_backup_is_not_followed(keeping: Keeping, tmp_path: Path) -> None:
    backed_up(keeping, tmp_path / "backup")
    (tmp_path / "backup" / "arrays" / "points-1.bin").rename(tmp_path / "features")
    (tmp_path / "backup" / "arrays" / "points-1.bin").symlink_to(tmp_path / "features")
    with pytest.raises(CatalogError):
        restored(tmp_path / "backup", tmp_path / "elsewhere")


def test_a_backup_of_a_newer_schema_is_refused(keeping: Keeping, tmp_path: Path) -> None:
    backed_up(keeping, tmp_path / "backup")
    facts = json.loads((tmp_path / "backup" / "backup.json").read_text())
    (tmp_path / "backup" / "backup.json").write_text(json.dumps({**facts, "schema": "9999"}))
    with pytest.raises(CatalogError) as refused:
        restored(tmp_path / "backup", tmp_path / "elsewhere")
    assert refused.value.code == "schema_not_at_head"


def test_places_outside_the_instance_are_filled_and_must_be_empty_too(keeping: Keeping, tmp_path: Path) -> None:
    backed_up(keeping, tmp_path / "backup")
    settings = Settings(
        instance=tmp_path / "elsewhere",
        database_url=f"sqlite:///{tmp_path}/apart.sqlite",
        store_url=f"file://{tmp_path}/apart",
        workers=1,
    )
    target = build_catalogue(settings, is_restoring=True)
    assert restore(tmp_path / "backup", target, silent).is_whole
    target.close()
    assert len(list((tmp_path / "apart").rglob("*/*"))) == 3
    again = build_catalogue(replace(settings, instance=tmp_path / "third"), is_restoring=True)
    with pytest.raises(UsageError, match="not empty"):
        restore(tmp_path / "backup", again, silent)
    again.close()
