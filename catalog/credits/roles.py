"""Who did what: the roles of the members of a chain, from their kinds, their order and what links them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from catalog.credits.segments import Segment

_ISSUERS = frozenset({"ministry", "military", "service", "office", "organisation"})
_PUBLISHERS = frozenset({"newspaper", "broadcaster", "site"})
# Agencies that pass on what others hand out; between one of these and another agency the other one is the issuer.
_WIRES = frozenset({"ap", "reuters", "afp", "epa", "getty", "pa", "dpa", "tass", "anadolu", "sputnik", "ria", "xinhua"})
# Agencies of news whose pictures are their own, whoever says that they published them.
NEWS_WIRES = frozenset({"ap", "reuters", "afp", "epa", "getty", "pa", "dpa"})
# Libraries that pass on what the agency beside them made, whichever is printed first: "picture-alliance/dpa".
_PASSING_ON = frozenset({"picture-alliance", "east-news"})
# Libraries whose pictures are sold by anybody who signs up, under whatever name.
_STOCK = frozenset(
    {
        "shutterstock",
        "istock",
        "alamy",
        "depositphotos",
        "adobestock",
        "unsplash",
        "pixabay",
        "pexels",
        "flickr",
        "dreamstime",
        "123rf",
        "freepik",
    }
)
# How sure a reading is. The order is meant, the digits are not; tests/credits/test_lines.py measures the share that is right
# above and below SURE, and docs/credits.md gives the figures.
KNOWN, SURE, LIKELY, UNSURE, OTHER_READING = 0.95, 0.8, 0.65, 0.5, 0.3


@dataclass(frozen=True, slots=True)
class Role:
    """Hold one reading of one segment; `reading` is 1 or 2 where the line reads in two ways, as CreditParty has it."""

    segment: Segment
    role: str
    confidence: float
    reading: int = 0


@dataclass(slots=True)
class _Chain:
    """Keep what the members of one sentence have in common, so that reading one of them does not look at all others."""

    members: int = 0
    known: int = 0
    persons: int = 0
    unknown: int = 0
    wires: int = 0
    issuers: int = 0
    stock: int = 0
    publishing: int = 0
    contributed: bool = False
    has_agency: bool = False
    has_creator: bool = False
    has_via: bool = False


def roles_of(segments: Sequence[Segment], *, is_handout: bool) -> list[Role]:
    """Give every segment its role; one that reads both ways in equal right comes twice, with both weights low.

    `is_handout` says that the line calls the picture a handout: then the agency did not make it, and an agency beside a wire
    service is the issuer.
    """
    chains: dict[int, _Chain] = {}
    for segment in segments:
        chain = chains.setdefault(segment.group, _Chain())
        chain.members += segment.kind != "prose"
        chain.known += segment.source is not None
        chain.issuers += segment.source is not None and segment.source.kind in _ISSUERS
        chain.publishing += segment.kind == "publishing"
        chain.contributed |= segment.source is not None and segment.after == "empty"
        chain.stock += segment.source is not None and segment.source.id in _STOCK
        chain.persons += segment.kind == "person"
        chain.unknown += segment.kind in ("person", "single")
        chain.wires += segment.source is not None and segment.source.id in _WIRES
    roles: list[Role] = []
    for segment in segments:
        chain = chains[segment.group]
        read = _read(segment, chain, is_handout=is_handout)
        chain.has_agency |= any(role.role == "agency" for role in read)
        chain.has_creator |= any(role.role == "creator" for role in read)
        chain.has_via |= segment.link == "via"
        roles.extend(read)
    return roles


def _read(segment: Segment, chain: _Chain, *, is_handout: bool) -> list[Role]:
    weight = KNOWN if segment.how == "exact" else SURE if segment.how == "inflected" else UNSURE
    if segment.kind == "prose":
        return []
    if chain.wires and chain.persons and segment.kind == "single" and segment.is_initials and segment.is_long:
        return [Role(segment, "issuer", LIKELY)]  # "AELTC/Ann Lee/AFP"
    linked = _by_link(segment, weight, is_alone=chain.members == 1)
    if linked:
        return [Role(segment, *linked)]
    # Names with commas between them stand side by side: "Фото: Getty Images, Reuters".
    is_behind = chain.has_agency or (chain.has_via and segment.link == "slash")
    passing = "distributor" if is_behind and segment.link not in ("comma", "and") else "agency"
    if segment.kind == "known" and segment.source is not None:
        kind = segment.source.kind
        # "Getty Images / Bloomberg / Contributor" is how Getty itself prints whose picture it passes on.
        is_contributed = chain.contributed and segment.after == "slash" and segment.source.id == "getty"
        if chain.known > 1 and (is_contributed or segment.source.id in _PASSING_ON):
            return [Role(segment, "distributor", weight)]
        if kind == "platform":
            return [Role(segment, "carrier", weight)]
        if kind in _ISSUERS:
            return [Role(segment, "issuer", weight)]
        if is_handout and segment.source.id not in _WIRES and kind != "library" and chain.wires:
            return [Role(segment, "issuer", min(weight, SURE))]
        return [Role(segment, passing, min(weight, SURE) if chain.has_agency else weight)]
    if segment.kind == "issuing":
        return [Role(segment, "issuer", SURE)]
    if segment.kind == "publishing" and segment.is_host and chain.stock:
        return [Role(segment, "creator", LIKELY)]  # "blue-sea.cz/Shutterstock": contributors sell under such names
    if segment.kind == "publishing":
        return [Role(segment, passing, LIKELY)]
    if segment.kind == "handle":
        return [Role(segment, "creator", LIKELY)]
    if is_handout and not chain.known and segment.link != "creator":
        return [Role(segment, "issuer", LIKELY)]  # "Elm Hill/Handout": whoever is named handed it out
    return _read_unknown(segment, chain, passing)


def _by_link(segment: Segment, weight: float, *, is_alone: bool) -> tuple[str, float] | None:
    kind = segment.source.kind if segment.source is not None else segment.kind
    is_person = kind in ("person", "single", "handle")
    unknown = segment.source is None
    sure = SURE if unknown else weight
    if segment.after == "screenshot" and (kind == "platform" or unknown):
        return "carrier", (LIKELY if unknown else weight)
    if segment.link == "via":
        return ("carrier" if kind == "platform" else "issuer" if kind in _ISSUERS else "distributor"), sure
    if segment.after == "via" and kind == "single" and segment.is_initials:
        return "issuer", LIKELY  # "NRC via AP": initials are those of an organisation
    if segment.link == "for":
        return ("agency" if not unknown or kind == "publishing" else "rights_holder"), (sure if not unknown else UNSURE)
    if segment.link == "courtesy" and kind not in ("agency", "library", *_PUBLISHERS):
        return ("carrier" if kind == "platform" else "creator" if is_person else "issuer"), (LIKELY if is_person else sure)
    if segment.link == "released":
        # What an agency of news published is its own; "by SANA" in the same place is a handout.
        is_own = segment.source is not None and segment.source.id in NEWS_WIRES
        return ("carrier" if kind == "platform" else "agency" if is_own else "issuer"), sure
    if kind == "issuing" and not is_alone and segment.link in ("from", "screenshot"):
        return "issuer", sure
    if segment.link in ("from", "screenshot") and (kind in _PUBLISHERS or kind == "platform" or unknown):
        return "carrier", (LIKELY if unknown else weight)
    if segment.link == "creator" and is_person:
        return "creator", SURE
    if unknown and segment.link == "source" and kind == "single":
        return "agency", LIKELY  # "Source: ISW": one word behind it is seldom a person
    if unknown and is_alone and (segment.link == "copyright" or (segment.link, segment.after) == ("start", "copyright")):
        return "rights_holder", LIKELY
    return None


def _read_unknown(segment: Segment, chain: _Chain, passing: str) -> list[Role]:
    """Read a name that nobody knows: beside a known source it is a person, beside another unknown one it may be either."""
    is_person, is_slashed = segment.kind == "person", segment.link == "slash"
    if chain.has_creator and segment.after == "handout" and is_slashed:
        return [Role(segment, "issuer", LIKELY)]  # "AGENCY/PERSON/COMPANY/Handout"
    if chain.has_creator and segment.after == "via" and segment.link in ("slash", "comma", "dash"):
        return [Role(segment, passing, UNSURE)]  # "PERSON/PAPER via AGENCY"
    if chain.known and chain.known == chain.issuers and segment.is_initials:
        return [Role(segment, "issuer", LIKELY)]  # "NASA/ESA/MSSS": initials among organisations
    if not chain.known and chain.publishing and segment.is_initials and is_slashed is False and segment.after == "slash":
        return [Role(segment, "creator", LIKELY)]  # "ТК / belsat.eu": initials before whoever publishes
    if chain.known:
        if not is_person and is_slashed and (chain.has_creator or (chain.known > 1 and chain.has_agency and not segment.after)):
            return [Role(segment, passing, UNSURE)]
        return [Role(segment, "creator", SURE if is_person else LIKELY)]
    if is_person:
        if chain.persons > 1 and is_slashed:
            return _either(segment, "creator", "agency")
        is_sure = segment.link in ("creator", "photo", "start") and chain.persons == 1
        return [Role(segment, "creator", SURE if is_sure else LIKELY)]
    if chain.persons:
        return [Role(segment, passing, UNSURE)]
    if chain.unknown > 1 and is_slashed:
        return _either(segment, "agency", "creator")
    return _either(segment, "creator", "agency", other=UNSURE)


def _either(segment: Segment, likelier: str, less: str, other: float = OTHER_READING) -> list[Role]:
    """Read a segment in both ways; what the members of a chain are in one reading goes together: "Smith/Jones"."""
    return [Role(segment, likelier, UNSURE, reading=1), Role(segment, less, other, reading=2)]
