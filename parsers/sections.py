"""The section tree: headings by their numbers, run-in headings, and Word's outline levels as evidence."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from extract.document import Document, Span
from parsers.model import Section
from parsers.numbers import read_hanzi
from parsers.paragraphs import Paragraph
from parsers.view import View, fold
from patterns import catalogue, lexicon

LONGEST_TITLE = 42
LONGEST_ITEM = 24
"""Numbers such as 1. also mark items of a list: a longer text is an item, not a heading."""
LONGEST_BARE = 30
_STOP = regex.compile(r"[。:;!?]")
_SCORES = regex.compile(r"\s*[(（][^()（）]*\d\s*分[^()（）]*(?:[)）]|$).*$")
_CLOSING = regex.compile(r"[。:：;；,，、.\s]+$")
_INLINE = regex.compile(r"(?<=[。;:)])(?=[(〔][一二三四五六七八九十]{1,2}[)〕][^,。;]{2,30}?(?:\d\.|[。:]|对|$))")
_INLINE_END = regex.compile(r"\d\.|[。:]|(?<=.{12})对")
_BARE = regex.compile(r"^[^\d,。;:!?%|\t]{4,30}$")
_STRONG = frozenset({"part", "hanzi", "hanzi-paren"})


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading found: its style (of headings.toml, "outline" or "bare"), number, title and place in the document."""

    style: str
    number: str
    title: str
    span: Span
    page: int | None
    outline: int | None = None


def headings(document: Document, paragraph: Paragraph, following: Paragraph | None) -> tuple[Heading, ...]:
    """Return the headings in a paragraph: the one that it is or begins with, and those run in after a sentence."""
    view = paragraph.view
    found: list[Heading] = []
    first = _leading(document, view, paragraph, following)
    if first is not None:
        found.append(first)
    for inline in _INLINE.finditer(view.text):
        at = inline.start()
        numbered = _numbered(view.text[at:])
        end = _INLINE_END.search(view.text, at + 3)
        if at and numbered is not None and end is not None and end.start() - at <= LONGEST_TITLE:
            found.append(_heading(document, view, paragraph, numbered, (at, at + len(numbered[1]), end.start())))
    return tuple(found)


def _heading(
    document: Document, view: View, paragraph: Paragraph, numbered: tuple[str, str], at: tuple[int, int, int]
) -> Heading:
    """Make a heading of the view's characters: ``at`` is where number, title and the rest begin."""
    start, middle, end = at
    title = _clean(_printed(document, view.span(middle, end)).lstrip("、.．"))
    number = _printed(document, view.span(start, middle)) if middle > start else ""
    outline = paragraph.block.level if paragraph.block.kind == "heading" else None
    return Heading(numbered[0], number, title, view.span(start, end), paragraph.block.place.page, outline)


def _numbered(text: str) -> tuple[str, str] | None:
    """Return style and number of a text that begins with a heading's number."""
    for pattern in catalogue("headings"):
        match = pattern.regex.match(text)
        if match is not None:
            return pattern.set["style"], match["number"]
    return None


def _printed(document: Document, span: Span) -> str:
    """Return the characters of ``span`` as printed, white space closed."""
    return "".join(document.text[span.start : span.end].split())


def _leading(document: Document, view: View, paragraph: Paragraph, following: Paragraph | None) -> Heading | None:
    text = view.text
    numbered = _numbered(text)
    if numbered is None:
        outlined = paragraph.block.kind == "heading" and 2 <= len(text) <= LONGEST_TITLE
        if not outlined and not _is_bare(text, paragraph, following):
            return None
        return _heading(document, view, paragraph, ("outline" if outlined else "bare", ""), (0, 0, len(text)))
    style, number = numbered
    title = _title(text[len(number) :], style, following is not None and _is_body(following))
    if title is None:
        return None
    return _heading(document, view, paragraph, numbered, (0, len(number), len(number) + len(title)))


