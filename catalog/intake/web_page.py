"""Read web pages that a browser saved: with a folder of files beside them, or whole in one file."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from catalog.intake.folder import bare_publication, walk
from catalog.intake.interface import IntakeRequest
from catalog.intake.manifest_files import manifest_of
from catalog.intake.page_files import FOLDER_ENDINGS, PagePlace, Saved, beside, largest_saved, meant_address
from catalog.intake.page_reading import PageReading, ReadPicture, read_page
from catalog.intake.page_values import PageValue, first_of, without_doubles
from catalog.intake.paths import judge_file, printable, sidecar_of
from catalog.records.intake import IntakeItem, Problem, Unlisted
from catalog.records.partial_date import PartialDate
from catalog.records.publication import CAPTION_ROLES, CREDIT_ROLES, Caption, Credit, Publication
from catalog.records.text import RecordedText

PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
# Pages that hold their pictures in themselves reach some tens of megabytes; the markup of a page alone stays below five.
MAX_PAGE_BYTES = 96 * 1024 * 1024


class WebPageReader:
    """Take every picture that the article of a saved page shows for one publication, in the order of the page.

    A picture that the page names and that was not saved is an item without a file. Nothing is fetched. A page is read here and
    not in a worker: every step takes time linear in the page's length, and no byte of it reaches a parser in C.
    """

    name = "web_page"

    def accepts(self, path: Path, manifest: Path | None) -> bool:
        """Take a file whose name ends as that of a page, and a folder that holds pages and what was saved with them, no more."""
        if manifest is not None or not path.is_dir():
            return (manifest or path).suffix.lower() in PAGE_SUFFIXES
        return _holds_pages_alone(path)

    def count(self, request: IntakeRequest) -> int:
        """Count the pictures of every page; the pages are read for it."""
        return sum(len(_pictures(_read(page, request))) or 1 for page in _pages(request))

    def read(self, request: IntakeRequest) -> Iterator[IntakeItem | Unlisted]:
        """Yield an item a picture; a page that cannot be read, or shows none, is one item with its problem."""
        root = request.path if request.path.is_dir() else manifest_of(request).parent
        for page in _pages(request):
            yield from _items(page, root, request)


@dataclass(frozen=True, slots=True)
class _Page:
    """Hold a page that was opened: what was read in it, or why nothing was."""

    path: Path
    sha256: str
    reading: PageReading | None
    problem: Problem | None


def _pages(request: IntakeRequest) -> list[Path]:
    if request.path.is_dir() and request.manifest is None:
        folders = [path for path in walk(request.path) if path.suffix.lower() in PAGE_SUFFIXES]
        # A page within the folder of another is a frame of it: an advertisement, a map, a button.
        return [path for path in folders if not _lies_beside_a_page(path, request.path)]
    return [manifest_of(request)]


def _lies_beside_a_page(path: Path, root: Path) -> bool:
    for folder in path.relative_to(root).parents:
        for ending in (ending for ending in FOLDER_ENDINGS if ending and folder.name.endswith(ending)):
            stem = root / folder.parent / folder.name.removesuffix(ending)
            if any(stem.with_name(stem.name + suffix).is_file() for suffix in PAGE_SUFFIXES):
                return True
    return False


def _holds_pages_alone(folder: Path) -> bool:
    try:
        with os.scandir(folder) as entries:
            shown = [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries if entry.name[0] != "."]
    except OSError:
        return False
    stems = {Path(name).stem for name, is_folder in shown if not is_folder and Path(name).suffix.lower() in PAGE_SUFFIXES}
    saved = {stem + ending for stem in stems for ending in FOLDER_ENDINGS}
    return bool(stems) and all(name in saved if is_folder else Path(name).stem in stems for name, is_folder in shown)


def _read(page: Path, request: IntakeRequest) -> _Page:
    shown = printable(str(page))
    path, problem = judge_file(page, shown, MAX_PAGE_BYTES)
    if path is None or problem is not None:
        return _Page(page, "", None, problem)
    try:
        raw = path.read_bytes()
    except OSError as error:
        return _Page(page, "", None, Problem("unreadable_file", f"{shown}: cannot be opened: {error.strerror}"))
    reading = read_page(raw)
    if not reading.pictures:
        words = "shows no picture that belongs to its article; import its pictures with a manifest if there are some"
        problem = Problem("page_without_pictures", f"{shown}: {words}")
    return _Page(page, hashlib.sha256(raw).hexdigest(), reading, problem)


def _pictures(page: _Page) -> tuple[ReadPicture, ...]:
    return page.reading.pictures if page.reading is not None else ()


def _items(page: Path, root: Path, request: IntakeRequest) -> Iterator[IntakeItem]:
    opened = _read(page, request)
    shown = printable(str(page))
    if opened.reading is None or opened.problem is not None:
        yield IntakeItem(
            shown, None, root, printable(page.relative_to(root).as_posix()), bare_publication(request), problem=opened.problem
        )
        return
    place = beside(page, request.max_file_bytes)
    for number, picture in enumerate(opened.reading.pictures, start=1):
        yield _item(opened, opened.reading, picture, number, place, root, request)


def _item(
    page: _Page, reading: PageReading, picture: ReadPicture, number: int, place: PagePlace, root: Path, request: IntakeRequest
) -> IntakeItem:
    saved = largest_saved(place, picture.sources)
    address = meant_address(reading.base, picture.sources[0].address)
    prefix = PurePosixPath(printable(page.path.parent.relative_to(root).as_posix()))
    own = f"{printable(page.path.name)}#{number}"
    if saved is None or saved.path is None:
        suffix = Path(saved.name).suffix if saved is not None else ""
        source_path = (prefix / f"{own}{suffix}").as_posix()
    else:
        source_path = (prefix / printable(saved.name)).as_posix()
    return IntakeItem(
        item=f"{printable(str(page.path))}#{number}",
        path=saved.path if saved is not None else None,
        root=root,
        source_path=source_path,
        publication=_publication(reading, picture, address, request),
        raw_row=_raw_row(page, reading, picture, saved, address),
        sidecar=sidecar_of(saved.path) if saved is not None and saved.path is not None else None,
        problem=saved.problem if saved is not None else None,
        warnings=_warnings(reading, saved),
        content=saved.content if saved is not None else None,
        named_address=address if saved is None else None,
    )


def _publication(reading: PageReading, picture: ReadPicture, address: str, request: IntakeRequest) -> Publication:
    values = without_doubles((*picture.values, *reading.values))

    def first(name: str) -> str | None:
        found = first_of(values, name)
        return found.text if found is not None else None

    def date(name: str) -> PartialDate | None:
        stated = first(name)
        return PartialDate.parse(stated, request.assumed_zone) if stated else None

    publisher = first("publisher") or request.publisher or first("publisher_host")
    extras = {"date_modified": first("date_modified"), "picture_published": first("date_published")}
    if not address.startswith("data:"):
        extras["picture_address"] = address
    headline = first_of(reading.values, "headline")
    captions = [value for value in values if value.name in CAPTION_ROLES and (value.name != "headline" or value is headline)]
    return Publication(
        publisher=RecordedText.from_text(publisher) if publisher else None,
        url=RecordedText.from_text(url) if (url := first("url")) else None,
        published_at=date("published_at"),
        carrier=reading.carrier,
        first_seen_at=date("first_seen_at"),
        date_created=date("date_created"),
        location=None,
        captions=tuple(_caption(value, reading.language) for value in captions),
        credits=tuple(Credit(value.name, RecordedText.from_text(value.text)) for value in values if value.name in CREDIT_ROLES),
        extras=tuple((name, text) for name, text in extras.items() if text),
        origin="web_page",
    )


def _caption(value: PageValue, page_language: str | None) -> Caption:
    return Caption(value.name, RecordedText.from_text(value.text), value.language or page_language)


def _raw_row(page: _Page, reading: PageReading, picture: ReadPicture, saved: Saved | None, address: str) -> str:
    row = {
        "page": printable(page.path.name), "page_sha256": page.sha256, "charset": reading.charset, "language": reading.language,
        "picture": address if not address.startswith("data:") else "data:", "saved_as": printable(saved.name) if saved else None,
        "span": list(picture.span), "values": [value.plain() for value in (*picture.values, *reading.values)],
    }  # fmt: skip
    return json.dumps(row, ensure_ascii=False)


def _warnings(reading: PageReading, saved: Saved | None) -> tuple[str, ...]:
    warnings = (("picture_not_saved", saved is None), ("text_not_utf8", reading.charset != "utf-8"), ("page_cut", reading.is_cut))
    return tuple(code for code, is_so in warnings if is_so)
