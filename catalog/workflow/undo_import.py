"""Take back an import run by counter-entries; the evidence stays in the record."""

from __future__ import annotations

from catalog.records.reading import Undone
from catalog.workflow.catalogue import Catalogue
from catalog.workflow.match_photos import index_folder
from catalog.workflow.trace_chains import trace_chains


def undo_import(catalogue: Catalogue, run: str, reason: str) -> Undone:
    """Retract a run: what no other run attests stands no more; importing again adds it again.

    Raises NotInCatalogueError for a run nobody knows, UsageError for one that is undone already.
    """
    with catalogue.store.write() as change:
        undone = change.undo(run, reason)
        change.index_words(undone.touched)
        change.mark_touched(undone.touched)
        change.count_sources()
    # What no longer stands would take places on short lists.
    index_folder(catalogue).clear()
    trace_chains(catalogue, lambda _done, _total: None)
    return undone
