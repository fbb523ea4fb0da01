"""Sentences as they stand in derived rows: what they are made of, as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from catalog.records.event import canonical_json
from catalog.records.provenance import Evidence, Finding, TextSpan
from catalog.records.saying import Saying, read_saying, saying_values
from catalog.store.decided_rows import read_decision


def saying_text(saying: Saying | None) -> str | None:
    """Write a saying into a derived row."""
    return None if saying is None else canonical_json(saying_values(saying))


def sayings_text(sayings: Sequence[Saying]) -> str:
    """Write several sayings into a derived row."""
    return canonical_json([saying_values(one) for one in sayings])


def read_sayings(text: str) -> tuple[Saying, ...]:
    """Read what `sayings_text` wrote."""
    return tuple(read_saying(one) for one in json.loads(text))


def ledger_values(evidence: Sequence[Evidence]) -> list[list[Any]]:
    """Return a ledger as values that JSON takes."""
    return [
        [one.code, one.supports, one.weight, one.detail, None if one.saying is None else saying_values(one.saying)]
        for one in evidence
    ]


def read_ledger(text: str) -> tuple[Evidence, ...]:
    """Read what `ledger_values` made; items of an older version say nothing of what they are made of."""
    return tuple(
        Evidence(code, supports, weight, detail, read_saying(made_of[0]) if made_of and made_of[0] else None)
        for code, supports, weight, detail, *made_of in json.loads(text)
    )


def read_finding(row: Row[Any]) -> Finding:
    """Build a finding from its row."""
    spans = (TextSpan(one["subject"], one["statement"], one["words"], tuple(one["span"])) for one in json.loads(row.spans))
    return Finding(
        row.rule, row.reason, tuple(json.loads(row.subjects)), tuple(spans), read_decision(row.decision),
        None if row.saying is None else read_saying(json.loads(row.saying)),
    )  # fmt: skip
