"""Name what a figure measures, from the words around it: metric, subject, scope.

The name is the noun phrase left of the figure in its clause, or the noun after a counted figure; what says nothing by
itself (同比增长, 完成率, 涉及资金) leans on the name before it. The subject is the group or thing named earlier in the
sentence that the figure belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from parsers.figures.clauses import Around
from parsers.figures.phrases import (
    LONGEST,
    clean,
    counted_noun,
    deed_for,
    done_to,
    is_generic,
    noun_after,
    number_of,
    subject_in,
    trim,
)
from parsers.model import Quantity
from patterns import cue

_STANDARD = cue("naming", "naming.cue.standard")
_TIER = cue("naming", "naming.cue.tier")
_COLUMN = cue("naming", "naming.cue.column")
_COLUMN_NAME = cue("naming", "naming.cue.column-name")
_SUM = cue("naming", "naming.cue.sum")
_NUMBERED = re.compile(r"^\s*[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.、](?!\d)")
_HELD = cue("naming", "naming.cue.held")
_CUT = re.compile(r"[,。;:]")
_MARKS = cue("naming", "naming.cue.marks")
_PARTS = cue("naming", "naming.cue.parts")
_CHANGED = cue("naming", "naming.cue.changed")
_HELD_AGAINST = cue("naming", "naming.cue.held-against")
_AMONG = cue("figures", "figure.parts")
SHORT = 4
"""A name no longer than this hardly tells a figure from its neighbours."""
_ORDER = re.compile(r"[^,;。:\d]{0,6}\d{1,2}")
_ACCOUNT = cue("naming", "naming.cue.account")
_ACCOUNT_STEM = cue("naming", "naming.cue.account-stem")
_ONLY = cue("naming", "naming.cue.only")
_JUDGED = cue("naming", "naming.cue.judged")
_GRADE = cue("naming", "naming.cue.grade")
_LABEL_UNIT = re.compile(r"\([^()\d]{1,8}\)\Z")
AGES = ("岁", "周岁")
_COUNTED = cue("naming", "naming.cue.counted")


@dataclass(slots=True)
class Memory:
    """What earlier clauses of the sentence named; each sentence begins with a new one, but for the topic."""

    topic: str = ""
    """Words before a colon at the head: they hold for the rest of the paragraph."""
    item: str = ""
    """What the item of a list that a figure stands in is about: 二是学前教育支出,合计…."""
    subject: str = ""
    shared: str = ""
    """The subject that a whole list has: what one of its items names is no other's."""
    name: str = ""
    """The last name that can stand by itself."""
    name_kind: str = ""
    condition: str = ""
    """What the last limit of a scale of tiers is a limit of: 个人自付部分."""
    tier: str = ""
    """The last tier: 5万元以内段."""
    scored: str = ""
    """What the last marks were given for."""
    inner: str = ""
    """The last name of the bracket that is open: it is none for what follows the bracket."""
    ages: str = ""
    """The last group of ages: 80至89周岁."""
    head: str = ""
    """What stands first in this part of the sentence; it may be a total, a group, or only a neighbour."""
    head_kind: str = ""
    head_end: int = 0
    account: str = ""
    """Whose income or spending was named last: 职工医保基金."""
    last: str = ""
    """The last name of any kind."""
    clause: int = -1
    part: int = -1
    seen: int = 0
    """How far the text has been read for subjects."""


class Name(NamedTuple):
    """What a figure measures (``metric``), whose it is (``subject``) and its reach (``scope``)."""

    metric: str
    subject: str
    scope: str
    own: str
    """The part of the metric that stands at the figure itself."""


