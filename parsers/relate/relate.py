"""All relations between the figures of a report, from its prose and its tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extract.document import Document
from parsers.model import Report
from parsers.relate.alibis import alibis
from parsers.relate.balances import balances
from parsers.relate.budgets import budgets
from parsers.relate.changes import changes
from parsers.relate.columns import by_columns
from parsers.relate.completions import completions
from parsers.relate.identities import by_identities
from parsers.relate.listed_sums import listed_sums
from parsers.relate.means import means
from parsers.relate.named_sums import named_sums
from parsers.relate.prices import products
from parsers.relate.rates import places, rates
from parsers.relate.ratios import ratios
from parsers.relate.relations import Relation, with_parts
from parsers.relate.remainders import left_of_rated, remainders
from parsers.relate.scores import rates_of_tables, scores_of_sentences
from parsers.relate.shares import shares
from parsers.relate.stretches import Stretch, stretches
from parsers.relate.sums import sums
from parsers.relate.surveys import surveys
from parsers.relate.tables import tables
from parsers.relate.targets import targets
from parsers.relate.wholes import wholes
from parsers.report.paragraphs import Paragraph


def relate(document: Document, report: Report, parts: Sequence[Stretch]) -> tuple[Relation, ...]:
    """Return the relations of ``report``; ``parts`` are its stretches."""
    found = [*sums(parts), *tables(document, report)]
    known = _wholes(found)
    found.extend(named_sums(parts))
    found.extend(listed_sums(parts))
    found.extend(by_identities(parts))
    found.extend(rates(parts, _held(found)))
    found.extend(completions(parts))
    found.extend(shares(parts, known))
    found.extend(wholes(parts))
    found.extend(budgets(parts))
    found.extend(ratios(parts))
    found.extend(changes(parts))
    found.extend(products(parts))
    found.extend(targets(parts))
    found.extend(scores_of_sentences(parts))
    found.extend(rates_of_tables(parts))
    found.extend(balances(parts))
    found.extend(remainders(parts))
    found.extend(left_of_rated(parts, report.facts, found))
    found.extend(means(parts))
    found.extend(surveys(report))
    found.extend(by_columns(report))
    found.extend(alibis(found, places(parts)))
    return tuple(found)


def _wholes(sums_of: Sequence[Relation]) -> Mapping[int, Sequence[int]]:
    """Return the totals that each part belongs to, by index, as far as the wording tells."""
    wholes: dict[int, list[int]] = {}
    for relation in sums_of:
        for part in relation.terms if relation.kind == "sum" and relation.weight != "confirms" else ():
            wholes.setdefault(part, []).append(relation.stated)
    return wholes


def _held(sums_of: Sequence[Relation]) -> Mapping[int, Sequence[int]]:
    """Return the totals of each part, by index, with those that one part alone was named of."""
    held: dict[int, list[int]] = {part: list(totals) for part, totals in _wholes(sums_of).items()}
    for relation in sums_of:
        if relation.kind == "part":
            held.setdefault(relation.stated, []).append(relation.terms[0])
    return held


def with_totals(document: Document, report: Report, body: Sequence[Paragraph]) -> Report:
    """Return ``report`` with ``part_of`` of its facts filled; ``body`` are the document's paragraphs."""
    found = [*sums(stretches(document, report, body)), *tables(document, report)]
    return replace(report, facts=with_parts(report.facts, found))
