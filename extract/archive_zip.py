"""Zip archives, their names in whatever encoding they were packed with."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from lzma import LZMAError
from pathlib import Path
from typing import Final

from extract.archive_limits import Budget, Entry, copy
from extract.errors import DamagedError, EncryptedError, ExtractError, UnsupportedError

_UNICODE: Final = 0x800
_ENCRYPTED: Final = 1
_ANEW: Final = "ask for it again"


def entries(path: Path, budget: Budget) -> Iterator[Entry]:  # noqa: ARG001 (the openers' contract)
    """Yield the members; raise DamagedError where the archive's directory cannot be read."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError) as error:
        raise DamagedError(f"the archive is cut off or damaged ({error})", _ANEW) from error
    with archive:
        for info in archive.infolist():
            if not info.is_dir():
                yield Entry(_name(info), partial(_unpack, archive, info), _refused(info))


def _name(info: zipfile.ZipInfo) -> str:
    """Return the name: UTF-8 where it says so or its bytes are, else GB18030, as Chinese Windows writes it."""
    if info.flag_bits & _UNICODE:
        return info.orig_filename
    return decode_name(info.orig_filename.encode("cp437"))


def decode_name(raw: bytes) -> str:
    """Return a name of unknown encoding as text."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "backslashreplace")


def _refused(info: zipfile.ZipInfo) -> ExtractError | None:
    if info.flag_bits & _ENCRYPTED:
        return EncryptedError("the archive asks for a password", "unpack it with its password first")
    if stat.S_ISLNK(info.external_attr >> 16):
        return UnsupportedError("a link in an archive is not followed", "pack the file itself")
    return None


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path, budget: Budget) -> None:
    try:
        with archive.open(info) as stream:
            copy(stream, target, budget.meter(info.compress_size))
    except NotImplementedError as error:
        raise UnsupportedError(f"it is packed in an uncommon way ({error})", "pack it anew as .zip") from error
    except (zipfile.BadZipFile, zlib.error, LZMAError, EOFError, OSError, ValueError, RuntimeError) as error:
        raise DamagedError(f"it is damaged in the archive ({error})", _ANEW) from error
