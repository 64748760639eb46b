"""What a citation is said to say: quoted words first, else its sentence."""

from __future__ import annotations

import pytest

from workbench.claims import Claim, cited_in, unclaimed
from workbench.quotations import parts_of, quotations_in
from workbench.quoted import SoughtIn, sought
from workbench.reporting import without_reporting


def claims(text: str) -> list[Claim | None]:
    return [each.claim for each in cited_in(text)]


def words(text: str) -> list[str | None]:
    return [claim and claim.text for claim in claims(text)]


@pytest.mark.parametrize(
    "quoted", ['"{}"', "“{}”", "„{}“", "«{}»", "‘{}’", "'{}'", "「{}」"], ids=list("abcdefg")
)
def test_quoted_words_are_the_claim_whatever_the_marks(quoted: str) -> None:
    inner = "detainees had no lawyer"
    (claim,) = claims(f"The Group said that {quoted.format(inner)} (A/HRC/15/16, para. 12).")
    assert claim is not None
    assert [each.text for each in claim.quotations] == [inner]


def test_an_apostrophe_opens_no_quotation() -> None:
    assert quotations_in("the State's duty and the prisoners' rights of all") == []


def test_each_citation_has_the_words_before_it() -> None:
    text = "It said “one two three” (A/HRC/1/2, para. 3) and “four five six” (A/HRC/1/3, para. 4)."
    assert words(text) == ["one two three", "four five six"]


def test_words_behind_a_citation_that_says_them() -> None:
    assert words("A/HRC/15/16, para. 12 says: “detainees had no lawyer”.") == [
        "detainees had no lawyer"
    ]
    assert words("According to A/HRC/15/16, para. 12, prisoners were not fed for days.") == [
        "prisoners were not fed for days"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A/HRC/1/2, para. 3, says “one two”, and A/HRC/1/3, para. 4, adds “three four”.",
         ["one two", "three four"]),
        ("According to A/HRC/1/2, para. 3, “one two”; A/HRC/1/3, para. 4, notes “three four”.",
         ["one two", "three four"]),
        ("In A/HRC/1/2, para. 3, the Rapporteur says “one two”, while A/HRC/1/3, para. 4, says "
         "“three four”.", ["one two", "three four"]),
        ("It said “one two” (A/HRC/1/2); X in A/HRC/1/3 says “three four”, Y in A/HRC/1/4 “five "
         "six”.",
         ["one two", "three four", "five six"]),
        ("A/HRC/1/2, para. 3: “one two” (see also A/HRC/1/3, para. 4).", ["one two", "one two"]),
    ],
)  # fmt: skip
def test_no_quotation_is_looked_for_in_place_of_another(text: str, expected: list[str]) -> None:
    assert words(text) == expected
    assert unclaimed(text, cited_in(text)) == []


def test_a_quotation_that_no_citation_has_is_told() -> None:
    text = "It said “one two” (A/HRC/1/2, para. 3), which somebody called “three four”."
    assert words(text) == ["one two"]
    assert [each.text for each in unclaimed(text, cited_in(text))] == ["three four"]
    assert unclaimed("Nobody is cited for “three four” here.", []) == []


def test_a_sentence_without_its_citation_and_without_who_spoke() -> None:
    text = "The Committee has held that nobody may be held in secret (CCPR/C/GC/35, para. 1)."
    assert words(text) == ["nobody may be held in secret"]


def test_a_citation_behind_the_full_stop_belongs_to_the_sentence() -> None:
    text = "“One two three. Four five six.” (A/HRC/15/16, para. 12)"
    assert words(text) == ["One two three. Four five six."]
    assert words("Prisoners were not fed for days. (A/HRC/15/16, para. 12)") == [
        "Prisoners were not fed for days"
    ]


def test_several_citations_share_a_claim() -> None:
    text = "Prisoners were not fed for days (A/HRC/15/16, para. 12; see also A/HRC/15/17, para. 2)."
    assert words(text) == ["Prisoners were not fed for days"] * 2


@pytest.mark.parametrize("form", ["[^1]: {}", "[1] {}"])
def test_a_note_speaks_for_the_sentence_of_its_mark(form: str) -> None:
    mark = form.partition(":")[0].partition(" ")[0]
    text = (
        f"Nothing is said here of it all. Prisoners were not fed for days.{mark} More follows.\n\n"
        + form.format("A/HRC/15/16, para. 12.")
    )
    (cited,) = cited_in(text)
    assert cited.note == "1"
    assert cited.claim is not None
    assert "not fed for days" in cited.claim.text


def test_a_note_with_a_quotation_of_its_own_speaks_for_that() -> None:
    text = "Something quite different stands here.[^1]\n\n[^1]: “they were not fed” (A/HRC/1/2)."
    assert words(text) == ["they were not fed"]


def test_a_citation_inside_quoted_words_is_the_sources_own() -> None:
    inside = "It said “as noted (A/55/290), torture goes on” (E/CN.4/2004/56, para. 61)."
    assert words(inside) == ["as noted (A/55/290), torture goes on"]
    assert len(words("“As noted (A/55/290), torture goes on.”")) == 1


@pytest.mark.parametrize(
    "text", ["See A/HRC/15/16, para. 12.", "A/HRC/15/16, para. 12", "Recalling A/HRC/15/16,"]
)
def test_a_citation_may_claim_nothing(text: str) -> None:
    assert claims(text) == [None]


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("The Committee has held that everyone has rights", "everyone has rights"),
        ("calls upon States to ensure that all eat", "calls upon States to ensure that all eat"),
        ("urges it to consider measures that help", "urges it to consider measures that help"),
        ("As the Committee has stated, no one may", "no one may"),
        ("Prisons are cold, as the Rapporteur noted", "Prisons are cold"),
        ("The delegation of Freedonia said so", ""),
        ("The Committee has stated as much", ""),
        ("Victims of torture do not report it", "Victims of torture do not report it"),
        ("Комитет отметил, что пытки запрещены", "пытки запрещены"),
        ("Le Comité a noté que la torture existe", "la torture existe"),
    ],
)
def test_words_that_say_who_spoke_are_left_out(sentence: str, said: str) -> None:
    assert without_reporting(sentence) == said


def test_what_was_left_out_or_put_in_parts_a_quotation() -> None:
    assert parts_of("[t]he right … is [therefore] absolute [...] always") == (
        "the right",
        "is",
        "absolute",
        "always",
    )


def test_parts_must_stand_in_order() -> None:
    held = SoughtIn("The right to a lawyer is absolute and always applies.")
    assert held.find(sought("", ["The right", "always applies"])) == (0, 10)
    assert held.find(sought("", ["always applies", "The right"])) is None
    assert held.find(sought("", ["righ"])) is None
    assert held.find(sought("", ["a lawyer is", "is absolute"])) is None
