"""Rules on captions of one picture that cannot all be true."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from catalog.provenance.appearances import Appearance, appearances, publisher_name, words_of_day
from catalog.provenance.drawn import Drawn
from catalog.provenance.sentences import day, finding, named_place, told, words
from catalog.records.partial_date import place_in_time
from catalog.records.provenance import Finding
from catalog.records.saying import Fill, say
from catalog.records.traces import CaptionDisagreement

# A picture called today's may have been shown in another time zone and on the evening before.
_NOT_TODAY = timedelta(days=2)


def place_conflict(drawn: Drawn) -> Iterator[Finding]:
    """Find captions, and stated locations, that place one picture in two places neither of which lies in or near the other."""
    for item in appearances(drawn.photos):
        for said in item.publication.disagreements:
            if said.kind == "place" and said.other == item.publication.id:
                saying = say(
                    "%(who)s places the picture in %(said)s in its caption and states the location %(stated)s.",
                    told("who", item),
                    named_place("said", said.said, said.value, _printed(said, 0)),
                    named_place("stated", said.other_said, said.other_value, _printed(said, 1)),
                )
                yield finding("place_conflict", saying, (item.publication.id,), said.spans)
    for item, other, said in _disagreeing(drawn, "place"):
        mine = 0 if said.spans and said.spans[0].subject == item.publication.id else 1
        saying = say(
            "%(who)s places the picture in %(said)s, %(other)s in %(other_said)s.",
            told("who", item),
            named_place("said", said.said, said.value, _printed(said, mine)),
            told("other", other),
            named_place("other_said", said.other_said, said.other_value, _printed(said, 1 - mine)),
        )
        yield finding("place_conflict", saying, (other.publication.id, item.publication.id), said.spans)


def actor_conflict(drawn: Drawn) -> Iterator[Finding]:
    """Find captions that name different actors in the same part, or one that denies what the other says."""
    for item, other, said in _disagreeing(drawn, "actor"):
        saying = say("%(who)s says “%(said)s”, %(other)s says “%(other_said)s”: not the same actor.", *_sides(item, other, said))
        yield finding("actor_conflict", saying, (other.publication.id, item.publication.id), said.spans)


def count_conflict(drawn: Drawn) -> Iterator[Finding]:
    """Find captions that count the same and come to numbers that cannot both be right."""
    for item, other, said in _disagreeing(drawn, "number"):
        saying = say("%(who)s counts “%(said)s”, %(other)s counts “%(other_said)s”.", *_sides(item, other, said))
        yield finding("count_conflict", saying, (other.publication.id, item.publication.id), said.spans)


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
            yield finding(
                "today_republished",
                say(
                    "%(who)s says “%(said)s”, but the picture was seen days before: %(first)s.",
                    told("who", item),
                    words("said", item.publication.says_today),
                    told("first", first),
                ),
                (item.publication.id, first.publication.id),
                words_of_day(item.publication, None),
            )


def date_before_camera_date(drawn: Drawn) -> Iterator[Finding]:
    """Find captions and statements that date a picture before the day on which its own file says it was taken."""
    for item in appearances(drawn.photos):
        taken = item.photo.facts.date_created
        claimed = [date for date in item.publication.event_dates if taken is not None and date.is_before(taken)]
        if claimed:
            yield finding(
                "date_before_camera_date",
                say(
                    "%(who)s dates the picture %(claimed)s, but its file says it was taken %(taken)s.",
                    told("who", item),
                    day("claimed", claimed[0]),
                    day("taken", taken),
                ),
                (item.publication.id, item.photo.sha256),
                words_of_day(item.publication, claimed[0]),
            )


def _printed(said: CaptionDisagreement, number: int) -> str:
    return said.spans[number].words if said.spans else ""


def _sides(item: Appearance, other: Appearance, said: CaptionDisagreement) -> tuple[Fill, ...]:
    return told("who", item), words("said", said.said), told("other", other), words("other_said", said.other_said)


def _disagreeing(drawn: Drawn, kind: str) -> Iterator[tuple[Appearance, Appearance, CaptionDisagreement]]:
    """Yield each publication with the earliest that showed the same picture before it and says something else.

    Of two of one day it is the one whose photo was made from fewer others.
    """
    made_from = {photo: len(drawn.ancestors(photo)) for photo in drawn.photos}
    by_id = {item.publication.id: item for item in appearances(drawn.photos)}
    for item in sorted(by_id.values(), key=_start):
        against = [
            (by_id[said.other], said)
            for said in item.publication.disagreements
            if said.kind == kind and said.other in by_id and _start(by_id[said.other]) < _start(item)
        ]
        against.sort(key=lambda pair: (_start(pair[0])[0], made_from[pair[0].photo.sha256], _start(pair[0])[1]))
        for other, said in against:
            if drawn.is_same_picture(item.photo.sha256, other.photo.sha256):
                yield item, other, said
                break


def _shows(drawn: Drawn, other: Appearance, item: Appearance) -> bool:
    whole, part = other.photo.sha256, item.photo.sha256
    return drawn.is_same_picture(whole, part) or part in drawn.ancestors(whole)


def _start(item: Appearance) -> tuple[tuple[datetime, datetime], str]:
    return place_in_time(item.shown_at), publisher_name(item.publication)
