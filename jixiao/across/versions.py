"""The same report twice in different files, and two versions of one report with the figures that changed.

Texts are compared by what they share of short runs of characters, figures masked, so that a report is known again in
another format. One finding is made for a report: against the earlier file that is most like it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from fractions import Fraction
from hashlib import blake2b
from zlib import crc32

import regex

from jixiao.findings import Finding, Severity, Verdict, named
from jixiao.result import FileResult
from parsers.model import Fact, Report
from parsers.view import fold

Where = tuple[int, int]

RUN = 12
"""Characters in a run."""
SAMPLE = 8
"""One run of so many is kept."""
LEAST_RUNS = 12
"""A shorter text (some hundred characters) is not compared: forms of one kind are all alike."""
COMMON = 30
"""A run that stands in more reports than this is a form's and leads nowhere."""
NEAREST = 4
"""So many of the likest are looked at more closely."""
ALIKE = Fraction(7, 10)
"""Versions of one report share so much."""
SAME = Fraction(9, 10)
"""The same text, but for what a format or a name changes."""
LEAST_FACTS = 8
"""So many figures are not all the same by chance."""
MOST_FACTS = 3000
SHOWN = 8
_NUMBER = regex.compile(r"\d[\d,.]*")
_IDLE = regex.compile(r"\s|(?<!\d)[“”\"'‘’()、,。.:;|·]|[“”\"'‘’()、,。.:;|·](?!\d)")
"""Typesetting; between digits a point is part of the figure."""
_NAME = regex.compile(r"(?:19|20)\d\d年?度?|专项|资金|经费|项目|补助|[\s“”()（）]")


@dataclass(frozen=True, slots=True)
class _Text:
    """A report as it is compared."""

    where: Where
    file: str
    report: Report
    digest: bytes
    """Of its words without typesetting: the same where it is the same word for word."""
    runs: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Change:
    """What became of a figure: None where a version lacks it."""

    before: Fact | None
    after: Fact | None
    index: int | None
    """Its place among the facts of the later report."""


def versions(files: Sequence[FileResult]) -> Iterator[tuple[Where, Finding]]:
    """Yield what is the same as, or a version of, a report of an earlier file, with the report that it is about."""
    holders: dict[int, list[int]] = {}
    texts: list[_Text] = []
    first: dict[bytes, int] = {}
    for text in _texts(files):
        earlier = first.get(text.digest)
        if earlier is not None and texts[earlier].file != text.file:
            yield text.where, _duplicate(text, texts[earlier], exact=True)
        elif others := _like(text, texts, holders):
            other, changes = min(
                others, key=lambda each: (not _same_subject(text.report, each[0].report), len(each[1]))
            )
            finding = _compared(text, other, changes)
            if finding is not None:
                yield text.where, finding
        first.setdefault(text.digest, len(texts))
        for run in text.runs:
            holders.setdefault(run, []).append(len(texts))
        texts.append(text)


def _texts(files: Sequence[FileResult]) -> Iterator[_Text]:
    for number, file in enumerate(files):
        for at, report in enumerate(file.reports):
            if file.document is None:
                continue
            whole = _IDLE.sub("", fold(file.document.text[report.span.start : report.span.end]))
            runs = _runs(_NUMBER.sub("#", whole))
            if len(runs) >= LEAST_RUNS:
                digest = blake2b(whole.encode("utf-8", "replace"), digest_size=16).digest()
                yield _Text((number, at), file.file, report, digest, runs)


def _runs(text: str) -> frozenset[int]:
    """Return a sample of the runs of characters of a text, the same of the same text wherever it stands."""
    data = text.encode("utf-16-le", "replace")
    width = 2 * RUN
    sums = (crc32(data[at : at + width]) for at in range(0, len(data) - width + 1, 2))
    return frozenset(number for number in sums if number % SAMPLE == 0)


def _like(
    text: _Text, texts: Sequence[_Text], holders: Mapping[int, Sequence[int]]
) -> list[tuple[_Text, Sequence[_Change]]]:
    """Return the reports of earlier files that share the most, with the figures in which they differ."""
    shared: Counter[int] = Counter()
    for run in text.runs:
        known = holders.get(run, ())
        if len(known) <= COMMON:
            shared.update(known)
    likely = (texts[number] for number, _ in shared.most_common(COMMON))
    others = [other for other in likely if other.file != text.file and _likeness(text, other) >= ALIKE]
    return [(other, _changes(other.report.facts, text.report.facts)) for other in others[:NEAREST]]


def _likeness(one: _Text, other: _Text) -> Fraction:
    return Fraction(len(one.runs & other.runs), len(one.runs | other.runs))


def _compared(text: _Text, other: _Text, changes: Sequence[_Change]) -> Finding | None:
    """Return what two like texts are to each other; None for reports of two projects, places or years.

    Two versions have most of their figures in common: two forms filled in for different things do not.
    """
    same = _same_subject(text.report, other.report)
    if same and changes:
        few = 2 * len(changes) <= max(_stated(text.report), _stated(other.report))
        known = bool(text.report.project and other.report.project) or _likeness(text, other) >= SAME
        return _version(text, other, changes) if few and known else None
    if same:
        return _duplicate(text, other, exact=False)
    if not changes and len(text.report.facts) >= LEAST_FACTS and _likeness(text, other) >= SAME:
        return _copied(text, other)
    return None


