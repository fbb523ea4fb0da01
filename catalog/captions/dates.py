"""Dates in a text, each with the place where it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from catalog.captions.calendar_words import fold_word, hijri_months, months, words_of
from catalog.records.partial_date import PartialDate

MENTION_KINDS = ("absolute", "yearless", "ambiguous", "relative", "hijri")
_MAX_CHARACTERS = 64 * 1024
_MARKS = "\u0300-\u036f\u064b-\u065f\u0670'\N{RIGHT SINGLE QUOTATION MARK}"
_TOKEN = re.compile(
    rf"(?P<number>\d+)|(?P<word>[^\W\d_][^\W\d_{_MARKS}]*(?:[{_MARKS}]+[^\W\d_{_MARKS}]+)*[{_MARKS}]*)|(?P<sign>[^\w\s])"
)
_ORDINALS = frozenset({"st", "nd", "rd", "th", "го", "е", "ое"})
_ZONES = {"utc": "Z", "gmt": "Z", "z": "Z"}
_MOSCOW = frozenset({"msk", "мск"})
_FILE = re.compile(r"FILE\b|Архив|file (?:photo|picture|image)|архивн|архівн|أرشيف", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DateMention:
    """Hold a date that a text names: its text, its half-open span, and what it can mean.

    `kind` is `absolute`, `yearless` (a day and a month), `ambiguous` (day and month cannot be told apart: the year alone is
    kept), `relative` (today, a weekday) or `hijri` (noted, not converted). `date` is None for the last two and for `yearless`.
    `is_of_file` says that the text calls the picture a file photo and this is the first date it names: that of the picture.
    """

    text: str
    span: tuple[int, int]
    kind: str
    date: PartialDate | None
    is_of_file: bool = False


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    fold: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Found:
    iso: str
    kind: str
    last: int


def find_dates(text: str, assumed_zone: str | None = None) -> tuple[DateMention, ...]:
    """Find the dates in the first 64 KiB of a text, in order, without overlaps; each span holds the text it names.

    Read are ISO 8601; days and months in digits, day first with dots, and said to be ambiguous where a slash leaves it open;
    months by name in English, Russian, Ukrainian and Arabic (Gulf, Levantine, Maghrebi), with any decimal digits; years with a
    word that makes them years; spans of days, kept to the month; and, noted only, days without a year, words relative to the
    day, and dates of the Islamic calendar. A month without a day or a year is none.
    """
    tokens = _tokens(text[:_MAX_CHARACTERS])
    is_of_file = _FILE.search(text[:_MAX_CHARACTERS]) is not None
    mentions: list[DateMention] = []
    place = 0
    while place < len(tokens):
        found = _date_at(tokens, place)
        if found is None:
            place += 1
            continue
        start, end = tokens[place].start, tokens[found.last - 1].end
        date = replace(PartialDate.parse(found.iso, assumed_zone), raw=text[start:end]) if found.iso else None
        place = found.last
        if date is not None and not date.is_read:
            continue  # a day that no calendar has
        mentions.append(DateMention(text[start:end], (start, end), found.kind, date, is_of_file and found.kind == "absolute"))
        is_of_file = is_of_file and found.kind != "absolute"
    return tuple(mentions)


def read_date_text(text: str, assumed_zone: str | None = None) -> PartialDate:
    """Read a text that is one date as pages print it: "2 января 2017, 14:35", "٢ آذار ٢٠١٧", "Jan 2, 2017".

    Weekdays and words such as "published" may stand beside it. `assumed_zone` is an IANA name used when no zone is stated.
    Anything else, two dates, or a date that is ambiguous or relative, is kept unread.
    """
    date = PartialDate.parse(text, assumed_zone)
    if date.is_read:
        return date
    tokens = _tokens(text[:_MAX_CHARACTERS])
    for place in range(len(tokens)):
        found = _date_at(tokens, place)
        if found is not None and found.kind == "absolute":
            clock, first, last = _clock_beside(tokens, place, found.last)
            rest = [*tokens[:first], *tokens[last:]]
            if any(token.kind == "number" or (token.kind == "word" and token.fold not in words_of("filler")) for token in rest):
                return PartialDate.unread(text)
            return replace(_with_clock(found.iso, clock, assumed_zone), raw=text)
    return PartialDate.unread(text)


def _tokens(text: str) -> list[_Token]:
    return [
        _Token(match.lastgroup or "sign", match[0], fold_word(match[0]) if match.lastgroup == "word" else match[0], *match.span())
        for match in _TOKEN.finditer(text)
    ]


def _date_at(tokens: Sequence[_Token], place: int) -> _Found | None:
    token = tokens[place]
    if token.kind == "number":
        return _in_digits(tokens, place) or _day_first(tokens, place) or _bare_year(tokens, place)
    if token.kind == "word":
        return _month_first(tokens, place) or _relative(token, place)
    return None


def _number(tokens: Sequence[_Token], place: int, least: int, most: int, digits: Sequence[int]) -> int | None:
    if place >= len(tokens) or tokens[place].kind != "number" or len(tokens[place].text) not in digits:
        return None
    value = int(tokens[place].text)
    return value if least <= value <= most else None


def _day(tokens: Sequence[_Token], place: int) -> int | None:
    return _number(tokens, place, 1, 31, (1, 2))


def _year(tokens: Sequence[_Token], place: int) -> int | None:
    return _number(tokens, place, 1800, 2199, (4,))


def _is_sign(tokens: Sequence[_Token], place: int, signs: str) -> bool:
    return place < len(tokens) and tokens[place].kind == "sign" and tokens[place].text in signs


def _in_digits(tokens: Sequence[_Token], place: int) -> _Found | None:
    """Read 2017-01-02, 02.01.2017 and 2/1/2017: three numbers with the same sign between them and no space."""
    if place + 4 >= len(tokens) or not _is_sign(tokens, place + 1, "-./") or tokens[place + 1].text != tokens[place + 3].text:
        return None
    if tokens[place].start + sum(len(token.text) for token in tokens[place : place + 5]) != tokens[place + 4].end:
        return None
    sign, month = tokens[place + 1].text, _number(tokens, place + 2, 1, 31, (1, 2))
    if (year := _year(tokens, place)) and (day := _day(tokens, place + 4)) and month is not None and month <= 12:
        return _Found(f"{year:04d}-{month:02d}-{day:02d}", "absolute", place + 5)
    first, year = _day(tokens, place), _year(tokens, place + 4)
    if first is None or month is None or year is None:
        return None
    if sign != "/" or first > 12 or month == first:
        return _Found(f"{year:04d}-{month:02d}-{first:02d}", "absolute", place + 5)
    if month > 12:
        return _Found(f"{year:04d}-{first:02d}-{month:02d}", "absolute", place + 5)
    return _Found(f"{year:04d}", "ambiguous", place + 5)


def _month(tokens: Sequence[_Token], place: int) -> tuple[int, int] | None:
    """Return the month that is named at a place and where its name ends; "يناير/كانون الثاني" is one month with two names."""
    for length in (2, 1):
        words = tuple(token.fold for token in tokens[place : place + length] if token.kind == "word")
        number = months().get(words) if len(words) == length else None
        if number is not None and tokens[place].text[0].islower() and tokens[place].text.isascii():
            return None  # "may", "march": English months have a capital
        if number is not None:
            end = place + length
            if _is_sign(tokens, end, "/") and (other := _month(tokens, end + 1)) and other[0] == number:
                return other
            return number, end
    return None


def _day_first(tokens: Sequence[_Token], place: int) -> _Found | None:
    """Read "2 января 2017", "2nd of January, 2017", "5 من آذار 2019", "3-5 мая 2016"."""
    day = _day(tokens, place)
    if day is None:
        return None
    end = place + 1
    last_day = None
    if _is_sign(tokens, end, "-–—") and (second := _day(tokens, end + 1)):
        last_day, end = second, end + 2
    while end < len(tokens) and (
        tokens[end].fold in _ORDINALS or tokens[end].fold in ("of", "من") or _is_sign(tokens, end, "-.")
    ):
        end += 1
    hijri = _hijri(tokens, end)
    if hijri:
        return _Found("", "hijri", hijri)
    month = _month(tokens, end)
    return _with_year(tokens, month[1], month[0], day, last_day) if month else None


def _month_first(tokens: Sequence[_Token], place: int) -> _Found | None:
    """Read "January 2, 2017", "Feb. 10, 2017", "январь 2017", "March 3-5, 2016"."""
    month = _month(tokens, place)
    if month is None:
        return None
    number, end = month
    end += _is_sign(tokens, end, ".")
    if day := _day(tokens, end):
        end += 1
        end += end < len(tokens) and tokens[end].fold in _ORDINALS
        last_day = None
        if _is_sign(tokens, end, "-–—") and (second := _day(tokens, end + 1)):
            last_day, end = second, end + 2
        return _with_year(tokens, end, number, day, last_day)
    end += _is_sign(tokens, end, ",،")
    end += end < len(tokens) and tokens[end].fold in ("of", "عام", "سنه", "من")
    year = _year(tokens, end)
    if year is None:
        return None
    end += 1
    return _Found(
        f"{year:04d}-{number:02d}", "absolute", end + (end < len(tokens) and tokens[end].fold in words_of("year_after"))
    )


def _with_year(tokens: Sequence[_Token], place: int, month: int, day: int, last_day: int | None) -> _Found:
    end = place + _is_sign(tokens, place, ".")
    end += _is_sign(tokens, end, ",،")
    end += end < len(tokens) and tokens[end].fold in ("عام", "سنه", "لعام", "من")
    year = _year(tokens, end)
    if year is None and (clock := _clock(tokens, end)):
        year, end = _year(tokens, clock[2]), clock[2]  # "Oct 16 14:54:41 2023", as Unix prints it
    if year is None:
        return _Found("", "yearless", place)
    end += 1
    if end < len(tokens) and tokens[end].fold in words_of("year_after"):
        end += 1
    # A span of days is kept to the month: it says no day, and the month holds it.
    iso = f"{year:04d}-{month:02d}" + ("" if last_day else f"-{day:02d}")
    return _Found(iso, "absolute", end)


def _hijri(tokens: Sequence[_Token], place: int) -> int | None:
    for length in (2, 1):
        words = tuple(token.fold for token in tokens[place : place + length])
        if len(words) == length and words in hijri_months():
            end = place + length
            return end + 1 if _number(tokens, end, 1200, 1600, (4,)) else end
    return None


def _bare_year(tokens: Sequence[_Token], place: int) -> _Found | None:
    """Read a year that a word beside it makes a year: "2016 год", "in 2016", "عام 2016"."""
    year = _year(tokens, place)
    if year is None:
        return None
    before = tokens[place - 1].fold if place else ""
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if after is not None and after.fold in words_of("year_after"):
        return _Found(f"{year:04d}", "absolute", place + 2)
    ends = after is None or after.kind == "sign" or after.fold in words_of("after_a_year")
    # "A shop in Tokyo, Japan, 2018.": behind a comma and at the end.
    closes = before in (",", "،") and (after is None or after.text in (".", "(", "\n"))
    if closes or before in words_of("year_before_arabic") or (before in words_of("year_before_english") and ends):
        return _Found(f"{year:04d}", "absolute", place + 1)
    return None


def _relative(token: _Token, place: int) -> _Found | None:
    return _Found("", "relative", place + 1) if token.fold in words_of("relative") else None


def _clock_beside(tokens: Sequence[_Token], first: int, last: int) -> tuple[tuple[str, str], int, int]:
    """Return the time of day and zone that stand after or before a date, empty when there are none, and the bounds of all."""
    after = last
    while after < len(tokens) and (tokens[after].kind == "sign" or tokens[after].fold in words_of("filler")):
        after += 1
    clock = _clock(tokens, after)
    if clock:
        return (clock[0], clock[1]), first, clock[2]
    for place in range(first):
        clock = _clock(tokens, place)
        if clock and clock[2] <= first:
            return (clock[0], clock[1]), place, last
    return ("", ""), first, last


def _clock(tokens: Sequence[_Token], place: int) -> tuple[str, str, int] | None:
    hour = _number(tokens, place, 0, 23, (1, 2))
    if hour is None or not _is_sign(tokens, place + 1, ":.") or (minute := _number(tokens, place + 2, 0, 59, (2,))) is None:
        return None
    end, second = place + 3, 0
    if _is_sign(tokens, end, ":") and (value := _number(tokens, end + 1, 0, 59, (2,))) is not None:
        end, second = end + 2, value
    half = tokens[end].fold if end < len(tokens) else ""
    if half in ("am", "pm", "a", "p") and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
        end += 1
        while half in ("a", "p") and end < len(tokens) and (tokens[end].fold == "m" or _is_sign(tokens, end, ".")):
            end += 1
    zone, end = _zone(tokens, end)
    return f"T{hour:02d}:{minute:02d}:{second:02d}", zone, end


def _zone(tokens: Sequence[_Token], place: int) -> tuple[str, int]:
    if place < len(tokens) and tokens[place].fold in _MOSCOW:
        return "Europe/Moscow", place + 1
    if place < len(tokens) and tokens[place].fold in _ZONES:
        offset, end = _zone(tokens, place + 1)
        return (offset, end) if offset else (_ZONES[tokens[place].fold], place + 1)
    if _is_sign(tokens, place, "+-") and (hours := _number(tokens, place + 1, 0, 14, (1, 2))) is not None:
        end, minutes = place + 2, 0
        if _is_sign(tokens, end, ":") and (value := _number(tokens, end + 1, 0, 59, (2,))) is not None:
            end, minutes = end + 2, value
        return f"{tokens[place].text}{hours:02d}:{minutes:02d}", end
    return "", place


def _with_clock(iso: str, clock: tuple[str, str], assumed_zone: str | None) -> PartialDate:
    time, zone = clock
    if not time or len(iso) < len("2017-01-02"):
        return PartialDate.parse(iso, assumed_zone)
    if "/" in zone:
        # Moscow changed its offset in 2011 and 2014, so the name is resolved for the day itself.
        return replace(PartialDate.parse(iso + time, zone), zone="stated")
    return PartialDate.parse(iso + time + zone, assumed_zone)
