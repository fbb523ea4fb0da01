"""The sources in force: the shipped authority, and what users added, named and merged on top of it."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

from catalog.credits.authority import KnownSource, known_sources
from catalog.credits.names import normalise_name
from catalog.credits.resemblance import handle_forms, script_of, skeleton, slips
from catalog.credits.sources import source_id
from catalog.records.sources import SourceDecision, SourceName, SourceRecord, SourceSuggestion

_MAX_SUGGESTIONS = 5
_LANGUAGES = ("en", "ru", "uk", "ar")


class SourceBook:
    """Answer which source a name means. A name means what a user said, else what the shipped authority knows, else itself.

    A name that only resembles one is never taken for it; `suggest` says what it resembles.
    """

    def __init__(self, decisions: Sequence[SourceDecision] = ()) -> None:
        """Apply the decisions in force, in their order, to the shipped records."""
        self.in_force = in_force(decisions)
        self._records = dict(_shipped())
        self._own_names: dict[str, str] = {}
        self._targets: dict[str, str] = {}
        # A handle is a name only with its @: without it, it is a word that others use too.
        self._channels = {handle.casefold(): record.id for record in self._records.values() for handle in record.channels}
        for made in self.in_force:
            if made.verdict == "merge":
                self._targets[made.source] = made.target
            elif made.record is not None:
                self._add(made.source, made.record)
        self._own_resemblances: dict[str, dict[str, set[str]]] | None = None

    def id_of(self, name: str) -> str:
        """Return the id of the source that a name means, merges followed; a name nobody knows has an id of its own."""
        handle = name.strip().casefold()
        known = self._channels.get(handle) if handle.startswith("@") else self._own_names.get(normalise_name(name))
        return self.merged(known or source_id(name))

    def merged(self, source: str) -> str:
        """Return the source that an id means after merges."""
        # A merge is refused when it would close a circle, so this ends; a damaged ledger must not make it endless.
        for _ in range(len(self._targets)):
            if source not in self._targets:
                break
            source = self._targets[source]
        return source

    def record(self, source: str) -> SourceRecord | None:
        """Return the authority record of an id, None when there is none."""
        return self._records.get(source)

    def records(self) -> tuple[SourceRecord, ...]:
        """Return every record that was not merged into another, the shipped ones first."""
        return tuple(record for name, record in self._records.items() if name not in self._targets)

    def is_known(self, name: str) -> bool:
        """Tell whether a record holds the name."""
        return self.id_of(name) in self._records

    def suggest(self, name: str) -> tuple[SourceSuggestion, ...]:
        """Return the sources that a name nobody knows resembles, at most five: handles, then misspelt, then transliterated."""
        if self.is_known(name):
            return ()
        found = {source: "handle" for source in map(self.id_of, handle_forms(name)) if source in self._records}
        for form in slips(name):
            for source in sorted(self._resembled("misspelt", form)):
                found.setdefault(self.merged(source), "misspelt")
        sound = skeleton(name)
        for source in sorted(self._resembled("transliterated", sound)) if sound else ():
            if any(script_of(one.text) != script_of(name) for one in self._records[source].names):
                found.setdefault(self.merged(source), "transliterated")
        known = [(source, how) for source, how in found.items() if source in self._records][:_MAX_SUGGESTIONS]
        return tuple(SourceSuggestion(source, self._records[source].names[0].text, how) for source, how in known)

    def _add(self, source: str, stated: SourceRecord) -> None:
        known = self._records.get(source)
        names = (*known.names, *stated.names) if known else stated.names
        self._records[source] = replace(
            stated,
            id=source,
            kind=stated.kind or (known.kind if known else ""),
            names=names,
            domains=tuple(dict.fromkeys((*(known.domains if known else ()), *stated.domains))),
            channels=tuple(dict.fromkeys((*(known.channels if known else ()), *stated.channels))),
            credit_forms=known.credit_forms if known else (),
            parent=stated.parent or (known.parent if known else ""),
            reference=stated.reference or (known.reference if known else ""),
            is_shipped=known.is_shipped if known else False,
        )
        for name in (*(one.text for one in stated.names), *stated.domains):
            if name.startswith("@"):
                self._channels[name.casefold()] = source
            else:
                self._own_names[normalise_name(name)] = source
        self._channels.update({"@" + handle.casefold().removeprefix("@"): source for handle in stated.channels})

    def _resembled(self, kind: str, key: str) -> set[str]:
        """Return the ids of records that have a name with this slip or this skeleton."""
        if self._own_resemblances is None:
            shipped = _shipped()
            own = (record for name, record in self._records.items() if shipped.get(name) is not record)
            self._own_resemblances = _resemblances(own)
        return _shipped_resemblances()[kind].get(key, set()) | self._own_resemblances[kind].get(key, set())


def in_force(decisions: Iterable[SourceDecision]) -> tuple[SourceDecision, ...]:
    """Return the decisions that were not taken back, in their order."""
    every = list(decisions)
    undone = {made.undoes for made in every if made.verdict == "undo"}
    return tuple(made for made in every if made.verdict != "undo" and made.number not in undone)


def _resemblances(records: Iterable[SourceRecord]) -> dict[str, dict[str, set[str]]]:
    found: dict[str, dict[str, set[str]]] = {"misspelt": defaultdict(set), "transliterated": defaultdict(set)}
    for record in records:
        for name in record.names:
            for form in slips(name.text):
                found["misspelt"][form].add(record.id)
            if sound := skeleton(name.text):
                found["transliterated"][sound].add(record.id)
    return found


@cache
def _shipped_resemblances() -> dict[str, dict[str, set[str]]]:
    return _resemblances(_shipped().values())


@cache
def _shipped() -> dict[str, SourceRecord]:
    facts = _facts()
    forms = _forms_of_kinds()
    return {known.id: _record(known, facts.get(known.id, {}), forms.get(known.kind, ())) for known in known_sources()}


def _record(known: KnownSource, fact: dict[str, str], forms: tuple[str, ...]) -> SourceRecord:
    names = [SourceName(text, language) for language, text in known.names]
    names += [SourceName(text, language) for language in _LANGUAGES for text in _parts(fact.get(language, ""))]
    validity = {text: (start, end) for text, start, end in (part.split("=") for part in _parts(fact.get("validity", "")))}
    dated = [
        replace(one, valid_from=validity[one.text][0], valid_to=validity[one.text][1]) if one.text in validity else one
        for one in names
    ]
    return SourceRecord(
        id=known.id,
        kind=known.kind,
        names=tuple(dated),
        domains=tuple(dict.fromkeys((*known.domains, *_parts(fact.get("domains", ""))))),
        channels=_parts(fact.get("channels", "")),
        credit_forms=(*_parts(fact.get("credit_forms", "")), *forms),
        parent=fact.get("parent", ""),
        reference=known.reference,
        is_shipped=True,
    )


def _facts() -> dict[str, dict[str, str]]:
    text = files("catalog.credits").joinpath("authority_facts.csv").read_text("utf-8")
    return {row["id"]: row for row in csv.DictReader(text.splitlines())}


def _forms_of_kinds() -> dict[str, tuple[str, ...]]:
    text = files("catalog.credits").joinpath("credit_forms.csv").read_text("utf-8")
    return {row["kind"]: _parts(row["forms"]) for row in csv.DictReader(text.splitlines())}


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)