def _title(rest: str, style: str, body_follows: bool) -> str | None:
    """Return the title that ``rest`` holds or begins with; None where it is an item of a list."""
    stop = _STOP.search(rest)
    title = rest[: stop.start()] if stop else rest
    after = rest[stop.end() :].strip() if stop else ""
    plain = _SCORES.sub("", title).lstrip("、.").strip()
    longest = LONGEST_TITLE if style in _STRONG else LONGEST_ITEM
    if not 2 <= len(plain) <= longest or plain[0] in ",。;)":
        return None
    if style in _STRONG:
        return None if regex.search(r"\d.*[,，].*\d", plain) else title
    if regex.search(r"\d", plain) or "," in plain:
        return None
    ended = stop is not None and stop[0] == "。"
    if ended and not after:  # «2.社会调查。» is an item, «1.资金支出情况。» before its text a heading
        return title if body_follows and plain.endswith(tuple(lexicon("heading_tails"))) else None
    if ended and after and len(plain) > LONGEST_ITEM // 2 + 2:
        return None
    return title


def _is_body(paragraph: Paragraph) -> bool:
    return len(paragraph.block.text.strip()) > LONGEST_BARE


def _clean(title: str) -> str:
    return str(_CLOSING.sub("", _SCORES.sub("", title))).strip()


def _is_bare(text: str, paragraph: Paragraph, following: Paragraph | None) -> bool:
    """Tell whether a short line without a number, before prose or a numbered line, ends in a heading's last word."""
    if following is None or paragraph.cell is not None or "报告" in text:
        return False
    if not _BARE.match(text) or not text.endswith(tuple(lexicon("heading_tails"))):
        return False
    return _is_body(following) or _numbered(fold(following.block.text.strip())) is not None


@dataclass(slots=True)
class _Open:
    """A section that is still open while the tree is built."""

    style: str
    ordinal: int
    index: int
    bare: bool = False


def tree(found: Sequence[Heading], end: int) -> tuple[Section, ...]:
    """Arrange headings as a tree that ends at ``end``.

    The number that goes on from an open one of its style is its next; a first number where its style is open already
    begins an inner numbering; a style not open yet goes one deeper. A heading without a number stands beside the last.
    """
    sections: list[Section] = []
    stack: list[_Open] = []
    for heading in found:
        at = _level(stack, heading)
        for opened in stack[at:]:
            old = sections[opened.index]
            sections[opened.index] = replace(old, span=Span(old.span.start, heading.span.start))
        slot = stack[at] if at < len(stack) else None
        del stack[at:]
        parent = stack[-1].index if stack else None
        span = Span(heading.span.start, end)
        sections.append(
            Section(len(stack) + 1, heading.number, heading.title, span, heading.span, parent, heading.page)
        )
        index = len(sections) - 1
        if heading.style == "bare" and slot is not None:
            stack.append(_Open(slot.style, slot.ordinal, index, bare=True))
        else:
            stack.append(_Open(_style(heading), ordinal(heading.number), index, heading.style == "bare"))
    return tuple(sections)


def _style(heading: Heading) -> str:
    return f"outline{heading.outline}" if heading.style == "outline" else heading.style


def _level(stack: list[_Open], heading: Heading) -> int:
    """Return how many open sections stay open above ``heading``."""
    if heading.style == "bare":
        known = [depth for depth, opened in enumerate(stack) if opened.bare]
        return known[-1] if known else max(len(stack) - 1, 0)
    style, number = _style(heading), ordinal(heading.number)
    same = [depth for depth, opened in enumerate(stack) if opened.style == style]
    if not same:
        deeper = [d for d, opened in enumerate(stack) if opened.style.startswith("outline") and opened.style > style]
        return deeper[0] if deeper and heading.style == "outline" else len(stack)
    goes_on = [depth for depth in same if stack[depth].ordinal + 1 == number]
    if goes_on:
        return goes_on[-1]
    if number == 1 and heading.style in _STRONG and stack[same[-1]].ordinal >= 1:
        return len(stack)
    return same[-1]


def ordinal(number: str) -> int:
    """Return the rank that a heading's number prints: 3 for （三）, 0 where it has none."""
    digits = regex.search(r"\d+(?!.*\d)", unicodedata.normalize("NFKC", number))
    if digits:
        return int(digits[0])
    hanzi = regex.search(r"[一二三四五六七八九十]+", number)
    return int(read_hanzi(hanzi[0])) if hanzi else 0
