from __future__ import annotations

import csv
import io
import json
import os
import tracemalloc
from base64 import b64decode
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.errors import ManifestError
from catalog.intake.csv_table import MAX_CELL_CHARACTERS, CsvTableReader
from catalog.intake.interface import IntakeRequest
from catalog.records.intake import IntakeItem, Unlisted


def put(path: Path, content: bytes = b"picture") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def read_all(manifest: Path, content: bytes | str, **asked: object) -> tuple[list[IntakeItem], list[Unlisted]]:
    put(manifest, content if isinstance(content, bytes) else content.encode())
    request = IntakeRequest(manifest.parent, manifest, **asked)  # type: ignore[arg-type]  # the tests name fields of the request
    found = list(CsvTableReader().read(request))
    items = [one for one in found if isinstance(one, IntakeItem)]
    assert CsvTableReader().count(request) == len(items)
    return items, [one for one in found if isinstance(one, Unlisted)]


def read(manifest: Path, content: bytes | str, **asked: object) -> list[IntakeItem]:
    return read_all(manifest, content, **asked)[0]


def code(item: IntakeItem) -> str | None:
    return item.problem.code if item.problem else None


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    put(tmp_path / "a.jpg")
    return tmp_path / "manifest.csv"


def test_every_column_reaches_its_place(manifest: Path) -> None:
    (item,) = read(
        manifest,
        "file,caption,caption.ru,caption.ar-SY,headline,alt_text,note,credit_line,creator,iptc_source,rights,publisher,url,"
        "published_at,date_created,first_seen_at,location,carrier,desk\n"
        "a.jpg,Ruins,Руины,أنقاض,Head,Alt,Note,Photo: N,N,Agency,All rights,Evening Herald,https://herald.example/1,"
        "2017-01-02,2016-12-30,2017-01-03T10:00:00Z,Aleppo,web,north\n",
        assumed_zone="Europe/Moscow",
    )
    shown = item.publication
    assert [(caption.role, caption.language, caption.text.text) for caption in shown.captions] == [
        ("caption", None, "Ruins"),
        ("caption", "ru", "Руины"),
        ("caption", "ar-SY", "أنقاض"),
        ("headline", None, "Head"),
        ("alt_text", None, "Alt"),
        ("note", None, "Note"),
    ]
    assert [(credit.role, credit.text.text) for credit in shown.credits] == [
        ("credit_line", "Photo: N"),
        ("creator", "N"),
        ("iptc_source", "Agency"),
        ("rights", "All rights"),
    ]
    assert shown.publisher is not None
    assert shown.url is not None
    assert shown.location is not None
    assert (shown.publisher.text, shown.url.text, shown.location.text) == ("Evening Herald", "https://herald.example/1", "Aleppo")
    dates = (shown.published_at, shown.date_created, shown.first_seen_at)
    assert [date and (date.edtf, date.zone) for date in dates] == [
        ("2017-01-02", "assumed"),
        ("2016-12-30", "assumed"),
        ("2017-01-03T10:00:00Z", "stated"),
    ]
    assert shown.carrier == "web"
    assert shown.extras == (("desk", "north"),)
    assert (item.item, item.source_path, item.path) == ("manifest.csv:2", "a.jpg", manifest.parent / "a.jpg")
    assert json.loads(item.raw_row or "")["caption.ru"] == "Руины"


def test_one_row_is_one_publication_and_a_file_may_have_many(manifest: Path) -> None:
    items = read(manifest, "file,publisher\na.jpg,One\na.jpg,Two\na.jpg,\n", publisher="Default")
    assert [item.publication.publisher and item.publication.publisher.text for item in items] == ["One", "Two", "Default"]


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(manifest: Path) -> None:
    assert [code(item) for item in read(manifest, b'\xef\xbb\xbf"file",caption\r\na.jpg,x\r\n')] == [None]


