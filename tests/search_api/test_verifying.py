"""Every verdict on a citation, over a small index."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from corpus.errors import QueryError
from search_api.engine import Engine
from search_api.schemas import CitationCheck, VerifyRequest, VerifyResponse
from tests.search_api.verifying import (
    COLD,
    DECREE,
    LAWYER,
    LONG,
    RELIEF,
    RIGHT,
    SEIZED,
    verifying_engine,
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    made = verifying_engine(tmp_path_factory.mktemp("index"))
    yield made
    made.close()


def verified(engine: Engine, text: str, **fields: object) -> VerifyResponse:
    return engine.bench.verify(VerifyRequest.model_validate({"text": text, **fields}))


def check(engine: Engine, text: str, claim: str | None = None) -> CitationCheck:
    (found,) = verified(engine, text, claim=claim).checks
    return found


def place(found: CitationCheck) -> str:
    assert found.evidence is not None
    return found.evidence.passage.citation


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("“denied access to a lawyer of their own choice”", "right"),
        ("“Denied ACCESS to a lawyer, of their own choice”", "right"),
        ("“[d]etained journalists … denied access [...] for many weeks”", "right"),
        ("“were denied access to a doctor of their own choice”", "misquoted"),
        ("“the northern prison were cold, crowded and without any light”", "other-paragraph"),
        ("“medicine waited eleven days at the border”", "other-document"),
        ("“purple elephants danced upon seven silver bicycles yesterday”", "not-there"),
        (LAWYER, "right"),
        ("Detained journalists were denied access to a lawyer of their choice for weeks", "right"),
        ("Journalists detained were for weeks without access of a lawyer to choice", "paraphrased"),
        (COLD, "other-paragraph"),
        (RELIEF, "other-document"),
        ("Purple elephants danced upon seven silver bicycles yesterday", "not-there"),
    ],
)
def test_what_is_claimed_of_a_paragraph(engine: Engine, words: str, verdict: str) -> None:
    found = check(engine, "A/HRC/70/5, para. 1", words)
    assert found.verdict == verdict, found.explanation
    assert found.quoted == words.startswith("“")


@pytest.mark.parametrize(
    ("place", "claim", "differs"),
    [
        ("A/HRC/70/5, para. 1", LAWYER.replace("were denied", "were not denied"), "not"),
        ("A/HRC/70/5, para. 3", DECREE.replace("should repeal", "should not repeal"), "not"),
        ("A/HRC/70/6, para. 1", RELIEF.replace("eleven days", "three days"), "three"),
        ("A/HRC/70/6, para. 1", RELIEF.replace("eleven days", "11 000 days"), "11 000"),
        ("CCPR/C/GC/90, para. 1", RIGHT.replace("the right", "no right"), "no"),
        ("A/HRC/81/1, para. 1", "Everyone who was detained in the camp saw a judge in time", ""),
    ],
)
def test_a_sentence_with_a_negation_or_number_changed_is_not_right(
    engine: Engine, place: str, claim: str, differs: str
) -> None:
    found = check(engine, f"{claim.rstrip('.')} ({place}).")
    assert found.verdict == "misquoted", found.explanation
    assert "a negation or a number" in found.explanation
    assert found.evidence is not None
    (change,) = found.evidence.changes
    assert found.evidence.compared[slice(*change.claimed)] == differs


def test_a_sentence_turned_where_it_is_cited_may_stand_in_another_paragraph(engine: Engine) -> None:
    found = check(engine, "A/HRC/81/1, para. 3", SEIZED)
    assert found.verdict == "other-paragraph", found.explanation
    assert place(found) == "A/HRC/81/1, para. 2"


def test_the_other_paragraph_is_named_with_its_text(engine: Engine) -> None:
    found = check(engine, f"“{DECREE[:-1]}” (A/HRC/70/5, para. 2)")
    assert found.verdict == "other-paragraph"
    assert place(found) == "A/HRC/70/5, para. 3"
    assert "paragraph 3" in found.explanation
    assert found.evidence is not None
    assert found.evidence.text == DECREE
    assert DECREE[found.evidence.start : found.evidence.end] == DECREE[:-1]


def test_the_other_document_is_named(engine: Engine) -> None:
    found = check(engine, f"“{RELIEF[:-1]}” (A/HRC/70/5, para. 2)")
    assert place(found) == "A/HRC/70/6, para. 1"
    assert "A/HRC/70/6, para. 1" in found.explanation


def test_changed_words_of_a_misquotation_are_marked(engine: Engine) -> None:
    found = check(
        engine, "A/HRC/70/5, para. 1", "“denied all access to a doctor of their own choice”"
    )
    assert found.verdict == "misquoted"
    evidence = found.evidence
    assert evidence is not None
    changed = [
        (each.kind, evidence.compared[slice(*each.claimed)], evidence.text[slice(*each.source)])
        for each in evidence.changes
    ]
    assert changed == [("deleted", "all", ""), ("replaced", "doctor", "lawyer")]


def test_the_worst_of_several_quotations_decides(engine: Engine) -> None:
    text = "“a lawyer of their own choice” and “were cold, crowded and without any light”"
    found = check(engine, f"It speaks of {text} (A/HRC/70/5, para. 1).")
    assert found.verdict == "other-paragraph"
    assert place(found) == "A/HRC/70/5, para. 2"


@pytest.mark.parametrize(
    ("words", "symbol"),
    [
        ("keep a register of all their boats", "A/HRC/RES/55/2"),
        ("a conference on the safety of lighthouses", "A/RES/55/2"),
    ],
)
def test_a_resolution_of_no_named_body_is_looked_for_in_both(
    engine: Engine, words: str, symbol: str
) -> None:
    found = check(engine, "resolution 55/2, para. 1", f"“{words}”")
    assert found.verdict == "right"
    assert place(found).startswith(symbol)


def test_a_quotation_may_not_be_put_together_of_paragraphs_that_do_not_touch(
    engine: Engine,
) -> None:
    words = "for many weeks. The State should repeal its decree"
    assert check(engine, "A/HRC/70/5, paras. 1 and 3", f"“{words}”").verdict != "right"
    parted = words.replace("weeks. The", "weeks … The")
    assert check(engine, "A/HRC/70/5, paras. 1 and 3", f"“{parted}”").verdict == "right"


def test_what_no_citation_has_is_told(engine: Engine) -> None:
    text = f"It said “{LAWYER[:-1]}” (A/HRC/70/5, para. 1), which it called “a grave matter”."
    (warning,) = verified(engine, text).warnings
    assert "“a grave matter”" in warning


def test_a_quotation_may_run_through_cited_paragraphs(engine: Engine) -> None:
    words = "for many weeks. Cells of the northern prison were cold"
    assert check(engine, "A/HRC/70/5, paras. 1-2", f"“{words}”").verdict == "right"
    assert check(engine, "A/HRC/70/5, para. 1", f"“{words}”").verdict != "right"


def test_a_paragraph_that_is_not_there(engine: Engine) -> None:
    found = check(engine, "A/HRC/70/5, para. 40", f"“{LAWYER}”")
    assert found.verdict == "no-such-paragraph"
    assert "1–4" in found.explanation
    assert place(found) == "A/HRC/70/5, para. 1"
    assert check(engine, "A/HRC/70/5, para. 40").verdict == "no-such-paragraph"


def test_one_of_several_paragraphs_that_is_not_there(engine: Engine) -> None:
    found = check(engine, "A/HRC/70/5, paras. 1 and 40", f"“{LAWYER}”")
    assert found.verdict == "right"
    assert found.cautions == ("There is no paragraph 40 in it.",)


def test_a_document_that_is_not_held_with_the_nearest_that_is(engine: Engine) -> None:
    found = check(engine, "A/HRC/70/66, para. 1", LAWYER)
    assert (found.verdict, found.nearest) == ("not-held", ("A/HRC/70/6", "A/HRC/70/5"))
    assert check(engine, "E/CN.4/2001/1, para. 1", LAWYER).nearest == ()


@pytest.mark.parametrize("symbol", ["A-HRC-70-5", "A/HRC//70/5", "AHRC/70/5", "A/HCR/70/5"])
def test_a_malformed_symbol_is_named_with_the_one_meant(engine: Engine, symbol: str) -> None:
    found = check(engine, f"“{LAWYER}” ({symbol}, para. 1)")
    assert (found.verdict, found.nearest) == ("malformed", ("A/HRC/70/5",))
    assert place(found) == "A/HRC/70/5, para. 1"


def test_a_citation_that_claims_nothing_is_shown(engine: Engine) -> None:
    found = check(engine, "See A/HRC/70/5, para. 2.")
    assert found.verdict == "nothing-claimed"
    assert place(found) == "A/HRC/70/5, para. 2"


def test_a_whole_document_is_searched_where_no_paragraph_is_named(engine: Engine) -> None:
    found = check(engine, "A/HRC/70/5", f"“{DECREE}”")
    assert found.verdict == "right"
    assert "paragraph 3" in found.explanation
    assert check(engine, "The seventh bicycle danced in purple (A/HRC/70/5).").verdict == (
        "nothing-claimed"
    )


def test_ibid_and_a_general_comment_by_name(engine: Engine) -> None:
    first, second = verified(
        engine,
        "“the right to be warm in winter” (Human Rights Committee, general comment No. 90, para. 1)"
        " and “nothing of what is said there” (ibid., para. 1).",
    ).checks
    assert (first.verdict, second.verdict) == ("right", "not-there")
    assert second.read_as == "Human Rights Committee, general comment No. 90 (2024), para. 1"


def test_a_general_comment_that_is_not_held(engine: Engine) -> None:
    found = check(engine, "CAT, general comment No. 7, para. 1", LAWYER)
    assert found.verdict == "not-held"
    assert "held are Nos. 91" in found.explanation


def test_what_does_not_count_is_said_with_what_replaced_it(engine: Engine) -> None:
    draft = check(engine, "A/HRC/70/L.9, para. 1", "“keep their prisons warm in the winter”")
    assert draft.verdict == "right"
    assert any("draft" in each for each in draft.cautions)
    old = check(
        engine, "CAT, general comment No. 91, para. 1", "“burden of proof lies on the author”"
    )
    assert old.verdict == "right"
    assert any("superseded by CAT/C/GC/94" in each for each in old.cautions)
    assert check(engine, "A/HRC/70/5, para. 1", LAWYER).cautions == ()


def test_the_version_in_the_language_of_the_claim_is_used(engine: Engine) -> None:
    found = check(engine, "A/HRC/70/5, пункт 1", "«журналистов лишили доступа к адвокату»")
    assert found.verdict == "right"
    assert found.evidence is not None
    assert found.evidence.passage.language == "ru"


def test_a_citation_alone_shows_the_version_in_the_language_of_the_text(engine: Engine) -> None:
    russian = "Правительство ничего не сделало для этих людей.\n\nСм. A/HRC/70/5, пункт 1."
    for text, language in ((russian, "ru"), ("See A/HRC/70/5, para. 1.", "en")):
        found = check(engine, text)
        assert found.evidence is not None
        assert found.evidence.passage.language == language


def test_words_in_a_language_that_is_not_held_say_so(engine: Engine) -> None:
    found = check(engine, "A/HRC/70/6, par. 1", "« les convois ont attendu onze jours »")
    assert "held in English only" in found.explanation


def test_citations_are_numbered_and_asked_for_in_parts(engine: Engine) -> None:
    text = "\n\n".join(f"“{words}” (A/HRC/70/5, para. 1)" for words in (LAWYER, COLD, LONG))
    whole = verified(engine, text)
    assert [each.verdict for each in whole.checks] == [
        "right",
        "other-paragraph",
        "other-paragraph",
    ]
    part = verified(engine, text, offset=1, k=1)
    assert (part.total, part.checks) == (3, whole.checks[1:2])
    total, coming = engine.bench.checks_of(text)
    assert (total, tuple(coming)) == (3, whole.checks)
    for each in whole.checks:
        assert text[each.start : each.end] == each.citation


@pytest.mark.parametrize(
    ("text", "said"), [("", "no text"), (" \n", "no text"), ("No source.", "No citation was found")]
)
def test_a_text_without_citations_says_so(engine: Engine, text: str, said: str) -> None:
    answer = verified(engine, text)
    assert (answer.total, answer.checks) == (0, ())
    assert said in answer.warnings[0]


@pytest.mark.parametrize("text", ["no citation", "A/HRC/70/5, para. 1; A/HRC/70/6, para. 1"])
def test_a_claim_needs_one_citation(engine: Engine, text: str) -> None:
    with pytest.raises(QueryError, match="not one"):
        verified(engine, text, claim=LAWYER)
