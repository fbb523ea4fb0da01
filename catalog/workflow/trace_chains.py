"""Make groups and chains anew wherever something touched them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from catalog.credits.source_book import SourceBook
from catalog.errors import NotInCatalogueError
from catalog.matching.groups import group_pictures, without_parted
from catalog.provenance import CHAINS_VERSION
from catalog.provenance.chains import trace_chain
from catalog.records.match import PARTING_VERDICTS, Decision, Verification
from catalog.records.traces import TracedPhoto
from catalog.workflow.apply_decisions import apply_decisions
from catalog.workflow.catalogue import Catalogue
from catalog.workflow.hold_captions import with_claims
from catalog.workflow.other_frames import frames_of_scene
from catalog.workflow.read_credits import with_official_publishers, with_resemblances
from catalog.workflow.state_facts import stated_facts

# So many touched photos with their neighbourhoods are one transaction: most are alone, and a transaction waits for the disk.
COMMIT_PHOTOS = 64


def trace_chains(catalogue: Catalogue, told: Callable[[int, int], None]) -> int:
    """Group and chain every photo that is touched, with its whole neighbourhood; return how many chains were made.

    Some neighbourhoods at a time are one transaction, so a killed run goes on where it stopped. `told` hears how many of the
    touched photos are done, of how many.
    """
    total = catalogue.store.count_untraced(CHAINS_VERSION)
    made, done, last = 0, 0, None
    while touched := catalogue.store.untraced(CHAINS_VERSION, COMMIT_PHOTOS, last):
        made += _trace(catalogue, catalogue.store.connected(touched))
        done, last = done + len(touched), touched[-1]
        told(min(done, total), total)
    # Neighbours that were waiting too went with the photos that touch them.
    told(total, total)
    return made


def _trace(catalogue: Catalogue, members: Sequence[str]) -> int:
    verifications = catalogue.store.verifications_among(members)
    decisions = catalogue.store.decisions(members)
    photos = _traced(catalogue, members)
    chains = trace_chain(
        photos, _believed(members, verifications, decisions), _same_scenes(catalogue, members),
        catalogue.store.chain_decisions(members), [made.photos for made in decisions if made.verdict == "accept"],
        [made.photos for made in decisions if made.verdict in PARTING_VERDICTS],
    )  # fmt: skip
    # What lies in two chains is no copy of one picture.
    chain_of = {name: chain.id for chain in chains for name in chain.photos}
    inside = [found for found in verifications if chain_of.get(found.query) == chain_of.get(found.reference)]
    groups = group_pictures(members, inside, decisions)
    with catalogue.store.write() as change:
        change.replace_groups(members, groups)
        change.replace_chains(members, chains, CHAINS_VERSION)
        change.mark_traced(members, CHAINS_VERSION)
    return len(chains)


def _believed(members: Sequence[str], verifications: Sequence[Verification], decisions: Sequence[Decision]) -> list[Verification]:
    """Return the verifications as people left them, without those that would join through a third photo what people parted."""
    applied = apply_decisions(verifications, decisions)
    if not any(made.verdict in PARTING_VERDICTS for made in decisions):
        return applied
    return without_parted(applied, group_pictures(members, verifications, decisions), decisions)


def _same_scenes(catalogue: Catalogue, members: Sequence[str]) -> list[tuple[TracedPhoto, Verification]]:
    """Return the photos of frames that show one scene, each with the verification that says so; either may lie outside."""
    found = [pair for pair, _decision in frames_of_scene(catalogue, members)]
    names = {name for one in found for name in (one.query, one.reference)}
    photos = {photo.sha256: photo for photo in _traced(catalogue, sorted(names))}
    return [(photos[name], one) for one in found for name in (one.query, one.reference)]


def _traced(catalogue: Catalogue, members: Sequence[str]) -> list[TracedPhoto]:
    def preview(sha256: str) -> bytes:
        try:
            return catalogue.files.preview(sha256)
        except NotInCatalogueError:
            # A lost preview costs a comparison, not the chain; `catalog rebuild` makes it again.
            return b""

    photos = with_claims(catalogue.store.traced_photos(members, stated_facts, preview))
    return with_resemblances(with_official_publishers(photos), SourceBook(catalogue.store.source_decisions()))
