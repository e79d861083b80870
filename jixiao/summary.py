"""What a person wants to know at the end of a run, in a few lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from jixiao.result import READ, FileResult, Result, Status

SHOWN: Final = 20
"""Files that the summary names one by one; ``files.csv`` has them all."""


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts of a run. ``numerals`` are those of the reports' texts, ``unread`` those not understood."""

    files: dict[Status, int]
    reports: int
    facts: dict[str, int]
    numerals: int
    unread: int

    @property
    def accounted(self) -> str:
        """Share of the numerals that are a fact or a known non-fact, in percent; rounded down, so 100 % means all."""
        if not self.numerals:
            return "no numerals"
        tenths = 1000 * (self.numerals - self.unread) // self.numerals
        return f"{tenths // 10}.{tenths % 10} %"


def tally(result: Result) -> Tally:
    """Count files by status, reports, facts by kind and numerals."""
    reports = result.reports
    return Tally(
        files=dict(Counter(file.status for file in result.files)),
        reports=len(reports),
        facts=dict(Counter(fact.kind for report in reports for fact in report.facts).most_common()),
        numerals=sum(report.numerals for report in reports),
        unread=sum(len(report.unread) for report in reports),
    )


def lines(result: Result, seconds: float, out: Path, written: tuple[Path, ...]) -> Iterator[str]:
    """Yield the closing lines: counts, time, where the tables are, and what failed with its remedy."""
    count = tally(result)
    statuses = ", ".join(f"{count.files[status]} {status.value}" for status in Status if status in count.files)
    kinds = ", ".join(f"{number} {kind}" for kind, number in count.facts.items())
    yield f"files     {len(result.files)}" + (f": {statuses}" if statuses else "")
    yield f"reports   {count.reports}"
    yield f"facts     {sum(count.facts.values())}" + (f": {kinds}" if kinds else "")
    yield f"numerals  {count.numerals}, accounted for: {count.accounted}, unread: {count.unread}"
    yield f"seconds   {seconds:.1f}"
    yield f"tables    {out}/: {', '.join(path.name for path in written)}"
    for status, title in ((Status.FAILED, "not read"), (Status.PARTIAL, "read in part")):
        yield from _named(title, [file for file in result.files if file.status is status])


def _named(title: str, files: list[FileResult]) -> Iterator[str]:
    if files:
        yield f"{title}:"
    yield from (f"  {one_line(file)}" for file in files[:SHOWN])
    if len(files) > SHOWN:
        yield f"  and {len(files) - SHOWN} more: see files.csv"


def one_line(file: FileResult) -> str:
    """Return what became of a file: its name, what was found or the error's code, and what there is to say of it."""
    if file.status not in READ:
        return f"{file.file}: {file.error_code or file.status.value}: {file.error}"
    facts = sum(len(report.facts) for report in file.reports)
    found = f"{file.status.value}, reports: {len(file.reports)}, facts: {facts}, {file.seconds:.1f} s"
    return f"{file.file}: {found}" + (f"; {file.error}" if file.error else "")
