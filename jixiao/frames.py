"""Tables as pandas DataFrames; apart from the rows, since importing pandas takes longer than reading a report."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import pandas as pd

from jixiao.columns import ColumnType, tables
from jixiao.result import FileResult
from jixiao.tables import rows


def frame(name: str, files: Iterable[FileResult]) -> pd.DataFrame:
    """Return the table ``name``: numbers as exact ``Decimal`` (None where empty), integers as nullable ``Int64``.

    Raises KeyError for a name that is no table.
    """
    found = list(rows(name, files))
    return pd.DataFrame(
        {column.name: _series([row[column.name] for row in found], column.type) for column in tables()[name].columns}
    )


def _series(cells: list[str], kind: ColumnType) -> pd.Series:
    match kind:
        case "integer":
            return pd.Series([int(cell) if cell else None for cell in cells], dtype="Int64")
        case "number":
            return pd.Series([Decimal(cell) if cell else None for cell in cells], dtype=object)
        case "string":
            return pd.Series(cells, dtype="str")
