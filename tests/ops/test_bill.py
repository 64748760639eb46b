"""The bill of materials and the page of licences tell what the lock holds, and no more."""

from __future__ import annotations

import json
import re

from tools.bill_of_materials import BILL, LICENCES, locked, normal

ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
COPYLEFT = re.compile(r"\bA?GPL", re.IGNORECASE)


def test_the_bill_holds_what_is_locked() -> None:
    bill = json.loads(BILL.read_text(encoding="utf-8"))

    found = {normal(each["name"]): each["version"].partition("+")[0] for each in bill["components"]}
    assert found == locked()
    refs = {each["bom-ref"] for each in bill["components"]}
    refs.add(bill["metadata"]["component"]["bom-ref"])
    assert all(ref in refs for each in bill["dependencies"] for ref in each.get("dependsOn", ()))


def test_every_package_has_a_licence_that_fits_ours() -> None:
    rows = ROW.findall(LICENCES.read_text(encoding="utf-8"))

    told = {name: version for name, version, _ in rows if name not in ("package", "---")}
    assert told == locked()
    for name, _, licence in rows:
        assert licence.strip(), name
        assert "UNKNOWN" not in licence.upper(), name
        assert not COPYLEFT.search(licence), f"{name}: {licence} would bind Precedent as a whole"
