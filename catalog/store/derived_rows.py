"""Write what is derived from the evidence; every row can be dropped and made again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, Table, delete, func, insert, select, text, union, update
from sqlalchemy.dialects.sqlite import insert as insert_or

from catalog.records.claims import Claim
from catalog.records.description import Rendition
from catalog.records.descriptor import Descriptor
from catalog.records.match import Verification
from catalog.records.publication import CreditReading
from catalog.store.arrays import FeatureArrays
from catalog.store.group_rows import GroupRows, compact
from catalog.store.photo_ids import PhotoIds
from catalog.store.search import letters_of, words_of
from catalog.store.slices import slices
from catalog.store.standing import standing_of, stands
from catalog.store.tables import SEARCH_TABLES
from catalog.store.tables.derived import (
    MATCHED,
    OUTDATED,
    READ_IN_WORDS,
    TRACED,
    caption_claim,
    caption_credit_party,
    caption_credit_reading,
    caption_place,
    chain_member,
    credit_party,
    credit_reading,
    descriptor,
    group_member,
    named_source,
    publisher_party,
    rendition,
    stage,
    standing,
    verification,
)
from catalog.store.tables.evidence import caption, credit, photo, publication, publication_statement

SMALL_BYTES = 4096  # what is longer would swell the database and goes to the array files


class DerivedRows:
    """Write derived rows on one connection, inside one write transaction."""

    def __init__(self, connection: Connection, arrays: FeatureArrays) -> None:
        """Write on one connection; packed features go to the arrays."""
        self.connection = connection
        self.arrays = arrays
        self.photo_ids = PhotoIds(connection)
        self.groups = GroupRows(connection, self.photo_ids)

    def store_rendition(self, sha256: str, image_data_sha256: str | None, made: Rendition | None) -> None:
        """Store the decoded facts of a photo; None for a picture too large to preview."""
        facts = made or Rendition(0, 0, 0, 1, 1, 0.0, True, b"", 0, 0)
        self._replace(
            rendition, rendition.c.photo_id, [self.photo_ids.of(sha256)],
            [{
                "photo_id": self.photo_ids.of(sha256), "recipe": facts.recipe, "width": facts.width, "height": facts.height,
                "orientation": facts.orientation, "frames": facts.frames, "detail": facts.detail, "is_plain": facts.is_plain,
                "image_data_sha256": image_data_sha256,
                "preview_width": facts.preview_width, "preview_height": facts.preview_height,
            }],
        )  # fmt: skip

    def store_descriptors(self, made: Sequence[tuple[str, Sequence[Descriptor]]]) -> None:
        """Store the descriptors of several photos; packed features are synced to their array files first.

        Features that lie in their file already stay where they are: describing anew what did not change takes no room.
        """
        packed: dict[tuple[str, int], list[tuple[int, Descriptor]]] = defaultdict(list)
        rows = []
        lying = self._offsets([sha256 for sha256, _ in made])
        for sha256, descriptors in made:
            photo_id = self.photo_ids.of(sha256)
            for item in descriptors:
                offset = lying.get((photo_id, *item.kind))
                if len(item.data) <= SMALL_BYTES:
                    rows.append(_descriptor_row(photo_id, item, item.data, None))
                elif offset is not None and self.arrays.holds(*item.kind, offset, item.data):
                    rows.append(_descriptor_row(photo_id, item, None, offset))
                else:
                    packed[item.kind].append((photo_id, item))
        for (algorithm, version), owned in packed.items():
            offsets = self.arrays.append(algorithm, version, [item.data for _, item in owned])
            rows += [_descriptor_row(owner, item, None, offset) for (owner, item), offset in zip(owned, offsets, strict=True)]
        self._replace(descriptor, descriptor.c.photo_id, self.photo_ids.of_all(sha256 for sha256, _ in made), rows)
        # What was described anew has to be matched and traced anew, whatever versions saw it before.
        self._take_back((MATCHED, TRACED, OUTDATED), self.photo_ids.of_all(sha256 for sha256, _ in made))

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

    def store_caption_credits(self, caption_id: int, reading: CreditReading, sources: Mapping[str, str], version: int) -> None:
        """Store the credits found inside one caption, nothing where there are none; `sources` maps names to source ids."""
        found = bool(reading.parties or reading.flags or reading.identifiers)
        read = {"caption_id": caption_id, "version": version, "flags": compact(reading.flags),
                "identifiers": compact(reading.identifiers)}  # fmt: skip
        self._replace(caption_credit_reading, caption_credit_reading.c.caption_id, [caption_id], [read] if found else [])
        rows = [
            {"caption_id": caption_id, "role": party.role, "name": party.name, "span_from": party.span[0],
             "span_to": party.span[1], "confidence": party.confidence, "source_id": sources[party.name]}
            for party in reading.parties
        ]  # fmt: skip
        self._replace(caption_credit_party, caption_credit_party.c.caption_id, [caption_id], rows)
        self._name_sources({source: name for name, source in sources.items()})

    def store_caption_claims(self, caption_id: int, claims: Sequence[Claim], places: Sequence[str], version: int) -> None:
        """Store what one caption claims, and the places it shows with all they lie in."""
        rows = [
            {"caption_id": caption_id, "version": version, "kind": claim.kind, "role": claim.role, "value": claim.value,
             "span_from": claim.span[0], "span_to": claim.span[1], "least": claim.least, "most": claim.most}
            for claim in claims
        ]  # fmt: skip
        self._replace(caption_claim, caption_claim.c.caption_id, [caption_id], rows)
        shown = [{"caption_id": caption_id, "place": place} for place in sorted(set(places))]
        self._replace(caption_place, caption_place.c.caption_id, [caption_id], shown)

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
            .select_from(publisher_party.join(standing, standing_of("publication", publisher_party.c.publication_id)))
            .where(publisher_party.c.source_id == named_source.c.id)
        )  # fmt: skip
        credited = (
            select(func.count(credit_party.c.credit_id.distinct()))
            .select_from(credit_party.join(standing, standing_of("credit", credit_party.c.credit_id)))
            .where(credit_party.c.source_id == named_source.c.id)
        )  # fmt: skip
        in_captions = (
            select(func.count(caption_credit_party.c.caption_id.distinct()))
            .select_from(caption_credit_party.join(standing, standing_of("caption", caption_credit_party.c.caption_id)))
            .where(caption_credit_party.c.source_id == named_source.c.id)
        )  # fmt: skip
        counts = {
            "published_count": published.scalar_subquery(),
            "credited_count": credited.scalar_subquery() + in_captions.scalar_subquery(),
        }
        self.connection.execute(update(named_source).values(**counts))

    def store_verifications(self, made: Iterable[Verification]) -> None:
        """Store examined pairs, replacing what the same version said before."""
        for item in made:
            query, reference = self.photo_ids.of(item.query), self.photo_ids.of(item.reference)
            self.connection.execute(
                delete(verification).where(verification.c.query_photo_id == query, verification.c.reference_photo_id == reference)
            )
            self.connection.execute(insert(verification), _verification_row(item, query, reference))

    def replace_matches(self, sha256: str, made: Iterable[Verification]) -> None:
        """Store what a photo was found to be to those stored before it, in place of everything that was said of it before.

        A pair may have several verdicts, one for each part it shares. Whoever loses an accepted pair is to be traced anew.
        """
        photo_id = self.photo_ids.of(sha256)
        own = verification.c.query_photo_id == photo_id
        lost = select(verification.c.reference_photo_id).where(own, verification.c.state == "accepted")
        touched = list(self.connection.execute(lost).scalars())
        self._take_back((TRACED,), [photo_id, *touched] if touched else [])
        self.connection.execute(delete(verification).where(own))
        rows = [_verification_row(item, photo_id, self.photo_ids.of(item.reference)) for item in made]
        if rows:
            self.connection.execute(insert(verification), rows)

    def match_again(self, sha256s: Iterable[str]) -> None:
        """Record that these photos have to be matched anew; what was found of them stays until then."""
        self._take_back((MATCHED,), self.photo_ids.of_all(sha256s))

    def mark_matched(self, sha256: str, version: int) -> None:
        """Record that a photo was matched against every photo stored before it."""
        self._mark((sha256,), MATCHED, version)

    def mark_touched(self, sha256s: Iterable[str]) -> None:
        """Record that the groups and chains of these photos have to be made anew."""
        self._take_back((TRACED,), self.photo_ids.of_all(sha256s))

    def mark_traced(self, sha256s: Iterable[str], version: int) -> None:
        """Record that the groups and chains of these photos are those of this version."""
        self._mark(sha256s, TRACED, version)

    def store_pixels_digest(self, sha256: str, pixels_sha256: str) -> None:
        """Cache the digest of a photo's full pixels."""
        row = update(rendition).where(rendition.c.photo_id == self.photo_ids.of(sha256)).values(pixels_sha256=pixels_sha256)
        self.connection.execute(row)

    def index_words(self, touched: Iterable[str]) -> None:
        """Write anew what full-text search knows of the touched photos: every word published with them or stated in them."""
        for part in slices(list(dict.fromkeys(self.photo_ids.of_all(touched)))):
            self._forget_words(part)
            texts = self._texts(part)
            given = [
                {"id": photo_id, "words": words_of(words), "letters": letters_of(words)}
                for photo_id in part
                if (words := "\n".join(texts[photo_id]))
            ]
            if given:
                self.connection.execute(text("INSERT INTO photo_words (rowid, words) VALUES (:id, :words)"), given)
                self.connection.execute(text("INSERT INTO photo_letters (rowid, letters) VALUES (:id, :letters)"), given)

    def drop_standing(self, touched: Mapping[str, Sequence[int]]) -> None:
        """Take away the standing of evidence whose every run is retracted."""
        for kind, subjects in touched.items():
            for part in slices(subjects):
                self.connection.execute(delete(standing).where(standing.c.kind == kind, standing.c.subject_id.in_(part)))

    def forget(self, sha256: str) -> None:
        """Remove what is derived from a photo that no longer stands; the evidence stays."""
        photo_id = self.photo_ids.of(sha256)
        self._forget_words([photo_id])
        examined = (verification.c.query_photo_id == photo_id) | (verification.c.reference_photo_id == photo_id)
        self.connection.execute(delete(verification).where(examined))
        for owned in (stage, descriptor, rendition):
            self.connection.execute(delete(owned).where(owned.c.photo_id == photo_id))

    def outdate(self, sha256s: Iterable[str]) -> None:
        """Record that these photos have to be described, matched and traced anew; what was made of them stays until then."""
        names = list(sha256s)
        self._mark(names, OUTDATED, 0)
        self.mark_touched(names)

    def clear_words(self) -> None:
        """Remove everything that was read in words and names."""
        for table in reversed(READ_IN_WORDS):
            self.connection.execute(delete(table))
        for name in SEARCH_TABLES:
            self.connection.execute(text(f"DELETE FROM {name}"))  # noqa: S608 - our own two names

    def clear_standing(self) -> None:
        """Take away the standing of everything."""
        self.connection.execute(delete(standing))

    def left_over(self) -> list[str]:
        """Return the photos that do not stand and of which something derived is kept nevertheless."""
        kept = union(
            *(select(column) for column in (
                rendition.c.photo_id, descriptor.c.photo_id, stage.c.photo_id, verification.c.query_photo_id,
                verification.c.reference_photo_id, group_member.c.photo_id, chain_member.c.photo_id,
            ))
        )  # fmt: skip
        rows = select(photo.c.sha256).where(photo.c.id.in_(kept), ~stands("photo", photo.c.id)).order_by(photo.c.id)
        return list(self.connection.execute(rows).scalars())

    def drop_unused_arrays(self) -> None:
        """Remove the array files that no row names."""
        named = select(descriptor.c.algorithm, descriptor.c.version).where(descriptor.c.array_offset.is_not(None)).distinct()
        self.arrays.keep_only((row.algorithm, row.version) for row in self.connection.execute(named))

    def _offsets(self, sha256s: Sequence[str]) -> dict[tuple[int, str, int], int]:
        """Return where the packed features of photos lie, by photo, algorithm and version."""
        columns = (descriptor.c.photo_id, descriptor.c.algorithm, descriptor.c.version, descriptor.c.array_offset)
        rows = select(*columns).where(descriptor.c.array_offset.is_not(None))
        return {
            (row.photo_id, row.algorithm, row.version): row.array_offset
            for part in slices(self.photo_ids.of_all(sha256s))
            for row in self.connection.execute(rows.where(descriptor.c.photo_id.in_(part)))
        }

    def _take_back(self, names: Sequence[str], photo_ids: Sequence[int]) -> None:
        for part in slices(photo_ids):
            self.connection.execute(delete(stage).where(stage.c.stage.in_(names), stage.c.photo_id.in_(part)))

    def _mark(self, sha256s: Iterable[str], name: str, version: int) -> None:
        rows = [
            {"photo_id": photo_id, "stage": name, "version": version, "through_photo_id": photo_id}
            for photo_id in self.photo_ids.of_all(sha256s)
        ]  # fmt: skip
        fresh = insert_or(stage)
        said = {"version": fresh.excluded.version, "through_photo_id": fresh.excluded.through_photo_id}
        if rows:
            self.connection.execute(fresh.on_conflict_do_update(index_elements=["photo_id", "stage"], set_=said), rows)

    def _texts(self, photo_ids: Sequence[int]) -> dict[int, list[str]]:
        """Return, by photo, its captions, then its credits, then publisher, address and place of each publication."""
        found: dict[int, list[str]] = defaultdict(list)
        for table in (caption, credit):
            # Two questions, because no index answers "stated in the file or published with it" at once.
            said = select(table.c.id, table.c.text).join(standing, standing_of(table.name, table.c.id))
            stated = said.add_columns(table.c.photo_id).where(table.c.photo_id.in_(photo_ids))
            published = said.join(publication, publication.c.id == table.c.publication_id).add_columns(publication.c.photo_id)
            rows = [*self.connection.execute(stated), *self.connection.execute(published.where(_of_photos(photo_ids)))]
            for row in sorted(rows, key=lambda row: row.id):
                found[row.photo_id].append(row.text)
        places = (
            select(publication.c.photo_id, publication.c.publisher, publication.c.url, publication_statement.c.location)
            .join(standing, standing_of("publication", publication.c.id))
            .join(publication_statement, publication_statement.c.publication_id == publication.c.id)
            .where(_of_photos(photo_ids))
            .order_by(publication.c.id, publication_statement.c.id)
        )
        for photo_id, *parts in self.connection.execute(places):
            found[photo_id] += [part for part in parts if part]
        return found

    def _forget_words(self, photo_ids: Sequence[int]) -> None:
        for table in SEARCH_TABLES:
            gone = text(f"DELETE FROM {table} WHERE rowid = :id")  # noqa: S608 - our own two names
            self.connection.execute(gone, [{"id": photo_id} for photo_id in photo_ids])

    def _name_sources(self, names: Mapping[str, str]) -> None:
        rows = [{"id": source, "name": name, "published_count": 0, "credited_count": 0} for source, name in names.items()]
        if rows:
            self.connection.execute(insert_or(named_source).on_conflict_do_nothing(), rows)

    def _replace(
        self, table: Table, key: ColumnElement[int], owners: Sequence[int], rows: Sequence[Mapping[str, object]]
    ) -> None:
        for part in slices(owners):
            self.connection.execute(delete(table).where(key.in_(part)))
        if rows:
            self.connection.execute(insert(table), list(rows))


def _of_photos(photo_ids: Sequence[int]) -> ColumnElement[bool]:
    return publication.c.photo_id.in_(photo_ids)


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
