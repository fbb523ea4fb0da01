"""Numbers that a text names, with what they count and what became of it."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from catalog.captions.calendar_words import fold_word
from catalog.captions.words import Word, name_forms


@dataclass(frozen=True, slots=True)
class Counted:
    """Hold one number: what it counts ("killed people"), its bounds, and the half-open range of words."""

    what: str
    least: int
    most: int | None
    first: int
    last: int


_NUMBER_WORDS = {
    2: "two pair couple два две двое двух двум двумя дві двоє двох двома اثنان اثنين اثنتين",
    3: "three три трое трех трём троє трьох трьома ثلاثة ثلاث",
    4: "four четыре четверо четырех чотири четверо чотирьох أربعة أربع",
    5: "five пять пятеро пяти п'ять п'ятеро п'яти خمسة خمس",
    6: "six шесть шестеро шести шість шестеро шести ستة ست",
    7: "seven семь семеро семи сім семеро семи سبعة سبع",
    8: "eight восемь восьмеро восьми вісім восьмеро ثمانية ثماني ثمان",
    9: "nine девять девяти дев'ять дев'ятеро дев'яти تسعة تسع",
    10: "ten десять десяти десятеро عشرة عشر",
    11: "eleven одиннадцать одиннадцати одинадцять одинадцяти",
    12: "twelve dozen двенадцать двенадцати дванадцять дванадцяти",
    13: "thirteen тринадцать тринадцати тринадцять тринадцяти",
    14: "fourteen четырнадцать четырнадцати чотирнадцять чотирнадцяти",
    15: "fifteen пятнадцать пятнадцати п'ятнадцять п'ятнадцяти",
    16: "sixteen шестнадцать шестнадцати шістнадцять",
    17: "seventeen семнадцать семнадцати сімнадцять",
    18: "eighteen восемнадцать вісімнадцять",
    19: "nineteen девятнадцать дев'ятнадцять",
    20: "twenty двадцать двадцати двадцять двадцяти عشرون عشرين",
    30: "thirty тридцать тридцати тридцять тридцяти ثلاثون ثلاثين",
    40: "forty сорок сорока أربعون أربعين",
    50: "fifty пятьдесят пятидесяти п'ятдесят п'ятдесяти خمسون خمسين",
    60: "sixty шестьдесят шістдесят ستون ستين",
    70: "seventy семьдесят сімдесят سبعون سبعين",
    80: "eighty восемьдесят вісімдесят ثمانون ثمانين",
    90: "ninety девяносто дев'яносто تسعون تسعين",
    100: "hundred сто сотня مئة مائة",
    200: "двести двісті مئتين مئتان مائتي",
    300: "триста ثلاثمئة ثلاثمائة",
}
_DUALS = (
    "قتيلان قتيلين شخصان شخصين طفلان طفلين جريحان جريحين مصابان مصابين منزلان منزلين صاروخان صاروخين شهيدان شهيدين "
    "جنديان جنديين مدنيان مدنيين"
)
_THOUSANDS = "thousand тысяча тысячи тысяч тыс тисяча тисячі тисяч тис ألف آلاف الف"
# "Two dozen", "двух десятков": so many of them, where alone they say nothing exact.
_MULTIPLES = {"dozen": 12, **dict.fromkeys(("десятка", "десятков", "десятки", "десятків"), 10)}
_VAGUE = {
    (24, 99): "dozens scores десятки десятков десятками десятків десятки десятках عشرات العشرات",
    (100, 999): "hundreds сотни сотен сотнями сотні сотень مئات المئات",
    (1000, 999_999): "thousands тысячи тысячами тисячі тисячами آلاف الآلاف",
    (3, 20): "several нескольких несколько кілька кількох декілька عدة عدد",
}
_AT_LEAST = (
    "least than over exceeding менее более больше свыше меньшей минимум щонайменше понад більше менше принаймні "
    "мінімум أكثر الأقل يقل "
    "minimum"
)
_AT_MOST = "up до بحدود"
_ABOUT = (
    "about around some nearly almost approximately roughly около примерно почти порядка близько майже приблизно "
    "близько نحو حوالي قرابة زهاء تقريبا"
)
_FEWER = "fewer less under менш عن أقل"
_UNITS = (
    "year years month months day days hour hours minute minutes week weeks km kilometres kilometers kilometre miles "
    "metres meters mile "
    "percent mm old am pm storey story лет год года году месяц месяцев дня дней день часов час часа минут км "
    "километров метров процентов мм летний "
    "летняя летнего летнюю летней летние річний річна річну річного річної років року рік місяців місяць днів дні "
    "день годин години година "
    "хвилин кілометрів метрів відсотків этаж этажей этажный поверх поверхів поверховий процента "
    "عاما عام سنة سنوات أعوام شهرا أشهر شهر يوما أيام يوم ساعة ساعات دقيقة كيلومتر كيلومترا كم متر مترا أمتار بالمئة "
    "طابقا طوابق الساعة"
)
_AND = frozenset({"and", "и", "та", "й", "و"})
_STATE_REACH = 6
_NOUN_REACH = 4
_WHOLE = re.compile(r"[.,\u066c \u00a0]")


def _set(text: str) -> frozenset[str]:
    return frozenset(fold_word(word) for word in text.split())


@cache
def _number_words() -> dict[str, int]:
    found = {fold_word(word): number for number, words in _NUMBER_WORDS.items() for word in words.split()}
    return {**found, **dict.fromkeys(_set(_DUALS), 2)}


@cache
def _vague() -> dict[str, tuple[int, int]]:
    return {word: bounds for bounds, words in reversed(_VAGUE.items()) for word in _set(words)}


@cache
def _lexicon(sort: str) -> dict[str, str]:
    rows = csv.DictReader(files("catalog.captions").joinpath("counted.csv").read_text("utf-8").splitlines())
    found: dict[str, str] = {}
    for row in rows:
        if row["sort"] == sort:
            for language in ("en", "ru", "uk", "ar"):
                for name in row[language].split("|"):
                    if " " not in name:
                        for forms in name_forms(name):
                            found.setdefault(forms[0], row["id"])
    return found


@cache
def _bag(name: str) -> frozenset[str]:
    return _set(globals()[name])


def find_counts(words: Sequence[Word], taken: frozenset[int]) -> list[Counted]:
    """Find the numbers that count something; a number of years, kilometres or hours, or in a date, counts nothing here.

    "At least" leaves the upper bound open, "about" allows a fifth up and down, "dozens" is 24 to 99.
    """
    found: list[Counted] = []
    at = 0
    while at < len(words):
        bounds, last = _number_at(words, at, taken)
        if bounds is None:
            at += 1
            continue
        what, end = _counted(words, at, last, taken)
        if what:
            least, most = _qualified(words, at, last, bounds)
            found.append(Counted(what, least, most, at, end))
        at = last
    return found


def _number_at(words: Sequence[Word], at: int, taken: frozenset[int]) -> tuple[tuple[int, int] | None, int]:
    word = words[at]
    if at in taken:
        return None, at + 1
    if word.kind == "number":
        digits = _WHOLE.sub("", word.text)
        value = int("".join(str(unicodedata.digit(digit)) for digit in digits)) if len(digits) <= 9 else 0
        last = at + 1
        if last < len(words) and words[last].fold in _bag("_THOUSANDS"):
            return (value * 1000, value * 1000), last + 1
        return ((value, value) if value else None), last
    if word.kind != "word":
        return None, at + 1
    spoken = next((form for form in sorted(word.forms) if form in _number_words()), None)
    if spoken is not None:
        value, last = _number_words()[spoken], at + 1
        while last < len(words) and last < at + 4:
            joined = last + 1 if words[last].text == "-" or words[last].fold in ("and", "و") else last
            if joined >= len(words):
                break
            nxt = words[joined]
            more = next((_number_words()[form] for form in sorted(nxt.forms) if form in _number_words()), None)
            if more is not None and value >= 20 and more < 10:
                value, last = value + more, joined + 1
            elif more == 100 and value < 10 and joined == last:
                value, last = value * 100, last + 1
            elif nxt.fold in _MULTIPLES and joined == last and value < 10:
                value, last = value * _MULTIPLES[nxt.fold], last + 1
            elif nxt.fold in _bag("_THOUSANDS") and joined == last:
                value, last = value * 1000, last + 1
            else:
                break
        if word.fold in _set(_DUALS):
            return (2, 2), at + 1
        return (value, value), last
    vague = next((_vague()[form] for form in (word.fold, *sorted(word.forms)) if form in _vague()), None)
    return vague, at + 1


def _counted(words: Sequence[Word], first: int, last: int, taken: frozenset[int]) -> tuple[str, int]:
    """Return what a number counts, by the noun after it and the state beside it, and where the noun ends."""
    who, noun = "", last
    own = words[first].fold if words[first].fold in _bag("_DUALS") else ""
    if own:
        who = _lexicon("who").get(own, "") or "people"
    for number in range(last, min(last + _NOUN_REACH, len(words))):
        word = words[number]
        if word.kind == "sign" and word.text not in "-–\"'«»":
            break
        if word.kind == "number" or word.fold in _bag("_UNITS") or number in taken:
            if not (number in taken and number > last):
                return "", last
            continue
        if not who and (named := _who(word)):
            who, noun = named, number + 1
            break
    state = _state(words, first, max(last, noun))
    if not who and not state:
        return "", last
    if not who or (who == "people" and state):
        who = who or "people"
    return f"{state} {who}".strip(), max(last, noun)


def _who(word: Word) -> str:
    known = _lexicon("who")
    return known.get(word.fold, "") or next((known[form] for form in sorted(word.forms) if form in known), "")


def _state(words: Sequence[Word], first: int, last: int) -> str:
    """Return the state whose word stands nearest, the words of the noun itself first; another number ends the search."""
    for number in range(first, last):
        if state := _state_of(words[number]):
            return state
    best: tuple[int, str] | None = None
    for number in range(last, min(last + _STATE_REACH, len(words))):
        word = words[number]
        # What "and" joins on speaks of another number: "killing at least 12 people and injuring 30".
        if word.kind == "number" or word.text in ",;،؛(" or word.fold in _AND or (word.fold[0] == "و" and _state_of(word)):
            break
        if (state := _state_of(word)) and word.fold != "hit":
            best = (number - last, state)
            break
    for step in range(1, _STATE_REACH + 1):
        number = first - step
        if number < 0 or words[number].text in ";؛" or words[number].kind == "number":
            break
        if state := _state_of(words[number]):
            # "killed 12 and injured 30" and "12 killed": the nearer word speaks of the number.
            if best is None or step - 1 < best[0]:
                best = (step - 1, state)
            break
    return best[1] if best else ""


def _state_of(word: Word) -> str:
    known = _lexicon("state")
    return known.get(word.fold, "") or next((known[form] for form in sorted(word.forms) if form in known), "")


def _qualified(words: Sequence[Word], first: int, last: int, bounds: tuple[int, int]) -> tuple[int, int | None]:
    least, most = bounds
    before = [word.fold for word in words[max(0, first - 4) : first] if word.kind == "word"]
    after = [word.fold for word in words[last : last + 4] if word.kind == "word"]
    near = before[-3:]
    if any(fold in _bag("_AT_LEAST") for fold in (*near, *after[-2:])) and not any(
        fold in ("fewer", "less", "under") for fold in near
    ):
        strictly = any(fold in _set("than over более больше свыше понад більше أكثر") for fold in near)
        is_floor = any(
            fold in _set("least менее меньшей минимум щонайменше менше принаймні мінімум الأقل يقل") for fold in (*near, *after)
        )
        return least + (1 if strictly and not is_floor else 0), None
    if any(fold in _bag("_AT_MOST") for fold in before[-2:]):
        return 1, most
    if any(fold in _bag("_ABOUT") for fold in before[-2:]):
        return int(least * 0.8), int(most * 1.2) + 1
    return least, most
