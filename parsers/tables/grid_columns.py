"""What the words of a table say: columns, units, and the cells of a row that speak for their neighbours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, cast

from parsers.figures.quantities import bound_at, unit_named
from parsers.model import Bound, Role
from patterns import cue, lexicon, matcher

_PRINTED = re.compile(r"\d[\d,]*(?:\.\d+)?")
_UNIT_COLUMN = cue("tables", "table.cue.unit-column")
_SIGN_COLUMN = cue("tables", "table.cue.sign-column")
_SIGN_LISTS: tuple[tuple[Bound, str], ...] = (
    ("ge", "signs_ge"),
    ("le", "signs_le"),
    ("gt", "signs_gt"),
    ("lt", "signs_lt"),
    ("eq", "signs_eq"),
)
SIGNS: dict[str, Bound] = {word: bound for bound, name in _SIGN_LISTS for word in lexicon(name)}
"""What a column of signs prints, and the bound that it gives."""
_MARKS = cue("tables", "table.cue.mark")
_SHARE = re.compile(r"^[-−]?\d[\d,]*(?:\.\d+)?%?$")
_SUM = cue("tables", "table.cue.sum")
_LISTED = cue("tables", "table.cue.between-units")
_NO_UNIT = cue("tables", "table.cue.no-unit")
_NUMBER = re.compile(r"^[^\d]{0,6}\d[\d,]*(?:\.\d+)?")


class Column(NamedTuple):
    """What a column's header says of its figures."""

    role: Role | None = None
    kind: str = ""
    money: bool = False
    named: bool = False
    """Whether the header names a part in a form (分值), not the measured thing."""


@dataclass(frozen=True, slots=True)
class Row:
    """What a row's own cells say of its bare figures: the printed unit and the bound, where there are any."""

    unit: str = ""
    bound: Bound | None = None
    stated: bool = False
    """Whether a column of units states ``unit``."""
    shares: bool = False
    """Whether one of its cells prints %."""


NOTHING_SAID = Row()


@lru_cache(maxsize=4096)
def matches(name: str, text: str) -> bool:
    """Tell whether one of the patterns ``name`` of tables.toml is found in ``text``."""
    return matcher("tables", name).found_in(text)


@lru_cache(maxsize=4096)
def column_of(header: str) -> Column:
    """Return what a header says of its column; all is left open where it is no word of a form."""
    pattern = matcher("tables", "column").first(header) if header else None
    if pattern is None:
        return Column()
    role = cast("Role", pattern.set["role"])
    return Column(role, pattern.set.get("kind", ""), pattern.set.get("money") == "yes", named=True)


@lru_cache(maxsize=4096)
def innermost(columns: tuple[str, ...]) -> str:
    """Return the last of a path of headers that is no unit; empty where there is none."""
    return next((text for text in reversed(columns) if not is_unit(text)), "")


@lru_cache(maxsize=4096)
def caption_unit(text: str) -> str:
    """Return the unit that a caption or header states in brackets or after 单位; else the empty text."""
    for pattern in matcher("tables", "caption").patterns:
        if found := pattern.regex.search(text):
            return str(found["unit"])
    return ""


@lru_cache(maxsize=1024)
def caption_units(text: str) -> str:
    """Return all units that a caption states, parted by 、 (单位:亩、元、元/亩); a line that is a unit states it."""
    each = [found["units"] for pattern in matcher("tables", "unit_each").patterns for found in pattern.found_in(text)]
    if len(each) > 1:
        return "、".join(each)
    for pattern in matcher("tables", "captions").patterns:
        if found := pattern.regex.search(text):
            return "、".join(part for part in _LISTED.split(found["units"]) if part)
    return caption_unit(text) or (text.strip(" ()") if is_unit(text.strip(" ()")) else "")


@lru_cache(maxsize=4096)
def is_unit(text: str) -> bool:
    """Tell whether a head cell is nothing but a unit: 万元, 户, %."""
    return bool(text) and unit_named(text) is not None


def read_row(cells: Sequence[tuple[str, str, str]]) -> Row:
    """Read a row's unit and sign from columns of their own, else its unit from a figure that prints one.

    Each cell is its column's header, its text and what it is. A target of «≥46.5公里» gives the bare result beside it
    its unit.
    """
    unit, bound = "", None
    stated = False
    for header, text, what in cells:
        aside = is_aside_column(header)
        if (aside and _UNIT_COLUMN.match(header) is None) or (what == "label" and text in SIGNS):
            bound = SIGNS.get(text, bound)
        elif aside and is_unit(text.partition("/")[0]):
            unit, stated = text, True
        elif aside and text:
            unit = text
    if not unit:
        printed = (
            _NUMBER.sub("", text, count=1) for header, text, what in cells if what == "quantity" and _is_result(header)
        )
        unit = next((form for form in printed if unit_named(form.partition("/")[0]) is not None and form), "")
    return Row(unit, bound, stated, any(what == "quantity" and text.endswith("%") for _, text, what in cells))


@lru_cache(maxsize=4096)
def is_aside_column(header: str) -> bool:
    """Tell whether a header is that of a column of units or signs."""
    return _UNIT_COLUMN.match(header) is not None or _SIGN_COLUMN.search(header) is not None


def is_aside(text: str) -> bool:
    """Tell whether a cell holds nothing but a unit, a sign, or the word that there is none (定性)."""
    return text in SIGNS or _NO_UNIT.match(text) is not None or is_unit(text) or is_unit(text.partition("/")[0])


def _is_result(header: str) -> bool:
    column = column_of(header)
    return column.named and not column.money and not column.kind


def bound_of(text: str) -> Bound:
    """Return the bound that a cell prints around its number: ≥1200, 90以上."""
    number = _PRINTED.search(text)
    found = bound_at(text, number.start(), number.end()) if number else None
    return found or "eq"


def fits(header: str, text: str) -> bool:
    """Tell whether a piece of text can stand under a header: money, shares and marks by their form, results freely."""
    if matches("void", text):
        return True
    column = column_of(header)
    if column.kind == "score":
        return _MARKS.match(text) is not None
    if column.kind == "rate":
        return _SHARE.match(text) is not None
    if column.money:
        return _SUM.match(text) is not None
    return is_aside(text) if is_aside_column(header) else True
