"""Credits that Arabic sentences give in words are found; sentences that only speak of pictures or photographers give none."""

from __future__ import annotations

import pytest

from catalog.credits.reading import find_credits_in_caption
from catalog.records.publication import CreditReading

Parties = list[tuple[str, str]]


def parties(reading: CreditReading) -> Parties:
    return [(party.role, party.name) for party in reading.parties]


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        (
            "فاز مصور رويترز سامي نادر بجائزة عن صورته التي تظهر امرأة في المدينة.",
            [("agency", "رويترز"), ("creator", "سامي نادر")],
        ),
        (
            "روى مصور وكالة الأناضول سامي نادر تفاصيل صورة الأب الذي ظهر في الشارع.",
            [("agency", "وكالة الأناضول"), ("creator", "سامي نادر")],
        ),
        ("الصورة تعود لمراسل وكالة الأناضول في غزة سامي نادر.", [("agency", "وكالة الأناضول"), ("creator", "سامي نادر")]),
        ("والتقط الصورة الفائزة المصور الفلسطيني سامي نادر بعد أيام قليلة.", [("creator", "سامي نادر")]),
        ("ترجع الصورة إلى مقطع فيديو التقطه الصحفي والمصور الفلسطيني الشاب، سامي نادر.", [("creator", "سامي نادر")]),
        ("فازت المصورة الفلسطينية سمر نادر بجائزة عن صورة مؤثرة لطفل في المدينة.", [("creator", "سمر نادر")]),
        ("صورة صادمة وثقها الصحفي الفلسطيني الشهير سامي نادر، خلال الساعات الماضية", [("creator", "سامي نادر")]),
        ("أكد سامي نادر، المصور الذي التقط الصورة، في تصريحات أن صدفة قادته إلى لقطة كهذه", [("creator", "سامي نادر")]),
        ("بصورة نخلة استطاع المصور السعودي سامي نادر أن يفوز بجائزة العام في المدينة", [("creator", "سامي نادر")]),
        ("واختارت الوكالة صورتين من المدينة، صورهما سامي نادر، خلال العملية", [("creator", "سامي نادر")]),
        ("ويقول الصحفي الأمريكي سامي نادر، الذي التقط الصورة: كانت اللحظات مؤثرة في المدينة.", [("creator", "سامي نادر")]),
    ],
)
def test_a_photographer_is_named_where_the_sentence_speaks_of_a_picture(caption: str, expected: Parties) -> None:
    assert parties(find_credits_in_caption(caption)) == expected


@pytest.mark.parametrize(
    ("caption", "expected", "flags"),
    [
        ("نشرت اليوم الثلاثاء 7 فبراير 2023 وكالة الأناضول صورة تجسد المأساة", [("agency", "وكالة الأناضول")], ()),
        ("في ألبوم، رصدت وكالة الأناضول التركية، مشاهد من أهم الأحداث.", [("agency", "وكالة الأناضول")], ()),
        ('في ألبوم، رصدت وكالة "الأناضول" التركية، مشاهد من الأحداث.', [("agency", 'وكالة "الأناضول"')], ()),
        ("نشرت وزارة الدفاع الروسية صورا للغارات على المدينة", [("issuer", "وزارة الدفاع الروسية")], ("handout",)),
        ("وتوضح الصورة انفجارا في المدينة، وهي تعود إلى وكالة الأناضول.", [("agency", "وكالة الأناضول")], ()),
    ],
)
def test_who_published_pictures_or_owns_them_is_credited(caption: str, expected: Parties, flags: tuple[str, ...]) -> None:
    reading = find_credits_in_caption(caption)
    assert parties(reading) == expected
    assert reading.flags == flags


@pytest.mark.parametrize(
    "caption",
    [
        "في الصورة: الرئيس سامي نادر",
        "فازت صورة التقطها صحفي أمريكي في غزة بجائزة العام.",
        "استيقظ الناس على صورة التقطها مصور مصري لفتاة مجهولة، يتم سحلها.",
        "نشرت وكالة الأناضول تقريرا عن المعركة في المدينة.",
        "حيث رصدت كاميرات المراقبة لحظة الانفجار في المدينة.",
        "يجلس المصور سامي نادر لدى بائعة الشاي، محاولا تذكر صورة تستحق أن تعبر عنه",
        "كما التقطت عدسات المصورين صورا جوية مذهلة بعضها ليلي والبعض الآخر نهاري للمدينة",
        "وثقت عدسات كاميرات مواطنين لبنانيين، لحظة الانفجار الذي وقع في المدينة",
        "جنود في الجيش الأنجلو-مصري (مصور مجهول ، 1899)",
        "تعود الصورة إلى عام 2016 في المدينة القديمة.",
        "المصور يقف أمام المنزل المدمر في حي الشجاعية.",
        "كما رصدت الكاميرا مشهدا آخر لرجال وأطفال على أحد الشواطئ",
    ],
)
def test_who_is_shown_or_only_mentioned_is_credited_for_nothing(caption: str) -> None:
    assert parties(find_credits_in_caption(caption)) == []


def test_what_goes_on_behind_the_comma_is_no_person_where_it_is_for_somebody() -> None:
    caption = "أما الصورة الثانية التي التقطها سالم، وهو مصور لوكالة رويترز، تعود للمرأة الفلسطينية سامية نادر، 36 عاما"
    assert parties(find_credits_in_caption(caption)) == [("creator", "سالم"), ("agency", "رويترز")]