def name_figure(
    text: str, around: Around, previous: Around | None, dates: Sequence[tuple[int, int]], memory: Memory
) -> Name:
    """Name the figure of ``around`` and remember what later figures may lean on; ``previous`` is the one before it."""
    quantity = around.quantity
    _read_on(text, around, dates, memory)
    known = _of_marks(text, around, previous, memory)
    if known is not None:
        return known
    start = _after_counted(text, around, previous)
    left = text[start : around.mark.start]
    own, scope = _own_words(text, start, around, previous, dates, memory)
    if previous is not None and _is_noun_of(text, previous, around):
        own = (memory.last if memory.last in text[around.clause : previous.mark.start] else "") + own
    tier = _tier(text, around, quantity)
    to_whom = done_to(left, text[around.mark.end : around.mark.end + LONGEST]) if quantity.kind == "count" else ""
    own = own or _from_right(text, around, left)
    noun = to_whom or (noun_after(own, left, text[around.mark.end : around.right], quantity.kind) if not tier else "")
    own = "" if to_whom else own
    labelled = quantity.pattern == "quantity.labelled-unit"
    if labelled or (not own and not noun and tier is None and quantity.unit not in AGES):
        own = _label(text, around, dates, previous.mark.end if previous is not None else 0)
        noun = "" if labelled else noun
    if not own and _closes_list(left, around, previous):
        return Name("合计", memory.topic, scope, "合计")
    metric = own if own.endswith(noun) else own + noun
    beside = _beside(text, around, previous, own)
    _remember_subject(text, around, own, noun, quantity.kind, memory, beside=beside)
    if to_whom and memory.head == noun:
        memory.head = noun.rpartition("的")[2]
    if quantity.unit in AGES:
        memory.ages = own + text[around.mark.start : around.mark.end]
    if tier is not None:
        if not is_generic(own) or not memory.condition:
            memory.condition = own
        metric = metric if own and not is_generic(own) else memory.condition
        memory.tier = own + tier
    if not around.inside or previous is None or ")" in text[previous.mark.end : around.mark.start]:
        memory.inner = ""
    whole = _whole(metric, quantity, noun, memory, keep=tier is None and not around.inside)
    if around.inside and not is_generic(metric):
        memory.inner = metric
    told_of = memory.name_kind == memory.head_kind == "amount" and memory.name in whole and memory.name != memory.head
    lean = (
        (is_generic(metric) and not told_of)
        or metric.startswith("占")
        or _belongs(text, around, memory, own, beside=beside)
    )
    return Name(whole, _subject(memory, whole, quantity.kind, lean=lean), scope, own)


def _from_right(text: str, around: Around, left: str) -> str:
    """Return a name from behind a figure that has none before it: what was done, or what is held against it."""
    deed = deed_for(left, text[around.mark.end : around.mark.end + LONGEST]) if around.quantity.kind == "count" else ""
    against = None if deed else _HELD_AGAINST.match(text, around.mark.end)
    return deed if against is None else str(against["name"])


def _of_marks(text: str, around: Around, previous: Around | None, memory: Memory) -> Name | None:
    """Return the name of marks that say no name themselves: 18/20分, or limits of grades (90分以上为优)."""
    kind = around.quantity.kind
    if previous is not None and text[previous.mark.end : around.mark.start] == "/":
        return Name(memory.name or memory.last, _subject(memory, memory.name, kind, lean=True), "", "")
    grade = _GRADE.match(text, around.mark.end) if kind == "score" else None
    if grade is None:
        return None
    return Name(f"评价等级“{grade['grade']}”", _subject(memory, "", kind, lean=False), "", "")


def _own_words(
    text: str, start: int, around: Around, previous: Around | None, dates: Sequence[tuple[int, int]], memory: Memory
) -> tuple[str, str]:
    """Return the name left of a figure, from ``start`` on, and its scope; remember what the clause before names."""
    own, scope = clean(text[start : around.mark.start], dates, start)
    if not own and scope and _listed(text, around):
        own, scope = scope, ""  # 获评省级4户、全国|1户
    if own.endswith(")") and is_generic(bare := trim(own[: own.rfind("(")])[0]):
        own = bare  # 为预算的(包括上级专项)
    if around.inside and is_generic(own) and around.clause > 0 and text[around.clause - 1] == "(":
        at_figure = previous is not None and previous.mark.end == around.clause - 1
        end = around.clause - 1
        bracket = _LABEL_UNIT.search(text, max(0, end - SHORT * 4), end)  # 预算执行情况(万元)(|20分)
        end = bracket.start() if bracket else end
        begin = _clause_before(text, end)
        before = memory.name if at_figure else clean(text[begin:end], dates, begin)[0]
        behind = around.quantity.kind == "count" and counted_noun(text[around.mark.end : around.right], "count")
        own = own or ("" if behind else before)  # (含1个结转项目
        memory.name = before or memory.name
    if own and is_generic(own) and (previous is None or previous.mark.end <= around.part[0]):
        memory.name = _before_column(text, around, own, dates) or memory.name
    return own, scope


