"""`catalog show`: everything known of a photo."""

from __future__ import annotations

import click

from catalog.cli.language import _
from catalog.cli.photo_words import photo_words
from catalog.cli.printing import emit, show_line


@click.command(help=_("Show everything the catalogue knows of a photo."))
@click.argument("photos", nargs=-1, required=True, metavar="PHOTO…")
@click.option("--json", "as_json", is_flag=True, help=_("Print one JSON line a photo, in order."))
def show(photos: tuple[str, ...], as_json: bool) -> None:
    """Print each photo."""
    from catalog.cli.opening import open_catalogue
    from catalog.workflow.plain import plain

    with open_catalogue() as catalogue:
        for photo in photos:
            page = catalogue.store.pages.photo_page(catalogue.photo(photo))
            if as_json:
                emit(plain(page))
            else:
                for line in photo_words(page):
                    show_line(line)
