"""The chain page tells captions in order of publication, and its data says the same."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.gallery.reading import read
from tests.gallery.stories import Stories


def test_captions_stand_in_order_with_their_claims(client: FlaskClient, stories: Stories) -> None:
    data = client.get(f"/chain/{stories.ruins}.json").get_json()
    rows = data["timeline"]
    assert len(rows) >= 2
    dates = {line["id"]: line["published_at"] for line in data["publications"]}
    shown = [dates[row["publication"]]["earliest"] for row in rows if dates[row["publication"]]]
    assert shown == sorted(shown)
    for row in rows:
        assert [cell["kind"] for cell in row["cells"]] == ["date", "place", "actor", "number"]
        for cell in row["cells"]:
            for claim in cell["claims"]:
                start, end = claim["span"]
                assert row["text"][start:end] == claim["text"]
    seen = read(client.get(f"/chain/{stories.ruins}").text).text
    assert "What the captions say" in seen
    for row in rows:
        assert " ".join(row["text"].split()) in " ".join(seen.split())


def test_a_place_nobody_knows_is_told_and_a_known_one_has_one_address(client: FlaskClient) -> None:
    assert client.get("/?place=Nowhere").status_code == 400
    answer = client.get("/?place=حلب")
    assert answer.headers["Location"].endswith("/?place=aleppo")
    assert client.get("/?place=aleppo&shows=").status_code == 302
    assert client.get("/?shows=2017&place=aleppo").status_code == 200
