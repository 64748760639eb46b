"""What the page of the corpus says, in Belarusian: what is indexed, uploads, how it was read."""

from __future__ import annotations

TITLE = "База дакументаў"
VIEW_LABEL = "Паказаць"
VIEWS = {
    "indexed": "Агляд",
    "documents": "Дакументы",
    "add": "Дадаць",
    "quality": "Якасць чытання",
}

# What is indexed
FIGURES = {
    "documents": "Дакументы",
    "paragraphs": "Пункты",
    "passages": "Урыўкі",
    "languages": "Мовы",
}
BY = {
    "kind": "Па відах",
    "body": "Па органах",
    "language": "Па мовах",
}
DOCUMENTS = "Дакументы"
PASSAGES = "Урыўкі"
MORE_VALUES = "Яшчэ {count:,}"
BY_YEAR = "Па гадах"
BY_YEAR_TITLE = "Дакументы па гадах, {first}–{last}"
YEAR = "Год"
UNDATED = "Без даты: {count:,}."
AS_TABLE = "Тое ж у табліцы"
NOTHING = "У індэксе пакуль нічога няма"
NOTHING_HELP = "Дадайце дакументы ніжэй: шукаць у іх можна, як толькі яны прачытаны."
NOTHING_FIXED = "Праіндэксуйце дакументы ў тэрмінале:"
INDEX_COMMAND = "precedent index PATH"

# The model and the index
MODEL_TITLE = "Мадэль і індэкс"
MODEL = {
    "name": "Мадэль",
    "digest": "Кантрольная сума яе вагаў (sha256)",
    "precision": "Дакладнасць вылічэнняў",
    "dim": "Вымярэнняў у вектары",
    "max_tokens": "Найдаўжэйшы ўрывак",
    "generation": "Пакаленне індэкса",
    "published": "Апублікаваны",
    "vectors": "Вектарны індэкс",
    "size": "Памер на дыску",
    "uploads": "З гэтага загружаныя файлы",
    "folder": "Дзе ляжыць",
}
TOKENS = "{count:,} {count:токен|токены|токенаў}"
VECTORS = "{kind}: параўноўваюцца цалкам {exact:,}, шукаюцца паводле кодаў {coded:,}"
UPLOADED = "{count:,} {count:файл|файлы|файлаў}, {size}"
SIZES = ("{size:.0f}\u00a0КБ", "{size:.0f}\u00a0МБ", "{size:.1f}\u00a0ГБ")
REBUILD = "Пабудаваць індэкс нанова"
REBUILD_HELP = (
    "Усе часткі індэкса запісваюцца нанова з таго, што ў ім ёсць. Нічога не чытаецца і не кадуецца "
    "яшчэ раз, пошук тым часам працуе. Для індэкса, які мог пашкодзіцца."
)

# The list of documents
FIND_LABEL = "Абазначэнне або назва"
FIND_PLACEHOLDER = "A/HRC/… або словы назвы"
KIND_LABEL = "Від"
ANY_KIND = "Любы від"
LANGUAGE_LABEL = "Мова"
ANY_LANGUAGE = "Любая мова"
LIST_RANGE = "Дакументы {first:,}–{last:,} з {total:,}"
LIST_NOTHING = "Такіх дакументаў няма."
PARAGRAPHS = "{count:,} {count:пункт|пункты|пунктаў}"
READ = "Чытаць"
REMOVE = "Выдаліць"
REMOVE_TITLE = "Выдаліць гэты дакумент?"
REMOVE_HELP = (
    "Тут яго больш нельга будзе ні знайсці, ні прачытаць. Калі ён быў загружаны, яго файл "
    "выдаляецца. Ваш уласны файл застаецца на сваім месцы, і дакумент вернецца, калі яго папку "
    "праіндэксаваць зноў."
)
REMOVE_YES = "Выдаліць"
KEEP = "Пакінуць"

# Adding
ADD_INTRO = (
    "Файлы захоўваюцца ў папцы індэкса на гэтым камп’ютары і чытаюцца адзін за адным; шукаць у іх "
    "можна адразу пасля гэтага. Пошук тым часам працуе."
)
BOUNDS = (
    "PDF, Word (.docx, .doc), HTML, просты тэкст і JSON Lines (.jsonl, .jsonl.gz). За адзін раз да "
    "{files:,} {files:файла|файлаў|файлаў}, кожны да {file_size}, разам да {size}. Каб дадаць "
    "больш, выканайце ў тэрмінале:"
)
ADD_COMMAND = "precedent index FOLDER"
SOURCE_LABEL = "Што дадаць"
SOURCES = {"files": "Файлы", "folder": "Папка"}
CHOOSE_FILES = "Якія файлы дадаць"
CHOOSE_FOLDER = "Якую папку дадаць, з усім, што ў ёй"
UPLOAD = "Дадаць у базу"
NONE_CHOSEN = "Спачатку выберыце хоць адзін файл."
TOO_MANY = "Выбрана файлаў: {count:,}; за адзін раз можна дадаць не больш за {most:,}."
TOO_LARGE = "Разам файлы займаюць {size}; за адзін раз можна дадаць не больш за {most}."
NOT_CHANGEABLE = "Тут нельга ні дадаваць, ні выдаляць дакументы"
REFUSED = "Гэта не выканана"

