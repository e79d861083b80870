"""7z archives, through py7zr: all members in one pass, since most archives pack them as one stream."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from lzma import LZMAError
from pathlib import Path, PurePath, PurePosixPath
from typing import IO, Final

import py7zr
from py7zr.exceptions import ArchiveError, PasswordRequired
from py7zr.io import Py7zIO, WriterFactory

from extract.archive_limits import MAX_MEMBERS, Budget, Entry, Meter
from extract.errors import DamagedError, EncryptedError, ExtractError, TooLargeError, UnsupportedError

MOST_FAILURES: Final = 20
"""So many broken members are stepped over; beyond, what was not read yet counts as broken."""

_PASSWORD: Final = ("the archive asks for a password", "unpack it with its password first")
_BROKEN: Final = (
    *(ArchiveError, LZMAError, zlib.error, EOFError, OSError, ValueError, TypeError, KeyError, IndexError),
    *(AttributeError, AssertionError, MemoryError, OverflowError, RuntimeError),
)
"""What py7zr raises on damaged archives: errors of its own, and whatever its parsing stumbles over."""


def entries(path: Path, budget: Budget) -> Iterator[Entry]:
    """Yield the members; raise EncryptedError, or DamagedError where the archive's directory cannot be read."""
    unpacked = _Unpacked(budget.folder, budget.meter(path.stat().st_size))
    try:
        with path.open("rb") as file, py7zr.SevenZipFile(file) as archive:
            if archive.needs_password():
                raise EncryptedError(*_PASSWORD)
            infos = [info for info in archive.list() if not info.is_directory]
            if len(infos) <= MAX_MEMBERS:
                unpacked.read(archive, [info.filename for info in infos if _refused(info) is None])
    except PasswordRequired as error:
        raise EncryptedError(*_PASSWORD) from error
    except _BROKEN as error:
        raise DamagedError(f"the archive is cut off or damaged ({error})", "ask for it again") from error
    if len(infos) > MAX_MEMBERS:
        raise TooLargeError(f"the archive holds more than {MAX_MEMBERS} files", "pack them as several archives")
    seen: Counter[str] = Counter()
    for info in infos:
        # Of several members of one name, py7zr calls the further ones name_0, name_1 ...
        name = f"{info.filename}_{seen[info.filename] - 1}" if seen[info.filename] else info.filename
        seen[info.filename] += 1
        yield Entry(info.filename, partial(unpacked.give, name), _refused(info))


def _refused(info: py7zr.FileInfo) -> ExtractError | None:
    if not info.is_file:
        return UnsupportedError("a link in an archive is not followed", "pack the file itself")
    parts = PurePosixPath(info.filename.replace("\\", "/")).parts
    if ".." in parts or info.filename.startswith(("/", "\\")) or ":" in info.filename:
        return UnsupportedError("its name leads out of the archive", "look whether the archive was made to do harm")
    return None


@dataclass(slots=True)
class _File(Py7zIO):
    """A member being written."""

    path: Path
    file: IO[bytes]
    meter: Meter
    written: int = 0
    done: bool = False

    def write(self, s: bytes | bytearray) -> int:
        self.meter.take(len(s))
        self.written += len(s)
        return self.file.write(s)

    def read(self, size: int | None = None) -> bytes:  # noqa: ARG002 - the signature is py7zr's
        return b""

    def seek(self, offset: int, whence: int = 0) -> int:  # noqa: ARG002
        return 0

    def flush(self) -> None:
        self.file.flush()

    def size(self) -> int:
        return self.written

    def close(self) -> None:
        self.file.close()
        self.done = True

    def discard(self) -> None:
        """Remove what was written so far."""
        self.file.close()
        self.path.unlink(missing_ok=True)


@dataclass
class _Unpacked(WriterFactory):
    """The members' files: written in one pass, given out one by one."""

    folder: Path
    meter: Meter
    files: dict[str, _File] = field(default_factory=dict)
    errors: dict[str, ExtractError] = field(default_factory=dict)
    current: _File | None = None

    def create(self, filename: str) -> Py7zIO:
        path = self.folder / f"7z-{id(self):x}-{len(self.files)}"
        self.current = _File(path, path.open("wb"), self.meter)
        self.files[PurePath(filename).relative_to(self.folder.absolute()).as_posix()] = self.current
        return self.current

    def read(self, archive: py7zr.SevenZipFile, names: list[str]) -> None:
        """Unpack these members; a broken one is stepped over."""
        left = list(dict.fromkeys(names))
        for _ in range(MOST_FAILURES):
            if not left:
                return
            try:
                archive.extract(self.folder.absolute(), left, factory=self)
            except TooLargeError as error:
                self._fail(left, error)
                return
            except _BROKEN as error:
                broken = DamagedError(f"it is damaged in the archive ({error})", "ask for it again")
                self._fail(left[:1] if self.current is None else self._open(), broken)
                left = [name for name in left if name not in self.errors and not self._is_done(name)]
                archive.reset()
            else:
                return
        self._fail(left, DamagedError("too much of the archive is damaged", "ask for it again"))

    def give(self, name: str, target: Path, _: Budget) -> None:
        """Move a member's file to where it belongs."""
        key = PurePosixPath(name.replace("\\", "/")).as_posix()
        if self._is_done(key):
            self.files[key].path.rename(target)
        elif name in self.errors:
            raise self.errors[name]
        else:
            target.touch()  # py7zr opens no file for a member without content

    def _is_done(self, name: str) -> bool:
        return name in self.files and self.files[name].done

    def _open(self) -> list[str]:
        return [name for name, file in self.files.items() if not file.done]

    def _fail(self, names: list[str], error: ExtractError) -> None:
        for name in names:
            if not self._is_done(name):
                self.errors[name] = error
                if name in self.files:
                    self.files.pop(name).discard()
        self.current = None
