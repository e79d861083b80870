"""Where one report ends and the next begins, and what their titles and cover forms say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import regex

from extract.document import Document, Span
from parsers.dates import read_date
from parsers.paragraphs import Paragraph, is_numbered
from parsers.view import make_view
from patterns import catalogue

_YEAR = regex.compile(r"(?<!\d)((?:19|20)\d\d)年度?")
_YEAR_LINE = regex.compile(r"^\(?(?:19|20)\d\d年度?\)?$")
_FIRST = regex.compile(r"^一[、.,]")
_ORGANISATION = regex.compile(
    r"^[一-龥()]{2,28}(?:局|委员会|办公室|厅|中心|医院|学校|政府|办事处|研究院|联合会|协会|总队|支队|法院|检察院|部|处|馆|院|所|站|公司)$"
)
_GAP = regex.compile(r"\s{3,}|\t")
_BLANK = regex.compile(r"^[\s(（]*(?:公章|盖章|签章|签名)?[\s)）:]*")
COVER_LINES = 14
"""A title stands so many lines before its cover form or first section, at the most."""
LONGEST = 70


@dataclass(slots=True)
class Cover:
    """What the head of a report says; fields that it leaves open are empty."""

    start: int
    title: str = ""
    report_type: str = ""
    year: str = ""
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    """Folded, without white space except wide gaps."""
    span: Span


def covers(document: Document, body: Sequence[Paragraph]) -> tuple[Cover, ...]:
    """Return the covers of the document's reports, in order; one without a title where none is found."""
    lines = [
        _Line(make_view(document.text, span.start, span.end).text, span)
        for paragraph in body
        for span in paragraph.lines
    ]
    found: list[Cover] = []
    open_title = False  # a title whose body has not begun yet
    for index, line in enumerate(lines):
        if _FIRST.match(line.text):
            open_title = False
        if open_title or not _is_title(lines, index):
            continue
        first = index
        while first > 0 and index - first < 2 and _continues(lines[first - 1].text, lines[first].text):
            first -= 1
        found.append(_titled(document, lines, first, index))
        open_title = True
    if not found or found[0].start > _text_start(lines, found[0].start):
        head = Cover(0)
        if not found:
            found = [head]
        else:
            found[0].start = 0
    for cover, following in zip(found, [*found[1:], None], strict=True):
        end = following.start if following else len(document.text)
        _read_fields([line for line in lines if cover.start <= line.span.start < end], cover)
        cover.year = cover.year or _common_year(document.text[cover.start : end])
    return tuple(found)


def _text_start(lines: Sequence[_Line], default: int) -> int:
    return lines[0].span.start if lines else default


def _is_title(lines: Sequence[_Line], index: int) -> bool:
    text = lines[index].text
    if len(text) > LONGEST or is_numbered(text) or _title(text) is None:
        return False
    after = lines[index + 1 : index + 1 + COVER_LINES]
    return index < COVER_LINES or any(_FIRST.match(line.text) or _field(line.text) for line in after)


def _title(text: str) -> regex.Match[str] | None:
    return next((m for p in catalogue("covers") if p.field == "title" and (m := p.regex.match(text))), None)


def _continues(above: str, line: str) -> bool:
    """Tell whether ``above`` is the first part of the title that ends in ``line``."""
    if not 4 <= len(above) <= 40 or regex.search(r"[,。;:!?|]", above) or is_numbered(above):
        return False
    if _ORGANISATION.match(above) or regex.match(r"^附件", above):
        return False
    head = _title(line)
    return head is None or len(head["head"]) < 12


def _titled(document: Document, lines: Sequence[_Line], first: int, last: int) -> Cover:
    title = "".join("".join(document.text[line.span.start : line.span.end].split()) for line in lines[first : last + 1])
    match = _title(lines[last].text)
    if last + 1 < len(lines) and lines[last + 1].text == "摘要":
        title += "摘要"
    cover = Cover(lines[first].span.start, title, match["type"] if match else "")
    below = [line.text for line in lines[last + 1 : last + 3] if _YEAR_LINE.match(line.text)]
    near = [line.text for line in lines[first : last + 1]] + below
    cover.year = next((found for text in near if (found := _title_year(text))), "")
    before = [line.text for line in lines[max(0, first - 2) : first]]
    organisation = next((text for text in before if _ORGANISATION.match(text)), "")
    if organisation:
        cover.fields["organisation"] = organisation
    return cover


def _title_year(text: str) -> str:
    for pattern in catalogue("covers"):
        if pattern.field == "year" and (found := pattern.regex.search(text)):
            return str(found["year"])
    return ""


def _field(text: str) -> tuple[str, str] | None:
    for pattern in catalogue("covers"):
        if pattern.field == "cover" and (found := pattern.regex.match(text)):
            return pattern.set["field"], (found["value"] or "").strip()
    return None


def _read_fields(lines: Sequence[_Line], cover: Cover) -> None:
    """Fill the fields from the label lines; the first that holds something counts."""
    for index, line in enumerate(lines):
        for part in _GAP.split(line.text):
            stated = _field(part.strip())
            if stated is None:
                continue
            name, value = stated
            if name in ("organisation", "project"):
                value = _BLANK.sub("", value)
                if name == "project" and value and index + 1 < len(lines):
                    value += _rest_of_project(lines[index + 1].text)
            elif name.endswith("_date"):
                value = read_date(value)
            if value and not cover.fields.get(name):
                cover.fields[name] = value
    if not cover.fields.get("organisation"):
        cover.fields["organisation"] = _signature(lines)


def _rest_of_project(text: str) -> str:
    """Return the rest of a project's name that went over the line."""
    if _field(text) or not 1 <= len(text) <= 24 or regex.search(r"[:。,;(]", text) or is_numbered(text):
        return ""
    return text


def _signature(lines: Iterable[_Line]) -> str:
    """Return the organisation that signs: the last line that is nothing but a name."""
    names = [line.text for line in lines if _ORGANISATION.match(line.text)]
    return names[-1] if names else ""


def _common_year(text: str) -> str:
    years = Counter(_YEAR.findall("".join(text.split())))
    return max(years, key=lambda year: (years[year], year)) if years else ""
