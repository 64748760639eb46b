"""A card says where a passage stands and what it is worth."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_api.schemas import Highlight, Hit, HitGroup, Neighbours, Passage
from tests.ui.test_markup import HOSTILE, Reader
from ui.parts import cards

MakeHit = Callable[..., Hit]
LABELS = {"country": {"FRD": "Freedonia"}, "kind": {"report": "Report"}}
OURS = {
    "article",
    "header",
    "span",
    "a",
    "h2",
    "h3",
    "p",
    "div",
    "mark",
    "section",
    "small",
    "time",
}


def test_a_card_names_citation_title_body_date_page_and_section(make_hit: MakeHit) -> None:
    words = Reader(str(cards.hit_card(make_hit(), LABELS))).words
    for expected in (
        "X/1, para. 12",
        "An invented report",
        "Council of Invented Rights",
        "Report",
        "March 2021",
        "Freedonia",
        "II. Findings",
        "pp.\u00a04–5",
        "Nobody was told.",
    ):
        assert expected in words


@given(value=HOSTILE)
def test_no_field_can_add_an_element(make_hit: MakeHit, value: str) -> None:
    names = (
        "title number body mandate date language status superseded_by citation symbol url kind "
        "text passage_id paragraph_kind"
    )
    hit = make_hit(**dict.fromkeys(names.split(), value), section=(value,), country=(value,))
    reader = Reader(str(cards.hit_card(hit, {"kind": {value: value}})))
    assert set(reader.elements) <= OURS
    assert not [name for name, _ in reader.attributes if name.startswith("on")]


@pytest.mark.parametrize(
    ("status", "superseded_by", "shown", "caution"),
    [
        ("draft", None, "Draft: not agreed language", True),
        ("rejected", None, "Rejected: never agreed language", True),
        ("superseded", None, "Superseded", True),
        ("superseded", "X/9", "Superseded by X/9", True),
        ("adopted-by-vote", None, "Adopted by vote", False),
        ("of its own kind", None, "of its own kind", False),
    ],
)
def test_standing_is_shown(
    make_hit: MakeHit, status: str, superseded_by: str | None, shown: str, caution: bool
) -> None:
    card = str(cards.hit_card(make_hit(status=status, superseded_by=superseded_by), LABELS))
    assert shown in Reader(card).words
    assert ("p-caution" in card) is caution


def test_what_is_restricted_warns_before_all_else(make_hit: MakeHit) -> None:
    card = str(cards.hit_card(make_hit(restricted="witness", status="draft"), LABELS))
    words = Reader(card).words
    assert words.index("Restricted (witness): not to be quoted in public") < words.index("Draft")
    assert "Restricted" not in Reader(str(cards.hit_card(make_hit(), LABELS))).words


def test_text_carries_its_language_and_finds_its_direction(make_hit: MakeHit) -> None:
    reader = Reader(str(cards.hit_card(make_hit(language="ar", text="لم يتمكن"), {})))
    assert ("lang", "ar") in reader.attributes
    assert ("dir", "auto") in reader.attributes
    odd = Reader(str(cards.hit_card(make_hit(language='x" y'), {})))
    assert "lang" not in dict(odd.attributes)


def test_a_link_tells_nobody_where_it_was_followed_from(make_hit: MakeHit) -> None:
    linked = Reader(str(cards.hit_card(make_hit(url="https://docs.example.org/1"), {})))
    assert ("href", "https://docs.example.org/1") in linked.attributes
    assert ("rel", "noopener noreferrer") in linked.attributes
    assert ("referrerpolicy", "no-referrer") in linked.attributes
    assert "a" not in Reader(str(cards.hit_card(make_hit(url="javascript:1"), {}))).elements


def test_a_text_of_any_length_is_whole_and_scrolls(make_hit: MakeHit) -> None:
    long = "word " * 200_000
    reader = Reader(str(cards.hit_card(make_hit(text=long), {})))
    assert long in reader.words
    assert ("tabindex", "0") in reader.attributes


def test_context_stands_in_reading_order(make_hit: MakeHit) -> None:
    def passage(number: str) -> Passage:
        facts = make_hit(number=number, text=f"Text {number}.").model_dump()
        return Passage.model_validate({k: facts[k] for k in Passage.model_fields})

    found = Neighbours(
        passage=passage("12"),
        before=(passage("10"), passage("11")),
        after=(passage("13"),),
    )
    words = Reader(str(cards.context(found))).words
    places = [words.index(f"Text {number}.") for number in (10, 11, 12, 13)]
    assert places == sorted(places)
    alone = str(cards.context(Neighbours(passage=passage("12"))))
    assert "Nothing stands before or after" in alone


def test_the_legend_explains_only_what_occurs(make_hit: MakeHit) -> None:
    assert cards.legend([make_hit()]) is None
    marked = make_hit(highlights=(Highlight(start=0, end=6, kind="phrase"),))
    shown = cards.legend([make_hit(), marked])
    assert shown is not None
    assert Reader(str(shown)).marked == ["quoted phrase"]


def test_a_group_is_headed_by_its_document(make_hit: MakeHit) -> None:
    hit = make_hit(title="T <b>")
    group = HitGroup(
        rank=2, document_id="X_1:en", symbol="X/1", title=hit.title, score=0.8, hits=(hit,)
    )
    words = Reader(str(cards.group_heading(group, LABELS))).words
    assert "T <b>" in words
    assert "X/1" in words
    assert "1 hit" in words
    assert "T <b>" not in Reader(str(cards.hit_card(hit, LABELS, titled=False))).words


@pytest.mark.parametrize(
    ("pages", "written"),
    [((), ""), ((4,), "4"), ((4, 5, 6), "4–6"), ((4, 7), "4, 7"), ((4, 5, 7), "4, 5, 7")],
)
def test_pages_are_written_as_in_a_footnote(pages: tuple[int, ...], written: str) -> None:
    assert cards.page_range(pages) == written


@given(st.integers(1, 50), st.integers(0, 10))
def test_a_run_of_pages_names_its_ends(first: int, more: int) -> None:
    written = cards.page_range(range(first, first + more + 1))
    assert written == (str(first) if not more else f"{first}–{first + more}")
