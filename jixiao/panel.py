"""The panel: one row for a place and year, one column for each indicator of the packs.

Its columns depend on the packs, so it stands beside the tables of ``columns.toml``. A cell holds what the place's
reports state of an indicator for the year; beside it the fact that it came from, and the facts that say otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import regex

from jixiao.columns import Column, Table
from jixiao.result import FileResult
from jixiao.tables import Row, exact, fact_ids
from parsers.packs import Indicator, Pack, indicators

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
    Column("reports", "integer", "报告数", "reports that say something of the place and year", "涉及该地该年的报告数"),
)


@dataclass(frozen=True, slots=True)
class _Claim:
    """A fact that states an indicator; the lowest rank is the surest, those of one rank are compared."""

    rank: tuple[bool, bool]
    fact_id: str
    fact: Fact


@dataclass(slots=True)
class _Cells:
    """What is known of a place and year."""

    reports: set[str] = field(default_factory=set)
    claims: dict[str, list[_Claim]] = field(default_factory=dict)


def panel_table(packs: Sequence[Pack]) -> Table:
    """Return the panel: place and year, then for each indicator its value, its fact and those that differ."""
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
    return Table(
        "panel", "面板", __doc__ or "", "每地每年一行，每个指标一列。", ("region_code", "year"), tuple(columns)
    )


def panel_rows(files: Iterable[FileResult], packs: Sequence[Pack]) -> Iterator[Row]:
    """Yield the rows of the panel by place and year; reports whose place is not known are in none."""
    known = indicators(packs)
    found: dict[tuple[str, ...], _Cells] = {}
    for file in files:
        for report in file.reports:
            _collect(report, f"{file.sha256[:12]}-{report.ordinal}", known, found)
    names = panel_table(packs).names
    for key in sorted(found):
        place = dict(zip(("region_code", "province", "city", "county", "year"), key, strict=True))
        row = dict.fromkeys(names, "") | place | {"reports": str(len(found[key].reports))}
        for name, claims in found[key].claims.items():
            row |= _cell(name, claims)
        yield row


def _collect(report: Report, report_id: str, known: dict[str, Indicator], found: dict[tuple[str, ...], _Cells]) -> None:
    place = (report.region_code, report.province, report.city, report.county)
    if not any(place):
        return
    for fact_id, fact in zip(fact_ids(report, report_id), report.facts, strict=True):
        one = known.get(fact.indicator)
        year = year_of(fact)
        if one is None or not year or fact.role != "actual" or fact.value is None:
            continue
        cells = found.setdefault((*place, year), _Cells())
        cells.reports.add(report_id)
        rank = (_is_part(fact), not one.plausible(fact.value))
        cells.claims.setdefault(one.id, []).append(_Claim(rank, fact_id, fact))


def year_of(fact: Fact) -> str:
    """Return the year that a fact is of: its period where that is a year or a year's end, else its report's."""
    if not fact.period:
        return fact.year
    whole = _YEAR.match(fact.period)
    return (whole[1] or whole[2]) if whole else ""


def _is_part(fact: Fact) -> bool:
    """Tell whether a figure of a table is that of a part (局机关), not of the whole (合计)."""
    if fact.source != "table" or _WHOLE.search(fact.subject):
        return False
    return fact.part_of is not None or _PART.search(fact.subject) is not None


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
