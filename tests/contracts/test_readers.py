"""What every reader must hold, whoever adds it: it is picked up from the list."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalog.errors import UsageError
from catalog.intake.readers import READERS, IntakeRequest, Reader, choose_reader, manifest_beside
from catalog.records.intake import IntakeItem, Unlisted

# One good collection for each reader; a new reader adds its own here.
COLLECTIONS = {
    "csv_table": ("list.csv", b"file,caption\na.jpg,x\nb.jpg,y\ngone.jpg,z\n"),
    "json_lines": ("list.jsonl", b'{"file": "a.jpg"}\n{"file": "b.jpg"}\n{"file": "gone.jpg"}\n'),
    "web_page": (
        "page.html",
        b'<article><h1>x</h1><figure><img src="a.jpg"><figcaption>x</figcaption></figure>'
        b'<figure><img src="b.jpg"><figcaption>y</figcaption></figure>'
        b'<figure><img src="c.jpg"><figcaption>z</figcaption></figure></article>',
    ),
    "folder": ("", b""),
}


@pytest.fixture(params=READERS, ids=lambda reader: reader.name)
def reader(request: pytest.FixtureRequest) -> Reader:
    found: Reader = request.param
    return found


@pytest.fixture
def asked(reader: Reader, tmp_path: Path) -> IntakeRequest:
    (tmp_path / "a.jpg").write_bytes(b"picture")
    (tmp_path / "b.jpg").write_bytes(b"")
    (tmp_path / "c.jpg").symlink_to("a.jpg")
    name, content = COLLECTIONS[reader.name]
    if name:
        (tmp_path / name).write_bytes(content)
    return IntakeRequest(tmp_path, tmp_path / name if name else None)


def items(reader: Reader, asked: IntakeRequest) -> list[IntakeItem]:
    return [one for one in reader.read(asked) if isinstance(one, IntakeItem)]


def test_names_are_unique() -> None:
    assert len({reader.name for reader in READERS}) == len(READERS)


def test_a_reader_accepts_its_own_collection_and_no_other_does(reader: Reader, asked: IntakeRequest) -> None:
    assert [one for one in READERS if one.accepts(asked.path, asked.manifest)] == [reader]
    assert choose_reader(asked.path, asked.manifest) is reader


def test_the_count_is_the_number_of_items(reader: Reader, asked: IntakeRequest) -> None:
    assert reader.count(asked) == len(items(reader, asked)) == 3


def test_reading_twice_gives_the_same_in_the_same_order(reader: Reader, asked: IntakeRequest) -> None:
    assert list(reader.read(asked)) == list(reader.read(asked))


def test_names_of_items_are_unique_and_good_paths_lie_in_the_root(reader: Reader, asked: IntakeRequest) -> None:
    found = items(reader, asked)
    assert len({one.item for one in found}) == len(found)
    for one in found:
        if one.problem is None:
            assert one.path is not None
            assert one.path.resolve().is_relative_to(one.root.resolve())
            assert (one.root / one.source_path).samefile(one.path)


def test_a_bad_item_does_not_stop_the_good_one(reader: Reader, asked: IntakeRequest) -> None:
    found = items(reader, asked)
    assert [one.problem is None for one in found] == [True, False, False]


def test_the_default_publisher_and_the_size_limit_are_kept(reader: Reader, asked: IntakeRequest) -> None:
    strict = IntakeRequest(asked.path, asked.manifest, publisher="Evening Herald", max_file_bytes=1)
    first = items(reader, strict)[0]
    assert first.publication.publisher is not None
    assert first.publication.publisher.text == "Evening Herald"
    assert first.problem is not None
    assert first.problem.code == "file_too_large"


def test_unlisted_comes_last_and_at_most_once(reader: Reader, asked: IntakeRequest) -> None:
    places = [place for place, one in enumerate(reader.read(asked)) if isinstance(one, Unlisted)]
    assert places in ([], [3])


def test_a_reader_is_chosen_by_name(reader: Reader, tmp_path: Path) -> None:
    assert choose_reader(tmp_path, None, reader.name) is reader


def test_a_name_that_no_reader_has_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="csv_table, json_lines, web_page, folder"):
        choose_reader(tmp_path, None, "tarot")


def test_a_manifest_of_no_known_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"end it in \.csv or \.jsonl"):
        choose_reader(tmp_path, tmp_path / "list.xlsx")


def test_a_manifest_that_lies_in_a_folder_is_only_hinted_at(tmp_path: Path) -> None:
    assert manifest_beside(tmp_path) is None
    manifest = tmp_path / "manifest.csv"
    manifest.write_bytes(b"file\n")
    assert manifest_beside(tmp_path) == manifest
    assert choose_reader(tmp_path).name == "folder"
    assert choose_reader(tmp_path, None, "csv_table").count(IntakeRequest(tmp_path)) == 0