def test_a_row_is_named_by_the_line_it_starts_on(manifest: Path) -> None:
    items = read(manifest, 'file,caption\na.jpg,"one\ntwo\r\nthree"\n\na.jpg,x\n,\na.jpg,y')
    assert [item.item for item in items] == ["manifest.csv:2", "manifest.csv:6", "manifest.csv:8"]
    assert items[0].publication.captions[0].text.raw == b"one\ntwo\r\nthree"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("gone.jpg", "missing_file"),
        ("a.jpg/inner.jpg", "missing_file"),
        ("n" * 5000, "missing_file"),
        ("nul\0.jpg", "missing_file"),
        ("../outside.jpg", "path_leaves_folder"),
        ("sub/../../outside.jpg", "path_leaves_folder"),
        ("/etc/hostname", "path_leaves_folder"),
        (r"C:\photos\a.jpg", "path_leaves_folder"),
        ("", "no_file_named"),
        ("  ", "no_file_named"),
        (".", "no_file_named"),
        ("empty.jpg", "empty_file"),
        ("album.jpg", "is_directory"),
        ("pipe.jpg", "not_regular_file"),
        ("link.jpg", "symlink_refused"),
        ("linked/outside.jpg", "symlink_refused"),
        ("large.jpg", "file_too_large"),
        (r"sub\a.jpg", "missing_file"),
    ],
)
def test_a_file_that_must_not_be_read_is_named_and_the_rest_is_read(tmp_path: Path, name: str, expected: str) -> None:
    put(tmp_path / "outside.jpg")
    folder = tmp_path / "in"
    put(folder / "a.jpg")
    put(folder / "empty.jpg", b"")
    put(folder / "large.jpg", b"x" * 101)
    (folder / "album.jpg").mkdir()
    os.mkfifo(folder / "pipe.jpg")
    (folder / "link.jpg").symlink_to("a.jpg")
    (folder / "linked").symlink_to(tmp_path)
    items = read(folder / "manifest.csv", f'file,caption\n"{name}",x\na.jpg,y\n', max_file_bytes=100)
    assert [code(item) for item in items] == [expected, None]
    assert items[0].item == "manifest.csv:2"
    assert items[0].problem is not None
    assert items[0].publication.captions[0].text.text == "x"


def test_a_near_name_is_suggested_and_not_taken(tmp_path: Path) -> None:
    put(tmp_path / "Caf\N{COMBINING ACUTE ACCENT}e.JPG")
    put(tmp_path / "\N{CYRILLIC SMALL LETTER I}\N{COMBINING BREVE}.jpg")
    items = read(tmp_path / "manifest.csv", "file\ncaf\N{COMBINING ACUTE ACCENT}e.jpg\n\N{CYRILLIC SMALL LETTER SHORT I}.jpg\n")
    assert [code(item) for item in items] == ["missing_file", "missing_file"]
    assert all(item.problem and "there is" in item.problem.message for item in items)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"file,caption,caption\na.jpg,x,y\n", "duplicate_column"),
        (b"name,caption\na.jpg,x\n", "no_file_column"),
        (b"", "empty_manifest"),
        (b"\n\n", "empty_manifest"),
        ("file,caption\na.jpg,x\n".encode("utf-16"), "manifest_not_utf8"),
        ("file,caption\na.jpg,x\n".encode("utf-16-le"), "manifest_not_utf8"),
        ("file,caption\na.jpg,x\n".encode("utf-32"), "manifest_not_utf8"),
        (b"file,caption\na.jpg," + b"x" * (MAX_CELL_CHARACTERS + 1), "cell_too_large"),
        (b'file,caption\na.jpg,"' + b"a.jpg,x\n" * (MAX_CELL_CHARACTERS // 8 + 1), "cell_too_large"),
        (b"file,caption\n" + b"x," * (3 * MAX_CELL_CHARACTERS), "cell_too_large"),
    ],
)
def test_a_broken_manifest_is_refused_whole_and_before_anything_is_begun(manifest: Path, content: bytes, expected: str) -> None:
    put(manifest, content)
    with pytest.raises(ManifestError) as caught:
        CsvTableReader().count(IntakeRequest(manifest))
    assert caught.value.code == expected
    assert str(manifest) in str(caught.value)
    with pytest.raises(ManifestError):
        list(CsvTableReader().read(IntakeRequest(manifest)))


@pytest.mark.parametrize("name", ["gone.csv", "folder.csv"])
def test_a_manifest_that_is_no_file_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(ManifestError) as caught:
        CsvTableReader().count(IntakeRequest(tmp_path, tmp_path / name))
    assert caught.value.code == "no_manifest"


def test_ragged_rows_are_refused_or_warned_of(manifest: Path) -> None:
    items = read(manifest, "file,caption,url\na.jpg,one, two\na.jpg,x,y,z\na.jpg\na.jpg,x,y,,\n")
    assert [(code(item), item.warnings) for item in items] == [
        (None, ()),
        ("row_too_long", ()),
        (None, ("row_short",)),
        (None, ()),
    ]
    assert json.loads(items[1].raw_row or "")["column_4"] == "z"


def test_a_quote_that_is_never_closed_refuses_its_row_and_keeps_it(manifest: Path) -> None:
    items = read(manifest, 'file,caption\na.jpg,x\na.jpg,"open\na.jpg,y\n')
    assert [code(item) for item in items] == [None, "unclosed_quote"]
    assert "a.jpg,y" in json.loads(items[1].raw_row or "")["caption"]


def test_a_quote_inside_an_unquoted_cell_is_a_letter(manifest: Path) -> None:
    assert read(manifest, 'file,caption\na.jpg,a 5" shell\n')[0].publication.captions[0].text.text == 'a 5" shell'


