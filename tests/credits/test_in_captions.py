"""Credits that stand inside captions are found, and captions that credit nobody yield none."""

from __future__ import annotations

import pytest

from catalog.credits.reading import find_credits_in_caption


def test_a_caption_without_a_credit_has_none() -> None:
    for caption in (
        "Reuters reported that the army shelled the town on Sunday morning after a ceasefire.",
        "Cars drive past the headquarters of the alliance (NATO) in Brussels on a rainy day last week.",
        "The ministry said that a photo of the bridge was old, and that the file was closed.",
        "A woman looks at a photo of her son in her home in Homs on Friday.",
        "Rescuers of the State Emergency Service (SES) work at the site of a strike in Kharkiv.",
        "من جولة كاميرا القناة اليوم: الحي القديم والطريق الجبلي ومحطة البث.",
        "Зеленский показал журналистам фото разрушенного дома в Харькове.",
        "По данным агентства Reuters, в результате удара погибли пять человек.",
        "За даними УНІАН, обстріл тривав дві години, поранено трьох людей.",
        "قالت وكالة رويترز إن الجيش قصف المدينة صباح الأحد بعد وقف إطلاق النار.",
        "المصور يقف أمام المنزل المدمر في حي الشجاعية شرق غزة.",
        "جنود من الجيش السوري (النظام) في أحد شوارع حلب القديمة.",
        "Children eat food provided by the World Food Programme in a camp near the border.",
        "The town was taken by Ann Lee's company on the second day of the battle.",
    ):
        reading = find_credits_in_caption(caption)
        assert (reading.parties, reading.unread) == ((), ())


