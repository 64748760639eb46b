"""Jobs on the page: live while they run, and afterwards what became of each file."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from urllib.parse import quote, urlencode

import streamlit as st

from precedent_client import RefusedError, ServiceError
from search_api.schemas import Job, JobFile, JobSummary
from ui.parts import waiting
from ui.parts.cards import line, notice
from ui.parts.dates import time_words
from ui.parts.markup import Markup, element, join
from ui.service import connection
from ui.wording import corpus as texts

__all__ = ["JOB", "ask", "began", "outcomes", "progress", "show_active", "show_ended", "summary"]

JOB = "job"
"""Name in the address of the job whose files are shown."""

EVERY_S = 1.0
_ACTIVE = ("queued", "running")
_OPEN = ("interrupted", "failed")
_REFUSED = "jobs-refused"
_WATCHED = "jobs-watched"
_SERVED_WITHIN_S = 15.0
_MOST_FILES = 200
"""Files in a table that is drawn anew every second."""


def ask(for_job: Callable[[], Job]) -> None:
    """Ask for a job, or for another state of one, before the page is drawn anew.

    What is wrong with it is said there.
    """
    try:
        job = for_job()
    except ServiceError as error:
        st.session_state[_REFUSED] = error.detail
    else:
        if job.state in _ACTIVE:
            began(job)


def began(job: JobSummary) -> None:
    """Watch a job from now on, and show what becomes of its files."""
    st.session_state.setdefault(_WATCHED, {})[job.job_id] = None
    if job.kind == "upload":
        st.query_params[JOB] = job.job_id


def show_active(*, told: bool = False) -> None:
    """Draw the jobs under way, if there are any, and go on drawing them until they have ended.

    Args:
        told: whether the service's being away is said; where it is not, the page says so itself.
    """
    refused = st.session_state.pop(_REFUSED, None)
    if refused:
        st.html(str(notice(texts.REFUSED, refused, tone="warning")))
    try:
        listed = connection.client().jobs()
    except ServiceError as error:
        if told:
            waiting.show(error)
        return
    watched: dict[str, float | None] = st.session_state.setdefault(_WATCHED, {})
    for job in listed.jobs:
        if job.state in _ACTIVE:
            watched.setdefault(job.job_id, None)
    if watched:
        _live()


@st.fragment(run_every=EVERY_S)
def _live() -> None:
    """Draw the jobs that are watched; draw the whole page anew once they have ended."""
    watched: dict[str, float | None] = st.session_state.get(_WATCHED, {})
    client = connection.client()
    for job_id in list(watched):
        try:
            job = client.job(job_id)
            ended = job.state not in _ACTIVE and _is_served(job, watched)
        except RefusedError:  # forgotten meanwhile
            del watched[job_id]
            continue
        except ServiceError:
            st.html(str(line(texts.STAGES["queued"])))
            return
        if ended:
            del watched[job_id]
            if job.state == "failed" and job.kind != "upload":  # of which the list of files tells
                st.session_state[_REFUSED] = "; ".join(filter(None, (job.reason, job.remedy)))
        else:
            _draw(job)
    if not watched:
        st.rerun(scope="app")


def _is_served(job: Job, watched: dict[str, float | None]) -> bool:
    """Tell whether what a job published is what searches are answered from; it takes a moment."""
    if job.generation is None:
        return True
    since = watched[job.job_id] = watched[job.job_id] or time.monotonic()
    try:
        served = connection.client().info().generation >= job.generation
    except ServiceError:
        served = False
    return served or time.monotonic() - since > _SERVED_WITHIN_S


def _draw(job: Job) -> None:
    with st.container(key=f"job-{job.job_id}", gap="small"):
        st.html(str(progress(job)))
        if job.files:
            st.html(str(outcomes(job.files)))
        if job.state in _ACTIVE:
            stop = partial(connection.client().cancel_job, job.job_id)
            stopped = st.button(texts.STOP, key=f"stop-{job.job_id}", on_click=ask, args=(stop,))
            if stopped:
                st.rerun(scope="app")


def show_ended(*, changeable: bool) -> None:
    """Draw how the job in the address ended, or the last, with its files; name the others."""
    try:
        listed = connection.client().jobs()
        ended = [job for job in listed.jobs if job.state not in _ACTIVE]
        chosen = _chosen(ended)
        job = connection.client().job(chosen) if chosen else None
    except ServiceError:
        return
    if job is not None:
        st.html(str(summary(job)))
        if job.files:
            st.html(str(outcomes(job.files)))
        if job.state in _OPEN and changeable:
            _decide(job.job_id)
    others = [each for each in ended if each.job_id != chosen]
    if others:
        st.html(str(element("h2", texts.EARLIER, class_="p-side")))
        st.html(str(element("ul", *map(_earlier, others), class_="p-earlier")))


def _decide(job_id: str) -> None:
    """Offer what can be done with a job that did not come to its end."""
    client = connection.client()
    with st.container(horizontal=True):
        st.button(
            texts.RESUME,
            type="primary",
            key=f"resume-{job_id}",
            on_click=ask,
            args=(partial(client.resume_job, job_id),),
        )
        give_up = partial(client.cancel_job, job_id)
        st.button(texts.GIVE_UP, key=f"give-up-{job_id}", on_click=ask, args=(give_up,))


def _chosen(ended: Sequence[JobSummary]) -> str | None:
    """Return the job in the address; else one that waits for a decision, else the last upload."""
    named = st.query_params.get(JOB)
    if named and any(job.job_id == named for job in ended):
        return named
    for states in (_OPEN, ("done", "cancelled")):
        for job in ended:
            if job.state in states and (job.kind == "upload" or job.state in _OPEN):
                return job.job_id
    return None


def _earlier(job: JobSummary) -> Markup:
    name = _named(texts.KINDS, job)
    query = urlencode({"view": "add", JOB: job.job_id})
    link = element("a", name, href=f"corpus?{query}", target="_self", dir="auto")
    return element("li", link, " · ", texts.STATES[job.state], " ", _counted(job))


def _named(words: dict[str, str], job: JobSummary) -> str:
    return words[job.kind].format(
        count=sum(job.counts.model_dump().values()),
        subject=job.subject or "",
        at=time_words(job.created_at),
    )


def _counted(job: JobSummary) -> Markup:
    counts = job.counts.model_dump()
    told = [
        element("span", words.format(count=counts[name]))
        for name, words in texts.SUMMARY.items()
        if counts[name]
    ]
    return element("span", join(told, ", "), class_="p-line")


def progress(job: JobSummary) -> Markup:
    """Show how far a job is: in words, and as a bar where the total is known."""
    words, share = _stage(job)
    bar = element(
        "progress",
        value=None if share is None else f"{share:.3f}",
        max="1",
        aria_label=words,
    )
    return element(
        "section",
        element("h2", _named(texts.DOING, job), class_="p-side", dir="auto"),
        bar,
        element("p", words, class_="p-line", role="status", dir="auto"),
        _counted(job),
        class_="p-job",
        data_job=job.job_id,
    )


def _stage(job: JobSummary) -> tuple[str, float | None]:
    """Say what a job is at, and which part of it is done, or None where that is not known."""
    if job.state not in _ACTIVE:  # published, and not yet in service
        return texts.STAGES["publish"], None
    stage = "queued" if job.state == "queued" else job.stage or "start"
    share = job.done / job.total if job.total else None
    if stage == "read" and job.reading and job.total:
        told = texts.READING.format(name=job.reading, done=job.done, total=job.total)
        return told, share
    if stage == "embed" and job.total:
        return texts.ENCODING.format(done=job.done, total=job.total), share
    return texts.STAGES[stage], share


def summary(job: Job) -> Markup:
    """Say how a job ended."""
    counted = _counted(job)
    told = [element("p", texts.STATES[job.state], " ", counted)]
    if job.reason:
        told.append(element("p", job.reason, dir="auto"))
    if job.remedy:
        told.append(element("p", job.remedy, class_="p-line", dir="auto"))
    if job.state == "cancelled":
        told.append(element("p", texts.KEPT_AFTER_STOP, class_="p-line"))
    tone = "warning" if job.state in _OPEN else "plain"
    return notice(_named(texts.KINDS, job), *told, tone=tone)


def outcomes(files: Sequence[JobFile]) -> Markup:
    """Show what became of each file, with the reason and the remedy, and where to go from there."""
    head = element(
        "tr", element("th", texts.FILE, scope="col"), element("th", texts.OUTCOME, scope="col")
    )
    rows = [_file_row(file) for file in files[:_MOST_FILES]]
    more = len(files) - len(rows)
    return element(
        "div",
        element("table", element("thead", head), element("tbody", *rows)),
        element("p", texts.MORE_FILES.format(count=more), class_="p-line") if more else None,
        class_="p-outcomes",
    )


def _file_row(file: JobFile) -> Markup:
    words = texts.OUTCOMES[file.outcome]
    if file.paragraphs:
        words = texts.WITH_PARAGRAPHS.format(outcome=words, count=file.paragraphs)
    reason = [each for each in (file.reason, file.remedy) if each]
    return element(
        "tr",
        element("th", file.name, scope="row", dir="auto"),
        element(
            "td",
            element("span", words, class_=f"p-outcome p-outcome-{file.outcome}"),
            element("p", "; ".join(reason), class_="p-line", dir="auto") if reason else None,
            element("p", texts.COPY_OF, class_="p-line")
            if file.outcome == "duplicate" and file.documents
            else None,
            *(_document(each.document_id, each.symbol, each.title) for each in file.documents),
        ),
        data_outcome=file.outcome,
    )


def _document(document_id: str, symbol: str | None, title: str | None) -> Markup:
    name = " · ".join(each for each in (symbol, title) if each) or document_id
    read = element(
        "a", name, href=f"read?document={quote(document_id, safe='')}", target="_self", dir="auto"
    )
    within = element(
        "a", texts.SEARCH_IT, href=f"./?{urlencode({'symbol': symbol})}", target="_self"
    ) if symbol else None  # fmt: skip
    return element("p", read, within, class_="p-links")
