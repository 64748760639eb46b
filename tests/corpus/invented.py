"""One invented document in every format and several languages: a report, a resolution, a statement.

The model is that of the sample corpus; the writers here number automatically where a word processor
or browser would, two levels deep, and by hand where people do.
"""

from __future__ import annotations

import io
import re
from datetime import date
from html import escape
from pathlib import Path

import docx
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from corpus.sample.mastheads import MASTHEADS, distribution
from corpus.sample.source import Block, BlockKind, SampleSource, SubParagraph, runs

LANGUAGES = ("en", "fr", "ru", "ar", "zh")

# By language: title, headings (introduction, findings, recommendations, annex), a sentence to fill
# paragraphs with, the opening of a list, its points, the heads of a table, a note, the council.
WORDS = {
    "en": (
        "Report on the bridge over the river",
        ("I. Introduction", "II. Findings", "III. Recommendations", "Annex"),
        "The people of the valley spoke of the bridge and the ferry, which the council had asked "
        "for at its last meeting, and of what they had seen in the {} winter",
        "The expert calls on the council to act as follows:",
        ("Build the bridge before the river rises;", "Name the persons responsible, in particular:",
         "The ferryman and his two helpers;", "The keeper of the gate;", "Open it to everyone."),
        ("Village", "Persons"), "See the report on the ferry, chapter four.",
        "Sample Council on Human Rights", ("first", "second", "third", "fourth", "fifth"),
    ),
    "fr": (
        "Rapport sur le pont de la vallée",
        ("I. Introduction", "II. Constatations", "III. Recommandations", "Annexe"),
        "Les habitants de la vallée ont parlé du pont et du bac, que le conseil avait demandés à "
        "sa dernière réunion, et de ce qu’ils avaient vu pendant le {} hiver",
        "L’experte demande au conseil d’agir comme suit :",
        ("De bâtir le pont avant la crue ;", "De nommer les responsables, en particulier :",
         "Le passeur et ses deux aides ;", "Le gardien de la porte ;", "De l’ouvrir à tous."),
        ("Village", "Personnes"), "Voir le rapport sur le bac, chapitre quatre.",
        "Conseil exemple des droits de l’homme",
        ("premier", "deuxième", "troisième", "quatrième", "cinquième"),
    ),
    "ru": (
        "Доклад о мосте через реку",
        ("I. Введение", "II. Выводы", "III. Рекомендации", "Приложение"),
        "Жители долины рассказали о мосте и о переправе, о которых совет просил на своем последнем "
        "заседании, и о том, что они видели в {} зиму",
        "Докладчик призывает совет поступить следующим образом:",
        ("построить мост до подъема воды;", "назвать ответственных лиц, в частности:",
         "паромщика и двух его помощников;", "хранителя ворот;", "открыть мост для всех."),
        ("Село", "Жители"), "См. доклад о переправе, глава четвертая.",
        "Образцовый совет по правам человека",
        ("первую", "вторую", "третью", "четвертую", "пятую"),
    ),
    "ar": (
        "تقرير عن الجسر فوق النهر",
        ("مقدمة", "الاستنتاجات", "التوصيات", "المرفق"),
        "تحدث سكان الوادي عن الجسر وعن العبارة التي طلبها المجلس في اجتماعه الأخير وعما رأوه في "
        "الشتاء {}",
        "يدعو الخبير المجلس إلى ما يلي:",
        ("بناء الجسر قبل ارتفاع النهر؛", "تسمية المسؤولين وبخاصة:", "صاحب العبارة ومساعديه؛",
         "حارس البوابة؛", "فتحه للجميع."),
        ("القرية", "السكان"), "انظر التقرير عن العبارة، الفصل الرابع.",
        "المجلس النموذجي لحقوق الإنسان", ("الأول", "الثاني", "الثالث", "الرابع", "الخامس"),
    ),
    "zh": (
        "关于河上桥梁的报告",
        ("一、 导言", "二、 调查结果", "三、 建议", "附件"),
        "山谷居民谈到了理事会上次会议要求修建的桥梁和渡口，并谈到了他们在{}个冬天所看到的情况，"
        "他们还谈到了河水上涨时发生的事情",
        "专家呼吁理事会采取以下行动：",
        ("在河水上涨之前建桥；", "指明责任人，特别是：", "船夫及其两名助手；", "看门人；",
         "向所有人开放。"),
        ("村庄", "人数"), "见关于渡口的报告，第四章。",
        "范例人权理事会", ("第一", "第二", "第三", "第四", "第五"),
    ),
}  # fmt: skip
_LABELS = {
    "en": ("(a)", "(b)", "(i)", "(ii)", "(c)"),
    "fr": ("a)", "b)", "i)", "ii)", "c)"),
    "ru": ("a)", "b)", "i)", "ii)", "c)"),
    "ar": ("(أ)", "(ب)", "(1)", "(2)", "(ج)"),
    "zh": ("(a)", "(b)", "(i)", "(ii)", "(c)"),
}
_DEEPER = re.compile(r"\(?(?:i|ii|1|2)\)")
_STOPS = {"zh": "。"}


