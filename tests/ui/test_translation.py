"""Every language has every word; and every word is where translators find it."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import ui
from precedent_client import Client
from tests.ui.opening import html, opened
from tests.ui.translation import SAME, SAME_IN, areas, faults, words_of
from ui.service import connection
from ui.wording import language as languages
from ui.wording.areas import _words

MADE_UP = "eo"
"""A language with the plural forms of English and no translation, for the tests."""

ENGLISH = {
    "NAME": "Search",
    "COUNT": "{count:,} {count:hit|hits} of {total:,}",
    "TABLE": {"a": "One", "b": "Two"},
    "LIST": ("First", "Second"),
    "OTHER": frozenset({"a"}),
    "JOIN": " or ",
    "SIGN": "{label} ({passages:,})",
}
WHOLE = {
    "NAME": "Serĉi",
    "COUNT": "{total:,}: {count:,} {count:trafo|trafoj}",
    "TABLE": {"a": "Unu", "b": "Du"},
    "LIST": ("Unua", "Dua"),
    "OTHER": frozenset({"a"}),
    "JOIN": " aŭ ",
    "SIGN": "{label} ({passages:,})",
}


def modules() -> list[Path]:
    folder = Path(ui.__file__).parent
    return [p for p in sorted(folder.rglob("*.py")) if "wording" not in p.parts]


@pytest.mark.parametrize("language", sorted(languages.LANGUAGES))
def test_every_language_is_whole(language: str) -> None:
    same = SAME | SAME_IN.get(language, set())
    found = [
        fault
        for area in areas()
        for fault in faults(
            area,
            words_of("en", area),
            words_of(language, area),
            language,
            same if language != "en" else _everything("en", area),
        )
    ]
    assert not found, "\n" + "\n".join(found)


def _everything(language: str, area: str) -> frozenset[str]:
    """Name every string of an area: English may be English."""

    def names(at: str, value: Any) -> Iterator[str]:
        yield at
        if isinstance(value, dict):
            for key, each in value.items():
                yield from names(f"{at}[{key}]", each)
        elif isinstance(value, tuple):
            for number, each in enumerate(value):
                yield from names(f"{at}[{number}]", each)

    words = words_of(language, area).items()
    return frozenset(each for name, value in words for each in names(f"{area}.{name}", value))


def test_a_whole_translation_has_no_fault() -> None:
    assert faults("x", ENGLISH, WHOLE, MADE_UP) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"NAME": None}, "x.NAME: is missing"),
        ({"NOWHERE": "io"}, "x.NOWHERE: is not in English"),
        ({"NAME": " "}, "x.NAME: is empty"),
        ({"NAME": 3}, "x.NAME: is not a string"),
        ({"NAME": "Search"}, "x.NAME: is English, 'Search'"),
        ({"TABLE": {"a": "Unu", "b": "Two"}}, "x.TABLE[b]: is English, 'Two'"),
        ({"TABLE": {"a": "Unu"}}, "x.TABLE: differs in its keys, ['b']"),
        ({"LIST": ("Unua",)}, "x.LIST: is not of 2 parts"),
        ({"OTHER": frozenset()}, "x.OTHER: is no text and must stay as it is"),
        ({"JOIN": "aŭ "}, "x.JOIN: differs in the space before it"),
        ({"JOIN": " aŭ"}, "x.JOIN: differs in the space after it"),
        ({"COUNT": "{count:,}"}, "x.COUNT: differs in its fields, ['total']"),
        ({"COUNT": "{count} {count:a|b} {total:,}"}, "x.COUNT: {count} is not written as [',']"),
        ({"COUNT": "{count:,} {count:a|b|c} {total:,}"}, "x.COUNT: 'a|b|c' has 3 forms"),
        ({"COUNT": "{count:, {total:,}"}, "x.COUNT: "),
    ],
    ids=lambda value: str(value) if isinstance(value, str) else None,
)
def test_each_fault_of_a_translation_is_said(changed: dict[str, Any], said: str) -> None:
    given = {name: value for name, value in (WHOLE | changed).items() if value is not None}
    found = faults("x", ENGLISH, given, MADE_UP)
    assert len(found) == 1
    assert found[0].startswith(said)


@pytest.mark.parametrize(("language", "forms"), [("fr", 2), ("ru", 3), ("be", 3), ("pl", 3)])
def test_plurals_have_the_forms_of_their_language(language: str, forms: int) -> None:
    english = {"COUNT": "{count:hit|hits}"}
    right = {"COUNT": "{count:" + "|".join("abcd"[:forms]) + "}"}
    assert faults("x", english, right, language) == []
    wrong = {"COUNT": "{count:" + "|".join("abcdef"[: forms + 2]) + "}"}
    assert f"has {forms + 2} forms" in faults("x", english, wrong, language)[0]


def test_what_may_be_as_in_english_is_there() -> None:
    """A name that is gone from the interface is gone from the list."""
    known = {each for area in areas() for each in _everything("en", area)}
    assert set.union(SAME, *SAME_IN.values()) <= known


@pytest.fixture
def made_up(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Give the interface a language in which every string is English between brackets."""
    for area in areas():
        module = ModuleType(f"ui.wording.{MADE_UP}.{area}")
        vars(module).update({n: _bracketed(v) for n, v in words_of("en", area).items()})
        monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setitem(languages.LANGUAGES, MADE_UP, "Esperanto")
    yield MADE_UP
    _words.cache_clear()


