"""What a run gives: one ``FileResult`` for every input, and the ``Result`` of them all."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from extract import Document
from jixiao.columns import Header
from jixiao.findings import Finding
from parsers.model import Report
from parsers.packs import Pack

if TYPE_CHECKING:
    import pandas as pd


class Status(StrEnum):
    """What became of an input."""

    OK = "ok"
    PARTIAL = "partial"
    FAILED = "failed"
    DUPLICATE = "duplicate"
    SKIPPED = "skipped"


READ = frozenset({Status.OK, Status.PARTIAL})


@dataclass(frozen=True, slots=True)
class FileResult:
    """One input: what was read from it, or why nothing was. ``seconds`` is the time that it took."""

    file: str
    status: Status
    sha256: str = ""
    media_type: str = ""
    size: int | None = None
    seconds: float = 0.0
    error_code: str = ""
    error: str = ""
    document: Document | None = None
    reports: tuple[Report, ...] = ()
    findings: tuple[tuple[Finding, ...], ...] = ()
    """What the checks found, one tuple for each report."""


@dataclass(frozen=True, slots=True)
class Result:
    """Everything that a run found, in the order of the inputs."""

    files: tuple[FileResult, ...]
    packs: tuple[Pack, ...] = ()
    """The indicator packs that the facts were named by."""

    @property
    def reports(self) -> tuple[Report, ...]:
        """The reports of all files."""
        return tuple(report for file in self.files for report in file.reports)

    @property
    def failed(self) -> tuple[FileResult, ...]:
        """The files that could not be read; ``error`` says why and what to do."""
        return tuple(file for file in self.files if file.status is Status.FAILED)

    def table(self, name: str) -> pd.DataFrame:
        """Return the table ``name`` as a DataFrame; numbers are exact ``Decimal``, integers nullable.

        Raises KeyError for a name that is no table.
        """
        from jixiao.frames import frame

        return frame(name, self.files)

    def panel(self) -> pd.DataFrame:
        """Return the panel: a row for a place, year and project or unit, a column for each indicator of the packs."""
        from jixiao.frames import panel_frame

        return panel_frame(self.files, self.packs)

    def write(self, out: str | Path, *, header: Header = "en", contacts: bool = True) -> tuple[Path, ...]:
        """Write every table as CSV into the folder ``out``, all or none; return the paths.

        ``contacts=False`` leaves out the table of people. Raises OSError where ``out`` cannot be written.
        """
        from jixiao.writers import write_tables

        return write_tables(self.files, Path(out), header=header, contacts=contacts, packs=self.packs)