def report(language: str) -> SampleSource:
    """Return a report with a table, a note, points two levels deep, and an annex."""
    title, heads, fill, opening, points, columns, note, council, ordinals = WORDS[language]
    stop = _STOPS.get(language, ".")
    sentences = [fill.format(ordinal) + stop for ordinal in ordinals]
    subs = tuple(map(SubParagraph, _LABELS[language], points))

    def heading(text: str, level: int = 1) -> Block:
        found = re.fullmatch(r"([IVX]+\.|[一二三]、) (.+)", text)
        label, words = (found[1], found[2]) if found else (None, text)
        return Block(BlockKind.HEADING, words, label, level)

    def numbered(number: int, text: str, subs: tuple[SubParagraph, ...] = ()) -> Block:
        return Block(BlockKind.NUMBERED, text, str(number), subs=subs)

    # Arabic tables are set from right to left; the order of their cells in a PDF is another matter.
    table = Block(BlockKind.TABLE, "", rows=(columns, ("Alderwick", "120"), ("Birchholm", "35")))
    blocks = (
        heading(heads[0]),
        numbered(1, sentences[0]),
        numbered(2, sentences[1][:-1] + "[^1]" + stop),
        heading(heads[1]),
        numbered(3, sentences[2]),
        *([] if language == "ar" else [table]),
        numbered(4, sentences[3]),
        heading(heads[2]),
        numbered(5, opening, subs),
        numbered(6, sentences[4]),
        heading(heads[3]),
        numbered(1, sentences[2]),
        numbered(2, sentences[0]),
        numbered(3, sentences[4]),
    )
    return _source(language, "special-rapporteur-report", blocks, title, council, {"1": note})


def resolution(language: str) -> SampleSource:
    """Return a resolution: opening, two preambular and three operative paragraphs."""
    opening, pairs, operative = _RESOLUTION[language]
    blocks = (
        Block(BlockKind.PLAIN, f"*{opening}*"),
        *(Block(BlockKind.PLAIN, f"*{lead}* {words}") for lead, words in pairs),
        *(
            Block(BlockKind.NUMBERED, f"*{lead}* {words}", str(number))
            for number, (lead, words) in enumerate(operative, 1)
        ),
    )
    title = WORDS[language][0]
    return _source(language, "resolution", blocks, title, WORDS[language][7], {})


_RESOLUTION = {
    "en": (
        "The Sample Council on Human Rights,",
        (("Recalling", "its earlier resolution on the bridge over the river in the long valley and "
          "the report on it that was before the council at its meeting in the spring,"),
         ("Noting with concern", "the state of the ferry and of the road that leads to the gate, "
          "which the people of the villages on both banks had described to the expert,")),
        (("Calls upon", "the State to build the bridge before the river rises in spring, and to "
          "keep it open to all who live in the valley and beyond it;"),
         ("Urges", "all States to send timber and stone to the villages beside the old ferry;"),
         ("Decides", "to remain seized of the matter until the bridge has been opened to all.")),
    ),
}  # fmt: skip


def review() -> SampleSource:
    """Return a report on a review: recommendations numbered below their paragraph."""
    title, _, fill, *_ = WORDS["en"]
    sentences = [fill.format(ordinal) + "." for ordinal in WORDS["en"][8]]
    opening = "The recommendations made during the dialogue have the support of the State:"
    blocks = (
        Block(BlockKind.HEADING, "Introduction", "I.", 1),
        *(Block(BlockKind.NUMBERED, sentences[n], str(n)) for n in (1, 2)),
        Block(BlockKind.HEADING, "Conclusions", "II.", 1),
        Block(BlockKind.NUMBERED, opening, "3"),
        Block(BlockKind.NUMBERED, "Build the bridge before the river rises (Deltania);", "3.1"),
        Block(BlockKind.NUMBERED, "Name the persons responsible (Echolia, Betavia);", "3.2"),
        Block(BlockKind.NUMBERED, sentences[3], "4"),
    )
    return _source("en", "upr-report", blocks, title, WORDS["en"][7], {})


