"""Identities of the packs (勾稽关系): budget = spent + left, spending = basic + projects, and what a user adds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from itertools import product

from parsers.relate.parts import plain
from parsers.relate.rates import Place, places
from parsers.relate.relations import Relation, Weight
from parsers.relate.stretches import Stretch
from patterns import cue
from patterns.rules import Identity, identities

_CHANGE = cue("shares", "identity.change")
_SCOPE = cue("shares", "identity.scope")
_TURNS_TO = cue("shares", "identity.turns-to")
MOST = 24
"""So many readings of one identity in one place are tried."""
TOTALS = 2
"""So many totals of one name in one place may each be meant: the budget and what arrived of it."""
MOST_BACK = 2
"""So many sentences before the last part may the others and the total stand."""
NEAR = Decimal("0.2")
"""A slip in one figure changes a sum by no more as a rule."""
TEN_THOUSAND = 10000


def by_identities(stretches: Sequence[Stretch]) -> Iterator[Relation]:
    """Yield the sums that the packs' identities name: in sentences, in rows of tables, in the report as a whole."""
    known = [place for place in places(stretches) if _summable(place)]
    for identity in identities():
        kept = [place for place in known if place.fact.kind in identity.kinds]
        cells = [place for place in kept if place.stretch.in_table]
        prose = [place for place in kept if not place.stretch.in_table or len(place.stretch.figures) > 1]
        yield from _in_prose(identity, prose, cells)
        yield from _in_rows(identity, cells)


def _summable(place: Place) -> bool:
    fact = place.fact
    return not fact.per and fact.role in ("actual", "target", "norm") and plain(fact)


def _in_prose(identity: Identity, prose: Sequence[Place], cells: Sequence[Place]) -> Iterator[Relation]:
    """Yield the readings that end with a part: the other parts stand before it, the total there or alone elsewhere."""
    for final in prose:
        own = next((n for n in range(len(identity.parts)) if identity.is_part(n, final.name)), None)
        if own is None:
            continue
        back = 0 if identity.within == "sentence" else MOST_BACK
        near = [place for place in prose if _near(place, final, back) and place is not final]
        before = [place for place in near if place.at < final.at]
        others = [number for number in range(len(identity.parts)) if number != own]
        choices = [_choose(partial(identity.is_part, number), before, final) for number in others]
        stated = [choice for choice in choices if choice]
        if len(stated) + 1 < identity.least or not stated:
            continue
        totals = _choose(identity.is_total, [place for place in near if not _changed(place)], final)
        barred = any(identity.barred.search(place.name) for place in (*near, final))
        inside = any(p.figure.sentence == final.figure.sentence for choice in stated for p in choice)
        clear = identity.decides and inside and not barred and all(len(_values(choice)) == 1 for choice in stated)
        for count, chosen in enumerate(_readings(stated, totals, final)):
            sure = clear and (count == 0 or len(_values(totals)) <= TOTALS) and _of_one(chosen, final)
            sure = sure and _within(identity, chosen[0], final)
            yield _relation(identity, chosen, final, "decides" if sure else "confirms")
        others_near = [place for place in near if place not in totals and place.fact.unit == final.fact.unit]
        for chosen in _readings(stated, others_near, final) if clear else ():
            yield _relation(identity, chosen, final, "confirms")  # by another name: 县级应配套, of which the parts are
        if not identity.decides:
            in_tables = [place for place in cells if identity.is_total(place.fact.metric)]
            for chosen in _readings(stated, in_tables, final):
                yield _relation(identity, chosen, final, "confirms")
        if not totals:
            far = [place for place in prose if identity.is_total(place.name) and place.number != final.number]
            far = [place for place in far if not _changed(place)]
            sole = clear and len(_values(far)) == 1
            for chosen in _readings(stated, far[:MOST], final):
                sure = sole and _within(identity, chosen[0], final) and _about(identity, chosen, final)
                yield _relation(identity, chosen, final, "decides" if sure else "confirms")


def _of_one(chosen: Sequence[Place], final: Place) -> bool:
    """Tell whether no part is of a project, section or batch that the total is not of."""
    total, *parts = chosen
    own = total.lead
    scopes = [found[0] for part in (*parts, final) if (found := _SCOPE.search(part.lead))]
    if total.number == final.number and total.at < final.at:
        between = total.stretch.text[total.figure.end : final.figure.start]
        scopes.extend(found[0][1:] for found in _TURNS_TO.finditer(between))
    return all(scope in own for scope in scopes)


