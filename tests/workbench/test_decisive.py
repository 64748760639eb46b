"""Which words turn a sentence: negations and numbers, in several languages."""

from __future__ import annotations

import pytest

from workbench.decisive import decided_by
from workbench.words import words_of


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("guards were not punished for it", "guards were punished for it"),
        ("guards were punished for it", "guards were never punished for it"),
        ("guards weren’t punished for it", "guards were punished for it"),
        ("he was detained without a warrant", "he was detained with a warrant"),
        ("an irregular arrest of a man", "a regular arrest of a man"),
        ("held for three days in a cell", "held for eleven days in a cell"),
        ("held for 3 days in a cell", "held for 13 days in a cell"),
        ("thirty-one people were killed", "thirty-two people were killed"),
        ("200 people of the village were killed", "people of the village were killed"),
        ("les gardes ont été punis", "les gardes n’ont pas été punis"),
        ("il a été jugé sans avocat", "il a été jugé avec avocat"),
        ("los guardias nunca fueron castigados", "los guardias fueron castigados"),
        ("их держали двенадцать дней", "их держали двадцать дней"),
        ("их держали без суда и следствия", "их держали до суда и следствия"),
        ("охранников не наказали за это", "охранников наказали за это"),
        ("яго трымалі тры дні без суда", "яго трымалі чатыры дні без суда"),
        ("ніхто не быў пакараны за гэта", "кожны быў пакараны за гэта"),
        ("його тримали три дні в камері", "його тримали чотири дні в камері"),
        ("任何人不得被拘留", "任何人得被拘留"),
        ("لا يجوز احتجاز أحد", "يجوز احتجاز أحد"),
    ],
)
def test_a_negation_or_a_number_decides(claim: str, source: str) -> None:
    assert decided_by(words_of(claim), words_of(source))


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("no one was held for three days", "no one was held for three days"),
        ("journalists were denied a lawyer for weeks", "journalists were denied any lawyer weeks"),
        ("everyone has freedom of expression and may speak",
         "everyone has freedom of expression,12 and may speak"),
        ("everyone is equal, as the Committee said, and free",
         "everyone is equal, as the Committee said (general comment No. 18), and free"),
        ("he was not held by the guards", "he was not detained by any guards"),
        ("Комитет не нашел нарушения права", "Комитет не обнаружил нарушения прав"),
    ],
)  # fmt: skip
def test_other_words_do_not(claim: str, source: str) -> None:
    assert not decided_by(words_of(claim), words_of(source))