def statement(language: str) -> SampleSource:
    """Return a statement without masthead and numbers, its first paragraph short."""
    title, _, fill, opening, _, _, _, _, ordinals = WORDS[language]
    stop = _STOPS.get(language, ".")
    blocks = tuple(
        Block(BlockKind.PLAIN, text)
        for text in (opening.rstrip(":： ") + stop, *(fill.format(o) + stop for o in ordinals[:3]))
    )
    return _source(language, "ngo-statement", blocks, title, "", {})


def _source(
    language: str,
    kind: str,
    blocks: tuple[Block, ...],
    title: str,
    council: str,
    notes: dict[str, str],
) -> SampleSource:
    series = {"resolution": "RES", "ngo-statement": "NGO", "upr-report": "UPR"}.get(kind, "SR")
    meta = {
        "symbol": f"SAMPLE/2024/{series}/77",
        "language": language,
        "kind": kind,
        "date": date(2024, 3, 4),
        "title": title,
        "council": council,
        "job": "SN.24-00077",
        "original": "English",
    }
    return SampleSource(Path(f"invented.{language}.md"), "0" * 64, meta, blocks, notes)


def expected(source: SampleSource) -> list[tuple[str | None, str]]:
    """Return (number, words) of every paragraph but headings, points on lines of their own."""
    found = []
    for block in source.blocks:
        if block.kind is BlockKind.HEADING:
            continue
        if block.kind is BlockKind.TABLE:
            found.append((None, " ".join(cell for row in block.rows for cell in row)))
            continue
        text = "".join(run.text for run in runs(block.text) if run.style != "mark")
        lines = [text, *(f"{sub.label} {sub.text}" for sub in block.subs)]
        found.append((block.label, "\n".join(lines)))
    return found


def masthead_lines(source: SampleSource) -> list[str]:
    """Return the lines over the text: organization, symbol, distribution, council, title."""
    head = MASTHEADS[source.language]
    lines = [head.organization, source.symbol or "", *distribution(source)]
    return [*lines, source.get("council"), source.get("title")]


def html_page(source: SampleSource, *, masthead: bool = True) -> bytes:
    """Write a page: lists where the language's points are those of a list, typed ones elsewhere."""
    lines = masthead_lines(source) if masthead else [source.get("title")]
    parts = [f"<p>{escape(line)}</p>" for line in lines[:-1] if line]
    parts.append(f"<h1>{escape(lines[-1])}</h1>")
    for block in source.blocks:
        if block.kind is BlockKind.HEADING:
            level = block.level + 1
            parts.append(f"<h{level}>{block.label or ''} {escape(block.text)}</h{level}>")
        elif block.kind is BlockKind.TABLE:
            rows = ("".join(f"<td>{c}</td>" for c in row) for row in block.rows)
            parts.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
        elif block.kind is BlockKind.NUMBERED and "." not in (block.label or ""):
            inner = _html_points(source, block.subs)
            item = f"<li>{_html(block.text)}{inner}</li>"
            parts.append(f'<ol start="{block.label}">{item}</ol>')
        else:
            label = f"{block.label} " if block.label else ""
            parts.append(f"<p>{label}{_html(block.text)}</p>")
    for mark, text in source.notes.items():
        parts.append(f'<div id="ftn{mark}"><p><a href="#r{mark}">[{mark}]</a> {text}</p></div>')
    body = "\n".join(parts)
    return (
        f'<!DOCTYPE html><html lang="{source.language}"><head><meta charset="utf-8"></head><body>'
        f'<nav><a href="/">Start</a></nav><form id="page"><div>{body}</div></form></body></html>'
    ).encode()


def _html(text: str) -> str:
    parts = []
    for run in runs(text):
        words = escape(run.text, quote=False)
        if run.style == "mark":
            words = f'<a href="#ftn{words}" name="r{words}"><sup>[{words}]</sup></a>'
        parts.append(f"<em>{words}</em>" if run.style == "I" else words)
    return "".join(parts)


