"""The tables' columns, read once from ``columns.toml``: names, order, types and what they mean in both languages."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

ColumnType = Literal["string", "integer", "number"]
Header = Literal["en", "zh"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``exact`` text is written as it was read, never guarded against spreadsheet formulas."""

    name: str
    type: ColumnType
    zh: str
    en: str
    note: str
    unit: str = ""
    values: tuple[str, ...] = ()
    joins: str = ""
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table; ``key`` names the columns that tell its rows apart, where there are such."""

    name: str
    zh: str
    en: str
    note: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' English names, in order."""
        return tuple(column.name for column in self.columns)

    def header(self, language: Header = "en") -> tuple[str, ...]:
        """Return the header row in English (the names) or Chinese."""
        return self.names if language == "en" else tuple(column.zh for column in self.columns)


@cache
def tables() -> dict[str, Table]:
    """Return every table by name, in the order of the contract."""
    data = tomllib.loads(files("jixiao").joinpath("columns.toml").read_text("utf-8"))
    common = data.pop("common")
    return {name: _table(name, entry, common) for name, entry in data.items()}


def _table(name: str, entry: dict[str, Any], common: dict[str, Any]) -> Table:
    columns = tuple(_column(key, given or common[key]) for key, given in entry.pop("columns").items())
    return Table(name=name, columns=columns, key=tuple(entry.pop("key")), **entry)


def _column(name: str, entry: dict[str, Any]) -> Column:
    return Column(name=name, **{**entry, "values": tuple(entry.get("values", ()))})


def codebook() -> str:
    """Return docs/tables.md: every table and column in English and Chinese."""
    return "\n".join([_PREFACE, *(_chapter(table) for table in tables().values())])


_PREFACE = """\
# The tables · 数据表

<!-- Made from jixiao/columns.toml by `make golden`; edit it there. -->

CSV files in UTF-8 with a byte order mark (so that Excel opens them as they are), lines ended by CR LF, columns in the
order below. A cell is empty where the report says nothing or where nothing fills the column yet. Numbers are exact
decimals, written without exponent or thousands separators. `--header zh` writes the Chinese headers.

Offsets count characters (code points) of the document's text: paragraphs joined by a line feed, a table row by row with
its cells separated by tabs; for a plain-text file the file's own characters. Every fact obeys
`text[char_start:char_end] == quote`.

A string cell that begins with `=`, `+`, `-`, `@` (or their full-width forms), a tab or a line end gets an apostrophe in
front, so that no spreadsheet runs it as a formula, unless it is a plain signed number. Columns marked *exact* never do:
they hold figures and places, written as they were read.

数据表为带 BOM 的 UTF-8 编码 CSV（Excel 可直接打开），以 CR LF 换行，列序如下。单元格为空，表示报告未说明，或该列尚无
内容。数值为精确十进制数，不用科学记数法，不加千分位。`--header zh` 写中文列名。

位置按文档文本的字符（码位）计：段落以换行相连，表格逐行、单元格以制表符分隔；纯文本文件即其自身的字符。每个事实都满足
`text[char_start:char_end] == quote`。

以 `=`、`+`、`-`、`@`（及其全角形式）、制表符或换行开头的文本前加一撇号，以免被电子表格当作公式；单纯的正负数除外。标有
*exact* 的列从不加撇号：其中是数量原文与位置，照原样写出。
"""


def _chapter(table: Table) -> str:
    lines = [f"## {table.name} · {table.zh}", "", f"{table.en} {table.note}", ""]
    if table.key:
        lines += ["Key: " + ", ".join(f"`{name}`" for name in table.key), ""]
    lines += ["| column | 列名 | type | unit | meaning | 含义 |", "|---|---|---|---|---|---|"]
    lines += [_line(column) for column in table.columns]
    return "\n".join([*lines, ""])


def _line(column: Column) -> str:
    kind = column.type + (", *exact*" if column.exact else "")
    meaning = column.en + (f" → {column.joins}" if column.joins else "")
    cells = (f"`{column.name}`", column.zh, kind, column.unit, meaning, column.note)
    return "| " + " | ".join(text.replace("|", "\\|") for text in cells) + " |"
