"""Sources as people decide about them: add, alias, merge, undo, from the command line and from the gallery."""

from __future__ import annotations

import html
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from catalog.credits.sources import source_id
from catalog.gallery import create_app
from tests.conftest import SAMPLES, Catalog, run_catalog
from tests.journeys.test_import import rows

KROMKA, CHANNEL, COURIER = source_id("Kromka"), source_id("Кромка новостей"), source_id("Velmora Courier")


@pytest.fixture(scope="module")
def taken_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Take in one picture and a crop of it, published under three names, one of them a ministry's."""
    folder = tmp_path_factory.mktemp("press")
    for name in ("lighthouse.jpg", "lighthouse-kromka.jpg"):
        shutil.copy(SAMPLES / "photos" / name, folder / name)
    (folder / "manifest.csv").write_text(
        "file,publisher,url,published_at,caption,credit_line\n"
        "lighthouse.jpg,Velmora Courier,https://courier.example/1,,A lighthouse.,Mara Lindqvist/Velmora Courier\n"
        "lighthouse-kromka.jpg,Kromka,https://kromka.example/9,2021-10-03,This morning.,Фото: Кромка новостей\n"
        "lighthouse-kromka.jpg,Минобороны РФ,https://mil.example/1,2014-07-01,Handout.,Retuers\n",
        "utf-8",
    )
    done = run_catalog(folder / "instance", "import", folder, "--manifest", folder / "manifest.csv", "--json")
    assert done.code == 0, done.err
    return folder / "instance"


@pytest.fixture
def instance(taken_in: Path, tmp_path: Path) -> Path:
    """Copy the instance, to be changed; `catalog` works on it."""
    return Path(shutil.copytree(taken_in, tmp_path / "instance"))


@pytest.fixture
def client(instance: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FlaskClient]:
    from catalog.cli.opening import open_catalogue

    monkeypatch.setenv("CATALOG_INSTANCE", str(instance))
    with open_catalogue() as opened:
        yield create_app(opened).test_client()


def parties(instance: Path) -> set[tuple[object, ...]]:
    return set(rows(instance, "SELECT name, source_id FROM credit_party"))


def publishers(instance: Path) -> dict[object, object]:
    question = "SELECT p.publisher, s.source_id FROM publication p JOIN publisher_party s ON s.publication_id = p.id"
    return dict(rows(instance, question))  # type: ignore[arg-type]


def test_kinds_reach_the_rows_and_an_official_first_publisher_is_found(instance: Path, catalog: Catalog) -> None:
    assert ("russia-mod", "ministry") in rows(instance, "SELECT id, kind FROM named_source")
    chains = catalog("chains", "--json").lines
    rules = {finding["rule"] for line in chains if "findings" in line for finding in line["findings"]}
    assert "official_first_publisher_not_origin" in rules


def test_add_alias_merge_and_undo_are_followed_by_every_name_and_kept_as_events(instance: Path, catalog: Catalog) -> None:
    assert publishers(instance)["Kromka"] == KROMKA
    added = catalog(
        "sources", "add", "Кромка новостей", "--kind", "channel", "--language", "ru", "--channel", "@kromka", "--reason", "known"
    )
    assert added.code == 0, added.err
    assert ("Кромка новостей", CHANNEL) in parties(instance)
    merged = catalog("sources", "merge", "Kromka", "Кромка новостей", "--reason", "one channel")
    assert merged.code == 0, merged.err
    assert publishers(instance)["Kromka"] == CHANNEL
    assert rows(instance, f"SELECT published_count, kind FROM named_source WHERE id = '{CHANNEL}'") == [(1, "channel")]

    shown = catalog("sources", "show", "@kromka", "--json").lines[0]
    assert (shown["source"], shown["kind"], shown["channels"]) == (CHANNEL, "channel", ["@kromka"])
    assert [one["verdict"] for one in shown["decisions"]] == ["add", "merge"]
    stands_on = catalog("sources", "undo", "1", "--reason", "no")
    assert (stands_on.code, "first" in stands_on.err) == (2, True)

    assert catalog("sources", "undo", "2", "--reason", "they are two").code == 0
    assert publishers(instance)["Kromka"] == KROMKA
    named = catalog("sources", "alias", CHANNEL, "en=Kromka", "--valid-from", "2020", "--reason", "its English name")
    assert named.code == 0, named.err
    assert publishers(instance)["Kromka"] == CHANNEL

    events = rows(instance, "SELECT action, subject FROM event WHERE action LIKE 'source %' ORDER BY sequence")
    assert events == [("source add", CHANNEL), ("source merge", KROMKA), ("source undo", KROMKA), ("source alias", CHANNEL)]
    assert rows(instance, "SELECT count(*) FROM source_decision d JOIN event e ON e.sequence = d.event_sequence") == [(4,)]
    assert catalog("verify").code == 0
    before = (parties(instance), publishers(instance))
    assert catalog("rebuild").code == 0
    assert (parties(instance), publishers(instance)) == before


