"""Rules on what was done to the pictures themselves."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.provenance.comparison import SEAM, UNEXPLAINED
from catalog.provenance.drawn import Drawn
from catalog.provenance.sentences import day, finding, named, part, photo, publisher, words
from catalog.records.provenance import Finding
from catalog.records.saying import Saying, say
from catalog.records.traces import TracedPhoto

# A bar counts as cut away when the parent had at least this share of plain frame and the child lacks it.
_BAR_SHARE = 0.04
# A bar begins with a step, a sky goes on: over seven skies of the samples that a crop cut off, the luma step where the bare part
# begins is 0.17 to 0.54 of the steps nearby; over bars put under 44 of them it is 0.63 and more (tests/provenance/test_bars.py).
_BAR_SEAM = 0.6


def mirrored(drawn: Drawn) -> Iterator[Finding]:
    """Find derivations in which a picture was turned into its mirror image."""
    for derivation in drawn.derivations:
        comparison = drawn.comparisons.get((derivation.parent, derivation.child))
        is_mirrored = comparison.is_mirrored if comparison is not None else "mirrored" in derivation.changes
        if is_mirrored:
            first, second = drawn.photos[derivation.parent], drawn.photos[derivation.child]
            both = named("photo", second, begins=True), named("other", first)
            saying = (
                say("%(photo)s shows the mirror image of %(other)s.", *both)
                if derivation.directed
                else say("%(photo)s is a mirror image, or is mirrored by, %(other)s.", *both)
            )
            yield finding("mirrored", saying, (derivation.parent, derivation.child))


def cropped_away_mark(drawn: Drawn) -> Iterator[Finding]:
    """Find copies that lack the part of their parent in which a caption bar, border or mark stands.

    Where nothing tells which of two was made from the other, one that shows less of the scene, was seen later and lacks the bar
    is found too: the bar was not put under what it shows.
    """
    for derivation in drawn.derivations:
        comparison = drawn.comparisons.get((derivation.parent, derivation.child))
        if comparison is None:
            continue
        first, second = drawn.photos[derivation.parent], drawn.photos[derivation.child]
        subjects = (derivation.parent, derivation.child)
        names = named("photo", second, begins=True), named("other", first)
        # Sky or water cut off by a crop is plain too: a bar or border stands at the edge, and nothing else goes with it.
        side = comparison.first
        is_bare = side.bare_flat >= _BAR_SHARE and side.bare_textured < _BAR_SHARE / 2 and side.bare_seam >= _BAR_SEAM
        is_edge = is_bare and _frame_share(first) >= _BAR_SHARE
        # What has one colour, words aside, and begins with a step all along its edge is a bar, whatever else was cut off.
        if derivation.directed and (is_edge or side.bare_bar >= _BAR_SHARE):
            saying = say("%(photo)s lacks the bar or border of %(other)s, from which it was made.", *names)
            yield finding("cropped_away_mark", saying, subjects)
        is_less = side.bare_textured >= UNEXPLAINED and comparison.second.bare_textured < UNEXPLAINED and side.bare_seam <= SEAM
        if not derivation.directed and side.bare_bar >= _BAR_SHARE and is_less and _was_seen_before(first, second):
            saying = say("%(photo)s shows less than %(other)s, which was seen before it, and lacks its bar or border.", *names)
            yield finding("cropped_away_mark", saying, subjects)


def _was_seen_before(first: TracedPhoto, second: TracedPhoto) -> bool:
    """Tell whether somebody showed the first before anybody showed the second, as far as days are known."""
    earlier = [one.shown_at for one in first.publications if one.shown_at is not None]
    later = [one.shown_at for one in second.publications if one.shown_at is not None]
    return bool(later) and any(all(one.is_before(other) for other in later) for one in earlier)


def same_scene_used_as_other_event(drawn: Drawn) -> Iterator[Finding]:
    """Find another frame of the same scene that is published as another day or place."""
    for other, found in drawn.same_scene:
        own = drawn.photos.get(found.reference if found.query == other.sha256 else found.query)
        if own is None or other.sha256 in drawn.photos:
            continue
        differing = _first_difference(own, other)
        if differing is not None:
            yield finding(
                "same_scene_used_as_other_event",
                say(
                    "Photos %(photo)s and %(other)s are two frames of one scene, but %(differing)s.",
                    photo("photo", own.sha256),
                    photo("other", other.sha256),
                    part("differing", differing),
                ),
                (own.sha256, other.sha256),
            )


def _first_difference(one: TracedPhoto, other: TracedPhoto) -> Saying | None:
    for mine in one.publications:
        for theirs in other.publications:
            for date in mine.event_dates:
                for second in theirs.event_dates:
                    if date.is_before(second) or second.is_before(date):
                        return say(
                            "%(who)s dates it %(date)s and %(other)s %(second)s",
                            publisher("who", mine),
                            day("date", date),
                            publisher("other", theirs),
                            day("second", second),
                        )
            if mine.places and theirs.places and not set(mine.places) & set(theirs.places):
                return say(
                    "%(who)s places it in %(place)s and %(other)s in %(second)s",
                    publisher("who", mine),
                    words("place", mine.places[0]),
                    publisher("other", theirs),
                    words("second", theirs.places[0]),
                )
    return None


def missing_intermediate(drawn: Drawn) -> Iterator[Finding]:
    """Find pairs of which neither can be made from the other: both come from something that is not held."""
    for derivation in drawn.derivations:
        comparison = drawn.comparisons.get((derivation.parent, derivation.child))
        if derivation.directed or comparison is None:
            continue
        if comparison.first.bare_textured >= UNEXPLAINED and comparison.second.bare_textured >= UNEXPLAINED:
            first, second = drawn.photos[derivation.parent], drawn.photos[derivation.child]
            yield finding(
                "missing_intermediate",
                say(
                    "%(photo)s and %(other)s each show a part of the scene that the other lacks: "
                    "both come from a version that is not held here.",
                    named("photo", first, begins=True),
                    named("other", second),
                ),
                (derivation.parent, derivation.child),
            )


def _frame_share(photo: TracedPhoto) -> float:
    """Return the share of a picture that is plain border or bar along its edges, 0 when nobody looked."""
    if photo.traces is None:
        return 0.0
    _, _, width, height = photo.traces.content
    return 1 - width * height
