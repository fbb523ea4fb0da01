"""How one caption stands to another of the same picture: claim by claim, then as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from catalog.captions.arms import arms
from catalog.captions.dates import find_dates
from catalog.captions.gazetteer import kilometres_between, lies_in, places
from catalog.captions.language import script_of
from catalog.captions.scene import Scene, read_scene
from catalog.captions.when import without_years_of_things
from catalog.records.claims import CONTRADICTIONS, CaptionComparison, Claim, ComparedClaim

# tests/captions/pairs.csv has the pairs these were set on (the rows that are not held out).
_SHARED_IDEAS = 0.34  # of the ideas of the caption that has fewer
_SHARED_STEMS = 0.34  # of the words of the shorter caption, in one language
_SHORTER = 0.55  # of what is said, in other words
_SHORTER_ACROSS = 0.5  # languages differ in how many words they take
_CUT = 0.85  # of what is said, where the shorter has hardly a word of its own
_A_WORD_OR_TWO = 3  # fewer words than this are no shortening
_OWN_WORDS = 0.1  # at most so many of its words
_NEAR_KM = 60.0  # "near Aleppo"
_TOWN_KM = 20.0  # a suburb is named after its town
_TWIN_KM = 5.0  # of two towns of like size neither is named after the other, unless they are grown together
_LIKE_SIZE = 3.0  # the larger has fewer than so many times the people of the smaller
# Claims of one kind that are held against each other: captions have a handful, and every one meets every other.
_MOST_CLAIMS = 64
_OVER = ("context", "origin")
Compare = Callable[[Claim, Claim], str]


def compare_captions(
    text_a: str, claims_a: Sequence[Claim], language_a: str | None,
    text_b: str, claims_b: Sequence[Claim], language_b: str | None,
) -> CaptionComparison:  # fmt: skip
    """Compare caption b with caption a; `shortened` says that b tells less, `extended` that it tells more.

    Background, credits and years of things in the picture count for nothing. Two captions that share neither what they show nor
    a place, an actor or a number are unrelated, whatever their dates; else one contradiction makes them contradicting.
    """
    compared = tuple(_compared(without_years_of_things(text_a, claims_a), without_years_of_things(text_b, claims_b)))
    scene_a, scene_b = read_scene(text_a, claims_a), read_scene(text_b, claims_b)
    is_across = _are_two_languages(text_a, language_a, text_b, language_b)
    found = {item.kind for item in compared if item.comparison == "contradicting"}
    contradictions = tuple(kind for kind in CONTRADICTIONS if kind in found)
    if not _is_related(scene_a, scene_b, compared, is_across=is_across):
        return CaptionComparison("unrelated", (), compared)
    if contradictions:
        return CaptionComparison("contradicting", contradictions, compared)
    return CaptionComparison(_by_length(scene_a, scene_b, compared, is_across=is_across), (), compared)


def compare_claims(a: Sequence[Claim], b: Sequence[Claim]) -> tuple[ComparedClaim, ...]:
    """Compare the claims of two captions, kind by kind, those of one kind that belong together side by side.

    Every date is taken for the picture's; `without_years_of_things` leaves out the others.
    """
    return tuple(_compared(a, b))


def _compared(claims_a: Sequence[Claim], claims_b: Sequence[Claim]) -> Iterator[ComparedClaim]:
    for kind, compare in _COMPARE.items():
        mine = [claim for claim in claims_a if claim.kind == kind and claim.role not in _OVER]
        yours = [claim for claim in claims_b if claim.kind == kind and claim.role not in _OVER]
        mine, yours = _once(mine)[:_MOST_CLAIMS], _once(yours)[:_MOST_CLAIMS]
        if kind == "place":
            mine, yours = _innermost(mine), _innermost(yours)
        yield from _aligned(kind, mine, yours, compare, has_many=kind in ("number", "actor"))


_ORDER = ("same", "finer", "coarser", "compatible", "contradicting")


def _aligned(kind: str, mine: list[Claim], yours: list[Claim], compare: Compare, *, has_many: bool) -> Iterator[ComparedClaim]:
    """Pair claims best first. Of dates and places one agreement settles the kind: the rest is beside the matter."""
    ranked = sorted(
        ((_ORDER.index(compare(a, b)), i, j) for i, a in enumerate(mine) for j, b in enumerate(yours)), key=lambda item: item
    )
    used_a: set[int] = set()
    used_b: set[int] = set()
    agreed = False
    for rank, i, j in ranked:
        if i in used_a or j in used_b or (kind == "number" and mine[i].value != yours[j].value):
            continue
        if _ORDER[rank] == "contradicting" and agreed and (not has_many or _settled(mine, yours, i, j, compare)):
            continue
        agreed = agreed or _ORDER[rank] != "contradicting"
        used_a.add(i)
        used_b.add(j)
        yield ComparedClaim(kind, _ORDER[rank], mine[i], yours[j])
    for i, claim in enumerate(mine):
        if i not in used_a:
            yield ComparedClaim(kind, "silent", claim, None)
    for j, claim in enumerate(yours):
        if j not in used_b:
            yield ComparedClaim(kind, "silent", None, claim)


def _settled(mine: list[Claim], yours: list[Claim], i: int, j: int, compare: Compare) -> bool:
    """Tell whether either side of a contradiction is said by the other caption elsewhere, so that nothing is contradicted."""
    agrees = ("same", "finer", "coarser")
    return any(compare(mine[i], other) in agrees for other in yours) or any(compare(other, yours[j]) in agrees for other in mine)


def _once(claims: Sequence[Claim]) -> list[Claim]:
    found: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        found.setdefault((claim.value, claim.role, claim.least, claim.most) if claim.value else (claim.text,), claim)
    return list(found.values())


def _innermost(claims: Sequence[Claim]) -> list[Claim]:
    """Leave out places in which another named place lies: "Aleppo, Syria" is Aleppo."""
    return [
        claim for claim in claims if not any(other.value != claim.value and lies_in(other.value, claim.value) for other in claims)
    ]


def _dates(a: Claim, b: Claim) -> str:
    mine, yours = _calendar(a), _calendar(b)
    if mine is None or yours is None:
        return "compatible"
    if mine.startswith("--") or yours.startswith("--"):
        if len(mine.lstrip("-")) < 5 or len(yours.lstrip("-")) < 5:
            return "compatible" if not _is_months_apart(mine, yours) else "contradicting"
        if mine[-5:] != yours[-5:]:
            return "contradicting"
        return "same" if mine == yours else ("finer" if mine.startswith("--") else "coarser")
    if mine == yours:
        return "same"
    if yours.startswith(mine):
        return "finer"
    if mine.startswith(yours):
        return "coarser"
    return "contradicting"


def _is_months_apart(mine: str, yours: str) -> bool:
    """Tell whether a day without a year and a month of a year name different months."""
    day, other = (mine, yours) if mine.startswith("--") else (yours, mine)
    return len(other) == len("2017-01") and other[5:7] != day[2:4]


def _calendar(claim: Claim) -> str | None:
    """Return a date as ISO 8601, a day without a year as --MM-DD, None where it has no value."""
    if claim.value:
        return claim.value[:10]
    if claim.role == "yearless":
        read = find_dates(f"{claim.text} 2000")
        if read and read[0].date is not None and read[0].date.edtf and len(read[0].date.edtf) == len("2000-01-02"):
            return "-" + read[0].date.edtf[4:]
    return None


def _places(a: Claim, b: Claim) -> str:
    if a.value == b.value:
        return "same" if a.role == b.role else "compatible"
    if lies_in(b.value, a.value):
        return "finer"
    if lies_in(a.value, b.value):
        return "coarser"
    apart = kilometres_between(a.value, b.value)
    reach = _NEAR_KM if "near" in (a.role, b.role) else _TWIN_KM if _are_of_like_size(a.value, b.value) else _TOWN_KM
    return "compatible" if apart is not None and apart <= reach else "contradicting"


def _are_of_like_size(one: str, other: str) -> bool:
    a, b = places()[one].people, places()[other].people
    return a is not None and b is not None and max(a, b) < _LIKE_SIZE * min(a, b)


def _actors(a: Claim, b: Claim) -> str:
    roles = {a.role, b.role}
    if a.value == b.value:
        if "responsible" in roles and roles & {"denied", "target"}:
            return "contradicting"
        return "same" if len(roles) == 1 else "compatible"
    if _is_wider(a.value, b.value):
        return "finer"
    if _is_wider(b.value, a.value):
        return "coarser"
    return "contradicting" if len(roles) == 1 and roles & {"responsible", "target", "shown"} else "compatible"


# Whom other names take in; what these fight as is told either way.
_WIDER = {
    "syrian-rebels": {"nusra", "jaish-al-islam", "zenki"},
    "islamic-state": {"al-qaeda"},
    "separatists": {"russian-forces", "wagner", "chechen-forces"},
    "russian-forces": {"wagner", "chechen-forces", "separatists"},
    "coalition": {"us-forces", "french-forces", "british-forces"},
    "nato": {"us-forces", "french-forces", "british-forces"},
    "saudi-coalition": {"saudi-forces"},
    "ukrainian-forces": {"azov"},
    "palestinian-militants": {"hamas", "islamic-jihad"},
    "iraqi-forces": {"pmf"},
    "ethiopian-army": {"eritrean-army"},
}


def _is_wider(outer: str, inner: str) -> bool:
    return inner in _WIDER.get(outer, ())


def _numbers(a: Claim, b: Claim) -> str:
    if a.value != b.value:
        return "compatible"
    if a.least is None or b.least is None:
        return "compatible"
    if (a.least, a.most) == (b.least, b.most):
        return "same"
    if (a.most is not None and a.most < b.least) or (b.most is not None and b.most < a.least):
        return "contradicting"
    inside = b.least >= a.least and (a.most is None or (b.most is not None and b.most <= a.most))
    return "finer" if inside else "coarser"


def _weapons(a: Claim, b: Claim) -> str:
    if a.value == b.value:
        return "same"
    return "compatible" if arms()[a.value] == arms()[b.value] else "silent"


def _weapons_or_compatible(a: Claim, b: Claim) -> str:
    found = _weapons(a, b)
    return "compatible" if found == "silent" else found


_COMPARE: dict[str, Compare] = {
    "date": _dates, "place": _places, "actor": _actors, "number": _numbers, "weapon": _weapons_or_compatible,
}  # fmt: skip


def _is_related(a: Scene, b: Scene, compared: Sequence[ComparedClaim], *, is_across: bool) -> bool:
    if (a.length == 0) != (b.length == 0) and not any(item.a and item.b for item in compared):
        return False  # one of the two says nothing at all: an empty caption, or a credit alone
    least = min(len(a.ideas), len(b.ideas))
    shared = len(a.ideas & b.ideas)
    if least == 0:
        if min(len(a.stems), len(b.stems)) <= 1:
            return True
    elif shared / least >= _SHARED_IDEAS:
        return True
    words = min(len(a.stems), len(b.stems))
    if not is_across and words and len(a.stems & b.stems) / words >= _SHARED_STEMS:
        return True
    if any(item.kind == "place" and item.comparison == "same" and item.a and _is_landmark(item.a) for item in compared):
        return True
    agreed = {item.kind for item in compared if item.comparison in ("same", "finer", "coarser")}
    return len(agreed & {"place", "actor", "number", "date"}) >= (1 if shared else 2)


def _is_landmark(claim: Claim) -> bool:
    """Tell a square, a bridge or a hospital from a city, in which two pictures may have nothing in common."""
    return claim.value in places() and places()[claim.value].kind == "place"


def _by_length(a: Scene, b: Scene, compared: Sequence[ComparedClaim], *, is_across: bool) -> str:
    said_a = a.length + 2 * sum(item.b is None and item.kind != "weapon" for item in compared)
    said_b = b.length + 2 * sum(item.a is None and item.kind != "weapon" for item in compared)
    if abs(said_a - said_b) < _A_WORD_OR_TWO:
        return "translation" if is_across else "same"
    limit = _SHORTER_ACROSS if is_across else _SHORTER
    if said_b < limit * said_a or (not is_across and said_b < _CUT * said_a and _own(b, a) <= _OWN_WORDS):
        return "shortened"
    if said_a < limit * said_b or (not is_across and said_a < _CUT * said_b and _own(a, b) <= _OWN_WORDS):
        return "extended"
    return "translation" if is_across else "same"


def _own(one: Scene, other: Scene) -> float:
    """Return the share of the words of one caption that the other has not."""
    return len(one.stems - other.stems) / max(1, len(one.stems))


def _are_two_languages(text_a: str, language_a: str | None, text_b: str, language_b: str | None) -> bool:
    """Tell whether two texts are of two languages; where the language of one is not known, of two scripts."""
    if language_a and language_b:
        return _primary(language_a) != _primary(language_b)
    return script_of(text_a) != script_of(text_b)


def _primary(language: str) -> str:
    return language.split("-")[0].casefold()
