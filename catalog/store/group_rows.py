"""Write picture groups and chains, many at a time: both replace what held the same photos before."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict

from sqlalchemy import Connection, Table, delete, func, insert, select, update

from catalog.records.match import PictureGroup
from catalog.records.provenance import Chain
from catalog.store.decided_rows import decision_text
from catalog.store.photo_ids import PhotoIds
from catalog.store.said_rows import ledger_values, saying_text, sayings_text
from catalog.store.slices import slices
from catalog.store.standing import standing_of
from catalog.store.tables.derived import chain, chain_member, derivation, finding, group_member, picture_group, standing
from catalog.store.tables.evidence import photo, publication, publication_statement

UNDATED = "~"  # sorts after every date


class GroupRows:
    """Write groups and chains on one connection, inside one write transaction.

    Row numbers are given here, after the last one in use, which is safe because a write transaction is the only one.
    """

    def __init__(self, connection: Connection, photo_ids: PhotoIds) -> None:
        """Write on one connection."""
        self.connection = connection
        self.photo_ids = photo_ids

    def fellows(self, sha256s: Iterable[str]) -> list[str]:
        """Return the photos that share a group or a chain with one of the given ones, without these, in stored order."""
        given = self.photo_ids.of_all(sha256s)
        found: set[int] = set()
        for table, owner in ((group_member, group_member.c.group_id), (chain_member, chain_member.c.chain_id)):
            for part in slices(given):
                shared = select(owner).where(table.c.photo_id.in_(part))
                found.update(self.connection.execute(select(table.c.photo_id).where(owner.in_(shared))).scalars())
        names: list[str] = []
        for part in slices(sorted(found - set(given))):
            names += self.connection.execute(select(photo.c.sha256).where(photo.c.id.in_(part)).order_by(photo.c.id)).scalars()
        return names

    def group_alone(self, sha256s: Iterable[str]) -> None:
        """Give a group of its own to each of these photos that is in none yet."""
        names = list(sha256s)
        ids = dict(zip(names, self.photo_ids.of_all(names), strict=True))
        grouped: set[int] = set()
        for part in slices(list(ids.values())):
            rows = select(group_member.c.photo_id).where(group_member.c.photo_id.in_(part))
            grouped.update(self.connection.execute(rows).scalars())
        self._insert_groups([PictureGroup((name,), None) for name, photo_id in ids.items() if photo_id not in grouped])

    def replace_groups(self, touched: Iterable[str], groups: Sequence[PictureGroup]) -> None:
        """Replace the groups that hold any of the touched photos by the given ones, which must cover all of those photos."""
        for part in slices(self.photo_ids.of_all(touched)):
            old = select(group_member.c.group_id).where(group_member.c.photo_id.in_(part))
            self.connection.execute(delete(picture_group).where(picture_group.c.id.in_(old)))
        self._insert_groups(groups)

    def replace_chains(self, touched: Iterable[str], chains: Sequence[Chain], version: int) -> None:
        """Replace the chains that hold any of the touched photos by the given ones, and count findings in their groups."""
        for part in slices(self.photo_ids.of_all(touched)):
            old = select(chain_member.c.chain_id).where(chain_member.c.photo_id.in_(part))
            self.connection.execute(delete(chain).where(chain.c.id.in_(old)))
        first = self._next_id(chain)
        numbered = list(enumerate(chains, first))
        ids = {item.id: self.photo_ids.of_all(item.photos) for item in chains}
        self._insert(chain, [_chain_row(number, item, min(ids[item.id]), version) for number, item in numbered])
        members = [{"photo_id": owned, "chain_id": number} for number, item in numbered for owned in ids[item.id]]
        self._insert(chain_member, members)
        self._insert(derivation, [row for number, item in numbered for row in self._derivation_rows(number, item)])
        found = [
            {
                "chain_id": number, "rule": one.rule, "reason": one.reason, "subjects": compact(one.subjects),
                "decision": decision_text(one.decision), "spans": compact([asdict(span) for span in one.spans]),
                "saying": saying_text(one.saying),
            }
            for number, item in numbered
            for one in item.findings
        ]  # fmt: skip
        self._insert(finding, found)
        self._count_findings(chains)

    def _insert_groups(self, groups: Sequence[PictureGroup]) -> None:
        members = [self.photo_ids.of_all(group.photos) for group in groups]
        appearances = self._appearances([photo_id for photo_ids in members for photo_id in photo_ids])
        rows, member_rows = [], []
        for number, (group, photo_ids) in enumerate(zip(groups, members, strict=True), self._next_id(picture_group)):
            shown = sorted(appearance for photo_id in photo_ids for appearance in appearances[photo_id])
            rows.append({
                "id": number, "cover_photo_id": min(photo_ids), "weakest_score": group.weakest_score,
                "photo_count": len(photo_ids), "publication_count": len(shown), "finding_count": 0,
                "first_published": shown[0][0] if shown else UNDATED, "first_publication_id": shown[0][2] if shown else None,
            })  # fmt: skip
            member_rows += [{"photo_id": photo_id, "group_id": number} for photo_id in photo_ids]
        self._insert(picture_group, rows)
        self._insert(group_member, member_rows)

    def _appearances(self, photo_ids: Sequence[int]) -> dict[int, list[tuple[str, str, int]]]:
        """Return, by photo, the publications that stand: bounds of the latest statement, the later first, and number."""
        latest = (
            select(func.max(publication_statement.c.revision))
            .join(standing, standing_of("publication_statement", publication_statement.c.id))
            .where(publication_statement.c.publication_id == publication.c.id)
            .scalar_subquery()
        )
        rows = (
            select(
                publication.c.photo_id,
                publication.c.id,
                publication_statement.c.published_from,
                publication_statement.c.published_to,
            )
            .join(standing, standing_of("publication", publication.c.id))
            .join(
                publication_statement,
                (publication_statement.c.publication_id == publication.c.id) & (publication_statement.c.revision == latest),
            )
        )
        found: dict[int, list[tuple[str, str, int]]] = defaultdict(list)
        for part in slices(photo_ids):
            for row in self.connection.execute(rows.where(publication.c.photo_id.in_(part))):
                found[row.photo_id].append((row.published_to or UNDATED, row.published_from or UNDATED, row.id))
        return found

    def _derivation_rows(self, number: int, item: Chain) -> Iterator[dict[str, object]]:
        for edge in item.derivations:
            yield {
                "chain_id": number, "parent_photo_id": self.photo_ids.of(edge.parent),
                "child_photo_id": self.photo_ids.of(edge.child), "directed": edge.directed, "changes": compact(edge.changes),
                "confidence": edge.confidence,
                "evidence": compact(ledger_values(edge.evidence)),
                "decision": decision_text(edge.decision), "or_from": compact(edge.or_from),
            }  # fmt: skip

    def _count_findings(self, chains: Iterable[Chain]) -> None:
        """Count in each group the findings that concern one of its photos or their publications; dismissed ones do not count."""
        counts: dict[int, int] = defaultdict(int)
        for one in (one for item in chains for one in item.findings if not one.is_dismissed):
            publications = select(publication.c.photo_id).where(publication.c.identity.in_(one.subjects))
            photos = select(photo.c.id).where(photo.c.sha256.in_(one.subjects))
            concerned = group_member.c.photo_id.in_(publications) | group_member.c.photo_id.in_(photos)
            for group_id in self.connection.execute(select(group_member.c.group_id).where(concerned).distinct()).scalars():
                counts[group_id] += 1
        for group_id, count in counts.items():
            self.connection.execute(update(picture_group).where(picture_group.c.id == group_id).values(finding_count=count))

    def _next_id(self, table: Table) -> int:
        return (self.connection.execute(select(func.max(table.c.id))).scalar() or 0) + 1

    def _insert(self, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
        if rows:
            self.connection.execute(insert(table), list(rows))


def _chain_row(number: int, item: Chain, first_photo_id: int, version: int) -> dict[str, object]:
    return {
        "id": number, "first_photo_id": first_photo_id, "origin": compact(item.origin), "state": item.state,
        "state_reason": item.state_reason, "state_sayings": sayings_text(item.state_sayings),
        "drawing_seconds": item.drawing_seconds, "version": version,
    }  # fmt: skip


def compact(value: object) -> str:
    """Return compact JSON; numbers keep every digit."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
