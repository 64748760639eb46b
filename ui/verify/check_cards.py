"""What came of looking citations up, as markup."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from search_api.schemas import CitationCheck, Evidence
from ui.parts.cards import passage_heading, passage_text
from ui.parts.markup import Markup, element, join, text
from ui.wording import verify as texts

__all__ = ["check_card", "summary"]

_TONES = {"right": "good", "paraphrased": "good", "nothing-claimed": "open", "not-held": "open"}
"""How a verdict is coloured; any other is bad."""


def summary(checks: Sequence[CitationCheck]) -> Markup:
    """Count the checks by verdict, most frequent first."""
    counts = Counter(check.verdict for check in checks)
    total = texts.ONE if len(checks) == 1 else texts.MANY.format(count=len(checks))
    items = [
        element("li", _verdict(verdict), f" {count}") for verdict, count in counts.most_common()
    ]
    return element("ul", element("li", total), *items, class_="p-counts")


def check_card(check: CitationCheck) -> Markup:
    """Show a citation with its verdict, the claim, and what its source says."""
    facts = [
        texts.READ_AS.format(citation=check.read_as)
        if check.read_as and check.read_as not in check.citation
        else None,
        texts.IN_NOTE.format(mark=check.note) if check.note else None,
    ]
    cautions = [
        element("li", element("span", caution, class_="p-badge p-caution"), dir="auto")
        for caution in check.cautions
    ]
    return element(
        "article",
        element(
            "header",
            element("span", f"{check.number}", class_="p-rank", aria_hidden="true"),
            element("span", check.citation, class_="p-citation", dir="auto"),
            _verdict(check.verdict),
            class_="p-head",
        ),
        element(
            "p",
            join([element("span", fact, dir="auto") for fact in facts if fact]),
            class_="p-facts",
        ),
        element("p", check.explanation, dir="auto"),
        element("ul", *cautions, class_="p-cautions") if cautions else None,
        _claim(check),
        _source(check, check.evidence) if check.evidence else None,
        class_="p-card p-concerns",
        aria_label=check.citation,
    )


def _verdict(verdict: str) -> Markup:
    tone = _TONES.get(verdict, "bad")
    words = texts.VERDICTS.get(verdict, verdict)
    return element("span", words, class_=f"p-verdict p-verdict-{tone}")


def _claim(check: CitationCheck) -> Markup | None:
    if not check.claim:
        return None
    evidence = check.evidence
    label = texts.QUOTED if check.quoted else texts.CLAIMED
    words = evidence.compared if evidence and evidence.changes else check.claim
    spans = [change.claimed for change in evidence.changes] if evidence else []
    return element(
        "div",
        element("p", label, class_="p-line"),
        element("div", _marked(words, spans, "del"), dir="auto"),
        class_="p-claim",
    )


def _source(check: CitationCheck, evidence: Evidence) -> Markup:
    """Show the paragraph, with the words that answer underlined where they were changed."""
    spans = [change.source for change in evidence.changes]
    words: Markup
    if spans:
        words = _marked(evidence.text, spans, "ins")
    elif evidence.start is not None and evidence.end is not None:
        words = _marked(evidence.text, [(evidence.start, evidence.end)], "mark")
    else:
        words = text(evidence.text)
    found = evidence.start is not None
    label = texts.IN_SOURCE if found or check.verdict in _ANSWERED else texts.NEAREST_IN_SOURCE
    return element(
        "div",
        element("p", label, class_="p-line"),
        passage_heading(evidence.passage),
        passage_text(evidence.passage, words),
        element("p", texts.MARKED, class_="p-line") if spans else None,
    )


_ANSWERED = {"right", "paraphrased", "nothing-claimed", "other-paragraph"}


def _marked(words: str, spans: Sequence[tuple[int, int]], name: str) -> Markup:
    pieces: list[Markup] = []
    reached = 0
    for start, end in sorted(spans):
        first, last = max(start, reached), min(end, len(words))
        if first >= last:
            continue
        attributes = {"class_": "p-phrase"} if name == "mark" else {}
        pieces += [text(words[reached:first]), element(name, words[first:last], **attributes)]
        reached = last
    return join([*pieces, text(words[reached:])])
