from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.credits.reading import find_credits_in_caption, read_credit
from catalog.credits.sources import source_id
from catalog.credits.tokens import tokens_of
from catalog.records.publication import CREDIT_FLAGS, CREDIT_PARTY_ROLES, CreditReading
from tests.growth import is_linear

# Letters of all four languages with the signs that are grammar, so that drawn lines reach every rule.
_DRAWN = (
    "AP|Reuters|via|Photo|Photo by|/|(|)|©|HO|Handout|File|,|-|—|:|.|'|\"|@a.b|Ivan|Petrov|J.|of|the|Ministry|Фото|ТАСС|и|архив|"
    "Минобороны РФ|пресс-служба|предоставлено|تصوير|رويترز|وكالة|من|لصالح|أرشيف|،|أ.ف.ب|محمد|علي|epa09807293|(16512200n)|Job-ID|"
    "released by|courtesy of|screenshot|for|YouTube|Getty Images|Архивное фото|STR|==|\n|\u200f|\x00|\ud800|Анна|Лис|"
    "фотограф|зробила|знімок|зроблені|Анною|Лисом|та|на якому|автор фото|є|з агентства|опублікувала|На фото|مصور|مصوري|ومحمد|"
    "صورة|التقطها|التقط الصورة|الصحفي|الذي|نشرت|تعود إلى|في غزة"
)
WORDS = st.sampled_from(_DRAWN.split("|"))
LINES = st.one_of(st.text(), st.lists(WORDS, max_size=14).map(" ".join), st.lists(WORDS, max_size=14).map("".join))


def parties(reading: CreditReading) -> list[tuple[str, str]]:
    return [(party.role, party.name) for party in reading.parties]


@given(LINES)
def test_spans_point_at_what_they_name_and_the_line_is_never_altered(line: str) -> None:
    for reading in (read_credit(line), find_credits_in_caption(line)):
        assert reading.line == line
        for party in reading.parties:
            start, end = party.span
            assert line[start:end] == party.name
            assert party.name.strip() == party.name != ""
            assert party.role in CREDIT_PARTY_ROLES
            assert 0 < party.confidence <= 1
        assert set(reading.flags) <= set(CREDIT_FLAGS)
        assert all(text in line for text in (*reading.unread, *reading.identifiers))


@given(LINES)
def test_reading_twice_is_the_same(line: str) -> None:
    assert read_credit(line) == read_credit(line)


@given(LINES)
def test_every_word_is_in_a_token(line: str) -> None:
    tokens = tokens_of(line)
    assert all(line[token.start : token.end] == token.text for token in tokens)
    covered = {place for token in tokens for place in range(token.start, token.end)}
    assert all(letter.isspace() for place, letter in enumerate(line) if place not in covered)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Smith", [("creator", "Smith"), ("agency", "Smith")]),
        ("Anna Weber/Paul Meyer", [("creator", "Anna Weber"), ("creator", "Paul Meyer"), ("agency", "Paul Meyer")]),
    ],
)
def test_what_may_be_read_two_ways_keeps_both_with_low_weight(line: str, expected: list[tuple[str, str]]) -> None:
    reading = read_credit(line)
    assert parties(reading) == expected
    assert all(party.confidence <= 0.65 for party in reading.parties)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Фото: t.me/some_channel", [("carrier", "t.me/some_channel")]),
        ("https://www.instagram.com/ann.lee/", [("carrier", "https://www.instagram.com/ann.lee/")]),
        ("Northgate Harbour Trust, Inc/Handout", [("issuer", "Northgate Harbour Trust")]),
        ("REUTERS/Ann Lee/Elm Fabrica/Handout", [("agency", "REUTERS"), ("creator", "Ann Lee"), ("issuer", "Elm Fabrica")]),
        ("Photo illustration by Ann Lee/NurPhoto", [("creator", "Ann Lee"), ("agency", "NurPhoto")]),
        ("ИринаЛисова / Северный берег", [("creator", "ИринаЛисова"), ("agency", "Северный берег")]),
        (
            "Фото: Анна Лисова via www.elm-i/www.elm-images.de/Xinhua",
            [
                ("creator", "Анна Лисова"),
                ("distributor", "www.elm-i"),
                ("distributor", "www.elm-images.de"),
                ("distributor", "Xinhua"),
            ],
        ),
        ("© blue-sea.cz/Shutterstock", [("creator", "blue-sea.cz"), ("agency", "Shutterstock")]),
        ("Credit: NASA / MSSS / Ann Lee", [("issuer", "NASA"), ("issuer", "MSSS"), ("creator", "Ann Lee")]),
        ("U.S. Army photo by Ann Lee/4TH BCT", [("issuer", "U.S. Army"), ("creator", "Ann Lee"), ("issuer", "4TH BCT")]),
        ("Источник: ОТВ-Прим", [("agency", "ОТВ-Прим")]),
        ("© Анна Лисова. Пётр Иванов", [("rights_holder", "Анна Лисова")]),
        (
            "(AP Photo/Ann Lee, via Alamy, https://www.elm.com/image540)",
            [("agency", "AP"), ("creator", "Ann Lee"), ("distributor", "Alamy")],
        ),
        ("AELTC/Ann Lee/AFP", [("issuer", "AELTC"), ("creator", "Ann Lee"), ("agency", "AFP")]),
        ("Getty Images / Bloomberg / Contributor", [("distributor", "Getty Images"), ("agency", "Bloomberg")]),
        ("Photo / Ann Lee / elm.tv", [("creator", "Ann Lee"), ("agency", "elm.tv")]),
        ("Фото: АЛ / elm.tv", [("creator", "АЛ"), ("agency", "elm.tv")]),
        ("Фото: «Жители Берега»", [("agency", "Жители Берега")]),
        ("Фото: 66.mchs.gov.ru", [("issuer", "66.mchs.gov.ru")]),
        ("Фото: radiosvoboda", [("agency", "radiosvoboda")]),
        ("Ann Lee./Getty Images", [("creator", "Ann Lee"), ("agency", "Getty Images")]),
    ],
)
def test_forms_that_newer_lines_brought_are_read(line: str, expected: list[tuple[str, str]]) -> None:
    assert parties(read_credit(line)) == expected