def _html_points(source: SampleSource, subs: tuple[SubParagraph, ...]) -> str:
    if not subs:
        return ""
    if source.language not in {"en", "zh"}:
        return "".join(f"<p>{sub.label} {escape(sub.text)}</p>" for sub in subs)
    items = ""
    inner = ""
    for sub in reversed(subs):
        if _DEEPER.fullmatch(sub.label):
            inner = f"<li>{sub.text}</li>{inner}"
        else:
            nested = f'<ol type="i">{inner}</ol>' if inner else ""
            items = f"<li>{sub.text}{nested}</li>{items}"
            inner = ""
    return f'<ol type="a">{items}</ol>'


def text_file(source: SampleSource, *, masthead: bool = True) -> bytes:
    """Write plain text, a paragraph to a line, notes at the end."""
    lines = masthead_lines(source) if masthead else [source.get("title")]
    parts = ["\n".join(line for line in lines[:-1] if line), lines[-1]]
    for block in source.blocks:
        if block.kind is BlockKind.HEADING:
            parts.append(f"{block.label or ''} {block.text}".strip())
        elif block.kind is BlockKind.TABLE:
            parts.append("\n".join("\t".join(row) for row in block.rows))
        else:
            words = "".join(
                f"[{run.text}]" if run.style == "mark" else run.text for run in runs(block.text)
            )
            stop = "" if not block.label or "." in block.label else "."
            parts.append(f"{block.label}{stop} {words}" if block.label else words)
            parts.extend(f"    {sub.label} {sub.text}" for sub in block.subs)
    parts.extend(f"[{mark}] {text}" for mark, text in source.notes.items())
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


_POINTS = {
    "en": ("(%2)", "lowerLetter", "(%3)"),
    "fr": ("%2)", "lowerLetter", "%3)"),
    "ru": ("%2)", "lowerLetter", "%3)"),
    "ar": ("(%2)", "arabicAlpha", "(%3)"),
    "zh": ("(%2)", "lowerLetter", "(%3)"),
}


def word_file(source: SampleSource, *, masthead: bool = True) -> bytes:
    """Write DOCX whose numbers and points exist only as automatic numbering."""
    document = docx.Document()
    pattern, style, deeper = _POINTS[source.language]
    if source.language == "ar":
        style = "arabicAbjad"
    innermost = "decimal" if source.language == "ar" else "lowerRoman"
    levels = (
        ("%1.", "decimal"), (pattern, style), (deeper, innermost), ("%1.%4", "decimal"),
    )  # fmt: skip
    xml = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{fmt}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for i, (text, fmt) in enumerate(levels)
    )
    numbering = document.part.numbering_part.element
    abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="80">{xml}</w:abstractNum>'
    numbering.insert(0, parse_xml(abstract))
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    for num_id, override in ((80, ""), (81, again)):
        numbering.append(parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{num_id}"><w:abstractNumId w:val="80"/>{override}'
            "</w:num>"
        ))  # fmt: skip
    for line in masthead_lines(source)[:-1] if masthead else ():
        if line:
            document.add_paragraph(line)
    document.add_paragraph(source.get("title"), style="Title")
    list_id = 80
    for block in source.blocks:
        if block.kind is BlockKind.HEADING:
            if block.label is None and re.search("nnex|Прилож|مرفق|附件", block.text):
                list_id = 81
            document.add_heading(f"{block.label or ''}\t{block.text}", level=block.level)
        elif block.kind is BlockKind.TABLE:
            table = document.add_table(rows=0, cols=len(block.rows[0]))
            for row in block.rows:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
        else:
            level = 3 if "." in (block.label or "") else 0
            _word_paragraph(document, block.text, list_id if block.label else None, level)
            for sub in block.subs:
                level = 2 if _DEEPER.fullmatch(sub.label) else 1
                _word_paragraph(document, sub.text, list_id, level)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _word_paragraph(document: docx.document.Document, text: str, num_id: int | None, level: int):
    paragraph = document.add_paragraph()
    for run in runs(text):
        if run.style == "mark":
            reference = OxmlElement("w:footnoteReference")
            reference.set(qn("w:id"), run.text)
            paragraph.add_run()._r.append(reference)
        else:
            paragraph.add_run(run.text).italic = run.style == "I" or None
    if num_id is not None:
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = level
        properties.get_or_add_numId().val = num_id
