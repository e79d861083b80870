"""Where one report ends and the next begins, and what its title says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

import regex

from extract.document import Block, Document, Span
from parsers.report.paragraphs import Paragraph, is_numbered
from parsers.view import fold, make_view, view_of
from patterns import Pattern, cue, matcher

_STOPS = re.compile(r"[,。;:!?|>»]")
_YEAR = cue("covers", "cover.cue.year-told")
_DAY_YEAR = cue("covers", "cover.cue.year-any")
_ELSEWHERE = cue("covers", "cover.cue.elsewhere")
_YEAR_LINE = cue("covers", "cover.cue.year-line")
_YEAR_BRACKET = cue("covers", "cover.cue.year-behind")
_PLAN_FIRST = cue("covers", "cover.cue.plan-first")
_CONTENTS = cue("headings", "heading.cue.contents")
_FIRST = re.compile(r"^一[、.,]")
_DATED = cue("covers", "cover.cue.dated-line")
_FORM = cue("covers", "cover.cue.form")
_ANNEX = cue("covers", "cover.cue.annex")
COVER_LINES = 14
"""A title stands so many lines before its cover form or first section, at the most."""
LINES_TO_YEAR = 6
"""The year of a form stands so many lines below its title, at the most: a page's own lines may stand between."""
LINES_TO_TABLE = 4
"""A title stands so many lines before its form, at the most."""
LONGEST = 70
LONGEST_LABEL = 24
LONGEST_NAME = 40
"""No organisation's name is longer, with the place of its seal."""
LONGEST_FIELDS = 90
MOST_FIELDS = 3
"""So many labels with their values stand on one line, at the most."""
LEAST = 6
"""A shorter first line is no title."""
_BY = cue("covers", "cover.cue.by")
_VAGUE = cue("covers", "cover.cue.vague-kind")
_OF = cue("covers", "cover.cue.of")


class Line(NamedTuple):
    """A line outside of tables, or the first row of a table where that is one cell: folded, its gaps one space."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Cover:
    """A report's beginning: its title as printed (empty where it has none), its kind and year."""

    start: int
    title: str = ""
    report_type: str = ""
    year: str = ""
    title_end: int = 0
    """Where the lines of the title end."""
    letterhead: str = ""
    """The organisation that stands above the title."""


def lines_of(document: Document, body: Sequence[Paragraph]) -> tuple[Line, ...]:
    """Return the lines that titles and fields may stand on, in order."""
    spans = [span for paragraph in body for span in paragraph.lines]
    spans.extend(_first_rows(document))
    ordered = (_without_bars(document, span) for span in sorted(spans, key=lambda span: span.start))
    return tuple(Line(_folded(document, span), span) for span in ordered)


def _folded(document: Document, span: Span) -> str:
    """Return a line's text; a space stands where a tab or gap parts its cells, labels of fields and their values."""
    raw = document.text[span.start : span.end]
    if "\t" in raw:
        return " ".join(view_of(piece).text for piece in raw.split("\t") if piece.strip())
    pieces = raw.split(maxsplit=2 * MOST_FIELDS) if len(raw) <= LONGEST_FIELDS else []
    if 0 < len(pieces) <= 2 * MOST_FIELDS and len(pieces) % 2 == 0 and all(map(field_label, map(fold, pieces[::2]))):
        return " ".join(map(fold, pieces))
    return make_view(document.text, span.start, span.end).text


def _without_bars(document: Document, span: Span) -> Span:
    """Return a line without the bars around its one cell, where a table stands on lines with bars."""
    text = document.text[span.start : span.end]
    kept = text.strip("| \t") if "|" in text else ""
    if "|" in kept or not kept:
        return span
    start = span.start + text.index(kept)
    return Span(start, start + len(kept))


def _first_rows(document: Document) -> Iterator[Span]:
    for block in document.blocks:
        top = block.cells[0].row if block.cells else 0
        first = [cell for cell in block.cells if cell.row == top]
        if len(first) == 1 and first[0].colspan == max(cell.col + cell.colspan for cell in block.cells) > 1:
            yield first[0].span


