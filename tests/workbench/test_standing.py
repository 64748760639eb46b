"""Standing: the order of authority, and what never counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import InputError
from corpus.types import DocumentKind, DocumentStatus
from workbench.standing import StandingTable, standing_table


def standing(kind: str | None, status: str | None = None, **facts: object):  # type: ignore[no-untyped-def]
    return standing_table().of(kind=kind, status=status, **facts)  # type: ignore[arg-type]


def test_the_order_is_that_of_authority() -> None:
    held = [
        standing("resolution", "adopted-without-vote"),
        standing("resolution", "adopted-by-vote"),
        standing("resolution"),
        standing("general-comment"),
        standing("treaty-body-decision"),
        standing("concluding-observations"),
        standing("expert-group-report"),
        standing("official-report"),
        standing("upr-report", paragraph_kind="recommendation", section=("Accepted",)),
        standing("ngo-statement"),
        standing(None),
        standing("draft-resolution"),
    ]
    assert [one.authority for one in held] == sorted({one.authority for one in held})


@pytest.mark.parametrize("kind", [None, *DocumentKind])
@pytest.mark.parametrize(
    "status", [DocumentStatus.DRAFT, DocumentStatus.REJECTED, DocumentStatus.SUPERSEDED]
)
def test_what_is_not_in_force_never_counts(kind: str | None, status: str) -> None:
    found = standing(kind, status)
    assert not found.counts
    assert found.why
    assert found.name == status or kind in {"draft-resolution", "draft-amendment"}


@pytest.mark.parametrize("kind", ["draft-resolution", "draft-amendment"])
@pytest.mark.parametrize("status", [None, *DocumentStatus])
def test_a_draft_never_counts_whatever_is_said_of_it(kind: str, status: str | None) -> None:
    assert not standing(kind, status).counts


def test_every_kind_has_a_standing() -> None:
    assert [kind for kind in DocumentKind if standing(kind).name == "unknown"] == []


def test_what_superseded_it_is_named() -> None:
    found = standing("general-comment", "superseded", superseded_by="CCPR/C/GC/37")
    assert found.why == "it was superseded by CCPR/C/GC/37; cite what replaced it"
    assert standing("general-comment", "superseded").why == (
        "it was superseded; cite what replaced it"
    )


@pytest.mark.parametrize(
    ("section", "name"),
    [
        ("The following recommendations enjoy the support of Freedonia", "state-commitment"),
        ("These have been examined by Freedonia and enjoy its support:", "state-commitment"),
        ("The following will be examined by Freedonia, which has accepted", "state-recommendation"),
        ("Recommendations which did not enjoy the support of Freedonia", "state-recommendation"),
        ("Conclusions and/or recommendations", "state-recommendation"),
    ],
)
def test_a_recommendation_binds_only_where_it_was_accepted(section: str, name: str) -> None:
    found = standing("upr-report", paragraph_kind="recommendation", section=("II", section))
    assert found.name == name
    assert standing("upr-report", paragraph_kind="body", section=("II", section)).name == (
        "review-record"
    )


@pytest.mark.parametrize(
    "lead",
    [
        "The recommendations below have not been accepted by Freedonia:",
        "The following recommendations could not be accepted by Freedonia:",
        "The following recommendations have not been supported by Freedonia:",
        "The following recommendations cannot be accepted:",
        "The following recommendations were not fully accepted:",
        "The following recommendations were\nnot\naccepted:",
        "Not accepted",
        "None of the following recommendations is accepted by Freedonia:",
        "Freedonia is unable to say that these are accepted:",
        "The following recommendations are partially accepted:",
        "The following are neither accepted nor refused:",
        "Recommendations accepted in part:",
        "The recommendations below, supported by others, have been noted by Freedonia:",
        "The following recommendations haven’t been accepted:",
    ],
)
def test_a_recommendation_that_was_refused_in_any_words_is_no_commitment(lead: str) -> None:
    found = standing("upr-report", paragraph_kind="recommendation", section=("II", lead))
    assert found.name == "state-recommendation"


@pytest.mark.parametrize(
    "lead",
    [
        "The recommendations listed below have been examined by Belarus and enjoy its support:",
        "The following recommendations enjoy the support of Belgium, which considers that they are"
        " already implemented or in the process of implementation:",
        "The recommendations below have been accepted by Freedonia:",
        "The recommendations below are supported by Freedonia:",
    ],
)
def test_a_recommendation_that_was_accepted_is_a_commitment(lead: str) -> None:
    section = ("II. Conclusions and/or recommendations", lead)
    found = standing("upr-report", paragraph_kind="recommendation", section=section)
    assert found.name == "state-commitment"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        (
            "Letter dated 27 May 2030 from the Permanent\nRepresentative of Freedonia",
            "state-report",
        ),
        ("Note verbale dated 2 May 2030 from the Permanent Mission of Freedonia", "state-report"),
        ("Letter dated 2 May 2030 from the Chargé d’affaires a.i. of Freedonia", "state-report"),
        ("Lettre adressée au Président par le Représentant permanent de Freedonia", "state-report"),
        ("Письмо Постоянного представителя Фридонии на имя Председателя", "state-report"),
        (
            "Letter dated 2 May 2030 from the Secretary-General addressed to the Permanent "
            "Representative of Freedonia",
            "official-report",
        ),
        ("Letter dated 2 May 2030 from the Chair of the Committee", "official-report"),
        ("Letter to the Permanent Representative of Freedonia", "ngo-claim"),
        ("", "ngo-claim"),
    ],
)
def test_a_letter_is_worth_what_its_sender_is(title: str, name: str) -> None:
    assert standing("letter", title=title).name == name
    assert standing("ngo-statement", title=title).name == "ngo-claim"


@pytest.mark.parametrize(
    ("body", "vote", "doubt"),
    [
        (
            "Human Rights Council",
            (26, 6, 17),
            "26–6–17 makes 49 votes, and the Human Rights Council has 47 members",
        ),
        ("Human Rights Council", (25, 5, 17), None),
        ("Human Rights Council", (24, 5, 17), None),  # a member may be absent
        ("General Assembly", (120, 11, 50), None),
        ("A body of its own", (600, 0, 0), None),
        ("Human Rights Council", None, None),
    ],
)
def test_a_tally_has_no_more_votes_than_the_body_has_members(
    body: str, vote: tuple[int, int, int] | None, doubt: str | None
) -> None:
    found = standing("resolution", "adopted-by-vote", body=body, vote=vote)
    assert (found.vote, found.vote_in_doubt) == (vote, doubt)


def test_the_table_can_be_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        '[[standing]]\nname = "ours"\nlabel = "Ours"\ncounts = true\nkinds = ["letter"]\n'
        '[[standing]]\nname = "not"\nlabel = "Not"\ncounts = false\nwhy = "no"\n'
    )
    monkeypatch.setenv("PRECEDENT_STANDING", str(own))
    assert standing("letter").label == "Ours"
    assert standing("resolution").why == "no"
    assert [one.name for one in standing_table().standings] == ["ours", "not"]


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("", "needs [[standing]]"),
        ("= 1", "cannot be read as TOML"),
        ('[[standing]]\nname = "a"\n', "needs name, label and counts"),
        ('[[standing]]\nname = "a"\nlabel = "A"\ncounts = "no"\n', "counts is not"),
        ('[[standing]]\nname = "a"\nlabel = "A"\ncounts = false\n', "why is not"),
        ('[[standing]]\nname = "a"\nlabel = "A"\ncounts = true\nkind = ["x"]\n', "may have"),
        ('[[standing]]\nname = "a"\nlabel = "A"\ncounts = true\n[members]\nX = 0\n', "members of"),
    ],
)
def test_a_table_that_cannot_be_used_is_named(tmp_path: Path, text: str, cause: str) -> None:
    own = tmp_path / "own.toml"
    own.write_text(text)
    with pytest.raises(InputError, match=str(own)) as caught:
        StandingTable.read(own)
    assert cause in str(caught.value)


def test_a_table_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.toml"):
        StandingTable.read(tmp_path / "none.toml")


@pytest.mark.parametrize("held", [None, "= 1", "a folder"])
def test_a_table_that_the_variable_names_in_vain_is_told_with_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held: str | None
) -> None:
    own = tmp_path / "own.toml"
    if held == "a folder":
        own.mkdir()
    elif held is not None:
        own.write_text(held)
    monkeypatch.setenv("PRECEDENT_STANDING", str(own))
    with pytest.raises(InputError) as caught:
        standing_table()
    said = str(caught.value)
    assert said.startswith(f"PRECEDENT_STANDING: {own}: cannot be read")
    assert said.endswith("mend it, name another in PRECEDENT_STANDING, or unset that for our own")
    assert "Errno" not in said


def test_the_variable_may_begin_with_ones_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own.toml").write_text(
        '[[standing]]\nname = "ours"\nlabel = "Ours"\ncounts = true\n'
    )
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PRECEDENT_STANDING", "~/own.toml")
    assert [one.name for one in standing_table().standings] == ["ours"]
