"""`catalog credits parse`: the reading of credit lines alone."""

from __future__ import annotations

import click

from catalog.cli.language import _
from catalog.cli.printing import emit, show_line


@click.group("credits", help=_("Read credit lines."))
def credits_group() -> None:
    """Hold what is done with credit lines."""


@credits_group.command(help=_("Show what is read in each credit line. Told are who, in which role, and what could not be read."))
@click.argument("texts", nargs=-1, required=True, metavar="TEXT…")
@click.option("--json", "as_json", is_flag=True, help=_("Print one JSON line a text, in order."))
def parse(texts: tuple[str, ...], as_json: bool) -> None:
    """Print the reading of every text."""
    from catalog.workflow.read_credits import credit_line, read_line, suggested_source

    for text in texts:
        reading = read_line(text)
        if as_json:
            emit(credit_line(reading))
            continue
        show_line(reading.line)
        for party in reading.parties:
            which = ", " + _("in reading {number} of two").format(number=party.reading) if party.reading else ""
            show_line(f"  {party.role}: {party.name} ({party.confidence:.2f}{which})")
            suggested = suggested_source(party.name)
            if suggested:
                show_line("    " + _("resembles {source}; not taken for it").format(source=suggested))
        for label, found in ((_("flags"), reading.flags), (_("identifiers"), reading.identifiers), (_("unread"), reading.unread)):
            if found:
                show_line(f"  {label}: {', '.join(found)}")
