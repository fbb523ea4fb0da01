"""Dates of a text as claims: absolute ones as they stand, relative ones by the day of publication."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from catalog.captions.calendar_words import fold_word
from catalog.captions.dates import DateMention, find_dates
from catalog.captions.words import sentences
from catalog.records.claims import Claim
from catalog.records.partial_date import PartialDate

_DAYS_BACK = {
    **dict.fromkeys(map(fold_word, ("today", "tonight", "сегодня", "сьогодні", "اليوم")), 0),
    **dict.fromkeys(map(fold_word, ("yesterday", "вчера", "вчора", "أمس", "البارحة")), 1),
    **dict.fromkeys(map(fold_word, ("позавчера", "позавчора")), 2),
}
_WEEKDAYS = {
    fold_word(word): number
    for number, names in enumerate(
        (
            "monday понедельник понеділок الاثنين", "tuesday вторник вівторок الثلاثاء",
            "wednesday среду среда середу середа الأربعاء",
            "thursday четверг четвер الخميس", "friday пятницу пятница п'ятницю п'ятниця الجمعة",
            "saturday субботу суббота суботу субота السبت", "sunday воскресенье неділю неділя الأحد",
        )
    )
    for word in names.split()
}  # fmt: skip
TODAY = frozenset(word for word, days in _DAYS_BACK.items() if days < 2)
# What may stand before a year that dates a picture: nothing, a sign, or a preposition with the word for year.
_LEADING_YEAR = re.compile(r"(?:^|[,،;:(\[–—-]|\b(?:in|в|у|во)|(?:^|\s)(?:عام|سنة|العام))\s*$", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_WORDS_BEFORE = 4
# Beginnings of words that say how old something in the picture is, or how long something has lasted.
_BEGINNINGS = tuple(
    fold_word(word)
    for words in (
        "built founded established opened erected completed constructed dating since until before after born created designed",
        "annexed destroyed independence revolution uprising invasion war",
        "постро основан открыт возвед сооруж создан рожд родил после война войны войне революци присоедин аннекс разруш восста",
        "збудован побудован заснован відкрит звед створен народ після війн революці анекс зруйнован повстан",
        "بني بنيت شيد تأسس أسس افتتح ولد منذ قبل بعد حرب الحرب ثورة الثورة ضم دمر",
    )
    for word in words.split()
)
# Later than this after the day itself, a picture shown as today's is not a late time zone but another day.
_WEEK = 7


def read_dates(text: str, published: PartialDate | None) -> list[Claim]:
    """Read the dates a text names; "yesterday", weekdays and days without a year count back from the publication.

    A weekday beside a whole date says nothing of its own. Without a publication date relative words have no value.
    """
    mentions = find_dates(text)
    has_whole = any(mention.kind == "absolute" for mention in mentions)
    day = _day_of(published)
    return [
        _claim(mention, day)
        for mention in mentions
        if not (mention.kind == "relative" and has_whole and fold_word(mention.text) in _WEEKDAYS)
    ]


def is_today(claim: Claim) -> bool:
    """Tell whether a claim says the picture is of the day it was published, or of the day before."""
    return claim.kind == "date" and claim.role == "relative" and fold_word(claim.text) in TODAY


def dates_picture(text: str, claim: Claim) -> bool:
    """Tell whether a date that a caption names is when its picture was taken; a year may be that of something in the picture.

    A day or a month is the picture's. A year is where it stands in the first sentence, after a sign or after "in", and not behind
    a word of beginning, such as "built".
    """
    if len(claim.value) != len("2017") or text[slice(*claim.span)] != claim.text:
        return len(claim.value) > len("2017")
    before = text[: claim.span[0]]
    if len(sentences(before + "0")) > 1:
        return False
    led = _LEADING_YEAR.search(before)
    words = [fold_word(word) for word in _WORD.findall(before)[-_WORDS_BEFORE:]]
    return led is not None and not any(word.startswith(_BEGINNINGS) for word in words)


def without_years_of_things(text: str, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Leave out of the claims of a text the years that are not of its picture but of something in it, as of a tower."""
    return tuple(
        claim
        for claim in claims
        if claim.kind != "date" or claim.role != "shown" or len(claim.value) != len("2017") or dates_picture(text, claim)
    )


def _claim(mention: DateMention, day: date | None) -> Claim:
    role = {"absolute": "shown", "ambiguous": "shown"}.get(mention.kind, mention.kind)
    meant = mention.date
    if meant is None and day is not None:
        found = _counted_back(mention, day)
        meant = None if found is None else replace(PartialDate.parse(found.isoformat()), raw=mention.text)
    value = (meant.edtf or "") if meant is not None else ""
    return Claim("date", role, mention.text, mention.span, value, value or mention.text, meant)


def _counted_back(mention: DateMention, day: date) -> date | None:
    fold = fold_word(mention.text)
    if fold in _DAYS_BACK:
        return day - timedelta(days=_DAYS_BACK[fold])
    if fold in _WEEKDAYS:
        return day - timedelta(days=(day.weekday() - _WEEKDAYS[fold]) % _WEEK)
    if mention.kind == "yearless":
        for year in (day.year, day.year - 1):
            read = find_dates(f"{mention.text} {year}")
            if read and read[0].date is not None and read[0].date.edtf and len(read[0].date.edtf) == len("2017-01-02"):
                found = date.fromisoformat(read[0].date.edtf)
                if found <= day + timedelta(days=1):
                    return found
    return None


def _day_of(published: PartialDate | None) -> date | None:
    if published is None or published.edtf is None or len(published.edtf) < len("2017-01-02"):
        return None
    if published.zone == "unknown" or published.earliest is None:
        return date.fromisoformat(published.edtf[:10])
    return (
        datetime.fromisoformat(published.edtf).astimezone(UTC).date()
        if "Z" in published.edtf
        else date.fromisoformat(published.edtf[:10])
    )
