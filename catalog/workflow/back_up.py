"""Back a catalogue up into a folder, and restore it from there; both end in a check of the copy."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from catalog import __version__
from catalog.custody.backup_folder import (
    DATABASE_FILE,
    copy_file,
    digest_of,
    drop_unlisted,
    listed_files,
    open_partial,
    publish,
    read_facts,
    sync_folders,
    write_facts,
)
from catalog.errors import CustodyError, DiskError, SchemaError, UsageError
from catalog.lasting import sync_names
from catalog.records.backup import BackupFacts, Copied
from catalog.workflow.catalogue import Catalogue
from catalog.workflow.verify_catalogue import VerifyOrder, verify_catalogue

Told = Callable[[str, int, int], None]
# Says that a restoration has begun and not ended; whoever opens the instance meanwhile is refused.
RESTORING_FILE = "restoring"
# While the copy is open, SQLite keeps two files beside it; closing it takes them away again.
DATABASE_FILES = (DATABASE_FILE, f"{DATABASE_FILE}-wal", f"{DATABASE_FILE}-shm")


def back_up(catalogue: Catalogue, folder: Path, opened: Callable[[Path], Catalogue], told: Told) -> Copied:
    """Copy database, originals, previews and packed features into a new folder, read the copy again, and give it its name.

    `opened` opens a folder as a catalogue. Others may write meanwhile; the backup is the catalogue at one moment. Until the check
    found nothing, the folder has the ending `.partial`; the same command goes on with an interrupted one. `told` hears the phase
    and how much of it is done. Raises UsageError for a folder that holds something, DiskError when the disk refuses.
    """
    started = time.monotonic()
    try:
        with open_partial(folder) as partial:
            catalogue.store.copy_to(
                partial / DATABASE_FILE, partial / "arrays", lambda done, total: told("database", done, total)
            )
            copy = opened(partial)
            try:
                sums, size = _copy_files(catalogue, copy, partial, told)
                drop_unlisted(partial, {*(name for name, _ in sums), *DATABASE_FILES})
                verdict = verify_catalogue(copy, VerifyOrder(), lambda done, total: told("checking", done, total))
            finally:
                copy.close()
            sums.append((DATABASE_FILE, digest_of(partial / DATABASE_FILE)))
            made_at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            schema = catalogue.store.schema_needed()
            facts = BackupFacts(made_at, __version__, schema, verdict.head, verdict.originals_read, size)
            made = Copied(facts, verdict, time.monotonic() - started)
            if made.is_whole:
                write_facts(partial, facts, sums)
                publish(partial, folder)
            return made
    except OSError as error:
        raise _named(error, folder) from error


def restore(folder: Path, target: Catalogue, told: Told) -> Copied:
    """Copy a finished backup into an empty instance and read it again; an interrupted restoration is gone on with.

    Each file is checked by the backup's list as it is copied; the database comes last. Raises CustodyError `no_backup` for what
    is no finished backup, `backup_damaged` when a file is not what the list says, UsageError for a full instance.
    """
    started = time.monotonic()
    facts = read_facts(folder)
    settings = target.settings
    marker = settings.instance / RESTORING_FILE
    needed = target.store.schema_needed()
    if facts.schema > needed:
        raise SchemaError(f"{folder} was made at schema {facts.schema}, this program knows {needed}; use the newer program")
    if not marker.exists():
        _require_empty(target)
    try:
        marker.touch()
        # Before anything else: a power cut must not leave half an instance without the word that it is half.
        sync_names(settings.instance)
        listed = listed_files(folder)
        for position, (name, sha256) in enumerate(listed, 1):
            mode = 0o444 if name.startswith("originals/") else 0o600
            if copy_file(folder / name, _place(target, name), sha256, mode=mode) != sha256:
                raise CustodyError(
                    f"{folder / name} is not what the backup's list says; use another backup", code="backup_damaged"
                )
            told("restoring", position, len(listed))
        for place in (settings.instance, settings.resolved_store_folder):
            if place.exists():
                sync_folders(place)
        # The backup itself stays as it was, so an older schema can be brought to head here at once.
        target.store.upgrade()
        verdict = verify_catalogue(target, VerifyOrder(), lambda done, total: told("checking", done, total))
        if verdict.head != facts.head:
            raise CustodyError(f"{folder}: its database ends at another event than the backup says", code="backup_damaged")
        marker.unlink()
        sync_names(settings.instance)
    except OSError as error:
        raise _named(error, settings.instance) from error
    return Copied(facts, verdict, time.monotonic() - started)


def require_restored(instance: Path) -> None:
    """Raise CustodyError `restore_unfinished` for an instance into which a backup is being restored, or was not to the end."""
    if (instance / RESTORING_FILE).exists():
        raise CustodyError(
            f"{instance}: a restoration into it did not end; run the same `catalog restore` again", code="restore_unfinished"
        )


def _copy_files(catalogue: Catalogue, copy: Catalogue, partial: Path, told: Told) -> tuple[list[tuple[str, str]], int]:
    """Copy the originals that the copied database names, and what is made from them; return names with digests, and bytes."""
    with copy.store.ledger() as ledger:
        stored = dict(ledger.stored_photos())
    sums = [(f"arrays/{path.name}", digest_of(path)) for path in sorted((partial / "arrays").iterdir())]
    for position, sha256 in enumerate(stored, 1):
        source, target = catalogue.files.path_of_original(sha256), copy.files.path_of_original(sha256)
        # What is missing or altered is named by the check of the copy.
        if source.exists():
            copy_file(source, target, sha256, mode=0o444)
        sums.append((target.relative_to(partial).as_posix(), sha256))
        shown, place = catalogue.files.path_of_preview(sha256), copy.files.path_of_preview(sha256)
        if shown.exists():
            sums.append((place.relative_to(partial).as_posix(), copy_file(shown, place)))
        told("originals", position, len(stored))
    return sums, sum(stored.values())


def _require_empty(target: Catalogue) -> None:
    settings = target.settings
    database = target.store.place_of_database()
    held = [place for place in (settings.instance, settings.resolved_store_folder) if place.exists() and any(place.iterdir())]
    if held or database.exists():
        place = held[0] if held else database
        raise UsageError(
            f"{place} is not empty; a backup is restored into an empty instance only. Name one with CATALOG_INSTANCE"
        )


def _place(target: Catalogue, name: str) -> Path:
    settings = target.settings
    kind, _, rest = name.partition("/")
    if kind == DATABASE_FILE:
        return target.store.place_of_database()
    return settings.resolved_store_folder / rest if kind == "originals" else settings.instance / name


def _named(error: OSError, place: Path) -> DiskError:
    return DiskError.of(error, error.filename or place)
