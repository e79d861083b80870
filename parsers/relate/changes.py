"""Changes between two figures: 由720元提高到768元，增长6.67%; 较2022年的6935人增加343人; 高于90%的目标6.97个百分点."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import regex

from parsers.model import Fact
from parsers.relate.part_names import found as matched
from parsers.relate.parts import plain
from parsers.relate.rates import Place, places
from parsers.relate.relations import Relation, Weight
from parsers.relate.shares import akin, earlier, essence
from parsers.relate.stretches import Stretch
from patterns import cue

_TO = cue("changes", "change.to")
_AFTER = cue("changes", "change.by")
_THAN = cue("changes", "change.than")
_WITH = cue("changes", "change.with")
_COMPARED = cue("changes", "change.compared")
_OVER = cue("changes", "change.over")
_SIZE = cue("changes", "change.size")
_THAN_BEFORE = cue("changes", "change.than-before")
_THAN_YEAR = cue("changes", "change.than-year")
_NAMED = cue("changes", "change.than-named")
_TIME = cue("changes", "change.time")
_PLANNED = cue("changes", "change.planned")
_BASE_WORDS = cue("changes", "change.base")
_CHANGED = cue("changes", "change.stated")
_REAL = cue("changes", "change.real")
_RANK = cue("changes", "change.rank")
_HOW = cue("changes", "change.how")
_AGREED = cue("changes", "change.agreed")
_YEAR_BEFORE = cue("changes", "change.year-before")
_CLAUSE = regex.compile(r"[,;:。()]")
_CHANGED_TO = {1: "增长", -1: "下降"}
_OF = cue("relations", "relation.cue.of-stated")
_FROM = cue("changes", "change.from")
_CUT = cue("changes", "change.cut")
_ADJUSTED = cue("changes", "change.adjusted")
_RESULT = cue("changes", "change.of-result")
MOST = Decimal(2)
"""A figure so many times another is no result beside that of the year before."""


def changes(stretches: Sequence[Stretch]) -> Iterator[Relation]:
    """Yield the changes that the sentences of a report state, and what its words say of two figures' sizes."""
    known = places(stretches)
    told = _by_year(known)
    for number, stretch in enumerate(stretches):
        for at in range(len(stretch.figures)):
            place = Place(stretch, number, at)
            if place.fact.value is not None:
                yield from _over(place)
            if not plain(place.fact):
                continue
            yield from _from_to(place)
            yield from _advance(place)
            yield from _before_bracket(place)
            yield from _than(place)
            yield from _than_named(place, known)
            yield from _of_years(place, told)
            yield from _adjusted(place)
        for at in range(1, len(stretch.figures)):
            yield from _sizes(Place(stretch, number, at))


def _sign(found: regex.Match[str] | None) -> int:
    if found is None:
        return 0
    groups = found.groupdict()
    return 1 if groups.get("up") else -1 if groups.get("down") else 0


def _next(place: Place, offset: int = 1) -> Place | None:
    at = place.at + offset
    if at >= len(place.stretch.figures):
        return None
    other = Place(place.stretch, place.number, at)
    return other if other.figure.sentence == place.figure.sentence else None


def _pair(one: Place, other: Place) -> bool:
    return one.fact.unit == other.fact.unit and one.fact.kind == other.fact.kind and plain(other.fact)


def _comparable(one: Place, other: Place) -> bool:
    """Tell whether two figures are of one measure; a limit (控制在3.37%) counts as the figure that it prints."""
    return one.fact.unit == other.fact.unit and one.fact.kind == other.fact.kind and other.fact.value is not None


def _delta(change: Place, now: Place, then: Place, sign: int, weight: Weight, cue: str) -> Iterator[Relation]:
    """Yield how a stated change follows: as a difference in the figures' own unit or points, or as a rate."""
    stated, fact = change.figure.fact_index, change.fact
    terms = (now.figure.fact_index, then.figure.fact_index)
    points = fact.unit == "百分点" and now.fact.unit == "%"
    relative = fact.unit == now.fact.unit == "%" and _fits(fact, now.fact, then.fact)
    if points or (fact.unit == now.fact.unit and fact.kind == now.fact.kind and not relative):
        yield Relation("change", stated, terms, weight, cue, stated, sign=sign)
    if fact.unit == "%" and then.fact.value:
        kind_weight: Weight = "confirms" if now.fact.unit == "%" or _real(change, now) else weight
        yield Relation("growth", stated, terms, kind_weight, cue, stated, sign=sign)


def _fits(rate: Fact, now: Fact, then: Fact) -> bool:
    """Tell whether a change of a rate (由6.8%降到5.2%，降幅23.5%) is told relative to it, not in points."""
    if now.value is None or not then.value or rate.value is None:
        return False
    halves = [Decimal(5).scaleb(-figure.decimals - 1) for figure in (now, then, rate)]
    base = abs(then.value)
    slack = 100 * (halves[0] + halves[1]) * 2 / base + 2 * halves[2]
    return abs(100 * abs(now.value - then.value) / base - abs(rate.value)) <= slack


