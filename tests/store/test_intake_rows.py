"""What makes a publication the same one, what becomes a revision, what a run attests and what undoing it takes away."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.errors import NotInCatalogueError, UsageError
from catalog.records.keeping import ReadItem
from catalog.records.metadata import EmbeddedText, MetadataValue
from catalog.records.partial_date import PartialDate
from catalog.records.publication import Caption, Credit, Publication
from catalog.records.text import RecordedText
from catalog.store.intake_rows import dated, moment_text, publication_identity, storable
from tests.store.keeping import Keeping

PHOTO = "a" * 64
words = st.text(min_size=1, max_size=20)


def stated(
    publisher: str | None = "Courier",
    url: str | None = "https://courier.example/1",
    at: str | None = "2014-06-12",
    caption: str | None = "A lighthouse.",
    credit: str | None = "Mara Lindqvist/Courier",
    language: str | None = None,
    location: str | None = None,
) -> Publication:
    return Publication(
        publisher=RecordedText.from_text(publisher) if publisher else None,
        url=RecordedText.from_text(url) if url else None,
        published_at=PartialDate.parse(at) if at else None,
        carrier=None,
        first_seen_at=None,
        date_created=None,
        location=RecordedText.from_text(location) if location else None,
        captions=(Caption("caption", RecordedText.from_text(caption), language),) if caption else (),
        credits=(Credit("credit_line", RecordedText.from_text(credit)),) if credit else (),
        extras=(),
    )


def identity(publication: Publication, photo: str = PHOTO, path: str = "a.jpg") -> str:
    return publication_identity(photo, publication, path)


# ---- identity -----------------------------------------------------------------------------------------------------


@given(first=words, second=words)
def test_with_an_address_the_date_and_the_words_do_not_matter(first: str, second: str) -> None:
    one = stated(at=first, caption=first, credit=first, location=first)
    other = stated(at=second, caption=second, credit=second, location=second)
    assert identity(one) == identity(other, path="elsewhere.jpg")


@given(first=words, second=words)
def test_without_an_address_the_raw_date_tells_publications_of_one_publisher_apart(first: str, second: str) -> None:
    one, other = stated(url=None, at=first), stated(url=None, at=second)
    assert (identity(one) == identity(other, path="elsewhere.jpg")) == (first == second)


@pytest.mark.parametrize("lacking", [{"publisher": None}, {"at": None}, {"publisher": None, "at": None}])
def test_without_address_and_publisher_or_date_the_source_path_tells(lacking: dict[str, None]) -> None:
    publication = stated(url=None, **lacking)
    assert identity(publication) == identity(replace(publication, captions=()))
    assert identity(publication) != identity(publication, path="b.jpg")


@given(photo=st.sampled_from(["b" * 64, "c" * 64]), publisher=words, url=words)
def test_another_photo_publisher_or_address_is_another_publication(photo: str, publisher: str, url: str) -> None:
    base = stated()
    assert identity(base) != identity(base, photo=photo)
    assert (identity(stated(publisher=publisher)) == identity(base)) == (publisher == "Courier")
    assert (identity(stated(url=url)) == identity(base)) == (url == "https://courier.example/1")


@given(text=words)
def test_an_address_a_date_and_a_path_of_the_same_letters_are_never_mixed_up(text: str) -> None:
    kinds = {
        identity(stated(url=text, at=None)),
        identity(stated(url=None, at=text)),
        identity(stated(url=None, at=None), path=text),
    }
    assert len(kinds) == 3
    assert {len(one) for one in kinds} == {32}


def test_bytes_that_no_codec_reads_still_tell_publishers_apart() -> None:
    one = replace(stated(), publisher=RecordedText.from_bytes(b"\xff\xfe"))
    other = replace(stated(), publisher=RecordedText.from_bytes(b"\xfe\xff"))
    assert identity(one) != identity(other)


# ---- revisions ----------------------------------------------------------------------------------------------------


def test_the_same_item_again_is_known_and_adds_no_row_but_the_record_of_it(keeping: Keeping) -> None:
    first = keeping.keep(b"photo", stated())
    tables = ("photo", "publication", "publication_statement", "caption", "credit")
    before = [keeping.ask(f"SELECT * FROM {table}") for table in tables]
    keeping.begin()
    again = keeping.keep(b"photo", stated())
    assert (first.outcome, again.outcome) == ("added", "known")
    assert again.publication == first.publication
    assert [keeping.ask(f"SELECT * FROM {table}") for table in tables] == before
    assert keeping.ask("SELECT count(*) FROM import_item") == [(2,)]


@pytest.mark.parametrize(
    ("changed", "table"),
    [
        ({"caption": "Another."}, "caption"),
        ({"credit": "Another."}, "credit"),
        ({"location": "Pskov"}, "publication_statement"),
        ({"at": "2014-06-13"}, "publication_statement"),
    ],
)
def test_what_reads_otherwise_now_is_a_revision_and_the_old_text_stays(
    keeping: Keeping, changed: dict[str, str], table: str
) -> None:
    keeping.keep(b"photo", stated())
    again = keeping.keep(b"photo", stated(**changed))
    assert again.outcome == "added"
    assert keeping.ask(f"SELECT revision FROM {table} ORDER BY id") == [(1,), (2,)]
    assert keeping.ask("SELECT count(*) FROM publication") == [(1,)]
    assert keeping.keep(b"photo", stated(**changed)).outcome == "known"


def test_going_back_to_the_first_text_attests_the_first_revision(keeping: Keeping) -> None:
    for caption in ("First.", "Second.", "First."):
        last = keeping.keep(b"photo", stated(caption=caption))
    assert last.outcome == "known"
    assert keeping.ask("SELECT revision, text FROM caption ORDER BY id") == [(1, "First."), (2, "Second.")]


def test_a_caption_in_another_language_is_no_revision(keeping: Keeping) -> None:
    keeping.keep(b"photo", stated(language="en"))
    keeping.keep(b"photo", stated(language="ru", caption="Маяк."))
    assert keeping.ask("SELECT language, revision FROM caption ORDER BY id") == [("en", 1), ("ru", 1)]


def test_one_file_in_two_rows_of_one_batch_is_one_photo_with_two_publications(keeping: Keeping) -> None:
    one = keeping.item(b"photo", stated())
    other = keeping.item(b"photo", stated(url="https://kromka.example/2", publisher="Kromka"))
    with keeping.store.write() as change:
        outcomes = [change.keep(keeping.run, item) for item in (one, other)]
    assert [outcome.outcome for outcome in outcomes] == ["added", "added"]
    assert keeping.ask("SELECT (SELECT count(*) FROM photo), (SELECT count(*) FROM publication)") == [(1, 2)]


def test_what_the_file_says_of_itself_is_kept_with_the_photo(keeping: Keeping) -> None:
    value = MetadataValue("iim", "2:120", 0, None, b"\xcc\xe0\xff\xea", "Маяк", "cp1251", "description")
    text = EmbeddedText("caption", "caption", "iim", None, RecordedText(b"\xcc\xe0\xff\xea", "Маяк", "cp1251"))
    keeping.keep(b"photo", metadata=[value], embedded=[text])
    assert keeping.ask("SELECT raw, text, codec FROM file_metadata") == [(b"\xcc\xe0\xff\xea", "Маяк", "cp1251")]
    assert keeping.ask("SELECT photo_id, publication_id, text_raw FROM caption") == [(1, None, b"\xcc\xe0\xff\xea")]


def test_a_known_photo_whose_file_was_not_described_again_still_attests_its_own_words(keeping: Keeping) -> None:
    text = EmbeddedText("credit", "creator", "xmp", None, RecordedText.from_text("Mara Lindqvist"))
    keeping.keep(b"photo", embedded=[text])
    first = keeping.run
    keeping.begin()
    item = replace(keeping.item(b"photo"), description=None)
    with keeping.store.write() as change:
        assert change.keep(keeping.run, item).outcome == "known"
        change.undo(first, "wrong folder")
    assert keeping.ask("SELECT kind FROM standing ORDER BY kind") == [("credit",), ("photo",)]


# ---- attestations and undo ----------------------------------------------------------------------------------------


def test_an_item_attests_everything_it_brought(keeping: Keeping) -> None:
    keeping.keep(b"photo", stated())
    kinds = [("caption",), ("credit",), ("photo",), ("publication",), ("publication_statement",)]
    assert keeping.ask("SELECT kind FROM attestation ORDER BY kind") == kinds
    assert keeping.ask("SELECT kind FROM standing ORDER BY kind") == kinds


def test_undo_takes_what_only_this_run_attested(keeping: Keeping) -> None:
    first = keeping.run
    photo = keeping.keep(b"photo", stated()).photo
    other = keeping.keep(b"other", stated(url="https://courier.example/2")).photo
    keeping.begin()
    keeping.keep(b"photo", stated())
    with keeping.store.write() as change:
        undone = change.undo(first, "wrong folder")
    assert (undone.gone, undone.touched) == ((other,), (photo,))
    assert keeping.store.standing_photos() == [photo]
    assert keeping.ask("SELECT count(*) FROM photo") == [(2,)]


def test_undo_of_a_revision_leaves_the_text_before_it(keeping: Keeping) -> None:
    keeping.keep(b"photo", stated(caption="First."))
    second = keeping.begin()
    photo = keeping.keep(b"photo", stated(caption="Second.")).photo
    with keeping.store.write() as change:
        undone = change.undo(second, "a mistake")
    assert (undone.gone, undone.touched) == ((), (photo,))
    standing = "SELECT text FROM caption JOIN standing ON kind = 'caption' AND subject_id = caption.id"
    assert keeping.ask(standing) == [("First.",)]


def test_importing_after_undo_adds_it_again_without_a_second_row(keeping: Keeping) -> None:
    first = keeping.run
    keeping.keep(b"photo", stated())
    with keeping.store.write() as change:
        change.undo(first, "wrong folder")
    keeping.begin()
    assert keeping.keep(b"photo", stated()).outcome == "added"
    assert keeping.ask("SELECT count(*) FROM photo") == keeping.ask("SELECT count(*) FROM publication") == [(1,)]
    assert len(keeping.store.standing_photos()) == 1


def test_undo_refuses_a_run_nobody_knows_and_one_that_is_undone(keeping: Keeping) -> None:
    with pytest.raises(NotInCatalogueError), keeping.store.write() as change:
        change.undo("run-9", "no such run")
    with keeping.store.write() as change:
        change.undo(keeping.run, "once")
    with pytest.raises(UsageError), keeping.store.write() as change:
        change.undo(keeping.run, "twice")


def test_a_rejected_item_stays_in_the_record_with_its_reason(keeping: Keeping) -> None:
    read = ReadItem(1, "\udcff.jpg", "\udcff.jpg", None, ("extension_mismatch",), 12, PHOTO)
    with keeping.store.write() as change:
        outcome = change.reject(keeping.run, read, "image_truncated", "the file ends early")
    assert (outcome.outcome, outcome.reason, outcome.photo) == ("rejected", "image_truncated", None)
    kept = keeping.ask("SELECT item, outcome, reason, message, size_bytes, sha256, warnings FROM import_item")
    assert kept == [("\\udcff.jpg", "rejected", "image_truncated", "the file ends early", 12, PHOTO, '["extension_mismatch"]')]
    assert keeping.ask("SELECT count(*) FROM photo") == [(0,)]


# ---- what any database takes --------------------------------------------------------------------------------------


@given(st.text())
def test_any_text_becomes_text_that_a_database_takes(text: str) -> None:
    made = storable(text)
    assert "\0" not in made
    made.encode("utf-8")
    if text.isprintable() and text.isascii():
        assert made == text


@given(st.datetimes(), st.datetimes())
def test_moments_sort_as_text(one: datetime, other: datetime) -> None:
    assert (str(moment_text(one)) < str(moment_text(other))) == (one < other)


def test_a_date_is_five_columns_and_none_of_them_when_there_is_none() -> None:
    assert set(dated("published", None).values()) == {None}
    columns = dated("published", PartialDate.parse("2017-01-02T10:00:00Z"))
    assert columns == {
        "published_raw": "2017-01-02T10:00:00Z",
        "published_edtf": "2017-01-02T10:00:00Z",
        "published_from": "2017-01-02T10:00:00.000000Z",
        "published_to": "2017-01-02T10:00:00.999999Z",
        "published_zone": "stated",
    }
