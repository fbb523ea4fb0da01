"""What a person decided, as it stands beside a derived row."""

from __future__ import annotations

import json
from dataclasses import asdict

from sqlalchemy import ColumnElement, func

from catalog.records.event import canonical_json
from catalog.records.provenance import ChainDecision
from catalog.store.tables.derived import finding


def counted_findings() -> ColumnElement[bool]:
    """Return the condition that no person dismissed a finding."""
    return func.coalesce(func.json_extract(finding.c.decision, "$.verdict"), "") != "dismissed"


def decision_text(made: ChainDecision | None) -> str | None:
    """Write a decision into a derived row."""
    return None if made is None else canonical_json(asdict(made))


def read_decision(text: str | None) -> ChainDecision | None:
    """Read what `decision_text` wrote."""
    if text is None:
        return None
    found = json.loads(text)
    return ChainDecision(**{**found, "subject": tuple(found["subject"])})
