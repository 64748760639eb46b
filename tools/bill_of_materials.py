"""Remake the bill of materials: `make bill`, or `python -m tools.bill_of_materials`.

Writes what runs Precedent, from the lock and what is installed from it: `docs/sbom.cdx.json`
(CycloneDX, by cyclonedx-py) and the table of licences in `docs/licences.md` (by pip-licenses). What
only builds and tests it is in neither.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
BILL = ROOT / "docs" / "sbom.cdx.json"
LICENCES = ROOT / "docs" / "licences.md"
LOCKS = (ROOT / "requirements" / "base.txt", ROOT / "requirements" / "torch.txt")

BUILD_ONLY = frozenset({"editables"})
"""Locked because an editable installation asks for them; nothing that runs imports them."""

READ_BY_HAND = {
    "hatchling": "MIT",
    "pypdfium2": "BSD-3-Clause, Apache-2.0, dependency licenses",
}
"""Licences that a package's metadata do not say in a form that the tool reads."""

_LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s\\;]+)", re.MULTILINE)
_HEAD = """\
# Licences of what runs Precedent

Made by `make bill` from the locked requirements and the metadata of the packages; a test compares
the names and versions with the lock. The same list for programs, with who needs whom, is
[sbom.cdx.json](sbom.cdx.json) (CycloneDX). Precedent itself is under the [MIT licence](../LICENSE).

To compare the list with what is known of vulnerabilities, where there is a network:
`pip-audit --require-hashes --disable-pip -r requirements/base.txt`.

| package | version | licence |
|---|---|---|
"""


def normal(name: str) -> str:
    """Return a package's name as the registry compares names (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked() -> dict[str, str]:
    """Return the versions of what runs Precedent, by normal name."""
    found = {
        normal(name): version
        for lock in LOCKS
        for name, version in _LOCKED.findall(lock.read_text(encoding="utf-8"))
    }
    return {name: version for name, version in found.items() if name not in BUILD_ONLY}


def _run(*command: str) -> str:
    command = (sys.executable, "-m", *command)
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def bill() -> dict[str, Any]:
    """Return the bill of what is installed, in CycloneDX, without what only builds and tests.

    Raises:
        SystemExit: a locked package is not installed, or in another version.
    """
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "bill.json"
        _run(
            *("cyclonedx_py", "environment", "--output-reproducible", "--of", "JSON"),
            *("--pyproject", "pyproject.toml", "--output-file", str(made)),
        )
        whole: dict[str, Any] = json.loads(made.read_text(encoding="utf-8"))
    wanted = locked()
    kept = [each for each in whole["components"] if normal(each["name"]) in wanted]
    found = {normal(each["name"]): each["version"].partition("+")[0] for each in kept}
    if found != wanted:
        differing = sorted(set(found.items()) ^ set(wanted.items()))
        raise SystemExit(f"what is installed is not what is locked: {differing}; run `make setup`")
    for each in kept:  # where each is developed says nothing of what it is
        each.pop("externalReferences", None)
        each.pop("properties", None)
    refs = {each["bom-ref"] for each in kept} | {whole["metadata"]["component"]["bom-ref"]}
    whole["components"] = kept
    whole["dependencies"] = [
        each | {"dependsOn": [ref for ref in each.get("dependsOn", ()) if ref in refs]}
        for each in whole["dependencies"]
        if each["ref"] in refs
    ]
    whole["metadata"].pop("tools", None)
    return whole


def licences() -> str:
    """Return the page of licences."""
    wanted = locked()
    told = json.loads(_run("piplicenses", "--with-system", "--format=json"))
    by_name = {normal(each["Name"]): each["License"].splitlines()[0] for each in told}
    by_name |= READ_BY_HAND
    rows = [f"| {name} | {wanted[name]} | {by_name[name]} |\n" for name in sorted(wanted)]
    return _HEAD + "".join(rows)


def main() -> int:
    """Write both."""
    BILL.write_text(json.dumps(bill(), indent=1, sort_keys=True) + "\n", encoding="utf-8")
    LICENCES.write_text(licences(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
