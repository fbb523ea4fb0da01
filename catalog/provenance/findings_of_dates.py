"""Rules on dates that cannot all be true."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from catalog.provenance.appearances import Appearance, appearances, words_of_day
from catalog.provenance.drawn import Drawn
from catalog.provenance.quantities import first_shown
from catalog.provenance.sentences import day, figure, finding, named, photo, publisher, told
from catalog.records.partial_date import PartialDate, place_in_time
from catalog.records.provenance import Finding
from catalog.records.saying import Fill, Saying, say


def shown_before_date_claimed(drawn: Drawn) -> Iterator[Finding]:
    """Find claims that a picture shows a day which comes after the picture was already seen."""
    every = list(appearances(drawn.photos))
    for item in every:
        for claimed in _claims(item):
            earlier = [
                other
                for other in every
                if (shown := other.shown_at) is not None and shown.is_before(claimed) and _shows(drawn, other, item)
            ]
            if earlier:
                first = min(earlier, key=_start)
                yield finding(
                    "shown_before_date_claimed",
                    say(
                        "%(who)s dates the picture %(claimed)s, but it was seen before that: %(first)s.",
                        told("who", item),
                        day("claimed", claimed),
                        told("first", first),
                    ),
                    (item.publication.id, first.publication.id),
                    words_of_day(item.publication, claimed),
                )
                break


def copy_seen_before_original(drawn: Drawn) -> Iterator[Finding]:
    """Find copies that were seen before what they were made from: a parent, or what it came from where that has no date."""
    for name, copy in drawn.photos.items():
        shown = first_shown(copy)
        if shown is None:
            continue
        for original, between in _later_originals(drawn, name, shown):
            those = named("copy", copy, begins=True), named("original", drawn.photos[original])
            yield finding("copy_seen_before_original", _seen_before(between, *those), (name, original))


def _seen_before(between: int, copy: Fill, original: Fill) -> Saying:
    if not between:
        return say(
            "%(copy)s looks made from %(original)s, which was first seen later: "
            "a date is wrong, or an earlier appearance is missing.",
            copy,
            original,
        )
    return say(
        "%(copy)s looks made, by way of other photos held here (%(count)s), from %(original)s, which was first seen later: "
        "a date is wrong, or an earlier appearance is missing.",
        copy,
        figure("count", str(between)),
        original,
    )


def _later_originals(drawn: Drawn, copy: str, shown: PartialDate) -> Iterator[tuple[str, int]]:
    """Yield, on every line back from a copy, the nearest photo that was first seen later, and how many are between."""
    todo = [(parent, 0) for parent in drawn.parents(copy)]
    met = {copy}
    while todo:
        original, between = todo.pop(0)
        if original in met:
            continue
        met.add(original)
        date = first_shown(drawn.photos[original])
        if date is not None and shown.is_before(date):
            yield original, between
        else:
            todo += [(parent, between + 1) for parent in drawn.parents(original)]


def camera_date_after_publication(drawn: Drawn) -> Iterator[Finding]:
    """Find files whose own camera date comes after the file, or a copy of it, was seen published."""
    every = list(appearances(drawn.photos))
    for sha256, held in sorted(drawn.photos.items()):
        taken = held.facts.date_created
        if taken is None:
            continue
        earlier = [
            other
            for other in every
            if (drawn.is_same_picture(sha256, other.photo.sha256) or sha256 in drawn.ancestors(other.photo.sha256))
            and (shown := other.shown_at) is not None
            and shown.is_before(taken)
        ]
        if earlier:
            first = min(earlier, key=_start)
            yield finding(
                "camera_date_after_publication",
                say(
                    "Photo %(photo)s says it was taken %(taken)s, but it was seen before that: %(first)s.",
                    photo("photo", sha256),
                    day("taken", taken),
                    told("first", first),
                ),
                (sha256, first.publication.id),
            )


def date_conflict(drawn: Drawn) -> Iterator[Finding]:
    """Find publications that date one picture differently, so that both cannot be true."""
    claims = [(item, claimed) for item in appearances(drawn.photos) for claimed in _claims(item)]
    seen: set[frozenset[str]] = set()
    for number, (item, claimed) in enumerate(claims):
        for other, theirs in claims[number + 1 :]:
            pair = frozenset({item.publication.id, other.publication.id})
            differ = claimed.is_before(theirs) or theirs.is_before(claimed)
            if pair in seen or not differ or not drawn.is_same_picture(item.photo.sha256, other.photo.sha256):
                continue
            seen.add(pair)
            yield finding(
                "date_conflict",
                say(
                    "%(who)s dates the picture %(claimed)s, %(other)s dates it %(theirs)s.",
                    publisher("who", item.publication),
                    day("claimed", claimed),
                    publisher("other", other.publication),
                    day("theirs", theirs),
                ),
                tuple(sorted(pair)),
                (*words_of_day(item.publication, claimed), *words_of_day(other.publication, theirs)),
            )


def _shows(drawn: Drawn, other: Appearance, item: Appearance) -> bool:
    """Tell whether what `other` showed holds the picture of `item`."""
    whole, part = other.photo.sha256, item.photo.sha256
    return drawn.is_same_picture(whole, part) or part in drawn.ancestors(whole)


def _claims(item: Appearance) -> tuple[PartialDate, ...]:
    stated = (item.publication.date_created, *item.publication.event_dates)
    return tuple(date for date in stated if date is not None and date.is_read)


def _start(item: Appearance) -> tuple[tuple[datetime, datetime], str]:
    return place_in_time(item.shown_at), item.publication.id
