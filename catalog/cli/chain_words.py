"""A chain in words, for those who read it on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from catalog.cli.language import _, ngettext

if TYPE_CHECKING:
    from catalog.records.provenance import Chain

SHORT = 12


def chain_words(chain: Chain, paths: Mapping[str, str]) -> Iterator[str]:
    """Yield one chain as lines: its state first, then its derivations, then what is in dispute. `paths` names the photos."""
    count = ngettext("{count} photo", "{count} photos", len(chain.photos)).format(count=len(chain.photos))
    yield f"{chain.id[:SHORT]}  {count}, {chain.state}: {chain.state_reason}"
    for edge in chain.derivations:
        parent, child = (paths.get(name, name[:SHORT]) for name in (edge.parent, edge.child))
        changes = ", ".join(edge.changes) or _("no change named")
        yield f"  {parent} {'→' if edge.directed else '—'} {child}  {changes} ({edge.confidence:.0%})"
    for found in chain.findings:
        yield f"  ▲ {found.rule}: {found.reason}"
