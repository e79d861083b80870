"""Shares: 占施工费的24%, 分别占40%和60%, 为年度计划17.5亿元的104.91%."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import regex

from parsers.relate.closing_sums import DIGITS
from parsers.relate.part_names import found as matched
from parsers.relate.parts import plain
from parsers.relate.rates import Place, of_another_year, places, quotient_is
from parsers.relate.relations import Relation, Weight
from parsers.relate.stretches import Stretch
from patterns import cue

SHARE = cue("shares", "share.of")
_OF_STATED = cue("relations", "relation.cue.of-stated")
_IS = cue("shares", "share.compared")
_LONG = cue("shares", "completion.several-years")
_YEARLY = cue("shares", "completion.yearly")
_AMONG_WORD = cue("shares", "share.after-among")
_TOGETHER = cue("shares", "share.together")
_DONE_OF = cue("shares", "share.done-of")
_AMONG = cue("shares", "share.among")
_WHOLE = cue("shares", "share.whole-base")
_GENERIC = cue("shares", "share.generic")
_TOTAL = cue("shares", "share.total")
_ALL = cue("shares", "share.all")
_NUMBER_OF = cue("shares", "share.number-of")
_OPENED = cue("shares", "share.opened")
_MEAN = cue("shares", "share.mean")
SHORTEST = 2
LEAST_DECIMALS = 2
LEAST_ALIKE = 3
"""So many shares of one base in words show which figure it is."""
LEAST_NAME = 4
MOST_BASES = 40


def shares(stretches: Sequence[Stretch], wholes: Mapping[int, Sequence[int]]) -> Iterator[Relation]:
    """Yield what shares are taken of; ``wholes`` gives the totals that each part belongs to."""
    known = places(stretches)
    index = {place.figure.fact_index: place for place in known}
    said: dict[str, list[Relation]] = {}
    for place in known:
        fact = place.fact
        if fact.kind != "rate" or fact.unit != "%" or fact.role in ("full", "awarded", "norm") or not plain(fact):
            continue
        yield from _of_stated(place)
        found = SHARE.search(place.stretch.before(place.at))
        if found is not None:
            relations = list(_share(place, found, known, index, wholes))
            yield from relations
            if found["base"]:
                said.setdefault(found["base"], []).extend(relations)
    for relations in said.values():
        yield from _agreed(relations, index)


def _agreed(relations: Sequence[Relation], index: Mapping[int, Place]) -> Iterator[Relation]:
    """Yield shares of one base in words (占总收入的) against the figure that most of them were taken of."""
    rates = {relation.stated for relation in relations}
    fits: dict[int, set[int]] = {}
    for relation in relations if len(rates) >= LEAST_ALIKE else ():
        if quotient_is(*(index[place].fact for place in (relation.stated, relation.terms[0], relation.terms[-1]))):
            fits.setdefault(relation.terms[-1], set()).add(relation.stated)
    base, fitting = max(fits.items(), key=lambda item: len(item[1]), default=(0, set()))
    if 3 * len(fitting) < 2 * len(rates):
        return
    for stated in sorted(rates):
        of_base = [relation for relation in relations if relation.stated == stated and relation.terms[-1] == base]
        for relation in of_base[:1]:
            yield replace(relation, weight="decides")


def _relation(rate: Place, part: Place, base: Place, weight: Weight, cue: str, rule: str) -> Relation:
    terms = (part.figure.fact_index, base.figure.fact_index)
    return Relation("rate", rate.figure.fact_index, terms, weight, cue, rate.figure.fact_index, rule=rule)


def earlier(place: Place) -> list[Place]:
    """Return the figures before ``place`` in its sentence, the nearest first."""
    stretch, sentence = place.stretch, place.figure.sentence
    before = (Place(stretch, place.number, at) for at in range(place.at - 1, -1, -1))
    return [other for other in before if other.figure.sentence == sentence]


def countable(place: Place) -> bool:
    """Tell whether a figure is one number of things or money, not so much per something."""
    return place.fact.kind in ("amount", "count", "other") and not place.fact.per and plain(place.fact)


def _of_stated(rate: Place) -> Iterator[Relation]:
    """Yield «part 为 (name) base 的 rate»."""
    if not rate.at or not _OF_STATED.match(rate.stretch.before(rate.at)):
        return
    base = Place(rate.stretch, rate.number, rate.at - 1)
    if not countable(base) or not _IS.search(rate.stretch.lead(base.at)):
        return
    before = [place for place in earlier(base) if countable(place) and place.fact.unit == base.fact.unit]
    before = [place for place in before if place.figure.bracket in (-1, base.figure.bracket)] or before
    for count, part in enumerate(before):
        relation = _relation(rate, part, base, "confirms" if count else "decides", "的", "share")
        yield replace(relation, agreed=base.fact.role == "target")


def of_years(task: Place, done: Place) -> bool:
    """Tell whether a task is of several years and what was done is not."""
    return _LONG.search(task.lead) is not None and "累计" not in done.lead


def _share(
    rate: Place,
    found: regex.Match[str],
    known: Sequence[Place],
    index: Mapping[int, Place],
    wholes: Mapping[int, Sequence[int]],
) -> Iterator[Relation]:
    before = [place for place in earlier(rate) if countable(place)]
    before = [place for place in before if not _changes(place)] or before
    before = [place for place in before if place.figure.bracket in (-1, rate.figure.bracket)] or before
    if not before:
        yield from _of_named(rate, found, known)
        return
    if found["each"]:
        yield from _dealt(rate, before, index, wholes)
        return
    if together := _together(found["part"], before):
        yield from _of_several(rate, found["base"], together, known)
        return
    yield from _of_one(rate, found, before, known, index, wholes)


def _of_one(
    rate: Place,
    found: regex.Match[str],
    before: Sequence[Place],
    known: Sequence[Place],
    index: Mapping[int, Place],
    wholes: Mapping[int, Sequence[int]],
) -> Iterator[Relation]:
    """Yield what the share of one of the figures ``before`` is of: the base that is named, or a total it belongs to."""
    own = essence(_AMONG_WORD.sub("", found["part"]))
    parts = [place for place in known if own and own in place.fact.metric and countable(place)] if own else []
    part = next((place for place in before if place in parts), parts[0] if parts else before[0])
    name = essence(found["base"])
    if len(name) >= SHORTEST:
        bases = [place for place in known if name in essence(place.fact.metric) and _base(place, part)]
        bases.sort(key=lambda place: abs(place.figure.fact_index - rate.figure.fact_index))
        exact = [place for place in bases if essence(place.fact.metric) == name] if len(name) > SHORTEST else []
        whole = found["base"] if _WHOLE.match(found["base"]) else ""
        exact = _called(rate, found["base"], bases, wholes) or exact
        exact = exact or [place for place in bases if whole and whole in place.fact.metric] or bases
        exact = exact or _counted(found["base"], [place for place in before if _base(place, part)], part)
        sole = len({place.fact.value for place in exact}) == 1 and _holds_part(exact[0], part)
        sole = sole and not (_YEARLY.search(found["base"]) and of_years(exact[0], part))
        if sole and not found["part"] and _is_called(name, exact[0], part, rate):
            yield replace(_relation(rate, part, exact[0], "decides", found[0].strip(), "share"), named=True)
            return
        for count, base in enumerate([*exact, *(place for place in bases if place not in exact)]):
            weight: Weight = "decides" if sole and count == 0 else "confirms"
            yield _relation(rate, part, base, weight, found[0].strip(), "share")
        for base in (place for place in before if place is not part and _base(place, part)):
            yield _relation(rate, part, base, "confirms", "占", "share")
        yield from _by_value(rate, part, known)
        if _ALL.match(found["base"]):
            yield from _of_opened(rate, part, known)
        return
    totals = [index[whole] for whole in wholes.get(part.figure.fact_index, ()) if whole in index]
    among = [place for place in before[1:] if _AMONG.search(part.stretch.before(part.at)) and _base(place, part)][:1]
    for count, base in enumerate([*totals, *among]):
        sure: Weight = "confirms" if count or _shared(base) else "decides"
        yield _relation(rate, part, base, sure, "占", "share")
    for base in totals:
        of_it = [place for place in before if base.figure.fact_index in wholes.get(place.figure.fact_index, ())]
        for end in range(2, len(of_it) + 1):  # 土地纠纷150件,家事纠纷100件,占总数的50%: together
            terms = (*(place.figure.fact_index for place in of_it[:end]), base.figure.fact_index)
            yield replace(_relation(rate, part, base, "confirms", "占", "share"), terms=terms)
    for base in (place for place in before if place is not part and _base(place, part)):
        near = part.at == rate.at - 1 and part.figure.part == rate.figure.part and done_of(part, base)
        weight = "decides" if near and not totals and not among else "confirms"
        yield _relation(rate, part, base, weight, "占", "share")
    if not totals and not among:
        yield from _of_opened(rate, part, known)


def _is_called(name: str, base: Place, part: Place, rate: Place) -> bool:
    """Tell whether the paragraph has a share's base by its whole name, and its part right before the share."""
    beside = part.at == rate.at - 1 and part.stretch is base.stretch is rate.stretch and base.at < part.at
    return beside and len(name) >= LEAST_NAME and essence(base.fact.metric) == name


