"""The folder of a backup: durable copies by digest, the list of all its files, what it says of itself."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from catalog.errors import CustodyError, StoreBusyError, UsageError
from catalog.lasting import make_lasting_folder, sync_names, write_lasting
from catalog.records.backup import BackupFacts
from catalog.records.custody import Anchor

FORMAT = "creditline-backup-1"
FACTS_FILE = "backup.json"
SUMS_FILE = "sha256sums.txt"
DATABASE_FILE = "catalog.sqlite"
PARTIAL = ".partial"
BLOCK_BYTES = 1 << 20
FACTS_BYTES = 64 * 1024
# What a backup may hold; anything else in its list would be written to a place of a stranger's choice.
_LISTED = re.compile(
    r"([0-9a-f]{64})  (catalog\.sqlite|originals/([0-9a-f]{2})/\3[0-9a-f]{62}|previews/([0-9a-f]{2})/\4[0-9a-f]{62}\.jpg"
    r"|arrays/[a-z0-9_-]{1,64}\.bin)"
)


@contextmanager
def open_partial(folder: Path) -> Iterator[Path]:
    """Open the folder beside a backup's own in which it is made; it takes its name by `publish` and is left otherwise.

    Raises UsageError when something of the backup's name is there, StoreBusyError when another process makes it.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder}: a backup is written to a new or empty folder; name another one")
    partial = folder.with_name(folder.name + PARTIAL)
    make_lasting_folder(partial, 0o700)
    descriptor = os.open(partial, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StoreBusyError(
                f"{partial}: another backup is being written there; wait for it, or name another folder"
            ) from None
        # What an interrupted backup said of itself would be wrong of this one.
        for name in (FACTS_FILE, SUMS_FILE):
            (partial / name).unlink(missing_ok=True)
        yield partial
    finally:
        os.close(descriptor)


def publish(partial: Path, folder: Path) -> None:
    """Give a finished backup its name, durably: before, nothing of that name is there."""
    sync_folders(partial)
    with suppress(FileNotFoundError):
        folder.rmdir()
    partial.rename(folder)
    sync_names(folder.parent)


def write_facts(partial: Path, facts: BackupFacts, sums: Sequence[tuple[str, str]]) -> None:
    """Write the list of all files, as `sha256sum --check` reads it, and what the backup says of itself."""
    write_lasting(partial / SUMS_FILE, "".join(f"{digest}  {name}\n" for name, digest in sums))
    values = {
        "format": FORMAT, "made_at": facts.made_at, "program_version": facts.program_version, "schema": facts.schema,
        "head": {"sequence": facts.head.sequence, "hash": facts.head.hash}, "originals": facts.originals,
        "original_bytes": facts.original_bytes,
    }  # fmt: skip
    write_lasting(partial / FACTS_FILE, json.dumps(values, indent=1) + "\n")


def read_facts(folder: Path) -> BackupFacts:
    """Read what a backup says of itself; raises CustodyError `no_backup` for anything that is not a finished one."""
    try:
        with (folder / FACTS_FILE).open("rb") as file:
            values = json.loads(file.read(FACTS_BYTES))
        if values["format"] != FORMAT:
            raise CustodyError(f"{folder}: its format is {values['format']!r}, this program reads {FORMAT}", code="no_backup")
        head = Anchor(int(values["head"]["sequence"]), str(values["head"]["hash"]))
        return BackupFacts(
            str(values["made_at"]), str(values["program_version"]), str(values["schema"]), head, int(values["originals"]),
            int(values["original_bytes"]),
        )  # fmt: skip
    except FileNotFoundError as error:
        raise CustodyError(
            f"{folder}: this is no finished backup: it holds no backup.json; name another folder. `catalog backup` makes one, and"
            f" calls it {PARTIAL} until it is",
            code="no_backup",
        ) from error
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise CustodyError(
            f"{folder}: this is no finished backup ({error}); `catalog backup` makes one, and calls it {PARTIAL} until it is",
            code="no_backup",
        ) from error


def listed_files(folder: Path) -> list[tuple[str, str]]:
    """Return name and SHA-256 of every file of a backup, as its list says, the database last.

    Raises CustodyError `no_backup` for a name that no backup of ours can hold.
    """
    found = []
    with (folder / SUMS_FILE).open(encoding="ascii", errors="replace") as lines:
        for number, line in enumerate(lines, 1):
            listed = _LISTED.fullmatch(line.rstrip("\n"))
            if listed is None:
                raise CustodyError(f"{folder / SUMS_FILE}, line {number}: no backup of ours holds that", code="no_backup")
            found.append((listed[2], listed[1]))
    return sorted(found, key=lambda one: (one[0] == DATABASE_FILE, one[0]))


def copy_file(source: Path, target: Path, sha256: str | None = None, *, mode: int = 0o600) -> str:
    """Copy a file durably and return the SHA-256 of what was read; a copy that has the expected one already is kept.

    Links are not followed. Raises OSError as the disk does, CustodyError for what is no regular file.
    """
    if sha256 is not None and target.is_file() and digest_of(target) == sha256:
        return sha256
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    digest = hashlib.sha256()
    descriptor = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as read, target.open("xb") as written:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise CustodyError(f"{source}: a backup holds regular files only", code="no_backup")
        while block := read.read(BLOCK_BYTES):
            digest.update(block)
            written.write(block)
        written.flush()
        os.fchmod(written.fileno(), mode)
        os.fsync(written.fileno())
    return digest.hexdigest()


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def drop_unlisted(partial: Path, names: set[str]) -> None:
    """Remove from a folder in which a backup is made what an interrupted one left and this one does not hold."""
    for path in [*partial.rglob("*")]:
        if path.is_file() and path.relative_to(partial).as_posix() not in names:
            path.unlink()
    for path in sorted(partial.rglob("*"), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            shutil.rmtree(path)


def sync_folders(folder: Path) -> None:
    """Make the names in a folder and in all below it durable."""
    for path in [folder, *(one for one in folder.rglob("*") if one.is_dir())]:
        sync_names(path)
