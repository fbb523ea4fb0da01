"""The shipped places and the countries of CLDR: their names in four languages, where they lie and in what."""

from __future__ import annotations

import csv
import math
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from babel import Locale

from catalog.captions.words import NameIndex, index_names

LANGUAGES = ("en", "ru", "uk", "ar")
# CLDR's own names are joined by those that captions use.
_MORE_NAMES = {
    "SY": "Syrian Arab Republic|САР|Сирийская Арабская Республика|الجمهورية العربية السورية|سورية",
    "RU": "Russian Federation|РФ|Российская Федерация|Російська Федерація|روسيا الاتحادية",
    "US": "USA|U.S.|United States of America|America|США|Соединённые Штаты|Сполучені Штати|Америка|"
    "الولايات المتحدة الأمريكية|الولايات المتحدة الأميركية|أمريكا|أميركا",
    "GB": "UK|Britain|Great Britain|Великобритания|Британия|Британія|Велика Британія|بريطانيا",
    "EG": "Египт|Єгипт",
    "SA": "السعودية",
    "PS": "Palestine|Palestinian territories|Палестина|فلسطين",
    "BY": "Белоруссия|Беларусь|Білорусь|بيلاروسيا|روسيا البيضاء|Belarus",
    "MM": "Myanmar|Burma|Мьянма|Бирма|М'янма|Бірма|ميانمار|بورما",
    "AE": "UAE|ОАЭ|ОАЕ|Объединённые Арабские Эмираты|Об'єднані Арабські Емірати|Эмираты|الإمارات",
    "TR": "Turkey|Türkiye|Турция|Туреччина|تركيا",
    "CG": "Republic of the Congo|Республика Конго|Республіка Конго",
    "VA": "Vatican",
    "KG": "Кыргызстан",
    "TM": "Туркмения",
    "MD": "Молдавия",
    "CL": "شيلي",
    "PE": "البيرو",
    "NE": "Нігері",  # cases of the one that look like those of the other
    "NG": "Нігерії",
    "CZ": "Czech Republic|Чехия|التشيك",
    "CD": "DR Congo|ДР Конго|Демократическая Республика Конго|الكونغو الديمقراطية",
    "CN": "China|Китай|الصين",
    "HK": "",
    "KP": "North Korea|Северная Корея|КНДР|Північна Корея|كوريا الشمالية",
    "KR": "South Korea|Южная Корея|Республика Корея|Південна Корея|Республіка Корея|كوريا الجنوبية",
    "BA": "Bosnia|Босния|Боснія|البوسنة",
    "MK": "Macedonia|Македония|Македонія|مقدونيا",
    "CI": "Ivory Coast|Кот-д'Ивуар|ساحل العاج",
    "CF": "ЦАР",
    "UA": "Ukraine|Украина|Україна|أوكرانيا|اوكرانيا",
}
# CLDR names of islands and of uninhabited places, and such as are everyday words, mislead more than they tell.
_NO_COUNTRIES = frozenset(
    re.findall(r"\S+", "AQ BV HM TF UM GS IO CC CX AC CP DG TA EA IC EZ QO XA XB XK ZZ UN EU BQ CW SX MF BL HK MO PS")
)
# Names of persons and everyday words.
_WARY_COUNTRIES = ("TG", "TD", "ML", "JO", "GE", "NE", "OM", "CU", "MT")
_WARY_STATES = ("us-ga", "us-mt", "us-va")


@dataclass(frozen=True, slots=True)
class Place:
    """Hold one place: its kind (country, region, city, district, place), what it lies in, coordinates in degrees, its names.

    `people` is how many live in a city as GeoNames counts them, None where it does not say or the place is no city.
    `is_wary` says that its names are believed only where words beside them make them a place. `latitude` and `longitude` are
    None for countries. `reference` says where it can be looked up.
    """

    id: str
    kind: str
    parent: str
    latitude: float | None
    longitude: float | None
    people: int | None
    names: tuple[tuple[str, str], ...]
    reference: str
    is_wary: bool

    def name(self, language: str = "en") -> str:
        """Return its first name in a language, else in English, else any."""
        for wanted in (language, "en"):
            for spoken, name in self.names:
                if spoken == wanted:
                    return name
        return self.names[0][1]


@cache
def places() -> dict[str, Place]:
    """Return every place by its id: countries by ISO 3166-1 alpha-2, the others as in `places.csv`."""
    found = {code: _country(code) for code in sorted(Locale("en").territories) if _is_country(code)}
    found["PS"] = _country("PS")
    found["HK"] = _country("HK")
    text = files("catalog.captions").joinpath("places.csv").read_text("utf-8")
    for row in csv.DictReader(text.splitlines()):
        names = tuple((language, name) for language in LANGUAGES for name in row[language].split("|") if name)
        people = int(row["people"]) if row["people"] else None
        is_by_hand = row["id"] != "g" + row["reference"].rpartition("/")[2]
        if names:
            found[row["id"]] = Place(
                row["id"], row["kind"], row["parent"], float(row["lat"]), float(row["lon"]), people, names, row["reference"],
                not is_by_hand or row["id"] in _WARY_STATES,
            )  # fmt: skip
    return found


def _is_country(code: str) -> bool:
    return (
        len(code) == 2
        and code.isalpha()
        and code not in _NO_COUNTRIES
        and all(code in Locale(language).territories for language in LANGUAGES)
    )


def _country(code: str) -> Place:
    names = [(language, str(Locale(language).territories[code])) for language in LANGUAGES]
    names += [("", name) for name in _MORE_NAMES.get(code, "").split("|") if name]
    return Place(code, "country", "", None, None, None, tuple(names), "CLDR", code in _WARY_COUNTRIES)


@cache
def place_names() -> NameIndex:
    """Return the index of all names of all places; generated names with the Arabic article also stand without it."""
    named = []
    for place in places().values():
        for _, name in place.names:
            named.append((name, place.id))
            first, _, rest = name.partition(" ")
            if place.is_wary and first in ("Al", "Ad", "An", "Ar", "As", "Ash", "At", "Az") and len(rest) >= 5:
                named.append((rest, place.id))
            if place.is_wary and name.endswith("ah") and len(name) > 6:
                named.append((name[:-1], place.id))
    return index_names(named)


@cache
def around(place_id: str) -> tuple[str, ...]:
    """Return the ids of a place and of all it lies in, nearest first."""
    found: list[str] = []
    current = place_id
    while current in places() and current not in found:
        found.append(current)
        current = places()[current].parent
    return tuple(found)


def lies_in(inner: str, outer: str) -> bool:
    """Tell whether a place is another or lies in it."""
    return outer in around(inner)


@cache
def kilometres_between(one: str, other: str) -> float | None:
    """Return the distance of two places in kilometres on a sphere of 6371 km; None where one has no coordinates."""
    a, b = places()[one], places()[other]
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return None
    phi_a, phi_b = math.radians(a.latitude), math.radians(b.latitude)
    half = math.sin((phi_b - phi_a) / 2) ** 2
    half += math.cos(phi_a) * math.cos(phi_b) * math.sin(math.radians(b.longitude - a.longitude) / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(half))
