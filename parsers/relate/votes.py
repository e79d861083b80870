"""What the rows of a table say of how a total or a rate in it is made up.

A table does not tell which columns its 合计 adds up, or which grades count as satisfied. Its rows do, by holding.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from parsers.model import Fact
from parsers.relate.relations import Relation
from parsers.votes import most_hold


def borne_out(build: Sequence[Relation], facts: Sequence[Fact]) -> bool:
    """Tell whether most rows of one build bear it out.

    ``build`` are the sums or rates of a table that are made up alike, one for each of its rows.
    """
    return most_hold(sum(holds(relation, facts) for relation in build), len(build))


def with_one_base(found: Sequence[Relation], columns: Mapping[int, int], facts: Sequence[Fact]) -> Iterator[Relation]:
    """Yield the relations of a table; where its rows show of which column a rate is, no other column will do.

    ``columns`` are those of the figures. 执行率 may be of 年初预算 or of 全年预算: the rows in which these differ tell.
    """
    readings: dict[int, dict[int, list[Relation]]] = {}
    for relation in found:
        if relation.kind == "rate":
            readings.setdefault(columns[relation.stated], {}).setdefault(relation.stated, []).append(relation)
    settled = {stated for column in readings.values() for stated in _settled(list(column.values()), columns, facts)}
    for relation in found:
        if relation.kind != "rate" or relation.stated not in settled:
            yield relation
        elif relation.weight == "decides":
            yield replace(relation, named=True)


def _settled(rows: Sequence[Sequence[Relation]], columns: Mapping[int, int], facts: Sequence[Fact]) -> Iterator[int]:
    """Yield the rates of one column that its rows settle: those whose first reading does not hold."""
    first = [(readings[0], any(holds(other, facts) for other in readings[1:])) for readings in rows]
    bases = {tuple(columns[term] for term in relation.terms) for relation, _ in first}
    if len(bases) > 1 or any(relation.weight != "decides" for relation, _ in first):
        return
    held = [other for relation, other in first if holds(relation, facts)]
    if most_hold(len(held), len(first)) and not all(held):
        yield from (relation.stated for relation, _ in first if not holds(relation, facts))


def holds(relation: Relation, facts: Sequence[Fact]) -> bool:
    """Tell whether what a sum or a rate makes is what is stated, within one unit of the stated figure's last place.

    That much is lent to shares that were made to fill a hundred. A sum has the rounding of all its figures, half a unit
    each, where that is more.
    """
    stated, terms = facts[relation.stated], [facts[index] for index in relation.terms]
    values = [term.value or Decimal(0) for term in terms]
    made, slack = sum(values, Decimal(0)), unit_of_place(stated)
    if relation.kind == "rate":
        base = sum(values[-relation.bases :], Decimal(0))
        made = 100 * sum(values[: -relation.bases], Decimal(0)) / base if base else Decimal("Infinity")
    else:
        slack = max(slack, sum(map(unit_of_place, (stated, *terms)), Decimal(0)) / 2)
    return abs(made - (stated.value or Decimal(0))) <= slack


def unit_of_place(fact: Fact) -> Decimal:
    """Return what one unit of a figure's last printed place is worth."""
    return fact.scale.scaleb(-fact.decimals)
