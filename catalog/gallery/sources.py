"""The pages of sources: all of them, one with what it published and where it is credited, and what people decide about them."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from catalog.errors import UsageError
from catalog.gallery.answers import asked_place, page
from catalog.gallery.doors import catalogue, pages
from catalog.gallery.speech import _
from catalog.records.pages.sources import SourcePage, SourcesPage
from catalog.records.sources import SOURCE_KINDS, SourceDecision, SourceName, SourceRecord
from catalog.workflow.keep_sources import (
    add_source,
    alias_source,
    find_source,
    merge_sources,
    named_with_language,
    source_facts,
    source_meant,
    undo_source_decision,
)

SOURCES_A_PAGE = 100
PUBLICATIONS_A_PAGE = 50
REASON_LETTERS = 500

bp = Blueprint("sources", __name__)


@page(bp, "/sources", "sources.html", lambda _shown: {"kinds": SOURCE_KINDS, "reason_letters": REASON_LETTERS})
def sources() -> SourcesPage:
    """Show the sources by name."""
    return pages().sources_page(asked_place(), SOURCES_A_PAGE)


def _beside(shown: SourcePage) -> dict[str, object]:
    return {"thumbs": {one.sha256: one for one in shown.thumbs}, "reason_letters": REASON_LETTERS}


@page(bp, "/sources/<source>", "source.html", _beside)
def source(source: str) -> SourcePage:
    """Show one source with what it published and where it is credited; the address of a merged one leads to what it means now."""
    meant = source_meant(catalogue(), source)
    if meant != source:
        # Not for good: a merge can be taken back.
        abort(redirect(url_for(str(request.endpoint), source=meant)))
    shown = pages().source_page(source, asked_place(), PUBLICATIONS_A_PAGE)
    return replace(shown, facts=source_facts(catalogue(), source, shown.source.name))


@bp.post("/decisions/sources")
def source_decisions() -> Response:
    """Record a decision about sources and lead to the source it is about."""
    deciding = {"add": _add, "alias": _alias, "merge": _merge, "undo": _undo}.get(request.form.get("verdict", ""))
    if deciding is None:
        raise UsageError(_("a decision about a source is one of add, alias, merge, undo"))
    made = deciding(_field("reason")[:REASON_LETTERS])
    return redirect(url_for("sources.source", source=made.target or made.source, decided=made.number), code=303)


def _field(name: str) -> str:
    return request.form.get(name, "").strip()


def _lines(name: str) -> list[str]:
    return [line.strip() for line in _field(name).splitlines() if line.strip()]


def _names(field: str) -> list[SourceName]:
    return [named_with_language(line, _field("valid_from"), _field("valid_to")) for line in _lines(field)]


def _add(reason: str) -> SourceDecision:
    domains, channels = tuple(_lines("domains")), tuple(_lines("channels"))
    names, parent, reference = tuple(_names("names")), _field("parent"), _field("reference")
    stated = SourceRecord("", _field("kind"), names, domains, channels, parent=parent, reference=reference)
    return add_source(catalogue(), stated, reason, catalogue().agent)


def _alias(reason: str) -> SourceDecision:
    return alias_source(catalogue(), _field("source"), _names("names"), reason, catalogue().agent)


def _merge(reason: str) -> SourceDecision:
    if _field("confirmed") != "yes":
        raise UsageError(_("a merge needs the box ticked that says that both are one source"))
    target, _name = find_source(catalogue(), _field("target"))
    return merge_sources(catalogue(), _field("source"), target, reason, catalogue().agent)


def _undo(reason: str) -> SourceDecision:
    number = _field("decision")
    if not number.isdecimal() or len(number) > 18:
        raise UsageError(_("a decision is taken back by its number"))
    return undo_source_decision(catalogue(), int(number), reason, catalogue().agent)
