"""Every string of the page of trends, in Belarusian."""

from __future__ import annotations

PAGE = "Дынаміка"
TITLE = "Як часта пра гэта кажуць"
INTRO = (
    "У якія гады, хто і якімі словамі. Пад кожным графікам сказана, што палічана; яго можна "
    "спампаваць як выяву і як даныя."
)
QUERIES = "Словы або фразы, кожны запыт з новага радка"
QUERIES_HELP = (
    "Не больш за {most}. Словы ў «двукоссі» лічацца дакладна так, як напісаны; для абазначэння "
    "лічацца ўрыўкі, дзе яно згадана."
)
QUERIES_PLACEHOLDER = '"human rights defenders"\npeaceful assembly'
DRAW = "Пабудаваць"
EXAMPLES = "Напрыклад"
EXAMPLE_QUERIES = (
    ('"human rights defenders"',),
    ('"peaceful assembly"', '"fair trial"', "lawyers"),
    ("incommunicado detention",),
)
EXAMPLE_JOIN = " · "

HOW = "Лічыць урыўкі"
HOWS = {"words": "з гэтымі словамі", "meaning": "блізкія паводле слоў і сэнсу"}
SHOWN = "Паказаць"
SHOWNS = {"share": "долю", "number": "колькасць"}
UNIT = "Чаго"
UNITS = {"passages": "урыўкаў", "documents": "дакументаў"}
FILTERED = "Фільтры ({count})"
NO_FILTERS = "Фільтры"
SYMBOLS = "У дакументах: {symbols}"

# What was counted, in one sentence; the second of each pair names the languages.
COUNTED = {
    "words": "Палічаны ўрыўкі, у якіх ёсць кожнае слова запыту, у любой форме, а «словы "
    "ў двукоссі» — дакладна так, як напісаны; лік дакладны.",
    "meaning": "Палічаны ўрыўкі, якім пошук паводле слоў і сэнсу разам дае {bar:.2f} або больш "
    "з 1; частка блізкіх прапушчана, а сярод палічаных ёсць і неблізкія.",
}
IN_LANGUAGES = "Сярод урыўкаў на гэтых мовах: {languages}."
IN_LANGUAGES_ELSEWHERE = (
    "Сярод урыўкаў на гэтых мовах: {languages}; на іншых мовах не ўлічана: {elsewhere:,} "
    "{elsewhere:урывак|урыўкі|урыўкаў}."
)
LANGUAGE_JOIN = ", "
ONCE = {
    "passages": "Тэкст, які ёсць двойчы, як праект і як прыняты, лічыцца адзін раз.",
    "documents": "Дакумент на некалькіх мовах лічыцца адзін раз.",
}
SHARES = {
    ("year", "passages"): "Долі — ад усіх урыўкаў года.",
    ("year", "documents"): "Долі — ад усіх дакументаў года.",
    ("body", "passages"): "Долі — ад усіх урыўкаў органа.",
    ("body", "documents"): "Долі — ад усіх дакументаў органа.",
    ("body-year", "passages"): "Долі — ад усіх урыўкаў органа за год.",
    ("body-year", "documents"): "Долі — ад усіх дакументаў органа за год.",
}
FEW = {
    "passages": "Бледнае: у базе менш за {least} урыўкаў, такая доля мала што гаворыць.",
    "documents": "Бледнае: у базе менш за {least} дакументаў, такая доля мала што гаворыць.",
}
EMPTY_CELLS = "Шэрае: тэксты ёсць, але гэтага ў іх няма. Пустое: тэкстаў у базе няма."
UNDATED = {
    "passages": "Без года {whole:,} {whole:урывак|урыўкі|урыўкаў}, гэта сказана ў {part:,}; "
    "на графіку іх няма.",
    "documents": "Без года {whole:,} {whole:дакумент|дакументы|дакументаў}, гэта сказана "
    "ў {part:,}; на графіку іх няма.",
}
ONLY = "Толькі: {values}."
ONLY_JOIN = ", "
ONLY_YEARS = "{first}–{last}"
INCOMPLETE = "Урыўкаў вышэй за парог больш, чым было прагледжана: гэтыя лічбы заніжаны."
NOTHING_TITLE = "Нічога не знойдзена."
NOTHING = {
    "words": "Ніводзін урывак не мае гэтых слоў. Палічыце блізкія паводле слоў і сэнсу або зніміце "
    "фільтры.",
    "meaning": "Блізкіх урыўкаў няма. Паспрабуйце іншыя словы або зніміце фільтры.",
}
NOTHING_OF = "{query}: нічога не знойдзена."
REMARK = "{query}: {warning}"

