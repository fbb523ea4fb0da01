"""The duplicate report as a table for spreadsheets: one row a photo and publication, safe to open."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from typing import BinaryIO

from catalog.records.duplicates import DuplicateReport, ReportedGroup, ReportedPhoto, ReportedPublication
from catalog.records.match import Verification
from catalog.records.pages.publications import CaptionLine, CreditLine
from catalog.records.partial_date import PartialDate
from catalog.records.text import shown

COLUMNS = (
    "group", "photos_in_group", "photo", "path", "width", "height", "size_bytes", "media_type", "first_published",
    "matched_photo", "relation", "state", "score", "changes",
    "publication", "publisher", "url", "published_at", "published_earliest", "published_latest", "first_seen_at", "location",
    "caption", "caption_language", "other_texts", "credit_line", "creator", "iptc_source", "copyright_notice", "parties",
    "chain_state", "finding_rules", "finding_reasons", "derivation_decisions", "rejected_pairs", "made_safe",
)  # fmt: skip
# OWASP "CSV Injection": a spreadsheet takes a cell that begins so for a formula; the four full-width letters are taken the same
# way under East Asian settings, and a line feed is skipped before looking.
FORMULA_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class DuplicatesCsv:
    """Write RFC 4180 in UTF-8; with `byte_order_mark`, without which Excel takes it for a Western code page.

    A cell that a spreadsheet would take for a formula begins with an apostrophe, and `made_safe` names its column. The exact
    twin is JSON Lines.
    """

    byte_order_mark: bool = True
    media_type: str = "text/csv; charset=utf-8"

    def write(self, report: DuplicateReport, stream: BinaryIO) -> None:
        """Write the report; reads one group at a time. The stream stays open."""
        # Lone surrogates, which file names may hold, have no UTF-8; `shown` has replaced them in every cell.
        text = TextIOWrapper(stream, "utf-8-sig" if self.byte_order_mark else "utf-8", newline="", write_through=True)
        try:
            table = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
            table.writeheader()
            for group in report.groups:
                table.writerows(_made_safe(row) for row in _rows(group))
        finally:
            text.detach()


def _made_safe(row: dict[str, str]) -> dict[str, str]:
    cells = {name: shown_cell(text) for name, text in row.items()}
    changed = [name for name, text in cells.items() if text.startswith(FORMULA_BEGINNINGS)]
    for name in changed:
        cells[name] = f"'{cells[name]}"
    cells["made_safe"] = " ".join(changed)
    return cells


def shown_cell(text: str) -> str:
    """Return a text as a cell shows it: no control characters; leading white space stays, so that it is seen and made safe."""
    start = text[: len(text) - len(text.lstrip("\t\r\n"))]
    return start + shown(text)


def _rows(group: ReportedGroup) -> Iterator[dict[str, str]]:
    for photo in group.photos:
        of_photo = [publication for publication in group.publications if publication.line.photo == photo.sha256]
        # A photo nobody is known to have published has a row of its own all the same.
        rows: list[ReportedPublication | None] = [*of_photo] if of_photo else [None]
        for publication in rows:
            yield {**_group_cells(group), **_photo_cells(group, photo), **_publication_cells(publication)}


def _group_cells(group: ReportedGroup) -> dict[str, str]:
    return {
        "group": group.id,
        "photos_in_group": str(len(group.photos)),
        "chain_state": group.chain.state if group.chain else "",
        "finding_rules": " ".join(finding.rule for finding in group.findings),
        "finding_reasons": "\n".join(finding.reason for finding in group.findings),
    }


def _photo_cells(group: ReportedGroup, photo: ReportedPhoto) -> dict[str, str]:
    match = _best_match(group, photo)
    return {
        "photo": photo.sha256,
        "path": photo.path,
        "width": str(photo.width),
        "height": str(photo.height),
        "size_bytes": str(photo.size_bytes),
        "media_type": photo.media_type,
        "first_published": _date(photo.first_published),
        "matched_photo": "" if match is None else match.reference if match.query == photo.sha256 else match.query,
        "relation": match.relation if match else "",
        "state": match.state if match else "",
        "score": repr(match.score) if match else "",
        "changes": " ".join(match.changes) if match else "",
        "derivation_decisions": "\n".join(_decided(group, photo)),
        "rejected_pairs": "\n".join(_rejected(group, photo)),
    }


def _decided(group: ReportedGroup, photo: ReportedPhoto) -> Iterator[str]:
    """Yield what people decided about derivations of a photo: the verdict as of parent and child, by whom, why."""
    for derivation in group.chain.derivations if group.chain else ():
        made = derivation.decision
        if made is not None and photo.sha256 in (derivation.parent, derivation.child):
            yield f"{derivation.child} {made.verdict} {derivation.parent}, {made.agent}: {made.reason}"


def _rejected(group: ReportedGroup, photo: ReportedPhoto) -> Iterator[str]:
    """Yield of which photos people said that they are no copies of this one: the other, by whom, why."""
    for pair in group.rejected:
        if photo.sha256 in (pair.photo, pair.other):
            other = pair.other if pair.photo == photo.sha256 else pair.photo
            yield f"{other}, {pair.decision.agent}: {pair.decision.reason}"


def _best_match(group: ReportedGroup, photo: ReportedPhoto) -> Verification | None:
    """Return the surest pair that the photo is in, matches first, then what is accepted before what is suggested."""
    own = [match for match in group.matches if photo.sha256 in (match.query, match.reference)]
    return max(own, key=lambda match: (match.is_match, match.state == "accepted", match.score), default=None)


def _publication_cells(publication: ReportedPublication | None) -> dict[str, str]:
    if publication is None:
        return {}
    line = publication.line
    captions = [caption for caption in line.captions if caption.role == "caption"]
    first = captions[0] if captions else None
    others = [caption for caption in line.captions if caption is not first]
    return {
        "publication": line.id,
        "publisher": line.publisher or "",
        "url": line.url or "",
        "published_at": line.published_at.raw if line.published_at else "",
        "published_earliest": _bound(line.published_at, "earliest"),
        "published_latest": _bound(line.published_at, "latest"),
        "first_seen_at": _date(line.first_seen_at),
        "location": line.location or "",
        "caption": first.text if first else "",
        "caption_language": (first.language or "") if first else "",
        "other_texts": "\n".join(_labelled(caption) for caption in others),
        "credit_line": _credits(line.credits, "credit_line"),
        "creator": _credits(line.credits, "creator"),
        "iptc_source": _credits(line.credits, "iptc_source"),
        "copyright_notice": _credits(line.credits, "copyright_notice"),
        "parties": "; ".join(f"{party.role}: {party.name}" for credit in line.credits for party in credit.parties),
    }


def _labelled(caption: CaptionLine) -> str:
    return f"{caption.role}{f' ({caption.language})' if caption.language else ''}: {caption.text}"


def _credits(credits: tuple[CreditLine, ...], role: str) -> str:
    return "\n".join(credit.text for credit in credits if credit.role == role)


def _date(date: PartialDate | None) -> str:
    return "" if date is None else date.edtf or date.raw


def _bound(date: PartialDate | None, name: str) -> str:
    moment = getattr(date, name, None)
    return "" if moment is None else moment.isoformat().replace("+00:00", "Z")
