"""What docs/interfaces.md promises is what commands, readers and addresses do; no more and no less."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import click
import pytest

from catalog.cli import catalog
from catalog.gallery import create_app
from catalog.intake.manifest_rows import KNOWN_COLUMNS
from catalog.records.custody import Anchor, Verdict
from catalog.records.keeping import RunSummary
from catalog.records.match import CHANGES, Decision, Overlap, Verification
from catalog.records.provenance import CHAIN_STATES, Chain, Claim, Derivation, Evidence, Finding, OtherFrame, TextSpan
from catalog.records.publication import CREDIT_FLAGS, CREDIT_PARTY_ROLES, CreditParty, CreditReading
from catalog.workflow.catalogue import Catalogue
from catalog.workflow.compare_captions import caption_line, compare_pair, comparison_line
from catalog.workflow.match_query import QueryAnswer
from catalog.workflow.present_chains import chain_line
from catalog.workflow.present_match import match_line
from catalog.workflow.read_claims import claims_of
from catalog.workflow.read_credits import credit_line
from tests.docs.documents import named_first, page, rows

COMMAND_LINE, _, _REST = page("interfaces.md").partition("## Manifest")
MANIFEST, _, HTTP = _REST.partition("## HTTP")


def commands(group: click.Group, above: str = "catalog") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            if command.invoke_without_command:
                yield f"{above} {name}", command
            yield from commands(command, f"{above} {name}")
        else:
            yield f"{above} {name}", command


COMMANDS = dict(commands(catalog))
USAGES = [usage for usage in named_first(COMMAND_LINE) if usage.startswith("catalog ")]


def example(heading: str, line: int = 0) -> Any:
    """Return a line of the JSON that stands below a heading in bold."""
    block = COMMAND_LINE.partition(f"**`{heading}`**")[2].partition("```json\n")[2].partition("```")[0]
    return json.loads(block.splitlines()[line])


def shape(value: Any) -> Any:
    """Return names and nesting of a JSON value; of a list its first element, of a plain value nothing."""
    if isinstance(value, dict):
        return {name: shape(member) for name, member in value.items()}
    if isinstance(value, list | tuple):
        return [shape(value[0])] if value else []
    return None


def test_every_command_is_documented_and_every_documented_one_is_there() -> None:
    longest_first = sorted(COMMANDS, key=len, reverse=True)
    documented = [next((name for name in longest_first if f"{usage} ".startswith(f"{name} ")), usage) for usage in USAGES]
    assert sorted(documented) == sorted(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_and_argument_of_a_command_is_documented(name: str) -> None:
    usage = next(usage for usage in USAGES if f"{usage} ".startswith(f"{name} "))
    options = [one for one in COMMANDS[name].params if isinstance(one, click.Option)]
    said = re.findall(r"--[a-z-]+", usage)
    assert sorted(said) == sorted(option.opts[-1] for option in options if option.name != "help")
    arguments = [one for one in COMMANDS[name].params if isinstance(one, click.Argument)]
    after = usage.removeprefix(name).partition(" [--")[0].partition(" --")[0].split()
    assert len(after) == len(arguments)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_has_help(name: str) -> None:
    command = COMMANDS[name]
    assert command.help
    assert command.help.endswith(".")
    assert [one.name for one in command.params if isinstance(one, click.Option) and not one.help] == []


def test_the_columns_of_the_manifest_are_those_that_mean_something() -> None:
    assert sorted(named_first(MANIFEST)) == sorted(KNOWN_COLUMNS)


def test_the_closed_lists_are_those_of_the_records() -> None:
    words = " ".join(COMMAND_LINE.split())
    for closed in (CHANGES, CREDIT_PARTY_ROLES, CREDIT_FLAGS, CHAIN_STATES):
        assert f"`{' '.join(closed)}`" in words


def test_every_address_is_documented_and_every_documented_one_is_there(tmp_path: Path) -> None:
    settings = SimpleNamespace(instance=tmp_path, max_file_bytes=1000)
    app = create_app(cast(Catalogue, SimpleNamespace(settings=settings)))
    actual: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        actual.setdefault(_plain(rule.rule), set()).update((rule.methods or set()) - {"HEAD", "OPTIONS"})
    documented = {_plain(address): row[1].split(", ") for row in rows(HTTP) for address in _addresses(row[0])}
    assert {address: set(methods) for address, methods in documented.items()} == actual


def _addresses(cell: str) -> Iterator[str]:
    """Yield the addresses of a cell such as "`/imports` and `.json`"."""
    first, *others = re.findall(r"`([^`]+)`", cell)
    yield first
    for other in others:
        yield other if other.startswith("/") else first + other


def _plain(rule: str) -> str:
    return re.sub(r"<[^>]+>", "<>", rule)


def test_a_line_of_match_has_the_documented_shape() -> None:
    found = Verification(
        "a" * 64, "b" * 64, "copy", "accepted", 0.9, ("cropped",), (1.0,) * 9, Overlap(1.0, 0.7), None, "points", 1, 0.5, 0.9
    )
    store = SimpleNamespace(source_paths=lambda _names: {"b" * 64: "b.jpg"}, publications_of=lambda _names: {})
    opened = cast(Catalogue, SimpleNamespace(store=store))
    line = match_line(opened, QueryAnswer("q.jpg", None, True, (found,)))
    documented = example("match --json")
    assert shape(line) == shape(documented)


def test_a_line_of_chains_has_the_documented_shape() -> None:
    edge = Derivation("a" * 64, "b" * 64, True, ("cropped",), 0.9, (Evidence("containment", True, 2.1, "words"),))
    finding = Finding("credit_dropped", "words", ("p",), (TextSpan("p", "credit_line", "AP", (0, 2)),))
    chain = Chain(
        "a" * 64, ("a" * 64,), ("a" * 64,), (edge,), (Claim("p", "s", ("s",)),), (finding,),
        "complete", "words",
    )  # fmt: skip
    made = Decision(("a" * 64, "b" * 64), "same_scene", "why", "editor", "2026-11-22T10:00:00Z")
    said = chain_line(chain, {}, (), (OtherFrame("a" * 64, "b" * 64, "b" * 64, made),))["frames"][0]["decision"]
    assert said == {"verdict": "same_scene", "reason": "why", "agent": "editor", "at": "2026-11-22T10:00:00Z"}
    frames = (OtherFrame("a" * 64, "b" * 64, "b" * 64, None),)
    assert shape(chain_line(chain, {}, (), frames)) == shape(example("chains --json"))


def test_a_line_of_credits_parse_has_the_documented_shape() -> None:
    party = CreditParty("issuer", "Velmora Ministry", (0, 16), 0.8)
    made = credit_line(CreditReading("Velmora Ministry", (party,), ("handout",), (), ()))
    documented = example("credits parse --json")
    assert list(made) == list(documented)
    assert list(cast(Any, made["parties"])[0]) == list(documented["parties"][0])


def test_a_line_of_captions_compare_has_the_documented_shape() -> None:
    made = comparison_line(compare_pair({"a": "Ruins in Aleppo", "b": "Ruins in Mosul", "lang_a": "en", "lang_b": "en"}))
    assert made == example("captions compare --json") | {"claims": made["claims"]}
    assert shape(made["claims"]) == shape(example("captions compare --json")["claims"])


def test_a_line_of_captions_claims_has_the_documented_shape() -> None:
    text = "Ruins in Aleppo"
    assert caption_line(text, claims_of(text)) == example("captions claims --json")


def test_the_summaries_have_the_documented_names() -> None:
    assert set(example("import --json", 1)["summary"]) == set(RunSummary.__slots__)
    verdict = {*Verdict.__slots__, "whole"}
    assert set(example("verify --json", 1)["summary"]) == verdict
    assert set(example("verify --json", 1)["summary"]["head"]) == set(Anchor.__slots__)