def covers(document: Document, lines: Sequence[Line]) -> tuple[Cover, ...]:
    """Return the covers of the document's reports, in order; one without a title where none is found."""
    tables = document.tables
    found: list[Cover] = []
    begun = 0  # where the title that waits for its body ends; 0 where none waits
    listed = False  # a table of contents has begun below the last title
    for index, line in enumerate(lines):
        listed = listed or (bool(found) and _CONTENTS.match(line.text) is not None)
        if begun and (_FIRST.match(line.text) or any(begun <= t.span.end < line.span.start for t in tables)):
            begun = 0  # its body has begun: a table below it, or the rest of its own
        if begun and _far_below(lines, begun, index) and _letters(line.text) == _letters(found[-1].title):
            begun = 0  # its body was a form, a cell a line
        if begun and not (_is_title(lines, index, tables) and _paged(lines, begun, index)):
            continue
        if not begun and (not _is_title(lines, index, tables) or _is_annex(lines, index, found, tables)):
            continue
        first = index
        while first > 0 and index - first < 2 and _continues(lines[first - 1], lines[first], tables):
            first -= 1
        cover = _titled(document, lines, first, index)
        if begun:  # the first title was the page's: below the page's own lines stands the report's
            if not _tells_less(cover, found[-1]):
                found[-1] = replace(cover, start=found[-1].start)
                begun = cover.title_end
            continue
        begun = cover.title_end
        if listed and _letters(cover.title) == _letters(found[-1].title):
            continue  # the cover's title once more, behind the contents
        found.append(cover)
        listed = False
    found = [replace(found[0], start=0), *found[1:]] if found else [_otherwise(document, lines)]
    return tuple(_with_years(document, found))


def _with_years(document: Document, found: Sequence[Cover]) -> Iterator[Cover]:
    """Yield the covers with the years that their texts tell of most; one that tells of none has that of the one before.

    The year of a day counts where a document tells of no other.
    """
    ends = [*(cover.start for cover in found[1:]), len(document.text)]
    before = ""
    for cover, end in zip(found, ends, strict=True):
        text = document.text[cover.start : end]
        year = cover.year or _common_year(text, _YEAR) or before or _common_year(text, _DAY_YEAR)
        before = year
        yield replace(cover, year=year)


def _far_below(lines: Sequence[Line], begun: int, index: int) -> bool:
    """Tell whether more lines than a cover has stand between a title's end and a line."""
    return index > COVER_LINES and lines[index - COVER_LINES - 1].span.start >= begun


def _paged(lines: Sequence[Line], begun: int, index: int) -> bool:
    """Tell whether a page's own lines (发布时间:…, 来源:…, 【字体:…) and no prose stand between title and line."""
    above = [line.text for line in lines[max(0, index - COVER_LINES) : index] if line.span.start >= begun]
    return any(map(_is_page_line, above)) and not any("。" in text for text in above)


@lru_cache(maxsize=1024)
def _is_page_line(text: str) -> bool:
    return matcher("covers", "page").match(text) is not None


def _tells_less(cover: Cover, page: Cover) -> bool:
    """Tell whether a title below the page's says less: it names neither year nor whose or what, as the page's does."""
    return _is_generic(cover) and not _is_generic(page)


def _is_generic(cover: Cover) -> bool:
    match = title_match(fold(cover.title))
    return match is not None and matcher("covers", "generic").match(match["head"]) is not None


def _letters(title: str) -> str:
    return "".join(title.split())


