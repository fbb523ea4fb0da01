"""`catalog search`: full text over captions, credits, publishers and addresses."""

from __future__ import annotations

import click

from catalog.cli.language import _
from catalog.cli.printing import emit, say, show_line


@click.command(help=_("Search captions, credits, publishers and addresses. Every word must occur, in whatever language."))
@click.argument("text")
@click.option("--limit", type=click.IntRange(min=1, max=1000), default=50, show_default=True, help=_("Show no more than this."))
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON Lines, one a picture group."))
def search(text: str, limit: int, as_json: bool) -> None:
    """Print the picture groups whose words match."""
    from catalog.cli.opening import open_catalogue
    from catalog.records.pages.grid import GridFilters
    from catalog.records.pages.turning import Place
    from catalog.workflow.name_sources import named_sources, suggested_sources

    with open_catalogue() as catalogue:
        named = named_sources(catalogue, text)
        page = catalogue.store.pages.grid_page(GridFilters(text=text), Place(), limit, named)
        suggested = () if named else suggested_sources(catalogue, text)
    for tile in page.tiles:
        caption = tile.caption.text.splitlines()[0] if tile.caption and tile.caption.text else ""
        published = tile.published_at.raw if tile.published_at else None
        if as_json:
            emit({
                "photo": tile.photo.sha256, "photos": tile.photos, "publications": tile.publications, "caption": caption,
                "publisher": tile.publisher, "published_at": published, "findings": list(tile.findings),
            })  # fmt: skip
        else:
            appeared = " · ".join(part for part in (tile.publisher, published) if part)
            show_line(f"{tile.photo.sha256[:12]}  ×{tile.publications}  {appeared}  {caption}")
    if suggested and not as_json:
        say(_("Sources of a like name: {names}.").format(names=", ".join(one.name for one in suggested)))
    if as_json:
        emit({"summary": {"matching": page.matching, "shown": len(page.tiles)}})
    elif not page.tiles:
        show_line(_("Nothing matches. Fewer or other words may; every word must occur."))
    elif page.matching > len(page.tiles):
        words = _("Shown are {shown} of {matching}; --limit shows more.")
        say(words.format(shown=len(page.tiles), matching=page.matching))
