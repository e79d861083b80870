"""The command line: data on standard output, everything else on standard error, no traceback to a user."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated, Final

import typer

from jixiao import __version__
from jixiao.cli_check import CHECK_HELP, check
from jixiao.cli_packs import PackOption, must_exist, read_packs
from jixiao.cli_patterns import app as patterns_app

if TYPE_CHECKING:
    from extract import LoadOptions
    from jixiao.result import Result

# What reads and writes is imported inside the commands: --version and --help answer at once.

NOTHING_READ: Final = 1
SOME_FAILED: Final = 4
INTERRUPTED: Final = 130

# Examples come first; \b keeps the lines of a paragraph as they are.
ROOT_HELP: Final = """\
Turn Chinese government performance reports (绩效自评报告) into tidy tables.

\b
jixiao extract reports/ -o tables     every report of a folder, as CSV tables
jixiao facts report.docx              one file's figures on standard output
jixiao check tables                   where figures contradict each other
jixiao patterns                       what is looked for, and how a figure was read
jixiao doctor                         what this machine can read

\b
Exit codes: 0 all read; 1 no input could be read; 2 usage; 3 contradictions; 4 some files failed; 130 interrupted.
"""
EXTRACT_HELP: Final = """\
\b
jixiao extract reports/ -o tables
jixiao extract a.docx b.pdf scan.jpg -o tables --header zh
jixiao extract reports/ -o tables --ocr off --no-contacts -v

Read files, folders and archives (.zip, .7z, .rar) into tables: files, reports, contacts, sections, facts, scores,
citations, cells, findings and unread, each a CSV in OUT. A file that cannot be read is a line in files.csv; the
others go on.

\b
Exit codes: 0 all read; 1 no input could be read; 2 usage; 4 some files failed; 130 interrupted.
"""
FACTS_HELP: Final = """\
\b
jixiao facts report.docx
jixiao facts report.docx > facts.csv
jixiao facts scan.pdf --header zh | head

Write the figures of one file, or of the files in an archive, as CSV (UTF-8, no byte order mark) to standard output.

\b
Exit codes: 0 read; 1 could not be read; 2 usage; 4 some files of an archive failed; 130 interrupted.
"""
DOCTOR_HELP: Final = """\
\b
jixiao doctor

Say what this machine can read, what is missing and how to get it.

\b
Exit codes: 0 nothing that is needed is missing; 1 something is.
"""

app = typer.Typer(
    name="jixiao",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


app.add_typer(patterns_app, name="patterns")
app.command("check", help=CHECK_HELP, short_help="Show where the figures of a finished run contradict each other.")(
    check
)


class Ocr(StrEnum):
    """Whether pages without text are recognised."""

    AUTO = "auto"
    OFF = "off"


class Engine(StrEnum):
    """What recognises them."""

    RAPIDOCR = "rapidocr"
    PADDLEOCR = "paddleocr"


class Language(StrEnum):
    """Language of the header row."""

    EN = "en"
    ZH = "zh"


OcrOption = Annotated[Ocr, typer.Option(help="auto recognises scanned pages, off leaves them out.")]
EngineOption = Annotated[Engine, typer.Option(help="What recognises them; paddleocr is an extra to install.")]
HeaderOption = Annotated[Language, typer.Option(help="Column names in English (en) or Chinese (zh).")]


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"jixiao {__version__}")
        raise typer.Exit


@app.callback(help=ROOT_HELP)
def root(
    _: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Turn Chinese government performance reports into tidy tables."""


@app.command(help=EXTRACT_HELP, short_help="Read files and folders into tables.")
def extract(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH", help="Files, folders and archives.", show_default=False)
    ],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="OUT", help="Folder for the tables.", show_default=False)],
    ocr: OcrOption = Ocr.AUTO,
    engine: EngineOption = Engine.RAPIDOCR,
    header: HeaderOption = Language.EN,
    contacts: Annotated[
        bool, typer.Option("--contacts/--no-contacts", help="Write the table of people, or leave it out.")
    ] = True,
    pack: PackOption = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="A line for every file.")] = False,
) -> None:
    """Read files and folders into tables."""
    start = perf_counter()
    for path in paths:
        must_exist(path)
    packs = read_packs(pack)
    _must_be_writable(out)
    with _interruptible("no table was written"):
        from jixiao.console import closing, say, watching
        from jixiao.sources import discover, empty

        sources = discover(paths, leave=out)
        for folder, skipped in empty(paths, sources):
            say(
                f"{folder}: holds no file that can be read" + (f"; {skipped} skipped, see files.csv" if skipped else "")
            )
        with watching(len(sources), quiet=quiet, verbose=verbose) as progress:
            from jixiao.run import run

            result = run(sources, _options(ocr, engine), progress, packs)
        try:
            written = result.write(out, header=header.value, contacts=contacts)
        except OSError as error:
            raise typer.BadParameter(f"{out}: {error.strerror or error}", param_hint="--out") from error
        closing(result, perf_counter() - start, out, written, quiet=quiet)
    raise typer.Exit(exit_code(result))