def _otherwise(document: Document, lines: Sequence[Line]) -> Cover:
    """Return the cover of a document without a title of the usual kinds: what its first line says that it is.

    A line that ends in no more than 情况 is a title where it says whose or when. Below a page's own lines a title names
    who reports, and of which year.
    """
    for index, line in enumerate(lines[:COVER_LINES]):
        text = line.text
        alone = index + 1 >= len(lines) and line.span not in set(_first_rows(document))
        if alone or _FIRST.match(text):
            break
        match = genre_match(text) if LEAST <= len(text) <= LONGEST and not is_numbered(text) else None
        if match is None or text.startswith("附"):
            continue
        told = _OF.search(match["head"]) or not _VAGUE.search(match["type"])
        if told and (index < 2 or _BY.search(match["head"])):
            return replace(_titled(document, lines, index, index), start=0, report_type=match["type"])
    return _run_on(document, lines)


def _run_on(document: Document, lines: Sequence[Line]) -> Cover:
    """Return the cover of a document whose title runs into its text, without a line end between them."""
    line = lines[0] if lines else None
    match = matcher("covers", "run-on").match(line.text) if line is not None and len(line.text) > LONGEST else None
    if line is None or match is None:
        return Cover(0)
    place = make_view(document.text, line.span.start, line.span.end).span(*match[1].span("title"))
    title = "".join(document.text[place.start : place.end].split())
    return Cover(0, title, type_of(fold(title)), _title_year(title), place.end)


def genre_match(text: str) -> regex.Match[str] | None:
    """Match the title of a report of another kind: groups head and type; None where ``text`` is none."""
    return next((m for p in matcher("covers", "genre").patterns if (m := p.regex.match(text))), None)


def _is_title(lines: Sequence[Line], index: int, tables: Sequence[Block]) -> bool:
    text = lines[index].text
    if len(text) > LONGEST or is_numbered(text) or title_match(text) is None:
        return False
    if matcher("covers", "caption").match(text) is not None:
        return False
    after = lines[index + 1 : index + 1 + COVER_LINES]
    if index < COVER_LINES or any(_FIRST.match(line.text) or _has_field(line.text) for line in after):
        return True
    if any(field_label(line.text) is not None for line in after[:LINES_TO_TABLE]):  # of a form, a cell a line
        return True
    return _form_below(lines, index, tables) is not None


def _has_field(text: str) -> bool:
    return ":" in text and matcher("covers", "cover").match(text) is not None


def _form_below(lines: Sequence[Line], index: int, tables: Sequence[Block]) -> Block | None:
    """Return the table that begins a few lines below a title, or whose first row the title is."""
    near = lines[min(index + LINES_TO_TABLE, len(lines) - 1)].span
    last = near.end if index + LINES_TO_TABLE < len(lines) else near.end + 2
    return next((table for table in tables if lines[index].span.start <= table.span.start <= last), None)


def _is_annex(lines: Sequence[Line], index: int, found: Sequence[Cover], tables: Sequence[Block]) -> bool:
    """Tell whether a form's title begins an annex of the report before: of its project, or of none that it names."""
    if not found or not _FORM.search(lines[index].text) or _FORM.search(found[-1].title):
        return False
    table = _form_below(lines, index, tables)
    named = _project_cell(table) if table is not None else ""
    return not named or named in found[-1].title or any(named in line.text for line in lines[:index])


def _project_cell(table: Block) -> str:
    label = next((i for i, cell in enumerate(table.cells) if "".join(cell.text.split()) == "项目名称"), None)
    if label is None or label + 1 >= len(table.cells):
        return ""
    cell = table.cells[label + 1]
    return view_of(cell.text).text if cell.row == table.cells[label].row else ""


def title_match(text: str) -> regex.Match[str] | None:
    """Match the last line of a title: groups head and type; None where ``text`` is no title."""
    return next((m for p in matcher("covers", "title").patterns if (m := p.regex.match(text))), None)


def type_of(title: str) -> str:
    """Return the kind of report that a title names (绩效自评报告), without a year in brackets; empty for none."""
    match = title_match(title)
    return str(_YEAR_BRACKET.sub("", match["type"])) if match else ""


