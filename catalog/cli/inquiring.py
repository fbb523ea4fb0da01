"""`catalog inquire`: a search made elsewhere is recorded, above all when it found nothing."""

from __future__ import annotations

import click

from catalog.cli.language import _
from catalog.cli.printing import say


@click.command(
    help=_("Record that an earlier appearance was looked for elsewhere. What was found, or that nothing was, stands with it.")
)
@click.argument("photo")
@click.option("--place", required=True, help=_("Where it was looked for: an archive, a site, a search service."))
@click.option("--date", "made_at", default="", help=_("When, as 2026-11-22; now by default."))
@click.option("--scope", default="", help=_("What was looked through or for."))
@click.option("--found", multiple=True, metavar="ADDRESS", help=_("An earlier appearance that was found; without it, none was."))
def inquire(photo: str, place: str, made_at: str, scope: str, found: tuple[str, ...]) -> None:
    """Record an inquiry."""
    from catalog.cli.opening import open_catalogue
    from catalog.workflow.record_inquiry import record_inquiry

    with open_catalogue() as catalogue:
        made = record_inquiry(catalogue, catalogue.photo(photo), place, scope=scope, made_at=made_at, found=found)
    words = _("Recorded: looked for in {place}, {when}, and found {count}.")
    say(words.format(place=made.place, when=made.made_at, count=len(made.found) or _("nothing earlier")))
