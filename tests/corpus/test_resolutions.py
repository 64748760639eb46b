"""Verbs, addressees and kinds of the paragraphs of resolutions, in six languages."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.limits import Limits
from corpus.readers.page import Block, BlockKind
from corpus.readers.pdf.read import read_pdf
from corpus.segmentation import segment_blocks, segment_pages
from corpus.segmentation.nature.addressees import resolution_addressees
from corpus.segmentation.nature.resolution import is_opening, looks_like_resolution, opening_verb
from corpus.segmentation.nature.verbs import operative_opening, preambular_opening
from corpus.types import Paragraph, ParagraphKind

OPERATIVE = [
    ("Calls upon all States to cooperate", "Calls upon"),
    ("Calls for an end to violence", "Calls for"),
    ("Calls also upon the authorities", "Calls also upon"),
    ("Also calls on Governments", "Also calls on"),
    ("Strongly condemns all attacks", "Strongly condemns"),
    ("Condemns in the strongest terms the attacks", "Condemns in the strongest terms"),
    ("Takes note with appreciation of the report", "Takes note with appreciation"),
    ("Takes note of the report", "Takes note"),
    ("Notes with deep concern that", "Notes with deep concern"),
    ("Expresses its grave concern at the reports", "Expresses its grave concern"),
    ("Expresses grave concern that", "Expresses grave concern"),
    ("Reiterates its request to the Secretary-General to report", "Reiterates"),
    ("Welcomes with satisfaction the efforts", "Welcomes with satisfaction"),
    ("Welcomes the report, and requests the Office to publish it", "Welcomes"),
    ("Decides also to extend the mandate", "Decides also"),
    ("REQUESTS the Commission to report", "REQUESTS"),
    ("Recognises the need for", "Recognises"),
    ("Prie également le Secrétaire général de", "Prie également"),
    ("Demande instamment aux États de", "Demande instamment"),
    ("Engage vivement tous les États à", "Engage vivement"),
    ("Se déclare profondément préoccupée par", "Se déclare profondément préoccupée"),
    ("Prend note avec satisfaction du rapport", "Prend note avec satisfaction"),
    ("Exprime sa profonde préoccupation", "Exprime sa profonde préoccupation"),
    ("Fait siennes les recommandations", "Fait siennes"),
    ("Lance un appel à la communauté internationale", "Lance un appel"),
    ("Exige que les parties", "Exige"),
    ("Pide también al Secretario General que", "Pide también"),
    ("Insta encarecidamente a los Estados a que", "Insta encarecidamente"),
    ("Toma nota con reconocimiento del informe", "Toma nota con reconocimiento"),
    ("Hace suyas las recomendaciones", "Hace suyas"),
    ("Expresa su profunda preocupación por", "Expresa su profunda preocupación"),
    ("настоятельно призывает все государства", "настоятельно призывает"),
    ("с удовлетворением отмечает доклад", "с удовлетворением отмечает"),
    ("выражает свою глубокую озабоченность", "выражает свою глубокую озабоченность"),
    ("постановляет также продлить", "постановляет также"),
    ("принимает к сведению доклад", "принимает к сведению"),
    ("还请秘书长", "还请"),
    ("强烈谴责一切袭击", "强烈谴责"),
    ("决定继续处理此案", "决定"),
    ("يطلب إلى الأمين العام أن", "يطلب إلى"),
    ("يحيط علماً بالتقرير", "يحيط علماً"),
    ("يؤكد من جديد أن", "يؤكد من جديد"),
]
PREAMBULAR = [
    ("Guided by the Charter", "Guided"),
    ("Recalling also its resolutions", "Recalling also"),
    ("Also recalling its resolutions", "Also recalling"),
    ("Deeply concerned at the reports", "Deeply concerned"),
    ("Noting with serious concern the findings", "Noting with serious concern"),
    ("Having considered the report", "Having considered"),
    ("Bearing in mind further that", "Bearing in mind further"),
    ("Taking into account the views", "Taking into account"),
    ("Expressing its deep concern that", "Expressing its deep concern"),
    ("Aware that", "Aware"),
    ("Rappelant également sa résolution", "Rappelant également"),
    ("Ayant à l’esprit les buts", "Ayant à l’esprit"),
    ("Profondément préoccupée par les informations", "Profondément préoccupée"),
    ("Se félicitant de l’adoption", "Se félicitant"),
    ("Notant avec préoccupation que", "Notant avec préoccupation"),
    ("Teniendo presente además la resolución", "Teniendo presente además"),
    ("Habiendo examinado el informe", "Habiendo examinado"),
    ("Consciente de que", "Consciente"),
    ("ссылаясь на свою резолюцию", "ссылаясь"),
    ("вновь подтверждая свою резолюцию", "вновь подтверждая"),
    ("будучи глубоко обеспокоена сообщениями", "будучи глубоко обеспокоена"),
    ("回顾其决议", "回顾"),
    ("深为关切有报告称", "深为关切"),
    ("深表关切袭击增多", "深表关切"),
    ("وإذ يشير إلى قراره", "وإذ يشير"),
    ("إذ تؤكد من جديد", "إذ تؤكد من جديد"),
]
NO_VERB = [
    "States parties shall take all measures",
    "The Committee recommends that",
    "Violence against women",
    "United Nations bodies",
    "Requesting is no indicative",
    "requests in small letters",
    "Noteworthy progress was made",
    "Callsign of the ship",
    "Invitations were sent",
    "Decidedly so",
]


@pytest.mark.parametrize(("text", "verb"), OPERATIVE)
def test_the_verb_of_an_operative_paragraph_comes_as_printed(text: str, verb: str) -> None:
    found = operative_opening(text)
    assert found is not None
    assert found.verb == verb
    assert text[: found.end].strip() == verb


@pytest.mark.parametrize(("text", "verb"), PREAMBULAR)
def test_the_participle_of_a_preambular_paragraph_comes_as_printed(text: str, verb: str) -> None:
    found = preambular_opening(text)
    assert found is not None
    assert found.verb == verb


@pytest.mark.parametrize("text", NO_VERB)
def test_other_words_are_no_operative_verb(text: str) -> None:
    assert operative_opening(text) is None


@pytest.mark.parametrize("text", ["United Nations bodies", "During the session", "The Council"])
def test_other_words_are_no_participle(text: str) -> None:
    assert preambular_opening(text) is None


@pytest.mark.parametrize(
    ("text", "italic", "verb"),
    [
        ("Calls upon States to act", "Calls", "Calls upon"),
        ("Takes note of the report", "Takes note of", "Takes note"),
        ("Laments anew the loss", "Laments anew", "Laments anew"),
        ("Bemoans the loss of life", "Bemoans", "Bemoans"),
        ("Urges all States to act at once", "Urges all States to act at once and fully", "Urges"),
        ("Urges all States", "3. Urges", "Urges"),
        ("Bemoans the loss of life", "", None),
    ],
    ids=["half", "with-of", "longer", "unlisted", "line", "numbered", "unlisted-upright"],
)
def test_italics_win_over_the_list_but_for_slips(text: str, italic: str, verb: str | None) -> None:
    assert opening_verb(text, italic) == verb


@pytest.mark.parametrize(
    "line",
    [
        "The Human Rights Council,",
        "The Committee on the Elimination of Discrimination against Women,",
        "Le Conseil de sécurité,",
        "L’Assemblée générale,",
        "La Asamblea General,",
        "Совет по правам человека,",
        "人权理事会，",
        "大会，",
        "إن مجلس حقوق الإنسان،",
        "The African Commission on Human and Peoples’ Rights (the Commission), meeting at its 60th "
        "Ordinary Session held in Samplonia:",
    ],
)
def test_the_line_of_the_organ_opens_a_resolution(line: str) -> None:
    assert is_opening(line)


@pytest.mark.parametrize(
    "line",
    [
        "Le Comité recommande à l’État partie de publier le rapport",
        "Комитет рекомендует государству-участнику",
        "The Committee is concerned that the law remains,",
        "大会",
        "",
    ],
)
def test_a_sentence_about_an_organ_is_no_opening(line: str) -> None:
    assert not is_opening(line)


def test_a_resolution_without_italics_is_known_in_french() -> None:
    openings = [
        ("Le Conseil modèle des droits de l’homme,", ""),
        ("Rappelant sa résolution 14/1,", ""),
        ("Prie le Secrétaire général de faire rapport.", ""),
    ]
    assert looks_like_resolution(openings)
    assert not looks_like_resolution(openings[1:])


ADDRESSEES = [
    ("Calls upon States to consider", ("States",)),
    ("Calls upon all States to adopt", ("all States",)),
    ("Encourages States that have not yet ratified the Agreement to do so;", ("States",)),
    ("Calls upon States:\n(a) To act;", ("States",)),
    ("Urges the Exemplarian authorities to release", ("Exemplarian authorities",)),
    ("Urges Belarus to cooperate", ("Belarus",)),
    ("Calls upon Bosnia and Herzegovina to", ("Bosnia and Herzegovina",)),
    ("Calls upon the Islamic Republic of Iran to", ("Islamic Republic of Iran",)),
    (
        "Calls upon the Government of Samplonia and all other parties to the conflict to comply",
        ("Government of Samplonia", "all other parties to the conflict"),
    ),
    (
        "Calls upon States parties to the Convention to ensure",
        ("States parties to the Convention",),
    ),
    ("Urges States parties to ensure", ("States parties",)),
    (
        "Requests the United Nations High Commissioner for Human Rights to submit",
        ("United Nations High Commissioner for Human Rights",),
    ),
    (
        "Requests the Secretary-General, in consultation with States, the agencies and others, to",
        ("Secretary-General",),
    ),
    ("Requests, in this regard, the Secretary-General to", ("Secretary-General",)),
    (
        "Encourages States, development partners and international financial institutions to",
        ("States", "development partners", "international financial institutions"),
    ),
    (
        "Calls upon business enterprises, both national and others, as well as international "
        "financial institutions, to meet",
        ("business enterprises", "international financial institutions"),
    ),
    (
        "Invites the Special Rapporteur on violence against women and girls, its causes and "
        "consequences, to report",
        ("Special Rapporteur on violence against women and girls, its causes and consequences",),
    ),
    (
        "Requests the Committee on Economic, Social and Cultural Rights and the Food and "
        "Agriculture Organization of the United Nations to",
        (
            "Committee on Economic, Social and Cultural Rights",
            "Food and Agriculture Organization of the United Nations",
        ),
    ),
    (
        "Urges national, regional and international organizations to",
        ("national, regional and international organizations",),
    ),
    ("Calls upon the Governments of Rwanda and Uganda to", ("Governments of Rwanda and Uganda",)),
    (
        "Requests Member States and intergovernmental and non-governmental organizations to",
        ("Member States", "intergovernmental and non-governmental organizations"),
    ),
    (
        "Calls upon parties to the Convention on the Rights of the Child to",
        ("parties to the Convention on the Rights of the Child",),
    ),
    (
        "Invites the Committee on the Rights of Persons with Disabilities to",
        ("Committee on the Rights of Persons with Disabilities",),
    ),
    ("Reminds States of their obligations", ("States",)),
    ("Calls upon Israel, the occupying Power, to", ("Israel",)),
    ("Demands that all parties immediately cease", ("all parties",)),
    ("Demands that the Government of the Sudan comply", ("Government of the Sudan",)),
    ("Requests that the Secretary-General submit a report", ("Secretary-General",)),
    ("Reiterates its request to the Secretary-General to", ("Secretary-General",)),
    ("Reiterates its demand that all parties allow", ("all parties",)),
    ("Urges and calls upon all Member States to", ("all Member States",)),
    ("Decides that all States shall freeze", ("all States",)),
    ("Encourages UNICEF and UNHCR to", ("UNICEF", "UNHCR")),
    ("Prie le Secrétaire général de lui présenter un rapport", ("Secrétaire général",)),
    (
        "Prie le Haut-Commissaire des Nations Unies aux droits de l’homme de continuer",
        ("Haut-Commissaire des Nations Unies aux droits de l’homme",),
    ),
    (
        "Invite les États, les organisations internationales et la société civile à participer",
        ("États", "organisations internationales", "société civile"),
    ),
    ("Demande instamment aux États de prendre", ("États",)),
    ("Demande aux États parties à la Convention de veiller", ("États parties à la Convention",)),
    ("Insta a todos los Estados Miembros a que hagan", ("todos los Estados Miembros",)),
    (
        "Pide al Alto Comisionado de las Naciones Unidas para los Derechos Humanos que presente",
        ("Alto Comisionado de las Naciones Unidas para los Derechos Humanos",),
    ),
    ("Autoriza al Secretario General a contraer compromisos", ("Secretario General",)),
    ("настоятельно призывает все государства принять меры", ("все государства",)),
    (
        "призывает все государства и международное сообщество оказывать помощь",
        ("все государства", "международное сообщество"),
    ),
    (
        "предлагает Специальному докладчику по вопросу о положении в области прав человека в "
        "Экземпларии представить",
        ("Специальному докладчику по вопросу о положении в области прав человека в Экземпларии",),
    ),
    ("请秘书长和高级专员提供", ("秘书长", "高级专员")),
    ("敦促范例国政府立即释放", ("范例国政府",)),
    ("يطلب إلى الأمين العام أن يقدم", ("الأمين العام",)),
    ("يدعو جميع الدول والمجتمع الدولي إلى التعاون", ("جميع الدول", "المجتمع الدولي")),
]
NO_ADDRESSEE = [
    "Decides to extend the mandate of the Special Rapporteur",
    "Decides to request the Secretary-General to report",
    "Welcomes the report, and requests the Secretary-General to publish it",
    "Reaffirms that States have an obligation to",
    "Takes note of the report of the Secretary-General",
    "Calls for the release of all prisoners",
    "Urges the immediate release of all prisoners",
    "Invites voluntary contributions to the Fund",
    "Encourages the continued efforts of the Government to",
    "Encourages dialogue between the Government and civil society",
    "Decides that the Council shall meet in March",
    "Reiterates the importance of the Committee to",
    "Demande l’application immédiate de l’accord",
    "Encourage les efforts déployés par les États",
    "Invita a que se hagan contribuciones",
    "Pide que se presente un informe",
    "призывает к немедленному прекращению насилия",
    "请秘书长特别代表提交",
    "يدعو إلى وقف العنف",
]


@pytest.mark.parametrize(("text", "expected"), ADDRESSEES)
def test_addressees_come_as_printed_without_article(text: str, expected: tuple[str, ...]) -> None:
    assert resolution_addressees(text) == expected


@pytest.mark.parametrize("text", NO_ADDRESSEE)
def test_a_paragraph_that_asks_nothing_of_anyone_has_no_addressee(text: str) -> None:
    assert resolution_addressees(text) == ()


@given(st.text(max_size=60), st.sampled_from(["Urges ", "Calls upon ", "Demands that ", "Prie "]))
def test_any_words_after_a_verb_are_read_and_addressees_are_words_of_the_text(
    words: str, verb: str
) -> None:
    text = verb + words
    for addressee in resolution_addressees(text):
        assert addressee in text


def test_a_long_list_is_read_in_linear_time() -> None:
    text = "Urges " + "the relevant and international, " * 4000 + "to act"
    began = time.perf_counter()
    resolution_addressees(text)
    opening_verb(text, "")
    assert time.perf_counter() - began < 1.0


LAYOUTS = {
    "fr": (
        "Le Conseil modèle des droits de l’homme,",
        ["Guidé par les instruments fondateurs,", "Rappelant sa résolution 14/1,"],
        ["Condamne fermement les violations;", "Prie le Haut-Commissaire de les signaler."],
    ),
    "es": (
        "El Consejo Modelo de Derechos Humanos,",
        ["Guiado por los instrumentos fundacionales,", "Recordando su resolución 14/1,"],
        ["Condena enérgicamente las violaciones;", "Pide al Alto Comisionado que informe."],
    ),
    "ru": (
        "Совет по правам человека,",
        ["Руководствуясь учредительными документами,", "Ссылаясь на резолюцию 14/1,"],
        ["решительно осуждает нарушения;", "просит Верховного комиссара доложить."],
    ),
    "zh": (
        "人权理事会，",
        ["遵循样本国家的创始文书，", "回顾其第14/1号决议，"],
        ["强烈谴责侵犯人权的行为；", "请秘书长提交报告。"],
    ),
    "ar": (
        "إن مجلس حقوق الإنسان،",
        ["إذ يسترشد بالصكوك التأسيسية،", "وإذ يشير إلى قراره 14/1،"],
        ["يدين بشدة الانتهاكات؛", "يطلب إلى الأمين العام أن يقدم تقريراً."],
    ),
    "en": (
        "The Sample Council,",
        ["Guided by the founding instruments,", "Recalling its resolution 14/1,"],
        ["Condemns the violations;", "Requests the Sample Committee to report."],
    ),
}


def _resolution(language: str) -> list[Paragraph]:
    organ, preamble, operative = LAYOUTS[language]
    blocks = [Block(BlockKind.TEXT, organ), *(Block(BlockKind.TEXT, text) for text in preamble)]
    texts = [*operative, operative[0]]
    blocks += [Block(BlockKind.TEXT, t, number=str(i)) for i, t in enumerate(texts, 1)]
    return list(segment_blocks(blocks, resolution=True).paragraphs)


@pytest.mark.parametrize("language", LAYOUTS)
def test_a_resolution_without_italics_comes_out_whole(language: str) -> None:
    paragraphs = _resolution(language)
    kinds = [p.kind for p in paragraphs]
    assert kinds == [
        ParagraphKind.BODY,
        *[ParagraphKind.PREAMBULAR] * 2,
        *[ParagraphKind.OPERATIVE] * 3,
    ]
    assert [p.id for p in paragraphs] == ["u1", "pp1", "pp2", "1", "2", "3"]
    assert all(p.verb for p in paragraphs[1:])
    assert len(paragraphs[4].addressees) == 1
    assert paragraphs[3].addressees == ()


def _kinds(*texts: str | tuple[str, str]) -> list[ParagraphKind]:
    blocks = [
        Block(BlockKind.TEXT, text)
        if isinstance(text, str)
        else Block(BlockKind.HEADING, text[1], level=1)
        if text[0] == "#"
        else Block(BlockKind.TEXT, text[1], number=text[0])
        for text in texts
    ]
    return [p.kind for p in segment_blocks(blocks, resolution=True).paragraphs]


def test_what_stands_below_the_last_paragraph_is_no_preamble() -> None:
    kinds = _kinds(
        "The Sample Council,",
        "Recalling its resolutions,",
        ("1", "Condemns the violations;"),
        ("2", "Urges the authorities to end them;"),
        ("3", "Decides to remain seized of the matter."),
        ("#", "Vote"),
        "Adopted by 25 votes to 5, with 17 abstentions.",
        "Abstaining: Asteria, Betavia",
    )
    assert kinds.count(ParagraphKind.PREAMBULAR) == 1
    assert kinds[-2:] != [ParagraphKind.PREAMBULAR] * 2


def test_the_second_part_of_an_omnibus_resolution_has_a_preamble_of_its_own() -> None:
    kinds = _kinds(
        ("#", "I"),
        "The Sample Assembly,",
        "Recalling its resolutions,",
        ("1", "Condemns the violations;"),
        ("2", "Urges the authorities to end them;"),
        ("3", "Decides to return to the matter;"),
        ("#", "II"),
        "Deeply concerned at the number of prisoners,",
        ("4", "Appeals to all States to release them."),
    )
    expected = "heading body preambular operative operative operative heading preambular operative"
    assert [k.value for k in kinds] == expected.split()


def test_a_single_operative_paragraph_without_number_is_operative() -> None:
    found = segment_blocks(
        [
            Block(BlockKind.TEXT, "The Sample Council,"),
            Block(BlockKind.TEXT, "Having conducted the review,"),
            Block(BlockKind.TEXT, "Adopts the outcome of the review."),
        ],
        resolution=True,
    ).paragraphs
    assert [p.kind.value for p in found] == ["body", "preambular", "operative"]
    assert found[2].verb == "Adopts"


def _real(folder: Path, name: str) -> list[Paragraph]:
    path = folder / "pdf" / name
    reading = read_pdf(path.read_bytes(), str(path), Limits())
    return list(segment_pages(reading.pages, resolution=True).paragraphs)


@pytest.mark.real
@pytest.mark.parametrize(
    ("name", "preambular", "operative"),
    [
        ("aiun__A_HRC_RES_59_25.en.pdf", 56, 27),
        ("aiun__A_HRC_59_L.17.en.pdf", 56, 26),
        ("xl__plan_1_en.pdf", 10, 12),
        ("xl__plan_1_es.pdf", 10, 12),
        ("xl__plan_2_en.pdf", 22, 26),
        ("xl__plan_2_fr.pdf", 22, 26),
    ],
)
def test_every_paragraph_of_a_real_resolution_has_its_verb(
    real_data: Path, name: str, preambular: int, operative: int
) -> None:
    paragraphs = _real(real_data, name)
    for kind, count in (
        (ParagraphKind.PREAMBULAR, preambular),
        (ParagraphKind.OPERATIVE, operative),
    ):
        of_kind = [p for p in paragraphs if p.kind is kind]
        assert len(of_kind) == count
        assert [p.id for p in of_kind if p.verb is None] == []


@pytest.mark.real
def test_addressees_of_a_real_resolution_are_those_read_by_eye(real_data: Path) -> None:
    by_number = {p.number: p for p in _real(real_data, "aiun__A_HRC_RES_59_25.en.pdf")}
    high_commissioner = "United Nations High Commissioner for Human Rights"
    assert by_number["10"].addressees == ("all States",)
    assert by_number["13"].addressees == ("States", "international community")
    assert by_number["23"].addressees == (high_commissioner,)
    assert by_number["26"].addressees == ("Secretary-General", "High Commissioner")
    asked = [n for n, p in by_number.items() if n and p.addressees]
    assert asked == [str(n) for n in (3, 4, *range(8, 21), 23, 24, 25, 26)]


@pytest.mark.real
@pytest.mark.parametrize(
    ("english", "other", "differ"),
    [
        ("xl__plan_1_en.pdf", "xl__plan_1_es.pdf", set()),
        # Paragraph 15 is "Lance un appel" to sectors, which the grammar leaves out.
        ("xl__plan_2_en.pdf", "xl__plan_2_fr.pdf", {"15"}),
    ],
)
def test_language_twins_address_the_same_paragraphs(
    real_data: Path, english: str, other: str, differ: set[str]
) -> None:
    def asked(name: str) -> set[str]:
        return {p.number for p in _real(real_data, name) if p.number and p.addressees}

    assert asked(english) ^ asked(other) == differ
