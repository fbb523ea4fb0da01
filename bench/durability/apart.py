"""Run a function in a process of its own, where forking is safe whatever the caller has started; its result comes as JSON."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from typing import Any

from tests.conftest import ROOT


def run_apart(function: str, *arguments: object) -> Any:
    """Call `module:function` with plain JSON arguments in a new process and return its plain JSON result.

    Raises RuntimeError with the last words of a process that fails.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CATALOG_")}
    # One thread: what is forked must not hold the locks of others.
    surroundings = {**kept, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "bench.durability.apart", function, json.dumps(arguments)],
        env=surroundings, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{function} ended with {done.returncode}: {done.stderr[-3000:]}")
    return json.loads(done.stdout.splitlines()[-1])


if __name__ == "__main__":
    module_name, function_name = sys.argv[1].split(":")
    result = getattr(importlib.import_module(module_name), function_name)(*json.loads(sys.argv[2]))
    print(json.dumps(result))
