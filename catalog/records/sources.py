"""Authority records of sources, what people decide about them, and names that only resemble theirs."""

from __future__ import annotations

from dataclasses import dataclass

# The first eleven are those of the shipped list; the others are for users' own records and for names nobody has said more about.
SOURCE_KINDS = (
    "agency", "library", "ministry", "military", "service", "office", "organisation", "newspaper", "broadcaster", "site",
    "platform", "channel", "person", "fact_checker", "magazine",
)  # fmt: skip
# Governments and armed forces: what they publish first is not therefore theirs (docs/findings.md).
OFFICIAL_KINDS = frozenset({"ministry", "military", "service", "office"})
SOURCE_VERDICTS = ("add", "alias", "merge", "undo")


@dataclass(frozen=True, slots=True)
class SourceName:
    """Hold one name of a source, its language (BCP 47 or ""), and the days between which it was in use (ISO 8601 or "")."""

    text: str
    language: str = ""
    valid_from: str = ""
    valid_to: str = ""


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """Hold what is known of a source: names in order of preference, domains, channel handles, usual credit forms.

    `parent` is the id of the source it belongs to, "" for none. In credit forms `{name}` stands for a person, `{source}` for one
    of its names.
    """

    id: str
    kind: str
    names: tuple[SourceName, ...]
    domains: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    credit_forms: tuple[str, ...] = ()
    parent: str = ""
    reference: str = ""
    is_shipped: bool = False


@dataclass(frozen=True, slots=True)
class SourceDecision:
    """Hold one decision of a person about sources, with its number in the order they were made (0 before it is kept).

    `add` states a record under an id of its own or adds to the one of that id; `alias` gives names to `source`; `merge` makes
    `source` mean `target` from now on; `undo` takes back the decision numbered `undoes`.
    """

    verdict: str
    source: str
    reason: str
    agent: str
    at: str
    record: SourceRecord | None = None
    target: str = ""
    undoes: int = 0
    number: int = 0


@dataclass(frozen=True, slots=True)
class SourceSuggestion:
    """Hold a source that a name resembles and is not taken for: `how` is `misspelt`, `transliterated` or `handle`."""

    source: str
    name: str
    how: str


@dataclass(frozen=True, slots=True)
class UsedName:
    """Hold that a name was resolved to a source, in credits or as a publisher."""

    name: str
    source: str


@dataclass(frozen=True, slots=True)
class Renaming:
    """Hold that a name that meant one source means another."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """Hold what is said of one source beside what it published: its record, decisions about it, names like its own.

    `in_force` are the numbers of decisions that were not taken back.
    """

    record: SourceRecord | None
    decisions: tuple[SourceDecision, ...] = ()
    suggestions: tuple[SourceSuggestion, ...] = ()
    in_force: tuple[int, ...] = ()
