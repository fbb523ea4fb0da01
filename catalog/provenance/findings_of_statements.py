"""The rule on what one publication, or one file, says in several places about whom to credit."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from catalog.provenance.appearances import appearances, span_of
from catalog.provenance.drawn import Drawn
from catalog.provenance.sentences import finding, named, part, told, words
from catalog.records.provenance import Finding
from catalog.records.saying import Fill, Saying, say
from catalog.records.traces import CreditedSource

# A party read with less than this may be another role or another name (docs/credits.md gives what the figures mean).
SURE_ENOUGH = 0.65
# The order in which statements are told, with the words for them.
_STATEMENTS = {
    "credit_line": say("the credit line"),
    "creator": say("the creator"),
    "iptc_source": say("the source"),
    "copyright_notice": say("the copyright notice"),
    "caption": say("the caption"),
}
_ORGANISATIONS = frozenset({"agency", "issuer", "distributor"})
_WORD = re.compile(r"[^\W\d_]{3,}")
# So many letters at the start of a word tell one name from another in spite of case endings and of short forms.
_STEM_LETTERS = 4


def credit_statements_disagree(drawn: Drawn) -> Iterator[Finding]:
    """Find publications and files that credit one maker, or one organisation, here and quite another one there.

    Makers are held against makers and organisations against organisations; a name in another script, or one that shares a word
    with the other, may be the same and is not held against it. A name one slip of the pen away from
    the other is told as likely the same party.
    """
    for item in appearances(drawn.photos):
        yield from _disagreements(item.publication.credits, told("who", item), item.publication.id)
    for sha256, photo in sorted(drawn.photos.items()):
        yield from _disagreements(photo.credits, part("who", say("The file of %(photo)s", named("photo", photo))), sha256)


def _disagreements(credits: Sequence[CreditedSource], who: Fill, subject: str) -> Iterator[Finding]:
    for is_of_kind in (_is_maker, _is_organisation):
        stated: dict[str, list[CreditedSource]] = defaultdict(list)
        for credit in credits:
            is_legible = credit.confidence >= SURE_ENOUGH or credit.resembles
            if is_legible and credit.statement in _STATEMENTS and is_of_kind(credit):
                stated[credit.statement].append(credit)
        places = [name for name in _STATEMENTS if name in stated]
        pairs = list(combinations(places, 2))
        apart = [pair for pair in pairs if are_apart(stated[pair[0]], stated[pair[1]])]
        slips = [pair for pair in pairs if is_slip(stated[pair[0]], stated[pair[1]])]
        if apart or slips:
            shown = [name for name in places if any(name in pair for pair in apart or slips)]
            statements = part("statements", *(_statement(name, stated[name]) for name in shown), joint="semicolon")
            spans = tuple(span_of(subject, credit) for name in shown for credit in stated[name])
            told = say("%(who)s: %(statements)s.", who, statements)
            if not apart:
                told = say("%(who)s: %(statements)s. Likely one party, whose name is misspelt in one of them.", who, statements)
            yield finding("credit_statements_disagree", told, (subject,), spans)


def _is_maker(credit: CreditedSource) -> bool:
    return credit.role == "creator"


def _is_organisation(credit: CreditedSource) -> bool:
    # Who holds the rights may be the maker or the house; only a source that the authority knows is known to be a house.
    return credit.role in _ORGANISATIONS or (credit.role == "rights_holder" and not credit.source.startswith("name-"))


def are_apart(ones: Sequence[CreditedSource], others: Sequence[CreditedSource]) -> bool:
    """Tell whether no party of one credit may be one with a party of the other, under another form of its name."""
    return not any(_may_be_one(one, other) for one in ones for other in others)


def is_slip(ones: Sequence[CreditedSource], others: Sequence[CreditedSource]) -> bool:
    """Tell whether the two credits name no party in common, and a party of one is likely one of the other, misspelt."""
    if {one.source for one in ones} & {other.source for other in others}:
        return False
    return any(_is_misspelt(one, other) or _is_misspelt(other, one) for one in ones for other in others)


def _is_misspelt(one: CreditedSource, other: CreditedSource) -> bool:
    return other.source in one.resembles


def _may_be_one(one: CreditedSource, other: CreditedSource) -> bool:
    if one.source == other.source or _is_misspelt(one, other) or _is_misspelt(other, one):
        return True
    if not (one.source.startswith("name-") or other.source.startswith("name-")):
        return False
    first, second = one.printed or one.name, other.printed or other.name
    return _script(first) != _script(second) or bool(_stems(first) & _stems(second))


def _script(name: str) -> str:
    letter = next((letter for letter in name if letter.isalpha()), "a")
    return unicodedata.name(letter, "LATIN").split(" ")[0]


def _stems(name: str) -> frozenset[str]:
    return frozenset(word.casefold()[:_STEM_LETTERS] for word in _WORD.findall(name))


def _statement(name: str, credits: Sequence[CreditedSource]) -> Saying:
    whom = words("whom", *dict.fromkeys(credit.printed or credit.name for credit in credits))
    return say("%(statement)s names %(whom)s", part("statement", _STATEMENTS[name]), whom)
