"""What figures of a sentence share: roles, bounds and units of price go over lists, parts, changes and tiers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import cast

import regex

from parsers.figures.clauses import Around
from parsers.figures.judging import LONGEST, REACH, judge, judge_by_heading, settle_scores, was_kept
from parsers.model import Bound, Quantity, Role
from patterns import cue

LIST = cue("figures", "figure.list")
_CHANGE = cue("figures", "figure.changed-to")
_ROSE = cue("figures", "figure.rose")
_COMPARED = cue("figures", "figure.compared")
_PART_OF_PRICE = cue("figures", "figure.part-of-price")
_NEXT_PART = re.compile(r"^[,、;][一-龥]{2,10}$")
_SHORT_ITEM = re.compile(r"^、[一-龥]{1,6}$")
_RATED = cue("figures", "figure.rated")
_PARTS = cue("figures", "figure.parts")
_AT_LEAST = cue("figures", "figure.at-least")
_SIGN = re.compile(r"(?:[≥≤≧≦]|[><]=)$")
"""What nobody calls a result and a sign limits is asked for: 补助人群精准率>=95%."""
_RUBRIC = cue("figures", "figure.rubric")
_GIVEN = cue("figures", "figure.given")
_OPENS = (",", "。", ";", ":", "(", "\n", " ")
_BY_YEAR = cue("figures", "figure.by-year")
_WHOLE_YEAR = cue("figures", "figure.whole-year")
_DONE_BESIDE = cue("figures", "figure.done-beside")
_RATE_BESIDE = cue("figures", "figure.rate-beside")
_HAPPENED = cue("figures", "figure.happened")
_DONE = cue("figures", "figure.all-done")
_PROMISE = cue("figures", "figure.promise")
_TOLD_DONE = cue("figures", "figure.told-done")
_DONE_THEN = cue("figures", "figure.done-then")
_AMONG = cue("figures", "figure.among")
_FUNDS = cue("figures", "figure.funds")
_EACH_BRACKETED = cue("figures", "figure.each-bracketed")


def _limited(quantity: Quantity) -> bool:
    return quantity.low is not None or quantity.bound not in ("eq", "approx")


def text_between(text: str, first: Around, second: Around) -> str:
    """Return the text between two figures."""
    return text[first.mark.end : second.mark.start]


def roles_of(text: str, surroundings: Sequence[Around], headings: tuple[str, ...], year: str = "") -> tuple[Role, ...]:
    """Return the role of every figure: stated by its own words, else shared with its neighbours, else by headings."""
    stated = [cast("Role | None", around.mark.role or None) or judge(text, around)[0] for around in surroundings]
    roles: list[Role | None] = list(stated)
    _settle_rubric(text, surroundings, roles)
    _settle_scores(text, surroundings, roles)
    _settle_pairs(text, surroundings, roles)
    for index in range(len(roles) - 1, 0, -1):  # 80%和70%的目标: what is listed together plays one role
        shared = roles[index] if roles[index - 1] is None else None
        if shared in ("full", "awarded") and surroundings[index - 1].quantity.kind != "score":
            continue  # 90分以上的39个、80-90分的3个
        if shared and LIST.match(text_between(text, surroundings[index - 1], surroundings[index])):
            roles[index - 1] = shared
    for index in range(len(roles)):
        if roles[index] is None:
            roles[index] = _shared(text, surroundings, roles, index)
    _settle_done(text, surroundings, roles)
    _settle_promised(text, surroundings, roles)
    above = tuple(headings)
    settled = (
        _ahead(text, around, role, year, above)
        or role
        or _headed(text, above, around)
        or _foretold(text, around, year)
        or _default(text, around)
        for role, around in zip(roles, surroundings, strict=True)
    )
    return tuple(settled)


def _settle_done(text: str, surroundings: Sequence[Around], roles: list[Role | None]) -> None:
    """Take what was done for a result, and its rate, right behind what was planned: 计划改造46个,完工41个,完工率89%."""
    done = -1
    for index, (around, after) in enumerate(pairwise(surroundings), start=1):
        planned = roles[index - 1] == "target" and around.quantity.unit == after.quantity.unit
        if planned and _DONE_BESIDE.match(text_between(text, around, after)):
            roles[index], done = "actual", index
            continue
        rated = done == index - 1 and after.quantity.kind == "rate"
        if rated and _RATE_BESIDE.match(text_between(text, around, after)):
            roles[index] = "actual"


def _settle_promised(text: str, surroundings: Sequence[Around], roles: list[Role | None]) -> None:
    """Take the first sentence of an item for its task where the next tells results: 改造公路30公里。实际完成35公里."""
    first = surroundings[0].sentence
    item = _PROMISE.match(text, first[0], first[1])
    if item is None or _TOLD_DONE.search(text, *first) or not _DONE_THEN.match(text, min(first[1] + 1, len(text))):
        return
    done = {around.quantity.unit for around in surroundings if around.sentence != first}
    own = [index for index, around in enumerate(surroundings) if around.sentence == first]
    if not done.intersection(surroundings[index].quantity.unit for index in own):
        return
    for index in own:
        if roles[index] is None and surroundings[index].quantity.kind in ("count", "other", "rate"):
            roles[index] = "target"


def _ahead(text: str, around: Around, role: Role | None, year: str, headings: tuple[str, ...]) -> Role | None:
    """Return that a figure is a goal where its sentence, or the heading, names a year after the report's.

    2025年,收入增长5%左右,新建学校2所.
    """
    kind = around.quantity.kind
    if not year or kind in ("score", "duration") or role not in ((None, "actual") if kind == "rate" else (None,)):
        return None
    begin = _back(around, around.sentence[0])
    told = _told(_WHOLE_YEAR, text, begin, around.mark.start)
    if told:
        first = text[: told[-1].start()].endswith(_OPENS) or not told[-1].start()
        later, begin = told[-1][1] > year and (first or kind == "rate"), told[-1].end()  # 参加2022年度医保 is no plan
    else:
        later, begin = _plans(headings, year, kind), around.clause
    return "target" if later and not _HAPPENED.search(text, begin, around.mark.start) else None


def _told(years: regex.Pattern[str], text: str, start: int, end: int) -> list[regex.Match[str]]:
    """Return the years that are told between two places of a text; mostly there is none."""
    return list(years.finditer(text, start, end)) if text.find("年", start, end) >= 0 else []


@lru_cache(maxsize=1024)
def _plans(headings: tuple[str, ...], year: str, kind: str) -> bool:
    """Tell whether the nearest heading that names a year, none of results, names one after the report's."""
    titles = (title for title in reversed(headings) if judge_by_heading((title,), kind) != "actual")
    named = next((found for title in titles if (found := _WHOLE_YEAR.search(title))), None)
    return named is not None and named[1] > year


