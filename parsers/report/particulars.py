"""What a report says of itself: unit, project, fund, people, dates, score and grade.

A field is what its label says, on a line, in a cell or in the next; where labels leave it open, the title, the
signature and the text are asked. What stands in the wrong field stays there: nothing is corrected.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

import regex

from extract.document import Block, Cell
from parsers.figures.dates import read_date
from parsers.model import Score
from parsers.report.conclusions import grade, self_score
from parsers.report.covers import COVER_LINES, Cover, Line, field_label, is_organisation, title_match, type_of
from parsers.report.paragraphs import is_numbered
from parsers.report.places import lies_in, locate, place_end, place_known
from parsers.tables.forms import clean
from parsers.tables.head_rows import is_head_row
from parsers.view import View, fold, view_of
from patterns import Pattern, catalogue, cue, matcher

LONGEST_LINE = 90
"""A longer line is prose, not fields."""
LONGEST_VALUE = 80
LONGEST_HEAD = 40
"""A line's first label ends before this."""
SEVERAL = 3
"""Several units that share in a project rank so much behind one."""
LAST_LINES = 8
"""A signature stands so many lines before the end, at the most."""
_SEALED = cue("covers", "cover.cue.sealed")
_DATE_LINE = cue("covers", "cover.cue.date-line")
_COVER_DATE = cue("covers", "cover.cue.cover-date")
_ASIDES = re.compile(r"《[^《》]{0,200}》|\([^()]*\)")
_FIELD = re.compile(r"[^。:]{0,4}:")
_SEAL = cue("covers", "cover.cue.seal-first")
_BLANK = cue("covers", "cover.cue.blank")
_OTHER_LABEL = re.compile(r"[一-龥()]{2,10}:")
_TRAILING = regex.compile(r"[,;、][一-龥]{2,8}:.*$|(?<!\([^()]*)\)$")
_CODE = re.compile(r"^\[\d{2,6}\]|^\d{3,6}[-—]?(?=[一-龥])")
_CODE_BEHIND = re.compile(r"(?<=[一-龥])[\[(]\d{2,6}[\])]$")
_MANY = cue("covers", "cover.cue.many")
_SYSTEM = cue("covers", "cover.cue.system")
_PROJECT_CODE = re.compile(r"^(?=\d\d|[0-9A-Z]{10})[0-9A-Z]{6,}[-—_](?=.{2})")
_NO_VALUE = cue("covers", "cover.cue.no-value")
_PROJECT_WRAP = re.compile(r"[:。,;(]")
_BEFORE_PROJECT = cue("covers", "cover.cue.before-project")
_AFTER_PROJECT = cue("covers", "cover.cue.behind-project")
_OWNED = cue("covers", "cover.cue.owned")
_TITLE_HEAD = re.compile(r"[一-龥()（）]{3,24}+(?:19|20|.)?")
_NAME_END = cue("covers", "cover.cue.name-end")
_FILLER = cue("covers", "cover.cue.form-filler")
_SCORE = cue("covers", "cover.cue.mark")


@dataclass(frozen=True, slots=True)
class Particulars:
    """The fields of a report that its labels, title, signature and text fill; empty where nothing does."""

    title: str = ""
    report_type: str = ""
    organisation: str = ""
    province: str = ""
    city: str = ""
    county: str = ""
    region_code: str = ""
    project: str = ""
    fund: str = ""
    filled_by: str = ""
    phone: str = ""
    fill_date: str = ""
    report_date: str = ""
    self_score: Decimal | None = None
    grade: str = ""


@dataclass(frozen=True, slots=True)
class _Stated:
    """A label's value at its place among all labels."""

    field: str
    rank: int
    value: str


def particulars(
    file: str,
    cover: Cover,
    lines: Sequence[Line],
    tables: Sequence[Block],
    views: Sequence[View],
    scores: Sequence[Score],
) -> Particulars:
    """Return the particulars of the report of ``cover`` from its lines, tables, prose and score tree."""
    stated = [*_lined(lines), *(found for table in tables for found in _celled(table))]
    fields: dict[str, str] = {}
    for item in sorted(stated, key=lambda item: item.rank):
        fields.setdefault(item.field, item.value)
    text = "\n".join(view.text for view in views)
    title = cover.title or fields.get("title", "") or _table_title(tables)
    signed, date = _signature(lines)
    organisation = fields.get("organisation") or cover.letterhead or _title_organisation(title) or signed
    organisation = organisation or _named_organisation(text, title, cover.year)
    names = [organisation, title]
    if not locate(cover.year, names, "", "").name:  # 县一中: the place is that of who is above it
        names += [item.value for item in stated if item.field == "organisation"]
    place = locate(cover.year, names, file, text)
    return Particulars(
        title=title,
        report_type=cover.report_type or type_of(fold(title)),
        organisation=organisation,
        province=place.province,
        city=place.city,
        county=place.county,
        region_code=place.code,
        project=fields.get("project") or _title_project(title, cover.year) or _text_project(text),
        fund=fields.get("fund", ""),
        filled_by=fields.get("filled_by", ""),
        phone=fields.get("phone", ""),
        fill_date=fields.get("fill_date", ""),
        report_date=fields.get("report_date") or date or _cover_date(cover, lines),
        self_score=self_score(views, fields.get("self_score", ""), scores),
        grade=grade(text) or fields.get("grade", ""),
    )


