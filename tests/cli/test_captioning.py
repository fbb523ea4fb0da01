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


def test_the_claims_of_one_caption_are_said_each_with_what_it_means() -> None:
    result = CliRunner().invoke(catalog, ["captions", "claims", "At least 12 people killed near Aleppo, 5 May 2016", "A fire"])
    assert result.exit_code == 0
    assert result.output.splitlines() == [
        "At least 12 people killed near Aleppo, 5 May 2016",
        "  number: 12 people → ≥ 12 killed people",
        "  place (near): Aleppo",
        "  date: 5 May 2016 → 2016-05-05",
        "A fire",
        "  no claim was recognised",
    ]


def test_yesterday_is_a_day_when_it_is_known_when_the_caption_was_published() -> None:
    asked = ["captions", "claims", "Smoke over Aleppo yesterday", "--json"]
    (untold,) = [one for one in _claims(asked) if one["kind"] == "date"]
    (told,) = [one for one in _claims([*asked, "--published", "2016-05-06"]) if one["kind"] == "date"]
    assert (untold["value"], told["value"]) == (None, "2016-05-05")
    assert CliRunner().invoke(catalog, [*asked, "--published", "soon"]).exit_code == 2


def _claims(arguments: list[str]) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(CliRunner().invoke(catalog, arguments).output)["claims"]
    return found