def done_of(part: Place, base: Place) -> bool:
    """Tell whether two figures in a row are all there was and what was done of it: 问题118个，已整改111个."""
    if part.at != base.at + 1 or base.figure.part != part.figure.part:
        return False
    alone = not base.at or part.stretch.figures[base.at - 1].part != base.figure.part
    return alone and _holds_part(base, part) and _DONE_OF.match(part.stretch.before(part.at)) is not None


def _together(name: str, before: Sequence[Place]) -> Sequence[Place]:
    """Return the figures that 三个行业合计 means together: so many alike right before it; none where it means none."""
    said = _TOGETHER.search(name)
    if said is None:
        return ()
    count = int(said["count"]) if said["count"].isdigit() else DIGITS[said["count"]]
    last = before[:count]
    return last if len({place.fact.unit for place in last}) == 1 and len(last) == count > 1 else ()


def _of_several(rate: Place, name: str, parts: Sequence[Place], known: Sequence[Place]) -> Iterator[Relation]:
    """Yield a share of several figures together in the one figure that bears the name of its base."""
    whole = essence(name)
    bases = [place for place in known if whole and essence(place.fact.metric) == whole and _base(place, parts[0])]
    bases = [place for place in bases if place not in parts and not of_another_year(place, rate)]
    terms = tuple(place.figure.fact_index for place in reversed(parts))
    weight: Weight = "decides" if len({place.fact.value for place in bases}) == 1 else "confirms"
    for base in bases:
        yield replace(_relation(rate, parts[0], base, weight, "占", "share"), terms=(*terms, base.figure.fact_index))


