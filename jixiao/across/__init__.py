"""Across the reports of a run: values that stand out among places, the same report twice, two versions of one report.

What is found here never accuses: a value that stands out may be right, and which of two versions holds is for a person
to say. Its verdict is therefore «uncheckable».
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jixiao.across.measures import measures
from jixiao.across.outliers import side_by_side
from jixiao.across.versions import versions
from jixiao.findings import Finding
from jixiao.result import FileResult
from parsers.packs import Pack


def across(files: Sequence[FileResult], packs: Sequence[Pack]) -> tuple[FileResult, ...]:
    """Return ``files`` with what their reports show side by side, each finding with the report that it is about."""
    if sum(len(file.reports) for file in files) < 2:
        return tuple(files)
    found: dict[tuple[int, int], list[Finding]] = {}
    for place, finding in (*side_by_side(files, packs), *versions(files), *measures(files)):
        found.setdefault(place, []).append(finding)
    return tuple(
        replace(file, findings=_with(file, [found.get((number, at), []) for at in range(len(file.reports))]))
        for number, file in enumerate(files)
    )


def _with(file: FileResult, added: Sequence[Sequence[Finding]]) -> tuple[tuple[Finding, ...], ...]:
    if not any(added):
        return file.findings
    own = file.findings or ((),) * len(file.reports)
    return tuple((*findings, *more) for findings, more in zip(own, added, strict=True))
