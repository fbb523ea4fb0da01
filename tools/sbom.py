"""Print the bill of materials of what runs, as CycloneDX 1.6 in JSON: `python tools/sbom.py [REQUIREMENTS]`.

It says what `requirements.txt` locks: every library with its version and the digests of the files that may be installed. Which of
them was installed, and what a library carries compiled within it, it does not say.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
_PIN = re.compile(r"^(?P<name>[\w.-]+)(?:\[[\w,-]+\])?==(?P<version>[^\s;\\]+)")
_DIGEST = re.compile(r"--hash=sha256:(?P<digest>[0-9a-f]{64})")


def bill(requirements: str, version: str) -> dict[str, Any]:
    """Return the bill of a locked file of requirements; the same lines make the same bill, so it carries no date."""
    components: list[dict[str, Any]] = []
    for line in requirements.splitlines():
        if pin := _PIN.match(line):
            name = re.sub(r"[-_.]+", "-", pin["name"]).lower()
            address = f"pkg:pypi/{name}@{pin['version']}"
            components.append(
                {"type": "library", "name": name, "version": pin["version"], "purl": address, "bom-ref": address, "hashes": []}
            )
        elif (digest := _DIGEST.search(line)) and components:
            components[-1]["hashes"].append({"alg": "SHA-256", "content": digest["digest"]})
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "creditline", "version": version, "bom-ref": "creditline"}},
        "components": components,
        "dependencies": [{"ref": "creditline", "dependsOn": [one["bom-ref"] for one in components]}],
    }


def main(arguments: list[str]) -> int:
    """Print the bill of the file that is named, or of what runs."""
    requirements = Path(arguments[0]) if arguments else ROOT / "requirements.txt"
    found = re.search(r'^__version__ = "(.+)"$', (ROOT / "catalog" / "__init__.py").read_text("utf-8"), re.MULTILINE)
    sys.stdout.write(json.dumps(bill(requirements.read_text("utf-8"), found[1] if found else ""), indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
