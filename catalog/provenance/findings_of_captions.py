"""Rules on captions of one picture that cannot all be true."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from catalog.provenance.appearances import Appearance, appearances, dated, publisher, told
from catalog.provenance.drawn import Drawn
from catalog.records.provenance import Finding
from catalog.records.traces import CaptionDisagreement

# A picture called today's may have been shown in another time zone and on the evening before.
_NOT_TODAY = timedelta(days=2)


def place_conflict(drawn: Drawn) -> Iterator[Finding]:
    """Find captions that place one picture in two places neither of which lies in or near the other."""
    for item, other, said in _disagreeing(drawn, "place"):
        reason = f"{told(item)} places the picture in {said.said}, {told(other)} in {said.other_said}."
        yield Finding("place_conflict", reason, (other.publication.id, item.publication.id), said.spans)


def actor_conflict(drawn: Drawn) -> Iterator[Finding]:
    """Find captions that name different actors in the same part, or one that denies what the other says."""
    for item, other, said in _disagreeing(drawn, "actor"):
        reason = f"{told(item)} says “{said.said}”, {told(other)} says “{said.other_said}”: not the same actor."
        yield Finding("actor_conflict", reason, (other.publication.id, item.publication.id), said.spans)


def count_conflict(drawn: Drawn) -> Iterator[Finding]:
    """Find captions that count the same and come to numbers that cannot both be right."""
    for item, other, said in _disagreeing(drawn, "number"):
        reason = f"{told(item)} counts “{said.said}”, {told(other)} counts “{said.other_said}”."
        yield Finding("count_conflict", reason, (other.publication.id, item.publication.id), said.spans)


def today_republished(drawn: Drawn) -> Iterator[Finding]:
    """Find captions that say "today" or "yesterday" of a picture that was seen days before."""
    every = list(appearances(drawn.photos))
    for item in every:
        day = item.shown_at
        if item.publication.says_today is None or day is None or day.earliest is None:
            continue
        limit = day.earliest - _NOT_TODAY
        earlier = [
            other
            for other in every
            if other.shown_at is not None
            and other.shown_at.latest is not None
            and other.shown_at.latest < limit
            and _shows(drawn, other, item)
        ]
        if earlier:
            first = min(earlier, key=_start)
            yield Finding(
                "today_republished",
                f"{told(item)} says “{item.publication.says_today}”, but the picture was seen days before: {told(first)}.",
                (item.publication.id, first.publication.id),
            )


def date_before_camera_date(drawn: Drawn) -> Iterator[Finding]:
    """Find captions and statements that date a picture before the day on which its own file says it was taken."""
    for item in appearances(drawn.photos):
        taken = item.photo.facts.date_created
        claimed = [date for date in item.publication.event_dates if taken is not None and date.is_before(taken)]
        if claimed:
            yield Finding(
                "date_before_camera_date",
                f"{told(item)} dates the picture {dated(claimed[0])}, but its file says it was taken {dated(taken)}.",
                (item.publication.id, item.photo.sha256),
            )


def _disagreeing(drawn: Drawn, kind: str) -> Iterator[tuple[Appearance, Appearance, CaptionDisagreement]]:
    """Yield each publication with the earliest that showed the same picture before it and says something else."""
    by_id = {item.publication.id: item for item in appearances(drawn.photos)}
    for item in sorted(by_id.values(), key=_start):
        against = [
            (by_id[said.other], said)
            for said in item.publication.disagreements
            if said.kind == kind and said.other in by_id and _start(by_id[said.other]) < _start(item)
        ]
        for other, said in sorted(against, key=lambda pair: _start(pair[0])):
            if drawn.is_same_picture(item.photo.sha256, other.photo.sha256):
                yield item, other, said
                break


def _shows(drawn: Drawn, other: Appearance, item: Appearance) -> bool:
    whole, part = other.photo.sha256, item.photo.sha256
    return drawn.is_same_picture(whole, part) or part in drawn.ancestors(whole)


def _start(item: Appearance) -> tuple[str, str]:
    date = item.shown_at
    return ("9999" if date is None or date.earliest is None else date.earliest.isoformat(), publisher(item.publication))
