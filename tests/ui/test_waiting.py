"""What the service refuses is named in the language of the page, beside its own sentence."""

from __future__ import annotations

import pytest

from precedent_client import RefusedError, ServiceError, ServiceSlowError
from search_api.problems import KINDS, TYPE
from search_api.schemas import Problem
from ui.parts.waiting import explain, problem_title
from ui.wording import language
from ui.wording.en import common

DETAIL = "'A/HRC/x' is not a document symbol"


def refused(kind: str) -> RefusedError:
    error = RefusedError("http://127.0.0.1:1", "Title of the service", 422, DETAIL)
    error.problem = Problem(type=f"{TYPE}{kind}", title=error.title, status=422, detail=DETAIL)
    return error


@pytest.mark.parametrize(
    ("spoken", "said"),
    [
        ("en", "Not a document symbol: "),
        ("fr", "Ceci n’est pas une cote de document\xa0: "),
        ("ru", "Это не обозначение документа: "),
        ("be", "Гэта не абазначэнне дакумента: "),
    ],
)
def test_a_refusal_is_named_in_the_language_of_the_page(
    monkeypatch: pytest.MonkeyPatch, spoken: str, said: str
) -> None:
    monkeypatch.setattr(language, "current", lambda: spoken)
    assert f"{said}{DETAIL}" in str(explain(refused("symbol"))).replace("&#x27;", "'")


def test_a_kind_that_the_page_does_not_know_keeps_its_title() -> None:
    assert problem_title(refused("of-tomorrow"), "Title of the service") == "Title of the service"
    assert problem_title(ServiceError("", "x"), "Otherwise") == "Otherwise"


def test_too_many_requests_are_not_called_slowness() -> None:
    slow = ServiceSlowError("http://127.0.0.1:1", "60 a minute")
    assert common.SLOW_TITLE in str(explain(slow))
    slow.problem = Problem(type=f"{TYPE}rate", title="x", status=429, detail="60 a minute")
    assert common.PROBLEMS["rate"] in str(explain(slow))


def test_every_named_kind_is_one_of_the_service() -> None:
    assert set(common.PROBLEMS) <= {kind.name for kind in KINDS.values()} | {"invalid-request"}
