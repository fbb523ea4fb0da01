"""Keep what people decided about derivations and findings, and read their last words."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from catalog.records.event import canonical_json
from catalog.records.provenance import ChainDecision
from catalog.store.evidence import EvidenceWriter
from catalog.store.intake_rows import storable
from catalog.store.tables.evidence import chain_decision


def record_chain_decision(writer: EvidenceWriter, made: ChainDecision) -> None:
    """Record what a person decided about a derivation or a finding, with its event."""
    subject = canonical_json(list(made.subject))
    writer.add(
        chain_decision, kind=made.kind, subject=subject, verdict=made.verdict, reason=storable(made.reason),
        agent=storable(made.agent), at=made.decided_at,
    )  # fmt: skip
    writer.seal(f"{made.kind} {made.verdict}", "-".join(made.subject), agent=made.agent)


def chain_decisions(connection: Connection, among: Sequence[str] | None = None) -> list[ChainDecision]:
    """Return the last word on every derivation and finding that a person decided, undone ones left out.

    `among` limits derivations to those between these photos; findings have sources and publications as subjects and all come.
    """
    last = select(func.max(chain_decision.c.id)).group_by(chain_decision.c.kind, chain_decision.c.subject)
    rows = select(chain_decision).where(chain_decision.c.id.in_(last), chain_decision.c.verdict != "undo")
    found = [
        ChainDecision(row.kind, tuple(json.loads(row.subject)), row.verdict, row.reason, row.agent, row.at)
        for row in connection.execute(rows.order_by(chain_decision.c.id))
    ]
    if among is None:
        return found
    wanted = set(among)
    return [made for made in found if made.kind == "finding" or set(made.subject) <= wanted]