def _of_named(rate: Place, found: regex.Match[str], known: Sequence[Place]) -> Iterator[Relation]:
    """Yield the one amount ÷ the one amount of just these names, where a share names both and states neither."""
    own, whole = essence(found["part"]), essence(found["base"])
    if len(own) < LEAST_NAME or len(whole) < SHORTEST or rate.stretch.in_table or rate.dealt:
        return
    amounts = [p for p in known if p.fact.kind == "amount" and countable(p) and p.fact.value and not _changes(p)]
    parts = [place for place in amounts if own in essence(place.fact.metric)]
    bases = [place for place in amounts if essence(place.fact.metric) == whole]
    if any(len({place.fact.value for place in places_of}) != 1 for places_of in (parts, bases)):
        return
    part, base = parts[0], bases[0]
    same = part.stretch is base.stretch is rate.stretch and part.fact.role == base.fact.role == "actual"
    same = same and essence(part.fact.metric) == own and not of_another_year(part, rate)
    if not same or of_another_year(base, rate) or not _base(base, part) or not _holds_part(base, part):
        return
    yield _relation(rate, part, base, "decides", "占", "share")
    for other in amounts:
        if _base(other, part) and quotient_is(rate.fact, part.fact, other.fact):
            yield _relation(rate, part, other, "excuses", "占", "share")


def _of_opened(rate: Place, part: Place, known: Sequence[Place]) -> Iterator[Relation]:
    """Yield the one total that 其中 is of, in the sentence or the clauses before it: 接待14万人次。其中免费9万人次.

    It yields to any figure that gives the rate.
    """
    stretch = part.stretch
    gap = stretch.before(part.at)
    opened = _OPENED.search(gap)
    if opened is None or part.stretch is not rate.stretch or part.at != rate.at - 1 or part.dealt:
        return
    sentence = part.figure.sentence - (opened["stop"] == "。")
    above = [Place(stretch, part.number, at) for at in range(part.at)]
    above = [place for place in above if place.figure.sentence == sentence and _base(place, part)]
    totals = [place for place in above if not _changes(place) and not _MEAN.search(place.lead)]
    bracket = part.figure.bracket
    totals = [place for place in totals if place.figure.bracket in (-1, bracket) and place.fact.role == "actual"]
    if len(totals) != 1 or not _holds_part(totals[0], part) or matched("opens", stretch.before(totals[0].at)):
        return
    yield _relation(rate, part, totals[0], "decides", "其中", "share")
    for other in known:
        if other.fact.unit == part.fact.unit and _base(other, part) and quotient_is(rate.fact, part.fact, other.fact):
            yield _relation(rate, part, other, "excuses", "其中", "share")