def _swapped(rate: Place, now: Place, change: Place, sign: int) -> bool:
    """Tell whether a rate is that of a change, where the words do not show it to be one: 比上年多打12公斤，增幅3.1%."""
    gone, came, value = change.fact.value, now.fact.value, rate.fact.value
    if rate.fact.unit != "%" or gone is None or came is None or value is None or came == sign * gone:
        return False
    return abs(100 * gone / (came - sign * gone) - value) <= Decimal(1).scaleb(-rate.fact.decimals)


def _real(rate: Place, now: Place) -> bool:
    """Tell whether a growth is stated at constant prices or on another base than the printed figures."""
    return _REAL.search(f"{now.name} {rate.stretch.before(rate.at)}") is not None


def _from_to(then: Place) -> Iterator[Relation]:
    """Yield 由 then 提高到 now，增加 c，增长 d."""
    now = _next(then)
    if now is None or not _pair(then, now):
        return
    to = _TO.match(now.stretch.before(now.at))
    opened = _FROM.search(then.lead or then.stretch.before(then.at))
    if to is None or not (opened or _sign(to)):
        return
    if _sign(to) and opened and not _RANK.search(then.name):
        stated = now.figure.fact_index
        yield Relation("size", stated, (then.figure.fact_index,), "decides", to[0], stated, sign=_sign(to))
    first: Place | None = None
    following = _next(now)
    while following is not None:
        after = _AFTER.match(following.stretch.before(following.at))
        if after is None:
            return
        yield from _delta(following, now, then, _sign(after), "decides", after[0].strip("，,、"))
        if first is not None and following.fact.unit == "%":
            terms = (first.figure.fact_index, then.figure.fact_index)
            yield Relation(
                "step", following.figure.fact_index, terms, "confirms", after[0], following.figure.fact_index
            )
        first = first or following
        following = _next(following)


def _than(then: Place) -> Iterator[Relation]:
    """Yield now … 较 then 增加 c，增长 d; ``now`` is the figure that the sentence is about."""
    words = then.stretch.before(then.at)
    beside = _YEAR_BEFORE.match(words) is not None  # 收入5620万元，上年6000万元，下降6.3%
    if not (beside or _THAN.search(words) or _compared(then)) or _CHANGED.search(words):
        return
    change = _next(then)
    after = _AFTER.match(change.stretch.before(change.at)) if change is not None else None
    if change is None or after is None:
        return
    before = [place for place in earlier(then) if _comparable(then, place)]
    candidates = [place for place in before if place.figure.part == then.figure.part] or before
    meant = _meant(then, _sign(after))
    candidates = meant or candidates
    if beside:
        candidates = [place for place in candidates if place.at == then.at - 1 and place.fact.per == then.fact.per]
        if not candidates:
            return
    while change is not None and after is not None:
        for count, now in enumerate(candidates):
            if _swapped(change, now, then, _sign(after)):
                continue
            near = now.figure.part == then.figure.part and (count == 0 or now is candidates[-1])
            near = count == 0 if meant else near
            weight: Weight = "decides" if near else "confirms"
            yield from _delta(change, now, then, _sign(after), weight, after[0].strip("，,、"))
        previous = change
        change = _next(previous)
        after = _AFTER.match(change.stretch.before(change.at)) if change is not None else None
        if change is not None and after is not None and change.fact.unit == "%" and _pair(then, previous):
            terms = (previous.figure.fact_index, then.figure.fact_index)
            led = any(_led_to(then, previous, now, _sign(after)) for now in candidates)
            weight = "decides" if led or not candidates else "confirms"
            yield Relation("step", change.figure.fact_index, terms, weight, after[0], change.figure.fact_index)
            if not candidates:
                return


def _before_bracket(then: Place) -> Iterator[Relation]:
    """Yield (now), 增加 c, 增长 d(上年为 then): what the change is measured by stands in a bracket behind it."""
    words = then.stretch.before(then.at)
    if not words.startswith("(") or _YEAR_BEFORE.match(words) is None or then.at < 2:
        return
    rate, beside = (Place(then.stretch, then.number, then.at - back) for back in (1, 2))
    sign = _sign(_CHANGED.search(rate.lead))
    alike = _pair(then, beside) and beside.figure.part == rate.figure.part and beside.fact.per == then.fact.per
    if rate.fact.unit != "%" or not sign or not plain(rate.fact) or not alike or _real(rate, beside):
        return
    terms = (beside.figure.fact_index, then.figure.fact_index)
    stated = rate.figure.fact_index
    if _sign(_CHANGED.search(beside.lead)) == sign:
        yield Relation("step", stated, terms, "decides", words, stated)
    elif _came_to(beside):
        yield Relation("growth", stated, terms, "decides", words, stated, sign=sign)


