"""``jixiao check OUT``: what the checks of a finished run found, ranked, or as data."""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, TextIO

import typer

from jixiao.cli_packs import PackOption, read_packs

if TYPE_CHECKING:
    from jixiao.tables import Row

CONTRADICTIONS: Final = 3

# Examples come first; \b keeps the lines of a paragraph as they are.
CHECK_HELP: Final = """\
\b
jixiao check tables
jixiao check tables --only sum --only rate --severity high
jixiao check tables --all --to csv > findings.csv
jixiao check tables --doubtful --pack my-rules.toml

Show what the checks of a finished run found: where a report's figures contradict each other, what comes out
instead, and where each figure stands. OUT is a folder that jixiao extract wrote.

\b
Exit codes: 0 no contradiction; 2 usage; 3 some figure contradicts another.
"""


class Form(StrEnum):
    """How findings are written."""

    TEXT = "text"
    CSV = "csv"
    JSON = "json"
    MD = "md"


class Least(StrEnum):
    """The least severity shown."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Language(StrEnum):
    """Language of the messages."""

    ZH = "zh"
    EN = "en"


_RANK: Final = {"high": 0, "medium": 1, "low": 2, "none": 3}
_VERDICTS: Final = {"inconsistent": 0, "uncheckable": 1, "consistent": 2}
_WORDS: Final = {
    Language.ZH: ("矛盾", "无法核对", "相符"),
    Language.EN: ("inconsistent", "uncheckable", "consistent"),
}
_HINT: Final = {
    Language.ZH: "（--doubtful 列出无法核对的）",
    Language.EN: " (--doubtful shows what cannot be checked)",
}


def check(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Folder of a finished run.", show_default=False)],
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="CHECK", help="Only checks whose name begins so (sum, rate, date.filled)."),
    ] = None,
    severity: Annotated[Least, typer.Option(help="The least severity that is shown.")] = Least.LOW,
    doubtful: Annotated[
        bool, typer.Option("--doubtful", help="Show what stands out or cannot be checked, too.")
    ] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Show what agrees and what cannot be checked, too.")
    ] = False,
    pack: PackOption = None,
    to: Annotated[Form, typer.Option(help="text for people; csv, json or md as data on standard output.")] = Form.TEXT,
    lang: Annotated[Language, typer.Option(help="Language of the messages.")] = Language.ZH,
) -> None:
    """Show what the checks of a finished run found."""
    from jixiao.check_names import families, unknown
    from jixiao.recheck import recheck
    from jixiao.reread import read_table

    packs = read_packs(pack)
    try:
        rows = read_table(out, "findings")
        found = ranked(recheck(out, packs, rows) if packs else rows)
    except FileNotFoundError as error:
        raise typer.BadParameter(str(error), param_hint="OUT") from error
    if strange := unknown(only or [], {row["check_id"] for row in found}, packs):
        raise typer.BadParameter(
            f"no check is called {', '.join(strange)}; there are {families()}", param_hint="--only"
        )
    if any(each.rules.placeholders or each.rules.fields for each in packs):
        typer.echo("rules about text (placeholder, field) are tried by jixiao extract --pack alone", err=True)
    shown = set(_VERDICTS) if everything else {"inconsistent", *(("uncheckable",) if doubtful else ())}
    chosen = [row for row in found if row["verdict"] in shown and _is_chosen(row, only or [], severity)]
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")
    _WRITERS[to](chosen, sys.stdout, lang)
    sys.stdout.flush()
    if to is Form.TEXT:
        hint = any(row["verdict"] == "uncheckable" for row in found) and "uncheckable" not in shown
        typer.echo(f"{_closing(found, lang)}{_HINT[lang] if hint else ''}", err=True)
    contradicted = any(row["verdict"] == "inconsistent" for row in chosen)
    raise typer.Exit(CONTRADICTIONS if contradicted else 0)


def ranked(rows: Sequence[Row]) -> list[Row]:
    """Return findings with the gravest first: by verdict, severity, file and their order in the report."""
    return sorted(rows, key=lambda row: (_VERDICTS.get(row["verdict"], 9), _RANK.get(row["severity"], 9), row["file"]))


def _is_chosen(row: Row, only: Sequence[str], severity: Least) -> bool:
    if only and not any(row["check_id"] == name or row["check_id"].startswith(f"{name}.") for name in only):
        return False
    return row["verdict"] == "consistent" or _RANK.get(row["severity"], 9) <= _RANK[severity.value]


def _message(row: Row, lang: Language) -> str:
    """Return the message in one language: the table holds the Chinese line first, the English after it."""
    zh, _, en = row["message"].partition("\n")
    return zh if lang is Language.ZH or not en else en


def _as_text(rows: Sequence[Row], stream: TextIO, lang: Language) -> None:
    file = None
    for row in rows:
        if row["file"] != file:
            file = row["file"]
            stream.write(f"{file}\n")
        stream.write(f"  [{row['severity']}] {row['check_id']}  {_message(row, lang)}\n")


def _as_csv(rows: Sequence[Row], stream: TextIO, _: Language) -> None:
    from jixiao.columns import tables

    columns = tables()["findings"].names
    writer = csv.DictWriter(stream, columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)


def _as_json(rows: Sequence[Row], stream: TextIO, _: Language) -> None:
    json.dump(list(rows), stream, ensure_ascii=False, indent=1)
    stream.write("\n")


def _as_md(rows: Sequence[Row], stream: TextIO, lang: Language) -> None:
    stream.writelines(_md_lines(rows, lang))


def _md_lines(rows: Sequence[Row], lang: Language) -> Iterator[str]:
    head = "| 文件 | 核对项 | 程度 | 说明 |" if lang is Language.ZH else "| file | check | severity | finding |"
    yield f"{head}\n|---|---|---|---|\n"
    for row in rows:
        cells = (row["file"], row["check_id"], row["severity"], _message(row, lang))
        yield "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |\n"


def _closing(rows: Sequence[Row], lang: Language) -> str:
    counts = Counter(row["verdict"] for row in rows)
    words = _WORDS[lang]
    return ", ".join(f"{counts[verdict]} {word}" for verdict, word in zip(_VERDICTS, words, strict=True))


_WRITERS: Final = {Form.TEXT: _as_text, Form.CSV: _as_csv, Form.JSON: _as_json, Form.MD: _as_md}
