"""Keep one item of an import: decide what of it is new, write that, attest all of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, select
from sqlalchemy.dialects.sqlite import insert as insert_or

from catalog.records.event import canonical_json
from catalog.records.keeping import ItemOutcome, KeptItem, ReadItem
from catalog.records.metadata import MetadataValue
from catalog.records.partial_date import PartialDate
from catalog.records.publication import Caption, Credit, Publication
from catalog.records.text import RecordedText
from catalog.store.evidence import EvidenceWriter, utc_now
from catalog.store.slices import slices
from catalog.store.tables.derived import standing
from catalog.store.tables.evidence import (
    attestation,
    caption,
    credit,
    file_metadata,
    import_item,
    import_run,
    photo,
    publication,
    publication_statement,
    retraction,
)


@dataclass
class _Kept:
    """Collect what one item touches while it is being kept."""

    attested: list[tuple[str, int]] = field(default_factory=list)
    is_new: bool = False
    # Rows made for this item: nothing was said of them before, so nobody has to be asked.
    made: set[tuple[str, int]] = field(default_factory=set)
    new_credits: list[tuple[int, str]] = field(default_factory=list)
    new_captions: list[tuple[int, str]] = field(default_factory=list)


class IntakeRows:
    """Write runs and their items, each item under one event."""

    def __init__(self, connection: Connection, writer: EvidenceWriter, agent: str) -> None:
        """Write on one connection, inside one write transaction."""
        self.connection = connection
        self.writer = writer
        self.agent = agent

    def begin_run(self, run: str, arguments: Mapping[str, object], program_version: str) -> None:
        """Open a run under a new id."""
        self.writer.add(
            import_run,
            id=run,
            started_at=utc_now(),
            agent=self.agent,
            arguments=canonical_json(arguments),
            program_version=program_version,
        )
        self.writer.seal("import started", run, agent=self.agent)

    def finish_run(self, run: str, numbers: Mapping[str, object]) -> None:
        """Record that a run ended, with its numbers."""
        self.writer.seal("import ended", run, agent=self.agent, detail=numbers)

    def reject(self, run: str, read: ReadItem, reason: str, message: str) -> ItemOutcome:
        """Record that an item was rejected and why; it stays in the record with its path, size and digest."""
        self._add_item(run, read, "rejected", reason=reason, message=message)
        self.writer.seal(
            "item rejected", read.sha256 or storable(read.item), agent=self.agent, outcome=reason, detail={"run": run}
        )
        return ItemOutcome(read.item, "rejected", None, None, reason, message, read.warnings, raw_row=read.raw_row)

    def keep(self, run: str, item: KeptItem) -> ItemOutcome:
        """Keep an item: the photo, its metadata, the publication with its words; tell what was new.

        A publication seen before gets a revision for every text or date that reads otherwise now.
        """
        kept = _Kept()
        photo_id = self._keep_photo(item, kept)
        publication_id, identity = None, None
        if item.publication is not None:
            identity = publication_identity(item.read.sha256 or "", item.publication, item.read.source_path)
            publication_id = self._keep_publication(identity, item.read.source_path, item.publication, photo_id, kept)
        for text in item.embedded:
            record: Caption | Credit = (
                Caption(text.role, text.text, text.language) if text.kind == "caption" else Credit(text.role, text.text)
            )
            self._keep_text(record, text.origin, {"photo_id": photo_id}, kept)
        outcome = "added" if kept.is_new or not self._standing(kept.attested) >= set(kept.attested) else "known"
        item_id = self._add_item(run, item.read, outcome, photo_id=photo_id, publication_id=publication_id)
        for kind, subject in kept.attested:
            self.writer.add(attestation, item_id=item_id, kind=kind, subject_id=subject)
        self.writer.seal(f"item {outcome}", item.read.sha256 or "", agent=self.agent, detail={"run": run})
        if outcome == "added":
            self._stand(kept.attested)
        return ItemOutcome(
            item.read.item,
            outcome,
            item.read.sha256,
            identity,
            None,
            None,
            item.read.warnings,
            tuple(kept.new_credits),
            tuple(kept.new_captions),
            item.read.raw_row,
        )

    def keep_named(self, run: str, read: ReadItem, address: str, stated: Publication) -> ItemOutcome:
        """Keep the publication of a picture that was named at an address and whose file is not there: it has no photo."""
        kept = _Kept()
        identity = publication_identity(f"named {address}", stated, read.source_path)
        publication_id = self._keep_publication(identity, read.source_path, stated, None, kept)
        outcome = "added" if kept.is_new or not self._standing(kept.attested) >= set(kept.attested) else "known"
        item_id = self._add_item(run, read, outcome, publication_id=publication_id)
        for kind, subject in kept.attested:
            self.writer.add(attestation, item_id=item_id, kind=kind, subject_id=subject)
        self.writer.seal(f"item {outcome}", identity, agent=self.agent, detail={"run": run})
        if outcome == "added":
            self._stand(kept.attested)
        return ItemOutcome(
            read.item, outcome, None, identity, None, None, read.warnings, tuple(kept.new_credits), raw_row=read.raw_row
        )

    def restore_standing(self) -> None:
        """Let stand what runs that are not retracted attest; the table must be empty."""
        retracted = select(retraction.c.run_id)
        attested = (
            select(attestation.c.kind, attestation.c.subject_id)
            .join(import_item, import_item.c.id == attestation.c.item_id)
            .where(import_item.c.run_id.not_in(retracted))
            .distinct()
        )
        self.connection.execute(insert_or(standing).from_select(["kind", "subject_id"], attested))

    def _keep_photo(self, item: KeptItem, kept: _Kept) -> int:
        sha256 = item.read.sha256
        photo_id = self.connection.execute(select(photo.c.id).where(photo.c.sha256 == sha256)).scalar()
        if photo_id is None:
            photo_id = self.writer.add(
                photo, sha256=sha256, size_bytes=item.read.size_bytes, media_type=item.media_type, first_stored_at=utc_now()
            )
            for value in item.description.metadata if item.description else ():
                self.writer.add(file_metadata, photo_id=photo_id, **_metadata_columns(value))
            kept.is_new = True
            kept.made.add(("photo_id", photo_id))
        elif item.description is None:
            self._attest_embedded(photo_id, kept)
        kept.attested.append(("photo", photo_id))
        return int(photo_id)

    def _attest_embedded(self, photo_id: int, kept: _Kept) -> None:
        # The file was not read again, but it says what it said: this run stands for those words too.
        for table in (caption, credit):
            rows = select(table.c.id).where(table.c.photo_id == photo_id, table.c.origin != "sidecar")
            kept.attested += [(table.name, text_id) for text_id in self.connection.execute(rows).scalars()]

    def _keep_publication(self, identity: str, source_path: str, stated: Publication, photo_id: int | None, kept: _Kept) -> int:
        # The identity covers the photo, so a photo that is new has no publication yet.
        is_asked = ("photo_id", photo_id) not in kept.made
        rows = select(publication.c.id).where(publication.c.identity == identity)
        known = self.connection.execute(rows).scalar() if is_asked else None
        publication_id = known or self.writer.add(
            publication, identity=identity, photo_id=photo_id, **recorded("publisher", stated.publisher),
            **recorded("url", stated.url), source_path=storable(source_path),
        )  # fmt: skip
        if known is None:
            kept.is_new = True
            kept.made.add(("publication_id", publication_id))
        kept.attested.append(("publication", publication_id))
        self._keep_statement(stated, publication_id, kept)
        words: tuple[Caption | Credit, ...] = (*stated.captions, *stated.credits)
        for text in words:
            self._keep_text(text, stated.origin, {"publication_id": publication_id}, kept)
        return publication_id

    def _keep_statement(self, stated: Publication, publication_id: int, kept: _Kept) -> None:
        columns = {
            **dated("published", stated.published_at), **dated("first_seen", stated.first_seen_at),
            **dated("created", stated.date_created), **recorded("location", stated.location),
            "carrier": storable(stated.carrier) if stated.carrier else None,
            "extras": canonical_json(dict(stated.extras)),
        }  # fmt: skip
        earlier = self._revisions(publication_statement, {"publication_id": publication_id}, kept)
        same = next((row for row in earlier if all(row[name] == value for name, value in columns.items())), None)
        if same is None:
            statement_id = self.writer.add(
                publication_statement, publication_id=publication_id, revision=len(earlier) + 1, **columns
            )
            kept.is_new = True
        else:
            statement_id = same["id"]
        kept.attested.append(("publication_statement", statement_id))

    def _keep_text(self, stated: Caption | Credit, origin: str, subject: Mapping[str, int], kept: _Kept) -> None:
        table = caption if isinstance(stated, Caption) else credit
        place: dict[str, Any] = {**subject, "role": stated.role, "origin": origin}
        if isinstance(stated, Caption):
            place["language"] = stated.language
        earlier = self._revisions(table, place, kept)
        same = next((row for row in earlier if row["text_raw"] == stated.text.raw), None)
        if same is None:
            text_id = self.writer.add(table, **place, revision=len(earlier) + 1, **recorded("text", stated.text))
            kept.is_new = True
            if table is credit:
                kept.new_credits.append((text_id, stated.text.text))
            elif stated.role == "caption":
                kept.new_captions.append((text_id, stated.text.text))
        else:
            text_id = same["id"]
        kept.attested.append((table.name, text_id))

    def _revisions(self, table: Table, place: Mapping[str, Any], kept: _Kept) -> list[Mapping[str, Any]]:
        if not kept.made.isdisjoint(place.items()):
            return []
        conditions = (table.c[name].is_not_distinct_from(value) for name, value in place.items())
        return [dict(row) for row in self.connection.execute(select(table).where(*conditions)).mappings()]

    def _add_item(
        self, run: str, read: ReadItem, outcome: str, *, reason: str | None = None, message: str | None = None,
        photo_id: int | None = None, publication_id: int | None = None,
    ) -> int:  # fmt: skip
        return self.writer.add(
            import_item, run_id=run, position=read.position, item=storable(read.item), source_path=storable(read.source_path),
            outcome=outcome, reason=reason, message=storable(message) if message else None,
            warnings=canonical_json(list(read.warnings)),
            raw_row=storable(read.raw_row) if read.raw_row else None, size_bytes=read.size_bytes, sha256=read.sha256,
            photo_id=photo_id, publication_id=publication_id,
        )  # fmt: skip

    def _standing(self, attested: Iterable[tuple[str, int]]) -> set[tuple[str, int]]:
        rows = select(standing.c.kind, standing.c.subject_id)
        wanted = list(attested)
        found: set[tuple[str, int]] = set()
        for kind in sorted({kind for kind, _ in wanted}):
            for part in slices([subject for owner, subject in wanted if owner == kind]):
                asked = rows.where(standing.c.kind == kind, standing.c.subject_id.in_(part))
                found.update((row.kind, row.subject_id) for row in self.connection.execute(asked))
        return found

    def _stand(self, attested: Iterable[tuple[str, int]]) -> None:
        rows = [{"kind": kind, "subject_id": subject} for kind, subject in attested]
        self.connection.execute(insert_or(standing).on_conflict_do_nothing(), rows)


def publication_identity(sha256: str, stated: Publication, source_path: str) -> str:
    """Compute the public id of a publication, 32 hex digits.

    It is the same publication when photo, publisher and address are the same; without an address photo, publisher and raw date;
    else photo and source path.
    """
    publisher = stated.publisher.raw.hex() if stated.publisher else ""
    if stated.url:
        parts = [sha256, "url", publisher, stated.url.raw.hex()]
    elif stated.publisher and stated.published_at:
        parts = [sha256, "date", publisher, stated.published_at.raw]
    else:
        parts = [sha256, "path", storable(source_path)]
    return hashlib.sha256(canonical_json(parts).encode("ascii")).hexdigest()[:32]


def storable(text: str) -> str:
    r"""Return text that any database takes: lone surrogates and NUL become escapes such as `\udc80` and `\x00`."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8").replace("\0", "\\x00")


def recorded(name: str, text: RecordedText | None) -> dict[str, object]:
    """Return the three columns of a recorded text."""
    if text is None:
        return {f"{name}_raw": None, name: None, f"{name}_codec": None}
    return {f"{name}_raw": text.raw, name: text.text, f"{name}_codec": text.codec}


def dated(name: str, date: PartialDate | None) -> dict[str, object]:
    """Return the five columns of a partial date."""
    if date is None:
        return {f"{name}_{part}": None for part in ("raw", "edtf", "from", "to", "zone")}
    return {
        f"{name}_raw": storable(date.raw), f"{name}_edtf": date.edtf, f"{name}_from": moment_text(date.earliest),
        f"{name}_to": moment_text(date.latest), f"{name}_zone": date.zone,
    }  # fmt: skip


def moment_text(moment: datetime | None) -> str | None:
    """Return a UTC moment so that it sorts as text: the year has four digits, the seconds six decimals."""
    return None if moment is None else f"{moment.year:04d}-{moment:%m-%dT%H:%M:%S.%fZ}"


def _metadata_columns(value: MetadataValue) -> dict[str, object]:
    return {name: getattr(value, name) for name in MetadataValue.__slots__}
