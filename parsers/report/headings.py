"""Find headings: lines with a heading's number, headings run into their text, and headings without a number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extract.document import Block, Document, Span
from parsers.report.covers import Cover, is_organisation, title_match
from parsers.report.paragraphs import Paragraph, number_at_head
from parsers.report.run_on import run_on
from parsers.view import View, fold, make_view
from patterns import cue, lexicon, matcher

LONGEST_TITLE = 42
LONGEST_ITEM = 24
"""Numbers such as 1. also mark items of a list: a longer text is an item, not a heading."""
LONGEST_BARE = 30
LEAST_RUN_ON = 150
"""A shorter paragraph is no report that lost its line ends."""
LEAST_CONTENTS = 3
"""A table of contents has so many lines, at the least."""
_FIGURES = re.compile(r"\d.*[,，].*\d")
_FIGURE = re.compile(r"\d|,")
_STOP = re.compile(r"[。:;!?]")
_SCORES = cue("headings", "heading.cue.marks")
_CLOSING = cue("headings", "heading.cue.ending")
_BRACKETS = re.compile(r"\([^()]*\)")
_ENDED = re.compile(r"[。;:!?)》”]$")
_BARE = re.compile(r"^(?:(?:19|20)\d\d年度?)?[^\d,。;:!?%|\t]{4,30}$")
_CONTENTS = re.compile(r"(?:[.·…]{2,}|\t)\s*\d{1,3}$")
_PAGE = re.compile(r"(?<=\D)\d{1,3}$")
_CONTENTS_HEAD = cue("headings", "heading.cue.contents")
_CONTENTS_LINE = re.compile(r"^\D.*?\D\s*(?P<page>\d{1,3})$")
_DECIMAL = re.compile(r"^(?P<number>[1-9]\d?)\s?[一-龥][^\d,。;:!?|]{1,23}$")
_ATTACHED = cue("headings", "heading.cue.attached")
_ABSTRACT = cue("headings", "heading.cue.abstract")
_COUNTED = cue("headings", "heading.cue.counted")
_ITEMS = re.compile(r"[。;]\d{1,2}[.、](?!\d)")
_LISTED = re.compile(r"[。;]二[、.]")
_UNENDED = cue("headings", "heading.cue.unended")
_OPENING = cue("headings", "heading.cue.opening")
_MADE_BY = cue("headings", "heading.cue.made-by")
_FIRST_ITEM = re.compile(r"(?<=[一-龥]{3})1[.、](?=[一-龥]{4})")
_STRONG = frozenset({"part", "chapter", "article", "roman", "hanzi", "hanzi-paren"})
"""Styles that mark headings alone; the others mark items of lists as well."""


class Heading(NamedTuple):
    """A heading found: style (of headings.toml, "outline", "bare", "decimal", "abstract"), number, title and place."""

    style: str
    number: str
    title: str
    span: Span
    page: int | None
    outline: int | None = None


_TAILS = tuple(lexicon("heading_tails"))
_NUMBERED_TAILS = (*_TAILS, *lexicon("numbered_tails"))


class _Line(NamedTuple):
    """What may be or begin with a heading: a paragraph, or a line of a table cell as wide as its table."""

    view: View
    page: int | None
    marked: bool = False
    """Whether the format says that it is a heading."""
    outline: int | None = None
    inner: bool = False
    """Whether it stands in a table, where headings have numbers."""


def headings(
    document: Document, own: Sequence[Paragraph], tables: Sequence[Block], flattened: Sequence[Span], cover: Cover
) -> list[Heading]:
    """Return the headings of a report in order: of its paragraphs, and of the rows of its forms.

    ``flattened`` are the stretches of paragraphs that are cells of a table that lost its grid. The lines of the title
    and of the cover are no headings.
    """
    lines = [_paragraph(paragraph, flattened) for paragraph in own]
    native = {id(table) for table in document.tables} if tables else ()  # flattened ones are read as paragraphs here
    lines.extend(line for table in tables if id(table) in native for line in _rows(document, table))
    ordered = sorted((line for line in lines if line.view.text), key=lambda line: line.view.origin(0))
    ordered = list(_past_contents(ordered))
    around = zip([None, *ordered], ordered, [*ordered[1:], None], strict=False)
    found = [heading for before, line, after in around for heading in _of_line(document, before, line, after)]
    found = [each for each in found if each.number or not _on_cover(each, cover)]
    found = sorted([*found, *_decimal(document, ordered, found)], key=lambda each: each.span.start)
    if found and found[0].style == "part" and found[0].span.start < cover.title_end:
        del found[0]  # 第四部分 附件 above the title is a part of what the report is annexed to
    return _without_contents(document, found)


def _decimal(document: Document, lines: Sequence[_Line], found: Sequence[Heading]) -> Iterator[Heading]:
    """Yield the lines 1项目概况, 2评价结论 of a report that counts 1.1 and 1.1.1 below, as far as they go up."""
    deep = {fold(heading.number).split(".")[0] for heading in found if heading.style == "arabic-deep"}
    last = 0
    for line in lines if len(deep) > 1 else ():
        head = _DECIMAL.match(line.view.text) if not line.inner else None
        number = head["number"] if head is not None else "0"
        if head is not None and (int(number) == last + 1 or (int(number) > last and number in deep)):
            last = int(number)
            yield _heading(document, line, ("decimal", number), (0, len(number), head.end()))


def _past_contents(lines: Sequence[_Line]) -> Iterator[_Line]:
    """Yield the lines without those below 目录 that end in their page, which goes up, and those that 附件: lists."""
    page = -1  # below no 目录
    attached = False
    for line in lines:
        numbered = number_at_head(line.view.text) if attached else None
        attached = _ATTACHED.match(line.view.text) is not None
        if numbered is not None and numbered[0] == "arabic" and "。" not in line.view.text:
            attached = True
            continue
        listed = _CONTENTS_LINE.match(line.view.text) if page >= 0 else None
        if listed is not None and int(listed["page"]) >= page:
            page = int(listed["page"])
            continue
        page = 0 if _CONTENTS_HEAD.match(line.view.text) else -1
        yield line


def _without_contents(document: Document, found: list[Heading]) -> list[Heading]:
    """Return the headings without a table of contents at their head: no sentence until the first comes again."""
    if not found:
        return found
    again = next((i for i, other in enumerate(found) if i >= LEAST_CONTENTS and _same(other, found[0])), 0)
    text = sum(heading.span.end - heading.span.start for heading in found[:again])
    start, end = found[0].span.start, found[again].span.start
    listed = text * 10 >= (end - start) * 7 or "。" not in document.text[start:end]
    return found[again:] if again and listed else found


def _same(heading: Heading, listed: Heading) -> bool:
    """Tell whether a heading is the one that a table of contents lists, with its page behind it or without."""
    if heading.number != listed.number:
        return False
    title = fold(listed.title)
    return fold(heading.title) in (title, _PAGE.sub("", title))


def _paragraph(paragraph: Paragraph, flattened: Sequence[Span]) -> _Line:
    block = paragraph.block
    inner = any(span.start <= paragraph.span.start < span.end for span in flattened)
    return _Line(paragraph.view, block.place.page, block.kind == "heading", block.level, inner)


def _rows(document: Document, table: Block) -> Iterator[_Line]:
    """Yield the lines of the cells that are as wide as their table."""
    width = max((cell.col + cell.colspan for cell in table.cells), default=0)
    for cell in table.cells:
        if cell.colspan != width:
            continue
        start = cell.span.start
        for line in cell.text.split("\n"):
            yield _Line(make_view(document.text, start, start + len(line)), cell.place.page, inner=True)
            start += len(line) + 1


def _on_cover(heading: Heading, cover: Cover) -> bool:
    """Tell whether a line without a number is part of the title, an organisation's name or the caption of a table."""
    plain = fold(heading.title)
    caption = matcher("covers", "caption").match(plain) is not None
    signed = is_organisation(plain) or _MADE_BY.search(plain) is not None
    return heading.span.start < cover.title_end or caption or signed


