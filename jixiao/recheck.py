"""Check a finished run once more by a user's packs, from its tables: nothing is read again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from jixiao.checks import limits, ranges, rates, sums
from jixiao.checks.case import Case
from jixiao.findings import Finding
from jixiao.reread import Reread, reread
from jixiao.result import FileResult, Status
from jixiao.tables import Row, fact_ids, rows
from parsers.model import Report
from parsers.packs import Pack, indicators, with_indicators
from parsers.relate import relate
from parsers.stretches import stretches
from patterns.rules import merged, using

_CHECKS = (sums.parts, rates.rates, limits.over, ranges.plausible)
"""The checks that packs have a part in."""


def recheck(out: Path, packs: Sequence[Pack], known: Sequence[Row]) -> list[Row]:
    """Return ``known``, the findings of the run in ``out``, with what ``packs`` find in place of what they replace.

    Rules about text (placeholder, field) need the text itself and are not tried. Raises FileNotFoundError where a table
    of the run is missing.
    """
    own = frozenset(_checks(packs))
    kept = [row for row in known if row["check_id"] not in own]
    sums_told = {_evidence(row) for row in kept if row["check_id"].startswith("sum.")}
    found = [row for one in reread(out) for row in _found(one, packs, own)]
    return [*kept, *(row for row in found if _evidence(row) not in sums_told)]


def _checks(packs: Iterable[Pack]) -> Iterator[str]:
    """Yield the names under which findings of the packs' own rules and indicators go."""
    for pack in packs:
        yield from (f"rate.{rule.id}" for rule in pack.rules.rates)
        yield from (f"sum.parts.{rule.id}" for rule in pack.rules.identities)
        yield from (f"limit.{rule.id}" for rule in pack.rules.limits)
        yield from (f"range.{one.id}" for one in pack.indicators)


def _evidence(row: Row) -> tuple[str, frozenset[str]]:
    return row["verdict"], frozenset(row["fact_ids"].split())


def _found(one: Reread, packs: Sequence[Pack], own: frozenset[str]) -> Iterator[Row]:
    report = with_indicators(one.report, packs)
    with using(merged(pack.rules for pack in packs)):
        parts = stretches(one.document, report, one.body)
        case = Case(one.document, report, parts, relate(one.document, report, parts), (), indicators(packs))
        told = tuple(finding for run in _CHECKS for finding in run(case) if finding.check_id in own)
    yield from _rows(one, report, told)


def _rows(one: Reread, report: Report, told: tuple[Finding, ...]) -> Iterator[Row]:
    """Yield findings as rows, with the ids that the run's tables know; -p tells them from those of the run."""
    ids = dict(zip(fact_ids(report, one.report_id), one.fact_ids, strict=True))
    sha256 = one.report_id.rpartition("-")[0]
    file = FileResult(one.file, Status.OK, sha256=sha256, reports=(report,), findings=(told,))
    for number, row in enumerate(rows("findings", (file,)), start=1):
        facts = " ".join(ids[fact] for fact in row["fact_ids"].split())
        yield row | {"finding_id": f"{one.report_id}-p{number}", "fact_ids": facts}
