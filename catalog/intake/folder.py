"""Read a folder of photos, or one photo."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from catalog.intake.interface import IntakeRequest
from catalog.intake.paths import judge_file, printable, sidecar_of
from catalog.records.intake import IntakeItem, Problem, Unlisted
from catalog.records.publication import Publication
from catalog.records.text import RecordedText

MANIFEST_NAMES = ("manifest.csv", "manifest.jsonl")
# A folder that is named like a picture is nearly always a mistake of the person or tool that made the collection.
PICTURE_SUFFIXES = frozenset(
    {".jpg", ".jpeg", ".png", ".gif", ".webp", ".tif", ".tiff", ".bmp", ".avif", ".heic", ".heif", ".mpo"}
)


class FolderReader:
    """Take every regular file below a folder for an item, sorted by name; links are never followed.

    Hidden files and folders, `.xmp` sidecars and a `manifest.csv` or `manifest.jsonl` at the top are no items. A folder that is
    named like a picture is reported, and what it holds is taken in.
    """

    name = "folder"

    def accepts(self, path: Path, manifest: Path | None) -> bool:
        """Take everything that has no manifest and is none."""
        return manifest is None

    def count(self, request: IntakeRequest) -> int:
        """Count names only; nothing is opened or measured."""
        if not request.path.is_dir():
            return 1
        return sum(1 for _ in walk(request.path, with_folders=True))

    def read(self, request: IntakeRequest) -> Iterator[IntakeItem | Unlisted]:
        """Yield an item a file."""
        if not request.path.is_dir():
            yield _item(request, request.path, request.path.parent)
            return
        for path in walk(request.path, with_folders=True):
            yield _item(request, path, request.path)


def walk(root: Path, *, with_folders: bool = False) -> Iterator[Path]:
    """Yield what lies below a folder and may be an item, sorted by name, folder by folder.

    Links are yielded, never followed. `with_folders` also yields folders that are named like pictures or cannot be listed.
    """
    waiting: list[Iterator[tuple[str, bool]]] = [iter([("", True)])]
    while waiting:
        entry = next(waiting[-1], None)
        if entry is None:
            waiting.pop()
            continue
        name, is_folder = entry
        path = root / name
        if not is_folder:
            if path.suffix.lower() != ".xmp" and name not in MANIFEST_NAMES:
                yield path
            continue
        entries = _entries(path, f"{name}/" if name else "")
        if with_folders and (entries is None or (name and path.suffix.lower() in PICTURE_SUFFIXES)):
            yield path
        waiting.append(iter(entries or ()))


def _entries(folder: Path, prefix: str) -> list[tuple[str, bool]] | None:
    """List names below the prefix and whether each is a folder; None when the folder cannot be listed."""
    try:
        with os.scandir(folder) as found:
            return sorted((prefix + entry.name, entry.is_dir(follow_symlinks=False)) for entry in found if entry.name[0] != ".")
    except OSError:
        return None


def _item(request: IntakeRequest, path: Path, root: Path) -> IntakeItem:
    shown = printable(str(path))
    found, problem = judge_file(path, shown, request.max_file_bytes)
    if problem is not None and problem.code == "is_directory":
        what = "is a folder, not a picture; what it holds is taken in apart"
        problem = Problem("is_directory", f"{shown}: {what}")
        if _entries(path, "") is None:
            problem = Problem("unreadable_folder", f"{shown}: cannot be listed; check its permissions")
    return IntakeItem(
        item=shown,
        path=found,
        root=root,
        source_path=printable(path.relative_to(root).as_posix()),
        publication=bare_publication(request),
        sidecar=sidecar_of(found) if found else None,
        problem=problem,
    )


def bare_publication(request: IntakeRequest) -> Publication:
    """Return the publication of a file about which nothing is stated but, at most, who published it."""
    return Publication(
        publisher=RecordedText.from_text(request.publisher) if request.publisher else None,
        url=None,
        published_at=None,
        carrier=None,
        first_seen_at=None,
        date_created=None,
        location=None,
        captions=(),
        credits=(),
        extras=(),
    )