def _settle_pairs(text: str, surroundings: Sequence[Around], roles: list[Role | None]) -> None:
    """Take a limit with a figure of its unit right behind it for a target and its result: ≥90%95%, of glued cells."""
    for index, (around, after) in enumerate(pairwise(surroundings)):
        start, end = around.mark.start, around.mark.end
        beside = after.mark.start - end <= 1 and (after.mark.start == end or text[end] in "≥≤")
        if beside and start and text[start - 1] in "≥≤" and around.quantity.unit == after.quantity.unit:
            roles[index], roles[index + 1] = "target", "actual"


def _headed(text: str, headings: tuple[str, ...], around: Around) -> Role | None:
    """Return the role that headings give; a time to be kept (不少于7天) is no result under a heading of results."""
    role = judge_by_heading(headings, around.quantity.kind)
    kept = _limits_time(around.quantity) and _AT_LEAST.search(text[_back(around, 0) : around.mark.start])
    return None if role == "actual" and kept else role


def _foretold(text: str, around: Around, year: str) -> Role | None:
    """Return that a figure is a goal where its sentence sets a year after the report's for it: 到2035年,建成…."""
    if not year:
        return None
    told = _told(_BY_YEAR, text, _back(around, around.sentence[0]), around.mark.start)
    if not told or told[-1][1] <= year or _HAPPENED.search(text, told[-1].end(), around.mark.start):
        return None
    return "target"


def _limits_time(quantity: Quantity) -> bool:
    return quantity.kind == "duration" and quantity.bound in ("le", "ge")


def _default(text: str, around: Around) -> Role:
    """Return what a figure is that nothing speaks of: done, asked for (不低于4厘米), or a rule where it limits time."""
    quantity = around.quantity
    words = text[_back(around, around.clause) : around.mark.start]
    if quantity.kind in ("rate", "count", "other") and quantity.bound in ("ge", "le") and _AT_LEAST.search(words):
        return "target"
    if _SIGN.search(words):
        return "target"
    if not _limits_time(quantity):
        return "actual"
    words = text[around.clause : around.mark.start]
    return "actual" if _DONE.search(words) or was_kept(text, around) else "norm"


