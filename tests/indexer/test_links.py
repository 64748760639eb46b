"""Which documents belong together, what follows for them, and what is said of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.identity import document_id
from corpus.types import Document, DocumentStatus, Relation, RelationKind
from tests.fakes import document
from tests.indexer.linking import altered, concern_codes, links, made, published, standing, text


def test_language_versions_are_linked_by_symbol(tmp_path: Path) -> None:
    snapshot = published(
        tmp_path,
        made("A/HRC/15/16", text(1)),
        made("A/HRC/15/16", text(2)[:-2], "fr"),
        made("A/HRC/15/17", text(3), "fr"),
    )
    assert links(snapshot) == {
        ("A_HRC_15_16:en", "language-version", "A_HRC_15_16:fr"),
        ("A_HRC_15_16:fr", "language-version", "A_HRC_15_16:en"),
    }
    assert "twin-count" in concern_codes(snapshot, "A_HRC_15_16:fr")
    assert "twin-count" not in concern_codes(snapshot, "A_HRC_15_16:en")
    snapshot.close()


def test_general_comments_under_one_report_are_not_versions(tmp_path: Path) -> None:
    first = made("A/44/40", text(1), id="A_44_40~gc17:en")
    second = made("A/44/40", text(2), id="A_44_40~gc18:en")
    snapshot = published(tmp_path, first, second)
    assert links(snapshot) == set()
    snapshot.close()


def test_a_draft_is_linked_to_what_was_adopted_of_it(tmp_path: Path) -> None:
    adopted = [*text(1)[:-1], altered(text(1)[-1], 20)]
    earlier = [*text(1)[:7], *text(9, 5)]  # last time's resolution: three fifths are the same
    snapshot = published(
        tmp_path,
        made("A/HRC/59/L.17", text(1), kind="draft-resolution", status=DocumentStatus.DRAFT,
             session="59", year=2025),
        made("A/HRC/RES/59/25", adopted, kind="resolution", session="59", year=2025),
        made("A/HRC/RES/56/8", earlier, kind="resolution", session="56", year=2024),
    )  # fmt: skip
    assert links(snapshot) == {
        ("A_HRC_59_L.17:en", "adopted-as", "A_HRC_RES_59_25:en"),
        ("A_HRC_RES_59_25:en", "adopts", "A_HRC_59_L.17:en"),
    }
    assert standing(snapshot, "A_HRC_59_L.17:en") == ("draft", None)
    snapshot.close()


def test_a_rejected_draft_was_adopted_as_nothing(tmp_path: Path) -> None:
    snapshot = published(
        tmp_path,
        made("A/HRC/59/L.17", text(1), kind="draft-resolution", session="59"),
        made("A/HRC/RES/59/25", text(1), kind="resolution", session="59",
             status=DocumentStatus.REJECTED),
    )  # fmt: skip
    assert {kind for _, kind, _ in links(snapshot)} <= {"same-text"}
    snapshot.close()


def test_one_text_under_two_symbols_is_found_and_said(tmp_path: Path) -> None:
    """Views on two communications joined; or the wrong file under a symbol."""
    snapshot = published(
        tmp_path,
        made("CCPR/C/62/D/624/1995", text(1)),
        made("CCPR/C/62/D/626/1995", text(1)),
        made("CCPR/C/62/D/999/1995", text(2)),
    )
    pair = ("CCPR_C_62_D_624_1995:en", "CCPR_C_62_D_626_1995:en")
    assert links(snapshot) == {
        (pair[0], "same-text", pair[1]),
        (pair[1], "same-text", pair[0]),
    }
    assert all("same-text" in concern_codes(snapshot, each) for each in pair)
    snapshot.close()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (text(1, 5), text(1, 5)),  # a formula: too short to tell
        (text(1), [*text(1)[:8], *text(2)[:4]]),  # two thirds in common
        (text(1), text(1, 40)),  # one quotes the other
        ([" ".join(text(1))], [" ".join(text(1))]),  # a paragraph, as an evaluation set has them
    ],
    ids=["short", "much in common", "quotation", "one paragraph"],
)
def test_what_is_merely_alike_is_not_linked(
    tmp_path: Path, one: list[str], other: list[str]
) -> None:
    snapshot = published(tmp_path, made("A/1/1", one), made("A/1/2", other))
    assert links(snapshot) == set()
    snapshot.close()


def test_a_revision_supersedes_its_base_in_every_language(tmp_path: Path) -> None:
    snapshot = published(
        tmp_path,
        made("A/HRC/15/L.2", text(1), kind="draft-resolution", status=DocumentStatus.DRAFT),
        made("A/HRC/15/L.2", text(2), "fr", kind="draft-resolution"),
        made("A/HRC/15/L.2/Rev.1", text(1), kind="draft-resolution", status=DocumentStatus.DRAFT),
        made("A/HRC/15/L.2/Rev.2", text(1), kind="draft-resolution", status=DocumentStatus.DRAFT),
    )
    assert standing(snapshot, "A_HRC_15_L.2:en") == ("superseded", "A/HRC/15/L.2/Rev.2")
    assert standing(snapshot, "A_HRC_15_L.2:fr") == ("superseded", "A/HRC/15/L.2/Rev.2")
    assert standing(snapshot, "A_HRC_15_L.2_Rev.1:en") == ("superseded", "A/HRC/15/L.2/Rev.2")
    assert standing(snapshot, "A_HRC_15_L.2_Rev.2:en") == ("draft", None)
    found = links(snapshot)
    assert ("A_HRC_15_L.2_Rev.1:en", "revises", "A_HRC_15_L.2:en") in found
    assert ("A_HRC_15_L.2:en", "revised-by", "A_HRC_15_L.2_Rev.2:en") in found
    snapshot.close()


def test_a_revision_of_which_nothing_is_in_its_base_is_said(tmp_path: Path) -> None:
    snapshot = published(tmp_path, made("A/HRC/15/2", text(1)), made("A/HRC/15/2/Rev.1", text(2)))
    assert "unlike-base" in concern_codes(snapshot, "A_HRC_15_2_Rev.1:en")
    assert "unlike-base" not in concern_codes(snapshot, "A_HRC_15_2:en")
    snapshot.close()


def test_what_a_document_or_user_says_of_its_fate_stays(tmp_path: Path) -> None:
    snapshot = published(
        tmp_path,
        made("A/HRC/15/2", text(1), status=DocumentStatus.FINAL),
        made("A/HRC/15/2/Rev.1", text(1)),
    )
    assert standing(snapshot, "A_HRC_15_2:en") == ("final", None)
    snapshot.close()


def test_a_corrigendum_marks_what_it_corrects(tmp_path: Path) -> None:
    corrigendum = made("A/HRC/15/2/Corr.1", ["For twenty read thirty."])
    snapshot = published(tmp_path, made("A/HRC/15/2", text(1)), corrigendum)
    assert standing(snapshot, "A_HRC_15_2:en") == ("corrected", None)
    assert ("A_HRC_15_2_Corr.1:en", "corrects", "A_HRC_15_2:en") in links(snapshot)
    snapshot.close()
    alone = published(tmp_path / "alone", corrigendum)
    assert "base-missing" in concern_codes(alone, "A_HRC_15_2_Corr.1:en")
    alone.close()


def test_a_text_that_replaces_another_says_so_for_it(tmp_path: Path) -> None:
    later = made(
        "CEDAW/C/GC/35", text(2), relations=(Relation(RelationKind.SUPERSEDES, "CEDAW/C/GC/19"),)
    )
    snapshot = published(
        tmp_path, made("CEDAW/C/GC/19", text(1), status=DocumentStatus.FINAL), later
    )
    assert standing(snapshot, "CEDAW_C_GC_19:en") == ("superseded", "CEDAW/C/GC/35")
    snapshot.close()


def comment(
    number: int, symbol: str, *first: str, language: str = "en", body: str = "CCPR"
) -> Document:
    return made(
        symbol,
        [*first, *text(100 + number)],
        language,
        id=document_id(symbol, language, f"General comment No. {number}", ""),
        kind="general-comment",
        body=body,
        title=f"General comment No. {number}: an invented theme",
        status=DocumentStatus.FINAL,
    )


REPORT = "HRI/GEN/1/Rev.9 (Vol. I)"


def test_a_general_comment_replaces_those_of_the_numbers_it_names(tmp_path: Path) -> None:
    snapshot = published(
        tmp_path,
        comment(6, REPORT),
        comment(14, REPORT),
        comment(14, REPORT, language="fr"),
        comment(7, REPORT),
        comment(20, REPORT, "This general comment replaces general comment No. 7 (1982)."),
        comment(14, "CRC/C/GC/14", body="CRC"),
        comment(
            36,
            "CCPR/C/GC/36",
            "This general comment replaces general comments No. 6, adopted at its sixteenth "
            "session, and No. 14, adopted later. See general comment No. 20 and No. 40.",
        ),
        comment(40, "CCPR/C/GC/40", "General comment No. 36 stands; views to replace are many."),
        comment(11, "A/48/18", body="CERD"),
        replace(
            comment(30, "CERD/C/64/Misc.11", body="CERD"),
            paragraphs=document(
                "CERD/C/64/Misc.11",
                *text(130, 20),
                "The present general recommendation replaces general recommendation XI (1993).",
            ).paragraphs,
        ),
    )
    held = {
        row: standing(snapshot, f"{key}:{language}")
        for row, key, language in [
            (6, "HRI_GEN_1_Rev.9-(Vol.-I)~gc6", "en"),
            (14, "HRI_GEN_1_Rev.9-(Vol.-I)~gc14", "en"),
            (-14, "HRI_GEN_1_Rev.9-(Vol.-I)~gc14", "fr"),
            (7, "HRI_GEN_1_Rev.9-(Vol.-I)~gc7", "en"),
            (20, "HRI_GEN_1_Rev.9-(Vol.-I)~gc20", "en"),
            (140, "CRC_C_GC_14", "en"),
            (36, "CCPR_C_GC_36", "en"),
            (40, "CCPR_C_GC_40", "en"),
            (11, "A_48_18~gc11", "en"),
        ]
    }
    assert held == {
        6: ("superseded", "CCPR/C/GC/36"),
        14: ("superseded", "CCPR/C/GC/36"),
        -14: ("superseded", "CCPR/C/GC/36"),
        7: ("superseded", REPORT),
        20: ("final", None),
        140: ("final", None),
        36: ("final", None),
        40: ("final", None),
        11: ("superseded", "CERD/C/64/Misc.11"),
    }
    assert ("CCPR_C_GC_36:en", "supersedes", "HRI_GEN_1_Rev.9-(Vol.-I)~gc6:en") in links(snapshot)
    snapshot.close()


def test_a_replacement_that_is_not_here_is_said(tmp_path: Path) -> None:
    old = made("CRC/C/GC/1", text(1), status=DocumentStatus.SUPERSEDED, superseded_by="CRC/C/GC/9")
    snapshot = published(tmp_path, old)
    assert "replacement-missing" in concern_codes(snapshot, "CRC_C_GC_1:en")
    snapshot.close()


def test_what_follows_from_a_document_goes_with_it(tmp_path: Path) -> None:
    """The catalogue keeps what a document says of itself; the snapshot what follows for it."""
    from indexer.build import remove_documents
    from indexer.snapshot import Snapshot
    from tests.fakes import FakeEncoder

    base, revision = made("A/HRC/15/2", text(1)), made("A/HRC/15/2/Rev.1", text(1))
    snapshot = published(tmp_path, base, revision)
    assert standing(snapshot, "A_HRC_15_2:en") == ("superseded", "A/HRC/15/2/Rev.1")
    snapshot.close()
    remove_documents(["A/HRC/15/2/Rev.1"], tmp_path, encoder=FakeEncoder())
    snapshot = Snapshot.open(tmp_path)
    assert standing(snapshot, "A_HRC_15_2:en") == (None, None)
    assert links(snapshot) == set()
    snapshot.close()


def test_two_documents_that_supersede_each_other_end(tmp_path: Path) -> None:
    one = made("A/1/1", text(1), relations=(Relation(RelationKind.SUPERSEDES, "A/1/2"),))
    other = made("A/1/2", text(2), relations=(Relation(RelationKind.SUPERSEDES, "A/1/1"),))
    itself = made("A/1/3", text(3), relations=(Relation(RelationKind.REVISES, "A/1/3"),))
    snapshot = published(tmp_path, one, other, itself)
    assert standing(snapshot, "A_1_3:en") == (None, None)
    assert standing(snapshot, "A_1_1:en") == (None, None)
    assert standing(snapshot, "A_1_2:en") == ("superseded", "A/1/1")
    snapshot.close()
