"""The score tree: indicators with full and given marks, from statements in prose and from the blocks of forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

import regex

from extract.document import Block, Document
from parsers.model import Score, Section
from parsers.tables.form_scores import Node, form_scores
from parsers.view import View, fold, make_view
from patterns import Pattern, cue, matcher

_THIS = cue("scores", "mark.cue.this")
_TAIL = cue("scores", "mark.cue.told-of")
_ARABIC = re.compile(r"\d+")
_HANZI = re.compile(r"[一二三四五六七八九十]+")
_NUMBER = regex.compile(r"[(（]?(?:[一二三四五六七八九十]+|\d{1,2}(?:\.\d{1,2}){0,3})[)）、.．]{0,2}")
_PART = cue("scores", "mark.cue.of-part")
FARTHEST = 1500
"""So many characters after a name its award is looked for."""
_LEVELS = "一二三四"


def scores(
    document: Document, views: Iterable[View], tables: Sequence[Block], sections: Sequence[Section]
) -> tuple[Score, ...]:
    """Return the nodes of the score tree in the order in which they stand; ``views`` are those of the prose."""
    kept = [view for view in views if "分" in view.text]
    stated = [node for view in kept for node in _statements(view)]
    nodes = _placed(document, _awarded(document, stated, sections), sections)
    for before, table in zip((None, *tables), tables, strict=False):
        nodes.extend(form_scores(table, before))
    if not stated:
        nodes = _filled(nodes, [node for view in kept for node in _listed(view)])
    return tuple(node.score for node in sorted(nodes, key=lambda node: node.start))


def _patterns(field: str) -> Sequence[Pattern]:
    return matcher("scores", field).patterns


def is_whole(name: str) -> bool:
    """Tell whether a name is a word for the whole mark (总分, 自评得分), which no indicator is called."""
    return any(pattern.regex.search(name) for pattern in _patterns("total"))


def is_top(score: Score) -> bool:
    """Tell whether marks are the whole's; 合计 over the budgets of a form has a target and a result, and is none."""
    return is_whole(score.path[-1]) and not (score.target or score.actual)


# Prose


@lru_cache(maxsize=1024)
def _matches(text: str) -> tuple[regex.Match[str], ...]:
    stated = matcher("scores", "statement")
    if not stated.may_be_in(text):
        return ()
    return tuple(match for pattern in stated.patterns for match in pattern.found_in(text))


def _statements(view: View) -> list[Node]:
    """Return the statements of marks in a view; where two patterns meet, the first in the file's order counts."""
    taken: list[tuple[int, int]] = []
    found: list[Node] = []
    for match in _matches(view.text):
        start, end = match.span()
        if any(start < b and a < end for a, b in taken):
            continue
        name = match["name"].strip("“”")
        if is_whole(name) or _beyond(match):
            continue
        taken.append((start, end))
        score = Score((name,), full=Decimal(match["full"]), awarded=_marks(match["awarded"]))
        found.append(Node(view.origin(match.start("name")), view.origin(end - 1) + 1, score))
    return _levelled(view, sorted(found, key=lambda node: node.start))


def _beyond(match: regex.Match[str]) -> bool:
    """Tell whether more stands before a stroke than behind it: no marks then (24.5/20)."""
    return bool(match.groupdict().get("stroke")) and Decimal(match["awarded"]) > Decimal(match["full"])


def stated_spans(view: View) -> tuple[tuple[int, int], ...]:
    """Return where in a view marks of single indicators are stated: no mark there is the whole report's."""
    return tuple(match.span() for match in _matches(view.text) if not is_whole(match["name"].strip("“”")))


def _levelled(view: View, found: list[Node]) -> list[Node]:
    """Give level and name to the statement of a paragraph that names one indicator with its level."""
    named = [match for pattern in _patterns("level") for match in pattern.found_in(view.text)]
    if len(named) != 1 or len(found) != 1:
        return found
    name = named[0]["name"]
    return [replace(found[0], score=replace(found[0].score, path=(name,)), level=_LEVELS.index(named[0]["level"]) + 1)]


def _listed(view: View) -> Iterator[Node]:
    """Yield marks given to several indicators without their full marks."""
    for pattern in _patterns("list"):
        for match in pattern.found_in(view.text):
            names = zip(match.captures("name"), match.captures("awarded"), match.starts("name"), strict=True)
            for name, awarded, start in names:
                if not is_whole(name):
                    at = view.origin(start)
                    yield Node(at, at + 1, Score((name,), awarded=Decimal(awarded)))