@pytest.mark.parametrize(
    "line", ["family", "Photo: family", "Courtesy of the family", "Family handout", "Фото: семья", "العائلة"]
)
def test_a_family_without_its_name_is_nobody(line: str) -> None:
    reading = read_credit(line)
    assert not reading.parties
    assert reading.flags or reading.unread


def test_a_family_with_its_name_handed_the_picture_out() -> None:
    assert parties(read_credit("Lee family/Handout via Reuters")) == [("issuer", "Lee family"), ("distributor", "Reuters")]
    assert parties(read_credit("Handout from the family of Ann Lee")) == [("issuer", "family of Ann Lee")]


def test_words_that_say_nobody_is_credited_are_no_source() -> None:
    assert parties(read_credit("UNCREDITED")) == []


def test_what_follows_a_number_in_brackets_is_a_caption_and_credits_nobody() -> None:
    line = "Mandatory Credit: Photo by Ann Lee/Shutterstock (16512200n)\nMary Stone and Max Weber\nThe Harbour Awards, Backstage"
    assert parties(read_credit(line)) == [("creator", "Ann Lee"), ("agency", "Shutterstock")]


@pytest.mark.parametrize(
    "caption",
    [
        "This photo released on Saturday, Feb 24, 2018, by the White Helmets, shows men carrying a stretcher in a street.",
        "Снимок, опубликованный 24 февраля 2018 года Минобороны России, показывает колонну машин на шоссе.",
    ],
)
def test_a_day_between_released_and_who_released_it_is_passed_over(caption: str) -> None:
    reading = find_credits_in_caption(caption)
    assert [role for role, _ in parties(reading)] == ["issuer"]
    assert reading.flags == ("handout",)


def test_a_name_ends_where_the_script_changes() -> None:
    caption = "Автор фото, EPA/ANN LEE Метро Харькова спасает горожан от обстрелов, говорят жители города."
    assert parties(find_credits_in_caption(caption)) == [("agency", "EPA"), ("creator", "ANN LEE")]


def test_a_misspelt_agency_is_read_with_less_weight_than_one_that_is_printed_right() -> None:
    (wrong,), (right,) = read_credit("Retuers").parties, read_credit("Reuters").parties
    assert (wrong.role, wrong.name) == ("agency", "Retuers")
    assert wrong.confidence < right.confidence


def test_what_is_meant_together_in_a_line_of_two_readings_has_the_same_number() -> None:
    read = [(party.reading, party.role, party.name) for party in read_credit("Smith/Jones").parties]
    assert {pair[1:] for pair in read if pair[0] == 1} == {("creator", "Smith"), ("agency", "Jones")}
    assert {pair[1:] for pair in read if pair[0] == 2} == {("agency", "Smith"), ("creator", "Jones")}
    assert {party.reading for party in read_credit("Ann Lee/AP").parties} == {0}


@given(LINES)
def test_every_party_of_one_reading_has_another_of_the_same_words_in_the_other(line: str) -> None:
    found = read_credit(line).parties
    spans = {number: [party.span for party in found if party.reading == number] for number in (0, 1, 2)}
    assert set(spans[1]) == set(spans[2])
    assert not set(spans[0]) & set(spans[1])


@pytest.mark.parametrize("name", ["Асошиейтед прес", "Ассошиэйтэд Прэсс", "أسوشييتيد بريس"])
def test_an_agency_spelt_as_it_sounds_is_an_agency_with_little_weight_and_is_not_resolved(name: str) -> None:
    (party,) = read_credit(f"Фото: {name}").parties
    assert (party.role, party.name, party.confidence) == ("agency", name, 0.5)
    assert source_id(name).startswith("name-")


@pytest.mark.parametrize("line", ["Фото: Иван Петров", "تصوير: عبد الغنى ومحمد"])
def test_words_that_only_share_some_sounds_with_an_agency_are_none(line: str) -> None:
    assert all(party.confidence != 0.5 or party.role != "agency" for party in read_credit(line).parties)


