"""Completion rates: 完成任务的100.57%, 任务数500人，实际培训532人，完成率106.4%, 清淤完成率92% of a goal elsewhere.

A goal is a number agreed on. One from another sentence accuses only where the measure, the place and the size agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from parsers.relate.parts import plain
from parsers.relate.rates import Place, of_another_year, places, quotient_is
from parsers.relate.relations import Relation, Weight
from parsers.relate.set_apart import superseded
from parsers.relate.shares import akin, countable, earlier, essence, of_years
from parsers.relate.stretches import Stretch
from patterns import cue

_COMPLETED = cue("shares", "completion.of-task")
_OF_PLANNED = cue("shares", "completion.of-planned")
_EXCESS = cue("shares", "completion.excess")
_TASK = cue("shares", "completion.task")
_SPAN = cue("shares", "completion.span")
_DONE = cue("shares", "completion.done")
_COMPLETION = cue("shares", "completion.name")
_UNDONE = cue("shares", "completion.undone")
_OWN = cue("shares", "completion.own-name")
_DEED = cue("shares", "completion.works")
_BEGUN = cue("shares", "completion.begun")
_GIVEN = cue("shares", "completion.given")
_PLACE = cue("shares", "completion.place")
HUNDRED = 100
LEAST_NAME = 3
"""A name of fewer characters (投资, 指标) is that of many measures."""
MOST_OFF = Decimal(3)
"""A rate farther off than this is of another goal."""
MOST_EXCUSES = 200


def completions(stretches: Sequence[Stretch]) -> Iterator[Relation]:
    """Yield the results and the goals that the completion rates of a report's prose are of."""
    known = places(stretches)
    for place in known:
        fact = place.fact
        if fact.kind != "rate" or fact.unit != "%" or fact.role in ("full", "awarded", "norm") or not plain(fact):
            continue
        found = list(_of_sentence(place, known))
        yield from found
        if fact.role == "actual" and not any(relation.weight == "decides" for relation in found):
            yield from _of_report(place, known)


def _of_sentence(rate: Place, known: Sequence[Place]) -> Iterator[Relation]:
    """Yield what was done, as the rate's sentence says, ÷ the goal of the same name, wherever the report states it."""
    if not (_COMPLETED.search(rate.lead) or _COMPLETION.search(rate.fact.metric) or _exceeded(rate)):
        return
    beside = _planned_and_done(rate)
    done = [place for place in earlier(rate) if countable(place) and place.fact.role == "actual"]
    units = dict.fromkeys(place.fact.unit for place in done)
    for unit in units:
        own = [place for place in done if place.fact.unit == unit]
        targets = [place for place in known if place.fact.unit == unit and _is_goal(place)]
        for part in own:
            named = [target for target in targets if akin(part.name, target.name)]
            sole = len({target.fact.value for target in named}) == 1 and part is done[0] and not _undone(part)
            sole = sole and len({place.fact.value for place in own if akin(place.name, part.fact.metric)}) == 1
            for target in named:
                sure = sole and not of_years(target, part) and _of_one_size(rate, part, target)
                sure = sure and not _of_another_place(part, target)
                sure = sure or beside == (target.figure.fact_index, part.figure.fact_index)
                yield _completed(rate, part, target, sure=sure)
            for target in targets:
                if target not in named:
                    yield _completed(
                        rate, part, target, sure=beside == (target.figure.fact_index, part.figure.fact_index)
                    )


def _is_goal(place: Place) -> bool:
    stands = bool(place.fact.value) and not superseded(place.stretch, place.at)
    return place.fact.role == "target" and stands and not place.fact.per


def _completed(rate: Place, part: Place, target: Place, *, sure: bool) -> Relation:
    """Return a completion rate, or, where the words say so, by how much the target was exceeded."""
    weight: Weight = "decides" if sure and not _of_another(part, target) else "confirms"
    if not _exceeded(rate):
        return _rate(rate, part, target, weight)
    stated, terms = rate.figure.fact_index, (part.figure.fact_index, target.figure.fact_index)
    return Relation("growth", stated, terms, weight, "超额", stated, sign=1)


def _rate(rate: Place, part: Place, goal: Place, weight: Weight) -> Relation:
    """Return a rate of what was done: all of the goal at most, where it says 100 %; a goal of things is no estimate."""
    capped = rate.fact.value == HUNDRED and (part.fact.value or 0) >= (goal.fact.value or 0)
    terms, stated = (part.figure.fact_index, goal.figure.fact_index), rate.figure.fact_index
    agreed = goal.fact.kind != "amount"
    sure: Weight = "confirms" if capped and weight == "decides" else weight
    return Relation("rate", stated, terms, sure, "完成", stated, agreed=agreed, rule="completion")


def _exceeded(rate: Place) -> bool:
    return (rate.fact.value or 0) < HUNDRED and _EXCESS.search(rate.lead) is not None


