"""Verdicts on citations in a line for people."""

from __future__ import annotations

from corpus.bodies import COMMITTEES
from corpus.citations import format_citation
from search_api.bench.judging import Cites, Judgement
from search_api.bench.sources import Sources, numbers_of
from workbench.claims import Claim
from workbench.references import Reference
from workbench.verdicts import Verdict

__all__ = ["explain", "not_held"]

_LANGUAGES = {
    "ar": "Arabic", "be": "Belarusian", "de": "German", "en": "English", "es": "Spanish",
    "fr": "French", "pl": "Polish", "pt": "Portuguese", "ru": "Russian", "uk": "Ukrainian",
    "zh": "Chinese",
}  # fmt: skip


def explain(
    judged: Judgement,
    reference: Reference,
    claim: Claim | None,
    cites: Cites,
    language: str | None,
) -> str:
    """Say in a line what came of a citation whose document is held."""
    quoted = bool(claim and claim.quotations)
    line = _line(judged, reference, claim, cites, quoted=quoted)
    if claim is None or judged.verdict not in {Verdict.PARAPHRASED, Verdict.NOT_THERE}:
        return line
    abroad = {source.language for source in cites.sources}
    if language in abroad or None in abroad or language is None:
        return line
    held = " and ".join(sorted(_LANGUAGES.get(each or "", each or "") for each in abroad))
    named = _LANGUAGES.get(language, language)
    return f"{line} It is held in {held} only, so that words in {named} were compared by meaning."


def _line(
    judged: Judgement, reference: Reference, claim: Claim | None, cites: Cites, *, quoted: bool
) -> str:
    place = _place(judged, cites)
    match judged.verdict:
        case Verdict.RIGHT:
            words = "The quoted words stand" if quoted else "The sentence stands"
            nearly = "" if judged.similarity == 1.0 else " with small changes"
            where = "there" if cites.pinned else f"in {place}"
            return f"{words} {where}{nearly}."
        case Verdict.MISQUOTED:
            if quoted:
                return f"The quoted words stand in {place}, but not as quoted."
            return (
                f"The sentence stands in {place} with a word changed that decides what it says: "
                "a negation or a number."
            )
        case Verdict.OTHER_PARAGRAPH:
            if judged.similarity is None:
                return (
                    f"The paragraph cited says something else; {place} comes near this in "
                    "meaning. Compare them."
                )
            changed = "" if judged.similarity == 1.0 else " with changes"
            return f"The words stand in {place} of the same document{changed}, not where cited."
        case Verdict.OTHER_DOCUMENT:
            changed = "" if judged.similarity == 1.0 else " with changes"
            return f"The words are not in the document cited; they stand in {place}{changed}."
        case Verdict.PARAPHRASED:
            if quoted:
                return f"The quoted words are not there; {place} comes near them in meaning."
            return f"{_capital(place)} seems to say this in other words. Compare them."
        case Verdict.NOT_THERE:
            what = "The quoted words are" if quoted else "This is"
            where = "in the paragraph cited" if cites.pinned else "in the document cited"
            return f"{what} not {where}, nor anything near enough in meaning to say so."
        case Verdict.NO_SUCH_PARAGRAPH:
            return _no_such_paragraph(judged, reference, cites)
        case _:
            if claim is not None:
                return (
                    "The document is held. The sentence names no paragraph and quotes nothing, and "
                    "no paragraph is near it."
                )
            return "The source is held; the text says nothing of it that could be looked for."


def _no_such_paragraph(judged: Judgement, reference: Reference, cites: Cites) -> str:
    named = ", ".join(reference.paragraphs)
    numbers = numbers_of(cites.sources)
    has = f"its paragraphs are {numbers}" if numbers else "its paragraphs have no numbers"
    line = f"The document is held and has no paragraph {named}; {has}."
    return f"{line} The words stand in {_place(judged, cites)}." if judged.paragraph else line


def _place(judged: Judgement, cites: Cites) -> str:
    """Name the paragraph that decided; with its document where that is not the one cited."""
    source, paragraph = judged.source, judged.paragraph
    if source is None or paragraph is None:
        return "the source"
    if source.document_id in {each.document_id for each in cites.sources}:
        plain = format_citation(None, None, paragraph.number, None, paragraph.label)
        return plain.removeprefix("untitled, ").replace("para. ", "paragraph ")
    return format_citation(source.symbol, None, paragraph.number, None, paragraph.label)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def not_held(sources: Sources, reference: Reference) -> tuple[str, tuple[str, ...]]:
    """Return what to say of a document that is not held, and the nearest known symbols."""
    if reference.comment is not None and not reference.symbols:
        return _no_comment(sources, *reference.comment), ()
    if not reference.symbols:
        return "It points back, and nothing is cited before it.", ()
    nearest = tuple(
        dict.fromkeys(near for symbol in reference.symbols for near in sources.nearest(symbol))
    )
    named = " or ".join(reference.symbols)
    line = f"{named} is not in this index, so that it could not be checked."
    return (f"{line} The nearest that is held: {', '.join(nearest)}." if nearest else line), nearest


def _no_comment(sources: Sources, body: str | None, number: str) -> str:
    if body is None:
        return f"No committee is named for general comment No. {number}, so that it is not known."
    held = sources.comments_of(body)
    name = COMMITTEES.get(body, body)
    if not held:
        return f"No general comment of the {name} is in this index."
    return f"General comment No. {number} of the {name} is not in this index; held are Nos. {held}."
