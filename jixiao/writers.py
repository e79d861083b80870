"""Rows → CSV files: safe to open in a spreadsheet, never half written."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Final

from jixiao.columns import Column, Header, Table, tables
from jixiao.panel import panel_rows, panel_table
from jixiao.result import FileResult
from jixiao.tables import Row, rows
from parsers.packs import Pack

FORMULA_STARTS: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""What makes a spreadsheet take a cell for a formula (OWASP, "CSV Injection")."""

_SIGNED_NUMBER: Final = re.compile(r"[+-]\d+(?:\.\d+)?%?")


def write_tables(
    files: Iterable[FileResult], out: Path, *, header: Header, contacts: bool, packs: Sequence[Pack]
) -> tuple[Path, ...]:
    """Write every table, and the panel of the indicators of ``packs``, to ``out`` as NAME.csv; return the paths.

    All tables are complete before the first takes its place: a run that is broken off leaves the old ones.
    Raises OSError where ``out`` cannot be written.
    """
    files = tuple(files)
    contents = {table: rows(name, files) for name, table in tables().items() if contacts or name != "contacts"} | {
        panel_table(packs): panel_rows(files, packs)
    }
    names = [table.name for table in contents]
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=out, prefix=".writing-") as folder:
        for table, found in contents.items():
            # A byte order mark, so that Excel takes it for UTF-8. A character that UTF-8 has no bytes for (half a
            # surrogate pair, from a damaged file) must not lose a table.
            with (Path(folder) / f"{table.name}.csv").open(
                "w", encoding="utf-8-sig", errors="backslashreplace", newline=""
            ) as stream:
                _write(table, found, stream, header)
        for name in names:
            (Path(folder) / f"{name}.csv").replace(out / f"{name}.csv")
    if not contacts:
        (out / "contacts.csv").unlink(missing_ok=True)  # of an earlier run
    return tuple(out / f"{name}.csv" for name in names)


def write_csv(name: str, found: Iterable[Row], stream: IO[str], *, header: Header = "en") -> None:
    """Write rows of the table ``name`` to ``stream`` (opened with ``newline=""``), header first."""
    _write(tables()[name], found, stream, header)


def _write(table: Table, found: Iterable[Row], stream: IO[str], header: Header) -> None:
    writer = csv.writer(stream)
    writer.writerow(table.header(header))
    for row in found:
        writer.writerow([guarded(row[column.name], column) for column in table.columns])


def guarded(text: str, column: Column) -> str:
    """Return a cell that no spreadsheet runs as a formula: an apostrophe goes before what could be one."""
    if column.type != "string" or column.exact or not text.startswith(FORMULA_STARTS):
        return text
    return text if _SIGNED_NUMBER.fullmatch(text) else f"'{text}"