def _led_to(then: Place, change: Place, now: Place, sign: int) -> bool:
    """Tell whether a change is just what lies between two figures: 1864件，比2130件减少266件."""
    gone = (now.fact.value or Decimal(0)) - (then.fact.value or Decimal(0))
    return gone == sign * (change.fact.value or Decimal(0)) != 0


def _meant(then: Place, sign: int) -> list[Place]:
    """Return the one result before a clause that begins with the year before, and all that it might be instead.

    支出8.36万元；比上年9.50万元下降12%: the result is of about its size and moved the way that is said.
    """
    opened = _THAN_BEFORE.match(then.stretch.before(then.at))
    if opened is None:
        return []
    above = [Place(then.stretch, then.number, at) for at in range(then.at - 1, -1, -1)]
    above = [place for place in above if _pair(then, place) and place.fact.per == then.fact.per]
    sentence = then.figure.sentence - (opened["stop"] == "。")
    near = [place for place in above if place.figure.sentence == sentence]
    results = [place for place in near if place.fact.role == "actual" and _came_to(place)]
    results = [place for place in results if not _PLANNED.search(place.lead)]
    if len(results) != 1 or matched("opens", results[0].stretch.before(results[0].at)):
        return []
    now, was = results[0].fact.value or Decimal(0), then.fact.value or Decimal(0)
    if sign * (now - was) <= 0 or not was / MOST <= now <= was * MOST:
        return []
    return [results[0], *(place for place in above if place is not results[0])]


def _compared(then: Place) -> bool:
    """Tell whether a figure is what another is compared with: 同上次普查的513604人相比."""
    lead = _WITH.search(then.lead)
    return lead is not None and _COMPARED.match(then.stretch.after(then.at)) is not None


def _advance(change: Place) -> Iterator[Relation]:
    """Yield now，比上年减收 change，下降 r: a change and its rate, in either order, without the figure before it."""
    rate = _next(change)
    if rate is None or change.fact.unit == "%" or rate.fact.unit != "%":
        change, rate = (rate, change) if rate is not None else (change, change)
    if change.fact.kind not in ("amount", "count", "other") or rate.fact.unit != "%" or rate.fact.kind != "rate":
        return
    signs = {_sign(_CHANGED.search(place.lead)) for place in (change, rate)}
    sign = signs.pop()
    if signs or not sign or _FROM.search(change.stretch.before(min(change.at, rate.at))):
        return
    first = min(change, rate, key=lambda place: place.at)
    before = [place for place in earlier(first) if _pair(change, place) and place.fact.per == change.fact.per]
    stated = rate.figure.fact_index
    candidates = [place for place in before if place.figure.part == first.figure.part and _came_to(place)]
    if not candidates and (named := _RESULT.match(first.lead)) is not None:  # …决算5.82万元;决算数较上年减少
        results = [place for place in before if place.lead.endswith(named["name"]) and _came_to(place)]
        candidates = results if len(results) == 1 else []
    for count, now in enumerate(candidates):
        terms = (now.figure.fact_index, change.figure.fact_index)
        sure = count == 0 and now.fact.role == "actual" and not _real(rate, now)
        weight: Weight = "decides" if sure else "confirms"
        yield Relation("advance", stated, terms, weight, _CHANGED_TO[sign], stated, sign=sign)


def _came_to(place: Place) -> bool:
    """Tell whether a figure is what a change led to: not a change itself, nor what it is compared with."""
    stretch, at = place.stretch, place.at
    if _CHANGED.search(stretch.lead(at)) or _THAN.search(stretch.before(at)) or _compared(place):
        return False
    following = _next(place)
    return not (following is not None and following.fact.unit == "%" and _OF.match(stretch.after(at)))


def _over(limit: Place) -> Iterator[Relation]:
    """Yield now 高于 limit (的目标值) c: by how much a figure is over or under another."""
    change = _next(limit)
    words = limit.stretch.before(limit.at)
    bracket = words.endswith("(")  # 超过目标(98%)2个百分点
    found = _OVER.search(_CLAUSE.split(words[:-1])[-1] if bracket else limit.lead)
    behind = change.stretch.before(change.at) if change is not None else ""
    if change is None or found is None or not (behind == ")" if bracket else _BASE_WORDS.match(behind)):
        return
    now = next((place for place in earlier(limit) if _comparable(limit, place)), None)
    if (
        now is not None
        and now.figure.part == limit.figure.part
        and (change.fact.unit == limit.fact.unit or change.fact.unit == "百分点")
    ):
        agreed = limit.fact.bound != "approx" and _AGREED.search(f"{words}{behind}") is not None
        for relation in _delta(change, now, limit, _sign(found), "decides", found[0]):
            yield replace(relation, agreed=agreed)


