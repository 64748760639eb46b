"""Injection is impossible by how the code is built: its source is read here, line by line.

Three rules, for every package: SQL is put together from constants of the code alone and values are
parameters; queries of the lexical index are objects and never parsed from text; HTML reaches the
page as `ui.markup` made it, which escapes, and Markdown never holds what a stranger wrote.
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = (
    "corpus",
    "indexer",
    "library",
    "mcp_server",
    "precedent",
    "precedent_client",
    "search_api",
    "ui",
    "workbench",
)
_EXECUTE = {"execute", "executemany", "executescript"}

COMPOSED_FROM_OURS = {
    # Names in SQL that are no literals where they stand, by module: each is one of a fixed few.
    "indexer/catalogue.py": {
        "table": "of the parts of a document",
        "places": "question marks, one a column",
    },
    "indexer/catalogue_file.py": {
        "table": "of the census",
    },
    "indexer/check/apart.py": {
        "one": "made two lines above, of a tuple of literals",
        "two": "likewise",
    },
    "indexer/check/derived.py": {
        "table": "of a tuple of literals",
        "query": "of the queries in this module",
    },
    "indexer/check/serving.py": {
        "query": "of the queries in this module",
        "table": "of a tuple of literals",
        "place": "of names of columns of the schema",
        "named": "likewise",
        "using": "likewise",
        "differ": "likewise",
        "same": "likewise",
        "settled": "of constants",
        "one": "of a tuple of literals",
        "other": "of a tuple of literals",
        "schema": "one of two literals",
    },
    "indexer/check/words.py": {
        "query": "of two constants",
    },
    "indexer/databases.py": {
        "query": "of the callers, which are looked at here",
        "schema": "one of the names that databases are attached by",
    },
    "indexer/embeddings.py": {
        "_lacking()": "composes, of constants",
        "among": "one of two literals",
        "lacking": "made by `_lacking`",
    },
    "indexer/linking/candidates.py": {
        "column": "one of two literals",
    },
    "indexer/linking/kept.py": {
        "table": "of a tuple of literals",
    },
    "indexer/lost.py": {
        "held": "quoted, a name of the file",
        "column": "quoted, a name of the file",
    },
    "indexer/migrations.py": {
        "version": "a number of the loop",
    },
    "indexer/outcomes.py": {
        "table": "one of two literals",
    },
    "indexer/restricted/apart.py": {
        "query": "one of two literals",
    },
    "indexer/restricted/compartment.py": {
        "statement": "of the schema in this module",
        "query": "of literals",
    },
    "indexer/restricted/mirroring.py": {
        "table": "of tuples of literals",
        "taken": "of columns of the schema",
    },
    "indexer/restricted/salvaging.py": {
        "table": "of a tuple of literals",
        "places": "of a tuple of literals",
    },
    "indexer/salvage.py": {
        "table": "of tuples of literals",
        "listed": "of columns of the schema",
        "places": "question marks, one a column",
    },
    "indexer/schema.py": {
        "statement": "of the schema in this module",
    },
    "indexer/serving_file.py": {
        "name": "of tables and columns of the schema",
        "statement": "of the schema, as SQLite has kept it",
        "columns": "names of columns of the schema",
    },
    "library/checking.py": {
        "column": "of a tuple of literals",
        "table": "of tuples of literals",
        "listed": "of columns of the schema",
        "order": "of a tuple of literals",
        "key": "of a tuple of literals",
        "parent": "of a tuple of literals",
        "names[0]": "a column of the schema",
        "each": "of a tuple of literals",
    },
    "library/collections.py": {
        "table": "one of two literals",
    },
    "library/entries.py": {
        "name": "of a tuple of literals",
    },
    "library/file.py": {
        "setting": "of a tuple of literals",
        "table": "of a tuple of literals",
    },
    "library/schema.py": {
        "statement": "of the schema",
    },
    "precedent/backup/staging.py": {
        "name": "of a tuple of literals",
    },
    "precedent/backup/places.py": {
        "name": "of a tuple of literals",
    },
    "precedent/backup/relocation.py": {
        "table": "of a tuple of literals",
        "column": "of a tuple of literals",
    },
    "search_api/access/keys_file.py": {
        "statement": "of the schema in this module",
        "setting": "of a tuple of literals",
        "version": "a number of the loop",
    },
}


@functools.cache
def modules() -> dict[str, ast.Module]:
    """Parse every module of every package."""
    found = {
        path.relative_to(ROOT).as_posix(): path
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
    }
    return {name: ast.parse(path.read_text("utf-8")) for name, path in sorted(found.items())}


def calls(tree: ast.AST, names: set[str]) -> Iterator[ast.Call]:
    """Yield the calls of methods or functions of these names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) in names:
            yield node


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def foreign_names(node: ast.expr) -> Iterator[str]:
    """Yield what a statement is put together from besides literals and constants of a module."""
    if isinstance(node, ast.Constant):
        return
    if isinstance(node, ast.Name):
        if node.id.lstrip("_") != node.id.lstrip("_").upper():
            yield node.id
    elif isinstance(node, ast.JoinedStr):
        for part in node.values:
            yield from foreign_names(part.value if isinstance(part, ast.FormattedValue) else part)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        yield from foreign_names(node.left)
        yield from foreign_names(node.right)
    elif isinstance(node, ast.IfExp):
        yield from foreign_names(node.body)
        yield from foreign_names(node.orelse)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        yield from foreign_names(node.left)  # so many question marks
    elif isinstance(node, ast.GeneratorExp):
        yield from foreign_names(node.elt)
    elif isinstance(node, ast.Call):
        # `", ".join(…)`, `statement.replace(…)`, or a function of the module that composes.
        if isinstance(node.func, ast.Attribute):
            yield from foreign_names(node.func.value)
            for argument in node.args:
                yield from foreign_names(argument)
        else:
            yield f"{_called(node)}()"
    else:
        yield ast.unparse(node)