def _table_title(tables: Sequence[Block]) -> str:
    """Return the title that stands in the first cells of a table."""
    for cell in (cell for table in tables for cell in table.cells[:3]):
        text = view_of(cell.text).text
        if title_match(text) is not None:
            return "".join(cell.text.split())
    return ""


# Labels


def _lined(lines: Sequence[Line]) -> Iterator[_Stated]:
    for index, line in enumerate(lines):
        if " " in line.text:
            yield from _side_by_side(line.text)
        if len(line.text) > LONGEST_LINE or (":" not in line.text[:LONGEST_LINE] and not _bare_label(line.text)):
            continue
        for pattern, label, value in _labelled(line.text):
            if pattern.set["field"] == "project" and value and index + 1 < len(lines):
                value += _rest_of_project(lines[index + 1].text)
            found = _read(pattern, label, value)
            if found is not None:
                yield found


def _side_by_side(text: str) -> Iterator[_Stated]:
    """Yield the fields of a line that is a row of cells, each label before its value."""
    pieces = text.split(" ") if len(text) <= LONGEST_LINE else []
    for label, value in zip(pieces[::2], pieces[1::2], strict=True) if len(pieces) % 2 == 0 else ():
        pattern = field_label(label)
        if pattern is None:
            return
        found = _read(pattern, label, value) if _is_value(pattern, value) else None
        if found is not None:
            yield found


@lru_cache(maxsize=1024)
def _bare_label(text: str) -> bool:
    return matcher("covers", "cover").match(text[:LONGEST_HEAD]) is not None


def _labelled(text: str) -> Iterator[tuple[Pattern, str, str]]:
    """Yield pattern, label and value of the fields on a line, in order."""
    fields = matcher("covers", "cover")
    if not (_FIELD.match(text) or _bare_label(text.strip())) or not fields.may_be_in(text):
        return
    found = [
        (match.start("label"), pattern, match["label"], match["value"])
        for pattern in fields.patterns
        for match in pattern.found_in(text)
        if match["value"] is not None
    ]
    for _, pattern, label, value in sorted(found, key=lambda item: item[0]):
        yield pattern, label, value


def _celled(table: Block) -> Iterator[_Stated]:
    """Yield the fields of a form: a label's value stands behind it in its cell, or in the next of its row."""
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    width = max((cell.col + cell.colspan for cell in table.cells), default=0)
    for index, cell in enumerate(table.cells):
        for line in cell.text.splitlines():
            text = view_of(line).text
            if ":" in text and len(text) <= LONGEST_LINE:
                yield from (found for stated in _labelled(text) if (found := _read(*stated)) is not None)
        label = clean(cell.text).rstrip(":")
        pattern = field_label(label)
        following = table.cells[index + 1] if index + 1 < len(table.cells) else None
        if pattern is None or following is None:
            continue
        alone = len(rows[cell.row]) == 1 and cell.colspan < width  # a flattened form: one cell after another
        if not (following.row == cell.row or alone) or is_head_row(rows[cell.row], rows.get(cell.row + 1, ())):
            continue
        value = clean(following.text)
        if pattern.set["field"] == "self_score":  # what was given stands behind what can be had
            behind = next((clean(c.text) for c in table.cells[index + 2 : index + 3] if c.row == cell.row), "")
            value = behind if _SCORE.match(value) and _SCORE.match(behind) else value
        if _is_value(pattern, value):
            found = _read(pattern, label, value)
            if found is not None:
                yield found


def _is_value(pattern: Pattern, value: str) -> bool:
    """Tell whether a cell holds a value, and not the next label or the next column's head."""
    if len(value) > LONGEST_VALUE or field_label(value.rstrip(":")) is not None or _NO_VALUE.match(value):
        return False
    if matcher("tables", "header").match(value) is not None or matcher("scores", "column").match(value) is not None:
        return False
    return pattern.set["field"] != "organisation" or _organ().search(value) is not None


@cache
def _organ() -> regex.Pattern[str]:
    """Return a pattern for the end of an organisation's name: what a unit's cell must hold."""
    name = next(pattern for pattern in catalogue("covers") if pattern.id == "organisation.name")
    return regex.compile(name.regex.pattern.removeprefix("^").split("(?:\\((?:公章")[0])


