from __future__ import annotations

from catalog.records.partial_date import PartialDate
from catalog.records.publication import Publication
from catalog.workflow.read_dates import with_read_dates


def publication(published: str) -> Publication:
    return Publication(None, None, PartialDate.parse(published), None, None, None, None, (), (), ())


def test_a_date_written_in_words_is_read_and_its_text_kept() -> None:
    date = with_read_dates(publication("2 января 2017"), None).published_at
    assert date is not None
    assert (date.raw, date.edtf) == ("2 января 2017", "2017-01-02")


def test_a_date_that_was_read_is_left_alone() -> None:
    stated = publication("2017-01-02T03:04:05Z")
    assert with_read_dates(stated, "Europe/Moscow") == stated


def test_what_is_no_date_stays_unread() -> None:
    date = with_read_dates(publication("yesterday"), None).published_at
    assert date is not None
    assert not date.is_read
