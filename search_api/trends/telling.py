"""Words that tell one period of a theme from the others: what is new in it, and what fades.

The measure is the log-odds ratio with an informative Dirichlet prior of Monroe, Colaresi and Quinn,
"Fightin' Words" (Political Analysis 16:4, 2008), divided by its standard deviation. Raw ratios
would list what stood once and never again; the prior, which is the words of the theme as a whole,
draws rare words to no difference at all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from tantivy import TextAnalyzer

from indexer.analysis import WORD, analyser, field_language, prepare_question
from indexer.snapshot import Snapshot
from search_api.schemas import Telling, TellingPeriod, TellingRequest, TellingWord
from search_api.trends.saying import Said

__all__ = ["LEAST_DOCUMENTS", "LEAST_PASSAGES", "LEAST_Z", "log_odds", "telling"]

Values = NDArray[np.float64]

MOST_PASSAGES = 2_000
"""Passages that are read, half a second of them; of more, evenly many of each year."""

COMMON = 0.08
"""Share of all passages of a language beyond which a word is left out: "were", "should", "his". A
list of such words is at hand for a few languages only."""

FEW = 50
"""Passages that are too few to say so."""

LEAST_PASSAGES = 20
"""Passages of a period; fewer say nothing of how a theme was spoken of."""

LEAST_Z = 3.0
"""Standard deviations. Noise alone has two of them in one word of forty, and a theme has thousands
of words: at 1.96 "june" and "october" told periods of counter-terrorism apart. Three: in 700."""

LEAST_DOCUMENTS = 3
"""Documents of a period that must have a word: one long report is no way of speaking."""

PRIOR = 500.0
"""Words that the prior weighs: those of some ten passages."""

_LEAST_LETTERS = 3


_Forms = dict[str, Counter[str]]
"""How often each stem is seen in each form."""


@dataclass(slots=True)
class _Words:
    """What a period's passages have.

    Attributes:
        passages: with each stem.
        documents: with each stem.
        size: passages.
        all_documents: of the passages.
    """

    passages: Counter[str] = field(default_factory=Counter)
    documents: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    size: int = 0
    all_documents: set[int] = field(default_factory=set)


def telling(snapshot: Snapshot, request: TellingRequest, found: Said) -> Telling:
    """Compare the words of a theme's passages between periods, in the language most are in."""
    columns = snapshot.columns
    rows = np.flatnonzero(found.rows)
    document = columns.document[rows]
    dated = columns.year[document] > 0
    rows, document = rows[dated], document[dated]
    language, rows = _main_language(snapshot, rows)
    rows = _sampled(rows, columns.year[columns.document[rows]])
    years = columns.year[columns.document[rows]]
    spans = _spans(years, request.periods)
    answer = Telling(
        query=request.query,
        how=request.how,
        language=language,
        passages=len(rows),
        warnings=found.warnings,
    )
    if len(spans) < 2:
        return answer
    forms: _Forms = defaultdict(Counter)
    analysed = field_language(language)
    held = [_Words() for _ in spans]
    place = np.searchsorted([last for _, last in spans], years)
    texts = snapshot.texts(rows.tolist())
    documents = columns.document[rows].tolist()
    for text, number, at in zip(texts, documents, place.tolist(), strict=True):
        _add(held[at], _words(text, analysed), analysed, forms, number)
    for stem in _common(snapshot, analysed, list(forms)):
        del forms[stem]
    periods = [_period(held, at, span, forms, request.k) for at, span in enumerate(spans)]
    return answer.model_copy(update={"periods": tuple(periods)})


def log_odds(inside: Values, outside: Values, prior: float = PRIOR) -> Values:
    """Return how much likelier each word is inside than outside, in standard deviations.

    Args:
        inside: (words,) how often each stands inside.
        outside: (words,) the same, outside.
        prior: how many words the prior weighs, which has them as both together do.
    """
    both = inside + outside
    pull = prior * both / both.sum()
    a, b = inside + pull, outside + pull
    odds = np.log(a / (inside.sum() + prior - a)) - np.log(b / (outside.sum() + prior - b))
    return np.asarray(odds / np.sqrt(1 / a + 1 / b))