def _settle_rubric(text: str, surroundings: Sequence[Around], roles: list[Role | None]) -> None:
    """Take the marks and limits of a scale for a rule: 完成率100%计8分,每低1个百分点扣0.5分,扣完为止."""
    if ("扣" not in text and "分" not in text) or _RUBRIC.search(text) is None:
        return
    for index, around in enumerate(surroundings):
        if around.quantity.kind not in ("score", "rate") or roles[index] == "full":
            continue
        if text[around.clause : around.mark.start] == "得" and _RUBRIC.search(text, around.sentence[0], around.clause):
            continue  # 每低1%扣1分,得|9分
        own = _RUBRIC.search(text, around.clause, around.mark.end + REACH)
        if (own is not None and own.start() < around.mark.end and around.mark.start <= own.end()) or (
            _RUBRIC.search(text, *around.sentence) and not _GIVEN.search(text[slice(*around.part)])
        ):
            roles[index] = "norm"


def _settle_scores(text: str, surroundings: Sequence[Around], roles: list[Role | None]) -> None:
    sentences: dict[int, list[int]] = {}
    for index, around in enumerate(surroundings):
        if around.quantity.kind == "score":
            sentences.setdefault(around.sentence[0], []).append(index)
    for group in sentences.values():
        settled = settle_scores(
            [text[surroundings[i].clause : surroundings[i].mark.start] for i in group],
            [roles[i] for i in group],
            [surroundings[i].inside for i in group],
            [i - 1 in group and is_listed(text, surroundings[i - 1], surroundings[i]) for i in group],
            [surroundings[i].quantity.value or Decimal(0) for i in group],
        )
        for index, role in zip(group, settled, strict=True):
            roles[index] = role


def _back(around: Around, start: int) -> int:
    return max(start, around.mark.start - LONGEST)


def _shared(text: str, surroundings: Sequence[Around], roles: Sequence[Role | None], index: int) -> Role | None:
    """Return the role that a figure takes from its neighbours; None where they say nothing of it."""
    around, quantity = surroundings[index], surroundings[index].quantity
    if _in_tiers(text, surroundings, roles, index):
        return "norm"
    if index == 0:
        return None
    before, role = surroundings[index - 1], roles[index - 1]
    if before.sentence != around.sentence:  # 计划完成3518公里。其中,县道完工|106公里
        alike = before.quantity.unit == quantity.unit and quantity.kind != "amount"  # money has sources that gave it
        return role if alike and role == "target" and _PARTS.match(text, around.sentence[0]) else None
    same_part = before.part == around.part
    if (
        role == "target"
        and same_part
        and (_limited(quantity) or _PARTS.search(text[_back(around, around.part[0]) : around.mark.start]))
    ):
        return "target"
    if _CHANGE.match(text_between(text, before, around)):
        return role
    if role in ("norm", "target", "full") and is_listed(text, before, around):
        return role
    between = text_between(text, before, around)
    standard = role == "norm" and quantity.kind == "amount" == before.quantity.kind
    if standard and (_COMPARED.match(between) or _ROSE.match(between)):  # 标准为89元,比2022年的84元提高5元
        return "norm"
    if role == "norm" and quantity.kind == "rate" and _AMONG.search(text_between(text, before, around)):
        return "norm"
    if role == "norm" and quantity.kind == "amount" and _is_part_of_rule(text, surroundings, roles, index):
        return "norm"
    return None


def _is_part_of_rule(text: str, surroundings: Sequence[Around], roles: Sequence[Role | None], index: int) -> bool:
    """Tell whether 其中 stands behind the first of the rules right before a sum: 每亩16元,其中管护费0.25元."""
    first = index - 1
    while first and roles[first - 1] == "norm" and surroundings[first - 1].sentence == surroundings[index].sentence:
        first -= 1
    between = text[_back(surroundings[index], surroundings[first].mark.end) : surroundings[index].mark.start]
    return _PARTS.search(between) is not None


def _in_tiers(text: str, surroundings: Sequence[Around], roles: Sequence[Role | None], index: int) -> bool:
    """Tell whether a figure is part of a scale of tiers: 3万元以上5万元以下按75%, 5-10万元段，报销比例70%."""
    around, quantity = surroundings[index], surroundings[index].quantity
    if quantity.kind == "rate":
        previous = surroundings[index - 1] if index else None
        if previous is None or previous.part != around.part:
            return False
        rated = _RATED.search(text_between(text, previous, around)) is not None
        return rated and previous.quantity.kind in ("amount", "other") and roles[index - 1] == "norm"
    if quantity.kind not in ("amount", "other") or not _limited(quantity):
        return False
    after = next((later for later in surroundings[index + 1 :] if _is_given(later.quantity)), None)
    if after is None or after.part != around.part:
        return False
    between = text_between(text, around, after)
    return len(between) <= 40 and _RATED.search(between) is not None