def test_a_misspelt_agency_is_suggested_on_its_page_and_stays_a_name(instance: Path, client: FlaskClient) -> None:
    misspelt = source_id("Retuers")
    assert ("Retuers", misspelt) in parties(instance)
    page = client.get(f"/sources/{misspelt}")
    assert "Resembles, not resolved" in page.text
    told = client.get(f"/sources/{misspelt}.json").json
    assert told is not None
    assert told["facts"]["suggestions"] == [{"source": "reuters", "name": "Reuters", "how": "misspelt"}]


@pytest.mark.usefixtures("instance")
def test_a_handle_and_a_name_of_the_same_letters_are_suggested_for_one_another(catalog: Catalog, tmp_path: Path) -> None:
    shutil.copy(SAMPLES / "photos" / "lighthouse.jpg", tmp_path / "again.jpg")
    line = "again.jpg,Somebody,https://somebody.example/1,,The lighthouse.,Photo: @velmora_courier\n"
    (tmp_path / "manifest.csv").write_text("file,publisher,url,published_at,caption,credit_line\n" + line, "utf-8")
    assert catalog("import", tmp_path / "again.jpg", "--manifest", tmp_path / "manifest.csv").code == 0
    for name, other in (("Velmora Courier", "@velmora_courier"), ("@velmora_courier", "Velmora Courier")):
        told = catalog("sources", "show", name, "--json")
        assert told.code == 0, told.err
        assert json.loads(told.out)["suggested"] == [{"source": source_id(other), "name": other, "how": "handle"}]
    assert source_id("Velmora Courier") != source_id("@velmora_courier")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "Reuters", "--kind", "agency"), "is a name of reuters already"),
        (("add", "New Wire", "--kind", "wire"), "is no kind of source"),
        (("add", "…", "--kind", "site"), "no letter or digit"),
        (("add", "New Wire", "--kind", "agency", "--valid-to", "soon"), "is no date"),
        (("add", "New Wire", "--kind", "agency", "--valid-from", "2019", "--valid-to", "2017"), "the first comes first"),
        (("alias", "reuters", "Associated Press"), "is a name of ap already"),
        (("merge", "reuters", "reuters"), "one source already"),
        (("undo", "7"), "no decision 7"),
    ],
)
def test_what_cannot_be_decided_is_refused_and_nothing_is_kept(
    instance: Path, catalog: Catalog, arguments: tuple[str, ...], said: str
) -> None:
    refused = catalog("sources", *arguments, "--reason", "because")
    assert refused.code == 2
    assert said in refused.err
    assert rows(instance, "SELECT count(*) FROM source_decision") == [(0,)]


