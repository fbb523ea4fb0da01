from __future__ import annotations

from dataclasses import replace

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
        ("Ruins in Aleppo, 2014", None, ["2014"]),
        ("Руины Алеппо, февраль 2014 года", None, ["2014-02"]),
        ("أنقاض في حلب عام 2016", None, ["2016"]),
        ("Церковь, построенная в 1902 году, в Киеве", None, []),
        ("A man in Idlib. He fled in 2013.", None, []),
        ("Ruins in 2014 and in 2016", None, []),
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


def located(*stated: tuple[str, str]) -> TracedPhoto:
    made = photo(*(caption for caption, _ in stated))
    pairs = zip(made.publications, stated, strict=True)
    return replace(made, publications=tuple(replace(one, location=location or None) for one, (_, location) in pairs))


def test_a_stated_location_is_held_against_the_caption_beside_it_and_those_of_others() -> None:
    (held,) = with_claims([located(("Smoke in Kharkiv", "Mosul, Iraq"), ("Дым в Харькове", ""), ("Smoke", "Харьков"))])
    own, second, third = (one.disagreements for one in held.publications)
    assert [(said.other, said.kind, said.said, said.other_said) for said in own] == [("0", "place", "Kharkiv", "Mosul")]
    assert [span.statement for span in own[0].spans] == ["caption", "location"]
    assert "Mosul, Iraq"[slice(*own[0].spans[1].span)] == "Mosul"
    assert second == third == ()  # they agree with the caption, if not with the location beside it


def test_a_location_alone_is_held_against_the_captions_of_others() -> None:
    (held,) = with_claims([located(("Smoke in Kharkiv", ""), ("Smoke", "Mosul"))])
    ((said,), (other_said,)) = (one.disagreements for one in held.publications)
    assert (said.said, said.other_said, other_said.other) == ("Kharkiv", "Mosul", "0")
    assert [span.statement for span in said.spans] == ["caption", "location"]


def test_a_location_that_holds_the_captions_place_is_no_disagreement() -> None:
    (held,) = with_claims([located(("Ruins in Aleppo", "Syria"), ("Руины в восточном Алеппо", "حلب"), ("Ruins", "somewhere"))])
    assert [one.disagreements for one in held.publications] == [(), (), ()]