BY_YEAR_TITLE = "Па гадах: {query}"
COMPARED_TITLE = "Параўнанне па гадах"
HEAT = "Запыты і гады"
BY_BODY_TITLE = "Па органах: {query}"
BY_BODY_AND_YEAR_TITLE = "Па органах і гадах: {query}"
OF_QUERY = "Органы і словы для запыту"
NO_BODY = "Орган невядомы"
YEAR = "Год"
BODY = "Орган"
QUERY = "Запыт"
COUNT = {"passages": "Урыўкі", "documents": "Дакументы"}
OF_COUNT = {"passages": "Усяго ўрыўкаў", "documents": "Усяго дакументаў"}
SHARE = "Доля"
AXIS = {
    ("share", "passages"): "Доля ўрыўкаў",
    ("share", "documents"): "Доля дакументаў",
    ("number", "passages"): "Урыўкі",
    ("number", "documents"): "Дакументы",
}
POINT = {
    "passages": "{part:,} з {whole:,} {whole:урыўка|урыўкаў|урыўкаў} ({share:.1f}\u00a0%)",
    "documents": "{part:,} з {whole:,} {whole:дакумента|дакументаў|дакументаў} "
    "({share:.1f}\u00a0%)",
}
NUMBER = "{number:,}"
SHARE_CELL = "{share:.1f}\u00a0%"
# The plot in words, for those who do not see it. {point} is one of POINT.
SUMMARY_YEARS = (
    "{query}: найбольш у {year} годзе, {point}; упершыню ў {first}, апошні раз у {last}."
)
SUMMARY_BODIES = (
    "Найбольш: {body}, {point}. Пра гэта {count:кажа|кажуць|кажуць} {count:,} з {all:,} "
    "{all:органа|органаў|органаў}."
)
SUMMARY_CELLS = "Найбольш: {body} у {year} годзе, {point}."
MORE_BODIES = "У табліцы яшчэ {count:,} {count:орган|органы|органаў}."
OPEN_HINT = "Кожная метка графіка і кожны радок табліцы вядуць да пошуку таго, што ў іх палічана."

AS_PNG = "Выява (PNG)"
AS_SVG = "Вектарная выява (SVG)"
AS_CSV = "Даныя (CSV)"
AS_TABLE = "Лічбы ({plot})"
OPEN_SEARCH = "Знайсці"
OPEN_SEARCH_LABEL = "Знайсці тое, што тут палічана: {place}"

TELLING = "Словы, якія з’яўляюцца і знікаюць"
TELLING_SHOW = "Паказаць словы, якія адрозніваюць перыяды"
TELLING_INTRO = (
    "{passages:,} {passages:урывак|урыўкі|урыўкаў}, мова {language}. Словы, больш імаверныя "
    "ў адным перыядзе, чым у іншых (лагарыфм адносін шанцаў з інфарматыўным апрыёрным "
    "размеркаваннем, у стандартных адхіленнях), і не менш чым у трох яго дакументах. Словы, "
    "звычайныя для ўсёй базы, апушчаны."
)
TELLING_NONE = (
    "Няма двух перыядаў, у кожным з якіх было б дваццаць урыўкаў з годам: замала для адрознення."
)
PERIOD = "{first}–{last}"
PERIOD_ONE = "{first}"
PERIOD_OF = (
    "{passages:,} {passages:урывак|урыўкі|урыўкаў}, "
    "{documents:,} {documents:дакумент|дакументы|дакументаў}"
)
PERIOD_NOTHING = "Ніводнае слова не вылучаецца."
WORD_TITLE = "{word}: тут {passages:,}, у іншых перыядах {elsewhere:,}"
WORD_COUNT = "{passages:,} ({z:.1f})"
LANGUAGE_UNKNOWN = "невядомая"
