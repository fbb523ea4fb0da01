"""What fills the sentences of findings: publications, photos, dates and names, each at a named place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from catalog.provenance.appearances import Appearance, earliest
from catalog.records.partial_date import PartialDate
from catalog.records.provenance import Finding, TextSpan
from catalog.records.saying import Fill, Saying, in_english, say
from catalog.records.traces import TracedPhoto, TracedPublication


def finding(rule: str, saying: Saying, subjects: Sequence[str], spans: Sequence[TextSpan] = ()) -> Finding:
    """Make a finding; its reason is the saying in English."""
    return Finding(rule, in_english(saying), tuple(subjects), tuple(spans), saying=saying)


def words(place: str, *texts: str) -> Fill:
    """Fill a place with names or words as printed."""
    return Fill(place, "words", texts)


def day(place: str, date: PartialDate | None) -> Fill:
    """Fill a place with a date: EDTF, or as stated, or that there is none."""
    return Fill(place, "date", ("" if date is None else date.edtf or date.raw,))


def photo(place: str, *sha256: str) -> Fill:
    """Fill a place with a photo by its digest alone."""
    return Fill(place, "photo", sha256)


def share(place: str, of_one: float) -> Fill:
    """Fill a place with a share of 0–1 in whole per cent."""
    return Fill(place, "share", (f"{100 * of_one:.0f}",))


def named_place(place: str, name: str, place_id: str, printed: str) -> Fill:
    """Fill a place with a place of the world: its name in English, its id, by which a face names it, and the words printed."""
    return Fill(place, "place", (name, place_id, printed))


def figure(place: str, written: str) -> Fill:
    """Fill a place with a figure."""
    return Fill(place, "figure", (written,))


def part(place: str, *sayings: Saying, joint: str = "and") -> Fill:
    """Fill a place with other sayings, joined as `records/saying.py` says."""
    return Fill(place, "sayings", (), sayings, joint)


def publisher(place: str, publication: TracedPublication) -> Fill:
    """Fill a place with who published."""
    name = publication.publisher_name or publication.publisher
    return words(place, name) if name else part(place, say("an unnamed publisher"))


def told(place: str, *shown: Appearance) -> Fill:
    """Fill a place with appearances: who, and when it was first seen there; each once."""
    return part(place, *_each_once(_told(item) for item in shown))


def named(place: str, shown: TracedPhoto, *, begins: bool = False) -> Fill:
    """Fill a place with a photo by its earliest appearance, or by its digest where there is none; `begins` a sentence or not."""
    first = earliest(shown)
    if first is None:
        digest = photo("photo", shown.sha256)
        return part(place, say("Photo %(photo)s", digest) if begins else say("photo %(photo)s", digest))
    fills = (photo("photo", shown.sha256), publisher("publisher", first), day("date", first.shown_at))
    return part(
        place,
        say("Photo %(photo)s of %(publisher)s (%(date)s)", *fills)
        if begins
        else say("photo %(photo)s of %(publisher)s (%(date)s)", *fills),
    )


def _told(item: Appearance) -> Saying:
    return say("%(publisher)s (%(date)s)", publisher("publisher", item.publication), day("date", item.shown_at))


def _each_once(sayings: Iterable[Saying]) -> list[Saying]:
    return sorted(dict.fromkeys(sayings), key=in_english)
