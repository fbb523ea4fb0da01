"""`catalog anchor` and `catalog verify --anchor` on the command line: signed, unsigned, with a key given, rolled back."""

from __future__ import annotations

import json
import shutil
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from catalog.cli import catalog
from tests.store.keeping import Keeping


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    keeping = Keeping(tmp_path / "desk")
    keeping.begin()
    keeping.begin()
    keeping.close()
    return tmp_path / "desk"


def run(desk: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(catalog, [str(one) for one in arguments], env={"CATALOG_INSTANCE": str(desk)})


def test_an_anchor_is_signed_by_a_key_made_in_the_instance(desk: Path, tmp_path: Path) -> None:
    made = run(desk, "anchor", "-o", tmp_path / "a.json", "--json")
    line = json.loads(made.stdout)
    assert (made.exit_code, line["sequence"], len(line["public_key"])) == (0, 2, 64)
    assert stat.S_IMODE((desk / "anchor-key").stat().st_mode) == 0o600
    again = json.loads(run(desk, "anchor", "-o", tmp_path / "b.json", "--json").stdout)
    assert again["public_key"] == line["public_key"]
    checked = run(desk, "verify", "--anchor", tmp_path / "a.json", "--public-key", line["public_key"])
    assert (checked.exit_code, checked.stdout) == (0, "")


def test_an_unsigned_anchor_is_said_to_be_one(desk: Path, tmp_path: Path) -> None:
    made = run(desk, "anchor", "-o", tmp_path / "a.json", "--unsigned")
    assert made.exit_code == 0
    assert "It is NOT signed" in made.stderr
    assert not (desk / "anchor-key").exists()
    assert run(desk, "verify", "--anchor", tmp_path / "a.json").exit_code == 0


def test_a_given_key_signs_and_another_one_is_named(desk: Path, tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("11" * 32)
    key.chmod(0o600)
    assert run(desk, "anchor", "-o", tmp_path / "a.json", "--key", key).exit_code == 0
    assert not (desk / "anchor-key").exists()
    other = run(desk, "verify", "--anchor", tmp_path / "a.json", "--public-key", "ab" * 32)
    assert other.exit_code == 1
    assert other.stdout.startswith("anchor_of_another_key: anchor of event 2")


def test_a_roll_back_to_an_older_copy_is_seen_by_the_anchor_and_not_without_it(desk: Path, tmp_path: Path) -> None:
    older = shutil.copytree(desk, tmp_path / "older")
    keeping = Keeping(desk, runs=2)
    keeping.begin()
    keeping.close()
    assert run(desk, "anchor", "-o", tmp_path / "a.json").exit_code == 0
    assert run(older, "verify").exit_code == 0
    seen = run(older, "verify", "--anchor", tmp_path / "a.json")
    assert (seen.exit_code, seen.stdout.partition(":")[0]) == (1, "ledger_rolled_back")


def test_a_changed_anchor_is_named_and_not_believed(desk: Path, tmp_path: Path) -> None:
    run(desk, "anchor", "-o", tmp_path / "a.json")
    (tmp_path / "a.json").write_text((tmp_path / "a.json").read_text().replace('"sequence": 2', '"sequence": 3'))
    seen = run(desk, "verify", "--anchor", tmp_path / "a.json")
    assert seen.stdout.splitlines() == ["anchor_altered: anchor of event 3: its signature does not fit what it says"]


def test_options_that_contradict_each_other_are_wrong_usage(desk: Path, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("11" * 32)
    assert run(desk, "anchor", "-o", tmp_path / "a", "--unsigned", "--key", tmp_path / "key").exit_code == 2
    assert run(desk, "verify", "--public-key", "ab" * 32).exit_code == 2
    assert not (tmp_path / "a").exists()
