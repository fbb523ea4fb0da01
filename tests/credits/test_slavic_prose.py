"""Credits that Russian and Ukrainian sentences give in words are found; sentences that only speak of pictures give none."""

from __future__ import annotations

import pytest

from catalog.credits.reading import find_credits_in_caption, read_credit
from catalog.records.publication import CreditReading

Parties = list[tuple[str, str]]


def parties(reading: CreditReading) -> Parties:
    return [(party.role, party.name) for party in reading.parties]


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        ("Фотограф Іван Лис зафіксував кадр 4 червня, коли працював у селищі.", [("creator", "Іван Лис")]),
        ("Серед світлин є робота українського фотожурналіста Івана Лиса, зроблена в горах.", [("creator", "Івана Лиса")]),
        ("У мережі показали знімок фотографки Анни Лис, зроблений біля моста.", [("creator", "Анни Лис")]),
        ("Снимок сделан фотокорреспондентом Иваном Лисом во время паводка.", [("creator", "Иваном Лисом")]),
        (
            'Так, знімок фотокореспондента "Укрінформу" в Запоріжжі Івана Лиса увійшов до сотні найкращих.',
            [("agency", "Укрінформу"), ("creator", "Івана Лиса")],
        ),
        (
            "Снимок сделал фотокор газеты «Слово бойца» Иван Лис в 1943-м.",
            [("agency", "Слово бойца"), ("creator", "Иван Лис")],
        ),
        (
            "Кореспондент проєкту Радіо Свобода «Новини» Іван Лис зафіксував те, як виглядає море.",
            [("agency", "Радіо Свобода"), ("creator", "Іван Лис")],
        ),
        ("В добірці бачимо фото із Галичини. Їх автором є відомий фотограф Іван Лис.", [("creator", "Іван Лис")]),
    ],
)
def test_a_photographer_is_named_where_the_sentence_speaks_of_a_picture(caption: str, expected: Parties) -> None:
    assert parties(find_credits_in_caption(caption)) == expected


@pytest.mark.parametrize(
    ("caption", "name"),
    [
        ("Анна Лис сфотографувала міст після шторму.", "Анна Лис"),
        ("Журналістка Анна Лис зробила знімок біля моста.", "Анна Лис"),
        ("Анна Лис сделала фотографию у моста.", "Анна Лис"),
        ("Іван Лис закарбував момент, коли впала вежа.", "Іван Лис"),
        ("Анна Лис перший місяць війни фотографувала у Києві.", "Анна Лис"),
        ("В это время его коллега Иван Лис тоже запечатлел на плёнку этот момент.", "Иван Лис"),
        ("В разгар боя Лис сфотографировал офицера.", "Лис"),
        ("Фотожурналіст Іван Лис протягом тижня документував паводок.", "Іван Лис"),
        ("Светлый день у моря. Автор — Анна Лис.", "Анна Лис"),
        ("Пройшов шторм. Автором фото є Мар’ян Лис.", "Мар’ян Лис"),
        ("Співробітнику заповідника Івану Лису вдалося сфотографувати вовка.", "Івану Лису"),
        ("“Заяц. Утро. Человек”. Фото, победившее в номинации. Автор – Анна Лис", "Анна Лис"),
        ("Пройшов шторм. Фотографувала Анна Лис. У 2008 році вона жила у місті.", "Анна Лис"),
        ("Далі, автор фото Іван Лис розповідає про шторм.", "Іван Лис"),
        ("Автором знімка є відомий майстер Іван Лис.", "Іван Лис"),
    ],
)
def test_who_took_the_picture_is_its_creator(caption: str, name: str) -> None:
    assert parties(find_credits_in_caption(caption)) == [("creator", name)]


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        ("Люди в парку, 25 червня. Новини: перша премія в одиночному розряді – Анна Лис", [("creator", "Анна Лис")]),
        (
            "Люди в парку. Новини: третя премія – Анна Лис для The Washington Post",
            [("creator", "Анна Лис"), ("agency", "The Washington Post")],
        ),
        ("«Ми переможемо на цих виборах» – Анна Лис", []),
        ("Лауреат премії за найкращу роль у кіно – Анна Лис", []),
    ],
)
def test_who_won_a_prize_with_the_picture_took_it(caption: str, expected: Parties) -> None:
    assert parties(find_credits_in_caption(caption)) == expected


