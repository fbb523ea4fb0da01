"""Which file is the manifest, and opening it."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import BinaryIO

from catalog.errors import ManifestError
from catalog.intake.folder import MANIFEST_NAMES
from catalog.intake.interface import IntakeRequest

_UTF_16_OR_32 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
# The first name of a header is at least four letters; in UTF-16 half of these bytes are NUL.
_HEAD_BYTES = 16


def manifest_of(request: IntakeRequest) -> Path:
    """Return the manifest of a request: the one given, else the path itself, or the one that lies in it."""
    if request.manifest is not None:
        return request.manifest
    return manifest_beside(request.path) or request.path


def manifest_beside(path: Path) -> Path | None:
    """Find the manifest that lies at the top of a folder, for a hint: it is used only when it is asked for."""
    if path.is_dir():
        return next((path / name for name in MANIFEST_NAMES if (path / name).is_file()), None)
    return None


def open_manifest(manifest: Path) -> BinaryIO:
    """Open a manifest for reading from its start.

    Raises ManifestError: `no_manifest` when it cannot be opened, `empty_manifest`, `manifest_not_utf8` for UTF-16 and UTF-32.
    """
    if not manifest.is_file():
        found = "is a folder or no ordinary file" if manifest.exists() else "there is no such file"
        raise ManifestError(f"{manifest}: {found}; name a manifest that is there", code="no_manifest", path=str(manifest))
    try:
        opened = manifest.open("rb")
    except OSError as error:
        raise ManifestError(f"{manifest}: cannot be opened: {error.strerror}", code="no_manifest", path=str(manifest)) from error
    head = opened.read(_HEAD_BYTES)
    opened.seek(0)
    if head and not head.startswith(_UTF_16_OR_32) and head.count(0) < len(head) // 4 + 1:
        return opened
    opened.close()
    if not head:
        raise ManifestError(f"{manifest}: is empty", code="empty_manifest", path=str(manifest))
    raise ManifestError(
        f"{manifest}: is not UTF-8 but UTF-16 or UTF-32; save it as UTF-8", code="manifest_not_utf8", path=str(manifest), row=1
    )
