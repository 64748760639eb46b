"""A draft in, precedents out: graded, ordered, and never from what does not count."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import InputError
from corpus.types import DocumentStatus
from search_api.engine import Engine
from search_api.schemas import DraftUnit, Filters, PrecedentsRequest
from tests.bench.invented import CLAUSE, EDITED, ONLY_DRAFT, SAID, UNSAID, saying
from tests.fakes import FakeEncoder
from tests.indexer.linking import published


def unit(engine: Engine, draft: str, **fields: object) -> DraftUnit:
    request = PrecedentsRequest.model_validate({"text": draft, **fields})
    (found,) = engine.bench.precedents(request).units
    return found


def symbols(found: DraftUnit) -> list[str | None]:
    return [match.passage.symbol for match in found.precedents]


def test_the_strongest_authority_comes_first_then_the_latest(engine: Engine) -> None:
    found = unit(engine, f"{SAID}.")
    assert symbols(found) == ["A/RES/70/1", "A/HRC/RES/12/1", "A/HRC/RES/11/1", "A/HRC/10/1"]
    assert [match.grade for match in found.precedents] == [
        "verbatim", "near-verbatim", "near-verbatim", "verbatim",
    ]  # fmt: skip
    assert found.grade == "verbatim"


def test_what_the_body_itself_adopted_goes_before_what_another_did(engine: Engine) -> None:
    found = unit(engine, f"{SAID}.", before="human rights council")
    assert symbols(found)[:3] == ["A/HRC/RES/12/1", "A/HRC/RES/11/1", "A/RES/70/1"]


def test_the_words_that_differ_are_marked(engine: Engine) -> None:
    found = unit(engine, f"{SAID}.", filters=Filters(symbol=("A/HRC/RES/11/1",)))
    (match,) = found.precedents
    changed = [
        (found.text[c.before.start : c.before.end], match.passage.text[c.after.start : c.after.end])
        for c in match.changes
        if c.kind != "same"
    ]
    assert changed == [(CLAUSE[9], "otherwise")]
    assert match.part is not None
    assert match.passage.text[match.part.start : match.part.end] == EDITED
    assert (match.passage.standing.name, match.passage.standing.vote) == (
        "adopted-by-vote",
        (25, 5, 17),
    )


def test_what_nobody_said_has_no_precedent(engine: Engine) -> None:
    found = unit(engine, f"{UNSAID}.")
    assert (found.grade, found.precedents, found.not_precedent) == ("none", (), ())


def test_drafts_and_rejected_amendments_never_count_and_say_why(engine: Engine) -> None:
    found = unit(engine, f"{ONLY_DRAFT}.")
    assert (found.grade, found.precedents) == ("none", ())
    (match,) = found.not_precedent
    assert match.grade == "verbatim"
    assert match.passage.standing.why == "it was rejected and never adopted"
    assert found.note == "said only in texts that do not count as precedent"


def test_the_grade_is_of_a_precedent_that_is_shown(engine: Engine) -> None:
    found = unit(engine, f"{SAID}.", k=1, before="Human Rights Council")
    assert found.grade == "verbatim"
    assert [match.grade for match in found.precedents] == ["verbatim"]


@pytest.mark.parametrize("named", ["a/res/70/1", "UN Doc. A/RES/70/1.", " A/RES/70/1 "])
def test_a_symbol_is_excluded_in_whatever_form_it_is_written(engine: Engine, named: str) -> None:
    left_out = unit(engine, f"{SAID}.", exclude=("A/RES/70/1",))
    assert unit(engine, f"{SAID}.", exclude=(named,)) == left_out
    assert unit(engine, f"{SAID}.") != left_out


def test_what_is_excluded_is_no_precedent(engine: Engine) -> None:
    found = unit(engine, f"{SAID}.", exclude=("A/RES/70/1", "A/HRC/10/1", "A/NO/SUCH/1"))
    assert found.grade == "near-verbatim"
    assert {"A/RES/70/1", "A/HRC/10/1"}.isdisjoint(symbols(found))


def test_what_was_to_be_excluded_and_is_not_there_is_told(engine: Engine) -> None:
    exclude = ("a/res/70/1", "A/RES/70/1", "A/RES/70/11", "nonsense")
    found = engine.bench.precedents(PrecedentsRequest(text=f"{SAID}.", exclude=exclude))
    near, none = found.warnings
    said = "nothing is excluded by 'A/RES/70/11': no document has that symbol; the nearest here: "
    assert near.startswith(said)
    assert "A/RES/70/1" in near.removeprefix(said)
    assert none.startswith("nothing is excluded by 'nonsense': no document has that symbol")
    assert engine.bench.precedents(PrecedentsRequest(text=f"{SAID}.")).warnings == ()


def test_a_few_words_are_too_short(engine: Engine) -> None:
    found = unit(engine, " ".join(CLAUSE[:3]) + ".")
    assert (found.grade, found.note) == ("none", "too short to compare")


@pytest.mark.parametrize("draft", ["", "  \n\n ", "\x00", "[^1]: A note alone."])
def test_an_empty_draft_is_answered_so(engine: Engine, draft: str) -> None:
    found = engine.bench.precedents(PrecedentsRequest(text=draft))
    assert (found.total, found.units, found.next_offset) == (0, (), None)
    assert found.warnings == ("The draft has no sentence to check.",)


def test_a_long_draft_is_checked_in_parts(engine: Engine) -> None:
    draft = "\n\n".join([f"{SAID}.", f"{UNSAID}.", f"{EDITED}."])
    whole = engine.bench.precedents(PrecedentsRequest(text=draft))
    assert [one.grade for one in whole.units] == ["verbatim", "none", "verbatim"]
    assert (whole.counts.verbatim, whole.counts.none) == (2, 1)
    done: list[tuple[int, int]] = []
    part = engine.bench.precedents(
        PrecedentsRequest(text=draft, limit=2), lambda n, of: done.append((n, of))
    )
    assert (part.total, part.next_offset, done) == (3, 2, [(1, 2), (2, 2)])
    rest = engine.bench.precedents(PrecedentsRequest(text=draft, offset=2))
    assert part.units + rest.units == whole.units
    past = engine.bench.precedents(PrecedentsRequest(text=draft, offset=9))
    assert past.units == ()
    assert "past its end" in past.warnings[0]


def test_a_superseded_text_is_none(tmp_path: Path) -> None:
    old = replace(
        saying("CAT/C/GC/1", SAID, 30, kind="general-comment", body="CAT"),
        status=DocumentStatus.SUPERSEDED, superseded_by="CAT/C/GC/4",
    )  # fmt: skip
    engine = Engine(published(tmp_path, old), FakeEncoder())
    found = unit(engine, f"{SAID}.")
    assert found.grade == "none"
    assert found.not_precedent[0].passage.standing.why == (
        "it was superseded by CAT/C/GC/4; cite what replaced it"
    )


def test_the_drafts_own_citation_is_no_difference(engine: Engine) -> None:
    found = unit(engine, f"{SAID} (A/RES/70/1, para. 3).")
    assert found.grade == "verbatim"
    assert found.text.endswith("(A/RES/70/1, para. 3).")


def test_a_line_that_introduces_a_list_is_not_looked_for(engine: Engine) -> None:
    found = unit(engine, " ".join(CLAUSE[:6]) + ":")
    assert (found.grade, found.note) == ("none", "introduces what follows")


def test_a_table_of_standings_that_cannot_be_used_is_said_when_the_index_is_opened(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own.toml"
    own.write_text("[[standing]]")
    monkeypatch.setenv("PRECEDENT_STANDING", str(own))
    with pytest.raises(InputError, match=r"own\.toml"):
        Engine(engine.snapshot, FakeEncoder())
