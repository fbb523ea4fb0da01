"""How an answer becomes JSON, and the schema that describes it."""

from __future__ import annotations

import types
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any, Union, get_args, get_origin, get_type_hints

from flask import Response, current_app


def json_answer(value: object, status: int = 200, media_type: str = "application/json; charset=utf-8") -> Response:
    """Return plain JSON values as an answer that says its character set."""
    return Response(current_app.json.dumps(value), status, content_type=media_type)


def schema_of(kind: Any, named: dict[str, Any]) -> dict[str, Any]:
    """Return the JSON Schema of a type; records are put under their names into `named` and referred to."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return {"anyOf": [schema_of(part, named) for part in parts]}
    if origin is tuple:
        if parts[-1] is Ellipsis:
            return {"type": "array", "items": schema_of(parts[0], named)}
        items = [schema_of(part, named) for part in parts]
        return {"type": "array", "prefixItems": items, "minItems": len(items), "maxItems": len(items)}
    if is_dataclass(kind) and isinstance(kind, type):
        if kind.__name__ not in named:
            named[kind.__name__] = {}
            named[kind.__name__] = _record_schema(kind, named)
        return {"$ref": f"#/components/schemas/{kind.__name__}"}
    return dict(_PLAIN[kind])


_PLAIN: dict[Any, dict[str, str]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    type(None): {"type": "null"},
    datetime: {"type": "string", "format": "date-time"},
}


def _record_schema(kind: type, named: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    properties = {field.name: schema_of(hints[field.name], named) for field in fields(kind)}
    return {
        "type": "object",
        "description": (kind.__doc__ or "").split("\n\n")[0].strip(),
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
