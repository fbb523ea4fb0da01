"""The bill of materials lists what is locked: every library with its version and the digests of its files."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

from tests.docs.documents import ROOT


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_locked_library_is_listed_with_version_and_digests(name: str) -> None:
    locked = ROOT / name
    command = [sys.executable, str(ROOT / "tools" / "sbom.py"), str(locked)]
    bill = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    listed = {one["name"]: one for one in bill["components"]}
    pins = dict(re.findall(r"^([\w.-]+)(?:\[[\w,-]+\])?==([^\s;\\]+)", locked.read_text("utf-8"), re.MULTILINE))
    assert {re.sub(r"[-_.]+", "-", pin).lower(): version for pin, version in pins.items()} == {
        one["name"]: one["version"] for one in bill["components"]
    }
    assert sum(len(one["hashes"]) for one in listed.values()) == locked.read_text("utf-8").count("--hash=sha256:")
    assert all(one["hashes"] for one in listed.values())
    assert bill["dependencies"] == [{"ref": "creditline", "dependsOn": [one["purl"] for one in bill["components"]]}]
    assert (bill["bomFormat"], bill["specVersion"], bill["metadata"]["component"]["name"]) == ("CycloneDX", "1.6", "creditline")
