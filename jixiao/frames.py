"""Tables as pandas DataFrames; apart from the rows, since importing pandas takes longer than reading a report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

import pandas as pd

from jixiao.columns import ColumnType, Table, tables
from jixiao.panel import panel_rows, panel_table
from jixiao.result import FileResult
from jixiao.tables import Row, rows
from parsers.packs import Pack


def frame(name: str, files: Iterable[FileResult]) -> pd.DataFrame:
    """Return the table ``name``: numbers as exact ``Decimal`` (None where empty), integers as nullable ``Int64``.

    Raises KeyError for a name that is no table.
    """
    return _frame(tables()[name], list(rows(name, files)))


def panel_frame(files: Iterable[FileResult], packs: Sequence[Pack]) -> pd.DataFrame:
    """Return the panel of the indicators of ``packs``, of the same types."""
    return _frame(panel_table(packs), list(panel_rows(files, packs)))


def _frame(table: Table, found: Sequence[Row]) -> pd.DataFrame:
    return pd.DataFrame(
        {column.name: _series([row[column.name] for row in found], column.type) for column in table.columns}
    )


def _series(cells: list[str], kind: ColumnType) -> pd.Series:
    match kind:
        case "integer":
            return pd.Series([int(cell) if cell else None for cell in cells], dtype="Int64")
        case "number":
            return pd.Series([Decimal(cell) if cell else None for cell in cells], dtype=object)
        case "string":
            return pd.Series(cells, dtype="str")
