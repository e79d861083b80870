"""Archives (.zip, .7z, .rar): their members one by one in a folder of the caller's, archives in archives too.

A member is written under a number of our own, so that no name of an archive leads anywhere. What cannot be unpacked is
a member too, with its error: nothing is lost in silence, and one broken member loses no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from extract import archive_rar, archive_seven, archive_zip, sniff
from extract.archive_limits import Budget, Entry, Opener
from extract.errors import ExtractError, TooLargeError

MAX_DEPTH: Final = 3
"""An archive in an archive in an archive; what is nested deeper is not opened."""

OPENERS: Final[dict[str, Opener]] = {
    sniff.ZIP: archive_zip.entries,
    sniff.SEVEN_ZIP: archive_seven.entries,
    sniff.RAR: archive_rar.entries,
}
"""Media type → what lists the members of such an archive."""

_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive: ``name`` within it (``folder/inner.zip/a.doc``), where it was unpacked to, or why not."""

    name: str
    path: Path | None
    error: ExtractError | None = None


def members(path: Path, folder: Path) -> Iterator[Member]:
    """Unpack ``path`` into ``folder`` (which should be empty) and yield its files in its order, nested ones in place.

    Raises an ExtractError where the archive itself cannot be opened: EncryptedError, DamagedError,
    MissingProgramError, UnsupportedError. An archive within it that cannot be is a member with that error.
    """
    yield from _members(path, Budget(folder), depth=1)


def _members(path: Path, budget: Budget, depth: int) -> Iterator[Member]:
    opener = OPENERS[sniff.sniff(path.read_bytes())]
    for entry in opener(path, budget):
        name = _shown(entry.name)
        try:
            target = budget.place()
        except TooLargeError as error:
            yield Member(name, None, error)
            return
        try:
            _unpack(entry, target, budget)
        except ExtractError as error:
            yield Member(name, None, error)
            continue
        if sniff.sniff(target.read_bytes()) not in OPENERS:
            yield Member(name, target)
            continue
        if depth < MAX_DEPTH:
            yield from _nested(name, target, budget, depth)
        else:
            what = f"archives are nested more than {MAX_DEPTH} deep"
            yield Member(name, None, TooLargeError(what, "unpack the outer ones first"))
        target.unlink()


def _nested(name: str, path: Path, budget: Budget, depth: int) -> Iterator[Member]:
    try:
        for member in _members(path, budget, depth + 1):
            yield Member(f"{name}/{member.name}", member.path, member.error)
    except ExtractError as error:
        yield Member(name, None, error)


def _unpack(entry: Entry, target: Path, budget: Budget) -> None:
    if entry.error is not None:
        raise entry.error
    entry.unpack(target, budget)


def _shown(name: str) -> str:
    """Return a member's name as the tables write it: with slashes, without what would lead out of the archive."""
    parts = [
        part for part in _CONTROLS.sub("\ufffd", name).replace("\\", "/").split("/") if part not in ("", ".", "..")
    ]
    return "/".join(parts) or "unnamed"
