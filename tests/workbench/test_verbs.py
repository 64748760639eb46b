"""How strong verbs are, and what became of one."""

from __future__ import annotations

import pytest

from workbench.verbs import Strength, VerbTable, verb_table


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Urges the authorities to act;", "urges"),
        ("Calls upon States to act;", "calls upon"),
        ("Decides also to establish a group;", "decides"),
        ("Once again strongly condemns all acts;", "strongly condemns"),
        ("Strongly condemning all acts,", "strongly condemns"),
        ("Condemns in the strongest terms the acts;", "condemns in the strongest terms"),
        ("Taking note with appreciation of the report,", "takes note with appreciation"),
        ("Noting with concern that the election,", "notes with concern"),
        ("Noting further the work of the body,", "notes"),
        ("Expresses grave concern that;", "expresses grave concern"),
        ("Frobnicates the committee;", None),
        ("", None),
    ],
)
def test_the_longest_verb_a_paragraph_opens_with(text: str, verb: str | None) -> None:
    assert verb_table().verb_of(text) == verb


@pytest.mark.parametrize(
    "chain",
    [
        ["decides", "demands", "urges", "calls upon", "encourages", "invites"],
        ["condemns in the strongest terms", "strongly condemns", "condemns", "deplores", "regrets"],
        ["condemns", "deplores", "expresses grave concern", "expresses concern"],
        ["reaffirms", "recalls", "takes note"],
        ["warmly welcomes", "welcomes", "takes note with appreciation", "takes note"],
    ],
)
def test_the_accepted_orders(chain: list[str]) -> None:
    table = verb_table()
    for at, stronger in enumerate(chain):
        for weaker in chain[at + 1 :]:
            assert table.compare(weaker, stronger) is Strength.STRONGER, (weaker, stronger)
            assert table.compare(stronger, weaker) is Strength.WEAKER, (weaker, stronger)


@pytest.mark.parametrize(
    ("earlier", "later", "strength"),
    [
        ("calls upon", "calls for", Strength.SAME),
        ("urges", "urges", Strength.SAME),
        ("urges", "condemns", Strength.NOT_COMPARED),
        ("regrets", "expresses deep concern", Strength.NOT_COMPARED),
        ("requests", "urges", Strength.NOT_COMPARED),
        (None, "urges", Strength.NOT_COMPARED),
        ("urges", None, Strength.NOT_COMPARED),
    ],
)
def test_what_no_chain_holds_is_not_compared(
    earlier: str | None, later: str | None, strength: Strength
) -> None:
    assert verb_table().compare(earlier, later) is strength


def test_no_two_chains_contradict_each_other() -> None:
    table = verb_table()
    for chain in table.chains:
        for one, place in chain.items():
            for other, at in chain.items():
                wanted = Strength.SAME if place == at else Strength.STRONGER
                if at >= place:
                    assert table.compare(other, one) is wanted, (one, other)


def test_a_table_of_ones_own() -> None:
    table = VerbTable.of([[["insists"], ["asks", "begs"]]])
    assert table.compare("asks", "insists") is Strength.STRONGER
    assert table.compare("asks", "begs") is Strength.SAME
    assert table.verb_of("Insists that") == "insists"