def _counted(name: str, before: Sequence[Place], part: Place) -> list[Place]:
    """Return what a share's base counts by its deed (占立案数的: 立案38件), in the same part of the sentence."""
    deed = _NUMBER_OF.fullmatch(name)
    if deed is None or not part.lead or part.lead.endswith(deed["deed"]):
        return []
    return [p for p in before if p.figure.part == part.figure.part and p.at < part.at and p.lead.endswith(deed["deed"])]


def _called(rate: Place, name: str, bases: Sequence[Place], wholes: Mapping[int, Sequence[int]]) -> list[Place]:
    """Return the bases of just this name (项目支出), of a table's rows the one that is the total of the others."""
    called = [place for place in bases if len(name) >= LEAST_NAME and place.fact.metric == name]
    called = [place for place in called if not of_another_year(place, rate)]
    indices = {place.figure.fact_index for place in called}
    return [place for place in called if not indices.intersection(wholes.get(place.figure.fact_index, ()))]


def _changes(place: Place) -> bool:
    """Tell whether a figure is a change or another year's: 税收收入45亿元，比上年增收11亿元，占收入的88.9%."""
    return matched("other", place.lead) is not None


def _shared(base: Place) -> bool:
    """Tell whether a base is itself given as a share of something: its parts' shares may be of the same."""
    following = base.at + 1
    if following >= len(base.stretch.figures) or base.stretch.figures[following].fact.unit != "%":
        return False
    return "占" in base.stretch.before(following)


def _base(place: Place, part: Place) -> bool:
    same = place.fact.unit == part.fact.unit and place.figure.fact_index != part.figure.fact_index
    return same and countable(place) and bool(place.fact.value)


def _holds_part(base: Place, part: Place) -> bool:
    """Tell whether a part is not larger than its base: else the words mean another base."""
    return (base.fact.value or 0) >= (part.fact.value or 0)


def _by_value(rate: Place, part: Place, known: Sequence[Place]) -> Iterator[Relation]:
    """Yield figures of another name as bases of a rate so exact that it cannot fit by chance."""
    if rate.fact.decimals < LEAST_DECIMALS:
        return
    near = sorted(known, key=lambda place: abs(place.figure.fact_index - rate.figure.fact_index))
    for base in [place for place in near if _base(place, part) and not place.fact.cell][:MOST_BASES]:
        yield _relation(rate, part, base, "confirms", "占", "share")


def _dealt(
    rate: Place, before: Sequence[Place], index: Mapping[int, Place], wholes: Mapping[int, Sequence[int]]
) -> Iterator[Relation]:
    """Yield «A、B、C，分别占40%、30%和30%»: as many parts as rates, in order."""
    figures = rate.stretch.figures
    last = rate.at
    while last + 1 < len(figures) and figures[last + 1].fact.unit == "%" and len(rate.stretch.before(last + 1)) <= 2:
        last += 1
    count = last - rate.at + 1
    unit = before[0].fact.unit
    alike = [place for place in before if place.fact.unit == unit]
    totals = {whole for place in alike for whole in wholes.get(place.figure.fact_index, ())}
    parts = [p for p in alike if p.figure.fact_index not in totals and not _TOTAL.search(p.lead)][:count][::-1]
    if len(parts) < count:
        return
    for offset, part in enumerate(parts):
        own = Place(rate.stretch, rate.number, rate.at + offset)
        for whole in wholes.get(part.figure.fact_index, ()):
            if whole in index:
                yield _relation(own, part, index[whole], "decides", "分别占", "share")


def essence(name: str) -> str:
    """Return a name without the words that say nothing by themselves."""
    return str(_GENERIC.sub("", name)).strip("“”\"' .、")


def akin(one: str, other: str, least: int = 4) -> bool:
    """Tell whether two names share so many characters in a row."""
    shorter, longer = sorted((essence(one), essence(other)), key=len)
    size = min(least, max(len(shorter), 1))
    return any(shorter[at : at + size] in longer for at in range(len(shorter) - size + 1))