def _bracketed(value: Any) -> Any:
    if isinstance(value, str):
        return f"⟦{value}⟧"
    if isinstance(value, tuple):
        return tuple(_bracketed(each) for each in value)
    return {k: _bracketed(v) for k, v in value.items()} if isinstance(value, dict) else value


def search_page() -> None:
    from ui.search import page

    page.show()


def draft_page() -> None:
    from ui.draft import page

    page.show()


def verify_page() -> None:
    from ui.verify import page

    page.show()


def table_page() -> None:
    from ui.table import page

    page.show()


def compare_page() -> None:
    from ui.compare import page

    page.show()


def lineage_page() -> None:
    from ui.lineage import page

    page.show()


LABELLED = (
    "button",
    "checkbox",
    "multiselect",
    "radio",
    "selectbox",
    "text_area",
    "text_input",
    "toggle",
)


@pytest.mark.parametrize(
    "page",
    [search_page, draft_page, verify_page, table_page, compare_page, lineage_page],
    ids=lambda page: page.__name__,
)
def test_a_page_speaks_the_language_of_its_address(
    page: Any, made_up: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "_client", lambda url: client)
    connection._facets.clear()
    connection._info.clear()
    app = opened(page, lang=made_up)
    labels = [each.label for kind in LABELLED for each in app.get(kind)]
    # A form's sign of unsaved changes, and what has no label, have nothing to say.
    spoken = [label for label in labels if label]
    assert spoken
    assert all(label.startswith("⟦") for label in spoken), spoken
    assert "<h1>⟦" in html(app)


@pytest.mark.parametrize("path", modules(), ids=lambda path: "/".join(path.parts[-2:]))
def test_words_are_read_only_while_drawing(path: Path) -> None:
    """What is read at import is in the language of whoever came first."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = _wording_names(tree)
    early = [
        f"line {node.lineno}: {node.value.id}.{node.attr}"
        for node in _run_at_import(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in names
    ]
    assert not early


def _wording_names(tree: ast.Module) -> set[str]:
    return {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "ui.wording"
        for alias in node.names
    }


def _run_at_import(node: ast.AST) -> Iterator[ast.AST]:
    """Return what is run when a module is imported: all but the insides of functions."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            early = [*child.decorator_list, *child.args.defaults, *child.args.kw_defaults]
            for each in early:
                if each is not None:
                    yield each
                    yield from _run_at_import(each)
        elif isinstance(child, ast.Lambda):
            continue
        else:
            yield child
            yield from _run_at_import(child)


