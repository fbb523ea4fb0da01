"""The words of dates in English, Russian, Ukrainian and Arabic: months by every name in print, words that point at a day."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# One line a month: English | Russian | Ukrainian (all cases, abbreviations) | Arabic: Gulf and Egypt, the Levant and Iraq,
# Algeria and Tunisia, Morocco. Names of Arabic months after CLDR's ar, ar-SY, ar-DZ, ar-TN and ar-MA locales.
_MONTHS = (
    "january jan | январь января январе янв | січень січня січні січ | يناير ; كانون الثاني ; جانفي ; ينير",
    "february feb febr | февраль февраля феврале фев февр | лютий лютого лютому лют | فبراير ; شباط ; فيفري",
    "march mar | март марта марте мар | березень березня березні бер | مارس ; آذار ; اذار",
    "april apr | апрель апреля апреле апр | квітень квітня квітні квіт | أبريل ; إبريل ; نيسان ; أفريل",
    "may | май мая мае | травень травня травні трав | مايو ; أيار ; ماي",
    "june jun | июнь июня июне июн | червень червня червні черв | يونيو ; يونيه ; حزيران ; جوان",
    "july jul | июль июля июле июл | липень липня липні лип | يوليو ; يوليه ; تموز ; جويلية ; يوليوز",
    "august aug | август августа августе авг | серпень серпня серпні серп | أغسطس ; آب ; أوت ; غشت",
    "september sept sep | сентябрь сентября сентябре сен сент | вересень вересня вересні вер | سبتمبر ; أيلول ; شتنبر",
    "october oct | октябрь октября октябре окт | жовтень жовтня жовтні жовт | أكتوبر ; تشرين الأول ; أكتوبر",
    "november nov | ноябрь ноября ноябре ноя нояб | листопад листопада листопаді лист | نوفمبر ; تشرين الثاني ; نونبر",
    "december dec | декабрь декабря декабре дек | грудень грудня грудні груд | ديسمبر ; كانون الأول ; دجنبر",
)
_HIJRI_MONTHS = (
    "محرم ; صفر ; "
    " ربيع الأول ; ربيع الآخر ; ربيع الثاني ; جمادى الأولى ; جمادى الآخرة ; جمادى الثانية ; رجب ; شعبان ; رمضان ; شوال ; "
    "ذو القعدة ; ذي القعدة ; ذو الحجة ; ذي الحجة ; "
    "muharram ; safar ; rajab ; shaban ; sha'ban ; ramadan ; shawwal ; dhu al qadah ; dhu al hijjah ; zulhijjah ; "
    "мухаррам ; мухаррама ; раджаб ; раджаба ; шаабан ; шаабана ; рамадан ; рамадана ; рамадану ; шавваль ; шавваля"
)
# "in 2000 homes" names no year, so after these English words only what may follow a year makes one of the number.
_YEAR_BEFORE_ENGLISH = "in since"
_YEAR_BEFORE_ARABIC = "عام سنة لعام العام وعام"
_AFTER_A_YEAR = "and or when after during as by to at on for the a where with was were is in before which who that until but"
_YEAR_AFTER = "год года году годом г рік року році р"
_RELATIVE = (
    "today yesterday tonight | сегодня вчера позавчера | сьогодні вчора позавчора | اليوم أمس البارحة | "
    "monday tuesday wednesday thursday friday saturday sunday | "
    "понедельник вторник среду среда четверг пятницу пятница субботу суббота воскресенье | "
    "понеділок вівторок середу середа четвер пятницю пятниця суботу субота неділю неділя | "
    "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد"
)
# Words that may stand in a date line beside the date, and say nothing of it.
_FILLERS = (
    "published updated posted date at on the о в об около опубликовано обновлено дата опубліковано оновлено "
    "تاريخ النشر نشر في الساعة بتاريخ تحديث "
    "mon tue tues wed thu thur thurs fri sat sun пн вт ср чт пт сб вс нд"
)
_WORD = re.compile(r"[^\s|;]+")


def fold_word(word: str) -> str:
    """Fold case, ё and the forms of Arabic letters away from one word; the length may change."""
    decomposed = (
        unicodedata.normalize("NFKD", word.casefold())
        .replace("и\N{COMBINING BREVE}", "й")
        .replace("і\N{COMBINING DIAERESIS}", "ї")
    )
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return (
        bare.replace("ى", "ي").replace("ة", "ه").replace("ـ", "").replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")
    )


@cache
def months() -> dict[tuple[str, ...], int]:
    """Return the number of each month by its folded words, one or two."""
    found: dict[tuple[str, ...], int] = {}
    for number, line in enumerate(_MONTHS, start=1):
        *european, arabic = line.split("|")
        for word in _WORD.findall(" ".join(european)):
            found[(fold_word(word),)] = number
        for name in arabic.split(";"):
            found[tuple(fold_word(word) for word in name.split())] = number
    return found


@cache
def hijri_months() -> frozenset[tuple[str, ...]]:
    """Return the folded words of the months of the Islamic calendar."""
    return frozenset(tuple(fold_word(word) for word in name.split()) for name in _HIJRI_MONTHS.split(";"))


@cache
def words_of(kind: str) -> frozenset[str]:
    """Return folded words: `year_before_english`, `year_before_arabic`, `after_a_year`, `year_after`, `relative` or `filler`."""
    texts = {
        "year_before_english": _YEAR_BEFORE_ENGLISH,
        "year_before_arabic": _YEAR_BEFORE_ARABIC,
        "after_a_year": _AFTER_A_YEAR,
        "year_after": _YEAR_AFTER,
        "relative": _RELATIVE,
        "filler": f"{_FILLERS} {_RELATIVE}",
    }
    return frozenset(fold_word(word) for word in _WORD.findall(texts[kind]))
