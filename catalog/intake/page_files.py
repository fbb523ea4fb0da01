"""Which saved file is the picture that a page means: addresses from outside become names below the page's folder here only."""

from __future__ import annotations

import base64
import binascii
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, unquote_to_bytes, urljoin, urlsplit

from catalog.intake.paths import find_file
from catalog.records.intake import Problem

# What programs that save pages call the folder beside one, after the page's own name (Chromium, Firefox, Safari, wget, Opera).
FOLDER_ENDINGS = (
    "_files",
    ".files",
    "_Files",
    "-Dateien",
    "_fichiers",
    "_archivos",
    "_файлы",
    "_файли",
    "_ملفات",
    ".resources",
    "",
)
_DATA = re.compile(r"data:(image/[a-z0-9.+-]++)?((?:;[^,;]*+)*+),", re.IGNORECASE)
_PICTURE_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif", ".tif", ".tiff")
_ARCHIVED = re.compile(
    r"https?://web\.archive\.org/web/(?P<moment>\d{4,14})(?:[a-z]{2}_)?/(?P<address>https?://\S+)", re.IGNORECASE
)
_SUFFIXES = {"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/webp": ".webp", "image/avif": ".avif"}
_CANDIDATE = re.compile(r"[\s,]*+(?P<address>\S++)(?P<descriptor>[^,]*+)")
_DESCRIPTOR = re.compile(r"\s*(\d{1,6}(?:\.\d{1,3})?)([wx])")
# Transparent GIF and PNG placeholders have 26 to 180 bytes; the quantisation tables of any JPEG alone have more than 130.
MIN_PICTURE_BYTES = 200
_MAX_CANDIDATES = 60
_MAX_NAMES = 20_000


@dataclass(frozen=True, slots=True)
class Source:
    """Hold one address under which a page offers a picture, and the width or density it states for it, 0 for none."""

    address: str
    size: float = 0.0


@dataclass(frozen=True, slots=True)
class PagePlace:
    """Hold where a page lies, which folders were saved with it, and the size in bytes above which a picture is refused."""

    page: Path
    folders: tuple[str, ...]
    max_bytes: int


@dataclass(frozen=True, slots=True)
class Saved:
    """Hold a saved picture: a file below the page's folder by its name with forward slashes, or bytes that stand in the page.

    `path` is None when the file must not be read; then `problem` says why. `content` is None for a file.
    """

    name: str
    path: Path | None
    content: bytes | None
    problem: Problem | None
    bytes_count: int


def sources_of_set(stated: str) -> tuple[Source, ...]:
    """Read a `srcset` (WHATWG HTML, 4.8.4.3.8): addresses with their width or density, in order; at most 60."""
    found: list[Source] = []
    place = 0
    while place < len(stated) and len(found) < _MAX_CANDIDATES:
        match = _CANDIDATE.match(stated, place)
        if match is None:
            break
        address, end = match["address"], match.end()
        if address.endswith(",") and not address.startswith("data:"):
            # The comma ends the candidate; what follows is the next address, not a descriptor.
            address, end, said = address.rstrip(","), match.end("address"), None
        else:
            said = _DESCRIPTOR.fullmatch(match["descriptor"].rstrip())
        if address:
            found.append(Source(address, float(said[1]) if said else 0.0))
        place = max(end, place + 1)
    return tuple(found)


def beside(page: Path, max_bytes: int) -> PagePlace:
    """Look which folders were saved with a page."""
    try:
        with os.scandir(page.parent) as entries:
            folders = {
                entry.name for _, entry in zip(range(_MAX_NAMES), entries, strict=False) if entry.is_dir(follow_symlinks=False)
            }
    except OSError:
        folders = set()
    names = (page.stem + ending for ending in FOLDER_ENDINGS)
    return PagePlace(page, tuple(name for name in dict.fromkeys(names) if name in folders), max_bytes)


def largest_saved(place: PagePlace, sources: Sequence[Source]) -> Saved | None:
    """Find the largest picture among the addresses that was saved with the page; None when none was.

    The largest is the one of the greatest stated width when all that were saved state one, else that of most bytes: what a
    picture really measures is not looked at here. A file that must not be read counts only when there is no other.
    """
    found = [(source, saved) for source in sources if (saved := saved_as(place, source.address)) is not None]
    good = [pair for pair in found if pair[1].problem is None]
    if not good:
        return found[0][1] if found else None
    if all(source.size for source, _ in good):
        return max(good, key=lambda pair: (pair[0].size, pair[1].bytes_count))[1]
    return max(good, key=lambda pair: pair[1].bytes_count)[1]


