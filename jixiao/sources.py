"""Paths → the files to read: folders are walked, archives opened, what is no report is named as skipped."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from extract import archive

BESIDE_REPORTS: Final = frozenset(
    (
        ".cfg",
        ".css",
        ".csv",
        ".ini",
        ".js",
        ".json",
        ".jsonl",
        ".log",
        ".md",
        ".py",
        ".rst",
        ".sh",
        ".toml",
        ".tsv",
        ".yaml",
    )
)
"""Text without a signature of its own: in a folder only the name tells it from a report written as plain text."""


@dataclass(frozen=True, slots=True)
class Source:
    """An input: ``name`` is what the tables call it, ``skip`` why it is not to be read (empty: it is).

    ``code`` is the error's where it could not be unpacked; ``temporary``: the file goes when it has been read.
    """

    path: Path
    name: str
    skip: str = ""
    code: str = ""
    temporary: bool = False


def discover(paths: Iterable[str | Path], *, leave: Path | None = None) -> list[Source]:
    """Return what ``paths`` hold, in the order given, folders sorted by name; each file once.

    A file that is named is read whatever it is called; in a folder, hidden files, Office's lock files (``~$``),
    tables that jixiao wrote and texts that are no reports are skipped, and so is the folder ``leave`` (the output).
    """
    found: dict[Path, Source] = {}
    for given in paths:
        path = Path(given)
        for source in _walk(path, leave) if path.is_dir() else [_source(path)]:
            known = found.get(source.path)
            # Named by itself after its folder was: naming it asks for it to be read.
            if known is None or (known.skip and not source.skip):
                found[source.path] = source
    return list(found.values())


def empty(paths: Iterable[str | Path], sources: Sequence[Source]) -> Iterator[tuple[Path, int]]:
    """Yield the folders among ``paths`` that hold nothing to read, with how many of their files were skipped."""
    for folder in (path for given in paths if (path := Path(given)).is_dir()):
        inside = [source for source in sources if source.path.is_relative_to(folder)]
        if all(source.skip for source in inside):
            yield folder, len(inside)


def _walk(folder: Path, leave: Path | None) -> Iterator[Source]:
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except PermissionError:
        yield _source(folder)  # reading it will say what is wrong
        return
    for entry in entries:
        skip = _why_skipped(entry, leave)
        if skip:
            yield _source(entry, skip)
        elif entry.is_dir():
            yield from _walk(entry, leave)
        else:
            yield _source(entry)


def unpack(source: Source, folder: Path) -> Iterator[Source]:
    """Yield the files of an archive, unpacked into ``folder``, those that could not be with the reason.

    Raises an ExtractError where the archive cannot be opened.
    """
    for member in archive.members(source.path, folder):
        name = f"{source.name}/{member.name}"
        if member.path is None:
            code = member.error.code if member.error else ""
            yield Source(source.path, name, str(member.error), code)
        else:
            yield Source(member.path, name, _no_report(member.name.split("/")), temporary=True)


def _no_report(parts: list[str]) -> str:
    """Return why a name is no report's; empty where it may be."""
    if parts[-1].startswith("~$"):
        return "lock file of an open document"
    if any(part.startswith(".") or part == "__MACOSX" for part in parts):
        return "hidden"
    suffix = Path(parts[-1]).suffix.lower()
    return f"{suffix} is no report: name the file to read it" if suffix in BESIDE_REPORTS else ""


def _why_skipped(entry: Path, leave: Path | None) -> str:
    """Return why an entry of a folder is not read; empty where it is."""
    if entry.name.startswith(("~$", ".")):
        return _no_report([entry.name])
    if entry.is_dir():
        if entry.is_symlink():
            return "link to a folder: name it to read it"
        if leave is not None and entry.resolve() == leave.resolve():
            return "the output of this run"
        return "tables of an earlier run" if (entry / "facts.csv").is_file() else ""
    if entry.exists() and not entry.is_file():
        return "no regular file"
    return _no_report([entry.name])


def _source(path: Path, skip: str = "") -> Source:
    return Source(path, readable_name(path), skip)


def readable_name(path: Path) -> str:
    """Return the path as text; a name whose bytes are no UTF-8 is read as GB18030, as old archives leave them."""
    raw = os.fsencode(path)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "backslashreplace")
