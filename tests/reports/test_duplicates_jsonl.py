from __future__ import annotations

import json
from base64 import b64decode
from dataclasses import replace
from io import BytesIO
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from catalog.records.duplicates import DuplicateReport, UndecodedText
from catalog.records.match import Decision
from catalog.records.provenance import RejectedPair
from catalog.reports.duplicates_jsonl import DuplicatesJsonLines
from tests.reports.reported import FIRST, SECOND, group, photo, publication, report


def lines(made: DuplicateReport) -> list[dict[str, Any]]:
    stream = BytesIO()
    DuplicatesJsonLines().write(made, stream)
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_one_line_is_one_group_and_the_last_is_the_summary() -> None:
    first, second, last = lines(report(group(), group()))
    assert first == second
    assert last["summary"] == {
        "made_at": "2026-11-22T10:00:00Z", "program_version": "0.1.0", "photos": 200, "publications": 340, "groups": 2,
        "grouped_photos": 4, "accepted": 2, "suggested": 1, "findings": 2,
    }  # fmt: skip


def test_a_group_has_the_shapes_of_match_and_chains() -> None:
    found = lines(report(group()))[0]
    assert found["group"] == FIRST
    assert found["photos"][1] == {
        "photo": SECOND, "path": "site/новый.jpg", "width": 1280, "height": 853, "size_bytes": 184_320,
        "media_type": "image/jpeg",
        "first_published": {
            "raw": "2017-01-02", "edtf": "2017-01-02", "earliest": "2017-01-01T10:00:00Z",
            "latest": "2017-01-03T11:59:59.999999Z", "zone": "unknown",
        },
    }  # fmt: skip
    (match,) = found["matches"]
    assert (match["query"], match["photo"], match["relation"], match["state"]) == (SECOND, FIRST, "copy", "accepted")
    assert match["score"] == 0.987654321
    assert match["overlap"] == {"query": 1.0, "reference": 0.62}
    assert len(match["transform"]) == 9
    (derivation,) = found["derivations"]
    assert (derivation["from"], derivation["to"], derivation["directed"]) == (FIRST, SECOND, True)
    assert derivation["evidence"][0] == {
        "code": "containment", "for": True, "weight": 1.5, "detail": "the crop lies inside the other",
    }  # fmt: skip
    assert found["claimed"] == [{"publication": "publication-1", "publisher": "source-2", "credits": ["source-1"]}]
    assert found["findings"] == [
        {
            "rule": "place_conflict", "reason": "one caption says Aleppo, another Mosul", "subjects": [FIRST, SECOND],
            "spans": [], "decision": None,
        }
    ]  # fmt: skip
    assert (found["state"], found["state_reason"]) == ("contradicted", "the captions name two places")
    assert found["publications"][1]["captions"][0]["text"] == "حلب اليوم: أنقاض بعد القصف"
    place = found["timeline"][1]["claims"][1]
    assert place["said"][0]["meaning"] == "Aleppo"
    assert (place["kind"], place["change"], place["against"][:1]) == ("place", "contradicting", [1])


def test_a_search_that_found_nothing_is_told_with_its_day_place_and_agent() -> None:
    (told,) = lines(report(group()))[0]["inquiries"]
    assert (told["made_at"]["edtf"], told["place"], told["agent"], told["found"]) == ("2026-11-20", "TinEye", "TinEye", [])


def test_a_group_says_its_weakest_link() -> None:
    assert lines(report(replace(group(), weakest_link=0.93)))[0]["weakest_link"] == 0.93
    assert lines(report(group()))[0]["weakest_link"] is None


def test_a_group_without_a_chain_says_so() -> None:
    found = lines(report(replace(group(), chain=None)))[0]
    assert (found["chain"], found["state"], found["derivations"], found["origin"]) == (None, None, [], [])


def test_bytes_that_are_no_utf8_stand_beside_their_text() -> None:
    raw = "Развалины".encode("cp1251")
    undecoded = (UndecodedText("captions", 0, raw), UndecodedText("publisher", 0, b"\xff"), UndecodedText("credits", 0, b"\xfe"))
    (shown,) = lines(report(group(publication(undecoded=undecoded))))[0]["publications"]
    assert b64decode(shown["captions"][0]["text_base64"]) == raw
    assert "text_base64" not in shown["captions"][1]
    assert b64decode(shown["publisher_base64"]) == b"\xff"
    assert b64decode(shown["credits"][0]["text_base64"]) == b"\xfe"


def test_a_file_name_that_is_no_utf8_comes_back_as_its_bytes() -> None:
    name = b"press/\xd0\xff.jpg"
    found = lines(report(replace(group(), photos=(photo(path=name.decode("utf-8", "surrogateescape")),))))[0]
    assert b64decode(found["photos"][0]["path_base64"]) == name


@given(st.text())
def test_any_text_comes_back_exactly(text: str) -> None:
    found = lines(report(group(publication(caption=text, credit=text, publisher=text))))
    assert len(found) == 2
    shown = found[0]["publications"][0]
    assert (shown["captions"][0]["text"], shown["credits"][0]["text"], shown["publisher"]) == (text, text, text)


def test_a_rejected_pair_has_the_shape_of_chains_json() -> None:
    made = Decision((FIRST, "f" * 64), "reject", "another bridge", "ann", "2026-01-02T03:04:05Z")
    (told,) = lines(report(replace(group(), rejected=(RejectedPair(FIRST, "f" * 64, "f" * 64, made),))))[0]["rejected"]
    decision = {"verdict": "reject", "reason": "another bridge", "agent": "ann", "at": "2026-01-02T03:04:05Z"}
    assert told == {"photo": FIRST, "other": "f" * 64, "chain": "f" * 64, "decision": decision}
