"""Every string of the page of trends, in Russian."""

from __future__ import annotations

PAGE = "Динамика"
TITLE = "Как часто об этом говорят"
INTRO = (
    "В какие годы, кто и какими словами. Под каждым графиком сказано, что посчитано; его можно "
    "скачать как изображение и как данные."
)
QUERIES = "Слова или фразы, по одной на строке"
QUERIES_HELP = (
    "До {most}. Слова в «кавычках» считаются точно так, как написаны; по обозначению считаются "
    "фрагменты, где оно упомянуто."
)
QUERIES_PLACEHOLDER = '"насильственные исчезновения"\n"enforced disappearance"'
DRAW = "Построить"
EXAMPLES = "Например, в документах на английском"
EXAMPLE_QUERIES = (
    ('"enforced disappearance"',),
    ('"artificial intelligence"', '"digital technologies"', "surveillance"),
    ("access to a lawyer",),
)
EXAMPLE_JOIN = " · "

HOW = "Считать фрагменты"
HOWS = {"words": "с этими словами", "meaning": "близкие по словам и смыслу"}
SHOWN = "Показать"
SHOWNS = {"share": "долю", "number": "число"}
UNIT = "Чего"
UNITS = {"passages": "фрагментов", "documents": "документов"}
FILTERED = "Фильтры ({count})"
NO_FILTERS = "Фильтры"
SYMBOLS = "В документах: {symbols}"

# What was counted, in one sentence; the second of each pair names the languages.
COUNTED = {
    "words": "Посчитаны фрагменты, где есть все слова запроса в любой форме, а «слова в кавычках» "
    "стоят точно так, как написаны; подсчёт точный.",
    "meaning": "Посчитаны фрагменты, которые поиск по словам и смыслу вместе оценивает не ниже "
    "{bar:.2f} из 1; некоторые близкие пропущены, а некоторые посчитанные не близки.",
}
IN_LANGUAGES = "Язык фрагментов: {languages}."
IN_LANGUAGES_ELSEWHERE = (
    "Язык фрагментов: {languages}; на других языках {elsewhere:не учтён|не учтены|не учтено} "
    "{elsewhere:,} {elsewhere:фрагмент|фрагмента|фрагментов}."
)
LANGUAGE_JOIN = ", "
ONCE = {
    "passages": "Текст, который есть и в проекте, и в принятом виде, считается один раз.",
    "documents": "Документ на нескольких языках считается одним документом.",
}
SHARES = {
    ("year", "passages"): "Доли — от всех фрагментов года.",
    ("year", "documents"): "Доли — от всех документов года.",
    ("body", "passages"): "Доли — от всех фрагментов органа.",
    ("body", "documents"): "Доли — от всех документов органа.",
    ("body-year", "passages"): "Доли — от всех фрагментов органа за год.",
    ("body-year", "documents"): "Доли — от всех документов органа за год.",
}
FEW = {
    "passages": "Бледное: в базе меньше {least} {least:фрагмента|фрагментов|фрагментов}, и это "
    "мало о чём говорит.",
    "documents": "Бледное: в базе меньше {least} {least:документа|документов|документов}, и это "
    "мало о чём говорит.",
}
EMPTY_CELLS = "Серое: тексты есть, но этого в них нет. Пустое: текстов нет."
UNDATED = {
    "passages": "То же сказано в {part:,} из {whole:,} {whole:фрагмента|фрагментов|фрагментов} без "
    "года; на графике их нет.",
    "documents": "То же сказано в {part:,} из {whole:,} {whole:документа|документов|документов} "
    "без года; на графике их нет.",
}
ONLY = "Только: {values}."
ONLY_JOIN = ", "
ONLY_YEARS = "{first}–{last}"
INCOMPLETE = "Порог проходит больше фрагментов, чем было просмотрено: эти числа занижены."
NOTHING_TITLE = "Ничего не найдено."
NOTHING = {
    "words": "Этих слов нет ни в одном фрагменте. Посчитайте фрагменты, близкие по словам и "
    "смыслу, или снимите фильтры.",
    "meaning": "Близких фрагментов нет. Возьмите другие слова или снимите фильтры.",
}
NOTHING_OF = "{query}: ничего не найдено."
REMARK = "{query}: {warning}"

