"""How the sentences of findings, evidence and states are said in the reader's language, every name in them isolated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import url_for
from markupsafe import Markup, escape

from catalog.gallery.dates_view import machine_date, written_date, written_share
from catalog.gallery.languages import chosen_language
from catalog.gallery.speech import _
from catalog.gallery.text_view import runs_of
from catalog.records.foreign_text import visible
from catalog.records.partial_date import PartialDate
from catalog.records.provenance import Evidence, Finding, by_rule
from catalog.records.saying import JOINT_AND, JOINT_SEMICOLON, PHOTO_LETTERS, Fill, Saying
from catalog.workflow.read_language import language_of
from catalog.workflow.tell_captions import place_name

Numbers = Mapping[str, int]


def worded(sayings: Sequence[Saying], english: str, numbers: Numbers | None = None) -> Markup:
    """Return sentences in the reader's language; the English one where nothing says what it is made of.

    `numbers` are those that the photos of the page have on it, by SHA-256: such a photo is named by its number and led to.
    """
    if not sayings:
        runs = Markup("").join(
            Markup("<bdi>{}</bdi>").format(run) if is_name else run for run, is_name in runs_of(visible(english))
        )
        return Markup('<span class="sentence" lang="en" dir="ltr">{}</span>').format(runs)
    said = Markup(" ").join(_said(one, numbers or {}) for one in sayings)
    return Markup('<span class="sentence" lang="{}">{}</span>').format(chosen_language(), said)


def found_words(finding: Finding, numbers: Numbers | None = None) -> Markup:
    """Return the reason of a finding."""
    return worded(() if finding.saying is None else (finding.saying,), finding.reason, numbers)


def evidence_words(item: Evidence) -> Markup:
    """Return what an item of a ledger saw."""
    return worded(() if item.saying is None else (item.saying,), item.detail)


def _said(saying: Saying, numbers: Numbers) -> Markup:
    pattern = escape(_(saying.pattern))
    return pattern % {fill.name: _filled(fill, numbers) for fill in saying.fills} if saying.fills else pattern


def _filled(fill: Fill, numbers: Numbers) -> Markup:
    if fill.kind == "sayings":
        return _list([_said(one, numbers) for one in fill.sayings], fill.joint)
    if fill.kind == "place":
        return _place(*fill.texts)
    return _list([_written(fill.kind, text, numbers) for text in fill.texts], fill.joint)


def _written(kind: str, text: str, numbers: Numbers) -> Markup:
    if kind == "date":
        return _dated(text)
    if kind == "photo":
        return _photo(text, numbers)
    if kind == "share":
        return Markup("<bdi>{}</bdi>").format(written_share(float(text) / 100))
    if kind == "figure":
        return Markup('<bdi dir="ltr">{}</bdi>').format(text)
    return Markup('<bdi lang="{}">{}</bdi>').format(language_of(text, None), visible(text))


def _dated(text: str) -> Markup:
    date = PartialDate.parse(text) if text else None
    if date is None:
        return escape(_("undated"))
    if date.edtf is None:
        return Markup("<bdi>{}</bdi>").format(visible(text))
    return Markup('<time datetime="{}">{}</time>').format(machine_date(date), written_date(date))


def _place(name: str, place: str, printed: str) -> Markup:
    """Name a place in the reader's language, with the words that were printed where they are others."""
    if not place:
        return _written("words", name, {})
    known = place_name(place, chosen_language())
    if not printed or printed.casefold() == known.casefold():
        return Markup('<bdi lang="{}">{}</bdi>').format(chosen_language(), known)
    return Markup("<bdi>{}</bdi> ({})").format(known, _written("words", printed, {}))


def _photo(sha256: str, numbers: Numbers) -> Markup:
    if sha256 in numbers:
        return Markup('<a href="#photo-{0}">{0}</a>').format(numbers[sha256])
    return Markup('<a href="{}"><code dir="ltr">{}…</code></a>').format(
        url_for("photo.photo", sha256=sha256), sha256[:PHOTO_LETTERS]
    )


def _list(parts: Sequence[Markup], joint: str) -> Markup:
    comma, semicolon, last = escape(_(", ")), escape(_("; ")), escape(_(" and "))
    if joint == JOINT_AND and len(parts) > 1:
        return comma.join(parts[:-1]) + last + parts[-1]
    return (semicolon if joint == JOINT_SEMICOLON else comma).join(parts)


SAYINGS = (worded, found_words, evidence_words, by_rule)
