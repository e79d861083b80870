"""Judge the role of a figure by the words nearest to it: its clause, its part of the sentence, its headings."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache, lru_cache
from typing import cast

from parsers.figures.clauses import Around
from parsers.figures.naming import AGES
from parsers.model import Role
from patterns import Pattern, cue, matcher

REACH = 24
LONGEST = 400
"""So far back in a sentence do words still speak for a figure."""
_PAID = cue("roles", "role.cue.paid")
_EACH = cue("roles", "role.cue.each")
_GROUPED = cue("roles", "role.cue.grouped")
_MARKED_OFF = cue("roles", "role.cue.marked-off")
_TASK = cue("roles", "role.cue.task")
_FIRST = cue("roles", "role.cue.first")
_PLANNED = cue("roles", "role.cue.planned-deed")
_BARE_DEED = cue("roles", "role.cue.bare-deed")
_KEPT = cue("roles", "role.cue.kept")
_ASKED = cue("roles", "role.cue.asked")
_OF_IT = cue("roles", "role.cue.of-it")
_MARKS_OFF = cue("roles", "role.cue.marks-off")
_GRADED = cue("roles", "role.cue.graded")
_QUALIFIES = cue("roles", "role.cue.qualifies")
_TOTAL_MARKS = cue("roles", "role.cue.total-marks")


def was_kept(text: str, around: Around) -> bool:
    """Tell whether a time limit is told as kept: 收到资金后15日内全部拨付."""
    if _ASKED.search(text[max(around.clause, around.mark.start - REACH) : around.mark.start]):
        return False
    after = text[around.mark.end : around.mark.end + REACH]
    return _KEPT.match(after) is not None and "实际" not in after


@lru_cache(maxsize=2048)
def _stated(place: str, text: str, kind: str, unit: str = "") -> Pattern | None:
    if not matcher("roles", place).may_be_in(text):
        return None
    return next((pattern for pattern in _of_kind(place, kind, unit) if pattern.search(text) is not None), None)


@cache
def _of_kind(place: str, kind: str, unit: str) -> tuple[Pattern, ...]:
    """Return the patterns of a place that speak of figures of a kind and unit, in the file's order."""
    return tuple(
        pattern
        for pattern in matcher("roles", place).patterns
        if kind in pattern.set.get("kinds", kind).split() and unit not in pattern.set.get("unless", "").split()
    )


def judge(text: str, around: Around) -> tuple[Role | None, str]:
    """Return the role that the words of the sentence state and the pattern that said so; None where nothing is said."""
    quantity = around.quantity
    kind = quantity.kind
    if _OF_IT.match(text, around.mark.end) and _TASK.search(_words(text, around, "left")):
        return "target", "role.share-of-task"
    limited = quantity.low is not None or quantity.bound != "eq"
    if kind == "score" and limited and _GRADED.match(text[around.mark.end : around.mark.end + REACH]):
        return "norm", "role.grade"
    for place in ("left", "right") if kind == "score" else ("left", "right", "clause", "segment"):
        words = _words(text, around, place)
        pattern = _stated(place, words, kind, quantity.unit)
        if pattern is not None:
            return None if "weak" in pattern.set else cast("Role", pattern.set["role"]), pattern.id
    if kind == "amount" and _is_price(text, around):
        return "norm", "role.price"
    if quantity.unit in AGES and (quantity.bound != "eq" or quantity.low is not None):
        return "norm", "role.age"
    after = text[around.mark.end : around.mark.end + 12]
    if kind == "other" and _GROUPED.match(after):
        return "norm", "role.group"
    if kind in ("other", "count") and around.inside and _MARKED_OFF.match(after):
        return "norm", "role.group"
    if kind in ("amount", "other", "count") and _threshold(text, around):
        return "norm", "role.threshold"
    return None, ""


def _words(text: str, around: Around, place: str) -> str:
    """Return the words at ``place`` from a figure: left and right of it, its clause, its part of the sentence."""
    start, end = around.mark.start, around.mark.end
    if place == "left":
        begin = around.clause
        if around.quantity.kind == "score" and text[begin - 1 : begin] == ":":  # 分值设置为:产出指标|50分
            begin = around.part[0]
        return text[max(begin, start - REACH) : start]
    if place == "right":
        return text[end : min(around.right + 8, end + REACH)]
    return text[max(around.clause, start - LONGEST) if place == "clause" else _governed(text, around) : start]