BY_YEAR_TITLE = "По годам: {query}"
COMPARED_TITLE = "Сравнение по годам"
HEAT = "Запросы и годы"
BY_BODY_TITLE = "По органам: {query}"
BY_BODY_AND_YEAR_TITLE = "По органам и годам: {query}"
OF_QUERY = "Органы и слова по запросу"
NO_BODY = "Орган неизвестен"
YEAR = "Год"
BODY = "Орган"
QUERY = "Запрос"
COUNT = {"passages": "Фрагменты", "documents": "Документы"}
OF_COUNT = {"passages": "Всего фрагментов", "documents": "Всего документов"}
SHARE = "Доля"
AXIS = {
    ("share", "passages"): "Доля фрагментов",
    ("share", "documents"): "Доля документов",
    ("number", "passages"): "Фрагменты",
    ("number", "documents"): "Документы",
}
POINT = {
    "passages": "{part:,} из {whole:,} {whole:фрагмента|фрагментов|фрагментов} "
    "({share:.1f}\u00a0%)",
    "documents": "{part:,} из {whole:,} {whole:документа|документов|документов} "
    "({share:.1f}\u00a0%)",
}
NUMBER = "{number:,}"
SHARE_CELL = "{share:.1f}\u00a0%"
# The plot in words, for those who do not see it. {point} is one of POINT.
SUMMARY_YEARS = (
    "{query}: больше всего в {year}\u00a0году, {point}; впервые в {first}, в последний раз "
    "в {last}."
)
SUMMARY_BODIES = (
    "Больше всего: {body}, {point}. Об этом {count:говорит|говорят|говорят} {count:,} из {all:,} "
    "{all:органа|органов|органов}."
)
SUMMARY_CELLS = "Больше всего: {body}, {year}\u00a0год, {point}."
MORE_BODIES = "В таблице есть ещё {count:,} {count:орган|органа|органов}."
OPEN_HINT = "Метка на графике или строка таблицы ведёт к поиску того, что в ней посчитано."

AS_PNG = "Изображение (PNG)"
AS_SVG = "Рисунок (SVG)"
AS_CSV = "Данные (CSV)"
AS_TABLE = "Числа ({plot})"
OPEN_SEARCH = "Поиск"
OPEN_SEARCH_LABEL = "Найти то, что здесь посчитано: {place}"

TELLING = "Новые и уходящие слова"
TELLING_SHOW = "Показать слова, которыми отличаются периоды"
TELLING_INTRO = (
    "Просмотрено: {passages:,} {passages:фрагмент|фрагмента|фрагментов}, язык — {language}. Здесь "
    "слова, более вероятные в одном периоде, чем в остальных (логарифм отношения шансов с "
    "информативным априорным распределением, в стандартных отклонениях), не менее чем в трёх его "
    "документах. Слова, обычные для всей базы, опущены."
)
TELLING_NONE = (
    "Нет и двух периодов, где было бы по двадцать фрагментов с известным годом: сравнивать нечего."
)
PERIOD = "{first}–{last}"
PERIOD_ONE = "{first}"
PERIOD_OF = (
    "{passages:,} {passages:фрагмент|фрагмента|фрагментов}, "
    "{documents:,} {documents:документ|документа|документов}"
)
PERIOD_NOTHING = "Ни одно слово не выделяется."
WORD_TITLE = "{word}: здесь {passages:,}, в других периодах {elsewhere:,}"
WORD_COUNT = "{passages:,} ({z:.1f})"
LANGUAGE_UNKNOWN = "неизвестен"
