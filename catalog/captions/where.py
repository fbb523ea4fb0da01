"""Places that a text names, and how they belong to its picture: there, near there, or where people came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from catalog.captions.calendar_words import fold_word
from catalog.captions.gazetteer import kilometres_between, lies_in, place_names, places
from catalog.captions.words import Word, is_arabic, words_in


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """Hold one place named in a text: its id, the half-open range of words, and its role (shown, near, origin)."""

    id: str
    first: int
    last: int
    role: str


def _set(text: str) -> frozenset[str]:
    return frozenset(fold_word(word) for word in text.split())


_AT = _set(
    "in at near of outside inside around across to toward towards from over through into between north south east "
    "west via off on "
    "город города городе городу місто міста місті село села селе селі в во у на из з із зі под під возле біля по до около над "
    "поселке поселок смт селище посёлок город-герой "
    "في من إلى على قرب مدينة بلدة قرية محافظة بمدينة ببلدة بقرية شمال جنوب شرق غرب شمالي جنوبي شرقي غربي ضواحي نحو وسط بمحافظة "
    "city town village district province governorate suburb region"
)
_NEAR = _set(
    "near outside around surrounding suburb suburbs outskirts close towards north south east west "
    "под під возле біля около рядом неподалеку недалеко поблизу близ окрестностях околицях пригороде передмісті севернее южнее "
    "восточнее западнее південніше північніше "
    "قرب بالقرب مشارف ضواحي محيط جوار"
)
_COMING = _set(
    "fled fleeing refugee refugees displaced evacuated evacuees migrants migrant native originally exiled "
    "беженцы беженцев беженка бежали бежавшие бежавших эвакуированные эвакуированных переселенцы уроженец выходцы "
    "біженці біженців втекли евакуйовані евакуйованих переселенці родом "
    "نازحون نازحين لاجئون لاجئين النازحون النازحين اللاجئون اللاجئين فروا الفارين الفارون فارين المهجرين مهجرون نازحة لاجئة"
)
_FROM = _set("from из з із зі من")
# What a name directly behind them belongs to; no town is called so, unless the word is part of its name.
_LANDFORMS = _set(
    "cape island islands isle peninsula lake gulf bay strait "
    "мыс мыса мысе мысу мысом мис мису мисі мисом остров острова острове острову островом острів острову острові островом "
    "полуостров полуострова полуострове полуострову півострів півострова півострові півострову "
    "озеро озера озере озеру озером озері залив залива заливе заливу затока затоки затоці затоку "
    "пролив пролива проливе проливу протока протоки протоці протоку "
    "رأس جزيرة جزر بحيرة خليج مضيق"
)
# States as older captions of American agencies shorten them behind a town; alone, most are other words.
_SHORT_STATES = _set(
    "ala ariz ark calif colo conn del fla ga ill ind kan ky mass mich minn mont neb nev okla ore pa tenn tex vt va wis wyo "
    "tx ca ny nj nc sc nd sd nm wv dc"
)
_STATE = _set("state штат штате штата штату ولاية")  # within a name: "state of Georgia"
_TOWNS = ("city", "district")
_AMERICAN = ("US", "CA")
_STEP = 3  # words before a name that may make it a place
_REACH = 7  # words before a name in which people may have come from it


def find_places(words: Sequence[Word], taken: frozenset[int]) -> list[NamedPlace]:
    """Find the places that words name, longest names first, leaving out words that are taken for something else."""
    found: list[NamedPlace] = []
    at, american = 0, -1
    while at < len(words):
        length, meanings = place_names().at(words, at) if words[at].kind == "word" and at not in taken else (0, [])
        if not length or any(place in taken for place in range(at, at + length)) or not _is_name(words[at : at + length]):
            at += 1
            continue
        is_placed = _is_placed(words, at, at + length)
        behind = found[-1].id if found and found[-1].last == at - 1 and words[at - 1].text in (",", "،") else ""
        believed = [
            name
            for name in meanings
            if is_placed or not places()[name].is_wary or (behind and lies_in(behind, name)) or at == american
        ]
        if at == american:
            believed = [name for name in believed if places()[name].parent in _AMERICAN]
        inside = _within_what_follows(words, at + length, believed)
        if believed and not inside:
            american = at + length + 1  # what stands behind the comma is a state, were it a country elsewhere: "Athens, Georgia"
        believed = inside
        if _is_of_landform(words, at):
            believed = [name for name in believed if places()[name].kind not in _TOWNS]
        if believed:
            found.append(NamedPlace(_meant(believed, found), at, at + length, _role(words, at)))
        at += length
    return found


def names_place(text: str) -> bool:
    """Tell whether a text is the name of a place and nothing else."""
    words = words_in(text)
    return bool(words) and words[0].kind == "word" and place_names().at(words, 0)[0] == len(words)


def _is_name(words: Sequence[Word]) -> bool:
    """Tell whether a capital stands somewhere in it; Arabic has none and is believed."""
    return any(word.is_capital for word in words if word.kind == "word")


def _is_placed(words: Sequence[Word], first: int, last: int) -> bool:
    """Tell whether a preposition, a kind of place, or a comma and a wider place make a name a place."""
    before = [word.fold for word in words[max(0, first - 2) : first]]
    if any(fold in _AT for fold in before) or any(word.fold in _STATE for word in words[first:last]):
        return True
    fold = words[first].fold
    if is_arabic(fold) and fold not in place_names().by_first and fold.removeprefix("و")[:1] in ("ب", "ل"):
        return True  # a joined "in" or "to"
    if last + 1 < len(words) and words[last].text in (",", "،"):
        length, meanings = place_names().at(words, last + 1)
        return bool(length) and any(places()[name].kind in ("country", "region") for name in meanings)
    return False


def _within_what_follows(words: Sequence[Word], last: int, meanings: list[str]) -> list[str]:
    """Leave out meanings that do not lie in the wider place behind a comma: "Tripoli, Lebanon".

    Where none does, the names may have nothing to do with each other; but a town before an American state lies there or is none
    that the gazetteer has: "Paris, Texas".
    """
    if last + 1 >= len(words) or words[last].text not in (",", "،"):
        return meanings
    length, named = place_names().at(words, last + 1) if words[last + 1].kind == "word" else (0, [])
    wider = [name for name in named if places()[name].kind in ("country", "region")] if length else []
    inside = [name for name in meanings if any(name != outer and lies_in(name, outer) for outer in wider)]
    if inside:
        return inside
    if any(places()[name].parent in _AMERICAN for name in wider):
        return []
    if words[last + 1].fold in _SHORT_STATES and words[last + 1].is_capital:
        return [name for name in meanings if any(lies_in(name, country) for country in _AMERICAN)]
    return meanings


def _is_of_landform(words: Sequence[Word], first: int) -> bool:
    """Tell whether a name is that of a cape, an island or a water: the word for it stands directly before, or with "of"."""
    before = words[max(0, first - 2) : first]
    if before and before[-1].fold == "of":
        before = before[:-1]
    return bool(before) and before[-1].kind == "word" and not _LANDFORMS.isdisjoint(before[-1].forms)


def _meant(meanings: Sequence[str], others: Sequence[NamedPlace]) -> str:
    """Choose among places of one name: one that lies with the others named, else the first of the list."""
    if len(meanings) > 1:
        for other in reversed(others):
            for meaning in meanings:
                if lies_in(meaning, other.id) or lies_in(other.id, meaning):
                    return meaning
            for meaning in meanings:
                apart = kilometres_between(meaning, other.id)
                if apart is not None and apart < 150:
                    return meaning
    return meanings[0]


def _role(words: Sequence[Word], first: int) -> str:
    before = [word.fold for word in words[max(0, first - _STEP) : first] if word.kind == "word"]
    earlier = [word.fold for word in words[max(0, first - _REACH) : first] if word.kind == "word"]
    leading = [fold for fold in before if fold in _AT or fold in _NEAR]
    if leading and leading[-1] in _FROM and any(fold in _COMING for fold in earlier):
        return "origin"
    if leading and (
        leading[-1] in _NEAR or (leading[-1] in ("of", "от", "від", "من") and len(leading) > 1 and leading[-2] in _NEAR)
    ):
        return "near"
    return "shown"
