"""The table of rights and the articles that guarantee them."""

from __future__ import annotations

import pytest

from corpus.bodies import COMMITTEES
from corpus.provisions import Provision, provisions


def test_an_article_stands_once_in_each_treaty():
    places = [(each.treaty, each.article) for each in provisions()]
    assert len(set(places)) == len(places) > 70


@pytest.mark.parametrize(
    "provision", provisions(), ids=lambda each: f"{each.body} {'-'.join(each.article)}"
)
def test_a_row(provision: Provision):
    assert provision.body in COMMITTEES
    assert provision.article[0].isdigit()
    assert all(len(part) <= 2 for part in provision.article)
    assert provision.names
    assert all(name == name.strip() and name for name in provision.names)
    assert len(set(provision.names)) == len(provision.names)


def test_a_subparagraph_is_read():
    (appeal,) = [each for each in provisions() if "double jeopardy" in each.names]
    assert (appeal.body, appeal.article) == ("CCPR", ("14", "7"))
