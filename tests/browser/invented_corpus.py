"""An invented corpus for the tests of the page: no State, body or document in it exists."""

from __future__ import annotations

from search_api.schemas import Passage
from search_api.standing import standing_of

__all__ = ["HOSTILE", "LABELS", "corpus"]

HOSTILE = (
    '<script>alert("text")</script><img src=x onerror=alert(1)> **bold** '
    "[link](javascript:alert(2)) detention \u202egnitirw desrever\u202c <b>not bold</b> "
    "&amp; $x^2$ :material/delete: `code`"
)

LABELS = {
    "kind": {
        "resolution": "Resolution",
        "special-rapporteur-report": "Special Rapporteur report",
        "general-comment": "General comment",
        "ngo-statement": "NGO statement",
    },
    "country": {"FRD": "Freedonia", "RUR": "Ruritania"},
}


def _passage(symbol: str, number: int, text: str, /, **others: object) -> Passage:
    document_id = f"{symbol.replace('/', '_')}:{others.get('language', 'en')}"
    facts: dict[str, object] = {
        "body": "Council of Invented Rights",
        "country": ("FRD",),
        "date": "2021-03",
        "year": 2021,
        "language": "en",
        "section": ("II. Findings", "A. Courts and detention"),
        "paragraph_kind": "body",
        "url": f"https://docs.example.org/en/{symbol}",
        "pages": (number // 3 + 1,),
        **others,
    }
    return Passage.model_validate(
        {
            "standing": standing_of(facts.get("kind"), facts.get("status")),  # type: ignore[arg-type]
            "passage_id": f"{document_id}:{number}",
            "document_id": document_id,
            "symbol": symbol,
            "number": str(number),
            "paragraph_id": str(number),
            "part": 1,
            "parts": 1,
            "text": text,
            "citation": f"{symbol}, para. {number}",
            **facts,
        }
    )


def corpus() -> list[Passage]:
    """Return the invented passages, in reading order within each document."""
    report: dict[str, object] = {
        "title": "Report of the Special Rapporteur on invented prisons: visit to Freedonia",
        "kind": "special-rapporteur-report",
        "mandate": "Special Rapporteur on invented prisons",
    }
    passages = [
        _passage("X/IRC/40/12", 10, "The delegation visited nine places of detention.", **report),
        _passage(
            "X/IRC/40/12",
            11,
            "In none of the places of detention visited could detainees speak with a lawyer of "
            "their own choice before the first questioning. Guards remained in the room, and the "
            "conversation was noted down. The delegation was told that a list of approved lawyers "
            "hung at the entrance, but nobody had seen it.",
            **report,
        ),
        _passage("X/IRC/40/12", 12, "Access to a doctor was given within a day.", **report),
    ]
    passages += [
        _passage(
            "X/IRC/40/12",
            number,
            f"Detention register {number} recorded the hour at which each of the detainees "
            f"arrived, and the name of the officer in charge.",
            **report,
        )
        for number in range(13, 34)
    ]
    passages += _others()
    return passages


def _others() -> list[Passage]:
    resolution: dict[str, object] = {
        "title": "Situation of human rights in Freedonia",
        "kind": "resolution",
        "paragraph_kind": "operative",
        "section": (),
    }
    return [
        _passage(
            "X/IRC/RES/41/7",
            4,
            "Urges the authorities to give all detainees access to a lawyer of their choice from "
            "the outset of detention;",
            status="adopted-by-vote",
            date="2022-07-08",
            year=2022,
            **resolution,
        ),
        _passage(
            "X/IRC/41/L.9",
            5,
            "Invites the authorities to consider access to a lawyer where detention exceeds a "
            "month;",
            status="rejected",
            date="2022-07-06",
            year=2022,
            **resolution,
        ),
        _passage(
            "X/CIR/GC/3",
            8,
            "The right to a lawyer begins with detention and not with the charge.",
            title="General comment No. 3: invented liberty",
            kind="general-comment",
            body="Committee on Invented Rights",
            country=(),
            status="superseded",
            superseded_by="X/CIR/GC/9",
            date="1994",
            year=1994,
            section=("III. Scope",),
        ),
        _passage(
            "X/IRC/40/12",
            11,
            "Ни в одном из посещённых мест содержания под стражей задержанные не могли говорить с "
            "адвокатом по своему выбору до первого допроса.",
            title="Доклад Специального докладчика по вымышленным тюрьмам: Фридония",
            kind="special-rapporteur-report",
            language="ru",
            section=("II. Выводы",),
        ),
        _passage(
            "X/IRC/42/3",
            6,
            "لم يتمكن المحتجزون في أي من أماكن الاحتجاز من التحدث إلى محام يختارونه قبل الاستجواب "
            "الأول (detention).",
            title="تقرير عن زيارة روريتانيا",
            kind="special-rapporteur-report",
            language="ar",
            country=("RUR",),
            year=2023,
            date="2023-02-14",
            section=("ثانيا - الاستنتاجات",),
        ),
        _passage(
            "X/IRC/43/NGO/66",
            1,
            HOSTILE,
            title=f"Statement {HOSTILE}",
            kind="ngo-statement",
            body=f"Friends of {HOSTILE}",
            section=(HOSTILE, "A" * 300),
            status="<i>odd</i>",
            date="2024",
            year=2024,
            url="javascript:alert(3)",
            number='=HYPERLINK("http://x.example";"y")',
        ),
    ]
