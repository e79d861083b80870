"""What a report promises and the file lacks: chapters of its table of contents, annexes that it lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from extract.document import Document
from jixiao.checks.case import Case
from jixiao.findings import Finding, Severity, Verdict
from parsers.view import fold

_HEAD = regex.compile(r"^目[录次]$")
_PAGE = regex.compile(r"(?:[.·…\t]+|\s+)\s*[-—]?\s*\d{1,3}\s*[-—]?$|(?<=[一-龥)])\d{1,3}$")
_NUMBER = regex.compile(
    r"^(?:第[一二三四五六七八九十\d]{1,3}[部章节篇]分?|[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|"
    r"[(（]?\d{1,2}(?:\.\d{1,2})*[)）、.．]?)"
)
_ANNEX = regex.compile(r"^(?:附[件表录]|表)[一二三四五六七八九十\d]{0,3}(?:-\d+)?[:、.]?")
_LABEL = regex.compile(r"^附[件表录](?P<number>[一二三四五六七八九十]{1,3}|\d{1,2})(?![\d一-龥]{0,2}[份项个])")
_LIST = regex.compile(r"^附件:?(?:[1一][:、.．](?P<first>.*)|(?P<sole>[^\d一二三四五六七八九十].*))?$")
_ITEM = regex.compile(r"^(?:附件)?(?P<number>\d{1,2})[:、.．](?P<title>.+)$")
_IDLE = regex.compile(r"[^一-龥A-Za-z0-9]")
_PROSE = regex.compile(r"[。;!?]")
_AS_TITLE = regex.compile(r"(?:\(?(?:可|另|见)[^)]{0,8}\)?|\(.*\))$")
_HANZI = "一二三四五六七八九十"
LONGEST = 60
WIDEST = 240
"""So long may a line of a table of contents be with its points."""
LEAST = 3
SHORTEST = 4
"""Shorter titles are said anywhere."""
AKIN = 3
"""A line that has all but a quarter of a title's pairs of characters is that title."""
CLOSING = 150
"""So many characters a letter may go on behind the one annex that it names: who signs it, and when."""


@dataclass(frozen=True, slots=True)
class _Promise:
    """Titles that a list names, and where in the document the list begins and ends."""

    titles: tuple[str, ...]
    start: int
    end: int


def chapters(case: Case) -> Iterator[Finding]:
    """Tell of chapters and annexes that a table of contents names and nothing behind it is called so."""
    promise = _contents(case)
    if promise is None:
        return
    text = _body(case.document, promise.end, len(case.document.text))
    labels = _labels(case.document, promise.end)
    missing = [title for title in promise.titles if not (_stands(title, text) or _number(title) in labels)]
    if missing and (len(promise.titles) - len(missing)) * 2 >= len(promise.titles):
        for annex in (False, True):
            named = [title for title in missing if bool(_ANNEX.match(title)) is annex]
            if named:
                yield _missing(named, "annex" if annex else "section", "目录")


def annexes(case: Case) -> Iterator[Finding]:
    """Tell of annexes that a list (附件：1.… 2.…) names and that stand nowhere else in the file."""
    listed = _contents(case)
    for promise in _lists(case):
        if listed is not None and listed.start <= promise.start < listed.end:
            continue  # told of with the contents
        whole = case.document
        before, after = _body(whole, 0, promise.start), _body(whole, promise.end, len(whole.text))
        labels = _labels(whole, promise.end)
        missing = [
            title
            for number, title in enumerate(promise.titles, start=1)
            if not (str(number) in labels or _stands(title, before) or _stands(title, after))
        ]
        if missing:
            yield _missing(missing, "annex", "附件")


def _lines(case: Case) -> list[tuple[int, str]]:
    """Return the lines of the report with their offsets, folded and without blanks at their ends."""
    at = case.report.span.start
    found = []
    for line in case.text().split("\n"):
        found.append((at, fold(line).strip()))
        at += len(line) + 1
    return found


