"""Word's styles: what a paragraph inherits along its chain of styles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from extract.docx_properties import VAL, NumberRef, is_on, paragraph_properties, run_properties
from extract.ooxml_package import Element, W

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
BODY_TEXT = 9
"""The outline level that means: no heading."""


@dataclass(frozen=True, slots=True)
class Style:
    """One style, before inheritance. ``outline`` counts from 0; ``vanish`` is None where it says nothing."""

    style_id: str
    name: str
    based_on: str | None
    outline: int | None
    number: NumberRef | None
    vanish: bool | None


@dataclass(frozen=True, slots=True)
class Inherited:
    """What a style gives once its chain is followed. ``numbered``: the nearest style that names a list."""

    chain: tuple[Style, ...]
    vanish: bool
    outline: int | None
    numbered: Style | None
    names: frozenset[str]


@dataclass(slots=True)
class Styles:
    """The styles of a file by id, and the default one of paragraphs."""

    by_id: dict[str, Style] = field(default_factory=dict)
    default: str | None = None
    followed: dict[str | None, Inherited] = field(default_factory=dict)

    def of(self, style_id: str | None) -> Inherited:
        """Return what a style inherits; nothing for one that is not defined."""
        found = self.followed.get(style_id)
        if found is None:
            found = self.followed[style_id] = _inherited(tuple(self._chain(style_id)))
        return found

    def _chain(self, style_id: str | None) -> Iterator[Style]:
        """Yield a style and those it is based on, nearest first; a circle ends the chain."""
        seen: set[str] = set()
        while style_id is not None and style_id not in seen and style_id in self.by_id:
            seen.add(style_id)
            style = self.by_id[style_id]
            yield style
            style_id = style.based_on


def _inherited(chain: tuple[Style, ...]) -> Inherited:
    outlines = (style.outline if style.outline is not None else _heading_level(style) for style in chain)
    return Inherited(
        chain,
        next((style.vanish for style in chain if style.vanish is not None), False),
        next((outline for outline in outlines if outline is not None), None),
        next((style for style in chain if style.number and style.number.num_id), None),
        frozenset(style.name.lower() for style in chain),
    )


def _heading_level(style: Style) -> int | None:
    match = _HEADING.fullmatch(style.name)
    return int(match[1]) - 1 if match else None


def read_styles(root: Element | None) -> Styles:
    """Return the styles of a styles part; none where the file has no such part."""
    styles = Styles()
    if root is None:
        return styles
    for item in root.iterchildren(W + "style"):
        style_id = item.get(W + "styleId")
        if style_id is None:
            continue
        properties = paragraph_properties(item)
        name = item.find(W + "name")
        based_on = item.find(W + "basedOn")
        styles.by_id[style_id] = Style(
            style_id,
            "" if name is None else name.get(VAL, ""),
            None if based_on is None else based_on.get(VAL),
            properties.outline,
            properties.number,
            run_properties(item).vanish,
        )
        if item.get(W + "type") == "paragraph" and is_on(item.get(W + "default", "0")):
            styles.default = style_id
    return styles
