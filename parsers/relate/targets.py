"""Targets and results: 实现不低于95%的工作目标, 超额完成0.6万亩的任务, 未达到90%的目标."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parsers.relate.rates import Place
from parsers.relate.relations import Relation, Weight
from parsers.relate.shares import akin, earlier, essence
from parsers.relate.stretches import Stretch
from patterns import cue

_CLAIMED = cue("changes", "reach.claimed")
_GOAL = cue("changes", "reach.goal")
_OF = cue("relations", "relation.cue.of-stated")
_BY = cue("changes", "reach.by")
_MISSED = cue("changes", "reach.missed")
_DONE = cue("changes", "reach.done")
_ALL = cue("changes", "reach.all")


def targets(stretches: Sequence[Stretch]) -> Iterator[Relation]:
    """Yield the results that a report's prose claims to have met a stated target, each with that target."""
    for number, stretch in enumerate(stretches):
        for at in range(1, len(stretch.figures)):
            yield from _said_done(Place(stretch, number, at))
        for at, figure in enumerate(stretch.figures):
            target = Place(stretch, number, at)
            if figure.fact.value is None or figure.fact.kind in ("score", "duration"):
                continue
            words = _clause(target)
            claimed = _CLAIMED.search(words)
            if claimed is None or _MISSED.search(words) or _shared(target):
                continue
            if _GOAL.search(stretch.after(at)) or (figure.fact.role == "target" and _listed(target)):
                yield from _results(target, words)


def _said_done(place: Place) -> Iterator[Relation]:
    """Yield 目标不低于95%，实际达到93%，已完成目标: the target right before a result that is said to meet it."""
    target = Place(place.stretch, place.number, place.at - 1)
    limited = target.fact.role == "target" and target.fact.bound in ("ge", "gt", "le", "lt")
    if not limited or target.figure.part != place.figure.part or not _result(place, target):
        return
    if _DONE.match(place.stretch.after(place.at)):
        terms, anchor = (target.figure.fact_index,), target.figure.fact_index * 1000 + place.at
        yield Relation("reach", place.figure.fact_index, terms, "decides", "完成目标", anchor)


def _shared(target: Place) -> bool:
    """Tell whether a figure is what a share is taken of: 完成年目标任务5700万元的93.53%."""
    stretch, at = target.stretch, target.at
    following = stretch.figures[at + 1].fact if at + 1 < len(stretch.figures) else None
    return following is not None and following.unit == "%" and _OF.match(stretch.after(at)) is not None


def _clause(place: Place) -> str:
    """Return the words of the clause before a figure; figures listed before it (80%和) are passed over."""
    lead = place.lead
    if place.at and len(place.stretch.before(place.at)) <= 1:
        return _clause(Place(place.stretch, place.number, place.at - 1))
    return lead


def _listed(place: Place) -> bool:
    """Tell whether the next figure is the next item of a list: 80%和70%的目标."""
    following = place.at + 1
    return following < len(place.stretch.figures) and len(place.stretch.before(following)) <= 1


def _results(target: Place, words: str) -> Iterator[Relation]:
    results = [place for place in earlier(target) if _result(place, target)]
    sentence = target.figure.sentence
    if not results:
        figures = target.stretch.figures
        before = [Place(target.stretch, target.number, at) for at in range(target.at - 1, -1, -1)]
        results = [p for p in before if figures[p.at].sentence == sentence - 1 and _result(p, target)]
    if not results:
        return
    named = [place for place in results if _belongs(place, target)]
    several = _ALL.search(words) is not None
    chosen = named if several or (named and target.fact.subject) else named[:1] or results[:1]
    for place in chosen:
        alike = akin(target.fact.metric, place.fact.metric, 3)
        sure = alike or ((place in named or place is results[0]) and not _own_name(words))
        weight: Weight = "decides" if sure else "confirms"
        terms = (target.figure.fact_index,)
        yield Relation(
            "reach", place.figure.fact_index, terms, weight, words[-12:], target.figure.fact_index * 1000 + place.at
        )


def _own_name(words: str) -> bool:
    """Tell whether a clause names a measure of its own before it claims a target: 城镇调查失业率控制在5%以内."""
    claimed = _CLAIMED.search(words)
    return claimed is not None and len(essence(words[: claimed.start()])) > 1


def _result(place: Place, of: Place) -> bool:
    """Tell whether a figure can be a target's result; by how much another was passed (较目标超额7.5%) is none."""
    fact, target = place.fact, of.fact
    same = fact.unit == target.unit and fact.kind == target.kind and fact.per == target.per
    return same and fact.role == "actual" and fact.value is not None and not _BY.search(place.lead)


def _belongs(result: Place, target: Place) -> bool:
    """Tell whether a result is of the target's group and measure, as far as their names say."""
    goal, got = target.fact, result.fact
    who = goal.subject and goal.subject in f"{got.subject}{got.metric}"
    if goal.subject and not who and _listed_group(target):
        return False
    return akin(goal.metric, got.metric, 3) or bool(who)


def _listed_group(target: Place) -> bool:
    """Tell whether a target stands in a list dealt out to groups (分别…80%和70%)."""
    return _listed(target) or (target.at > 0 and len(target.stretch.before(target.at)) <= 1)
