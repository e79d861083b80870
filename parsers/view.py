"""A cleaned view of a stretch of text, with the way back to every character of the document.

The view is half width, without the spaces that typesetting puts inside Chinese text and without the line ends inside a
paragraph, so that patterns see ``2946.25万元`` where the page has ``2946.25 万⏎元``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

from extract.document import Span
from patterns import alternation, units

_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FOLD = _WIDTH | {
    0x3000: " ",
    0x00A0: " ",
    0x2002: " ",
    0x2003: " ",
    0x2009: " ",
    0x200B: " ",
    0xFEFF: " ",
    0x2267: "≥",
    0x2266: "≤",
    0x2A7E: "≥",
    0x2A7D: "≤",
    0xFE6A: "%",
    0x2236: ":",
    0x00B7: "·",
    0x2022: "·",
    0x30FB: "·",
    0x25CB: "〇",
}
_NARROW = {chr(wide): narrow if isinstance(narrow, str) else chr(narrow) for wide, narrow in _FOLD.items()}
_WIDE = re.compile(f"[{''.join(_NARROW)}]")
_SPACE = re.compile(r"[ \t\r\n]+")
_WORD = frozenset("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_CELLS = re.compile(r"(?:[\d.,%]+ +[\d.,%]+|[-—]) +[-—] +|[\d.,%]+ +[-—] +(?:[\d.,%]+ +[-—\d.,%]|[-—])")
"""A dash between blanks among figures is a blank cell (55 55 - 100% -), not a range."""
_TORN = re.compile(r"(?<=[一-龥])(?<!下)\d{1,6}\.\Z")
_TORN_END = re.compile(r"\d{1,4}(?:[万亿]?(?:元|亩|人|户|平方|公里|吨)|%|公里|公顷)")
"""A decimal torn apart behind its point (21. 73万亩): no marker of an item stands right behind a word."""
_LATIN = (form for unit in units() for form in unit.forms if re.match("[A-Za-zμ]", form))
_LATIN_UNIT = re.compile(f"{alternation(_LATIN)}(?![A-Za-z0-9])")
"""5.12 km: one quantity, however it is parted."""
WIDE_GAP = 3
"""So many spaces in a line are a gap between fields, not typesetting."""


class View(NamedTuple):
    """``text`` to match against; ``span`` leads back to the document."""

    text: str
    starts: tuple[int, ...]
    """View offsets at which a piece begins."""
    origins: tuple[int, ...]
    """Document offsets of those pieces."""

    def origin(self, offset: int) -> int:
        """Return the document offset of the view's character at ``offset``."""
        piece = bisect_right(self.starts, offset) - 1
        return self.origins[piece] + offset - self.starts[piece]

    def parted(self, offset: int) -> bool:
        """Tell whether something that the view leaves out stands before the character at ``offset``."""
        return offset > 0 and self.origin(offset) != self.origin(offset - 1) + 1

    def offset(self, origin: int) -> int:
        """Return the view's offset of the document's character at ``origin``, or of the next one that was kept."""
        if len(self.origins) == 1:
            at, end = origin - self.origins[0], len(self.text)
            return 0 if at < 0 else at if at < end else end
        piece = max(bisect_right(self.origins, origin) - 1, 0)
        ends = self.starts[piece + 1] if piece + 1 < len(self.starts) else len(self.text)
        return min(self.starts[piece] + max(origin - self.origins[piece], 0), ends)

    def span(self, start: int, end: int) -> Span:
        """Return the document's span of the view's characters from ``start`` to before ``end``."""
        if end <= start:
            at = self.origin(start) if start < len(self.text) else self.origin(len(self.text) - 1) + 1
            return Span(at, at)
        if len(self.starts) == 1:
            return Span(self.origins[0] + start, self.origins[0] + end)
        return Span(self.origin(start), self.origin(end - 1) + 1)


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Return ``text`` in half width, character for character."""
    return _WIDE.sub(lambda wide: _NARROW[wide[0]], text)


@lru_cache(maxsize=4)
def _whole(text: str) -> str:
    for wide, narrow in _NARROW.items():
        if wide in text:
            text = text.replace(wide, narrow)
    return text


def folded(text: str, start: int, end: int) -> str:
    """Return ``text[start:end]`` in half width: a document is folded once, and its pieces are cut from it."""
    return _whole(text)[start:end]


def _kept(gap: str, before: str, after: str) -> int:
    """Return how many characters of a gap stay in the view: 0 or 1."""
    if "\t" in gap or (len(gap) >= WIDE_GAP and "\n" not in gap):
        return 1
    if before in _WORD and after in _WORD:
        return 1
    return 1 if before == "." and after.isdigit() else 0


def _is_unit(gap: str, folded: str, first: int, last: int) -> bool:
    """Tell whether a blank stands between a number and its unit in Latin letters."""
    return gap == " " and folded[first - 1].isdigit() and _LATIN_UNIT.match(folded, last) is not None


@lru_cache(maxsize=4096)
def make_view(text: str, start: int, end: int) -> View:
    """Return the view of ``text[start:end]``; offsets of its spans are those of ``text``.

    The last views are remembered: a paragraph or cell is looked at by many.
    """
    return _view(folded(text, start, end), start)


def _view(folded: str, start: int) -> View:
    """Return the view of a stretch in half width that begins at ``start``."""
    if _SPACE.search(folded) is None:
        return View(folded, (0,), (start,))
    apart = _CELLS.search(folded) is not None if " - " in folded or " — " in folded else False
    pieces: list[str] = []
    starts: list[int] = []
    origins: list[int] = []
    at = length = 0
    for gap in _SPACE.finditer(folded):
        first, last = gap.span()
        inside = first > 0 and last < len(folded)
        upto = first + _kept(gap[0], folded[first - 1], folded[last]) if inside else first
        if inside and upto > first and folded[first - 1] == "." and "\n" not in gap[0]:
            torn = _TORN.search(folded, max(0, first - 8), first) and _TORN_END.match(folded, last)
            upto = first if torn else upto
        if inside and upto > first and _is_unit(gap[0], folded, first, last):
            upto = first
        if apart and inside and (folded[first - 1] in "-—" or folded[last] in "-—"):
            upto = first + 1
        if upto > at:
            pieces.append(folded[at:upto])
            starts.append(length)
            origins.append(start + at)
            length += upto - at
        at = last
    if at < len(folded):
        pieces.append(folded[at:])
        starts.append(length)
        origins.append(start + at)
    if not pieces:
        return View("", (0,), (start,))
    return View("".join(pieces), tuple(starts), tuple(origins))


@lru_cache(maxsize=4096)
def view_of(text: str) -> View:
    """Return the view of a text that stands by itself, such as a cell's or a line's."""
    return _view(fold(text), 0)
