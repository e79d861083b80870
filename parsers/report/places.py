"""The place of a report: province, city and county with their code, from its unit, title, file path and text.

A name that several places bear is settled by the other names around it. Where they do not settle it, the codes of all
candidates are given, joined by ``|``: ambiguity is stated, not guessed. A place that the gazetteer does not know keeps
its name and has no code.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import PurePosixPath
from typing import NamedTuple

from parsers.report.gazetteer import Gazetteer, Region, gazetteer
from patterns import cue, table

LONGEST = 16
LEAST_IN_TEXT = 3
"""Shorter names (和县, 成县) are read in units and titles alone: in running text they are mostly other words."""
_END = cue("regions", "region.end")
_FORM = cue("regions", "region.form")
_PARTS = cue("regions", "region.parts")
_SHORT_DISTRICT = cue("regions", "region.short-district")
_HANZI = re.compile(r"[一-龥]*$")
_STRANGER = cue("regions", "region.stranger")
"""A province or city in front of a place; where the gazetteer does not know it, it is not the place's."""
_BELOW = cue("regions", "region.below")
_SHORT = cue("regions", "region.short")


def locate(year: str, names: Sequence[str], file: str, text: str) -> Region:
    """Return the place of a report; ``names`` are its unit and title, the surest first. Empty where nothing says it."""
    known = gazetteer(year)
    near = [region for name in names for region in _named(year, name)] or _provinces(known, names)
    path = _path_regions(year, file)
    around = [*near, *path]
    stated = near or path
    if not stated:
        unknown = next((found for name in names if (found := _unknown(name)).name), None)
        if unknown is not None:
            return unknown
        stated = _most_named(known, text)
    if not stated:
        return Region("")
    level = max(_depth(region) for region in stated)
    first = next(region for region in stated if _depth(region) == level)
    candidates = [region for region in stated if region.name == first.name and _depth(region) == level]
    candidates = _agreeing(candidates, around)
    if len(candidates) > 1:
        named = Counter(mention.name for mention in _mentions(known, text, LEAST_IN_TEXT))
        candidates = _agreeing(candidates, [region for name, _ in named.most_common() for region in known.full[name]])
    below = [region for region in path if _depth(region) > level and any(_within(region, c) for c in candidates)]
    return _joined(below or candidates)


def place_end(text: str, year: str) -> int:
    """Return where the name of a place at the head of ``text`` ends; 0 where none stands there."""
    known = gazetteer(year)
    at = 0
    if _SHORT_DISTRICT.match(text) and _known_at(known, text, 0) == 2:
        return 0
    while (end := _known_at(known, text, at)) > at:
        at = end
    return at or _form_end(text)


def place_known(text: str, year: str) -> bool:
    """Tell whether the name of a place that the gazetteer knows stands at the head of ``text``."""
    return _known_at(gazetteer(year), text, 0) > 0


def _known_at(known: Gazetteer, text: str, start: int) -> int:
    ends = [end for end in range(start + 2, min(start + LONGEST, len(text)) + 1) if text[start:end] in known.full]
    return ends[-1] if ends else start


def _form_end(text: str) -> int:
    """Return where a place ends that no gazetteer knows, by its form alone."""
    found = _FORM.match(text)
    if found is None or found[0].endswith(_no_places()):
        return 0
    return int(found.end())


@cache
def _no_places() -> tuple[str, ...]:
    return tuple(table("regions")["word"]["none"])


class _Mention(NamedTuple):
    name: str
    start: int
    end: int


def _mentions(known: Gazetteer, text: str, least: int = 2) -> Iterator[_Mention]:
    """Yield the full names of regions in ``text`` in order, the longest where several end at one place.

    What is but the end of a longer name is none: 宁县 in 安宁县.
    """
    last = 0
    for ending in _END.finditer(text):
        end = ending.end()
        starts = (s for s in range(max(last, end - LONGEST), end - least + 1) if text[s:end] in known.full)
        start = next((s for s in starts if _begins(known, text, last, s, end)), None)
        if start is None:
            continue
        if start == last > 0 or not _SHORT_DISTRICT.fullmatch(text[start:end]):
            yield _Mention(text[start:end], start, end)
            last = end


def _begins(known: Gazetteer, text: str, last: int, start: int, end: int) -> bool:
    """Tell whether a name begins at ``start``: behind no Hanzi, another place, a word, or enough of them for words."""
    found = _HANZI.search(text, last, start)
    before = found[0] if found else ""
    if not before or _END.match(before[-1]) or _leads().search(before):
        return True
    above = (*known.short.get(before, ()), *known.short.get(before[-2:], ()))  # 安徽宿州埇桥区
    if any(_meet(one, other) for one in above for other in known.full[text[start:end]]):
        return True
    return end - start > 2 < len(before) and not any(_leads().search(before[:-n]) for n in (1, 2))


@cache
def _leads() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(table('regions')['word']['before'])})$")


