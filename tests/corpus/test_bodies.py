"""Bodies by the lines that name them."""

from __future__ import annotations

import pytest

from corpus.bodies import COMMITTEES, ORGANS, body_named
from corpus.symbols import parse_symbol


@pytest.mark.parametrize(
    ("line", "body"),
    [
        ("HUMAN RIGHTS COUNCIL", "Human Rights Council"),
        ("Conseil des droits de l’homme", "Human Rights Council"),
        ("Совет по правам человека", "Human Rights Council"),
        ("Human Rights Committee", "CCPR"),
        ("Committee against Torture", "CAT"),
        ("Sample Committee on Civil Rights", "Sample Committee on Civil Rights"),
        ("Образцовый совет по правам человека", "Sample Council on Human Rights"),
        ("The Human Rights Council,", None),
        ("Report of the Human Rights Council", None),
    ],
)
def test_named_alone_on_a_line(line, body):
    assert body_named(line) == body


def test_every_committee_has_a_series():
    for acronym in set(COMMITTEES) - {"CESCR"}:
        assert acronym in ORGANS
        assert parse_symbol(f"{acronym}/C/GC/1").body == acronym
    assert parse_symbol("E/C.12/GC/1").body == "CESCR"
