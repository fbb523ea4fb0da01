from __future__ import annotations

import pytest

from catalog.records.partial_date import PartialDate
from catalog.records.traces import StatedFacts, TracedPhoto, TracedPublication
from catalog.workflow.hold_captions import with_claims


def photo(*captions: str, at: str = "2022-03-02", created: str | None = None) -> TracedPhoto:
    publications = tuple(
        TracedPublication(
            str(number), published_at=PartialDate.parse(at), captions=(text,),
            event_dates=() if created is None else (PartialDate.parse(created),),
        )
        for number, text in enumerate(captions)
    )  # fmt: skip
    return TracedPhoto("a" * 64, 1, 10, 10, 10, "image/jpeg", None, StatedFacts(), publications, lambda: b"")


def kinds(*captions: str) -> list[str]:
    (held,) = with_claims([photo(*captions)])
    return [said.kind for said in held.publications[0].disagreements]


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Ruins in Aleppo", "أنقاض في الموصل", "place"),
        ("После удара российской авиации", "After an American air strike", "actor"),
        ("A Russian air strike", "نفت وزارة الدفاع الروسية مسؤوليتها", "actor"),
        ("Twelve people were killed", "Погибли 50 человек", "number"),
    ],
)
def test_what_cannot_both_be_true_is_told_of_both_captions(one: str, other: str, kind: str) -> None:
    (held,) = with_claims([photo(one, other)])
    first, second = (publication.disagreements for publication in held.publications)
    assert [said.kind for said in first] == [said.kind for said in second] == [kind]
    assert (first[0].other, second[0].other) == ("1", "0")
    assert (first[0].said, first[0].other_said) == (second[0].other_said, second[0].said)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ruins in Aleppo", "Руины в восточном Алеппо"),
        ("A strike in Syria", "قصف في حلب"),
        ("Smoke near Kyiv", "Дым в Буче"),
        ("At least 12 people were killed", "Погибли 15 человек"),
        ("12 people were killed", "12 people were killed, three children among them"),
        ("A Russian air strike", "Удар российской авиации"),
        ("A man", "Ruins in Mosul"),
        ("Refugees from Kharkiv in Lviv", "Refugees in Lviv"),
        ("A boy in Idlib.", "A boy in Idlib. The war in Yemen has killed 4,000 people since 2015."),
    ],
)
def test_what_agrees_in_other_words_is_no_disagreement(one: str, other: str) -> None:
    assert kinds(one, other) == []


def test_a_caption_dates_its_picture_where_it_names_one_day_and_nothing_else_does() -> None:
    for caption, created, dates in (
        ("Ruins, 5 May 2016", None, ["2016-05-05"]),
        ("Ruins, 5 May 2016", "2017-01-01", ["2017-01-01"]),
        ("After the strike of 5 May 2016, seen 7 May 2016", None, []),
        ("Ruins seen today", None, []),
        ("The lighthouse was built in 1871", None, []),
        ("Ruins", None, []),
    ):
        (held,) = with_claims([photo(caption, created=created)])
        assert [date.edtf for date in held.publications[0].event_dates] == dates


def test_the_word_that_says_today_is_kept() -> None:
    said = [
        with_claims([photo(text)])[0].publications[0].says_today
        for text in ("взрыв сегодня", "قصف أمس", "A fire this year", "Today, 5 May 2016")
    ]
    assert said == ["сегодня", "أمس", None, None]


def test_the_words_that_give_a_day_are_kept_with_their_place() -> None:
    for caption, days in (
        ("Ruins, 5 May 2016", [("2016-05-05", "5 May 2016")]),
        ("взрыв сегодня", [("", "сегодня")]),
        ("Ruins", []),
    ):
        (held,) = with_claims([photo(caption)])
        publication = held.publications[0]
        assert [(day, span.words) for day, span in publication.said_days] == days
        assert all(caption[slice(*span.span)] == span.words for _, span in publication.said_days)
