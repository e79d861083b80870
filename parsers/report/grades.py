"""Grades (优, 良, 中, 差): their one name, and the scale of marks that a report states for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import regex

from parsers.view import fold, make_view
from patterns import cue, matcher

LEAST_STEPS = 3
"""A scale has so many steps, at the least."""
ORDER = "优良中差"
_SENTENCE = regex.compile(r"[。\n]")
_MARK = regex.compile(r"\d{1,3}(?:\.\d+)?")
_STEP = cue("grades", "grade.cue.step")
_BELOW = cue("grades", "grade.cue.below")
_INCLUDED = cue("grades", "grade.cue.included")
_GRADED = cue("grades", "grade.cue.graded")


@dataclass(frozen=True, slots=True)
class Scale:
    """From which mark on each grade is given, and the sentence that says so; empty for the usual scale."""

    lows: Mapping[str, Decimal]
    quote: str = ""

    def grades(self, score: Decimal) -> tuple[str, ...]:
        """Return the grade of a mark; on a boundary that the scale leaves open, those on its two sides."""
        reached = [grade for grade in ORDER if grade in self.lows and self.lows[grade] <= score]
        if not reached:
            return ()
        open_ = bool(self.quote) and self.lows[reached[0]] == score and not _INCLUDED.search(self.quote)
        return tuple(reached[:2]) if open_ else tuple(reached[:1])


USUAL = Scale({"优": Decimal(90), "良": Decimal(80), "中": Decimal(60), "差": Decimal(0)})
"""What 《项目支出绩效评价管理办法》 (财预〔2020〕10号) suggests; provinces set other limits."""


def plain_grade(grade: str) -> str:
    """Return a grade by its one name, 优 for 优秀; empty for one of another scale."""
    found = matcher("grades", "name").match(grade)
    return found[0].set["grade"] if found else ""


def stated_scale(text: str) -> Scale | None:
    """Return the scale that a sentence of a text states, each step lower than the one before; None without one."""
    folded = fold(text)
    if not _GRADED.search(folded):
        return None
    for sentence in _SENTENCE.split(folded):
        if not _GRADED.search(sentence):
            continue
        view = make_view(sentence, 0, len(sentence)).text
        for field in ("before", "after"):
            lows = _steps(view, field)
            steps = [lows[grade] for grade in ORDER if grade in lows]
            if "优" in lows and len(steps) >= LEAST_STEPS and steps == sorted(set(steps), reverse=True):
                return Scale(lows, view.strip())
    return None


def _steps(sentence: str, field: str) -> dict[str, Decimal]:
    lows: dict[str, Decimal] = {}
    for pattern in matcher("grades", field).patterns:
        for found in pattern.regex.finditer(sentence):
            if _STEP.search(found["range"]):
                lows.setdefault(plain_grade(found["grade"]), _low(found["range"]))
    return lows


def _low(marks: str) -> Decimal:
    """Return the lower end of a step: 80 of 80-90, 90 of 90以上, 0 of 60以下."""
    numbers = [Decimal(number) for number in _MARK.findall(marks)]
    if len(set(numbers)) == 1 and _BELOW.search(marks):
        return Decimal(0)
    return min(numbers)