def _governed(text: str, around: Around) -> int:
    """Return where the words begin that govern a figure: its part, or the sentence where a colon or plan opens a list.

    计划改造城区道路4条;改造农村公路46.5公里: the plan goes on over the semicolon.
    """
    sentence = max(around.sentence[0], around.mark.start - LONGEST)
    part = max(around.part[0], sentence)
    before = text[sentence:part]
    goes_on = _PLANNED.search(before) is not None and _BARE_DEED.match(text, part) is not None
    return sentence if ":" in before or goes_on or _FIRST.search(before) else part


@lru_cache(maxsize=1024)
def judge_by_heading(headings: tuple[str, ...], kind: str) -> Role | None:
    """Return the role that the nearest heading gives that speaks of roles; ``headings`` end with it."""
    if kind == "score":
        return None
    for title in reversed(headings):
        pattern = _stated("heading", title, kind)
        if pattern is not None:
            return cast("Role", pattern.set["role"])
    return None


def _is_price(text: str, around: Around) -> bool:
    """Tell whether an amount is a price of a rule: 640元/人, 每人每年800元; not a mean of what was done (户均)."""
    quantity = around.quantity
    if not quantity.per:
        return False
    if _EACH.search(text[max(0, around.mark.start - 10) : around.mark.start]):
        return True
    words = text[around.clause : around.mark.start]
    if (_PAID.search(words) and "标准" not in words) or "计算" in text[around.mark.end : around.mark.end + 4]:
        return False
    return quantity.per not in ("年", "月") or any(char in text[around.mark.start : around.mark.end] for char in "/每")


def _threshold(text: str, around: Around) -> bool:
    """Tell whether a figure with a limit marks off cases: 费用超过1.5万元以上的人员, 投资500万元以上项目12个."""
    quantity = around.quantity
    if quantity.bound in ("eq", "approx") and quantity.low is None:
        return False
    after = text[around.mark.end : around.mark.end + REACH]
    return _QUALIFIES.match(after) is not None or (
        quantity.kind == "amount" and _MARKS_OFF.search(after[:12]) is not None
    )


def _adds_up(stated: Sequence[Role | None], values: Sequence[Decimal], index: int) -> bool:
    """Tell whether a score is one of several without a word that add up to the award right behind them."""
    first, last = index, index
    while first and stated[first - 1] is None:
        first -= 1
    while last < len(stated) and stated[last] is None:
        last += 1
    return last - first > 1 and last < len(stated) and sum(values[first:last]) == values[last]


def settle_scores(
    texts: Sequence[str],
    roles: Sequence[Role | None],
    inside: Sequence[bool],
    listed: Sequence[bool],
    values: Sequence[Decimal],
) -> tuple[Role, ...]:
    """Give every score of a sentence a role: where words are silent, beside an award stand full marks and vice versa.

    ``texts`` are the words left of each score, ``inside`` tells which stand in brackets, ``listed`` which go on a list:
    产出指标50分、效益指标30分，自评分别为49.2分、29分 are full marks and awards. What adds up to an award behind it
    was given too.
    """
    stated = list(roles)
    for index in range(1, len(stated)):
        if listed[index] and stated[index] is None:
            stated[index] = stated[index - 1]
    settled: list[Role] = []
    for index, role in enumerate(stated):
        if role is not None:
            settled.append(role)
            continue
        following = next((later for later in stated[index + 1 :] if later is not None), None)
        near = index + 1 < len(stated) and (stated[index + 1] is not None or listed[index + 1])
        behind_award = index > 0 and settled[-1] == "awarded" and texts[index].endswith("/")  # 18/20分
        if behind_award or (following == "awarded" and near):
            settled.append("awarded" if _adds_up(stated, values, index) else "full")
        elif following == "full" and near:
            settled.append("awarded")
        elif inside[index] and not _TOTAL_MARKS.search(texts[index]):
            settled.append("full")
        else:
            settled.append("awarded")
    return tuple(settled)