@lru_cache(maxsize=512)
def _named(year: str, name: str) -> tuple[Region, ...]:
    return tuple(_deepest(gazetteer(year), name))


def _deepest(known: Gazetteer, name: str) -> list[Region]:
    """Return what the names in a unit or title may mean, those left out that contradict the names before them."""
    groups: list[list[Region]] = []
    end = 0
    for mention in _mentions(known, name):
        between = name[end : mention.start]
        stranger = _STRANGER.search(between)
        if stranger is not None and not stranger[0].endswith(_no_places()):
            continue
        above = [*groups, [r for r in known.short.get(between[-2:], ()) if _depth(r) == 1]]
        agreeing = list(known.full[mention.name])
        for others in filter(None, above):
            agreeing = [c for c in agreeing if any(_meet(c, other) for other in others)]
        if agreeing:
            groups.append(agreeing)
            end = mention.end
    below = _below(groups[-1], name[end:]) if groups else None
    return [below] if below is not None else [region for group in groups for region in group]


def _below(regions: Sequence[Region], rest: str) -> Region | None:
    """Return the city or county that no gazetteer knows, right behind the place that it lies in: 南京市江宁县."""
    above = regions[0]
    found = _BELOW.match(rest)
    if found is None or len(regions) > 1 or above.county or (above.city and found["c"]):
        return None
    named = [text for text in found.groups() if text]
    if not named or any(text.endswith(_no_places()) for text in named):
        return None
    return Region(above.province, above.city or found["c"] or "", found["n"] or "")


def _provinces(known: Gazetteer, names: Sequence[str]) -> list[Region]:
    """Return the province that a name begins with, or says behind its year, by its short name (2023年广东交通投资)."""
    for name in names:
        for start in _SHORT.finditer(name):
            for region in known.short.get(start["name"], known.short.get(start["name"][:2], ())):
                if _depth(region) == 1:
                    return [region]
    return []


def _agreeing(candidates: Sequence[Region], others: Sequence[Region]) -> list[Region]:
    """Return the candidates that lie in, or above, others, the narrowest asked first; one that fits none is skipped."""
    agreeing = list(candidates)
    for other in sorted((o for o in others if o not in candidates), key=_depth, reverse=True):
        agreeing = [c for c in agreeing if _meet(c, other)] or agreeing
    return agreeing


def lies_in(inner: Region, outer: Region) -> bool:
    """Tell whether a region is another or lies in it."""
    return inner == outer or _within(inner, outer)


def _meet(one: Region, other: Region) -> bool:
    return one == other or _within(one, other) or _within(other, one)


def _within(inner: Region, outer: Region) -> bool:
    if inner.province != outer.province:
        return False
    if not outer.city and not outer.county:
        return True
    return bool(inner.city) and inner.city == outer.city and not outer.county


def _depth(region: Region) -> int:
    return 3 if region.county else 2 if region.city else 1


@lru_cache(maxsize=256)
def _path_regions(year: str, file: str) -> tuple[Region, ...]:
    """Return the regions that folders and file name: 皖/宿州市/埇桥区, 安徽/宿州, 埇桥区2021年自评报告.docx."""
    known = gazetteer(year)
    signs = table("regions")["sign"]
    found: list[Region] = []
    for part in PurePosixPath(file.replace("\\", "/")).parts:
        named = [known.full[mention.name] for mention in _mentions(known, part)]
        if not named:
            meant = known.full.get(signs.get(part, "")) or known.short.get(part) or ()
            named = [meant] if meant else []
        for regions in named:
            found.extend(_agreeing(regions, found))
    return tuple(found)


def _unknown(name: str) -> Region:
    """Return the place at the head of a name, as its form tells: 望川县民政局, 清沅市水利局."""
    end = _form_end(name)
    parts = _PARTS.match(name[:end])
    if parts is None:
        return Region("")
    return Region(parts["p"] or "", parts["c"] or "", parts["n"] or "")


def _most_named(known: Gazetteer, text: str) -> list[Region]:
    """Return the county that a text names most, or else the city, where it names one at least twice and most."""
    counts = Counter(mention.name for mention in _mentions(known, text, LEAST_IN_TEXT))
    for level in (3, 2):
        names = [(n, count) for n, count in counts.most_common() if any(_depth(r) == level for r in known.full[n])]
        if names and names[0][1] >= 2 and (len(names) == 1 or names[1][1] < names[0][1]):
            return list(known.full[names[0][0]])
    return []


def _joined(candidates: Sequence[Region]) -> Region:
    """Return the one candidate, or what all have in common with all their codes."""
    first = candidates[0]
    provinces, cities = {c.province for c in candidates}, {(c.province, c.city) for c in candidates}
    return Region(
        first.province if len(provinces) == 1 else "",
        first.city if len(cities) == 1 else "",
        first.county,
        "|".join(sorted({c.code for c in candidates})),
    )
