"""Names of uploaded files can only be names, and still tell the original."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_api.intake.names import MOST_BYTES, safe_name


@pytest.mark.parametrize(
    ("given_", "safe"),
    [
        ("A_HRC_15_16.en.pdf", "A_HRC_15_16.en.pdf"),
        ("доклад о пытках.ru.docx", "доклад о пытках.ru.docx"),
        ("تقرير.pdf", "تقرير.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\system.ini", "system.ini"),
        ("/etc/shadow", "shadow"),
        ("..", "document"),
        ("", "document"),
        (".bashrc", "bashrc"),
        ("a\x00b.pdf", "ab.pdf"),
        ("a\nb\x1b[31m.pdf", "ab[31m.pdf"),
        ("NUL", "_NUL"),
        ("con.pdf", "_con.pdf"),
        ("COM1.txt", "_COM1.txt"),
        ("console.pdf", "console.pdf"),
        ("fdp.\u202eexe", "fdp.exe"),
        ("C:name.pdf", "C_name.pdf"),
        ("report.pdf. . ", "report.pdf"),
    ],
)
def test_a_name_is_made_safe(given_: str, safe: str) -> None:
    assert safe_name(given_) == safe


def test_a_name_of_4_kb_is_cut_and_keeps_its_ending() -> None:
    name = safe_name("ж" * 4096 + ".jsonl.gz")
    assert len(name.encode()) <= MOST_BYTES
    assert name.startswith("жжж")
    assert name.endswith("ж.jsonl.gz")


@given(st.text())
def test_whatever_is_sent_a_name_is_only_a_name(given_: str) -> None:
    name = safe_name(given_)
    assert 0 < len(name.encode()) <= MOST_BYTES
    assert PurePosixPath(name).parts == (name,)
    assert len(PureWindowsPath(name).parts) == 1
    assert not PureWindowsPath(name).is_reserved()
    assert not name.startswith(".")
    assert not [c for c in name if unicodedata.category(c)[0] == "C"]
    assert safe_name(name) == name
