"""Results → rows: every table of the contract as dicts of exact strings, in the order of the inputs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from extract import Span, sniff
from jixiao.columns import tables
from jixiao.findings import Finding
from jixiao.result import FileResult
from parsers.model import Report

Row = dict[str, str]
Value = str | int | Decimal | float | None
Values = dict[str, Value]

FORMATS: Final = {
    sniff.DOCX: "docx",
    sniff.DOCM: "docm",
    sniff.DOTX: "dotx",
    sniff.DOTM: "dotm",
    sniff.XLSX: "xlsx",
    sniff.PPTX: "pptx",
    sniff.OOXML: "ooxml",
    sniff.ENCRYPTED: "encrypted office",
    sniff.WORD_XML: "word xml",
    sniff.DOC: "doc",
    sniff.WORKS: "wps",
    sniff.XLS: "xls",
    sniff.PPT: "ppt",
    sniff.OLE: "ole",
    sniff.ODT: "odt",
    sniff.TEXT: "txt",
    sniff.JPEG: "jpg",
    sniff.SEVEN_ZIP: "7z",
    sniff.RAR: "rar",
    sniff.TAR: "tar",
    sniff.EMPTY: "empty",
    sniff.UNKNOWN: "unknown",
    sniff.MHTML: "mhtml",
}
"""Short names of media types whose second half is not one already (application/pdf is)."""


def rows(name: str, files: Iterable[FileResult]) -> Iterator[Row]:
    """Yield the rows of the table ``name``: all its columns in order, empty where nothing is known.

    Raises KeyError for a name that is no table.
    """
    columns = tables()[name].names
    for file in files:
        for values in _values(name, file):
            yield {column: exact(values.get(column)) for column in columns}


def exact(value: Value) -> str:
    """Return ``value`` as it is written: decimals plainly, without exponent or trailing zeros; None as nothing."""
    match value:
        case None:
            return ""
        case Decimal():
            return plain(value)
        case float():  # the engine's scores and the clock; never a figure of a report
            return f"{value:.3f}"
        case _:
            return str(value)


def plain(value: Decimal) -> str:
    """Return an exact decimal without exponent, trailing zeros or a negative zero."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _values(name: str, file: FileResult) -> Iterator[Values]:
    if name == "files":
        yield _file(file)
        return
    for position, report in enumerate(file.reports):
        report_id = f"{file.sha256[:12]}-{report.ordinal}"
        if name == "findings":
            found = _findings(report, report_id, file.findings[position] if file.findings else ())
        else:
            found = _BUILDERS[name](report, report_id)
        for values in found:
            yield {"report_id": report_id, "file_id": file.sha256, "file": file.file, **values}


def _file(file: FileResult) -> Values:
    document = file.document
    return {
        "file_id": file.sha256,
        "file": file.file,
        "format": FORMATS.get(file.media_type, file.media_type.rpartition("/")[2]),
        "bytes": file.size,
        "pages": None if document is None else document.pages,
        "ocr_pages": None if document is None else document.ocr_pages,
        "report_count": len(file.reports),
        "fact_count": sum(len(report.facts) for report in file.reports),
        "status": file.status.value,
        "error_code": file.error_code,
        "error": file.error,
        "seconds": file.seconds,
    }


def _shared(source: object, table: str) -> Values:
    """Take the fields that are called as the table's columns are."""
    own = type(source).__annotations__
    return {name: getattr(source, name) for name in tables()[table].names if name in own}


def _offsets(span: Span) -> Values:
    return {"char_start": span.start, "char_end": span.end}


def _ids(prefix: str, spans: Iterable[Span]) -> list[str]:
    """Make ids from offsets: they stay when other rows come or go. What begins at one place is counted .2, .3 ..."""
    seen: Counter[int] = Counter()
    ids = []
    for span in spans:
        seen[span.start] += 1
        ids.append(f"{prefix}{span.start}" + (f".{seen[span.start]}" if seen[span.start] > 1 else ""))
    return ids


def _reports(report: Report, _: str) -> Iterator[Values]:
    yield _shared(report, "reports")


def _contacts(report: Report, _: str) -> Iterator[Values]:
    if report.filled_by or report.phone:
        yield _shared(report, "contacts")


def _section_ids(report: Report, report_id: str) -> list[str]:
    return _ids(f"{report_id}-s", (section.span for section in report.sections))


def _sections(report: Report, report_id: str) -> Iterator[Values]:
    ids = _section_ids(report, report_id)
    for section_id, section in zip(ids, report.sections, strict=True):
        yield {
            **_shared(section, "sections"),
            "section_id": section_id,
            "parent_id": None if section.parent is None else ids[section.parent],
            **_offsets(section.span),
        }


def fact_ids(report: Report, report_id: str) -> list[str]:
    """Return the ids of a report's facts, in their order."""
    return _ids(f"{report_id}-f", (fact.span for fact in report.facts))


def _facts(report: Report, report_id: str) -> Iterator[Values]:
    sections = _section_ids(report, report_id)
    ids = fact_ids(report, report_id)
    for fact_id, fact in zip(ids, report.facts, strict=True):
        yield {
            **_shared(fact, "facts"),
            "fact_id": fact_id,
            "section_id": None if fact.section_index is None else sections[fact.section_index],
            "part_of": None if fact.part_of is None else ids[fact.part_of],
            "bbox": None if fact.bbox is None else " ".join(f"{edge:.1f}" for edge in fact.bbox),
            **_offsets(fact.span),
        }


def _scores(report: Report, _: str) -> Iterator[Values]:
    for score in report.scores:
        yield {
            **_shared(score, "scores"),
            "level": len(score.path),
            "indicator": " > ".join(score.path),
            "full_score": score.full,
            "score": score.awarded,
        }


def _citations(report: Report, _: str) -> Iterator[Values]:
    for citation in report.citations:
        yield {**_shared(citation, "citations"), **_offsets(citation.span)}


def _cells(report: Report, report_id: str) -> Iterator[Values]:
    for grid in report.grids:
        for cell in grid.cells:
            yield {
                **_shared(cell, "cells"),
                "table_id": f"{report_id}-t{grid.ordinal}",
                "page": cell.page or grid.page,
                "caption": grid.caption,
                "row_index": cell.row + 1,
                "col_index": cell.col + 1,
            }


def _findings(report: Report, report_id: str, findings: Sequence[Finding]) -> Iterator[Values]:
    ids = fact_ids(report, report_id)
    for number, finding in enumerate(findings, start=1):
        quotes = ["".join(report.facts[index].quote.split()) for index in finding.facts]
        yield {
            **_shared(finding, "findings"),
            "finding_id": f"{report_id}-c{number}",
            "message": f"{finding.message_zh}\n{finding.message}",
            "evidence": "|".join([*quotes, *finding.quotes]),
            "fact_ids": " ".join(ids[index] for index in finding.facts),
        }


def _unread(report: Report, _: str) -> Iterator[Values]:
    for numeral in report.unread:
        yield {**_shared(numeral, "unread"), **_offsets(numeral.span)}


_BUILDERS: dict[str, Callable[[Report, str], Iterator[Values]]] = {
    "reports": _reports,
    "contacts": _contacts,
    "sections": _sections,
    "facts": _facts,
    "scores": _scores,
    "citations": _citations,
    "cells": _cells,
    "unread": _unread,
}
