"""Read a manifest that is JSON Lines: one object a line, with the keys of the CSV manifest."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Never

from catalog.intake.cells import cell_of, cell_of_bytes
from catalog.intake.interface import IntakeRequest
from catalog.intake.manifest_files import manifest_of, open_manifest
from catalog.intake.manifest_rows import FILE_COLUMN, ManifestRow, doubled_names, is_known, items_of, raw_row_of
from catalog.records.intake import IntakeItem, Problem, Unlisted
from catalog.records.text import RecordedText

MAX_LINE_BYTES = 4 * 1024 * 1024
_BASE64 = "_base64"
_JSON = ".json"


class JsonLinesReader:
    """Take every line for one publication of the file it names.

    Values are text. A number, true or false stands for its JSON text, null for nothing. `caption` may be an object of language
    and text, `creator` a list of names. A key that ends in `_base64` carries bytes. Other lists and objects are kept as extras.
    """

    name = "json_lines"

    def accepts(self, path: Path, manifest: Path | None) -> bool:
        """Take a file whose name ends in `.jsonl` or `.ndjson`."""
        return (manifest or path).suffix.lower() in {".jsonl", ".ndjson"}

    def count(self, request: IntakeRequest) -> int:
        """Count the lines that are not blank."""
        return sum(1 for _ in _lines(manifest_of(request)))

    def read(self, request: IntakeRequest) -> Iterator[IntakeItem | Unlisted]:
        """Yield an item a line."""
        manifest = manifest_of(request)
        return items_of((_row(number, line) for number, line in _lines(manifest)), manifest, request)


def _lines(manifest: Path) -> Iterator[tuple[int, bytes]]:
    """Yield each line that is not blank with its number; a line over the limit is cut one byte above it."""
    number = 0
    with open_manifest(manifest) as opened:
        while line := opened.readline(MAX_LINE_BYTES + 1):
            number += 1
            rest = line
            while len(rest) > MAX_LINE_BYTES and not rest.endswith(b"\n"):
                rest = opened.readline(MAX_LINE_BYTES + 1)
            if number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
            if line.strip():
                yield number, line.rstrip(b"\r\n")


def _row(number: int, line: bytes) -> ManifestRow:
    if len(line) > MAX_LINE_BYTES:
        return _refused(number, line[:1024], "row_too_large", f"has more than {MAX_LINE_BYTES} bytes")
    text = line.decode("utf-8", "surrogateescape")
    is_utf8 = text.encode("utf-8", "replace") == line
    try:
        pairs = json.loads(text, object_pairs_hook=_Pairs, parse_constant=_refuse_constant)
        if not isinstance(pairs, _Pairs):
            return _refused(number, line, "not_an_object", "is not a JSON object; write one {…} a line")
        cells = [cell for key, value in pairs for cell in _cells(RecordedText.from_text(key).text, value, is_utf8=is_utf8)]
    except binascii.Error as error:
        return _refused(number, line, "bad_base64", str(error))
    except json.JSONDecodeError as error:
        return _refused(number, line, "bad_json", f"is not JSON at character {error.pos + 1} of the line: {error.msg}")
    except (ValueError, RecursionError) as error:
        return _refused(number, line, "bad_json", f"is not JSON that can be read: {error}")
    columns = [column for column, _ in cells]
    doubled = doubled_names([key for key, _ in pairs])
    if doubled or columns.count(FILE_COLUMN) > 1:
        names = RecordedText.from_text(doubled).text or FILE_COLUMN
        return _refused(number, line, "duplicate_key", f"has {names} more than once; rename or remove one")
    return ManifestRow(
        line=number,
        cells=tuple((column, cell) for column, cell in cells if cell.text or (cell.raw and not is_known(column))),
        raw_row=text if is_utf8 else raw_row_of(cells),
        warnings=("value_not_text",)
        if any(is_known(column.removesuffix(_JSON)) for column in columns if column.endswith(_JSON))
        else (),
    )


class _Pairs(list[tuple[str, object]]):
    """Keep the members of a JSON object as written, doubled keys included."""


def _refuse_constant(name: str) -> Never:
    raise ValueError(f"{name} is not JSON")


def _refused(number: int, line: bytes, code: str, why: str) -> ManifestRow:
    return ManifestRow(number, (), raw_row_of([("line", cell_of_bytes(line))]), Problem(code, f"line {number}: {why}"))


def _cells(column: str, value: object, *, is_utf8: bool) -> Iterator[tuple[str, RecordedText]]:
    """Yield the cells that one member gives: none for null, several for an object of captions or a list of names."""
    bare = column.removesuffix(_BASE64)
    if value is None:
        return
    if bare != column and is_known(bare) and isinstance(value, str):
        yield bare, cell_of_bytes(_decoded(column, bare, value))
    elif isinstance(value, str):
        yield column, RecordedText.from_text(value) if is_utf8 else _cell_of_mixed(value)
    elif column == "caption" and isinstance(value, _Pairs) and all(isinstance(text, str | None) for _, text in value):
        for language, text in value:
            yield from _cells(f"caption.{language}" if language else "caption", text, is_utf8=is_utf8)
    elif column == "creator" and isinstance(value, list) and all(isinstance(name, str) for name in value):
        for name in value:
            yield from _cells(column, name, is_utf8=is_utf8)
    else:
        # A list or object under a known name means nothing there; `.json` keeps it among the extras.
        target = f"{column}{_JSON}" if is_known(column) and isinstance(value, list | dict) else column
        yield target, RecordedText.from_text(json.dumps(_plain(value), ensure_ascii=False, sort_keys=True))


def _decoded(column: str, bare: str, value: str) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except binascii.Error as error:
        raise binascii.Error(f"holds no base64 under {column}; correct it, or write text under {bare}") from error


def _cell_of_mixed(text: str) -> RecordedText:
    """Record text of a line that is not UTF-8, where an escape such as \\ud800 may stand beside bytes that could not be read."""
    try:
        return cell_of(text)
    except UnicodeEncodeError:
        return cell_of_bytes(b"".join(_bytes_of(letter) for letter in text))


def _bytes_of(letter: str) -> bytes:
    return letter.encode("utf-8", "surrogateescape" if "\udc80" <= letter <= "\udcff" else "surrogatepass")


def _plain(value: object) -> object:
    if isinstance(value, _Pairs):
        return {key: _plain(member) for key, member in value}
    if isinstance(value, list):
        return [_plain(member) for member in value]
    return value
