"""What a web page's elements are by themselves: shown or not, a block or a piece of a line."""

from __future__ import annotations

import re
from typing import Any, Final

DROPPED: Final = frozenset(
    (
        *("script", "style", "head", "title", "meta", "link", "base", "template", "noscript"),
        *("nav", "select", "datalist", "button", "input", "textarea", "iframe", "object", "applet", "embed"),
        *("audio", "video", "canvas", "svg", "map", "rp", "rt"),
    )
)
"""What shows no text of the page's own: code, menus, fields to fill in, readings beside characters."""

BLOCKS: Final = frozenset(
    (
        *("p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "dt", "dd", "blockquote", "pre"),
        *("section", "article", "main", "aside", "header", "footer", "address", "center", "hr", "form", "fieldset"),
        *("legend", "figure", "figcaption", "details", "summary", "dir", "menu", "body", "html", "listing", "xmp"),
        *("table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"),
    )
)

HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
PREFORMATTED: Final = frozenset(("pre", "listing", "xmp"))

_HIDDEN: Final = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE
)


def tag_of(element: Any) -> str:
    """Return the tag's local name in lower case; empty for comments and processing instructions."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def is_hidden(element: Any) -> bool:
    """Tell whether the element says of itself that it is not shown; style sheets are not looked at."""
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


_NUMERALS: Final = {
    "1": "decimal",
    "a": "lower-alpha",
    "A": "upper-alpha",
    "i": "lower-roman",
    "I": "upper-roman",
}
_CHINESE: Final = frozenset(("cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal", "cjk-decimal"))
_LIST_STYLE: Final = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)", re.IGNORECASE)


def list_style(element: Any) -> str:
    """Return the kind of numerals that a list or an item states; empty where it states none."""
    stated = _LIST_STYLE.search(element.get("style") or "")
    return stated[1].lower() if stated else _NUMERALS.get(element.get("type", ""), "")


def list_number(style: str, number: int) -> str:
    """Return an item's number as it is printed."""
    if style == "none":
        return ""
    if style in _CHINESE and 0 < number < 100:
        digits = "〇一二三四五六七八九"
        tens, ones = divmod(number, 10)
        return (digits[tens] if tens > 1 else "") + ("十" if tens else "") + (digits[ones] if ones else "") + "、"
    if style.endswith(("alpha", "latin")) and 0 < number <= 26:
        letter = chr(ord("a") + number - 1)
        return f"{letter.upper() if style.startswith('upper') else letter}."
    if style.endswith("roman") and 0 < number < 40:
        roman = "x" * (number // 10) + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[number % 10]
        return f"{roman.upper() if style.startswith('upper') else roman}."
    return f"{number}."
