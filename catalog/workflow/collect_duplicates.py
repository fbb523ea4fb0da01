"""Collect the duplicate report: every group with what is known of it, one at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from catalog import __version__
from catalog.errors import NotInCatalogueError
from catalog.records.claims import Claim
from catalog.records.duplicates import (
    DuplicateReport,
    ReportedCaption,
    ReportedClaims,
    ReportedGroup,
    ReportedPhoto,
    ReportedPublication,
    ReportTotals,
)
from catalog.records.pages.publications import PublicationLine
from catalog.records.partial_date import PartialDate, place_in_time
from catalog.workflow.apply_decisions import apply_decisions
from catalog.workflow.catalogue import Catalogue
from catalog.workflow.rejected_pairs import rejected_pairs
from catalog.workflow.tell_captions import caption_timeline, claimed_name


def collect_duplicates(catalogue: Catalogue) -> DuplicateReport:
    """Return the report; its groups are read from the store as a writer asks for them, so memory holds one at a time."""
    made_at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return DuplicateReport(made_at, __version__, _totals(catalogue), _groups(catalogue))


def _totals(catalogue: Catalogue) -> ReportTotals:
    """Count pairs as the groups show them: what people decided stands above what was measured."""
    totals = catalogue.store.report_totals()
    decisions = catalogue.store.decisions_touching(sorted({name for made in catalogue.store.decisions() for name in made.photos}))
    decided = {frozenset(made.photos) for made in decisions}
    told = catalogue.store.told_pairs(sorted({name for pair in decided for name in pair}))
    measured = [found for found in told if frozenset((found.query, found.reference)) in decided]
    before = Counter(found.state for found in measured)
    after = Counter(found.state for found in apply_decisions(measured, decisions))
    return replace(
        totals,
        accepted=totals.accepted - before["accepted"] + after["accepted"],
        suggested=totals.suggested - before["suggested"] + after["suggested"],
    )


def _groups(catalogue: Catalogue) -> Iterator[ReportedGroup]:
    for members in catalogue.store.report_groups():
        yield _group(catalogue, members)


def _group(catalogue: Catalogue, members: Sequence[str]) -> ReportedGroup:
    pairs = catalogue.store.told_pairs(members)
    concerned = sorted({name for one in pairs for name in (one.query, one.reference)} | set(members))
    publications = catalogue.store.publications_of(members)
    undecoded = catalogue.store.undecoded_texts(members)
    chain = next(iter(catalogue.store.chains(members[0])), None)
    lines = [line for shown in publications.values() for line in shown]
    subjects = set(members) | {line.id for line in lines}
    return ReportedGroup(
        id=members[0],
        photos=tuple(_photos(catalogue, members, publications)),
        publications=tuple(ReportedPublication(line, tuple(undecoded.get(line.id, ()))) for line in sorted(lines, key=_moment)),
        matches=tuple(apply_decisions(pairs, catalogue.store.decisions(concerned))),
        chain=chain,
        findings=tuple(found for found in chain.findings if subjects & set(found.subjects)) if chain else (),
        timeline=tuple(_timeline(lines)),
        inquiries=catalogue.store.pages.inquiries(members),
        weakest_link=catalogue.store.weakest_link(members[0]),
        rejected=rejected_pairs(catalogue, members),
    )


def _timeline(lines: Sequence[PublicationLine]) -> Iterator[ReportedCaption]:
    """Tell the captions of the group in time; a single one stands against nothing and is not told."""
    by_id = {line.id: line for line in lines}
    rows = caption_timeline(lines)
    for row in rows if len(rows) > 1 else ():
        line = by_id[row.publication]
        claims = tuple(
            ReportedClaims(cell.kind, tuple((claim.text, _meaning(claim)) for claim in cell.claims), cell.change, cell.against)
            for cell in row.cells
        )
        yield ReportedCaption(line.id, line.publisher, line.published_at or line.first_seen_at, row.text, row.language, claims)


def _meaning(claim: Claim) -> str:
    meant = claimed_name(claim, "en")
    return f"{meant} (denied)" if claim.role == "denied" else meant


def _photos(
    catalogue: Catalogue, members: Sequence[str], publications: dict[str, list[PublicationLine]]
) -> Iterator[ReportedPhoto]:
    paths, facts = catalogue.store.source_paths(members), catalogue.store.photo_facts(members)
    for sha256 in members:
        one = facts[sha256]
        yield ReportedPhoto(
            sha256, paths.get(sha256, ""), one.width, one.height, one.size_bytes, one.media_type,
            _first_shown(publications.get(sha256, ())), _preview(catalogue, sha256),
        )  # fmt: skip


def _first_shown(lines: Sequence[PublicationLine]) -> PartialDate | None:
    dates = [date for line in lines for date in (line.published_at or line.first_seen_at,) if date is not None and date.is_read]
    return min(dates, key=place_in_time, default=None)


def _moment(line: PublicationLine) -> tuple[tuple[datetime, datetime], str]:
    return place_in_time(line.published_at), line.id


def _preview(catalogue: Catalogue, sha256: str) -> bytes:
    try:
        return catalogue.files.preview(sha256)
    except NotInCatalogueError:
        return b""
