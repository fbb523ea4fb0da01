from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from catalog.cli.group import catalog


def run(folder: Path, *lines: str, as_json: bool = True) -> tuple[int, str]:
    pairs = folder / "pairs.jsonl"
    pairs.write_text("\n".join(lines), "utf-8")
    result = CliRunner().invoke(catalog, ["captions", "compare", "--file", str(pairs), *(["--json"] if as_json else [])])
    return result.exit_code, result.output


def test_each_pair_has_one_line_in_order(tmp_path: Path) -> None:
    same = {"a": "Ruins in Aleppo, 5 May 2016", "b": "Руины в Алеппо, 5 мая 2016 года", "lang_a": "en", "lang_b": "ru"}
    other = {"a": "Ruins in Aleppo, 5 May 2016", "b": "أنقاض في الموصل، 5 أيار 2016", "lang_a": "en", "lang_b": "ar"}
    code, output = run(tmp_path, json.dumps(same), "", json.dumps(other, ensure_ascii=False))
    first, second = map(json.loads, output.splitlines())
    assert code == 0
    assert (first["relation"], first["contradictions"]) == ("translation", [])
    assert (second["relation"], second["contradictions"]) == ("contradicting", ["place"])
    assert set(second) == {"relation", "contradictions", "claims"}


def test_a_person_reads_words(tmp_path: Path) -> None:
    code, output = run(tmp_path, json.dumps({"a": "A fire in Aleppo", "b": "A fire in Mosul"}), as_json=False)
    assert code == 0
    assert output.splitlines() == ["contradicting (place)", "  place: Aleppo | Mosul: contradicting"]


def test_what_is_no_pair_is_named_with_its_line_and_stops_no_other(tmp_path: Path) -> None:
    good = json.dumps({"a": "A fire in Aleppo", "b": "A fire in Mosul"})
    for bad in ("{", "[]", '{"a": 1, "b": "x"}', '{"b": "x"}'):
        code, output = run(tmp_path, good, bad, good)
        first, second, third = map(json.loads, output.splitlines())
        assert code == 1
        assert first == third
        assert (second["error"], second["line"]) == ("bad_pair", 2)
        code, output = run(tmp_path, bad, good, as_json=False)
        assert code == 1
        assert output.splitlines()[0].startswith("pairs.jsonl, 1: bad_pair: ")


def test_bytes_that_are_no_utf8_are_a_bad_pair(tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.jsonl"
    pairs.write_bytes(b'{"a": "\xff", "b": "x"}\n')
    result = CliRunner().invoke(catalog, ["captions", "compare", "--file", str(pairs), "--json"])
    assert result.exit_code == 1
    assert json.loads(result.output)["error"] == "bad_pair"