def _filled(nodes: list[Node], listed: Sequence[Node]) -> list[Node]:
    """Put marks that a list gives to the nodes of their name that have none; add those that no node is called."""
    for given in listed:
        name = given.score.path[0]
        same = [index for index, node in enumerate(nodes) if node.score.path[-1] == name]
        if not same:
            nodes.append(given)
        elif nodes[same[0]].score.awarded is None:
            node = nodes[same[0]]
            nodes[same[0]] = replace(node, score=replace(node.score, awarded=given.score.awarded))
    return nodes


def _marks(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None


def _awarded(document: Document, nodes: list[Node], sections: Sequence[Section]) -> list[Node]:
    """Give each node without an award the one that is stated after it, before the next node."""
    done = []
    for node, following in zip(nodes, [*nodes[1:], None][: len(nodes)], strict=True):
        if node.score.awarded is None:
            section = _section(sections, node.start)
            limit = sections[section].span.end if section is not None else len(document.text)
            end = min(limit, node.end + FARTHEST, following.start if following else limit)
            given = _given(document, node.end, end)
            if given is not None and (node.score.full is None or given <= node.score.full):
                node = replace(node, score=replace(node.score, awarded=given))
        done.append(node)
    return done


def _given(document: Document, start: int, end: int) -> Decimal | None:
    """Return the mark that a stretch gives: the first, or the whole's where parts have theirs (得5分;…得4分)."""
    text = make_view(document.text, start, max(start, end)).text
    found = [match for pattern in _patterns("given") for match in pattern.regex.finditer(text)]
    parts = [match for match in found if _PART.match(match[0])]
    if len(parts) > 1 and found[0] is parts[0]:
        found = [match for match in found if match not in parts]
    return Decimal(found[0]["awarded"]) if found else None


def _section(sections: Sequence[Section], offset: int) -> int | None:
    inner = [i for i, section in enumerate(sections) if section.span.start <= offset < section.span.end]
    return inner[-1] if inner else None


def _placed(document: Document, nodes: Sequence[Node], sections: Sequence[Section]) -> list[Node]:
    """Give each node its path: the nodes of the headings above it, or those of the levels that the text names."""
    headed: dict[int, str] = {}
    for node in nodes:
        for index, section in enumerate(sections):
            if section.heading.start <= node.start < section.heading.end:
                headed[index] = _called(node, sections, index)
    names: list[str] = []
    placed = []
    for node in nodes:
        if node.level:
            del names[node.level - 1 :]
            names.append(node.score.path[0])
            placed.append(replace(node, score=replace(node.score, path=tuple(names))))
            continue
        at = _section(sections, node.start)
        name = _called(node, sections, at)
        own = at is not None and sections[at].heading.start <= node.start < sections[at].heading.end
        if at is not None and (own or name != node.score.path[0]):
            at = sections[at].parent
        above = [headed[index] for index in _above(document, node, sections, at) if index in headed]
        placed.append(replace(node, score=replace(node.score, path=(*above, name))))
    return placed


def _called(node: Node, sections: Sequence[Section], at: int | None) -> str:
    """Return the name of a node: that of its section where the text only points at it (该指标满分10分)."""
    name = node.score.path[0]
    return _TAIL.sub("", sections[at].title) or name if at is not None and _THIS.match(name) else name


def _above(document: Document, node: Node, sections: Sequence[Section], at: int | None) -> list[int]:
    """Return the sections that a node belongs to, the outermost first; none whose number is of the node's own kind.

    The last items of a numbered list may be no headings (3、项目产出…): they stand beside the headings 1、 and 2、.
    """
    chain: list[int] = []
    while at is not None:
        chain.append(at)
        at = sections[at].parent
    line = document.text.rfind("\n", 0, node.start) + 1
    marker = _kind(document.text[line : node.start])
    chain.reverse()
    same = next(
        (place for place, index in enumerate(chain) if marker and _kind(sections[index].number) == marker), None
    )
    return chain[:same]


def _kind(number: str) -> str:
    """Return the kind of a printed number, its figures left out: 3、 and 12、 are of one kind; empty for no number."""
    found = _NUMBER.fullmatch(number.strip())
    if found is None:
        return ""
    return _ARABIC.sub("1", _HANZI.sub("一", fold(found[0])))