def _is_given(quantity: Quantity) -> bool:
    """Tell whether a figure may be what a tier gives: a share, or so much for each."""
    return quantity.kind == "rate" or (quantity.kind == "amount" and bool(quantity.per) and not _limited(quantity))


def is_listed(text: str, before: Around, around: Around) -> bool:
    """Tell whether a figure is the next item of a list of its kind: 中央60%、省级20%、县级20%."""
    if before.quantity.kind != around.quantity.kind:
        return False
    between = text_between(text, before, around)
    return LIST.match(between) is not None or (between.startswith("、") and len(between) <= 12)


def pers_of(text: str, surroundings: Sequence[Around]) -> tuple[str, ...]:
    """Return what each price is for: one that became another keeps it (由每人每月720元提高到768元)."""
    if not any(around.quantity.per for around in surroundings):
        return ("",) * len(surroundings)
    pers: list[str] = []
    whole = -1
    for index, around in enumerate(surroundings):
        own = around.quantity.per
        if index > 0 and not own:
            before = surroundings[index - 1]
            between = text_between(text, before, around)
            if _PART_OF_PRICE.match(between):
                whole = index - 1
            elif not (_NEXT_PART.match(between) or LIST.match(between)):
                whole = -1
            if _keeps_per(text, before, around):
                own = pers[-1]
            elif whole >= 0 and _is_part(surroundings[whole], around):
                own = pers[whole]
        pers.append(own)
    for index in range(len(pers) - 1, 0, -1):  # 小学生1000元、初中生1250元(每生每年): the last says it for all
        if _EACH_BRACKETED.match(text, surroundings[index].mark.end) and not pers[index - 1]:
            pers[index - 1] = pers[index] if _listed_price(text, surroundings[index - 1], surroundings[index]) else ""
    return tuple(pers)


def _is_part(whole: Around, part: Around) -> bool:
    """Tell whether a price may be a part of another: 每亩16元,其中管护费0.25元,抚育费15.75元."""
    same = whole.quantity.unit == part.quantity.unit
    return same and (part.quantity.value or 0) < (whole.quantity.value or 0)


def _listed_price(text: str, before: Around, around: Around) -> bool:
    same = before.quantity.unit == around.quantity.unit
    return same and _SHORT_ITEM.match(text_between(text, before, around)) is not None


def _keeps_per(text: str, before: Around, around: Around) -> bool:
    """Tell whether a price is for what the one before it is for: it became this, rose by it, or stands in its list."""
    if before.quantity.unit != around.quantity.unit or before.quantity.kind not in ("amount", "other"):
        return False
    between = text_between(text, before, around)
    if _CHANGE.match(between) or _ROSE.match(between) or _COMPARED.match(between):
        return True
    printed = "/" in text[before.mark.start : before.mark.end]
    return not printed and _SHORT_ITEM.match(between) is not None and _FUNDS.search(between) is None


def bounds_of(text: str, surroundings: Sequence[Around]) -> tuple[Bound, ...]:
    """Return the bounds: a list shares the first one's; 以上 after 以下 of the same figure leaves the figure out.

    So does 以下 of marks behind a grade that begins with them: 60-75分为合格,60分以下为不合格.
    """
    bounds: list[Bound] = []
    closed: set[Decimal | None] = set()
    begun: set[Decimal | None] = set()
    for index, around in enumerate(surroundings):
        quantity = around.quantity
        bound = quantity.bound
        before = surroundings[index - 1] if index else None
        if before is not None and before.sentence != around.sentence:
            closed.clear()
            begun.clear()
        limited = bound == "eq" and index > 0 and bounds[-1] not in ("eq", "approx")
        if limited and before is not None and before.quantity.kind == quantity.kind:
            bound = bounds[-1] if LIST.match(text_between(text, before, around)) else bound
        if bound == "le" and quantity.kind == "score" and quantity.value in begun:
            bound = "lt"
        begun.add(quantity.low if quantity.low is not None else quantity.value if bound == "ge" else None)
        if bound == "le":
            closed.add(quantity.value)
        elif bound == "ge" and quantity.kind == "amount" and quantity.value in closed:
            bound = "gt"
        bounds.append(bound)
    return tuple(bounds)
