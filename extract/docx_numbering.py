"""Automatic numbers, which Word counts and does not write: resolved as they are printed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from extract import docx_symbols
from extract.docx_numerals import numeral
from extract.docx_properties import NumberRef, integer, run_properties, switch
from extract.docx_styles import Style, Styles
from extract.ooxml_package import MC, Element, W

LEVELS = 9
_CLOSING = "、。，．：；）】》〉〕」』｝"
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts and prints.

    ``start`` is 0 where nothing is said. ``restart``: the level (from 1) whose counting restarts this one, 0 for none.
    """

    start: int = 0
    number_format: str = "decimal"
    custom: str = ""
    text: str = ""
    suffix: str = "tab"
    legal: bool = False
    restart: int | None = None
    paragraph_style: str | None = None
    font: str | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class NumberedList:
    """A ``w:num``: the levels it counts by, whose counters it shares, and where it begins anew."""

    counters: str
    levels: Mapping[int, Level]
    restarts: Mapping[int, int]

    def start(self, level: int) -> int:
        """Return the number that a level begins with."""
        return self.restarts.get(level, self.levels.get(level, Level()).start)


@dataclass(slots=True)
class Numbering:
    """The lists of a file and how far each has been counted."""

    lists: Mapping[str, NumberedList] = field(default_factory=dict)
    counted: dict[str, list[int | None]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def next_label(self, reference: NumberRef | None, style_id: str | None, styles: Styles) -> Label | None:
        """Count a paragraph and return its number; None where it has none."""
        found = self._resolve(reference, style_id, styles)
        if found is None:
            return None
        num_id, level = found
        numbered = self.lists[num_id]
        definition = numbered.levels.get(level, Level())
        counters = self.counted.setdefault(numbered.counters, [None] * LEVELS)
        self._count(num_id, numbered, level, counters)
        text = _printed(definition, numbered, counters)
        return Label(text, definition.suffix) if text and not definition.hidden else None

    def _resolve(self, reference: NumberRef | None, style_id: str | None, styles: Styles) -> tuple[str, int] | None:
        """Return the list and level of a paragraph from its own properties, else from its chain of styles."""
        source: Style | None = None
        num_id = reference.num_id if reference else None
        level = reference.level if reference else None
        if num_id is None:
            source = styles.of(style_id).numbered
            num_id = source.number.num_id if source and source.number else None
        if num_id is None or num_id not in self.lists:
            return None
        if level is None:
            level = _level_of_style(self.lists[num_id], source, style_id, styles)
        return num_id, min(max(level, 0), LEVELS - 1)

    def _count(self, num_id: str, numbered: NumberedList, level: int, counters: list[int | None]) -> None:
        first_use = num_id not in self.begun
        self.begun.add(num_id)
        before = counters[level]
        if before is None or (first_use and level in numbered.restarts):
            counters[level] = numbered.start(level)
        else:
            counters[level] = before + 1
        for higher in range(level):  # a level that was skipped is printed, and so counts as begun
            if counters[higher] is None:
                counters[higher] = numbered.start(higher)
        for deeper in range(level + 1, LEVELS):
            restart = numbered.levels.get(deeper, Level()).restart
            if restart is None or level < restart:  # 0: never
                counters[deeper] = None


@dataclass(frozen=True, slots=True)
class Label:
    """A resolved number and what separates it from the text: ``tab``, ``space`` or ``nothing``."""

    text: str
    suffix: str

    def before(self, text: str) -> str:
        """Return ``text`` with the number at its head."""
        gap = "" if not text or self.suffix == "nothing" or self.text[-1] in _CLOSING else " "
        return self.text + gap + text


def _printed(definition: Level, numbered: NumberedList, counters: list[int | None]) -> str:
    if definition.number_format == "bullet":
        bullet = docx_symbols.shown(definition.font, definition.text).strip()
        return "○" if bullet == "o" else "".join(filter(str.isprintable, bullet))

    def place(match: re.Match[str]) -> str:
        index = int(match[1]) - 1
        level = numbered.levels.get(index, Level())
        counter = counters[index]
        if level.number_format == "bullet":
            return ""
        number_format = "decimal" if definition.legal and level.number_format != "none" else level.number_format
        return numeral(numbered.start(index) if counter is None else counter, number_format, level.custom)

    return _PLACE.sub(place, definition.text).strip()


def _level_of_style(numbered: NumberedList, source: Style | None, style_id: str | None, styles: Styles) -> int:
    """Return the level that is tied to a style of the paragraph's chain, else the one the style names, else 0."""
    tied = {level.paragraph_style: index for index, level in numbered.levels.items() if level.paragraph_style}
    for style in styles.of(style_id).chain:
        if style.style_id in tied:
            return tied[style.style_id]
    return (source.number.level if source and source.number else None) or 0


def read_numbering(root: Element | None, styles: Styles) -> Numbering:
    """Return the lists of a numbering part; none where the file has no such part."""
    if root is None:
        return Numbering()
    abstracts = {item.get(W + "abstractNumId"): item for item in root.iterchildren(W + "abstractNum")}
    nums = {item.get(W + "numId"): item for item in root.iterchildren(W + "num")}
    levels = {key: _levels(item) for key, item in abstracts.items()}
    lists: dict[str, NumberedList] = {}
    for num_id, item in nums.items():
        if num_id in (None, "0"):
            continue
        key = _followed(_abstract_of(item), abstracts, nums, styles)
        own = dict(levels.get(key, {}))
        restarts: dict[int, int] = {}
        for override in item.iterchildren(W + "lvlOverride"):
            index = _index(override)
            if (definition := override.find(W + "lvl")) is not None:
                own[index] = _level(definition)
            if (start := integer(override, "startOverride")) is not None:
                restarts[index] = start
        lists[num_id] = NumberedList(key or "", own, restarts)
    return Numbering(lists)


def _abstract_of(num: Element) -> str | None:
    found = num.find(W + "abstractNumId")
    return None if found is None else found.get(W + "val")


def _followed(
    key: str | None, abstracts: Mapping[str, Element], nums: Mapping[str, Element], styles: Styles
) -> str | None:
    """Return the list definition behind a link to a numbering style; the last one where the links go in a circle."""
    seen: set[str] = set()
    while key is not None and key in abstracts and key not in seen:
        seen.add(key)
        link = abstracts[key].find(W + "numStyleLink")
        linked = styles.of(link.get(W + "val")).numbered if link is not None else None
        num = nums.get(linked.number.num_id or "") if linked and linked.number else None
        if num is None:
            break
        key = _abstract_of(num)
    return key


def _levels(abstract: Element) -> dict[int, Level]:
    return {_index(item): _level(item) for item in abstract.iterchildren(W + "lvl")}


def _index(item: Element) -> int:
    value = item.get(W + "ilvl", "0")
    return int(value) if value.isascii() and value.isdigit() and int(value) < LEVELS else 0


def _level(item: Element) -> Level:
    number_format = item.find(W + "numFmt")
    if number_format is None:  # a format of a later Word stands beside one that every Word knows
        for branch in item.iter(MC + "Choice", MC + "Fallback"):
            number_format = branch.find(W + "numFmt")
            if number_format is not None:
                break
    run = run_properties(item)
    level = Level(
        text=_value(item, "lvlText"),
        suffix=_value(item, "suff") or "tab",
        legal=bool(switch(item, "isLgl")),
        restart=integer(item, "lvlRestart"),
        paragraph_style=_value(item, "pStyle") or None,
        font=font_of(run.fonts),
        hidden=bool(run.vanish),
    )
    if number_format is not None:
        level = replace(
            level,
            number_format=number_format.get(W + "val", "decimal"),
            custom=number_format.get(W + "format", ""),
        )
    start = integer(item, "start")
    return level if start is None else replace(level, start=start)


def _value(item: Element, tag: str) -> str:
    child = item.find(W + tag)
    return "" if child is None else str(child.get(W + "val", ""))


def font_of(fonts: Element | None) -> str | None:
    """Return the font that a ``w:rFonts`` names for signs, a symbol font before any other."""
    if fonts is None:
        return None
    names: list[str | None] = [fonts.get(W + kind) for kind in ("ascii", "hAnsi", "cs", "eastAsia")]
    return next((name for name in names if docx_symbols.is_symbol_font(name)), names[0])
