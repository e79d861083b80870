"""Find every numeral in a view and say what it is: a quantity, a known non-fact, or not understood.

``scan`` goes from left to right. At each numeral the patterns of refusals.toml are tried, then those of
quantities.toml, in the order of the files; what neither knows is kept, so that nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import regex

from parsers.figures.quantities import HANZI, read_quantity
from parsers.model import Quantity
from parsers.view import View
from patterns import Matcher, Pattern, catalogue, matcher

_NUMERAL = re.compile(r"[\d零〇一二两三四五六七八九十百千万亿半]")
PLAIN = re.compile(
    r"(?<![¥￥ ])\d[\d,.]*+[百千万亿]{0,3}+(?![ \d点零〇一二两三四五六七八九十百千万亿余多几来/成折])"
    r"(?!分之|个[亿、和及]|元\d|[^。;:、\n\t()]{0,4}(?:\(不?含\))?[-—–~～−至到])"
)
"""18.5万元, 98%以上: what goes on so plainly is no range, fraction or share, whose patterns stand before ``SINGLE``."""
SINGLE = "quantity.single"
_BARE = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)*")


class Mark(NamedTuple):
    """A numeral of the view from ``start`` to before ``end``.

    ``what`` is "quantity", the class of a refusal (date, list_marker, …) or "unread"; ``pattern`` says who decided.
    """

    start: int
    end: int
    what: str
    pattern: str
    quantity: Quantity | None = None
    role: str = ""
    """A role that the pattern itself settles, else empty."""


@lru_cache(maxsize=1024)
def scan(view: View) -> tuple[Mark, ...]:
    """Return the marks of all numerals of ``view``, left to right, never overlapping.

    The last are remembered: a cell is asked what it is before it is read.
    """
    return tuple(_scan(view))


def _scan(view: View) -> Iterator[Mark]:
    text = view.text
    at = 0
    while (found := _NUMERAL.search(text, at)) is not None:
        start = found.start()
        mark = _refused(text, start) or _measured(view, start, at)
        if mark is None and text[start] not in HANZI:
            bare = _BARE.match(text, start)
            mark = Mark(start, bare.end() if bare else start + 1, "unread", "")
        if mark is None:
            at = start + 1
            continue
        yield mark
        at = mark.end


@cache
def _matcher(name: str, hanzi: bool) -> Matcher:
    """Return the patterns that may match at a numeral, by what it begins with: a digit, or none."""
    return matcher(name, "", r"\D" if hanzi else r"\d")


def _refused(text: str, start: int) -> Mark | None:
    found = _matcher("refusals", text[start] in HANZI).match(text, start)
    if found is None:
        return None
    pattern, match = found
    if pattern.field == "measured":
        return None
    return Mark(start, match.end(), pattern.field, pattern.id)


@cache
def _pattern(name: str) -> Pattern:
    return next(pattern for pattern in catalogue("quantities") if pattern.id == name)


def _single(text: str, start: int) -> tuple[Pattern, regex.Match[str]] | None:
    """Return the match of one number with its unit: most figures are no more, and need no other pattern."""
    pattern = _pattern(SINGLE)
    found = pattern.regex.match(text, start)
    return (pattern, found) if found is not None else None


def _matches(text: str, start: int) -> Iterator[tuple[Pattern, regex.Match[str]]]:
    """Yield the patterns of quantities that match ``text`` at ``start``, in the file's order, with their matches."""
    joined = _matcher("quantities", text[start] in HANZI)
    first = (_single(text, start) if PLAIN.match(text, start) else None) or joined.match(text, start)
    if first is None:
        return
    yield first
    for pattern in joined.after(first[0])[1:]:
        match = pattern.regex.match(text, start)
        if match is not None:
            yield pattern, match


def _measured(view: View, start: int, before: int) -> Mark | None:
    """Return the quantity at ``start``; ``before`` is where the numeral before it ends."""
    for pattern, found in _matches(view.text, start):
        quantity = read_quantity(view, found, pattern)
        if quantity is None:
            continue
        begin = start
        if _signed(view.text, start, before) and quantity.value is not None and quantity.kind in ("amount", "rate"):
            begin = start - 1
            quantity = quantity._replace(span=view.span(begin, found.end()), value=-quantity.value)
        return Mark(begin, found.end(), "quantity", pattern.id, quantity, pattern.set.get("role", ""))
    return None


def _signed(text: str, start: int, before: int) -> bool:
    """Tell whether a minus stands before the number, and not a dash between two; the one before ends at ``before``."""
    if start == 0 or text[start - 1] not in "-−" or 0 < before == start - 1:
        return False
    return start == 1 or not (text[start - 2].isascii() and (text[start - 2].isalnum() or text[start - 2] in ")%"))
