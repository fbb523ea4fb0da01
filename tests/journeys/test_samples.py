"""The samples, imported by the real command, give the answers that samples/expected.json wrote down."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SAMPLES, run_catalog

EXPECTED = json.loads((SAMPLES / "expected.json").read_text("utf-8"))
STORIES = {story["id"]: story for story in EXPECTED["stories"]}
WHOLE = {"same_bytes", "same_pixels", "copy"}


class Answers:
    """Hold what the command line says about the imported samples, by file name."""

    def __init__(self, instance: Path) -> None:
        self.imported = [json.loads(line) for line in (instance / "imported").read_text("utf-8").splitlines()]
        with (SAMPLES / "manifest.csv").open(encoding="utf-8", newline="") as manifest:
            self.files = [row["file"] for row in csv.DictReader(manifest)]
        self.photo = {name: line["photo"] for name, line in zip(self.files, self.imported, strict=False)}
        self.name = {photo: name for name, photo in self.photo.items()}
        self.chains = [line for line in run_catalog(instance, "chains", "--json").lines if "chain" in line]
        asked = {name: self.photo[name] for story in EXPECTED["stories"] for name in story["files"]}
        self.shown = dict(zip(asked, run_catalog(instance, "show", *asked.values(), "--json").lines, strict=True))
        report = run_catalog(instance, "report", "duplicates", "--format", "jsonl")
        self.report = [json.loads(line) for line in report.out.splitlines()]

    def chain_of(self, name: str) -> dict[str, Any]:
        return next(line for line in self.chains if self.photo[name] in {one["photo"] for one in line["photos"]})

    def pairs(self, kinds: set[str]) -> set[frozenset[str]]:
        found = set()
        for group in self.report:
            for match in group.get("matches", ()):
                if match["state"] == "accepted" and match["relation"] in kinds:
                    found.add(frozenset((self.name[match["query"]], self.name[match["photo"]])))
        return found

    def findings(self, files: list[str]) -> list[tuple[str, set[str]]]:
        """Return rule and files of every finding of the chains that hold one of the files: the chain's and the finding's own."""
        found = []
        for line in self.chains:
            held = {self.name[one["photo"]] for one in line["photos"]}
            if held & set(files):
                for one in line["findings"]:
                    found.append((one["rule"], held | {self.name[name] for name in one["subjects"] if name in self.name}))
        return found


@pytest.fixture(scope="session")
def answers(samples_instance: Path) -> Answers:
    return Answers(samples_instance)


def stories_with(key: str) -> list[str]:
    return [name for name, story in STORIES.items() if story[key]]


def test_every_row_is_added_and_the_numbers_reconcile(answers: Answers) -> None:
    summary = answers.imported[-1]["summary"]
    assert summary["read"] == summary["added"] == EXPECTED["counts"]["publications"]
    assert len({line["photo"] for line in answers.imported[:-1]}) == EXPECTED["counts"]["photos"]
    assert len({line["publication"] for line in answers.imported[:-1]}) == EXPECTED["counts"]["publications"]


@pytest.mark.parametrize("story", stories_with("groups"))
def test_copies_are_one_group(answers: Answers, story: str) -> None:
    for group in STORIES[story]["groups"]:
        linked = {name for pair in STORIES[story]["linked"] for name in pair} - set(group)
        for name in group:
            versions = {answers.name[one["photo"]["sha256"]] for one in answers.shown[name]["versions"]} | {name}
            assert versions - linked == set(group)


def test_no_photos_are_grouped_that_are_not_copies(answers: Answers) -> None:
    right = [set(group) for story in EXPECTED["stories"] for group in story["groups"]]
    right += [set(pair) for story in EXPECTED["stories"] for pair in story["linked"]]
    for pair in answers.pairs(WHOLE):
        assert any(pair <= group for group in right), sorted(pair)


def test_nothing_is_matched_across_stories(answers: Answers) -> None:
    stories = [set(story["files"]) for story in EXPECTED["stories"]]
    for pair in answers.pairs(WHOLE | {"part"}):
        assert any(pair <= story for story in stories), sorted(pair)
        assert list(pair) not in EXPECTED["never_matched"]
        assert sorted(pair) not in [sorted(never) for never in EXPECTED["never_matched"]]


@pytest.mark.parametrize("story", stories_with("parts"))
def test_parts_are_found_as_parts(answers: Answers, story: str) -> None:
    for pair in STORIES[story]["parts"]:
        assert frozenset(pair) in answers.pairs({"part"})


@pytest.mark.parametrize("story", stories_with("linked"))
def test_what_is_inside_another_is_linked(answers: Answers, story: str) -> None:
    for pair in STORIES[story]["linked"]:
        assert frozenset(pair) in answers.pairs(WHOLE | {"part"})


@pytest.mark.parametrize("story", stories_with("same_scene"))
def test_another_frame_of_one_scene_is_not_a_copy(answers: Answers, story: str) -> None:
    for pair in STORIES[story]["same_scene"]:
        assert frozenset(pair) not in answers.pairs(WHOLE | {"part"})


@pytest.mark.parametrize("story", stories_with("derivations"))
def test_derivations_have_their_direction_and_their_changes(answers: Answers, story: str) -> None:
    for wanted in STORIES[story]["derivations"]:
        edges = answers.chain_of(wanted["from"])["derivations"]
        ends = {answers.photo[wanted["from"]], answers.photo[wanted["to"]]}
        edge = next(one for one in edges if {one["from"], one["to"]} == ends)
        assert edge["directed"] is wanted["directed"] or wanted.get("may_be_open", False), edge
        if edge["directed"]:
            assert (answers.name[edge["from"]], answers.name[edge["to"]]) == (wanted["from"], wanted["to"])
        named, required, one_of = set(edge["changes"]), set(wanted.get("changes", ())), set(wanted.get("changes_any", ()))
        assert required <= named, (wanted, edge["changes"])
        assert not one_of or one_of & named
        added = {*EXPECTED["changes_may_add"], *wanted.get("changes_may_add", ())}
        assert named <= required | one_of | added, (wanted, edge["changes"])


@pytest.mark.parametrize("story", [name for name in STORIES if STORIES[name]["derivations"]])
def test_the_origin_is_named(answers: Answers, story: str) -> None:
    files = STORIES[story]["files"]
    origins = {answers.name[photo] for name in files for photo in answers.chain_of(name)["origin"]}
    assert origins == set(STORIES[story]["origin"])


@pytest.mark.parametrize("story", stories_with("credited"))
def test_credit_lines_are_read_into_their_parties(answers: Answers, story: str) -> None:
    for wanted in STORIES[story]["credited"]:
        line = next(one for one in answers.imported if one["item"].endswith(f":{wanted['publication_line']}"))
        shown = answers.shown.get(answers.name[line["photo"]])
        assert shown is not None
        publication = next(one for one in shown["publications"] if one["id"] == line["publication"])
        parties = {(party["role"], party["name"]) for one in publication["credits"] for party in one["parties"]}
        for party in wanted["parties"]:
            roles = {party["role"], *wanted.get("role_may_be", ())}
            assert parties & {(role, party["name"]) for role in roles}, (wanted, publication["credits"])


@pytest.mark.parametrize("story", list(STORIES))
def test_each_story_yields_its_findings_and_no_other(answers: Answers, story: str) -> None:
    files = STORIES[story]["files"]
    found = answers.findings(files)
    for wanted in STORIES[story]["findings"]:
        assert any(rule == wanted["rule"] and set(wanted["files"]) <= held for rule, held in found), (wanted, found)
    allowed = {one["rule"] for one in STORIES[story]["findings"]} | set(STORIES[story]["findings_allowed"])
    assert {rule for rule, _ in found if rule in EXPECTED["rules"]} <= allowed


def test_importing_twice_is_importing_once(samples_copy: Path) -> None:
    before = run_catalog(samples_copy, "chains", "--json").lines[:-1]
    again = run_catalog(samples_copy, "import", SAMPLES, "--manifest", SAMPLES / "manifest.csv", "--json")
    assert again.summary["known"] == again.summary["read"] == EXPECTED["counts"]["publications"]
    assert run_catalog(samples_copy, "chains", "--json").lines[:-1] == before
    assert run_catalog(samples_copy, "verify").code == 0
