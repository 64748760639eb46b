"""Every string of the page that compares, in Russian."""

from __future__ import annotations

PAGE = "Сравнение"
TITLE = "Сравнить два текста"
INTRO = (
    "Проект и то, что было принято, резолюции двух лет, тексты на двух языках или два пункта: "
    "более ранний текст укажите первым."
)
FIRST = "Более ранний текст"
SECOND = "Более поздний текст"
PLACEHOLDER = "A/HRC/…, ссылка или идентификатор"
COMPARE = "Сравнить"
SHOW_UNCHANGED = "Показать и пункты без изменений"
BOTH = "Укажите оба текста: обозначение, если это документ, или ссылку, если это один пункт."
FAILED = "Эти тексты сравнить нельзя."

LEGEND_GONE = "слова, которые убрали"
LEGEND_NEW = "слова, которые добавили"

COUNTS = {
    "unchanged": "без изменений: {n}",
    "changed": "изменено: {n}",
    "translated": "рядом: {n}",
    "lost": "выпало: {n}",
    "added": "добавлено: {n}",
    "moved": "перемещено: {n}",
    "renumbered": "с новым номером: {n}",
    "merged": "влито в другой пункт: {n}",
    "split": "выделено из другого пункта: {n}",
    "stronger": "глагол сильнее: {n}",
    "weaker": "глагол слабее: {n}",
}
NAME_AND_LANGUAGE = "{name} ({language})"
SIDES = "{first} → {second}"
LINKS = {
    "adopted-as": "Первый текст — проект, который был принят как второй.",
    "adopts": "Второй текст — проект первого.",
    "superseded-by": "Второй текст пришёл на смену первому.",
    "supersedes": "Первый текст пришёл на смену второму.",
    "language-version": "Один и тот же текст на двух языках, рядом по номерам пунктов.",
    "revised-by": "Второй текст — пересмотренный вариант первого.",
    "amends": "Первый текст — поправка ко второму.",
}
BECAME = {
    "unchanged": "Без изменений",
    "changed": "Изменён",
    "translated": "Рядом",
    "lost": "Выпал",
    "added": "Добавлен",
}
MOVED = "Перемещён"
SIMILARITY = "совпадает {share:.0%} слов"
MERGED = "Вошёл в {citation}"
SPLIT = "Выделен из {citation}"
VERB = {
    "stronger": "Сильнее: {before} → {after}",
    "weaker": "Слабее: {before} → {after}",
    "same": "Той же силы: {before} → {after}",
    "not-compared": "{before} → {after}",
}
ALL_UNCHANGED = "Различий нет."
