"""What the rows of a table say of how a total or a rate in it is made up.

A table does not tell which columns its 合计 adds up, or which grades count as satisfied. Its rows do, by holding.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from parsers.model import Fact
from parsers.relate.relations import Relation
from parsers.votes import most_hold


def borne_out(build: Sequence[Relation], facts: Sequence[Fact]) -> bool:
    """Tell whether most rows of one build bear it out.

    ``build`` are the sums or rates of a table that are made up alike, one for each of its rows.
    """
    return most_hold(sum(holds(relation, facts) for relation in build), len(build))


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
