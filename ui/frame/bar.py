"""The line above every page: where one is, where one can go, and in which language.

Plain links, which work in a new tab and without a script; `frame.js` follows them without
reloading, so that nothing that was typed or collected is lost on the way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from ui.frame.pages import PAGES, Room
from ui.parts.markup import Markup, element
from ui.wording import common as common_texts
from ui.wording import frame as texts
from ui.wording.language import LANGUAGES, PARAMETER

__all__ = ["bar"]


def bar(
    here: Room,
    *,
    language: str,
    carried: Mapping[str, str],
    params: Mapping[str, Sequence[str]],
) -> Markup:
    """Draw the line.

    Args:
        here: The page that is shown.
        language: Of the interface.
        carried: Parameters that every link keeps.
        params: All parameters of the address, for the same page in another language.
    """
    links = [
        element(
            "li",
            element(
                "a",
                texts.PAGES.get(room.path, room.path),
                href=_address(room, carried),
                target="_self",
                aria_current="page" if room is here else None,
            ),
        )
        for room in PAGES
        if room.in_menu
    ]
    return element(
        "div",
        element(
            "a",
            common_texts.APP_NAME,
            href=_address(PAGES[0], carried),
            target="_self",
            title=texts.HOME,
            class_="p-brand",
        ),
        element("nav", element("ul", *links), aria_label=texts.NAVIGATION, class_="p-pages"),
        _languages(here, language, params),
        element(
            "details",
            element("summary", texts.MENU),
            element(
                "div",
                element("nav", element("ul", *links), aria_label=texts.NAVIGATION),
                _language_list(here, language, params),
            ),
            class_="p-menu",
        ),
        class_="p-bar",
        lang=language,
        data_skip=texts.SKIP,
        data_working=texts.WORKING,
    )


def _languages(here: Room, language: str, params: Mapping[str, Sequence[str]]) -> Markup | None:
    shown = _language_list(here, language, params)
    if shown is None:
        return None
    summary = element("summary", LANGUAGES[language])
    return element("details", summary, shown, class_="p-languages", aria_label=texts.LANGUAGE)


def _language_list(here: Room, language: str, params: Mapping[str, Sequence[str]]) -> Markup | None:
    if len(LANGUAGES) < 2:
        return None
    links = [
        element(
            "li",
            element(
                "a",
                name,
                href=_address(here, {**params, PARAMETER: code}),
                target="_self",
                lang=code,
                hreflang=code,
                aria_current="true" if code == language else None,
            ),
        )
        for code, name in LANGUAGES.items()
    ]
    return element("nav", element("ul", *links), aria_label=texts.LANGUAGE)


def _address(room: Room, params: Mapping[str, str | Sequence[str]]) -> str:
    path = "" if room is PAGES[0] else room.path
    query = urlencode(params, doseq=True)
    return f"./{path}" + (f"?{query}" if query else "")
