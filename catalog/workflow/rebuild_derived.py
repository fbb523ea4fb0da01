"""Remake everything derived from the evidence: facts, descriptors, readings, words, matches, groups, chains."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from catalog.compute.interface import Request
from catalog.errors import ComputeError, NotInCatalogueError
from catalog.records.description import Description
from catalog.workflow.catalogue import Catalogue
from catalog.workflow.describe_photo import believed, describing, is_described
from catalog.workflow.keep_sources import describe_sources, source_book
from catalog.workflow.learn_templates import match_collection
from catalog.workflow.match_photos import index_folder
from catalog.workflow.read_claims import store_claims
from catalog.workflow.read_credits import store_caption_credits, store_reading
from catalog.workflow.trace_chains import trace_chains
from catalog.workflow.use_model import require_model

COMMIT_PHOTOS = 64


def rebuild_derived(catalogue: Catalogue, told: Callable[[str, int, int], None]) -> list[tuple[str, ComputeError]]:
    """Make everything derived again from the originals and the evidence; return the photos that failed.

    What was made of a photo before stays, and answers for it, until the new is complete; that of a photo that fails stays too.
    `told` hears the phase and how much of it is done. A killed rebuild goes on with `resume_derived` or the next import; called
    again, this begins anew.
    """
    require_model(catalogue.model, catalogue.executor)
    with catalogue.store.write() as change:
        change.begin_rebuild()
    index_folder(catalogue).clear()
    return resume_derived(catalogue, told)


def resume_derived(catalogue: Catalogue, told: Callable[[str, int, int], None]) -> list[tuple[str, ComputeError]]:
    """Make what is missing of the derived rows by the versions in force; return the photos that could not be described."""
    require_model(catalogue.model, catalogue.executor)
    # First, because a photo described anew is traced anew, by what the words then say.
    _read_words(catalogue)
    failed = _describe(catalogue, told)
    failed += match_collection(catalogue, lambda done, total: told("matching", done, total))
    trace_chains(catalogue, lambda done, total: told("tracing", done, total))
    with catalogue.store.write() as change:
        change.drop_unused_arrays()
    return failed


def _describe(catalogue: Catalogue, told: Callable[[str, int, int], None]) -> list[tuple[str, ComputeError]]:
    outdated = [sha256 for sha256 in catalogue.store.standing_photos() if not _is_described(catalogue, sha256)]
    if outdated:
        with catalogue.store.write() as change:
            change.outdate(outdated)
    waiting = iter(outdated)
    failed: list[tuple[str, ComputeError]] = []
    done = 0
    while some := list(islice(waiting, COMMIT_PHOTOS)):
        made = list(_described(catalogue, some))
        failed += [(sha256, found) for sha256, found in made if isinstance(found, ComputeError)]
        _store(catalogue, [(sha256, found) for sha256, found in made if isinstance(found, Description)])
        done += len(some)
        told("describing", done, len(outdated))
    if outdated:
        # It holds what they were described by before.
        index_folder(catalogue).clear()
    return failed


def _is_described(catalogue: Catalogue, sha256: str) -> bool:
    state = catalogue.store.photo_state(sha256)
    if state is None or not is_described(state, catalogue.model):
        return False
    try:
        return state.recipe == 0 or bool(catalogue.files.preview(sha256))
    except NotInCatalogueError:
        return False


def _described(catalogue: Catalogue, some: Sequence[str]) -> Iterator[tuple[str, Description | ComputeError]]:
    names = catalogue.store.source_paths(some)

    def requests() -> Iterator[tuple[str, Request]]:
        for sha256 in some:
            yield sha256, describing(catalogue.files.path_of_original(sha256), names.get(sha256, ""), None, catalogue.model)

    for sha256, outcome in catalogue.executor.map(requests()):
        try:
            yield sha256, outcome if isinstance(outcome, ComputeError) else believed(outcome)
        except ComputeError as error:
            yield sha256, error


def _store(catalogue: Catalogue, made: Sequence[tuple[str, Description]]) -> None:
    for sha256, found in made:
        if found.rendition is not None:
            catalogue.files.put_preview(sha256, found.rendition.preview)
    with catalogue.store.write() as change:
        for sha256, found in made:
            change.store_rendition(sha256, found.image_data_sha256, found.rendition)
        change.store_descriptors([(sha256, found.descriptors) for sha256, found in made])


def _read_words(catalogue: Catalogue) -> None:
    with catalogue.store.write() as change:
        # Asked while nobody else can write, so that what another process has just read in words is not cleared and forgotten.
        book = source_book(catalogue)
        lines, publishers = list(catalogue.store.credit_lines()), list(catalogue.store.publishers())
        captions, standing = list(catalogue.store.caption_texts()), catalogue.store.standing_photos()
        change.clear_words()
        for line in lines:
            store_reading(change, line.credit_id, line.line, book)
        for caption in captions:
            store_caption_credits(change, caption.caption_id, caption.text, book)
            store_claims(change, caption.caption_id, caption.text)
        for identity, name in publishers:
            change.store_publisher(identity, book.id_of(name), name)
        change.index_words(standing)
        describe_sources(change, book)
        change.count_sources()
