"""Decide about sources: add one, name one, merge two, take it back; every name in use follows at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from catalog.credits.names import normalise_name
from catalog.credits.resemblance import handle_forms
from catalog.credits.source_book import SourceBook
from catalog.errors import NotInCatalogueError, UsageError
from catalog.records.partial_date import PartialDate
from catalog.records.sources import (
    SOURCE_KINDS,
    Renaming,
    SourceDecision,
    SourceFacts,
    SourceName,
    SourceRecord,
    SourceSuggestion,
)
from catalog.store.interface.change import Change
from catalog.workflow.catalogue import Catalogue
from catalog.workflow.trace_chains import trace_chains

MAX_LETTERS = 200
MAX_NAMES = 50


def source_book(catalogue: Catalogue) -> SourceBook:
    """Return the sources in force in a catalogue: the shipped ones and what was decided on top."""
    return SourceBook(catalogue.store.source_decisions())


def describe_sources(change: Change, book: SourceBook) -> None:
    """Write name and kind of every source in force into the rows that name one."""
    decided = {made.source for made in book.in_force}
    known = {record.id: (record.names[0].text, record.kind or None) for record in book.records()}
    change.describe_sources(known, sorted(decided & set(known)))


def add_source(catalogue: Catalogue, stated: SourceRecord, reason: str, agent: str) -> SourceDecision:
    """Add a source under the id that its first name has in the catalogue, so that what names it already belongs to it.

    The parent is given by its id or by a name of it. Raises UsageError for a source without a name or with a kind nobody knows,
    for a first name that a record holds already, and for a missing reason; NotInCatalogueError for a parent nobody knows.
    """
    names = _names(stated.names)
    _hold(stated)
    book = source_book(catalogue)
    if book.is_known(names[0].text):
        known = book.id_of(names[0].text)
        raise UsageError.because(
            "'%(name)s' is a name of %(source)s already; `catalog sources alias %(source)s NAME` gives it more",
            name=names[0].text,
            source=known,
        )
    _refuse_taken(book, names[1:], "")
    source = book.id_of(names[0].text)
    parent = find_source(catalogue, stated.parent)[0] if stated.parent else ""
    record = replace(stated, id=source, names=names, parent=parent)
    return _keep(catalogue, _decision("add", source, reason, agent, record=record), book)


def alias_source(catalogue: Catalogue, source: str, names: Sequence[SourceName], reason: str, agent: str) -> SourceDecision:
    """Give a source more names, domains and handles included; what is printed so means that source from now on.

    Raises NotInCatalogueError for a source that has no record, UsageError for a name that another record holds.
    """
    book = source_book(catalogue)
    owner = _record(book, source)
    held = _names(names)
    _refuse_taken(book, held, owner.id)
    return _keep(catalogue, _decision("alias", owner.id, reason, agent, record=SourceRecord(owner.id, "", held)), book)


def merge_sources(catalogue: Catalogue, source: str, target: str, reason: str, agent: str) -> SourceDecision:
    """Let a source mean another from now on; both keep their records, and taking it back parts them again.

    Raises NotInCatalogueError for a source that is neither on record nor named in the catalogue, UsageError for a source merged
    with itself or merged already.
    """
    book = source_book(catalogue)
    _record(book, target)
    known = {used.source for used in catalogue.store.used_names()} | {record.id for record in book.records()}
    if source not in known:
        raise NotInCatalogueError.because(
            "%(source)s: no such source is kept here, or it is merged already; `catalog sources` lists them", source=source
        )
    if book.merged(target) == source or source == target:
        raise UsageError.because("%(source)s and %(target)s are one source already", source=source, target=target)
    return _keep(catalogue, _decision("merge", source, reason, agent, target=book.merged(target)), book)


def undo_source_decision(catalogue: Catalogue, number: int, reason: str, agent: str) -> SourceDecision:
    """Take back one decision about sources by its number; what it changed is as it would be without it.

    Raises UsageError when no such decision is in force, or when a later one stands on it.
    """
    book = source_book(catalogue)
    undone = next((made for made in book.in_force if made.number == number), None)
    if undone is None:
        raise UsageError.because(
            "no decision %(number)s about sources is in force; `catalog sources show SOURCE` lists them", number=number
        )
    later = [made.number for made in book.in_force if made.number > number and undone.source in (made.source, made.target)]
    if undone.verdict == "add" and later:
        raise UsageError.because(
            "decision %(later)s stands on decision %(number)s; take back %(later)s first", later=later[-1], number=number
        )
    return _keep(catalogue, _decision("undo", undone.source, reason, agent, undoes=number), book)


def source_facts(catalogue: Catalogue, source: str, name: str = "") -> SourceFacts:
    """Return what is on record of a source, what was decided about it, and which names its own resembles.

    Besides sources on record these are the handle of the same letters, or the name of those letters, that is used here.
    """
    decisions = catalogue.store.source_decisions()
    book = SourceBook(decisions)
    concerned = tuple(made for made in decisions if source in (made.source, made.target))
    suggested = (*book.suggest(name), *_used_handles(catalogue, book, source, name)) if name else ()
    return SourceFacts(book.record(source), concerned, suggested, tuple(made.number for made in book.in_force))


def source_meant(catalogue: Catalogue, source: str) -> str:
    """Return the id that an id means now: its own, or that of the source it was merged into."""
    return source_book(catalogue).merged(source)


def find_source(catalogue: Catalogue, asked: str) -> tuple[str, str]:
    """Return id and name of the source that is meant by an id or by a name of it.

    Raises NotInCatalogueError when neither the records nor what was published here know it.
    """
    book = source_book(catalogue)
    used = {one.source: one.name for one in catalogue.store.used_names()}
    for source in (asked, book.id_of(asked)):
        record = book.record(source)
        if record is not None:
            return source, record.names[0].text
        if source in used:
            return source, used[source]
    raise NotInCatalogueError.because("%(source)s: no such source is kept here; `catalog sources` lists them", source=asked)


def named_with_language(text: str, valid_from: str = "", valid_to: str = "") -> SourceName:
    """Read a name that may begin with its language and an equals sign, `ru=Вестник`."""
    language, sign, name = text.partition("=")
    if sign and language.isascii() and language.isalpha() and len(language) in (2, 3):
        return SourceName(name, language.lower(), valid_from, valid_to)
    return SourceName(text, "", valid_from, valid_to)


def facts_line(source: str, name: str, facts: SourceFacts) -> dict[str, object]:
    """Return the JSON of what is known of a source, as the interfaces page gives it."""
    record = facts.record
    return {
        "source": source, "name": name, "kind": record.kind if record else None,
        "names": [[one.text, one.language, one.valid_from, one.valid_to] for one in record.names] if record else [],
        "domains": list(record.domains) if record else [], "channels": list(record.channels) if record else [],
        "credit_forms": list(record.credit_forms) if record else [], "parent": (record.parent or None) if record else None,
        "reference": (record.reference or None) if record else None,
        "suggested": [{"source": one.source, "name": one.name, "how": one.how} for one in facts.suggestions],
        "decisions": [
            {"decision": made.number, "verdict": made.verdict, "source": made.source, "target": made.target or None,
             "undoes": made.undoes or None, "reason": made.reason, "agent": made.agent, "at": made.at,
             "in_force": made.number in facts.in_force}
            for made in facts.decisions
        ],
    }  # fmt: skip


def _keep(catalogue: Catalogue, made: SourceDecision, book: SourceBook) -> SourceDecision:
    used = catalogue.store.used_names()
    decisions = catalogue.store.source_decisions()
    with catalogue.store.write() as change:
        kept = replace(made, number=change.decide_source(made))
        after = SourceBook([*decisions, kept])
        renamings = [Renaming(one.name, one.source, after.id_of(one.name)) for one in used if after.id_of(one.name) != one.source]
        touched = change.rename_sources(renamings)
        describe_sources(change, after)
        change.count_sources()
        change.mark_touched(touched)
    trace_chains(catalogue, lambda _done, _total: None)
    return kept


def _decision(
    verdict: str, source: str, reason: str, agent: str, *, record: SourceRecord | None = None, target: str = "", undoes: int = 0
) -> SourceDecision:
    if not reason.strip():
        raise UsageError.because("a decision needs a reason; write it for those who ask later")
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return SourceDecision(verdict, source, reason.strip(), agent, at, record, target, undoes)


def _used_handles(catalogue: Catalogue, book: SourceBook, source: str, name: str) -> tuple[SourceSuggestion, ...]:
    """Return what is used here without a record and is a handle of the letters of a name, or the name of a handle."""
    forms = {book.id_of(form) for form in handle_forms(name)} - {source}
    found = catalogue.store.printed_sources([one for one in forms if book.record(one) is None])
    return tuple(SourceSuggestion(one, printed, "handle") for one, printed in sorted(found.items()))


def _record(book: SourceBook, source: str) -> SourceRecord:
    found = book.record(source)
    if found is None:
        raise NotInCatalogueError.because(
            "%(source)s: no source is on record under this id; `catalog sources add` makes a record", source=source
        )
    return found


def _names(stated: Sequence[SourceName]) -> tuple[SourceName, ...]:
    names = tuple(replace(one, text=one.text.strip()) for one in stated)
    if not names or len(names) > MAX_NAMES or not all(0 < len(one.text) <= MAX_LETTERS for one in names):
        raise UsageError.because(
            "a source has 1 to %(names)s names of 1 to %(letters)s letters", names=MAX_NAMES, letters=MAX_LETTERS
        )
    for one in names:
        if not normalise_name(one.text):
            raise UsageError.because("'%(name)s' has no letter or digit; give a name that can be read", name=one.text)
        for day in (one.valid_from, one.valid_to):
            if day and not PartialDate.parse(day).is_read:
                raise UsageError.because("'%(date)s' is no date; write 2018, 2018-09 or 2018-09-01", date=day)
        if one.valid_from and one.valid_to and PartialDate.parse(one.valid_to).is_before(PartialDate.parse(one.valid_from)):
            raise UsageError.because(
                "'%(name)s' cannot be in use from %(first)s until %(last)s; the first comes first",
                name=one.text,
                first=one.valid_from,
                last=one.valid_to,
            )
    return names


def _hold(stated: SourceRecord) -> None:
    if stated.kind not in SOURCE_KINDS:
        raise UsageError.because(
            "'%(kind)s' is no kind of source; the kinds are %(kinds)s", kind=stated.kind, kinds=", ".join(SOURCE_KINDS)
        )


def _refuse_taken(book: SourceBook, names: Sequence[SourceName], owner: str) -> None:
    for one in names:
        if book.is_known(one.text) and book.id_of(one.text) != book.merged(owner):
            raise UsageError.because(
                "'%(name)s' is a name of %(source)s already; merge the two, or choose another name",
                name=one.text,
                source=book.id_of(one.text),
            )
