"""Paths → the files to read: folders are walked, what is no report is named as skipped, nothing vanishes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

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
    """An input: ``name`` is what the tables call it, ``skip`` why it is not to be read (empty: it is)."""

    path: Path
    name: str
    skip: str = ""


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


def _why_skipped(entry: Path, leave: Path | None) -> str:
    """Return why an entry of a folder is not read; empty where it is."""
    if entry.name.startswith("~$"):
        return "lock file of an open document"
    if entry.name.startswith("."):
        return "hidden"
    if entry.is_dir():
        if entry.is_symlink():
            return "link to a folder: name it to read it"
        if leave is not None and entry.resolve() == leave.resolve():
            return "the output of this run"
        return "tables of an earlier run" if (entry / "facts.csv").is_file() else ""
    if entry.exists() and not entry.is_file():
        return "no regular file"
    if entry.suffix.lower() in BESIDE_REPORTS:
        return f"{entry.suffix.lower()} is no report: name the file to read it"
    return ""


def _source(path: Path, skip: str = "") -> Source:
    return Source(path, readable_name(path), skip)


def readable_name(path: Path) -> str:
    """Return the path as text; a name whose bytes are no UTF-8 is read as GB18030, as old archives leave them."""
    raw = os.fsencode(path)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "backslashreplace")
