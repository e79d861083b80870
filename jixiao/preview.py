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
from rich.text import Text

EACH: Final = 3
"""Facts shown of every file."""

WIDTHS: Final = {"metric": 30, "value": 14, "role": 8, "period": 10, "quote": 14}
SIGNS: Final = {"ge": "≥ ", "gt": "> ", "le": "≤ ", "lt": "< ", "approx": "≈ "}

Row = dict[str, str]


def show(out: Path, console: Console) -> None:
    """Print the files and a few facts of each. Raises OSError where ``out`` holds no tables."""
    facts = {file: list(group) for file, group in groupby(_rows(out / "facts.csv"), key=itemgetter("file"))}
    for file in _rows(out / "files.csv"):
        if file["status"] == "skipped":
            continue
        console.print(f"{file['file']}: reports: {file['report_count']}, facts: {file['fact_count']}", style="bold")
        if file["status"] != "ok":
            console.print(f"{file['status']}: {file['error']}")
        console.print(_table(_spread(facts.get(file["file"], []))))
    console.print(f"{EACH} facts of each file are shown, and 5 of their columns. All tables: {out}")
    console.print("What the columns mean: docs/tables.md")


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        yield from csv.DictReader(stream)


def _spread(rows: list[Row]) -> list[Row]:
    """Return a few rows from all over the file."""
    return rows[:: max(1, len(rows) // EACH)][:EACH]


def _table(rows: list[Row]) -> Table:
    table = Table(box=None, show_header=bool(rows), header_style="dim")
    for column, width in WIDTHS.items():
        table.add_column(column, width=width, overflow="fold", justify="right" if column == "value" else "left")
    for row in rows:
        value = row["value"] or f"{row['low']}–{row['high']}"
        shown = row | {"value": f"{SIGNS.get(row['bound'], '')}{value} {row['unit']}"}
        table.add_row(*(Text(shown[column]) for column in WIDTHS))
    return table


if __name__ == "__main__":
    show(Path(sys.argv[1]), Console(highlight=False, markup=False))
