"""Rules on whom publications credit, against who was seen publishing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from catalog.provenance.appearances import Appearance, appearances, publisher_name, span_of
from catalog.provenance.drawn import Drawn
from catalog.provenance.findings_of_statements import are_apart, is_slip
from catalog.provenance.sentences import day, finding, part, photo, told, words
from catalog.records.partial_date import place_in_time
from catalog.records.provenance import Finding, TextSpan
from catalog.records.saying import Fill, say
from catalog.records.traces import CreditedSource

# Only these publish; a photographer is credited without ever publishing, a carrier is no source of the picture.
PUBLISHING_ROLES = frozenset({"agency", "issuer", "distributor"})
# Who made the picture, or handed it out: of two such only one can be right, whoever passed the picture on.
_MAKING_ROLES = ("creator", "issuer")
_HANDOUT_FLAGS = frozenset({"handout", "courtesy"})


def credited_source_never_seen_publishing(drawn: Drawn) -> Iterator[Finding]:
    """Find sources that are credited although no publication of theirs is held for any photo of the chain."""
    publishers = {item.publication.publisher for item in appearances(drawn.photos)}
    by_source: dict[str, list[tuple[Appearance, CreditedSource]]] = defaultdict(list)
    for item in appearances(drawn.photos):
        for credit in _publishing(item):
            if credit.source not in publishers and not _is_common_noun(credit):
                by_source[credit.source].append((item, credit))
    for source, uses in sorted(by_source.items()):
        yield finding(
            "credited_source_never_seen_publishing",
            say(
                "%(source)s is credited by %(who)s, but no publication of theirs is held for any photo of this chain.",
                words("source", uses[0][1].name),
                told("who", *(item for item, _ in uses)),
            ),
            (source, *sorted({item.publication.id for item, _ in uses})),
            tuple(span for item, credit in uses for span in _spans(item, [credit])),
        )


def credited_source_seen_only_later(drawn: Drawn) -> Iterator[Finding]:
    """Find sources credited by a publication that every dated publication of their own follows."""
    own: dict[str, list[Appearance]] = defaultdict(list)
    for item in appearances(drawn.photos):
        if item.publication.publisher is not None:
            own[item.publication.publisher].append(item)
    for item in appearances(drawn.photos):
        for credit in _publishing(item):
            theirs = own.get(credit.source, [])
            if theirs and all(item.is_before(other) for other in theirs):
                first = min(theirs, key=lambda other: (place_in_time(other.shown_at), other.publication.id))
                yield finding(
                    "credited_source_seen_only_later",
                    say(
                        "%(who)s credits %(source)s, who was first seen publishing it later (%(date)s).",
                        told("who", item),
                        words("source", credit.name),
                        day("date", first.shown_at),
                    ),
                    (credit.source, item.publication.id, first.publication.id),
                    _spans(item, [credit]),
                )


def circular_credit(drawn: Drawn) -> Iterator[Finding]:
    """Find publishers that credit one another, directly or in a ring."""
    credits: dict[str, set[str]] = defaultdict(set)
    names: dict[str, str] = {}
    where: dict[tuple[str, str], tuple[Appearance, CreditedSource]] = {}
    for item in appearances(drawn.photos):
        own = item.publication.publisher
        if own is None:
            continue
        names.setdefault(own, publisher_name(item.publication))
        for credit in _publishing(item):
            if credit.source != own:
                credits[own].add(credit.source)
                where.setdefault((own, credit.source), (item, credit))
    for ring in _rings(credits):
        steps = list(zip(ring, [*ring[1:], ring[0]], strict=True))
        told_steps = [
            say("%(who)s credits %(whom)s", words("who", names.get(one, one)), words("whom", names.get(other, other)))
            for one, other in steps
        ]
        uses = [where[step] for step in steps]
        yield finding(
            "circular_credit",
            say("%(steps)s: the credits lead back to where they began.", part("steps", *told_steps, joint="comma")),
            tuple(item.publication.id for item, _ in uses),
            tuple(span for item, credit in uses for span in _spans(item, [credit])),
        )


def _rings(credits: dict[str, set[str]]) -> list[list[str]]:
    """Return the shortest ring through each source that stands in one, every set of sources once."""
    found: dict[frozenset[str], list[str]] = {}
    for start in sorted(credits):
        paths = [[start]]
        seen = {start}
        ring: list[str] | None = None
        while paths and ring is None:
            longer = []
            for path in paths:
                for target in sorted(credits.get(path[-1], ())):
                    if target == start:
                        ring = ring or path
                    elif target not in seen:
                        seen.add(target)
                        longer.append([*path, target])
            paths = longer
        if ring is not None:
            found.setdefault(frozenset(ring), ring)
    return list(found.values())


def credit_dropped(drawn: Drawn) -> Iterator[Finding]:
    """Find publications without any credit of a picture that the one it came from credited."""
    for before, after in _handed_on(drawn):
        if before.publication.credits and not after.publication.credits:
            fills = (told("before", before), _names("whom", before), told("after", after))
            yield finding(
                "credit_dropped",
                say("%(before)s credits %(whom)s; the credit line of %(after)s names nobody.", *fills)
                if after.publication.has_credit_line
                else say("%(before)s credits %(whom)s; %(after)s shows the picture without any credit.", *fills),
                (before.publication.id, after.publication.id),
                _spans(before),
            )


def credit_changed(drawn: Drawn) -> Iterator[Finding]:
    """Find publications that credit nobody whom the one it came from credited, nor its publisher; themselves alone is nobody.

    Who is likely the same party, misspelt, is told as that. A handout that is told as upgraded is not told again here. Where
    nobody can say which of two came from the other, only two makers, or two who handed the picture out, are held against each
    other, and an issuer who credits itself alone for a picture that was seen before, credited to others.
    """
    handed_on = list(_handed_on(drawn))
    for before, after in handed_on:
        is_misspelt = is_slip(before.publication.credits, after.publication.credits)
        credited = {credit.source for credit in after.publication.credits}
        kept = {credit.source for credit in before.publication.credits} | {before.publication.publisher}
        if before.publication.credits and credited and not credited & kept and not _is_upgraded(before, after):
            fills = (told("before", before), _names("whom", before), told("after", after), _names("other", after))
            yield finding(
                "credit_changed",
                say(
                    "%(before)s credits %(whom)s; %(after)s credits %(other)s: likely one party, misspelt in one of them.", *fills
                )
                if is_misspelt
                else say("%(before)s credits %(whom)s; %(after)s credits %(other)s instead.", *fills),
                (before.publication.id, after.publication.id),
                _spans(before) + _spans(after),
            )

    for one, other in _beside(drawn, handed_on):
        if any(_rivals(one, other, role) for role in _MAKING_ROLES) or _takes_over(one, other):
            yield finding(
                "credit_changed",
                say(
                    "%(one)s credits %(whom)s; %(other)s credits %(theirs)s for the same picture.",
                    told("one", one),
                    _names("whom", one),
                    told("other", other),
                    _names("theirs", other),
                ),
                (one.publication.id, other.publication.id),
                _spans(one) + _spans(other),
            )


def _beside(drawn: Drawn, handed_on: Sequence[tuple[Appearance, Appearance]]) -> Iterator[tuple[Appearance, Appearance]]:
    """Yield with the earliest credited publication of a picture each later one of it that came from none, as far as is known."""
    led = {after.publication.id for _, after in handed_on}
    credited = sorted((item for item in appearances(drawn.photos) if item.publication.credits), key=_start)
    for number, other in enumerate(credited):
        if other.publication.id in led:
            continue
        same = (one for one in credited[:number] if drawn.is_same_picture(one.photo.sha256, other.photo.sha256))
        first = next(same, None)
        if first is not None:
            yield first, other


def _rivals(one: Appearance, other: Appearance, role: str) -> bool:
    mine = [_by_name(credit) for credit in one.publication.credits if credit.role == role]
    theirs = [_by_name(credit) for credit in other.publication.credits if credit.role == role]
    return bool(mine) and bool(theirs) and are_apart(mine, theirs)


def _takes_over(one: Appearance, other: Appearance) -> bool:
    """Tell whether the later one names only itself, as who issued a picture that the earlier one credits to others."""
    own, earlier = other.publication.publisher, {credit.source for credit in one.publication.credits}
    is_own = own is not None and all((credit.source, credit.role) == (own, "issuer") for credit in other.publication.credits)
    return is_own and one.is_before(other) and own not in earlier | {one.publication.publisher}


def _by_name(credit: CreditedSource) -> CreditedSource:
    """Return the credit under the name of its authority record, so that two names in one script are compared."""
    return credit if credit.source.startswith("name-") else replace(credit, printed="")


def _start(item: Appearance) -> tuple[tuple[datetime, datetime], str]:
    return place_in_time(item.shown_at), item.publication.id


def credit_upgraded(drawn: Drawn) -> Iterator[Finding]:
    """Find handouts whose issuer is lost on the way, so that who passed them on looks like their author."""
    for before, after in _handed_on(drawn):
        if _is_upgraded(before, after):
            issuers = [credit for credit in before.publication.credits if credit.role == "issuer"]
            yield finding(
                "credit_upgraded",
                say(
                    "%(before)s names %(issuers)s as who issued the picture; "
                    "%(after)s credits only %(other)s, as if it were theirs.",
                    told("before", before),
                    words("issuers", *sorted({credit.name for credit in issuers})),
                    told("after", after),
                    _names("other", after),
                ),
                (before.publication.id, after.publication.id),
                _spans(before, issuers) + _spans(after),
            )


def _is_upgraded(before: Appearance, after: Appearance) -> bool:
    issuers = {credit.source for credit in before.publication.credits if credit.role == "issuer"}
    kept = {credit.source for credit in after.publication.credits} | {after.publication.publisher}
    is_told = not after.publication.credits or bool(_HANDOUT_FLAGS & set(after.publication.flags))
    return bool(issuers) and not issuers & kept and not is_told and _shared(before, after)


def official_first_publisher_not_origin(drawn: Drawn) -> Iterator[Finding]:
    """Find pictures first seen with an official publisher although its photo was made from another one held here."""
    shown = [item for item in appearances(drawn.photos) if item.shown_at is not None]
    for item in shown:
        if item.publication.publisher_kind != "official" or not all(item is other or item.is_before(other) for other in shown):
            continue
        older = drawn.parents(item.photo.sha256)
        if older:
            yield finding(
                "official_first_publisher_not_origin",
                say(
                    "%(who)s is the first publisher seen, but its photo was made from photo %(photo)s: "
                    "the picture existed elsewhere before.",
                    told("who", item),
                    photo("photo", older[0]),
                ),
                (item.publication.id, *older),
            )


def _handed_on(drawn: Drawn) -> Iterator[tuple[Appearance, Appearance]]:
    """Yield each publication with those it can have come from: of the parent's photo, or earlier of the same photo.

    The parent's must not be known to be later. Of several, the latest earlier one of the same photo counts alone. A publication
    without a date and without a publisher has no place in any order and is neither.
    """
    every = [item for item in appearances(drawn.photos) if item.shown_at is not None or item.publication.publisher is not None]
    for after in every:
        same = [item for item in every if item.photo is after.photo and item.is_before(after)]
        if same:
            yield max(same, key=lambda item: (place_in_time(item.shown_at), item.publication.id)), after
            continue
        parents = set(drawn.parents(after.photo.sha256))
        for before in every:
            if before.photo.sha256 in parents and not after.is_before(before):
                yield before, after


def _shared(before: Appearance, after: Appearance) -> bool:
    known = {credit.source for credit in before.publication.credits} | {before.publication.publisher, after.publication.publisher}
    return bool({credit.source for credit in after.publication.credits} & (known - {None}))


def _spans(item: Appearance, credits: Sequence[CreditedSource] | None = None) -> tuple[TextSpan, ...]:
    """Return where the names of some of its credits, or of all, stand in what a publication says."""
    shown = item.publication.credits if credits is None else credits
    return tuple(span_of(item.publication.id, credit) for credit in shown if credit.printed)


def _publishing(item: Appearance) -> list[CreditedSource]:
    return [credit for credit in item.publication.credits if credit.role in PUBLISHING_ROLES]


def _is_common_noun(credit: CreditedSource) -> bool:
    """Tell whether a name that no authority knows is printed in small letters, as "family" in "Courtesy of the family"."""
    return credit.source.startswith("name-") and credit.name.islower()


def _names(place: str, item: Appearance) -> Fill:
    return words(place, *dict.fromkeys(credit.name for credit in item.publication.credits))
