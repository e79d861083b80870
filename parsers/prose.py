"""Facts of prose: every figure of a paragraph, found, named, judged and related."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import regex

from extract.document import Document
from parsers.clauses import Around, arounds, titles, within
from parsers.judging import judge, settle_scores
from parsers.model import Bound, Fact, Role, Source
from parsers.naming import Memory, Name, name_figure
from parsers.periods import dated, period_of
from parsers.scan import Mark, scan
from parsers.view import View

_LIST = regex.compile(r"^(?:以上)?(?:、|和|及|与|以及)$")
_RESPECTIVELY = regex.compile(r"分别")
_CHANGE = regex.compile(
    r"^(?:的?)(?:提高|增加|上升|提升|调整|上调|下降|降低|降|调|减少|增)(?:到了?|至|为)(?:每[一-龥]{1,6})?$"
)
_RATED = regex.compile(r"按|报销|比例|救助|补助|奖励|支付")
_ITEMS = regex.compile(r"、|和|及|与")


@dataclass(frozen=True, slots=True)
class Context:
    """What stands above a paragraph: the report's year, project and headings, and where it was read."""

    year: str = ""
    project: str = ""
    headings: tuple[str, ...] = ()
    section_index: int | None = None
    source: Source = "text"
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """The facts of a stretch of text, and all its numerals for the account of what was read."""

    facts: tuple[Fact, ...]
    marks: tuple[Mark, ...]
    view: View


def read_prose(document: Document, view: View, context: Context) -> Reading:
    """Read the figures of ``view``; ``part_of`` of its facts counts within the returned facts."""
    text = view.text
    named = titles(text)
    marks = tuple(_as_name(mark) if within(named, mark.start) else mark for mark in scan(view))
    marks = tuple(_as_name(mark) if _in_project(text, mark, context.project) else mark for mark in marks)
    surroundings = arounds(view, marks)
    if not surroundings:
        return Reading((), marks, view)
    dates = dated(text, marks, context.year)
    extents = [(mark.start, mark.end) for mark in marks if mark.what in ("date", "list_marker")]
    figures = [mark for mark in marks if mark.what == "quantity"]
    names = _names(text, surroundings, extents)
    roles = _roles(text, surroundings, context)
    bounds = _bounds(text, surroundings)
    pers = _pers(text, surroundings)
    facts = []
    for index, around in enumerate(surroundings):
        period = period_of(text, around, dates, figures, near=roles[index] != "actual")
        fact = _fact(document, view, around, names[index], roles[index], bounds[index], period, context)
        facts.append(replace(fact, per=pers[index]))
    return Reading(tuple(facts), marks, view)


def _as_name(mark: Mark) -> Mark:
    return replace(mark, what="name", pattern="refuse.title", quantity=None)


def _in_project(text: str, mark: Mark, project: str) -> bool:
    """Tell whether a numeral is a part of the project's own name (2021年城乡医疗救助补助资金)."""
    if len(project) < 6 or mark.what not in ("date", "document_number", "quantity", "unread"):
        return False
    at = text.rfind(project, max(0, mark.start - len(project)), mark.end + len(project))
    return at >= 0 and at <= mark.start and mark.end <= at + len(project)


def _names(text: str, surroundings: Sequence[Around], extents: Sequence[tuple[int, int]]) -> list[Name]:
    names: list[Name] = []
    memory = Memory()
    sentence = -1
    previous: Around | None = None
    for around in surroundings:
        if around.sentence[0] != sentence:
            topic = memory.topic if text[:1] and "\n" not in text[: around.sentence[0]] else ""
            memory = Memory(topic=topic, seen=around.sentence[0])
            sentence = around.sentence[0]
        names.append(name_figure(text, around, previous, extents, memory))
        previous = around
    return _dealt(text, surroundings, names)