@pytest.mark.parametrize(
    ("source", "early"),
    [
        ("A = texts.A", True),
        ("def f(a=texts.A): pass", True),
        ("class A:\n    a = texts.A", True),
        ("def f():\n    return texts.A", False),
        ("a = lambda: texts.A", False),
    ],
)
def test_what_is_read_at_import_is_seen(source: str, early: bool) -> None:
    tree = ast.parse(f"from ui.wording import common as texts\n{source}")
    found = [n for n in _run_at_import(tree) if isinstance(n, ast.Attribute) and n.attr == "A"]
    assert bool(found) is early


SPOKEN = frozenset(
    {
        "button",
        "caption",
        "checkbox",
        "code",
        "date_input",
        "dialog",
        "divider",
        "download_button",
        "error",
        "expander",
        "file_uploader",
        "form_submit_button",
        "header",
        "info",
        "line",
        "link_button",
        "markdown",
        "metric",
        "multiselect",
        "notice",
        "number_input",
        "pills",
        "popover",
        "progress",
        "radio",
        "segmented_control",
        "select_slider",
        "selectbox",
        "slider",
        "spinner",
        "status",
        "subheader",
        "success",
        "tabs",
        "text",
        "text_area",
        "text_input",
        "title",
        "toast",
        "toggle",
        "warning",
        "write",
    }
)
"""Calls whose positional arguments a reader sees."""

SPOKEN_KEYWORDS = frozenset(
    {
        "alt",
        "aria_description",
        "aria_label",
        "caption",
        "data_label",
        "help",
        "label",
        "page_title",
        "placeholder",
        "title",
        "title_attr",
    }
)
LABEL_FIRST = frozenset({"download_button", "link_button", "text_area", "text_input"})
"""Of these, what follows the label is no text of the page."""

COMPUTED = frozenset({"code", "line", "text"})
"""Of `SPOKEN`, those that also are names of something else in the code; their strings are not
looked at unless they have a space, which no identifier has."""


@pytest.mark.parametrize(
    "path",
    [path for path in modules() if "service" not in path.parts],  # what it says, pages word anew
    ids=lambda path: "/".join(path.parts[-2:]),
)
def test_no_page_has_words_of_its_own(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not [f"line {line}: {words!r}" for line, words in _own_words(tree)]


def _own_words(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        called = node.func.id if isinstance(node.func, ast.Name) else called
        shown: list[ast.expr] = []
        if called in SPOKEN:
            shown = node.args[:1] if called in LABEL_FIRST else list(node.args)
        elif called == "element":
            shown = node.args[1:]
        for argument in shown:
            yield from ((argument.lineno, w) for w in _literals(argument) if _is_said(w, called))
        for keyword in node.keywords:
            if keyword.arg in SPOKEN_KEYWORDS:
                literals = _literals(keyword.value)
                yield from ((keyword.value.lineno, w) for w in literals if _is_said(w, called))


def _literals(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        for part in node.values:
            yield from _literals(part)
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)
    elif isinstance(node, ast.BinOp):
        yield from _literals(node.left)
        yield from _literals(node.right)
    elif isinstance(node, ast.List | ast.Tuple):
        for each in node.elts:
            yield from _literals(each)


def _is_said(words: str, called: str) -> bool:
    if called in COMPUTED and " " not in words:
        return False
    return sum(letter.isalpha() for letter in words) > 1


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('st.button("Search")', True),
        ('st.button(texts.SEARCH, help="Now")', True),
        ('st.button(f"{n} hits")', True),
        ('element("p", "No hits")', True),
        ('element("p", texts.NO, aria_label="Hits")', True),
        ('element("p", "a" if x else f"{n}: of")', True),
        ('st.button(texts.SEARCH, key="search", icon=":material/search:")', False),
        ('element("p", ": ", f"({n})", class_="p-line")', False),
    ],
)
def test_words_of_a_page_s_own_are_seen(source: str, said: bool) -> None:
    assert bool(list(_own_words(ast.parse(source)))) is said
