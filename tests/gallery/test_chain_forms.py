"""On a chain's page a person decides about derivations and findings and records searches; the page shows who said what."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from catalog.cli.opening import build_catalogue
from catalog.gallery import create_app
from catalog.settings import Settings
from tests.conftest import copy_of, run_catalog

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@pytest.fixture
def chain(samples_instance: Path, tmp_path: Path) -> Iterator[tuple[FlaskClient, dict[str, str]]]:
    """Open a copy of the samples, and name one chain of theirs with a derivation and a finding."""
    instance = copy_of(samples_instance, tmp_path / "instance")
    lines = run_catalog(instance, "chains", "--json").lines
    line = next(one for one in lines if one.get("derivations") and one["findings"])
    edge, finding = line["derivations"][0], line["findings"][0]
    catalogue = build_catalogue(Settings(instance=instance, workers=1))
    client = create_app(catalogue).test_client()
    yield client, {"chain": line["chain"], "parent": edge["from"], "child": edge["to"], "finding": finding["finding"]}
    catalogue.close()


def post(client: FlaskClient, address: str, held: str, **fields: str) -> int:
    token = TOKEN.search(client.get(f"/chain/{held}").text)
    assert token
    return client.post(address, data={"csrf_token": token[1], "chain": held, **fields}).status_code


@pytest.mark.xdist_group("samples")
def test_what_a_person_says_on_the_page_stands_on_it(chain: tuple[FlaskClient, dict[str, str]]) -> None:
    client, named = chain
    held = named["chain"]
    edge = {"parent": named["parent"], "child": named["child"]}
    assert post(client, "/chain/decisions", held, verdict="made_from", reason="The desk confirms it.", **edge) == 303
    assert post(client, "/chain/decisions", held, verdict="dismissed", reason="They mended it.", finding=named["finding"]) == 303
    assert post(client, "/chain/inquiries", held, place="TinEye", made_at="2026-01-05", scope="whole picture") == 303
    page = client.get(f"/chain/{held}").text
    for words in ("The desk confirms it.", "They mended it.", "dismissed by a person", "TinEye", "No earlier one was found."):
        assert words in page, words
    shown = json.loads(client.get(f"/chain/{held}.json").text)
    assert [one["decision"]["reason"] for one in shown["derivations"] if one["decision"]] == ["The desk confirms it."]
    assert [one["place"] for one in shown["inquiries"]] == ["TinEye"]


@pytest.mark.xdist_group("samples")
def test_a_decision_can_be_taken_back_where_it_leads_to(chain: tuple[FlaskClient, dict[str, str]]) -> None:
    client, named = chain
    held = named["chain"]
    token = TOKEN.search(client.get(f"/chain/{held}").text)
    assert token
    asked = {"csrf_token": token[1], "chain": held, "finding": named["finding"]}
    answer = client.post("/chain/decisions", data={**asked, "verdict": "confirmed", "reason": "Both pages were read."})
    led = client.get(answer.location).text
    notice = led[led.index('class="notice"') : led.index("</dl>")]
    assert "Both pages were read." in notice
    assert 'value="undo"' in notice
    answer = client.post("/chain/decisions", data={**asked, "verdict": "undo", "reason": "too early"})
    assert "The decision was undone." in client.get(answer.location).text


@pytest.mark.xdist_group("samples")
def test_a_form_that_says_too_little_changes_nothing(chain: tuple[FlaskClient, dict[str, str]]) -> None:
    client, named = chain
    held, edge = named["chain"], {"parent": named["parent"], "child": named["child"]}
    assert post(client, "/chain/decisions", held, verdict="made_from", reason=" ", **edge) == 400
    assert post(client, "/chain/decisions", held, verdict="made_from", reason="why", parent="x", child=named["child"]) == 400
    assert post(client, "/chain/decisions", held, verdict="dismissed", reason="why", finding="0" * 64) == 404
    assert post(client, "/chain/inquiries", held, place=" ") == 400
    shown = json.loads(client.get(f"/chain/{held}.json").text)
    assert shown["decisions"] == []
    assert shown["inquiries"] == []
