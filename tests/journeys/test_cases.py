"""The documented cases, imported by the real command, yield exactly the findings that were written down before the first run.

`seen` in the table says what the program makes of a finding: `yes`; `not yet` for one that it should tell and does not; `wrongly`
for one that it tells and should not. Both are held too, so that whoever mends one is told to say so in the table.
"""

from __future__ import annotations

from collections import defaultdict

import pytest

from tests.conftest import run_catalog
from tests.journeys.cases import PHOTOS, rows_of, write_cases

Found = tuple[str, frozenset[str]]


def expected() -> dict[str, set[Found]]:
    found: dict[str, set[Found]] = {case: set() for case in PHOTOS}
    for row in rows_of("cases_findings.csv"):
        assert row["seen"] in ("yes", "not yet", "wrongly")
        if row["seen"] == "not yet":
            continue
        found[row["case"]].add((row["rule"], frozenset(row["subjects"].split())))
    return found


EXPECTED = expected()


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[Found]]:
    """Import every case into one catalogue and return what it finds, by case, with the labels of who and what it is about."""
    folder, instance = tmp_path_factory.mktemp("cases"), tmp_path_factory.mktemp("instance")
    manifest = write_cases(folder)
    imported = run_catalog(instance, "import", folder, "--manifest", manifest, "--json")
    assert imported.code == 0, imported.err
    label, case_of = {}, {}
    for seen, line in zip(rows_of("cases_seen.csv"), imported.lines, strict=False):
        assert line["outcome"] == "added", line
        label[line["publication"]], label[line["photo"]] = seen["label"], seen["photo"]
        case_of[line["publication"]] = case_of[line["photo"]] = seen["case"]
    by_case: dict[str, set[Found]] = defaultdict(set)
    for chain in run_catalog(instance, "chains", "--json").lines[:-1]:
        cases = {case_of[one["photo"]] for one in chain["photos"]}
        assert len(cases) == 1, cases
        for finding in chain["findings"]:
            # The ids of sources are among the subjects too; they stand for no photo and no publication.
            about = frozenset(label[subject] for subject in finding["subjects"] if subject in label)
            by_case[next(iter(cases))].add((finding["rule"], about))
    return by_case


def test_nearly_all_that_was_written_down_is_seen() -> None:
    seen = [row["seen"] for row in rows_of("cases_findings.csv")]
    assert seen.count("yes") >= 0.9 * len(seen)


def test_the_table_speaks_of_cases_that_are_told() -> None:
    labels = {(row["case"], row["label"]) for row in rows_of("cases_seen.csv")}
    photos = {(case, name) for case, made in PHOTOS.items() for name, _, _ in made}
    for row in rows_of("cases_findings.csv"):
        assert {(row["case"], subject) for subject in row["subjects"].split()} <= labels | photos


@pytest.mark.parametrize("case", list(PHOTOS))
def test_a_case_yields_its_findings_and_no_other(found: dict[str, set[Found]], case: str) -> None:
    assert sorted((rule, sorted(about)) for rule, about in found[case]) == sorted(
        (rule, sorted(about)) for rule, about in EXPECTED[case]
    )
