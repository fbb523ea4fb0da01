"""`catalog sources`: who publishes and who is credited."""

from __future__ import annotations

import click

from catalog.cli.language import _
from catalog.cli.printing import emit, show_line

AT_ONCE = 200


@click.command(help=_("List the sources: who publishes and who is credited, with how often."))
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON Lines, one a source."))
def sources(as_json: bool) -> None:
    """Print every source."""
    from catalog.cli.opening import open_catalogue
    from catalog.records.pages import Place

    with open_catalogue() as catalogue:
        place: Place | None = Place()
        while place is not None:
            page = catalogue.store.pages.sources_page(place, AT_ONCE)
            for source in page.sources:
                if as_json:
                    emit({"source": source.id, "name": source.name, "published": source.published, "credited": source.credited})
                else:
                    words = _("{name}: {published} published, credited {credited} times ({id})")
                    numbers = {"published": source.published, "credited": source.credited}
                    show_line(words.format(name=source.name, id=source.id, **numbers))
            place = Place(page.turn.after) if page.turn.after else None
