"""The panel: one row for a place and year and each project or unit reported on, one column for each indicator.

Its columns depend on the packs, so it stands beside the tables of ``columns.toml``. A cell holds what reports state of
an indicator for the year; beside it the fact that it came from, and the facts that say otherwise. A pack says whose
measure an indicator is. What is the place's (参保人数) is compared over all its reports and stands in each of its rows,
what is a unit's (“三公”经费) over the unit's reports, and what is a project's (预算数) stands in its own row alone: the
budgets of two projects are two figures, not a contradiction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import regex

from jixiao.columns import Column, Table
from jixiao.result import FileResult
from jixiao.tables import Row, exact, fact_ids
from parsers.packs import Indicator, Owner, Pack, indicators

if TYPE_CHECKING:
    from parsers.model import Fact, Report

_YEAR: Final = regex.compile(r"^((?:19|20)\d\d)(?:-12(?:-31)?)?$|^((?:19|20)\d\d)-01(?:-01)?/\2-12(?:-31)?$")
_WHOLE: Final = regex.compile(r"合计|汇总|总计|小计")
_PART: Final = regex.compile(r"机关|机构|单位|[局处所站队院校园馆]$|中心|街道|[乡镇村]$|学期|季度")
FIXED: Final = (
    Column(
        "region_code", "string", "区划代码", "GB/T 2260 code of the place in the year", "当年的行政区划代码", exact=True
    ),
    Column("province", "string", "省份", "province", "省级名称"),
    Column("city", "string", "城市", "city", "地级名称"),
    Column("county", "string", "区县", "county", "县级名称"),
    Column("year", "string", "年度", "year that the figures are of", "数值所属年度"),
    Column("organisation", "string", "单位", "who reports", "填报单位"),
    Column("project", "string", "项目", "name of the project; empty for a whole unit", "项目名称；部门整体留空"),
    Column("reports", "integer", "报告数", "reports that say something of the row", "涉及该行的报告数"),
)
KEY: Final = tuple(column.name for column in FIXED if column.name != "reports")


@dataclass(frozen=True, slots=True)
class _Claim:
    """A fact that states an indicator; the lowest rank is the surest, those of one rank are compared."""

    rank: tuple[bool, bool]
    fact_id: str
    fact: Fact


_Key = tuple[str, ...]
"""Place, year, unit and project: the values of ``KEY``; a place's or a unit's is the same with the rest left empty."""


@dataclass(slots=True)
class _Known:
    """What is known: claims by whose they are and indicator, and the reports that speak of each row."""

    claims: dict[_Key, dict[str, list[_Claim]]] = field(default_factory=dict)
    reports: dict[_Key, set[str]] = field(default_factory=dict)
    owned: set[_Key] = field(default_factory=set)
    """Rows with an indicator of their own unit or project."""


def panel_table(packs: Sequence[Pack]) -> Table:
    """Return the panel: place, year, unit and project, then of each indicator its value, fact and those that differ."""
    columns = [*FIXED]
    for one in indicators(packs).values():
        of = f"{one.en} ({one.unit})", f"{one.zh}（{one.unit}）"
        columns += [
            Column(one.id, "number", one.zh, *of, unit=one.unit),
            Column(
                f"{one.id}_fact", "string", f"{one.zh}·出处", "the fact it came from", "所据事实", joins="facts.fact_id"
            ),
            Column(f"{one.id}_differs", "string", f"{one.zh}·不符", "facts that say otherwise", "与之不符的事实"),
        ]
    zh = "每地每年的每个项目或单位一行，每个指标一列；属于地方的指标在该地各行相同。"
    return Table("panel", "面板", __doc__ or "", zh, KEY, tuple(columns))


def panel_rows(files: Iterable[FileResult], packs: Sequence[Pack]) -> Iterator[Row]:
    """Yield the rows of the panel in the order of their keys; reports whose place is not known are in none.

    A report that says nothing of its own unit or project has no row where another of the place and year has one.
    """
    measures = indicators(packs)
    known = _Known()
    for file in files:
        for report in file.reports:
            _collect(report, f"{file.sha256[:12]}-{report.ordinal}", measures, known)
    owning = {_of(key, "place") for key in known.owned}
    rest = {_of(key, "place") for key in known.reports} - owning
    names = panel_table(packs).names
    for key in sorted(known.owned | rest):
        said = known.reports.get(key) or set[str]().union(
            *(r for k, r in known.reports.items() if _of(k, "place") == key)
        )
        row = dict.fromkeys(names, "") | dict(zip(KEY, key, strict=True)) | {"reports": str(len(said))}
        shared = not any(key[-2:]) and len(known.reports.get(key, ())) > 1  # of units that nothing tells apart
        for one in measures.values():
            if shared and one.of != "place":
                continue
            if claims := known.claims.get(_of(key, one.of), {}).get(one.id):
                row |= _cell(one.id, claims)
        yield row


def _of(key: _Key, owner: Owner) -> _Key:
    """Return whose measure it is in a row: the row's project, or its unit or place with the rest left empty.

    Of a report that names no unit the unit's measures are its project's: those of others in the place are not its own.
    """
    if owner == "unit" and not key[-2]:
        return key
    kept = len(key) - {"place": 2, "unit": 1, "project": 0}[owner]
    return (*key[:kept], *("",) * (len(key) - kept))


def _collect(report: Report, report_id: str, measures: dict[str, Indicator], known: _Known) -> None:
    place = (report.region_code, report.province, report.city, report.county)
    if not any(place):
        return
    wholes = {(_table(fact), fact.metric) for fact in report.facts if _is_whole(fact)}
    for fact_id, fact in zip(fact_ids(report, report_id), report.facts, strict=True):
        one = measures.get(fact.indicator)
        year = year_of(fact)
        if one is None or not year or fact.role != "actual" or fact.value is None:
            continue
        key = (*place, year, report.organisation, report.project)
        known.reports.setdefault(key, set()).add(report_id)
        if one.of != "place":
            known.owned.add(key)
        rank = (_is_part(fact, wholes), not one.plausible(fact.value))
        claims = known.claims.setdefault(_of(key, one.of), {}).setdefault(one.id, [])
        claims.append(_Claim(rank, fact_id, fact))


def year_of(fact: Fact) -> str:
    """Return the year that a fact is of: its period where that is a year or a year's end, else its report's."""
    if not fact.period:
        return fact.year
    whole = _YEAR.match(fact.period)
    return (whole[1] or whole[2]) if whole else ""


def _is_whole(fact: Fact) -> bool:
    return fact.source == "table" and _WHOLE.search(fact.subject) is not None


def _is_part(fact: Fact, wholes: Collection[tuple[str, str]]) -> bool:
    """Tell whether a figure of a table is that of a part (局机关), not of the whole (合计) in its column."""
    if fact.source != "table" or _is_whole(fact):
        return False
    return fact.part_of is not None or _PART.search(fact.subject) is not None or (_table(fact), fact.metric) in wholes


def _table(fact: Fact) -> str:
    return fact.cell.partition(" row ")[0]


def _cell(name: str, claims: Sequence[_Claim]) -> Row:
    best = min(claims, key=lambda claim: claim.rank)
    rivals = [claim for claim in claims if claim.rank == best.rank]
    differing = [claim.fact_id for claim in rivals if not _meet(claim.fact, best.fact)]
    return {name: exact(best.fact.value), f"{name}_fact": best.fact_id, f"{name}_differs": " ".join(differing)}


def _meet(fact: Fact, other: Fact) -> bool:
    """Tell whether two figures can be one, as far as they are printed."""
    if fact.value is None or other.value is None:
        return False
    return abs(fact.value - other.value) <= _half(fact) + _half(other)


def _half(fact: Fact) -> Decimal:
    return fact.scale.scaleb(-fact.decimals) / 2