def _within(identity: Identity, total: Place, final: Place) -> bool:
    """Tell whether a total stands as near to its parts as the identity asks for."""
    if identity.within == "sentence":
        return total.number == final.number and total.figure.sentence == final.figure.sentence
    return not identity.within or total.fact.section_index == final.fact.section_index


def _about(identity: Identity, chosen: Sequence[Place], final: Place) -> bool:
    """Tell whether parts make about the total that stands elsewhere: else it is the total of something else."""
    total, *parts = (place.fact.value or Decimal(0) for place in (*chosen, final))
    made = sum(parts, Decimal(0))
    meant = (made, *(made + (TEN_THOUSAND - 1) * part for part in parts))  # one of them printed in 元 for 万元
    return bool(identity.less) or any(abs(value - total) <= NEAR * total for value in meant)


def _changed(place: Place) -> bool:
    """Tell whether a figure is a change (支出减少0.15万元), not an amount."""
    return _CHANGE.search(place.lead) is not None


def _near(place: Place, other: Place, back: int) -> bool:
    """Tell whether a figure stands in the same stretch, in the same sentence or at most so many before it."""
    return place.number == other.number and 0 <= other.figure.sentence - place.figure.sentence <= back


def _choose(named: Callable[[str], bool], near: Sequence[Place], final: Place) -> list[Place]:
    found = [place for place in near if named(place.name) and place.fact.unit == final.fact.unit]
    return sorted(found, key=lambda place: abs(place.figure.fact_index - final.figure.fact_index))


def _values(found: Sequence[Place]) -> set[object]:
    return {place.fact.value for place in found}


def _readings(choices: Sequence[Sequence[Place]], totals: Sequence[Place], final: Place) -> list[tuple[Place, ...]]:
    """Return the total and the parts of each reading, the nearest first, no figure twice."""
    found = []
    for chosen in product(totals, *choices):
        indices = {place.figure.fact_index for place in chosen}
        if len(indices) == len(chosen) and final.figure.fact_index not in indices and chosen[0].fact.value:
            found.append(chosen)
    found.sort(key=lambda chosen: sum(abs(place.figure.fact_index - final.figure.fact_index) for place in chosen))
    return found[:MOST]


def _relation(identity: Identity, chosen: Sequence[Place], final: Place, weight: Weight) -> Relation:
    total, *parts = chosen
    terms = (*(part.figure.fact_index for part in parts), final.figure.fact_index)
    if identity.less:  # all parts are stated: in the rule's order, those to take away last
        own = next(number for number in range(len(identity.parts)) if identity.is_part(number, final.name))
        terms = (*terms[:own], terms[-1], *terms[own:-1])
    anchor = 10**6 * (1 + identities().index(identity)) + final.figure.fact_index
    return Relation(
        "sum", total.figure.fact_index, terms, weight, identity.zh, anchor, less=identity.less, rule=identity.id
    )


def _in_rows(identity: Identity, cells: Sequence[Place]) -> Iterator[Relation]:
    """Yield an identity over the figures of a report's tables that share a row label, one of each name."""
    groups: dict[str, list[Place]] = {}
    for place in cells:
        groups.setdefault(place.fact.subject, []).append(place)
    for group in groups.values():
        totals = [place for place in group if identity.is_total(place.fact.metric)]
        parts = [
            [place for place in group if identity.is_part(number, place.fact.metric)]
            for number in range(len(identity.parts))
        ]
        stated = [part for part in parts if part]
        if len(stated) < identity.least or len(totals) != 1 or any(len(part) != 1 for part in stated):
            continue
        terms = tuple(part[0].figure.fact_index for part in stated)
        if totals[0].figure.fact_index not in terms:
            anchor = -(10**6) * (1 + identities().index(identity)) - totals[0].figure.fact_index
            yield Relation(
                "sum",
                totals[0].figure.fact_index,
                terms,
                "confirms",
                identity.zh,
                anchor,
                less=identity.less,
                rule=identity.id,
            )
