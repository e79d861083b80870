"""The section tree: what number goes on from which, and where headings without a number belong."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

import regex

from extract.document import Span
from parsers.figures.numbers import read_hanzi
from parsers.model import Section
from parsers.report.headings import Heading

_LAST_DIGITS = regex.compile(r"\d+(?!.*\d)")
_DIGITS = regex.compile(r"\d+")
_HANZI = regex.compile(r"[一二三四五六七八九十]+")
_RESTARTING = frozenset({"part", "chapter", "article", "roman", "hanzi", "hanzi-paren"})
"""Styles whose 1 begins an inner numbering where the style is open already."""
_OUTER = {"part": 1, "chapter": 2}
"""Styles that stand above all others, in their own order."""
_ROMAN = {"Ⅰ": 1, "Ⅱ": 2, "Ⅲ": 3, "Ⅳ": 4, "Ⅴ": 5, "Ⅵ": 6, "Ⅶ": 7, "Ⅷ": 8, "Ⅸ": 9, "Ⅹ": 10}


class _Ranked(NamedTuple):
    """A heading with the style and rank that it counts as: its own, or those of a number that was lost."""

    heading: Heading
    style: str
    rank: int

    @property
    def bare(self) -> bool:
        return self.style == "bare"


@dataclass(slots=True)
class _Open:
    """A section that is still open while the tree is built."""

    style: str
    rank: int
    index: int
    bare: bool = False


def tree(found: Sequence[Heading], end: int) -> tuple[Section, ...]:
    """Arrange headings as a tree that ends at ``end``.

    The number that goes on from an open one of its style is its next; a first number where its style is open already
    begins an inner numbering; a style not open yet goes one deeper. A heading without a number stands in for a number
    that is missing in the count, belongs into a section that the count goes on after, or else beside the last.
    """
    ranked = _with_lost_numbers([_Ranked(h, _style(h), ordinal(h.number)) for h in found])
    ends = [end] * len(ranked)
    levels: list[tuple[int, int | None]] = []
    stack: list[_Open] = []
    for number, item in enumerate(ranked):
        at = _level(stack, item, islice(ranked, number + 1, None))
        for opened in stack[at:]:
            ends[opened.index] = item.heading.span.start
        slot = stack[at] if at < len(stack) else None
        del stack[at:]
        levels.append((len(stack) + 1, stack[-1].index if stack else None))
        if item.bare and slot is not None and not slot.bare:
            stack.append(_Open(slot.style, slot.rank, number, bare=True))
        else:
            stack.append(_Open(item.style, item.rank, number, item.bare))
    return tuple(
        Section(level, h.number, h.title, Span(h.span.start, last), h.span, parent, h.page)
        for (h, _, _), (level, parent), last in zip(ranked, levels, ends, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Outline:
    """The sections of a report, to be asked which of them hold a place."""

    _starts: tuple[int, ...]
    _paths: tuple[tuple[str, ...], ...]

    def at(self, offset: int) -> tuple[tuple[str, ...], int | None]:
        """Return the titles of the sections that hold ``offset``, from the outermost, and the innermost's index."""
        index = bisect_right(self._starts, offset) - 1
        return (self._paths[index], index) if index >= 0 else ((), None)


def outline_of(sections: Sequence[Section]) -> Outline:
    """Return the outline of a report's ``sections``: from the first on each goes as far as the next begins."""
    paths: list[tuple[str, ...]] = []
    for section in sections:
        above = paths[section.parent] if section.parent is not None else ()
        paths.append((*above, section.title))
    return Outline(tuple(section.span.start for section in sections), tuple(paths))


def _style(heading: Heading) -> str:
    if heading.style == "arabic-deep":  # 1.1 stands above 1.1.1
        return f"arabic-deep{len(_DIGITS.findall(heading.number))}"
    return f"outline{heading.outline}" if heading.style == "outline" else heading.style


def _with_lost_numbers(found: list[_Ranked]) -> list[_Ranked]:
    """Give the headings right before a number what is missing in its count: 三、… A, B, 六、 makes A 四 and B 五."""
    done = list(found)
    for at, item in enumerate(found):
        if item.bare or item.rank < 2 or not at or not found[at - 1].bare:
            continue
        bare = 0
        while bare < at and found[at - 1 - bare].bare:
            bare += 1
        before = next((other for other in reversed(found[: at - bare]) if other.style == item.style), None)
        missing = item.rank - 1 - before.rank if before is not None and before.rank else 0
        if 0 < missing <= bare:
            for step in range(1, missing + 1):
                done[at - step] = done[at - step]._replace(style=item.style, rank=item.rank - step)
    return done


def _level(stack: list[_Open], item: _Ranked, after: Iterable[_Ranked]) -> int:
    """Return how many open sections stay open above ``item``."""
    if item.style == "abstract":
        return 0
    if stack and stack[0].style == "abstract" and _ends_abstract(stack, item, after):
        return 0
    if item.bare:
        return _bare_level(stack, after)
    same = [depth for depth, opened in enumerate(stack) if opened.style == item.style]
    if not same:
        return _new_level(stack, item)
    goes_on = [depth for depth in same if stack[depth].rank + 1 == item.rank]
    if goes_on:
        return goes_on[-1]
    if item.rank == 1 and item.style in _RESTARTING and stack[same[-1]].rank >= 1:
        return len(stack)
    return same[-1]


def _ends_abstract(stack: Sequence[_Open], item: _Ranked, after: Iterable[_Ranked]) -> bool:
    """Tell whether the text begins with ``item``: the first 一、 behind an abstract that counts, or the only one."""
    if item.rank != 1 or item.style not in (*_OUTER, "hanzi"):
        return False
    return len(stack) > 1 or not any(later.style == item.style and later.rank == 1 for later in after)


def _new_level(stack: list[_Open], item: _Ranked) -> int:
    """Return the level of a style that is not open: one deeper, but for a number that goes on in another dress."""
    if item.style.startswith("outline"):
        deeper = [
            d for d, opened in enumerate(stack) if opened.style.startswith("outline") and opened.style > item.style
        ]
        return deeper[0] if deeper else len(stack)
    if item.style in _OUTER:  # 第二部分 stands above 一、, whatever stands open
        inner = (d for d, opened in enumerate(stack) if _OUTER.get(opened.style, 9) > _OUTER[item.style])
        return next(inner, len(stack))
    top = stack[-1] if stack else None
    other_dress = top is not None and not ({top.style, item.style} & _RESTARTING or top.style.startswith("outline"))
    if top is not None and other_dress and item.rank > 1 and top.rank + 1 == item.rank:  # 1. 2. (3)
        return len(stack) - 1
    return len(stack)


def _bare_level(stack: list[_Open], after: Iterable[_Ranked]) -> int:
    known = [depth for depth, opened in enumerate(stack) if opened.bare]
    if known or not stack:
        return known[-1] if known else 0
    top, above = stack[-1], {opened.style for opened in stack[:-1]}
    for later in after:
        if later.style == top.style and later.rank == top.rank + 1:
            return len(stack)
        if later.style in above:
            return len(stack) - 1
    return len(stack)


@lru_cache(maxsize=1024)
def ordinal(number: str) -> int:
    """Return the rank that a heading's number prints: 3 for （三）, 0 where it has none."""
    roman = next((rank for sign, rank in _ROMAN.items() if sign in number), 0)
    if roman:
        return roman
    plain = unicodedata.normalize("NFKC", number)
    digits = _LAST_DIGITS.search(plain)
    if digits:
        return int(digits[0])
    hanzi = _HANZI.search(plain)
    return int(read_hanzi(hanzi[0])) if hanzi else 0
