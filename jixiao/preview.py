"""A look at finished tables on a terminal: ``python -m jixiao.preview OUT``, the last step of ``make demo``."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

FILES: Final = ("file", "format", "pages", "report_count", "fact_count", "status", "error")
FACTS: Final = ("file", "metric", "value", "unit", "bound", "role", "period", "quote")
EACH: Final = 3
"""Facts shown of every file."""

Row = dict[str, str]


def show(out: Path, console: Console) -> None:
    """Print the files and a few facts of each. Raises OSError where ``out`` holds no tables."""
    files = [row for row in _rows(out / "files.csv") if row["status"] != "skipped"]
    _print(console, "files.csv", FILES, files)
    facts = groupby(_rows(out / "facts.csv"), key=itemgetter("file"))
    few = [row for _, group in facts for row in _spread(list(group))]
    _print(console, f"facts.csv: {EACH} rows of each file, {len(FACTS)} columns", FACTS, few)
    console.print(f"All tables: {out}/  What the columns mean: docs/tables.md")


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        yield from csv.DictReader(stream)


def _spread(rows: list[Row]) -> list[Row]:
    """Return a few rows from all over the file."""
    return rows[:: max(1, len(rows) // EACH)][:EACH]


def _print(console: Console, title: str, columns: tuple[str, ...], rows: list[Row]) -> None:
    table = Table(title=title, title_justify="left", pad_edge=False, box=None)
    for column in columns:
        table.add_column(column, overflow="fold", justify="right" if column == "value" else "left")
    for row in rows:
        table.add_row(*(row[column] for column in columns))
    console.print(table, markup=False)
    console.print()


if __name__ == "__main__":
    show(Path(sys.argv[1]), Console(highlight=False, markup=False))