@pytest.mark.parametrize(
    ("caption", "expected", "flags"),
    [
        (
            "A man carries water near a destroyed house in Mariupol, Ukraine. (AP Photo/Ann Lee)",
            [("agency", "AP"), ("creator", "Ann Lee")],
            (),
        ),
        (
            "In this photo released by the Russian Defense Ministry Press Service on Friday, a jet takes off from a base.",
            [("issuer", "Russian Defense Ministry Press Service")],
            ("handout",),
        ),
        (
            "Mandatory Credit: Photo by Ann Lee/Shutterstock (16512200n) A crowd walks on a street in the old city.",
            [("creator", "Ann Lee"), ("agency", "Shutterstock")],
            ("mandatory_credit",),
        ),
        (
            "Жители дома выносят вещи после ночного обстрела города. Фото: Пётр Иванов / УНИАН",
            [("creator", "Пётр Иванов"), ("agency", "УНИАН")],
            (),
        ),
        (
            "عناصر من الدفاع المدني يبحثون عن ناجين تحت الأنقاض في مدينة إدلب - 5 من آذار 2019 (رويترز)",
            [("agency", "رويترز")],
            (),
        ),
        (
            'Volunteers count birds on the frozen lake. REUTERS/Ann Lee SEARCH "LEE BIRDS" FOR THIS STORY',
            [("agency", "REUTERS"), ("creator", "Ann Lee")],
            (),
        ),
        (
            "Image copyrightEPAImage captionA runner crosses a bridge in the old town on Friday.",
            [("agency", "EPA")],
            (),
        ),
        (
            "Курсанты тренируются на площади 1 сентября. Ann Lee-AP",
            [("creator", "Ann Lee"), ("agency", "AP")],
            (),
        ),
        (
            "صورة التقطها المصور السوري محمد سعيد، وتظهر فيها طفلة عالقة بين الأنقاض",
            [("creator", "محمد سعيد")],
            (),
        ),
        (
            "دبابات في أحد شوارع المدينة القديمة بعد ساعات من وقف إطلاق النار/وكالة الصحافة الفرنسية",
            [("agency", "وكالة الصحافة الفرنسية")],
            (),
        ),
        (
            "Soldiers dig a trench on May 2, 2026. Ann Lee/Press Service of the 24th Brigade of the Ukrainian Armed Forces/"
            "Handout via REUTERS THIS IMAGE HAS BEEN SUPPLIED BY A THIRD PARTY.",
            [
                ("creator", "Ann Lee"),
                ("issuer", "Press Service of the 24th Brigade of the Ukrainian Armed Forces"),
                ("distributor", "REUTERS"),
            ],
            ("handout",),
        ),
        (
            "In this photo released by the Syrian official news agency, SANA, a soldier looks at the road near the village.",
            [("issuer", "SANA")],
            ("handout",),
        ),
        ("The photo was taken by Ann Lee, who lives next to the bridge.", [("creator", "Ann Lee")], ()),
        ("Жители разбирали завалы до самого вечера.\nФото svaboda.org", [("agency", "svaboda.org")], ()),
        ("Фото для журнала сделала фотограф Анна Лисова.", [("creator", "Анна Лисова")], ()),
        (
            "Предлагаем репортаж фотокорреспондента «Берег.ру» Анны Лисовой.",
            [("agency", "Берег.ру"), ("creator", "Анны Лисовой")],
            (),
        ),
        ("عدسة “حرية برس” تجولت في أسواق المدينة ورصدت المشاهد الآتية", [("agency", "حرية برس")], ()),
        (
            "Rob Davis, Elm CEO (Ann Lee/Bloomberg via Getty Images)",
            [("creator", "Ann Lee"), ("agency", "Bloomberg"), ("distributor", "Getty Images")],
            (),
        ),
        ("Nobody was hurt on the beach that day. (Ann Lee, RA 190)", [("creator", "Ann Lee")], ()),
        ("The dress was praised by all. Photo: Reuters The hidden meaning of a coat", [("agency", "Reuters")], ()),
        (
            "ANN LEE, AFP/Getty Images \n\nA border guard digs trenches near a village on the coast.",
            [("creator", "ANN LEE"), ("agency", "AFP"), ("distributor", "Getty Images")],
            (),
        ),
        (
            "Ann Lee/Elm News Group\nA building burns on the hill.",
            [("creator", "Ann Lee"), ("agency", "Elm News Group")],
            (),
        ),
        ("Winds drove the fire through several streets.\nAnn Lee\nAP Photo", [("creator", "Ann Lee"), ("agency", "AP")], ()),
        (
            "Soldiers help on the beach. US Marine Corps photo by Sgt. Ann Lee.",
            [("issuer", "US Marine Corps"), ("creator", "Sgt. Ann Lee")],
            (),
        ),
        ("Дом был разрушен ночью.\nФото © Анна Лисова", [("creator", "Анна Лисова")], ()),
        ("Дом был разрушен ночью. (Фото ДСНС Львівщини)", [("issuer", "ДСНС Львівщини")], ()),
        ("Разрушенный дом\nФото: Скрин видео | Разрушенный дом у моря", [], ("screenshot",)),
        (
            "This photo, taken by Ann Lee (1906-1984) for the newspaper Izvestia, shows a harbour.",
            [("creator", "Ann Lee"), ("agency", "Izvestia")],
            (),
        ),
        (
            "A house is destroyed on the beach, October 11, 2018. Ann Lee/Pool via REUTERS",
            [("creator", "Ann Lee"), ("distributor", "REUTERS")],
            (),
        ),
        (
            "Soldiers wave in a field by the river.\nAnn Lee - pool, Pool AFP",
            [("creator", "Ann Lee"), ("agency", "AFP")],
            (),
        ),
        ("MINUSMA/Ann Lee\nA member of the team surveys a road.", [("issuer", "MINUSMA"), ("creator", "Ann Lee")], ()),
        ("Вода прибувала ще п’ять днів.\nФото Т.Лісової.", [("creator", "Т.Лісової")], ()),
        ("Праздник удался на славу!\n\nФотографии Анны Лисовой / ЕЖ", [("creator", "Анны Лисовой"), ("agency", "ЕЖ")], ()),
        (
            "Фотограф агентства Рейтерс Анна Лисова провела неделю, изучая берег",
            [("agency", "Рейтерс"), ("creator", "Анна Лисова")],
            (),
        ),
        ("التقط هذه الصورة سامي نادر، خلال حفل تخرج في الأكاديمية", [("creator", "سامي نادر")], ()),
        (
            "06.06.2023   Херсон, Україна   Укрінформ, Associated Press, ДСНС,",
            [("agency", "Укрінформ"), ("agency", "Associated Press"), ("issuer", "ДСНС")],
            (),
        ),
        ("VOA photo: Ann Lee\nA child waits in the east of the country", [("agency", "VOA"), ("creator", "Ann Lee")], ()),
        ("Мости і дороги зруйновані. (Автори: Анна Лис, Іван Лис)", [("creator", "Анна Лис"), ("creator", "Іван Лис")], ()),
        ("(هذه الصورة التقطت يوم 5 أكتوبر 2019) swissinfo.ch", [("agency", "swissinfo.ch")], ()),
    ],
)
def test_credits_inside_captions_are_found(caption: str, expected: list[tuple[str, str]], flags: tuple[str, ...]) -> None:
    reading = find_credits_in_caption(caption)
    assert [(party.role, party.name) for party in reading.parties] == expected
    assert reading.flags == flags
