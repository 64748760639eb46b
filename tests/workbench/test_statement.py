"""Counting statements: words, notes apart, time, agenda items."""

from __future__ import annotations

import pytest

from search_api.bench.stating import report
from search_api.schemas import StatementReport, StatementRequest
from workbench.statement import agenda_items, read_statement


def of(text: str, pace: int | None = None) -> StatementReport:
    return report(StatementRequest(text=text, words_a_minute=pace))


def test_body_title_quotations_and_notes_are_told_apart() -> None:
    body = "Prisons in Freedonia[^1]\n\nMr President, they are “very cold” – and 2 small."
    text = f"{body}\n\n[^1]: One two."
    read = read_statement(text)
    assert (read.words, read.title, read.quoted, read.notes) == (12, 3, 2, 2)


def test_chinese_is_counted_by_characters() -> None:
    read = read_statement("我们要求各国政府立即停止酷刑，并释放所有被任意拘留的人。")
    assert (read.language, read.words) == ("zh", 26)
    assert of("我们要求各国政府立即停止酷刑，并释放所有被任意拘留的人。").unit == "characters"


@pytest.mark.parametrize(("count", "over"), [(1500, (0, 0)), (1501, (1, 0)), (2003, (503, 3))])
def test_limits_of_written_statements(count: int, over: tuple[int, int]) -> None:
    found = of(" ".join(["word"] * count))
    assert tuple(each.over for each in found.limits) == over
    assert [each.words for each in found.limits] == [1500, 2000]


def test_the_place_where_a_limit_is_reached() -> None:
    text = " ".join(f"w{n}" for n in range(1, 1600))
    first = of(text).limits[0]
    assert first.passed_at is not None
    assert text[: first.passed_at].endswith(" w1500")


def test_speaking_time_at_the_speakers_pace() -> None:
    found = of(" ".join(["word"] * 240), pace=100)
    assert found.seconds == 144
    assert [(each.seconds, each.over) for each in found.times] == [(90, 90), (120, 40), (180, 0)]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("Agenda item 4\nWe speak.", (4,)),
        ("Item 4: general debate", (4,)),
        ("Under item 3 of the agenda and agenda item 10", (3, 10)),
        ("Point 4 de l’ordre du jour", (4,)),
        ("we have item 7 of a long list", ()),
        ("nothing", ()),
    ],
)
def test_agenda_items(text: str, items: tuple[int, ...]) -> None:
    assert agenda_items(text) == items


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("", "nothing to count"),
        ("We speak of prisons, Mr President, and of those in them.", "names no agenda item"),
        ("Agenda item 4, and agenda item 3", "several agenda items (4, 3)"),
        ("Agenda item 14", "items 1 to 10"),
        ("Пункт 4 повестки дня. Мы говорим о положении заключённых в тюрьмах.", "in Russian"),
        ("Agenda item 4. This is a joint statement on prisons.", "footnote to the title"),
    ],
)
def test_hints(text: str, hint: str) -> None:
    assert any(hint in each for each in of(text).hints)


def test_a_statement_as_it_should_be_has_no_hints() -> None:
    assert of("Agenda item 4\n\nMr President, we thank the Rapporteur for her report.").hints == ()
