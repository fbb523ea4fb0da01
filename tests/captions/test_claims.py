from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.captions.claims import read_claims
from catalog.captions.gazetteer import LANGUAGES, kilometres_between, lies_in, places
from catalog.records.claims import CLAIM_KINDS, CLAIM_ROLES
from catalog.records.partial_date import PartialDate
from tests.growth import is_linear

PIECES = (
    "Aleppo|Алеппо|حلب|восточном|eastern|Syrian|army|strike|удар|российской|авиации|غارة|روسية|12|killed|people|погибли|человек|مقتل|شخصا|"
    "two|двое|at least|не менее|dozens|denied|не причастны|"
    "نفت|T-72|tank|دبابة|сегодня|yesterday|2017|мая|5|آذار|.|,|(AP Photo/X)|FILE -|"
    "Photo:|the war|since|from|near|في|в|from refugees|Moscow Times|-"
)
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PIECES.split("|")), max_size=14).map(" ".join))


def said(text: str, published: str | None = None) -> set[tuple[str, str, str]]:
    date = None if published is None else PartialDate.parse(published)
    return {(claim.kind, claim.role, claim.value) for claim in read_claims(text, date)}


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Ruins of eastern Aleppo, January 2, 2017.", {("place", "shown", "aleppo-east"), ("date", "shown", "2017-01-02")}),
        ("Руины в восточном Алеппо, 5 мая 2016 года", {("place", "shown", "aleppo-east"), ("date", "shown", "2016-05-05")}),
        ("Руїни у східному Алеппо, 5 травня 2016 року", {("place", "shown", "aleppo-east"), ("date", "shown", "2016-05-05")}),
        ("دمار في شرقي حلب ٥ أيار ٢٠١٦", {("place", "shown", "aleppo-east"), ("date", "shown", "2016-05-05")}),
        ("Люди в Харькове", {("place", "shown", "kharkiv")}),
        ("Люди з Харкова йдуть", {("place", "shown", "kharkiv")}),
        ("Вибух у Києві", {("place", "shown", "kyiv")}),
        ("Пожежа в Авдіївці", {("place", "shown", "avdiivka")}),
        ("قصف بحلب", {("place", "shown", "aleppo")}),
        ("A fire near Palmyra", {("place", "near", "palmyra")}),
        ("Refugees from Kharkiv in Lviv", {("place", "origin", "kharkiv"), ("place", "shown", "lviv")}),
        ("a city in turkey and aleppo", set()),
        ("Пейзаж: мыс Терн", set()),
        ("A street in Paris, Texas", {("place", "shown", "us-tx")}),
        ("A street in Paris, Tex.", set()),
        ("Улица в городе Парис, штат Миссури", {("place", "shown", "us-mo")}),
        ("Police in Uvalde, Texas", {("place", "shown", "uvalde"), ("place", "shown", "us-tx")}),
        ("A street in Tripoli, Lebanon", {("place", "shown", "g266826"), ("place", "shown", "LB")}),
        ("A street in Tripoli", {("place", "shown", "tripoli-libya")}),
        ("A flood in London, Ontario", {("place", "shown", "g6058560"), ("place", "shown", "ca-on")}),
        ("A flood in London", {("place", "shown", "g2643743")}),
        ("A fire in Athens, Georgia", {("place", "shown", "us-ga")}),
        ("A fire in Tbilisi, Georgia", {("place", "shown", "g611717"), ("place", "shown", "GE")}),
        ("A fire in Atlanta, Georgia", {("place", "shown", "g4180439"), ("place", "shown", "us-ga")}),
        ("Протест у Тбілісі", {("place", "shown", "g611717")}),
        ("A fire in Atlanta, Ga.", {("place", "shown", "g4180439")}),
        ("A street in Paris, France", {("place", "shown", "paris"), ("place", "shown", "FR")}),
        ("Маяк на мысе Терн", set()),
        ("A camp on the island of Aleppo", set()),
        ("منارة على رأس حلب", set()),
        ("A beach on the island of Cyprus", {("place", "shown", "CY")}),
        ("Маяк на острове Змеиный", {("place", "shown", "snake-island")}),
        ("In Cape Town", {("place", "shown", "g3369157")}),
    ],
)
def test_places_are_one_place_in_every_language_and_case(text: str, claims: set[tuple[str, str, str]]) -> None:
    assert said(text) == claims