def _period(
    held: Sequence[_Words],
    at: int,
    span: tuple[int, int],
    forms: _Forms,
    k: int,
) -> TellingPeriod:
    here = held[at]
    everywhere: Counter[str] = Counter()
    for each in held:
        everywhere.update(each.passages)
    stems = sorted(stem for stem in everywhere if stem in forms)
    inside = np.array([here.passages[stem] for stem in stems], np.float64)
    outside = np.array([everywhere[stem] for stem in stems], np.float64) - inside
    scores = log_odds(inside, outside)
    words: list[TellingWord] = []
    for i in np.argsort(-scores, kind="stable").tolist():
        if scores[i] < LEAST_Z or len(words) == k:
            break
        count = len(here.documents[stems[i]])
        if count >= LEAST_DOCUMENTS:
            words.append(
                TellingWord(
                    word=forms[stems[i]].most_common(1)[0][0],
                    z=round(float(scores[i]), 2),
                    passages=int(inside[i]),
                    elsewhere=int(outside[i]),
                    documents=count,
                )
            )
    return TellingPeriod(
        year_from=span[0],
        year_to=span[1],
        passages=here.size,
        documents=len(here.all_documents),
        words=tuple(words),
    )


def _common(snapshot: Snapshot, language: str, stems: Sequence[str]) -> list[str]:
    """Return the stems that stand everywhere in the passages of a language."""
    most = max(COMMON * snapshot.lexical.passages_of_language(language), FEW)
    held = snapshot.lexical.document_frequencies(language, stems)
    return [stem for stem, count in zip(stems, held.tolist(), strict=True) if count > most]


def _main_language(
    snapshot: Snapshot, rows: NDArray[np.int64]
) -> tuple[str | None, NDArray[np.int64]]:
    columns = snapshot.columns
    of_rows = columns.language[columns.document[rows]]
    if not len(rows):
        return None, rows
    most = int(np.bincount(of_rows + 1).argmax()) - 1
    return (columns.values["language"].names[most] if most >= 0 else None), rows[of_rows == most]


def _sampled(rows: NDArray[np.int64], years: NDArray[np.int32]) -> NDArray[np.int64]:
    ordered = rows[np.argsort(years, kind="stable")]
    if len(ordered) <= MOST_PASSAGES:
        return ordered
    return ordered[np.linspace(0, len(ordered) - 1, MOST_PASSAGES).astype(np.int64)]


def _spans(years: NDArray[np.int32], periods: int) -> list[tuple[int, int]]:
    """Cut sorted years into at most so many spans of about as many passages, whole years each.

    What is left at the end and too little by itself goes to the span before it.
    """
    least = max(LEAST_PASSAGES, len(years) / periods)
    spans: list[tuple[int, int]] = []
    first, size = None, 0
    for year, count in sorted(Counter(years.tolist()).items()):
        first, size = year if first is None else first, size + count
        if size >= least:
            spans.append((first, year))
            first, size = None, 0
    if first is not None and spans:
        if size >= LEAST_PASSAGES and len(spans) < periods:
            spans.append((first, int(years[-1])))
        else:
            spans[-1] = (spans[-1][0], int(years[-1]))
    return spans


def _add(period: _Words, words: Iterable[str], language: str, forms: _Forms, document: int) -> None:
    period.size += 1
    period.all_documents.add(document)
    stems = {}
    for word in words:
        if stem := _stem(word, language):
            stems[stem] = word
    for stem, word in stems.items():
        forms[stem][word] += 1
        period.passages[stem] += 1
        period.documents[stem].add(document)


def _words(text: str, language: str) -> set[str]:
    """Return the words of a text, of Chinese the pairs of characters."""
    found = set(WORD.findall(text.lower()))
    if language != "zh":
        return found
    return {pair for word in found for pair in prepare_question(word, language).split()}


@lru_cache(maxsize=1 << 16)
def _stem(word: str, language: str) -> str | None:
    """Return the stem of a word; None of figures and of what says nothing by itself."""
    least = 2 if language == "zh" else _LEAST_LETTERS
    if len(word) < least or not word.isalpha():
        return None
    terms = _analyser(language).analyze(prepare_question(word, language))
    return terms[0] if terms else None


@lru_cache
def _analyser(language: str) -> TextAnalyzer:
    return analyser(language, stop=True)
