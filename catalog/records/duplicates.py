"""What the duplicate report tells, as values: the collector fills them, every writer writes the same ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from catalog.records.match import Verification
from catalog.records.pages.chains import InquiryLine
from catalog.records.pages.publications import PublicationLine
from catalog.records.partial_date import PartialDate
from catalog.records.provenance import Chain, Finding, RejectedPair

UNDECODED_FIELDS = ("publisher", "url", "location", "captions", "credits")


@dataclass(frozen=True, slots=True)
class UndecodedText:
    """Hold the bytes of a published text that are not the UTF-8 of what is shown.

    `field` is one of UNDECODED_FIELDS, `position` the index in it, 0 for a field of one text.
    """

    field: str
    position: int
    raw: bytes


@dataclass(frozen=True, slots=True)
class ReportedPublication:
    """Hold one publication, and the bytes of those of its texts that did not arrive as UTF-8."""

    line: PublicationLine
    undecoded: tuple[UndecodedText, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportedPhoto:
    """Hold one photo of a group.

    `path` is as first imported. `width` and `height` are oriented pixels, 0 when nobody could decode it. `first_published` is the
    earliest publication, or when it was first seen. `preview` is a JPEG made by us, empty when there is none.
    """

    sha256: str
    path: str
    width: int
    height: int
    size_bytes: int
    media_type: str
    first_published: PartialDate | None
    preview: bytes


@dataclass(frozen=True, slots=True)
class ReportedClaims:
    """Hold what one caption says of one kind: words as printed with what they mean.

    `change` is one of COMPARISONS, against the last earlier caption that says anything of the kind, or `told` where this is the
    earliest; `against` numbers the earlier captions it contradicts, from 1. `said` is empty where it says nothing.
    """

    kind: str
    said: tuple[tuple[str, str], ...]
    change: str
    against: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReportedCaption:
    """Hold one caption of a group in order of publication, with what it claims, one cell a kind, and who published it."""

    publication: str
    publisher: str | None
    published_at: PartialDate | None
    text: str
    language: str | None
    claims: tuple[ReportedClaims, ...]


@dataclass(frozen=True, slots=True)
class ReportedGroup:
    """Hold one picture group with everything said about it.

    `id` is the SHA-256 of its first stored photo. `photos` are in stored order, `publications` in order of time. `matches` are
    its accepted and suggested pairs; one of a pair may lie outside the group (a part, a suggestion). `chain` is the chain that
    holds the group, None when none was computed. `timeline` are the captions of the group in order of publication,
    `inquiries` the recorded searches for its photos, newest first. `weakest_link` is the lowest score (0-1) that holds it
    together, None for a photo alone. `rejected` are the pairs of its photos that people rejected; the other of a pair lies
    outside, in a chain of its own or in this one.
    """

    id: str
    photos: tuple[ReportedPhoto, ...]
    publications: tuple[ReportedPublication, ...]
    matches: tuple[Verification, ...]
    chain: Chain | None
    findings: tuple[Finding, ...]
    timeline: tuple[ReportedCaption, ...] = ()
    inquiries: tuple[InquiryLine, ...] = ()
    weakest_link: float | None = None
    rejected: tuple[RejectedPair, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportTotals:
    """Hold the numbers of the whole catalogue and of the report.

    `photos` and `publications` are all that stand in the catalogue. `groups` of several photos are reported; `grouped_photos` lie
    in them. `accepted` and `suggested` count pairs as people left them, `findings` those of the reported groups.
    """

    photos: int
    publications: int
    groups: int
    grouped_photos: int
    accepted: int
    suggested: int
    findings: int


@dataclass(frozen=True, slots=True)
class DuplicateReport:
    """Hold a duplicate report; `groups` may be read once only, one group at a time. `made_at` is UTC, ISO 8601."""

    made_at: str
    program_version: str
    totals: ReportTotals
    groups: Iterable[ReportedGroup]
