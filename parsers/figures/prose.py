"""Facts of prose: every figure of a paragraph, found, named, judged and related."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extract.document import Document, Span
from parsers.figures.clauses import Around, arounds, titles, within
from parsers.figures.dealing import dealt, dealt_periods
from parsers.figures.naming import Memory, Name, name_figure
from parsers.figures.periods import dated, headed_year, period_of
from parsers.figures.scan import Mark, scan
from parsers.figures.series import bounds_of, pers_of, roles_of
from parsers.model import Bound, Fact, Role, Source
from parsers.view import View, make_view
from patterns import cue

LEAST_PROJECT = 6
"""A shorter name of a project may be any words."""
_RUN_IN = re.compile(
    r"(?:^|[。;\n])(?:第?[一二三四五六七八九十]+是|第[一二三四五六七八九十]+,|\(?\d{1,2}[)、.](?=[^。]{4,60}\([款项]\)(?:\(\d{3,9}\))?。))"
    r"([^,。;:\d]{2,60}?)(?=(?:\(\d{3,9}\))?。)"
)
"""一是学前教育。 or 1.教育支出(类)小学教育(项)(2050202)。: a short sentence that names what the next ones are about."""
_ITEM = cue("naming", "naming.cue.item")
_BROKEN_DOWN = cue("naming", "naming.cue.broken-down")


_ROW_NUMBER = re.compile(r"[\s|]*\d{1,3}[\s|]*")


class Context(NamedTuple):
    """What stands above a paragraph: the report's year, project and headings, and where it was read."""

    year: str = ""
    project: str = ""
    headings: tuple[str, ...] = ()
    section_index: int | None = None
    headers: tuple[str, ...] = ()
    """The headers of a table's cell: they speak for its figures as headings do."""
    source: Source = "text"
    cell: str = ""


class Reading(NamedTuple):
    """The facts of a stretch of text, and all its numerals for the account of what was read."""

    facts: tuple[Fact, ...]
    marks: tuple[Mark, ...]
    view: View


def read_prose(document: Document, view: View, context: Context) -> Reading:
    """Read the figures of ``view``."""
    text = view.text
    marks = scan(view)
    if not marks:
        return Reading((), (), view)
    named = titles(text)
    if named:
        marks = tuple(_as_name(mark) if within(named, mark.start) else mark for mark in marks)
    if len(context.project) >= LEAST_PROJECT and context.project in text:
        marks = tuple(_as_name(mark) if _in_project(text, mark, context.project) else mark for mark in marks)
    surroundings = arounds(view, marks)
    if not surroundings:
        return Reading((), marks, view)
    dates = dated(text, marks, context.year)
    extents = [(mark.start, mark.end) for mark in marks if mark.what in ("date", "list_marker")]
    figures = [mark for mark in marks if mark.what == "quantity"]
    names = _names(text, surroundings, extents)
    above = (*context.headings, *context.headers)
    roles = roles_of(text, surroundings, above, context.year)
    bounds = bounds_of(text, surroundings)
    pers = pers_of(text, surroundings)
    periods = dealt_periods(
        text,
        surroundings,
        dates,
        [
            period_of(text, around, dates, figures, near=role != "actual")
            for around, role in zip(surroundings, roles, strict=True)
        ],
    )
    periods = tuple(
        period or headed_year(text, around, above, context.year)
        for period, around in zip(periods, surroundings, strict=True)
    )
    sentences = {extent: _closed(document, view.span(*extent)) for extent in {one.sentence for one in surroundings}}
    facts = []
    for index, around in enumerate(surroundings):
        said = _Said(names[index], roles[index], bounds[index], periods[index], pers[index], sentences[around.sentence])
        facts.append(_fact(document, around, said, context))
    return Reading(tuple(facts), marks, view)


def left_over(document: Document, span: Span, *, numbered: bool = False) -> Reading:
    """Return the account of ``span``, whose figures found no place in a table: what is a figure there stays unread.

    A small whole number alone is a row's, where the rows are ``numbered``.
    """
    view = make_view(document.text, span.start, span.end)
    marks = scan(view)
    if numbered and len(marks) == 1 and _ROW_NUMBER.fullmatch(view.text):
        return Reading((), (marks[0]._replace(what="list_marker", pattern="", role="", quantity=None),), view)
    return Reading((), tuple(_as_unread(mark) if mark.what == "quantity" else mark for mark in marks), view)


def _as_unread(mark: Mark) -> Mark:
    return mark._replace(what="unread", pattern="", role="", quantity=None)


def _as_name(mark: Mark) -> Mark:
    return mark._replace(what="name", pattern="refuse.title", quantity=None)


def _in_project(text: str, mark: Mark, project: str) -> bool:
    """Tell whether a numeral is a part of the project's own name (2021年城乡医疗救助补助资金)."""
    if mark.what not in ("date", "document_number", "quantity", "unread"):
        return False
    at = text.rfind(project, max(0, mark.start - len(project)), mark.end + len(project))
    return at >= 0 and at <= mark.start and mark.end <= at + len(project)


def _names(text: str, surroundings: Sequence[Around], extents: Sequence[tuple[int, int]]) -> tuple[Name, ...]:
    names: list[Name] = []
    memory = Memory()
    sentence = -1
    previous: Around | None = None
    items = [(found.end(), found["name"] or "") for found in _ITEM.finditer(text)]
    for around in surroundings:
        if around.sentence[0] != sentence:
            heads = _RUN_IN.findall(text, max(sentence, 0), around.sentence[0])
            whole = memory.head or memory.name if _BROKEN_DOWN.match(text, around.sentence[0]) else ""
            topic = heads[-1] if heads else memory.topic
            memory = Memory(topic=topic, item=memory.item, seen=around.sentence[0], name=whole)
            sentence = around.sentence[0]
        while items and items[0][0] <= around.mark.start:
            memory.item = memory.name = items.pop(0)[1]
        names.append(name_figure(text, around, previous, extents, memory))
        previous = around
    return dealt(text, surroundings, names)


class _Said(NamedTuple):
    """What the words around a figure say of it."""

    name: Name
    role: Role
    bound: Bound
    period: str
    per: str
    sentence: str


def _fact(document: Document, around: Around, said: _Said, context: Context) -> Fact:
    quantity = around.quantity
    span = quantity.span
    place = document.place_at(span.start)
    return Fact(
        span=span,
        quote=document.text[span.start : span.end],
        kind=quantity.kind,
        unit=quantity.unit,
        value=quantity.value,
        low=quantity.low,
        high=quantity.high,
        per=said.per,
        bound=said.bound,
        role=said.role,
        metric=said.name.metric,
        subject=said.name.subject,
        scope=said.name.scope,
        section=" > ".join(context.headings),
        section_index=context.section_index,
        period=said.period,
        year=context.year,
        sentence=said.sentence,
        source=context.source,
        unit_from="text",
        decimals=quantity.decimals,
        scale=quantity.scale,
        pattern=quantity.pattern,
        page=place.page if place else None,
        bbox=place.bbox if place else None,
        cell=context.cell,
        ocr_score=place.ocr_score if place else None,
    )


def _closed(document: Document, sentence: Span) -> str:
    return " ".join(document.text[sentence.start : sentence.end].split())
