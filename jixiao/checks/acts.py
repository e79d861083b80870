"""Dates of acts in their order: a work is not finished before it was begun."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import regex

from jixiao.checks.case import Case
from jixiao.findings import Finding, Severity, Verdict
from parsers.report.paragraphs import paragraphs
from patterns import cue

_SENTENCE = regex.compile(r"[^。;\n]+")
_DATED = cue("periods", "period.cue.dated-act")
_BEGAN = cue("periods", "period.cue.began")
_ENDED = cue("periods", "period.cue.ended")
_OF_THE_SAME = cue("periods", "period.cue.of-the-same")


class _Act(NamedTuple):
    """An act with its day: the year, the month and, where it is told, the day of the month."""

    day: tuple[int, ...]
    date: str
    start: int
    end: int
    """Where the words of the act end."""
    kind: str


def order(case: Case) -> Iterator[Finding]:
    """Prove that what a sentence says was begun was finished later: 2022年9月开工建设,同年5月完工."""
    span = case.report.span
    for paragraph in paragraphs(case.document):
        if not span.start <= paragraph.span.start < span.end:
            continue
        for sentence in _SENTENCE.finditer(paragraph.view.text):
            acts = list(_acts(sentence[0]))
            for began, ended in pairwise(acts):
                between = sentence[0][began.end : ended.start]
                if (began.kind, ended.kind) == ("began", "ended") and _OF_THE_SAME.match(between):
                    yield _finding(began, ended, sentence[0].strip())


def _acts(sentence: str) -> Iterator[_Act]:
    """Yield the acts of a sentence that begin or end a work, each right behind its date."""
    year = 0
    for dated in _DATED.finditer(sentence):
        if dated["year"]:
            year = int(dated["year"])
        elif dated["next"]:
            year += 1
        if not year:
            continue
        day = (year, int(dated["month"]), *([int(dated["day"])] if dated["day"] else []))
        for kind, words in (("began", _BEGAN), ("ended", _ENDED)):
            told = words.match(sentence, dated.end())
            if told is not None:
                yield _Act(day, dated[0], dated.start(), told.end(), kind)
                break


def _finding(began: _Act, ended: _Act, sentence: str) -> Finding:
    size = min(len(began.day), len(ended.day))
    early = ended.day[:size] < began.day[:size]
    sign = "<" if early else "≥"
    return Finding(
        check_id="date.order",
        verdict=Verdict.INCONSISTENT if early else Verdict.CONSISTENT,
        severity=Severity.HIGH if early else Severity.NONE,
        stated=sentence,
        computed=f"{_printed(ended)} {sign} {_printed(began)}",
        message=(
            f"Finished {_printed(ended)}, begun {_printed(began)}: "
            + ("it cannot end before it begins." if early else "in this order.")
        ),
        message_zh=(
            f"“{sentence}”：完工时间{_printed(ended)}{'早于' if early else '不早于'}开工时间{_printed(began)}"
            + ("，先后矛盾。" if early else "，先后相符。")
        ),
        quotes=(began.date, ended.date),
    )


def _printed(act: _Act) -> str:
    return "-".join([str(act.day[0]), *(f"{part:02d}" for part in act.day[1:])])