def _of_another(part: Place, target: Place) -> bool:
    """Tell whether a figure is dealt out to one of several (工伤、失业参保分别达到…) that the target does not name."""
    who = part.fact.subject
    return part.dealt and not (who and who in f"{target.fact.subject}{target.name}")


def _of_another_place(part: Place, target: Place) -> bool:
    """Tell whether what was done is said of a place (海南省…) that the goal's sentence does not name."""
    found = _PLACE.search(part.lead)
    return found is not None and found["place"] not in target.fact.sentence


def _of_one_size(rate: Place, part: Place, target: Place) -> bool:
    """Tell whether a quotient is of a rate's size: orders of magnitude apart, another goal is meant."""
    quotient = HUNDRED * (part.fact.value or Decimal(0)) / (target.fact.value or Decimal(1))
    return 1 / MOST_OFF <= quotient / (rate.fact.value or Decimal(1)) <= MOST_OFF


def _planned_and_done(rate: Place) -> tuple[int, int] | None:
    """Return the task and what was done where both stand right before a rate: 任务数500人，实际培训532人."""
    if rate.at < 2 or not (_OF_PLANNED.match(rate.lead) or _exceeded(rate)):
        return None
    task, done = (Place(rate.stretch, rate.number, rate.at - back) for back in (2, 1))
    together = task.figure.part == done.figure.part == rate.figure.part and task.fact.unit == done.fact.unit
    planned, came = task.lead, done.lead
    named = _TASK.search(planned) and _DONE.search(came) and not _undone(done)
    span = _SPAN.findall(rate.lead)
    timed = all(word in planned for word in span) and not of_years(task, done)
    timed = timed and (not done.fact.period or task.fact.period in ("", done.fact.period))
    return (task.figure.fact_index, done.figure.fact_index) if together and named and timed else None


def _undone(part: Place) -> bool:
    """Tell whether a figure counts what was not done: 2座危桥未按期完工."""
    return bool(_UNDONE.search(part.lead + part.stretch.tail(part.at)))


def _of_report(rate: Place, known: Sequence[Place]) -> Iterator[Relation]:
    """Yield a rate with a name of its own (危桥改造完工率) as the result ÷ the goal that bear this name before it.

    It decides where the report states one such result and one such goal.
    """
    found = _OWN.search(rate.fact.metric)
    own = essence(found["name"]) if found is not None else ""
    if found is None or len(own) < LEAST_NAME or rate.dealt:
        return
    named = [place for place in known if countable(place) or _is_goal(place)]
    named = [place for place in named if place.fact.kind in ("count", "other") and not _undone(place)]
    named = [place for place in named if not superseded(place.stretch, place.at) and not _BEGUN.search(place.lead)]
    named = [place for place in named if place.number <= rate.number or place.fact.cell]
    done = [place for place in named if countable(place) and place.fact.role == "actual" and not _given(place)]
    done = [place for place in done if _did(place, own, found["deed"])]
    goals = [place for place in named if (_is_goal(place) or _given(place)) and bears(own, place.name)]
    pairs = [(part, goal) for part in done for goal in goals if part.fact.unit == goal.fact.unit]
    sole = len({part.fact.value for part, _ in pairs}) == len({goal.fact.value for _, goal in pairs}) == 1
    for part, goal in pairs[:1]:
        sure = sole and not of_years(goal, part) and _of_one_size(rate, part, goal)
        sure = sure and not of_another_year(goal, rate) and not of_another_year(part, rate)
        sure = sure and not _of_another_place(part, goal)
        yield _rate(rate, part, goal, "decides" if sure else "confirms")
    for part, goal in pairs[1:]:
        yield _rate(rate, part, goal, "confirms")
    akin_to_it = [place for place in named if bears(own, place.name)][:MOST_EXCUSES]
    for part in akin_to_it if sole else ():
        for goal in akin_to_it:
            same = part.fact.unit == goal.fact.unit and goal.fact.value
            if same and quotient_is(rate.fact, part.fact, goal.fact):
                yield replace(_rate(rate, part, goal, "excuses"), agreed=False)


def _given(place: Place) -> bool:
    """Tell whether a figure was handed down or planned (下达…危桥改造6座), not done."""
    words = place.fact.sentence[: place.fact.sentence.find(place.fact.quote)] if not place.fact.cell else ""
    return place.fact.role == "actual" and _GIVEN.search(words) is not None and not _DEED.search(place.lead)


def _did(place: Place, own: str, deed: str) -> bool:
    """Tell whether a figure is what was done of a measure: it bears its name, or a piece of it and the deed's."""
    if bears(own, place.name):
        return True
    pieces = any(own[at : at + 2] in place.lead for at in range(len(own) - 1))
    return pieces and deed in place.lead and bool(_DEED.search(deed))


def bears(own: str, name: str) -> bool:
    """Tell whether a name holds another's words in whatever order: 清淤渠道 bears 渠道清淤."""
    shared = [own[at : at + 2] in name for at in range(len(own) - 1)]
    return all(any(shared[max(at - 1, 0) : at + 1]) for at in range(len(own)))
