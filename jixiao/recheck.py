"""Check a finished run once more by a user's packs, from its tables: nothing is read again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from jixiao.across.outliers import side_by_side
from jixiao.checks import limits, ranges, rates, sums
from jixiao.checks.case import Case
from jixiao.findings import Finding
from jixiao.reread import Reread, reread
from jixiao.result import FileResult, Status
from jixiao.tables import Row, fact_ids, rows
from parsers.packs import Pack, default_packs, indicators, with_indicators
from parsers.relate.relate import relate
from parsers.relate.stretches import stretches
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
    found = [row for row in _rows(out, packs, own) if _evidence(row) not in sums_told]
    rated = {_stated(row) for row in found if _is_rate(row)}
    return [*(row for row in kept if not (_is_rate(row) and _stated(row) in rated)), *found]


def _checks(packs: Iterable[Pack]) -> Iterator[str]:
    """Yield the names under which findings of the packs' own rules and indicators go."""
    for pack in packs:
        yield from (f"rate.{rule.id}" for rule in pack.rules.rates)
        yield from (f"sum.parts.{rule.id}" for rule in pack.rules.identities)
        yield from (f"limit.{rule.id}" for rule in pack.rules.limits)
        for name in ("range", "across.outlier", "across.unit"):
            yield from (f"{name}.{one.id}" for one in pack.indicators)


def _is_rate(row: Row) -> bool:
    """Tell whether a finding is about a stated rate: of the rules that name one, one speaks."""
    return row["check_id"].split(".")[0] == "rate"


def _stated(row: Row) -> str:
    return row["fact_ids"].partition(" ")[0]


def _evidence(row: Row) -> tuple[str, frozenset[str]]:
    return row["verdict"], frozenset(row["fact_ids"].split())


def _rows(out: Path, packs: Sequence[Pack], own: frozenset[str]) -> Iterator[Row]:
    """Yield what the packs find in each report and among all of them, under the ids that the run's tables know."""
    known = (*packs, *default_packs())
    read = [replace(one, report=with_indicators(one.report, known)) for one in reread(out)]
    files = [_as_file(one) for one in read]
    found = [list(_found(one, known, own)) for one in read]
    for (number, _), finding in side_by_side(files, known):
        if finding.check_id in own:
            found[number].append(finding)
    for one, file, findings in zip(read, files, found, strict=True):
        ids = dict(zip(fact_ids(one.report, one.report_id), one.fact_ids, strict=True))
        told = replace(file, findings=(tuple(findings),))
        for count, row in enumerate(rows("findings", (told,)), start=1):
            facts = " ".join(ids[fact] for fact in row["fact_ids"].split())
            # -p tells them from the findings of the run
            yield row | {"finding_id": f"{one.report_id}-p{count}", "fact_ids": facts}


def _as_file(one: Reread) -> FileResult:
    return FileResult(one.file, Status.OK, sha256=one.report_id.rpartition("-")[0], reports=(one.report,))


def _found(one: Reread, packs: Sequence[Pack], own: frozenset[str]) -> Iterator[Finding]:
    report = one.report
    with using(merged(pack.rules for pack in packs)):
        parts = stretches(one.document, report, one.body)
        case = Case(one.document, report, parts, relate(one.document, report, parts), (), indicators(packs))
        yield from [finding for run in _CHECKS for finding in run(case) if finding.check_id in own]