def _same_subject(one: Report, other: Report) -> bool:
    """Tell whether two reports are of one unit, project, year and place, as far as both say."""
    pairs = [
        (one.year, other.year),
        (one.region_code, other.region_code),
        (one.report_type, other.report_type),
        (_plain(one.project), _plain(other.project)),
    ]
    if any(a and b and a != b for a, b in pairs):
        return False
    a, b = _plain(one.organisation), _plain(other.organisation)
    return not (a and b) or a in b or b in a


def _stated(report: Report) -> int:
    """Return how many figures are the report's own, not those of its form: weights and norms."""
    return sum(fact.role not in ("full", "norm") for fact in report.facts)


def _plain(name: str) -> str:
    return str(_NAME.sub("", name))


def _changes(before: Sequence[Fact], after: Sequence[Fact]) -> list[_Change]:
    """Return the figures in which two reports differ, aligned by what they measure."""
    if max(len(before), len(after)) > MOST_FACTS:
        return []
    one, other = ([(fact.kind, fact.unit, fact.metric, fact.subject) for fact in facts] for facts in (before, after))
    found: list[_Change] = []
    for how, i, i_end, j, j_end in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        olds, news = list(before[i:i_end]), list(range(j, j_end))
        if how != "equal":  # names may be read otherwise in another format: what both hold has not changed
            left, gone = Counter(_value(after[at]) for at in news), Counter(_value(fact) for fact in olds)
            olds = [fact for fact in olds if not _taken(left, fact)]
            news = [at for at in news if not _taken(gone, after[at])]
        found += _paired(olds, [(at, after[at]) for at in news])
    return found


def _paired(olds: Sequence[Fact], news: Sequence[tuple[int, Fact]]) -> Iterator[_Change]:
    """Yield what became of the figures of one place: those of one unit pair up in order where they are as many."""
    for unit in dict.fromkeys((fact.kind, fact.unit) for fact in (*olds, *(fact for _, fact in news))):
        before = [fact for fact in olds if (fact.kind, fact.unit) == unit]
        after = [(at, fact) for at, fact in news if (fact.kind, fact.unit) == unit]
        if len(before) == len(after):
            pairs = zip(before, after, strict=True)
            yield from (_Change(old, new, at) for old, (at, new) in pairs if _value(old) != _value(new))
        else:
            yield from (_Change(old, None, None) for old in before)
            yield from (_Change(None, new, at) for at, new in after)


def _taken(others: Counter[object], fact: Fact) -> bool:
    """Tell whether the other version has such a value left, and use it up."""
    known = others[_value(fact)] > 0
    others[_value(fact)] -= known
    return known


def _value(fact: Fact) -> object:
    return fact.value, fact.low, fact.high, fact.unit


def _version(text: _Text, other: _Text, changes: Sequence[_Change]) -> Finding:
    scanned = any(fact.ocr_score is not None for fact in (*text.report.facts, *other.report.facts))
    told = [_said(change) for change in changes[:SHOWN]]
    more = len(changes) - len(told)
    listed = "；".join(told)
    count = len(changes)
    more_zh, more_en = (f"；另有{more}处", f"; and {more} more") if more else ("", "")
    ocr_zh, ocr_en = ("其中有图像识别的文字，可能误识。", " Some of it was recognised from images and may be misread.")
    return Finding(
        check_id="across.version",
        verdict=Verdict.UNCHECKABLE,
        severity=Severity.LOW if scanned else Severity.MEDIUM,
        stated=_called(text),
        computed=f"{other.file}: {count}",
        message=f"A version of “{_called(text)}” stands in {other.file}; {count} figures differ: {listed}{more_en}."
        + (ocr_en if scanned else ""),
        message_zh=f"“{_called(text)}”与{other.file}中的报告似为同一报告的两个版本，{count}处数字不同：{listed}{more_zh}。"
        + (ocr_zh if scanned else ""),
        facts=tuple(change.index for change in changes if change.index is not None),
        quotes=tuple(told),
    )


def _said(change: _Change) -> str:
    """Return a change as old → new; what a version lacks is shown as —."""
    if change.before is None:
        return f"— → {named(change.after) if change.after else ''}"
    if change.after is None:
        return f"{named(change.before)} → —"
    return f"{named(change.before)} → {''.join(change.after.quote.split())}"


def _duplicate(text: _Text, other: _Text, *, exact: bool) -> Finding:
    how_zh, how_en = (
        ("文字相同", "word for word") if exact else ("文字几乎相同，数字全部相同", "nearly, with the same figures")
    )
    return Finding(
        check_id="across.duplicate",
        verdict=Verdict.UNCHECKABLE,
        severity=Severity.LOW,
        stated=_called(text),
        computed=f"= {other.file}",
        message=f"The same report stands in {other.file} ({how_en}), do not count it twice: {_called(text)}.",
        message_zh=f"“{_called(text)}”与{other.file}中的报告重复（{how_zh}），请勿重复统计。",
        quotes=(_called(other),),
    )


def _copied(text: _Text, other: _Text) -> Finding:
    names = f"{_called(text)} / {_called(other)}"
    return Finding(
        check_id="across.copy",
        verdict=Verdict.UNCHECKABLE,
        severity=Severity.MEDIUM,
        stated=_called(text),
        computed=f"= {other.file}",
        message=f"Text and figures are those of a report of another unit, project or year in {other.file}: {names}.",
        message_zh=f"文字与全部数字同{other.file}中另一单位、项目或年度的报告：{names}，疑为照抄。",
        quotes=(_called(other),),
    )


def _called(text: _Text) -> str:
    report = text.report
    said = " ".join(part for part in (report.organisation, report.year, report.project or report.title) if part)
    return said or text.file
