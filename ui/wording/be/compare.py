"""Every string of the page that compares, in Belarusian."""

from __future__ import annotations

PAGE = "Параўнанне"
TITLE = "Параўнаць два тэксты"
INTRO = (
    "Праект і тое, што было прынята, рэзалюцыі двух гадоў, тэксты на дзвюх мовах або два пункты: "
    "больш ранні тэкст пазначце першым."
)
FIRST = "Больш ранні тэкст"
SECOND = "Больш позні тэкст"
PLACEHOLDER = "A/HRC/…, спасылка або ідэнтыфікатар"
COMPARE = "Параўнаць"
SHOW_UNCHANGED = "Паказаць і пункты без змен"
BOTH = "Пазначце абодва тэксты: абазначэнне, калі гэта дакумент, або спасылку, калі адзін пункт."
FAILED = "Гэтыя тэксты параўнаць нельга."

LEGEND_GONE = "словы, якія прыбралі"
LEGEND_NEW = "словы, якія дадалі"

COUNTS = {
    "unchanged": "без змен: {n}",
    "changed": "зменена: {n}",
    "translated": "побач: {n}",
    "lost": "выпала: {n}",
    "added": "дададзена: {n}",
    "moved": "перамешчана: {n}",
    "renumbered": "з новым нумарам: {n}",
    "merged": "уліта ў іншы пункт: {n}",
    "split": "вылучана з іншага пункта: {n}",
    "stronger": "дзеяслоў мацнейшы: {n}",
    "weaker": "дзеяслоў слабейшы: {n}",
}
NAME_AND_LANGUAGE = "{name} ({language})"
SIDES = "{first} → {second}"
LINKS = {
    "adopted-as": "Першы тэкст — праект, які быў прыняты як другі.",
    "adopts": "Другі тэкст — праект першага.",
    "superseded-by": "Другі тэкст прыйшоў на змену першаму.",
    "supersedes": "Першы тэкст прыйшоў на змену другому.",
    "language-version": "Адзін і той жа тэкст на дзвюх мовах, побач паводле нумароў пунктаў.",
    "revised-by": "Другі тэкст — перагледжаны варыянт першага.",
    "amends": "Першы тэкст — папраўка да другога.",
}
BECAME = {
    "unchanged": "Без змен",
    "changed": "Зменены",
    "translated": "Побач",
    "lost": "Выпаў",
    "added": "Дададзены",
}
MOVED = "Перамешчаны"
SIMILARITY = "супадае {share:.0%} слоў"
MERGED = "Увайшоў у {citation}"
SPLIT = "Вылучаны з {citation}"
VERB = {
    "stronger": "Мацней: {before} → {after}",
    "weaker": "Слабей: {before} → {after}",
    "same": "Той жа сілы: {before} → {after}",
    "not-compared": "{before} → {after}",
}
ALL_UNCHANGED = "Адрозненняў няма."