@pytest.mark.parametrize(
    ("language", "taken", "unknown"),
    [
        ("ru", "«Reuters» — уже имя источника reuters", "nobody: такого источника здесь нет"),
        ("ar", "«Reuters» اسم للمصدر reuters أصلًا", "nobody: لا يوجد هنا مصدر كهذا"),
    ],
)
def test_the_gallery_says_why_it_refuses_in_the_language_of_its_reader_and_in_data_in_english(
    client: FlaskClient, language: str, taken: str, unknown: str
) -> None:
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(f"/sources?lang={language}").text)
    assert token
    form = {"csrf_token": token[1], "reason": "seen"}
    refused = client.post("/decisions/sources", data={**form, "verdict": "add", "names": "Reuters", "kind": "agency"})
    assert (refused.status_code, taken in html.unescape(refused.text)) == (400, True)
    merging = {**form, "verdict": "merge", "source": "reuters", "target": "nobody", "confirmed": "yes"}
    refused = client.post("/decisions/sources", data=merging)
    assert (refused.status_code, unknown in html.unescape(refused.text)) == (404, True)
    told = client.post("/decisions/sources", data=merging, headers={"Accept": "application/json"}).get_json()
    assert told["detail"].startswith("nobody: no such source is kept here")


def test_the_gallery_adds_names_merges_and_undoes_behind_its_token(instance: Path, client: FlaskClient) -> None:
    def post(**form: str) -> str:
        token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/sources").text)
        assert token
        answer = client.post("/decisions/sources", data={"reason": "seen", **form, "csrf_token": token[1]})
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"]

    assert client.post("/decisions/sources", data={"verdict": "add", "names": "x", "reason": "x"}).status_code == 400
    where = post(verdict="add", names="ru=Кромка новостей\nen=Kromka News", kind="channel", channels="@kromka")
    assert where.startswith(f"/sources/{CHANNEL}?decided=1")
    assert "Kromka News" in client.get(where).text
    assert post(verdict="merge", source=KROMKA, target="Kromka News", confirmed="yes").startswith(f"/sources/{CHANNEL}")
    assert publishers(instance)["Kromka"] == CHANNEL
    for suffix in ("", ".json"):
        led = client.get(f"/sources/{KROMKA}{suffix}")
        assert (led.status_code, led.headers["Location"]) == (302, f"/sources/{CHANNEL}{suffix}")
    post(verdict="undo", decision="2")
    assert client.get(f"/sources/{KROMKA}").status_code == 200
    assert publishers(instance)["Kromka"] == KROMKA
    post(verdict="alias", source=CHANNEL, names="Kromka", valid_from="2020")
    assert publishers(instance)["Kromka"] == CHANNEL

    told = {"parent": "Рейтер", "reference": "https://wire.example/about", "valid_from": "2011", "valid_to": "2019"}
    assert all(f'name="{field}"' in client.get("/sources").text for field in told)
    page = client.get(post(verdict="add", names="Port Wire", kind="agency", **told)).text
    assert 'href="/sources/reuters"' in page
    assert 'href="https://wire.example/about"' in page
    assert "2011–2019" in page

    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/sources").text)
    assert token
    for form in (
        {"verdict": "merge", "source": COURIER, "target": "reuters"},
        {"verdict": "undo", "decision": "x"},
        {"verdict": "burn"},
    ):
        assert client.post("/decisions/sources", data={**form, "reason": "x", "csrf_token": token[1]}).status_code == 400


def test_a_parent_is_a_source_that_is_known_and_may_be_given_by_its_name(instance: Path, catalog: Catalog) -> None:
    stated = ("sources", "add", "New Wire", "--kind", "agency", "--reason", "because")
    refused = catalog(*stated, "--parent", "nobody-knows-it")
    assert refused.code != 0
    assert "nobody-knows-it" in refused.err
    assert rows(instance, "SELECT count(*) FROM source_decision") == [(0,)]
    assert catalog(*stated, "--parent", "Рейтер").code == 0
    assert json.loads(catalog("sources", "show", "New Wire", "--json").out)["parent"] == "reuters"
