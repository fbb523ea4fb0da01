"""Chains as the interfaces page gives them, and in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from catalog.records.provenance import Chain, Derivation
from catalog.workflow.catalogue import Catalogue
from catalog.workflow.plain import plain

SHORT = 12


def shown_chains(catalogue: Catalogue, sha256: str | None) -> Iterator[Chain]:
    """Return the chains worth showing: of several photos, or with a finding; the one that holds a photo whatever it is."""
    return catalogue.store.chains(sha256, worth_showing=sha256 is None)


def chain_line(catalogue: Catalogue, chain: Chain) -> dict[str, Any]:
    """Return the JSON line of one chain."""
    paths = catalogue.store.source_paths(chain.photos)
    return {
        "chain": chain.id, "photos": [{"photo": name, "path": paths.get(name, "")} for name in chain.photos],
        "origin": list(chain.origin), "state": chain.state, "state_reason": chain.state_reason,
        "derivations": [_derivation(edge) for edge in chain.derivations],
        "claimed": [plain(claim) for claim in chain.claimed], "findings": [plain(found) for found in chain.findings],
    }  # fmt: skip


def chain_words(catalogue: Catalogue, chain: Chain) -> Iterator[str]:
    """Yield one chain as lines to read."""
    paths = catalogue.store.source_paths(chain.photos)
    yield f"{chain.id[:SHORT]}  {len(chain.photos)} photos, {chain.state}: {chain.state_reason}"
    for edge in chain.derivations:
        arrow = "→" if edge.directed else "—"
        changes = ", ".join(edge.changes) or "no change named"
        sure = f"{edge.confidence:.0%}"
        parent, child = (paths.get(name, name[:SHORT]) for name in (edge.parent, edge.child))
        yield f"  {parent} {arrow} {child}  {changes} ({sure})"
    for found in chain.findings:
        yield f"  {found.rule}: {found.reason}"


def _derivation(edge: Derivation) -> dict[str, Any]:
    evidence = [{"code": one.code, "for": one.supports, "weight": one.weight, "detail": one.detail} for one in edge.evidence]
    return {
        "from": edge.parent, "to": edge.child, "directed": edge.directed, "changes": list(edge.changes),
        "confidence": edge.confidence, "evidence": evidence,
    }  # fmt: skip