def test_two_people_who_made_pictures_are_both_creators() -> None:
    caption = "До сотні увійшли 2 фото, зроблені Анною та Іваном Лисами, і ще одне."
    assert parties(find_credits_in_caption(caption)) == [("creator", "Анною"), ("creator", "Іваном Лисами")]
    assert parties(read_credit("Фото зроблене Анною Лис")) == [("creator", "Анною Лис")]


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        (
            "До списку увійшла фотографія Івана Лиса з агентства «Укрінформ», зроблена 8 липня.",
            [("creator", "Івана Лиса"), ("agency", "Укрінформ")],
        ),
        ("До рейтингу потрапив кадр Івана Лиса, на якому зображена жінка з собаками.", [("creator", "Івана Лиса")]),
        ("Повалені дерева після шторму в Карпатах, світлина Анни Лисової", [("creator", "Анни Лисової")]),
    ],
)
def test_a_picture_of_somebody_is_credited_where_more_than_the_case_says_whose_it_is(caption: str, expected: Parties) -> None:
    assert parties(find_credits_in_caption(caption)) == expected


@pytest.mark.parametrize(
    ("caption", "expected", "flags"),
    [
        ("Американська компанія Maxar опублікувала супутникові знімки острова.", [("issuer", "Maxar")], ("handout",)),
        ("Пресслужба губернатора Лисова опубликовала снимки моста.", [("issuer", "Пресслужба губернатора Лисова")], ("handout",)),
        ("Фоторепортаж корреспондентов РИА «Новости» с тренировок наших спортсменов.", [("agency", "РИА «Новости»")], ()),
        ("Reuters опублікувало знімок зруйнованого мосту.", [("agency", "Reuters")], ()),
        ("Показано супутникові фото американської компанії Planet Labs до удару.", [("issuer", "Planet Labs")], ()),
        ('Снимки опубликованы на сайте "Радио Свобода".', [("carrier", "Радио Свобода")], ()),
    ],
)
def test_who_published_pictures_is_told_by_what_they_are(caption: str, expected: Parties, flags: tuple[str, ...]) -> None:
    for reading in (find_credits_in_caption(caption), read_credit(caption)):
        assert parties(reading) == expected
        assert reading.flags == flags


@pytest.mark.parametrize(
    "caption",
    [
        "На фото: Іван Лис",
        "На фото Іван Лис",
        "На снимке - фотограф Иван Лис на крыше дома.",
        "Через годы фоторепортер Иван Лис на крыше дома, где сделал историческую фотографию.",
        "Фото Івана Лиса опублікували у мережі.",
        "Авторский фотоотчет о матче городской лиги",
        "Про це повідомляє РБК-Україна з посиланням на Telegram ДСНС України.",
        "Президент Іван Лис зробив фото з військовими у Києві.",
        "Поліцейський Іван Лис зафіксував порушення правил на дорозі.",
        "Прем'єр Іван Лис зняв заборону на виїзд з країни.",
        "Фотограф Іван Лис загинув під обстрілом.",
        "Іван Лис, відомий воєнний фотограф Reuters, під обстрілом у горах.",
        "Архівні фото, які опрацював Іван Лис, зроблені в 1987 році.",
        "Газета «Правда» опубликовала фотографию моста.",
        "Первоисточником снимка является Иван Лис, который опубликовал его 28 августа.",
    ],
)
def test_who_is_shown_or_only_mentioned_is_credited_for_nothing(caption: str) -> None:
    for reading in (find_credits_in_caption(caption), read_credit(caption)):
        assert parties(reading) == []
        assert "handout" not in reading.flags


def test_a_name_that_somebody_is_remembered_by_goes_on_behind_its_abbreviation() -> None:
    assert parties(read_credit("Фото – Краєзнавчий музей ім. І. Лиса")) == [("issuer", "Краєзнавчий музей ім. І. Лиса")]
