"""Publications of a chain's photos in time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from catalog.records.partial_date import PartialDate, place_in_time
from catalog.records.provenance import TextSpan
from catalog.records.traces import CreditedSource, TracedPhoto, TracedPublication


@dataclass(frozen=True, slots=True)
class Appearance:
    """Hold one publication with the photo it showed."""

    photo: TracedPhoto
    publication: TracedPublication

    @property
    def shown_at(self) -> PartialDate | None:
        """Return when it was shown or first seen; None when nobody said so readably."""
        return self.publication.shown_at

    def is_before(self, other: Appearance) -> bool:
        """Tell whether this was shown before the other whatever the two dates leave open."""
        mine, yours = self.shown_at, other.shown_at
        return mine is not None and yours is not None and mine.is_before(yours)


def appearances(photos: Mapping[str, TracedPhoto]) -> Iterator[Appearance]:
    """Yield every publication of every photo, photos in stored order, publications by id."""
    for photo in sorted(photos.values(), key=lambda item: (item.stored_order, item.sha256)):
        for publication in sorted(photo.publications, key=lambda item: item.id):
            yield Appearance(photo, publication)


def span_of(subject: str, credit: CreditedSource) -> TextSpan:
    """Return where a credited name stands in a text of a publication, or of a file."""
    return TextSpan(subject, credit.statement, credit.printed, credit.span)


def words_of_day(publication: TracedPublication, date: PartialDate | None) -> tuple[TextSpan, ...]:
    """Return the words of captions that give a day, or that say "today" where the day is None."""
    wanted = "" if date is None else date.edtf
    return tuple(span for day, span in publication.said_days if day == wanted)


def earliest(photo: TracedPhoto) -> TracedPublication | None:
    """Return the earliest publication of a photo, or any where none has a date; None where nobody published it."""
    shown = [item for item in photo.publications if item.shown_at is not None] or list(photo.publications)
    return min(shown, key=lambda item: (place_in_time(item.shown_at), item.id), default=None)


def publisher_name(publication: TracedPublication) -> str:
    """Return who published, "" where nobody is named."""
    return publication.publisher_name or publication.publisher or ""
