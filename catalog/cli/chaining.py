"""`catalog chains`: provenance chains, observed and claimed."""

from __future__ import annotations

from time import perf_counter

import click

from catalog.cli.chain_words import chain_words
from catalog.cli.language import _
from catalog.cli.printing import emit, show_line


@click.command(
    help=_("Show chains: which photo was made from which. With each stands where claims disagree with what is observed.")
)
@click.argument("photo", required=False)
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON Lines, one a chain, then a summary."))
def chains(photo: str | None, as_json: bool) -> None:
    """Print every chain, or the one that holds a photo."""
    from catalog.cli.opening import open_catalogue
    from catalog.workflow.other_frames import other_frames
    from catalog.workflow.present_chains import chain_line, elsewhere, shown_chains
    from catalog.workflow.rejected_pairs import rejected_pairs

    with open_catalogue() as catalogue:
        started, count, drawing = perf_counter(), 0, 0.0
        for chain in shown_chains(catalogue, None if photo is None else catalogue.photo(photo)):
            count += 1
            drawing += chain.drawing_seconds
            beside = elsewhere(catalogue, chain.photos)
            frames = other_frames(catalogue, chain.photos)
            rejected = rejected_pairs(catalogue, chain.photos)
            inquiries = catalogue.store.pages.inquiries(chain.photos)
            others = [*(one.other for one in beside), *(one.other for one in frames), *(one.other for one in rejected)]
            paths = catalogue.store.source_paths([*chain.photos, *others])
            if as_json:
                emit(chain_line(chain, paths, beside, frames, inquiries, rejected))
            else:
                for line in chain_words(chain, paths, beside, frames, inquiries, rejected):
                    show_line(line)
        if as_json:
            emit({"summary": {"chains": count, "seconds": drawing + perf_counter() - started}})
        elif not count:
            show_line(_("No chains: no two photos of the catalogue show the same picture."))