def _dealt(text: str, surroundings: Sequence[Around], names: list[Name]) -> list[Name]:
    """Deal out paired lists: 城镇职工和城乡居民报销比例分别为80%和70% gives each rate its own group."""
    index = 0
    while index < len(names):
        last = index
        while last + 1 < len(names) and _LIST.match(
            text[surroundings[last].mark.end : surroundings[last + 1].mark.start]
        ):
            last += 1
        if last > index:
            left = text[surroundings[index].clause : surroundings[index].mark.start]
            head = _RESPECTIVELY.split(left)[0]
            groups = _groups(head, last - index + 1) if _RESPECTIVELY.search(left) else None
            for offset in range(last - index + 1):
                at = index + offset
                base = names[index]
                if groups:
                    names[at] = replace(
                        base, metric=groups[offset][1] or base.metric, subject=groups[offset][0] or base.subject
                    )
                elif not names[at].own:
                    names[at] = replace(base, subject=base.subject)
        index = last + 1
    return names


def _groups(head: str, count: int) -> list[tuple[str, str]] | None:
    """Split «A和B共同的名称» into (A, 名称), (B, 名称), where the groups are as long as the first."""
    items = _ITEMS.split(head)
    if len(items) < count:
        return None
    items = items[-count:]
    first = regex.split(r"[,;:。(]|全[市县省区国]", items[0])[-1]
    last = items[-1]
    if len(last) > len(first) + 1:
        tail = last[len(first) :]
        return [(item if item is not last else last[: len(first)], tail) for item in [first, *items[1:]]]
    return [("", item) for item in [first, *items[1:]]]


def _roles(text: str, surroundings: Sequence[Around], context: Context) -> list[Role]:
    stated = [around.mark.role or judge(text, around, context.headings)[0] for around in surroundings]
    roles: list[Role] = [role or "actual" for role in stated]  # type: ignore[misc]  # patterns name roles of the enum
    sentences: dict[int, list[int]] = {}
    for index, around in enumerate(surroundings):
        if around.mark.quantity and around.mark.quantity.kind == "score":
            sentences.setdefault(around.sentence[0], []).append(index)
    for group in sentences.values():
        settled = settle_scores(
            [text[surroundings[i].clause : surroundings[i].mark.start] for i in group],
            [stated[i] for i in group],  # type: ignore[misc]
            [surroundings[i].inside for i in group],
        )
        for index, role in zip(group, settled, strict=True):
            roles[index] = role
    for index in range(len(roles)):
        if stated[index] is None and _in_tiers(text, surroundings, roles, index):
            roles[index] = "norm"
        elif stated[index] is None and _goes_on_as_target(surroundings, roles, index):
            roles[index] = "target"
        elif stated[index] is None and _is_part_of_target(text, surroundings, roles, index):
            roles[index] = "target"
        elif index and _changed(text, surroundings, index) and stated[index] is None:
            roles[index] = roles[index - 1]
        elif stated[index] is None and _listed(text, surroundings, index) and roles[index - 1] in ("norm", "target"):
            roles[index] = roles[index - 1]
    for index in range(1, len(roles)):  # 80%和70%的目标: what is listed together plays one role
        joined = text[surroundings[index - 1].mark.end : surroundings[index].mark.start]
        if stated[index - 1] is None and stated[index] and _LIST.match(joined):
            roles[index - 1] = roles[index]
    return roles


def _in_tiers(text: str, surroundings: Sequence[Around], roles: Sequence[Role], index: int) -> bool:
    """Tell whether a figure is part of a scale of tiers: 3万元以上5万元以下按75%, 5-10万元段，报销比例70%."""
    around = surroundings[index]
    quantity = around.mark.quantity
    if quantity is None:
        return False
    if quantity.kind == "rate":
        previous = surroundings[index - 1].mark.quantity if index else None
        same = index > 0 and surroundings[index - 1].part == around.part
        return same and previous is not None and previous.kind == "amount" and roles[index - 1] == "norm"
    if quantity.kind != "amount" or (quantity.low is None and quantity.bound in ("eq", "approx")):
        return False
    after = next(
        (later for later in surroundings[index + 1 :] if later.mark.quantity and later.mark.quantity.kind == "rate"),
        None,
    )
    if after is None or after.part != around.part:
        return False
    between = text[around.mark.end : after.mark.start]
    return len(between) <= 40 and bool(_RATED.search(between))