def _of_line(document: Document, before: _Line | None, line: _Line, following: _Line | None) -> Iterator[Heading]:
    """Yield the headings of a line: the one that it is or begins with, and those run in after a sentence."""
    text = line.view.text
    inside = list(run_on(text)) if len(text) >= LEAST_RUN_ON else []
    if inside:
        yield from (_heading(document, line, (style, text[a:b]), (a, b, end)) for style, a, b, end in inside)
        return
    first = _leading(document, before, line, following)
    if first is not None:
        yield first
        at = line.view.offset(first.span.end)
        numbered = number_at_head(text[at:]) if _FIRST_ITEM.match(text, at) else None
        title = _weak_title(text[at + len(numbered[1]) :], body_follows=True) if numbered else ""
        if numbered is not None and title:
            yield _heading(document, line, numbered, (at, at + len(numbered[1]), at + len(numbered[1]) + len(title)))
    for inline in matcher("headings", "inline").patterns[0].found_in(text):
        at = inline.start()
        numbered = number_at_head(text[at:])
        title = _run_in(text[at + len(numbered[1]) :]) if numbered else ""
        if at and numbered is not None and title:
            yield _heading(document, line, numbered, (at, at + len(numbered[1]), at + len(numbered[1]) + len(title)))


def _heading(document: Document, line: _Line, numbered: tuple[str, str], at: tuple[int, int, int]) -> Heading:
    """Make a heading of the view's characters: ``at`` is where number, title and the rest begin."""
    start, middle, end = at
    view = line.view
    title = _clean(_printed(document, view.span(middle, end)).lstrip("、.．"))
    number = _printed(document, view.span(start, middle)) if middle > start else ""
    return Heading(numbered[0], number, title, view.span(start, end), line.page, line.outline)


