"""``jixiao patterns``: list the patterns, hold them to their examples, explain how a figure was read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from jixiao.cli_packs import PackOption, must_exist

LIST_HELP: Final = """\
\b
jixiao patterns list
jixiao patterns list roles

List the patterns: file, id and what each is for.
"""
TEST_HELP: Final = """\
\b
jixiao patterns test
jixiao patterns test --pack my-rules.toml

Run every pattern over its own examples and counterexamples; with --pack, those of your own packs alone.

\b
Exit codes: 0 all hold; 1 some do not.
"""
EXPLAIN_HELP: Final = """\
\b
jixiao patterns explain report.docx 1024

Say which pattern and which words made the figure at START, the column char_start of facts.csv or unread.csv.

\b
Exit codes: 0 explained; 1 the file could not be read, or no numeral stands there.
"""

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="List, test and explain the patterns.")


@app.command("list", help=LIST_HELP, short_help="List the patterns.")
def list_patterns(
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="One file of patterns.", show_default=False)] = "",
) -> None:
    """List the patterns: file, id and what each is for."""
    from patterns import catalogue, names

    if name and name not in names():
        raise typer.BadParameter(f"no patterns {name!r}; there are {', '.join(names())}", param_hint="NAME")
    for file in (name,) if name else names():
        for pattern in catalogue(file):
            typer.echo(f"{file}\t{pattern.id}\t{pattern.description}")


@app.command("test", help=TEST_HELP, short_help="Hold every pattern to its examples.")
def test_patterns(pack: PackOption = None) -> None:
    """Run every pattern, or the entries of a user's packs, over its own examples and counterexamples."""
    if pack:
        raise typer.Exit(1 if _test_packs(pack) else 0)
    from patterns.check import check

    tried = failed = 0
    for file, pattern, failures in check():
        tried += 1
        failed += bool(failures)
        for failure in failures:
            typer.echo(f"{file}.toml\t{pattern.id}\t{failure}")
    typer.echo(f"{tried} patterns, {failed} do not hold", err=True)
    raise typer.Exit(1 if failed else 0)


def _test_packs(paths: list[Path]) -> bool:
    """Tell of every entry that does not keep its word, and return whether there is one."""
    from jixiao.packs import failures
    from parsers.packs import PackError, load_pack

    tried = failed = 0
    for path in paths:
        must_exist(path)
        try:
            pack = load_pack(path)
        except (PackError, OSError, UnicodeDecodeError) as error:
            raise typer.BadParameter(str(error), param_hint="--pack") from error
        found = list(failures(pack))
        for failure in found:
            typer.echo(f"{path.name}\t{failure.entry}\t{failure.problem}")
        rules = pack.rules
        tried += len(pack.indicators) + sum(len(each) for each in (rules.rates, rules.identities, rules.limits))
        tried += len(rules.placeholders) + len(rules.fields)
        failed += len({failure.entry for failure in found})
    typer.echo(f"{tried} entries, {failed} do not hold", err=True)
    return bool(failed)


@app.command("explain", help=EXPLAIN_HELP, short_help="Say how a figure was read.")
def explain_figure(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="One file.", show_default=False)],
    start: Annotated[int, typer.Argument(metavar="START", help="Offset of the figure in the text.", min=0)],
) -> None:
    """Say which pattern and which words made the figure at START."""
    from extract import ExtractError, load
    from parsers import parse
    from parsers.explain import explain

    try:
        document = load(file)
    except (ExtractError, OSError) as error:
        typer.echo(f"{file}: {error}", err=True)
        raise typer.Exit(1) from error
    answers = list(explain(document, parse(document), start))
    for question, answer in answers:
        typer.echo(f"{question:10}{' '.join(answer.split())}")
    if not answers:
        typer.echo(f"{file}: no numeral stands at {start} (the text has {len(document.text)} characters)", err=True)
        raise typer.Exit(1)
