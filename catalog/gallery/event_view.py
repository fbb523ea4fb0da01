"""What an event of the ledger says beside its action, in words of the reader."""

from __future__ import annotations

import json
from collections.abc import Iterator

from catalog.gallery.dates_view import written_number
from catalog.gallery.speech import _, later
from catalog.gallery.wording import relation_word, state_word

DETAIL_WORDS = {
    "run": later("run"), "read": later("read"), "added": later("added"), "known": later("known"),
    "rejected": later("rejected"), "decision": later("number of the decision"), "relation": later("measured before"),
    "state": later("state"), "score": later("score"), "rung": later("measured by"), "version": later("version"),
    "originals_expected": later("originals expected"), "originals_read": later("originals read"),
    "originals_read_before": later("originals read before"), "originals_not_readable": later("originals not readable"),
    "originals_skipped": later("originals not asked for"), "events_read": later("events read"),
    "alterations": later("alterations"), "alterations_found": later("alterations found"),
    "through_event": later("up to event"),
}  # fmt: skip
RESULT_WORDS = {"success": later("success"), "failure": later("alterations were found")}


def event_details(detail: str) -> list[tuple[str, str]]:
    """Return what the detail of an event holds as words and values; a key that has no words yet stays as it is.

    `detail` is JSON text; what is no JSON object comes back whole, under no words.
    """
    try:
        kept = json.loads(detail)
    except ValueError:
        return [("", detail)]
    return list(_details(kept)) if isinstance(kept, dict) else [("", detail)]


def _details(kept: dict[str, object]) -> Iterator[tuple[str, str]]:
    for key, value in kept.items():
        if isinstance(value, dict):
            yield from _details(value)
        elif value != []:
            yield _(DETAIL_WORDS[key]) if key in DETAIL_WORDS else key.replace("_", " "), _value(key, value)


def _value(key: str, value: object) -> str:
    if key == "relation":
        return relation_word(str(value))
    if key == "state":
        return state_word(str(value))
    if isinstance(value, float):
        return f"{value:.3f}"
    if isinstance(value, int):
        return written_number(value)
    return ", ".join(str(one) for one in value) if isinstance(value, list) else str(value)


def result_word(outcome: str) -> str | None:
    """Return the word for how an event ended, None where its outcome is the code of a reason."""
    return _(RESULT_WORDS[outcome]) if outcome in RESULT_WORDS else None


EVENTS = (event_details, result_word)