def saved_as(place: PagePlace, address: str) -> Saved | None:
    """Find what was saved for one address: the bytes of a `data:` address, or a file of that name with the page.

    None when nothing was saved, which includes placeholders: SVG and pictures of fewer than 200 bytes. Nothing is ever fetched.
    """
    if address[:5].lower() == "data:":
        return _embedded(address, place.max_bytes)
    for name in _names(place, address):
        path, problem = find_file(place.page.parent, name, place.max_bytes)
        if problem is not None and problem.code in ("missing_file", "is_directory", "path_leaves_folder", "no_file_named"):
            continue
        size = path.stat().st_size if path is not None and problem is None else 0
        return Saved(os.fsencode(name).decode("utf-8", "surrogateescape"), path, None, problem, size)
    return None


def is_placeholder(address: str) -> bool:
    """Tell whether an address stands for a picture that is loaded later: no bytes worth keeping, or a vector drawing."""
    if address[:5].lower() == "data:":
        return _embedded(address, 1 << 40) is None
    path = urlsplit_path(address).lower()
    return path.endswith((".svg", ".ico")) or PurePosixPath(path).stem in (
        "blank",
        "spacer",
        "placeholder",
        "lazy",
        "pixel",
        "1x1",
        "transparent",
    )


def meant_address(base: str, address: str) -> str:
    """Return the absolute address of a picture, or the address as it stands when the page states none of its own."""
    try:
        found = urljoin(base, address)
    except ValueError:
        return address
    copy = archived_copy(found)
    return copy[1] if copy is not None else found


def archived_copy(address: str) -> tuple[str, str] | None:
    """Return when a copy in the Wayback Machine was made and of what address, None for any other address.

    The time is ISO 8601 in UTC, "" where the address does not name a second of it (archive.org, Wayback CDX Server API).
    """
    found = _ARCHIVED.match(address)
    if found is None:
        return None
    moment = found["moment"]
    parts = [moment[:4], moment[4:6], moment[6:8], moment[8:10], moment[10:12], moment[12:14]]
    return "{}-{}-{}T{}:{}:{}Z".format(*parts) if len(moment) == len("20120527101500") else "", found["address"]


def urlsplit_path(address: str) -> str:
    """Return the path of an address, "" when it is none."""
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def is_of_picture(address: str) -> bool:
    """Tell whether an address ends as the names of picture files do."""
    return urlsplit_path(address).lower().endswith(_PICTURE_ENDINGS)


def _embedded(address: str, max_bytes: int) -> Saved | None:
    head = _DATA.match(address)
    if head is None or (head[1] or "").lower() == "image/svg+xml":
        return None
    text = address[head.end() :]
    try:
        content = (
            base64.b64decode(unquote(text) if "%" in text else text) if ";base64" in head[2].lower() else unquote_to_bytes(text)
        )
    except (binascii.Error, ValueError):
        return None
    if len(content) < MIN_PICTURE_BYTES:
        return None
    name = f"data{_SUFFIXES.get((head[1] or '').lower(), '')}"
    if len(content) > max_bytes:
        problem = Problem(
            "file_too_large", f"{name}: has {len(content)} bytes, the limit is {max_bytes} (CATALOG_MAX_FILE_BYTES)"
        )
        return Saved(name, None, None, problem, len(content))
    return Saved(name, None, content, None, len(content))


def _names(place: PagePlace, address: str) -> list[str]:
    """Return the names, relative to the page's folder, under which an address may have been saved, the likeliest first."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return []
    path = unquote(parts.path)
    names: list[str] = []
    if not parts.scheme and not parts.netloc and not path.startswith("/"):
        names += [
            PurePosixPath(path).as_posix(),
            PurePosixPath(unquote(parts.path + (f"?{parts.query}" if parts.query else ""))).as_posix(),
        ]
    elif parts.scheme not in ("", "http", "https"):
        return []
    last = PurePosixPath(path).name
    if last:
        # wget keeps the query in the name; browsers drop it.
        for ending in dict.fromkeys((last, f"{last}?{parts.query}" if parts.query else last)):
            names += [f"{folder}/{ending}" for folder in place.folders]
        if parts.netloc:
            names.append(PurePosixPath(parts.netloc, path.lstrip("/")).as_posix())
    return list(dict.fromkeys(name for name in names if name not in ("", ".")))
