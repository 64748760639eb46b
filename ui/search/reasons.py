"""Why a hit is one, and how a question was read, in words."""

from __future__ import annotations

from search_api.schemas import Hit, ReadAs, ReadFilter
from ui.parts.cards import Labels
from ui.parts.markup import Markup, element, join
from ui.wording import common as texts

__all__ = ["read_as", "reasons"]


def reasons(hit: Hit) -> Markup | None:
    """Say what a hit has in common with the question; None where nothing is known of it."""
    why = hit.why
    if why is None:
        return None
    said = []
    if why.words:
        said.append(texts.WHY_WORDS.format(words=", ".join(why.words)))
    if why.phrases:
        said.append(texts.WHY_PHRASES.format(phrases=", ".join(why.phrases)))
    if why.run is not None:
        said.append(texts.WHY_RUN.format(run=hit.text[why.run.start : why.run.end]))
    if hit.scores.dense is not None:
        said.append(texts.WHY_MEANING.format(dense=hit.scores.dense))
    if why.sentence is not None:
        sentence = hit.text[why.sentence.start : why.sentence.end]
        if sentence != hit.text.strip():  # the whole of it stands above
            said.append(texts.WHY_SENTENCE.format(score=why.sentence.score, sentence=sentence))
    if not said:
        return None
    facts = [element("li", fact, dir="auto") for fact in said]
    return element("ul", join(facts), class_="p-why", aria_label=texts.WHY)


def read_as(read: ReadAs, labels: Labels) -> str | None:
    """Say how a question with operators was read; None where it was plain words."""
    parts = [texts.READ_PHRASE.format(phrase=phrase) for phrase in read.phrases]
    parts += [texts.READ_EXCLUDED.format(phrase=phrase) for phrase in read.excluded]
    parts += [_filter(each, labels) for each in read.filters]
    if read.symbol and not read.paragraphs and read.words:
        parts.append(texts.READ_SYMBOL.format(symbol=read.symbol))
    if not parts:
        return None
    if read.words:
        parts.insert(0, texts.READ_WORDS.format(words=read.words))
    return texts.READ_AS.format(parts="; ".join(parts))


def _filter(each: ReadFilter, labels: Labels) -> str:
    form = texts.READ_FILTER_EXCLUDED if each.excluded else texts.READ_FILTER
    names = labels.get(each.field, {})
    field = texts.FACET_LABELS.get(each.field, each.field)
    values = texts.READ_OR.join(names.get(value, value) for value in each.values)
    return form.format(field=field, values=values)