def _label(text: str, around: Around, dates: Sequence[tuple[int, int]], after: int) -> str:
    """Return the label, ``after`` the last figure, that this one stands right behind: 项目总投资(万元):|320.

    What a clause finds good or bad is the label of a figure that only says how much: 配套资金执行率偏低,仅为|83.99%.
    """
    left, stop = text[around.clause : around.mark.start], text[around.clause - 1 : around.clause]
    judged = stop == "," and _ONLY.match(left) is not None
    if not judged and (left or stop not in (":", "\t")):
        return ""
    end = around.clause - 1
    bracket = _LABEL_UNIT.search(text, max(0, end - SHORT * 4), end)
    end = bracket.start() if bracket else end
    begin = max(0 if stop == "\t" else around.part[0], _clause_before(text, end), after)
    name, _ = clean(_NUMBERED.sub("", text[begin:end]), dates, begin)
    name = _JUDGED.sub("", name) if judged else name
    return name if len(name) < LONGEST else ""


def _closes_list(left: str, around: Around, previous: Around | None) -> bool:
    """Tell whether a figure is the total at the end of a list: 东乡镇20万元,西乡镇15万元,共计|35万元."""
    if previous is None or previous.sentence != around.sentence or previous.quantity.unit != around.quantity.unit:
        return False
    return _SUM.match(left) is not None


def _before_column(text: str, around: Around, own: str, dates: Sequence[tuple[int, int]]) -> str:
    """Return the indicator that the clause before names (病虫害防治率,|年度指标值≥90%), or the empty text."""
    end = around.clause - 1
    if not _COLUMN.search(own) or end <= around.part[0] or text[end] not in ",:":
        return ""
    begin = max(around.part[0], _clause_before(text, end))
    colon = text.rfind(":", around.part[0], end)
    if text[end] == "," and colon >= 0 and not (colon + 1 == begin and _ORDER.fullmatch(text, around.part[0], colon)):
        return ""  # the colon names it: 完好率:…,完成值为|96%; not so 指标1:康复人数,年度指标值≥|3200人
    name, _ = clean(_NUMBERED.sub("", text[begin:end]), dates, begin)
    return name if 2 <= len(name) < LONGEST and not is_generic(name) else ""


def _belongs(text: str, around: Around, memory: Memory, own: str, *, beside: bool) -> bool:
    """Tell whether a figure leans on what its part of the sentence began with, rather than stands beside it.

    Parts belong to their total, amounts to the group counted before them, short names (支出, 拨付) to what was named;
    the items of a list (中央资金…、省级资金…) only stand side by side.
    """
    between = text[memory.head_end : around.mark.start] if memory.head_end <= around.mark.start else ""
    if not memory.head_kind or _PARTS.search(between):
        return True
    if beside or _listed(text, around):
        return False
    return memory.head_kind != around.quantity.kind or len(own) <= SHORT


def _clause_before(text: str, end: int) -> int:
    """Return where the clause begins that ends before ``end``."""
    return max(text.rfind(mark, 0, end) for mark in ",。;:、()\n\t") + 1


def _after_counted(text: str, around: Around, previous: Around | None) -> int:
    """Return where a figure's own words begin: after the noun of a counted figure in the same clause."""
    if previous is None or previous.mark.end != around.left:
        return around.left
    if previous.quantity.kind != "count":
        return around.left
    gap = text[around.left : around.mark.start]
    noun = counted_noun(gap, "count")
    at = gap.find(noun) + len(noun) if noun else 0
    return around.left + at if at < len(gap) else around.left


def _is_noun_of(text: str, previous: Around, around: Around) -> bool:
    """Tell whether all that stands before an amount is the noun of the count before it: 批复预算8个项目|985万元."""
    between = text[previous.mark.end : around.mark.start]
    if previous.quantity.kind != "count" or around.quantity.kind != "amount" or not 2 <= len(between) <= SHORT * 2:
        return False
    return around.left == previous.mark.end and counted_noun(between, "count") == between


def _listed(text: str, around: Around) -> bool:
    """Tell whether a 、 parts a figure's own words from those before."""
    return "、" in (text[around.left - 1 : around.left], text[around.left : around.left + 1])


def _beside(text: str, around: Around, previous: Around | None, own: str) -> bool:
    """Tell whether a figure stands beside the one before it on a list: 其中特困供养10500万元、|临时救助13350万元."""
    if previous is None or previous.part != around.part or previous.quantity.unit != around.quantity.unit:
        return False
    if len(own) < SHORT or is_generic(own) or _AMONG.search(text, previous.mark.end, around.mark.start):
        return False
    return _listed(text, around) or _AMONG.search(text, around.part[0], previous.mark.start) is not None