def _read(pattern: Pattern, label: str, value: str) -> _Stated | None:
    """Return what a label states, cleaned of the seal's place; None where that is nothing."""
    field, rank = pattern.set["field"], int(pattern.set.get("rank", "1"))
    value = _TRAILING.sub("", _SEAL.sub("", value)).strip(" ,;、:")
    if field == "organisation":
        value = _SEALED.sub("", _CODE_BEHIND.sub("", _CODE.sub("", value)))
        value = _SYSTEM.sub("", value)
        if label.startswith("评价机构") and not is_organisation(value):
            return None
        if rank > 1 and (_MANY.match(value) or not _organ().search(value)):  # 实施单位:各乡镇
            return None
        rank += SEVERAL if rank > 1 and "、" in value else 0
    elif field == "project":
        value = _PROJECT_CODE.sub("", value)
    elif field.endswith("_date"):
        value = read_date(value)
    elif field == "filled_by":
        rank = 1 if _FILLER.match(label) else 2
    elif field == "self_score":
        number = _SCORE.match(value)
        value = number["mark"] if number else ""
    elif field == "grade":
        value = value if grade(f"等级为{value}") else ""
    if not value or _BLANK.match(value) or _OTHER_LABEL.match(value):
        return None
    return _Stated(field, rank, value)


def _rest_of_project(text: str) -> str:
    """Return the rest of a project's name that went over the line."""
    if not 1 <= len(text) <= 24 or _PROJECT_WRAP.search(text) or is_numbered(text) or _bare_label(text):
        return ""
    return text


# Title, signature, text


def _signature(lines: Sequence[Line]) -> tuple[str, str]:
    """Return the organisation that signs and the date beside or below it; empty where nobody does."""
    name = date = ""
    for line in lines[-LAST_LINES:]:
        text = line.text.strip()
        signed = next((m for p in matcher("covers", "signature").patterns if (m := p.regex.match(text))), None)
        if signed is not None:
            name, date = signed["name"], read_date(signed["date"])
        elif _DATE_LINE.fullmatch(text) and read_date(text):
            date = read_date(text)
    if not name:
        name = next((text for line in reversed(lines) if is_organisation(text := line.text.strip())), "")
    return _SEALED.sub("", name), date


def _cover_date(cover: Cover, lines: Sequence[Line]) -> str:
    """Return the date that stands alone on the cover, between the title and the first heading or the contents."""
    below = [line.text.strip() for line in lines if cover.title_end and line.span.start >= cover.title_end]
    for text in below[:COVER_LINES]:
        if is_numbered(text) or len(text) > LONGEST_LINE:
            break
        if _COVER_DATE.fullmatch(text):
            return read_date(text)
    return ""


def _title_organisation(title: str) -> str:
    """Return the organisation at the head of a title: 临江市水利局2022年度…, 临江市教育局关于….."""
    head = _TITLE_HEAD.match(title)
    ends = (found.start() for found in _NAME_END.finditer(head[0] if head else ""))  # 财政 in 财政局 ends no name
    return next((title[:end] for end in ends if end > 2 and is_organisation(fold(title[:end]))), "")


def _title_project(title: str, year: str) -> str:
    """Return the project that a title names, without organ, place and year; empty where it names none."""
    plain = fold(title)
    match = title_match(plain.removesuffix("摘要"))
    head = (match["head"] if match else "").removeprefix(fold(_title_organisation(title)))
    shorter = _shortened(head, year)
    while shorter != head:
        head, shorter = shorter, _shortened(shorter, year)
    name = _AFTER_PROJECT.sub("", head)
    return "" if len(name) < 3 or _is_generic(name) else str(name)


def _shortened(head: str, year: str) -> str:
    """Return the head of a title without the year or place that it begins with."""
    rest = str(_BEFORE_PROJECT.sub("", head))
    end = place_end(rest, year)
    return rest[end:] if len(rest) - end >= 2 else rest


def _is_generic(name: str) -> bool:
    return matcher("covers", "generic").match(name) is not None


def _text_project(text: str) -> str:
    for pattern in matcher("covers", "project").patterns:
        for match in pattern.regex.finditer(text):
            if not _is_generic(match["project"]):
                return str(match["project"])
    return ""


def _named_organisation(text: str, title: str, year: str) -> str:
    """Return the organisation with a place in its name that the text names most, where it names one twice or more.

    One of another place than the title's is none.
    """
    plain = _ASIDES.sub("", text)
    found = (_from_place(match[0], year) for match in _OWNED.finditer(plain))
    best = Counter(name for name in found if is_organisation(name)).most_common(2)
    if not best or best[0][1] < 2 or (len(best) > 1 and best[1][1] == best[0][1]):
        return ""
    name = str(best[0][0])
    own, said = locate(year, [name], "", ""), locate(year, [title], "", "")
    return name if not said.province or not own.province or lies_in(own, said) or lies_in(said, own) else ""


def _from_place(name: str, year: str) -> str:
    """Return an organisation's name from the place in it on: 砀山县财政局 of 资金至砀山县财政局."""
    return next((name[at:] for at in range(min(len(name), 8)) if place_known(name[at:], year)), name)