# Jobs
JOBS = "Выконваецца"
EARLIER = "Раней"
KINDS = {
    "upload": "Загрузка, {count:,} {count:файл|файлы|файлаў}, {at} UTC",
    "remove": "Выдаленне: {subject}, {at} UTC",
    "rebuild": "Пабудова індэкса нанова, {at} UTC",
}
DOING = {
    "upload": "Даданне: {count:,} {count:файл|файлы|файлаў}",
    "remove": "Выдаленне: {subject}",
    "rebuild": "Індэкс будуецца нанова",
}
STAGES = {
    "queued": "Чакае сваёй чаргі",
    "start": "Пачынаецца",
    "wait": "Чакае: у індэкс піша іншая праграма",
    "find": "Прагляд файлаў",
    "read": "Чытанне",
    "embed": "Кадаванне ўрыўкаў",
    "publish": "Новы індэкс уводзіцца ў дзеянне",
}
READING = "Чытаецца {name} (гатова {done:,} з {total:,})"
ENCODING = "Кадаванне ўрыўкаў: {done:,} з {total:,}"
STATES = {
    "queued": "Чакае",
    "running": "Выконваецца",
    "done": "Выканана",
    "failed": "Не ўдалося",
    "interrupted": "Перапынена: служба тым часам спынілася",
    "cancelled": "Спынена",
}
STOP = "Спыніць"
RESUME = "Працягнуць"
GIVE_UP = "Не працягваць"
SHOW_FILES = "Што стала з файламі"
KEPT_AFTER_STOP = (
    "Тое, што паспелі прачытаць, застаецца; шукаць у ім можна будзе пасля наступнай змены."
)
FILE = "Файл"
OUTCOME = "Вынік"
OUTCOMES = {
    "waiting": "Чакае",
    "indexed": "Праіндэксаваны",
    "unchanged": "Ужо ў індэксе",
    "duplicate": "Дублікат",
    "failed": "Не праіндэксаваны",
    "skipped": "Не прачытаны",
}
WITH_PARAGRAPHS = "{outcome}: {count:,} {count:пункт|пункты|пунктаў}"
SEARCH_IT = "Шукаць у ім"
COPY_OF = "Файл з тым жа змесцівам ужо ў індэксе як:"
MORE_FILES = "… і яшчэ {count:,} {count:файл|файлы|файлаў}."
SUMMARY = {
    "indexed": "праіндэксавана: {count:,}",
    "unchanged": "ужо ў індэксе: {count:,}",
    "duplicate": "дублікатаў: {count:,}",
    "failed": "не праіндэксавана: {count:,}",
    "skipped": "не прачытана: {count:,}",
    "waiting": "чакае: {count:,}",
}

# How well the documents were read
QUALITY_TITLE = "Дакументы, якія варта праверыць"
QUALITY_INTRO = (
    "Дакумент можна прачытаць з памылкамі, і ніхто гэтага не заўважыць. Тут сабраны дакументы, "
    "якія варта праверыць, перш чым на іх спасылацца: спачатку найбольш сумнеўныя, кожны "
    "з прычынай. Прычына яшчэ не прысуд: нумара пункта можа не быць і ў самім дакуменце."
)
QUALITY_FIGURES = (
    "{documents:,} {documents:дакумент|дакументы|дакументаў}, з іх з нумарацыяй пунктаў: "
    "{numbered:,}. Без пропускаў у нумарацыі: {without_gap}; знойдзена {found} з {numbers:,} "
    "{numbers:нумара|нумароў|нумароў}. Са словамі, распазнанымі з выяў: {ocr:,}."
)
SHARE = "{share:.1f}\u00a0%"
QUALITY_RANGE = "Варта праверыць: дакументы {first}–{last} з {total:,}"
QUALITY_NOTHING = "Ніводзін дакумент не дае падставы праверыць яго яшчэ раз."
PAST_END = "Спіс канчаецца раней за гэтую старонку."
SCORE = "вага {score:.2f}"
UNREAD_TITLE = "Файлы, якія не ўдалося прачытаць ({count:,})"
UNREAD_MORE = "… і яшчэ {count:,}; увесь спіс пакажа `precedent doctor --corpus`."

# Turning pages
PREVIOUS = "Назад"
MORE = "Яшчэ"

NUMBER = "{count:,}"

PUBLISHED_AT = "{time} UTC"
