"""Finding a task by its name, running it, and the one place where any exception becomes a named outcome."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Mapping
from typing import Any

from catalog.compute.interface import Reply, Work
from catalog.compute.protocol import Message
from catalog.errors import CatalogError, ComputeError, ReplyRefusedError, WorkRefusedError

Task = Callable[[Work], Reply]

DEFAULT_PREFIX = "catalog.workflow."
_NAME = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*:[a-z]\w*", re.ASCII)
_CODE = re.compile(r"[a-z][a-z0-9_]{0,63}", re.ASCII)
_MAX_MESSAGE = 500
# What no terminal or log may be sent by a file's content: control characters but for the space.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def find_task(name: str, prefix: str) -> Task:
    """Import `module:function`; only a module whose name starts with `prefix` is imported.

    Raises ComputeError with code `unknown_task`.
    """
    if not _NAME.fullmatch(name) or not name.startswith(prefix):
        raise ComputeError(f"{name!r} is no task: it must be module:function below {prefix}", code="unknown_task")
    module_name, function_name = name.split(":")
    try:
        task = getattr(importlib.import_module(module_name), function_name)
    except (ImportError, AttributeError) as error:
        raise ComputeError(f"{name!r} is no task: {error}", code="unknown_task") from error
    if not callable(task):
        raise ComputeError(f"{name!r} is no task: it cannot be called", code="unknown_task")
    found: Task = task
    return found


def run_task(find: Callable[[], Task], work: Work) -> Message:
    """Run a task and return its outcome as a message: `values` and blobs, or `error` with code and message.

    This is the boundary of one item: whatever a hostile file makes a library raise ends here and nowhere else.
    """
    try:
        reply = find()(work)
        return Message({"values": dict(reply.values)}, tuple(bytes(blob) for blob in reply.blobs))
    except CatalogError as error:
        return failure(error.code, str(error))
    except Exception as error:  # noqa: BLE001 – the one per-item boundary: sixteen kinds were counted, the next is unknown
        return failure("worker_error", f"{type(error).__name__}: {error}")


def failure(code: str, message: str) -> Message:
    """Make the message that says why there is no reply."""
    # A lone surrogate from a file's text is no valid JSON text for every reader, so it is shown escaped.
    return Message(
        {"error": {"code": code, "message": message[:_MAX_MESSAGE].encode("utf-8", "backslashreplace").decode("utf-8")}}
    )


def read_outcome(values: Mapping[str, Any], blobs: tuple[bytes, ...]) -> Reply:
    """Turn an outcome back into a reply.

    Raises WorkRefusedError with the task's own code, ComputeError with code `worker_error` where it had none,
    ReplyRefusedError when the outcome is none.
    """
    if set(values) == {"values"} and isinstance(values["values"], dict):
        return Reply(values["values"], blobs)
    error = values.get("error")
    if set(values) != {"error"} or not isinstance(error, dict) or set(error) != {"code", "message"} or blobs:
        raise ReplyRefusedError("the worker's reply is neither values nor an error")
    code, message = error["code"], error["message"]
    if not isinstance(code, str) or not isinstance(message, str) or not _CODE.fullmatch(code):
        raise ReplyRefusedError("the worker's error has no code and message")
    sentence = _CONTROL.sub(" ", message[:_MAX_MESSAGE])
    if code in {"worker_error", "unknown_task"}:
        raise ComputeError(sentence, code=code)
    raise WorkRefusedError(sentence, code=code)
