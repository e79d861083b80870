"""Page numbers, running heads and running feet: found over all pages, taken out of the text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from extract.layout import Line, PageContent, typical_em

BAND = 0.12
"""Share of the page's height, at the top and at the bottom, in which margins are looked for."""

OUTER = 0.075
"""Share of the page's height in which there is hardly ever text of the body."""

NEAR = 8.0
"""A running head keeps its height within so many points."""

_DASH = r"[-—–－―一_~～·•.|\s]"
_SHAPED = re.compile(
    rf"""(?:
        {_DASH}*[-—–－―一_~～·•|]\s*\d{{1,4}}\s*[-—–－―一_~～·•|]{_DASH}*      # — 3 —
      | 第\s*(?:\d{{1,4}}|[一二三四五六七八九十百]{{1,5}})\s*[页頁]
        (?:\s*[,，、/／（(]?\s*共\s*(?:\d{{1,4}}|[一二三四五六七八九十百]{{1,5}})\s*[页頁]\s*[)）]?)?
      | \d{{1,4}}\s*[/／]\s*\d{{1,4}}(?:\s*[页頁])?
      | [Pp]age\s*\d{{1,4}}(?:\s*(?:of|/)\s*\d{{1,4}})?
      | [Pp]\.?\s*\d{{1,4}}
    )""",
    re.VERBOSE,
)
_BARE = re.compile(r"[-—–－·.\s]*(\d{1,4}|[ivxIVX]{1,6})[-—–－·.\s]*")


def _edges(page: PageContent) -> tuple[list[int], list[int]]:
    """Return the indices of the lines in the top band (downwards) and in the bottom band (upwards)."""
    top = page.height * BAND
    bottom = page.height - top
    order = sorted(range(len(page.lines)), key=lambda index: page.lines[index].middle)
    heads = [index for index in order if page.lines[index].middle < top]
    feet = [index for index in reversed(order) if page.lines[index].middle > bottom]
    return heads[:3], feet[:3]


def _outside_tables(page: PageContent, line: Line) -> bool:
    return all(line.bottom <= grid.ys[0] + 2 or line.top >= grid.ys[-1] - 2 for grid in page.grids)


def _page_number(text: str, page: int, offsets: set[int]) -> bool:
    """Tell whether ``text`` is a page number: by its shape, or a bare number that counts along with the pages."""
    text = text.strip()
    if _SHAPED.fullmatch(text):
        return True
    bare = _BARE.fullmatch(text)
    if bare is None:
        return False
    return not bare.group(1).isdigit() or page - int(bare.group(1)) in offsets


def _offsets(pages: Sequence[PageContent], edges: Sequence[tuple[list[int], list[int]]]) -> set[int]:
    """Return the differences between page and bare number that two pages share (an only page is page 1)."""
    seen: dict[int, set[int]] = defaultdict(set)
    for page, (heads, feet) in zip(pages, edges, strict=True):
        for index in heads[:1] + feet[:1]:
            bare = _BARE.fullmatch(page.lines[index].text.strip())
            if bare and bare.group(1).isdigit():
                seen[page.number - int(bare.group(1))].add(page.number)
    if len({page.number for page in pages}) == 1:
        return {0} & seen.keys()
    return {offset for offset, numbers in seen.items() if len(numbers) >= 2}


def _key(edge: str, line: Line) -> tuple[str, str]:
    return (edge, re.sub(r"\d+", "0", re.sub(r"\s+", "", line.text)))


def _repeated(
    pages: Sequence[PageContent], edges: Sequence[tuple[list[int], list[int]]]
) -> dict[tuple[str, str], float]:
    """Return the (edge, text) that recur often enough for a running head or foot, with the height they stand at.

    They are set smaller than the body, or no larger and close to the sheet's edge: a title that heads every page of a
    series of forms is larger and stands lower, and stays.
    """
    body = typical_em([line for page in pages for line in page.lines])
    seen: dict[tuple[str, str], list[tuple[int, float]]] = defaultdict(list)
    for page, (heads, feet) in zip(pages, edges, strict=True):
        for edge, indices in (("head", heads), ("foot", feet)):
            for index in indices:
                line = page.lines[index]
                outer = min(line.middle, page.height - line.middle) < OUTER * page.height
                if line.em < (1.05 if outer else 0.95) * body and not _BARE.fullmatch(line.text):
                    seen[_key(edge, line)].append((page.number, line.middle))
    found = {}
    enough = min(3, max(2, len({page.number for page in pages})))
    for key, places in seen.items():
        usual = median(height for _, height in places)
        numbers = {number for number, height in places if abs(height - usual) < NEAR}
        if len(numbers) >= enough and len(numbers) >= 0.4 * (max(numbers) - min(numbers) + 1):
            found[key] = usual
    return found


def split_margins(pages: Sequence[PageContent]) -> tuple[list[PageContent], list[tuple[int, str, Line]]]:
    """Return the pages without their margins, and the margins as (index into ``pages``, "head" or "foot", line)."""
    edges = [_edges(page) for page in pages]
    offsets = _offsets(pages, edges)
    repeated = _repeated(pages, edges)
    bodies: list[PageContent] = []
    margins: list[tuple[int, str, Line]] = []
    for at, (page, (heads, feet)) in enumerate(zip(pages, edges, strict=True)):
        taken: dict[int, str] = {}
        for edge, indices in (("head", heads), ("foot", feet)):
            for index in indices:
                line = page.lines[index]
                if not _outside_tables(page, line):
                    break
                number = _page_number(line.text, page.number, offsets)
                usual = repeated.get(_key(edge, line))
                if not number and (usual is None or abs(line.middle - usual) >= NEAR):
                    if edge == "foot":
                        break  # what stands above the last line of text is text
                    continue
                taken[index] = edge
        margins += [(at, taken[index], page.lines[index]) for index in sorted(taken)]
        if taken:
            kept = tuple(line for index, line in enumerate(page.lines) if index not in taken)
            page = replace(page, lines=kept)
        bodies.append(page)
    return bodies, margins