@lru_cache(maxsize=4096)
def field_label(text: str) -> Pattern | None:
    """Return the pattern of a cell that is the label of a field (项目名称, 主管部门) and nothing else."""
    if not 2 <= len(text) <= LONGEST_LABEL:
        return None
    fields = matcher("covers", "cover")
    if fields.match(text) is None:
        return None
    return next((p for p in fields.patterns if (found := p.regex.match(text)) and found["label"] == text), None)


@lru_cache(maxsize=2048)
def is_organisation(text: str) -> bool:
    """Tell whether ``text`` is the name of an organisation and nothing else."""
    return len(text) <= LONGEST_NAME and matcher("covers", "organisation").match(text) is not None


def _continues(before: Line, line: Line, tables: Sequence[Block]) -> bool:
    """Tell whether the line ``before`` is the first part of the title that ends in ``line``."""
    above = before.text
    if not 4 <= len(above) <= 40 or _STOPS.search(above) or is_numbered(above):
        return False
    if is_organisation(above) or _ANNEX.match(above) or _DATED.match(above):
        return False
    if any(before.span.start < t.span.start < line.span.start or _rest_between(before, t, line) for t in tables):
        return False
    head = title_match(line.text)
    return head is None or len(head["head"]) < 12


def _rest_between(before: Line, table: Block, line: Line) -> bool:
    """Tell whether ``before`` is the first row of a table whose rest stands between it and ``line``."""
    return table.span.start <= before.span.start and before.span.end < table.span.end <= line.span.start


def _titled(document: Document, lines: Sequence[Line], first: int, last: int) -> Cover:
    title = "".join("".join(document.text[line.span.start : line.span.end].split()) for line in lines[first : last + 1])
    end = lines[last].span.end
    if last + 1 < len(lines) and lines[last + 1].text == "摘要":
        title += "" if _is_preface(lines, last + 1) else "摘要"
        end = lines[last + 1].span.end
    below = [line.text for line in lines[last + 1 : last + 1 + LINES_TO_YEAR] if _YEAR_LINE.match(line.text)]
    below = below or list(_years_in_rows(_form_below(lines, last, document.tables)))
    near = [line.text for line in lines[first : last + 1]] + below
    labelled = (matcher("covers", "year-label").match(line.text) for line in lines[last + 1 : last + 1 + COVER_LINES])
    before = [line.text for line in lines[max(0, first - 2) : first]]
    return Cover(
        start=lines[first].span.start,
        title=title,
        report_type=type_of(lines[last].text),
        year=next((found for text in near if (found := _title_year(text))), "")
        or next((str(found[1]["year"]) for found in labelled if found is not None), ""),
        title_end=end,
        letterhead=next((text for text in before if is_organisation(text)), ""),
    )


def _years_in_rows(table: Block | None) -> Iterator[str]:
    """Yield the years that stand alone in the first rows of a form: （2025年度）."""
    cells = [cell for cell in table.cells if cell.row < LINES_TO_YEAR and cell.text.strip()] if table else []
    rows = Counter(cell.row for cell in cells)
    alone = (view_of(cell.text).text for cell in cells if rows[cell.row] == 1)
    yield from (text for text in alone if _YEAR_LINE.match(text))


def _is_preface(lines: Sequence[Line], at: int) -> bool:
    """Tell whether the abstract that begins at a line is prose before a report's first section."""
    if at + 1 >= len(lines) or is_numbered(lines[at + 1].text):
        return False
    return any(_FIRST.match(line.text) for line in lines[at + 2 :])


def _title_year(text: str) -> str:
    text = _PLAN_FIRST.split(text)[-1]
    for pattern in matcher("covers", "year").patterns:
        if found := pattern.regex.search(text):
            return str(found["year"])
    return ""


def _common_year(text: str, pattern: regex.Pattern[str]) -> str:
    years = Counter(pattern.findall("".join(_ELSEWHERE.sub("", text).split())))
    return max(years, key=lambda year: (years[year], year)) if years else ""