def _printed(document: Document, span: Span) -> str:
    """Return the characters of ``span`` as printed, white space closed."""
    return "".join(document.text[span.start : span.end].split())


def _leading(document: Document, before: _Line | None, line: _Line, following: _Line | None) -> Heading | None:
    text = line.view.text
    numbered = number_at_head(text)
    if text[-1:].isdigit() and _CONTENTS.search(text):
        return None
    if numbered is None and following is not None and _ABSTRACT.match(text) and not line.inner:
        return _heading(document, line, ("abstract", ""), (0, 0, len(text)))
    if numbered is None:
        outlined = line.marked and 2 <= len(text) <= LONGEST_TITLE
        if line.inner or not (outlined or (_is_bare(text, following) and not _is_piece(before))):
            return None
        style = "outline" if outlined and line.outline is not None else "bare"
        return _heading(document, line, (style, ""), (0, 0, len(text)))
    style, number = numbered
    rest = text[len(number) :]
    if style in _STRONG:
        title = _strong_title(rest)
    else:
        title = "" if line.inner else _weak_title(rest, following is not None and _is_text(line, following))
    if not title:
        return None
    return _heading(document, line, numbered, (0, len(number), len(number) + len(title)))


def _strong_title(rest: str) -> str:
    """Return the title behind a number that only headings have; empty where there is none."""
    stop = _STOP.search(rest)
    title = rest[: stop.start()] if stop else rest
    if _LISTED.search(rest):  # 一、…。二、…。 in one paragraph are items of running text
        return ""
    title = _until_first(title)
    plain = _plain(title)
    if len(plain) > LONGEST_TITLE or (len(plain) > LONGEST_ITEM and "," in plain):
        shorter = _run_in(rest)
        if shorter or len(plain) > LONGEST_TITLE:
            title, plain = shorter, _plain(shorter)
    if not 2 <= len(plain) <= LONGEST_TITLE or plain[0] in ",。;)" or _FIGURES.search(plain) or _OPENING.match(plain):
        return ""
    said = len(plain) > LONGEST_ITEM and "," in plain and _COUNTED.search(plain) is not None
    return "" if said else title


