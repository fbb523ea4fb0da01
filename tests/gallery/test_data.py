"""The same content as data, as the description says it."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from catalog.gallery.answers import PAGES
from catalog.records.pages.turning import Place
from catalog.workflow.plain import plain
from tests.gallery.conftest import data_address
from tests.gallery.stories import Stories

TYPES: dict[str, Any] = {
    "string": (str,), "integer": (int,), "number": (int, float), "boolean": (bool,), "null": (type(None),), "array": (list,),
    "object": (dict,),
}  # fmt: skip


def _fits(value: Any, schema: dict[str, Any], named: dict[str, Any]) -> bool:
    """Tell whether a value is what a schema says; only the words of JSON Schema that we write are known."""
    if "$ref" in schema:
        return _fits(value, named[schema["$ref"].rsplit("/", 1)[1]], named)
    if "anyOf" in schema:
        return any(_fits(value, one, named) for one in schema["anyOf"])
    if not isinstance(value, TYPES[schema["type"]]) or (isinstance(value, bool) and schema["type"] != "boolean"):
        return False
    if schema["type"] == "object":
        wanted = schema["properties"]
        return value.keys() == wanted.keys() and all(_fits(value[name], wanted[name], named) for name in wanted)
    if schema["type"] == "array" and "prefixItems" in schema:
        return len(value) == len(schema["prefixItems"]) and all(
            _fits(one, part, named) for one, part in zip(value, schema["prefixItems"], strict=True)
        )
    return schema["type"] != "array" or all(_fits(one, schema["items"], named) for one in value)


def _operation(description: Any, app: Flask, address: str) -> Any:
    with app.test_request_context(address):
        endpoint, _ = app.url_map.bind("localhost").match(address.partition("?")[0])
    page = next(page for page in PAGES if f"{page.endpoint}_json" == endpoint)
    return next(
        path["get"] for path in description["paths"].values() if path["get"].get("operationId") == page.endpoint.replace(".", "_")
    )


def test_every_answer_is_what_the_description_says(client: FlaskClient, app: Flask, pages: tuple[str, ...]) -> None:
    description = client.get("/api/v1/openapi.json").json
    assert description is not None
    named = description["components"]["schemas"]
    described = set()
    for page in pages:
        if page == "/search-by-image":
            continue
        operation = _operation(description, app, data_address(page))
        described.add(operation["operationId"])
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
        answer = client.get(data_address(page))
        assert answer.content_type == "application/json; charset=utf-8"
        assert _fits(answer.json, schema, named), page
    assert len(described) == len(PAGES)


def test_the_description_names_every_address_with_its_parameters(client: FlaskClient) -> None:
    description = client.get("/api/v1/openapi.json").json
    assert description is not None
    assert description["openapi"] == "3.1.0"
    for path, operations in description["paths"].items():
        for operation in operations.values():
            named = {parameter["name"] for parameter in operation.get("parameters", []) if parameter["in"] == "path"}
            assert all(f"{{{name}}}" in path for name in named)
            assert path.count("{") == len(named)
            assert operation["summary"]
            assert "200" in operation["responses"]
    identities = [one["operationId"] for path in description["paths"].values() for one in path.values() if "operationId" in one]
    assert len(identities) == len(set(identities))


def test_the_data_of_a_page_is_the_record_that_the_page_shows(client: FlaskClient, stories: Stories) -> None:
    record = stories.catalogue.store.pages.photo_page(stories.ruins)
    assert client.get(f"/photo/{stories.ruins}.json").json == plain(record)
    runs = stories.catalogue.store.pages.runs_page(Place(), 50)
    assert client.get("/imports.json").json == plain(runs)


def test_a_page_leads_to_its_data(client: FlaskClient, stories: Stories) -> None:
    page = client.get(f"/chain/{stories.crop}").text
    assert f'<link rel="alternate" type="application/json" href="/chain/{stories.crop}.json">' in page


def test_the_token_for_programs_comes_as_data(client: FlaskClient) -> None:
    answer = client.get("/search-by-image.json")
    assert answer.json is not None
    assert set(answer.json) == {"csrf_token", "field", "max_bytes"}