def test_a_label_glued_to_a_caption_is_parted_from_it() -> None:
    assert parties(read_credit("Кто они – фотографы, снимающие спортФото: Анна Лисова")) == [("creator", "Анна Лисова")]


def test_what_an_arabic_picture_is_of_did_not_make_it() -> None:
    assert parties(read_credit("صورة لمسجد أحمد بن طولون، التقطت عام 1900")) == []
    assert parties(read_credit("صورة: ليلى حداد")) == [("creator", "ليلى حداد")]


def test_what_cannot_be_read_is_said() -> None:
    assert read_credit("seen somewhere on a wall").unread == ("seen somewhere on a wall",)
    assert read_credit("").parties == ()


def test_text_beyond_the_limit_is_unread_and_not_lost() -> None:
    line = "AP Photo/Ann Lee " + "word " * 2000
    reading = read_credit(line)
    assert parties(reading)[:2] == [("agency", "AP"), ("creator", "Ann Lee")]
    assert line.rstrip().endswith(reading.unread[-1])


HOSTILE = [
    "(",
    "/",
    "a-",
    "A.",
    "AP/",
    "via ",
    "@",
    "Фото: ",
    "Retuers ",
    "A B/",
    "(AP ",
    "الص ",
    "© ",
    "\n",
    "e\u0301",
    "x" * 70,
    "«a, ",
    "Lee-AP ",
    "copyrightA",
    "SEARCH\n",
    "Photo:\n",
    "A: b\n",
    "التقطها محمد ",
    "taken by ",
    "Фото сделал ",
    "photo a - ",
    "«a» Анна Ли ",
    "   a",
    "\u00a0",
    "знімок, зроблений Іваном та ",
    "Анна Лис зробила ",
    "نشرت وكالة رويترز ",
    "المصورين محمد علي ومحمد ",
]


@pytest.mark.parametrize("piece", HOSTILE, ids=[ascii(piece)[:12] for piece in HOSTILE])
def test_time_does_not_grow_faster_than_the_line(piece: str) -> None:
    def work_on(letters: int) -> Callable[[], object]:
        line = (piece * (letters // len(piece) + 1))[:letters]
        return lambda: (read_credit(line), find_credits_in_caption(line))

    assert is_linear(work_on, 1_000)
    # Beyond the limit on words and signs the cost of a longer line is only that of cutting it.
    assert is_linear(work_on, 25_000)


@pytest.mark.parametrize(
    "line", ["© 2015 John Doe", "© John Doe 2015", "© John Doe 2015, all rights reserved", "John Doe © 2015", "John Doe ©"]
)
def test_the_sign_of_copyright_names_a_holder_of_rights_wherever_the_year_stands(line: str) -> None:
    reading = read_credit(line)
    assert [(party.role, party.name) for party in reading.parties] == [("rights_holder", "John Doe")]
    assert reading.unread == ()


@pytest.mark.parametrize("line", ["Photographer unknown", "Фото: неизвестен", "Uncredited"])
def test_a_line_that_says_that_nobody_is_known_is_kept_as_unread(line: str) -> None:
    reading = read_credit(line)
    assert reading.parties == ()
    assert reading.unread == (line,)


@pytest.mark.parametrize("line", ["Фото автора", "Photo:", "تصوير", "..."])
def test_a_line_of_labels_alone_is_kept_as_unread(line: str) -> None:
    reading = read_credit(line)
    assert (reading.parties, reading.flags, reading.identifiers) == ((), (), ())
    assert reading.unread == (line,)


@pytest.mark.parametrize(
    ("line", "agency", "number"),
    [
        ("GettyImages-1634567890", "GettyImages", "1634567890"),
        ("Ann Lee/AFP/GettyImages-634567890", "GettyImages", "634567890"),
        ("Shutterstock 2134567890", "Shutterstock", "2134567890"),
    ],
)
def test_the_number_of_a_library_is_no_part_of_its_name(line: str, agency: str, number: str) -> None:
    reading = read_credit(line)
    assert agency in [party.name for party in reading.parties]
    assert reading.identifiers == (number,)
    assert reading.unread == ()


def test_ali_behind_a_joined_and_is_a_name_and_no_preposition() -> None:
    reading = read_credit("تصوير: أحمد حسن وعلي محمود / رويترز")
    assert parties(reading) == [("creator", "أحمد حسن وعلي محمود"), ("agency", "رويترز")]
    posted = read_credit("نشرها الجيش وعلى تويتر")
    assert ("carrier", "تويتر") in parties(posted)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("تصوير : أحمد حسن و خلدون سالم", ["أحمد حسن", "خلدون سالم"]),
        ("Авторка фото – Олена Коваленко", ["Олена Коваленко"]),
        ("Авторка: Олена Коваленко", ["Олена Коваленко"]),
    ],
)
def test_women_who_took_a_picture_and_two_whom_an_arabic_and_joins_are_its_makers(line: str, names: list[str]) -> None:
    assert parties(read_credit(line)) == [("creator", name) for name in names]
