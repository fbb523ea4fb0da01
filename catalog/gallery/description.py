"""The description of the interface for programs: every page's address as data, made from the records those answers are."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, Response

from catalog import __version__
from catalog.gallery.answers import PAGES, PageAddress
from catalog.gallery.grid import PARAMETERS
from catalog.gallery.json_view import json_answer, schema_of
from catalog.gallery.pictures import BOXES
from catalog.gallery.problems import PROBLEM_TYPE
from catalog.records.match import CHANGES
from catalog.records.pages.grid import SORTS
from catalog.records.pages.image_search import AnswerPage
from catalog.records.pages.pairs import PAIR_STATES
from catalog.records.pages.runs import ITEM_OUTCOMES
from catalog.records.publication import CREDIT_PARTY_ROLES

OPENAPI = "3.1.0"
TURNED = ("/.json", "/duplicates.json", "/sources.json", "/sources/<source>.json", "/imports.json", "/imports/<run>.json")
# What the parameters of an address may hold, beyond being text.
CHOICES = {"sort": SORTS, "change": CHANGES, "role": CREDIT_PARTY_ROLES, "state": PAIR_STATES, "outcome": ITEM_OUTCOMES}
ASKED = {
    "/.json": tuple(PARAMETERS),
    "/duplicates.json": ("state",),
    "/imports/<run>.json": ("outcome",),
}
_PLACE = re.compile(r"<(?:(\w+):)?(\w+)>")

bp = Blueprint("description", __name__)


@bp.get("/api/v1/openapi.json")
def openapi() -> Response:
    """Return the OpenAPI description of every address that answers with data."""
    named: dict[str, Any] = {"Problem": PROBLEM}
    paths = {_PLACE.sub(r"{\2}", page.rule): {"get": _operation(page, named)} for page in PAGES}
    paths["/search-by-image.json"] = _image_search(named)
    paths["/previews/{sha256}.jpg"] = _picture("The preview of a photo, made by this program.", ())
    paths["/thumbnails/{sha256}-{box}.jpg"] = _picture("A thumbnail of a photo.", BOXES)
    paths["/originals/{sha256}"] = _picture("The original file, to save.", (), "application/octet-stream")
    return json_answer(
        {
            "openapi": OPENAPI,
            "info": {
                "title": "Creditline",
                "version": __version__,
                "description": "Every page of the gallery as data, at its address with .json. Lists are turned by keys: "
                "`after` and `before` take the keys that `turn` gives.",
                "license": {"name": "MIT", "identifier": "MIT"},
            },
            "servers": [{"url": "/"}],
            "security": [],
            "paths": paths,
            "components": {"schemas": named},
        }
    )


PROBLEM = {
    "type": "object",
    "description": "A problem document (RFC 9457).",
    "properties": {
        "type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"},
        "detail": {"type": "string"}, "code": {"type": "string"},
    },
    "required": ["type", "title", "status", "detail", "code"],
}  # fmt: skip


def _operation(page: PageAddress, named: dict[str, Any]) -> dict[str, Any]:
    queried = [*ASKED.get(page.rule, ()), *(("after", "before") if page.rule in TURNED else ())]
    return {
        "operationId": page.endpoint.replace(".", "_"),
        "summary": page.summary,
        "parameters": [
            *(_parameter(name, "path", kind) for kind, name in _PLACE.findall(page.rule)),
            *(_parameter(name, "query", "") for name in queried),
        ],
        "responses": {"200": _content("application/json", schema_of(page.record, named)), **_problems("400", "404", "429")},
    }


def _parameter(name: str, place: str, kind: str) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    if kind == "sha256":
        schema["pattern"] = "^[0-9a-f]{64}$"
    if name in CHOICES:
        schema["enum"] = list(CHOICES[name])
    return {"name": name, "in": place, "required": place == "path", "schema": schema}


def _content(media_type: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": "The answer.", "content": {media_type: {"schema": schema}}}


def _problems(*statuses: str) -> dict[str, Any]:
    problem = {"$ref": "#/components/schemas/Problem"}
    return {status: {"description": "A problem.", "content": {PROBLEM_TYPE: {"schema": problem}}} for status in statuses}


def _image_search(named: dict[str, Any]) -> dict[str, Any]:
    token = {
        "type": "object",
        "properties": {"csrf_token": {"type": "string"}, "field": {"type": "string"}, "max_bytes": {"type": "integer"}},
        "required": ["csrf_token", "field", "max_bytes"],
    }
    form = {
        "type": "object",
        "properties": {"image": {"type": "string", "format": "binary"}, "csrf_token": {"type": "string"}},
        "required": ["image", "csrf_token"],
    }
    return {
        "get": {
            "operationId": "image_search_token",
            "summary": "Return the token that must come with a picture, and the cookie that it belongs to.",
            "responses": {"200": _content("application/json", token)},
        },
        "post": {
            "operationId": "image_search",
            "summary": "Look for a picture; nothing of it is stored.",
            "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": form}}},
            "responses": {
                "200": _content("application/json", schema_of(AnswerPage, named)),
                **_problems("400", "403", "413", "422", "429"),
            },
        },
    }


def _picture(summary: str, boxes: tuple[int, ...], media_type: str = "image/jpeg") -> dict[str, Any]:
    parameters = [_parameter("sha256", "path", "sha256")]
    if boxes:
        parameters.append({"name": "box", "in": "path", "required": True, "schema": {"type": "integer", "enum": list(boxes)}})
    content = _content(media_type, {"type": "string", "format": "binary"})
    return {"get": {"summary": summary, "parameters": parameters, "responses": {"200": content, **_problems("404")}}}