def _than_named(change: Place, known: Sequence[Place]) -> Iterator[Relation]:
    """Yield now，比 name 低 c: the other figure is named, not stated here."""
    found = _NAMED.search(change.lead)
    if found is None:
        return
    now = next(
        (place for place in earlier(change) if plain(place.fact) and _measures(change, place)),
        None,
    )
    if now is None:
        return
    name = essence(found["name"])
    others = [place for place in known if _pair(now, place) and place.fact.value != now.fact.value]
    others = [p for p in others if p.fact.per == now.fact.per and p.figure.fact_index != change.figure.fact_index]
    timed = _TIME.search(name) is not None
    named = [p for p in others if len(name) > 1 and name in p.fact.metric and akin(now.name, p.name) and not timed]
    sole = len({place.fact.value for place in named}) == 1
    for place in [*named, *(other for other in others if other not in named)]:
        weight: Weight = "decides" if sole and place in named else "confirms"
        yield from _delta(change, now, place, _sign(found), weight, found[0])


def _by_year(known: Sequence[Place]) -> dict[tuple[str, str], list[Place]]:
    """Return the figures of tables by their name and year."""
    told: dict[tuple[str, str], list[Place]] = {}
    for place in known:
        if place.fact.cell and place.fact.period.isdigit() and plain(place.fact) and place.fact.role == "actual":
            told.setdefault((place.fact.metric, place.fact.period), []).append(place)
    return told


def _of_years(change: Place, told: Mapping[tuple[str, str], Sequence[Place]]) -> Iterator[Relation]:
    """Yield name 较2021年下降 c，降幅 d, where a table gives the one value of each of the two years, which moved so."""
    found = _THAN_YEAR.search(change.lead) if told and not change.fact.cell else None
    year = change.fact.period or change.fact.year
    if found is None or not year.isdigit():
        return
    before = found["year"] or str(int(year) - 1)
    both = [told.get((found["name"], of), []) for of in (year, before)]
    if any(len({place.fact.value for place in of}) != 1 for of in both) or not _pair(both[0][0], both[1][0]):
        return
    now, then = both[0][0], both[1][0]
    sign = _sign(found)
    if sign * ((now.fact.value or Decimal(0)) - (then.fact.value or Decimal(0))) <= 0:
        return
    yield from _delta(change, now, then, sign, "decides", found[0])
    rate = _next(change)
    after = _AFTER.match(rate.stretch.before(rate.at)) if rate is not None else None
    if rate is not None and after is not None and rate.fact.unit == "%" and _sign(after) == sign:
        yield from _delta(rate, now, then, sign, "decides", after[0].strip("，,、"))


def _measures(change: Place, now: Place) -> bool:
    if change.fact.unit == "百分点":
        return now.fact.unit == "%"
    return change.fact.unit == now.fact.unit and change.fact.kind == now.fact.kind


def _sizes(other: Place) -> Iterator[Relation]:
    """Yield what the words between two figures say of their sizes: now，大于我县常住人口数 other."""
    lead = other.lead
    found = _SIZE.search(lead)
    if found is None or not _HOW.fullmatch(lead[: found.start()]) or other.fact.value is None:
        return  # 投诉率低于万分之五 is of a measure of its own
    following = _next(other)
    if following is not None and _BASE_WORDS.match(following.stretch.before(following.at)):
        return
    one = next((place for place in earlier(other) if place.fact.unit == other.fact.unit and plain(place.fact)), None)
    if one is None or one.at != other.at - 1 or one.fact.per != other.fact.per or other.fact.unit == "百分点":
        return
    if other.fact.pattern.startswith("rate.tenths"):  # 5折,低于市场价三成以上: by how much
        return
    sign = 0 if found["same"] else _sign(found)
    stated = one.figure.fact_index
    named = lead[found.end() :]
    by_how_much = not named.endswith("的") and (_TIME.search(named) or _PLANNED.search(named))
    weight: Weight = "confirms" if by_how_much else "decides"  # 低于预算20万元 may say by how much
    yield Relation("size", stated, (other.figure.fact_index,), weight, found[0], other.figure.fact_index, sign=sign)


def _adjusted(now: Place) -> Iterator[Relation]:
    """Yield that a figure adjusted downward is the smaller: 额度 then，应财政调减要求，调整后指标余额 now."""
    if not now.at or not _ADJUSTED.search(now.lead):
        return
    then = Place(now.stretch, now.number, now.at - 1)
    words = now.stretch.before(now.at)
    found = _CUT.search(words)
    if found is None or not _pair(now, then) or then.figure.sentence != now.figure.sentence:
        return
    stated = now.figure.fact_index
    yield Relation("size", stated, (then.figure.fact_index,), "decides", found[0], stated, sign=_sign(found))