@pytest.mark.parametrize(
    ("country", "texts"),
    [
        ("SY", "in Syria|в Сирии|из Сирии|над Сирией|у Сирії|із Сирією|في سوريا|بسوريا|إلى سورية|وسوريا"),
        ("EG", "в Египте|из Египта|в Єгипті|з Єгипту|في مصر|بمصر"),
        ("JO", "в Иордании|у Йорданії|في الأردن|بالأردن"),
        ("SA", "в Саудовской Аравии|у Саудівській Аравії|في السعودية|بالسعودية|في المملكة العربية السعودية"),
        ("AE", "в ОАЭ|в Объединённых Арабских Эмиратах|в Об'єднаних Арабських Еміратах|في الإمارات"),
        ("US", "in the United States|в США|в Соединённых Штатах|у Сполучених Штатах|في الولايات المتحدة|بالولايات المتحدة"),
        ("NG", "в Нигерии|у Нігерії|في نيجيريا"),
        ("NE", "в Нигере|у Нігері|في النيجر"),
        ("SS", "в Южном Судане|у Південному Судані|في جنوب السودان"),
        ("NZ", "в Новой Зеландии|у Новій Зеландії|في نيوزيلندا"),
        ("VN", "во Вьетнаме, в Ханое|في فيتنام"),
        ("KG", "в Кыргызстане|в Киргизии|в Киргизстані|في قيرغيزستان"),
        ("VA", "in the Vatican|в Ватикане|у Ватикані|في الفاتيكان"),
        ("CD", "в ДР Конго|в Демократической Республике Конго|في الكونغو الديمقراطية"),
        ("us-tx", "in Texas|в Техасе|у Техасі|في تكساس|بولاية تكساس"),
        ("us-ga", "in the U.S. state of Georgia|в Джорджии|у Джорджії|في ولاية جورجيا"),
        ("GE", "in Georgia|в Грузии|у Грузії|في جورجيا"),
    ],
)
def test_countries_and_states_are_read_in_the_forms_that_captions_use(country: str, texts: str) -> None:
    for text in texts.split("|"):
        found = {value for kind, _, value in said(text) if kind == "place"}
        assert any(lies_in(value, country) for value in found), text
        assert country in found, text


def test_every_state_of_the_union_lies_in_it_under_four_languages() -> None:
    states = [place for place in places().values() if place.id.startswith("us-") and place.kind == "region"]
    assert len(states) == 50
    for state in states:
        assert lies_in(state.id, "US")
        assert {language for language, _ in state.names} == set(LANGUAGES)
        assert any(place.parent == state.id for place in places().values()) or state.latitude is not None


@pytest.mark.parametrize(
    ("text", "actor", "role"),
    [
        ("A street after a Russian missile strike", "russian-forces", "responsible"),
        ("после удара российской авиации", "russian-forces", "responsible"),
        ("після обстрілу російських військ", "russian-forces", "responsible"),
        ("بعد غارة إسرائيلية", "israeli-forces", "responsible"),
        ("قصف الجيش السوري", "syrian-forces", "responsible"),
        ("Russia denied responsibility", "russian-forces", "denied"),
        ("российские военные не причастны к удару", "russian-forces", "denied"),
        ("російські військові не причетні до удару", "russian-forces", "denied"),
        ("نفت وزارة الدفاع الروسية مسؤوليتها", "russian-forces", "denied"),
        ("A strike on Islamic State positions", "islamic-state", "target"),
        ("Ukrainian soldiers fire a howitzer", "ukrainian-forces", "shown"),
    ],
)
def test_actors_are_told_by_what_they_did(text: str, actor: str, role: str) -> None:
    assert ("actor", role, actor) in said(text)


