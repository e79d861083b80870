"""Messages on standard error: the progress bar, a line for every file, the summary."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from jixiao.result import Result
from jixiao.run import Progress as OnStep
from jixiao.run import Step
from jixiao.summary import lines, one_line


def _console() -> Console:
    # Made when needed: standard error may have been redirected since the import. rich honours NO_COLOR.
    return Console(stderr=True, markup=False, highlight=False, emoji=False, soft_wrap=True)


def say(line: str) -> None:
    """Write a line to standard error."""
    _console().print(line)


@contextmanager
def watching(total: int, *, quiet: bool, verbose: bool) -> Iterator[OnStep]:
    """Show a bar on a terminal while the files are read, and with ``verbose`` a line for each."""
    console = _console()
    bar = Progress(
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}", markup=False),
        console=console,
        transient=True,
        disable=quiet or not console.is_terminal,
    )
    with bar:
        task = bar.add_task("", total=total)

        def on_step(step: Step) -> None:
            bar.update(task, completed=step.done, total=step.total, description=step.file)
            if verbose and not quiet and step.result is not None:
                console.print(one_line(step.result))

        yield on_step


def closing(result: Result, seconds: float, out: Path, written: tuple[Path, ...], *, quiet: bool) -> None:
    """Write the summary; quiet leaves only what could not be read."""
    console = _console()
    if quiet:
        for file in result.failed:
            console.print(one_line(file))
        return
    for line in lines(result, seconds, out, written):
        console.print(line)
