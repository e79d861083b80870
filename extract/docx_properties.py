"""What a paragraph, a run or a style says of itself: each list of properties read once."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from extract.ooxml_package import Element, W

_OFF: Final = frozenset(("0", "false", "off", "none"))
_INTEGER: Final = re.compile(r"[-+]?\d{1,9}")
VAL: Final = W + "val"
_DELETIONS: Final = (W + "del", W + "moveFrom")
_PPR: Final = W + "pPr"
_RPR: Final = W + "rPr"


class NumberRef(NamedTuple):
    """What ``w:numPr`` says: a list and a level in it, either of which may be left to the style."""

    num_id: str | None
    level: int | None


class ParagraphProperties(NamedTuple):
    """What a ``w:pPr`` says. ``outline`` counts from 0; the mark is the sign that ends the paragraph."""

    style: str | None = None
    outline: int | None = None
    number: NumberRef | None = None
    begins_page: bool = False
    mark_hidden: bool = False
    mark_deleted: bool = False
    section: Element | None = None


class RunProperties(NamedTuple):
    """What a ``w:rPr`` says. ``vanish`` is None where it says nothing; ``fonts`` is its ``w:rFonts``."""

    style: str | None = None
    vanish: bool | None = None
    fonts: Element | None = None


_PLAIN: Final = ParagraphProperties()
_PLAIN_RUN: Final = RunProperties()


def paragraph_properties(element: Element) -> ParagraphProperties:
    """Return the properties of a ``w:p`` or a style."""
    properties = element.find(_PPR)
    if properties is None:
        return _PLAIN
    said: dict[str, Element] = {child.tag: child for child in properties}
    style, mark, outline, number = (said.get(W + tag) for tag in ("pStyle", "rPr", "outlineLvl", "numPr"))
    begins = said.get(W + "pageBreakBefore")
    return ParagraphProperties(
        None if style is None else style.get(VAL),
        None if outline is None else whole(outline.get(VAL)),
        None if number is None else _number(number),
        begins is not None and is_on(begins.get(VAL, "1")),
        mark is not None and bool(switch(mark, "vanish")),
        mark is not None and any(mark.find(tag) is not None for tag in _DELETIONS),
        said.get(W + "sectPr"),
    )


def run_properties(element: Element) -> RunProperties:
    """Return the properties of a ``w:r``, a list's level or a style."""
    properties = element.find(_RPR)
    if properties is None:
        return _PLAIN_RUN
    style = vanish = fonts = None
    for child in properties:
        tag = child.tag
        if tag == W + "rFonts":
            fonts = child
        elif tag == W + "vanish":
            vanish = is_on(child.get(VAL, "1"))
        elif tag == W + "rStyle":
            style = child.get(VAL)
    return RunProperties(style, vanish, fonts)


def _number(properties: Element) -> NumberRef:
    num_id = properties.find(W + "numId")
    return NumberRef(None if num_id is None else num_id.get(VAL), integer(properties, "ilvl"))


def integer(parent: Element | None, tag: str) -> int | None:
    """Return the number in a child's ``w:val``; None where there is none."""
    child = None if parent is None else parent.find(W + tag)
    return None if child is None else whole(child.get(VAL))


def whole(value: str | None) -> int | None:
    """Return the whole number that an attribute holds; None where it holds none, or one beyond reason."""
    return int(value) if value and _INTEGER.fullmatch(value) else None


def switch(parent: Element | None, tag: str) -> bool | None:
    """Return an on/off property; None where nothing is said."""
    child = None if parent is None else parent.find(W + tag)
    return None if child is None else is_on(child.get(VAL, "1"))


def is_on(value: str) -> bool:
    """Return whether an on/off value means on."""
    return value.lower() not in _OFF
