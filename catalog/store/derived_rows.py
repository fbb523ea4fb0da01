"""Write what is derived from the evidence; every row can be dropped and made again."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, Select, Table, delete, func, insert, select, text, update
from sqlalchemy.dialects.sqlite import insert as insert_or

from catalog.records.description import Rendition
from catalog.records.descriptor import Descriptor
from catalog.records.match import PictureGroup, Verification
from catalog.records.provenance import Chain
from catalog.records.publication import CreditReading
from catalog.store.arrays import FeatureArrays
from catalog.store.search import letters_of, words_of
from catalog.store.tables import (
    DERIVED,
    SEARCH_TABLES,
    caption,
    chain,
    chain_member,
    credit,
    credit_party,
    credit_reading,
    derivation,
    descriptor,
    finding,
    group_member,
    named_source,
    photo,
    picture_group,
    publication,
    publication_statement,
    publisher_party,
    rendition,
    stage,
    standing,
    verification,
)  # fmt: skip

UNDATED = "~"  # sorts after every date
SMALL_BYTES = 4096  # what is longer would swell the database and goes to the array files


def compact(value: object) -> str:
    """Return compact JSON; numbers keep every digit."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


class DerivedRows:
    """Write derived rows on one connection, inside one write transaction."""

    def __init__(self, connection: Connection, arrays: FeatureArrays) -> None:
        """Write on one connection; packed features go to the arrays."""
        self.connection = connection
        self.arrays = arrays

    def store_rendition(self, sha256: str, image_data_sha256: str | None, made: Rendition | None) -> None:
        """Store the decoded facts of a photo; None for a picture too large to preview."""
        facts = made or Rendition(0, 0, 0, 1, 1, 0.0, True, b"", 0, 0)
        self._replace(
            rendition, rendition.c.photo_id, [self._photo_id(sha256)],
            [{
                "photo_id": self._photo_id(sha256), "recipe": facts.recipe, "width": facts.width, "height": facts.height,
                "orientation": facts.orientation, "frames": facts.frames, "detail": facts.detail, "is_plain": facts.is_plain,
                "image_data_sha256": image_data_sha256,
                "preview_width": facts.preview_width, "preview_height": facts.preview_height,
            }],
        )  # fmt: skip

    def store_descriptors(self, made: Sequence[tuple[str, Sequence[Descriptor]]]) -> None:
        """Store the descriptors of several photos; packed features are synced to their array files first."""
        packed: dict[tuple[str, int], list[tuple[int, Descriptor]]] = defaultdict(list)
        rows = []
        for sha256, descriptors in made:
            photo_id = self._photo_id(sha256)
            for item in descriptors:
                if len(item.data) > SMALL_BYTES:
                    packed[item.kind].append((photo_id, item))
                else:
                    rows.append(_descriptor_row(photo_id, item, item.data, None))
        for (algorithm, version), owned in packed.items():
            offsets = self.arrays.append(algorithm, version, [item.data for _, item in owned])
            rows += [_descriptor_row(owner, item, None, offset) for (owner, item), offset in zip(owned, offsets, strict=True)]
        self._replace(descriptor, descriptor.c.photo_id, [self._photo_id(sha256) for sha256, _ in made], rows)

    def store_credit_reading(self, credit_id: int, reading: CreditReading, sources: Mapping[str, str], version: int) -> None:
        """Store what was read in one credit line; `sources` maps each party's name to its source id."""
        self._replace(
            credit_reading, credit_reading.c.credit_id, [credit_id],
            [{"credit_id": credit_id, "version": version, "flags": compact(reading.flags),
              "identifiers": compact(reading.identifiers), "unread": compact(reading.unread)}],
        )  # fmt: skip
        rows = [
            {"credit_id": credit_id, "role": party.role, "name": party.name, "span_from": party.span[0], "span_to": party.span[1],
             "confidence": party.confidence, "source_id": sources[party.name]}
            for party in reading.parties
        ]  # fmt: skip
        self._replace(credit_party, credit_party.c.credit_id, [credit_id], rows)
        self._name_sources({source: name for name, source in sources.items()})

    def store_publisher(self, identity: str, source: str, name: str) -> None:
        """Store which source published a publication."""
        publication_id = self.connection.execute(select(publication.c.id).where(publication.c.identity == identity)).scalar_one()
        rows = [{"publication_id": publication_id, "source_id": source}]
        self._replace(publisher_party, publisher_party.c.publication_id, [publication_id], rows)
        self._name_sources({source: name})

    def count_sources(self) -> None:
        """Count anew how often each named source published and was credited, among what stands."""
        published = (
            select(func.count())
            .select_from(publisher_party.join(standing, _stands("publication", publisher_party.c.publication_id)))
            .where(publisher_party.c.source_id == named_source.c.id)
        )  # fmt: skip
        credited = (
            select(func.count(credit_party.c.credit_id.distinct()))
            .select_from(credit_party.join(standing, _stands("credit", credit_party.c.credit_id)))
            .where(credit_party.c.source_id == named_source.c.id)
        )  # fmt: skip
        self.connection.execute(
            update(named_source).values(published_count=published.scalar_subquery(), credited_count=credited.scalar_subquery())
        )

    def store_verifications(self, made: Iterable[Verification]) -> None:
        """Store examined pairs, replacing what the same version said before."""
        for item in made:
            query, reference = self._photo_id(item.query), self._photo_id(item.reference)
            self.connection.execute(
                delete(verification).where(verification.c.query_photo_id == query, verification.c.reference_photo_id == reference)
            )
            self.connection.execute(insert(verification), _verification_row(item, query, reference))

    def mark_matched(self, sha256: str, version: int) -> None:
        """Record that a photo was matched against every photo stored before it."""
        photo_id = self._photo_id(sha256)
        row = {"photo_id": photo_id, "stage": "matched", "version": version, "through_photo_id": photo_id}
        self.connection.execute(
            insert_or(stage).values(row).on_conflict_do_update(index_elements=["photo_id", "stage"], set_=row)
        )

    def mark_touched(self, sha256s: Iterable[str]) -> None:
        """Record that the groups and chains of these photos have to be made anew."""
        for part in _slices([self._photo_id(sha256) for sha256 in sha256s]):
            self.connection.execute(delete(stage).where(stage.c.stage == "traced", stage.c.photo_id.in_(part)))

    def mark_traced(self, sha256s: Iterable[str], version: int) -> None:
        """Record that the groups and chains of these photos are those of this version."""
        for sha256 in sha256s:
            self._mark(sha256, "traced", version)

    def store_pixels_digest(self, sha256: str, pixels_sha256: str) -> None:
        """Cache the digest of a photo's full pixels."""
        row = update(rendition).where(rendition.c.photo_id == self._photo_id(sha256)).values(pixels_sha256=pixels_sha256)
        self.connection.execute(row)

    def group_alone(self, sha256s: Iterable[str]) -> None:
        """Give a group of its own to each of these photos that is in none yet."""
        for sha256 in sha256s:
            grouped = select(group_member.c.group_id).where(group_member.c.photo_id == self._photo_id(sha256))
            if self.connection.execute(grouped).scalar() is None:
                self._insert_group(PictureGroup((sha256,), None))

    def replace_groups(self, touched: Iterable[str], groups: Sequence[PictureGroup]) -> None:
        """Replace the groups that hold any of the touched photos by the given ones, which must cover all of those photos."""
        photo_ids = [self._photo_id(sha256) for sha256 in touched]
        for part in _slices(photo_ids):
            old = select(group_member.c.group_id).where(group_member.c.photo_id.in_(part))
            self.connection.execute(delete(picture_group).where(picture_group.c.id.in_(old)))
        for group in groups:
            self._insert_group(group)

    def replace_chains(self, touched: Iterable[str], chains: Sequence[Chain], version: int) -> None:
        """Replace the chains that hold any of the touched photos by the given ones, and count findings in their groups."""
        photo_ids = [self._photo_id(sha256) for sha256 in touched]
        for part in _slices(photo_ids):
            old = select(chain_member.c.chain_id).where(chain_member.c.photo_id.in_(part))
            self.connection.execute(delete(chain).where(chain.c.id.in_(old)))
        for item in chains:
            self._insert_chain(item, version)

    def index_words(self, touched: Iterable[str]) -> None:
        """Write anew what full-text search knows of the touched photos: every word published with them or stated in them."""
        for sha256 in touched:
            photo_id = self._photo_id(sha256)
            words = "\n".join(self._texts(photo_id))
            for table in SEARCH_TABLES:
                self.connection.execute(text(f"DELETE FROM {table} WHERE rowid = :id"), {"id": photo_id})  # noqa: S608 - our own two names
            if words:
                given = {"id": photo_id, "words": words_of(words), "letters": letters_of(words)}
                self.connection.execute(text("INSERT INTO photo_words (rowid, words) VALUES (:id, :words)"), given)
                self.connection.execute(text("INSERT INTO photo_letters (rowid, letters) VALUES (:id, :letters)"), given)

    def drop_standing(self, touched: Mapping[str, Sequence[int]]) -> None:
        """Take away the standing of evidence whose every run is retracted."""
        for kind, subjects in touched.items():
            for part in _slices(subjects):
                self.connection.execute(delete(standing).where(standing.c.kind == kind, standing.c.subject_id.in_(part)))

    def forget(self, sha256: str) -> None:
        """Remove what is derived from a photo that no longer stands; the evidence stays."""
        photo_id = self._photo_id(sha256)
        for table in SEARCH_TABLES:
            self.connection.execute(text(f"DELETE FROM {table} WHERE rowid = :id"), {"id": photo_id})  # noqa: S608 - our own two names
        examined = (verification.c.query_photo_id == photo_id) | (verification.c.reference_photo_id == photo_id)
        self.connection.execute(delete(verification).where(examined))
        for owned in (stage, descriptor, rendition):
            self.connection.execute(delete(owned).where(owned.c.photo_id == photo_id))

    def clear(self) -> None:
        """Remove every derived row and array file."""
        for table in reversed(DERIVED):
            self.connection.execute(delete(table))
        for name in SEARCH_TABLES:
            self.connection.execute(text(f"DELETE FROM {name}"))  # noqa: S608 - our own two names
        self.arrays.clear()

    def _insert_group(self, group: PictureGroup) -> None:
        photo_ids = [self._photo_id(sha256) for sha256 in group.photos]
        group_id = self.connection.execute(
            insert(picture_group).returning(picture_group.c.id),
            {"cover_photo_id": min(photo_ids), "weakest_score": group.weakest_score, "photo_count": len(photo_ids),
             "publication_count": 0, "finding_count": 0, "first_published": UNDATED, "first_publication_id": None},
        ).scalar_one()  # fmt: skip
        self.connection.execute(insert(group_member), [{"photo_id": photo_id, "group_id": group_id} for photo_id in photo_ids])
        appearances = _standing_publications(group_id)
        count = self.connection.execute(select(func.count()).select_from(appearances.subquery())).scalar_one()
        first = self.connection.execute(appearances.limit(1)).first()
        if first is not None:
            facts = {"publication_count": count, "first_published": first.moment or UNDATED, "first_publication_id": first.id}
            self.connection.execute(update(picture_group).where(picture_group.c.id == group_id).values(**facts))

    def _insert_chain(self, item: Chain, version: int) -> None:
        photo_ids = {sha256: self._photo_id(sha256) for sha256 in item.photos}
        chain_id = self.connection.execute(
            insert(chain).returning(chain.c.id),
            {"first_photo_id": min(photo_ids.values()), "origin": compact(item.origin), "state": item.state,
             "state_reason": item.state_reason, "version": version},
        ).scalar_one()  # fmt: skip
        self.connection.execute(insert(chain_member), [{"photo_id": owned, "chain_id": chain_id} for owned in photo_ids.values()])
        edges = [
            {"chain_id": chain_id, "parent_photo_id": photo_ids[edge.parent], "child_photo_id": photo_ids[edge.child],
             "directed": edge.directed, "changes": compact(edge.changes), "confidence": edge.confidence,
             "evidence": compact([[one.code, one.supports, one.weight, one.detail] for one in edge.evidence])}
            for edge in item.derivations
        ]  # fmt: skip
        if edges:
            self.connection.execute(insert(derivation), edges)
        findings = [
            {"chain_id": chain_id, "rule": one.rule, "reason": one.reason, "subjects": compact(one.subjects)}
            for one in item.findings
        ]
        if findings:
            self.connection.execute(insert(finding), findings)
            self._count_findings(item)

    def _count_findings(self, item: Chain) -> None:
        """Count in each group the findings that concern one of its photos or their publications."""
        counts: dict[int, int] = defaultdict(int)
        for one in item.findings:
            publications = select(publication.c.photo_id).where(publication.c.identity.in_(one.subjects))
            photos = select(photo.c.id).where(photo.c.sha256.in_(one.subjects))
            concerned = group_member.c.photo_id.in_(publications) | group_member.c.photo_id.in_(photos)
            for group_id in self.connection.execute(select(group_member.c.group_id).where(concerned).distinct()).scalars():
                counts[group_id] += 1
        for group_id, count in counts.items():
            self.connection.execute(update(picture_group).where(picture_group.c.id == group_id).values(finding_count=count))

    def _mark(self, sha256: str, name: str, version: int) -> None:
        photo_id = self._photo_id(sha256)
        row = {"photo_id": photo_id, "stage": name, "version": version, "through_photo_id": photo_id}
        self.connection.execute(
            insert_or(stage).values(row).on_conflict_do_update(index_elements=["photo_id", "stage"], set_=row)
        )

    def _texts(self, photo_id: int) -> list[str]:
        owned = select(publication.c.id).where(publication.c.photo_id == photo_id)
        found: list[str] = []
        for table in (caption, credit):
            mine = (table.c.photo_id == photo_id) | table.c.publication_id.in_(owned)
            rows = select(table.c.text).join(standing, _stands(table.name, table.c.id)).where(mine).order_by(table.c.id)
            found += self.connection.execute(rows).scalars()
        places = (
            select(publication.c.publisher, publication.c.url, publication_statement.c.location)
            .join(standing, _stands("publication", publication.c.id))
            .join(publication_statement, publication_statement.c.publication_id == publication.c.id)
            .where(publication.c.photo_id == photo_id)
        )
        for row in self.connection.execute(places):
            found += [part for part in row if part]
        return found

    def _name_sources(self, names: Mapping[str, str]) -> None:
        rows = [{"id": source, "name": name, "published_count": 0, "credited_count": 0} for source, name in names.items()]
        if rows:
            self.connection.execute(insert_or(named_source).on_conflict_do_nothing(), rows)

    def _replace(
        self, table: Table, key: ColumnElement[int], owners: Sequence[int], rows: Sequence[Mapping[str, object]]
    ) -> None:
        for part in _slices(owners):
            self.connection.execute(delete(table).where(key.in_(part)))
        if rows:
            self.connection.execute(insert(table), list(rows))

    def _photo_id(self, sha256: str) -> int:
        photo_id: int = self.connection.execute(select(photo.c.id).where(photo.c.sha256 == sha256)).scalar_one()
        return photo_id


