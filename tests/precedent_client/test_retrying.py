"""What fails on the way is sent again, where that can do no harm, with growing pauses."""

from __future__ import annotations

import datetime
import io
import json
from collections.abc import Callable, Iterable
from email.utils import format_datetime
from typing import Any

import httpx
import pytest

from precedent_client import Client, RefusedError, ServiceAwayError, ServiceError, ServiceSlowError
from precedent_client.retrying import FIRST_WAIT_S, PATIENCE_S
from search_api.schemas import CollectionRequest, PrecedentsRequest, Problem

FACETS = '{"counted": "index"}'
COLLECTION = (
    '{"id": 1, "name": "Counsel", "created_at": "", "changed_at": "", "revision": 1, "entries": 0}'
)

pytestmark = pytest.mark.usefixtures("kind")


class Script:
    """Answers as written, one after the other; the last again and again."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self.answers = list(answers)
        self.requests: list[httpx.Request] = []
        self.waits: list[float] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)

    def client(self, **given: Any) -> Client:
        return Client(transport=httpx.MockTransport(self), sleep=self.waits.append, **given)


def busy(status: int = 503, **headers: str) -> httpx.Response:
    problem = Problem(
        type="urn:precedent:problem:busy", title="Too busy", status=status, detail="ask later"
    )
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(status, headers=named, content=problem.model_dump_json())


def ok(content: str = FACETS) -> httpx.Response:
    return httpx.Response(200, content=content)


@pytest.mark.parametrize(
    "failure",
    [
        httpx.ConnectError("refused"),
        httpx.ConnectTimeout("slow"),
        httpx.ReadError("reset"),
        httpx.RemoteProtocolError("ended"),
        busy(429),
        busy(502),
        busy(503),
        busy(503, content_type="application/problem+json", retry_after="1"),
    ],
    ids=str,
)
def test_what_only_reads_is_sent_again(failure: httpx.Response | Exception) -> None:
    script = Script(failure, failure, ok())
    assert script.client().facets().counted == "index"
    assert len(script.requests) == 3


def test_pauses_double_and_are_never_the_same() -> None:
    script = Script(httpx.ConnectError("refused"))
    with pytest.raises(ServiceAwayError):
        script.client(retries=5).info()
    assert len(script.requests) == 6
    for at, wait_s in enumerate(script.waits):
        longest = FIRST_WAIT_S * 2**at
        assert longest / 2 <= wait_s <= longest
    again = Script(httpx.ConnectError("refused"))
    with pytest.raises(ServiceAwayError):
        again.client(retries=5).info()
    assert again.waits != script.waits


def test_retry_after_is_waited_for() -> None:
    script = Script(busy(429, retry_after="3"), ok())
    script.client().facets()
    assert 3 <= script.waits[0] <= 3 + FIRST_WAIT_S


def test_retry_after_may_be_a_date() -> None:
    at = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=8)
    script = Script(busy(503, retry_after=format_datetime(at, usegmt=True)), ok())
    script.client().facets()
    assert 6 < script.waits[0] <= 8 + FIRST_WAIT_S


@pytest.mark.parametrize("value", ["soon", "", "-1"])
def test_a_retry_after_that_says_nothing_is_passed_over(value: str) -> None:
    script = Script(busy(503, retry_after=value), ok())
    script.client().facets()
    assert script.waits[0] <= FIRST_WAIT_S


def test_a_longer_wait_than_patience_is_left_to_the_caller() -> None:
    script = Script(busy(429, retry_after=str(int(PATIENCE_S) + 10)))
    with pytest.raises(ServiceSlowError) as raised:
        script.client().facets()
    assert script.waits == []
    assert raised.value.retry_after_s == PATIENCE_S + 10
    assert raised.value.problem is not None
    assert raised.value.problem.status == 429


def test_all_waits_together_stay_within_patience() -> None:
    script = Script(busy(503, retry_after="9"))
    with pytest.raises(ServiceSlowError):
        script.client(retries=100).facets()
    assert len(script.waits) == 3
    assert sum(script.waits) <= PATIENCE_S


def test_retries_can_be_switched_off() -> None:
    script = Script(busy(503), ok())
    with pytest.raises(ServiceSlowError):
        script.client(retries=0).facets()
    assert len(script.requests) == 1


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 422, 500])
def test_other_answers_stand(status: int) -> None:
    problem = Problem(title="No", status=status, detail="no")
    script = Script(httpx.Response(status, content=problem.model_dump_json()), ok())
    with pytest.raises(RefusedError):
        script.client().facets()
    assert len(script.requests) == 1


def test_a_slow_answer_is_not_asked_for_twice() -> None:
    script = Script(httpx.ReadTimeout("slow"), ok())
    with pytest.raises(ServiceSlowError):
        script.client().search("lawyers")
    assert len(script.requests) == 1


@pytest.mark.parametrize(
    "late", [busy(503, content_type="application/problem+json"), busy(504)], ids=str
)
def test_an_answer_that_was_given_up_is_not_asked_for_twice(late: httpx.Response) -> None:
    script = Script(late, ok())
    with pytest.raises(ServiceSlowError):
        script.client().search("lawyers")
    assert len(script.requests) == 1


@pytest.mark.parametrize("kind", ["busy", "queue-full", "service-unavailable"])
def test_too_much_is_told_from_not_ready(kind: str) -> None:
    problem = Problem(type=f"urn:precedent:problem:{kind}", title="No", status=503, detail="later")
    script = Script(httpx.Response(503, content=problem.model_dump_json()))
    with pytest.raises(ServiceSlowError):
        script.client(retries=0).facets()


def test_too_much_for_a_proxy_is_told_too() -> None:
    script = Script(httpx.Response(429, headers={"retry-after": "7"}, content="slow down"))
    with pytest.raises(ServiceSlowError) as raised:
        script.client(retries=0).facets()
    assert raised.value.retry_after_s == 7


READING: list[Callable[[Client], object]] = [
    lambda client: client.search("lawyers"),
    lambda client: client.verify("A/1, para. 2"),
    lambda client: client.precedents("Urges the Government;"),
    lambda client: list(client.stream_precedents(PrecedentsRequest(text="Urges;"))),
]


@pytest.mark.parametrize("ask", READING)
def test_posts_that_only_read_are_sent_again(ask: Callable[[Client], object]) -> None:
    refused = Problem(title="No", status=422, detail="no").model_dump_json()
    script = Script(httpx.ReadError("reset"), httpx.Response(422, content=refused))
    with pytest.raises(RefusedError):
        ask(script.client())
    assert len(script.requests) == 2


CHANGES: list[Callable[[Client], object]] = [
    lambda client: client.create_collection(CollectionRequest(name="Counsel")),
    lambda client: client.remove_collection(1),
    lambda client: client.remove_document("A_1:en"),
    lambda client: client.rebuild_index(),
    lambda client: client.upload([("a.txt", io.BytesIO(b"words"))]),
]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize(
    "failure",
    [httpx.ReadError("reset"), httpx.RemoteProtocolError("ended"), busy(502), busy(503)],
    ids=str,
)
def test_a_change_that_may_have_been_made_is_not_made_again(
    change: Callable[[Client], object], failure: httpx.Response | Exception
) -> None:
    script = Script(failure, ok(COLLECTION))
    with pytest.raises(ServiceError):
        change(script.client())
    assert len(script.requests) == 1


@pytest.mark.parametrize("failure", [httpx.ConnectError("refused"), busy(429)], ids=str)
def test_a_change_that_was_certainly_not_made_is_sent_again(
    failure: httpx.Response | Exception,
) -> None:
    script = Script(failure, ok(COLLECTION))
    assert script.client().create_collection(CollectionRequest(name="Counsel")).id == 1
    assert [json.content for json in script.requests] == [b'{"name":"Counsel"}'] * 2


def test_readiness_is_asked_once() -> None:
    script = Script(busy(503))
    assert not script.client().readyz().ready
    assert len(script.requests) == 1


def lines(*pieces: bytes | Exception) -> Iterable[bytes]:
    for piece in pieces:
        if isinstance(piece, Exception):
            raise piece
        yield piece


def test_a_stream_that_breaks_says_so_and_is_not_begun_again() -> None:
    unit = b'{"index": 0, "paragraph": 0, "text": "Urges;", "grade": "none", "newer": 1}\n'
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, content=lines(b'{"total": 2}\n', unit, httpx.ReadError("cut")))

    client = Client(transport=httpx.MockTransport(answer), sleep=lambda _: None)
    stream = client.stream_precedents("Urges; Decides;")
    found = []
    units = iter(stream)
    found.append(next(units))
    with pytest.raises(ServiceAwayError, match="cut"):
        next(units)
    assert [each.text for each in found] == ["Urges;"]
    assert (stream.total, stream.summary, len(asked)) == (2, None, 1)


def test_a_problem_within_a_stream_is_raised() -> None:
    problem = Problem(title="No", status=422, detail="too long").model_dump_json()
    body = f'{{"total": 1}}\n{{"problem": {problem}}}\n'
    with pytest.raises(RefusedError, match="too long"):
        list(Script(ok(body)).client().stream_precedents("Urges;"))


def test_other_ends_of_lines_within_a_sentence_are_no_ends() -> None:
    text = "Urges\u2028all\u2029States\u0085to\x0bend\x0cit\x1c;"
    unit = {"index": 0, "paragraph": 0, "text": text, "grade": "none"}
    body = '{"total": 1}\r\n' + json.dumps(unit, ensure_ascii=False) + "\n"
    assert "\u2028" in body
    assert [each.text for each in Script(ok(body)).client().stream_precedents(text)] == [text]
