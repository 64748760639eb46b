"""Words that decide what a sentence says: negations and numbers.

Of two sentences of twenty words "were denied" and "were not denied" differ as little in wording as
"were denied" and "were all denied"; a measure of words in common cannot tell them apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from rapidfuzz.distance import Indel

from workbench.words import Word

__all__ = ["decided_by", "negates"]


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_NEGATIONS = _words(
    """
    no not never none nobody nothing nowhere neither nor cannot without unless except ne non ni pas
    aucun aucune jamais rien sans nul nulle sauf nunca jamás nadie nada ningún ninguno ninguna sin
    tampoco salvo excepto não nem ninguém nenhum nenhuma sem nicht nie niemals niemand nichts kein
    keine keinen keinem keiner keines ohne weder nie bez nikt nigdy żaden żadna żadne ani не ни нет
    нету без нельзя никто никого никому никем никогда ничто ничего ничему нигде никакой никакая
    никакое никакие никаких никакого никакому никаким ня ні няма бяз ніхто нікога нікому ніколі
    нішто нічога нідзе нельга ніякі ніякая ніякага ніякіх немає нема ніколи ніщо нічого ніде жоден
    жодна жодне жодного жодної жодних لا ولا لم ولم لن ولن ليس ليست وليس دون بدون غير عدم 不 没
    沒 未 无 無 非 勿 否
    """
)
_PREFIXES = (
    "un", "in", "im", "il", "ir", "dis", "non", "non-", "не", "ня", "без", "бес", "бяз", "in-",
)  # fmt: skip
"""Which make a word its opposite: lawful, unlawful."""

_NUMBERS = _words(
    """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    hundred hundreds thousand thousands million millions billion billions dozen dozens half twice
    first second third fourth fifth sixth seventh eighth ninth tenth deux trois quatre cinq sept
    huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante cinquante soixante
    cent cents mille milliard milliards premier première deuxième troisième dos tres cuatro cinco
    seis siete ocho nueve diez doce trece catorce quince veinte treinta cuarenta cincuenta sesenta
    setenta ochenta noventa cien ciento doscientos mil millón millones zwei drei vier fünf sechs
    sieben acht neun zehn elf zwölf hundert tausend dwa trzy cztery pięć sześć siedem osiem dziewięć
    dziesięć sto tysiąc tysięcy اثنان اثنين ثلاثة ثلاث أربعة أربع خمسة خمس ستة ست سبعة سبع ثمانية
    ثماني تسعة تسع عشرة عشر مائة مئة ألف مليون 二 三 四 五 六 七 八 九 十 百 千 万 亿
    """
)
_SLAVIC_NUMBERS = re.compile(
    # Russian, Belarusian, Ukrainian, in all cases
    r"дв(?:а|е|ое|ух|ум|умя)|дзв(?:е|юх|юма)|два[іх]|дв(?:і|ох|ом|ома)|тр(?:и|ое|[её]х|[её]м|емя|"
    r"ы|ох|ом|ьох|ьом)|четыр\w+|четвер\w+|чатыр\w+|чотир\w+|(?:пят|шест)(?:ь|и|ью|еро)|п['’]?ят\w+|"
    r"пяць|пяці|шэсць|шасці|шість|шести|сем|семь|семи|сямі|сім|восем|восемь|восьми|вісім|"
    r"девят(?:ь|и|ью)|девяносто|дзевяць|дев['’]ять|десят(?:ь|и|ью)|дзесяць|\w+надцат\w+|"
    r"\w+наццаць|\w+наццаці|\w+дцать|\w+дцати|\w+ццаць|\w+десят|сорок|сорак|сто|двести|сотн\w+|"
    r"тысяч\w*|тисяч\w*|мил+ион\w*|мільён\w*|мільйон\w*|миллиард\w*|мільярд\w*"
)


def negates(key: str) -> bool:
    """Tell whether a word, as `workbench.words` has its key, is a negation."""
    return key in _NEGATIONS or key.endswith("n't") or key.startswith("n'")


def decided_by(claimed: Sequence[Word], held: Sequence[Word]) -> bool:
    """Tell whether what differs between a claim and the words of its source turns what it says.

    It does where one has a negation that the other has not in that place, a word has become its
    opposite by a prefix, or the claim has a number that the source has not there. A number that the
    claim leaves out does not: it may be the mark of a footnote, or part of a citation.

    Args:
        claimed: words of the claim.
        held: those of the source that answer it.
    """
    for gone, come in _differing(_keys(claimed), _keys(held)):
        if any(map(negates, (*gone, *come))):
            return True
        if any(map(_is_number, gone)) or (gone and any(map(_is_number, come))):
            return True
        if any(_opposite(one, other) for one in gone for other in come):
            return True
    return False


def _keys(words: Sequence[Word]) -> list[str]:
    """Return the keys of words, of the "No." before a number one that negates nothing."""
    keys = [word.key for word in words]
    return [
        "number" if key == "no" and following[:1].isdigit() else key
        for key, following in zip_longest(keys, keys[1:], fillvalue="")
    ]


def _differing(
    before: Sequence[str], after: Sequence[str]
) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """Yield the runs of words that differ: those of the one, and those in their place."""
    i = j = 0
    for block in Indel.editops(before, after).as_matching_blocks():
        if block.a > i or block.b > j:
            yield before[i : block.a], after[j : block.b]
        i, j = block.a + block.size, block.b + block.size


def _is_number(key: str) -> bool:
    parts = key.split("-")  # twenty-one, 24-hour
    return any(
        part[:1].isdigit() or part in _NUMBERS or _SLAVIC_NUMBERS.fullmatch(part) for part in parts
    )


def _opposite(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) > 2 and any(long == prefix + short for prefix in _PREFIXES)