def _standing_publications(group_id: int) -> Select[tuple[int, str | None]]:
    """Ask for the publications of a group that stand, earliest stated date first, undated last."""
    latest = (
        select(func.max(publication_statement.c.revision))
        .join(standing, _stands("publication_statement", publication_statement.c.id))
        .where(publication_statement.c.publication_id == publication.c.id)
        .scalar_subquery()
    )
    moment = publication_statement.c.published_from
    return (
        select(publication.c.id, moment.label("moment"))
        .join(group_member, group_member.c.photo_id == publication.c.photo_id)
        .join(standing, _stands("publication", publication.c.id))
        .join(
            publication_statement,
            (publication_statement.c.publication_id == publication.c.id) & (publication_statement.c.revision == latest),
        )
        .where(group_member.c.group_id == group_id)
        .order_by(moment.is_(None), moment, publication.c.id)
    )


def _stands(kind: str, subject: ColumnElement[int]) -> ColumnElement[bool]:
    return (standing.c.kind == kind) & (standing.c.subject_id == subject)


def _descriptor_row(photo_id: int, item: Descriptor, small: bytes | None, offset: int | None) -> dict[str, object]:
    return {
        "photo_id": photo_id, "algorithm": item.algorithm, "version": item.version, "bits": item.bits, "data": small,
        "array_offset": offset, "array_length": None if offset is None else len(item.data),
    }  # fmt: skip


def _verification_row(item: Verification, query: int, reference: int) -> dict[str, object]:
    return {
        "query_photo_id": query, "reference_photo_id": reference, "relation": item.relation, "state": item.state,
        "score": item.score, "changes": compact(item.changes), "transform": compact(item.transform) if item.transform else None,
        "overlap_query": item.overlap.query if item.overlap else None,
        "overlap_reference": item.overlap.reference if item.overlap else None,
        "box": compact(item.box) if item.box else None, "rung": item.rung, "version": item.version,
        "threshold_suggest": item.threshold_suggest, "threshold_accept": item.threshold_accept,
        "evidence": compact(dict(item.evidence)),
    }  # fmt: skip


def _slices(numbers: Sequence[int], size: int = 500) -> Iterator[Sequence[int]]:
    # SQLite takes a bounded number of parameters in one statement (SQLITE_MAX_VARIABLE_NUMBER, 999 in older builds).
    for start in range(0, len(numbers), size):
        yield numbers[start : start + size]