@pytest.mark.parametrize(
    ("raw", "shown", "codec"),
    [
        ("Руины Алеппо, МИНОБОРОНЫ РФ".encode("cp1251"), "Руины Алеппо, МИНОБОРОНЫ РФ", "cp1251"),
        ("أنقاض في حلب".encode("cp1256"), "أنقاض في حلب", "cp1256"),
        (
            b"caf\xe9 \xff\xfe",
            "caf\N{REPLACEMENT CHARACTER} \N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}",
            "utf-8+replaced",
        ),
        (b"\xff", "\N{REPLACEMENT CHARACTER}", "utf-8+replaced"),
    ],
)
def test_a_cell_that_is_not_utf8_is_kept_as_bytes_with_a_warning(manifest: Path, raw: bytes, shown: str, codec: str) -> None:
    (item,) = read(manifest, b'file,caption,desk\na.jpg,"' + raw + b'","' + raw + b'"\n')
    text = item.publication.captions[0].text
    assert (text.raw, text.text, text.codec) == (raw, shown, codec)
    assert (code(item), item.warnings) == (None, ("text_not_utf8",))
    assert b64decode(json.loads(item.raw_row or "")["caption_base64"]) == raw
    assert b64decode(dict(item.publication.extras)["desk_base64"]) == raw


def test_files_that_no_row_lists_are_named_once_at_the_end(tmp_path: Path) -> None:
    for name in ("a.jpg", "sub/b.jpg", "sub/c.jpg", "c.xmp", ".hidden"):
        put(tmp_path / name)
    items, unlisted = read_all(tmp_path / "list.csv", "file\n./a.jpg\nsub//b.jpg\ngone.jpg\n")
    assert [item.item for item in items] == ["list.csv:2", "list.csv:3", "list.csv:4"]
    assert unlisted == [Unlisted(("sub/c.jpg",))]


def test_nothing_is_said_when_every_file_is_listed(manifest: Path) -> None:
    assert read_all(manifest, "file\na.jpg\n")[1] == []


def test_unlisted_files_are_those_below_the_path_asked_for(tmp_path: Path) -> None:
    for name in ("a.jpg", "sub/b.jpg", "sub/c.jpg"):
        put(tmp_path / name)
    manifest = put(tmp_path / "m.csv", b"file\nsub/b.jpg\n")
    found = list(CsvTableReader().read(IntakeRequest(tmp_path / "sub", manifest)))
    assert found[-1] == Unlisted(("sub/c.jpg",))


def test_a_path_that_is_itself_a_manifest_needs_no_option(manifest: Path) -> None:
    put(manifest, b"file\na.jpg\n")
    assert CsvTableReader().accepts(manifest, None)
    found = list(CsvTableReader().read(IntakeRequest(manifest)))
    assert [one.item for one in found if isinstance(one, IntakeItem)] == ["manifest.csv:2"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80)
@given(cells=st.lists(st.tuples(st.text(), st.text(), st.text()), min_size=1, max_size=5))
def test_any_text_in_any_cell_comes_back_byte_for_byte(manifest: Path, cells: list[tuple[str, str, str]]) -> None:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(["file", "caption", "credit_line", "desk"])
    writer.writerows([("a.jpg", *row) for row in cells])
    items = read(manifest, buffer.getvalue().encode("utf-8", "surrogatepass"))
    for item, row in zip(items, cells, strict=True):
        caption, credit, desk = (text.encode("utf-8", "surrogatepass") for text in row)
        kept = json.loads(item.raw_row or "")
        for column, raw in (("caption", caption), ("credit_line", credit), ("desk", desk)):
            back = b64decode(kept[f"{column}_base64"]) if f"{column}_base64" in kept else kept[column].encode("utf-8")
            assert back == raw
        assert [text.text.raw for text in item.publication.captions] in ([caption], [])
        assert [text.text.raw for text in item.publication.credits] in ([credit], [])
        assert item.publication.captions or not row[0].strip()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80)
@given(content=st.binary(max_size=400))
def test_any_bytes_end_in_items_or_a_named_refusal(manifest: Path, content: bytes) -> None:
    put(manifest, b"file,caption\n" + content)
    items = [one for one in CsvTableReader().read(IntakeRequest(manifest)) if isinstance(one, IntakeItem)]
    for item in items:
        (item.item + item.source_path + (item.raw_row or "")).encode("utf-8")


def test_memory_does_not_grow_with_the_number_of_rows(manifest: Path) -> None:
    def peak(rows: int) -> int:
        put(manifest, b"file,caption\n" + b"a.jpg,some words about a picture\n" * rows)
        tracemalloc.start()
        for _ in CsvTableReader().read(IntakeRequest(manifest)):
            pass
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    peak(3000)  # the interpreter's own lists of free tuples are filled here
    assert peak(3000) < peak(1000) + 50_000
