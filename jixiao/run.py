"""The batch: every source ends as a ``FileResult``, and what is wrong with one never loses another."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from time import perf_counter
from typing import Final

import parsers
from extract import Document, ExtractError, LoadOptions, Notice, archive, load, office, sniff, soffice
from extract.errors import EmptyError
from jixiao.across import across
from jixiao.checks import check
from jixiao.findings import Finding
from jixiao.result import FileResult, Result, Status
from jixiao.sources import Source, unpack
from parsers.model import Report
from parsers.packs import Pack, default_packs, with_indicators

log: Final = logging.getLogger("jixiao")

NO_LOSS: Final = frozenset({"header_dropped", "hidden_cells", "hidden_text", "table_joined", "tracked_changes"})
"""Codes of the notices that tell of a decision, not of a loss: a file with no others is read whole."""


@dataclass(frozen=True, slots=True)
class Step:
    """A moment of a run: ``file`` is about to be read, or, where there is a ``result``, was."""

    done: int
    total: int
    file: str
    result: FileResult | None = None


Progress = Callable[[Step], None]


@dataclass(slots=True)
class _Work:
    """What a run has to do: the sources given, and those found in archives on the way."""

    folder: Path
    total: int
    first: dict[str, str] = field(default_factory=dict)
    """SHA-256 → the name of the first source with these bytes."""

    def begin(self, sources: Iterable[Source]) -> Iterator[tuple[Source, FileResult]]:
        """Yield each source with what is known of it before it is read, an archive's files after the archive."""
        for source in sources:
            known = _begin(source, self.first)
            if not _is_archive(known):
                yield source, known
                continue
            inside: list[Source] = []
            try:
                inside.extend(unpack(source, self._new_folder()))
            except ExtractError as error:
                known = _failed(known, error.code, str(error))
            else:
                if not inside:
                    known = _failed(known, EmptyError.code, "the archive holds no files — ask for it again")
            self.total += len(inside)
            yield source, known
            yield from ((member, _begin(member, self.first)) for member in inside)

    def _new_folder(self) -> Path:
        return Path(mkdtemp(dir=self.folder))


def _is_archive(known: FileResult) -> bool:
    return known.status is Status.OK and known.media_type in archive.OPENERS


def run(
    sources: Iterable[Source], options: LoadOptions, progress: Progress | None = None, packs: Sequence[Pack] = ()
) -> Result:
    """Read every source once, in order; a source with the bytes of an earlier one is a duplicate of it.

    An archive is a result of its own, before those of its files; it is ok where it could be opened. ``packs`` bring
    indicators and rules beside those that come with jixiao.
    """
    todo = list(sources)
    known_packs = (*packs, *default_packs())
    done: list[FileResult] = []
    with TemporaryDirectory(prefix="jixiao-") as folder:
        work = _Work(Path(folder), len(todo))
        if options.converted is None:
            options = replace(options, converted=Path(mkdtemp(dir=folder)))
        pairs = work.begin(todo)
        while batch := list(islice(pairs, soffice.BATCH)):
            for source, known in _convert_ahead(batch, options):
                if progress is not None:
                    progress(Step(len(done), work.total, source.name))
                read = known.status is Status.OK and not _is_archive(known)
                done.append(process(source, known, options, known_packs) if read else known)
                if source.temporary:
                    source.path.unlink(missing_ok=True)
                if progress is not None:
                    progress(Step(len(done), work.total, source.name, done[-1]))
    return Result(_side_by_side(done, known_packs), known_packs)


def _side_by_side(done: list[FileResult], packs: Sequence[Pack]) -> tuple[FileResult, ...]:
    """Return the files with what their reports show side by side; as they are where that breaks."""
    try:
        return across(done, packs)
    except Exception as error:  # the third boundary: what compares files must not lose them
        log.debug("across", exc_info=error)
        log.warning("reports were not compared: %s: %s — a defect; please report it", type(error).__name__, error)
        return tuple(done)


def _begin(source: Source, first: dict[str, str]) -> FileResult:
    """Return what is known of a source before it is read: ``ok`` where it is to be (``first``: SHA-256 → name)."""
    if source.code:
        return FileResult(source.name, Status.FAILED, error_code=source.code, error=source.skip)
    if source.skip:
        return FileResult(source.name, Status.SKIPPED, error=source.skip)
    begun = identify(source)
    if begun.status is Status.FAILED:
        return begun
    known = first.setdefault(begun.sha256, source.name)
    if known != source.name:
        return replace(begun, status=Status.DUPLICATE, error=f"the same bytes as {known}")
    return begun


def _convert_ahead(batch: list[tuple[Source, FileResult]], options: LoadOptions) -> list[tuple[Source, FileResult]]:
    """Convert a batch's old Word files in one call of LibreOffice: each by itself takes three times as long."""
    old = {source.path for source, known in batch if known.status is Status.OK and known.media_type in office.SUFFIXES}
    if len(old) < 2 or office.available().soffice is None or options.converted is None:
        return batch
    try:
        refused = office.convert_many(old, options.converted)
    except Exception as error:  # noqa: BLE001 - a shortcut only: what it leaves is converted when it is read
        log.warning("old Word files are converted one by one: %s", error)
        return batch
    return [
        (source, _failed(known, refused[source.path].code, str(refused[source.path])))
        if known.status is Status.OK and source.path in refused
        else (source, known)
        for source, known in batch
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
        findings, notices = _checked(source, document, reports, packs)
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
    source: Source, document: Document, reports: tuple[Report, ...], packs: Sequence[Pack]
) -> tuple[tuple[tuple[Finding, ...], ...], tuple[Notice, ...]]:
    """Return what the checks find in every report, and the document's notices, with one more where a check broke."""
    try:
        return tuple(check(document, report, reports, packs) for report in reports), document.warnings
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