def _remember_subject(
    text: str, around: Around, own: str, noun: str, kind: str, memory: Memory, *, beside: bool
) -> None:
    if beside:
        memory.subject = memory.shared
    else:
        memory.shared = memory.subject
    before = text[around.left : around.mark.start] if own or not noun else ""  # 为|37名: the noun alone is who
    found = subject_in(before + (noun if kind == "count" else ""))
    if found:
        memory.subject = found
    if memory.part != around.part[0]:
        first = own if len(own) >= 2 and not is_generic(own) else ""
        memory.part, memory.head = around.part[0], first or (noun if not own and kind == "count" else "")
        memory.head_kind, memory.head_end = kind, around.mark.end
    elif (
        memory.clause == around.clause
        and len(memory.last) >= SHORT > (len(own) if _listed(text, around) else 0)
        and not _CHANGED.fullmatch(memory.last)  # 比上年末的3190元提高96元
    ):
        memory.head, memory.head_kind, memory.head_end = memory.last, "", around.mark.end
    memory.clause, memory.last = around.clause, own or memory.last
    if kind == "score" and not is_generic(own):
        memory.scored = _MARKS.sub("", own)


def _whole(metric: str, quantity: Quantity, noun: str, memory: Memory, *, keep: bool) -> str:
    """Return the metric that can stand by itself, and remember it where ``keep``."""
    if quantity.kind == "amount" and memory.account and _ACCOUNT.match(metric):
        metric = memory.account + metric  # 职工医保基金收入19.86亿元,支出|17.35亿元
    elif quantity.kind == "amount" and (stem := _ACCOUNT_STEM.match(metric)):
        memory.account = stem["stem"]
    whole = metric
    if is_generic(metric) and quantity.kind == "score" and memory.scored:
        whole = memory.scored + metric
    elif is_generic(metric) and (name := memory.inner or memory.name):
        shown = _COLUMN.search(metric) or metric.startswith("实际")
        whole = ((_COLUMN_NAME.sub("", name) if shown else "") or name) + metric
    elif metric.startswith("占") and quantity.kind == "rate" and memory.name and memory.name not in metric:
        whole = memory.name + metric
    elif metric and quantity.kind != "score" and keep:
        bare = _CHANGED.sub("", metric)
        memory.name, memory.name_kind = bare if len(bare) >= SHORT else metric, quantity.kind
    if quantity.kind == "count" and not noun and not _COUNTED.search(whole):
        whole += number_of(quantity.unit)
    return whole[-2 * LONGEST :]


def _subject(memory: Memory, metric: str, kind: str, *, lean: bool) -> str:
    """Join topic, subject and tier, leaving out what the metric says itself; ``lean`` on what stands first too."""
    head, subject = memory.head if lean else "", memory.subject
    if subject and subject in head:
        head, subject = head[: head.index(subject) + len(subject)], ""
    parts = [memory.topic, memory.item, head, subject]
    if kind == "rate" and memory.tier:
        parts.append(memory.tier)
    if memory.ages and kind in ("count", "amount"):
        parts.append(memory.ages)
    return " ".join(dict.fromkeys(part for part in parts if part and part not in metric))


def _tier(text: str, around: Around, quantity: Quantity) -> str | None:
    """Return the tier that an amount with a limit marks off (5万元以内段); None where it is no limit."""
    if quantity.kind not in ("amount", "other") or quantity.unit in AGES:
        return None
    if quantity.low is None and quantity.bound in ("eq", "approx"):
        return None
    right = text[around.mark.end : around.mark.end + 24]
    found = _TIER.match(right)
    if found is None or _STANDARD.match(right) or _HELD.search(text[max(0, around.mark.start - 8) : around.mark.start]):
        return None
    return text[around.mark.start : around.mark.end] + str(found[0]).rstrip("的,、按至")


def _read_on(text: str, around: Around, dates: Sequence[tuple[int, int]], memory: Memory) -> None:
    """Read the clauses between the last figure and this one's for subjects and for a topic before a colon."""
    start = max(memory.seen, around.part[0])
    between = text[start : around.clause]
    memory.seen = around.mark.end
    if not between:
        return
    found = subject_in(between)
    if found:
        memory.subject = found
    colon = between.rstrip("( ")
    if colon.endswith(":"):
        topic = _CUT.split(_LABEL_UNIT.sub("", colon[:-1]))[-1].lstrip("(")
        name, _ = clean(topic, dates, start + colon.rfind(topic))
        if 2 <= len(name) <= LONGEST // 2 and not is_generic(name):
            if start == around.sentence[0] or (memory.topic and start == around.part[0]):
                memory.topic = name
            else:
                memory.name = name