def sql_of(tree: ast.Module) -> Iterator[tuple[int, ast.expr]]:
    """Yield the line and the statement of everything that is executed.

    A name is followed to what its function gives it.
    """
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    for call in calls(tree, _EXECUTE):
        if not call.args:
            continue
        statement = call.args[0]
        around = [
            each for each in functions if each.lineno <= call.lineno <= (each.end_lineno or 0)
        ]
        if isinstance(statement, ast.Name) and around:
            innermost = max(around, key=lambda each: each.lineno)
            given = list(_given(innermost, statement.id))
            yield from ((call.lineno, value) for value in given or [statement])
        else:
            yield call.lineno, statement


def _given(function: ast.FunctionDef, name: str) -> Iterator[ast.expr]:
    """Yield what a function assigns to a name."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id == name for target in node.targets
        ):
            yield node.value


def test_sql_is_put_together_from_our_own_words() -> None:
    wrong = []
    for name, tree in modules().items():
        allowed = COMPOSED_FROM_OURS.get(name, {})
        wrong += [
            f"{name}:{line}: {foreign}"
            for line, statement in sql_of(tree)
            for foreign in foreign_names(statement)
            if foreign not in allowed
        ]
    assert not wrong, "SQL from something else: use a parameter\n" + "\n".join(wrong)


def test_what_the_list_allows_is_still_there() -> None:
    for name, allowed in COMPOSED_FROM_OURS.items():
        used = {
            foreign
            for _, statement in sql_of(modules()[name])
            for foreign in foreign_names(statement)
        }
        assert allowed.keys() <= used, f"{name}: {allowed.keys() - used} is not used any more"


@pytest.mark.parametrize(
    "statement",
    [
        "f'SELECT {asked}'",
        "'SELECT ' + asked",
        "'SELECT %s' % asked",
        "'SELECT {}'.format(asked)",
        "request.text",
        "f'SELECT {request.text}'",
        "', '.join(asked)",
        "made(asked)",
    ],
)
def test_the_rule_finds_what_it_is_for(statement: str) -> None:
    node = ast.parse(statement, mode="eval").body
    assert list(foreign_names(node))


def test_queries_of_the_lexical_index_are_never_parsed_from_text() -> None:
    found = [
        f"{name}:{call.lineno}"
        for name, tree in modules().items()
        if name.startswith("indexer/lexical/")
        for call in calls(tree, {"parse_query", "parse_query_lenient", "regex_query"})
    ]
    assert not found
    importers = {
        name
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        and "tantivy" in (getattr(node, "module", "") or "", *(each.name for each in node.names))
    }
    elsewhere = {name for name in importers if not name.startswith("indexer/lexical/")}
    # These cut words, and ask nothing.
    assert elsewhere == {"indexer/analysis.py", "search_api/trends/telling.py"}


_PARSED_FROM_TEXT = {"eval", "exec", "compile_command", "literal_eval"}


def test_nothing_evaluates_text_as_code() -> None:
    found = [
        f"{name}:{call.lineno}"
        for name, tree in modules().items()
        for call in calls(tree, _PARSED_FROM_TEXT)
        if isinstance(call.func, ast.Name)
    ]
    assert not found


def test_no_shell_is_asked_to_read_a_command() -> None:
    for name, tree in modules().items():
        for call in calls(tree, {"run", "Popen", "call", "check_call", "check_output"}):
            shells = [each for each in call.keywords if each.arg == "shell"]
            assert not shells, f"{name}:{call.lineno}"
        assert not list(calls(tree, {"system", "popen"})), name


# The page.


@functools.cache
def makers_of_markup(module: str) -> set[str]:
    """Return the functions that return `Markup`: of this module, or all others of that name."""
    own: dict[str, bool] = {}
    others: dict[str, bool] = {}
    for name, tree in modules().items():
        for node in ast.walk(tree) if name.startswith("ui/") else ():
            if isinstance(node, ast.FunctionDef) and node.returns is not None:
                makes = ast.unparse(node.returns) in {"Markup", "Markup | None"}
                known = own if name == module else others
                known[node.name] = makes and known.get(node.name, True)
    return {name for name, makes in (others | own).items() if makes}


def is_markup(given: ast.expr | None, function: ast.FunctionDef, makers: set[str]) -> bool:
    """Tell whether an expression is what such a function returns, also by way of a name."""
    if isinstance(given, ast.Name):
        values = list(_given(function, given.id))
        typed = {
            each.arg: ast.unparse(each.annotation) for each in function.args.args if each.annotation
        }
        if not values:
            return typed.get(given.id) == "Markup"
        return all(is_markup(each, function, makers) for each in values)
    if isinstance(given, ast.IfExp):
        return all(is_markup(each, function, makers) for each in (given.body, given.orelse))
    return isinstance(given, ast.Call) and _called(given) in makers


OWN_SHEETS = {"sheet", "f'<style>.stApp {{ --p-filters: {filters} }}</style>'"}


def test_html_reaches_the_page_only_through_markup() -> None:
    """`st.html` takes what `Markup` escaped; the sheets of the page's own are the exception."""
    assert "element" in makers_of_markup("ui/read/page.py")
    wrong = []
    for name, tree in modules().items():
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        for function in functions if name.startswith("ui/") else ():
            for call in calls(function, {"html"}):
                given = call.args[0]
                inner = given.args[0] if isinstance(given, ast.Call) and given.args else None
                made = isinstance(given, ast.Call) and _called(given) == "str"
                if made and is_markup(inner, function, makers_of_markup(name)):
                    continue
                if ast.unparse(given) not in OWN_SHEETS:
                    wrong.append(f"{name}:{call.lineno}: {ast.unparse(given)[:80]}")
    assert not wrong, "\n".join(wrong)


def test_markup_is_made_in_one_module_alone() -> None:
    """Its constructor takes text as it is: only the module that escapes may call it."""
    makers = {name for name, tree in modules().items() if list(calls(tree, {"Markup"}))}
    assert makers == {"ui/parts/markup.py"}


def test_nothing_switches_the_escaping_of_streamlit_off() -> None:
    for name, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.keyword):
                assert node.arg not in {"unsafe_allow_html", "unsafe_allow_javascript"}, name
        if name.startswith("ui/"):
            found = [
                call.lineno
                for call in calls(tree, {"markdown", "write", "write_stream"})
                if ast.unparse(call.func).startswith("st.")
            ]
            assert not found, f"{name}: {found}: Markdown makes links and pictures of text"