def _until_first(title: str) -> str:
    """Return a title without the first item below it, where that goes on behind it without a stop."""
    item = _FIRST_ITEM.search(title)
    return title[: item.start()] if item else title


def _weak_title(rest: str, body_follows: bool) -> str:
    """Return the title behind a number that also marks items; empty where it is an item."""
    if _is_series(rest):
        return rest.rstrip("。")
    stop = _STOP.search(rest)
    title = rest[: stop.start()] if stop else rest
    after = rest[stop.end() :].strip() if stop else ""
    plain = _plain(title)
    if not 2 <= len(plain) <= LONGEST_ITEM or plain[0] in ",。;)" or _FIGURE.search(plain):
        return ""
    ended = stop[0] if stop else ""
    titled = plain.endswith(_NUMBERED_TAILS)
    if ended == ":" and after and _SCORES.search(title) is None:  # 1.专项资金名称:… is a field
        return ""
    if ended == ";" and not after:
        return ""
    if ended == "。" and not after:  # «2.社会调查。» is an item, «1.资金支出情况。» before its text a heading
        return title if body_follows and titled else ""
    if ended and not titled and _ITEMS.search(rest):  # 1.修缮渡口。2.更换渡船。 in one paragraph are items
        return ""
    return "" if ended == "。" and len(plain) > LONGEST_ITEM // 2 + 2 else title


def _unscored(title: str) -> str:
    """Return a title without the marks in brackets behind it."""
    return str(_SCORES.sub("", title)) if "分" in title else title


def _plain(title: str) -> str:
    return _unscored(title).lstrip("、.").strip()


def _is_series(rest: str) -> bool:
    """Tell whether a line is several headings in one: 目标情况;绩效指标;总投入情况(包括人、财、物)."""
    parts = _BRACKETS.sub("", rest).rstrip("。").split(";")
    return len(parts) > 1 and len(rest) <= LONGEST_TITLE + 4 and all(part.endswith(_TAILS) for part in parts)


def _run_in(rest: str) -> str:
    """Return the title that runs into its text without a stop: it ends before what begins a sentence."""
    ends = [match for p in matcher("headings", "run-in").patterns if (match := p.regex.match(rest))]
    title = str(ends[0]["title"]) if ends else ""
    if rest[len(title) : len(title) + 1] not in ("。", ":") and is_organisation(title):  # (一)清沅市水利局2023年安排…
        return ""
    return title if len(title) <= LONGEST_TITLE and not _UNENDED.search(title) else ""


def _is_body(line: _Line) -> bool:
    return len(line.view.text) > LONGEST_BARE


def _is_text(line: _Line, following: _Line) -> bool:
    """Tell whether ``following`` is what a numbered line is the title of: prose, or the first item below it."""
    if _is_body(following):
        return True
    head, own = number_at_head(following.view.text), number_at_head(line.view.text)
    if head is not None:
        return own is not None and head[0] != own[0] and head[0] not in _STRONG and "1" in fold(head[1])
    return following.view.text.endswith("。")


def _clean(title: str) -> str:
    return str(_CLOSING.sub("", _unscored(title))).strip()


def _is_piece(line: _Line | None) -> bool:
    """Tell whether a line is a piece of a label or form rather than prose, a heading or the end of a table."""
    if line is None or line.inner or line.marked or _is_body(line) or number_at_head(line.view.text) is not None:
        return False
    text = line.view.text
    return not (_ENDED.search(text) or text.endswith(_TAILS) or title_match(text))


def _is_bare(text: str, following: _Line | None) -> bool:
    """Tell whether a short line without a number, before prose or a numbered line, ends in a heading's last word."""
    if following is None or "报告" in text:
        return False
    if not text.endswith(_TAILS) or not _BARE.match(text):
        return False
    stated = following.view.text.endswith("。")
    return _is_body(following) or stated or number_at_head(following.view.text) is not None
