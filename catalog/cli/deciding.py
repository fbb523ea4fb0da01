"""`catalog decide`: what a person decided about a pair, a derivation or a finding lasts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from catalog.cli.language import _
from catalog.cli.printing import say

if TYPE_CHECKING:
    from catalog.workflow.catalogue import Catalogue

PAIR = {"accept": "accept", "reject": "reject", "same-scene": "same_scene"}
DERIVATION = {"made-from": "made_from", "not-made-from": "not_made_from"}
FINDING = {"confirm": "confirmed", "dismiss": "dismissed"}


@click.command(
    help=_(
        "Decide about a pair, a derivation or a finding, or undo it. Accept or reject a pair of photos, or say that the two are "
        "two frames of one scene; say that the first was, "
        "or was not, made from the second; confirm or dismiss a finding of the chain that holds a photo."
    )
)
@click.argument("verdict", type=click.Choice([*PAIR, *DERIVATION, *FINDING, "undo"]))
@click.argument("photos", metavar="PHOTOS…", nargs=-1, required=True)
@click.option("--finding", metavar="NAME", help=_("The finding, by the first digits `chains --json` gives."))
@click.option("--reason", required=True, help=_("Why, for those who ask later."))
def decide(verdict: str, photos: tuple[str, ...], finding: str | None, reason: str) -> None:
    """Record a decision."""
    from catalog.cli.opening import open_catalogue

    wanted = 1 if finding is not None or verdict in FINDING else 2
    if len(photos) != wanted or (verdict in FINDING) > (finding is not None) or (verdict in {*PAIR, *DERIVATION} and finding):
        raise click.UsageError(_("a pair or a derivation needs two photos; a finding needs one photo and --finding NAME"))
    with open_catalogue() as catalogue:
        names = [catalogue.photo(photo) for photo in photos]
        _record(catalogue, verdict, names, finding, reason)
    words = {
        "accept": _("Accepted"), "reject": _("Rejected"), "same-scene": _("Decided, two frames of one scene:"),
        "made-from": _("Decided, made from:"),
        "not-made-from": _("Decided, not made from:"), "confirm": _("Confirmed a finding of"),
        "dismiss": _("Dismissed a finding of"), "undo": _("Undid the decision on"),
    }  # fmt: skip
    say(f"{words[verdict]} {', '.join(name[:12] for name in names)}.")


def _record(catalogue: Catalogue, verdict: str, names: list[str], finding: str | None, reason: str) -> None:
    from catalog.workflow.decide_chain import decide_derivation, decide_finding
    from catalog.workflow.decide_pair import decide as decide_pair

    if finding is not None:
        decide_finding(catalogue, FINDING.get(verdict, "undo"), names[0], finding, reason)
    elif verdict in DERIVATION:
        decide_derivation(catalogue, DERIVATION[verdict], names[0], names[1], reason)
    elif verdict == "undo" and not catalogue.store.decisions(names):
        child, parent = _decided(catalogue, names)
        decide_derivation(catalogue, "undo", child, parent, reason)
    else:
        decide_pair(catalogue, PAIR.get(verdict, verdict), names[0], names[1], reason, catalogue.agent)


def _decided(catalogue: Catalogue, names: list[str]) -> tuple[str, str]:
    """Return child and parent of the decided derivation between two photos, whichever way round they were given."""
    for made in catalogue.store.chain_decisions(names):
        if made.kind == "derivation":
            return made.subject[1], made.subject[0]
    return names[0], names[1]
