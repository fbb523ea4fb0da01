"""`catalog show`: everything known of one photo."""

from __future__ import annotations

import click

from catalog.cli.language import _
from catalog.cli.printing import emit, show_line


@click.command(help=_("Show everything the catalogue knows of one photo."))
@click.argument("photo")
@click.option("--json", "as_json", is_flag=True, help=_("Print it as one JSON line."))
def show(photo: str, as_json: bool) -> None:
    """Print one photo."""
    from catalog.cli.opening import open_catalogue
    from catalog.workflow.present_photo import photo_line, photo_words

    with open_catalogue() as catalogue:
        page = catalogue.store.pages.photo_page(catalogue.photo(photo))
        if as_json:
            emit(photo_line(page))
        else:
            for line in photo_words(page):
                show_line(line)
