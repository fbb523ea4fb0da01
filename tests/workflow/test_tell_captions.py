from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from catalog.records.pages.publications import CaptionLine, PublicationLine
from catalog.records.partial_date import PartialDate
from catalog.workflow.tell_captions import caption_timeline, claimed_name, marked_pieces


def line(name: str, at: str | None, *texts: str) -> PublicationLine:
    captions = tuple(CaptionLine("caption", text, None, "manifest", 1, True) for text in texts)
    published = PartialDate.parse(at) if at else None
    return PublicationLine(name, "p" * 64, name, None, None, published, None, None, None, None, "a.jpg", 1, captions, ())


def test_captions_stand_in_order_of_publication_with_their_claims_in_columns() -> None:
    rows = caption_timeline(
        [
            line("late", "2017-03-01", "أنقاض في الموصل، 2 كانون الثاني 2017"),
            line("undated", None, "Ruins"),
            line("early", "2017-01-02", "Ruins in Aleppo"),
            line("middle", "2017-01-05", "Руины восточного Алеппо, 2 января 2017 года"),
        ]
    )
    assert [row.publication for row in rows] == ["early", "middle", "late", "undated"]
    told = {row.publication: {cell.kind: (cell.change, cell.against) for cell in row.cells} for row in rows}
    assert told["early"]["place"] == ("told", ())
    assert told["middle"]["place"] == ("finer", ())
    assert told["middle"]["date"] == ("told", ())
    assert told["late"]["place"] == ("contradicting", (1, 2))
    assert told["late"]["date"] == ("same", ())
    assert told["undated"]["place"] == ("silent", ())


def test_a_later_caption_is_held_against_all_before_it() -> None:
    rows = caption_timeline(
        [line("a", "2017-01-01", "In Aleppo"), line("b", "2017-01-02", "In Mosul"), line("c", "2017-01-03", "In Mosul")]
    )
    place = [row.cells[1] for row in rows]
    assert [(cell.change, cell.against) for cell in place] == [("told", ()), ("contradicting", (1,)), ("same", (1,))]


def test_a_place_is_named_in_the_language_of_the_reader() -> None:
    ((_, claim),) = [piece for piece in marked_pieces("قصف بحلب", None) if piece[1]]
    assert claim is not None
    assert [claimed_name(claim, language) for language in ("en", "ru", "ar")] == ["Aleppo", "Алеппо", "حلب"]


def test_an_actor_is_named_in_the_language_of_the_reader() -> None:
    ((_, claim),) = [piece for piece in marked_pieces("удар российской авиации", None) if piece[1]]
    assert claim is not None
    assert [claimed_name(claim, language) for language in ("en", "ar")] == ["Russian army", "القوات الروسية"]


@given(st.one_of(st.text(), st.sampled_from(["A T-72 tank in Aleppo, 5 May 2016", "Погибли 12 человек в Киеве"])))
def test_a_marked_caption_is_the_caption(text: str) -> None:
    pieces = marked_pieces(text, None)
    assert "".join(piece for piece, _ in pieces) == text
    assert all(claim is None or claim.text == piece for piece, claim in pieces)


def test_the_year_of_a_tower_is_told_and_contradicts_no_day_of_the_picture() -> None:
    rows = caption_timeline(
        [
            line("a", "2014-06-12", "The lighthouse on June 12, 2014. The station was built in 1871."),
            line("b", "2014-06-15", "The light on the first day of the festival, June 12, 2014."),
            line("c", "2014-06-17", "Маяк в день открытия праздника. Башню построили в 1871 году."),
        ]
    )
    dates = [row.cells[0] for row in rows]
    assert ["1871" in claim.value for claim in dates[2].claims] == [True]
    assert [cell.against for cell in dates] == [(), (), ()]