def _goes_on_as_target(surroundings: Sequence[Around], roles: Sequence[Role], index: int) -> bool:
    """Tell whether a limit follows a target in the same part of the sentence: 运行率≥90%，响应时间≤60分钟."""
    quantity = surroundings[index].mark.quantity
    if quantity is None or index == 0 or quantity.bound in ("eq", "approx"):
        return False
    return surroundings[index - 1].part == surroundings[index].part and roles[index - 1] == "target"


def _is_part_of_target(text: str, surroundings: Sequence[Around], roles: Sequence[Role], index: int) -> bool:
    """Tell whether 其中 makes a figure a part of a target in the same part of the sentence."""
    around = surroundings[index]
    if index == 0 or roles[index - 1] != "target" or surroundings[index - 1].part != around.part:
        return False
    return (
        "其中" in text[surroundings[index - 1].mark.end : around.mark.start]
        or around.part == surroundings[index - 1].part
        and "其中" in text[around.part[0] : around.mark.start]
    )


def _changed(text: str, surroundings: Sequence[Around], index: int) -> bool:
    """Tell whether a figure is what the one before it became: 由720元提高到768元."""
    return bool(_CHANGE.match(text[surroundings[index - 1].mark.end : surroundings[index].mark.start]))


def _pers(text: str, surroundings: Sequence[Around]) -> list[str]:
    """Return what each price is for: one that became another keeps it."""
    pers: list[str] = []
    for index, around in enumerate(surroundings):
        own = around.mark.quantity.per if around.mark.quantity else ""
        pers.append(pers[-1] if not own and index and _changed(text, surroundings, index) else own)
    return pers


def _listed(text: str, surroundings: Sequence[Around], index: int) -> bool:
    """Tell whether a figure is the next item of a list of its kind: 中央60%、省级20%、县级20%."""
    if index == 0:
        return False
    previous, own = surroundings[index - 1].mark, surroundings[index].mark
    if previous.quantity is None or own.quantity is None or previous.quantity.kind != own.quantity.kind:
        return False
    return text.startswith("、", previous.end) and len(text[previous.end : own.start]) <= 12


def _bounds(text: str, surroundings: Sequence[Around]) -> list[Bound]:
    """Return the bounds: a list shares the first one's, and 以上 after a 以下 of the same figure leaves it out."""
    bounds: list[Bound] = []
    closed: set[Decimal | None] = set()
    for index, around in enumerate(surroundings):
        quantity = around.mark.quantity
        assert quantity is not None
        bound = quantity.bound
        if bound == "eq" and index:
            joined = text[surroundings[index - 1].mark.end : around.mark.start]
            previous = surroundings[index - 1].mark.quantity
            if _LIST.match(joined) and previous is not None and previous.kind == quantity.kind:
                bound = bounds[-1]
        if index and surroundings[index - 1].sentence != around.sentence:
            closed.clear()
        if bound == "le":
            closed.add(quantity.value)
        elif bound == "ge" and quantity.value in closed and quantity.kind == "amount":
            bound = "gt"
        bounds.append(bound)
    return bounds


def _fact(
    document: Document,
    view: View,
    around: Around,
    name: Name,
    role: Role,
    bound: Bound,
    period: str,
    context: Context,
) -> Fact:
    quantity = around.mark.quantity
    assert quantity is not None
    span = quantity.span
    sentence = view.span(*around.sentence)
    place = document.place_at(span.start)
    return Fact(
        span=span,
        quote=document.text[span.start : span.end],
        kind=quantity.kind,
        unit=quantity.unit,
        value=quantity.value,
        low=quantity.low,
        high=quantity.high,
        per=quantity.per,
        bound=bound,
        role=role,
        metric=name.metric,
        subject=name.subject,
        scope=name.scope,
        section=" > ".join(context.headings),
        section_index=context.section_index,
        period=period,
        year=context.year,
        sentence=_closed(document.text[sentence.start : sentence.end]),
        source=context.source,
        unit_from="text",
        decimals=quantity.decimals,
        scale=quantity.scale,
        pattern=quantity.pattern,
        page=place.page if place else None,
        bbox=place.bbox if place else None,
        cell=context.cell,
        ocr_score=place.ocr_score if place else None,
    )


def _closed(sentence: str) -> str:
    return " ".join(sentence.split())