def _contents(case: Case) -> _Promise | None:
    """Return the table of contents of a report; None without one, or where its end cannot be told."""
    lines = _lines(case)
    head = next((n for n, (_, line) in enumerate(lines) if _HEAD.match("".join(line.split()))), None)
    if head is None:
        return None
    entries: list[str] = []
    paged = 0
    for start, line in lines[head + 1 :]:
        if not line:
            continue
        title = _PAGE.sub("", line).strip() if len(line) <= WIDEST else line
        if entries and (_title(title) == _title(entries[0]) or (paged >= LEAST and title == line)):
            return _Promise(tuple(entries), lines[head][0], start) if len(entries) >= LEAST else None
        if len(title) > LONGEST or _PROSE.search(line):
            return None
        paged += title != line
        if _NUMBER.match(title) or _ANNEX.match(title) or title != line:
            entries.append(title)
    return _Promise(tuple(entries), lines[head][0], case.report.span.end) if paged >= LEAST else None


def _lists(case: Case) -> Iterator[_Promise]:
    """Yield the lists of annexes of a report: several with numbers, or one at the end of a letter."""
    lines = _lines(case)
    for number, (start, line) in enumerate(lines):
        found = _LIST.match("".join(line.split()))
        if found is None or _PROSE.search(line):
            continue
        titles = [found["first"]] if found["first"] else []
        end = start + len(line)
        for at, (begins, following) in enumerate(lines[number + 1 :]):
            item = _ITEM.match("".join(following.split()))
            if item is None or int(item["number"]) != len(titles) + 1 or len(following) > LONGEST:
                if following or at > 1:
                    break
                continue
            titles.append(item["title"])
            end = begins + len(following)
        sole = found["sole"]
        if sole and not titles and len(case.document.text) - end <= CLOSING:
            titles = [sole]
        elif len(titles) < 2:
            continue
        yield _Promise(tuple(_AS_TITLE.sub("", _PAGE.sub("", title)) for title in titles), start, end)


def _labels(document: Document, start: int) -> frozenset[str]:
    """Return the numbers of the annexes that begin behind a place: lines such as 附件1, whatever follows."""
    lines = ("".join(fold(line).split()) for line in document.text[start:].replace("\t", "\n").split("\n"))
    return frozenset(number for line in lines if (number := _number(line)))


def _number(text: str) -> str:
    """Return the number of an annex that a line begins with, in digits; empty for none."""
    found = _LABEL.match("".join(text.split()))
    if found is None:
        return ""
    number = found["number"]
    return number if number.isdigit() else str(_HANZI.find(number) + 1 if len(number) == 1 else number)


def _title(text: str) -> str:
    """Return a title without its number and punctuation."""
    plain = _ANNEX.sub("", _NUMBER.sub("", "".join(text.split())))
    return str(_IDLE.sub("", plain))


def _body(document: Document, start: int, end: int) -> tuple[str, tuple[frozenset[str], ...]]:
    """Return the characters of a stretch of a document, and the pairs of characters of each of its short lines."""
    text = fold(document.text[start:end])
    lines = (_IDLE.sub("", line) for line in text.replace("\t", "\n").split("\n"))
    return str(_IDLE.sub("", text)), tuple(_pairs(line) for line in lines if 1 < len(line) <= LONGEST)


def _stands(title: str, body: tuple[str, Sequence[frozenset[str]]]) -> bool:
    """Tell whether a title is said in a body, or a line of it is nearly that title."""
    plain = _title(title)
    text, lines = body
    if len(plain) < SHORTEST or plain in text:
        return True
    pairs = _pairs(plain)
    return any(len(pairs & line) * (AKIN + 1) >= len(pairs) * AKIN for line in lines)


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


def _missing(titles: Sequence[str], what: str, where: str) -> Finding:
    listed = "、".join(f"“{title}”" for title in titles)
    annex = what == "annex"
    by_zh, by_en = ("目录", "the table of contents") if where == "目录" else ("附件清单", "the list of annexes")
    thing = "annexes" if annex else "chapters"
    apart_zh, apart_en = ("（也可能另行成文）", " (they may be files of their own)") if annex else ("", "")
    return Finding(
        check_id=f"blank.{what}",
        verdict=Verdict.UNCHECKABLE,
        severity=Severity.LOW,
        stated=f"{where}：{listed}",
        computed="",
        message=f"The file lacks {thing} that {by_en} names: {listed}{apart_en}.",
        message_zh=f"{by_zh}所列{listed}，文件中未见{apart_zh}。",
        quotes=tuple(titles),
    )
