"""`catalog sources`: who publishes and who is credited, and what is decided about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from catalog.cli.language import _
from catalog.cli.printing import emit, say, show_line

if TYPE_CHECKING:
    from catalog.records.sources import SourceDecision, SourceFacts

AT_ONCE = 200
_REASON = click.option("--reason", required=True, help=_("Why, for those who ask later."))
_VALID_FROM = click.option("--valid-from", default="", metavar="DATE", help=_("First day on which the names were in use."))
_VALID_TO = click.option("--valid-to", default="", metavar="DATE", help=_("Last day on which the names were in use."))


@click.group("sources", invoke_without_command=True, help=_("List who publishes and who is credited, with how often."))
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON Lines, one a source."))
@click.pass_context
def sources(context: click.Context, as_json: bool) -> None:
    """Print every source, unless a command about them was given."""
    from catalog.cli.opening import open_catalogue
    from catalog.records.pages.turning import Place

    if context.invoked_subcommand is not None:
        return
    with open_catalogue() as catalogue:
        place: Place | None = Place()
        while place is not None:
            page = catalogue.store.pages.sources_page(place, AT_ONCE)
            for source in page.sources:
                if as_json:
                    emit({"source": source.id, "name": source.name, "published": source.published, "credited": source.credited})
                else:
                    words = _("{name}: {published} published, credited {credited} times ({id})")
                    numbers = {"published": source.published, "credited": source.credited}
                    show_line(words.format(name=source.name, id=source.id, **numbers))
            place = Place(page.turn.after) if page.turn.after else None


@sources.command(help=_("Show what is on record of a source. With it stand decisions about it and what its name resembles."))
@click.argument("source")
@click.option("--json", "as_json", is_flag=True, help=_("Print one JSON line."))
def show(source: str, as_json: bool) -> None:
    """Print the record, the decisions and the suggestions of one source, given by its id or a name."""
    from catalog.cli.opening import open_catalogue
    from catalog.workflow.keep_sources import facts_line, find_source, source_facts

    with open_catalogue() as catalogue:
        found, name = find_source(catalogue, source)
        facts = source_facts(catalogue, found, name)
    if as_json:
        emit(facts_line(found, name, facts))
        return
    show_line(f"{name} ({found})")
    for line in _words(facts):
        show_line("  " + line)


@sources.command(help=_("Add a source: its names, kind, domains and handles."))
@click.argument("name")
@click.option(
    "--kind", required=True, help=_("Agency, ministry, newspaper, channel, person …; a wrong one is answered with the list.")
)
@click.option("--language", default="", help=_("Language of NAME, such as ru."))
@click.option("--name", "names", multiple=True, metavar="[LANGUAGE=]NAME", help=_("Another name, with its language."))
@click.option("--domain", "domains", multiple=True, help=_("A domain it publishes at."))
@click.option("--channel", "channels", multiple=True, help=_("A handle of a channel of its own."))
@click.option("--parent", default="", metavar="SOURCE", help=_("The source it belongs to."))
@click.option("--reference", default="", help=_("Where this can be looked up."))
@_VALID_FROM
@_VALID_TO
@_REASON
def add(
    name: str, kind: str, language: str, names: tuple[str, ...], domains: tuple[str, ...], channels: tuple[str, ...], parent: str,
    reference: str, valid_from: str, valid_to: str, reason: str,
) -> None:  # fmt: skip
    """Record a new source."""
    from catalog.cli.opening import open_catalogue
    from catalog.records.sources import SourceName, SourceRecord
    from catalog.workflow.keep_sources import add_source, named_with_language

    first = SourceName(name, language, valid_from, valid_to)
    others = (named_with_language(one, valid_from, valid_to) for one in names)
    stated = SourceRecord("", kind, (first, *others), domains, channels, (), parent, reference)
    with open_catalogue() as catalogue:
        _tell(add_source(catalogue, stated, reason, catalogue.agent))


@sources.command(help=_("Give a source more names. What is printed so means that source from now on."))
@click.argument("source")
@click.argument("names", nargs=-1, required=True, metavar="[LANGUAGE=]NAME…")
@_VALID_FROM
@_VALID_TO
@_REASON
def alias(source: str, names: tuple[str, ...], valid_from: str, valid_to: str, reason: str) -> None:
    """Record names of a source."""
    from catalog.cli.opening import open_catalogue
    from catalog.workflow.keep_sources import alias_source, find_source, named_with_language

    stated = [named_with_language(one, valid_from, valid_to) for one in names]
    with open_catalogue() as catalogue:
        found, _name = find_source(catalogue, source)
        _tell(alias_source(catalogue, found, stated, reason, catalogue.agent))


@sources.command(help=_("Let SOURCE mean TARGET from now on."))
@click.argument("source")
@click.argument("target")
@_REASON
def merge(source: str, target: str, reason: str) -> None:
    """Record that two sources are one."""
    from catalog.cli.opening import open_catalogue
    from catalog.workflow.keep_sources import find_source, merge_sources

    with open_catalogue() as catalogue:
        merged, into = find_source(catalogue, source)[0], find_source(catalogue, target)[0]
        _tell(merge_sources(catalogue, merged, into, reason, catalogue.agent))


@sources.command(help=_("Take back a decision about sources, by its number."))
@click.argument("decision", type=click.IntRange(min=1))
@_REASON
def undo(decision: int, reason: str) -> None:
    """Record that a decision does not hold any more."""
    from catalog.cli.opening import open_catalogue
    from catalog.workflow.keep_sources import undo_source_decision

    with open_catalogue() as catalogue:
        _tell(undo_source_decision(catalogue, decision, reason, catalogue.agent))


def _tell(made: SourceDecision) -> None:
    words = {
        "add": _("Added {source}: decision {number}."),
        "alias": _("Named {source}: decision {number}."),
        "merge": _("{source} means {target} from now on: decision {number}."),
        "undo": _("Took back decision {undoes} about {source}: decision {number}."),
    }
    said = words[made.verdict].format(source=made.source, target=made.target, undoes=made.undoes, number=made.number)
    say(said)


def _words(facts: SourceFacts) -> list[str]:
    lines = []
    if facts.record is not None:
        record = facts.record
        lines.append(_("kind: {kind}").format(kind=record.kind or "?"))
        for one in record.names:
            span = f" {one.valid_from}–{one.valid_to}" if one.valid_from or one.valid_to else ""
            lines.append(_("name: {name}").format(name=f"{one.text} [{one.language or '?'}]{span}"))
        for label, values in (
            (_("domains"), record.domains), (_("channels"), record.channels), (_("credit forms"), record.credit_forms),
            (_("belongs to"), (record.parent,) if record.parent else ()),
            (_("reference"), (record.reference,) if record.reference else ()),
        ):  # fmt: skip
            if values:
                lines.append(f"{label}: {', '.join(values)}")
    for suggestion in facts.suggestions:
        words = _("resembles {name} ({source}): {how}; not resolved")
        lines.append(words.format(name=suggestion.name, source=suggestion.source, how=suggestion.how))
    for made in facts.decisions:
        state = _("in force") if made.number in facts.in_force else _("taken back") if made.verdict != "undo" else ""
        lines.append(
            f"{made.number}. {made.verdict} {made.source} {made.target} — {made.reason} ({made.agent}, {made.at}) {state}".strip()
        )
    return lines
