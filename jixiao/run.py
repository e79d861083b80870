"""The batch: every source ends as a ``FileResult``, and what is wrong with one never loses another."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final

import parsers
from extract import Document, ExtractError, LoadOptions, Notice, load, office, sniff, soffice
from jixiao.checks import check
from jixiao.findings import Finding
from jixiao.result import FileResult, Result, Status
from jixiao.sources import Source
from parsers.model import Report
from parsers.packs import Pack, default_packs, with_indicators

log: Final = logging.getLogger("jixiao")

NO_LOSS: Final = frozenset({"header_dropped", "hidden_text", "table_joined", "tracked_changes"})
"""Codes of the notices that tell of a decision, not of a loss: a file with no others is read whole."""


@dataclass(frozen=True, slots=True)
class Step:
    """A moment of a run: ``file`` is about to be read, or, where there is a ``result``, was."""

    done: int
    total: int
    file: str
    result: FileResult | None = None


Progress = Callable[[Step], None]


def run(
    sources: Iterable[Source], options: LoadOptions, progress: Progress | None = None, packs: Sequence[Pack] = ()
) -> Result:
    """Read every source once, in order; a source with the bytes of an earlier one is a duplicate of it.

    Facts are named by the indicators of ``packs``, and by those that come with jixiao.
    """
    named = (*packs, *default_packs())
    todo = list(sources)
    first: dict[str, str] = {}
    done: list[FileResult] = []
    with TemporaryDirectory(prefix="jixiao-") as folder:
        if options.converted is None:
            options = replace(options, converted=Path(folder))
        for start in range(0, len(todo), soffice.BATCH):
            batch = todo[start : start + soffice.BATCH]
            begun = _convert_ahead(batch, [_begin(source, first) for source in batch], options)
            for source, known in zip(batch, begun, strict=True):
                if progress is not None:
                    progress(Step(len(done), len(todo), source.name))
                done.append(process(source, known, options, named) if known.status is Status.OK else known)
                if progress is not None:
                    progress(Step(len(done), len(todo), source.name, done[-1]))
    return Result(tuple(done), named)


def _begin(source: Source, first: dict[str, str]) -> FileResult:
    """Return what is known of a source before it is read: ``ok`` where it is to be (``first``: SHA-256 → name)."""
    if source.skip:
        return FileResult(source.name, Status.SKIPPED, error=source.skip)
    begun = identify(source)
    if begun.status is Status.FAILED:
        return begun
    known = first.setdefault(begun.sha256, source.name)
    if known != source.name:
        return replace(begun, status=Status.DUPLICATE, error=f"the same bytes as {known}")
    return begun


def _convert_ahead(batch: list[Source], begun: list[FileResult], options: LoadOptions) -> list[FileResult]:
    """Convert a batch's old Word files in one call of LibreOffice: each by itself takes three times as long."""
    old = {
        source.path
        for source, known in zip(batch, begun, strict=True)
        if known.status is Status.OK and known.media_type in office.SUFFIXES
    }
    if len(old) < 2 or office.available().soffice is None or options.converted is None:
        return begun
    try:
        refused = office.convert_many(old, options.converted)
    except Exception as error:  # noqa: BLE001 - a shortcut only: what it leaves is converted when it is read
        log.warning("old Word files are converted one by one: %s", error)
        return begun
    return [
        _failed(known, refused[source.path].code, str(refused[source.path])) if source.path in refused else known
        for source, known in zip(batch, begun, strict=True)
    ]


def identify(source: Source) -> FileResult:
    """Return the file's digest, size and media type; failed where it cannot be opened."""
    try:
        data = source.path.read_bytes()
    except OSError as error:
        return _failed(FileResult(source.name, Status.FAILED), *_of_system(error))
    return FileResult(
        source.name,
        Status.OK,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=sniff.sniff(data),
        size=len(data),
    )


def process(source: Source, begun: FileResult, options: LoadOptions, packs: Sequence[Pack] = ()) -> FileResult:
    """Read one file and return what came of it. Raises nothing; its arguments and its result can be pickled."""
    start = perf_counter()
    try:
        document = load(source.path, options, source.name)
        reports = tuple(with_indicators(report, packs) for report in parsers.parse(document))
    except ExtractError as error:
        done = _failed(begun, error.code, str(error))
    except OSError as error:
        done = _failed(begun, *_of_system(error))
    except Exception as error:  # the one boundary: a defect met by one file must not lose the others
        log.debug("%s", source.name, exc_info=error)
        what = f"{type(error).__name__}: {error}"
        done = _failed(begun, "internal", f"{what} — a defect of jixiao: JIXIAO_DEBUG=1 shows where; please report it")
    else:
        findings, notices = _checked(source, document, reports)
        codes = dict.fromkeys(notice.code for notice in notices)
        done = replace(
            begun,
            status=Status.OK if NO_LOSS.issuperset(codes) else Status.PARTIAL,
            document=document,
            reports=reports,
            findings=findings,
            error_code=" ".join(codes),
            error="; ".join(notice.message for notice in notices),
        )
    return replace(done, seconds=perf_counter() - start)


def _checked(
    source: Source, document: Document, reports: tuple[Report, ...]
) -> tuple[tuple[tuple[Finding, ...], ...], tuple[Notice, ...]]:
    """Return what the checks find in every report, and the document's notices, with one more where a check broke."""
    try:
        return tuple(check(document, report, reports) for report in reports), document.warnings
    except Exception as error:  # the second boundary: a defect of a check must not lose what was read
        log.debug("%s: checks", source.name, exc_info=error)
        what = f"not checked: {type(error).__name__}: {error} — a defect of jixiao; please report it"
        return (), (*document.warnings, Notice("check_failed", what))


def _failed(begun: FileResult, code: str, error: str) -> FileResult:
    return replace(begun, status=Status.FAILED, error_code=code, error=error)


def _of_system(error: OSError) -> tuple[str, str]:
    """Return the code and the sentence for what the system refused."""
    match error:
        case FileNotFoundError():
            return "not_found", "there is no such file — check the path"
        case PermissionError():
            return "permission", "the system does not let jixiao read it — give read permission"
        case IsADirectoryError():
            return "not_found", "this is a folder"
        case _:
            what = error.strerror or str(error)
            return "unreadable", f"the system cannot read it ({what}) — check the disk and copy it anew"
