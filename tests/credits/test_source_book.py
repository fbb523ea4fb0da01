from __future__ import annotations

import csv
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.credits.resemblance import handle_forms, skeleton, slips
from catalog.credits.source_book import SourceBook, in_force
from catalog.credits.sources import source_id
from catalog.records.sources import OFFICIAL_KINDS, SOURCE_KINDS, SourceDecision, SourceName, SourceRecord

LANGUAGES = ("en", "ru", "uk", "ar")


def made(
    number: int, verdict: str, source: str, *names: str, target: str = "", undoes: int = 0, kind: str = ""
) -> SourceDecision:
    record = SourceRecord(source, kind, tuple(map(SourceName, names))) if names else None
    return SourceDecision(verdict, source, "because", "tester", "2026-01-01T00:00:00.000000Z", record, target, undoes, number)


def test_the_shipped_authority_has_150_complete_records_and_more() -> None:
    records = SourceBook().records()
    assert all(record.kind in SOURCE_KINDS and record.names and record.reference.startswith("http") for record in records)
    complete = [
        record
        for record in records
        if record.domains and record.credit_forms and {one.language for one in record.names} >= set(LANGUAGES)
    ]
    assert len(complete) >= 150
    assert sum(record.kind in OFFICIAL_KINDS for record in records) >= 20


def test_what_a_record_belongs_to_is_on_record() -> None:
    book = SourceBook()
    assert [record.id for record in book.records() if record.parent and book.record(record.parent) is None] == []


def test_names_have_the_days_between_which_they_were_in_use() -> None:
    tass = SourceBook().record("tass")
    assert tass is not None
    assert SourceName("ИТАР-ТАСС", "ru", "1992-01-22", "2014-10-01") in tass.names
    press_association = SourceBook().record("pa")
    assert press_association is not None
    assert SourceName("Press Association", "en", "1868", "2019-06") in press_association.names


def test_a_span_of_names_is_given_for_names_the_record_has_and_says_where_it_was_read() -> None:
    rows = csv.DictReader(files("catalog.credits").joinpath("authority_facts.csv").read_text("utf-8").splitlines())
    dated = [row for row in rows if row["validity"]]
    assert {row["id"] for row in dated} >= {"pa", "tass", "epa", "sputnik", "us-dod", "apa-images"}
    for row in dated:
        record = SourceBook().record(row["id"])
        assert record is not None
        assert {part.split("=")[0] for part in row["validity"].split("|")} <= {name.text for name in record.names}, row["id"]
        assert row["reference"].startswith("http"), row["id"]


def test_a_name_means_what_the_authority_says_unless_a_person_says_more() -> None:
    assert SourceBook().id_of("Рейтер") == "reuters"
    own = source_id("Вестник Ладограда")
    book = SourceBook(
        [made(1, "add", own, "Вестник Ладограда", kind="newspaper"), made(2, "alias", own, "Ladograd Herald", "vestnik.example")]
    )
    assert book.id_of("ладоград herald") != own
    assert {book.id_of(name) for name in ("Вестник Ладограда", "LADOGRAD HERALD", "vestnik.example")} == {own}
    record = book.record(own)
    assert record is not None
    assert (record.kind, record.is_shipped) == ("newspaper", False)


def test_a_handle_is_a_name_only_with_its_sign() -> None:
    own = source_id("Кромка новостей")
    record = SourceRecord(own, "channel", (SourceName("Кромка новостей"),), channels=("kromka",))
    book = SourceBook([SourceDecision("add", own, "because", "tester", "2026", record, number=1)])
    assert book.id_of("@Kromka") == own
    assert book.id_of("Kromka") == source_id("Kromka") != own
    assert SourceBook().id_of("@mod_russia") == "russia-mod"


def test_a_merge_is_followed_and_taken_back() -> None:
    first, second = source_id("Kromka"), source_id("Кромка новостей")
    decisions = [made(1, "add", second, "Кромка новостей", kind="channel"), made(2, "merge", first, target=second)]
    assert SourceBook(decisions).id_of("Kromka") == second
    undone = [*decisions, made(3, "undo", first, undoes=2)]
    assert SourceBook(undone).id_of("Kromka") == first
    assert [one.number for one in in_force(undone)] == [1]


def test_merges_in_a_circle_end() -> None:
    book = SourceBook([made(1, "merge", "a", target="b"), made(2, "merge", "b", target="a")])
    assert book.merged("a") in ("a", "b")


@pytest.mark.parametrize(
    ("name", "source", "how"),
    [
        ("Retuers", "reuters", "misspelt"),
        ("Reuetrs", "reuters", "misspelt"),
        ("Getty Image", "getty", "misspelt"),
        ("Shuterstock", "shutterstock", "misspelt"),
        ("Шаттерстокк", "shutterstock", "misspelt"),
        ("Укринформм", "ukrinform", "misspelt"),
        ("Рояторз", "reuters", "transliterated"),
        ("Anadolo", "anadolu", "misspelt"),
        ("@reuters", "reuters", "handle"),
        ("@KyivIndependent", "kyiv-independent", "handle"),
        ("@bellingcat", "bellingcat", "handle"),
    ],
)  # fmt: skip
def test_a_slip_or_another_script_is_suggested_and_never_resolved(name: str, source: str, how: str) -> None:
    book = SourceBook()
    assert book.id_of(name).startswith("name-")
    assert not book.is_known(name)
    assert (source, how) in [(one.source, one.how) for one in book.suggest(name)]


@pytest.mark.parametrize(
    "name", ["Reuters", "Рейтер", "Anna Petrova", "Мара Линдквист", "AP", "", "x" * 500, "وكالة أنباء المرفأ", "محمد حسن"]
)
def test_a_known_name_and_a_stranger_suggest_nothing(name: str) -> None:
    assert SourceBook().suggest(name) == ()


def test_a_handle_and_a_name_of_the_same_letters_lead_to_one_another() -> None:
    assert "@kharkiv_live" in handle_forms("Kharkiv Live")
    assert "kharkiv live" in handle_forms("@kharkiv_live")
    assert "Kharkiv Live" in handle_forms("@KharkivLive")
    assert "BBC News" in handle_forms("@BBCNews")
    assert handle_forms("Харьков") == handle_forms("AP") == handle_forms("@") == ()


@given(st.text(max_size=80))
def test_names_resemble_themselves_whatever_they_are(name: str) -> None:
    assert skeleton(name) == skeleton(name.upper().lower()) or not name.isascii()
    assert len(list(slips(name))) <= 61
    book = SourceBook()
    assert book.suggest(name) == book.suggest(name)
    other = SourceBook([made(1, "add", "name-else", "Совсем другое имя", kind="site")])
    assert book.id_of(name) == other.id_of(name)