@pytest.mark.parametrize(
    ("text", "what", "least", "most"),
    [
        ("killing 12 people", "killed people", 12, 12),
        ("погибли не менее 12 человек", "killed people", 12, None),
        ("загинули двоє людей", "killed people", 2, 2),
        ("مقتل 20 شخصا", "killed people", 20, 20),
        ("مقتل شخصين", "killed people", 2, 2),
        ("more than 30 wounded", "injured people", 31, None),
        ("dozens of people were killed", "killed people", 24, 99),
        ("twenty-five people were injured", "injured people", 25, 25),
        ("повреждены шесть домов", "destroyed houses", 6, 6),
        ("1,500 houses destroyed", "destroyed houses", 1500, 1500),
        ("three tanks", "vehicles", 3, 3),
    ],
)
def test_numbers_are_told_with_what_they_count(text: str, what: str, least: int, most: int | None) -> None:
    numbers = [claim for claim in read_claims(text) if claim.kind == "number"]
    assert [(claim.value, claim.least, claim.most) for claim in numbers] == [(what, least, most)]


@pytest.mark.parametrize("text", ["a 12-year-old boy", "12 km from here", "45-летний мужчина", "at 12 am", "عمره 12 عاما"])
def test_ages_distances_and_hours_count_nothing(text: str) -> None:
    assert not [claim for claim in read_claims(text) if claim.kind == "number"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("seen here today", "2017-04-05"),
        ("взрыв вчера", "2017-04-04"),
        ("قصف أمس", "2017-04-04"),
        ("знято сьогодні", "2017-04-05"),
        ("on Monday", "2017-04-03"),
        ("во вторник", "2017-04-04"),
        ("on December 24", "2016-12-24"),
    ],
)
def test_days_told_from_the_publication_are_counted_back(text: str, value: str) -> None:
    (claim,) = read_claims(text, PartialDate.parse("2017-04-05"))
    assert (claim.kind, claim.value) == ("date", value)
    (without,) = read_claims(text)
    assert (without.value, without.date) == ("", None)


def test_credits_and_background_claim_nothing_of_the_picture() -> None:
    text = "A boy in Idlib (AP Photo/Aleppo Media Center). The war has killed 400,000 people since 2011 in Syria."
    assert said(text) - {("place", "shown", "g169389")} == {
        ("number", "context", "killed people"), ("date", "context", "2011"), ("place", "context", "SY"),
    }  # fmt: skip


def test_weapons_and_vehicles_are_one_thing_in_every_language() -> None:
    for text in ("a burnt tank", "сгоревший танк", "спалений танк", "دبابة محترقة", "a T-72"):
        assert ("weapon", "shown", "tank") in said(text)


def test_the_gazetteer_has_the_places_of_the_region_in_four_languages_with_references() -> None:
    inner = [place for place in places().values() if place.kind != "country"]
    assert len([place for place in inner if place.kind in ("city", "district", "region")]) >= 600
    complete = [place for place in inner if {language for language, _ in place.names} >= set(LANGUAGES)]
    assert len(complete) >= 600
    for place in inner:
        assert place.reference
        assert place.parent in places() or place.parent == "", place
        assert place.latitude is not None
        assert -90 <= place.latitude <= 90
    for code in ("SY", "IQ", "LB", "PS", "IL", "YE", "LY", "EG", "UA", "RU", "BY", "GE", "AM", "AZ", "IR", "TR", "AF", "SD"):
        assert any(lies_in(place.id, code) for place in inner), code


def test_eastern_aleppo_lies_in_aleppo_and_that_in_syria() -> None:
    assert lies_in("aleppo-east", "aleppo")
    assert lies_in("aleppo-east", "SY")
    assert not lies_in("aleppo", "aleppo-east")
    assert round(kilometres_between("aleppo", "damascus") or 0, -1) == 310


@given(TEXTS)
def test_spans_point_at_what_they_name_and_reading_twice_is_the_same(text: str) -> None:
    claims = read_claims(text)
    for claim in claims:
        assert text[slice(*claim.span)] == claim.text != ""
        assert claim.kind in CLAIM_KINDS
        assert claim.role in CLAIM_ROLES
        assert (claim.least is not None) == (claim.kind == "number")
    assert read_claims(text) == claims


@pytest.mark.parametrize(
    "piece", ["Aleppo ", "12 ", "killed ", "denied Russia ", "حلب و", "(", "Восточный ", "ول", ". ", "two hundred ", "a' "]
)
def test_time_does_not_grow_faster_than_the_text(piece: str) -> None:
    def work_on(letters: int) -> Callable[[], object]:
        text = (piece * letters)[:letters]
        return lambda: read_claims(text)

    assert is_linear(work_on, 1_500)
