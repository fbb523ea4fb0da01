"""Chains as the interfaces page gives them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from catalog.records.provenance import Chain, Derivation
from catalog.workflow.catalogue import Catalogue
from catalog.workflow.plain import plain


def shown_chains(catalogue: Catalogue, sha256: str | None) -> Iterator[Chain]:
    """Return the chains worth showing: of several photos, or with a finding; the one that holds a photo whatever it is."""
    return catalogue.store.chains(sha256, worth_showing=sha256 is None)


def chain_line(chain: Chain, paths: Mapping[str, str]) -> dict[str, Any]:
    """Return the JSON line of one chain; `paths` maps its photos to the paths they were first imported as."""
    return {
        "chain": chain.id, "photos": [{"photo": name, "path": paths.get(name, "")} for name in chain.photos],
        "origin": list(chain.origin), "state": chain.state, "state_reason": chain.state_reason,
        "derivations": [_derivation(edge) for edge in chain.derivations],
        "claimed": [plain(claim) for claim in chain.claimed], "findings": [plain(found) for found in chain.findings],
    }  # fmt: skip


def _derivation(edge: Derivation) -> dict[str, Any]:
    evidence = [{"code": one.code, "for": one.supports, "weight": one.weight, "detail": one.detail} for one in edge.evidence]
    return {
        "from": edge.parent, "to": edge.child, "directed": edge.directed, "changes": list(edge.changes),
        "confidence": edge.confidence, "evidence": evidence,
    }  # fmt: skip