@app.command(help=FACTS_HELP, short_help="Write one file's figures as CSV to standard output.")
def facts(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="One file.", show_default=False)],
    ocr: OcrOption = Ocr.AUTO,
    engine: EngineOption = Engine.RAPIDOCR,
    header: HeaderOption = Language.EN,
    pack: PackOption = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")] = False,
) -> None:
    """Write the figures of one file as CSV to standard output."""
    must_exist(file)
    packs = read_packs(pack)
    if file.is_dir():
        raise typer.BadParameter(f"{file} is a folder: use jixiao extract {file} -o OUT", param_hint="FILE")
    with _interruptible("nothing was written"):
        from jixiao.console import say
        from jixiao.result import Status
        from jixiao.run import run
        from jixiao.sources import discover
        from jixiao.summary import one_line
        from jixiao.tables import rows
        from jixiao.writers import write_csv

        result = run(discover([file]), _options(ocr, engine), packs=packs)
        for done in result.files:
            if done.status is Status.FAILED or (done.error and not quiet):
                say(one_line(done))
        code = exit_code(result)
        if code != NOTHING_READ:
            with _standard_output():
                write_csv("facts", rows("facts", result.files), sys.stdout, header=header.value)
    raise typer.Exit(code)


@app.command(help=DOCTOR_HELP, short_help="Say what this machine can read and what is missing.")
def doctor() -> None:
    """Say what this machine can read, what is missing and how to get it."""
    from extract import READABLE
    from jixiao.doctor import examine, report

    typer.echo(f"jixiao {__version__} reads {READABLE}")
    raise typer.Exit(0 if report(list(examine()), typer.echo) else 1)


def exit_code(result: Result) -> int:
    """Return 0 where all was read, 1 where nothing was, 4 where some files failed."""
    from jixiao.result import READ

    if not any(file.status in READ and file.document is not None for file in result.files):
        return NOTHING_READ
    return SOME_FAILED if result.failed else 0


def _options(ocr: Ocr, engine: Engine) -> LoadOptions:
    from extract import LoadOptions

    return LoadOptions(ocr=ocr.value, engine=engine.value)


def _must_be_writable(out: Path) -> None:
    """Make the output folder before hours of reading go into it; raise a usage error where that cannot be."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise typer.BadParameter(f"{out} cannot be a folder: {error.strerror}", param_hint="--out") from error
    if not os.access(out, os.W_OK | os.X_OK):
        raise typer.BadParameter(f"{out} cannot be written: give write permission", param_hint="--out")


@contextmanager
def _interruptible(consequence: str) -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        typer.echo(f"\njixiao: interrupted; {consequence}", err=True)
        raise typer.Exit(INTERRUPTED) from None


@contextmanager
def _standard_output() -> Iterator[None]:
    """Let standard output take UTF-8 whatever the locale, and close without complaint when the reader has enough."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main() -> None:
    """Run the command line and exit with its code; JIXIAO_DEBUG=1 shows tracebacks."""
    debug = bool(os.environ.get("JIXIAO_DEBUG"))
    if debug:
        logging.basicConfig(level=logging.DEBUG, format="%(name)s: %(message)s")
        logging.getLogger().setLevel(logging.WARNING)
        logging.getLogger("jixiao").setLevel(logging.DEBUG)
    try:
        app(prog_name="jixiao")  # python -m jixiao is called so too
    except Exception as error:
        if debug:
            raise
        what = f"{type(error).__name__}: {error}"
        typer.echo(f"jixiao: a defect of jixiao: {what} (JIXIAO_DEBUG=1 shows where); please report it", err=True)
        sys.exit(NOTHING_READ)
