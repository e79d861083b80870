"""What a report concludes: the mark and the grade that it gives itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

import regex

from parsers.figures.numbers import read_hanzi
from parsers.model import Score
from parsers.tables.scores import is_top, stated_spans
from parsers.view import View
from patterns import cue, matcher

HIGHEST = Decimal(150)
FULL = Decimal(100)
NEAR = 16
"""Who gives a mark is named so many characters before it, at the most."""
GIVEN, BARE = "3", "4"
"""Tiers of a mark that others gave, and of one that does not say whose it is."""
_RUBRIC = cue("covers", "cover.cue.scale")


def self_score(views: Iterable[View], cell: str, scores: Sequence[Score]) -> Decimal | None:
    """Return the mark that a report gives itself: in words, else the total of its tree, else in a labelled cell.

    What others gave it counts behind its own. 总分为100分 is mostly what can be had: it counts where nothing else is
    stated, and before it a mark that does not say whose it is (得分96分).
    """
    found: dict[str, Decimal] = {}
    whole: Decimal | None = None
    for view in views:
        if "分" not in view.text:
            continue
        stated = None
        for pattern in matcher("covers", "score").patterns:
            for match in pattern.found_in(view.text):
                stated = stated_spans(view) if stated is None else stated
                own = not any(a < match.end() and match.start() < b for a, b in stated)
                score = _marks(match["score"])
                if own and score == FULL and "总分" in match[0] and "自评" not in match[0]:
                    whole = score
                elif own and score <= HIGHEST:
                    found.setdefault(_tier(pattern.set["tier"], match, view.text), score)
    bare = found.pop(BARE, None)
    if found:
        return found[min(found)]
    total = _total(scores)
    if total is not None:
        return total
    return Decimal(cell) if cell else bare if bare is not None else whole


def _total(scores: Sequence[Score]) -> Decimal | None:
    """Return the mark of the whole form: 总分 before a 合计, and no sum of money with the mark of its block."""
    wholes = [score for score in scores if len(score.path) == 1 and is_top(score)]
    marks = [("总" not in score.path[0], score.awarded) for score in wholes if score.awarded is not None]
    return min(marks, key=lambda mark: mark[0])[1] if marks else None


def _marks(text: str) -> Decimal:
    return Decimal(text) if text[0].isdecimal() else read_hanzi(text.replace("一百", "百").replace("百", "一百"))


def _tier(tier: str, match: regex.Match[str], text: str) -> str:
    """Return how sure a mark is the report's own; lowest first. 专家组评定得分90分 is the experts'."""
    rated = matcher("covers", "rater").found_in(text[max(0, match.start() - NEAR) : match.start()])
    return GIVEN if rated and "自评" not in match[0] else tier


def grade(text: str) -> str:
    """Return the grade that a text states, and not one of a scale of grades; empty for none."""
    for pattern in matcher("covers", "grade").patterns:
        for match in pattern.found_in(text):
            if not _RUBRIC.search(text, max(0, match.start() - 40), match.end() + 60):
                return str(match["grade"])
    return ""
