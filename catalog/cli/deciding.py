"""`catalog decide`: what a person decided about a pair lasts."""

from __future__ import annotations

import click

from catalog.cli.language import _
from catalog.cli.printing import say


@click.command(help=_("Accept or reject a pair of photos for good, or undo what was decided."))
@click.argument("verdict", type=click.Choice(["accept", "reject", "undo"]))
@click.argument("first", metavar="PHOTO")
@click.argument("second", metavar="PHOTO")
@click.option("--reason", required=True, help=_("Why, for those who ask later."))
def decide(verdict: str, first: str, second: str, reason: str) -> None:
    """Record a decision."""
    from catalog.cli.opening import open_catalogue
    from catalog.workflow.decide_pair import decide as record

    with open_catalogue() as catalogue:
        made = record(catalogue, verdict, catalogue.photo(first), catalogue.photo(second), reason, catalogue.agent)
    words = {"accept": _("Accepted"), "reject": _("Rejected"), "undo": _("Undid the decision on")}
    say(_("{done} {first} and {second}.").format(done=words[verdict], first=made.photos[0][:12], second=made.photos[1][:12]))
